"""Datos_Tareas and Datos_Operaciones: every accepted row, and the formulas over a task or an operation alone.

The operations of a unit stand together and in it those of an ACP, the tasks of an operation together and in it those
of an activity, so that a formula sums exactly its own neighbours.
"""

from collections.abc import Iterator, Sequence

from poa_xl import indicators, sheets
from poa_xl.accepted_rows import FilaOperacion, FilaTarea
from poa_xl.evaluation import Clave, Periodo
from poa_xl.evaluation.figures import OPERATION
from poa_xl.evaluation.goals import TareaEvaluada, of_operations
from poa_xl.evaluation.periods import Corte, Due, of_year, to_date
from poa_xl.evaluation.physical import Operacion
from poa_xl.evaluation.tree import part_key, unit_key
from poa_xl.indicators import MonthCells
from poa_xl.master_tables import data as tables
from poa_xl.master_tables.table import MasterColumn, PeriodWords
from poa_xl.master_tables.terms import CUTS, LATER_CUTS
from poa_xl.writers.master.book import DATOS_OPERACIONES, DATOS_TAREAS, Formula, Libro, local, on_sheet, shown, span
from poa_xl.writers.master.data_sheet import FIRST, DataSheet
from poa_xl.writers.master.headings import spans
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx.formats import MISSING

Activity = tuple[str, str, str]  # unit, operation, activity
# What an operation has in each period: names of the columns.
_YEAR = "gestion"
_FIGURES = ("programado", "ejecutado", "tareas", "bruto", "tope")


def operation_key(unidad: str, operacion: str) -> Clave:
    """The key of an operation's rows."""
    return (*unit_key(unidad), operacion)


def write_tasks(hoja: Hoja) -> None:
    """Datos_Tareas; each task's quarter sums, and 1 where a task is the first of its activity."""
    libro = hoja.libro
    tasks = _in_order(libro)
    data = DataSheet(hoja, tables.TASKS)
    data.add_inputs(FilaTarea, tasks)
    _add_new_activity(data, [_activity(task) for task in tasks])
    for stem, column, months in (
        ("programado", tables.PLANNED_IN_QUARTER, [task.programado for task in tasks]),
        ("ejecutado", tables.DONE_IN_QUARTER, [task.ejecutado for task in tasks]),
    ):
        for t in libro.evaluacion.trimestres:
            _add_quarter_sum(data, stem, column, t, months)
    _add_programmes(data, tasks)
    for row, task in enumerate(tasks, start=FIRST):
        libro.tasks[task.unidad, task.fila] = row
        libro.note_row(DATOS_TAREAS, operation_key(task.unidad, task.operacion), row)
        libro.note_row(DATOS_TAREAS, unit_key(task.unidad), row)
    data.finish(len(tasks), 5)


def _in_order(libro: Libro) -> list[FilaTarea]:
    """The tasks as they stand: by their operation, then those of an activity together."""
    rank = {(o.unidad, o.operacion): i for i, o in enumerate(libro.evaluacion.operaciones)}
    first_seen: dict[Activity, int] = {}
    for i, task in enumerate(libro.accepted.tareas):
        first_seen.setdefault(_activity(task), i)
    return sorted(libro.accepted.tareas, key=lambda t: (rank[t.unidad, t.operacion], first_seen[_activity(t)]))


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


def _add_programmes(data: DataSheet, tasks: Sequence[FilaTarea]) -> None:
    """What each task programmes from January to the end of each quarter after the first, and in the year."""
    first, evaluacion = data.column(f"programado_{sheets.MESES[0]}"), data.libro.evaluacion
    later = list(zip(spans(evaluacion)[LATER_CUTS], to_date(evaluacion.trimestre)[1:], strict=True))
    ends = [(cut.clave, tables.PLANNED_TO_DATE.of(words), cut.hasta) for words, cut in later]
    for key, column, last in (*ends, (_YEAR, tables.PLANNED_IN_YEAR, indicators.MONTHS_OF_A_YEAR)):
        sums = (indicators.total(task.programado[:last]) or 0 for task in tasks)
        cells = [
            Formula(f"=SUM({span(row, first, first + last - 1)})", value) for row, value in enumerate(sums, start=FIRST)
        ]
        data.add(f"programado_{key}", column, cells)


def has_goals(libro: Libro) -> bool:
    """Whether there are operations whose tasks are not added up."""
    return any(o.por_tareas for o in libro.evaluacion.operaciones)


