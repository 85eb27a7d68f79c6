"""Whether what was copied from SIGEP can be true: the sheet Presupuesto_SIGEP of the entity workbook.

A schema sees a cell, these rules the months of a category: an accumulated report pasted as months, more accrued than in
force, a month that is not there. A reversal (devengado below zero) and a transfer between categories are legal.
"""

import itertools
from collections.abc import Mapping
from dataclasses import dataclass, replace

from poa_xl import cells, entity, indicators
from poa_xl.checking import centavos, funds
from poa_xl.checking.report import Report
from poa_xl.entity import Entidad
from poa_xl.findings import Finding, Location
from poa_xl.messages import entity as words
from poa_xl.reading import Table, as_records
from poa_xl.sheets import NOMBRES_MESES

KEY = "presupuesto_sigep"
_FEWEST_MONTHS = 4  # of a category, to tell a running total from amounts that happen to rise
_LEAST_GROWTH = 0.5  # of the last amount, from the first to the last
_MOST_CHANGE = 10  # times; a vigente that changes by more and comes back was mistyped
_LONGEST_EXCURSION = 2  # months
_BACK = 2  # times; no further than this from what it was is «back»
QUARTERS = (1, 2, 3, 4)


@dataclass(frozen=True)
class Month:
    """A category in a month, in Bs, its row and the state of SIGEP that it is of."""

    row: int
    mes: int
    vigente: float
    devengado: float
    tipo: str


Series = Mapping[str, list[Month]]  # category -> its months, in their order
Off = set[tuple[str, int]]  # categories and months whose vigente was mistyped


def check(report: Report, tolerance: float) -> None:
    """Say what of the sheet cannot be, and where the sources of funds do not add up to it."""
    table = report.book.tables[KEY]
    series = _series(report, table)
    centavos.check(report, table, "SIG-009")
    missing = _missing(report, table, series)
    off = _excursions(report, table, series)
    sums = _sums(report, table, series, missing, off)
    rising = _running_totals(report, table, series, funds.executed_agrees(report, sums, tolerance))
    if rising:
        sums = {quarter: replace(both, ejecutado=None) for quarter, both in sums.items()}
    # What was pasted accumulated is above the vigente too, also where a reversal hides that it rises.
    pasted = {c for c, months in series.items() if c in rising or (rising and _rises(months, falls=1))}
    _overspent(report, table, {c: months for c, months in series.items() if c not in pasted}, off)
    funds.compare(report, sums, tolerance)


def unreported(file: str, entidad: Entidad, trimestre: int) -> list[Finding]:
    """The months up to the end of a quarter of which SIGEP's figures have no row, as one finding."""
    missing = entidad.months_without_report(3 * trimestre)
    place = Location(file, "Presupuesto_SIGEP")
    return [Finding("SIG-006", place, words.NO_CATEGORY, details=_gap(missing, words.NOT_KNOWN))] if missing else []


def names_of(months: tuple[int, ...]) -> str:
    """Months as findings call them."""
    return ", ".join(NOMBRES_MESES[mes - 1] for mes in months)


def _series(report: Report, table: Table) -> Series:
    series: dict[str, list[Month]] = {}
    for row, record in report.sound(table).items():
        figures = [record[name] for name in ("mes", "vigente", "devengado")]
        if all(isinstance(figure, int | float) for figure in figures):
            mes, vigente, devengado = (float(figure) for figure in figures)  # type: ignore[arg-type]
            month = Month(row, int(mes), vigente, devengado, str(record["tipo_reporte"]))
            series.setdefault(str(record["categoria"]), []).append(month)
    return {category: sorted(months, key=lambda m: m.mes) for category, months in series.items()}


# --- months that are not there --------------------------------------------------------------------------------


def _missing(report: Report, table: Table, series: Series) -> dict[str, set[int]]:
    """Say which months are missing up to the last one reported; category -> those that it lacks.

    A quarter of which the sources have executed something is reported, too, where SIGEP's figures are copied at all.
    Rows with errors may hold what seems to be missing: a month of all where the month itself cannot be read, a month of
    one category wherever there is an error.
    """
    last = max((m.mes for months in series.values() for m in months), default=0)
    last = max(last, 3 * funds.last_executed(report)) if last else 0
    rows = [(str(r["categoria"]), r["mes"]) for r in as_records(table).values()]
    read = [(category, mes) for category, mes in rows if isinstance(mes, int)]
    absent = entity.absent_months([frozenset(mes for _, mes in read)], last)
    if absent and len(read) == len(rows):
        details = {"esperado": NOMBRES_MESES[last - 1]}
        place = Location(report.book.file, table.name)
        report.findings.append(Finding("SIG-011", place, names_of(absent), details=details))
    categories = report.book.tables["categorias"]
    sound = report.sound(categories)
    reported = entity.months_by_category((str(r["categoria"]) for r in sound.values()), read)
    gaps = entity.months_of_others(reported, last, absent)
    for row, record in sound.items() if len(report.sound(table)) == len(rows) else ():
        category = str(record["categoria"])
        if category in gaps:
            found, details = (
                words.ONE_CATEGORY.format(categoria=category),
                _gap(gaps[category], _consequence(reported[category], last)),
            )
            report.add("SIG-006", categories, "categoria", row, found, **details)
    return {category: set(range(1, last + 1)) - months for category, months in reported.items()}


