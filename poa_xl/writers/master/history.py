"""Histórico: the published figures of closed periods, as they are, beside those of this evaluation."""

from poa_xl.evaluation import ACUMULADO, Clave, Nodo, Periodo
from poa_xl.evaluation.money import difference
from poa_xl.indicators import mean
from poa_xl.writers.formats import COUNT, TEXT
from poa_xl.writers.master import charts
from poa_xl.writers.master.book import Cell, Formula, Libro, difference_formula, local, mean_formula, shown, span
from poa_xl.writers.master.calculation import unit_counts
from poa_xl.writers.master.sheet import Columna, Hoja, Tabla, text_columna

ENTIDAD, EXTERIOR = "entidad", "exterior"
_WHOLE_YEAR = "Gestión"
Published = dict[tuple[str, int, str, str], float]  # (code, gestion, period, indicator) -> value


def write(hoja: Hoja) -> None:
    """The series of the entity by area and of its groups, each with a chart."""
    libro = hoja.libro
    hoja.start(
        "Evaluación de desempeño: serie histórica del avance físico",
        "Lo publicado no se recalcula. Diferencia = calculado en esta evaluación menos publicado.",
    )
    nodes = libro.evaluacion.nodos
    root = nodes[libro.evaluacion.raiz]
    areas = [root, *(key for key in nodes.values() if key.nivel in ("servicio", "area"))]
    published = _published(libro, ENTIDAD)
    # Services stand in the series only where something was published for them.
    rows = [n for n in areas if n.nivel != "servicio" or any(code == n.codigo for code, *_ in published)]
    hoja.heading(f"Avance físico por área: {libro.evaluacion.entidad.sigla}")
    _series(hoja, [(n, (n.codigo,)) for n in rows], published, with_groups=False)
    groups = _groups(libro)
    if groups:
        hoja.heading("Avance físico por grupo")
        _series(hoja, groups, _published(libro, EXTERIOR), with_groups=True)
    hoja.finish()


def _published(libro: Libro, cuadro: str) -> Published:
    return {
        (h.codigo, h.gestion, h.periodo, h.indicador): h.valor
        for h in libro.evaluacion.entidad.historico
        if h.cuadro == cuadro
    }


def _groups(libro: Libro) -> list[tuple[Nodo, tuple[str, ...]]]:
    """Groups and subgroups of the areas with several groups, then the area; each with the codes it may be under."""
    nodes = libro.evaluacion.nodos
    found: list[tuple[Nodo, tuple[str, ...]]] = []
    for service in nodes[libro.evaluacion.raiz].hijos:
        areas = nodes[service].hijos
        for area in (nodes[key] for key in areas if len(nodes[key].hijos) > 1):
            for group in (nodes[key] for key in area.hijos):
                subgroups = [nodes[key] for key in group.hijos if key[0] == "subgrupo"]
                # A subgroup that is called as its group takes the published figures of that name.
                own = () if any(s.codigo == group.codigo for s in subgroups) else (group.codigo,)
                found += [(group, own), *((s, (s.codigo,)) for s in subgroups)]
            codes = (area.codigo, *((service[-1],) if len(areas) == 1 else ()))
            found.append((area, codes))
    return found


def _figure(published: Published, codes: tuple[str, ...], gestion: int, periodo: str, indicador: str) -> float | None:
    return next((v for c in codes if (v := published.get((c, gestion, periodo, indicador))) is not None), None)


def _years(libro: Libro, published: Published) -> list[int]:
    gestion = libro.evaluacion.entidad.gestion
    return sorted({year for _, year, period, _ in published if period == _WHOLE_YEAR and year < gestion})


def _series(hoja: Hoja, rows: list[tuple[Nodo, tuple[str, ...]]], published: Published, with_groups: bool) -> None:
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    years, gestion = _years(libro, published), evaluacion.entidad.gestion
    compared = [
        q
        for q in evaluacion.trimestres
        if any((year, period) == (gestion, q.corto) for _, year, period, _ in published)
    ]
    columns = _columns(libro, years, compared, with_groups)
    first = hoja.first_data_row
    cells = [
        _row(libro, node, codes, published, years, compared, first + number, with_groups)
        for number, (node, codes) in enumerate(rows)
    ]
    strong = [i for i, (node, _) in enumerate(rows) if node.nivel in ("entidad", "area" if with_groups else "entidad")]
    tabla = hoja.table(columns, cells, strong)
    _chart(hoja, tabla, columns, "Avance físico por grupo" if with_groups else "Avance físico por área")


def _columns(libro: Libro, years: list[int], compared: list[Periodo], with_groups: bool) -> list[Columna]:
    columns = [text_columna("Código", 20), text_columna("Área o grupo", 48)]
    if with_groups:
        columns.append(Columna("Unidades", 10, COUNT))
        columns += [Columna(f"Eficacia {year}", 11) for year in years]
    columns += [Columna(f"Avance {year}", 11) for year in years]
    if years:
        columns.append(Columna(f"Promedio {years[0]}-{years[-1]}" if len(years) > 1 else "Promedio", 12))
    for q in libro.evaluacion.trimestres:
        columns.append(Columna(f"Avance {q.corto}", 11))
        if q in compared:
            columns += [Columna(f"Publicado {q.corto}", 11), Columna(f"Diferencia {q.corto}", 11)]
    return [*columns, Columna("Avance acumulado", 11), Columna("Semáforo", 16, TEXT, "semaforo")]


def _row(
    libro: Libro,
    node: Nodo,
    codes: tuple[str, ...],
    published: Published,
    years: list[int],
    compared: list[Periodo],
    row: int,
    with_groups: bool,
) -> list[Cell]:
    gestion = libro.evaluacion.entidad.gestion
    cells: list[Cell] = [node.codigo, node.nombre]
    if with_groups:
        cells.append(unit_counts(libro, node.clave)[0])
        cells += [shown(_figure(published, codes, year, _WHOLE_YEAR, "eficacia")) for year in years]
    past = [_figure(published, codes, year, _WHOLE_YEAR, "avance") for year in years]
    cells += [shown(value) for value in past]
    if years:
        ranges = span(row, len(cells) - len(years), len(cells) - 1)
        cells.append(Formula(mean_formula(ranges), shown(mean(past))))
    for q in libro.evaluacion.trimestres:
        cells.append(libro.at(node.clave, "avance", q.clave))
        if q in compared:
            cells += _compared(
                libro, node.clave, q, _figure(published, codes, gestion, q.corto, "avance"), row, len(cells)
            )
    return [*cells, libro.at(node.clave, "avance", ACUMULADO), libro.at(node.clave, "semaforo", ACUMULADO)]


def _compared(libro: Libro, clave: Clave, q: Periodo, frozen: float | None, row: int, col: int) -> list[Cell]:
    """The published figure, in column `col`, and how far the computed one (just before it) is from it."""
    value = difference(libro.evaluacion.avance[clave, q.clave], frozen)
    return [shown(frozen), Formula(difference_formula(local(row, col - 1), local(row, col)), shown(value))]


def _chart(hoja: Hoja, tabla: Tabla, columns: list[Columna], titulo: str) -> None:
    """One series a year and a quarter: the published years and what this evaluation computed."""
    series = [i for i, c in enumerate(columns) if c.titulo.startswith("Avance ")]
    charts.columns(hoja, tabla, titulo, series, whole=True)
