"""Portada, Índice and the sheets that say what there is: Articulación, Relación POA, Áreas."""

from poa_xl.figures.vocabulary import QUARTER
from poa_xl.master_tables.table import Content, MasterColumn, MasterSheet, MasterTable, Shows, Spread, text_column
from poa_xl.master_tables.terms import PLAN_VERSIONS, QUARTER_AND_ACCUMULATED, QUARTER_BEFORE

# Of the cover, in characters: a value goes on over the last two columns, which hold a SHA-256 in one line.
COVER_WIDTHS = (34.0, 33.0, 33.0)
_FACT = text_column("Dato", COVER_WIDTHS[0])
_FACT_AND_VALUE = (_FACT, MasterColumn("Valor", sum(COVER_WIDTHS[1:]), Shows.TEXT, centred=True))

# Facts of the cover: what is evaluated, and what arrived.
GESTION, PERIOD, CUT = "Gestión", "Periodo que se evalúa", "Fecha de corte de la información"
ENTITY_WORKBOOK, ENTITY_HASH = "Libro de la entidad", "Huella SHA-256 del libro de la entidad"
PLAN, PLAN_HASH = "Plan aprobado", "Huella del plan aprobado"
METHOD, SEMAFORO_VERSION = "Método de agregación", "Versión del semáforo DGP"
CRITERIO_VERSION = "Versión del criterio DGAA"
FILES, FILES_IN_STATE = "Archivos recibidos", "Archivos con estado «{estado}»"
UNITS = "Unidades que deben informar"
UNITS_ENDED = "Unidades que terminaron antes y cuentan hasta entonces"
UNITS_WITH, UNITS_WITHOUT = "Unidades con información", "Unidades sin información"
_RECEIVED = tuple(
    text.partition("«")[0] for text in (FILES, FILES_IN_STATE, UNITS, UNITS_ENDED, UNITS_WITH, UNITS_WITHOUT)
)

EVALUATED_TABLE = MasterTable(_FACT_AND_VALUE, (_FACT.title,), "Evaluación")
KEY_FIGURES_TABLE = MasterTable(
    (_FACT, Spread(QUARTER_AND_ACCUMULATED, (MasterColumn("{largo}", COVER_WIDTHS[1], centred=True),))),
    (_FACT.title,),
    "Cifras principales de la entidad",
)
RECEIVED_TABLE = MasterTable(_FACT_AND_VALUE, (_FACT.title,), "Información recibida")
COVER = MasterSheet(
    "Portada",
    "Seguimiento y evaluación a la ejecución física y financiera del POA - Presupuesto {gestion}",
    (EVALUATED_TABLE, KEY_FIGURES_TABLE, RECEIVED_TABLE),
)


def is_received(fact: str) -> bool:
    """Whether a fact of the cover tells what arrived."""
    return fact.startswith(_RECEIVED)


INDEX_TABLE = MasterTable((text_column("Hoja", 26), text_column("Cuadro", 100)), ("Hoja", "Cuadro"))
INDEX = MasterSheet("Índice", "Índice de cuadros", (INDEX_TABLE,), Content.NOTHING)

ACPS_TABLE = MasterTable(
    (
        text_column("AMP", 8),
        text_column("ACP", 8),
        text_column("Acción de corto plazo", 70),
        text_column("Área responsable", 50),
    ),
    ("ACP",),
)
HORIZON_TABLE = MasterTable(
    (text_column("Concepto", 8), text_column("", 8), text_column("Texto", 70)),
    ("Concepto",),
    "Horizonte político (Visión) y razón de ser (Misión)",
)
ARTICULATION = MasterSheet(
    "Articulación",
    "Articulación de la planificación de mediano y corto plazo {gestion}",
    (ACPS_TABLE, HORIZON_TABLE),
    level="acp",
)

RELATION_TABLE = MasterTable(
    (
        text_column("Concepto", 34),
        text_column("Servicio", 34, "servicio"),
        Spread(QUARTER_BEFORE, (MasterColumn("{corto}", 18, Shows.COUNT),)),
        Spread(PLAN_VERSIONS, (MasterColumn("Plan aprobado: {corto}", 18, Shows.COUNT),)),
        MasterColumn("{trimestre}", 18, Shows.COUNT, period=QUARTER),
    ),
    ("Concepto", "Servicio"),
)
RELATION = MasterSheet("Relación POA", "Relación POA {gestion} de la entidad {sigla}", (RELATION_TABLE,))

SUBTOTAL, TOTAL = "Subtotal - {nombre}", "Total general"  # rows of the next table
AREAS_TABLE = MasterTable(
    (
        text_column("Servicio", 26, "servicio"),
        text_column("Área organizacional", 50),
        text_column("Grupo", 34, "grupo"),
        MasterColumn("Unidades", 12, Shows.COUNT, indicator="unidades", period=QUARTER),
        MasterColumn("Con avance en el {trimestre}", 12, Shows.COUNT, indicator="con_avance", period=QUARTER),
    ),
    ("Servicio", "Área organizacional", "Grupo"),
    marks=("Unidades",),
)
AREAS = MasterSheet("Áreas", "Áreas organizacionales por servicio - {sigla}", (AREAS_TABLE,))
