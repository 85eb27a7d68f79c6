"""Datos_SIGEP, Datos_Presupuesto and Datos_Resultados: the rows of a category, or of an area, stand together."""

from collections.abc import Sequence

from poa_xl import sheets
from poa_xl.accepted_rows import FilaPresupuesto, FilaResultado
from poa_xl.evaluation.money import ordered_categories
from poa_xl.evaluation.periods import last_month
from poa_xl.evaluation.tree import category_key, unit_key
from poa_xl.indicators import total
from poa_xl.master_tables import data as tables
from poa_xl.writers.master.book import DATOS_PRESUPUESTO, DATOS_SIGEP, Libro
from poa_xl.writers.master.data_sheet import FIRST, DataSheet, row_sums
from poa_xl.writers.master.sheet import Hoja

DEVENGADO_ACUMULADO = "devengado_acumulado"


def _category_rank(libro: Libro) -> dict[str, int]:
    return {c.categoria: i for i, c in enumerate(ordered_categories(libro.evaluacion.entidad))}


def _unit_rank(libro: Libro) -> dict[str, int]:
    return {u: i for i, u in enumerate(libro.evaluacion.nodos[libro.evaluacion.raiz].unidades)}


def write_sigep(hoja: Hoja) -> None:
    """Datos_SIGEP: the state of SIGEP by category and month, as the entity's workbook has it."""
    libro = hoja.libro
    rank = _category_rank(libro)
    rows = sorted(
        libro.evaluacion.entidad.presupuesto, key=lambda r: (rank.get(r.categoria, len(rank)), r.categoria, r.mes)
    )
    data = DataSheet(hoja, tables.SIGEP)
    data.add("categoria", tables.CATEGORY, [r.categoria for r in rows])
    data.add("mes", tables.MONTH, [r.mes for r in rows])
    data.add("vigente", tables.VIGENTE, [r.vigente for r in rows])
    data.add("devengado", tables.DEVENGADO, [r.devengado for r in rows])
    data.add("tipo_reporte", tables.REPORT, [r.tipo_reporte for r in rows])
    data.add("fila", tables.ROW_OF_ENTITY, [r.fila for r in rows])
    data.add("numero_reporte", tables.REPORT_NUMBER, [r.numero_reporte or None for r in rows])
    data.add("fecha_reporte", tables.REPORT_DATE, [r.fecha_reporte for r in rows])
    for row, r in enumerate(rows, start=FIRST):
        libro.note_row(DATOS_SIGEP, (*category_key(r.categoria), str(r.mes)), row)
    data.finish(len(rows), 2)


def write_budget(hoja: Hoja) -> None:
    """Datos_Presupuesto: what the units report, and the devengado of each row from January to the quarter's end."""
    libro = hoja.libro
    by_category, by_unit = _category_rank(libro), _unit_rank(libro)
    rows = sorted(
        libro.accepted.presupuesto,
        key=lambda r: (
            by_category.get(r.categoria, len(by_category)),
            r.categoria,
            by_unit.get(r.unidad, len(by_unit)),
            r.unidad,
        ),
    )
    data = DataSheet(hoja, tables.BUDGET)
    data.add_inputs(FilaPresupuesto, rows)
    _add_accumulated(data, rows)
    for number, row in enumerate(rows, start=FIRST):
        libro.note_row(DATOS_PRESUPUESTO, category_key(row.categoria), number)
        libro.note_row(DATOS_PRESUPUESTO, (*category_key(row.categoria), row.unidad), number)
    data.finish(len(rows), 6)


def _add_accumulated(data: DataSheet, rows: Sequence[FilaPresupuesto]) -> None:
    trimestre = data.libro.evaluacion.trimestre
    months = sheets.MESES[: last_month(trimestre)]
    first, last = (data.column(f"devengado_{mes}") for mes in (months[0], months[-1]))
    sums = [total(row.devengado[: len(months)]) or 0.0 for row in rows]
    data.add(DEVENGADO_ACUMULADO, tables.DEVENGADO_ACUMULADO, row_sums(sums, first, last))


def write_results(hoja: Hoja) -> None:
    """Datos_Resultados: what the units tell, in the order of the tree."""
    libro, rank = hoja.libro, _unit_rank(hoja.libro)
    rows = sorted(libro.accepted.resultados, key=lambda r: (rank.get(r.unidad, len(rank)), r.unidad))
    data = DataSheet(hoja, tables.RESULTS)
    data.add_inputs(FilaResultado, rows)
    for number, row in enumerate(rows, start=FIRST):
        libro.note_row(hoja.name, unit_key(row.unidad), number)
    data.finish(len(rows), 5)


WRITERS = {
    tables.SIGEP: write_sigep,
    tables.BUDGET: write_budget,
    tables.RESULTS: write_results,
}
