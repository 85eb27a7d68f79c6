"""What the sheets, periods and levels of the master are called in more than one of its tables."""

import re

DATA_PREFIX = "Datos_"
LEVEL, CODE, NAME, UNIT = "Nivel", "Código", "Nombre", "Unidad"
FILE, SHEET, ROW, CELL = "Archivo", "Hoja", "Fila", "Celda"  # where a row stands in the workbook of a unit
NUMBER = "N.º"  # counts the rows of a table from 1
LEVEL_NAMES = {
    "unidad": "Unidad",
    "subgrupo": "Subgrupo",
    "grupo": "Grupo",
    "area": "Área",
    "servicio": "Servicio",
    "entidad": "Entidad",
    "parte": "Parte de una ACP",
    "acp": "ACP",
    "categoria": "Categoría",
}
# Names of the spreads of columns.
ALL_PERIODS, MONTHS_AND_QUARTERS, QUARTERS = "all periods", "months and quarters", "quarters"
QUARTERS_AND_ACCUMULATED, QUARTER_AND_ACCUMULATED = "quarters and accumulated", "quarter and accumulated"
GOALS_WITH_UNIT = "quarter whose goals state a unit of measure"
PLAN_VERSIONS = "versions of the approved plan"
YEARS, MEAN_OF_YEARS, PUBLISHED, QUARTER_BEFORE = "years", "mean of years", "published quarters", "quarter before"
THRESHOLDS = "quarters of a year"
CUTS, LATER_CUTS, CUT = "cut-offs", "cut-offs after the first", "cut-off"  # each at the end of a quarter
CUT_BEFORE = "cut-off of the quarter before"
WEIGHTS = "weights, where the method uses them"
RECEIPTS = "receipts, where the submissions are of a campaign"
PLAN = "the approved plan, where the workbooks were compared with one"
# Rows that say what the figures beside them are.
EFICACIA, EJECUCION, AVANCE = "Eficacia ponderada", "Ejecución financiera (%)", "Avance físico (%)"
EFICIENCIA, SEMAFORO, CRITERIO = "Eficiencia (%)", "Semáforo DGP del avance", "Criterio DGAA de la ejecución"
VIGENTE = "Presupuesto vigente (Bs)"
NEXT_COLOUR = "Puntos que faltan para el color que sigue"
RANGO_IDEAL, RANGO_IDEAL_TRIMESTRE = "Rango ideal de la entidad", "Rango ideal de un trimestre"
TOLERANCIA = "Tolerancia (Bs)"
ROWS_OF_POINTS = frozenset({EFICACIA, RANGO_IDEAL, RANGO_IDEAL_TRIMESTRE, NEXT_COLOUR})  # whose names do not say «%»
# Titles of amounts and of totals: of a row that came or went they say most. Of the units' sheets too.
TELLING = re.compile(r"\(Bs\)|Presupuesto|Devengado|Vigente|Total|acumulad|Meta|\b[1-4]T\b", re.IGNORECASE)
