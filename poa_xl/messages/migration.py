"""What `poa-xl migrate` says: of each thing that was not carried or needs a look, of each file, and of its own data."""

from typing import NamedTuple

from poa_xl.messages.counts import plural
from poa_xl.messages.kinds import Severity

# What became of it, in the word that the report shows.
LOST, LEFT, CARRIED, REFRESHED = "sin pasar", "no pasa", "pasado", "actualizado"


class Kind(NamedTuple):
    """The words of one kind of line. `severity` is how the sheet Observaciones of the new workbook marks it."""

    outcome: str
    severity: Severity
    what: str
    action: str


def _lost(what: str, action: str, severity: Severity = Severity.AVISO) -> Kind:
    return Kind(LOST, severity, what, action)


def _left(what: str, action: str) -> Kind:
    return Kind(LEFT, Severity.AVISO, what, action)


def _carried(what: str, action: str) -> Kind:
    return Kind(CARRIED, Severity.AVISO, what, action)


_BY_HAND = "El libro anterior no cambió. Si hace falta, pase esto a mano."
_LOOK = "Revise que así esté bien."
_OF_THE_ENTITY = "Si no es lo que corresponde, corrija el libro de la entidad."
WITHOUT_LEVEL = "«{columna}» decía «{hallado}»; la entidad ya no usa ese nivel, y ahora está en blanco."

