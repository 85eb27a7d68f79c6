"""Portada, Índice and the sheets of section 3 and 4: Articulación, Relación POA, Áreas."""

from collections import Counter
from collections.abc import Iterator, Sequence

from poa_xl.baseline import document
from poa_xl.baseline.plan import PlanVersion
from poa_xl.entity import SERVICIO, Entidad
from poa_xl.evaluation import Clave, Nodo
from poa_xl.figures.vocabulary import QUARTER
from poa_xl.findings import SubmissionState
from poa_xl.master_tables import front as tables, terms
from poa_xl.master_tables.table import PeriodWords
from poa_xl.messages import absence, baseline as words
from poa_xl.messages.ledger import COVER_HEAD
from poa_xl.sheets import NOMBRES_MESES
from poa_xl.writers.master.book import (
    DATOS_OPERACIONES,
    DATOS_TAREAS,
    Cell,
    Formula,
    Libro,
    column_ranges,
)
from poa_xl.writers.master.calculation import unit_counts
from poa_xl.writers.master.criteria import methods
from poa_xl.writers.master.sheet import INDICE, Hoja
from poa_xl.writers.master.words import date, of_period
from poa_xl.writers.xlsx.formats import MISSING

_OF_UNITS = ("con_informacion", "sin_informacion")  # the last facts of the cover
_COUNTED = (("operaciones", "Operaciones"), ("actividades", "Actividades"), ("tareas", "Tareas"))


def write_cover(hoja: Hoja) -> None:
    """Portada: what is evaluated, the key figures, the method and what arrived."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    entidad = evaluacion.entidad
    hoja.start(
        tables.COVER,
        f"{entidad.nombre} ({entidad.sigla}) · Entidad {entidad.codigo}",
    )
    hoja.on_one_page(tables.COVER_WIDTHS)
    for text in (absence.partial(evaluacion.faltantes), *_without_sigep(entidad, evaluacion.acumulado.hasta)):
        hoja.warning(text)
    hoja.heading(tables.EVALUATED_TABLE)
    hoja.table(tables.EVALUATED_TABLE, _evaluated(libro), to_the_end=True)
    hoja.heading(tables.KEY_FIGURES_TABLE)
    _key_figures(hoja)
    hoja.heading(tables.RECEIVED_TABLE)
    _received(hoja)
    hoja.note("El nombre, la huella SHA-256 y el estado de cada archivo están en la hoja Entregas.")
    hoja.note(
        "Todas las cifras son fórmulas: siga sus referencias hasta la fila de la tarea y el archivo del que salió."
    )
    hoja.finish()


def _without_sigep(entidad: Entidad, last: int) -> list[str]:
    """What SIGEP's figures lack up to the cut, and what that does to the figures below."""
    told = []
    if absent := entidad.months_without_report(last):
        months = ", ".join(NOMBRES_MESES[mes - 1] for mes in absent)
        told.append(
            f"SIN DATOS DEL SIGEP de {months}: la ejecución, la eficiencia y el criterio de la ejecución de los "
            "periodos con esos meses son n/a."
        )
    if gaps := entidad.gaps(last):
        names = ", ".join(list(gaps)[:_NAMED]) + ("…" if len(gaps) > _NAMED else "")
        categories = "1 categoría" if len(gaps) == 1 else f"{len(gaps)} categorías"
        told.append(
            f"SIGEP INCOMPLETO: faltan meses de {categories} ({names}), que suman como meses sin devengado: la "
            "ejecución puede ser otra. Vea la hoja Observaciones."
        )
    return told


_NAMED = 8  # categories that the cover names


def _evaluated(libro: Libro) -> list[list[Cell]]:
    evaluacion = libro.evaluacion
    method: list[list[Cell]] = [[name, value] for name, value in methods(evaluacion)]
    ledger: list[list[Cell]] = [[COVER_HEAD, libro.registro]] if libro.registro else []
    plan: list[list[Cell]] = []
    if libro.plan:
        said = words.plan_version(libro.plan.version, libro.plan.resolucion)
        plan = [[tables.PLAN, said], [tables.PLAN_HASH, document.hash_of(libro.plan)]]
    return [
        [tables.GESTION, str(evaluacion.entidad.gestion)],
        [tables.PERIOD, of_period(evaluacion, evaluacion.periodo).capitalize()],
        [tables.CUT, date(libro.corte)],
        [tables.ENTITY_WORKBOOK, libro.fuente[0]],
        [tables.ENTITY_HASH, libro.fuente[1]],
        *plan,
        *ledger,
        *method,
    ]


