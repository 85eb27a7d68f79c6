"""Resumen directivo: on one page, how the quarter went, what decides its colour and what is missing."""

from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.master_tables.table import (
    MasterColumn,
    MasterSheet,
    MasterTable,
    Shows,
    Spread,
    criterio_column,
    semaforo_column,
    text_column,
)
from poa_xl.master_tables.terms import CODE, CUT_BEFORE, NAME, QUARTER_BEFORE, UNIT

# Of the page, in characters: every table stands in these columns, and the last of one may go on to the end of the page.
WIDTHS = (36.0, 14.0, 15.0, 12.0, 16.0, 14.0, 16.0, 12.0, 16.0)
_FIRST = WIDTHS[0]
_FACT = text_column("Cifra", _FIRST)
KEY_FIGURES_TABLE = MasterTable(
    (
        _FACT,
        Spread(QUARTER_BEFORE, (MasterColumn("{corto} (antes)", 14),)),
        MasterColumn("{trimestre}", 15),
        Spread(QUARTER_BEFORE, (MasterColumn("Cambio", 12, Shows.CHANGE),)),
        MasterColumn("Semáforo {trimestre}", 16, Shows.TEXT, centred=True),
        Spread(CUT_BEFORE, (MasterColumn("Acumulado {corto} (antes)", 14),)),
        MasterColumn("Acumulado {trimestre}", 16),
        Spread(CUT_BEFORE, (MasterColumn("Cambio del acumulado", 12, Shows.CHANGE),)),
        MasterColumn("Semáforo o criterio del acumulado", 16, Shows.TEXT, centred=True),
    ),
    (_FACT.title,),
    "Cifras principales y su cambio",
    marks=("Semáforo o criterio del acumulado",),
)
_WEIGHT = "Puntos que le cuesta a la entidad"
UNITS_TABLE = MasterTable(
    (
        text_column("Unidad que decide", _FIRST),
        text_column(CODE, 14),
        MasterColumn("Avance (%)", 15, indicator="avance", period=QUARTER),
        MasterColumn(_WEIGHT, 12, points=True, indicator="brecha", period=QUARTER),
        semaforo_column("Semáforo", period=QUARTER),
        MasterColumn("La entidad, si hasta aquí todas llegaran a 100", 14, points=True),
        semaforo_column("Su semáforo sería", indicator=""),
        MasterColumn("Operaciones bajo 100", 12, Shows.COUNT),
        MasterColumn("Acciones vencidas", 16, Shows.COUNT),
    ),
    (CODE,),
    "Unidades que deciden el color del {trimestre} ({n})",
    marks=("Unidad que decide", _WEIGHT),
)
OPERATIONS_TABLE = MasterTable(
    (
        text_column("Tarea que más le falta", _FIRST),
        text_column(UNIT, 14),
        text_column("Operación", 15),
        MasterColumn(_WEIGHT, 12, points=True, indicator="brecha", period=QUARTER),
        MasterColumn("Avance de la operación (%)", 16, indicator="avance_limitado", period=QUARTER),
        MasterColumn("Tareas atrasadas", 14, Shows.COUNT),
        text_column("Responsable", 16),
        MasterColumn("Fecha de la acción", 12, Shows.DATE),
        MasterColumn("Acción correctiva", 16, Shows.TEXT, centred=True),
    ),
    (UNIT, "Operación"),
    "Operaciones que deciden el color del {trimestre} ({n})",
    marks=("Tarea que más le falta", _WEIGHT),
)
IMBALANCE_TABLE = MasterTable(
    (
        text_column(NAME, _FIRST),
        text_column(UNIT, 14),
        MasterColumn("Vigente que informa (Bs)", 15),
        MasterColumn("Ejecución acumulada (%)", 12),
        criterio_column("Criterio DGAA", indicator=""),
        MasterColumn("Avance acumulado (%)", 14, indicator="avance", period=ACCUMULATED),
        semaforo_column("Semáforo acumulado", period=ACCUMULATED),
        text_column("Qué pasa", 28),
    ),
    (UNIT, "Qué pasa"),
    "Dinero y avance que no van juntos ({n})",
)
MISSING_TABLE = MasterTable(
    (text_column("Qué falta", _FIRST), MasterColumn("Cuántos", 14, Shows.COUNT), text_column("Cuáles", 101)),
    ("Qué falta",),
    "Lo que falta",
    marks=("Cuántos",),
)
EXECUTIVE_SUMMARY = MasterSheet(
    "Resumen directivo",
    "Resumen directivo {gestion}: {del_trimestre}",
    (KEY_FIGURES_TABLE, UNITS_TABLE, OPERATIONS_TABLE, IMBALANCE_TABLE, MISSING_TABLE),
)
