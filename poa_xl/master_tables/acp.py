"""The tables by ACP and by programme category: ACP, Categorías, Anexo 1, Desempeño por ACP, ACP y SIGEP."""

from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.master_tables.table import (
    OF_CUT,
    MasterColumn,
    MasterSheet,
    MasterTable,
    Spread,
    semaforo_column,
    text_column,
)
from poa_xl.master_tables.terms import CUT, GOALS_WITH_UNIT, VIGENTE

_ACP, _AREA = text_column("ACP", 8, "acp"), text_column("Área", 12)
_ACTION = text_column("Acción de corto plazo", 58)
_CATEGORY = text_column("Categoría programática", 14)
_SPENDER, _PROGRAMME = text_column("Unidad o grupos", 40), text_column("Programa", 48)


def _budget(period: str) -> tuple[MasterColumn, ...]:
    eficacia = "Eficacia ponderada acumulada" if period == ACCUMULATED else "Eficacia ponderada"
    return (
        MasterColumn(VIGENTE, 18, indicator="vigente", period=period),
        MasterColumn("Devengado (Bs)", 18, indicator="devengado", period=period),
        MasterColumn("Ejecución (%)", 11, indicator="ejecucion", period=period),
        MasterColumn(eficacia, 13, indicator="eficacia", period=period),
    )


def _by_acp(period: str) -> MasterTable:
    avance = "Avance físico acumulado (%)" if period == ACCUMULATED else "Avance físico (%)"
    return MasterTable(
        (
            _ACP,
            _ACTION,
            _AREA,
            *_budget(period),
            MasterColumn(avance, 13, indicator="avance", period=period),
            semaforo_column("Semáforo", period=period),
        ),
        (_ACP.title,),
        "Seguimiento y evaluación por ACP: {periodo}",
    )


OF_QUARTER_TABLE, ACCUMULATED_TABLE = _by_acp(QUARTER), _by_acp(ACCUMULATED)
ACP = MasterSheet(
    "ACP",
    "Seguimiento y evaluación por acción de corto plazo (ACP)",
    (OF_QUARTER_TABLE, ACCUMULATED_TABLE),
    level="acp",
)

CATEGORIES_TABLE = MasterTable(
    (_ACP, _AREA, _SPENDER, _CATEGORY, _PROGRAMME, *_budget(QUARTER)),
    (_ACP.title, _CATEGORY.title),
    marks=(_PROGRAMME.title,),
)
CATEGORIES = MasterSheet(
    "Categorías", "Seguimiento por ACP y categoría programática: {del_trimestre}", (CATEGORIES_TABLE,)
)
ANNEX_TABLE = MasterTable(
    (
        _ACP,
        text_column("Unidad ejecutora", 11),
        _AREA,
        _SPENDER,
        _CATEGORY,
        _PROGRAMME,
        *_budget(ACCUMULATED),
    ),
    (_ACP.title, _CATEGORY.title),
    marks=(_PROGRAMME.title,),
)
ANNEX = MasterSheet(
    "Anexo 1 Categorías", "Anexo 1. Ejecución y eficacia del POA por ACP: {del_acumulado}", (ANNEX_TABLE,)
)

_EFICACIA = MasterColumn("Eficacia ponderada acumulada", 13, indicator="eficacia", period=ACCUMULATED)
_AVANCE = MasterColumn("Avance físico acumulado (%)", 13, indicator="avance", period=ACCUMULATED)
_SEMAFORO = semaforo_column("Semáforo", period=ACCUMULATED)
PERFORMANCE_TABLE = MasterTable(
    (
        _ACP,
        _ACTION,
        _AREA,
        MasterColumn("Rango ideal", 11, indicator="rango_ideal", period=ACCUMULATED),
        _EFICACIA,
        _AVANCE,
        _SEMAFORO,
        Spread(CUT, OF_CUT),
    ),
    (_ACP.title,),
)
PERFORMANCE = MasterSheet("Desempeño por ACP", "Desempeño por ACP: {del_acumulado}", (PERFORMANCE_TABLE,), level="acp")

PLANNED = MasterColumn("SIGEP {trimestre}: programado", 13, indicator="sigep_programado", period=QUARTER)
DONE = MasterColumn("SIGEP {trimestre}: ejecutado", 13, indicator="sigep_ejecutado", period=QUARTER)
GOALS_TABLE = MasterTable(
    (
        _ACP,
        text_column("Acción de corto plazo", 44),
        MasterColumn("Programación esperada (%)", 13, indicator="rango_ideal", period=ACCUMULATED),
        _EFICACIA,
        _AVANCE,
        MasterColumn(VIGENTE, 18, indicator="vigente", period=ACCUMULATED),
        MasterColumn("Devengado (Bs)", 18, indicator="devengado", period=ACCUMULATED),
        MasterColumn("Ejecución (%)", 11, indicator="ejecucion", period=ACCUMULATED),
        PLANNED,
        DONE,
        MasterColumn("SIGEP {trimestre}: avance (%)", 13, indicator="sigep_avance", period=QUARTER),
        Spread(GOALS_WITH_UNIT, (text_column("SIGEP {corto}: unidad de medida", 18),)),
        _SEMAFORO,
    ),
    (_ACP.title,),
)
# Under the table, where the goals are not added.
UNLIKE_GOALS = "Las metas del SIGEP no se suman: se miden en unidades distintas ({unidades}). El total es n/a."
PARTLY_STATED_GOALS = (
    "Las metas del SIGEP no se suman: unas dicen su unidad de medida y otras no (ACP {acps}). El total es n/a mientras "
    "la hoja Metas_SIGEP del libro de la entidad no diga la de todas."
)
GOALS = MasterSheet(
    "ACP y SIGEP",
    "ACP y seguimiento {hasta}, con el avance físico registrado en el SIGEP ({trimestre})",
    (GOALS_TABLE,),
    level="acp",
)
