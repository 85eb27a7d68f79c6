"""What a master carries of the files that it was made of: rows by what they are about, files, findings, changes."""

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property

from poa_xl import accepted_rows, cells, sheets
from poa_xl.cells import Value
from poa_xl.comparison.rows import ComparedRow
from poa_xl.comparison.tables import TableInMaster
from poa_xl.comparison.values import Dato, Ilegible
from poa_xl.explanation.step import Note, RowOrigin, TypedCell
from poa_xl.indicators import Banda, Criterio
from poa_xl.master_book import MasterBook
from poa_xl.master_tables import control, criteria, data, front, terms
from poa_xl.messages import explain as words
from poa_xl.sheets import Sheet

OPERATIONS, TASKS, BUDGET, SIGEP = "operaciones", "tareas", "presupuesto", "presupuesto_sigep"
_SHEETS = {OPERATIONS: data.OPERATIONS, TASKS: data.TASKS, BUDGET: data.BUDGET}
_SIGEP_TITLES = {
    "categoria": data.CATEGORY.title,
    "mes": data.MONTH.title,
    "vigente": data.VIGENTE.title,
    "devengado": data.DEVENGADO.title,
    "tipo_reporte": data.REPORT.title,
    "numero_reporte": data.REPORT_NUMBER.title,
    "fecha_reporte": data.REPORT_DATE.title,
}
_LOWEST = float("-inf")
Key = tuple[str, ...]


class DataRow:
    """A row of a data sheet: its number there, where it comes from, and its values by the columns of the schema."""

    def __init__(self, line: ComparedRow, origin: RowOrigin, values: Mapping[str, Value]) -> None:
        self.number, self.origin, self.values, self._line = line.number, origin, values, line

    def text(self, column: str) -> str:
        """A value as text; '' for a blank."""
        value = self.values.get(column)
        return "" if value is None else cells.show(value)

    def titled(self, title: str) -> Dato:
        """What stands in a column that the master computes."""
        return self._line.values.get(title)

    def typed(self, sheet: Sheet, names: Sequence[str], *, blank: bool = False) -> tuple[TypedCell, ...]:
        """The cells of some columns; those that are blank only with `blank`."""
        return tuple(
            TypedCell(name, sheet.column(name).title, address(sheet, name, self.origin.fila), self.values.get(name))
            for name in names
            if blank or self.values.get(name) is not None
        )


def address(sheet: Sheet, column: str, row: int) -> str:
    """Where a column of the template stands in a row; '' where the row is not known."""
    return f"{cells.letters(sheet.places[column])}{row}" if row else ""


