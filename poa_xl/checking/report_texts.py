"""The sheet Textos_informe of the entity workbook: placeholders that name no figure of the entity.

Which figures a master has depends on its quarter: what is asked here is whether the words are those of ids, and whether
there is such a node. The report asks again.
"""

from collections.abc import Collection, Mapping
from difflib import get_close_matches

from poa_xl.checking.report import Report
from poa_xl.figures import FigureError, FigureId, parse
from poa_xl.figures.vocabulary import ALIASES, ENTITY, QUARTER
from poa_xl.messages import figures as words
from poa_xl.reading import as_records
from poa_xl.report_texts import is_open, placeholders
from poa_xl.sheets import TRIMESTRES

KEY, TEXT = "textos_informe", "texto"
NOT_A_FIGURE, OPEN, TYPED = "INF-003", "INF-004", "INF-005"
Nodes = Mapping[str, Collection[str]]  # level -> what its nodes are called; levels that are not there are not asked

# Level -> the sheet and the column that name its nodes.
_NAMED = {
    "servicio": ("areas", "servicio"),
    "area": ("areas", "area"),
    "grupo": ("unidades", "grupo"),
    "subgrupo": ("unidades", "subgrupo"),
    "unidad": ("unidades", "unidad"),
    "acp": ("acp", "acp"),
    "categoria": ("categorias", "categoria"),
    "fuente": ("fuentes", "fuente"),
}
_PARTS = "/"  # between the area and the group in the code of a group


def check(report: Report) -> None:
    """A finding for each placeholder that can be no figure, and for braces that hold none."""
    table = report.book.tables.get(KEY)
    if table is None:
        return
    nodes = _nodes(report)
    shown = example(next(iter(nodes.get(ENTITY, ())), "SIGLA"))
    for row, record in as_records(table).items():
        text = str(record[TEXT] or "")
        if is_open(text):
            report.add(OPEN, table, TEXT, row, esperado=shown)
        for named in placeholders(text):
            if why := _why_not(named, nodes):
                report.add(NOT_A_FIGURE, table, TEXT, row, named, pista=f" {why}", esperado=shown)


def example(sigla: str) -> str:
    """A placeholder that there is."""
    return f"{{{{{sigla}.avance.{QUARTER}}}}}"


def _nodes(report: Report) -> Nodes:
    tables = report.book.tables
    given = (r["valor"] for r in as_records(tables["parametros"]).values() if r["parametro"] == "sigla")
    sigla = [str(value) for value in given if value is not None]
    found: dict[str, Collection[str]] = {ENTITY: sigla, "fuentes": sigla} if sigla else {}
    for level, (key, column) in _NAMED.items():
        found[level] = {str(value) for value in tables[key].values.get(column, ()) if value is not None}
    return found


def _why_not(named: str, nodes: Nodes) -> str:
    """What is wrong with an id; '' where nothing is."""
    node, _, period = named.rpartition(".")
    try:
        id = parse(f"{node}.{TRIMESTRES[0] if period in ALIASES else period}")  # noqa: A001
    except FigureError as error:
        return str(error)
    asked = (id.level,) if id.level else tuple(dict.fromkeys((ENTITY, *nodes)))
    levels = [level for level in asked if level not in nodes or _is_there(id, nodes[level])]
    own = [level for level in levels if level != "fuentes" or id.level]  # the sources have a level of their own
    if ENTITY in own or len(own) == 1:
        return ""
    if own:
        return words.several(named, [f"{level}:{named}" for level in own])
    known = [name for level in asked for name in nodes[level]]
    return words.not_there(named, [f"{near}.{id.indicator}.{period}" for near in get_close_matches(id.code, known)])


def _is_there(id: FigureId, names: Collection[str]) -> bool:  # noqa: A002
    return id.code in names or (_PARTS in id.code and id.code.rpartition(_PARTS)[2] in names)
