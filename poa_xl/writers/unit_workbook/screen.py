"""What a person sees of the months on the screen: the quarter that is reported marked and the others dimmed, months to
come that fold, and which columns stay in sight.

Marks are conditional formats over the cell «Trimestre que se reporta», so they follow it at once. Months fold with the
buttons of LibreOffice, protected sheets too; Excel folds nothing on a protected sheet, but hides columns there.
"""

from collections.abc import Iterator

from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from poa_xl.indicators import MONTHS_OF_A_QUARTER
from poa_xl.sheets import MESES, TRIMESTRES, Column, Sheet
from poa_xl.writers.schema_sheets import width
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW, REPORTED, Plan
from poa_xl.writers.xlsx.formats import Formats

# The last column of each table that stays in sight. Beside them, the programme and the execution of a quarter stand
# whole on a screen of 1366 pixels.
_IN_SIGHT = {"operaciones": "denominacion", "tareas": "tarea", "presupuesto": "fuente", "resultados": "acp"}


def frozen(sheet: Sheet) -> int:
    """How many columns of a table stay in sight."""
    return _index(sheet, sheet.column(_IN_SIGHT[sheet.key])) + 1


def fold(worksheet: Worksheet, sheet: Sheet) -> None:
    """Months after the first, second and third quarter fold; the button stands over the last month before them."""
    worksheet.outline_settings(symbols_right=False)
    for column in _months(sheet):
        if level := MESES.index(column.suffix) // MONTHS_OF_A_QUARTER:
            index = _index(sheet, column)
            worksheet.set_column(index, index, width(column), None, {"level": level})


def mark_quarters(worksheet: Worksheet, formats: Formats, plan: Plan) -> None:
    """The titles of months and quarters, and the cells of months that are filled in.

    The title of what the workbook computes stays grey in other quarters, by which it is known.
    """
    for number, quarter in enumerate(TRIMESTRES, start=1):
        months = MESES[(number - 1) * MONTHS_OF_A_QUARTER : number * MONTHS_OF_A_QUARTER]
        titles = [c for c in plan.sheet.columns if c.suffix in (*months, quarter)]
        own, other = f"N({REPORTED})={number}", f"AND(N({REPORTED})>0,N({REPORTED})<>{number})"
        cells = [c for c in titles if not c.computed]
        header = HEADER_ROW - 1
        _paint(worksheet, plan.sheet, titles, (header, header), own, formats.reported_title())
        _paint(worksheet, plan.sheet, cells, (header, header), other, formats.other_title())
        rows = (FIRST_ROW - 1, plan.last_row - 1)
        _paint(worksheet, plan.sheet, cells, rows, own, formats.reported())
        _paint(worksheet, plan.sheet, cells, rows, other, formats.other())


def _paint(
    worksheet: Worksheet, sheet: Sheet, columns: list[Column], rows: tuple[int, int], criteria: str, look: Format
) -> None:
    """One rule for these columns, whether they stand side by side or not."""
    if not columns:
        return
    places = [_index(sheet, c) for c in columns]
    ranges = " ".join(f"{xl_rowcol_to_cell(rows[0], i)}:{xl_rowcol_to_cell(rows[1], i)}" for i in places)
    rule = {"type": "formula", "criteria": "=" + criteria, "format": look, "multi_range": ranges}
    worksheet.conditional_format(rows[0], places[0], rows[1], places[0], rule)


def _months(sheet: Sheet) -> Iterator[Column]:
    return (c for c in sheet.columns if c.suffix in MESES)


def _index(sheet: Sheet, column: Column) -> int:
    return sheet.columns.index(column)
