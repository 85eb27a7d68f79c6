"""A unit's workbook beside what an earlier campaign accepted of it: months that were reported stay as they were."""

from collections.abc import Sequence
from dataclasses import dataclass

from poa_xl import titles
from poa_xl.baseline.quarter import ReportedQuarter, ReportedUnit
from poa_xl.checking import plan_rows
from poa_xl.checking.plan_rows import Pairs, Record
from poa_xl.checking.report import Report
from poa_xl.messages import baseline as words
from poa_xl.reading import Table, as_records
from poa_xl.sheets import MESES


@dataclass(frozen=True)
class _Beside:
    """A workbook, and how findings call what was accepted of its unit before, of which there are so many `months`."""

    report: Report
    source: str
    months: int

    def compare(
        self, table: Table, place: tuple[int, Record], stem: str, before: Sequence[object] | None, code: str
    ) -> None:
        """A finding for each month of a row that says another amount; `before` None is a row that was not there."""
        row, record = place
        for number, month in enumerate(MESES[: self.months]):
            name, old = f"{stem}_{month}", before[number] if before else None
            if name in table.columns and not plan_rows.same_amount(record[name], old):
                shown = {"esperado": plan_rows.shown(old), "fuente": self.source}
                self.report.add(code, table, name, row, plan_rows.shown(record[name]), **shown)


def check(report: Report, quarter: ReportedQuarter, reported: ReportedUnit, of_plan: Pairs | None) -> None:
    """Findings of what was executed, and without a plan also of what was programmed, in the months reported.

    `of_plan` is what was paired with the plan; what was said of it is not said again.
    """
    beside = _Beside(report, words.OF_QUARTER.format(trimestre=quarter.trimestre, acuse=reported.acuse), quarter.months)
    tasks = report.book.tables["tareas"]
    pairs = plan_rows.of_book(reported.tareas, report.book.tables)
    _gone(beside, pairs, of_plan)
    records = as_records(tasks)
    for task, row in ((task, row) for task, row in pairs.rows if row is not None):
        beside.compare(tasks, (row, records[row]), "ejecutado", task.ejecutado, "PLA-007")
        if of_plan is None:
            beside.compare(tasks, (row, records[row]), "programado", task.programado, "PLA-001")
    for row in records.keys() - {row for _, row in pairs.rows}:
        beside.compare(tasks, (row, records[row]), "ejecutado", None, "PLA-007")
    if "presupuesto" in report.book.tables:
        _funds(beside, report.book.tables["presupuesto"], reported)


def _gone(beside: _Beside, pairs: Pairs, of_plan: Pairs | None) -> None:
    """Tasks with something executed that are not there any more; of an operation that is gone, it alone."""
    tables = beside.report.book.tables
    there = plan_rows.by_operation(tables["operaciones"])
    told = set(of_plan.told) if of_plan else set()
    planned = {_key(t) for t, row in of_plan.rows if row is None} if of_plan else set()
    for task, row in pairs.rows:
        operation = titles.key(task.operacion)
        if row is not None or not any(task.ejecutado) or operation in told:
            continue
        if operation not in there:
            told.add(operation)
            beside.report.add_to_sheet("PLA-003", tables["operaciones"], task.operacion, fuente=beside.source)
        elif _key(task) not in planned:
            details = {"esperado": task.operacion, "fuente": beside.source}
            beside.report.add_to_sheet("PLA-004", tables["tareas"], task.tarea, **details)


def _key(task: plan_rows.AnyTask) -> tuple[str, str, str]:
    return task.operacion, task.actividad, task.tarea


def _funds(beside: _Beside, table: Table, reported: ReportedUnit) -> None:
    """The rows of Presupuesto, by category and source."""
    records = as_records(table)
    rows: dict[tuple[str, str], list[int]] = {}
    for row, record in records.items():
        rows.setdefault((str(record["categoria"] or ""), str(record["fuente"] or "")), []).append(row)
    for funds in reported.presupuesto:
        own = rows.get((funds.categoria, funds.fuente))
        if own:
            row = own.pop(0)
            beside.compare(table, (row, records[row]), "devengado", funds.devengado, "PLA-007")
        elif any(funds.devengado):
            details = {"esperado": funds.fuente, "fuente": beside.source}
            beside.report.add_to_sheet("PLA-008", table, funds.categoria, **details)
    for row in sorted(row for own in rows.values() for row in own):
        beside.compare(table, (row, records[row]), "devengado", None, "PLA-007")
