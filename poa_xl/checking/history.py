"""The sheet Historico of the entity workbook: figures as fractions, and figures that no table of the master shows."""

from collections.abc import Iterable, Mapping

from poa_xl import cells, indicators, titles
from poa_xl.cells import Value
from poa_xl.checking.report import Report
from poa_xl.entity import Entidad
from poa_xl.evaluation import published, tree
from poa_xl.evaluation.published import ENTIDAD, EXTERIOR, WHOLE_YEAR
from poa_xl.messages import entity as words
from poa_xl.reading import Table, as_records

KEY = "historico"
RELACION = "relacion"  # beside the two series of `evaluation.published`
_POINTS = ("avance", "eficacia")
_COUNTS = ("operaciones", "actividades", "tareas")
_MOST_AS_FRACTION = 1.5  # no figure of a whole series is so small in points, and none so large as a part of one
_FIRST_YEAR = 2000
Record = Mapping[str, Value]
Rows = Mapping[int, Record]
Serie = tuple[Value, ...]  # what the figures of a series have in common


def check(report: Report, gestion: int | None) -> None:
    """Say which figures are parts of one, and which are not shown in the evaluation of a gestion (None: not known)."""
    table = report.book.tables[KEY]
    rows = report.sound(table)
    _fractions(report, table, rows)
    told = _codes(report, table, rows)
    if gestion is not None:
        reasons = {row: _reason(r, gestion) for row, r in rows.items() if row not in told}
        _tell(report, table, rows, reasons)


def check_groups(report: Report, entidad: Entidad) -> None:
    """Say which figures have the code of a group, and of none that the master shows, or of several of one name."""
    table = report.book.tables[KEY]
    rows, known = report.sound(table), _known_codes(report)[EXTERIOR]
    claimed = published.claims(entidad, tree.build(entidad), EXTERIOR)
    reasons = {
        row: words.SEVERAL_GROUPS if claimed[str(r["codigo"])] else words.ALONE_IN_ITS_AREA
        for row, r in rows.items()
        if r["cuadro"] == EXTERIOR and r["codigo"] in known and claimed[str(r["codigo"])] != 1
        if not _reason(r, entidad.gestion)  # what is told already
    }
    _tell(report, table, rows, reasons)


# --- fractions ------------------------------------------------------------------------------------------------


def _fractions(report: Report, table: Table, rows: Rows) -> None:
    series: dict[Serie, dict[int, float]] = {}
    for row, r in rows.items():
        if r["indicador"] in _POINTS and isinstance(r["valor"], float):
            series.setdefault((r["cuadro"], r["indicador"], r["gestion"], r["periodo"]), {})[row] = r["valor"]
    whole = [serie for serie, figures in series.items() if _is_fraction(figures.values())]
    if whole:
        figures = {row: value for serie in whole for row, value in series[serie].items()}
        names = "; ".join(f"{cuadro}, {indicador} {_period(g, p)}" for cuadro, indicador, g, p in whole)
        row, value = next((row, value) for row, value in figures.items() if value)
        found = "; ".join(cells.number(v) for v in figures.values())
        report.add("HIS-006", table, "valor", row, found, columna=names, esperado=_in_points(value))
    for serie in series.keys() - set(whole):
        for row, value in series[serie].items():
            if 0 < value < 1:
                details = {"columna": f"{serie[1]} {_period(*serie[2:])}", "esperado": _in_points(value)}
                report.add("HIS-007", table, "valor", row, cells.number(value), **details)


def _is_fraction(values: Iterable[float]) -> bool:
    """Whether a series can be parts of one alone; a figure between 1 and the most says nothing by itself."""
    figures = list(values)
    return any(0 < v <= 1 for v in figures) and max(figures) <= _MOST_AS_FRACTION


def _in_points(value: float) -> str:
    return f"{cells.number(round(value * indicators.FULL, 9))}, no {cells.number(value)}"


def _period(gestion: Value, periodo: Value) -> str:
    return str(gestion) if periodo == WHOLE_YEAR else f"{periodo} {gestion}"


# --- what is not shown ----------------------------------------------------------------------------------------


def _codes(report: Report, table: Table, rows: Rows) -> set[int]:
    """One finding for a code that does not exist, at its first figure; the Excel rows of all of them."""
    known = _known_codes(report)
    unknown: dict[tuple[str, str], list[int]] = {}
    for row, r in rows.items():
        cuadro, code = str(r["cuadro"]), str(r["codigo"])
        if cuadro in known and code not in known[cuadro]:
            unknown.setdefault((cuadro, code), []).append(row)
    for (cuadro, code), found in unknown.items():
        near = next((c for c in known[cuadro] if titles.key(c) == titles.key(code)), "")
        details = {
            "columna": cuadro,
            "pista": words.MEANT.format(codigo=near) if near else "",
            "otras": words.NOR_MORE.format(n=len(found) - 1) if len(found) > 1 else "",
        }
        report.add("HIS-008", table, "codigo", found[0], code, **details)
    return {row for found in unknown.values() for row in found}


def _known_codes(report: Report) -> dict[str, set[str]]:
    """The codes under which the master looks for a figure, by cuadro; none for the entity where it has no sigla."""

    def column(key: str, name: str) -> set[str]:
        return {str(v) for v in report.book.tables[key].values.get(name, ()) if v is not None}

    services = column("areas", "servicio")
    groups = column("unidades", "grupo") | column("unidades", "subgrupo")
    areas = column("areas", "area")
    parameters = as_records(report.book.tables["parametros"]).values()
    siglas = {str(r["valor"]) for r in parameters if r["parametro"] == "sigla" and r["valor"] is not None}
    return {
        **({ENTIDAD: siglas | services | areas} if siglas else {}),
        EXTERIOR: groups | services | areas,
        RELACION: services or siglas,
    }


def _tell(report: Report, table: Table, rows: Rows, reason_of: Mapping[int, str]) -> None:
    """One finding a reason, at the first figure."""
    reasons: dict[str, list[int]] = {}
    for row, reason in reason_of.items():
        if reason:
            reasons.setdefault(reason, []).append(row)
    for reason, found in reasons.items():
        r = rows[found[0]]
        more = words.AND_MORE.format(n=len(found) - 1) if len(found) > 1 else ""
        name = f"{r['indicador']} de «{r['codigo']}», {_period(r['gestion'], r['periodo'])}{more}"
        report.add("HIS-009", table, "periodo", found[0], name, motivo=reason)


def _reason(r: Record, gestion: int) -> str:
    """Why a figure is in no table of the master; '' where it is in one, or kept on record beside one that is."""
    year, quarterly = r["gestion"], r["periodo"] != WHOLE_YEAR
    if not isinstance(year, int) or not _FIRST_YEAR <= year <= gestion:
        return words.OTHER_YEAR.format(desde=_FIRST_YEAR, hasta=gestion)
    if r["cuadro"] == RELACION:
        return "" if year == gestion and quarterly and r["indicador"] in _COUNTS else words.ONLY_COUNTS
    if r["indicador"] in _COUNTS or (r["cuadro"] == ENTIDAD and r["indicador"] != "avance"):
        return words.OTHER_FIGURE.format(cuadro=r["cuadro"])
    if year < gestion and quarterly:
        return words.QUARTER_OF_BEFORE
    if year == gestion and not quarterly:
        return words.YEAR_OF_NOW
    return ""
