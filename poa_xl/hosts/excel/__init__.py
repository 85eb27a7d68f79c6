"""Desktop Excel on Windows: the worksheet functions and the buttons through xlwings and its VBA module.

A workbook (.xlsm) or an add-in (.xlam) carries a VBA project: xlwings' own module, the wrappers of the functions that
xlwings itself generates (`wrappers`) and two macros. The project is written with pyOpenVBA on the workbooks that
xlwings ships (`project`), so no Excel is needed to build it. None of it was run on Windows yet.
"""

from poa_xl.titles import XLWINGS_SHEET

FUNCTIONS_MODULE = "poa_xl.hosts.functions"
# The sheet that xlwings' module reads before any file. It names no interpreter: that is a fact of each computer and
# stands in the user's xlwings.conf. Without the workbook's folder on Python's path, a file that lies beside the
# workbook cannot pass for a module, and a workbook in OneDrive needs no translation of its address.
# The value is a text: VBA writes the logical value in the language of Windows, and xlwings compares with "true".
SETTINGS_SHEET = XLWINGS_SHEET
SETTINGS = (("UDF Modules", FUNCTIONS_MODULE), ("ADD_WORKBOOK_TO_PYTHONPATH", "false"))
TRIAL_FILE = "poa_xl-prueba.xlsm"
EXTENSION = ".xlsm"
# Message key of the caption -> macro, in the order of the buttons.
MACROS = {"excel.validar": "Validar", "excel.preparar": "PrepararEntrega"}
