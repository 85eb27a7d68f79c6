"""Cálculo and Cálculo_Presupuesto: one row a unit, level, ACP or category; every table above refers to them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from poa_xl import indicators
from poa_xl.entity import ACP
from poa_xl.evaluation import ACUMULADO, Clave, Evaluacion, Nodo, Periodo
from poa_xl.evaluation.money import budget_groups, ordered_categories
from poa_xl.evaluation.periods import Corte, Due, of_year, to_date
from poa_xl.evaluation.tree import category_key
from poa_xl.evaluation.weights import Peso, stated
from poa_xl.master_tables.calculation import MONEY, PHYSICAL
from poa_xl.master_tables.terms import LEVEL_NAMES
from poa_xl.writers.master.book import (
    CALCULO,
    DATOS_OPERACIONES,
    DATOS_SIGEP,
    Cell,
    FigurePlace,
    Formula,
    Libro,
    column_ranges,
    local,
    shown,
    span,
)
from poa_xl.writers.master.criteria import criterio_formula, semaforo_formula
from poa_xl.writers.master.headings import said, weights_shown
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx.formats import MISSING

PONDERACION, BRECHA = "ponderacion", "brecha"
AVANCE, A_LA_FECHA, CUMPLIMIENTO = "avance", "avance_a_la_fecha", "cumplimiento"
_CODE_COLUMN = 1
_ORDER = tuple(LEVEL_NAMES)


def _figures(libro: Libro) -> int:
    """The first column of figures: those before it name the row, the last of them by its ACPs, where there are any."""
    return 4 if ACP in libro.evaluacion.entidad.levels else 3


def _rows(libro: Libro) -> list[Nodo]:
    """Units first, each level after those it is made of, the parts of an ACP before it."""
    return sorted(libro.evaluacion.nodos.values(), key=lambda node: _ORDER.index(node.nivel))


def write_physical(hoja: Hoja) -> None:
    """Cálculo: avance and eficacia ponderada of every node in every period, and its semaforo."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(PHYSICAL, indicators.CALCULO)
    hoja.stay_out_of_printing()
    nodes, periods, first = _rows(libro), evaluacion.periodos, hoja.first_data_row
    for number, node in enumerate(nodes):
        for i, p in enumerate(periods):
            key, row = (node.clave, p.clave), first + number
            libro.places[node.clave, "avance", p.clave] = FigurePlace(
                hoja.name, row, _figures(libro) + i, shown(evaluacion.avance[key])
            )
            libro.places[node.clave, "eficacia", p.clave] = FigurePlace(
                hoja.name, row, _figures(libro) + len(periods) + i, shown(evaluacion.eficacia[key])
            )
    _register_cuts(libro, hoja.name, nodes, first)
    levels, pesos = (evaluacion.periodo, evaluacion.acumulado), stated(evaluacion.entidad)
    parents = {child: node for node in nodes if node.clave in evaluacion.ponderacion for child in node.hijos}
    rows = [
        [
            *_named(libro, node),
            *_avances(libro, node),
            *_eficacias(libro, node),
            *_words(libro, node, levels, first + n),
            *_peso(libro, node, pesos),
            *_at_cuts(libro, node, first + n),
            *_gap(libro, node, parents),
        ]
        for n, node in enumerate(nodes)
    ]
    strong = [n for n, node in enumerate(nodes) if node.nivel != "unidad"]
    quarter = _figures(libro) + periods.index(evaluacion.periodo)
    tabla = hoja.table(PHYSICAL.tables[0], rows, strong, leading=quarter)
    hoja.freeze(tabla, 3)
    hoja.finish()


def _named(libro: Libro, node: Nodo) -> list[Cell]:
    acp = "; ".join(libro.evaluacion.acps_of(node.codigo)) if node.nivel == "unidad" else None
    code = node.clave[1] if node.nivel == "parte" else node.codigo
    level = said(libro.evaluacion, LEVEL_NAMES[node.nivel])
    return [level, code, node.nombre, code if node.nivel in ("acp", "parte") else acp]


