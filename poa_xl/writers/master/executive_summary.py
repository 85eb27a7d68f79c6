"""Resumen directivo: one page of what the other sheets hold, and what follows from it. Written when they are."""

from collections import Counter
from collections.abc import Sequence

from poa_xl import cells, indicators
from poa_xl.checking import rows_out
from poa_xl.evaluation import ACUMULADO, Clave
from poa_xl.evaluation.absence import Reason, absences
from poa_xl.evaluation.delays import Atraso, worst
from poa_xl.evaluation.figures import OPERATION, REPORTED
from poa_xl.evaluation.imbalance import Imbalance, Informado, kind, reported
from poa_xl.evaluation.tree import unit_key
from poa_xl.findings import SubmissionState
from poa_xl.master_tables import executive_summary as tables
from poa_xl.messages import absence, executive_summary as words
from poa_xl.sheets import NOMBRES_MESES
from poa_xl.writers.master import delays, key_figures
from poa_xl.writers.master.book import DATOS_OPERACIONES, Cell, Formula, Libro, column_ranges, local, on_sheet, shown
from poa_xl.writers.master.criteria import criterio_formula, semaforo_formula
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx import page

_UNITS, _OPERATIONS, _IMBALANCES = 5, 6, 4  # rows of each table, so that all of them stand on one page
_COST = 3  # the column of the points, in both tables of the colour
_VIGENTE, _EJECUCION = 2, 3  # columns of the money
_LAST_COLUMN = len(tables.WIDTHS) - 1


def write(hoja: Hoja) -> None:
    """Key figures, units and operations that decide the colour, money and progress apart, and what is missing."""
    libro = hoja.libro
    quarters = libro.evaluacion.trimestres
    before = quarters[-2].corto if len(quarters) > 1 else ""
    told = words.compared(before, published=libro.anteriores is not None)
    hoja.start(tables.EXECUTIVE_SUMMARY, f"{libro.evaluacion.entidad.nombre}: {told}")
    hoja.on_one_page(tables.WIDTHS, page.OFICIO)
    hoja.warning(absence.partial(libro.evaluacion.faltantes))
    hoja.heading(tables.KEY_FIGURES_TABLE)
    key_figures.write(hoja)
    _units(hoja)
    _operations(hoja)
    _imbalances(hoja)
    _missing(hoja)
    hoja.finish()


# --- what decides the colour --------------------------------------------------------------------------------


def _largest(libro: Libro, level: str, most: int) -> list[Clave]:
    """The units or operations that take most points, largest first; none that takes none."""
    every = libro.evaluacion.brecha.items()
    gaps = {clave: indicators.judged(gap) for clave, gap in every if clave[0] == level and gap}
    return sorted((clave for clave, gap in gaps.items() if gap > 0), key=lambda clave: -gaps[clave])[:most]


def _units(hoja: Hoja) -> None:
    found = _largest(hoja.libro, "unidad", _UNITS)
    hoja.heading(tables.UNITS_TABLE, n=len(found))
    first = hoja.first_data_row
    rows = [_unit(hoja.libro, found[: n + 1], first) for n in range(len(found))]
    if rows:
        hoja.table(tables.UNITS_TABLE, rows, claves=found)
    else:
        hoja.note(words.NOBODY_COSTS)


def _unit(libro: Libro, down_to: Sequence[Clave], first: int) -> list[Cell]:
    """A row: what the unit costs, and where the entity would be if it and those above it had 100."""
    evaluacion, clave, row = libro.evaluacion, down_to[-1], first + len(down_to) - 1
    quarter = evaluacion.periodo.clave
    whole = libro.at(evaluacion.raiz, "avance", quarter)
    reached = (evaluacion.avance[evaluacion.raiz, quarter] or 0.0) + sum(evaluacion.brecha[u] or 0.0 for u in down_to)
    band = indicators.semaforo(reached, evaluacion.entidad.semaforo)
    below = [o for o in evaluacion.operaciones if o.unidad == clave[-1] and indicators.is_behind(o.avance[quarter])]
    points = libro.own_range(DATOS_OPERACIONES, clave, f"bruto_{quarter}")
    return [
        evaluacion.nodos[clave].nombre,
        clave[-1],
        *(libro.at(clave, name, quarter) for name in ("avance", "brecha", "semaforo")),
        Formula(f"{whole.text}+SUM({local(first, _COST)}:{local(row, _COST)})", reached),
        Formula(semaforo_formula(libro, local(row, _COST + 2)), shown(band.evaluacion if band else None)),
        Formula(f"={indicators.below_full_count_formula(points)}", len(below)),
        sum(delay.overdue for (unit, _), own in libro.atrasos.items() if unit == clave[-1] for delay in own),
    ]


