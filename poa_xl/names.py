"""Names that workbooks of ours carry: of sheets beside those of the schemas, of files, of properties.

Python 3.8 and the standard library alone: LibreOffice carries a copy.
"""

# Sheets that our own workbooks carry beside those of the schemas; they are not reported as extra.
LISTS_SHEET, CATALOGUE_SHEET, OBSERVATIONS_SHEET = "Listas", "Catalogo", "Observaciones"
REPAIRS_SHEET = "Reparaciones"  # in copies with repairs
ADDIN_FILE = "poa_xl.xlam"  # our add-in for Excel: functions of it leave a link to this file in a workbook
XLWINGS_SHEET = "xlwings.conf"  # the name that xlwings looks for, in workbooks with macros
# What stands in it, which xlwings' module reads before any file. It names no interpreter: that is a fact of each
# computer and stands in the user's xlwings.conf.
# Without the workbook's folder on Python's path, a file that lies beside the workbook cannot pass for a module, and a
# workbook in OneDrive needs no translation of its address. The value is a text: VBA writes the logical value in the
# language of Windows, and xlwings compares with "true".
XLWINGS_SETTINGS = (("UDF Modules", "poa_xl.hosts.functions"), ("ADD_WORKBOOK_TO_PYTHONPATH", "false"))
PYTHON_SHEET = ".py"  # how the name of a sheet ends from which xlwings takes code
# What Windows keeps for its devices: it takes no file of such a name, whatever its ending.
DEVICE = "CON|PRN|AUX|NUL|(?:COM|LPT)[0-9]"
OWN_SHEETS = frozenset({LISTS_SHEET, CATALOGUE_SHEET, OBSERVATIONS_SHEET, REPAIRS_SHEET, XLWINGS_SHEET})
_OWN = {name.casefold() for name in OWN_SHEETS}
# What a workbook of ours says of itself among the properties of its file.
DOCUMENT_PROPERTY, PERIOD_PROPERTY, VERSION_PROPERTY, SEAL_PROPERTY = "documento", "periodo", "poa-xl", "sello"
MASTER_VALUE = "libro maestro de poa-xl"
BOARD_VALUE = "tablero de poa-xl"
COMPARISON_VALUE = "libro de comparación de poa-xl"
STATE_VALUE = "libro de entidades de poa-xl"
EXPLANATION_VALUE = "página de una cifra de poa-xl"
REPORT_VALUE = "página de un informe de poa-xl"
DOCUMENTS = frozenset({MASTER_VALUE, BOARD_VALUE, COMPARISON_VALUE, STATE_VALUE})


def is_own(sheet: str) -> bool:
    """Whether a sheet is one of ours beside those of the schemas; programs take capitals for the same name."""
    return sheet.casefold() in _OWN
