"""What is said of many entities that are consolidated at once, in Spanish."""

from poa_xl.messages.counts import plural

TITLE = "Entidades: trimestre {trimestre}"
SHEET = "Entidades"
WORKBOOK = "estado.xlsx"
COLUMNS = {
    "nombre": "Entidad",
    "sigla": "Sigla",
    "carpeta": "Carpeta",
    "gestion": "Gestión",
    "unidades": "Unidades",
    "libros": "Libros aceptados",
    "rechazados": "Rechazados",
    "sin_enviar": "Sin enviar",
    "errores": "Errores",
    "avisos": "Avisos",
    "avance": "Avance {t} (%)",
    "avance_acumulado": "Avance acumulado (%)",
    "ejecucion": "Ejecución {t} (%)",
    "ejecucion_acumulada": "Ejecución acumulada (%)",
    "semaforo": "Semáforo {t}",
    "maestro": "Libro maestro",
    "porque": "Por qué no se consolidó",
    "sha256": "SHA-256 del libro de la entidad",
}
HELP = (
    "Cada entidad se evalúa con su propio libro: sus pesos, su semáforo y sus reglas. Los avances de entidades "
    "distintas no se promedian."
)
NO_ENTITY = "No hay entidades en {rutas}: cada una es una carpeta con su entidad.xlsx y sus libros, o una campaña."
SAME_NAME = "Dos carpetas se llaman «{nombre}»: {una} y {otra}. Los libros maestros llevan ese nombre; cambie uno."
SAME_SIGLA = "La sigla {sigla} es también la de la carpeta {otra}: sus datos se mezclarían."
INSIDE = "{salida} está dentro de {carpeta}, que es de una entidad: dé otra carpeta para lo que se escribe."
OTHER_QUARTER = "La campaña es del trimestre {suyo}, y se pidió el {pedido}."
SEE = "{porque} Véalos con: poa-xl validate {ruta}"
STALE = "{porque} Lo que se escribió antes de esta entidad sigue en {salida}."
DONE = "{carpeta}: {libros}, {observaciones}; avance {avance}"
UNCHANGED = "{carpeta}: igual que la vez anterior, no se leyó otra vez"
FAILED = "{carpeta}: no se consolidó. {porque}"
LEFT = "En {salida} quedan datos de carpetas que ya no se dieron: {carpetas}."
WRITTEN = "{libro} y los datos de {datos}: {resumen}"
PROCESS_ENDED = "El proceso que la consolidaba terminó de golpe; ejecute la orden otra vez."
OPEN_ENGINE = "Para consolidar varias entidades a la vez, el motor se da por su nombre: cada proceso abre el suyo."
NOT_OURS = "{ruta} no es de poa-xl: dé otra carpeta para lo que se escribe."


def summary(entities: int, failed: int) -> str:
    """How many of them were consolidated, and how many were not."""
    return f"{plural(entities - failed, 'consolidada', 'consolidadas')}, {failed} sin consolidar."
