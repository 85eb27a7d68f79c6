"""The words of the written report: its chapters, captions and sentences.

Fields of a sentence become figures, names or references; a % or Bs stands outside of the figure.
"""

TITLE = "Seguimiento y evaluación a la ejecución física y financiera del POA - Presupuesto {gestion}"
MANAGEMENT = "Hacia la gestión por resultados"
QUARTER = "{trimestre} de {gestion}"
PERIOD = "Periodo: del {desde} al {hasta}"
CUT = "Información al {corte}"
HEAD = "{sigla} · Seguimiento y evaluación del POA {gestion} · {periodo}"
# How the period from January on is called, by the quarter at its end.
REPORTED = ("primer trimestre", "primer semestre", "tercer trimestre (nueve meses)", "gestión")
PARTIAL = "EVALUACIÓN PARCIAL: falta la información de {n} de {unidades} unidades ({nombres})."
CONTENTS = "Contenido"
TABLES, CHARTS = "Índice de cuadros", "Índice de gráficos"
TABLE, CHART = "Cuadro", "Gráfico"

INTRODUCTION, LEGAL_FRAME, STRATEGIC_FRAME = "Introducción", "Marco legal", "Marco estratégico"
METHOD, FOLLOW_UP = "Alcance y metodología", "Seguimiento y evaluación del POA"
RESULTS, CONCLUSIONS = "Resultados alcanzados por acción de corto plazo (ACP)", "Conclusiones y recomendaciones"
ANNEXES = "Anexos"

NO_TEXT = (
    "La hoja «{hoja}» del libro de la entidad no dice nada de «{seccion}»: falta este texto. Escríbalo aquí o en esa "
    "hoja, y vuelva a escribir el informe."
)
NO_NORMS = "El libro de la entidad no tiene la hoja «Marco_legal» o está vacía: falta la lista de normas."
INTRODUCTION_FACTS = (
    "Este informe evalúa el Plan Operativo Anual (POA) y el presupuesto {gestion} de la entidad «{entidad}» en "
    "{periodo}, con la información de {con} de {unidades} unidades organizacionales."
)
INTRODUCTION_ACPS = (
    "El POA articula {acciones} acciones de corto plazo (ACP) con {medianas} acciones de mediano plazo (AMP)."
)
NORM, NORM_TEXT = "Norma", "Qué establece"
HORIZON = "Horizonte político (visión) y razón de ser (misión)"
CONCEPT, TEXT, VISION, MISSION = "Concepto", "Texto", "Visión", "Misión"
ARTICULATION = "Articulación de la planificación de mediano y corto plazo {gestion}"
RELATION = "Relación del POA {gestion} de {sigla}"
AREAS = "Áreas organizacionales por servicio"
FORMULAS = "Fórmulas adoptadas para los indicadores"
BANDS = "Criterios y rangos de valoración del desempeño"
RULE_HEADING = "Regla de cálculo"
RULE = "{nombre}: {formula}."
CRITERION = "Criterio de evaluación por trimestre de la ejecución financiera"
METHOD_HEADING = "Metodología"
STRUCTURE = "Estructura organizacional"
ORGANISATION = "Organigrama institucional"
ORGANISATION_ALT = "De {entidad} dependen {areas}. Las dependencias son las del libro de la entidad."
OFFICES = "{grupo} ({n})"

