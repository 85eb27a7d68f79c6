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
# More of them makes letters smaller than 8 points.
WIDTHS = (23.0, 11.0, 12.0, 9.0, 10.5, 9.5, 12.0, 10.0, 9.5)
_FACT = text_column("Cifra")
KEY_FIGURES_TABLE = MasterTable(
    (
        _FACT,
        Spread(QUARTER_BEFORE, (MasterColumn("{corto} (antes)"),)),
        MasterColumn("{trimestre}"),
        Spread(QUARTER_BEFORE, (MasterColumn("Cambio", shows=Shows.CHANGE),)),
        MasterColumn("Semáforo {trimestre}", shows=Shows.TEXT, centred=True),
        Spread(CUT_BEFORE, (MasterColumn("Acumulado {corto} (antes)"),)),
        MasterColumn("Acumulado {trimestre}"),
        Spread(CUT_BEFORE, (MasterColumn("Cambio del acumulado", shows=Shows.CHANGE),)),
        MasterColumn("Semáforo o criterio del acumulado", shows=Shows.TEXT, centred=True),
    ),
    (_FACT.title,),
    "Cifras principales y su cambio",
    marks=("Semáforo o criterio del acumulado",),
)
_WEIGHT = "Puntos que le cuesta a la entidad"
UNITS_TABLE = MasterTable(
    (
        text_column("Unidad que decide"),
        text_column(CODE),
        MasterColumn("Avance (%)", indicator="avance", period=QUARTER),
        MasterColumn(_WEIGHT, points=True, indicator="brecha", period=QUARTER),
        semaforo_column("Semáforo", period=QUARTER),
        MasterColumn("La entidad, si hasta aquí todas llegaran a 100", points=True),
        semaforo_column("Su semáforo sería", indicator=""),
        MasterColumn("Operaciones bajo 100", shows=Shows.COUNT),
        MasterColumn("Acciones vencidas", shows=Shows.COUNT),
    ),
    (CODE,),
    "Unidades que deciden el color del {trimestre} ({n})",
    marks=("Unidad que decide", _WEIGHT),
)
OPERATIONS_TABLE = MasterTable(
    (
        text_column("Tarea que más le falta"),
        text_column(UNIT),
        text_column("Operación"),
        MasterColumn(_WEIGHT, points=True, indicator="brecha", period=QUARTER),
        MasterColumn("Avance de la operación (%)", indicator="avance_limitado", period=QUARTER),
        MasterColumn("Tareas atrasadas", shows=Shows.COUNT, centred=True),
        text_column("Responsable"),
        MasterColumn("Fecha de la acción", shows=Shows.DATE),
        MasterColumn("Acción correctiva", shows=Shows.TEXT, centred=True),
    ),
    (UNIT, "Operación"),
    "Operaciones que deciden el color del {trimestre} ({n})",
    marks=("Tarea que más le falta", _WEIGHT),
)
IMBALANCE_TABLE = MasterTable(
    (
        text_column(NAME),
        text_column(UNIT),
        MasterColumn("Vigente que informa (Bs)"),
        MasterColumn("Ejecución acumulada (%)"),
        criterio_column("Criterio DGAA", indicator=""),
        MasterColumn("Avance acumulado (%)", indicator="avance", period=ACCUMULATED),
        semaforo_column("Semáforo acumulado", period=ACCUMULATED),
        text_column("Qué pasa"),
    ),
    (UNIT, "Qué pasa"),
    "Dinero y avance que no van juntos ({n})",
)
MISSING_TABLE = MasterTable(
    (text_column("Qué falta"), MasterColumn("Cuántos", shows=Shows.COUNT), text_column("Cuáles")),
    ("Qué falta",),
    "Lo que falta",
    marks=("Cuántos",),
)
EXECUTIVE_SUMMARY = MasterSheet(
    "Resumen directivo",
    "Resumen directivo {gestion}: {del_trimestre}",
    (KEY_FIGURES_TABLE, UNITS_TABLE, OPERATIONS_TABLE, IMBALANCE_TABLE, MISSING_TABLE),
)
