"""Quarters of units that ended or were renamed of which no workbook says anything: they are missing in the master."""

from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from poa_xl import cells
from poa_xl.accepted_rows import FilaTarea
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.entity import Entidad, Unidad
from poa_xl.existence import MONTHS_OF_A_QUARTER
from poa_xl.findings import Finding


def check(
    checked: CheckedEntity, entidad: Entidad, trimestre: int, sent: Collection[str], tasks: Iterable[FilaTarea]
) -> list[Finding]:
    """A finding for each unit that ended before the quarter and whose last workbook is not there (`sent`: those that
    are), and for each renamed one whose workbook has no programme of the quarters before."""
    return [*_ended(checked, entidad, trimestre, sent), *_renamed(checked, entidad, trimestre, tasks)]


class Ended(NamedTuple):
    """A unit that ended: its last day and the quarters in which it existed, in words."""

    unidad: Unidad
    hasta: str
    trimestres: str


def ended(entidad: Entidad, trimestre: int, sent: Collection[str]) -> Iterator[Ended]:
    """The units that ended before a quarter and are not among those whose workbook is there."""
    must = {u.unidad for u in entidad.senders(trimestre)}
    for unit in entidad.until(trimestre):
        if unit.unidad not in must and unit.unidad not in sent:
            last = cells.show(entidad.existence_of(unit.unidad).hasta)
            yield Ended(unit, last, _quarters(entidad, unit.unidad, trimestre))


def _ended(checked: CheckedEntity, entidad: Entidad, trimestre: int, sent: Collection[str]) -> Iterator[Finding]:
    for one in ended(entidad, trimestre, sent):
        yield _finding(checked, "ENT-010", one.unidad, fecha=one.hasta, esperado=one.trimestres)


def _renamed(checked: CheckedEntity, entidad: Entidad, trimestre: int, tasks: Iterable[FilaTarea]) -> Iterator[Finding]:
    own: dict[str, list[FilaTarea]] = {}
    for task in tasks:
        own.setdefault(task.unidad, []).append(task)
    former = {after.codigo: (before, after.dia) for before, after in entidad.renamings.items()}
    for unit in entidad.until(trimestre):
        before, day = former.get(unit.unidad, ("", None))
        if day is None or day.year != entidad.gestion or unit.unidad not in own:
            continue
        quarters = (day.month - 1) // MONTHS_OF_A_QUARTER  # those that ended before that day
        told = any(v for task in own[unit.unidad] for v in task.programado[: MONTHS_OF_A_QUARTER * quarters])
        missing = _quarters(entidad, unit.unidad, quarters)
        if missing and not told:
            yield _finding(checked, "ENT-011", unit, anterior=before, fecha=cells.show(day), esperado=missing)


def _quarters(entidad: Entidad, unidad: str, last: int) -> str:
    """The quarters up to one in which a unit existed, in words: 1T, 2T."""
    there = entidad.existence_of(unidad)
    return ", ".join(f"{q}T" for q in range(1, last + 1) if there.in_quarter(entidad.gestion, q))


def _finding(checked: CheckedEntity, code: str, unit: Unidad, **details: str) -> Finding:
    return Finding(code, checked.place("unidades", "unidad", unit.unidad), unit.unidad, unit.unidad, details)
