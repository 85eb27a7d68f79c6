"""Whether the original files give a figure: their cells are read again and added up, step by step, from below.

Nothing of it goes through `evaluation`. Four things are held against the master: the cells of its rows; the rows that
it has and the files have; that each level is made of what the entity's catalogue says; and each cell against its parts.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from poa_xl import cells, indicators, sheets, titles
from poa_xl.cells import Value
from poa_xl.comparison.values import same
from poa_xl.entity import Entidad
from poa_xl.explanation import catalogue
from poa_xl.explanation.originals import Original, Originals
from poa_xl.explanation.sources import OPERATIONS, TASKS, MasterRows
from poa_xl.explanation.step import Number, Own, Result, RowOrigin, Step, TypedCell, number, shown
from poa_xl.figures import UnitOfMeasure, parse
from poa_xl.messages import explain as words
from poa_xl.reading import Table

_NOISE = 1e-9  # points or Bs that sums in another order may differ by
_WORDS_OF_BANDS = ("semaforo", "semaforo_a_la_fecha", "criterio")


class Disagreement(NamedTuple):
    """Something that keeps the files from giving the figure: what kind of thing, where, and in a sentence."""

    clase: str  # one of `KINDS`
    archivo: str
    hoja: str
    celda: str
    texto: str


FILE, MISSING, UNREADABLE, CELL, ROW, MASTER, PARTS = KINDS = (
    "otra-huella", "falta-archivo", "ilegible", "celda", "fila", "maestro", "partes"
)  # fmt: skip


@dataclass(frozen=True)
class CheckResult:
    """What a check found. `found` is what the files give; `cells` how many cells were read again."""

    agrees: bool
    value: Number
    found: Number
    unit: UnitOfMeasure
    cells: int
    files: tuple[str, ...]
    differences: tuple[Disagreement, ...]

    @property
    def said(self) -> str:
        """It in a sentence."""
        value, found = shown(self.value, self.unit), shown(self.found, self.unit)
        if self.agrees:
            return words.AGREES.format(celdas=words.cells(self.cells), valor=value)
        known = self.found is not None and value != found
        return words.DIFFERS.format(hallado=found, valor=value) if known else words.DIFFERENT


def check(root: Step, sources: MasterRows, originals: Originals) -> CheckResult:
    """Check a figure against the original files."""
    return _Checking(root, sources, originals).done()


class _Checking:
    """One check, and what it has found so far."""

    def __init__(self, root: Step, sources: MasterRows, originals: Originals) -> None:
        self._root, self._sources, self._originals = root, sources, originals
        self._steps = list(root.walk())
        self._ids = [parse(step.id) for step in self._steps if step.id]
        self._differences: dict[Disagreement, None] = {}
        self._anew: dict[int, Result] = {}
        self._cells = 0
        self._files: dict[str, None] = {}

    def done(self) -> CheckResult:
        found = number(self._again(self._root))
        self._rows_of_files()
        self._against_catalogue()
        self._cells_of_master()
        agrees = not self._differences and alike(found, self._root.value)
        if not agrees and not self._differences:
            self._note_master(self._root, found)
        told = tuple(self._differences)
        return CheckResult(agrees, self._root.value, found, self._root.unit, self._cells, tuple(self._files), told)

    def _note(self, kind: str, origin: RowOrigin, celda: str, text: str, **said: object) -> None:
        told = {"archivo": origin.archivo, "hoja": origin.hoja, "celda": celda, **said}
        self._differences[Disagreement(kind, origin.archivo, origin.hoja, celda, text.format(**told))] = None

    # --- cells ----------------------------------------------------------------------------------------------

    def _again(self, step: Step) -> Result:
        """What a step comes to, from the cells of the original files."""
        if id(step) not in self._anew:
            own = self._own(step) if step.origin and step.typed else step.own
            self._anew[id(step)] = step.compute(own, [self._again(part) for part in step.parts])
        return self._anew[id(step)]

    def _own(self, step: Step) -> Own:
        """The cells of a row as the original has them."""
        origin = step.origin
        assert origin is not None  # noqa: S101 - it was asked for
        table = self._table(origin)
        if table is None:
            return step.own
        row = origin.fila or _row_of_key(table, origin.known_by)
        if row not in table.rows:
            self._note(ROW, origin, "", words.LOST_ROW, fila=row or cells.show(list(origin.known_by.values())))
            return step.own
        place = table.rows.index(row)
        found: dict[str, Value] = {}
        for one in step.typed:
            values = table.values.get(one.column)
            original = values[place] if values else None
            found[one.column] = self._cell(origin, table, row, one, original)
        return found

    def _cell(self, origin: RowOrigin, table: Table, row: int, one: TypedCell, original: Value) -> Value:
        self._cells += 1
        if says_the_same(original, one.value) or self._is_set_aside(origin, row, one, original):
            return one.value if original is None or isinstance(one.value, str) else original
        said = {name: words.NOTHING_TYPED if v is None else _typed(v) for name, v in
                (("original", original), ("maestro", one.value))}  # fmt: skip
        self._note(CELL, origin, table.cell(one.column, row) or one.celda, words.OTHER_CELL, columna=one.title, **said)
        return original

    def _is_set_aside(self, origin: RowOrigin, row: int, one: TypedCell, original: Value) -> bool:
        """Whether a cell of the original does not count, and an observation at its row says so."""
        told = (origin.archivo, origin.hoja, str(row)) in self._sources.notes
        return one.value is None and original is not None and told

    def _table(self, origin: RowOrigin) -> Table | None:
        original = self._original(origin)
        return original.table(origin.key) if original and not original.why else None

    def _original(self, origin: RowOrigin) -> Original | None:
        """The file of a row; what is wrong with it is noted once."""
        original = self._originals.of(origin)
        at = origin._replace(hoja="")
        if original is None:
            self._note(MISSING, at, "", words.MISSING_FILE, huella=origin.sha256)
            return None
        self._files[origin.archivo] = None
        if not original.same:
            self._note(FILE, at, "", words.ANOTHER_FILE, hallada=original.sha256, huella=origin.sha256)
        if original.why:
            self._note(UNREADABLE, at, "", words.UNREADABLE_FILE, porque=original.why)
        return original

    # --- rows -----------------------------------------------------------------------------------------------

    def _rows_of_files(self) -> None:
        """Rows of the files that belong to the figure, are not in the master, and of which nothing was observed."""
        units = {i.code for i in self._ids if i.level == "unidad" and i.indicator in catalogue.REACHED}
        operations = {catalogue.unit_and_rest(i) for i in self._ids if i.level == "operacion"}
        files = {s.origin.archivo: s.origin for s in self._steps if s.origin and s.origin.key in (TASKS, OPERATIONS)}
        for archivo, origin in files.items():
            codes = {row.text("unidad") for row in self._sources.rows(TASKS) if row.origin.archivo == archivo}
            own = {operation for unit, operation in operations if unit in codes}
            for key in (TASKS, OPERATIONS):
                self._left_out(origin._replace(key=key), None if codes & units else own)

    def _left_out(self, origin: RowOrigin, operations: Collection[str] | None) -> None:
        """Rows of a sheet of some operations (None: of any) that are in the file alone."""
        original = self._originals.of(origin)
        table = original.table(origin.key) if original and not original.why else None
        if table is None:
            return
        there = {row.origin.fila for row in self._sources.rows(origin.key) if row.origin.archivo == origin.archivo}
        codes, names = table.values["operacion"], table.names()
        for row, code in zip(table.rows, codes, strict=True):
            told = (origin.archivo, table.name, str(row)) in self._sources.notes
            if row not in there and not told and (operations is None or code in operations):
                self._note(ROW, origin._replace(hoja=table.name), "", words.NEW_ROW, fila=row, nombre=names[row])

    # --- the catalogue --------------------------------------------------------------------------------------

    def _against_catalogue(self) -> None:
        """Each level is made of what the entity's workbook puts below it, with its weights and its bands."""
        ids = {id(step): parse(step.id) for step in self._steps if step.id}
        wanted = [step for step in self._steps if step.id and catalogue.concerns(ids[id(step)])]
        if not wanted:
            return
        origin = RowOrigin(*self._sources.entity, "", 0, sheets.ENTIDAD[0])
        original = self._original(origin)
        entidad = self._originals.entidad(original) if original and not original.why else None
        if entidad is None:
            return
        tree = catalogue.Tree(entidad, self._sources)
        for step in (one for one in wanted if not one.typed_over):
            expected = tree.parts(ids[id(step)])
            if expected is None or self._has_parts(step, expected):
                self._weights(step, tree.weights(ids[id(step)]))
        for step in self._steps:
            if step.id and not step.typed_over and ids[id(step)].indicator in _WORDS_OF_BANDS and step.parts:
                self._band(step, entidad)

    def _has_parts(self, step: Step, expected: Mapping[str, str]) -> bool:
        """Whether a step has the expected parts (id -> name), told if not. Others without a figure may be."""
        has = {part.id: part for part in step.parts}
        missing = [name for id, name in expected.items() if id not in has]  # noqa: A001
        extra = [part.title for id, part in has.items() if id not in expected and part.value is not None]  # noqa: A001
        if missing or extra:
            said = words.parts_that_differ(missing, extra)
            self._at_master(PARTS, step, words.OTHER_PARTS, faltan=said)
        return not missing and not extra

    def _weights(self, step: Step, expected: Mapping[str, float] | None) -> None:
        if expected is None:
            return
        stated = dict(zip([part.id for part in step.parts], step.weights, strict=False))
        wrong = [id for id, peso in expected.items() if not alike(stated.get(id), peso)]  # noqa: A001
        if wrong:
            self._at_master(PARTS, step, words.OTHER_WEIGHTS, faltan=", ".join(wrong[:4]))

    def _band(self, step: Step, entidad: Entidad) -> None:
        value = number(self._anew[id(step.parts[0])])
        points = value if isinstance(value, int | float) else None
        if parse(step.id).indicator == "criterio":
            level = indicators.criterio_dgaa(points, self._sources.book.trimestre, entidad.criterio_dgaa)
            word = level.evaluacion if level else None
        else:
            band = indicators.semaforo(points, entidad.semaforo)
            word = band.evaluacion if band else None
        if word != step.value:
            self._note_master(step, word)

    # --- the master -----------------------------------------------------------------------------------------

    def _cells_of_master(self) -> None:
        """Cells of the master that do not say what their own parts say: the first ones from below."""
        for step in self._steps:
            if step.typed_over:
                self._at_master(MASTER, step, words.NOT_A_FORMULA)
        wrong = {id(s) for s in self._steps if s.computed and s.id and not alike(number(s.result), s.value)}
        for step in self._steps:
            if id(step) in wrong and not any(id(part) in wrong for part in step.parts):
                self._note_master(step, number(step.result))

    def _note_master(self, step: Step, found: Number) -> None:
        said = {"maestro": shown(step.value, step.unit), "hallado": shown(found, step.unit)}
        if said["maestro"] == said["hallado"]:  # they differ in decimals that are not shown
            said = {"maestro": str(step.value), "hallado": str(found)}
        self._at_master(MASTER, step, words.OTHER_VALUE, **said)

    def _at_master(self, kind: str, step: Step, text: str, **said: object) -> None:
        place = step.place
        sheet, cell = (place.sheet, place.cell) if place else ("", "")
        told = text.format(**{"celda": place or "", "titulo": step.title, **said})
        self._differences[Disagreement(kind, self._sources.book.archivo, sheet, cell, told)] = None


