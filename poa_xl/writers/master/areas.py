"""The tables by area: Mensual por área, Comparativa por área, Fuentes, Servicios, Desempeño and the entity's months."""

from poa_xl import indicators
from poa_xl.evaluation import ACUMULADO, Clave, Periodo
from poa_xl.evaluation.figures import SOURCE, SOURCES
from poa_xl.evaluation.tree import area_key
from poa_xl.master_tables import areas as tables
from poa_xl.master_tables.table import MasterTable
from poa_xl.master_tables.terms import EFICACIA, EJECUCION
from poa_xl.writers.master import charts
from poa_xl.writers.master.book import (
    Cell,
    Formula,
    Libro,
    local,
    shown,
)
from poa_xl.writers.master.calculation import unit_counts
from poa_xl.writers.master.headings import said
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.master.words import of_period

_INDICADORES = (("eficacia", EFICACIA), ("ejecucion", EJECUCION))


def _areas(libro: Libro) -> list[tuple[str, str, Clave]]:
    """(code, name, key) of the areas, then of the entity."""
    entidad = libro.evaluacion.entidad
    areas = [(a.area, a.nombre, area_key(a.area)) for a in entidad.areas]
    return [*areas, (entidad.sigla, entidad.nombre, libro.evaluacion.raiz)]


def write_monthly(hoja: Hoja) -> None:
    """Mensual por área: eficacia ponderada and ejecución of each area by month, quarter and accumulated."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(
        tables.MONTHLY,
        f"Eficacia ponderada: {indicators.EFICACIA_PONDERADA.short}. Ejecución: {indicators.EJECUCION.short}.",
    )
    areas = _areas(libro)
    rows: list[list[Cell]] = [
        [code, name, titulo, *(libro.at(key, indicador, p.clave) for p in evaluacion.periodos)]
        for code, name, key in areas
        for indicador, titulo in _INDICADORES
    ]
    hoja.freeze(hoja.table(tables.MONTHLY_TABLE, rows, (len(rows) - 2, len(rows) - 1)), 3)
    hoja.finish()


def write_comparison(hoja: Hoja) -> None:
    """Comparativa por área: each quarter and accumulated, with a chart beside each table."""
    evaluacion = hoja.libro.evaluacion
    hoja.start(tables.COMPARISON, evaluacion.entidad.nombre)
    for p in (*evaluacion.trimestres, evaluacion.acumulado):
        table = tables.ACCUMULATED_TABLE if p is evaluacion.acumulado else tables.QUARTER_TABLE
        hoja.heading(table, periodo=of_period(evaluacion, p))
        _comparison(hoja, p, table)
    hoja.finish()


def _comparison(hoja: Hoja, p: Periodo, table: MasterTable) -> None:
    libro = hoja.libro
    rows: list[list[Cell]] = []
    for code, name, key in _areas(libro):
        row: list[Cell] = [
            code,
            name,
            *(libro.at(key, i, p.clave) for i in ("vigente", "devengado", "ejecucion", "eficacia")),
        ]
        if table is tables.ACCUMULATED_TABLE:
            row += [libro.at(key, "eficiencia"), libro.at(key, "criterio")]
        rows.append(row)
    tabla = hoja.table(table, rows, [len(rows) - 1])
    titulo = f"{said(libro.evaluacion, 'Ejecución y eficacia por área')}: {p.nombre}"
    charts.columns(hoja, tabla, titulo, (4, 5))


def write_funds(hoja: Hoja) -> None:
    """Fuentes: the execution by source of funds at the cut-off, as the report of SIGEP by source has it."""
    evaluacion = hoja.libro.evaluacion
    hoja.start(
        tables.FUNDS,
        "Según el reporte del SIGEP por fuente, que puede diferir del reporte por categoría en la fecha y en su tipo.",
    )
    first = hoja.first_data_row
    rows = [_fund(hoja.libro, number, first) for number in range(len(evaluacion.fuentes))]
    total = (SOURCES, evaluacion.entidad.sigla)
    claves = [(SOURCE, fund.fuente) if fund.fuente else total for fund in evaluacion.fuentes]
    hoja.freeze(hoja.table(tables.FUNDS_TABLE, rows, [len(rows) - 1], claves=claves))
    if not rows:
        hoja.note(f"El libro de la entidad no tiene fuentes de financiamiento del {evaluacion.periodo.corto}.")
    hoja.finish()


def _fund(libro: Libro, number: int, first: int) -> list[Cell]:
    fund, row = libro.evaluacion.fuentes[number], first + number
    total = number == len(libro.evaluacion.fuentes) - 1
    amounts: list[Cell] = []
    for col, value in enumerate((fund.inicial, fund.vigente, fund.ejecutado), start=2):
        formula = Formula("=" + indicators.total_formula(f"{local(first, col)}:{local(row - 1, col)}"), shown(value))
        amounts.append(formula if total else shown(value))
    vigente, ejecutado = local(row, 3), local(row, 4)
    if total:
        cells = f"{local(first, 3)}:{local(row - 1, 4)}"
        execution, balance = indicators.fuentes_total_master_formulas(vigente, ejecutado, cells, 2 * number)
    else:
        execution, balance = indicators.fuentes_execution_master_formulas(vigente, ejecutado)
    return [
        None if total else fund.fuente,
        fund.descripcion,
        *amounts,
        Formula("=" + execution, shown(fund.ejecucion)),
        Formula("=" + balance, shown(fund.saldo)),
    ]


def write_services(hoja: Hoja) -> None:
    """Servicios: avance of the quarter by area, or by group where a service has one area."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    nodes = evaluacion.nodos
    hoja.start(
        tables.SERVICES,
        evaluacion.entidad.nombre,
    )
    for service in nodes[evaluacion.raiz].hijos:
        hoja.heading(tables.SERVICE_TABLE, nombre=nodes[service].nombre)
        below = nodes[service].hijos
        if len(below) == 1:
            area = nodes[below[0]]
            below = area.grupos or (below if area.hijos else ())
        rows: list[list[Cell]] = [
            [
                nodes[key].nombre,
                unit_counts(libro, key)[0],
                libro.at(key, "avance", evaluacion.periodo.clave),
                libro.at(key, "semaforo", evaluacion.periodo.clave),
            ]
            for key in (service, *below)
        ]
        tabla = hoja.table(tables.SERVICE_TABLE, rows, [0], claves=[service, *below])
        charts.columns(hoja, tabla, f"Avance físico: {nodes[service].nombre}", (2,))
    hoja.finish()


