"""Rows as they would be without the changes that were accepted: to tell what these do to the figures."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from poa_xl import cells, messages, titles
from poa_xl.accepted_rows import AcceptedRows, FilaOperacion, FilaPresupuesto, FilaTarea
from poa_xl.baseline import Baseline
from poa_xl.baseline.plan import PlannedOperation, PlannedTask
from poa_xl.baseline.quarter import ReportedTask
from poa_xl.checking import plan_rows
from poa_xl.findings import Finding
from poa_xl.messages import Trait
from poa_xl.sheets import MESES, sheet

_NO_CELLS: frozenset[str] = frozenset()
_Cells = dict[tuple[str, int], set[str]]  # sheet key and Excel row -> names of columns


def accepted(findings: Iterable[Finding]) -> tuple[Finding, ...]:
    """The differences from the plan or from an earlier quarter that somebody accepted."""
    return tuple(f for f in findings if messages.has(f.code, Trait.AWAITS_DECISION) and messages.excepted(f))


def rows_without(rows: AcceptedRows, findings: Iterable[Finding], baseline: Baseline) -> AcceptedRows:
    """The rows in which each of these findings says again what the plan, or the earlier quarter, says."""
    by_unit: dict[str, list[Finding]] = {}
    for finding in findings:
        by_unit.setdefault(finding.unidad, []).append(finding)
    operations, tasks, funds = list(rows.operaciones), list(rows.tareas), list(rows.presupuesto)
    for unidad, own in by_unit.items():
        one = _Unit(unidad, own, baseline)
        operations = one.operations(operations)
        tasks = one.tasks(tasks)
        funds = one.funds(funds)
    return replace(rows, operaciones=tuple(operations), tareas=tuple(tasks), presupuesto=tuple(funds))


class _Unit:
    """The accepted changes of a unit."""

    def __init__(self, unidad: str, findings: Sequence[Finding], baseline: Baseline) -> None:
        self._unidad = unidad
        self._planned, self._reported = baseline.planned(unidad), baseline.reported(unidad)
        self._findings = findings
        self._cells = _cells(findings)

    def _of(self, *codes: str) -> list[Finding]:
        return [f for f in self._findings if f.code in codes]

    def operations(self, rows: Sequence[FilaOperacion]) -> list[FilaOperacion]:
        """All operations, those of the unit as they were."""
        new = {titles.key(f.found) for f in self._of("PLA-005")}
        planned = {titles.key(o.operacion): o for o in self._planned.operaciones} if self._planned else {}
        found = []
        for row in rows:
            key = titles.key(row.operacion)
            if row.unidad == self._unidad and key in new:
                continue
            names = self._cells.get(("operaciones", row.fila), _NO_CELLS) if row.unidad == self._unidad else _NO_CELLS
            found.append(replace(row, **{n: getattr(planned[key], n) for n in names}) if names else row)
        gone = {titles.key(f.found) for f in self._of("PLA-003")}
        return found + [_operation(self._unidad, o) for key, o in planned.items() if key in gone]

    def tasks(self, rows: Sequence[FilaTarea]) -> list[FilaTarea]:
        """All tasks, those of the unit as they were."""
        own = plan_rows.of_accepted(row for row in rows if row.unidad == self._unidad)
        planned = plan_rows.pair(self._planned.tareas if self._planned else (), own).rows
        reported = plan_rows.pair(self._reported.tareas if self._reported else (), own).rows
        of_plan: Mapping[int, PlannedTask] = {row: task for task, row in planned if row is not None}
        before: Mapping[int, ReportedTask] = {row: task for task, row in reported if row is not None}
        operations = {titles.key(f.found) for f in self._of("PLA-005")}
        new = {cells.row_of(f.location.cell) for f in self._of("PLA-006")}
        found = []
        for row in rows:
            if row.unidad != self._unidad:
                found.append(row)
            elif row.fila not in new and titles.key(row.operacion) not in operations:
                names = self._cells.get(("tareas", row.fila), _NO_CELLS)
                found.append(_as_before(row, names, of_plan.get(row.fila), before.get(row.fila)))
        executed = {_named(task): task.ejecutado for task, row in reported if row is None}
        lost: list[PlannedTask | ReportedTask] = [task for task, row in (*planned, *reported) if row is None]
        gone = {_named(task): task for task in reversed(lost) if self._is_told(task)}  # of both, that of the plan
        return found + [_task(self._unidad, task, executed.get(key, ())) for key, task in gone.items()]

    def _is_told(self, task: PlannedTask | ReportedTask) -> bool:
        operations = {titles.key(f.found) for f in self._of("PLA-003")}
        tasks = {(f.details.get("esperado", ""), f.found) for f in self._of("PLA-004")}
        return titles.key(task.operacion) in operations or (task.operacion, task.tarea) in tasks

    def funds(self, rows: Sequence[FilaPresupuesto]) -> list[FilaPresupuesto]:
        """All rows of money, those of the unit as they were in the months that had been reported."""
        before = {(f.categoria, f.fuente): f.devengado for f in self._reported.presupuesto} if self._reported else {}
        found = []
        for row in rows:
            names = self._cells.get(("presupuesto", row.fila), _NO_CELLS) if row.unidad == self._unidad else _NO_CELLS
            old = before.get((row.categoria, row.fuente), ())
            found.append(replace(row, devengado=_months(row.devengado, names, "devengado", old)) if names else row)
        return found


def _cells(findings: Iterable[Finding]) -> _Cells:
    found: _Cells = {}
    for f in findings:
        if not f.location.cell:
            continue
        for key in ("operaciones", "tareas", "presupuesto"):
            described = sheet("unidad", key)
            names = {c.title: c.name for c in described.inputs}
            if titles.key(described.name) == titles.key(f.location.sheet) and f.details.get("columna") in names:
                place = key, cells.row_of(f.location.cell)
                found.setdefault(place, set()).add(names[f.details["columna"]])
    return found


def _as_before(
    row: FilaTarea, names: Iterable[str], planned: PlannedTask | None, reported: ReportedTask | None
) -> FilaTarea:
    names = set(names)
    if not names:
        return row
    programme = planned.programado if planned else reported.programado if reported else ()
    said: dict[str, Any] = {n: getattr(planned, n) for n in names if planned and hasattr(planned, n)}
    return replace(
        row,
        **said,
        programado=_months(row.programado, names, "programado", programme),
        ejecutado=_months(row.ejecutado, names, "ejecutado", reported.ejecutado if reported else ()),
    )


def _months(
    now: Sequence[float | None], names: Iterable[str], stem: str, before: Sequence[float | None]
) -> tuple[float | None, ...]:
    """The twelve months, with those that these columns name as they were; what had none was blank."""
    changed = {MESES.index(n.removeprefix(f"{stem}_")) for n in names if n.startswith(f"{stem}_")}
    return tuple((before[n] if n < len(before) else None) if n in changed else value for n, value in enumerate(now))


def _named(task: PlannedTask | ReportedTask) -> tuple[str, str, str]:
    return task.operacion, task.actividad, task.tarea


def _task(unidad: str, task: PlannedTask | ReportedTask, executed: Sequence[float | None]) -> FilaTarea:
    (blank,) = FilaTarea.from_columns(unidad, "", "", [0], {})
    said = {name: value for name, value in vars(task).items() if name != "ejecutado"}
    done = tuple(executed[n] if n < len(executed) else None for n in range(len(MESES)))
    return replace(blank, **said, ejecutado=done)


def _operation(unidad: str, planned: PlannedOperation) -> FilaOperacion:
    (blank,) = FilaOperacion.from_columns(unidad, "", "", [0], {})
    return replace(blank, **vars(planned))
