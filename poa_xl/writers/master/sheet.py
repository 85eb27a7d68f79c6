"""A sheet of the master: its title, its way back to the index, its tables, its print set-up."""

import re
import textwrap
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from types import MappingProxyType

from xlsxwriter.format import Format

from poa_xl.evaluation import Clave
from poa_xl.master_tables import front
from poa_xl.master_tables.table import MasterColumn, MasterSheet, MasterTable, Shows
from poa_xl.writers.master import headings
from poa_xl.writers.master.book import Cell, Formula, Libro, local
from poa_xl.writers.master.pages import MARGIN_ABOVE, MARGIN_ASIDE, ROW, Block, Pages, points_of_columns
from poa_xl.writers.xlsx import cells, page
from poa_xl.writers.xlsx.cells import cut
from poa_xl.writers.xlsx.formats import (
    AMOUNT,
    CHANGE,
    COUNT,
    COUNT_ANYWHERE,
    DATE,
    GRID,
    TEXT,
    TOTAL_FILL,
    Level,
    semaforo_rules,
)
from poa_xl.writers.xlsx.plain_worksheet import PlainWorksheet

INDICE = front.INDEX.name
FIRST_ROW = 4  # below title, subtitle and the link to the index
FIRST_LINE, MORE_LINES, HEADER_AIR = 15.0, 13.0, 3.0  # points
LETTERS, BOLD_LETTERS, LOUD_LETTERS = 1.1, 1.05, 0.85  # of our font, in a unit of column width
ROW_PIXELS = 20  # of a row of usual height in Excel
_FOOTER_LIMIT = 255


NUMBER_FORMATS = {
    Shows.AMOUNT: AMOUNT,
    Shows.CHANGE: CHANGE,
    Shows.COUNT: COUNT,
    Shows.WHOLE: COUNT_ANYWHERE,
    Shows.TEXT: TEXT,
    Shows.DATE: DATE,
}

# The first cell that a formula names, and a formula that shows that of another sheet again.
_FIRST_CELL = re.compile(r"(?P<sheet>'(?:[^']|'')+'!)?(?P<cell>\b[A-Z]{1,3}[0-9]+\b)")
_ALONE = re.compile(r"=(?P<sheet>'(?:[^']|'')+'!)(?P<cell>[A-Z]{1,3}[0-9]+)")


@dataclass(frozen=True)
class Tabla:
    """Where a written table stands; rows and columns from 0, the header just above `first`."""

    hoja: str
    first: int
    last: int
    rows: Sequence[Sequence[Cell]]
    columns: Sequence[MasterColumn]

    def column(self, col: int) -> list[str | int]:
        """The cells of a column, as a chart takes them."""
        return [self.hoja, self.first, col, self.last, col]

    def header(self, first: int, last: int) -> list[str | int]:
        """The titles of some columns, as a chart takes them."""
        return [self.hoja, self.first - 1, first, self.first - 1, last]

    def line(self, row: int, first: int, last: int) -> list[str | int]:
        """Some cells of the row with this number (from 0), as a chart takes them."""
        return [self.hoja, self.first + row, first, self.first + row, last]


def _without(rows: Sequence[Sequence[Cell]], listed: MasterTable, levels: Collection[str]) -> Sequence[Sequence[Cell]]:
    """Rows without the cells of levels, whose columns stand before any spread."""
    gone = {
        col for col, entry in enumerate(listed.columns) if isinstance(entry, MasterColumn) and entry.level in levels
    }
    return [[value for col, value in enumerate(row) if col not in gone] for row in rows] if gone else rows


def _lines(text: str, letters: int) -> int:
    parts = text.split("\n")
    return sum(1 if len(part) <= letters else len(textwrap.wrap(part, letters)) for part in parts)


def _height(titles: Sequence[tuple[Cell, float]], letters: float = LETTERS) -> float:
    """Points that a row needs for its texts, given the widths of their columns.

    Spreadsheet programs would find out by themselves, but each in its own way, and charts below would then cover rows.
    """
    texts = [(value.value if isinstance(value, Formula) else value, width) for value, width in titles]
    lines = [_lines(text, max(1, int(letters * width))) for text, width in texts if isinstance(text, str)]
    return FIRST_LINE + MORE_LINES * (max([1, *lines]) - 1)