def _operations(hoja: Hoja) -> None:
    found = _largest(hoja.libro, OPERATION, _OPERATIONS)
    hoja.heading(tables.OPERATIONS_TABLE, n=len(found))
    if not found:
        hoja.note(words.NOBODY_COSTS)
        return
    tabla = hoja.table(tables.OPERATIONS_TABLE, [_operation(hoja.libro, clave) for clave in found], claves=found)
    hoja.mark_word(indicators.VENCIDA, tabla, _LAST_COLUMN)


def _operation(libro: Libro, clave: Clave) -> list[Cell]:
    _, unidad, operacion = clave
    sheet, row, col = libro.operation(unidad, operacion, "avance_limitado", libro.evaluacion.periodo.clave)
    points, own = on_sheet(sheet, local(row, col)), libro.atrasos.get((unidad, operacion), [])
    (avance,) = (o.avance for o in libro.evaluacion.operaciones if (o.unidad, o.operacion) == (unidad, operacion))
    reached = avance[libro.evaluacion.periodo.clave]
    task, *action = _told(libro, worst(own)) if own else [None] * 4
    return [
        task,
        unidad,
        operacion,
        Formula("=" + _gap(libro, clave, points, row), shown(libro.evaluacion.brecha[clave])),
        Formula(f"={points}", shown(None if reached is None else indicators.capped(reached))),
        len(own),
        *action,
    ]


def _gap(libro: Libro, clave: Clave, points: str, row: int) -> str:
    quarter, unit = libro.evaluacion.periodo.clave, unit_key(clave[1])
    name = "peso" if clave[1] in libro.weighed_units else f"tareas_{quarter}"
    weight = on_sheet(DATOS_OPERACIONES, local(row, libro.columns[DATOS_OPERACIONES, name]))
    all_points, weights = (libro.own_range(DATOS_OPERACIONES, unit, column) for column in (f"tope_{quarter}", name))
    whole = libro.at(unit, "ponderacion", quarter).text.removeprefix("=")
    return indicators.operation_gap_master_formula(whole, points, weight, (all_points, weights))


def _told(libro: Libro, delay: Atraso) -> list[Cell]:
    """The task, who answers for its action, until when, and what became of it: as Operaciones con retraso has them."""
    fila = delay.fila
    sheet, row = libro.delayed[fila.unidad, fila.fila]
    said = (
        (delays.TASK, fila.tarea),
        (delays.WHO, fila.responsable_accion),
        (delays.UNTIL, cells.serial(fila.fecha_accion) if fila.fecha_accion else None),
        (delays.STATE, delay.estado),
    )
    return [Formula("=" + on_sheet(sheet, local(row, col)), value) if value else None for col, value in said]


# --- money and progress -------------------------------------------------------------------------------------


def _imbalances(hoja: Hoja) -> None:
    libro = hoja.libro
    found = [(one, why) for one in reported(libro.evaluacion.cuadre).values() if (why := _kind(libro, one))]
    found.sort(key=lambda pair: (pair[1] is not Imbalance.MONEY_WITHOUT_PROGRESS, -_distance(libro, pair[0])))
    shown_rows = found[:_IMBALANCES]
    hoja.heading(tables.IMBALANCE_TABLE, n=words.the_most(len(shown_rows), len(found)))
    if not found:
        hoja.note(words.ALL_AGREE)
        return
    first = hoja.first_data_row
    rows = [_imbalance(libro, one, why, row) for row, (one, why) in enumerate(shown_rows, start=first)]
    claves = [unit_key(one.unidad) for one, _ in shown_rows]
    hoja.table(tables.IMBALANCE_TABLE, rows, claves=claves, to_the_end=True)


