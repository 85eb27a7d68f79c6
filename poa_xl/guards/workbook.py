"""Which sheets a workbook has, and where they lie in its package.

The main part is the one that the package names, its sheets are those that its list names by relation, and there is one
part with texts and one with formats: what says more than one thing is refused.
"""

import re
from dataclasses import dataclass, field

from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import utf8
from poa_xl.guards.outline import Outline, Reader
from poa_xl.guards.package import Package
from poa_xl.guards.refused import RefusedError, ambiguous, beyond, damaged, odd_inside
from poa_xl.guards.relations import LARGEST_INDEX, content_types, relations
from poa_xl.messages import limits as words
from poa_xl.ooxml import content_types as types_of, namespaces
from poa_xl.ooxml.content_types import ContentTypes
from poa_xl.ooxml.part_names import WORKBOOK
from poa_xl.ooxml.relations import Relation

# What else a package may be, by a part of its main type.
_OTHERS = (
    ("wordprocessingml", "LIB-006", "documento"),
    ("presentationml", "LIB-006", "presentacion"),
    ("sheet.binary", "LIB-002", "xlsb"),
)
_WORKSHEET_TYPES = frozenset({types_of.WORKSHEET, *types_of.XML, ""})
# Sheets of these kinds have no cells that are read here.
_WITHOUT_CELLS = frozenset(
    {"chartsheet", "dialogsheet"} | {f"{namespaces.MICROSOFT}/xl{kind}" for kind in ("Macrosheet", "IntlMacrosheet")}
)
_CALENDARS = {"": False, "0": False, "false": False, "1": True, "true": True}
# What no program lets a person type as the name of a sheet, or shows otherwise than it stands.
_NO_NAME = re.compile(r"|'.*|.*'|.*(?:[\[\]:*?/\\\x00-\x1f]|_x[0-9A-Fa-f]{4}_).*", re.DOTALL)
_OUTLINE = Outline(
    root="workbook",
    read=frozenset({"workbook/workbookPr", "workbook/calcPr", "workbook/sheets", "workbook/sheets/sheet"}),
    only=frozenset({"workbookPr", "sheets", "sheet"}),
    once=frozenset({"workbook/workbookPr", "workbook/sheets"}),
    closed={"workbook/sheets": frozenset()},
)


@dataclass
class WorkbookIndex:
    """The worksheets in their order as (name, part), the two parts that they share, and how dates count."""

    main: str = ""
    sheets: list[tuple[str, str]] = field(default_factory=list)
    strings: str = ""
    styles: str = ""
    from_1904: bool = False
    by_hand: bool = False  # whether formulas are calculated only when a person asks for it
    types: ContentTypes = field(default_factory=ContentTypes)

    @property
    def parts(self) -> list[str]:
        """The parts that are read, each once."""
        found = [part for _, part in self.sheets] + [self.strings, self.styles]
        return list(dict.fromkeys(part for part in found if part))


def index(package: Package, limits: Limits) -> WorkbookIndex:
    """What the workbook's index says. RefusedError where there is no workbook, or where it says two things."""
    main = _main_part(package, limits)
    types = content_types(package, limits)
    _check_main_type(main, types)
    known = relations(package, main, limits)
    found = WorkbookIndex(
        main, strings=_shared(package, known, "sharedStrings"), styles=_shared(package, known, "styles")
    )
    found.types = types
    sheets = _Sheets(package, known, types, limits, found)
    Reader(_OUTLINE, limits, sheets.start).run(utf8(package.part(main, LARGEST_INDEX)))
    sheets.check()
    if not found.sheets:
        raise RefusedError("LIB-012")
    return found


def _main_part(package: Package, limits: Limits) -> str:
    """The workbook's own part: the one that the package names. RefusedError for a package of another kind."""
    named = [r for r in relations(package, "", limits).values() if r.kind == "officeDocument"]
    if len(named) > 1 or (not named and WORKBOOK in package):
        raise ambiguous("principal")
    if not named:
        package.refuse_kind()
    if named[0].external or named[0].target not in package:
        raise damaged()
    return named[0].target


def _check_main_type(part: str, types: ContentTypes) -> None:
    kind = types.of(part)
    for word, code, other in _OTHERS:
        if word in kind:
            raise RefusedError(code, words.KINDS[other])
    if kind not in types_of.MAIN:
        raise ambiguous("tipo", part)


def _shared(package: Package, known: dict[str, Relation], kind: str) -> str:
    """The part of a kind that the sheets share; '' where there is none, or where it was named and left out.

    One program calls the texts `SharedStrings.xml`, and all others find them.
    """
    found = [r for r in known.values() if r.kind == kind and not r.external]
    if len(found) > 1:
        raise ambiguous("doble", ", ".join(r.written for r in found))
    if not found:
        return ""
    target = found[0].target
    names = [name for name in (target, target.replace("sharedStrings", "SharedStrings", 1)) if name in package]
    if not target or (not names and package.named(target)):
        raise ambiguous("nombre", found[0].written)
    return names[0] if names else ""


class _Sheets:
    """Hears of the elements of the workbook's own part."""

    def __init__(
        self, package: Package, known: dict[str, Relation], types: ContentTypes, limits: Limits, found: WorkbookIndex
    ) -> None:
        self._package, self._known, self._types, self._limits, self._found = package, known, types, limits, found
        self._count, self._twice = 0, ""

    def start(self, path: str, attributes: dict[str, str]) -> None:
        if path == "workbook/workbookPr":
            calendar = attributes.get("date1904", "")
            if calendar not in _CALENDARS:
                raise ambiguous("calendario", calendar)
            self._found.from_1904 = _CALENDARS[calendar]
        elif path == "workbook/calcPr":
            self._found.by_hand = self._found.by_hand or attributes.get("calcMode") == "manual"
        elif path == "workbook/sheets/sheet":
            self._count += 1
            if self._count > self._limits.hojas:
                raise beyond("hojas", self._limits, self._count)
            identifiers = [attributes[key] for key in _IDENTIFIERS if key in attributes]
            if len(identifiers) > 1:
                raise ambiguous("relacion", identifiers[1])
            if any(identifiers):  # Excel lists a module of macros of its oldest kind without one
                self._add(attributes.get("name", ""), identifiers[0])

    def check(self) -> None:
        """RefusedError where the list names a part twice. Said last: a list beyond the limit is told as such."""
        if self._twice:
            raise ambiguous("hoja", self._twice)

    def _add(self, name: str, identifier: str) -> None:
        relation = self._known.get(identifier)
        if relation is None:
            raise odd_inside("vinculo", identifier)
        if relation.external or relation.target not in self._package:
            raise odd_inside("vinculo", relation.written)
        if relation.kind in _WITHOUT_CELLS:
            return
        if relation.kind != "worksheet" or self._types.of(relation.target) not in _WORKSHEET_TYPES:
            raise ambiguous("tipo", relation.target)
        if any(part == relation.target for _, part in self._found.sheets):
            self._twice = relation.target
        if _NO_NAME.fullmatch(name):
            raise ambiguous("nombre-hoja", name)
        self._found.sheets.append((name, relation.target))


_IDENTIFIERS = tuple(f"{space} id" for space in namespaces.OFFICE)
