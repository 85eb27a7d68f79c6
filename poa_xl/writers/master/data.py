"""Datos_Tareas and Datos_Operaciones: every accepted row, and the formulas over a task or an operation alone.

The operations of a unit stand together and in it those of an ACP, the tasks of an operation together and in it those
of an activity, so that a formula sums exactly its own neighbours.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import pairwise

from poa_xl import indicators, sheets
from poa_xl.accepted_rows import FilaOperacion, FilaTarea
from poa_xl.evaluation import Clave, Periodo
from poa_xl.evaluation.goals import TareaEvaluada, of_operations
from poa_xl.evaluation.periods import Corte, Due, of_year, to_date
from poa_xl.evaluation.physical import Operacion
from poa_xl.evaluation.tree import part_key, unit_key
from poa_xl.indicators import MonthCells
from poa_xl.master_tables import data as tables
from poa_xl.master_tables.table import MasterColumn, PeriodWords
from poa_xl.master_tables.terms import CUTS, LATER_CUTS
from poa_xl.writers.master.book import DATOS_OPERACIONES, DATOS_TAREAS, Libro, local, on_sheet, shown
from poa_xl.writers.master.data_sheet import FIRST, DataSheet, row_sums
from poa_xl.writers.master.headings import spans
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx.cells import FormulaColumn
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
    pairs = list(pairwise([("", "", ""), *keys]))
    first = {n for n, (before, own) in enumerate(pairs) if before[:2] != own[:2]}  # of an operation

    def text(n: int) -> str:
        return f"=IF(EXACT({local(FIRST + n, activity)},{local(FIRST + n - 1, activity)}),0,1)"

    new = [int(before != own) for before, own in pairs]
    data.add("actividad_nueva", tables.NEW_ACTIVITY, FormulaColumn(new, text, first))


def _add_quarter_sum(
    data: DataSheet, stem: str, column: MasterColumn, quarter: Periodo, months: Sequence[tuple[float | None, ...]]
) -> None:
    names = sheets.MESES[quarter.desde - 1 : quarter.hasta]
    first, last = data.column(f"{stem}_{names[0]}"), data.column(f"{stem}_{names[-1]}")
    sums = [indicators.total(own[quarter.desde - 1 : quarter.hasta]) or 0 for own in months]
    formulas = row_sums(sums, first, last)
    data.add(f"{stem}_{quarter.clave}", column.of(PeriodWords(quarter.clave, quarter.corto)), formulas)


def _add_programmes(data: DataSheet, tasks: Sequence[FilaTarea]) -> None:
    """What each task programmes from January to the end of each quarter after the first, and in the year."""
    first, evaluacion = data.column(f"programado_{sheets.MESES[0]}"), data.libro.evaluacion
    later = list(zip(spans(evaluacion)[LATER_CUTS], to_date(evaluacion.trimestre)[1:], strict=True))
    ends = [(cut.clave, tables.PLANNED_TO_DATE.of(words), cut.hasta) for words, cut in later]
    for key, column, last in (*ends, (_YEAR, tables.PLANNED_IN_YEAR, indicators.MONTHS_OF_A_YEAR)):
        sums = [indicators.total(task.programado[:last]) or 0 for task in tasks]
        data.add(f"programado_{key}", column, row_sums(sums, first, first + last - 1))


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
        data.add(key, column, _task_points(libro, rows, data.column("linea_base"), due))
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


def _task_points(libro: Libro, rows: Sequence[tuple[int, TareaEvaluada]], base: int, due: Due) -> FormulaColumn:
    """The points that count of a task: its months stand in a row of Datos_Tareas, its base line in one of its own."""

    def text(n: int) -> str:
        there, task = rows[n]
        planned, done = (_months(libro, there, stem) for stem in ("programado", "ejecutado"))
        period = (due.desde, due.hasta)
        points = indicators.task_formula(task.meta, planned, done, period, due.conocido, local(FIRST + n, base))
        return "=" + points.capped

    figures = [task.figure(due) for _, task in rows]
    return FormulaColumn([shown(None if f is None else indicators.capped_points(f)) for f in figures], text)


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
        libro.operation_rows[o.unidad, o.operacion] = row
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
    libro, start, operations = data.libro, data.columns, data.libro.evaluacion.operaciones
    by_tasks = frozenset(n for n, o in enumerate(operations) if o.por_tareas)  # nothing of them is added up

    def sums(stem: str, known: Sequence[Mapping[str, float | None]]) -> FormulaColumn:
        values = [MISSING if n in by_tasks else own[p.clave] or 0 for n, own in enumerate(known)]
        return FormulaColumn(
            values, lambda n: f"=SUM({_of_tasks(libro, operations[n], f'{stem}_{p.clave}')})", by_tasks
        )

    def percentage(n: int) -> str:
        if n in by_tasks:
            return "=" + _mean_of_tasks(libro, operations[n], p)
        return "=" + indicators.operation_avance_master_formula(local(FIRST + n, start), local(FIRST + n, start + 1))

    columns = (
        sums("programado", [o.programado for o in operations]),
        sums("ejecutado", [o.ejecutado for o in operations]),
        _counted(libro, p, f"programado_{p.clave}"),
        FormulaColumn([shown(o.avance[p.clave]) for o in operations], percentage),
        _capped(operations, p, start + 3),
    )
    words = PeriodWords(p.clave, p.corto)
    _add_columns(data, p, [listed.of(words) for listed in tables.OF_OPERATION], zip(_FIGURES, columns, strict=True))


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
    libro, operations = data.libro, data.libro.evaluacion.operaciones

    def percentage(n: int) -> str:
        o = operations[n]
        if o.por_tareas:
            return "=" + _mean_of_tasks(libro, o, cut)
        sums = (_executed(libro, o, cut), _of_tasks(libro, o, planned))
        return "=" + indicators.eficacia_data_formula(*(f"SUM({cells_of})" for cells_of in sums))

    columns = (
        _counted(libro, cut, planned),
        FormulaColumn([shown(o.avance[cut.clave]) for o in operations], percentage),
        _capped(operations, cut, data.columns + 1),
    )
    _add_columns(data, cut, listed, zip(_FIGURES[2:], columns, strict=True))


def _add_columns(
    data: DataSheet, due: Due, listed: Sequence[MasterColumn], named: Iterable[tuple[str, FormulaColumn]]
) -> None:
    """The columns of what is due, each noted as the place of its figure."""
    for column, (name, formulas) in zip(listed, named, strict=True):
        if column.indicator:
            data.libro.note_operations(column.indicator, column.period, data.columns)
        data.add(f"{name}_{due.clave}", column, formulas)


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


def _counted(libro: Libro, due: Due, planned: str) -> FormulaColumn:
    """How many tasks count."""
    operations = libro.evaluacion.operaciones

    def text(n: int) -> str:
        o = operations[n]
        if o.por_tareas:
            points, weights = _of_goals(libro, o, _puntos(due)), _of_goals(libro, o, "peso")
            return "=" + indicators.operation_by_tasks_count_formula(points, weights)
        tasks = _of_tasks(libro, o, planned)
        return "=SUM(0)" if tasks == "0" else "=" + indicators.operation_tasks_master_formula(tasks)

    return FormulaColumn([o.tareas[due.clave] for o in operations], text)


def _capped(operations: Sequence[Operacion], due: Due, raw: int) -> FormulaColumn:
    """The points that count, of the percentage in a column."""
    figures = [o.avance[due.clave] for o in operations]
    values = [shown(None if f is None else indicators.capped(f)) for f in figures]
    return FormulaColumn(values, lambda n: "=" + indicators.capped_master_formula(local(FIRST + n, raw)))


WRITERS = {
    tables.TASKS: write_tasks,
    tables.GOALS: write_goals,
    tables.OPERATIONS: write_operations,
}
