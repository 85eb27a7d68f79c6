"""What the intake of a campaign says: on the terminal, in receipts and on the board."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, Protocol, Tuple

from poa_xl.messages.counts import plural

# --- why the command cannot go on --------------------------------------------------------------------------
NO_CAMPAIGN = (
    "En {carpeta} no hay una campaña. Créela con: "
    "poa-xl campaign {carpeta} --entity entidad.xlsx --quarter N --deadline FECHA"
)
NO_WAL = (
    "En {carpeta} no se puede llevar el registro. Ponga la campaña en un disco de esta computadora, no en uno de red."
)
OTHER_SCHEMA = (
    "La campaña es de otra versión de poa-xl (registro {hay}; esta usa {esperado}). Use la versión con que se creó."
)
OTHER_QUARTER = "{carpeta} ya es la campaña del {hay}. Elija otra carpeta para otro trimestre."
ENTITY_UNUSABLE = (
    "El libro de la entidad {ruta} tiene errores o cambió mientras se leía. Revíselo con: poa-xl validate {ruta}"
)
ENTITY_CHANGED = (
    "{ruta} no es el libro de la entidad de la campaña: alguien lo cambió. Muévalo a otra carpeta: se vuelve a poner "
    "el bueno. Si el cambio vale, regístrelo después con: poa-xl campaign … --entity."
)
ENTITY_LOST = "Falta {ruta}, el libro de la entidad de la campaña, o cambió. Repóngalo desde una copia de respaldo."
PLACE_TAKEN = "Hay otro archivo en {ruta}; no se reemplaza. Vea qué es con: poa-xl status --campaign … --check"
FILE_CHANGED = (
    "{ruta} ya no es el archivo que se recibió (acuse {acuse}). Póngalo de nuevo desde una copia de respaldo; no se "
    "escribió el libro maestro."
)
NO_RECEIPT = "No hay ningún acuse con el número {numero} en la campaña."
WRONG_DIGIT = "«{numero}» no es un número de acuse: el último dígito no corresponde a los demás. Revise cómo lo copió."
UNKNOWN_UNIT = "La unidad «{unidad}» no está en el libro de la entidad."
UNKNOWN_CODE = "El código «{codigo}» no existe. Están en «Errores y avisos»."
NOT_WAIVABLE = (
    "«{codigo}» no se puede exceptuar: {porque}. Se pueden exceptuar los avisos de una unidad y los errores {errores}."
)
WHY_NOT_UNIT = "no es una observación del libro de una unidad"
WHY_NOT_READ = "lo que no se pudo leer, falta o no existe no se vuelve dato porque se lo acepte"
WRONG_CELL = "«{celda}» no es una celda de una hoja: escríbala como Tareas!E5."
SAME_KEY = (
    "La fila de {hoja}!{celda} no se distingue de las demás: su clave está vacía o repetida. Corrija el libro, o "
    "acepte la observación en todo el libro, sin --cell."
)
NO_BOOK_TO_LOOK_AT = (
    "No se puede ver qué fila está en {hoja}!{celda}: el libro del acuse {acuse} falta, cambió o no se puede leer. "
    "Repóngalo desde una copia de respaldo, o acepte la observación en todo el libro, sin --cell."
)
NOTHING_TO_RECEIVE = "Diga qué archivo se recibe: ARCHIVO, o --newer ARCHIVO."
NOT_YET = "El momento {cuando} de --arrived no ha llegado todavía."
TOO_EARLY = (
    "El momento {cuando} de --arrived no puede ser: ningún libro del {periodo} llega antes del {desde}. Revise el año "
    "y el mes."
)
NO_REASON = "Diga quién acepta la observación (--by) y por qué (--reason)."
PAST = "La fecha {hasta} no alcanza a ninguna entrega: la campaña empezó el {desde}."
_DAMAGED = ("not a database", "malformed", "no such table", "no such column", "could not decode")
_ROOM = ("full", "no space left", "file too large", "quota", "disk i/o", "unable to open")


def not_stored(name: str, reason: str) -> str:
    """A submission that could not be kept."""
    return f"No se pudo guardar {name}: {_reason(reason)} No se recibió; lo recibido antes está como estaba."


def ledger_failed(reason: str) -> str:
    """The ledger could not be read or written."""
    if "locked" in reason or "busy" in reason:
        return "Otro programa está recibiendo en esta campaña y no termina. Espere y repita la orden."
    if any(word in reason for word in _DAMAGED):
        return (
            f"El registro de la campaña está dañado ({reason}). Repóngalo desde una copia de respaldo; si no la hay, "
            "hágalo de nuevo con lo guardado: poa-xl campaign … --recover"
        )
    return f"No se pudo usar el registro de la campaña: {_reason(reason)} Lo recibido antes está como estaba."


def _reason(reason: str) -> str:
    if any(word in reason.lower() for word in _ROOM):
        return f"no hay espacio en el disco o no se deja escribir ({reason}). Libere espacio."
    return f"{reason}."


# --- words for facts ----------------------------------------------------------------------------------------
EXCEPTED_BY = " Exceptuado por "
EXCEPTED = "Exceptuado por {quien} hasta el {hasta}{fila}: {motivo}."
EXCEPTED_ROW = " ({fila})"
KEY_ROW = "fila de {clave}"
THE_ROW = "la {fila}"
KEY_PART = "{titulo} «{valor}»"
KEY_FIELD = "campo «{titulo}»"
ORDINALS = ("primer", "segundo", "tercer", "cuarto")


class _Period(Protocol):
    @property
    def gestion(self) -> int: ...
    @property
    def trimestre(self) -> int: ...


def quarter(period: _Period) -> str:
    """`segundo trimestre de 2024`."""
    return f"{ORDINALS[period.trimestre - 1]} trimestre de {period.gestion}"


def day(iso: str) -> str:
    """`2024-07-05` as `05/07/2024`; '' stays ''."""
    return "/".join(reversed(iso[:10].split("-"))) if iso else ""


def moment(iso: str) -> str:
    """`2024-07-05T14:32:10-04:00` as `05/07/2024 14:32:10 (UTC-04:00)`."""
    return f"{day(iso)} {iso[11:19]} (UTC{iso[19:]})"


def counts(errors: int, avisos: int, excepted: int) -> str:
    """`1 error y 2 avisos`, and what was excepted, where there is such a thing."""
    text = f"{plural(errors, 'error', 'errores')} y {plural(avisos, 'aviso', 'avisos')}"
    return f"{text}, {plural(excepted, 'exceptuado', 'exceptuados')}" if excepted else text


def lapse(rows: int, known: bool) -> str:
    """Why an exception lapsed, by how many rows have its key now; `known`: whether its own row is."""
    if not known:
        return "no se sabe de qué fila era, porque la entrega para la que se dio no la distingue o ya no se puede leer"
    return "ninguna fila tiene esa clave" if not rows else f"{rows} filas tienen esa clave"


# --- what becomes of a file ---------------------------------------------------------------------------------
CREATED = (
    "Se creó la campaña del {periodo} en {carpeta}, con plazo hasta el {limite}. "
    "Reciba con: poa-xl receive ARCHIVO --campaign {carpeta}"
)
UPDATED = "Se actualizó la campaña del {periodo} en {carpeta}: plazo hasta el {limite}."
NOT_RECEIVED = "no se recibió"
REPEATED = "ya se recibió el {cuando} con el acuse {acuse} ({estado}); no se guardó otra vez"
REPEATED_OLD = "; la versión vigente de la unidad es otra, la del acuse {acuse}. Si vale esta, recíbala con --force"
REPEATED_REJECTED = ". Con --force se revisa otra vez"
COMPLETED = "quedó a medio recibir cuando se cortó el programa; ahora se completó"
OLDER = (
    "es más antigua que la vigente (acuse {acuse}) y no la reemplaza. Si es la que vale, recíbala otra vez con --force"
)
DISPUTED = (
    "no se sabe si es más nueva que la vigente (acuse {acuse}), que sigue valiendo: por su Fecha de envío es {fecha}, "
    "y por el momento en que se guardó el archivo, {guardado}"
)
OLDER_WORD, NEWER_WORD = "anterior", "posterior"
SAY_NEWER = "Si es la que vale, dígalo con: poa-xl receive --newer {archivo} --campaign {carpeta}"
REPLACES = "reemplaza a la del acuse {acuse}"
KEEPS = "sigue vigente la del acuse {acuse}"
IDENTICAL_CONTENT = "no cambió ningún dato"
FIRST = "es la primera de la unidad"
NONE_YET = "la unidad todavía no tiene ninguna que valga"
WAITS = "difiere del plan aprobado o de lo ya informado: espera que se acepte o se corrija; {vigente}"
OTHER_QUARTER_KEPT = (
    "informa el trimestre {hallado} y no reemplaza a la del acuse {acuse}, que informa el de la campaña"
)
DECIDED = "nada suyo espera ya una decisión (acuse {acuse}); ahora se recibe de nuevo"
OF_NOBODY = "no se sabe de qué unidad es"
RECEIVED_TOTAL = "{total}: {aceptadas}{espera}, {rechazadas}, {repetidas}, {no}."
WAITING_TOTAL = ", {n} en espera"
ANNOTATED = "Copia con las observaciones: {ruta}"
WRITTEN_AGAIN = "Está en {texto} y {html}."
WAIVED = "Excepción {numero}: {codigo} de {unidad}{lugar}{fila}, hasta el {hasta}. {hoy}"
WAIVED_ROW = " ({fila})"
WAIVED_EARLY = " (la fila que esté allí en el primer libro que llegue)"
WAIVED_NOW = "Hoy alcanza a {n} de la entrega vigente."
WAIVED_ELSEWHERE = "{n} En esa entrega {codigo} se observa en {lugares}."
IN_CELL = " en {hoja}!{celda}"


def changed(sheet: str, added: int, removed: int, cells: int) -> str:
    """`Tareas: 1 fila agregada, 2 celdas cambiadas`."""
    parts: Tuple[Tuple[int, str, str], ...] = (
        (added, "fila agregada", "filas agregadas"),
        (removed, "fila quitada", "filas quitadas"),
        (cells, "celda cambiada", "celdas cambiadas"),
    )
    return f"{sheet}: " + ", ".join(plural(n, one, many) for n, one, many in parts if n)


# --- the receipt --------------------------------------------------------------------------------------------
RECEIPT = "Acuse de recibo"
FIELDS: Dict[str, str] = {
    "acuse": "Número",
    "entidad": "Entidad",
    "periodo": "Periodo",
    "unidad": "Unidad",
    "entrada": "Llegó",
    "cuando": "Recibido",
    "quien": "Recibió",
    "archivo": "Archivo",
    "ruta": "Guardado como",
    "bytes": "Tamaño",
    "sha256": "Huella SHA-256",
    "sello": "Sello de la entrega",
    "plantilla": "Versión de la plantilla",
    "estado": "Estado",
    "filas": "Filas aceptadas",
    "observaciones": "Observaciones",
}
REGISTERED = "Registrado"
NO_UNIT = "no se sabe"
NO_SEAL = "sin sello"
BYTES = "{n} bytes"
LATE = "{estado}, después del plazo ({limite})"
CHANGES = "Qué cambió"
FINDINGS = "Observaciones"
NO_FINDINGS = "No hay observaciones."
MORE_CELLS = " y {n} más"
MORE_FINDINGS = "y {n} más, que muestra: poa-xl validate"
EXPLAINED = (
    "El último dígito del número comprueba a los demás. La huella identifica el contenido exacto del archivo: "
    "«sha256sum ARCHIVO» (en Windows, «certutil -hashfile ARCHIVO SHA256») debe dar la misma. Un error deja fuera la "
    "fila o el archivo; un aviso, no; lo exceptuado se aceptó."
)

# --- the board ----------------------------------------------------------------------------------------------
BOARD = "{entidad}: campaña del {periodo}, plazo hasta el {limite}"
STATES: Dict[str, Tuple[str, str]] = {  # of one, of many
    "recibida": ("recibida", "recibidas"),
    "con avisos": ("con avisos", "con avisos"),
    "en parte": ("en parte", "en parte"),
    "en espera": ("en espera", "en espera"),
    "rechazada": ("rechazada", "rechazadas"),
    "falta": ("falta", "faltan"),
}
IS_LATE = "tarde"
HEADINGS = ("Unidad", "Estado", "Recibida", "Versión", "Errores", "Avisos", "Acuse")
TOTALS = "{total}: {partes}."
LATE_TOTAL = "{n} tarde"
UNKNOWN_SUBMISSIONS = "Sin unidad: {n}. Vea los acuses {acuses}."
NOT_IN_FORCE = "Archivos de unidades que no deben enviar en el trimestre: {n}. Vea los acuses {acuses}."
WAIVERS = "Excepciones: {n}."
WAIVER = "  {numero}  {unidad}  {codigo}{lugar}  {quien}, el {cuando}, hasta el {hasta}: {motivo}{caduca}"
WAIVER_ROW = ", {fila}"
LAPSED = ". Ya no vale: {porque}"

# --- whether everything is there ----------------------------------------------------------------------------
_SOUND = ("el registro; todavía no se recibió ningún archivo", "el registro y el archivo recibido, con su huella")
_SOUND_MANY = "el registro y los {n} archivos recibidos, cada uno con su huella"


def sound(files: int) -> str:
    """That everything is there: the ledger and so many files."""
    what = _SOUND[files] if files < len(_SOUND) else _SOUND_MANY.format(n=files)
    return f"Todo está: {what}."


PROBLEMS: Dict[str, Tuple[str, str]] = {
    "falta": ("Falta el archivo {que}.", "Repóngalo desde una copia de respaldo, o pídalo otra vez a la unidad."),
    "cambio": (
        "El archivo {que} no es el que se recibió: su huella es otra.",
        "Repóngalo desde una copia de respaldo, o pídalo otra vez a la unidad.",
    ),
    "interrumpido": (
        "El archivo {que} quedó a medio recibir.",
        "Se completa solo la próxima vez que reciba algo: poa-xl receive.",
    ),
    "desconocido": (
        "El archivo {que} no está en el registro: alguien lo puso allí.",
        "Sáquelo de la carpeta; si es una entrega, recíbala con: poa-xl receive.",
    ),
    "acuse": ("Falta el acuse {que}.", "Escríbalo otra vez con: poa-xl receipt {que}"),
    "acuse-cambio": (
        "El acuse {que} no dice lo que dice el registro: alguien lo cambió.",
        "Muévalo a otra carpeta y escríbalo otra vez con poa-xl receipt.",
    ),
    "acuse-desconocido": (
        "El acuse {que} no está en el registro: lo dio uno que se perdió, o alguien lo puso allí.",
        "Reponga el último registro desde una copia de respaldo, o saque el acuse de la carpeta.",
    ),
    "acuse-anterior": (
        "Falta {que} o cambió: es un acuse que dio el registro que se perdió.",
        "Repóngalo desde una copia de respaldo.",
    ),
    "copia-desconocida": (
        "La copia {que} de la carpeta observaciones es de un acuse que no está en el registro.",
        "Reponga el último registro desde una copia de respaldo, o saque la copia de la carpeta.",
    ),
}
