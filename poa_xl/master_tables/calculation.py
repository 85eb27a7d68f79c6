"""Cálculo and Cálculo_Presupuesto: the cells that compute the figures of every node; all other tables refer to them."""

from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.master_tables.table import (
    Content,
    MasterColumn,
    MasterSheet,
    MasterTable,
    Spread,
    criterio_column,
    semaforo_column,
    text_column,
)
from poa_xl.master_tables.terms import ALL_PERIODS, CODE, CUTS, LEVEL, NAME, QUARTER_AND_ACCUMULATED, WEIGHTS

_ACP = text_column("ACP", 7, "acp")
PHYSICAL = MasterSheet(
    "Cálculo",
    "Cálculo del avance físico y de la eficacia",
    (
        MasterTable(
            (
                text_column(LEVEL, 12),
                text_column(CODE, 16),
                text_column(NAME, 38),
                _ACP,
                Spread(ALL_PERIODS, (MasterColumn("Avance {periodo}", 11, indicator="avance"),)),
                Spread(ALL_PERIODS, (MasterColumn("Eficacia {periodo}", 11, indicator="eficacia"),)),
                Spread(QUARTER_AND_ACCUMULATED, (semaforo_column("Semáforo {periodo}", 15),)),
                Spread(WEIGHTS, (MasterColumn("Peso", 11),)),
                Spread(CUTS, (MasterColumn("A la fecha {periodo}", 11, indicator="avance_a_la_fecha"),)),
                Spread(CUTS, (MasterColumn("Cumplimiento {periodo}", 12, indicator="cumplimiento"),)),
                semaforo_column("A la fecha, semáforo", 15, indicator="semaforo_a_la_fecha"),
                MasterColumn("Ponderación {trimestre}", 12, indicator="ponderacion", period=QUARTER, points=True),
                MasterColumn("Brecha {trimestre}", 11, indicator="brecha", period=QUARTER, points=True),
            ),
            (LEVEL, CODE),
        ),
    ),
    Content.FIGURES,
)
MONEY = MasterSheet(
    "Cálculo_Presupuesto",
    "Cálculo de la ejecución presupuestaria",
    (
        MasterTable(
            (
                text_column(LEVEL, 12),
                text_column(CODE, 14),
                text_column(NAME, 44),
                _ACP,
                Spread(ALL_PERIODS, (MasterColumn("Vigente {periodo} (Bs)", 17, indicator="vigente"),)),
                Spread(ALL_PERIODS, (MasterColumn("Devengado {periodo} (Bs)", 17, indicator="devengado"),)),
                Spread(ALL_PERIODS, (MasterColumn("Ejecución {periodo} (%)", 11, indicator="ejecucion"),)),
                MasterColumn("Eficacia {trimestre}", 11, indicator="eficacia", period=QUARTER),
                MasterColumn("Eficacia acumulada", 11, indicator="eficacia", period=ACCUMULATED),
                MasterColumn("Eficiencia (%)", 11, indicator="eficiencia", period=ACCUMULATED),
                criterio_column("Criterio DGAA"),
            ),
            (LEVEL, CODE),
        ),
    ),
    Content.FIGURES,
)