KINDS: dict[str, Kind] = {
    # --- not carried ----------------------------------------------------------------------------------------
    "error-de-calculo": _lost(
        "«{columna}» tiene un error de cálculo, {hallado}: en el libro nuevo quedó escrito como texto.",
        "Escriba en su lugar el valor que corresponde.",
        Severity.ERROR,
    ),
    "sin-resultado": _lost(
        "«{columna}» tiene una fórmula sin resultado guardado, «{hallado}»: en el libro nuevo está escrita como texto.",
        "Escriba en su lugar el valor; o abra el libro anterior en Excel o LibreOffice, guárdelo y páselo otra vez.",
        Severity.ERROR,
    ),
    "texto-largo": _lost(
        "El texto de «{columna}» tiene {n} caracteres y una celda admite {esperado}: se pasó su comienzo.",
        "Acórtelo; el libro anterior lo tiene entero.",
        Severity.ERROR,
    ),
    "codigo-ajeno": _lost(
        "«{columna}» dice «{hallado}», que no existe en la gestión {nueva}: la celda quedó en blanco.",
        "Elija uno de la lista: {esperado}.",
        Severity.ERROR,
    ),
    "categoria-ajena": _lost(
        "La categoría «{hallado}» no es de la unidad en la gestión {nueva}: su fila no se pasó.",
        "Si la unidad la ejecuta, agréguela en la hoja Categorias de la entidad y pase el libro otra vez.",
    ),
    "columna-quitada": _lost("La plantilla ya no tiene «{columna}»: {celdas}.", _BY_HAND),
    "columna-ajena": _lost("La columna «{columna}» no es de la plantilla: {celdas}.", _BY_HAND),
    "columna-repetida": _lost(
        "El título «{columna}» está repetido y se pasó la primera columna: en la otra hay {celdas}.", _BY_HAND
    ),
    "celdas-sueltas": _lost("Hay {celdas} fuera de la tabla; la primera dice «{hallado}».", _BY_HAND),
    "hoja-ajena": _lost("La hoja «{hallado}» no es de la plantilla: {celdas}.", _BY_HAND),
    "hoja-repetida": _lost(
        "Hay más de una hoja para «{columna}» y no se pasó ninguna: {hallado}.",
        "Deje una sola en una copia del libro, y páselo otra vez. La que no vea está oculta: clic derecho en una "
        "pestaña, Mostrar.",
        Severity.ERROR,
    ),
    "hoja-sin-titulos": _lost(
        "La hoja «{columna}» no tiene su fila de encabezados y no se pasó: {celdas}.",
        "Copie los encabezados de la plantilla encima de los datos, y páselo otra vez.",
        Severity.ERROR,
    ),
    "hoja-falta": _lost(
        "El libro no tiene la hoja «{columna}»: en el nuevo está sin datos.",
        "Pida a la unidad esos datos.",
        Severity.ERROR,
    ),
    "hoja-vacia": _lost(
        "El libro no tiene la hoja «{columna}»: en el nuevo está sin datos.", "Llénela, si hace falta.", Severity.ERROR
    ),
    "columna-falta": _lost(
        "El libro no tiene la columna o el campo «{columna}»: en el nuevo está en blanco.",
        "Pida a la unidad esos datos.",
        Severity.ERROR,
    ),
    "tapadas": _lost(
        "Las celdas combinadas {esperado} tapan datos que nadie ve, y no se pasaron: {hallado}.",
        "Escriba en cada fila del libro nuevo el dato que vale.",
        Severity.ERROR,
    ),
    "nota": _lost("La celda tiene una nota: «{hallado}».", "Si hace falta, póngala otra vez."),
    "imagen": _lost("La hoja tiene imágenes o dibujos.", _BY_HAND),
    "macros": _lost("El libro tiene macros que no son de la plantilla: {hallado}.", "No hacen falta para el POA."),
    "contenido": _lost(
        "El libro tiene contenido que actúa por sí mismo o trae datos de fuera: {hallado}.",
        "No hace falta para el POA.",
    ),
    "incrustado": _lost("El libro lleva documentos incrustados: {hallado}.", _BY_HAND),
    "sin-destino": _lost(
        "«{columna}» está ahora en la hoja {hoja}, que no tiene ninguna fila de «{clave}»: «{hallado}».", _BY_HAND
    ),
    # --- left out on purpose --------------------------------------------------------------------------------
    "ajustes": _left(
        "Los ajustes de las macros no eran los de la plantilla: {hallado}.", "Nada: el libro nuevo lleva los suyos."
    ),
    "de-la-gestion": _left(
        "«{columna}» es de la gestión {gestion}: {celdas}.", "Se llena con los datos de la gestión {nueva}."
    ),
    "programacion": _left(
        "«{columna}» es el plan de la gestión {gestion}: {celdas}.",
        "Escriba lo de la gestión {nueva}. Con --with-schedule pasa como propuesta.",
    ),
    "sello": _left(
        "El sello «{hallado}» es del libro anterior.", "Si usa sello, pulse «Preparar entrega» en el libro nuevo."
    ),
    "titulos-repetidos": _left(
        "Los títulos de la hoja están otra vez entre los datos: {hallado}.",
        "Nada: el libro nuevo tiene los suyos.",
    ),
    "calculadas": _left(
        "{celdas} de las columnas que se calculan solas, escritas encima de la fórmula.",
        "El libro nuevo las calcula otra vez.",
    ),
    # --- of the entity --------------------------------------------------------------------------------------
    "puesto": Kind(
        REFRESHED, Severity.AVISO, "«{columna}» decía «{hallado}» y ahora viene puesto «{leido}».", _OF_THE_ENTITY
    ),
    "puesto-sin-nivel": Kind(REFRESHED, Severity.AVISO, WITHOUT_LEVEL, _OF_THE_ENTITY),
    # --- carried, with a word -------------------------------------------------------------------------------
    "formula": _carried("«{columna}» tenía una fórmula, «{hallado}»: se pasó su resultado, {leido}.", _LOOK),
    "calculo-manual": _carried(
        "El libro no calculaba solo, y hay fórmulas en celdas que se llenan, como {hallado}: los resultados que se "
        "pasaron pueden ser viejos.",
        _LOOK,
    ),
    "ilegible": _carried(
        "«{columna}» dice «{hallado}», que no se puede leer: se pasó tal como está.",
        "Corríjalo; hasta entonces el dato no cuenta.",
    ),
    "moneda": _carried(
        "«{columna}» mostraba «{hallado}» por el formato de la celda: se pasó el número, {leido}, sin esa moneda.",
        "Si el monto está en otra moneda, escríbalo en bolivianos.",
    ),
    "fuera-de-lista": _carried(
        "«{columna}» dice «{hallado}», que no está en la lista: se pasó tal como está.",
        "Elija uno de la lista: {esperado}.",
    ),
    "operacion-ajena": _carried(
        "La operación «{hallado}» no está en la hoja Operaciones: se pasó tal como está.",
        "Agréguela en la hoja Operaciones o corrija el código.",
    ),
    "respuestas": _carried(
        "La unidad escribió en esta hoja, y lo que escribió está debajo de la lista: {celdas}.",
        "Léalo; lo que ya no haga falta se puede borrar.",
    ),
    "ocultas": _carried("{filas}", _LOOK),
    "propuesta": _carried(
        "«{columna}» es el plan de la gestión {gestion} y se pasó como propuesta: {celdas}.",
        "Revíselo y corríjalo antes de aprobar el plan de la gestión {nueva}.",
    ),
    "valor-renombrado": _carried("«{columna}» decía «{hallado}» y ahora se llama «{leido}»: {celdas}.", _LOOK),
    "sin-dividir": _carried(
        "«{hallado}» no se pudo repartir en {columna}: quedó entero en la primera.", "Repártalo entre las dos."
    ),
    "juntados": _carried(
        "«{columna}» tenía más de un valor para «{clave}»: se juntaron, «{hallado}».", "Deje el que vale."
    ),
    "unidad-por-nombre": _carried(
        "El libro no dice de qué unidad es: se tomó {leido}, por el nombre del archivo.", _LOOK
    ),
    "otro-nombre": _carried(
        "El archivo se llama como la unidad «{hallado}», pero el libro dice {leido}: se tomó {leido}.",
        "Si los datos son de {hallado}, páselos a su libro.",
    ),
    "dado": _carried("El libro no dice «{columna}»: se tomó {leido}, como se indicó.", _LOOK),
}

