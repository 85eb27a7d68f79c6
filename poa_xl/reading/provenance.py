"""What a workbook that poa-xl wrote says of itself among the properties of its file."""

from dataclasses import dataclass

from poa_xl import guards, titles
from poa_xl.guards import Limits, markup

_CUSTOM, _CORE = "docProps/custom.xml", "docProps/core.xml"
_LARGEST = 100_000  # bytes; ours have some hundreds


@dataclass(frozen=True)
class Origin:
    """Where a workbook of ours comes from.

    `documento` is what it is (`titles.MASTER_VALUE` …), `periodo` (gestión, quarter) if it is of one, `version` of
    poa-xl, and `saved`, whether a spreadsheet program saved it since.
    """

    documento: str = ""
    periodo: tuple[int, int] | None = None
    version: tuple[int, ...] = ()
    saved: bool = False


def of(package: guards.Package, limits: Limits) -> Origin:
    """The origin of a workbook; a blank one where it is not ours. RefusedError where the file is broken."""
    said = _properties(package, _CUSTOM, limits, "property")
    core = _properties(package, _CORE, limits, "")
    return Origin(
        said.get(titles.DOCUMENT_PROPERTY, ""),
        _period(said.get(titles.PERIOD_PROPERTY, "")),
        numbers(said.get(titles.VERSION_PROPERTY, "")),
        core.get("created") != core.get("modified"),
    )


def numbers(version: str) -> tuple[int, ...]:
    """`0.1.0` as (0, 1, 0), so that versions can be compared; () where it is none."""
    parts = version.split(".")
    return tuple(map(int, parts)) if all(p.isdecimal() for p in parts) else ()


def _period(text: str) -> tuple[int, int] | None:
    gestion, _, quarter = text.partition("-")
    return (int(gestion), int(quarter)) if gestion.isdecimal() and quarter.isdecimal() else None


def _properties(package: guards.Package, part: str, limits: Limits, named: str) -> dict[str, str]:
    """Name -> text: of the elements `named` by their attribute `name`, or of all elements by their own name."""
    if part not in package:
        return {}
    found: dict[str, str] = {}
    name = ""

    def start(element: str, attributes: dict[str, str]) -> None:
        nonlocal name
        if not named:
            name = element
        elif element == named:
            name = attributes.get("name", "")

    def text(content: str) -> None:
        if name:
            found[name] = found.get(name, "") + content

    markup.Walk(limits, start=start, text=text).run(markup.utf8(package.part(part, _LARGEST)))
    return found