def _key_figures(hoja: Hoja) -> None:
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    root, periods = evaluacion.raiz, (evaluacion.periodo, evaluacion.acumulado)
    figures = (
        ("ejecucion", terms.EJECUCION),
        ("eficacia", terms.EFICACIA),
        ("avance", terms.AVANCE),
        ("semaforo", terms.SEMAFORO),
    )
    own = evaluacion.entidad.nombres
    rows: list[list[Cell]] = [
        [own.said(titulo), *(libro.at(root, name, p.clave) for p in periods)] for name, titulo in figures
    ]
    # These two are of the gestion up to the quarter only.
    rows.append([terms.EFICIENCIA, None, libro.at(root, "eficiencia")])
    rows.append([own.said(terms.CRITERIO), None, libro.at(root, "criterio")])
    tabla = hoja.table(tables.KEY_FIGURES_TABLE, rows, range(len(rows)))
    for col in (1, 2):
        hoja.paint("semaforo", tabla.first + 3, tabla.first + 3, col)
        hoja.paint("criterio", tabla.last, tabla.last, col)


def _received(hoja: Hoja) -> None:
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    expected = evaluacion.nodos[evaluacion.raiz].unidades
    states = Counter(s.estado for s in libro.submissions)
    by_state: list[list[Cell]] = [
        [tables.FILES_IN_STATE.format(estado=state), states[state]] for state in SubmissionState
    ]
    entidad, quarter = evaluacion.entidad, evaluacion.trimestre
    due = len(entidad.senders(quarter))
    units: list[list[Cell]] = [
        [tables.UNITS, due],
        [tables.UNITS_WITH, len(expected) - len(evaluacion.faltantes)],
        [tables.UNITS_WITHOUT, len(evaluacion.faltantes)],
    ]
    if due < len(expected):
        units.insert(1, [tables.UNITS_ENDED, len(expected) - due])
    facts: list[list[Cell]] = [[tables.FILES, len(libro.submissions)], *by_state, *units]
    written = hoja.table(tables.RECEIVED_TABLE, facts, to_the_end=True)
    for row, name in enumerate(_OF_UNITS, start=written.last - len(_OF_UNITS) + 1):
        libro.note_figure(evaluacion.raiz, name, QUARTER, (hoja.name, row, 1))


def write_index(hoja: Hoja) -> None:
    """Índice: a link to every table."""
    entries = [entry for entry in hoja.libro.index if entry[0] != INDICE]
    hoja.start(tables.INDEX, "Pulse sobre un título para ir al cuadro.")
    link = hoja.libro.formats.back()
    tabla = hoja.table(tables.INDEX_TABLE, [[sheet, title] for sheet, _, title in entries])
    for row, (sheet, cell, title) in enumerate(entries, start=tabla.first):
        hoja.worksheet.write_url(row, 1, f"internal:'{sheet}'!{cell}", link, title)
    hoja.freeze(tabla)
    hoja.finish()


def write_articulation(hoja: Hoja) -> None:
    """Articulación: vision and mission, medium-term actions and the short-term actions that serve them."""
    entidad = hoja.libro.evaluacion.entidad
    hoja.start(tables.ARTICULATION, entidad.nombre)
    names = {a.area: a.nombre for a in entidad.areas}
    acps = sorted(entidad.acps, key=lambda a: [b.amp for b in entidad.acps].index(a.amp))
    hoja.table(tables.ACPS_TABLE, [[a.amp, a.acp, a.denominacion, names.get(a.area, a.area)] for a in acps])
    horizon: list[list[Cell]] = [[t, None, v] for t, v in (("Visión", entidad.vision), ("Misión", entidad.mision)) if v]
    if horizon:
        hoja.heading(tables.HORIZON_TABLE)
        hoja.table(tables.HORIZON_TABLE, horizon)
    hoja.finish()


def _services(libro: Libro) -> list[Nodo]:
    """The services; the entity as the only one, where it has none."""
    nodes, root = libro.evaluacion.nodos, libro.evaluacion.nodos[libro.evaluacion.raiz]
    return [nodes[key] for key in root.hijos] if SERVICIO in libro.evaluacion.entidad.levels else [root]


