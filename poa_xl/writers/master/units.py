"""The tables by unit: Unidades, Resumen de indicadores and the annexes of the areas with several groups."""

from poa_xl import indicators
from poa_xl.entity import GRUPO
from poa_xl.evaluation import ACUMULADO, Clave, Nodo
from poa_xl.master_tables import units as tables
from poa_xl.master_tables.terms import LEVEL_NAMES
from poa_xl.writers.master import charts, unit_changes
from poa_xl.writers.master.book import Cell, Formula, Libro
from poa_xl.writers.master.calculation import at_cut
from poa_xl.writers.master.headings import said
from poa_xl.writers.master.sheet import Hoja

_IN_ANNEXES = "Las unidades de las áreas con varios grupos están en los anexos."


def _areas(libro: Libro, several_groups: bool) -> list[Nodo]:
    nodes = libro.evaluacion.nodos.values()
    return [n for n in nodes if n.nivel == "area" and n.hijos and (len(n.grupos) > 1) == several_groups]


def write_units(hoja: Hoja) -> None:
    """Unidades: a block for each area of one group, with whole-number labels in its chart."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    quarter = evaluacion.periodo
    hoja.start(
        tables.UNITS,
        said(evaluacion, _IN_ANNEXES) if GRUPO in evaluacion.entidad.levels else "",
    )
    for area in _areas(libro, several_groups=False):
        hoja.heading(tables.UNITS_TABLE, nombre=area.nombre)
        rows: list[list[Cell]] = [[None, area.codigo, area.nombre, *_quarter(libro, area.clave)]]
        for number, (*_, unidad) in enumerate(evaluacion.members(area.clave), start=1):
            key = ("unidad", unidad)
            rows.append([number, unidad, evaluacion.nodos[key].nombre, *_quarter(libro, key)])
        tabla = hoja.table(tables.UNITS_TABLE, rows, [0])
        charts.bars(hoja, tabla, f"Avance físico {quarter.corto} - {area.nombre}", 3, names=1)
    hoja.finish()


def _quarter(libro: Libro, clave: Clave) -> list[Cell]:
    quarter = libro.evaluacion.periodo.clave
    return [libro.at(clave, "avance", quarter), libro.at(clave, "semaforo", quarter)]


def _summary_nodes(libro: Libro) -> list[Nodo]:
    """Entity, services, areas with their units; of an area with several groups, its groups and subgroups instead."""
    nodes, found = libro.evaluacion.nodos, [libro.evaluacion.nodos[libro.evaluacion.raiz]]
    for below in (nodes[key] for key in found[0].hijos):
        if below.nivel == "area":
            found += [below, *_below_area(libro, below)]
            continue
        found.append(below)
        for area in (nodes[key] for key in below.hijos):
            # The only area of a service is the service.
            found += [area] if len(below.hijos) > 1 else []
            found += _below_area(libro, area)
    return found


def _below_area(libro: Libro, area: Nodo) -> list[Nodo]:
    nodes = libro.evaluacion.nodos
    if len(area.grupos) < 2:
        return [nodes["unidad", u] for u in area.unidades]
    groups = [nodes[key] for key in area.grupos]
    return [n for g in groups for n in (g, *(nodes[key] for key in g.hijos if key[0] == "subgrupo"))]


def _acps(libro: Libro, node: Nodo) -> str:
    """The ACPs of a unit's operations, or the one that all units of a group share."""
    if node.nivel in ("entidad", "servicio", "area"):
        return ""
    acps = {"; ".join(libro.evaluacion.acps_of(u)) for u in node.unidades}
    return acps.pop() if len(acps) == 1 else ""


def write_summary(hoja: Hoja) -> None:
    """Resumen de indicadores: avance and eficacia of every level in each quarter."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(
        tables.SUMMARY,
        (indicators.PESOS if evaluacion.entidad.metodo == indicators.POR_PESOS else indicators.AVANCE_NIVEL).short,
    )
    periods = (*evaluacion.trimestres, evaluacion.acumulado)
    nodes = _summary_nodes(libro)
    ideal = Formula("=" + libro.constants["rango_ideal"], indicators.rango_ideal(evaluacion.trimestre))
    rows: list[list[Cell]] = []
    for node in nodes:
        figures = [libro.at(node.clave, name, p.clave) for p in periods for name in ("avance", "eficacia")]
        units = len(evaluacion.members(node.clave))
        name = f"{node.nombre} ({units})" if node.nivel in ("grupo", "subgrupo") else node.nombre
        word = libro.at(node.clave, "semaforo", ACUMULADO)
        rows.append(
            [
                said(libro.evaluacion, LEVEL_NAMES[node.nivel]),
                name,
                _acps(libro, node),
                *figures,
                word,
                *at_cut(libro, node.clave),
                ideal,
            ]
        )
    strong = [i for i, node in enumerate(nodes) if node.nivel in ("entidad", "servicio", "area")]
    hoja.freeze(hoja.table(tables.SUMMARY_TABLE, rows, strong), 2)
    unit_changes.write(hoja)
    hoja.finish()


def annex_groups(libro: Libro) -> list[Nodo]:
    """The groups that have an annex sheet, in order."""
    return [libro.evaluacion.nodos[key] for area in _areas(libro, several_groups=True) for key in area.grupos]


def write_annex(hoja: Hoja, group: Nodo, number: int) -> None:
    """An annex: the units of a group, by subgroup, with the avance of each quarter."""
    libro, nodes = hoja.libro, hoja.libro.evaluacion.nodos
    hoja.start(tables.ANNEX, libro.evaluacion.entidad.nombre, numero=number, nombre=group.nombre)
    subgroups = [nodes[key] for key in group.hijos if key[0] == "subgrupo"]
    for node in subgroups or [group]:
        hoja.heading(tables.ANNEX_TABLE, nombre=node.nombre, unidades=len(node.unidades))
        _annex_table(hoja, node)
    if subgroups:
        hoja.heading(tables.ANNEX_SUMMARY_TABLE, nombre=group.nombre, unidades=len(group.unidades))
        _annex_summary(hoja, group, subgroups)
    hoja.finish()


def _annex_row(libro: Libro, node: Nodo, first: list[Cell]) -> list[Cell]:
    periods = (*libro.evaluacion.trimestres, libro.evaluacion.acumulado)
    word = libro.at(node.clave, "semaforo", libro.evaluacion.periodo.clave)
    return [*first, *(libro.at(node.clave, "avance", p.clave) for p in periods), word]


def _annex_table(hoja: Hoja, node: Nodo) -> None:
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    rows = [
        _annex_row(libro, evaluacion.nodos["unidad", u], [n, u, evaluacion.nodos["unidad", u].nombre])
        for n, u in enumerate(node.unidades, start=1)
    ]
    rows.append(_annex_row(libro, node, [None, "Promedio", node.nombre]))
    tabla = hoja.table(tables.ANNEX_TABLE, rows, [len(rows) - 1])
    at = 2 + evaluacion.trimestre
    charts.bars(hoja, tabla, f"{node.nombre}: avance físico {evaluacion.periodo.corto}", at, names=1)


def _annex_summary(hoja: Hoja, group: Nodo, subgroups: list[Nodo]) -> None:
    rows = [_annex_row(hoja.libro, node, [None, str(len(node.unidades)), node.nombre]) for node in subgroups]
    rows.append(_annex_row(hoja.libro, group, [None, "Promedio", group.nombre]))
    hoja.table(tables.ANNEX_SUMMARY_TABLE, rows, [len(rows) - 1])


WRITERS = {
    tables.UNITS: write_units,
    tables.SUMMARY: write_summary,
}
