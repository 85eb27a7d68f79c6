"""A worksheet whose formulas use only old functions, and whose rows are written each as one text.

XlsxWriter searches each formula for some thirty functions newer than Excel 2016, to put a prefix before them; ours hold
none of them, and none is of an array. It makes a list of attributes of each cell and writes cell after cell: of a
workbook of a hundred thousand cells that is half of the time. What is written is the same, byte for byte.
"""

from collections.abc import Mapping, Sequence
from functools import cache
from math import isfinite
from typing import Any

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
    """A link to a cell of the workbook, on a cell that stays as it is: XlsxWriter's own writes a text into it."""

    _link_type, _tip = UrlTypes.INTERNAL, ""

    def __init__(self, location: str) -> None:
        self._link = location


_letters = cache(xl_col_to_name)
_OFTEN = frozenset({CellBlankTuple, CellFormulaTuple, CellNumberTuple, CellStringTuple})
_ERRORS = frozenset({"#DIV/0!", "#N/A", "#NAME?", "#NULL!", "#NUM!", "#REF!", "#VALUE!"})


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """To be given to `Workbook.add_worksheet(name, PlainWorksheet)`."""

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

    def write_column(self, row: int, col: int, values: Sequence[object], look: Format | None) -> None:
        """Write values one below the other as `cells.write` does, but that None leaves no cell at all.

        Most cells of a master are numbers and formulas of its data, and asking of each what it is takes a while.
        """
        places = [place for place, value in enumerate(values, start=row) if value is not None]
        if not places:
            return
        self._check_dimensions(places[0], col)
        self._check_dimensions(places[-1], col)
        for place, value in enumerate(values, start=row):
            if type(value) is cells.Formula:
                self.table[place][col] = CellFormulaTuple(value.text.removeprefix("="), look, value.value)
            elif type(value) is int:
                self.table[place][col] = CellNumberTuple(value, look)
            elif type(value) is float and isfinite(value):
                self.table[place][col] = CellNumberTuple(cells.whole(value), look)
            elif value is not None:
                cells.write(self, place, col, value, look)

    def link(self, row: int, col: int, location: str) -> None:
        """Have a cell lead to another one, such as `'Hoja 2'!B7`; what it holds and how it looks stays."""
        self.hyperlinks[row][col] = _Link(location)

    def _write_hyperlink_internal(self, row: int, col: int, url: Url | _Link) -> None:
        if isinstance(url, _Link):
            self._xml_empty_tag("hyperlink", [("ref", xl_rowcol_to_cell(row, col)), ("location", url._link)])
        else:
            super()._write_hyperlink_internal(row, col, url)

    def _write_rows(self) -> None:
        self._calculate_spans()
        styles: dict[int, str] = {}
        for row in range(self.dim_rowmin, self.dim_rowmax + 1):
            written, known, span = self.table.get(row), self.row_info.get(row), self.row_spans.get(row // 16)
            if written:
                self._write_row(row, span, known)
                self._write_cells(row, written, styles)
                self._xml_end_tag("row")
            elif known is not None or row in self.comments:
                self._write_empty_row(row, span, known)

    def _write_cells(self, row: int, written: Mapping[int, Any], styles: dict[int, str]) -> None:
        """The cells of a row as one text. `styles` are format -> its attribute, for all rows."""
        made: list[str] = []
        for col, cell in sorted(written.items()):
            kind = cell.__class__
            if kind not in _OFTEN:
                self.fh.write("".join(made))
                made.clear()
                self._write_cell(row, col, cell)
                continue
            look: Format | None = cell.format or self._format_of_place(row, col)
            style = styles.get(id(look))
            if style is None:
                style = styles[id(look)] = f' s="{look._get_xf_index()}"' if look else ""
            begun = f'<c r="{_letters(col)}{row + 1}"{style}'
            if kind is CellFormulaTuple:
                made.append(f"{begun}{self._formula(cell.formula, cell.value)}</c>")
            elif kind is CellNumberTuple:
                made.append(f"{begun}><v>{cell.number:.16G}</v></c>")
            elif kind is CellStringTuple:
                made.append(f'{begun} t="s"><v>{cell.string}</v></c>')
            else:
                made.append(f"{begun}/>")
        self.fh.write("".join(made))

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