def _kind(libro: Libro, one: Informado) -> Imbalance | None:
    evaluacion, clave = libro.evaluacion, unit_key(one.unidad)
    entidad = evaluacion.entidad
    if clave not in evaluacion.nodos:
        return None
    level = indicators.criterio_dgaa(one.ejecucion, evaluacion.trimestre, entidad.criterio_dgaa)
    return kind(level, entidad.criterio_dgaa, evaluacion.semaforo(clave, ACUMULADO), entidad.semaforo)


def _distance(libro: Libro, one: Informado) -> float:
    """How far what was spent of the year's money and what was done of its points are apart."""
    return abs((libro.evaluacion.eficacia[unit_key(one.unidad), ACUMULADO] or 0.0) - (one.ejecucion or 0.0))


def _imbalance(libro: Libro, one: Informado, why: Imbalance, row: int) -> list[Cell]:
    clave, entidad = unit_key(one.unidad), libro.evaluacion.entidad
    vigente, spent = (_reported(libro, one.unidad, name) for name in ("vigente", "devengado"))
    level = indicators.criterio_dgaa(one.ejecucion, libro.evaluacion.trimestre, entidad.criterio_dgaa)
    ejecucion = indicators.ejecucion_master_formula(f"SUM({spent})", local(row, _VIGENTE))
    return [
        libro.evaluacion.nodos[clave].nombre,
        one.unidad,
        Formula(f"=SUM({vigente})", one.vigente),
        Formula("=" + ejecucion, shown(one.ejecucion)),
        Formula(criterio_formula(libro, local(row, _EJECUCION)), shown(level.evaluacion if level else None)),
        libro.at(clave, "avance", ACUMULADO),
        libro.at(clave, "semaforo", ACUMULADO),
        why,
    ]


def _reported(libro: Libro, unidad: str, name: str) -> str:
    """The cells of Cuadre with what a unit reports of each category."""
    parts = ((part.unidad, c.categoria) for c in libro.evaluacion.cuadre for part in c.partes)
    places = [libro.noted[(REPORTED, *part), name, ACUMULADO] for part in parts if part[0] == unidad]
    return column_ranges(sorted(row for _, row, _ in places), places[0][2], places[0][0])


# --- what is missing ----------------------------------------------------------------------------------------


def _missing(hoja: Hoja) -> None:
    libro = hoja.libro
    evaluacion = libro.evaluacion
    sheet, row, col = libro.noted[evaluacion.raiz, "sin_informacion", evaluacion.periodo.clave]
    total = Formula("=" + on_sheet(sheet, local(row, col)), len(evaluacion.faltantes))
    absent = absences(evaluacion.faltantes, libro.submissions)
    rows: list[list[Cell]] = [[words.WITHOUT, total, None]]
    lists = {words.REASONS[reason]: [a.unidad for a in absent if a.reason is reason] for reason in Reason}
    for title, names in ((title, names) for title, names in lists.items() if names):
        rows.append([title, len(names), words.names(names) or None])
    out = _rows_out(libro)
    rows.append([words.ROWS_OUT, sum(out.values()), words.names([f"{file} ({n})" for file, n in out.items()]) or None])
    months = [NOMBRES_MESES[mes - 1] for mes in evaluacion.entidad.months_without_report(evaluacion.acumulado.hasta)]
    rows.append([words.MONTHS_OUT, len(months), ", ".join(months) or None])
    overdue = [unit for (unit, _), own in libro.atrasos.items() for delay in own if delay.overdue]
    rows.append([words.OVERDUE, len(overdue), words.names(list(dict.fromkeys(overdue))) or None])
    hoja.heading(tables.MISSING_TABLE)
    hoja.table(tables.MISSING_TABLE, rows, to_the_end=True)


def _rows_out(libro: Libro) -> dict[str, int]:
    """File -> how many of its rows have an error that keeps them out, of the files that were accepted."""
    out = (SubmissionState.REJECTED, SubmissionState.WAITING)
    taken = {s.archivo for s in libro.submissions if s.estado not in out}
    return Counter(file for file, _, _ in rows_out.of(libro.findings) if file in taken)


WRITERS = {tables.EXECUTIVE_SUMMARY: write}
