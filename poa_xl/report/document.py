"""What a report consists of, whatever form it takes: headings, paragraphs, tables, charts. Word and the page show it.

Every number of a report is a `Bound`: it says which figure it is. `Text` holds none that the program wrote.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from enum import Enum, StrEnum
from typing import TypeVar, cast

from poa_xl import printable
from poa_xl.messages import report as words


class Style(StrEnum):
    """What a paragraph is."""

    BODY = "body"
    NOTE = "note"  # below a table or a chart
    QUOTE = "quote"  # what a unit wrote
    BULLET = "bullet"
    WARNING = "warning"
    TITLE = "title"
    SUBTITLE = "subtitle"


@dataclass(frozen=True)
class Text:
    """Words."""

    text: str
    strong: bool = False


@dataclass(frozen=True)
class Bound:
    """A figure as it is shown: the number alone, % and Bs stand outside.

    `figure` is its id, or the cell of the master that holds it where it has no id (`Histórico!D7`). `value` is what
    the cell holds, unrounded; None for «n/a». `fill` and `font` are the colours of a word of a semáforo, `#RRGGBB`.
    """

    figure: str
    shown: str
    value: float | str | None = None
    fill: str = ""
    font: str = ""


@dataclass(frozen=True)
class Reference:
    """The label and number of a table or a chart: «Cuadro 3»."""

    key: str


@dataclass(frozen=True)
class QuotedText:
    """What a unit wrote, bound as a text: `cell` of the master holds it."""

    cell: str
    text: str


Inline = Text | Bound | Reference | QuotedText


@dataclass(frozen=True)
class Heading:
    """A heading of level 1, 2 or 3. An annex has its number in its words, a chapter gets its own."""

    text: str
    level: int = 1
    number: str = ""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph."""

    parts: tuple[Inline, ...]
    style: Style = Style.BODY


class Align(StrEnum):
    """How the cells of a column stand."""

    LEFT, RIGHT, CENTRE = "left", "right", "center"


@dataclass(frozen=True)
class ReportColumn:
    """A column: its title, its width in characters and how its cells stand."""

    title: str
    width: float
    align: Align = Align.LEFT


Cell = tuple[Inline, ...]


@dataclass(frozen=True)
class ReportRow:
    """A row; `strong` is one of totals."""

    cells: tuple[Cell, ...]
    strong: bool = False


WIDEST = 118.0  # characters of a line of a table on an upright page


@dataclass(frozen=True)
class ReportTable:
    """A table with its caption. `item` is its number in the inventory of an institutional report."""

    key: str
    caption: str
    columns: tuple[ReportColumn, ...]
    rows: tuple[ReportRow, ...]
    item: int = 0

    @property
    def wide(self) -> bool:
        """Whether it wants a page across."""
        return sum(column.width for column in self.columns) > WIDEST


class ChartKind(StrEnum):
    """How a chart shows its series."""

    BARS, COLUMNS, LINES = "bars", "columns", "lines"


@dataclass(frozen=True)
class Series:
    """A series: a name, and a value or none for each category. `second` has the axis on the right."""

    name: str
    values: tuple[float | None, ...]
    figures: tuple[str, ...]  # the ids of the values
    second: bool = False


@dataclass(frozen=True)
class Chart:
    """A chart with its caption and the words that stand for it where it is not seen."""

    key: str
    caption: str
    kind: ChartKind
    categories: tuple[str, ...]
    series: tuple[Series, ...]
    alternative: str
    whole_labels: bool = False
    item: int = 0

    @property
    def from_zero(self) -> bool:
        """Whether its scale begins at nothing: bars compare by their lengths, lines of two axes by their heights."""
        return self.kind is not ChartKind.LINES or any(series.second for series in self.series)


@dataclass(frozen=True)
class Box:
    """A box of an organisation chart, and those below it."""

    title: str
    below: tuple["Box", ...] = ()


@dataclass(frozen=True)
class OrganisationChart:
    """Who depends on whom."""

    key: str
    caption: str
    root: Box
    alternative: str
    item: int = 0


@dataclass(frozen=True)
class ContentsTable:
    """The table of contents, or of the captions of a label."""

    of_label: str = ""


@dataclass(frozen=True)
class PageBreak:
    """What follows begins a page."""


Block = Heading | Paragraph | ReportTable | Chart | OrganisationChart | ContentsTable | PageBreak


@dataclass(frozen=True)
class ReportDocument:
    """A report: what its properties and its running head say, and its blocks in their order."""

    title: str
    subject: str
    head: str
    blocks: tuple[Block, ...]

    def figures(self) -> Iterator[Bound]:
        """Every figure that it shows, as often as it shows it."""
        for block in self.blocks:
            if isinstance(block, Paragraph):
                yield from (part for part in block.parts if isinstance(part, Bound))
            elif isinstance(block, ReportTable):
                for row in block.rows:
                    yield from (part for cell in row.cells for part in cell if isinstance(part, Bound))

    def captions(self) -> Sequence[ReportTable | Chart | OrganisationChart]:
        """Everything that has a caption, in its order."""
        return [block for block in self.blocks if isinstance(block, ReportTable | Chart | OrganisationChart)]

    def labels(self) -> Mapping[str, str]:
        """Key -> «Cuadro 3», in the order of the report."""
        counts = Counter[str]()
        found = {}
        for block in self.captions():
            counts[label_of(block)] += 1
            found[block.key] = f"{label_of(block)} {counts[label_of(block)]}"
        return found


def label_of(block: ReportTable | Chart | OrganisationChart) -> str:
    """The label of its caption: «Cuadro» or «Gráfico»."""
    return words.TABLE if isinstance(block, ReportTable) else words.CHART


Part = TypeVar("Part")


def legible(part: Part) -> Part:
    """A report, or a part of one, whose texts hold nothing that a document cannot; see `printable.in_document`."""
    done: object = part
    if isinstance(part, str) and not isinstance(part, Enum):
        done = printable.in_document(part)
    elif isinstance(part, tuple):
        done = tuple(map(legible, part))
    elif is_dataclass(part) and not isinstance(part, type):
        done = replace(part, **{field.name: legible(getattr(part, field.name)) for field in fields(part)})
    return cast(Part, done)
