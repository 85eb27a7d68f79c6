"""Weights: of siblings all have one or none has, and together they are 100; and those of the entity's workbook."""

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from poa_xl import cells, indicators, messages
from poa_xl.checking.report import Report
from poa_xl.entity import in_force
from poa_xl.existence import Existencia, spells
from poa_xl.findings import Finding, Location
from poa_xl.messages import Severity, weights as words
from poa_xl.reading import Table, as_records

COLUMN = "peso"
SHEETS = ("areas", "acp", "unidades")
Record = Mapping[str, cells.Value]
Siblings = dict[str, list[int]]  # of what they are parts, in words -> their rows


class Flaw(NamedTuple):
    """What is wrong with the weights of siblings: the row where it is told, how many have none, what they add up to."""

    row: int
    missing: int  # 0 where all of them have one, and they are not 100
    total: float


def check(report: Report, metodo: str, gestion: int | None) -> None:
    """Say whose weights are no whole; where the method does not use them, only that they are there.

    Units that do not exist together are no siblings: those of each day of the gestion are 100. Needs the findings of
    the cells that say whose siblings a row has: where one is wrong, its weight may be what others lack.
    """
    for key in SHEETS:
        table = report.book.tables[key]
        records = as_records(table)
        given = [row for row, record in records.items() if record.get(COLUMN) is not None]
        if metodo != indicators.POR_PESOS:
            if given:
                place = Location(report.book.file, table.name, table.cell(COLUMN, given[0]))
                report.findings.append(Finding("PES-003", place, str(len(given))))
            continue
        stray = _stray(report, table, records)
        spare = points(table, {row: records[row].get(COLUMN) for row in stray})
        for name, rows in _siblings(key, records).items():
            own = {row: records[row] for row in rows if row not in stray}
            together = _together(own, gestion) if gestion and key == "unidades" else []
            _judge(report, table, name, {row: r.get(COLUMN) for row, r in own.items()}, together, spare)


# Sheet -> the cells that say whether a row counts, and those that say whose siblings it has.
_COUNTS = {"areas": ("area",), "acp": ("acp",), "unidades": ("unidad", "vigencia", "desde", "hasta")}
_TELLS = {"areas": ("servicio",), "acp": (), "unidades": ("area", "grupo", "subgrupo")}


def _stray(report: Report, table: Table, records: Mapping[int, Record]) -> set[int]:
    """The rows of which an error was found where they say whether they count and among whom."""
    key = table.sheet.key
    return rows_with_errors(
        report,
        table,
        {
            row: (*_COUNTS[key], *(_TELLS[key] if key != "unidades" or in_force(record) else ()))
            for row, record in records.items()
        },
    )


def rows_with_errors(report: Report, table: Table, columns: Mapping[int, Sequence[str]]) -> set[int]:
    """The rows of which an error was found in one of these columns."""
    wrong = {
        f.location.cell
        for f in report.all_findings
        if f.location.sheet == table.name and messages.severity(f.code) is Severity.ERROR
    }
    return {
        row
        for row, names in columns.items()
        for column in names
        if column in table.columns and table.cell(column, row) in wrong
    }


def judged(table: Table, weights: Mapping[int, cells.Value], spare: float) -> Flaw | None:
    """What is wrong with the weights of siblings, as far as that is known: some may be unreadable.

    `spare` are the points of rows that may belong here too.
    """
    known = {row: weight for row, weight in weights.items() if _known(table, {row: weight})}
    found = flaw(known)
    if found and not found.missing and len(known) < len(weights):
        return None
    return None if found and not found.missing and _filled(found, spare) else found


def _known(table: Table, weights: Mapping[int, cells.Value]) -> bool:
    """Whether nothing was said of these weights by themselves, with which the sum would be another."""
    return not any((row, COLUMN) in table.bad or not _in_range(weight) for row, weight in weights.items())


def points(table: Table, weights: Mapping[int, cells.Value]) -> float:
    """The most that these weights may be together."""
    return sum(_points(table, row, weight) for row, weight in weights.items())


