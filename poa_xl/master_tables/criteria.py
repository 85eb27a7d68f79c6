"""Criterios: the formulas of the indicators, the thresholds and the other parameters."""

from poa_xl.master_tables.table import Content, MasterColumn, MasterSheet, MasterTable, Shows, Spread, text_column
from poa_xl.master_tables.terms import THRESHOLDS

_NAME, _WORD, _LEVEL = 34, 84, 20  # widths of the columns that all tables of the sheet share

FORMULAS_TABLE = MasterTable(
    (text_column("Indicador", _NAME), text_column("Fórmula y definición", _WORD)),
    ("Indicador",),
    "Fórmulas adoptadas para los indicadores (%)",
)
SEMAFORO_TABLE = MasterTable(
    (
        text_column("Grado de avance", _NAME),
        text_column("Avance físico", _WORD),
        MasterColumn("Evaluación del desempeño", _LEVEL, Shows.TEXT, "semaforo"),
        MasterColumn("Desde (%)", _LEVEL),
        text_column("Calificación", _LEVEL),
    ),
    ("Grado de avance",),
    "Criterios y rangos de valoración del desempeño: semáforo DGP, versión {version}",
)
CRITERIO_TABLE = MasterTable(
    (
        text_column("Criterio", _NAME),
        text_column("Ejecución financiera acumulada al fin del trimestre", _WORD),
        MasterColumn("Calificación", _LEVEL, Shows.TEXT, "criterio"),
        Spread(THRESHOLDS, (MasterColumn("{corto}, desde (%)", _LEVEL),)),
    ),
    ("Criterio",),
    "Criterio de evaluación por trimestre (DGAA), versión {version}",
)
OTHERS_TABLE = MasterTable(
    (text_column("Parámetro", _NAME), text_column("Para qué", _WORD), MasterColumn("Valor", _LEVEL)),
    ("Parámetro",),
    "Otros parámetros",
)
CRITERIA = MasterSheet(
    "Criterios",
    "Criterios de evaluación",
    (FORMULAS_TABLE, SEMAFORO_TABLE, CRITERIO_TABLE, OTHERS_TABLE),
    Content.PARAMETERS,
)
