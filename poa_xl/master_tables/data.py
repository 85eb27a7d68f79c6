"""The data sheets: every accepted row of the units and of SIGEP, and what is computed of a row alone."""

from poa_xl.figures.vocabulary import ACCUMULATED
from poa_xl.indicators import CAPPED_TITLE
from poa_xl.master_tables.table import Content, MasterColumn, MasterSheet, MasterTable, Shows, Spread, text_column
from poa_xl.master_tables.terms import (
    DATA_PREFIX,
    FILE,
    MONTHS_AND_QUARTERS,
    QUARTERS,
    ROW,
    SHEET,
    UNIT,
)

UNIT_COLUMN, FILE_COLUMN, SHEET_COLUMN = text_column(UNIT, 14), text_column(FILE, 20), text_column(SHEET, 11)
ROW_COLUMN = MasterColumn(ROW, 7, Shows.COUNT)
ROW_COLUMNS = (UNIT_COLUMN, FILE_COLUMN, SHEET_COLUMN, ROW_COLUMN)
# Columns that say where a row stands in the unit's workbook.
ORIGIN = (FILE, SHEET, ROW)

NEW_ACTIVITY = MasterColumn("Actividad nueva", 10, Shows.COUNT)
PLANNED_IN_QUARTER = MasterColumn("Prog. {corto}", 8, Shows.COUNT)
DONE_IN_QUARTER = MasterColumn("Ejec. {corto}", 8, Shows.COUNT)
OF_OPERATION = (
    MasterColumn("{corto} prog.", 9, Shows.COUNT, indicator="programado"),
    MasterColumn("{corto} ejec.", 9, Shows.COUNT, indicator="ejecutado"),
    MasterColumn("{corto} tareas", 9, Shows.COUNT, indicator="tareas_programadas"),
    MasterColumn("{corto} % bruto", 9, indicator="avance"),
    MasterColumn(f"{{corto}} {CAPPED_TITLE}", 9, indicator="avance_limitado"),
)
DEVENGADO_ACUMULADO = MasterColumn("Dev. acumulado al {trimestre}", 16, period=ACCUMULATED)

CATEGORY = text_column("Categoría programática", 16)
MONTH = MasterColumn("Mes", 7, Shows.COUNT)
VIGENTE = MasterColumn("Vigente al fin del mes (Bs)", 18)
DEVENGADO = MasterColumn("Devengado del mes (Bs)", 18)
REPORT = text_column("Tipo de reporte", 24)
ROW_OF_ENTITY = MasterColumn("Fila en Presupuesto_SIGEP", 14, Shows.COUNT)


def _of_units(key: str, *computed: MasterColumn | Spread) -> MasterTable:
    return MasterTable((*ROW_COLUMNS, *computed), (UNIT,), marks=(UNIT, ROW), origin=True, sheet_of_units=key)


TASKS = MasterSheet(
    f"{DATA_PREFIX}Tareas",
    "Tareas: todas las filas aceptadas",
    (_of_units("tareas", NEW_ACTIVITY, Spread(QUARTERS, (PLANNED_IN_QUARTER,)), Spread(QUARTERS, (DONE_IN_QUARTER,))),),
    Content.DATA,
)
OPERATIONS = MasterSheet(
    f"{DATA_PREFIX}Operaciones",
    "Operaciones: todas las filas aceptadas y su avance",
    (_of_units("operaciones", Spread(MONTHS_AND_QUARTERS, OF_OPERATION)),),
    Content.DATA,
)
BUDGET = MasterSheet(
    f"{DATA_PREFIX}Presupuesto",
    "Presupuesto que reportan las unidades: todas las filas aceptadas",
    (_of_units("presupuesto", DEVENGADO_ACUMULADO),),
    Content.DATA,
)
RESULTS = MasterSheet(
    f"{DATA_PREFIX}Resultados", "Resultados: todas las filas aceptadas", (_of_units("resultados"),), Content.DATA
)
SIGEP = MasterSheet(
    f"{DATA_PREFIX}SIGEP",
    "Presupuesto según el SIGEP, por categoría y mes",
    (
        MasterTable(
            (CATEGORY, MONTH, VIGENTE, DEVENGADO, REPORT, ROW_OF_ENTITY),
            (CATEGORY.title, MONTH.title),
        ),
    ),
    Content.DATA,
)
