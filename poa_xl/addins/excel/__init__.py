"""Desktop Excel on Windows: the worksheet functions and the buttons through xlwings and its VBA module.

A workbook (.xlsm) or an add-in (.xlam) carries a VBA project: xlwings' own module, the wrappers of the functions that
xlwings itself generates (`wrappers`) and two macros. The project is written with pyOpenVBA on the workbooks that
xlwings ships (`project`), so no Excel is needed to build it. None of it was run on Windows yet.
"""

from poa_xl.names import XLWINGS_SETTINGS, XLWINGS_SHEET

FUNCTIONS_MODULE = XLWINGS_SETTINGS[0][1]
# The sheet that xlwings' module reads before any file.
SETTINGS_SHEET, SETTINGS = XLWINGS_SHEET, XLWINGS_SETTINGS
TRIAL_FILE = "poa_xl-prueba.xlsm"
EXTENSION = ".xlsm"
# Message key of the caption -> macro, in the order of the buttons.
MACROS = {"excel.validar": "Validar", "excel.preparar": "PrepararEntrega"}
