"""What is said of a campaign that is carried elsewhere: its backup, and the campaign made of one."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

# --- wrong use ---------------------------------------------------------------------------------------------
NOT_ZIP = "El respaldo debe terminar en .zip: {ruta}"
THERE = "{ruta} ya existe; un respaldo no reemplaza nada. Elija otro nombre, por ejemplo con la fecha."
INSIDE = "{ruta} está dentro de la carpeta de la campaña. Guarde el respaldo en otra carpeta, mejor en otro disco."
NOT_A_FILE = "{ruta} no es un archivo común."
TAKEN = (
    "{carpeta} ya tiene archivos; una campaña se importa en una carpeta nueva o vacía, y nada se reemplaza. Elija otra "
    "carpeta."
)
ALONE = "{opcion} se da con la carpeta y sin más opciones; sobra: {otras}."

# --- why there is no backup -----------------------------------------------------------------------------------
DAMAGED = (
    "No se hizo el respaldo: la campaña no está como se escribió, y un respaldo que no se puede comprobar haría creer "
    "que lo hay.\n{problemas}\nSi quiere guardar entretanto lo que queda, copie la carpeta entera cuando nadie reciba."
)
LEFT_BEHIND = "No se hizo el respaldo: el registro nombra {ruta}, y {porque}."
NOT_DONE = "No se hizo el respaldo: {motivo}."
NOT_READ = "no se pudo leer {ruta}: {motivo}"
NOT_VERIFIED = "No se hizo el respaldo: lo escrito no se dejó comprobar ({motivo}). Repita la orden en otro disco."

# --- why nothing was imported -----------------------------------------------------------------------------------
NOT_IMPORTED = "No se importó nada de {archivo}: {motivo}"
NOT_OURS = "no es el respaldo de una campaña hecho con poa-xl campaign --export, o está cortado."
NEWER = "lo hizo una versión más nueva de poa-xl. Actualice poa-xl en esta computadora."
ALTERED = (
    "no está como poa-xl lo escribió: se dañó al copiarlo, o alguien lo cambió o lo comprimió de nuevo. Cópielo otra "
    "vez desde el original."
)
FILE_ALTERED = "{ruta} no es lo que se guardó: su tamaño o su huella es otra. Cópielo otra vez desde el original."
BAD_NAME = "trae un archivo con un nombre que no todas las computadoras pueden guardar: {ruta}"
COLLISION = "trae dos archivos que en algunas computadoras serían el mismo."
UNKNOWN_FILE = (
    "trae un archivo que no es de una campaña para esta versión de poa-xl: {ruta}. Si lo hizo una versión más nueva, "
    "actualice poa-xl; si no, alguien lo agregó."
)
UNSOUND = "la campaña que trae no está como se escribió.\n{problemas}"

# --- what was done --------------------------------------------------------------------------------------------
EXPORTED = "Respaldo de la campaña del {periodo} ({entidad}): {ruta}, con {archivos}, todo comprobado."
IMPORTED = "Se importó la campaña del {periodo} ({entidad}) en {carpeta}: {archivos}, todo comprobado."
HEAD = "Cabeza de la cadena: {cabeza}"
DIGEST = "Huella SHA-256 del respaldo: {huella}"
COMPARE = "Compare la cabeza con la que mostró --export, o con la de un acuse."
ONE_PLACE = (
    "Si sigue en esta computadora, no reciba más en la otra: dos copias que reciben por separado ya no se pueden unir."
)
LEFT_OUT: Dict[str, str] = {
    "ajeno": "no es de la campaña",
    "especial": "es un enlace o algo que no es un archivo común",
    "nombre": "otras computadoras no pueden guardar ese nombre",
    "repetido": "en otras computadoras sería el mismo que otro, escrito con otras mayúsculas",
}
NOT_TAKEN = "No se llevó {ruta}: {porque}. Si hace falta, cópielo aparte."
