"""Operaciones con retraso: what is behind, why, what will be done, by whom and until when."""

from collections.abc import Iterator, Sequence

from poa_xl import indicators
from poa_xl.evaluation.delays import Atraso, worst
from poa_xl.evaluation.figures import OPERATION
from poa_xl.evaluation.periods import to_date
from poa_xl.evaluation.physical import Operacion
from poa_xl.master_tables import data, delays as tables
from poa_xl.sheets import MESES
from poa_xl.writers.master.book import DATOS_TAREAS, Cell, Formula, Libro, local, on_sheet, shown, span
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx.formats import MISSING

TASK, _PLANNED, _DONE, _TO_DATE, _ACTION, WHO, UNTIL, STATE = 4, 5, 6, 8, 10, 11, 12, 13  # columns from 0
_HELP = (
    "De cada operación con retraso, la tarea a la que más le falta, y toda tarea con la acción vencida: su fecha es "
    "anterior al corte y la tarea sigue atrasada."
)


def write(hoja: Hoja) -> None:
    """One table, by unit and operation, in the order of the data."""
    hoja.start(tables.DELAYS, _HELP)
    evaluacion = hoja.libro.evaluacion
    dues = (evaluacion.periodo.clave, to_date(evaluacion.trimestre)[-1].clave)
    told = [row for o, own in _operations(hoja.libro) for row in _told(o, own, dues)]
    if not told:
        hoja.note("Ninguna operación con retraso.")
        hoja.finish()
        return
    first = hoja.first_data_row
    rows = [_row(hoja.libro, *one, number) for number, one in enumerate(told, start=first)]
    claves = [(OPERATION, o.unidad, o.operacion) for o, _, _ in told]
    for number, (_, delay, _) in enumerate(told, start=first):
        hoja.libro.delayed[delay.fila.unidad, delay.fila.fila] = (hoja.name, number)
    tabla = hoja.table(tables.DELAYS_TABLE, rows, claves=claves, long_texts=True)
    hoja.mark_word(indicators.VENCIDA, tabla, STATE)
    hoja.freeze(tabla, 2)
    hoja.worksheet.autofilter(tabla.first - 1, 0, tabla.last, len(tabla.columns) - 1)
    hoja.finish()


def _operations(libro: Libro) -> Iterator[tuple[Operacion, list[Atraso]]]:
    """The operations with tasks that are behind, each with these."""
    for o in libro.evaluacion.operaciones:
        if own := libro.atrasos.get((o.unidad, o.operacion)):
            yield o, own


def _told(o: Operacion, own: Sequence[Atraso], dues: Sequence[str]) -> Iterator[tuple[Operacion, Atraso, int]]:
    """The rows of an operation, each with how many of its tasks are behind: the task that lacks most comes first.

    An operation that has all that it programmed in spite of them has the overdue actions alone.
    """
    first = worst(own)
    behind = any(indicators.is_behind(o.avance[due]) for due in dues)
    yield from ((o, delay, len(own)) for delay in [first] if behind or first.overdue)
    yield from ((o, delay, len(own)) for delay in own if delay is not first and delay.overdue)


def _row(libro: Libro, o: Operacion, delay: Atraso, behind: int, row: int) -> list[Cell]:
    evaluacion, task = libro.evaluacion, delay.fila
    sheet, line, col = libro.operation(o.unidad, o.operacion, "avance_limitado", evaluacion.periodo.clave)
    points = o.avance[evaluacion.periodo.clave]
    reached = shown(None if points is None else indicators.capped(points))
    _, last = evaluacion.periodo.dates(evaluacion.entidad.gestion)
    state = indicators.action_state_master_formula(local(row, _ACTION), local(row, UNTIL), last, local(row, _TO_DATE))
    return [
        o.unidad,
        o.operacion,
        Formula("=" + on_sheet(sheet, local(line, col)), reached),
        behind,
        task.tarea,
        *_quantities(libro, delay),
        *_points(libro, delay, row),
        task.problemas or None,
        task.acciones or None,
        task.responsable_accion or None,
        task.fecha_accion,
        Formula("=" + state, delay.estado),
    ]


def _quantities(libro: Libro, delay: Atraso) -> list[Cell]:
    """What was programmed and executed since January, of months that add up."""
    if not delay.added_up:
        return [MISSING, MISSING]
    row, last = libro.tasks[delay.fila.unidad, delay.fila.fila], libro.evaluacion.periodo.hasta
    cells: list[Cell] = []
    for stem, months in (("programado", delay.fila.programado), ("ejecutado", delay.fila.ejecutado)):
        first = libro.columns[DATOS_TAREAS, f"{stem}_{MESES[0]}"]
        total = indicators.total(months[:last]) or 0
        cells.append(Formula(f"=SUM({on_sheet(DATOS_TAREAS, span(row, first, first + last - 1))})", total))
    return cells


def _points(libro: Libro, delay: Atraso, row: int) -> list[Cell]:
    """Of the quarter and since January: as Datos_Metas has them where the operation is the mean of its tasks."""
    evaluacion, key = libro.evaluacion, (delay.fila.unidad, delay.fila.fila)
    if delay.por_tareas:
        sheet, line = data.GOALS.name, libro.goals[key]
        cut = to_date(evaluacion.trimestre)[-1]
        named = ((evaluacion.periodo.clave, delay.trimestre), (cut.clave, delay.a_la_fecha))
        return [
            Formula(
                "=" + on_sheet(sheet, local(line, libro.columns[sheet, f"puntos_{due}"])),
                shown(None if points is None else indicators.capped_points(points)),
            )
            for due, points in named
        ]
    line, quarter = libro.tasks[key], evaluacion.periodo.clave
    planned, done = (
        on_sheet(DATOS_TAREAS, local(line, libro.columns[DATOS_TAREAS, f"{stem}_{quarter}"]))
        for stem in ("programado", "ejecutado")
    )
    own = indicators.eficacia_data_formula(done, planned)
    since = indicators.eficacia_data_formula(local(row, _DONE), local(row, _PLANNED))
    return [Formula("=" + own, shown(delay.trimestre)), Formula("=" + since, shown(delay.a_la_fecha))]


WRITERS = {tables.DELAYS: write}
