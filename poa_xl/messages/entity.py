"""What is said of the entity's workbook: which one is used, and that it cannot be known which."""

ENTITY_FILE = "entidad.xlsx"
NOT_FOUND = f"No se encontró {ENTITY_FILE} en la carpeta ni junto a ella. Indíquelo con --entity."
USED = "Libro de la entidad: {ruta} (SHA-256 {sha256})"
SEVERAL = (
    "Hay más de un libro de la entidad, y son distintos:\n{libros}\n"
    "Indique con --entity cuál vale; si alguno llegó con las entregas, sáquelo de la carpeta."
)
ONE_OF_THEM = "  {ruta} (SHA-256 {sha256})"
UNREAD = "no se pudo leer"
UNUSABLE = "El libro de la entidad {ruta} tiene errores; corríjalos para continuar."
