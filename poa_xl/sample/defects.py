"""Plants one defect of every code in a demonstration, and writes down what was planted where.

The codes of what differs from an approved plan need one: `poa-xl demo --sample municipio` plants those.

`plant` changes the workbooks that `poa-xl demo` has just written: a defect a unit, so that each can be looked at alone.
What a defect brings with it (a rejected file takes its money out of the cuadre) is listed as its consequence.
"""

import csv
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import openpyxl

from poa_xl import messages
from poa_xl.messages import Trait
from poa_xl.sample import (
    defects_bands,
    defects_entity,
    defects_files,
    defects_rows,
    defects_sheets,
    defects_units,
    facts,
)
from poa_xl.sample.defects_entity import Change
from poa_xl.sample.plots import PlantedCell, Plot, field
from poa_xl.sample.units import unit_rows
from poa_xl.sheets import MESES

LIST_FILE = "defectos.csv"
EMPTY_FOLDER = "entregas_vacias"
ENTITY_WITH_DEFECTS = "entidad_con_defectos.xlsx"
ENTITY_WITH_BANDS = "entidad_con_rangos.xlsx"  # its thresholds in Parametros count for nothing
_HEADER = ("archivo", "hoja", "celda", "codigo", "motivo")
PLANTED, CONSEQUENCE = "plantado", "consecuencia"
# Units whose own categories nobody else spends: their money can be seen to differ from SIGEP's.
_OWN_MONEY = {"CUA-001": "DGCEP", "CUA-002": "DGRB", "CEL-001": "DGLAIT", "PRE-015": "DGIF"}
_UNTOUCHED = "DGP"
_SPLITS_OFF = {"CEP-MADRID", "CEP-WASHINGTON"}  # they alone spend a category of the exterior


@dataclass(frozen=True)
class Planted:
    """A defect: the file (relative to the demonstration), its place, its code, and whether it is a consequence."""

    archivo: str
    hoja: str
    celda: str
    codigo: str
    motivo: str = PLANTED


def plant(folder: Path, quarter: int) -> list[Planted]:
    """Plant all defects in a demonstration (`entidad.xlsx`, `entregas/`) and write `defectos.csv`."""
    planted: list[Planted] = []
    submissions = folder / "entregas"
    lost: set[str] = set()
    planted += _units_in_time(folder, submissions)
    exterior, central = _units()
    retired, renamed = exterior.pop(), exterior.pop()
    units = iter([*exterior, *central])
    for code, change in [*defects_rows.CHANGES, *defects_files.CHANGES, *defects_sheets.CHANGES]:
        unidad = _OWN_MONEY.get(code) or next(units)
        planted += _change(submissions / f"{unidad}.xlsx", change, code)
        if messages.has(code, Trait.REFUSES_FILE):  # and so its money
            lost.add(unidad)
    for code, spoil in [*defects_files.SPOILERS, *defects_sheets.SPOILERS]:
        beside = messages.has(code, Trait.SET_ASIDE)  # of a file beside the unit's own, which stays good
        unidad = _UNTOUCHED if beside else next(units)
        planted += [Planted(*p) for p in spoil(submissions / f"{unidad}.xlsx")]
        if messages.has(code, Trait.REFUSES_FILE):  # and so its money
            lost.add(unidad)
    planted += _broken_entity(folder, ENTITY_WITH_BANDS, defects_bands.CHANGES)
    planted += _entity(folder, retired, lost)
    planted += _entities(folder, submissions)
    planted += _swap_name(submissions, renamed)
    (folder / EMPTY_FOLDER).mkdir()
    planted.append(Planted(EMPTY_FOLDER, "", "", "ENT-003"))
    planted += _cuadre(folder, lost, quarter)
    planted += _broken_entity(folder, ENTITY_WITH_DEFECTS, defects_entity.CHANGES)
    _write_list(folder / LIST_FILE, planted)
    return planted


def _units() -> tuple[list[str], list[str]]:
    """The units of the exterior and the others, in catalogue order, each to be used once."""
    kept = {*_SPLITS_OFF, *_OWN_MONEY.values(), _UNTOUCHED}
    units = [u for u in facts.units() if u.codigo not in kept]
    exterior, central = ([u.codigo for u in units if (u.area == "SERV_EXT") == abroad] for abroad in (True, False))
    return exterior, central


def _change(path: Path, change: Callable[[Plot], list[PlantedCell]], code: str) -> list[Planted]:
    workbook = openpyxl.load_workbook(path)
    places = change(Plot(workbook))
    workbook.save(path)
    return [Planted(path.name, p.sheet, p.cell, p.code or code) for p in places]


