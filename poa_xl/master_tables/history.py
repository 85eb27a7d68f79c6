"""Histórico: published figures of closed periods beside those of this evaluation, and why they differ."""

from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.master_tables.table import (
    MasterColumn,
    MasterSheet,
    MasterTable,
    Shows,
    Spread,
    semaforo_column,
    text_column,
)
from poa_xl.master_tables.terms import CODE, MEAN_OF_YEARS, PUBLISHED, QUARTERS, YEARS
from poa_xl.messages import published as words

YEAR = MasterColumn("Avance {corto}", 11, points=True)
DIFFERENCE = MasterColumn("Diferencia {corto}", 11, points=True, only=PUBLISHED)
ACCUMULATED_AVANCE = MasterColumn("Avance acumulado", 11, indicator="avance", period=ACCUMULATED)
UNITS = MasterColumn("Unidades", 10, Shows.COUNT, indicator="unidades", period=QUARTER)
_CODE, _NAME = text_column(CODE, 20), text_column("Área o grupo", 48)
_SERIES = (
    Spread(YEARS, (YEAR,)),
    Spread(MEAN_OF_YEARS, (MasterColumn("Promedio{corto}", 12, points=True),)),
    Spread(
        QUARTERS,
        (
            MasterColumn("Avance {corto}", 11, indicator="avance"),
            MasterColumn("Publicado {corto}", 11, points=True, only=PUBLISHED),
            DIFFERENCE,
        ),
    ),
    ACCUMULATED_AVANCE,
    semaforo_column("Semáforo", period=ACCUMULATED),
)
AREAS_TABLE = MasterTable((_CODE, _NAME, *_SERIES), (_CODE.title, _NAME.title), "Avance físico por área: {sigla}")
GROUPS_TABLE = MasterTable(
    (
        _CODE,
        _NAME,
        UNITS,
        Spread(YEARS, (MasterColumn("Eficacia {corto}", 11, points=True),)),
        *_SERIES,
    ),
    (_CODE.title, _NAME.title),
    "Avance físico por grupo",
)
DIFFERENCES_TABLE = MasterTable(
    (
        text_column(words.CODE, 20),
        text_column(words.RULE, 48),
        MasterColumn(words.PERIOD, 10, Shows.TEXT),
        *(MasterColumn(title, 11) for title in (words.PUBLISHED, words.COMPUTED, words.DIFFERENCE, words.BY_RULE)),
        MasterColumn(words.BELIEVE, 16, Shows.TEXT, centred=True),
    ),
    (words.CODE,),
    words.TITLE,
)
HISTORY = MasterSheet(
    "Histórico",
    "Evaluación de desempeño: serie histórica del avance físico",
    (AREAS_TABLE, GROUPS_TABLE, DIFFERENCES_TABLE),
)
