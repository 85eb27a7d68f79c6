"""What is said of the ledger of a campaign: its proof, its upgrade, its loss."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, Tuple

from poa_xl.messages.counts import plural

AND_MORE = "{lista} y {n} más"

# --- why the command cannot go on --------------------------------------------------------------------------
READ_ONLY = (
    "En {carpeta} no se puede escribir: es de solo lectura o no tiene usted permiso. Se la puede ver y comprobar con: "
    "poa-xl status --campaign {carpeta} --check"
)
IN_MOTION = "{ruta} cambia mientras se lee: alguien está recibiendo. Espere y repita la orden."
NOT_OURS = (
    "{ruta} no dice ser el registro de una campaña de poa-xl: es otro archivo, o alguien cambió su marca. Repóngalo "
    "desde una copia de respaldo."
)
NOT_UPGRADED = (
    "El registro de {carpeta} es de una versión anterior y no está como ella lo dejó; no se pasa a la actual y nada "
    "cambió. Vea qué le pasó con: poa-xl status --campaign {carpeta} --check"
)
NOT_KEPT = "No se pudo guardar el registro anterior como {ruta}: {motivo}. No se pasó a la versión actual; nada cambió."
LOST = (
    "En {carpeta} hubo una campaña: están sus entregas o sus acuses, pero no su registro. No se empieza otro encima. "
    "Reponga campana.sqlite desde una copia de respaldo; si no la hay, haga el registro de nuevo con lo guardado: "
    "poa-xl campaign {carpeta} --recover --entity entidad.xlsx --quarter N --deadline FECHA"
)
BEHIND = (
    "El registro no conoce acuses de las carpetas acuses y observaciones: {acuses}. Se repuso uno más viejo, o alguien "
    "los puso allí. No se recibe nada, para no dar dos veces el mismo número. Reponga el último registro desde una "
    "copia de respaldo; si no la hay, hágalo de nuevo con lo guardado: poa-xl campaign {carpeta} --recover --entity "
    "entidad.xlsx --quarter N --deadline FECHA. Si esos acuses no son de esta campaña, sáquelos de allí."
)
BROKEN = (
    "El registro de la campaña no está como se escribió: no se hace un libro maestro con él. Vea qué le pasó con: "
    "poa-xl status --campaign {carpeta} --check"
)
OTHER_LETTERS = (
    "No hay ningún acuse {numero} en esta campaña; el de ese lugar es {hay}. Revise cómo lo copió. Si está bien "
    "copiado, lo dio otra copia de la campaña."
)
OF_THE_LOST = (
    "El acuse {numero} lo dio el registro que se perdió. Está en la carpeta acuses como se dio; no se escribe otra vez."
)
ISSUED_OTHERWISE = (
    "{ruta} no dice lo que dice el registro: alguien lo cambió. Un acuse que se dio no se reemplaza. Mueva ese archivo "
    "a otra carpeta y repita la orden: poa-xl receipt {numero}"
)
SAYS_OTHERWISE = (
    "El registro ya no dice lo que decía cuando se dio el acuse {numero}, o esta versión de poa-xl lo dice con otras "
    "palabras: no se escribe otra vez. Búsquelo en una copia de respaldo, y vea si el registro está bien con: poa-xl "
    "status --campaign {carpeta} --check"
)
WRONG_HEAD = (
    "«{cabeza}» no es la cabeza de una cadena: son 64 cifras del 0 al 9 y de la a a la f; bastan las primeras 16, sin "
    "saltarse ninguna."
)
HEAD_WITHOUT_CHECK = "--head se da junto con --check."
NOT_NEEDED = (
    "El registro de {carpeta} está y conoce todo lo que hay en la carpeta: no hace falta hacerlo de nuevo. Nada cambió."
)
NOTHING_THERE = "En {carpeta} no hay entregas de las que hacer un registro. Cree la campaña sin --recover."
NO_ENTITY = (
    "{ruta} no es el libro que se dio con --entity ni uno de los que guarda la carpeta entidades. Muévalo a otra "
    "carpeta y repita la orden."
)

# --- on the receipt ----------------------------------------------------------------------------------------
HEAD = "Cabeza de la cadena"
CLOCK = "Reloj"
ORIGIN = "Registro"
CLOCK_BACK = "la computadora estaba atrasada: el registro ya tenía una anotación del {cuando}"
REBUILT = (
    "hecho de nuevo por {quien} el {cuando}, con el archivo guardado: el anterior se perdió. El momento en que se "
    "recibió es el que lleva ese archivo; quién lo recibió no se sabe"
)
EXPLAINED = (
    "La cifra anterior a los dos caracteres finales del número comprueba a las demás; esos dos salen de lo que dice el "
    "registro. La huella identifica el contenido exacto del archivo: «sha256sum ARCHIVO» (en Windows, «certutil "
    "-hashfile ARCHIVO SHA256») debe dar la misma. La cabeza de la cadena identifica todo lo que el registro decía "
    "hasta aquí: guarde este acuse, pues con ella «poa-xl status --check --head CABEZA» comprueba que nada de eso "
    "cambió después. Un error deja fuera la fila o el archivo; un aviso, no; lo exceptuado se aceptó."
)

# --- the proof ---------------------------------------------------------------------------------------------
OBJECTS: Dict[str, str] = {"table": "la tabla", "index": "el índice", "trigger": "el disparador", "view": "la vista"}
DIFFERENCE: Dict[str, str] = {
    "falta": "falta {tipo} {nombre}",
    "sobra": "sobra {tipo} {nombre}",
    "cambió": "es otro u otra {tipo} {nombre}",
}
UNREADABLE = "una de sus filas dice lo que poa-xl nunca escribe"
PLACE = "{tabla} {fila} (eslabón {numero})"
ROW = "{tabla} {fila}"
_RESTORE = "Repóngalo desde una copia de respaldo y averigüe quién lo cambió."
PROBLEMS: Dict[str, Tuple[str, str]] = {
    "registro": ("El registro está dañado: {que}.", "Repóngalo desde una copia de respaldo."),
    "esquema": ("El registro no tiene la forma que le da poa-xl: {que}.", _RESTORE),
    "eslabon": ("La cadena del registro está rota: {que}.", _RESTORE),
    "fila-cambio": ("Una fila del registro no dice lo que decía al escribirse: {que}.", _RESTORE),
    "fila-falta": ("Una fila del registro se borró: {que}.", _RESTORE),
    "fila-suelta": ("Una fila del registro no está en la cadena; no la escribió poa-xl: {que}.", _RESTORE),
    "numero": ("El número de un acuse no sale de su fila del registro: {que}.", _RESTORE),
    "sin-cadena": (
        "El registro no tiene cadena y dio acuses que solo da uno que la tiene; alguien se la quitó: {que}.",
        _RESTORE,
    ),
    "cabeza": (
        "Ninguna fila del registro tiene la cabeza {que}: no es el registro de ese acuse, o se le cortó el final, o se "
        "escribió de nuevo entero.",
        "Repóngalo desde una copia de respaldo y averigüe quién lo cambió.",
    ),
    "cabeza-rota": (
        "La cabeza {que} está en la cadena, pero no todo lo anterior está como se escribió; no prueba nada.",
        "Vea los otros problemas.",
    ),
    "cabeza-sin-cadena": (
        "La cabeza {que} no se puede buscar: el registro no tiene cadena.",
        "Es de una versión anterior de poa-xl, o alguien la quitó.",
    ),
}
WITHOUT_CHAIN = (
    "Registro sin cadena: es de una versión anterior de poa-xl, y no puede probar que nadie lo cambió. La próxima vez "
    "que reciba algo pasa a la versión actual, y el de ahora queda guardado como campana-v1.sqlite."
)
COVER_HEAD = "Cabeza de la cadena del registro"
COVER_WITHOUT = "sin cadena"
BOARD_FAILED = "El tablero no se puede mostrar: el registro no se deja leer."


def chain(head: str, links: int, found: int, rebuilt: int) -> str:
    """Where the chain ends, and of which of its rows it does not know more than that they were there."""
    text = f"Cadena completa: {plural(links, 'eslabón', 'eslabones')}; cabeza {head}."
    if found:
        text += (
            f" {plural(found, 'fila se halló', 'filas se hallaron')} ya escritas cuando el registro pasó a tener "
            "cadena: de antes no prueba nada."
        )
    if rebuilt:
        text += f" {plural(rebuilt, 'fila se hizo', 'filas se hicieron')} de nuevo con los archivos guardados."
    return text


OUTSIDE = (
    "Si alguien cortó el final del registro o lo escribió de nuevo entero, solo lo muestra una cabeza guardada fuera "
    "de esta carpeta: compare la de un acuse que tenga la unidad, o la de un libro maestro, con --head CABEZA."
)
PROVEN = "La cabeza {cabeza} es de esta cadena: eslabón {numero} de {total}. Todo lo anterior está como entonces."
CLOCK_NOTE = (
    "El reloj de la computadora estaba atrasado al escribir {fila} del registro: ya había una anotación del {cuando}."
)

# --- copies with observations ------------------------------------------------------------------------------
COPY_FAILED = (
    "No se pudo hacer la copia con observaciones de {archivo} (acuse {acuse}): {motivo}. Quedó anotado y no se intenta "
    "otra vez; las observaciones están en el acuse."
)
COPY_REFUSED = "lo impiden los límites de lectura ({codigo})"
COPY_MARKUP = "el libro está armado de un modo que no se puede completar sin dañarlo"
COPY_UNFORESEEN = "falló algo no previsto ({que})"

# --- the ledger made anew ----------------------------------------------------------------------------------
_RECOVERED = "Se hizo de nuevo el registro de la campaña del {periodo} en {carpeta}, con {n}."
NEW_NUMBER = "{archivo}  {unidad}  {estado}  acuse {acuse}"
NOT_TAKEN = "{ruta} no se tomó: {porque}."
NOT_STORED_BY_US = "no es una entrega que haya guardado poa-xl, o cambió"
OLD_KEPT = "El registro anterior quedó como {ruta}."
OLD_RECEIPTS = "Los acuses anteriores quedan como están en la carpeta acuses; los nuevos llevan otros números."
NO_WAIVERS = "Las excepciones no se pueden hacer de nuevo con los archivos: regístrelas otra vez con poa-xl waive."
OLD_WAIVERS = "El registro anterior tenía {n}: regístrelas otra vez con poa-xl waive, si valen."


def recovered(period: str, folder: str, submissions: int) -> str:
    """What `campaign --recover` did."""
    return _RECOVERED.format(periodo=period, carpeta=folder, n=plural(submissions, "entrega", "entregas"))
