"""The tables of a master's sheets, known by their form: a row of titles, and below it rows down to a blank one.

`KINDS` says by which columns the rows of a table are known, and `NOT_COMPARED` what is left out, and why.
"""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from poa_xl import cells
from poa_xl.comparison.result import Origen
from poa_xl.comparison.rows import Row, Rule
from poa_xl.comparison.values import Dato, Ilegible
from poa_xl.messages import comparison as words
from poa_xl.reading import Grid


@dataclass(frozen=True)
class Kind:
    """A kind of table, known by some titles. `free` are the columns of the key in which a row may change.

    `origin`: its columns Archivo, Hoja and Fila (or Celda) say where in a unit's workbook the row stands. `told` is the
    column that says most of a row that came or went.
    """

    titles: tuple[str, ...]
    key: tuple[str, ...]
    free: tuple[str, ...] = ()
    origin: bool = False
    told: str = ""


def _named(*key: str) -> Kind:
    return Kind(key, key)


# The first that fits.
KINDS: tuple[Kind, ...] = (
    Kind(("Unidad", "Fila", "Tarea"), ("Unidad", "Operación", "Actividad", "Tarea"),
         ("Operación", "Actividad", "Tarea"), origin=True),
    Kind(("Unidad", "Fila", "Código de operación"), ("Unidad", "Código de operación"), ("Código de operación",), True),
    Kind(("Unidad", "Fila", "Fuente"), ("Unidad", "Categoría programática", "Fuente"),
         ("Categoría programática", "Fuente"), origin=True),
    Kind(("Unidad", "Fila", "ACP"), ("Unidad", "ACP"), ("ACP",), origin=True),
    Kind(("Archivo", "Celda", "Gravedad"), ("Unidad", "Hoja", "Celda", "Código"), origin=True, told="Qué se encontró"),
    Kind(("Archivo", "Estado"), ("Unidad",), told="Estado"),  # a version from a campaign has a file name of its own
    Kind(("Código", "Motivo"), ("Código",), told="Motivo"),
    _named("Categoría programática", "Mes"),
    _named("ACP", "Categoría programática"),
    _named("Categoría", "Unidad"),
    _named("Nivel", "Código"),
    _named("Nivel", "Área, unidad o grupo"),
    _named("Servicio", "Área organizacional", "Grupo"),
    _named("Concepto", "Servicio"),
    _named("Área", "Indicador"),
    _named("ACP", "Unidad"),
    _named("Fuente", "Descripción"),
    _named("Código", "Área o grupo"),
    *(_named(title) for title in (
        "Código", "Subgrupo", "Sigla", "ACP", "Área", "Área o grupo", "Concepto", "Dato", "Indicador", "Periodo",
        "Grado de avance", "Criterio", "Parámetro")),
)  # fmt: skip
PROSE = frozenset({"Actividad", "Tarea"})

# Columns that are not compared, wherever they stand: title -> why.
NOT_COMPARED: Mapping[str, str] = {
    "N.º": "counts the rows of its table from 1",
    "Fila en Presupuesto_SIGEP": "a row that only moved is the same row",
}
# Columns of the tables with an origin that say where a row stands in the unit's workbook: shown, not compared.
ORIGIN = ("Archivo", "Hoja", "Fila")
_ADDRESS = re.compile(r"[A-Z]{1,3}[0-9]{1,7}")
# The index repeats the headings of the other sheets, which are compared there.
SHEETS_NOT_COMPARED = frozenset({"Índice"})