def _avances(libro: Libro, node: Nodo) -> list[Cell]:
    periods = (*libro.evaluacion.meses, *libro.evaluacion.trimestres)
    cells = [_reached(libro, node, p, (AVANCE, p.clave)) for p in periods]
    formula = indicators.accumulated_avance_master_formula(_quarters(libro, node, "avance"))
    cells.append(Formula("=" + formula, libro.places[node.clave, "avance", ACUMULADO].value))
    return cells


def _quarters(libro: Libro, node: Nodo, indicador: str) -> str:
    quarters = libro.evaluacion.trimestres
    row, first, _, last = (
        *libro.places[node.clave, indicador, quarters[0].clave][1:3],
        *libro.places[node.clave, indicador, quarters[-1].clave][1:3],
    )
    return span(row, first, last)


def _reached(libro: Libro, node: Nodo, due: Due, figure: tuple[str, str]) -> Cell:
    """A figure of a node, by its indicator and period: of its operations, or of the same figures of its children.

    A unit has none of a period in which it did not exist.
    """
    if not node.hijos and not _of_its_time(libro, node, due):
        return MISSING
    formula = _mean_of_children(libro, node, figure) if node.hijos else _of_operations(libro, node, due)
    return Formula("=" + formula, libro.places[node.clave, *figure].value) if formula else MISSING


def _of_its_time(libro: Libro, node: Nodo, due: Due) -> bool:
    return any(libro.evaluacion.exists(member[-1], due) for member in node.miembros)


def _of_operations(libro: Libro, node: Nodo, due: Due) -> str:
    """Of a unit, or of its operations of an ACP, whose rows stand together; '' without operations."""
    tasks = libro.own_range(DATOS_OPERACIONES, node.clave, f"tareas_{due.clave}")
    points = libro.own_range(DATOS_OPERACIONES, node.clave, f"tope_{due.clave}")
    if tasks and node.codigo in libro.weighed_units:
        weights = libro.own_range(DATOS_OPERACIONES, node.clave, "peso")
        return indicators.weighted_mean_master_formula([(points, weights)])
    return indicators.unit_avance_master_formula(points, tasks) if tasks else ""


def _peso(libro: Libro, node: Nodo, pesos: Mapping[Clave, float]) -> list[Cell]:
    """What a row weighs among its siblings, where the method uses weights."""
    return [pesos.get(node.clave)] if weights_shown(libro.evaluacion) else []


def _mean_of_children(libro: Libro, node: Nodo, figure: tuple[str, str]) -> str:
    weighed = libro.evaluacion.pesos.get(node.clave)
    if weighed:
        return indicators.weighted_level_master_formula(_runs(libro, node, weighed, figure))
    rows, col = libro.rows_of(node.hijos, *figure)
    return indicators.level_avance_master_formula(column_ranges(sorted(rows), col))


def _runs(libro: Libro, node: Nodo, weighed: Sequence[Peso], figure: tuple[str, str]) -> list[tuple[str, str]]:
    """The cells of the children with those of their weights, neighbours together."""
    beside = _after_words(libro)
    pairs = sorted(
        (libro.places[child, *figure].row, libro.places[peso.clave, *figure].row)
        for child, peso in zip(node.hijos, weighed, strict=True)
    )
    col, runs = libro.places[node.clave, *figure].col, list[list[tuple[int, int]]]()
    for row, weight in pairs:
        if runs and runs[-1][-1] == (row - 1, weight - 1):
            runs[-1].append((row, weight))
        else:
            runs.append([(row, weight)])
    return [(_down(run[0][0], run[-1][0], col), _down(run[0][1], run[-1][1], beside)) for run in runs]


def _after_words(libro: Libro) -> int:
    """The column after the two semaforos of the avance: that of the weights, where there are any."""
    return _figures(libro) + 2 * len(libro.evaluacion.periodos) + 2


def _cuts(libro: Libro) -> list[tuple[str, Corte, Corte]]:
    """The quarter, what is due since January and what is due in the year, at the end of each quarter."""
    evaluacion = libro.evaluacion
    dates, years = to_date(evaluacion.trimestre), of_year(evaluacion.trimestre)
    return [(q.clave, date, year) for q, date, year in zip(evaluacion.trimestres, dates, years, strict=True)]


