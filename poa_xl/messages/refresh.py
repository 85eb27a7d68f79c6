"""What `poa-xl migrate --refresh` says: what of the entity was brought into a filled workbook, and what was not."""

from poa_xl.messages.kinds import Severity
from poa_xl.messages.migration import LEFT, LOST, REFRESHED, WITHOUT_LEVEL, Kind


def _refreshed(what: str) -> Kind:
    return Kind(REFRESHED, Severity.AVISO, what, "")  # there is nothing to do


_EVALUATION = "La evaluación usa lo de ahora. Si el libro también debe usarlo, páselo con --refresh y --functions."

_EXTRA = (
    "Si ya no va y no tiene nada ejecutado, bórrela. Si una resolución la incorporó, anótela en la hoja Modificaciones "
    "de la entidad y apruebe otra versión del plan."
)

KINDS: dict[str, Kind] = {
    # --- what was brought in --------------------------------------------------------------------------------
    "sellado": _refreshed("«{columna}» decía «{hallado}» y ahora dice «{leido}»."),
    "sellado-sin-nivel": _refreshed(WITHOUT_LEVEL),
    "sellado-con-nivel": _refreshed("«{columna}» estaba en blanco y ahora dice «{leido}»."),
    "sellado-entidad": _refreshed("«{columna}» decía «{hallado}» y ahora dice «{leido}»."),
    "pie": _refreshed("El pie de las páginas decía «{hallado}» y ahora dice «{leido}»."),
    "sello-renovado": _refreshed(
        "El sello «{hallado}» correspondía a lo escrito, y cubre también lo que se actualizó: ahora es «{leido}».",
    ),
    "entra": _refreshed("{que} «{hallado}» es nueva en el catálogo: {leido}."),
    "sale": _refreshed("{que} «{hallado}» ya no está en el catálogo."),
    "se-llama": _refreshed("{que} «{hallado}» se llamaba «{antes}» y ahora se llama «{leido}»."),
    "recodificada": _refreshed("{que} «{hallado}» tiene ahora el código «{leido}»."),
    "cambia": _refreshed("{que} «{hallado}», {columna}: decía «{antes}» y ahora dice «{leido}»."),
    "sin-nivel": _refreshed("{que} «{hallado}» ya no tiene {columna}: la entidad no usa ese nivel."),
    "con-nivel": _refreshed("{que} «{hallado}», {columna}: estaba en blanco y ahora dice «{leido}»."),
    "la-ejecutan": _refreshed("{que} «{hallado}» la ejecutan ahora también {leido}."),
    "ya-no-la-ejecutan": _refreshed("{que} «{hallado}» ya no la ejecutan {leido}."),
    "orden": _refreshed("El catálogo tiene lo mismo que antes, en otro orden."),
    "parametro": _refreshed("«{columna}» de la entidad era {antes} y ahora es {leido}: Validar usa lo de ahora."),
    "lista-ofrece": _refreshed("La lista de «{columna}» ofrece ahora también {leido}."),
    "lista-sin": _refreshed("La lista de «{columna}» ya no ofrece {leido}."),
    "lista-orden": _refreshed("La lista de «{columna}» tiene otro orden: {leido}."),
    "catalogo-repuesto": _refreshed("La hoja oculta {hallado} estaba dañada y se puso otra vez."),
    "unidad-renombrada": _refreshed("La unidad «{hallado}» se llama ahora «{leido}», como dice la entidad."),
    # --- of the approved plan
    "plan-cambia": _refreshed("«{columna}» decía «{hallado}» y ahora dice «{leido}», como {fuente}."),
    "plan-operacion": _refreshed("Faltaba la operación «{hallado}», que está en {fuente}: se puso en una fila libre."),
    "plan-tarea": _refreshed(
        "Faltaba la tarea «{hallado}» de la operación «{operacion}», que está en {fuente}: se puso en una fila libre."
    ),
    "formula-por-calcular": Kind(
        LEFT,
        Severity.AVISO,
        "La fórmula «{hallado}» puede depender de lo que cambió: tiene el valor con el que se guardó el libro.",
        "Abra el libro nuevo, revise lo que da y guárdelo.",
    ),
    "mes-fuera-del-plan": Kind(
        LEFT,
        Severity.AVISO,
        "«{columna}» dice «{hallado}» en una tarea que no está en {fuente}, en un mes anterior a su modificación: "
        "quedó como se escribió.",
        "Borre la programación de ese mes, o corrija el mes de la resolución en la hoja Modificaciones de la entidad.",
    ),
    "operacion-fuera-del-plan": Kind(
        LEFT,
        Severity.AVISO,
        "La operación «{hallado}» no está en {fuente}: quedó como se escribió.",
        _EXTRA,
    ),
    "tarea-fuera-del-plan": Kind(
        LEFT,
        Severity.AVISO,
        "La tarea «{hallado}» de la operación «{esperado}» no está en {fuente}: quedó como se escribió.",
        _EXTRA,
    ),
    "otro-nombre-en-el-plan": Kind(
        LEFT,
        Severity.AVISO,
        "La tarea «{hallado}» se llama «{esperado}» en {fuente}, con la misma programación: quedó como se escribió.",
        "Escriba el nombre aprobado.",
    ),
    "sin-plan": Kind(
        LEFT,
        Severity.AVISO,
        "En {fuente} no hay nada de la unidad «{hallado}»: su programación quedó como estaba.",
        "Si debe estar, apruebe una versión nueva del plan con su libro.",
    ),
    "sin-comparar": Kind(
        LEFT,
        Severity.AVISO,
        "Al libro le faltan hojas o columnas de la plantilla: no se puso nada de {fuente}.",
        "Complete el libro nuevo y actualícelo otra vez con el plan.",
    ),
    # --- what stays, and a person looks at -------------------------------------------------------------------
    "fuera-del-catalogo": Kind(
        LEFT,
        Severity.AVISO,
        "«{columna}» dice «{hallado}», que ya no está en la lista: quedó como se escribió.",
        "Elija uno de la lista: {esperado}. Si «{hallado}» vale todavía, devuélvalo al libro de la entidad.",
    ),
    "sello-falso": Kind(
        LEFT,
        Severity.AVISO,
        "El sello «{hallado}» ya no correspondía a lo escrito antes de actualizar: quedó como estaba.",
        "Si lo escrito está bien, pulse «Preparar entrega» en el libro nuevo.",
    ),
    "umbrales": Kind(
        LEFT, Severity.AVISO, "Los umbrales de los semáforos cambiaron: el Resumen usa los de antes.", _EVALUATION
    ),
    "metodo": Kind(
        LEFT, Severity.AVISO, "«{columna}» era {antes} y ahora es {leido}: el libro calcula con lo de antes.",
        _EVALUATION,
    ),
    # --- what was taken away --------------------------------------------------------------------------------
    "contenido-quitado": Kind(
        LOST,
        Severity.AVISO,
        "{hallado}",
        "El libro anterior no cambió. Para el POA no hace falta.",
    ),
    # --- not in place ---------------------------------------------------------------------------------------
    "reescrito": Kind(
        LEFT,
        Severity.AVISO,
        "El libro no se pudo actualizar en su lugar ({hallado}): lo escrito se pasó a una plantilla nueva.",
        "Revise el libro nuevo: lo que no pasó se dice en esta lista. El anterior no cambió.",
    ),
}  # fmt: skip

