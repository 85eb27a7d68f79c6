"""The dates of the units in the sheet Unidades: first and last days, and those that follow one another."""

import datetime as dt
from collections.abc import Iterator, Mapping

from poa_xl import cells, entity
from poa_xl.checking.report import Report
from poa_xl.messages import existence as words
from poa_xl.reading import Table, as_records

KEY = "unidades"
VIGENCIA, DESDE, HASTA, SUCESORA = "vigencia", "desde", "hasta", "sucesora_de"
Record = Mapping[str, cells.Value]
_A_DAY = dt.timedelta(days=1)


def check(report: Report) -> None:
    """Say which dates cannot be, and which units follow one another in none that could."""
    table = report.book.tables[KEY]
    rows = {str(r["unidad"]): (row, r) for row, r in as_records(table).items() if r["unidad"] is not None}
    for row, r in rows.values():
        first, last = _day(r, DESDE), _day(r, HASTA)
        if first and last and last < first:
            report.add("UND-012", table, HASTA, row, cells.show(last), esperado=cells.show(first))
    looped = _loops(report, table, rows)
    for code, (row, r) in rows.items():
        for before in entity.split_names(r.get(SUCESORA)):
            if before in rows and not {code, before} <= looped:
                _succession(report, table, (code, row, r), before, rows[before])
    _forgotten(report, table, rows)


def _day(record: Record, column: str) -> dt.date | None:
    value = record.get(column)
    return value if isinstance(value, dt.date) else None


def _loops(report: Report, table: Table, rows: Mapping[str, tuple[int, Record]]) -> set[str]:
    """Units that come after themselves, told once a circle, at the first of its rows."""
    before = {code: [b for b in entity.split_names(r.get(SUCESORA)) if b in rows] for code, (_, r) in rows.items()}
    told: set[str] = set()
    for code, (row, _) in rows.items():
        circle = _circle(code, before) if code not in told else []
        if circle:
            told |= set(circle)
            report.add("UND-014", table, SUCESORA, row, " → ".join([*circle, code]))
    return told


def _circle(code: str, before: Mapping[str, list[str]]) -> list[str]:
    """The way from a unit back to itself; nothing where there is none."""
    ways, seen = [[code]], {code}
    while ways:
        way = ways.pop(0)
        for earlier in before[way[-1]]:
            if earlier == code:
                return way
            if earlier not in seen:
                seen.add(earlier)
                ways.append([*way, earlier])
    return []


def _succession(
    report: Report, table: Table, after: tuple[str, int, Record], before: str, of_before: tuple[int, Record]
) -> None:
    """Whether a unit can follow another: that one ended, and the day before this one began where it did."""
    code, row, r = after
    first, last = _day(r, DESDE), _day(of_before[1], HASTA)
    unread = (of_before[0], HASTA) in table.bad or (row, DESDE) in table.bad
    if unread:
        return
    if last is None:
        report.add("UND-015", table, _column_of_end(table), of_before[0], before, esperado=code)
    elif first and first <= last:
        report.add("UND-016", table, DESDE, row, cells.show(first), esperado=before, fecha=cells.show(last))
    elif first and first > last + _A_DAY:
        report.add("UND-017", table, DESDE, row, cells.show(first), esperado=before, fecha=cells.show(last))


def _column_of_end(table: Table) -> str:
    """Where an end is missing; a workbook of before has no column for it."""
    return HASTA if HASTA in table.columns else VIGENCIA


def _forgotten(report: Report, table: Table, rows: Mapping[str, tuple[int, Record]]) -> None:
    """Units that count in no quarter though something says that they had a part in the gestion."""
    money = dict(_spent(report))
    followed = {b for _, r in rows.values() for b in entity.split_names(r.get(SUCESORA))}
    for code, (row, r) in rows.items():
        out = r[VIGENCIA] is not None and not entity.in_force(r) and (row, VIGENCIA) not in table.bad
        if out and code in money and code not in followed:
            motivo = words.MONEY.format(categoria=money[code])
            report.add("UND-018", table, _column_of_end(table), row, code, motivo=motivo)


def _spent(report: Report) -> Iterator[tuple[str, str]]:
    """Unit -> a category that it alone spends, and of which SIGEP has something accrued in the gestion."""
    tables = report.book.tables
    accrued = {r["categoria"] for r in as_records(tables["presupuesto_sigep"]).values() if r["devengado"]}
    for r in as_records(tables["categorias"]).values():
        named = entity.split_names(r["unidad"])
        if len(named) == 1 and r["categoria"] in accrued:
            yield named[0], str(r["categoria"])