def _register_cuts(libro: Libro, hoja: str, nodes: Sequence[Nodo], first: int) -> None:
    """The places of what is due at the end of each quarter, and of its word."""
    evaluacion, cuts = libro.evaluacion, _cuts(libro)
    start = _after_words(libro) + weights_shown(evaluacion)
    for row, node in enumerate(nodes, start=first):
        for i, (quarter, date, _) in enumerate(cuts):
            for block, (name, values) in enumerate(
                ((A_LA_FECHA, evaluacion.a_la_fecha), (CUMPLIMIENTO, evaluacion.cumplimiento))
            ):
                col = start + block * len(cuts) + i
                value = shown(values[node.clave, quarter])
                libro.places[node.clave, name, date.clave] = FigurePlace(hoja, row, col, value)
        band = evaluacion.semaforo_a_la_fecha(node.clave)
        word = shown(band.evaluacion if band else None)
        last = start + 2 * len(cuts)
        libro.places[node.clave, "semaforo_a_la_fecha", ACUMULADO] = FigurePlace(hoja, row, last, word)
        if node.clave in evaluacion.ponderacion:
            for col, (name, own) in enumerate(_gaps(evaluacion), start=last + 1):
                place = FigurePlace(hoja, row, col, shown(own[node.clave]))
                libro.places[node.clave, name, evaluacion.periodo.clave] = place


def _gaps(evaluacion: Evaluacion) -> tuple[tuple[str, Mapping[Clave, float | None]], ...]:
    return (PONDERACION, evaluacion.ponderacion), (BRECHA, evaluacion.brecha)


def _gap(libro: Libro, node: Nodo, parents: Mapping[Clave, Nodo]) -> list[Cell]:
    """What a node weighs in the entity and what it takes from its avance; nothing of an ACP, which is no part of it."""
    quarter = libro.evaluacion.periodo.clave
    if node.clave not in libro.evaluacion.ponderacion:
        return [None, None]
    avance, share, gap = (_cell(libro, node.clave, name, quarter) for name in (AVANCE, PONDERACION, BRECHA))
    parent = parents.get(node.clave)
    formula = _share(libro, node, parent) if parent else indicators.whole_share_master_formula(avance.reference)
    lost = indicators.brecha_master_formula(share.reference, avance.reference)
    return [Formula("=" + formula, share.value), Formula("=" + lost, gap.value)]


class _Own(NamedTuple):
    """A cell of the sheet, and its value."""

    reference: str
    value: float | str


def _cell(libro: Libro, clave: Clave, name: str, periodo: str) -> _Own:
    place = libro.places[clave, name, periodo]
    return _Own(local(place.row, place.col), place.value)


def _share(libro: Libro, node: Nodo, parent: Nodo) -> str:
    quarter = libro.evaluacion.periodo.clave
    whole = _cell(libro, parent.clave, PONDERACION, quarter).reference
    own = _cell(libro, node.clave, AVANCE, quarter).reference
    weighed = libro.evaluacion.pesos.get(parent.clave)
    if not weighed:
        rows, col = libro.rows_of(parent.hijos, AVANCE, quarter)
        return indicators.share_master_formula(whole, own, column_ranges(sorted(rows), col))
    peso = weighed[parent.hijos.index(node.clave)]
    weight = local(libro.places[peso.clave, AVANCE, quarter].row, _after_words(libro))
    runs = _runs(libro, parent, weighed, (AVANCE, quarter))
    return indicators.weighted_share_master_formula(whole, own, weight, runs)


def _at_cuts(libro: Libro, node: Nodo, row: int) -> list[Cell]:
    cuts = _cuts(libro)
    dates = [_reached(libro, node, date, (A_LA_FECHA, date.clave)) for _, date, _ in cuts]
    years = [_reached(libro, node, year, (CUMPLIMIENTO, date.clave)) for _, date, year in cuts]
    judged = libro.places[node.clave, A_LA_FECHA, cuts[-1][1].clave]
    word = libro.places[node.clave, "semaforo_a_la_fecha", ACUMULADO].value
    return [*dates, *years, Formula(semaforo_formula(libro, local(row, judged.col)), word)]