def write_relation(hoja: Hoja) -> None:
    """Relación POA: how much of the POA each service has, beside the published counts of the quarter before."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    entidad, before = evaluacion.entidad, f"{evaluacion.trimestre - 1}T"
    published = {
        (h.codigo, h.indicador): h.valor
        for h in entidad.historico
        if h.cuadro == "relacion" and h.gestion == entidad.gestion and h.periodo == before
    }
    help_text = of_period(evaluacion, evaluacion.periodo).capitalize()
    if published:
        help_text += f". Operaciones, actividades y tareas del {before}: las publicadas."
    hoja.start(tables.RELATION, help_text)
    actions = _actions(entidad)
    rows: list[list[Cell]] = [[_ACTIONS[name], entidad.sigla, n] for name, n in actions.items()]
    counts: list[list[Cell]] = [
        [titulo, node.nombre, _count(libro, node, name)] for name, titulo in _COUNTED for node in _services(libro)
    ]
    rows += counts
    rows.append([terms.VIGENTE, entidad.sigla, libro.at(evaluacion.raiz, "vigente", evaluacion.periodo.clave)])
    if published:
        keys = [(node.codigo, name) for name, _ in _COUNTED for node in _services(libro)]
        frozen = [published.get(key, MISSING) for key in keys]
        vigente = libro.at(evaluacion.raiz, "vigente", evaluacion.trimestres[-2].clave)
        earlier: list[Cell] = [*actions.values(), *frozen, vigente]
        rows = [[*row[:2], value, row[2]] for row, value in zip(rows, earlier, strict=True)]
    versions = _plan_versions(libro)
    rows = [
        [*row[:-1], *of_plan, row[-1]]
        for row, of_plan in zip(rows, _of_plan(libro, versions, len(actions)), strict=True)
    ]
    spans = {
        terms.QUARTER_BEFORE: [PeriodWords(before, before)] if published else [],
        terms.PLAN_VERSIONS: [PeriodWords("", _named(version)) for version in versions],
    }
    written = hoja.table(tables.RELATION_TABLE, rows, spans=spans)
    shown = [(evaluacion.raiz, name) for name in actions]
    shown += [(node.clave, name) for name, _ in _COUNTED for node in _services(libro)]
    for row, (clave, name) in enumerate(shown, start=written.first):
        libro.note_figure(clave, name, QUARTER, (hoja.name, row, len(written.columns) - 1))
    hoja.freeze(written)
    hoja.finish()


_ACTIONS = {
    "acciones_mediano_plazo": "Acciones de mediano plazo",
    "acciones_corto_plazo": "Acciones de corto plazo",
}


def _actions(entidad: Entidad) -> dict[str, int]:
    """How many AMPs and ACPs there are; nothing where the entity has none."""
    amps = {a.amp for a in entidad.acps}
    return dict(zip(_ACTIONS, (len(amps), len(entidad.acps)), strict=True)) if amps else {}


def _plan_versions(libro: Libro) -> tuple[PlanVersion, ...]:
    return (*libro.plan.anteriores, libro.plan.as_version("")) if libro.plan else ()


def _named(version: PlanVersion) -> str:
    return f"v{version.version} ({version.resolucion})" if version.resolucion else f"v{version.version}"


def _of_plan(libro: Libro, versions: Sequence[PlanVersion], actions: int) -> Iterator[list[Cell]]:
    """What each version of the plan had, row by row; it says nothing of AMPs, of ACPs and of money."""
    nothing: list[Cell] = [None for _ in versions]
    yield from [nothing] * actions
    for place, _ in enumerate(_COUNTED):
        for node in _services(libro):
            yield [sum(v.conteos[u][place] for u in node.unidades if u in v.conteos) for v in versions]
    yield nothing


def _count(libro: Libro, node: Nodo, name: str) -> Cell:
    """Operations, activities or tasks of a node: a formula over the rows of its units."""
    value = getattr(libro.evaluacion.conteo[node.clave], name)
    sheet, column, function = {
        "operaciones": (DATOS_OPERACIONES, "operacion", "COUNTA"),
        "actividades": (DATOS_TAREAS, "actividad_nueva", "SUM"),
        "tareas": (DATOS_TAREAS, "unidad", "COUNTA"),
    }[name]
    rows = sorted(
        row
        for unidad in (member[-1] for member in libro.evaluacion.members(node.clave))
        if (sheet, ("unidad", unidad)) in libro.rows
        for row in range(libro.rows[sheet, ("unidad", unidad)][0], libro.rows[sheet, ("unidad", unidad)][1] + 1)
    )
    if not rows:
        return 0
    return Formula(f"={function}({column_ranges(rows, libro.columns[sheet, column], sheet)})", value)


def write_areas(hoja: Hoja) -> None:
    """Áreas: how many units each service, area and group has, and how many have an avance in the quarter."""
    libro, evaluacion = hoja.libro, hoja.libro.evaluacion
    hoja.start(tables.AREAS, evaluacion.entidad.nombre)
    rows: list[list[Cell]] = []
    claves: list[Clave] = []
    strong: list[int] = []
    for service in _services(libro):
        for area in service.hijos:
            groups = evaluacion.nodos[area].grupos
            for group in groups:
                names = [service.nombre, evaluacion.nodos[area].nombre, evaluacion.nodos[group].nombre]
                rows.append([*names, *unit_counts(libro, group)])
            claves += groups or (area,)
            if not groups:
                rows.append([service.nombre, evaluacion.nodos[area].nombre, None, *unit_counts(libro, area)])
        if service.clave == evaluacion.raiz:
            continue
        strong.append(len(rows))
        claves.append(service.clave)
        rows.append([tables.SUBTOTAL.format(nombre=service.nombre), None, None, *unit_counts(libro, service.clave)])
    strong.append(len(rows))
    total: list[Cell] = [tables.TOTAL, None] if SERVICIO in evaluacion.entidad.levels else [None, tables.TOTAL]
    rows.append([*total, None, *unit_counts(libro, evaluacion.raiz)])
    hoja.freeze(hoja.table(tables.AREAS_TABLE, rows, strong, claves=[*claves, evaluacion.raiz]))
    hoja.finish()


WRITERS = {
    tables.COVER: write_cover,
    tables.INDEX: write_index,
    tables.ARTICULATION: write_articulation,
    tables.RELATION: write_relation,
    tables.AREAS: write_areas,
}
