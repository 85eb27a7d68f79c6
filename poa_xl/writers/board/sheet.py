"""A worksheet of the board: its columns and cells, its heads, its rows, and how it prints."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from poa_xl import cells
from poa_xl.campaign.board import Tablero
from poa_xl.messages import board as words
from poa_xl.messages import campaign as common
from poa_xl.writers.master.sheet import cut
from poa_xl.writers.xlsx.formats import BORDER_COLOR, DATE, LETTER, TEXT, TOTAL_FILL, Formats

MOMENT = f"{DATE} hh:mm"
HEADER_ROW = 4  # from 0; title, subtitle and help stand above
FIRST = HEADER_ROW + 1


class Formula(NamedTuple):
    """A formula and the value that a program which recalculates must land on."""

    text: str
    value: int


Cell = str | int | dt.datetime | dt.date | Formula | None


class Column(NamedTuple):
    """A column of a sheet. What is no text stands in the middle, away from its neighbours."""

    title: str
    width: float
    number_format: str = TEXT

    def look(self, formats: Formats, strong: bool) -> Format:
        """The look of its cells; strong for a total."""
        text = self.number_format == TEXT
        place = {"text_wrap": not strong} if text else {"align": "center"}
        more = {"bold": True, "bg_color": TOTAL_FILL} if strong else {}
        return formats.get(
            border=1, border_color=BORDER_COLOR, valign="top", num_format=self.number_format, **place, **more
        )


class Sheet:
    """A worksheet while it is written."""

    def __init__(self, worksheet: Worksheet, formats: Formats) -> None:
        self.worksheet, self.formats = worksheet, formats

    def start(self, tablero: Tablero, title: str) -> None:
        """What it is, and how it prints: letter, landscape, as wide as the page, the header on each."""
        ws = self.worksheet
        limit, until = common.day(tablero.limite), common.moment(tablero.registro)
        said = f"{words.DEADLINE.format(limite=limit)} {words.UNTIL.format(cuando=until)}"
        ws.write_string(0, 0, cut(f"{cells.visible(tablero.entidad)}. {title}"), self.formats.title())
        ws.write_string(1, 0, said, self.formats.help())
        ws.hide_gridlines(2)
        ws.set_landscape()
        ws.set_paper(LETTER)
        ws.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
        ws.fit_to_pages(1, 0)
        ws.set_footer(f"&L{title}&C&A&R{words.PAGE}")
        ws.ignore_errors({"number_stored_as_text": "A1:XFD1048576"})  # codes are texts on purpose

    def help(self, row: int, text: str) -> None:
        """A line of explanation."""
        self.worksheet.write_string(row, 0, text, self.formats.help())

    def table(self, columns: Sequence[Column], rows: Sequence[Sequence[Cell]], strong: Sequence[int] = ()) -> None:
        """The header in sight and on every page, and the rows; those in `strong` stand out, as totals do."""
        ws = self.worksheet
        for col, column in enumerate(columns):
            ws.set_column(col, col, column.width)
            ws.write_string(HEADER_ROW, col, column.title, self.formats.header())
        for number, row in enumerate(rows):
            for col, (column, value) in enumerate(zip(columns, row, strict=True)):
                self._write(FIRST + number, col, value, column.look(self.formats, number in strong))
        ws.repeat_rows(HEADER_ROW)
        ws.freeze_panes(FIRST, 0)

    def _write(self, row: int, col: int, value: Cell, look: Format) -> None:
        ws = self.worksheet
        if isinstance(value, Formula):
            ws.write_formula(row, col, value.text, look, value.value)
        elif value is None:
            ws.write_blank(row, col, None, look)
        elif isinstance(value, str):
            ws.write_string(row, col, cut(cells.visible(value)), look)
        elif isinstance(value, dt.date):
            ws.write_datetime(row, col, value, look)
        else:
            ws.write_number(row, col, value, look)
