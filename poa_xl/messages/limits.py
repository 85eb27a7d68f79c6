"""The limits on what a file may hold, and why a file is refused, in words."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, Mapping, NamedTuple

ANY = 1e12
NOT_PAIRS = "debe tener una línea por límite, como «hojas: 200»"
UNKNOWN = "el límite «{nombre}» no existe; los que hay son {conocidos}"
NOT_A_NUMBER = "el límite «{nombre}» espera un número mayor que cero y dice «{valor}»"
NOT_YAML = "no se entiende como lista de límites (YAML)"

DAMAGED = "está dañado o incompleto"
BLANK_INSIDE = "por dentro solo tiene ceros; la copia o el envío se cortó"


class Limit(NamedTuple):
    """What a limit counts, in which unit, and why there is one."""

    what: str
    unit: str
    why: str


LIMITS: Dict[str, Limit] = {
    "archivo_mb": Limit("el tamaño del archivo", "MB", "Se lee entero, una sola vez."),
    "expandido_mb": Limit(
        "el tamaño al descomprimirlo", "MB", "Un .xlsx es un comprimido: poco en disco puede ser mucho en memoria."
    ),
    "razon": Limit(
        "cuántas veces crece al descomprimirlo",
        "",
        "Una bomba de compresión crece mil veces; un libro, unas diez. Bajo los 10 MB descomprimidos no se mira.",
    ),
    "entradas": Limit("la cantidad de partes del archivo", "", "Un libro tiene decenas."),
    "hojas": Limit("la cantidad de hojas", "", "La plantilla tiene nueve."),
    "celdas": Limit("la cantidad de celdas", "", "De todas las hojas, también las que solo tienen formato."),
    "area": Limit(
        "las celdas desde A1 hasta la última con contenido",
        "",
        "Todas ocupan memoria: una sola celda escrita muy lejos pediría cientos de GB (HOJ-007).",
    ),
    "filas": Limit("la cantidad de filas con datos de una hoja", "", "Cada fila se revisa; una unidad tiene cientos."),
    "profundidad": Limit("cuántos elementos hay uno dentro de otro", "", "Un libro no pasa de unos quince."),
    "atributos": Limit("la cantidad de atributos de un elemento", "", "Un libro no pasa de unos cuarenta."),
    "texto": Limit("el largo de un texto", "caracteres", "Una celda de Excel admite 32.767."),
    "segundos": Limit(
        "el tiempo de lectura", "s", "De cada archivo, en el proceso aparte en que se leen: en Linux, de procesador."
    ),
    "memoria_mb": Limit(
        "la memoria de la lectura", "MB", "De ese proceso aparte. En Windows no se puede limitar; valen los demás."
    ),
}

WHAT: Dict[str, str] = {name: limit.what for name, limit in LIMITS.items()}

ODD: Dict[str, str] = {
    "cifrada": "la parte «{nombre}» está cifrada",
    "compresion": "la parte «{nombre}» usa una compresión que los libros no usan",
    "separador": "los nombres de sus partes mezclan / y \\",
    "repetida": "la parte «{nombre}» está dos veces",
    "escapa": "la parte «{nombre}» apunta fuera del archivo",
    "rodeo": "la parte «{nombre}» tiene un nombre con rodeos (// o ./)",
    "encimada": "la parte «{nombre}» se encima con otra",
    "dtd": "una de sus partes trae definiciones propias (DTD)",
    "vinculo": "una de sus hojas apunta a lo que no está en el archivo: «{nombre}»",
    "codificacion": "una de sus partes usa la codificación «{nombre}»",
    "celda": "la dirección de celda «{nombre}» no existe",
    "orden": "las filas no están en orden: «{nombre}»",
    "indice": "una celda apunta a un texto que no existe: «{nombre}»",
}

# What spreadsheet programs do not all read in the same way.
TWO_WAYS: Dict[str, str] = {
    "principal": "no dice cuál de sus partes es el libro",
    "raiz": "una de sus partes empieza con otro elemento: «{nombre}»",
    "fuera": "el elemento «{nombre}» está fuera de su lugar",
    "repetido": "el elemento «{nombre}» está dos veces",
    "ajeno": "entre los datos hay un elemento que no es de un libro: «{nombre}»",
    "relacion": "el vínculo interno «{nombre}» está dos veces o no dice adónde va",
    "doble": "tiene dos partes de una misma clase: {nombre}",
    "tipo": "la parte «{nombre}» dice ser de dos tipos, o de otro que el suyo",
    "nombre": "la parte «{nombre}» tiene dos nombres",
    "hoja": "la lista de hojas nombra dos veces la parte «{nombre}»",
    "nombre-hoja": "una hoja tiene un nombre que no se puede escribir en un libro: «{nombre}»",
    "calendario": "no dice con qué calendario cuenta las fechas: «{nombre}»",
    "formato": "un formato de número no tiene número propio: «{nombre}»",
    "texto": "un texto tiene media letra, o algo que no es una letra: «{nombre}»",
    "escenario": "trae un escenario (Análisis de hipótesis), que cambia lo que se ve en las celdas",
    "celda": "la celda «{nombre}» está dos veces, o en una fila que no es la suya",
    "valor": "la celda «{nombre}» tiene dos valores, o uno que no corresponde a su tipo",
}

UNFORESEEN = "error interno ({tipo} en {donde})"
WORKER_ENDED = "el proceso que lo leía terminó de golpe"


def no_worker(reason: str) -> str:
    """No process can be started in which files are read."""
    said = f": {reason}" if reason else ""
    return (
        f"No se pudo iniciar el proceso en que se leen los archivos{said}. Cierre otros programas y repita la orden; "
        "si vuelve a pasar, avise a informática."
    )


# Why a file cannot be opened at all.
NOT_OPENED: Dict[str, str] = {
    "enlace": "es un acceso directo (enlace) a otro archivo",
    "carpeta": "es una carpeta con nombre de libro",
    "especial": "no es un archivo común",
    "falta": "ya no está donde estaba",
    "permiso": "no hay permiso de lectura, o está abierto en otro programa",
    "nombre": "su nombre es demasiado largo o no es válido",
    "otro": "el disco o la red no lo entregó",
}

# What a file is, where it is no .xlsx. By the code under which that is said.
KINDS: Dict[str, str] = {
    "xls": "es un libro antiguo (.xls)",
    "xlsb": "es un libro binario (.xlsb)",
    "ods": "es un libro de LibreOffice (.ods)",
    "numbers": "es un libro de Numbers",
    "gsheet": "es un enlace a una hoja de Google, no la hoja",
    "xml2003": "es un libro XML de Excel 2003",
    "otro": "su contenido es de otro tipo",
    "pdf": "es un PDF",
    "imagen": "es una imagen",
    "html": "es una página web (HTML)",
    "csv": "es una tabla de texto (CSV)",
    "texto": "es un texto",
    "documento": "es un documento de texto (Word o Writer)",
    "presentacion": "es una presentación",
    "comprimido": "es un archivo comprimido",
    "comprimido_libros": "es un archivo comprimido con libros dentro",
}


def no_book(suffix: str, linked: bool) -> str:
    """Why a file of a folder is no spreadsheet, as a clause."""
    if linked:
        return "es un enlace"
    return f"termina en {suffix}" if suffix else "por dentro no lo es y su nombre no lo dice"


def not_read(details: Mapping[str, str], found: str) -> str:
    """Why a file is not read, as a clause, from what was refused in it."""
    most = details.get("esperado")
    return f"{details['motivo']} es {found} y el máximo es {most}" if most else details["motivo"]


def amount(limit: str, value: float) -> str:
    """An amount of a limit with its unit, in Bolivian style."""
    number = f"{value:,.1f}" if value < 100 and value != int(value) else f"{value:,.0f}"
    unit = LIMITS[limit].unit
    return number.translate(str.maketrans(",.", ".,")) + (f" {unit}" if unit else "")
