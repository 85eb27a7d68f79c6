"""The tables by ACP and by programme category: ACP, Categorías, Anexo 1, Desempeño por ACP, ACP y SIGEP."""

from collections.abc import Sequence

from poa_xl import indicators
from poa_xl.entity import ACP
from poa_xl.evaluation import ACUMULADO, Clave, Periodo
from poa_xl.evaluation.money import MetaEvaluada, ordered_categories
from poa_xl.evaluation.tree import acp_key, category_key
from poa_xl.master_tables import acp as tables, terms
from poa_xl.master_tables.table import MasterSheet, PeriodWords
from poa_xl.writers.master import charts
from poa_xl.writers.master.book import (
    Cell,
    Formula,
    Libro,
    local,
    on_sheet,
    shown,
    span,
)
from poa_xl.writers.master.calculation import at_cut
from poa_xl.writers.master.headings import said
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.master.words import of_period
from poa_xl.writers.xlsx.formats import MISSING


def _figures(libro: Libro, clave: Clave, names: tuple[str, ...], p: Periodo) -> list[Cell]:
    return [libro.at(clave, name, p.clave) for name in names]


def write_acp(hoja: Hoja) -> None:
    """ACP: money, eficacia, avance and semaforo by ACP, of the quarter and accumulated."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(tables.ACP, evaluacion.entidad.nombre)
    names = ("vigente", "devengado", "ejecucion", "eficacia", "avance", "semaforo")
    for p, table in ((evaluacion.periodo, tables.OF_QUARTER_TABLE), (evaluacion.acumulado, tables.ACCUMULATED_TABLE)):
        hoja.heading(table, periodo=of_period(evaluacion, p))
        rows: list[list[Cell]] = [
            [a.acp, a.denominacion, a.area, *_figures(libro, acp_key(a.acp), names, p)] for a in evaluacion.entidad.acps
        ]
        rows.append(["Total", evaluacion.entidad.nombre, None, *_figures(libro, evaluacion.raiz, names, p)])
        hoja.table(table, rows, [len(rows) - 1])
    hoja.finish()


def write_categories(hoja: Hoja) -> None:
    """Categorías: money and eficacia of the quarter by programme category."""
    _categories(hoja, hoja.libro.evaluacion.periodo, tables.CATEGORIES)


def write_annex_categories(hoja: Hoja) -> None:
    """Anexo 1: the same, accumulated, with the unidad ejecutora."""
    _categories(hoja, hoja.libro.evaluacion.acumulado, tables.ANNEX)


def _categories(hoja: Hoja, p: Periodo, listed: MasterSheet) -> None:
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    entidad, annex = evaluacion.entidad, p is evaluacion.acumulado
    hoja.start(
        listed,
        said(
            evaluacion,
            "La eficacia es la de la unidad que ejecuta la categoría; si la ejecuta un grupo, la de su área.",
        ),
    )
    names = ("vigente", "devengado", "ejecucion", "eficacia")
    areas = {a.area: a.nombre for a in entidad.areas}
    rows: list[list[Cell]] = []
    for c in ordered_categories(entidad):
        units = [entidad.by_code[code].nombre for code in c.ejecutoras if code in entidad.by_code]
        spender = "; ".join(units or [areas.get(group, group) for group in c.grupos])
        named: list[Cell] = [c.acp, c.area, spender, c.categoria, c.programa]
        if annex:
            named.insert(1, c.unidad_ejecutora)
        rows.append([*named, *_figures(libro, category_key(c.categoria), names, p)])
    total: list[Cell] = [None] * (5 if annex else 4)
    total[0 if ACP in entidad.levels else 1] = "Total"  # in the first column that there is
    rows.append([*total, entidad.nombre, *_figures(libro, evaluacion.raiz, names, p)])
    hoja.freeze(hoja.table(listed.tables[0], rows, [len(rows) - 1]))
    hoja.finish()


def write_performance(hoja: Hoja) -> None:
    """Desempeño por ACP: accumulated avance and eficacia against the rango ideal."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(tables.PERFORMANCE, evaluacion.entidad.nombre)
    names = ("eficacia", "avance", "semaforo")
    rows: list[list[Cell]] = [
        [
            a.acp, a.denominacion, a.area,
            _ideal(libro, acp_key(a.acp)), *_figures(libro, acp_key(a.acp), names, evaluacion.acumulado),
            *at_cut(libro, acp_key(a.acp)),
        ]
        for a in evaluacion.entidad.acps
    ]  # fmt: skip
    total = [*_figures(libro, evaluacion.raiz, names, evaluacion.acumulado), *at_cut(libro, evaluacion.raiz)]
    rows.append(["Total", evaluacion.entidad.nombre, None, _ideal(libro, evaluacion.raiz), *total])
    claves = [*(acp_key(a.acp) for a in evaluacion.entidad.acps), evaluacion.raiz]
    tabla = hoja.table(tables.PERFORMANCE_TABLE, rows, [len(rows) - 1], claves=claves)
    titulo = f"{said(evaluacion, 'Rango ideal, eficacia y avance acumulados por ACP')} - {evaluacion.entidad.sigla}"
    charts.columns(hoja, tabla, titulo, (3, 4, 5))
    hoja.freeze(tabla)
    hoja.finish()


