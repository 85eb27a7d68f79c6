"""What makes a unit's template a workbook with macros (.xlsm): the VBA project, its settings sheet and two buttons."""

import io
from collections.abc import Callable, Sequence
from typing import NamedTuple

from xlsxwriter import Workbook

from poa_xl import vba
from poa_xl.messages import addins
from poa_xl.sheets import Sheet
from poa_xl.writers.unit_workbook.layout import HEADER_ROW
from poa_xl.writers.xlsx.plain_worksheet import PlainWorksheet

_HEIGHT, _WIDTH, _GAP = 30, 190, 12  # pixels; column A of the sheet has 215


class Macros(NamedTuple):
    """`project` gives the VBA project of a workbook with so many sheets; `buttons` are captions with their macros."""

    extension: str
    project: Callable[[int], bytes]
    settings_sheet: str
    settings: Sequence[tuple[str, str]]
    buttons: Sequence[tuple[str, str]]


def of_excel() -> Macros:
    """What makes a template an .xlsm for Excel on Windows."""
    from poa_xl.vba import project  # pyOpenVBA and xlwings: only for such a workbook

    buttons = [(addins.say(caption), macro) for caption, macro in vba.MACROS.items()]
    return Macros(vba.EXTENSION, project.of_workbook, vba.SETTINGS_SHEET, vba.SETTINGS, buttons)


def add_macros(workbook: Workbook, form: Sheet, macros: Macros) -> None:
    """Add them to a workbook whose sheets are all written; the buttons go below the fields of a form."""
    settings = workbook.add_worksheet(macros.settings_sheet, PlainWorksheet)
    for row, (name, value) in enumerate(macros.settings):
        settings.write_string(row, 0, name)
        settings.write_string(row, 1, value)
    settings.hide()
    settings.protect()
    below = HEADER_ROW + len(form.columns)  # the second row after the last field, counted from 0
    place = workbook.get_worksheet_by_name(form.name)
    for index, (caption, macro) in enumerate(macros.buttons):
        look = {"caption": caption, "macro": macro, "width": _WIDTH, "height": _HEIGHT, "x_offset": _GAP, "y_offset": 2}
        place.insert_button(below, index, look)
    # XlsxWriter names the modules of the sheets Sheet1, Sheet2 and so on, as the project does.
    workbook.add_vba_project(io.BytesIO(macros.project(len(workbook.worksheets()))), is_stream=True)
