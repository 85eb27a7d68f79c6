"""Modificaciones: what resolutions change of the approved plan, as the entity's workbook says it."""

from poa_xl.baseline import ApprovedPlan
from poa_xl.entity import Modificacion
from poa_xl.master_tables import control as tables, terms
from poa_xl.master_tables.table import columns_if
from poa_xl.messages import baseline as words
from poa_xl.sheets import NOMBRES_MESES
from poa_xl.writers.master.book import Cell
from poa_xl.writers.master.sheet import Hoja

_BETWEEN = "; "  # as the entity's workbook separates codes


def write(hoja: Hoja) -> None:
    """A row for each modification, in the order of the entity's workbook; with a plan, whether that one has it."""
    plan, entidad = hoja.libro.plan, hoja.libro.evaluacion.entidad
    hoja.start(tables.MODIFICATIONS, words.MODIFICATIONS_HELP)
    rows = [_row(m, plan) for m in entidad.modificaciones]
    spans = {terms.PLAN: columns_if(plan is not None)}
    hoja.freeze(hoja.table(tables.MODIFICATIONS_TABLE, rows, spans=spans, long_texts=True))
    hoja.finish()


def _row(m: Modificacion, plan: ApprovedPlan | None) -> list[Cell]:
    units, operations = (_BETWEEN.join(codes) for codes in (m.unidades, m.operaciones))
    said: list[Cell] = [m.resolucion, m.fecha, NOMBRES_MESES[m.mes - 1], m.tipo, units, operations, m.tarea, m.detalle]
    return [*said, _in_plan(m, plan)] if plan else said


def _in_plan(m: Modificacion, plan: ApprovedPlan) -> str:
    pending = plan.pending((m,))
    if not pending:
        return words.IN_PLAN
    left = pending[0].unidades
    return words.NOT_IN_PLAN if left == m.unidades else words.NOT_OF_ALL.format(unidades=_BETWEEN.join(left))


WRITERS = {tables.MODIFICATIONS: write}