def _in_footer(text: str) -> str:
    return page.in_footer(text[: _FOOTER_LIMIT // 4])


@dataclass
class Hoja:
    """A worksheet with a cursor: every table goes below the one before."""

    libro: Libro
    worksheet: PlainWorksheet
    name: str
    row: int = FIRST_ROW
    widths: dict[int, float] = field(default_factory=dict)
    heights: dict[int, float] = field(default_factory=dict)  # points, of the rows that have their own
    blocks: list[Block] = field(default_factory=list)
    page_widths: Sequence[float] = ()  # of all columns, where all of the sheet stands on one page
    charts_width: float = 0.0  # points of the widest
    printed: bool = True  # its rows have heights that are known here
    _heading: int | None = None  # the row of a heading whose table comes next
    _repeated: int | None = None

    def start(self, listed: MasterSheet, ayuda: str = "", **words: object) -> None:
        """Title, subtitle and link back; print set-up. `words` are those of its title beside the evaluation's."""
        ws, formats, titulo = self.worksheet, self.libro.formats, self._said(listed.title, words)
        ws.write_string(0, 0, cut(titulo), formats.title())
        ws.write_string(1, 0, cut(ayuda), formats.help())
        if self.name != INDICE:
            ws.write_url(2, 0, f"internal:'{INDICE}'!A1", formats.back(), "← Volver al índice")
        entidad = self.libro.evaluacion.entidad
        left = f"{_in_footer(entidad.sigla)} · POA {entidad.gestion}"
        page.set_up(ws, left, _in_footer(self.name), aside=MARGIN_ASIDE, above=MARGIN_ABOVE, below=MARGIN_ABOVE)
        page.without_warnings(ws)
        self.libro.index.append((self.name, local(0, 0), titulo))

    def stay_out_of_printing(self) -> None:
        """Whoever prints the workbook gets its tables, not its rows: what is printed of the sheet is a hidden row."""
        self.worksheet.set_row(FIRST_ROW - 1, None, None, {"hidden": True})
        self.worksheet.print_area(FIRST_ROW - 1, 0, FIRST_ROW - 1, 0)

    def on_one_page(self, widths: Sequence[float], paper: int = page.LETTER) -> None:
        """All of it prints on one page, standing, whatever stands in it; its columns have these widths."""
        page.stand_on_one(self.worksheet, paper)
        self.printed, self.page_widths = False, widths

    def _widen(self, tabla: "Tabla") -> None:
        col, last = len(tabla.columns) - 1, len(self.page_widths) - 1
        for row in range(tabla.first - 1, tabla.last + 1):
            title = row < tabla.first
            value: Cell = tabla.columns[col].title if title else tabla.rows[row - tabla.first][col]
            look = self.libro.formats.header() if title else self._format(value, tabla.columns[col], strong=False)
            self.worksheet.merge_range(row, col, row, last, "", look)
            cells.write(self.worksheet, row, col, value, look)

    def note(self, text: str) -> None:
        """A line of explanation."""
        self._line(text, self.libro.formats.help(wrap=bool(self.page_widths)), LETTERS)

    def warning(self, text: str) -> None:
        """A line that nobody should miss; none where there is nothing to say."""
        if text:
            self._line(text, self.libro.formats.loud_warning(wrap=bool(self.page_widths)), LOUD_LETTERS)

    def _line(self, text: str, look: Format, letters: float) -> None:
        """A text across the sheet: as many lines as it takes where all of the sheet stands on one page."""
        if self.page_widths:
            self._set_height(self.row, _height([(text, sum(self.page_widths))], letters))
            self.worksheet.merge_range(self.row, 0, self.row, len(self.page_widths) - 1, "", look)
        self.worksheet.write_string(self.row, 0, cut(text), look)
        self.row += 2

    def _said(self, title: str, words: Mapping[str, object]) -> str:
        said = headings.said(self.libro.evaluacion, title)
        return said.format(**{**headings.words(self.libro.evaluacion), **words})

    def heading(self, listed: MasterTable, **words: object) -> None:
        """The title of a table, listed in the index. `words` are those in it beside the evaluation's."""
        titulo = self._said(listed.heading, words)
        self.worksheet.write_string(self.row, 0, cut(titulo), self.libro.formats.get(bold=True, font_size=11))
        self.libro.index.append((self.name, local(self.row, 0), titulo))
        self._heading = self.row
        self.row += 1

    @property
    def first_data_row(self) -> int:
        """Where the rows of a table without heading will start."""
        return self.row + 1

    def table(
        self,
        listed: MasterTable,
        rows: Sequence[Sequence[Cell]],
        strong: Collection[int] = (),
        *,
        claves: Sequence[Clave | None] = (),
        period: str = "",
        spans: headings.Spans = MappingProxyType({}),
        long_texts: bool = False,
        to_the_end: bool = False,
        leading: int | None = None,
    ) -> Tabla:
        """Write a table at the cursor; rows whose number is in `strong` stand out, as totals do.

        Rows have a cell for each column that is listed before the first spread, also of levels that the entity does
        without: these go. `claves` say of which node each row is: the figures that its columns show are then noted
        with their cells. `period` is that of a table which has one for each; `spans` are periods of spreads that only
        this table has.
        With `long_texts`, and where all of the sheet stands on one page, the spreadsheet program finds the heights of
        the rows. `to_the_end`: the last column goes on to the end of that page, its title too.
        Each figure leads to the cell that it is computed of; with `leading`, all figures of a row to the one of which
        that column's is computed.
        """
        columns = headings.columns(self.libro.evaluacion, listed, spans)
        rows = _without(rows, listed, headings.absent(self.libro.evaluacion, listed))
        widths = self._widths(columns, to_the_end=to_the_end)
        titles = [c.title for c in columns]
        found_by_program = long_texts or bool(self.page_widths)
        self._set_height(self.row, HEADER_AIR + _height(list(zip(titles, widths, strict=True)), BOLD_LETTERS))
        for col, title in enumerate(titles):
            self.worksheet.write_string(self.row, col, title, self.libro.formats.header())
            self.widths[col] = max(self.widths.get(col, 0), widths[col])
        first = self.row + 1
        for number, row in enumerate(rows):
            long_and_merged = to_the_end and _height([(row[-1], widths[-1])]) > FIRST_LINE  # no program looks at it
            if not found_by_program or long_and_merged:
                self._set_height(first + number, _height(list(zip(row, widths, strict=True))))
            for col, (column, value) in enumerate(zip(columns, row, strict=True)):
                self.write(first + number, col, value, column, number in strong)
                if leading is None:
                    self._link(first + number, col, value, column)
            if leading is not None:
                self._link_row(first + number, row, columns, leading)
        self._note_figures(columns, claves, period, first)
        last = first + len(rows) - 1
        self.printed = self.printed and not long_texts
        self.blocks.append(Block(first - 1 if self._heading is None else self._heading, max(last, first - 1)))
        self._heading = None
        for col, column in enumerate(columns):
            if rows and column.colours:
                self.paint(column.colours, first, last, col)
        self.row = last + (2 if self.page_widths else 3)
        written = Tabla(self.name, first, last, rows, columns)
        if to_the_end:
            self._widen(written)
        return written

    def _widths(self, columns: Sequence[MasterColumn], *, to_the_end: bool) -> list[float]:
        """How wide the columns of a table are: those of the page where all of the sheet stands on one."""
        if not self.page_widths:
            return [c.width for c in columns]
        own, rest = self.page_widths[: len(columns)], sum(self.page_widths[len(columns) :])
        return [*own[:-1], own[-1] + (rest if to_the_end else 0)]

    def _note_figures(
        self, columns: Sequence[MasterColumn], claves: Sequence[Clave | None], period: str, first: int
    ) -> None:
        shown = [(col, c.indicator, c.period or period) for col, c in enumerate(columns) if c.indicator]
        for row, clave in enumerate(claves, start=first):
            if clave is None:
                continue
            for col, indicator, p in shown:
                self.libro.note_figure(clave, indicator, p, (self.name, row, col))

    def _set_height(self, row: int, points: float) -> None:
        self.heights[row] = points
        self.worksheet.set_row(row, points)

    def add_chart(self, chart: object, description: str, width: int, height: int) -> None:
        """A chart below the last table; the next table goes below it. Sizes are in pixels, as Excel shows them."""
        self.worksheet.insert_chart(self.row - 1, 0, chart, {"object_position": 2, "description": description})
        last = self.row - 1 + height // ROW_PIXELS
        if self.blocks:
            self.blocks[-1].add_chart(self.row - 1, last)
        self.charts_width = max(self.charts_width, width * ROW / ROW_PIXELS)
        self.row = last + 3

    def paint(self, colores: str, first: int, last: int, col: int) -> None:
        """Colour the words of a level («semaforo» or «criterio») in a column."""
        entidad = self.libro.evaluacion.entidad
        levels: dict[str, Sequence[Level]] = {"semaforo": entidad.semaforo, "criterio": entidad.criterio_dgaa}
        for rule in semaforo_rules(self.libro.formats, levels[colores]):
            self.worksheet.conditional_format(first, col, last, col, rule)

    def mark_word(self, word: str, tabla: Tabla, col: int) -> None:
        """Make a word stand out in a column, as an error does."""
        rule = {"type": "cell", "criteria": "==", "value": f'"{word}"', "format": self.libro.formats.observed("error")}
        self.worksheet.conditional_format(tabla.first, col, tabla.last, col, rule)

    def _format(self, value: Cell, column: MasterColumn, strong: bool) -> Format:
        """The format of a cell: one for all cells of a column that are alike."""
        key = (column.shows, column.centred, column.colours, isinstance(value, str), isinstance(value, Formula), strong)
        if key not in self.libro.looks:
            self.libro.looks[key] = self._made(value, column, strong)
        return self.libro.looks[key]

    def _made(self, value: Cell, column: MasterColumn, strong: bool) -> Format:
        look: dict[str, object] = dict(GRID)
        if column.shows is not Shows.TEXT:
            # «n/a» stands at the right, as a number does.
            look |= {"num_format": NUMBER_FORMATS[column.shows], "align": "right"}
        elif isinstance(value, str):
            look |= {"num_format": TEXT, "text_wrap": True}
        elif isinstance(value, Formula) and not column.colours:  # not in the format of texts: there it would be one
            look |= {"text_wrap": True}
        if column.centred or column.colours:
            look["align"] = "center"
        if strong:
            look |= {"bold": True, "bg_color": TOTAL_FILL}
        return self.libro.formats.get(**look)

    def write(self, row: int, col: int, value: Cell, column: MasterColumn, strong: bool = False) -> None:
        """Write one cell; a text is a text, whatever it looks like."""
        cells.write(self.worksheet, row, col, value, self._format(value, column, strong))

    def _link(self, row: int, col: int, value: Cell, column: MasterColumn) -> None:
        """Lead from a figure to the cell that computes it, and from there to the first one that it is computed of."""
        location = self._origin(value, column)
        if location:
            self.worksheet.link(row, col, location)

    def _link_row(self, row: int, values: Sequence[Cell], columns: Sequence[MasterColumn], leading: int) -> None:
        """Lead from all figures of a row to one cell, by a link for each run of them.

        LibreOffice compares each link to another cell with all before it: a link a figure would make it open a large
        master in a multiple of the time of all else.
        """
        figures = [col for col, c in enumerate(columns) if c.indicator and isinstance(values[col], Formula)]
        origins = (self._origin(values[col], columns[col]) for col in (leading, *figures))
        location = next(filter(None, origins), "")
        firsts = [col for col in figures if col - 1 not in figures] if location else []
        lasts = [col for col in figures if col + 1 not in figures]
        for first, last in zip(firsts, lasts, strict=False):
            self.worksheet.link(row, first, location, last)

    def _origin(self, value: Cell, column: MasterColumn) -> str:
        """The cell that a formula shows again, or the first one that a figure is computed of; '' if there is none."""
        if not isinstance(value, Formula):
            return ""
        shown_again = _ALONE.fullmatch(value.text)
        found = shown_again or (_FIRST_CELL.search(value.text) if column.indicator else None)
        return (found["sheet"] or f"'{self.name}'!") + found["cell"] if found else ""

    def freeze(self, tabla: Tabla, columns: int = 0) -> None:
        """Keep the header of a table (and the first columns) in sight, and print it on every page."""
        page.keep_in_sight(self.worksheet, tabla.first - 1, columns)
        self._repeated = tabla.first - 1

    def finish(self) -> None:
        """Set the widths and the pages, once all tables of the sheet are known."""
        for col, width in enumerate(self.page_widths) if self.page_widths else self.widths.items():
            self.worksheet.set_column(col, col, width)
        if not self.printed or not self.blocks:
            return
        repeated = 0.0 if self._repeated is None else self.heights.get(self._repeated, ROW)
        width = max(points_of_columns(list(self.widths.values())), self.charts_width)
        pages = Pages(self.blocks, self.heights, width, repeated)
        self.worksheet.set_h_pagebreaks(pages.breaks)
        if pages.more_columns:
            self.worksheet.print_area(0, 0, self.row, max(self.widths) + pages.more_columns)
