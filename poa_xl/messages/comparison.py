"""What `poa-xl diff` says: on the terminal, in JSON and in its workbook."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, List

from poa_xl.messages.baseline import PLAN_FACTS
from poa_xl.messages.counts import first_ones, plural

# --- two plans ----------------------------------------------------------------------------------------------
MIXED_WITH_PLAN = "{plan} es un plan aprobado y {otro} no. Un plan se compara con otra versión del plan."
BY_RESOLUTION, BY_NONE = "por {resolucion}", "sin una modificación que lo explique"

# --- in what is compared ------------------------------------------------------------------------------------
WITHOUT_VALUE = "(fórmula sin valor)"
LOOSE_TEXT = "Título o nota"
PARAGRAPH = " ¶ "  # where a text begins a new line, in what is told on one line

# Which facts of each side the first lines show.
SHOWN = frozenset(
    {
        "entidad",
        "gestion",
        "unidad",
        "trimestre",
        "fecha_envio",
        "Periodo que se evalúa",
        "Libro de la entidad",
        *PLAN_FACTS,
    }
)

# --- why two files are not compared -------------------------------------------------------------------------
OTHER_SUFFIX = "La comparación se guarda como libro: {ruta} debe terminar en .xlsx."
MIXED = (
    "{maestro} es un libro maestro y {otro} no. Se comparan dos versiones del libro de una unidad, o dos libros "
    "maestros."
)
ENTITY_BOOK = "{archivo} es el libro de la entidad. Se comparan dos versiones del libro de una unidad, o dos maestros."
NEITHER = "{archivo} no es el libro de una unidad ni un libro maestro."
NOT_COMPARED = "No se pudo comparar."
DISTINCT: Dict[str, str] = {  # facts that two versions share; the first two make it another workbook
    "unidad": "Son de unidades distintas",
    "entidad": "Son de entidades distintas",
    "gestion": "Son de gestiones distintas",
    "trimestre": "Informan trimestres distintos",
    "version_plantilla": "Son de versiones distintas de la plantilla",
    "Gestión": "Son de gestiones distintas",
    "Periodo que se evalúa": "Evalúan periodos distintos",
}
BOTH = "{que}: A, {a}; B, {b}."
FORCE_IT = "Si aun así quiere compararlos, repita la orden con --force."
ANOTHER_BOOK = f"{BOTH} {FORCE_IT}"
NOTHING_SAID = "no lo dice"
ONLY_SHARED = "Se compara lo que los dos tienen: meses, trimestres y filas. No se comparan las hojas {hojas}."

# --- the facts of each side ---------------------------------------------------------------------------------
FACTS: Dict[str, str] = {
    "entidad": "Entidad",
    "gestion": "Gestión",
    "unidad": "Unidad",
    "trimestre": "Trimestre",
    "version_plantilla": "Versión de la plantilla",
    "fecha_envio": "Fecha de envío",
}
FILE, SHA256 = "Archivo", "Huella SHA-256"
SAME_FILE = "Son el mismo archivo, byte por byte."
NO_DIFFERENCES = "No hay diferencias."

# --- what differs -------------------------------------------------------------------------------------------
BLANK, UNREADABLE = "(vacía)", "«{texto}» (no se lee)"
COVERED = "tapado por celdas combinadas"
UNREADABLE_PLAIN = "(no se lee) {texto}"
WAS_AT = "{celda} (en A, {antes})"
ROW = "fila {n}"
ADDED, REMOVED = "agregada", "quitada"
ONLY_HERE: Dict[str, str] = {
    "hoja": "La hoja «{nombre}» solo está en {lado}.",
    "columna": "En la hoja {hoja} solo {lado} tiene {columnas}.",
}
_COLUMNS = ("la columna", "las columnas")
LEFT_OUT: Dict[str, str] = {
    "hoja": "La hoja «{nombre}» solo está en {lado}: no se comparó.",
    "cuadro": "En la hoja {hoja}, {cuadro} solo está en {lado}: no se comparó.",
}
OTHER_TITLES = "En la hoja {hoja}, {cuadro} no se comparó: sus títulos son otros ({titulos})."
ONLY_TITLES = "solo en {lado}, {columnas}"
FOREIGN = (  # a sheet, a column
    "La hoja «{hoja}» no es de la plantilla y no se comparó; no es igual en A y en B.",
    "En la hoja {hoja}, la columna «{columna}» no es de la plantilla y no se comparó; no es igual en A y en B.",
)
TWICE = "En la hoja {hoja}, {lado} tiene más de una columna «{columna}» y solo se comparó la primera ({codigo})."
UNREAD = "La hoja {hoja} no se comparó: en {lado} no se puede leer ({codigo})."
PARTS: Dict[str, str] = {
    "cifras": "Cifras",
    "parametros": "Parámetros",
    "entregas": "Entregas",
    "datos": "Datos",
    "observaciones": "Observaciones",
    "cuadros": "Cuadros",
}
NO_FIGURE = "Ninguna de las cifras que se comparan cambió en Cálculo ni en Cálculo_Presupuesto."
FIGURES_LEFT_OUT = "No se compararon todas las cifras de {hojas}."
CHANGED_FIGURES = "Cifras que cambiaron"
WHY = "De qué vienen"
OTHERS = "En los demás cuadros"
REPEATED = "Los cuadros repiten cifras que ya están arriba: {hojas}. Con --all se muestran."
AND_MONTHS = "También cambiaron {columnas}."
MORE = "Y {n} más."
AND_MORE = "y {n} más"
OTHER_CONTENT = "otro contenido"
SHOW_ALL = "Con --all se muestran."
TOTAL = "En total"
NO_CELL_OR_ROW = "En lo que se comparó no cambió ninguna celda ni fila."
WRITTEN = "Comparación: {ruta}"


def computed(n: int) -> str:
    """Cells of the data sheets that the master computes from what changed."""
    return f"Además, {plural(n, 'celda calculada', 'celdas calculadas')} a partir de eso."


def table(name: str) -> str:
    """`el cuadro «Otros parámetros»`; where it has no heading, `el cuadro`."""
    return f"el cuadro «{name}»" if name else "el cuadro"


def columns(names: List[str], most: int = 6) -> str:
    """`la columna «Avance 2T»`, `las columnas «Avance abr», «Avance may» y 4 más`."""
    return f"{_COLUMNS[len(names) > 1]} {first_ones(names, most, '«{}»'.format)}"


# --- the workbook -------------------------------------------------------------------------------------------
TITLE = "Comparación de dos libros"
SUMMARY_SHEET, CELLS_SHEET, ROWS_SHEET = "Resumen", "Celdas", "Filas"
SUMMARY_HEADERS = ("Dato", "A", "B", "")
TOO_MANY = "En las hojas Celdas y Filas solo caben {n} filas: las demás diferencias se ven con --format json."
DIFFERENT = "distinto"
COUNT_HEADERS = ("Parte", "Hoja", "Celdas cambiadas", "Filas agregadas", "Filas quitadas")
EXPLAINED = "Qué lo explica"
CELL_HEADERS = (
    "Parte", "Hoja", "Qué fila", "Columna", "Celda en A", "Celda en B", "Antes (A)", "Después (B)", "Diferencia",
    "Unidad de medida", "Archivo de la unidad", "Hoja del archivo", "Fila en A", "Fila en B", "Repite a",
)  # fmt: skip
ROW_HEADERS = (
    "Parte", "Hoja", "Qué pasó", "Qué fila", "Fila", "Qué decía", "Archivo de la unidad", "Hoja del archivo",
    "Fila del archivo", "Detalle",
)  # fmt: skip
