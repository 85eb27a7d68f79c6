"""The VBA projects of workbooks and of the add-in: the registry of functions in, `vbaProject.bin` out.

They are written with pyOpenVBA on the workbooks that xlwings ships (`project`), with the wrappers of the functions
that xlwings itself generates (`wrappers`), so no Excel is needed to build them. None of it was run on Windows yet.
"""

from poa_xl.names import XLWINGS_SETTINGS

FUNCTIONS_MODULE = XLWINGS_SETTINGS[0][1]
EXTENSION = ".xlsm"
# Message key of the caption -> macro, in the order of the buttons.
MACROS = {"excel.validar": "Validar", "excel.preparar": "PrepararEntrega"}
