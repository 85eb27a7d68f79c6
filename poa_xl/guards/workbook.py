"""Which sheets a workbook has and where they lie in its package, and the plain package that calamine gets of it.

calamine never sees the file of a stranger: it gets a package made here, of the parts that were looked at, under names
of our own. So what it reads is what was checked, and a relation that points elsewhere points nowhere.
"""

import io
import posixpath
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple
from urllib.parse import unquote

from poa_xl import titles
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import utf8, walk
from poa_xl.guards.package import Package
from poa_xl.guards.refused import RefusedError, beyond, odd_inside

_MOST_INDEX = 8_000_000  # of a part that lists others; that of a hundred sheets has some kB
_KIND = re.compile(r"/([A-Za-z]+)$")


class Relation(NamedTuple):
    """Where a relation of a part points."""

    kind: str  # the last word of its type, the same in transitional and strict files
    target: str
    external: bool


@dataclass
class Plan:
    """The worksheets in their order as (name, part), the two parts that they share, and the calendar."""

    sheets: list[tuple[str, str]] = field(default_factory=list)
    strings: str = ""
    styles: str = ""
    from_1904: bool = False
    links: list[str] = field(default_factory=list)  # the other files that it names

    @property
    def parts(self) -> list[str]:
        """The parts that are read, each once."""
        found = [part for _, part in self.sheets] + [self.strings, self.styles]
        return list(dict.fromkeys(part for part in found if part))


def relations(package: Package, part: str, limits: Limits) -> dict[str, Relation]:
    """The relations of a part (of the package for '') by their id; none where it has none."""
    folder, name = posixpath.split(part)
    found: dict[str, Relation] = {}
    lists = posixpath.join(folder, "_rels", f"{name}.rels")
    if lists not in package:
        return found

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "Relationship":
            kind = _KIND.search(attributes.get("Type", ""))
            target, external = attributes.get("Target", ""), attributes.get("TargetMode") == "External"
            place = target if external else _resolved(folder, target)
            found[attributes.get("Id", "")] = Relation(kind[1] if kind else "", place, external)

    walk(utf8(package.part(lists, _MOST_INDEX)), limits, start)
    return found


def _resolved(folder: str, target: str) -> str:
    """The part that a target names, from the folder of the part that names it."""
    place = posixpath.normpath(posixpath.join("/", folder, unquote(target)))
    return place.lstrip("/")


def plan(package: Package, limits: Limits) -> Plan:
    """What the workbook's index says. RefusedError where there is no workbook, or where it points elsewhere."""
    main = _main_part(package, limits)
    if not main:
        package.check_kind()
    known = relations(package, main, limits)
    found = Plan()
    for relation in known.values():
        if relation.kind in ("sharedStrings", "styles") and relation.target in package and not relation.external:
            setattr(found, "strings" if relation.kind == "sharedStrings" else "styles", relation.target)
        if relation.kind == "externalLink":
            inner = relations(package, relation.target, limits).values()
            found.links += [link.target for link in inner if link.external and not _is_ours(link.target)]

    def start(name: str, attributes: dict[str, str]) -> None:
        if name == "workbookPr" and "date1904" in attributes:  # Excel's extensions have a second element of that name
            found.from_1904 = attributes["date1904"] in ("1", "true", "on")
        elif name == "sheet":
            _add_sheet(found, package, known, attributes, limits)

    walk(utf8(package.part(main, _MOST_INDEX)), limits, start)
    if not found.sheets:
        raise RefusedError("LIB-012")
    return found


def _is_ours(target: str) -> bool:
    """Whether a link leads to our own add-in, as Excel notes it beside every function of it."""
    return re.split(r"[/\\]", target)[-1].casefold() == titles.ADDIN_FILE


def _main_part(package: Package, limits: Limits) -> str:
    """The workbook's own part: where Excel puts it, or where the package says; '' for a package of another kind."""
    if "xl/workbook.xml" in package:
        return "xl/workbook.xml"
    for relation in relations(package, "", limits).values():
        part = relation.target
        if relation.kind == "officeDocument" and part.endswith(".xml") and part in package:
            return "" if part.startswith(("word/", "ppt/")) else part
    return ""


def _add_sheet(
    found: Plan, package: Package, known: Mapping[str, Relation], attributes: Mapping[str, str], limits: Limits
) -> None:
    identifier = next((value for key, value in attributes.items() if key.endswith(":id")), "")
    if not identifier:  # how Excel lists a module of macros of its oldest kind
        return
    relation = known.get(identifier)
    if relation is None:
        raise odd_inside("vinculo", identifier)
    if relation.external or relation.target not in package:
        raise odd_inside("vinculo", relation.target)
    if relation.kind == "worksheet":
        found.sheets.append((attributes.get("name", ""), relation.target))
    if len(found.sheets) > limits.hojas:
        raise beyond("hojas", limits, len(found.sheets))


# --- the package that calamine gets -----------------------------------------------------------------------

_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"


def _listed(relations: list[tuple[str, str]]) -> str:
    lines = (
        f'<Relationship Id="r{n}" Type="{_OFFICE}/{kind}" Target="{target}"/>'
        for n, (kind, target) in enumerate(relations)
    )
    return f'<Relationships xmlns="{_RELATIONS}">{"".join(lines)}</Relationships>'


@lru_cache(maxsize=32)
def _index(sheets: int, from_1904: bool) -> tuple[tuple[str, str], ...]:
    lines = "".join(f'<sheet name="{n}" sheetId="{n + 1}" r:id="r{n}"/>' for n in range(sheets))
    parts = [("worksheet", f"worksheets/{n}.xml") for n in range(sheets)]
    calendar = '<workbookPr date1904="1"/>' if from_1904 else ""
    main = f'<workbook xmlns:r="{_OFFICE}">{calendar}<sheets>{lines}</sheets></workbook>'
    shared = [("sharedStrings", "sharedStrings.xml"), ("styles", "styles.xml")]
    return (
        ("_rels/.rels", _listed([("officeDocument", "xl/workbook.xml")])),
        ("xl/workbook.xml", main),
        (
            "xl/_rels/workbook.xml.rels",
            _listed(parts + shared),
        ),
    )


def plain(sheets: list[bytes], strings: bytes, styles: bytes, from_1904: bool) -> bytes:
    """A package of these parts alone, its sheets named by their numbers."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_STORED) as archive:
        for name, text in _index(len(sheets), from_1904):
            archive.writestr(zipfile.ZipInfo(name), text)
        for n, xml in enumerate(sheets):
            archive.writestr(zipfile.ZipInfo(f"xl/worksheets/{n}.xml"), xml)
        if strings:
            archive.writestr(zipfile.ZipInfo("xl/sharedStrings.xml"), strings)
        if styles:
            archive.writestr(zipfile.ZipInfo("xl/styles.xml"), styles)
    return content.getvalue()
