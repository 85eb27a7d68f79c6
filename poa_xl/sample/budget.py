"""The budget rows of every unit, in cents: categories of many units are divided and add up to SIGEP exactly."""

from dataclasses import dataclass, replace
from functools import cache

from poa_xl.sample import facts, money
from poa_xl.sample.facts import Unit
from poa_xl.sample.shares import split

MONTHS = range(1, 7)


@dataclass(frozen=True)
class BudgetRow:
    """A category and source in a unit. `enero` and `junio` are the modifications of those months."""

    unidad: str
    categoria: str
    fuente: str
    inicial: int
    enero: int
    junio: int
    devengado: tuple[int, ...] = ()  # of each month from January


@cache
def budget() -> dict[str, tuple[BudgetRow, ...]]:
    """Unit code → its budget rows, in the order of category and source."""
    made: dict[str, list[BudgetRow]] = {unit.codigo: [] for unit in facts.units()}
    for category in money.categories():
        for row in _category(category["cat_prog"]):
            made[row.unidad].append(row)
    return {code: tuple(rows) for code, rows in made.items()}


def _category(code: str) -> list[BudgetRow]:
    rows = [part for row in facts.table("presupuesto") if row["categoria"] == code for part in _divided(row)]
    by_month = []
    for month in MONTHS:
        weights = [row.inicial // 100 * _jitter(row, month) for row in rows]
        by_month.append(split(money.devengado()[code, month], weights))
    return [replace(row, devengado=months) for row, months in zip(rows, zip(*by_month, strict=True), strict=True)]


def _jitter(row: BudgetRow, month: int) -> int:
    return facts.seeded("gasto", row.unidad, row.categoria, month).randint(85, 115)


def _divided(row: dict[str, str]) -> list[BudgetRow]:
    """A row of `presupuesto.csv` divided among its units; initial amounts are whole Bs."""
    units = _owners(row["unidades"])
    initial = [100 * part for part in split(int(row["inicial"]), [_size(unit) for unit in units])]
    january = split(facts.cents(row["modificacion_enero"]), initial)
    june = split(facts.cents(row["modificacion_junio"]), initial)
    return [
        BudgetRow(unit.codigo, row["categoria"], row["fuente"], inicial, enero, junio)
        for unit, inicial, enero, junio in zip(units, initial, january, june, strict=True)
    ]


def _owners(names: str) -> list[Unit]:
    """The units of a list of unit codes or groups separated by semicolons."""
    wanted = names.split("; ")
    return [unit for unit in facts.units() if unit.codigo in wanted or unit.grupo in wanted]


def _size(unit: Unit) -> int:
    """How much a unit spends compared with others."""
    return facts.seeded("presupuesto", unit.codigo).randint(60, 160)
