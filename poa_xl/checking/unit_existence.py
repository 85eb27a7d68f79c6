"""A unit's workbook against the dates of the unit: whether it may report yet, or still, and months outside its days.

What is programmed and executed outside them is told and set aside: it counts nowhere. Money is not: what a unit owes is
paid after it is closed too, and SIGEP's figures are those of the category.
"""

import datetime as dt
from collections.abc import Iterable, Mapping

from poa_xl import cells
from poa_xl.catalogo import Asignada, Catalogo
from poa_xl.checking.report import FORM_ROW, Report
from poa_xl.existence import ALWAYS, MONTHS_OF_A_QUARTER, last_day
from poa_xl.messages import existence as words
from poa_xl.parameters import QUARTERS
from poa_xl.reading import Table, as_records
from poa_xl.sheets import MESES


def check(report: Report, table: Table, unidad: Asignada, gestion: int, cut: int | None, reported: int | None) -> None:
    """Whether the unit sends a workbook of the quarter `cut`; it says that it reports the quarter `reported`."""
    quarter = cut or reported
    if not unidad.vigente or quarter is None:
        return
    if _was_renamed(unidad, gestion, quarter):
        details = {"esperado": unidad.sucesoras[0], "fecha": cells.show(unidad.renombrada)}
        report.add("EXI-001", table, "unidad", FORM_ROW, unidad.unidad, **details)
    elif _begins_later(unidad, gestion, quarter):
        details = {"trimestre": str(quarter), "fecha": cells.show(unidad.existencia.desde)}
        report.add("EXI-002", table, "unidad", FORM_ROW, unidad.unidad, **details)
    elif reported and reported > last_quarter(unidad, gestion, reported):
        details = {"fecha": cells.show(unidad.existencia.hasta), "pista": _followed(unidad)}
        report.add("EXI-003", table, "trimestre", FORM_ROW, str(reported), **details)


def reports(unidad: Asignada | None, gestion: int, quarter: int) -> bool:
    """Whether a workbook under this code can be one of the quarter: it is there by then, and not renamed."""
    return unidad is None or not (_was_renamed(unidad, gestion, quarter) or _begins_later(unidad, gestion, quarter))


def _was_renamed(unidad: Asignada, gestion: int, quarter: int) -> bool:
    return unidad.renombrada is not None and unidad.renombrada <= _end(gestion, quarter)


def _begins_later(unidad: Asignada, gestion: int, quarter: int) -> bool:
    return unidad.existencia.desde is not None and unidad.existencia.desde > _end(gestion, quarter)


def _end(gestion: int, quarter: int) -> dt.date:
    return last_day(gestion, MONTHS_OF_A_QUARTER * quarter)


def _followed(unidad: Asignada) -> str:
    return words.FOLLOWED.format(unidades=", ".join(unidad.sucesoras)) if unidad.sucesoras else ""


def last_quarter(unidad: Asignada | None, gestion: int, quarter: int) -> int:
    """The last quarter up to a given one in which the unit existed: what its workbook must reach."""
    there = quarters(unidad, gestion, quarter)
    return max(there) if there else quarter


def quarters(unidad: Asignada | None, gestion: int, last: int) -> tuple[int, ...]:
    """The quarters up to a given one in which the unit existed; all of them where it is not known."""
    up_to = QUARTERS[:last]
    return tuple(q for q in up_to if unidad is None or unidad.existencia.in_quarter(gestion, q))


def set_aside(report: Report, table: Table, gone: Mapping[str, str], catalogo: Catalogo) -> set[int]:
    """Blank the months that are gone in Tareas, and tell them. The rows that lose some of their programme.

    A workbook that was made of that of a unit before it holds its months: what was executed in them is told once.
    """
    if not gone:
        return set()
    done, planned = (_written(table, stem, gone) for stem in ("ejecutado", "programado"))
    if any(report.unidad in u.sucesoras for u in catalogo.unidades):
        _tell_first(report, table, "EXI-004", "ejecutado", done, gone)
    else:
        for place in done:
            _tell_first(report, table, "EXI-004", "ejecutado", [place], gone)
    _tell_first(report, table, "EXI-005", "programado", planned, gone)
    columns = {f"{stem}_{month}" for stem in ("programado", "ejecutado") for month in gone}
    blank: list[cells.Value] = [None] * len(table.rows)
    table.values = {name: blank if name in columns else values for name, values in table.values.items()}
    return {row for row, *_ in planned}


Written = tuple[int, str, cells.Value]  # a row, a month and what stands there


def _written(table: Table, stem: str, months: Iterable[str]) -> list[Written]:
    """The cells of some months in which something stands, other than 0."""
    records, wanted = as_records(table), list(months)
    found = ((row, m, record.get(f"{stem}_{m}")) for row, record in records.items() for m in wanted)
    return [place for place in found if place[2]]


def check_budget(report: Report, table: Table, catalogo: Catalogo, gone: Mapping[str, str]) -> None:
    """Money accrued before the unit's first day. It counts all the same, and so does what is paid after its last."""
    unidad = catalogo.by_code.get(report.unidad)
    first = unidad.existencia.desde if unidad else None
    early = {
        month: why
        for month, why in gone.items()
        if first and first > last_day(catalogo.gestion, MESES.index(month) + 1)
    }
    _tell_first(report, table, "EXI-006", "devengado", _written(table, "devengado", early), early)


def _tell_first(
    report: Report, table: Table, code: str, stem: str, places: list[Written], gone: Mapping[str, str]
) -> None:
    """One finding, at the first of some cells."""
    if places:
        row, month, value = places[0]
        more = words.AND_CELLS.format(n=len(places) - 1) if len(places) > 1 else ""
        report.add(code, table, f"{stem}_{month}", row, cells.show(value), motivo=gone[month], otras=more)


def outside(report: Report, catalogo: Catalogo, quarter: int | None) -> dict[str, str]:
    """The months in which the unit of a workbook did not exist -> why; of one that cannot be of the quarter, none."""
    unidad = catalogo.by_code.get(report.unidad)
    if unidad is None or unidad.existencia == ALWAYS:
        return {}
    if quarter is not None and not reports(unidad, catalogo.gestion, quarter):
        return {}
    there = unidad.existencia.months(catalogo.gestion)
    return {m: _why(unidad, catalogo.gestion, n) for n, m in enumerate(MESES, start=1) if not there[n - 1]}


def _why(unidad: Asignada, gestion: int, month: int) -> str:
    first, last = unidad.existencia.desde, unidad.existencia.hasta
    if first and first > last_day(gestion, month):
        return words.BEFORE.format(fecha=cells.show(first))
    return words.AFTER.format(fecha=cells.show(last))
