"""What workers are asked of the file of a stranger: its cells, its typed rows, what it says of itself.

Each task takes the bytes, the limits and arguments as plain values, and gives plain values; see `guards.worker`.
"""

from collections.abc import Sequence
from typing import Any

from poa_xl import guards, sheets
from poa_xl.guards import Contents, Limits, Package, RefusedError, workbook
from poa_xl.guards.markup import utf8
from poa_xl.reading import our_lists, plain_values, provenance, structure, tabs
from poa_xl.reading.cell_elements import CellElements
from poa_xl.reading.provenance import Origin
from poa_xl.sheets import Sheet

CONTENTS, BOOK, ENTITY, ORIGIN, MODIFIED, FORMULAS = (
    f"{__name__}:{name}" for name in ("contents", "book", "entity", "origin", "modified", "formulas")
)
Answer = tuple[Any, bytes]


def kind_of(wanted: Sequence[Sheet]) -> str:
    """The word for the sheets of a workbook's present template, which a worker has too; '' for others."""
    return next((kind for kind in sheets.KINDS if wanted == sheets.of_kind(kind)), "")


def contents(content: bytes, limits: Limits, arguments: dict[str, Any]) -> Answer:
    """Its sheets with all their cells; where some are named, the others blank."""
    found = guards.contents(guards.opened(content, limits), limits, lambda _: arguments["sheets"])
    return plain_values.of_contents(found), b""


def book(content: bytes, limits: Limits, arguments: dict[str, Any]) -> Answer:
    """Its rows, typed, and what was found on the way."""
    package = guards.opened(content, limits)
    wanted = sheets.of_kind(arguments["kind"])
    found = guards.contents(
        package,
        limits,
        lambda names: tabs.needed(names, wanted),
        lambda name, head: tabs.may_be_another(name, wanted) and tabs.resembled(head(), wanted) is not None,
        our_lists.of_names,
    )
    says = said(package, limits)
    read = structure.read_book(arguments["name"], found, (says, structure.believed(says, found)), wanted, limits)
    return plain_values.of_book(read), b""


def entity(content: bytes, limits: Limits, _: dict[str, Any]) -> Answer:
    """Whether it is an entity's workbook that can be read; of any other no cell is looked at."""
    package = guards.opened(content, limits)
    found = structure.is_entity([name for name, _ in workbook.index(package, limits).sheets])
    if found:
        guards.contents(package, limits)  # refuses one that cannot
    return found, b""


def origin(content: bytes, limits: Limits, _: dict[str, Any]) -> Answer:
    """What it says of itself, and the same where that is believed; the cells decide where it says something."""
    package = guards.opened(content, limits)
    says = said(package, limits)
    if not says.documento:
        true = says
    elif says.saved:
        true = structure.believed(says, guards.contents(package, limits))
    else:  # nobody filled it in; of its sheets, which may be many and large, the first rows are enough to know a unit's
        true = structure.believed(says, guards.first_rows(package, limits, structure.of_unit))
    return [plain_values.of_origin(one) for one in (says, true)], b""


def said(package: Package, limits: Limits) -> Origin:
    """What a package says of itself, true or not; nothing where its properties are broken."""
    try:
        return provenance.of(package, limits)
    except RefusedError:
        return Origin()


def believed(package: Package, found: Contents, limits: Limits) -> Origin:
    """The same, where its sheets do not say otherwise."""
    return structure.believed(said(package, limits), found)


def formulas(content: bytes, limits: Limits, arguments: dict[str, Any]) -> Answer:
    """The formulas of some of its sheets by address; one that cells share is told of each as it counts there."""
    package = guards.opened(content, limits)
    guards.contents(package, limits, lambda names: ())  # what is refused is refused for its formulas too
    parts: dict[str, str] = {}
    for name, part in workbook.index(package, limits).sheets:
        parts.setdefault(name, part)
    wanted = [name for name in arguments["sheets"] if name in parts]
    return {name: _formulas(utf8(package.part(parts[name])), limits) for name in wanted}, b""


def _formulas(xml: bytes, limits: Limits) -> dict[str, str]:
    read = CellElements(limits).read(xml)
    if read.first:
        from openpyxl.formula.translate import Translator  # seldom needed, and slow to load

        for address, first in read.first.items():
            read.formulas[address] = Translator(read.formulas[first], first).translate_formula(address)
    return read.formulas


def modified(content: bytes, limits: Limits, _: dict[str, Any]) -> Answer:
    """When a program last saved it."""
    return provenance.modified(guards.opened(content, limits)), b""