@dataclass(frozen=True)
class Tabla:
    """A table, or (`texts`) the titles and notes of a sheet. `columns`: name -> place from 0."""

    titulo: str
    columns: Mapping[str, int]
    rows: Sequence[Row]
    texts: bool = False
    places: Mapping[int, int] = field(default_factory=dict)  # of texts: Excel row -> place

    @property
    def kind(self) -> Kind:
        """How its rows are known; in a table that is not known, by the first column."""
        if self.texts:
            return Kind((words.LOOSE_TEXT,), (words.LOOSE_TEXT,), (words.LOOSE_TEXT,))
        first = next(iter(self.columns))
        return next((k for k in KINDS if {*k.titles, *k.key} <= self.columns.keys()), _named(first))

    def rule(self, compared: Sequence[str]) -> Rule:
        """How the rows of this table are matched, of which these columns are compared."""
        kind = self.kind
        prose = {words.LOOSE_TEXT} if self.texts else PROSE
        return Rule(kind.key, tuple(compared), frozenset(kind.key) & prose, frozenset(kind.key) - {*kind.free})

    def cell(self, column: str, row: Row) -> str:
        """The address of a cell."""
        place = self.places[row.number] if self.texts else self.columns[column]
        return f"{cells.letters(place)}{row.number}"

    def origin(self, row: Row) -> Origen | None:
        """Where a row comes from, in a table that says so."""
        file, sheet = row.values.get("Archivo"), row.values.get("Hoja")
        if not self.kind.origin or not isinstance(file, str):
            return None
        number, cell = row.values.get("Fila"), row.values.get("Celda")
        if isinstance(cell, str) and _ADDRESS.fullmatch(cell):
            number = float(cells.row_of(cell))
        return Origen(file, sheet if isinstance(sheet, str) else "", int(number) if isinstance(number, float) else 0)


def of_sheet(grid: Grid, odd: Mapping[str, str]) -> list[Tabla]:
    """The tables of a sheet in their order; last, as one, all text that is in none."""
    found: list[Tabla] = []
    loose: list[Row] = []
    places: dict[int, int] = {}
    for block in _blocks(_values(grid, odd)):
        header = next((n for n, (_, row) in enumerate(block) if len(row) > 1), len(block))
        for number, row in block[:header]:  # each has one cell
            ((places[number], value),) = row.items()
            loose.append(Row(number, {words.LOOSE_TEXT: value}))
        if header < len(block):
            heading = next(iter(block[header - 1][1].values())) if header else ""
            found.append(_table(heading if isinstance(heading, str) else "", block[header:]))
    return [*found, Tabla("", {words.LOOSE_TEXT: 0}, loose, True, places)]


_Line = tuple[int, dict[int, Dato]]  # Excel row, place -> value of what is filled in


def _values(grid: Grid, odd: Mapping[str, str]) -> Iterator[_Line]:
    strange: dict[int, dict[int, Dato]] = {}
    for address, error in odd.items():
        strange.setdefault(cells.row_of(address), {})[cells.place_of(address)] = Ilegible(error)
    for number, row in enumerate(grid, start=1):
        filled = {place: _value(value) for place, value in enumerate(row) if value not in cells.BLANKS}
        yield number, {**filled, **strange.get(number, {})}


def _value(raw: object) -> Dato:
    """A master holds texts and numbers; what else somebody put there is shown as it looks."""
    if isinstance(raw, str) or (isinstance(raw, float) and math.isfinite(raw)):
        return raw
    return Ilegible(cells.show(raw))


def _blocks(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Rows that stand together, up to a blank one."""
    block: list[_Line] = []
    for line in lines:
        if line[1]:
            block.append(line)
        elif block:
            yield block
            block = []
    if block:
        yield block


def _table(titulo: str, block: Sequence[_Line]) -> Tabla:
    (_, header), *lines = block
    last = max(place for _, row in block for place in row)
    names: dict[str, int] = {}
    for place in range(last + 1):
        title = header.get(place)
        name = title if isinstance(title, str) and title else words.UNTITLED.format(letras=cells.letters(place))
        number = 2
        while name in names:
            name, number = f"{title} ({number})", number + 1
        names[name] = place
    rows = [Row(number, {name: row.get(place) for name, place in names.items()}) for number, row in lines]
    return Tabla(titulo, names, rows)