class MasterRows:
    """The rows that a master is made of."""

    def __init__(self, book: MasterBook) -> None:
        self.book = book

    # --- files ----------------------------------------------------------------------------------------------

    @cached_property
    def submissions(self) -> Mapping[str, Mapping[str, Dato]]:
        """File -> its line of the sheet Entregas."""
        rows = self._rows(control.SUBMISSIONS.name, control.SUBMISSIONS_TABLE.titles)
        return {str(row.values.get(terms.FILE)): row.values for row in rows}

    def sha256(self, archivo: str) -> str:
        """The fingerprint of a file that was received; '' where the master does not say."""
        line = self.submissions.get(archivo, {})
        return next((v for v in line.values() if isinstance(v, str) and len(v) == 64), "")

    @property
    def entity(self) -> tuple[str, str]:
        """The entity's workbook: its name and its fingerprint."""
        return self.book.cover.get(front.ENTITY_WORKBOOK) or words.OF_THE_ENTITY, self.book.entity_sha256

    @cached_property
    def absent(self) -> Sequence[str]:
        """The codes of the units without information."""
        rows = self._rows(control.SUBMISSIONS.name, control.ABSENCES_TABLE.titles)
        return [str(row.values.get(terms.CODE)) for row in rows]

    # --- rows -----------------------------------------------------------------------------------------------

    def rows(self, key: str) -> Sequence[DataRow]:
        """The accepted rows of a sheet of the units, in the order of the master."""
        return self._accepted[key]

    @cached_property
    def _accepted(self) -> Mapping[str, Sequence[DataRow]]:
        return {key: list(self._of_units(key, listed.name)) for key, listed in _SHEETS.items()}

    def _of_units(self, key: str, name: str) -> Iterator[DataRow]:
        titles = {c.name: c.title for c in accepted_rows.ROW_TYPES[key].sheet().inputs}
        for line in self._lines(name):
            said = line.values
            archivo, row = str(said.get(terms.FILE) or ""), said.get(terms.ROW)
            fila = int(row) if isinstance(row, float) else 0
            origin = RowOrigin(archivo, self.sha256(archivo), str(said.get(terms.SHEET) or ""), fila, key)
            values = {column: _plain(said.get(title)) for column, title in titles.items()}
            yield DataRow(line, origin, {**values, "unidad": str(said.get(terms.UNIT) or "")})

    @cached_property
    def tasks(self) -> Mapping[Key, Sequence[DataRow]]:
        """(unit, operation) -> its tasks."""
        return _grouped(self.rows(TASKS), ("unidad", "operacion"))

    @cached_property
    def operations(self) -> Mapping[Key, DataRow]:
        """(unit, operation) -> its row; one that only its tasks name has one too."""
        return {key: own[0] for key, own in _grouped(self.rows(OPERATIONS), ("unidad", "operacion")).items()}

    @cached_property
    def by_number(self) -> Mapping[tuple[str, int], DataRow]:
        """(data sheet, row there) -> the row."""
        found = {(_SHEETS[key].name, row.number): row for key in _SHEETS for row in self.rows(key)}
        return {**found, **{(data.SIGEP.name, row.number): row for own in self.sigep.values() for row in own}}

    @cached_property
    def not_added_up(self) -> frozenset[Key]:
        """The operations that are the mean of their tasks."""
        lines = self._lines(data.GOALS.name)
        return frozenset((str(line.values.get(terms.UNIT)), str(line.values.get("Operación"))) for line in lines)

    @cached_property
    def budget(self) -> Sequence[DataRow]:
        """What the units report of categories."""
        return self.rows(BUDGET)

    @cached_property
    def sigep(self) -> Mapping[str, Sequence[DataRow]]:
        """Category -> the rows of SIGEP, by month."""
        found: dict[str, list[DataRow]] = {}
        archivo, sha256 = self.entity
        sheet = sheets.sheet("entidad", SIGEP)
        for line in self._lines(data.SIGEP.name):
            number = line.values.get(data.ROW_OF_ENTITY.title)
            values = {column: _plain(line.values.get(title)) for column, title in _SIGEP_TITLES.items()}
            fila = int(number) if isinstance(number, float) else 0
            row = DataRow(line, RowOrigin(archivo, sha256, sheet.name, fila, SIGEP), values)
            found.setdefault(row.text("categoria"), []).append(row)
        return found

    # --- criteria -------------------------------------------------------------------------------------------

    @cached_property
    def bands(self) -> Sequence[Banda]:
        """The bands of the semáforo, best first; `parametro` is the range in words."""
        grado, rango, evaluacion, desde, calificacion = (c.title for c in criteria.SEMAFORO_TABLE.every_column)
        return [
            Banda(
                _number(row.values.get(desde)),
                str(row.values.get(grado)),
                str(row.values.get(rango)),
                str(row.values.get(calificacion)),
                str(row.values.get(evaluacion)),
                "",
            )
            for row in self._rows(criteria.CRITERIA.name, {grado, rango, evaluacion})
        ]

    @cached_property
    def levels(self) -> Sequence[Criterio]:
        """The levels of the criterio of the ejecución, best first."""
        word = "Calificación"
        rows = self._rows(criteria.CRITERIA.name, criteria.CRITERIO_TABLE.titles)
        thresholds = [[_number(v, _LOWEST) for title, v in row.values.items() if title[:1].isdigit()] for row in rows]
        return [
            Criterio((one[0], one[1], one[2], one[3]), str(row.values.get(word)), "")
            for row, one in zip(rows, thresholds, strict=True)
            if len(one) == 4
        ]

    @cached_property
    def tolerance(self) -> float:
        """How far from SIGEP the units may be, in Bs."""
        rows = self._rows(criteria.CRITERIA.name, criteria.OTHERS_TABLE.titles)
        said = {row.values.get("Parámetro"): row.values.get("Valor") for row in rows}
        return _number(said.get(terms.TOLERANCIA))

    # --- what was found -------------------------------------------------------------------------------------

    @cached_property
    def notes(self) -> Mapping[Key, Sequence[Note]]:
        """(file or unit, sheet, row) -> what was found or accepted there; (file or unit,) -> what is about no row."""
        found: dict[Key, list[Note]] = {}
        for row in self._rows(control.FINDINGS.name, control.FINDINGS_TABLE.titles):
            said = {title: str(value or "") for title, value in row.values.items()}
            gravity, text = said["Gravedad"].lower(), f"{said['Qué se encontró']} {said['Qué hacer']}".strip()
            place = "!".join(part for part in (said[terms.SHEET], said[terms.CELL]) if part)
            note = Note(gravity, said[terms.CODE], " ".join(p for p in (said[terms.FILE], place) if p), text)
            for key in _keys(said[terms.FILE], said[terms.SHEET], said[terms.CELL]):
                found.setdefault(key, []).append(note)
        for row in self._rows(control.CHANGES.name, control.CHANGES_TABLE.titles):
            said = {title: str(value or "") for title, value in row.values.items()}
            place = "!".join(part for part in (said[terms.SHEET], said[terms.CELL]) if part)
            note = Note(words.CHANGED, said[terms.CODE], f"{said[terms.UNIT]} {place}".strip(), said[_CHANGE])
            for key in _keys(said[terms.UNIT], said[terms.SHEET], said[terms.CELL]):
                found.setdefault(key, []).append(note)
        return found

    def notes_of(self, row: DataRow) -> tuple[Note, ...]:
        """What was found and accepted at a row."""
        place = row.origin.hoja, str(row.origin.fila)
        own = [self.notes.get((who, *place), ()) for who in {row.origin.archivo: 0, row.text("unidad"): 0} if who]
        return tuple(dict.fromkeys(note for some in own for note in some))

    def notes_of_unit(self, unidad: str) -> tuple[Note, ...]:
        """What was found and accepted of a unit's workbook as a whole."""
        files = [
            name for name, line in self.submissions.items() if line.get(terms.UNIT) == unidad
        ]  # fmt: skip
        return tuple(dict.fromkeys(note for who in (*files, unidad) for note in self.notes.get((who,), ())))

    # --- tables ---------------------------------------------------------------------------------------------

    def _lines(self, name: str) -> Sequence[ComparedRow]:
        """The rows of a data sheet."""
        return next((table.rows for table in self.book.tables(name) if not table.texts), ())

    def _rows(self, name: str, titles: frozenset[str] | set[str]) -> Sequence[ComparedRow]:
        """The rows of the table of a sheet that has these titles."""
        table = self.book.table(name, titles)
        return table.rows if table else ()

    def tables(self, name: str) -> Sequence[TableInMaster]:
        """The tables of a sheet."""
        return [table for table in self.book.tables(name) if not table.texts]

    def found(self, name: str, titles: frozenset[str] | set[str]) -> Sequence[Mapping[str, Dato]]:
        """The rows of the table of a sheet that has these titles, by title."""
        return [row.values for row in self._rows(name, titles)]


_CHANGE = "Qué cambió y quién lo aceptó"


def _keys(who: str, sheet: str, cell: str) -> Iterator[Key]:
    if cells.is_address(cell):
        yield who, sheet, str(cells.row_of(cell))
    else:
        yield (who,)


def _grouped(rows: Sequence[DataRow], names: Sequence[str]) -> dict[Key, list[DataRow]]:
    found: dict[Key, list[DataRow]] = {}
    for row in rows:
        found.setdefault(tuple(row.text(name) for name in names), []).append(row)
    return found


def _plain(value: Dato) -> Value:
    return value.texto if isinstance(value, Ilegible) else value


def _number(value: Dato, otherwise: float = 0.0) -> float:
    return float(value) if isinstance(value, int | float) else otherwise
