"""A table of a report as a Word table: its titles come again on every page, its rows stay whole."""

from collections.abc import Iterator, Sequence

from poa_xl.report.document import Align, Bound, Cell, ReportColumn, ReportRow, ReportTable
from poa_xl.report.word.elements import Element, element, paragraph, run, shade
from poa_xl.report.word.inline import InlineWriter
from poa_xl.report.word.styles import CELL, TABLE, TITLE

_ALIGN = {Align.LEFT: "left", Align.RIGHT: "right", Align.CENTRE: "center"}
_STRONG_FILL = "E8EDF3"
_SHORT, _TOGETHER = 12, 3  # rows of a table that stays whole, and of each end of a longer one
_LETTER, _AROUND = 100, 130  # of a letter of a table, and beside its words, in twentieths of a point
_NARROWEST = 420  # twentieths of a point


def table(made: ReportTable, writer: InlineWriter, width: int) -> Element:
    """The table in a width given in twentieths of a point."""
    widths = _with_whole_words(_shares([column.width for column in made.columns], width), made)
    return element(
        "w:tbl",
        element(
            "w:tblPr",
            element("w:tblStyle", w_val=TABLE),
            element("w:tblW", w_w=width, w_type="dxa"),
            element("w:tblLayout", w_type="fixed"),
            element("w:tblLook", w_val="0420", w_firstRow=1, w_noVBand=1),
            element("w:tblCaption", w_val=made.caption),
        ),
        element("w:tblGrid", *(element("w:gridCol", w_w=own) for own in widths)),
        _titles(made.columns, widths),
        *(
            _row(row, made.columns, widths, writer, keep=keep)
            for row, keep in zip(made.rows, _kept(len(made.rows)), strict=True)
        ),
    )


def _kept(rows: int) -> Iterator[bool]:
    """Whether each row stays on the page of the next: all of a short table, of a longer one its ends."""
    for row in range(1, rows + 1):
        yield row < rows and (rows <= _SHORT or row <= _TOGETHER or rows - row < _TOGETHER)


def _shares(widths: Sequence[float], whole: int) -> list[int]:
    total = sum(widths) or 1
    return [max(_NARROWEST, round(whole * width / total)) for width in widths]


def _with_whole_words(widths: Sequence[int], made: ReportTable) -> list[int]:
    """Widths with which no word breaks, as far as the others can spare it."""
    least = [_longest_word(made, place) * _LETTER + _AROUND for place in range(len(widths))]
    spare = sum(max(0, own - word) for own, word in zip(widths, least, strict=True))
    wanted = sum(max(0, word - own) for own, word in zip(widths, least, strict=True))
    if not wanted or spare < wanted:
        return list(widths)
    return [
        word if own < word else own - round((own - word) * wanted / spare)
        for own, word in zip(widths, least, strict=True)
    ]


def _longest_word(made: ReportTable, place: int) -> int:
    """How many letters the longest word of a column has, its title too."""
    texts = [made.columns[place].title, *(_text(row.cells[place]) for row in made.rows)]
    return max((len(word) for text in texts for word in text.split()), default=0)


def _text(cell: Cell) -> str:
    return "".join(getattr(part, "text", "") or getattr(part, "shown", "") for part in cell)


def _titles(columns: Sequence[ReportColumn], widths: Sequence[int]) -> Element:
    made = element("w:tr", element("w:trPr", element("w:cantSplit"), element("w:tblHeader")))
    for column, width in zip(columns, widths, strict=True):
        align = Align.LEFT if column.align is Align.LEFT else Align.CENTRE
        made.append(_cell([run(column.title)], width, align, style=TITLE))
    return made


def _row(
    row: ReportRow, columns: Sequence[ReportColumn], widths: Sequence[int], writer: InlineWriter, *, keep: bool
) -> Element:
    made = element("w:tr", element("w:trPr", element("w:cantSplit")))
    for cell, column, width in zip(row.cells, columns, widths, strict=True):
        content = list(writer.runs(cell, strong=row.strong, in_cell=True))
        fill = _fill(cell) or (_STRONG_FILL if row.strong else "")
        made.append(_cell(content, width, column.align, fill, keep=keep))
    return made


def _fill(cell: Cell) -> str:
    """The colour of the word of a semáforo."""
    return next((part.fill for part in cell if isinstance(part, Bound) and part.fill), "")


def _cell(
    content: Sequence[Element], width: int, align: Align, fill: str = "", style: str = CELL, *, keep: bool = False
) -> Element:
    return element(
        "w:tc",
        element(
            "w:tcPr",
            element("w:tcW", w_w=width, w_type="dxa"),
            shade(fill) if fill else None,
            element("w:vAlign", w_val="center"),
        ),
        paragraph(
            style,
            content,
            element("w:keepNext") if keep else None,
            element("w:jc", w_val=_ALIGN[align]) if align is not Align.LEFT else None,
        ),
    )