def _entity(folder: Path, copied: str, lost: set[str]) -> list[Planted]:
    """Defects that need the entity workbook too: a unit not in force, a missing month of SIGEP, a missing file."""
    path = folder / "entidad.xlsx"
    workbook = openpyxl.load_workbook(path)
    plot = Plot(workbook)
    plot.append("Unidades", defects_entity.RETIRED_UNIT)
    plot.append("Unidades", {**defects_entity.RETIRED_UNIT, "Código": defects_entity.SECOND_RETIRED_CODE})
    plot.remove_month("Presupuesto_SIGEP", "000 0 003", 2)
    missing = plot.find("Unidades", "Código", copied)
    category = plot.find("Categorias", "Categoría programática", "000 0 003")
    doubtful = [
        ("FUE-005", defects_entity.sources_short(plot)),
        ("HIS-009", defects_entity.quarter_of_before(plot)),
        ("PES-003", defects_entity.weight_of_no_use(plot)),
        ("MOD-006", defects_entity.modification_of_another_year(plot)),
    ]
    workbook.save(path)
    (folder / "entregas" / f"{copied}.xlsx").rename(folder / "entregas" / f"{defects_entity.RETIRED_CODE}.xlsx")
    lost.add(copied)
    places = _change(
        folder / "entregas" / f"{defects_entity.RETIRED_CODE}.xlsx",
        _retire,
        "UNI-009",
    )
    return [
        *places,
        Planted("entidad.xlsx", "Unidades", missing, "ENT-002"),
        Planted("entidad.xlsx", "Categorias", category, "SIG-006"),
        *(Planted("entidad.xlsx", place.sheet, place.cell, code) for code, places in doubtful for place in places),
    ]


def _units_in_time(folder: Path, submissions: Path) -> list[Planted]:
    """Units that begin, end and change their name, each with its workbook; before the one that they copy is spoilt."""
    planted: list[Planted] = []
    entity = openpyxl.load_workbook(folder / "entidad.xlsx")
    for unit in defects_units.UNITS:
        said = {**defects_entity.RETIRED_UNIT, "Vigencia": "vigente", "Código": unit.code, "Nombre": unit.name}
        Plot(entity).append("Unidades", {**said, **unit.dates})
        if unit.planted:
            shutil.copyfile(submissions / f"{defects_units.OF_A_MODEL}.xlsx", submissions / f"{unit.code}.xlsx")
            planted += _change(submissions / f"{unit.code}.xlsx", partial(defects_units.make, unit=unit), "")
        if code := defects_units.TOLD_AT_ITS_CODE.get(unit.code):
            planted.append(
                Planted("entidad.xlsx", "Unidades", Plot(entity).find("Unidades", "Código", unit.code), code)
            )
    entity.save(folder / "entidad.xlsx")
    return planted


def _entities(folder: Path, submissions: Path) -> list[Planted]:
    """The entity's workbook among the submissions: the very same, and one in which somebody changed something."""
    same, changed = submissions / "entidad (1).xlsx", submissions / "entidad corregida.xlsx"
    shutil.copyfile(folder / "entidad.xlsx", same)
    workbook = openpyxl.load_workbook(same)
    workbook["Parametros"]["G1"] = "corregido"
    workbook.save(changed)
    return [Planted(same.name, "", "", "ENT-005"), Planted(changed.name, "", "", "ENT-006")]


def _swap_name(submissions: Path, sent: str) -> list[Planted]:
    """A unit whose own file never came sends its workbook under the name of a unit that is not in force."""
    name = f"{defects_entity.SECOND_RETIRED_CODE}.xlsx"
    path = (submissions / f"{sent}.xlsx").rename(submissions / name)
    return [Planted(name, "Unidad", field(openpyxl.load_workbook(path)), "UNI-013")]


def _retire(plot: Plot) -> list[PlantedCell]:
    plot.form("Unidad organizacional", defects_entity.RETIRED_UNIT["Nombre"])
    return [plot.form("Código de la unidad", defects_entity.RETIRED_CODE)]


def _cuadre(folder: Path, lost: set[str], quarter: int) -> list[Planted]:
    """The shared categories whose sums the rejected files leave short, at their last row of SIGEP figures."""
    rows = unit_rows(quarter)
    months = [f"devengado_{m}" for m in MESES[: 3 * quarter]]
    short: dict[tuple[str, str], float] = {}
    for unidad in lost:
        for row in rows[unidad]["presupuesto"]:
            category = str(row["categoria"])
            spent = sum(_amount(row[m]) for m in months)
            short["CUA-001", category] = short.get(("CUA-001", category), 0) + spent
            short["CUA-002", category] = short.get(("CUA-002", category), 0) + _amount(row["vigente"])
    plot = Plot(openpyxl.load_workbook(folder / "entidad.xlsx"))
    return [
        Planted(
            "entidad.xlsx",
            "Presupuesto_SIGEP",
            plot.find("Presupuesto_SIGEP", "Categoría programática", category),
            code,
            CONSEQUENCE,
        )
        for (code, category), amount in sorted(short.items())
        if round(amount, 2)
    ]


def _amount(value: object) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


def _broken_entity(folder: Path, name: str, changes: Iterable[tuple[str, Change]]) -> list[Planted]:
    workbook = openpyxl.load_workbook(folder / "entidad.xlsx")
    plot = Plot(workbook)
    planted = [Planted(name, place.sheet, place.cell, code) for code, change in changes for place in change(plot)]
    workbook.save(folder / name)
    return planted


def _write_list(path: Path, planted: list[Planted]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(_HEADER)
        writer.writerows((p.archivo, p.hoja, p.celda, p.codigo, p.motivo) for p in planted)
