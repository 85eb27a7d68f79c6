"""What makes a unit's template a workbook with macros (.xlsm): the VBA project, its settings sheet and two buttons."""

import io

from xlsxwriter import Workbook

from poa_xl import vba
from poa_xl.messages import addins
from poa_xl.names import XLWINGS_SETTINGS, XLWINGS_SHEET
from poa_xl.sheets import Sheet
from poa_xl.writers.unit_workbook.layout import HEADER_ROW
from poa_xl.writers.xlsx.plain_worksheet import PlainWorksheet

_HEIGHT, _WIDTH, _GAP = 30, 190, 12  # pixels; column A of the sheet has 215


def add_macros(workbook: Workbook, form: Sheet) -> None:
    """Add them to a workbook whose sheets are all written; the buttons go below the fields of a form."""
    from poa_xl.vba import project  # pyOpenVBA and xlwings: only for such a workbook

    settings = workbook.add_worksheet(XLWINGS_SHEET, PlainWorksheet)
    for row, (name, value) in enumerate(XLWINGS_SETTINGS):
        settings.write_string(row, 0, name)
        settings.write_string(row, 1, value)
    settings.hide()
    settings.protect()
    below = HEADER_ROW + len(form.columns)  # the second row after the last field, counted from 0
    place = workbook.get_worksheet_by_name(form.name)
    look = {"width": _WIDTH, "height": _HEIGHT, "x_offset": _GAP, "y_offset": 2}
    for index, (caption, macro) in enumerate(vba.MACROS.items()):
        place.insert_button(below, index, {"caption": addins.say(caption), "macro": macro, **look})
    # XlsxWriter names the modules of the sheets Sheet1, Sheet2 and so on, as the project does.
    workbook.add_vba_project(io.BytesIO(project.of_workbook(len(workbook.worksheets()))), is_stream=True)
