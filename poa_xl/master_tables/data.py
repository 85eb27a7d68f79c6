"""The data sheets: every accepted row of the units and of SIGEP, and what is computed of a row alone."""

from poa_xl.figures.vocabulary import ACCUMULATED
from poa_xl.indicators import CAPPED_TITLE
from poa_xl.master_tables.table import Content, MasterColumn, MasterSheet, MasterTable, Shows, Spread, text_column
from poa_xl.master_tables.terms import (
    CUTS,
    DATA_PREFIX,
    FILE,
    LATER_CUTS,
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
PLANNED_TO_DATE = MasterColumn("Prog. al {corto}", 8, Shows.COUNT)
PLANNED_IN_YEAR = MasterColumn("Prog. del año", 8, Shows.COUNT)
OF_OPERATION = (
    MasterColumn("{corto} prog.", 9, Shows.COUNT, indicator="programado"),
    MasterColumn("{corto} ejec.", 9, Shows.COUNT, indicator="ejecutado"),
    MasterColumn("{corto} tareas", 9, Shows.COUNT, indicator="tareas_programadas"),
    MasterColumn("{corto} % bruto", 9, indicator="avance"),
    MasterColumn(f"{{corto}} {CAPPED_TITLE}", 9, indicator="avance_limitado"),
)
# Of an operation at the end of a quarter: of what is due since January, then of the programme of the year.
TO_DATE_OF_OPERATION = (
    MasterColumn("Tareas a la fecha {corto}", 9, Shows.COUNT),
    MasterColumn("A la fecha {corto}, bruto", 10, indicator="avance_a_la_fecha"),
    MasterColumn(f"A la fecha {{corto}}, {CAPPED_TITLE}", 10),
)
YEAR_OF_OPERATION = (
    MasterColumn("Tareas del año {corto}", 9, Shows.COUNT),
    MasterColumn("Cumplimiento {corto}, bruto", 12, indicator="cumplimiento"),
    MasterColumn(f"Cumplimiento {{corto}}, {CAPPED_TITLE}", 12),
)
# Of a task whose operation is the mean of its tasks.
_KIND, _SENSE = text_column("Tipo de meta que vale", 13), text_column("Sentido que vale", 11)
OF_GOAL = (
    text_column("Operación", 11),
    text_column("Tarea", 28),
    _KIND,
    _SENSE,
    MasterColumn("Línea base", 10),
    MasterColumn("Peso", 8),
)
POINTS_IN_PERIOD = MasterColumn("% {periodo}", 9)
POINTS_TO_DATE, POINTS_OF_YEAR = MasterColumn("% a la fecha {periodo}", 10), MasterColumn("% del año {periodo}", 10)
DEVENGADO_ACUMULADO = MasterColumn("Dev. acumulado al {trimestre}", 16, period=ACCUMULATED)

CATEGORY = text_column("Categoría programática", 16)
MONTH = MasterColumn("Mes", 7, Shows.COUNT)
VIGENTE = MasterColumn("Vigente al fin del mes (Bs)", 18)
DEVENGADO = MasterColumn("Devengado del mes (Bs)", 18)
REPORT = text_column("Tipo de reporte", 24)
REPORT_NUMBER = text_column("Número del reporte", 18)
REPORT_DATE = MasterColumn("Fecha del reporte", 12, Shows.DATE)
ROW_OF_ENTITY = MasterColumn("Fila en Presupuesto_SIGEP", 14, Shows.COUNT)


def _of_units(key: str, *computed: MasterColumn | Spread) -> MasterTable:
    return MasterTable((*ROW_COLUMNS, *computed), (UNIT,), marks=(UNIT, ROW), origin=True, sheet_of_units=key)


TASKS = MasterSheet(
    f"{DATA_PREFIX}Tareas",
    "Tareas: todas las filas aceptadas",
    (
        _of_units(
            "tareas",
            NEW_ACTIVITY,
            Spread(QUARTERS, (PLANNED_IN_QUARTER,)),
            Spread(QUARTERS, (DONE_IN_QUARTER,)),
            Spread(LATER_CUTS, (PLANNED_TO_DATE,)),
            PLANNED_IN_YEAR,
        ),
    ),
    Content.DATA,
)
OPERATIONS = MasterSheet(
    f"{DATA_PREFIX}Operaciones",
    "Operaciones: todas las filas aceptadas y su avance",
    (
        _of_units(
            "operaciones",
            Spread(MONTHS_AND_QUARTERS, OF_OPERATION),
            Spread(CUTS, TO_DATE_OF_OPERATION),
            Spread(CUTS, YEAR_OF_OPERATION),
        ),
    ),
    Content.DATA,
)
GOALS = MasterSheet(
    f"{DATA_PREFIX}Metas",
    "Metas: las tareas de operaciones que no se suman, con lo que alcanzaron (máx. 100)",
    (
        MasterTable(
            (
                *ROW_COLUMNS,
                *OF_GOAL,
                Spread(MONTHS_AND_QUARTERS, (POINTS_IN_PERIOD,)),
                Spread(CUTS, (POINTS_TO_DATE,)),
                Spread(CUTS, (POINTS_OF_YEAR,)),
            ),
            (UNIT, ROW),
            marks=(_KIND.title, _SENSE.title),
            origin=True,
        ),
    ),
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
            (CATEGORY, MONTH, VIGENTE, DEVENGADO, REPORT, ROW_OF_ENTITY, REPORT_NUMBER, REPORT_DATE),
            (CATEGORY.title, MONTH.title),
        ),
    ),
    Content.DATA,
)
