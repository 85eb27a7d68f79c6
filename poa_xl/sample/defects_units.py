"""Defects of units that begin, end and change their name: rows of Unidades, and workbooks that such units sent.

Each unit is new, and its workbook that of another one with a plan of one month and no money, so that nothing else in
the demonstration changes.
"""

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from poa_xl.sample.plots import FIRST_ROW, PlantedCell, Plot
from poa_xl.sheets import MESES

_YEAR = 2024
_AMOUNTS = ("Presupuesto inicial", "Modificaciones", "Presupuesto vigente", *(f"Dev. {m}" for m in MESES))
Change = Callable[[Plot], list[PlantedCell]]


@dataclass(frozen=True)
class DatedUnit:
    """A unit in time: what the sheet Unidades says of it, the month of its plan and what its workbook gets besides."""

    code: str
    dates: Mapping[str, object] = field(default_factory=dict)
    month: str = "may"
    planted: Change | None = None  # None: it sends nothing

    @property
    def name(self) -> str:
        """What it is called."""
        return f"Embajada de prueba {self.code}"


def _day(month: int, day: int) -> dt.date:
    return dt.date(_YEAR, month, day)


def _nothing(_: Plot) -> list[PlantedCell]:
    return []


def _at_the_code(code: str, finding: str) -> Change:
    return lambda plot: [plot.form("Código de la unidad", code)._replace(code=finding)]


def _after_its_end(plot: Plot) -> list[PlantedCell]:
    """Reported, executed and programmed after the last day."""
    return [
        plot.form("Trimestre que se reporta", 2)._replace(code="EXI-003"),
        plot.put("Tareas", "Ejec. abr", FIRST_ROW, 1, "EXI-004"),
        plot.put("Tareas", "Prog. abr", FIRST_ROW, 1, "EXI-005"),
    ]


def _before_its_first_day(plot: Plot) -> list[PlantedCell]:
    """Money of March, given back in April, of a unit of April."""
    plot.put("Presupuesto", "Dev. abr", FIRST_ROW, -1)
    return [plot.put("Presupuesto", "Dev. mar", FIRST_ROW, 1, "EXI-006")]


OF_A_MODEL = "EMB-LIMA"  # whose workbook theirs are copies of
TOLD_AT_ITS_CODE = {"EMB-AHORA": "ENT-011", "EMB-SIN-LIBRO": "ENT-010"}  # in the sheet Unidades
UNITS = (
    DatedUnit(
        "EMB-ANTES", {"Hasta": _day(5, 15), "Vigencia": "no vigente"}, planted=_at_the_code("EMB-ANTES", "EXI-001")
    ),
    DatedUnit("EMB-AHORA", {"Desde": _day(5, 16), "Sucesora de": "EMB-ANTES"}, planted=_nothing),
    DatedUnit("EMB-LUEGO", {"Desde": _day(7, 1)}, planted=_at_the_code("EMB-LUEGO", "EXI-002")),
    DatedUnit("EMB-FIN", {"Hasta": _day(3, 31)}, "mar", _after_its_end),
    DatedUnit("EMB-ABRIL", {"Desde": _day(4, 1)}, planted=_before_its_first_day),
    DatedUnit("EMB-SIN-LIBRO", {"Hasta": _day(3, 31)}),
)


def make(plot: Plot, unit: DatedUnit) -> list[PlantedCell]:
    """Turn the workbook of an embassy into that of one of these; what is planted in it."""
    plot.form("Código de la unidad", unit.code)
    plot.form("Unidad organizacional", unit.name)
    for row in range(FIRST_ROW, plot.last_row("Tareas") + 1):
        for month in MESES:
            for title in (f"Prog. {month}", f"Ejec. {month}"):
                plot.put("Tareas", title, row, 2 if month == unit.month else None)
    for row in range(FIRST_ROW, plot.last_row("Operaciones") + 1):
        plot.put("Operaciones", "Meta", row, None)
    for row in range(FIRST_ROW, plot.last_row("Presupuesto") + 1):
        for title in _AMOUNTS:
            plot.put("Presupuesto", title, row, 0)
    return unit.planted(plot) if unit.planted else []