# Why a file was not migrated at all: what, what to do.
REFUSED: dict[str, tuple[str, str]] = {
    "maestro": ("es un libro maestro, no el libro de una unidad.", "Pase los libros de las unidades."),
    "otro-libro": (
        "no tiene ninguna hoja del libro de una unidad.",
        "Revise que sea el libro que llenó la unidad.",
    ),
    "sin-version": (
        "no dice con qué versión de la plantilla se hizo.",
        "Indíquela con --from; hay {versiones}.",
    ),
    "version-desconocida": (
        "se hizo con la versión «{hallado}» de la plantilla, que esta poa-xl no conoce.",
        "Use una poa-xl más nueva; o, si el dato está mal, indique la versión con --from: hay {versiones}.",
    ),
    "sin-gestion": ("no dice de qué gestión es.", "Indíquela con --year."),
    "gestion-posterior": (
        "es de la gestión {hallado}, posterior a la {gestion} de la entidad.",
        "Use el libro de la entidad de la gestión {hallado}.",
    ),
    "sin-unidad": ("no dice de qué unidad es.", "Indíquela con --unit."),
    "unidad-desconocida": (
        "es de la unidad «{hallado}», que no está en el catálogo de la entidad.",
        "Si cambió de código, indique el de ahora con --unit; si es nueva, agréguela en la hoja Unidades.",
    ),
    "otra-unidad": (
        "es de la unidad «{hallado}», y --unit dice «{leido}».",
        "Revise cuál es; una unidad vigente no se puede cambiar por otra. Si ya no existe, póngala como no vigente en "
        "la hoja Unidades.",
    ),
    "existe": ("{ruta} ya existe y no se reemplaza.", "Mueva ese archivo o elija otro lugar."),
    "otra-gestion": (
        "es de la gestión {hallado}, y la entidad es de la {gestion}.",
        "Si quiere pasar su plan a la gestión {gestion}, use --plan; lo ejecutado no pasa.",
    ),
    "otra-entidad": (
        "es de la entidad «{hallado}», y el catálogo es de «{leido}».",
        "Use el libro de esa entidad. Si es la misma y cambió de nombre, use --refresh; si el nombre está mal escrito, "
        "corríjalo en una copia.",
    ),
    "repetida": (
        "hay más de un libro de la unidad {leido}: {hallado}.",
        "Deje solo el que vale. Mientras tanto no se pasa ninguno.",
    ),
}

