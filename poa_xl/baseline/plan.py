"""The approved plan: what each unit programmed for the year, with the kind and the weight of each goal."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cached_property

from poa_xl import brief
from poa_xl.accepted_rows import AcceptedRows, FilaOperacion, FilaTarea
from poa_xl.entity import Modificacion

FORMAT = "plan aprobado de poa-xl 1"
Number = int | float
# What of an operation and of a task is approved, beside its name and its months, and may change by a resolution alone.
GOAL_OF_AN_OPERATION = ("acp", "unidad_medida", "numero", "tipo_meta", "sentido", "linea_base", "meta", "peso")
GOAL_OF_A_TASK = ("unidad_medida", "numero", "tipo_meta", "sentido", "linea_base", "peso")
Counts = tuple[int, int, int]  # operations, activities and tasks


@dataclass(frozen=True)
class PlannedOperation:
    """An operation as it was approved; a blank text is '', a blank number None."""

    operacion: str
    acp: str
    denominacion: str
    resultado_esperado: str
    indicador: str
    unidad_medida: str
    numero: str
    tipo_meta: str
    sentido: str
    linea_base: Number | None
    meta: Number | None
    peso: Number | None


@dataclass(frozen=True)
class PlannedTask:
    """A task as it was approved: what is blank of its goal is as its operation says."""

    operacion: str
    actividad: str
    tarea: str
    medio_verificacion: str
    unidad_medida: str
    numero: str
    tipo_meta: str
    sentido: str
    linea_base: Number | None
    peso: Number | None
    programado: tuple[Number | None, ...]  # of each of the twelve months


@dataclass(frozen=True)
class PlannedUnit:
    """The plan of a unit, and the workbook that it was taken from."""

    unidad: str
    archivo: str
    sha256: str
    operaciones: tuple[PlannedOperation, ...]
    tareas: tuple[PlannedTask, ...]

    @property
    def counts(self) -> Counts:
        """How many operations, activities and tasks it has."""
        activities = {(task.operacion, task.actividad) for task in self.tareas}
        return len(self.operaciones), len(activities), len(self.tareas)


@dataclass(frozen=True)
class PlanVersion:
    """An earlier version of a plan: what a later one remembers of it. `conteos` maps a unit to its counts."""

    version: int
    cuando: str
    resolucion: str
    huella: str
    conteos: dict[str, Counts]


@dataclass(frozen=True, repr=False)
class ApprovedPlan:
    """A version of the plan of all units. `modificaciones` are those of the entity that it has in it already."""

    entidad: str
    gestion: int
    version: int
    anteriores: tuple[PlanVersion, ...]  # the first one first
    cuando: str  # ISO, with the offset of the place
    quien: str
    resolucion: str  # that approved it; '' where nobody said
    modificaciones: tuple[Modificacion, ...]
    unidades: tuple[PlannedUnit, ...]

    def __repr__(self) -> str:
        return brief.line(self, gestion=self.gestion, version=self.version, unidades=len(self.unidades))

    @cached_property
    def by_code(self) -> dict[str, PlannedUnit]:
        """Its units by code."""
        return {u.unidad: u for u in self.unidades}

    def pending(self, modificaciones: Iterable[Modificacion]) -> tuple[Modificacion, ...]:
        """Of the modifications of an entity, those that came after this version, each with the units that it waits for.

        One of several units is in a version for those of them alone whose workbook was given then.
        """
        known: dict[Modificacion, set[str]] = {}
        for m in self.modificaciones:
            known.setdefault(_apart(m), set()).update(m.unidades)
        return tuple(left for m in modificaciones if (left := m.of({*m.unidades} - known.get(_apart(m), set()))))

    @property
    def conteos(self) -> dict[str, Counts]:
        """Unit -> how many operations, activities and tasks it has."""
        return {u.unidad: u.counts for u in self.unidades}

    @property
    def counts(self) -> Counts:
        """How many operations, activities and tasks all units have."""
        operations, activities, tasks = zip(*self.conteos.values(), strict=True) if self.unidades else ((), (), ())
        return sum(operations), sum(activities), sum(tasks)

    def as_version(self, huella: str) -> PlanVersion:
        """What later versions remember of this one; `huella` is the hash that its file says."""
        return PlanVersion(self.version, self.cuando, self.resolucion, huella, self.conteos)


def _apart(m: Modificacion) -> Modificacion:
    """A modification whatever its units, and whatever is told of it."""
    return replace(m, unidades=(), detalle="")


def units_of(rows: AcceptedRows, hashes: dict[str, str]) -> tuple[PlannedUnit, ...]:
    """What was accepted as plans of units, in the order in which it was sent; `hashes` maps a file to its SHA-256."""
    operations: dict[str, list[PlannedOperation]] = {form.archivo: [] for form in rows.unidad}
    tasks: dict[str, list[PlannedTask]] = {form.archivo: [] for form in rows.unidad}
    for operation in (row for row in rows.operaciones if row.archivo in operations):
        operations[operation.archivo].append(_operation(operation))
    for task in (row for row in rows.tareas if row.archivo in tasks):
        tasks[task.archivo].append(_task(task))
    return tuple(
        PlannedUnit(
            form.unidad,
            form.archivo,
            hashes[form.archivo],
            tuple(operations[form.archivo]),
            tuple(tasks[form.archivo]),
        )
        for form in rows.unidad
    )


def _operation(row: FilaOperacion) -> PlannedOperation:
    return PlannedOperation(
        row.operacion, row.acp, row.denominacion, row.resultado_esperado, row.indicador, row.unidad_medida, row.numero,
        row.tipo_meta, row.sentido, row.linea_base, row.meta, row.peso,
    )  # fmt: skip


def _task(row: FilaTarea) -> PlannedTask:
    return PlannedTask(
        row.operacion, row.actividad, row.tarea, row.medio_verificacion, row.unidad_medida, row.numero, row.tipo_meta,
        row.sentido, row.linea_base, row.peso, row.programado,
    )  # fmt: skip
