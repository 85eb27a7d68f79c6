"""The organisation chart, by what the units of the entity's workbook depend on."""

from collections.abc import Iterator, Mapping, Sequence

from poa_xl.entity import Unidad
from poa_xl.messages import report as words
from poa_xl.report.content.sources import Sources
from poa_xl.report.document import Block, Box, Heading, OrganisationChart

_MOST = 9  # units of one group that have a box each; more are one box with their number


def follow_up(sources: Sources) -> Iterator[Block]:
    """The heading of the chapter on the evaluation, and the chart with which it begins.

    Each unit stands below the one that it depends on, and groups of many are one box.
    """
    yield Heading(words.FOLLOW_UP)
    yield Heading(sources.said(words.STRUCTURE), 2)
    root = _root(sources)
    names = [box.title for box in root.below]
    alternative = words.ORGANISATION_ALT.format(entidad=sources.entidad.nombre, areas="; ".join(names))
    yield OrganisationChart("organigrama", words.ORGANISATION, root, alternative, item=12)


def _root(sources: Sources) -> Box:
    """The entity, below it what its units depend on, and below that the units."""
    units = {unit.unidad: unit for unit in sources.entidad.until(sources.trimestre)}
    below: dict[str, list[Unidad]] = {}
    for unit in units.values():
        below.setdefault(_head(sources, unit, units), []).append(unit)
    tops = [head for head in below if head not in units or _circular(head, sources, units)]
    return Box(sources.entidad.nombre, tuple(_box(head, head, below, frozenset()) for head in tops))


def _head(sources: Sources, unit: Unidad, units: Mapping[str, Unidad]) -> str:
    """The code of the unit that one depends on, or what it depends on that is no unit; without either, its area."""
    codes = {other.nombre: code for code, other in units.items()}
    areas = {area.area: area.nombre for area in sources.entidad.areas}
    return codes.get(unit.dependencia, unit.dependencia) or areas.get(unit.area, unit.area)


def _circular(head: str, sources: Sources, units: Mapping[str, Unidad]) -> bool:
    """Whether what a unit depends on depends, in the end, on itself."""
    seen = set[str]()
    while head in units and head not in seen:
        seen.add(head)
        head = _head(sources, units[head], units)
    return head in seen


def _box(key: str, title: str, below: Mapping[str, Sequence[Unidad]], above: frozenset[str]) -> Box:
    """A box with those below it; groups with many units are one box."""
    found: list[Box] = []
    for group, own in _groups([unit for unit in below.get(key, ()) if unit.unidad not in above]).items():
        if group and len(own) > _MOST:
            found.append(_offices(group, own, below, above | {key}))
        else:
            found += [_box(unit.unidad, unit.nombre, below, above | {key}) for unit in own]
    return Box(title, tuple(found))


def _offices(group: str, own: Sequence[Unidad], below: Mapping[str, Sequence[Unidad]], above: frozenset[str]) -> Box:
    """Many units in one box; those that depend on one of them are below it, a box for each of their groups."""
    above = above | {unit.unidad for unit in own}
    hang = [under for unit in own for under in below.get(unit.unidad, ()) if under.unidad not in above]
    found: list[Box] = []
    for name, units in _groups(hang).items():
        if name:
            found.append(_offices(name, units, below, above))
        else:
            found += [_box(unit.unidad, unit.nombre, below, above) for unit in units]
    return Box(words.OFFICES.format(grupo=group, n=len(own)), tuple(found))


def _groups(units: Sequence[Unidad]) -> Mapping[str, Sequence[Unidad]]:
    found: dict[str, list[Unidad]] = {}
    for unit in units:
        found.setdefault(unit.subgrupo or unit.grupo, []).append(unit)
    return found
