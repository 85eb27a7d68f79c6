"""The tables by area: Mensual por área, Comparativa por área, Fuentes, Servicios, Desempeño and the entity's months."""

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
from poa_xl.master_tables.terms import (
    ALL_PERIODS,
    EFICACIA,
    EFICIENCIA,
    EJECUCION,
    NAME,
    VIGENTE,
)

_AREA, _NAME = text_column("Área", 10), text_column(NAME, 48)
_INDICATOR = "Indicador"

MONTHLY_TABLE = MasterTable(
    (_AREA, _NAME, text_column(_INDICATOR, 24), Spread(ALL_PERIODS, (MasterColumn("{corto}", 10),))),
    (_AREA.title, _INDICATOR),
)
MONTHLY = MasterSheet(
    "Mensual por área",
    "Relación comparativa: avance mensual, trimestral y acumulado por área",
    (MONTHLY_TABLE,),
)

_COMPARED = (
    _AREA,
    _NAME,
    MasterColumn(VIGENTE, 18, indicator="vigente"),
    MasterColumn("Ejecutado (Bs)", 18, indicator="devengado"),
    MasterColumn("Ejecución (%)", 11, indicator="ejecucion"),
    MasterColumn(EFICACIA, 11, indicator="eficacia"),
)
_HEADING = "Evaluación comparativa por área: {periodo}"
QUARTER_TABLE = MasterTable(_COMPARED, (_AREA.title,), _HEADING)
ACCUMULATED_TABLE = MasterTable(
    (
        *_COMPARED,
        MasterColumn(EFICIENCIA, 11, indicator="eficiencia", period=ACCUMULATED),
        criterio_column("Criterio DGAA"),
    ),
    (_AREA.title,),
    _HEADING,
)
COMPARISON = MasterSheet("Comparativa por área", "Evaluación comparativa por área", (QUARTER_TABLE, ACCUMULATED_TABLE))

FUNDS_TABLE = MasterTable(
    (
        text_column("Fuente", 10),
        text_column("Descripción", 48),
        MasterColumn("Presupuesto inicial (Bs)", 18, indicator="inicial", period=ACCUMULATED),
        MasterColumn(VIGENTE, 18, indicator="vigente", period=ACCUMULATED),
        MasterColumn("Ejecución (Bs)", 18, indicator="devengado", period=ACCUMULATED),
        MasterColumn("Ejecución (%)", 11, indicator="ejecucion", period=ACCUMULATED),
        MasterColumn("Saldo (Bs)", 18, indicator="saldo", period=ACCUMULATED),
    ),
    ("Fuente", "Descripción"),
)
FUNDS = MasterSheet("Fuentes", "Ejecución presupuestaria por fuente de financiamiento: {del_acumulado}", (FUNDS_TABLE,))

SERVICE_TABLE = MasterTable(
    (
        text_column("Área o grupo", 60),
        MasterColumn("Unidades", 10, Shows.WHOLE, indicator="unidades", period=QUARTER),
        MasterColumn("Avance físico (%)", 13, indicator="avance", period=QUARTER),
        semaforo_column("Semáforo", period=QUARTER),
    ),
    ("Área o grupo",),
    "{nombre}",
)
SERVICES = MasterSheet(
    "Servicios", "Desempeño del avance físico por servicio: {del_trimestre}", (SERVICE_TABLE,), level="servicio"
)

_ACCUMULATED_TITLES = {"eficacia": "Eficacia ponderada acumulada", "ejecucion": "Ejecución financiera acumulada (%)"}
PERFORMANCE_TABLES = {
    indicator: MasterTable(
        (_AREA, text_column(NAME, 60), MasterColumn(title, 18, indicator=indicator, period=ACCUMULATED)),
        (_AREA.title,),
        f"{title}: {{periodo}}",
    )
    for indicator, title in _ACCUMULATED_TITLES.items()
}
PERFORMANCE = MasterSheet(
    "Desempeño", "Evaluación de desempeño por área: {del_acumulado}", tuple(PERFORMANCE_TABLES.values())
)

MONTHS_TABLE = MasterTable(
    (text_column(_INDICATOR, 30), Spread(ALL_PERIODS, (MasterColumn("{corto}", 12),))),
    (_INDICATOR,),
    "Eficacia y ejecución por mes",
)
QUARTERS_TABLE = MasterTable(
    (
        text_column("Periodo", 30),
        MasterColumn(EFICACIA, 12, indicator="eficacia"),
        MasterColumn(EJECUCION, 12, indicator="ejecucion"),
    ),
    ("Periodo",),
    "Comportamiento por trimestre y acumulado",
)
ENTITY_MONTHS = MasterSheet(
    "Mensual {sigla}", "Evaluación comparativa mensual de desempeño - {sigla}", (MONTHS_TABLE, QUARTERS_TABLE)
)
