"""A worksheet of the board: its columns and cells, its heads, its rows, and how it prints."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from poa_xl import cells
from poa_xl.campaign.board import Tablero
from poa_xl.level_names import OwnNames
from poa_xl.messages import board as words, campaign as common
from poa_xl.writers.xlsx import page
from poa_xl.writers.xlsx.cells import Formula, cut
from poa_xl.writers.xlsx.formats import GRID, TEXT, TOTAL_FILL, Formats
from poa_xl.writers.xlsx.table_sheet import TableSheet

HEADER_ROW = 4  # from 0; title, subtitle and help stand above
FIRST = HEADER_ROW + 1


Cell = str | int | dt.datetime | dt.date | Formula | None


class BoardColumn(NamedTuple):
    """A column of a sheet. What is no text stands in the middle, away from its neighbours."""

    title: str
    width: float
    number_format: str = TEXT

    def look(self, formats: Formats, strong: bool) -> Format:
        """The look of its cells; strong for a total."""
        text = self.number_format == TEXT
        place = {"text_wrap": not strong} if text else {"align": "center"}
        more = {"bold": True, "bg_color": TOTAL_FILL} if strong else {}
        return formats.get(**GRID, num_format=self.number_format, **place, **more)


class BoardSheet(TableSheet):
    """A worksheet of the board while it is written."""

    def __init__(self, worksheet: Worksheet, formats: Formats) -> None:
        super().__init__(worksheet, formats, lambda text: cut(cells.visible(text)))
        self.names = OwnNames()  # of the levels

    def start(self, tablero: Tablero, title: str) -> None:
        """What it is, and how it prints: letter, landscape, as wide as the page, the header on each."""
        self.names = tablero.nombres
        limit, until = common.day(tablero.limite), common.moment(tablero.registro)
        self.line(f"{tablero.entidad}. {title}", self.formats.title())
        compared = words.compared(tablero.plan, tablero.anterior, tablero.trimestre)
        self.help(f"{words.DEADLINE.format(limite=limit)} {words.UNTIL.format(cuando=until)} {compared}")
        page.set_up(self.worksheet, title)
        page.without_warnings(self.worksheet, formulas=False)

    def fill(
        self,
        columns: Sequence[BoardColumn],
        rows: Sequence[Sequence[Cell]],
        strong: Sequence[int] = (),
        in_sight: int = 0,
    ) -> None:
        """The header in sight and on every page, and the rows; those in `strong` stand out, as totals do.

        `in_sight` are the first columns that stay in sight too.
        """
        self.row = HEADER_ROW
        self.widen(column.width for column in columns)
        looks = [[column.look(self.formats, weight) for column in columns] for weight in (False, True)]
        self.table(
            [self.names.said(c.title) for c in columns], rows, lambda number, col, _: looks[number in strong][col]
        )
        page.keep_in_sight(self.worksheet, HEADER_ROW, in_sight)