def write_goals(hoja: Hoja) -> None:
    """Datos_Metas: the points of each task whose operation is the mean of its tasks, of all that is due."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    evaluated = of_operations(libro.accepted, evaluacion.entidad.metodo_operacion)
    found = {id(task.fila): task for own in evaluated.values() if own.por_tareas for task in own.tareas}
    rows = [(FIRST + n, found[id(row)]) for n, row in enumerate(_in_order(libro)) if id(row) in found]
    data, tasks = DataSheet(hoja, tables.GOALS), [task for _, task in rows]
    data.add_origin([task.fila for task in tasks])
    named: list[tuple[str, Sequence[object]]] = [
        ("operacion", [task.fila.operacion for task in tasks]),
        ("tarea", [task.fila.tarea for task in tasks]),
        ("tipo_meta", [task.meta.tipo for task in tasks]),
        ("sentido", [task.meta.sentido for task in tasks]),
        ("linea_base", [task.meta.linea_base for task in tasks]),
        ("peso", [task.peso for task in tasks]),
    ]
    for (key, values), column in zip(named, tables.OF_GOAL, strict=True):
        data.add(key, column, values)
    for key, column, due in _points(libro):
        data.add(key, column, [_task_points(libro, data, row, n, due) for n, row in enumerate(rows, start=FIRST)])
    for row, task in enumerate(tasks, start=FIRST):
        libro.goals[task.fila.unidad, task.fila.fila] = row
        libro.note_row(hoja.name, operation_key(task.fila.unidad, task.fila.operacion), row)
    data.finish(len(rows), 6)


def _points(libro: Libro) -> Iterator[tuple[str, MasterColumn, Due]]:
    """Key, column and what is due, of every column with points of tasks."""
    evaluacion = libro.evaluacion
    for p in (*evaluacion.meses, *evaluacion.trimestres):
        yield _puntos(p), tables.POINTS_IN_PERIOD.of(PeriodWords(p.clave, p.corto)), p
    for column, cuts in (
        (tables.POINTS_TO_DATE, to_date(evaluacion.trimestre)),
        (tables.POINTS_OF_YEAR, of_year(evaluacion.trimestre)),
    ):
        for words, cut in zip(spans(evaluacion)[CUTS], cuts, strict=True):
            yield _puntos(cut), column.of(words), cut


def _puntos(due: Due) -> str:
    return f"puntos_{due.clave}"


def _task_points(libro: Libro, data: DataSheet, row: tuple[int, TareaEvaluada], own: int, due: Due) -> Formula:
    """The points that count of a task: its months stand in a row of Datos_Tareas, its base line in one of its own."""
    there, task = row
    planned, done = (_months(libro, there, stem) for stem in ("programado", "ejecutado"))
    base = local(own, data.column("linea_base"))
    formula = indicators.task_formula(task.meta, planned, done, (due.desde, due.hasta), due.conocido, base)
    value = task.figure(due)
    return Formula("=" + formula.capped, shown(None if value is None else indicators.capped_points(value)))


def _months(libro: Libro, row: int, stem: str) -> MonthCells:
    first = libro.columns[DATOS_TAREAS, f"{stem}_{sheets.MESES[0]}"]
    return MonthCells([on_sheet(DATOS_TAREAS, local(row, first + n)) for n in range(indicators.MONTHS_OF_A_YEAR)])


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
        tasks = _of_tasks(libro, o, "operacion")
        if "!" in tasks:  # from the code of an operation to its first task
            hoja.worksheet.link(row, data.column("operacion"), tasks.partition(":")[0])
    for p in (*libro.evaluacion.meses, *libro.evaluacion.trimestres):
        _add_period(data, p)
    _add_cuts(data)
    data.finish(len(rows), 5)


def _add_period(data: DataSheet, p: Periodo) -> None:
    libro, start = data.libro, data.columns
    cells: list[list[object]] = [[] for _ in _FIGURES]
    for row, o in enumerate(libro.evaluacion.operaciones, start=FIRST):
        planned, done, _, raw, _ = (local(row, start + i) for i in range(len(_FIGURES)))
        if o.por_tareas:
            cells[0].append(MISSING)
            cells[1].append(MISSING)
            percentage = _mean_of_tasks(libro, o, p)
        else:
            for i, (stem, sums) in enumerate((("programado", o.programado), ("ejecutado", o.ejecutado))):
                cells[i].append(Formula(f"=SUM({_of_tasks(libro, o, f'{stem}_{p.clave}')})", sums[p.clave] or 0))
            percentage = indicators.operation_avance_master_formula(planned, done)
        cells[2].append(_counted(libro, o, p, f"programado_{p.clave}"))
        cells[3].append(Formula("=" + percentage, shown(o.avance[p.clave])))
        cells[4].append(_capped(o, p, raw))
    words = PeriodWords(p.clave, p.corto)
    _add_columns(data, p, [listed.of(words) for listed in tables.OF_OPERATION], list(zip(_FIGURES, cells, strict=True)))


def _add_cuts(data: DataSheet) -> None:
    """At the end of each quarter: what was due since January, then the programme of the year."""
    evaluacion = data.libro.evaluacion
    for cuts, listed, planned in (
        (to_date(evaluacion.trimestre), tables.TO_DATE_OF_OPERATION, ""),
        (of_year(evaluacion.trimestre), tables.YEAR_OF_OPERATION, f"programado_{_YEAR}"),
    ):
        for words, cut in zip(spans(evaluacion)[CUTS], cuts, strict=True):
            # What was due at the end of the first quarter is what the quarter programmed.
            column = planned or f"programado_{cut.clave if cut is not cuts[0] else evaluacion.trimestres[0].clave}"
            _add_cut(data, cut, [one.of(words) for one in listed], column)


def _add_cut(data: DataSheet, cut: Corte, listed: Sequence[MasterColumn], planned: str) -> None:
    libro, start = data.libro, data.columns
    cells: list[list[object]] = [[] for _ in listed]
    for row, o in enumerate(libro.evaluacion.operaciones, start=FIRST):
        if o.por_tareas:
            percentage = _mean_of_tasks(libro, o, cut)
        else:
            sums = (_executed(libro, o, cut), _of_tasks(libro, o, planned))
            percentage = indicators.eficacia_data_formula(*(f"SUM({cells_of})" for cells_of in sums))
        cells[0].append(_counted(libro, o, cut, planned))
        cells[1].append(Formula("=" + percentage, shown(o.avance[cut.clave])))
        cells[2].append(_capped(o, cut, local(row, start + 1)))
    _add_columns(data, cut, listed, list(zip(_FIGURES[2:], cells, strict=True)))


def _add_columns(
    data: DataSheet, due: Due, listed: Sequence[MasterColumn], named: Sequence[tuple[str, Sequence[object]]]
) -> None:
    """The columns of what is due, each noted as the place of its figure."""
    for column, (name, values) in zip(listed, named, strict=True):
        for row, o in enumerate(data.libro.evaluacion.operaciones, start=FIRST):
            if column.indicator:
                place = (data.hoja.name, row, data.columns)
                data.libro.note_figure((OPERATION, o.unidad, o.operacion), column.indicator, column.period, place)
        data.add(f"{name}_{due.clave}", column, values)


def _of_tasks(libro: Libro, o: Operacion, column: str) -> str:
    """The cells of a column of Datos_Tareas; an operation without tasks has no programme."""
    return libro.own_range(DATOS_TAREAS, operation_key(o.unidad, o.operacion), column) or "0"


def _executed(libro: Libro, o: Operacion, cut: Corte) -> str:
    """All that its tasks executed from January to the last month that counts."""
    first, last = (f"ejecutado_{month}" for month in (sheets.MESES[0], sheets.MESES[cut.conocido - 1]))
    return libro.own_block(DATOS_TAREAS, operation_key(o.unidad, o.operacion), first, last) or "0"


def _of_goals(libro: Libro, o: Operacion, column: str) -> str:
    return libro.own_range(tables.GOALS.name, operation_key(o.unidad, o.operacion), column)


def _mean_of_tasks(libro: Libro, o: Operacion, due: Due) -> str:
    return indicators.weighted_mean_master_formula([(_of_goals(libro, o, _puntos(due)), _of_goals(libro, o, "peso"))])


def _counted(libro: Libro, o: Operacion, due: Due, planned: str) -> Formula:
    """How many tasks count."""
    if o.por_tareas:
        counted = indicators.operation_by_tasks_count_formula(
            _of_goals(libro, o, _puntos(due)), _of_goals(libro, o, "peso")
        )
    else:
        tasks = _of_tasks(libro, o, planned)
        counted = "SUM(0)" if tasks == "0" else indicators.operation_tasks_master_formula(tasks)
    return Formula("=" + counted, o.tareas[due.clave])


def _capped(o: Operacion, due: Due, raw: str) -> Formula:
    value = o.avance[due.clave]
    return Formula(
        "=" + indicators.capped_master_formula(raw), shown(None if value is None else indicators.capped(value))
    )


WRITERS = {
    tables.TASKS: write_tasks,
    tables.GOALS: write_goals,
    tables.OPERATIONS: write_operations,
}