# What a comparison with the approved plan finds: what is put right in the cell, and what is told and left.
PUT_RIGHT = frozenset({"PLA-001", "PLA-002"})
LEFT_ALONE = {
    "PLA-001": "mes-fuera-del-plan",
    "PLA-005": "operacion-fuera-del-plan",
    "PLA-006": "tarea-fuera-del-plan",
    "PLA-009": "otro-nombre-en-el-plan",
}

# Lines that the workbooks of an entity have alike: on the terminal they are said once.
SUMMED = frozenset(
    {
        *("sellado-entidad", "entra", "sale", "se-llama", "recodificada", "cambia", "sin-nivel", "con-nivel"),
        *("la-ejecutan", "ya-no-la-ejecutan", "orden", "parametro", "umbrales", "metodo"),
    }
)

# Lines that each say another thing: on the terminal none stands for others.
SINGLE = frozenset(
    {
        *("plan-cambia", "plan-operacion", "plan-tarea", "mes-fuera-del-plan", "operacion-fuera-del-plan"),
        *("tarea-fuera-del-plan", "otro-nombre-en-el-plan"),
    }
)

KIND_OF = {
    "acp": "La acción de corto plazo",
    "fuente": "La fuente",
    "unidad": "La unidad",
    "categoria": "La categoría",
}
NAME, SERVICE, AREA, ACP, IN_FORCE = "nombre", "servicio", "área", "ACP", "vigencia"
WORD_OF = {True: "vigente", False: "no vigente"}
WITHOUT_NAME = "sin descripción"
TOLERANCE = "tolerancia_bs"
METHOD, OPERATION_METHOD = "metodo_agregacion", "metodo_operacion"
MISSING_SHEET = "le falta la hoja oculta {hoja}"
MISSING_LIST = "a su hoja {hoja} le falta la lista «{titulo}»"
TAKEN = "en su hoja {hoja} hay algo escrito en {celda}, debajo de una lista"
NO_ROW = "en su hoja {hoja} no quedan filas libres para lo que falta del plan"
ODD_FORMATS = "el formato de una celda haría otra cosa de un valor del plan"
ODD_MARKUP = "su contenido tiene una forma que no es usual"

# Why a file is not refreshed, beside those of `messages.migration`: what, what to do.
REFUSED: dict[str, tuple[str, str]] = {
    "entidad-ajena": (
        "es de la entidad «{hallado}», y su catálogo de unidades no es el de «{leido}».",
        "Use el libro de esa entidad. Si es la misma con otro nombre, corrija el nombre en una copia.",
    ),
}

PLAN_WITHOUT_REFRESH = "Un plan aprobado se pone en libros llenos con --refresh. Dé las dos cosas."
DONE = "{archivo}  {unidad}  actualizado con lo de la entidad, {celdas} sin cambio: {ruta}"
NOTHING = "{archivo}  {unidad}  ya tiene todo lo de la entidad: no hay nada que actualizar."
NOTHING_IN_PLACE = "{archivo}  {unidad}  no hay nada que actualizar en su lugar."
REWRITTEN = "versión {version}, gestión {gestion}, en una plantilla nueva"
NOT_VERIFIED = (
    "al comprobar el libro actualizado, {lugar} no dice lo que debía. No se escribió; avise a quien mantiene el "
    "programa."
)


def listed(texts: list[str]) -> str:
    """Several texts in one: `«41», «42»`."""
    return ", ".join(f"«{text}»" for text in texts)