def _row_of_key(table: Table, known_by: Mapping[str, Value]) -> int:
    """The row that a key names; 0 where there is none."""
    for place, row in enumerate(table.rows):
        if known_by and all(says_the_same(table.values[name][place], value) for name, value in known_by.items()):
            return row
    return 0


def says_the_same(one: Value, other: Value) -> bool:
    """Whether two values of a cell are one: a number as a program keeps it, a word in any capitals."""
    if one is None or other is None or isinstance(one, bool) or isinstance(other, bool):
        return one == other
    if isinstance(one, int | float) and isinstance(other, int | float):
        return same(float(one), float(other))
    shown_one, shown_other = cells.show(one), cells.show(other)
    if titles.key(shown_one) == titles.key(shown_other):
        return True
    return _as_number(shown_one) is not None and _as_number(shown_one) == _as_number(shown_other)


def _as_number(text: str) -> float | None:
    try:
        return float(text.replace(",", "."))
    except ValueError:
        return None


def _typed(value: Value) -> str:
    return cells.number(value) if isinstance(value, int | float) else f"«{cells.show(value)}»"


def alike(one: Number, other: Number) -> bool:
    """Whether two figures are the same but for the last digits of a sum."""
    if isinstance(one, int | float) and isinstance(other, int | float):
        return same(one, other) or abs(one - other) < _NOISE
    return one == other
