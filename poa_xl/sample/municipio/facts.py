"""Reads the text sources of the municipality (`workbooks/municipio`), and says what of them was known by a quarter."""

import csv
import datetime as dt
from decimal import Decimal
from functools import cache

from poa_xl import existence, resources

GESTION = 2024
QUARTERS = (1, 2, 3, 4)
START = 0  # before the year begins: nothing was reported nor modified
MONTHS = 12
MAIL_DOMAIN = "lucuma.example"  # reserved for examples: nobody receives anything
_BLANK = "-"

Value = str | int | float | dt.date | None
Row = dict[str, Value]
Source = dict[str, str]


@cache
def table(name: str) -> tuple[Source, ...]:
    """The rows of `workbooks/municipio/<name>.csv`, as text."""
    path = resources.workbooks_folder() / "municipio" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def of(name: str, **wanted: str) -> list[Source]:
    """The rows of a source whose columns say that."""
    return [row for row in table(name) if all(row[column] == value for column, value in wanted.items())]


def number(text: str) -> int | float | None:
    """A number as typed: whole ones are whole; None for a blank."""
    if text in ("", _BLANK):
        return None
    value = Decimal(text)
    return int(value) if value == value.to_integral_value() else float(value)


def months(text: str) -> list[int | float | None]:
    """Twelve numbers separated by spaces."""
    return [number(part) for part in text.split(" ")]


def cents(text: str) -> int:
    """An amount in Bs in whole cents."""
    return int(Decimal(text) * 100)


def bs(amount: int) -> float:
    """Cents in Bs."""
    return amount / 100


def day(text: str) -> dt.date | None:
    """A date; None for a blank."""
    return dt.date.fromisoformat(text) if text else None


def last_day(quarter: int) -> dt.date:
    """The end of a quarter; of START, that of the year before."""
    return existence.last_day(GESTION, 3 * quarter) if quarter else dt.date(GESTION - 1, 12, 31)


def known(resolucion: str, quarter: int) -> bool:
    """Whether a resolution was there by the end of a quarter; what none says was always there."""
    dates = {row["resolucion"]: row["fecha"] for row in table("modificaciones")}
    return not resolucion or dt.date.fromisoformat(dates[resolucion]) <= last_day(quarter)


def ended(resolucion: str, quarter: int) -> bool:
    """Whether a resolution that ends something was there by the end of a quarter; what none says goes on."""
    return bool(resolucion) and known(resolucion, quarter)


def known_units(quarter: int) -> list[Source]:
    """The units of which something was known by the end of a quarter, in the order of the catalogue."""
    return [row for row in table("unidades") if known(row["resolucion"], quarter)]


def end_of(unit: Source, quarter: int) -> dt.date | None:
    """The last day of a unit, where it was known by the end of a quarter."""
    return day(unit["hasta"]) if known(unit["resolucion_fin"], quarter) else None


def lives(unit: Source, quarter: int) -> existence.Existencia:
    """When a unit exists, as it was known by the end of a quarter."""
    return existence.Existencia(day(unit["desde"]), end_of(unit, quarter))


def last_quarter(unit: Source, quarter: int) -> int:
    """The last quarter up to one in which a unit existed, as it was known then; 0 where it did not yet."""
    life = lives(unit, quarter)
    return max((q for q in range(1, quarter + 1) if life.in_quarter(GESTION, q)), default=0)