def _points(table: Table, row: int, weight: cells.Value) -> float:
    """The most that a weight may be."""
    if (row, COLUMN) in table.bad or not _in_range(weight):
        return indicators.FULL
    return float(weight) if isinstance(weight, int | float) else 0


def flaw(weights: Mapping[int, cells.Value]) -> Flaw | None:
    """What is wrong with the weights of siblings, by row; None where they are 100, and where none has one."""
    given = {row: float(weight) for row, weight in weights.items() if isinstance(weight, int | float)}
    if not given:
        return None
    missing, total = [row for row in weights if row not in given], indicators.weights_sum(given.values())
    if missing:
        return Flaw(missing[0], len(missing), total)
    return None if indicators.weights_whole(given.values()) else Flaw(next(iter(given)), 0, total)


Spell = tuple[str, str, list[int]]  # from a day to a day, and the rows of the units that exist then


def _together(records: Mapping[int, Record], gestion: int) -> list[Spell]:
    """The rows of the units that exist at the same time; nothing where all of them exist all the time."""
    lives = {row: Existencia(_day(r.get("desde")), _day(r.get("hasta"))) for row, r in records.items()}
    found = spells(lives.values(), gestion)
    if len(found) == 1:
        return []
    return [
        (cells.show(first), cells.show(last), [row for row, life in lives.items() if life.within(first, last)])
        for first, last in found
    ]


def _day(value: cells.Value) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _judge(
    report: Report,
    table: Table,
    name: str,
    weights: Mapping[int, cells.Value],
    together: Sequence[Spell],
    spare: float,
) -> None:
    """`spare` are the points of rows that may belong here too."""
    if not _known(table, weights):
        return
    found = flaw(weights)
    if found and found.missing:
        said = words.OF_ALL.format(n=found.missing, todas=len(weights))
        report.add("PES-001", table, COLUMN, found.row, said, columna=name)
    for first, last, rows in together if not (found and found.missing) else []:
        own = flaw({row: weights[row] for row in rows})
        if own and not _filled(own, spare):
            spell = words.SPELL.format(cosas=name, desde=first, hasta=last)
            report.add("PES-002", table, COLUMN, own.row, cells.number(own.total), columna=spell)
    if found and not found.missing and not together and not _filled(found, spare):
        report.add("PES-002", table, COLUMN, found.row, cells.number(found.total), columna=name)


def _filled(found: Flaw, spare: float) -> bool:
    """Whether these points can make the weights 100."""
    return found.total < indicators.FULL <= indicators.weights_sum([found.total, spare])


def _in_range(weight: cells.Value) -> bool:
    return not isinstance(weight, float) or 0 <= weight <= indicators.FULL


def _siblings(key: str, records: Mapping[int, Record]) -> Siblings:
    found: Siblings = {}
    for row, name in _parents(key, records):
        found.setdefault(name, []).append(row)
    return found


def _parents(key: str, records: Mapping[int, Record]) -> Iterator[tuple[int, str]]:
    """Each row that counts and of what it is a part, as messages call it."""
    if key == "unidades":
        yield from _of_groups(records)
        return
    for row, record in records.items():
        yield row, words.ACPS if key == "acp" else _areas(record["servicio"])


def _areas(servicio: cells.Value) -> str:
    return words.AREAS.format(servicio=servicio) if servicio else words.ALL_AREAS


def _of_groups(records: Mapping[int, Record]) -> Iterator[tuple[int, str]]:
    """The units that count with their group, or their subgroup where units of the group have one."""
    counted = {row: r for row, r in records.items() if in_force(r)}
    split = {(r["area"], r["grupo"]) for r in counted.values() if r["subgrupo"]}
    for row, r in counted.items():
        below = (r["area"], r["grupo"]) in split
        named = words.UNITS_OF_A_SUBGROUP if below else words.UNITS if r["grupo"] else words.UNITS_OF_AN_AREA
        subgrupo = r["subgrupo"] or indicators.SIN_SUBGRUPO
        yield row, named.format(grupo=r["grupo"], subgrupo=subgrupo, area=r["area"])