def _consequence(months: frozenset[int], last: int) -> str:
    """What becomes of the months that a category lacks up to the last one: before its own first it has no figures."""
    first = min(months, default=last + 1)
    if first > last:
        return words.NEVER
    return words.COUNT_AS_ZERO if first == 1 else words.NOT_BEGUN.format(mes=NOMBRES_MESES[first - 2])


def _gap(months: tuple[int, ...], consequence: str) -> dict[str, str]:
    return {"esperado": names_of(months), "motivo": consequence}


# --- amounts that cannot be -----------------------------------------------------------------------------------


def _running_totals(report: Report, table: Table, series: Series, denied: bool) -> set[str]:
    """The categories whose months are running totals, where most are: one finding. `denied`: by the sources."""
    active = {c: m for c, m in series.items() if len(m) >= _FEWEST_MONTHS and any(one.devengado for one in m)}
    rising = {category: months for category, months in active.items() if _rises(months)}
    if denied or 2 * len(rising) <= len(active):
        return set()
    last = next(iter(rising.values()))[-1]
    report.add("SIG-008", table, "devengado", last.row, words.SOME_OF_ALL.format(parte=len(rising), todo=len(active)))
    return set(rising)


def _rises(months: list[Month], falls: int = 0) -> bool:
    """Whether a devengado falls so many times at most, and grows by half of the last at least."""
    amounts = [m.devengado for m in months]
    rises = sum(one > after for one, after in itertools.pairwise(amounts)) <= falls
    return rises and amounts[-1] > 0 and amounts[-1] - amounts[0] >= _LEAST_GROWTH * amounts[-1]


def _overspent(report: Report, table: Table, series: Series, off: Off) -> None:
    """The first month in which a category has accrued more than it may spend, to the cent."""
    for category, months in series.items():
        sums = itertools.accumulate(m.devengado for m in months)
        for m, spent in zip(months, sums, strict=True):
            if indicators.exceeds(spent, m.vigente) and (category, m.mes) not in off:
                details = {
                    "categoria": category,
                    "mes": NOMBRES_MESES[m.mes - 1],
                    "esperado": cells.number(m.vigente, 2),
                }
                report.add("SIG-007", table, "devengado", m.row, cells.number(spent, 2), **details)
                break


def _excursions(report: Report, table: Table, series: Series) -> Off:
    """Say where a vigente leaves and comes back within two months."""
    off: Off = set()
    for category, months in series.items():
        for before, gone in itertools.pairwise(months):
            if (category, before.mes) in off or not _far(before.vigente, gone.vigente):
                continue
            later = [m for m in months if gone.mes < m.mes <= gone.mes + _LONGEST_EXCURSION]
            back = next((m for m in later if _near(before.vigente, m.vigente)), None)
            if back is None:
                continue
            off |= {(category, m.mes) for m in months if gone.mes <= m.mes < back.mes}
            details = {
                "categoria": category,
                "mes": NOMBRES_MESES[gone.mes - 1],
                "esperado": cells.number(before.vigente, 2),
            }
            report.add("SIG-010", table, "vigente", gone.row, cells.number(gone.vigente, 2), **details)
    return off


def _far(before: float, after: float) -> bool:
    """Whether a vigente changes by more than ten times; from nothing, any amount may come."""
    return before > 0 and (after > _MOST_CHANGE * before or _MOST_CHANGE * after < before)


def _near(before: float, after: float) -> bool:
    return before / _BACK <= after <= before * _BACK


# --- what the sources of funds must add up to -----------------------------------------------------------------


def _sums(
    report: Report, table: Table, series: Series, missing: Mapping[str, set[int]], off: Off
) -> dict[int, funds.Sums]:
    """What all categories add up to at the end of each quarter that is reported; nothing where a row has an error."""
    if len(report.sound(table)) < len(table.rows):
        return {}
    there = [m for months in series.values() for m in months]
    lacking = set[int]().union(*missing.values())
    sums = {}
    for quarter in QUARTERS:
        cut = 3 * quarter
        unknown = cut in lacking or any(mes == cut for _, mes in off)
        at_the_cut = [m for m in there if m.mes == cut]
        if at_the_cut:
            sums[quarter] = funds.Sums(
                None if unknown else sum(m.vigente for m in at_the_cut),
                None if lacking & set(range(1, cut + 1)) else sum(m.devengado for m in there if m.mes <= cut),
                frozenset(m.tipo for m in at_the_cut),
            )
    return sums