def write_performance(hoja: Hoja) -> None:
    """Desempeño: accumulated eficacia and ejecución by area, a chart each."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    p = evaluacion.acumulado
    hoja.start(tables.PERFORMANCE, evaluacion.entidad.nombre)
    for indicador, table in tables.PERFORMANCE_TABLES.items():
        hoja.heading(table, periodo=p.nombre)
        rows: list[list[Cell]] = [
            [code, name, libro.at(key, indicador, ACUMULADO)] for code, name, key in _areas(libro)
        ]
        tabla = hoja.table(table, rows, [len(rows) - 1])
        charts.columns(hoja, tabla, tabla.columns[2].title, (2,))
    hoja.finish()


def write_entity_months(hoja: Hoja) -> None:
    """The entity month by month (two axes) and quarter by quarter."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    root, periods = evaluacion.raiz, evaluacion.periodos
    hoja.start(tables.ENTITY_MONTHS, evaluacion.entidad.nombre)
    hoja.heading(tables.MONTHS_TABLE)
    rows: list[list[Cell]] = [
        [titulo, *(libro.at(root, indicador, p.clave) for p in periods)] for indicador, titulo in _INDICADORES
    ]
    tabla = hoja.table(tables.MONTHS_TABLE, rows)
    months = len(evaluacion.meses)
    charts.two_axes(hoja, tabla, "Eficacia y ejecución mensual", (0, 1), months)
    hoja.heading(tables.QUARTERS_TABLE)
    quarters = (*evaluacion.trimestres, evaluacion.acumulado)
    by_quarter: list[list[Cell]] = [
        [p.nombre.capitalize(), *(libro.at(root, indicador, p.clave) for indicador, _ in _INDICADORES)]
        for p in quarters
    ]
    below = hoja.table(tables.QUARTERS_TABLE, by_quarter)
    charts.columns(hoja, below, "Comportamiento por trimestre", (1, 2))
    hoja.finish()


WRITERS = {
    tables.MONTHLY: write_monthly,
    tables.COMPARISON: write_comparison,
    tables.FUNDS: write_funds,
    tables.SERVICES: write_services,
    tables.PERFORMANCE: write_performance,
    tables.ENTITY_MONTHS: write_entity_months,
}
