"""Desktop Excel on Windows: the worksheet functions and the buttons through xlwings and its VBA module.

A workbook (.xlsm) or an add-in (.xlam) carries a VBA project: xlwings' own module, the wrappers of the functions that
xlwings itself generates and two macros (`poa_xl.vba`). None of it was run on Windows yet.
"""

TRIAL_FILE = "poa_xl-prueba.xlsm"