# The kind of line that tells what was found: by its code, of a sheet that no table takes, at a cell, of a whole file.
WHOLE_SHEETS = {"HOJ-005": "hoja-ajena", "HOJ-006": "hoja-sin-titulos"}
AT_CELLS = {"HOJ-011": "titulos-repetidos", "LIB-022": "calculo-manual"}
NOTED = {"LIB-013": "macros", "LIB-020": "contenido", "LIB-021": "incrustado"}
NOTED_SETTINGS = {**NOTED, "LIB-020": "ajustes"}  # where it acts by nothing but settings of our own macros

SUMMARY = (
    "Hecho con los datos de {archivo} (versión {version}, gestión {gestion}), que no cambió. Aquí está lo que hay que "
    "mirar; Validar escribe la lista otra vez."
)
SUMMARY_CLEAN = (
    "Hecho con los datos de {archivo} (versión {version}, gestión {gestion}), que no cambió. No quedó nada por mirar."
)
BEFORE = "En el libro anterior, {lugar}: {que}"
NO_FORMULA = "fórmula sin resultado"  # what stands for a formula whose text is not known
HIDDEN = (
    "Estaba oculta la fila {donde}; en el libro nuevo se ve.",
    "Estaban ocultas {n} filas ({donde}); en el libro nuevo se ven.",
)
NOT_VERIFIED = (
    "al comprobar el libro nuevo, {lugar} no dice lo mismo que en {archivo}. No se escribió; avise a quien mantiene el "
    "programa."
)

# --- the command ------------------------------------------------------------------------------------------

UNKNOWN_TARGET = "No hay versión «{pedida}» de la plantilla. Hay: {versiones}."
OLD_TARGET = (
    "Esta poa-xl escribe la versión {nueva} de la plantilla; a la {pedida} no se vuelve. Hay: {versiones}. "
    "Use --to {nueva}."
)
UNKNOWN_FROM = "--from: no hay versión «{pedida}» de la plantilla. Hay: {versiones}."
UNKNOWN_UNIT = "--unit: la unidad «{unidad}» no está en el catálogo de la entidad."
ONE_UNIT = "--unit dice de quién es un libro: no va con varios."
NEEDS_FOLDER = "Se dieron varios libros: -o debe ser una carpeta, y «{ruta}» tiene nombre de libro."
SUFFIX = "Con esas fórmulas el libro es un {debe}: cambie el nombre que da con -o."
NO_BOOKS = "No hay ningún libro en {ruta}."

PROGRESS = "Pasando los libros"
ENTITY_DONE = "{archivo}: {celdas} a {ruta}; se agregó {nuevo}."
ENTITY_CURRENT = "{archivo} ya tiene todo lo de un libro nuevo: no hay nada que pasar."
ENTITY_LOSS = "Algo no se pudo pasar: está arriba."
ENTITY_VERSION = (
    "Sigue diciendo que las plantillas son de la versión {version}; si quiere escribir las de la {nueva}, ponga "
    "{nueva} en «version_plantilla», hoja Parametros. Los libros de las dos se reciben."
)
SUFFIX_OF_ENTITY = "El libro nuevo es un {debe}, y «{ruta}» no lo dice: cambie el nombre que da con -o."
ENTITY_BROKEN = "El libro de la entidad {ruta} no se puede pasar: no se sabe qué hay en sus hojas."
NEW_COLUMN, NEW_SHEET = "la columna {columna} en {hoja}", "la hoja {hoja}"
NEW_PARAMETER = "la fila {parametro} en {hoja}"
# What an earlier version wrote beside a parameter and is no longer so: where it stands as it was, it says what is now.
FORMER_NOTES = {
    "metodo_agregacion": "media: cada nivel es el promedio del nivel de abajo. Por ahora es el único método."
}
DONE = "{archivo}  {unidad}  {cambio}: {celdas} a {ruta}"
NOTHING_TO_DO = "{archivo}  {unidad}  ya es de la versión {version} y de la gestión {gestion}: no hay nada que pasar."
NOT_DONE = "{archivo}  sin pasar: {que} → {hacer}"
FAILED = "{archivo}  sin pasar: {motivo}"
TOTAL = "{libros}: {pasados}, {aldia} al día, {sin} sin pasar."
WITH_LOSS = "{libros} algo que no se pudo pasar: está arriba y en la hoja Observaciones de cada uno."
# Lines that every workbook of a ministry has alike: on the terminal they are added up.
SUMMED = frozenset({"de-la-gestion", "programacion", "propuesta", "calculadas"})