BY_ACP, BY_AREA = "Por acción de corto plazo (ACP)", "Comparación por área, mes y periodo"
PERFORMANCE, INDICATORS = "Desempeño del avance físico", "Indicadores de eficacia"
ACP_TABLE = "Seguimiento y evaluación por ACP: {periodo}"
ACP_SENTENCE = (
    "En {periodo} la ejecución financiera de la entidad fue de {ejecucion} %, la eficacia ponderada de {eficacia} y "
    "el avance físico de {avance} % ({semaforo}), como muestra el {cuadro}."
)
CATEGORIES_TABLE = "Seguimiento por ACP y categoría programática: {periodo}"
MONTHLY_TABLE = "Relación comparativa mensual, trimestral y acumulada por área"
COMPARED_TABLE = "Evaluación comparativa por área: {periodo}"
COMPARED_SENTENCE = (
    "En {periodo} se ejecutaron Bs {devengado} de Bs {vigente}, el {ejecucion} % del presupuesto vigente, con una "
    "eficacia ponderada de {eficacia}. Mayor ejecución: {mayor} ({mas} %); menor: {menor} ({menos} %)."
)
COMPARED_CHART = "Ejecución financiera y eficacia ponderada por área: {periodo}"
FUNDS_NOTE = (
    "Según la hoja Fuentes del libro de la entidad ({reporte} del SIGEP). Los demás cuadros suman las categorías "
    "programáticas ({otro}): los dos reportes pueden diferir."
)
FUNDS_TABLE = "Ejecución presupuestaria del gasto por fuente de financiamiento"
SERVICES_TABLE = "Desempeño del avance físico por servicio: {periodo}"
SERVICES_CHART = "Avance físico por área o grupo: {periodo}"
ACP_PERFORMANCE_TABLE = "Desempeño por ACP: {periodo}"
ACP_PERFORMANCE_CHART = "Rango ideal y eficacia ponderada acumulada por ACP: {periodo}"
SIGEP_TABLE = "ACP y avance físico registrado en el SIGEP: {periodo}"
HISTORY_TABLE, HISTORY_CHART = "Serie histórica del avance físico por área", "Avance físico por área y gestión"
UNITS_TABLE = "Avance físico del {trimestre}: {nombre}"
GROUPS_CHART = "Avance físico por grupo"
GROUPS_TABLE_OF = "{nombre}: serie histórica por grupo"
EXTERIOR_SENTENCE = "{nombre}: en el {periodo} el avance físico fue de {avance} % ({semaforo})."
EXTERIOR_BEFORE = " En el trimestre anterior fue de {antes} %."
EFICACIA_TABLE = "Eficacia ponderada por área: {periodo}"
EJECUCION_TABLE = "Ejecución financiera por área: {periodo}"
MONTHS_TABLE = "Evaluación comparativa mensual del desempeño: {sigla}"
MONTHS_CHART = "Eficacia ponderada y ejecución financiera por mes: {sigla}"
QUARTERS_CHART = "Comportamiento por trimestre y acumulado: {sigla}"
SUMMARY_TABLE = "Avance físico y eficacia por trimestre {gestion}"
RESULTS_TABLE = "Resultados alcanzados: {nombre}"
ANNEX = "Anexo {numero}. {nombre}"
ANNEX_CATEGORIES = "Seguimiento por ACP: ejecución y eficacia del POA, {periodo}"
ANNEX_TABLE = "{nombre}: avance físico por trimestre"
ANNEX_CHART = "{nombre}: avance físico del {trimestre}"

# Titles of columns.
ACP, ACTION, AREA, NAME, UNIT = "ACP", "Acción de corto plazo", "Área", "Nombre", "Unidad"
AMP, RESPONSIBLE = "AMP", "Área responsable"
VIGENTE, DEVENGADO, EJECUTADO = "Vigente (Bs)", "Devengado (Bs)", "Ejecutado (Bs)"
EJECUCION, EFICACIA, AVANCE = "Ejecución (%)", "Eficacia ponderada", "Avance físico (%)"
SEMAFORO, INDICATOR, CATEGORY, PROGRAMME = "Semáforo", "Indicador", "Categoría", "Programa"
EXECUTING, OFFICES_COLUMN = "UE", "Unidades"
INITIAL, SOURCE, DESCRIPTION, BALANCE = "Inicial (Bs)", "Fuente", "Descripción", "Saldo (Bs)"
IDEAL, EXPECTED = "Rango ideal", "Esperado (%)"
SIGEP_PLANNED, SIGEP_DONE, SIGEP_AVANCE = "SIGEP: programado", "SIGEP: ejecutado", "SIGEP: avance (%)"
AVANCE_OF, EFICACIA_OF = "Avance {periodo} (%)", "Eficacia {periodo}"
ACRONYM, ORGANISATIONAL_UNIT = "Sigla", "Unidad organizacional"
AREA_OR_GROUP, AREA_UNIT_OR_GROUP = "Área o grupo", "Área, unidad o grupo"
FORMULA, DEFINITION = "Fórmula", "Definición"
TOTAL = "Total"
PROGRAMMED, ACHIEVED = "Resultado programado", "Principales resultados"

LEFT_OUT = "No se muestra «{que}»: {porque}."
NO_FUNDS = "el libro de la entidad no tiene las fuentes de financiamiento de este trimestre"
NO_HISTORY = "el libro de la entidad no tiene cifras publicadas de gestiones anteriores"
NO_GOALS = "el libro de la entidad no tiene metas del SIGEP de este trimestre"
NO_RESULTS = "ninguna unidad de este nivel informó resultados"
NO_GROUPS = "ninguna área tiene varios grupos"
NO_ACPS = "la entidad no usa acciones de corto plazo"
NO_BUDGET = "no hay ejecución presupuestaria de este periodo"
FIRST_QUARTER = "en el primer trimestre lo acumulado es lo del trimestre"

