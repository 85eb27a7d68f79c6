"""A worksheet whose formulas use only old functions, and whose rows are written each as one text.

XlsxWriter searches each formula for some thirty functions newer than Excel 2016, to put a prefix before them; ours hold
none of them, and none is of an array. It makes a list of attributes of each cell and writes cell after cell: of a
workbook of a hundred thousand cells that is half of the time. What is written is the same, byte for byte.
"""

import datetime as dt
from collections.abc import Sequence
from functools import cache
from io import StringIO
from itertools import repeat
from math import isfinite
from operator import itemgetter
from typing import Any, NamedTuple

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.url import Url, UrlTypes
from xlsxwriter.utility import xl_col_to_name, xl_rowcol_to_cell
from xlsxwriter.worksheet import CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple, Worksheet

from poa_xl.writers.xlsx import cells

# Text that a stranger wrote stays text: it never becomes a formula, a link or a number.
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


# The version of Excel 2019. An older one, or the word to calculate on opening, makes Excel recalculate: then it asks at
# every close whether to save, and figures show as #NAME? where the worksheet functions are not installed.
_CALCULATED = 191029


def as_calculated(workbook: Workbook) -> None:
    """Have a workbook opened as it is: every formula has its value."""
    workbook.set_calc_mode("auto", _CALCULATED)
    workbook.calc_on_load = False


class _Link:
    """A link to a cell of the workbook, on cells that stay as they are: XlsxWriter's own writes a text into one.

    It is on the cells of a row up to the column `last`.
    """

    _link_type, _tip = UrlTypes.INTERNAL, ""

    def __init__(self, location: str, last: int) -> None:
        self._link, self._last = location, last

    def cells(self, row: int, col: int) -> str:
        """The cells that it is on, from its column."""
        first = xl_rowcol_to_cell(row, col)
        return first if self._last == col else f"{first}:{xl_rowcol_to_cell(row, self._last)}"


_letters, _number, _place = cache(xl_col_to_name), itemgetter(0), itemgetter(0, 1)
_OFTEN = frozenset({CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple})
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})
_BLOCK = 16  # rows that are told together from where to where they have cells
_AT_ONCE = 500  # rows whose cells are made column by column
_Styles = dict[int, str]  # of a format by its identity: its attribute


class _Text(int):
    """The number of a text among those that cells share."""

    __slots__ = ()


_Kept = int | float | _Text | None


class _Column(NamedTuple):
    """Values one below the other, from a row on, that all look alike; `formulas` are those behind them."""

    first: int
    values: Sequence[object]
    look: Format
    formulas: cells.FormulaColumn | None = None


