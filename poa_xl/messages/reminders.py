"""The reminders of a campaign: what the draft of a mail to a unit says, and what is said of the files."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

from poa_xl.messages.campaign import STATES
from poa_xl.messages.counts import plural

# --- why a unit gets one ------------------------------------------------------------------------------------
MISSING, REJECTED, IN_PART, REJECTED_SINCE, OLDER_SINCE, DISPUTED_SINCE, WAITING = REASONS = (
    "falta",
    "rechazada",
    "en parte",
    "posterior rechazada",
    "posterior más antigua",
    "posterior dudosa",
    "en espera",
)

# --- the mail -----------------------------------------------------------------------------------------------
SUBJECT = "POA {gestion}, {trimestre}T: {asunto} ({unidad})"
SUBJECTS: Dict[str, str] = {
    MISSING: "falta el libro de su unidad",
    REJECTED: "su libro se rechazó; envíelo otra vez",
    IN_PART: "su libro se aceptó en parte; hay filas por corregir",
    REJECTED_SINCE: "un libro que envió después se rechazó; sigue valiendo el anterior",
    OLDER_SINCE: "un libro que envió después es más antiguo; sigue valiendo el anterior",
    DISPUTED_SINCE: "de dos libros que envió no se sabe cuál vale; sigue valiendo el anterior",
    WAITING: "su libro cambia lo aprobado o lo ya informado; corríjalo o explíquelo",
}
GREETING = "{nombre} ({unidad})\n\nDe nuestra consideración:"
WHY: Dict[str, str] = {
    MISSING: "Todavía no recibimos el libro de su unidad con los datos del {periodo}.",
    REJECTED: (
        "El libro que su unidad envió el {dia} (archivo «{archivo}», acuse {acuse}) se rechazó: ningún dato suyo entra "
        "en la evaluación del {periodo} mientras no lo envíe corregido."
    ),
    IN_PART: (
        "El libro que su unidad envió el {dia} (archivo «{archivo}», acuse {acuse}) se aceptó en parte: las filas con "
        "errores quedan fuera de la evaluación del {periodo} mientras no se corrijan. Las demás cuentan."
    ),
    REJECTED_SINCE: (
        "El libro que su unidad envió el {dia} (archivo «{archivo}», acuse {acuse}) se rechazó. Para el {periodo} "
        "sigue valiendo el anterior, del acuse {anterior}: lo que haya cambiado después no cuenta."
    ),
    OLDER_SINCE: (
        "El libro que su unidad envió el {dia} (archivo «{archivo}», acuse {acuse}) no reemplaza al anterior, del "
        "acuse {anterior}, porque {porque}. Para el {periodo} sigue valiendo el anterior."
    ),
    DISPUTED_SINCE: (
        "El libro que su unidad envió el {dia} (archivo «{archivo}», acuse {acuse}) no reemplaza todavía al anterior, "
        "del acuse {anterior}: por la Fecha de envío ({fecha} y {otra}) el más nuevo es uno, y por el momento en que "
        "se guardó cada archivo, el otro. Para el {periodo} sigue valiendo el anterior."
    ),
    WAITING: (
        "El libro que su unidad envió el {dia} (archivo «{archivo}», acuse {acuse}) difiere del plan aprobado o de lo "
        "que ya informó, y ninguna resolución registrada lo explica. Espera una decisión: mientras tanto no cuenta "
        "para el {periodo}, y si su unidad tenía otro aceptado, sigue valiendo ese."
    ),
}
OLDER_BY_DATE = "su Fecha de envío ({fecha}) es anterior a la de aquel ({otra})"
OLDER_BY_SAVING = "se guardó antes que aquel"
OLDER_TOO = "Tampoco cuenta el libro del acuse {acuse}, porque es más antiguo que el que vale."
DUE, OVERDUE = "El plazo para enviarlo es el {limite}.", "El plazo venció el {limite}."
FINDINGS = "Lo que hay que corregir:"
DIFFERENCES = "Lo que espera una decisión, porque difiere del plan aprobado o de lo ya informado:"
FINDINGS_TOO = "Lo que hay que corregir de todos modos, aunque se acepte lo anterior:"
OVERDUE_ACTIONS = "Acciones correctivas que vencieron, de tareas que siguen atrasadas:"
FINDINGS_OF_THE_OTHER = "El anterior, del acuse {anterior}, se aceptó en parte. Lo que hay que corregir si vale ese:"
ACCEPTED_SINCE = (
    "El libro adjunto todavía muestra observaciones que después se aceptaron y que no hay que corregir: {lugares}."
)
FINDING = "{n}. {lugar}: {que}\n   Qué hacer: {accion}"
MORE_IN_COPY = "Y {n} más: están en la hoja Observaciones del libro adjunto."
MORE = "Y {n} más. Pídanos la lista completa si la necesita."
SEND_MISSING = (
    "Por favor, llene el libro que lleva por nombre el código de su unidad, {unidad}, y envíelo en respuesta a este "
    "correo."
)
SEND_COPY = (
    "Por favor, corrija en el libro adjunto: es el que envió, con cada observación en su celda. Guárdelo con el mismo "
    "nombre y envíelo en respuesta a este correo."
)
SEND_OLDER = (
    "Si vale el del acuse {acuse}, escriba en su hoja Unidad la Fecha de envío del día en que lo envía, guárdelo y "
    "envíelo en respuesta a este correo. Si vale el anterior, no lo envíe otra vez."
)
SEND_DISPUTED = "Por favor, díganos en respuesta a este correo cuál vale: el del acuse {acuse} o el anterior."
ATTACHED_OTHER = "El libro adjunto es el anterior, con cada observación en su celda."
SEND_WAITING = (
    "Si fue un error, vuelva a escribir lo aprobado y envíe el libro en respuesta a este correo. Si el cambio es "
    "correcto, díganos por qué y con qué resolución: con eso lo podemos aceptar sin que lo envíe otra vez."
)
SEND_WAITING_TOO = (
    "Por favor, corrija lo segundo en {libro}, guárdelo con el mismo nombre y envíelo en respuesta a este correo. De "
    "lo primero: si fue un error, vuelva a escribir lo aprobado en el mismo libro; si el cambio es correcto, díganos "
    "por qué y con qué resolución."
)
THE_COPY, THEIR_BOOK = "el libro adjunto, que es el que envió, con cada observación en su celda", "su libro"
SEND_ANOTHER = (
    "Por favor, haga lo que dice arriba, guarde el libro nuevo con el nombre {unidad} y envíelo en respuesta a este "
    "correo."
)
SEND_AGAIN = "Por favor, corrija su libro, guárdelo con el nombre {unidad} y envíelo en respuesta a este correo."
RECEIPT = (
    "Por cada libro que nos llega damos un acuse con su número. Si ya lo envió y no tiene ese acuse, no nos llegó: "
    "envíelo otra vez."
)
RECEIPT_SINCE = (
    "Por cada libro que nos llega damos un acuse con su número. Si después envió otro y no tiene su acuse, no nos "
    "llegó: envíelo otra vez."
)
CLOSING = "Saludamos a usted atentamente.\n\n{entidad}"

# --- what is said of the files ------------------------------------------------------------------------------
NOTHING = "Ninguna unidad tiene algo por enviar: no hace falta ningún recordatorio."
HOW = "Ábralos con su programa de correo, revíselos y envíelos: poa-xl no envía correos."
WITHOUT_ADDRESS = "Sin correo en el libro de la entidad, así que sin destinatario: {unidades}."
BAD_ADDRESS = "{unidad}: «{correo}» no es una dirección de correo y no se puso."
NO_GOOD_ADDRESS = "{unidad}: «{correo}» no es una dirección de correo, así que el recordatorio no tiene destinatario."
NO_FOLDER = "Diga en qué carpeta se escriben los recordatorios: --reminders CARPETA"
IN_CAMPAIGN = "{carpeta} está en la carpeta de la campaña. Elija otra para los recordatorios."
OTHER_CAMPAIGN = (
    "En {carpeta} hay recordatorios de otra campaña ({archivos}); no se mezclan. Elija otra carpeta, o mueva esos."
)
MORE_FILES = "{archivos} y {n} más"
KEPT = "{ruta} tiene cambios de una persona y sigue al día: se dejó como está."
SECOND_NAME = "{ruta} tiene cambios de una persona y no se reemplaza: el recordatorio nuevo es {nueva}."
SECOND_NAME_OTHER = "{ruta} no es un recordatorio y no se reemplaza: el recordatorio nuevo es {nueva}."
REMOVED = "Se quitaron los recordatorios que ya no hacen falta: {archivos}."
NOT_NEEDED = (
    "{ruta} ya no hace falta, pero no se quitó: tiene cambios de una persona o está abierto. Bórrelo si no lo va a "
    "usar."
)
_COUNTED = {
    **STATES,
    REJECTED_SINCE: ("con un envío posterior rechazado", "con un envío posterior rechazado"),
    OLDER_SINCE: ("con un envío posterior más antiguo", "con un envío posterior más antiguo"),
    DISPUTED_SINCE: ("con un envío posterior dudoso", "con un envío posterior dudoso"),
}


def written(reasons: Dict[str, int], folder: str) -> str:
    """`3 recordatorios en carpeta: 2 faltan, 1 rechazada.`"""
    total = plural(sum(reasons.values()), "recordatorio", "recordatorios")
    parts = (plural(n, *_COUNTED[reason]) for reason, n in reasons.items() if n)
    return f"{total} en {folder}: {', '.join(parts)}."