def at_cut(libro: Libro, clave: Clave) -> list[Cell]:
    """The avance a la fecha of a node with its word, and its cumplimiento, at the end of the quarter."""
    cut = to_date(libro.evaluacion.trimestre)[-1].clave
    return [
        libro.at(clave, A_LA_FECHA, cut),
        libro.at(clave, "semaforo_a_la_fecha", ACUMULADO),
        libro.at(clave, CUMPLIMIENTO, cut),
    ]


def _down(first: int, last: int, col: int) -> str:
    return local(first, col) if first == last else f"{local(first, col)}:{local(last, col)}"


def _eficacias(libro: Libro, node: Nodo) -> list[Cell]:
    cells: list[Cell] = []
    for p in (*libro.evaluacion.meses, *libro.evaluacion.trimestres):
        _, row, col, _ = libro.places[node.clave, "avance", p.clave]
        formula = indicators.eficacia_ponderada_master_formula(local(row, col), p.partes)
        cells.append(Formula("=" + formula, libro.places[node.clave, "eficacia", p.clave].value))
    formula = indicators.accumulated_eficacia_master_formula(_quarters(libro, node, "eficacia"))
    cells.append(Formula("=" + formula, libro.places[node.clave, "eficacia", ACUMULADO].value))
    return cells


def _words(libro: Libro, node: Nodo, levels: Sequence[Periodo], row: int) -> list[Cell]:
    cells: list[Cell] = []
    for i, p in enumerate(levels):
        place = libro.places[node.clave, "avance", p.clave]
        band = libro.evaluacion.semaforo(node.clave, p.clave)
        word = shown(band.evaluacion if band else None)
        col = _figures(libro) + 2 * len(libro.evaluacion.periodos) + i
        libro.places[node.clave, "semaforo", p.clave] = FigurePlace(place.hoja, row, col, word)
        cells.append(Formula(semaforo_formula(libro, local(row, place.col)), word))
    return cells


def unit_counts(libro: Libro, clave: Clave) -> list[Cell]:
    """How many units a node has in the quarter, and how many of them an avance: formulas over Cálculo."""
    units = [
        libro.places[member, "avance", libro.evaluacion.periodo.clave] for member in libro.evaluacion.members(clave)
    ]
    if not units:
        return [0, 0]
    rows, present = sorted(place.row for place in units), sum(1 for place in units if place.value != MISSING)
    return [
        Formula(f"=COUNTA({column_ranges(rows, _CODE_COLUMN, CALCULO)})", len(units)),
        Formula(f"=COUNT({column_ranges(rows, units[0].col, CALCULO)})", present),
    ]


_MONEY = ("vigente", "devengado", "ejecucion")


def write_money(hoja: Hoja) -> None:
    """Cálculo_Presupuesto: vigente, devengado and ejecución by period; eficacia, eficiencia and criterio DGAA."""
    libro = hoja.libro
    hoja.start(MONEY, "Montos en Bs según el SIGEP; los totales suman montos, nunca porcentajes.")
    hoja.stay_out_of_printing()
    keys, first = _money_keys(libro), hoja.first_data_row
    for number, (clave, *_) in enumerate(keys):
        _register_money(libro, hoja.name, clave, first + number)
    rows = [
        [said(libro.evaluacion, LEVEL_NAMES[clave[0]]), clave[-1], name, acp, *_money_row(libro, clave)]
        for clave, name, acp in keys
    ]
    tabla = hoja.table(MONEY.tables[0], rows, [n for n, key in enumerate(keys) if key[0][0] != "categoria"])
    hoja.freeze(tabla, 3)
    hoja.finish()


def _money_keys(libro: Libro) -> list[tuple[Clave, str, str | None]]:
    """(key, name, ACP): categories in the order of the reports, then what they add up to."""
    entidad = libro.evaluacion.entidad
    keys: list[tuple[Clave, str, str | None]] = [
        (category_key(c.categoria), c.programa, c.acp) for c in ordered_categories(entidad)
    ]
    for group in budget_groups(entidad):
        keys.append((group, libro.evaluacion.nodos[group].nombre, group[-1] if group[0] == "acp" else None))
    return keys


