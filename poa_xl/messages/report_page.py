"""The words of the page of a report, in Spanish."""

SKIP = "Ir al informe"
HINT = "Toque una cifra para ver de dónde sale. Los cuadros se ordenan con sus títulos."
CONTENTS, BOARD, UNITS = "Contenido", "Semáforo por área y grupo", "Unidades por avance"
OF_QUARTER = "Avance físico y semáforo del {trimestre} de {gestion}:"
FILTER, CLOSE = "Filtrar las filas:", "Cerrar"
FACTS: dict[str, str] = {  # of the register of the report
    "maestro": "Libro maestro",
    "sha256": "Huella SHA-256 del maestro",
    "entidad": "Libro de la entidad",
    "sha256_entidad": "Huella SHA-256 de la entidad",
    "registro": "Registro de la campaña",
}
# What the script of the page says; {} is put in by it.
SCRIPT: dict[str, str] = {
    "file": "Archivo",
    "sheet": "hoja {}",
    "row": "fila {}",
    "rule": "Regla",
    "numbers": "Con sus números",
    "cell": "Celda del maestro",
    "id": "Identificador",
    "blank": "en blanco",
    "noTrail": "Esta cifra está escrita en esa celda del libro maestro.",
    "rows": "{} de {} filas",
}
OTHER_SUFFIX = "La página del informe se escribe como {ruta}: su nombre debe terminar en .html."
WRITTEN = "Página: {ruta}"
