"""The money of the sample by category and month, in cents: what SIGEP would say.

Devengado by category and quarter is published; by area and month it is reconstructed from the published
percentages (`devengado_areas.csv`). Here both become devengado by category and month: the small categories
follow the months of their area, the principal one takes what is left, so that rows and columns add up.
"""

from functools import cache

from poa_xl.sample import facts
from poa_xl.sample.shares import split

JUNE = 6
ONE_PURCHASE = 500_000  # cents; a category that spends less in a quarter spends it in one month
PRINCIPAL = ("000 0 001", "560 0 002", "130 0 001", "540 0 002", "550 0 001")  # one an area


@cache
def categories() -> tuple[dict[str, str], ...]:
    """The 35 categories as published at the end of June, in the order of their code."""
    return tuple(sorted(facts.details("categorias_programaticas_2t"), key=lambda row: row["cat_prog"]))


def modification(row: dict[str, str], month: int) -> int:
    """Cents by which a row of `presupuesto.csv` was modified from January to the end of a month (1-12)."""
    june = facts.cents(row["modificacion_junio"]) if month >= JUNE else 0
    return facts.cents(row["modificacion_enero"]) + june


def vigente(categoria: str, month: int) -> int:
    """Cents in force for a category at the end of a month (1-12)."""
    rows = [row for row in facts.table("presupuesto") if row["categoria"] == categoria]
    return sum(facts.cents(row["inicial"]) + modification(row, month) for row in rows)


@cache
def devengado() -> dict[tuple[str, int], int]:
    """(category, month 1-6) → cents accrued in that month alone."""
    made: dict[tuple[str, int], int] = {}
    for row in facts.details("areas_2t"):
        for quarter in facts.QUARTERS:
            made.update(_area(row["area"], quarter))
    return made


def _quarters() -> dict[tuple[str, int], int]:
    """(category, quarter) → published cents; the first quarter is the semester less the second."""
    second = {row["cat_prog"]: facts.cents(row["devengado_bs"]) for row in categories()}
    semester = facts.details("categorias_programaticas_semestre")
    first = {row["cat_prog"]: facts.cents(row["devengado_bs"]) - second[row["cat_prog"]] for row in semester}
    return {(c, q): amounts[c] for q, amounts in ((1, first), (2, second)) for c in amounts}


def _area(area: str, quarter: int) -> dict[tuple[str, int], int]:
    """Devengado by category and month of an area in a quarter."""
    months = [m + 1 for m in facts.months_of(quarter)]
    rows = facts.table("devengado_areas")
    left = {int(r["mes"]): facts.cents(r["devengado_bs"]) for r in rows if r["area"] == area}
    quarters = _quarters()
    profile = [_weight([left[m] for m in months], i) for i in range(3)]
    made: dict[tuple[str, int], int] = {}
    codes = [row["cat_prog"] for row in categories() if row["area"] == area]
    for code in (c for c in codes if c not in PRINCIPAL):
        for month, amount in zip(months, _months(code, quarter, quarters[code, quarter], profile), strict=True):
            made[code, month] = amount
            left[month] -= amount
    principal = next(c for c in codes if c in PRINCIPAL)
    made.update({(principal, month): left[month] for month in months})
    return made


def _weight(amounts: list[int], i: int) -> int:
    """Share of a month in a small category; a month of reversals counts a tenth of the quarter."""
    return amounts[i] if amounts[i] >= 0 else sum(amounts) // 10


def _months(code: str, quarter: int, total: int, profile: list[int]) -> list[int]:
    rng = facts.seeded("devengado", code, quarter)
    if total < ONE_PURCHASE:
        chosen = rng.choices(range(3), profile)[0]
        return [total if i == chosen else 0 for i in range(3)]
    return split(total, [weight * rng.randint(85, 115) for weight in profile])
