"""A worksheet that is written from above: single lines, and tables under a row of titles."""

from collections.abc import Callable, Iterable, Sequence

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from poa_xl.writers.xlsx import cells
from poa_xl.writers.xlsx.formats import Formats

Look = Callable[[int, int, object], Format]  # of a cell: its row in the table and its column (from 0), its value


class TableSheet:
    """A worksheet with a cursor, `row`, from 0. `shown` says how texts are shown: cut to what a cell holds."""

    def __init__(self, worksheet: Worksheet, formats: Formats, shown: Callable[[str], str] = cells.cut) -> None:
        self.worksheet, self.formats, self._shown, self.row = worksheet, formats, shown, 0

    def line(self, text: str, look: Format | None = None) -> None:
        """A line of its own."""
        self.write(self.row, 0, text, look or self.formats.plain_text())
        self.row += 1

    def help(self, text: str) -> None:
        """A line of explanation."""
        self.line(text, self.formats.help())

    def warning(self, text: str) -> None:
        """A line that nobody should miss."""
        self.line(text, self.formats.warning())

    def widen(self, widths: Iterable[float]) -> None:
        """The widths of the columns, in characters."""
        for col, width in enumerate(widths):
            self.worksheet.set_column(col, col, width)

    def table(
        self, titles: Sequence[str], rows: Iterable[Sequence[object]], look: Look, spans: Sequence[int] = ()
    ) -> None:
        """A table below what is there. `spans`: how many columns of the sheet each of its columns takes."""
        self._line_of(titles, [self.formats.header()] * len(titles), spans)
        for number, row in enumerate(rows):
            self._line_of(row, [look(number, col, value) for col, value in enumerate(row)], spans)

    def _line_of(self, values: Sequence[object], looks: Sequence[Format], spans: Sequence[int]) -> None:
        col = 0
        for value, look, width in zip(values, looks, spans or [1] * len(values), strict=True):
            if width > 1:
                self.worksheet.merge_range(self.row, col, self.row, col + width - 1, "", look)
            self.write(self.row, col, value, look)
            col += width
        self.row += 1

    def write(self, row: int, col: int, value: object, look: Format) -> None:
        """One cell, by the type of its value."""
        cells.write(self.worksheet, row, col, value, look, self._shown)
