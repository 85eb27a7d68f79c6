"""Datos_Tareas and Datos_Operaciones: every accepted row, and the formulas over a task or an operation alone.

The operations of a unit stand together and in it those of an ACP, the tasks of an operation together and in it those
of an activity, so that a formula sums exactly its own neighbours.
"""

from collections.abc import Sequence

from poa_xl import indicators, sheets
from poa_xl.accepted_rows import FilaOperacion, FilaTarea
from poa_xl.evaluation import Clave, Periodo
from poa_xl.evaluation.figures import OPERATION
from poa_xl.evaluation.tree import part_key, unit_key
from poa_xl.master_tables import data as tables
from poa_xl.master_tables.table import MasterColumn, PeriodWords
from poa_xl.writers.master.book import DATOS_OPERACIONES, DATOS_TAREAS, Formula, local, shown, span
from poa_xl.writers.master.data_sheet import FIRST, DataSheet
from poa_xl.writers.master.sheet import Hoja

Activity = tuple[str, str, str]  # unit, operation, activity
# What an operation has in each period: names of the columns.
_FIGURES = ("programado", "ejecutado", "tareas", "bruto", "tope")


def operation_key(unidad: str, operacion: str) -> Clave:
    """The key of an operation's rows."""
    return (*unit_key(unidad), operacion)


def write_tasks(hoja: Hoja) -> None:
    """Datos_Tareas; each task's quarter sums, and 1 where a task is the first of its activity."""
    libro = hoja.libro
    rank = {(o.unidad, o.operacion): i for i, o in enumerate(libro.evaluacion.operaciones)}
    first_seen: dict[Activity, int] = {}
    for i, task in enumerate(libro.accepted.tareas):
        first_seen.setdefault(_activity(task), i)
    tasks = sorted(libro.accepted.tareas, key=lambda t: (rank[t.unidad, t.operacion], first_seen[_activity(t)]))
    data = DataSheet(hoja, tables.TASKS)
    data.add_inputs(FilaTarea, tasks)
    _add_new_activity(data, [_activity(task) for task in tasks])
    for stem, column, months in (
        ("programado", tables.PLANNED_IN_QUARTER, [task.programado for task in tasks]),
        ("ejecutado", tables.DONE_IN_QUARTER, [task.ejecutado for task in tasks]),
    ):
        for t in libro.evaluacion.trimestres:
            _add_quarter_sum(data, stem, column, t, months)
    for row, task in enumerate(tasks, start=FIRST):
        libro.note_row(DATOS_TAREAS, operation_key(task.unidad, task.operacion), row)
        libro.note_row(DATOS_TAREAS, unit_key(task.unidad), row)
    data.finish(len(tasks), 5)


def _activity(task: FilaTarea) -> Activity:
    return task.unidad, task.operacion, task.actividad


def _add_new_activity(data: DataSheet, keys: Sequence[Activity]) -> None:
    activity = data.column("actividad")
    cells: list[object] = []
    for n, key in enumerate(keys):
        if n == 0 or keys[n - 1][:2] != key[:2]:
            cells.append(1)
            continue
        pair = f"{local(FIRST + n, activity)},{local(FIRST + n - 1, activity)}"
        cells.append(Formula(f"=IF(EXACT({pair}),0,1)", 0 if keys[n - 1] == key else 1))
    data.add("actividad_nueva", tables.NEW_ACTIVITY, cells)


def _add_quarter_sum(
    data: DataSheet, stem: str, column: MasterColumn, quarter: Periodo, months: Sequence[tuple[float | None, ...]]
) -> None:
    names = sheets.MESES[quarter.desde - 1 : quarter.hasta]
    first, last = data.column(f"{stem}_{names[0]}"), data.column(f"{stem}_{names[-1]}")
    sums = (indicators.total(own[quarter.desde - 1 : quarter.hasta]) or 0 for own in months)
    cells = [Formula(f"=SUM({span(row, first, last)})", value) for row, value in enumerate(sums, start=FIRST)]
    data.add(f"{stem}_{quarter.clave}", column.of(PeriodWords(quarter.clave, quarter.corto)), cells)


def write_operations(hoja: Hoja) -> None:
    """Datos_Operaciones: by month and quarter the sums of the tasks, the tasks with programme, and the percentage."""
    libro = hoja.libro
    operations = libro.evaluacion.operaciones
    found: dict[tuple[str, str], FilaOperacion] = {}
    for sent in libro.accepted.operaciones:
        found.setdefault((sent.unidad, sent.operacion), sent)
    rows = [found.get((o.unidad, o.operacion)) for o in operations]
    data = DataSheet(hoja, tables.OPERATIONS)
    data.add_inputs(FilaOperacion, rows)
    for row, o in enumerate(operations, start=FIRST):
        if rows[row - FIRST] is None:  # only tasks name it: it still shows whose it is
            for name, value in (("unidad", o.unidad), ("operacion", o.operacion), ("acp", o.acp)):
                hoja.worksheet.write_string(row, data.column(name), value)
        libro.note_row(DATOS_OPERACIONES, unit_key(o.unidad), row)
        libro.note_row(DATOS_OPERACIONES, part_key(o.acp, unit_key(o.unidad)), row)
    for p in (*libro.evaluacion.meses, *libro.evaluacion.trimestres):
        _add_period(data, p)
    data.finish(len(rows), 5)


def _add_period(data: DataSheet, p: Periodo) -> None:
    libro, start = data.libro, data.columns
    cells: list[list[Formula]] = [[] for _ in _FIGURES]
    for row, o in enumerate(libro.evaluacion.operaciones, start=FIRST):
        planned, done, _, raw, _ = (local(row, start + i) for i in range(len(_FIGURES)))
        key, value = operation_key(o.unidad, o.operacion), o.avance[p.clave]
        # An operation without tasks has no programme.
        tasks = [libro.own_range(DATOS_TAREAS, key, f"{stem}_{p.clave}") or "0" for stem in ("programado", "ejecutado")]
        counted = "SUM(0)" if tasks[0] == "0" else indicators.operation_tasks_master_formula(tasks[0])
        cells[0].append(Formula(f"=SUM({tasks[0]})", o.programado[p.clave] or 0))
        cells[1].append(Formula(f"=SUM({tasks[1]})", o.ejecutado[p.clave] or 0))
        cells[2].append(Formula("=" + counted, o.tareas[p.clave]))
        cells[3].append(Formula("=" + indicators.operation_avance_master_formula(planned, done), shown(value)))
        limited = None if value is None else indicators.capped(value)
        cells[4].append(Formula("=" + indicators.capped_master_formula(raw), shown(limited)))
    for name, listed, column in zip(_FIGURES, tables.OF_OPERATION, cells, strict=True):
        for row, o in enumerate(libro.evaluacion.operaciones, start=FIRST):
            place = (data.hoja.name, row, data.columns)
            libro.note_figure((OPERATION, o.unidad, o.operacion), listed.indicator, p.clave, place)
        data.add(f"{name}_{p.clave}", listed.of(PeriodWords(p.clave, p.corto)), column)


WRITERS = {
    tables.TASKS: write_tasks,
    tables.OPERATIONS: write_operations,
}