def _register_money(libro: Libro, hoja: str, clave: Clave, row: int) -> None:
    evaluacion, periods = libro.evaluacion, libro.evaluacion.periodos
    figures = (evaluacion.vigente, evaluacion.devengado, evaluacion.ejecucion)
    for block, (name, values) in enumerate(zip(_MONEY, figures, strict=True)):
        for i, p in enumerate(periods):
            value = shown(values[clave, p.clave])
            libro.places[clave, name, p.clave] = FigurePlace(
                hoja, row, _figures(libro) + block * len(periods) + i, value
            )
    col = _figures(libro) + len(_MONEY) * len(periods)
    if clave[0] == "categoria":
        for i, p in enumerate((evaluacion.periodo, evaluacion.acumulado)):
            libro.places[clave, "eficacia", p.clave] = FigurePlace(
                hoja, row, col + i, shown(evaluacion.eficacia[clave, p.clave])
            )
    libro.places[clave, "eficiencia", ACUMULADO] = FigurePlace(hoja, row, col + 2, shown(evaluacion.eficiencia[clave]))
    level = evaluacion.criterio(clave)
    libro.places[clave, "criterio", ACUMULADO] = FigurePlace(
        hoja, row, col + 3, shown(level.evaluacion if level else None)
    )


def _money_row(libro: Libro, clave: Clave) -> list[Cell]:
    periods = libro.evaluacion.periodos
    made = [_amount(libro, clave, name, p) for name in ("vigente", "devengado") for p in periods]
    for p in periods:
        part, whole = (_own(libro, clave, name, p.clave) for name in ("devengado", "vigente"))
        formula = indicators.ejecucion_master_formula(part, whole)
        made.append(Formula("=" + formula, libro.places[clave, "ejecucion", p.clave].value))
    return [*made, *_judgement(libro, clave)]


def _own(libro: Libro, clave: Clave, name: str, periodo: str) -> str:
    place = libro.places[clave, name, periodo]
    return local(place.row, place.col)


def _amount(libro: Libro, clave: Clave, name: str, p: Periodo) -> Cell:
    value = libro.places[clave, name, p.clave].value
    if clave[0] == "categoria":
        reference = _latest(libro, clave, p) if name == "vigente" else _spent(libro, clave, p)
        if value == MISSING or not reference:
            return value
        return Formula("=" + reference, value)
    rows, col = libro.rows_of(budget_groups(libro.evaluacion.entidad)[clave], name, p.clave)
    return Formula("=" + indicators.total_formula(column_ranges(sorted(rows), col)), value) if rows else MISSING


def _sigep(libro: Libro, clave: Clave, months: Iterable[int], column: str) -> list[str]:
    cells = (libro.own_range(DATOS_SIGEP, (*clave, str(mes)), column) for mes in months)
    return [cell.split(":")[0] for cell in cells if cell]


def _latest(libro: Libro, clave: Clave, p: Periodo) -> str:
    known = _sigep(libro, clave, range(1, p.hasta + 1), "vigente")
    return known[-1] if known else ""


def _spent(libro: Libro, clave: Clave, p: Periodo) -> str:
    """The sum over the months of the period that have a report (their rows stand together)."""
    known = _sigep(libro, clave, range(p.desde, p.hasta + 1), "devengado")
    if not known:
        return ""
    return f"SUM({known[0]}:{known[-1].split('!')[1]})"


def _judgement(libro: Libro, clave: Clave) -> list[Cell]:
    evaluacion = libro.evaluacion
    cells: list[Cell] = []
    source = evaluacion.eficacia_de.get(clave) if clave[0] == "categoria" else clave
    for p in (evaluacion.periodo, evaluacion.acumulado):
        cells.append(libro.at(source, "eficacia", p.clave) if source else MISSING)
    row, col = libro.places[clave, "eficiencia", ACUMULADO][1:3]
    executed = _own(libro, clave, "ejecucion", ACUMULADO)
    eficacia = local(row, col - 1)
    formula = indicators.eficiencia_master_formula(eficacia, executed)
    cells.append(Formula("=" + formula, libro.places[clave, "eficiencia", ACUMULADO].value))
    cells.append(Formula(criterio_formula(libro, executed), libro.places[clave, "criterio", ACUMULADO].value))
    return cells


WRITERS = {PHYSICAL: write_physical, MONEY: write_money}