def cells(count: int) -> str:
    """`1 celda con datos`, `1.234 celdas con datos`."""
    return _many(count, "celda con datos", "celdas con datos")


def carried(count: int) -> str:
    """`1 celda pasada`."""
    return _many(count, "celda pasada", "celdas pasadas")


def _many(count: int, one: str, many: str) -> str:
    return plural(count, one, many).replace(str(count), f"{count:,}".replace(",", "."), 1)


def steps(version: tuple[str, str], gestion: tuple[str, str]) -> str:
    """From what to what a workbook went: `versión 1 → 2, gestión 2024 → 2025`."""
    said = (("versión", *version), ("gestión", *gestion))
    return ", ".join(f"{name} {old} → {new}" for name, old, new in said if old != new)


def more(places: list[str], count: int) -> str:
    """The places of others of the same kind: ` (y 7 más: B8, C6…)`."""
    return f" (y {count} más: {', '.join(places)}{'…' if count > len(places) else ''})"


def hidden(rows: list[int]) -> str:
    """Which rows were hidden."""
    shown = ", ".join(map(str, rows[:10])) + ("…" if len(rows) > 10 else "")
    return HIDDEN[len(rows) > 1].format(n=len(rows), donde=shown)


def total(done: int, current: int, failed: int) -> str:
    """The last line: what became of the files."""
    return TOTAL.format(
        libros=plural(done + current + failed, "libro", "libros"),
        pasados=plural(done, "pasado", "pasados"),
        aldia=current,
        sin=failed,
    )


# --- schemas/versiones.yaml -------------------------------------------------------------------------------

BAD_FILE = "{archivo} no se puede usar: {motivo}."
NOT_THE_TEMPLATE = "{archivo} termina en la versión {ultima} y la plantilla es la {plantilla}."
BAD: dict[str, str] = {
    "cambio": "no se entiende el cambio «{linea}»",
    "campos": "el cambio «{cambio}» lleva {campos}, y dice «{linea}»",
    "valores": "«antes» debe decir cada valor anterior con el nuevo: «{linea}»",
    "textos": "a cada dato del cambio le toca un texto: «{linea}»",
    "hoja": "no hay hoja «{hoja}»",
    "columna": "la hoja «{hoja}» no tiene la columna «{columna}»",
    "sobra": "la hoja «{hoja}» ya tiene una columna «{columna}»",
    "mover": "de «{de}» a «{hoja}» no se puede mover «{columna}»",
    "iguales": "en «{hoja}» dos títulos serían iguales: «{uno}» y «{otro}»",
    "hojas-iguales": "dos hojas se llamarían igual: «{uno}» y «{otro}»",
    "sin-versiones": "no dice «versiones»",
    "version": "cada versión lleva «version» entre comillas y «cambios»: «{linea}»",
    "dos-veces": "la versión {version} está dos veces",
    "en-version": "versión {version}: {motivo}",
    "sin-otra-gestion": "no dice «otra_gestion»",
    "clases": "otra_gestion: la hoja «{hoja}» lleva {clases}",
    "clase": "otra_gestion: «{columna}» de «{hoja}» no existe o está dos veces",
    "falta": "otra_gestion: falta decir qué pasa con {columnas} de «{hoja}»",
}
THERE_ALREADY = " ".join(REFUSED["existe"])
