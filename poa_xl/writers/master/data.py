"""Datos_Tareas and Datos_Operaciones: every accepted row, and the formulas over a task or an operation alone.

The operations of a unit stand together, the tasks of an operation together and in it those of an activity, so that
a formula sums exactly its own neighbours.
"""

from collections.abc import Sequence

from poa_xl import sheets
from poa_xl.evaluation import Clave, Periodo
from poa_xl.evaluation.physical import texts
from poa_xl.evaluation.tree import unit_key
from poa_xl.indicators import FULL, capped, total
from poa_xl.writers.master.book import DATOS_OPERACIONES, DATOS_TAREAS, Formula, local, shown, span
from poa_xl.writers.master.data_sheet import FIRST, DataSheet, plain
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx.formats import AMOUNT, COUNT, MISSING

# What an operation has in each period: name of the column, title, number format.
_FIGURES = (
    ("programado", "prog.", COUNT),
    ("ejecutado", "ejec.", COUNT),
    ("tareas", "tareas", COUNT),
    ("bruto", "% bruto", AMOUNT),
    ("tope", "% (máx. 100)", AMOUNT),
)


def operation_key(unidad: str, operacion: str) -> Clave:
    """The key of an operation's rows."""
    return (*unit_key(unidad), operacion)


def write_tasks(hoja: Hoja) -> None:
    """Datos_Tareas; each task's quarter sums, and 1 where a task is the first of its activity."""
    libro, frame = hoja.libro, hoja.libro.frames["tareas"]
    keys = list(zip(*(texts(frame, name) for name in ("unidad", "operacion", "actividad")), strict=True))
    rank = {(o.unidad, o.operacion): i for i, o in enumerate(libro.evaluacion.operaciones)}
    first_seen = {key: i for i, key in reversed(list(enumerate(keys)))}
    order = sorted(range(len(keys)), key=lambda i: (rank[keys[i][:2]], first_seen[keys[i]], i))
    ordered = [keys[i] for i in order]
    data = DataSheet(hoja, "Tareas: todas las filas aceptadas")
    data.add_inputs(frame, sheets.sheet("unidad", "tareas").inputs, order)
    _add_new_activity(data, ordered)
    for stem, word in (("programado", "Prog."), ("ejecutado", "Ejec.")):
        months = {mes: plain(frame, f"{stem}_{mes}", order) for mes in sheets.MESES}
        for t in libro.evaluacion.trimestres:
            _add_quarter_sum(data, stem, word, t, months)
    for row, (unidad, operacion, _) in enumerate(ordered, start=FIRST):
        libro.note_row(DATOS_TAREAS, operation_key(unidad, operacion), row)
        libro.note_row(DATOS_TAREAS, unit_key(unidad), row)
    data.finish(len(order), 5)


def _add_new_activity(data: DataSheet, keys: Sequence[tuple[str, ...]]) -> None:
    activity = data.column("actividad")
    cells: list[object] = []
    for n, key in enumerate(keys):
        if n == 0 or keys[n - 1][:2] != key[:2]:
            cells.append(1)
            continue
        pair = f"{local(FIRST + n, activity)},{local(FIRST + n - 1, activity)}"
        cells.append(Formula(f"=IF(EXACT({pair}),0,1)", 0 if keys[n - 1] == key else 1))
    data.add("actividad_nueva", "Actividad nueva", 10, COUNT, cells)


def _add_quarter_sum(data: DataSheet, stem: str, word: str, quarter: Periodo, months: dict[str, list[object]]) -> None:
    names = sheets.MESES[quarter.desde - 1 : quarter.hasta]
    first, last = data.column(f"{stem}_{names[0]}"), data.column(f"{stem}_{names[-1]}")
    sums = (total(row) or 0 for row in zip(*(months[mes] for mes in names), strict=True))
    cells = [Formula(f"=SUM({span(row, first, last)})", value) for row, value in enumerate(sums, start=FIRST)]
    data.add(f"{stem}_{quarter.clave}", f"{word} {quarter.corto}", 8, COUNT, cells)


def write_operations(hoja: Hoja) -> None:
    """Datos_Operaciones: by month and quarter the sums of the tasks, the tasks with programme, and the percentage."""
    libro, frame = hoja.libro, hoja.libro.frames["operaciones"]
    operations = libro.evaluacion.operaciones
    found: dict[tuple[str, str], int] = {}
    for i, key in enumerate(zip(texts(frame, "unidad"), texts(frame, "operacion"), strict=True)):
        found.setdefault(key, i)
    order = [found.get((o.unidad, o.operacion)) for o in operations]
    data = DataSheet(hoja, "Operaciones: todas las filas aceptadas y su avance")
    data.add_inputs(frame, sheets.sheet("unidad", "operaciones").inputs, order)
    for row, o in enumerate(operations, start=FIRST):
        if order[row - FIRST] is None:  # only tasks name it: it still shows whose it is
            hoja.worksheet.write_string(row, data.column("unidad"), o.unidad)
            hoja.worksheet.write_string(row, data.column("operacion"), o.operacion)
        libro.note_row(DATOS_OPERACIONES, unit_key(o.unidad), row)
    for p in (*libro.evaluacion.meses, *libro.evaluacion.trimestres):
        _add_period(data, p)
    data.finish(len(order), 5)


def _add_period(data: DataSheet, p: Periodo) -> None:
    libro, start = data.libro, data.columns
    cells: list[list[Formula]] = [[] for _ in _FIGURES]
    for row, o in enumerate(libro.evaluacion.operaciones, start=FIRST):
        planned, done, _, raw, _ = (local(row, start + i) for i in range(len(_FIGURES)))
        key, value = operation_key(o.unidad, o.operacion), o.avance[p.clave]
        # An operation without tasks has no programme.
        tasks = [libro.own_range(DATOS_TAREAS, key, f"{stem}_{p.clave}") or "0" for stem in ("programado", "ejecutado")]
        counted = "=SUM(0)" if tasks[0] == "0" else f'=COUNTIF({tasks[0]},">0")'
        cells[0].append(Formula(f"=SUM({tasks[0]})", o.programado[p.clave] or 0))
        cells[1].append(Formula(f"=SUM({tasks[1]})", o.ejecutado[p.clave] or 0))
        cells[2].append(Formula(counted, o.tareas[p.clave]))
        cells[3].append(Formula(f'=IF({planned}=0,"{MISSING}",{done}*100/{planned})', shown(value)))
        limited = None if value is None else capped(value)
        cells[4].append(Formula(f'=IF(ISNUMBER({raw}),MIN({FULL:g},{raw}),"{MISSING}")', shown(limited)))
    for (name, titulo, formato), column in zip(_FIGURES, cells, strict=True):
        data.add(f"{name}_{p.clave}", f"{p.corto} {titulo}", 9, formato, column)