def _ideal(libro: Libro, clave: Clave) -> Formula:
    """The rango ideal, as `Evaluacion.rango_ideal`."""
    evaluacion, value = libro.evaluacion, shown(libro.evaluacion.rango_ideal(clave))
    if clave == evaluacion.raiz:
        return Formula("=" + libro.constants["rango_ideal"], value)
    first, last = (libro.places[clave, "avance", evaluacion.trimestres[i].clave] for i in (0, -1))
    quarters = on_sheet(first.hoja, span(first.row, first.col, last.col))
    text = indicators.rango_ideal_master_formula(quarters, libro.constants["rango_ideal_trimestre"])
    return Formula("=" + text, value)


def write_sigep(hoja: Hoja) -> None:
    """ACP y SIGEP: the accumulated follow-up beside the physical goals that SIGEP holds for the quarter."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(
        tables.GOALS,
        said(evaluacion, indicators.METAS.short),
    )
    names = ("eficacia", "avance", "vigente", "devengado", "ejecucion")
    first, acps = hoja.first_data_row, evaluacion.entidad.acps
    rows: list[list[Cell]] = []
    for number, goal in enumerate(evaluacion.metas):
        total = number == len(acps)
        key = evaluacion.raiz if total else acp_key(goal.acp)
        named: list[Cell] = ["Total", evaluacion.entidad.nombre] if total else [goal.acp, acps[number].denominacion]
        figures = _figures(libro, key, names, evaluacion.acumulado)
        sigep = _goal_total(libro, first) if total else _goal(libro, number, first + number)
        rows.append([*named, _ideal(libro, key), *figures, *sigep, libro.at(key, "semaforo", ACUMULADO)])
    claves = [*(acp_key(a.acp) for a in acps), evaluacion.raiz]
    quarter = PeriodWords(evaluacion.periodo.clave, evaluacion.periodo.corto)
    spans = {terms.GOALS_WITH_UNIT: [quarter] if _units_shown(libro) else []}
    hoja.freeze(hoja.table(tables.GOALS_TABLE, rows, [len(rows) - 1], claves=claves, spans=spans), 2)
    if why := _not_added(evaluacion.metas[:-1]):
        hoja.note(why)
    hoja.finish()


_PLANNED, _DONE, _UNIT = 8, 9, 11  # columns of the SIGEP goals


def _units_shown(libro: Libro) -> bool:
    """Whether a goal of the quarter states what it counts: else the table has no column for it."""
    return any(goal.unidad_medida for goal in libro.evaluacion.metas)


def _not_added(goals: Sequence[MetaEvaluada]) -> str:
    """Why the goals have no total; '' where they have one."""
    planned = [goal for goal in goals if goal.programado is not None]
    units = list(dict.fromkeys(goal.unidad_medida for goal in planned))
    if indicators.metas_alike(units):
        return ""
    if "" in units:
        return tables.PARTLY_STATED_GOALS.format(acps=", ".join(g.acp for g in planned if not g.unidad_medida))
    return tables.UNLIKE_GOALS.format(unidades=", ".join(units))


def _goal(libro: Libro, number: int, row: int) -> list[Cell]:
    unit: list[Cell] = [libro.evaluacion.metas[number].unidad_medida or MISSING] if _units_shown(libro) else []
    return [*_goal_figures(libro.evaluacion.metas[number], row), *unit]


def _goal_figures(goal: MetaEvaluada, row: int) -> list[Cell]:
    if not goal.registrada:
        return [MISSING] * 3
    if goal.programado is None:
        # What was executed without a programme stays out of the total, so it is no number here.
        return [indicators.SIN_PROGRAMACION, MISSING, MISSING]
    formula = "=" + indicators.meta_avance_master_formula(local(row, _PLANNED), local(row, _DONE))
    return [goal.programado, shown(goal.ejecutado), Formula(formula, shown(goal.avance))]


def _goal_total(libro: Libro, first: int) -> list[Cell]:
    total, last = libro.evaluacion.metas[-1], first + len(libro.evaluacion.metas) - 2
    planned, done = (f"{local(first, col)}:{local(last, col)}" for col in (_PLANNED, _DONE))
    row = last + 1
    units = f"{local(first, _UNIT)}:{local(last, _UNIT)}" if _units_shown(libro) else ""
    formulas = [
        *indicators.metas_total_master_formulas(planned, done, units),
        indicators.meta_avance_master_formula(local(row, _PLANNED), local(row, _DONE)),
        *([indicators.metas_unit_master_formula(planned, units)] if units else []),
    ]
    values = (total.programado, total.ejecutado, total.avance, total.unidad_medida or None)
    return [Formula("=" + text, shown(value)) for text, value in zip(formulas, values, strict=False)]


WRITERS = {
    tables.ACP: write_acp,
    tables.CATEGORIES: write_categories,
    tables.PERFORMANCE: write_performance,
    tables.GOALS: write_sigep,
    tables.ANNEX: write_annex_categories,
}
