"""The tables by unit: Unidades, Resumen de indicadores and the annexes of the areas with several groups."""

from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.master_tables.table import (
    OF_CUT,
    MasterColumn,
    MasterSheet,
    MasterTable,
    Shows,
    Spread,
    semaforo_column,
    text_column,
)
from poa_xl.master_tables.terms import CODE, CUT, LEVEL, NUMBER, QUARTERS_AND_ACCUMULATED, RANGO_IDEAL, UNIT

_NUMBER = MasterColumn(NUMBER, 6, Shows.COUNT, centred=True)

UNITS_TABLE = MasterTable(
    (
        _NUMBER,
        text_column("Sigla", 16),
        text_column("Unidad organizacional", 70),
        MasterColumn("Avance físico (%)", 13, indicator="avance", period=QUARTER),
        semaforo_column("Semáforo", period=QUARTER),
    ),
    ("Sigla",),
    "Avance físico {trimestre}: {nombre}",
)
UNITS = MasterSheet("Unidades", "Avance físico por unidad: {del_trimestre}", (UNITS_TABLE,))

SUMMARY_TABLE = MasterTable(
    (
        text_column(LEVEL, 12),
        text_column("Área, unidad o grupo", 66),
        text_column("ACP", 8, "acp"),
        Spread(
            QUARTERS_AND_ACCUMULATED,
            (
                MasterColumn("Avance {periodo} (%)", 12, indicator="avance"),
                MasterColumn("Eficacia {periodo}", 12, indicator="eficacia"),
            ),
        ),
        semaforo_column("Semáforo acumulado", period=ACCUMULATED),
        Spread(CUT, OF_CUT),
        MasterColumn(RANGO_IDEAL, 12),
    ),
    (LEVEL, "Área, unidad o grupo"),
)
CHANGES_TABLE = MasterTable(
    (
        text_column(CODE, 12),
        text_column("Unidad, y qué cambió", 66),
        text_column("Desde", 11),
        text_column("Hasta", 12),
        Spread(QUARTERS_AND_ACCUMULATED, (MasterColumn("Avance {periodo} (%)", 12, indicator="avance"),)),
    ),
    (CODE,),
    "Unidades que empiezan, terminan o siguen a otra",
    marks=("Desde", "Hasta"),
)
SUMMARY = MasterSheet(
    "Resumen de indicadores",
    "Indicadores de eficacia: avance físico por trimestre {gestion}",
    (SUMMARY_TABLE, CHANGES_TABLE),
)

_AVANCES = (
    Spread(QUARTERS_AND_ACCUMULATED, (MasterColumn("Avance {periodo} (%)", 13, indicator="avance"),)),
    semaforo_column("Semáforo {trimestre}", period=QUARTER),
)
ANNEX_TABLE = MasterTable(
    (_NUMBER, text_column(CODE, 24), text_column(UNIT, 64), *_AVANCES), (CODE,), "{nombre} ({unidades})"
)
ANNEX_SUMMARY_TABLE = MasterTable(
    (_NUMBER, text_column("Unidades", 24), text_column("Subgrupo", 64), *_AVANCES),
    ("Subgrupo",),
    "Resumen de {nombre} ({unidades})",
)
ANNEX = MasterSheet(
    "Anexo {numero} {nombre}",
    "Anexo {numero}. {nombre}: avance físico por trimestre",
    (ANNEX_TABLE, ANNEX_SUMMARY_TABLE),
)