CHART_ALT = "{titulo}. {series}."
SERIES_ALT = "{nombre}: {valores}"
VALUE_ALT = "{categoria} {valor}"

# Conclusions: each is drafted from figures of the master, which stand in it.
CONCLUSIONS_HEADING, RECOMMENDATIONS_HEADING = "Conclusiones", "Recomendaciones"
OVERALL = (
    "En {periodo} la entidad alcanzó un avance físico de {avance} % ({semaforo}), con una ejecución financiera de "
    "{ejecucion} % del presupuesto vigente."
)
OVERALL_CHANGE = " En el {antes} el avance fue de {avance} % y la ejecución de {ejecucion} %."
HIGHEST_LOWEST = "Por área, el mayor avance del {periodo} fue: {mayor} ({mas} %); el menor: {menor} ({menos} %)."
SAME_EVERYWHERE = "Todas las áreas tienen en el {periodo} el mismo avance: {mas} %."
BAND_CHANGED = "{n} pasó de {antes} a {ahora} entre el {anterior} y el {periodo}: de {antes_avance} % a {avance} %."
NO_BAND_CHANGED = "Ninguna área cambió de semáforo entre el {anterior} y el {periodo}."
WITHOUT_EXECUTION = "Sin ejecución al terminar {periodo}: {categorias}."
CATEGORY_OF = "{categoria} {programa} (Bs {vigente} vigentes)"
ALL_EXECUTED = "Todas las categorías programáticas con presupuesto tienen ejecución al terminar {periodo}."
OVER_EXECUTION = "La ejecución pasa del 100 % del presupuesto vigente en {categorias}."
EXECUTION_OF = "{categoria} {programa} ({ejecucion} %)"
PHYSICAL_WITHOUT_MONEY = "Con avance físico alto y poca ejecución: {areas}."
MONEY_WITHOUT_PHYSICAL = "Con ejecución alta y poco avance físico: {areas}."
AREA_OF = "{nombre} (avance {avance} %, ejecución {ejecucion} %)"
MISSING_UNITS = "No hay información de {n} de {unidades} unidades: {nombres}."
EVERY_UNIT = "Informaron las {unidades} unidades."

_FEMININE = "gestión"


def with_article(periodo: str) -> str:
    """«el primer semestre», «la gestión»."""
    return f"{'la' if periodo.startswith(_FEMININE) else 'el'} {periodo}"


# What is said of writing one.
WITHOUT_LIBRARIES = 'Para escribir informes hace falta una parte más. Instálela con: pip install "poa-xl[report]"'
OTHER_SUFFIX = "El informe se escribe como documento de Word: {ruta} debe terminar en .docx."
NO_ENTITY = (
    "No se encontró el libro de la entidad con que se hizo {maestro} (huella SHA-256 {huella}). Diga cuál es con "
    "--entity."
)
ANOTHER_ENTITY = (
    "{ruta} no es el libro de la entidad con que se hizo {maestro}: su huella SHA-256 es {otra} y la Portada dice "
    "{huella}. Dé ese libro, o consolide otra vez con este."
)
WRONG_TEXTS = "Los textos del informe nombran cifras que no hay: corrija la hoja Textos_informe de {ruta}."
TYPED_TEXTS = (
    "Los textos del informe tienen porcentajes o montos que no son cifras suyas: corrija la hoja Textos_informe de "
    "{ruta}, o dé con --known las que vienen de otra fuente."
)
WITHOUT_LIBREOFFICE = (
    "El PDF lo hace LibreOffice Writer, que no se encontró en esta computadora. Instálelo, o guarde el documento como "
    "PDF desde Word."
)
PDF_TOO_LONG = "LibreOffice no terminó el PDF en {segundos} segundos. Ciérrelo y pruebe de nuevo."
NO_PDF = "LibreOffice no hizo el PDF. Dijo: {dijo}"
OTHER_PDF = "{ruta} debe terminar en .pdf."
PDF_THERE = "{ruta} ya existe: no se reemplaza. Dé otro nombre, o --force."
PDF_WRITTEN = "PDF: {ruta}"
EDITED = (
    "{ruta} es un informe que alguien guardó después de escrito: no se reemplaza. Dé otro nombre, o --force para "
    "perder lo que se le cambió."
)
NOT_A_REPORT = "{ruta} no es un informe de poa-xl: no se reemplaza. Dé otro nombre."
WRITTEN = "Informe: {ruta} ({cuadros} cuadros, {graficos} gráficos, {cifras} cifras unidas al libro maestro)"
