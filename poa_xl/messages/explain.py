"""What `poa-xl explain` says: what figures and periods are called, how a figure came about, what a check found."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from poa_xl.messages.counts import first_ones, plural

# Indicator -> what it is called; then how else people call it.
INDICATORS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "avance": ("avance físico", "avance"),
        "eficacia": ("eficacia ponderada", "eficacia"),
        "ejecucion": ("ejecución financiera", "ejecución", "ejecución presupuestaria"),
        "eficiencia": ("eficiencia",),
        "rango_ideal": ("rango ideal",),
        "media": ("media de las unidades", "media"),
        "desviacion": ("desviación estándar", "desviación"),
        "limite_inferior": ("límite inferior del 95 %", "límite inferior"),
        "limite_superior": ("límite superior del 95 %", "límite superior"),
        "sigep_avance": ("avance de la meta en el SIGEP", "avance SIGEP", "SIGEP avance"),
        "sigep_programado": ("meta programada en el SIGEP", "SIGEP programado"),
        "sigep_ejecutado": ("meta ejecutada en el SIGEP", "SIGEP ejecutado"),
        "avance_a_la_fecha": ("avance a la fecha", "a la fecha"),
        "cumplimiento": ("cumplimiento del año", "cumplimiento"),
        "avance_limitado": ("avance con 100 como máximo", "avance limitado"),
        "ponderacion": ("ponderación en la entidad", "ponderación"),
        "brecha": ("brecha",),
        "vigente": ("presupuesto vigente", "vigente"),
        "devengado": ("devengado",),
        "inicial": ("presupuesto inicial", "inicial"),
        "saldo": ("saldo",),
        "vigente_unidades": ("vigente según las unidades", "vigente unidades"),
        "vigente_sigep": ("vigente según el SIGEP", "vigente SIGEP"),
        "vigente_diferencia": ("diferencia del vigente", "diferencia vigente"),
        "devengado_unidades": ("devengado según las unidades", "devengado unidades"),
        "devengado_sigep": ("devengado según el SIGEP", "devengado SIGEP"),
        "devengado_diferencia": ("diferencia del devengado", "diferencia devengado"),
        "unidades": ("cantidad de unidades", "unidades"),
        "con_avance": ("unidades con avance", "con avance"),
        "con_informacion": ("unidades con información", "con información"),
        "sin_informacion": ("unidades sin información", "sin información"),
        "operaciones": ("cantidad de operaciones", "operaciones"),
        "actividades": ("cantidad de actividades", "actividades"),
        "tareas": ("cantidad de tareas", "tareas"),
        "acciones_mediano_plazo": ("acciones de mediano plazo",),
        "acciones_corto_plazo": ("acciones de corto plazo",),
        "programado": ("programado",),
        "ejecutado": ("ejecutado",),
        "tareas_programadas": ("tareas con programación", "tareas programadas"),
        "semaforo": ("semáforo",),
        "semaforo_a_la_fecha": ("semáforo a la fecha",),
        "criterio": ("criterio de la ejecución", "criterio"),
        "cuadre": ("cuadre",),
    }
)
LEVELS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "entidad": ("entidad", "ministerio", "municipio"),
        "servicio": ("servicio",),
        "area": ("área",),
        "grupo": ("grupo",),
        "subgrupo": ("subgrupo",),
        "unidad": ("unidad",),
        "acp": ("ACP",),
        "parte": ("parte",),
        "categoria": ("categoría", "categoría programática"),
        "presupuesto": ("presupuesto de la unidad",),
        "operacion": ("operación",),
        "fuente": ("fuente",),
        "fuentes": ("fuentes", "todas las fuentes"),
    }
)
_MONTHS = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
_QUARTER_WORDS = ("primer", "segundo", "tercer", "cuarto")


def _quarter(n: int) -> tuple[str, ...]:
    word = _QUARTER_WORDS[n - 1]
    return f"{n}T", f"T{n}", f"{word} trimestre", f"trimestre {n}", f"{n}.º trimestre"


# Period -> what it is called; then how else people call it.
PERIODS: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        **{name[:3]: (name, name[:3]) for name in _MONTHS},
        **{f"t{n}": _quarter(n) for n in (1, 2, 3, 4)},
        "hasta_t1": ("acumulado al 1T", "hasta el 1T", "al 1T"),
        "hasta_t2": ("acumulado al 2T", "hasta el 2T", "al 2T", "semestre", "primer semestre", "al semestre"),
        "hasta_t3": ("acumulado al 3T", "hasta el 3T", "al 3T", "nueve meses"),
        "hasta_t4": ("acumulado al 4T", "hasta el 4T", "al 4T", "año", "gestión", "anual"),
    }
)
QUARTER, ACCUMULATED, BEFORE = ("trimestre",), ("acumulado", "acumulada", "hasta la fecha"), ("trimestre anterior",)
# Words of a question that name nothing.
IDLE = frozenset(
    ("de", "del", "la", "el", "los", "las", "al", "a", "en", "por", "para", "un", "una", "y", "cuanto", "cual", "es",
     "fue", "su", "sus", "hasta", "se", "que")
)  # fmt: skip

# --- of a question ------------------------------------------------------------------------------------------

NOT_FOUND = "No se sabe qué cifra es «{texto}». {ayuda}"
HOW_TO_ASK = "Dé su identificador (MRE.avance.t2), una celda del maestro (ACP!F7) o palabras («VRE avance 2T»)."
NO_CELL = "La celda {celda} no muestra una cifra del maestro."
NO_SHEET = "El maestro no tiene la hoja «{hoja}».{parecidas}"
_MOST = 6


def near(ids: Sequence[str]) -> str:
    """Ids that may be meant."""
    return f"Se parecen: {first_ones(list(ids), _MOST)}." if ids else HOW_TO_ASK


def several(text: str, ids: Sequence[str]) -> str:
    """A question that more than one figure answers."""
    return f"«{text}» puede ser más de una cifra: {first_ones(list(ids), _MOST)}. Escriba una de ellas."


def near_sheets(names: Sequence[str]) -> str:
    """Sheets whose names are like one that is not there."""
    return f" ¿Es {' o '.join(f'«{name}»' for name in names)}?" if names else ""


UNREADABLE_MASTER = "El libro maestro no se puede leer."
WRITTEN = "Página: {ruta}"
OTHER_SUFFIX = "{ruta}: la página tiene que terminar en .html."

# --- of the steps -------------------------------------------------------------------------------------------

NOTES = "En el camino"
AT = "{lugar} del maestro"
ORIGIN = "{archivo}, hoja {hoja}, fila {fila}"
ORIGIN_WITHOUT_ROW = "{archivo}, hoja {hoja}"
WITHOUT_ROW = "Solo la nombran sus tareas: el libro no la tiene en Operaciones."
NOT_A_FORMULA = "La celda {celda} tiene un valor y no su fórmula: alguien lo escribió en el maestro."
NO_PARTS = "No hay nada de qué calcularla: la unidad no existía en el periodo o no envió filas."
COUNTED = "Son {n}."
CHANGED = "cambio aceptado"
REPORT = "Reporte del SIGEP {numero} del {fecha}"
REPORT_WITHOUT_DAY, REPORT_WITHOUT_NUMBER = "Reporte del SIGEP {numero}", "Reporte del SIGEP del {fecha}"
WITHOUT_REPORT = "El libro de la entidad no dice el número ni la fecha del reporte del SIGEP."
REPEATED = "ya está desglosada más arriba"
OF_THE_ENTITY = "libro de la entidad"


def more(parts: int) -> str:
    """Parts that are not shown."""
    return f"… y {plural(parts, 'parte', 'partes')} más (--all las muestra todas)"


def folded(parts: int) -> str:
    """A step whose parts are not shown."""
    return plural(parts, "parte", "partes")


def more_notes(n: int) -> str:
    """Observations that are not shown."""
    return f"… y {plural(n, 'observación', 'observaciones')} más (--all las muestra todas)"


def more_differences(n: int) -> str:
    """Differences that are not shown."""
    return f"… y {plural(n, 'diferencia', 'diferencias')} más (--all las muestra todas)"


# --- of a check ---------------------------------------------------------------------------------------------

AGREES = "Comprobada con los archivos originales: {celdas} dan {valor}."
DIFFERS = "No se comprueba: los archivos originales dan {hallado} y el maestro dice {valor}."
DIFFERENT = "No se comprueba."
ANOTHER_FILE = (
    "{archivo} no es el archivo con que se hizo el maestro: su huella es {hallada} y la del maestro {huella}."
)
MISSING_FILE = "Falta {archivo} (SHA-256 {huella})."
UNREADABLE_FILE = "{archivo} no se puede leer: {porque}"
OTHER_CELL = "{archivo}, {hoja}!{celda} ({columna}): el archivo dice {original} y el maestro {maestro}."
LOST_ROW = "{archivo}, {hoja}: el maestro toma la fila {fila}, que el archivo no tiene."
NEW_ROW = "{archivo}, {hoja}: la fila {fila} ({nombre}) no está en el maestro, y ninguna observación dice por qué."
OTHER_VALUE = "{celda} del maestro ({titulo}) dice {maestro} y sus partes dan {hallado}."
OTHER_PARTS = "{celda} del maestro ({titulo}) no se calcula con todas sus partes: {faltan}."
OTHER_WEIGHTS = "{celda} del maestro ({titulo}) no usa los pesos del libro de la entidad: {faltan}."
LACKS, EXTRA = "falta {nombres}", "sobra {nombres}"
NOTHING_TYPED = "en blanco"
_NAMES = 4


def cells(n: int) -> str:
    """How many cells were read again."""
    return plural(n, "celda escrita", "celdas escritas")


def parts_that_differ(missing: Sequence[str], extra: Sequence[str]) -> str:
    """Which parts a figure lacks, and which are none of it."""
    said = [(LACKS, missing), (EXTRA, extra)]
    return "; ".join(word.format(nombres=first_ones(list(names), _NAMES)) for word, names in said if names)


# --- of the page --------------------------------------------------------------------------------------------

PAGE_TITLE = "De dónde sale: {titulo}"
PAGE_SKIP = "Ir al desglose"
PAGE_OPEN, PAGE_CLOSE = "Desplegar todo", "Plegar todo"
PAGE_PRINT = "Se imprime lo que está desplegado."
PAGE_TREE, PAGE_NOTES, PAGE_CHECK, PAGE_MASTER = "Desglose", "Observaciones en el camino", "Comprobación", "Maestro"
PAGE_NOTES_CAPTION = "Una fila por observación, con la celda del archivo"
PAGE_NO_NOTES = "Ninguna observación, excepción ni cambio aceptado en el camino."
PAGE_NOT_CHECKED = "Sin comprobar con los archivos originales (opción --check)."
PAGE_FACTS = {
    "id": "Identificador", "celda": "Celda del maestro", "archivo": "Libro maestro", "sha256": "SHA-256 del maestro",
    "entidad": "SHA-256 del libro de la entidad", "periodo": "Gestión y trimestre",
}  # fmt: skip
PAGE_RULE, PAGE_NUMBERS, PAGE_CELL, PAGE_FILE = "Regla", "Con sus números", "Celda", "Archivo"
PAGE_NOTE_COLUMNS = ("Lugar", "Clase", "Código", "Qué dice")
