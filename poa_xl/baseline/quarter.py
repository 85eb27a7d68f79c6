"""What an earlier campaign accepted: the months that were reported, and the figures that were made of them."""

from dataclasses import dataclass
from functools import cached_property

from poa_xl import brief
from poa_xl.accepted_rows import AcceptedRows, FilaPresupuesto, FilaTarea

FORMAT = "trimestre informado de poa-xl 1"
Number = int | float


@dataclass(frozen=True)
class ReportedTask:
    """A task with its programme of the twelve months and what was executed in each of the reported ones."""

    operacion: str
    actividad: str
    tarea: str
    programado: tuple[Number | None, ...]
    ejecutado: tuple[Number | None, ...]


@dataclass(frozen=True)
class ReportedFunds:
    """A category and source of funds with the devengado of each of the reported months, in Bs."""

    categoria: str
    fuente: str
    devengado: tuple[Number | None, ...]


@dataclass(frozen=True)
class ReportedUnit:
    """What a unit reported, and the receipt of the submission that counted."""

    unidad: str
    acuse: str
    sha256: str
    tareas: tuple[ReportedTask, ...]
    presupuesto: tuple[ReportedFunds, ...]


@dataclass(frozen=True, repr=False)
class ReportedQuarter:
    """What a campaign accepted of the months from January to the end of its quarter.

    `cifras` are its published figures by id, percentages in points; those that are «n/a» or words are left out.
    """

    entidad: str
    gestion: int
    trimestre: int
    cabeza: str  # of the ledger of that campaign
    unidades: tuple[ReportedUnit, ...]
    cifras: dict[str, float]

    def __repr__(self) -> str:
        return brief.line(self, gestion=self.gestion, trimestre=self.trimestre, unidades=len(self.unidades))

    @property
    def months(self) -> int:
        """How many months it reports, from January."""
        return 3 * self.trimestre

    @cached_property
    def by_code(self) -> dict[str, ReportedUnit]:
        """Its units by code."""
        return {u.unidad: u for u in self.unidades}


def units_of(rows: AcceptedRows, trimestre: int, receipts: dict[str, tuple[str, str]]) -> tuple[ReportedUnit, ...]:
    """What was accepted of the units; `receipts` maps a unit to the receipt and the SHA-256 of what counted."""
    months = 3 * trimestre
    tasks: dict[str, list[ReportedTask]] = {form.unidad: [] for form in rows.unidad}
    funds: dict[str, list[ReportedFunds]] = {form.unidad: [] for form in rows.unidad}
    for task in (row for row in rows.tareas if row.unidad in tasks):
        tasks[task.unidad].append(_task(task, months))
    for money in (row for row in rows.presupuesto if row.unidad in funds):
        funds[money.unidad].append(_funds(money, months))
    return tuple(
        ReportedUnit(form.unidad, *receipts[form.unidad], tuple(tasks[form.unidad]), tuple(funds[form.unidad]))
        for form in rows.unidad
    )


def _task(row: FilaTarea, months: int) -> ReportedTask:
    return ReportedTask(row.operacion, row.actividad, row.tarea, row.programado, row.ejecutado[:months])


def _funds(row: FilaPresupuesto, months: int) -> ReportedFunds:
    return ReportedFunds(row.categoria, row.fuente, row.devengado[:months])