def _style(look: Format | None, styles: _Styles) -> str:
    styles[id(look)] = made = f' s="{look._get_xf_index()}"' if look else ""
    return made


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """To be given to `Workbook.add_worksheet(name, PlainWorksheet)`."""

    def __init__(self) -> None:
        super().__init__()
        self._columns: dict[int, _Column] = {}
        self._texts: dict[int, _Text] = {}

    # XlsxWriter is pinned: were its methods called otherwise, workbooks would take longer, and a test says so.
    def _write_formula(
        self, row: int, col: int, formula: str, cell_format: Format | None = None, value: object = 0
    ) -> int:
        outside = int(self._check_dimensions(row, col))
        if not outside:
            self.table[row][col] = CellFormulaTuple(formula.removeprefix("="), cell_format, value)
        return outside

    # Ours are told by row and column; XlsxWriter asks at each call whether a cell is called «A1».
    write_blank, write_formula = Worksheet._write_blank, _write_formula
    write_number, write_string = Worksheet._write_number, Worksheet._write_string

    def write_column(self, row: int, col: int, values: Sequence[object] | cells.FormulaColumn, look: Format) -> None:
        """Write values one below the other as `cells.write` does, but that None leaves no cell at all.

        Once a column, and nothing else may be written where it has a value. They stay values until the rows are
        written: a cell of XlsxWriter takes ten times the memory of its number.
        """
        formulas = values if isinstance(values, cells.FormulaColumn) else None
        given = formulas.values if formulas else values
        places = [place for place, value in enumerate(given, start=row) if value is not None]
        if not places:
            return
        self._check_dimensions(places[0], col)
        self._check_dimensions(places[-1], col)
        plain = range(len(given)) if formulas is None else formulas.plain
        kept = [self._kept(row + n, col, v, look) if n in plain else v for n, v in enumerate(given)]
        self._columns[col] = _Column(row, kept, look, formulas)

    def _kept(self, row: int, col: int, value: object, look: Format) -> _Kept:
        """What a column keeps of a value; what is none of these is written as a cell of its own."""
        if value is None or type(value) is int:
            return value
        if type(value) is float and isfinite(value):
            return cells.whole(value)
        if type(value) is str:
            number: int = self.str_table._get_shared_string_index(cells.cut(value))
            return self._texts.setdefault(number, _Text(number))
        if isinstance(value, dt.date):
            early = cells.early(value)
            return float(self._convert_date_time(value)) if early is None else early
        cells.write(self, row, col, value, look)
        return None

    def link(self, row: int, col: int, location: str, last: int | None = None) -> None:
        """Have a cell lead to another one, such as `'Hoja 2'!B7`; what it holds and how it looks stays.

        With `last`, all cells of the row up to that column lead there, by one link.
        """
        self.hyperlinks[row][col] = _Link(location, col if last is None else last)

    def _write_hyperlink_internal(self, row: int, col: int, url: Url | _Link) -> None:
        if isinstance(url, _Link):
            self._xml_empty_tag("hyperlink", [("ref", url.cells(row, col)), ("location", url._link)])
        else:
            super()._write_hyperlink_internal(row, col, url)

    def _write_rows(self) -> None:
        self._calculate_spans()
        styles: dict[int, str] = {}
        self._ask_for_formats(styles)
        columns = sorted(self._columns.items())
        for first in range(self.dim_rowmin, self.dim_rowmax + 1, _AT_ONCE):
            rows = range(first, min(first + _AT_ONCE, self.dim_rowmax + 1))
            below = [self._of_column(col, column, rows, styles) for col, column in columns]
            for row, cells_of in zip(rows, zip(*below, strict=True) if below else repeat(()), strict=False):
                self._write_cells(row, self._with_own(row, columns, cells_of, styles))

    def _write_cells(self, row: int, written: str) -> None:
        known, span = self.row_info.get(row), self.row_spans.get(row // _BLOCK)
        if written:
            self._write_row(row, span, known)
            self.fh.write(written)
            self._xml_end_tag("row")
        elif known is not None or row in self.comments:
            self._write_empty_row(row, span, known)

    def _with_own(self, row: int, columns: list[tuple[int, "_Column"]], made: Sequence[str], styles: _Styles) -> str:
        """The cells of a row as text: those that were `made` of the columns, and its own."""
        own = self.table.get(row)
        if not own:
            return "".join(made)
        placed = [(col, one) for (col, _), one in zip(columns, made, strict=True)]
        placed += [(col, self._cell(row, col, one, styles)) for col, one in sorted(own.items(), key=_number)]
        return "".join([one for _, one in sorted(placed, key=_number)])

    def _ask_for_formats(self, styles: _Styles) -> None:
        """A format gets its number when it is first asked for: in the order of the cells, and not of the columns."""
        if not self._columns:  # its cells are written in their order
            return
        asked = [
            (row, col, one.format or self._format_of_place(row, col))
            for row, own in self.table.items()
            for col, one in own.items()
        ]
        for col, column in self._columns.items():
            place = next((n for n, value in enumerate(column.values) if value is not None), None)
            if place is not None:
                asked.append((column.first + place, col, column.look))
        for _, _, look in sorted(asked, key=_place):
            _style(look, styles)

    def _cell(self, row: int, col: int, one: Any, styles: _Styles) -> str:
        """A cell of its own, as text. `styles` are format -> its attribute, for all rows."""
        kind = one.__class__
        if kind not in _OFTEN:
            return self._of_xlsxwriter(row, col, one)
        look: Format | None = one.format or self._format_of_place(row, col)
        begun = f'<c r="{_letters(col)}{row + 1}"{styles.get(id(look)) or _style(look, styles)}'
        if kind is CellFormulaTuple:
            return f"{begun}{self._formula(one.formula, one.value)}</c>"
        if kind is CellNumberTuple:
            return f"{begun}><v>{one.number:.16G}</v></c>"
        return f'{begun} t="s"><v>{one.string}</v></c>' if kind is CellStringTuple else f"{begun}/>"

    def _of_column(self, col: int, column: "_Column", rows: range, styles: _Styles) -> list[str]:
        """The cell of a column in each of these rows, as text; '' where there is none."""
        look, formulas, values = column.look, column.formulas, column.values
        begun, style = f'<c r="{_letters(col)}', f'"{styles.get(id(look)) or _style(look, styles)}'
        written = [""] * len(rows)
        last = column.first + len(values)
        for row in range(max(rows.start, column.first), min(rows.stop, last)):
            place = row - column.first
            value: Any = values[place]
            if value is None:
                continue
            if formulas and place not in formulas.plain:
                held = self._formula(formulas.text(place).removeprefix("="), value)
            elif type(value) is _Text:
                held = f' t="s"><v>{value}</v>'
            else:
                held = f"><v>{value:.16G}</v>"
            written[row - rows.start] = f"{begun}{row + 1}{style}{held}</c>"
        return written

    def _of_xlsxwriter(self, row: int, col: int, cell: object) -> str:
        """A cell of a kind that is rare, as XlsxWriter itself writes it."""
        whole: Any = self.fh
        alone = StringIO()
        self._set_filehandle(alone)
        self._write_cell(row, col, cell)
        self._set_filehandle(whole)
        return alone.getvalue()

    def _calculate_spans(self) -> None:
        """From where to where there are cells in each sixteen rows."""
        if not self._columns:
            super()._calculate_spans()
            return
        reached: dict[int, list[int]] = {}
        for row, own in (*self.table.items(), *self.comments.items()):
            if own:
                reached.setdefault(row // _BLOCK, []).extend((min(own), max(own)))
        for col, column in self._columns.items():
            for block in {(column.first + n) // _BLOCK for n, value in enumerate(column.values) if value is not None}:
                reached.setdefault(block, []).append(col)
        self.row_spans = {block: f"{min(found) + 1}:{max(found) + 1}" for block, found in reached.items()}

    def _format_of_place(self, row: int, col: int) -> Format | None:
        """The format of the row or else of the column, for a cell that has none of its own."""
        known = self.row_info.get(row)
        if known is not None and known.row_format:
            return known.row_format
        column = self.col_info.get(col)
        return None if column is None else column.column_format

    def _formula(self, formula: str, result: object) -> str:
        """A formula with its result, behind the attributes of its cell.

        XlsxWriter leaves a result that is the empty text without a type, which says «not computed yet», and a text of a
        stranger that a formula shows again with what XML does not take.
        """
        typed, told = "", result
        if isinstance(result, bool):
            typed, told = ' t="b"', int(result)
        elif isinstance(result, str):
            typed = ' t="e"' if result in _ERRORS else ' t="str"'
            told = _escaped(self._escape_control_characters(result))
        return f"{typed}><f>{_escaped(formula)}</f><v>{told}</v>"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
