"""Types of parts: the format's words for them, and what a package says of each of its parts."""

from collections.abc import Mapping
from dataclasses import dataclass, field

_OFFICE = "application/vnd.openxmlformats-officedocument."
_SPREADSHEET = f"{_OFFICE}spreadsheetml."
_EXCEL = "application/vnd.ms-excel."
XML = ("application/xml", "text/xml")
RELATIONS = "application/vnd.openxmlformats-package.relationships+xml"
SHAPES = f"{_OFFICE}vmlDrawing"  # of parts whose names end in .vml
WORKSHEET, STYLES, COMMENTS = (f"{_SPREADSHEET}{kind}+xml" for kind in ("worksheet", "styles", "comments"))
CUSTOM_PROPERTIES = f"{_OFFICE}custom-properties+xml"
PROJECT = "application/vnd.ms-office.vbaProject"  # of macros
# Of the workbook's own part. Those with macros are Excel's, not the format's.
MAIN = frozenset(
    {f"{_SPREADSHEET}{kind}.main+xml" for kind in ("sheet", "template")}
    | {f"{_EXCEL}{kind}.macroEnabled.main+xml" for kind in ("sheet", "template")}
)
OF_MACROS = "macroEnabled"  # what the main type of a workbook with macros holds


@dataclass(frozen=True)
class ContentTypes:
    """What a package says of each of its parts. Capitals make no difference."""

    of_parts: Mapping[str, str] = field(default_factory=dict)
    of_endings: Mapping[str, str] = field(default_factory=dict)

    def of(self, part: str) -> str:
        """The type of a part; '' where the package says none."""
        name = part.lower()
        return self.of_parts.get(name) or self.of_endings.get(name.rpartition(".")[2], "")
