"""Two versions of an approved plan: units, operations and tasks that came and went, and what else each says.

Beside a difference stand the resolutions of the modifications that one of the two has and the other has not, where
they reach it: those that explain it.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from poa_xl import sheets
from poa_xl.baseline.modifications import ADDS, CHANGES, NEVER, REMOVES, reaches
from poa_xl.baseline.plan import ApprovedPlan, PlannedOperation, PlannedTask, PlannedUnit
from poa_xl.comparison import rows
from poa_xl.comparison.result import CellChange, Clave, Comparacion, Dato, Lado, LoneRow, SheetChanges
from poa_xl.comparison.rows import ComparedRow, RowIdentity
from poa_xl.comparison.values import same
from poa_xl.entity import Modificacion
from poa_xl.messages import baseline as words
from poa_xl.sheets import MESES, Sheet

KIND = "plan"
_EVERY = CHANGES | ADDS | REMOVES
_MONTHS = {f"programado_{month}": number for number, month in enumerate(MESES, start=1)}
_BEGAN_AND_ENDED = frozenset({"unidad creada", "unidad fusionada", "unidad renombrada"})


@dataclass(frozen=True)
class _Between:
    """What was modified between the two versions, for one unit."""

    modificaciones: tuple[Modificacion, ...]
    unidad: str

    def why(self, kinds: Iterable[str], operacion: str = "", tarea: str = "", month: int = NEVER) -> str:
        """The resolutions that explain a difference, in the order of the sheet; '' where none does."""
        own = (m for m in self.modificaciones if self.unidad in m.unidades and m.tipo in kinds and m.mes <= month)
        found = (m.resolucion for m in own if not operacion or reaches(m, operacion, tarea))
        return "; ".join(dict.fromkeys(found))

    def why_cell(self, sheet: Sheet, name: str, record: Mapping[str, Dato]) -> str:
        """The same of a cell of an operation or of a task."""
        operacion, tarea = str(record["operacion"]), str(record.get("tarea") or "")
        if sheet.key == "operaciones":  # its goal may follow from what a resolution does to any of its tasks
            own = (m for m in self.modificaciones if self.unidad in m.unidades and m.tipo in _EVERY)
            return "; ".join(dict.fromkeys(m.resolucion for m in own if reaches(m, operacion, m.tarea)))
        return self.why(_EVERY, operacion, tarea, _MONTHS.get(name, NEVER))


def compare(a: ApprovedPlan, b: ApprovedPlan, named: tuple[str, str], hashes: tuple[str, str]) -> Comparacion:
    """What differs from A to B; `named` are their files, `hashes` what these say of their content."""
    side_a, side_b = (Lado(n, h, _facts(plan)) for n, h, plan in zip(named, hashes, (a, b), strict=True))
    new, gone = a.pending(b.modificaciones), b.pending(a.modificaciones)
    between = (*new, *gone)
    changes = [
        _units(a, b, between),
        _sheet("operaciones", a, b, between),
        _sheet("tareas", a, b, between),
        SheetChanges(words.MODIFICATIONS, tuple(map(_modification, new)), tuple(map(_modification, gone))),
    ]
    distinct = tuple(f for f in ("entidad", "gestion") if side_a.datos[f] != side_b.datos[f])
    return Comparacion(KIND, side_a, side_b, tuple(c for c in changes if not c.empty), distintos=distinct)


def _facts(plan: ApprovedPlan) -> dict[str, str]:
    operations, activities, tasks = plan.counts
    return {
        "entidad": plan.entidad,
        "gestion": str(plan.gestion),
        words.VERSION: str(plan.version),
        words.RESOLUTION: plan.resolucion,
        words.MOMENT: plan.cuando,
        words.UNITS: str(len(plan.unidades)),
        words.OPERATIONS: str(operations),
        words.ACTIVITIES: str(activities),
        words.TASKS: str(tasks),
    }


def _units(a: ApprovedPlan, b: ApprovedPlan, between: Sequence[Modificacion]) -> SheetChanges:
    added = tuple(_unit(u, between) for u in b.unidades if u.unidad not in a.by_code)
    return SheetChanges(words.UNITS, added, tuple(_unit(u, between) for u in a.unidades if u.unidad not in b.by_code))


def _unit(unit: PlannedUnit, between: Sequence[Modificacion]) -> LoneRow:
    titles = (words.OPERATIONS, words.ACTIVITIES, words.TASKS)
    why = _Between(tuple(between), unit.unidad).why(_BEGAN_AND_ENDED | _EVERY)
    return LoneRow(0, ((words.UNIT, unit.unidad),), valores=tuple(zip(titles, unit.counts, strict=True)), explica=why)


def _modification(m: Modificacion) -> LoneRow:
    sheet = sheets.sheet("entidad", "modificaciones")
    said: dict[str, Dato] = {
        "fecha": m.fecha, "mes": m.mes, "unidad": "; ".join(m.unidades), "operacion": "; ".join(m.operaciones),
        "tarea": m.tarea, "detalle": m.detalle,
    }  # fmt: skip
    key = tuple((sheet.column(name).title, value) for name, value in (("resolucion", m.resolucion), ("tipo", m.tipo)))
    values = tuple((sheet.column(name).title, value) for name, value in said.items() if value)
    return LoneRow(0, key, valores=values, explica=m.resolucion)


# --- operations and tasks ---------------------------------------------------------------------------------


def _sheet(key: str, a: ApprovedPlan, b: ApprovedPlan, between: Sequence[Modificacion]) -> SheetChanges:
    """The rows of the units that both have."""
    sheet = sheets.sheet("unidad", key)
    parts = [
        _of_unit(sheet, a.by_code[unit.unidad], unit, _Between(tuple(between), unit.unidad))
        for unit in b.unidades
        if unit.unidad in a.by_code
    ]
    return SheetChanges(
        sheet.name,
        tuple(row for part in parts for row in part.agregadas),
        tuple(row for part in parts for row in part.quitadas),
        tuple(cell for part in parts for cell in part.celdas),
    )


def _of_unit(sheet: Sheet, before: PlannedUnit, after: PlannedUnit, between: _Between) -> SheetChanges:
    key = sheets.VERSION_KEYS[sheet.key]
    old, new = (_records(getattr(unit, sheet.key)) for unit in (before, after))
    names = tuple(next((r.values for r in (*old, *new)), {}))
    found = rows.match(old, new, RowIdentity(key, names, sheets.PHRASES & set(key)))
    changed = tuple(
        CellChange(
            "", "", sheet.column(name).title, _named(sheet, after.unidad, other), one.values[name], other.values[name],
            explica=between.why_cell(sheet, name, other.values),
        )
        for one, other in found.pairs
        for name in names
        if not same(one.values[name], other.values[name])
    )  # fmt: skip
    added = tuple(_alone(sheet, row, between, ADDS) for row in found.only_b)
    return SheetChanges(sheet.name, added, tuple(_alone(sheet, row, between, REMOVES) for row in found.only_a), changed)


def _records(planned: Sequence[PlannedOperation | PlannedTask]) -> list[ComparedRow]:
    return [ComparedRow(number, _values(row)) for number, row in enumerate(planned)]


def _values(row: PlannedOperation | PlannedTask) -> dict[str, Dato]:
    """Columns of the unit's workbook -> values; what is blank is None."""
    said = {name: None if value == "" else value for name, value in vars(row).items() if name != "programado"}
    months = row.programado if isinstance(row, PlannedTask) else ()
    return {**said, **dict(zip(_MONTHS, months, strict=False))}


def _named(sheet: Sheet, unidad: str, row: ComparedRow) -> Clave:
    parts = ((sheet.column(name).title, row.values[name]) for name in sheets.VERSION_KEYS[sheet.key])
    return ((words.UNIT, unidad), *parts)


def _alone(sheet: Sheet, row: ComparedRow, between: _Between, kinds: frozenset[str]) -> LoneRow:
    """A row that one version alone has; of another name, it is one that came and one that went."""
    key = sheets.VERSION_KEYS[sheet.key]
    values = tuple((sheet.column(n).title, v) for n, v in row.values.items() if n not in key and v is not None)
    why = between.why(kinds, str(row.values["operacion"]), str(row.values.get("tarea") or ""))
    return LoneRow(0, _named(sheet, between.unidad, row), valores=values, explica=why)
