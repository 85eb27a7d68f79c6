"""A worksheet whose formulas use only old functions, so that XlsxWriter need not look for new ones.

XlsxWriter searches each formula for some thirty functions newer than Excel 2016, to put a prefix before them. That is
most of the time of a workbook full of formulas, and ours hold none of them.
"""

from xlsxwriter import Workbook
from xlsxwriter.url import Url, UrlTypes
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

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


class PlainWorksheet(Worksheet):  # type: ignore[misc]
    """To be given to `Workbook.add_worksheet(name, PlainWorksheet)`."""

    # If XlsxWriter renames its methods, workbooks are the same and only take longer, but for the cells below.
    def _prepare_formula(self, formula: str, expand_future_functions: bool = False) -> str:
        return formula.removeprefix("=")

    def link(self, row: int, col: int, location: str) -> None:
        """Have a cell lead to another one, such as `'Hoja 2'!B7`; what it holds and how it looks stays."""
        self.hyperlinks[row][col] = _Link(location)

    def _write_hyperlink_internal(self, row: int, col: int, url: Url | _Link) -> None:
        if isinstance(url, _Link):
            self._xml_empty_tag("hyperlink", [("ref", xl_rowcol_to_cell(row, col)), ("location", url._link)])
        else:
            super()._write_hyperlink_internal(row, col, url)

    def _xml_formula_element(self, formula: str, result: object, attributes: list[tuple[str, object]]) -> None:
        # XlsxWriter leaves a result that is the empty text without a type, which says «not computed yet».
        typed = [*attributes, ("t", "str")] if result == "" else attributes
        # A text of a stranger that a formula shows again may hold what XML does not take; texts in cells of their own
        # are written so by XlsxWriter.
        told = self._escape_control_characters(result) if isinstance(result, str) else result
        super()._xml_formula_element(formula, told, typed)
