"""What every sheet of the master shares: cells, formulas with their value, and where each figure stands."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache, cached_property
from typing import NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_col_to_name

from poa_xl.accepted_rows import AcceptedRows
from poa_xl.baseline import ApprovedPlan
from poa_xl.evaluation import ACUMULADO, Clave, Evaluacion, delays
from poa_xl.evaluation.delays import Atraso
from poa_xl.evaluation.figures import OPERATION
from poa_xl.figures.vocabulary import QUARTER
from poa_xl.findings import Finding, Submission
from poa_xl.master_tables import calculation, data
from poa_xl.writers.xlsx.cells import Formula as Formula
from poa_xl.writers.xlsx.formats import MISSING, Formats

DATOS_TAREAS, DATOS_OPERACIONES, DATOS_SIGEP = data.TASKS.name, data.OPERATIONS.name, data.SIGEP.name
DATOS_PRESUPUESTO, CALCULO = data.BUDGET.name, calculation.PHYSICAL.name


Cell = str | float | dt.date | Formula | None
Published = Mapping[str, float | Fraction | None]  # id -> figure
Where = tuple[str, int, int]  # sheet, row and column from 0
Row = tuple[str, int]  # of a unit's workbook: the unit, and the row in its sheet
OperationKey = tuple[str, str]  # the unit, and the code of its operation


class FigurePlace(NamedTuple):
    """Where a figure is computed (row and column from 0), and its value."""

    hoja: str
    row: int
    col: int
    value: float | str


def shown(value: float | str | None) -> float | str:
    """A figure as a cell shows it: «n/a» where it does not exist."""
    return MISSING if value is None else value


_letters = cache(xl_col_to_name)  # of a column: asked for with every formula


def local(row: int, col: int) -> str:
    """A cell of the same sheet, such as `F12`; row and column from 0."""
    return f"{_letters(col)}{row + 1}"


def span(row: int, first: int, last: int) -> str:
    """Cells side by side in the same sheet, such as `F12:H12`."""
    return f"{local(row, first)}:{local(row, last)}"


def on_sheet(hoja: str, reference: str) -> str:
    """A reference into another sheet."""
    return f"'{hoja}'!{reference}"


def column_ranges(rows: Iterable[int], col: int, hoja: str = "") -> str:
    """The cells of a column in these rows as arguments of a function: neighbours together, `F5:F9,F12`."""
    runs: list[list[int]] = []
    for row in rows:
        if runs and row == runs[-1][1] + 1:
            runs[-1][1] = row
        else:
            runs.append([row, row])
    name = _letters(col)
    parts = [f"{name}{a + 1}" if a == b else f"{name}{a + 1}:{name}{b + 1}" for a, b in runs]
    return ",".join(on_sheet(hoja, part) if hoja else part for part in parts)


@dataclass
class Libro:
    """The master while it is written. `places` is the address book: (key, indicator, period) -> cell."""

    workbook: Workbook
    formats: Formats
    evaluacion: Evaluacion
    accepted: AcceptedRows
    findings: Sequence[Finding]
    submissions: Sequence[Submission]
    corte: dt.date
    fuente: tuple[str, str]  # name and SHA-256 of the entity workbook
    registro: str = ""  # the head of the campaign's ledger; '' without a campaign
    anteriores: Published | None = None  # figures of the quarter before as they were published
    plan: ApprovedPlan | None = None  # with which the workbooks were compared
    without_changes: Evaluacion | None = None  # what it would be without the changes that were accepted; None: no such
    places: dict[tuple[Clave, str, str], FigurePlace] = field(default_factory=dict)
    constants: dict[str, str] = field(default_factory=dict)  # name -> absolute reference into Criterios
    index: list[tuple[str, str, str]] = field(default_factory=list)  # sheet, cell, title of each table
    rows: dict[tuple[str, Clave], tuple[int, int]] = field(default_factory=dict)  # data sheet, key -> first, last row
    columns: dict[tuple[str, str], int] = field(default_factory=dict)  # data sheet, column name -> column
    tasks: dict[Row, int] = field(default_factory=dict)  # where a task stands in Datos_Tareas
    goals: dict[Row, int] = field(default_factory=dict)  # where it stands in Datos_Metas
    delayed: dict[Row, tuple[str, int]] = field(default_factory=dict)  # sheet and row that tell of its delay
    looks: dict[tuple[object, ...], Format] = field(default_factory=dict)  # of the cells of tables, each made once
    noted: dict[tuple[Clave, str, str], Where] = field(default_factory=dict)  # figures that other sheets compute
    operation_rows: dict[OperationKey, int] = field(default_factory=dict)  # their rows in Datos_Operaciones
    operation_columns: dict[tuple[str, str], int] = field(default_factory=dict)  # indicator, period -> its column there

    @cached_property
    def atrasos(self) -> dict[tuple[str, str], list[Atraso]]:
        """(unit, operation) -> its tasks that are behind."""
        found: dict[tuple[str, str], list[Atraso]] = {}
        for delay in delays.of_quarter(self.evaluacion.entidad, self.accepted, self.evaluacion.trimestre):
            found.setdefault((delay.fila.unidad, delay.fila.operacion), []).append(delay)
        return found

    @cached_property
    def weighed_units(self) -> frozenset[str]:
        """The units whose operations count by their weights."""
        return frozenset(o.unidad for o in self.evaluacion.operaciones if o.peso is not None)

    def note_figure(self, clave: Clave, indicador: str, periodo: str, at: Where) -> None:
        """Note where a figure stands: sheet, row and column. Who computes it comes before those who show it again."""
        self.noted.setdefault((clave, indicador, self._period(periodo)), at)

    def note_operations(self, indicador: str, periodo: str, col: int) -> None:
        """Note the column of Datos_Operaciones in which a figure of every operation stands.

        One by one they would take as much memory as the rows of a large entity.
        """
        self.operation_columns[indicador, self._period(periodo)] = col

    def _period(self, periodo: str) -> str:
        return self.evaluacion.periodo.clave if periodo == QUARTER else periodo

    def where(self, clave: Clave, indicador: str, periodo: str) -> Where | None:
        """Where a figure stands: sheet, row and column; None where no cell holds it."""
        if place := self.places.get((clave, indicador, periodo)):
            return place[:3]
        if clave[0] == OPERATION and (indicador, periodo) in self.operation_columns:
            return self.operation(clave[1], clave[2], indicador, periodo)
        return self.noted.get((clave, indicador, periodo))

    def operation(self, unidad: str, operacion: str, indicador: str, periodo: str) -> Where:
        """Where a figure of an operation stands."""
        return DATOS_OPERACIONES, self.operation_rows[unidad, operacion], self.operation_columns[indicador, periodo]

    def at(self, clave: Clave, indicador: str, periodo: str = ACUMULADO) -> Formula:
        """A reference to the cell that computes a figure."""
        place = self.places[clave, indicador, periodo]
        return Formula("=" + on_sheet(place.hoja, local(place.row, place.col)), place.value)

    def note_row(self, hoja: str, clave: Clave, row: int) -> None:
        """Note that a row of a data sheet belongs to a key; the rows of a key follow each other."""
        first, _ = self.rows.get((hoja, clave), (row, row))
        self.rows[hoja, clave] = (first, row)

    def own_range(self, hoja: str, clave: Clave, column: str) -> str:
        """The cells of a column in the rows of a key, as other sheets name them; '' where it has no rows."""
        if (hoja, clave) not in self.rows:
            return ""
        (first, last), col = self.rows[hoja, clave], self.columns[hoja, column]
        return on_sheet(hoja, f"{local(first, col)}:{local(last, col)}")

    def own_block(self, hoja: str, clave: Clave, first: str, last: str) -> str:
        """The same of the columns from the first to the last, which stand side by side."""
        if (hoja, clave) not in self.rows:
            return ""
        top, bottom = self.rows[hoja, clave]
        left, right = self.columns[hoja, first], self.columns[hoja, last]
        return on_sheet(hoja, f"{local(top, left)}:{local(bottom, right)}")

    def rows_of(self, claves: Iterable[Clave], indicador: str, periodo: str) -> tuple[list[int], int]:
        """Rows of a figure of these keys, and its column; all of them stand in one sheet."""
        places = [self.places[clave, indicador, periodo] for clave in claves]
        return [p.row for p in places], places[0].col if places else 0
