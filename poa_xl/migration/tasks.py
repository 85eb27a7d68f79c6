"""What a worker is asked of an old workbook: its cells, and what its sheets say beside their values."""

from typing import Any

from poa_xl import guards
from poa_xl.guards import Limits, workbook
from poa_xl.migration import markup
from poa_xl.reading import plain_values, provenance, tasks as reading

SOURCE = f"{__name__}:source"


def source(content: bytes, limits: Limits, _: dict[str, Any]) -> tuple[Any, bytes]:
    """Whether it is a master; if not, its cells, the markup of each sheet, and when a program last saved it."""
    package = guards.opened(content, limits)
    contents = guards.contents(package, limits)
    if reading.believed(package, contents, limits).is_master:
        return {"master": True}, b""
    parts: dict[str, str] = {}
    for name, part in workbook.index(package, limits).sheets:
        parts.setdefault(name, part)  # of sheets of one name the first is read
    return {
        "master": False,
        "contents": plain_values.of_contents(contents),
        "marks": {name: markup.of(package, part, limits).plain() for name, part in parts.items()},
        "saved": provenance.modified(package),
    }, b""
