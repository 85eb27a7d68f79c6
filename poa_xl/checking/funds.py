"""The sheet Fuentes of the entity workbook against itself and against the categories of the same quarter."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from poa_xl import cells, indicators, titles
from poa_xl.checking import centavos
from poa_xl.checking.report import Report

KEY = "fuentes"
_ONLINE = titles.key("en línea")  # a state of SIGEP that holds what is not approved yet
# Of what the categories executed: reports of two states differ by no more (by 5.5 % in the middle of 2024).
_MOST_BETWEEN_STATES = 0.25


@dataclass(frozen=True)
class Sums:
    """What the categories add up to at the end of a quarter, in Bs (None: not known), and of which states of SIGEP."""

    vigente: float | None
    ejecutado: float | None
    tipos: frozenset[str]


def check(report: Report) -> None:
    """Say which sources executed more than they may, and which amounts have more decimals than money has."""
    table = report.book.tables[KEY]
    centavos.check(report, table, "FUE-007")
    for row, record in report.sound(table).items():
        may, done = record["vigente"], record["ejecutado"]
        if isinstance(may, float) and isinstance(done, float) and indicators.exceeds(done, may):
            details = {"fuente": str(record["fuente"]), "esperado": cells.number(may, 2)}
            report.add("FUE-006", table, "ejecutado", row, cells.number(done, 2), **details)


def last_executed(report: Report) -> int:
    """The last quarter of which a source has executed something; 0 where none has."""
    sound = report.sound(report.book.tables[KEY]).values()
    return max((q for r in sound if isinstance(q := r["trimestre"], int) and r["ejecutado"]), default=0)


def executed_agrees(report: Report, sums: Mapping[int, Sums], tolerance: float) -> bool:
    """Whether in some quarter the sources executed what the months add up to, as near as their states allow."""
    return any(
        column == "ejecutado" and expected and not _beyond(report, quarter, sums[quarter], own, expected, tolerance)
        for quarter, column, own, expected in _compared(report, sums)
    )


def _beyond(report: Report, quarter: int, sums: Sums, own: float, expected: float, tolerance: float) -> bool:
    """Whether what the sources executed is further from the categories' than their states of SIGEP may be."""
    low, high = (expected + share * abs(expected) for share in _margin(report, quarter, sums))
    return indicators.differs(own, min(max(own, low), high), tolerance)


def compare(report: Report, sums: Mapping[int, Sums], tolerance: float) -> None:
    """Say in which quarters the sources do not add up to the categories, once a quarter, at its last row."""
    table = report.book.tables[KEY]
    said: set[int] = set()
    for quarter, column, own, expected in _compared(report, sums):
        if column == "ejecutado":
            differs = _beyond(report, quarter, sums[quarter], own, expected, tolerance)
        else:
            differs = indicators.differs(own, expected, tolerance)
        if quarter in said or not differs:
            continue
        said.add(quarter)
        row = [row for row, r in report.sound(table).items() if r["trimestre"] == quarter][-1]
        difference = cells.number(own - expected, 2)
        details = {"trimestre": str(quarter), "esperado": cells.number(expected, 2), "diferencia": difference}
        report.add("FUE-005", table, column, row, cells.number(own, 2), **details)


def _margin(report: Report, quarter: int, sums: Sums) -> tuple[float, float]:
    """By which share less and more the sources may have executed than the categories: reports of one state agree."""
    records = report.sound(report.book.tables[KEY]).values()
    own = {titles.key(r["tipo_reporte"]) for r in records if r["trimestre"] == quarter}
    categories = {titles.key(tipo) for tipo in sums.tipos}
    if own == categories:
        return 0.0, 0.0
    ahead = all(_ONLINE in tipo for tipo in own) and not any(_ONLINE in tipo for tipo in categories)
    return 0.0 if ahead else -_MOST_BETWEEN_STATES, _MOST_BETWEEN_STATES


def _compared(report: Report, sums: Mapping[int, Sums]) -> Iterator[tuple[int, str, float, float]]:
    """(quarter, column, sum of the sources, sum of the categories) where every source of the quarter has its amount."""
    table = report.book.tables[KEY]
    sound = report.sound(table)
    if len(sound) < len(table.rows):
        return
    for quarter, expected in sums.items():
        rows = [record for record in sound.values() if record["trimestre"] == quarter]
        for column, amount in (("vigente", expected.vigente), ("ejecutado", expected.ejecutado)):
            values = [v for record in rows if isinstance(v := record[column], float)]
            if amount is not None and values and len(values) == len(rows):
                yield quarter, column, sum(values), amount
