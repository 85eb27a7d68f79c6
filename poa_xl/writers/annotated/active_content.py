"""A copy goes without what in a stranger's workbook acts: macros, controls, add-ins, connections, DDE.

The package stays sound: what named a part that goes, goes too; a sheet of macros becomes a blank sheet and a DDE link
a link that leads nowhere, so that no sheet and no link gets another number; a formula leaves its value. Documents and
pictures stay. Our own macros are put in anew, for what a project holds beside its source cannot be told.
"""

from collections.abc import Collection, Iterable

from poa_xl.guards.active_content import Edge
from poa_xl.messages.active_content import NOT_CARRIED
from poa_xl.ooxml.encoding import EncodingError
from poa_xl.ooxml.namespaces import MICROSOFT
from poa_xl.ooxml.splice import ALL, MarkupError, XmlPart
from poa_xl.writers.annotated import formula_values, macros as annotated_macros, references
from poa_xl.writers.annotated.formula_values import SHEETS
from poa_xl.writers.annotated.package import WorkbookCopy

_LINKS = ("dde", "ole")  # kinds that become a link to nowhere
_MACROS = ("vba", "firma")
_MOST_SHEETS = 20  # of macros; each is written anew
_BLANK_SHEET = '<worksheet xmlns="{space}"><sheetData/></worksheet>'
_NOWHERE = '<externalLink xmlns="{space}"><externalBook xmlns:rel="{office}" rel:id="rId1"/></externalLink>'
_PATH_MISSING = f"{MICROSOFT}/xlExternalLinkPath/xlPathMissing"
_REMOVED_LINK = "vinculo-quitado"


def strip(book: WorkbookCopy, project: bytes) -> None:
    """Take it out. `project` are our own macros for this workbook; b"" leaves such as they are if they are clean."""
    anew = bool(project) and annotated_macros.has_ours(book)
    wanted = _wanted(book, anew)
    kept = annotated_macros.own_project(book) if anew else None
    gone = [e for e in book.active.edges if _kind(book, e) in wanted and e != kept]
    typed = {part for part, kind in book.active.parts.items() if kind in wanted and not (kept and part == kept.target)}
    if gone or typed or book.active.formulas:
        _take_out(book, gone, typed)
    if anew:
        annotated_macros.put(book, project)


def _wanted(book: WorkbookCopy, anew: bool) -> set[str]:
    """The kinds that go. Clean macros of ours stay, unless they are put `anew`."""
    clean = annotated_macros.has_ours(book) and not any(item.code == "LIB-013" for item in book.active.items)
    macros = anew or not clean
    return {kind for kind in NOT_CARRIED if macros or kind not in _MACROS}


def _kind(book: WorkbookCopy, edge: Edge) -> str:
    """What a relation leads to; of a link to a file or a program the part itself says it."""
    return book.active.parts.get(edge.target, edge.kind)


def _take_out(book: WorkbookCopy, gone: Collection[Edge], typed: Collection[str]) -> None:
    before = _reachable(book)
    blank = [edge for edge in gone if edge.kind in SHEETS]
    if len(blank) > _MOST_SHEETS:
        raise MarkupError(blank[-1].target)
    for edge in blank:
        _blank_sheet(book, edge)
    links = dict.fromkeys(e.target for e in gone if _kind(book, e) in _LINKS and not e.external)
    numbers = _numbers_of(book, links)
    for part in links:
        _lead_nowhere(book, part)
    left = {*links, formula_values.connections(book)}
    parts = {*(e.target for e in gone if not e.external), *typed} - left
    _cut(book, parts, [e for e in gone if e.external and e.source not in links])
    _drop(book, (before - _reachable(book)) | parts)
    formula_values.release_tables(book)
    formula_values.quieten(book, numbers)
    formula_values.forget_macros(book)


# --- what is replaced ---------------------------------------------------------------------------------------


def _blank_sheet(book: WorkbookCopy, edge: Edge) -> None:
    """A blank worksheet in the place of a sheet of macros."""
    part = book.new_name("xl/worksheets/sheet{}.xml")
    book.add(part, _BLANK_SHEET.format(space=book.main_space), "worksheet")
    book.point(edge.source, edge.identifier, "worksheet", part)


def _lead_nowhere(book: WorkbookCopy, part: str) -> None:
    """A link to no file in the place of one to another program."""
    book.parts[part] = _NOWHERE.format(space=book.main_space, office=book.office).encode()
    book.lead_out(part, "rId1", _PATH_MISSING, _REMOVED_LINK)


def _numbers_of(book: WorkbookCopy, links: Collection[str]) -> set[str]:
    """The numbers by which formulas name these links."""
    if not links:
        return set()
    targets = book.targets(book.main)
    main = XmlPart(book.parts[book.main], ["externalReference"])
    order = [next((targets[v] for v in n.attributes.values() if v in targets), "") for n in main.nodes[1:]]
    return {str(number) for number, part in enumerate(order, start=1) if part in links}


# --- what goes ----------------------------------------------------------------------------------------------


def _cut(book: WorkbookCopy, parts: Collection[str], gone: Iterable[Edge]) -> None:
    """Take out all relations to some parts, some to the outside, and the elements that name them."""
    names = {part.lower() for part in parts}
    by_source = {source: set[str]() for source in ("", *book.parts) if book.relations_of(source) in book.parts}
    for edge in gone:
        by_source.setdefault(edge.source, set()).add(edge.identifier)
    for source, identifiers in by_source.items():
        identifiers |= {i for i, target in book.targets(source).items() if target.lower() in names}
        if identifiers:
            _cut_in(book, source, identifiers)


def _cut_in(book: WorkbookCopy, source: str, identifiers: Collection[str]) -> None:
    book.drop_relations(source, lambda _, line: line.attributes.get("Id") in identifiers)
    try:
        part = XmlPart(book.parts[source], ALL) if source else None
    except (MarkupError, EncodingError):  # a part that is no XML names nothing by its id
        return
    if part:
        named = [n for n in part.nodes if references.names(n, identifiers)]
        shapes = references.remove(part, named)
        book.parts[source] = part.done()
        references.remove_shapes(book, source, shapes)


def _reachable(book: WorkbookCopy) -> set[str]:
    """The parts to which some relation leads."""
    names = {name.lower(): name for name in book.parts}
    found: set[str] = set()
    waiting = [""]
    while waiting:
        for target in book.targets(waiting.pop()).values():
            part = names.get(target.lower(), "")
            if part and part not in found:
                found.add(part)
                waiting.append(part)
    return found


def _drop(book: WorkbookCopy, parts: Collection[str]) -> None:
    for part in parts:
        book.parts.pop(part, None)
        book.parts.pop(book.relations_of(part), None)
    book.types.drop(parts)
    book.types.drop_endings()
