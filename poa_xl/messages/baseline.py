"""What is said of approved plans and of the quarters before: on the command line, on the board and in findings."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

import re
from typing import Dict, List

from poa_xl.messages.counts import plural

# --- a plan beside another ------------------------------------------------------------------------------------
UNITS, OPERATIONS, ACTIVITIES, TASKS = "Unidades", "Operaciones", "Actividades", "Tareas"
UNIT, VERSION, RESOLUTION, MOMENT = "Unidad", "Versión", "Resolución", "Aprobado el"
MODIFICATIONS = "Modificaciones"
PLAN_FACTS = (VERSION, RESOLUTION, UNITS, OPERATIONS, ACTIVITIES, TASKS)

# --- in findings and on the command line ----------------------------------------------------------------------
OF_PLAN = "el plan aprobado (versión {version})"
OF_QUARTER = "lo aceptado en el {trimestre}T (acuse {acuse})"
BLANK = "en blanco"
_VERSION = re.compile(r" \(versión \d+\)")
TOO_LARGE = "{ruta}: es demasiado grande para un plan o un trimestre de poa-xl."
UNREADABLE = "No se puede leer {ruta}: {motivo}."
NOT_A_DOCUMENT: Dict[str, str] = {
    "plan aprobado de poa-xl 1": "{ruta} no es un plan aprobado. Use el archivo plan-AÑO-vN.json que escribió "
    "poa-xl plan approve.",
    "trimestre informado de poa-xl 1": "{ruta} no es lo aceptado en un trimestre, como lo guarda una campaña.",
}
CHANGED = (
    "{ruta} cambió después de escribirse: su huella no es la de su contenido. Use una copia que nadie haya tocado."
)
OF_ANOTHER = "Es de otra entidad o de otra gestión: {hay}. Se esperaba {esperado}."
NOT_EARLIER = "--previous es la campaña del trimestre {hay}, que no es anterior al trimestre {esperado}."
LOST = "Falta {ruta}, o cambió. Repóngalo desde una copia de respaldo, o délo otra vez con: poa-xl campaign … --plan."
QUICKER = "{ruta} ya existe: otro programa aprobó el plan al mismo tiempo. Repita la orden para ver si falta algo."
UNCHANGED = "Nada cambió desde la versión {version}: {ruta}."
_APPROVED_BY = "versión {version}, aprobada por {resolucion}"
_VERSION_ALONE = "versión {version}"
IN_PLAN, NOT_IN_PLAN, NOT_OF_ALL = "sí", "no", "no de {unidades}"
MODIFICATIONS_HELP = (
    "De la hoja Modificaciones del libro de la entidad. Operaciones o Tarea en blanco: todas las de la unidad, o de la "
    "operación."
)
HASH = "Huella del plan: {huella}"
LEFT_OUT = "Sin plan, así que no se comparan: {unidades}."
KEPT = "Unidades que conservan el plan de la versión anterior: {n}."
NOT_TAKEN = "Libros que no se tomaron, porque tienen errores: {unidades}."
PENDING = "Modificaciones que todavía no tiene, porque de su unidad no se tomó un libro: {lista}."
FIRST = (
    "Es la primera versión en esa carpeta y no se comparó con ninguna, pero la hoja Modificaciones tiene filas. Si hay "
    "una versión anterior, repita la orden con el libro de la entidad que está junto a ella."
)
_REFUSED = (
    "No se escribió el plan: corrija los errores, o las diferencias con la versión anterior que no tienen una fila en "
    "la hoja Modificaciones."
)
_WITHOUT = " Sin un libro que se pueda tomar: {unidades}. Para aprobarlo sin ellas: --incomplete."


def whatever_version(text: str) -> str:
    """What a finding says, without the version of the plan that it says it of."""
    return _VERSION.sub("", text).strip()


def plan_version(version: int, resolucion: str) -> str:
    """A version of the plan, and what approved it where that was said."""
    text = _APPROVED_BY if resolucion else _VERSION_ALONE
    return text.format(version=version, resolucion=resolucion)


def kept_out(codes: List[str]) -> str:
    """That what was accepted of a row shows in no figure, because of what else is wrong in it."""
    return f"Sin efecto en las cifras: la fila queda fuera por otro error ({', '.join(codes)})."


def refused(left_out: str) -> str:
    """That no plan was written, and of which units there is no workbook that can be taken."""
    return _REFUSED + (_WITHOUT.format(unidades=left_out) if left_out else "")


def pending(resolutions: Dict[str, List[str]]) -> str:
    """The modifications that a version does not have: resolution -> units that it waits for."""
    return PENDING.format(lista="; ".join(f"{name} ({', '.join(units)})" for name, units in resolutions.items()))


def approved(version: int, units: int, operations: int, activities: int, tasks: int) -> str:
    """`Plan aprobado, versión 1: 109 unidades, 412 operaciones, 600 actividades y 1204 tareas, en {ruta}`."""
    parts = (
        plural(units, "unidad", "unidades"),
        plural(operations, "operación", "operaciones"),
        plural(activities, "actividad", "actividades"),
    )
    return f"Plan aprobado, versión {version}: {', '.join(parts)} y {plural(tasks, 'tarea', 'tareas')}, en {{ruta}}"
