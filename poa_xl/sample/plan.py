"""What the units plan: operations, activities and tasks, as many in each service as the report counts."""

from dataclasses import dataclass
from functools import cache

from poa_xl.sample import facts, texts
from poa_xl.sample.facts import Unit
from poa_xl.sample.shares import spread

LEAST_OPERATIONS = 2
# Months in which a task is programmed (January is 0), by its rhythm; one of the choices for each task.
RHYTHMS = {
    "mensual": (tuple(range(12)),),
    "bimestral": ((0, 2, 4, 6, 8, 10), (1, 3, 5, 7, 9, 11)),
    "trimestral": ((2, 5, 8, 11), (1, 4, 7, 10)),
    "semestral": ((5, 11), (4, 10)),
}


@dataclass(frozen=True)
class Task:
    """A task with the months in which it has a programme and its usual quantity in one of them."""

    operacion: str
    actividad: str
    tarea: str
    medio: str
    proceso: str
    months: tuple[int, ...]
    quantity: int


@dataclass(frozen=True)
class Operation:
    """An operation and its tasks, in the order of the sheet."""

    codigo: str
    denominacion: str
    resultado: str
    indicador: str
    unidad_medida: str
    tasks: tuple[Task, ...]


@dataclass(frozen=True)
class _Draft:
    """An operation of a unit before its activities are chosen."""

    unit: Unit
    codigo: str
    row: dict[str, str]

    @property
    def activities(self) -> list[str]:
        """Its possible activities: `proceso:objeto`."""
        return self.row["actividades"].split(" | ")


@cache
def plans() -> dict[str, tuple[Operation, ...]]:
    """Unit code → its operations."""
    made: dict[str, list[Operation]] = {unit.codigo: [] for unit in facts.units()}
    for servicio in facts.SERVICES:
        drafts = _drafts(servicio)
        for draft, activities, tasks in zip(drafts, *_shape(servicio, drafts), strict=True):
            made[draft.unit.codigo].append(_operation(draft, activities, tasks))
    return {code: tuple(operations) for code, operations in made.items()}


def _total(concepto: str, servicio: str) -> int:
    rows = texts.of_key("relacion_poa", "concepto", concepto)
    return next(int(row["segundo_trimestre"]) for row in rows if row["servicio"] == servicio.upper())


def _drafts(servicio: str) -> list[_Draft]:
    units = [unit for unit in facts.units() if unit.servicio == servicio]
    limits = [len(texts.of_key("operaciones_tipo", "tipo", unit.tipo)) for unit in units]
    counts = spread(_total("operaciones", servicio), [_size(u) for u in units], LEAST_OPERATIONS, limits)
    return [draft for unit, count in zip(units, counts, strict=True) for draft in _unit_drafts(unit, count)]


def _size(unit: Unit) -> float:
    kinds = {row["grupo"]: float(row["peso"]) for row in facts.table("tipos")}
    return kinds.get(unit.grupo, 1.0) * facts.seeded("operaciones", unit.codigo).uniform(0.8, 1.2)


def _unit_drafts(unit: Unit, count: int) -> list[_Draft]:
    """Operations of the unit: the first of its kind always, the others drawn, in the order of the source."""
    rows = texts.of_key("operaciones_tipo", "tipo", unit.tipo)
    others = facts.seeded("elegidas", unit.codigo).sample(range(1, len(rows)), count - 1)
    chosen = [0, *sorted(others)]
    return [_Draft(unit, f"OP-{n:02d}", rows[i]) for n, i in enumerate(chosen, start=1)]


def _shape(servicio: str, drafts: list[_Draft]) -> tuple[list[list[str]], list[list[int]]]:
    """For each draft: its activities (`proceso:objeto`) and the number of tasks of each."""
    rng = facts.seeded("forma", servicio)
    limits = [len(draft.activities) for draft in drafts]
    counts = spread(_total("actividades", servicio), [rng.uniform(0.8, 1.4) for _ in drafts], 1, limits)
    chosen = [_pick(rng.sample(range(n), k), d) for n, k, d in zip(limits, counts, drafts, strict=True)]
    flat = [activity for activities in chosen for activity in activities]
    most = [len(texts.of_key("tareas_tipo", "proceso", activity.partition(":")[0])) for activity in flat]
    tasks = iter(spread(_total("tareas", servicio), [rng.uniform(0.6, 1.6) for _ in flat], 1, most))
    return chosen, [[next(tasks) for _ in activities] for activities in chosen]


def _pick(positions: list[int], draft: _Draft) -> list[str]:
    return [draft.activities[i] for i in sorted(positions)]


def _operation(draft: _Draft, activities: list[str], counts: list[int]) -> Operation:
    rng = facts.seeded("tareas", draft.unit.codigo, draft.codigo)
    tasks: list[Task] = []
    for activity, count in zip(activities, counts, strict=True):
        proceso, _, phrase = activity.partition(":")
        thing = texts.fill(phrase, draft.unit)
        name = rng.choice(texts.of_key("actividades_tipo", "proceso", proceso))["actividad"].format(objeto=thing)
        rows = texts.of_key("tareas_tipo", "proceso", proceso)
        for i in sorted(rng.sample(range(len(rows)), count)):
            quantity = rng.randint(int(rows[i]["minimo"]), int(rows[i]["maximo"]))
            tasks.append(_task(draft.codigo, name, rows[i], thing, rng.choice(RHYTHMS[rows[i]["ritmo"]]), quantity))
    return Operation(
        codigo=draft.codigo,
        denominacion=texts.fill(draft.row["denominacion"], draft.unit),
        resultado=texts.fill(draft.row["resultado_esperado"], draft.unit),
        indicador=draft.row["indicador"],
        unidad_medida=draft.row["unidad_medida"],
        tasks=tuple(tasks),
    )


def _task(
    operacion: str, actividad: str, row: dict[str, str], thing: str, months: tuple[int, ...], quantity: int
) -> Task:
    tarea = row["tarea"].format(objeto=thing)
    return Task(operacion, actividad, tarea, row["medio_verificacion"], row["proceso"], months, quantity)
