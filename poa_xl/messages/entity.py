"""What is said of the entity's workbook: which one is used, and that it cannot be known which."""

ENTITY_FILE = "entidad.xlsx"
NOT_FOUND = f"No se encontró {ENTITY_FILE} en la carpeta ni junto a ella. Indíquelo con --entity."
USED = "Libro de la entidad: {ruta} (SHA-256 {sha256})"
SEVERAL = (
    "Hay más de un libro de la entidad, y son distintos:\n{libros}\n"
    "Indique con --entity cuál vale; si alguno llegó con las entregas, sáquelo de la carpeta."
)
ONE_OF_THEM = "  {ruta} (SHA-256 {sha256})"
# What becomes of months that SIGEP's figures lack: of one category, and of all.
COUNT_AS_ZERO = "cuentan como 0"
NOT_BEGUN = "la categoría sale n/a hasta {mes}, y en los totales esos meses cuentan como 0"
NEVER = "la categoría sale n/a, y en los totales cuenta como 0"
NOT_KNOWN = "la ejecución y su criterio salen n/a"
ONE_CATEGORY, NO_CATEGORY = "la categoría {categoria}", "ninguna categoría los tiene"
SOME_OF_ALL = "{parte} de {todo}"
# Why a published figure is in no table of the master, and what its code may have meant.
OTHER_YEAR = "la gestión no está entre {desde} y {hasta}, la que se evalúa"
ONLY_COUNTS = "el cuadro relacion muestra operaciones, actividades y tareas de un trimestre de la gestión que se evalúa"
OTHER_FIGURE = "en el cuadro {cuadro} no va ese indicador"
QUARTER_OF_BEFORE = "de una gestión anterior solo sale la cifra de periodo Gestión"
YEAR_OF_NOW = "de la gestión que se evalúa salen las cifras por trimestre, no la de periodo Gestión"
SEVERAL_GROUPS = "más de un grupo, subgrupo o área se llama así, y no se sabe de cuál es"
ALONE_IN_ITS_AREA = "el cuadro exterior muestra las áreas que tienen más de un grupo, y estos"
MEANT = " ¿Quiso escribir «{codigo}»?"
AND_MORE = ", y {n} más,"
NOR_MORE = ", ni {n} más de ese código"
IN_ITS_PLACE = " Esta fila, «{parametro}», no es ninguna: ¿tiene mal el trimestre?"
# Notes of the parameters that say what the entity calls its levels, its semáforo and its second criterion.
OWN_NAMES = {
    "nombre_acp": "Cómo llama la entidad a sus ACP: el singular y el plural, por ejemplo Objetivo; Objetivos.",
    "nombre_servicio": "Cómo llama a los servicios: el singular y el plural.",
    "nombre_area": "Cómo llama a las áreas: el singular y el plural, por ejemplo Secretaría; Secretarías.",
    "nombre_grupo": "Cómo llama a los grupos: el singular y el plural.",
    "nombre_semaforo": "Cómo se llama el semáforo del avance físico.",
    "nombre_criterio_2": "Cómo se llama el criterio de la ejecución financiera.",
}
UNREAD = "no se pudo leer"
UNUSABLE = "El libro de la entidad {ruta} tiene errores; corríjalos para continuar."
