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
    """A box with those below it; of groups with many units one box, in which those below them are counted too."""
    found: list[Box] = []
    groups: dict[str, list[Unidad]] = {}
    for unit in below.get(key, ()):
        if unit.unidad not in above:
            groups.setdefault(unit.subgrupo or unit.grupo, []).append(unit)
    for group, own in groups.items():
        if group and len(own) > _MOST:
            found.append(Box(words.OFFICES.format(grupo=group, n=len(own))))
        else:
            found += [_box(unit.unidad, unit.nombre, below, above | {key}) for unit in own]
    return Box(title, tuple(found))
