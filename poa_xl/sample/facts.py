"""Reads the text sources of the sample entity (`workbooks/mre`) and the numbers in them."""

import csv
import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from random import Random

from poa_xl import resources
from poa_xl.sheets import MESES

GESTION = 2024
QUARTERS = (1, 2)
MAIL_DOMAIN = "cancilleria.example"  # reserved for examples: nobody receives anything
EXTERIOR = "SERV_EXT"
SERVICES = {"central": "Servicio Central", "exterior": "Servicio Exterior"}

Value = str | int | float | dt.date | None
Row = dict[str, Value]


@dataclass(frozen=True)
class Unit:
    """A unit of the catalogue. `tipo` names its texts: the code of a central unit, the kind of an office."""

    codigo: str
    nombre: str
    servicio: str  # central or exterior
    grupo: str
    area: str
    acp: str
    pais: str
    ciudad: str
    tipo: str
    avances: tuple[Decimal | None, Decimal | None]  # published for 1T and 2T, in points

    @property
    def mail(self) -> str:
        """An invented address."""
        return f"{self.codigo.lower()}@{MAIL_DOMAIN}"


@cache
def table(name: str) -> tuple[dict[str, str], ...]:
    """The rows of `workbooks/mre/<name>.csv`, as text."""
    path = resources.workbooks_folder() / "mre" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        return tuple(csv.DictReader(lines))


def details(name: str) -> list[dict[str, str]]:
    """The rows of a published table without its totals."""
    return [row for row in table(name) if row["tipo_fila"] == "detalle"]


def cents(bs: str) -> int:
    """An amount in Bs, as text, in whole cents."""
    return int(Decimal(bs) * 100)


def bs(amount: int) -> float:
    """Cents in Bs."""
    return amount / 100


def seeded(*parts: object) -> Random:
    """A generator that depends on its name alone, not on the machine nor on the order of calls."""
    return Random("/".join(map(str, parts)))  # noqa: S311 - sample data, not a secret


def require_quarter(quarter: int) -> None:
    """The sample knows the first and the second quarter."""
    if quarter not in QUARTERS:
        raise ValueError(f"quarter: {quarter}")


def months_of(quarter: int) -> range:
    """Numbers of the three months of a quarter, January being 0."""
    return range(3 * quarter - 3, 3 * quarter)


def month_columns(stem: str) -> list[str]:
    """The twelve columns of a sheet that repeat by month."""
    return [f"{stem}_{mes}" for mes in MESES]


@cache
def units() -> tuple[Unit, ...]:
    """The 109 units, in the order of the catalogue."""
    kinds = {row["grupo"]: row["tipo"] for row in table("tipos")}
    return tuple(_unit(row, kinds) for row in table("catalogo_unidades"))


def _unit(row: dict[str, str], kinds: dict[str, str]) -> Unit:
    city = row["ciudad"] or _CAPITALS.get(row["codigo"], "La Paz")
    return Unit(
        codigo=row["codigo"],
        nombre=row["nombre"],
        servicio=row["servicio"],
        grupo=row["grupo"],
        area=row["area"],
        acp=row["acp"],
        pais=row["pais"],
        ciudad=city,
        tipo=kinds.get(row["grupo"], row["codigo"]),
        avances=(_points(row["avance_1t"]), _points(row["avance_2t"])),
    )


_CAPITALS = {"DDC": "Cochabamba", "DDSC": "Santa Cruz de la Sierra"}


def _points(text: str) -> Decimal | None:
    return Decimal(text) if text else None
