"""What the board of a campaign says as a workbook and as a page; its states have their words in `campaign`."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, Iterable, List, Protocol

from poa_xl.messages.counts import plural

# --- both forms ---------------------------------------------------------------------------------------------
TITLE = "Tablero de entregas: {periodo}"
DEADLINE = "Plazo: hasta el {limite}."
UNTIL = "Según el registro hasta el {cuando}."
STATE_MEANINGS: Dict[str, str] = {
    "recibida": "sin observaciones",
    "con avisos": "todo cuenta; hay algo que revisar",
    "en parte": "las filas con errores quedan fuera hasta que la unidad las corrija",
    "en espera": "el libro difiere del plan aprobado o de lo ya informado; mientras no se acepte, cuenta el anterior",
    "rechazada": "nada cuenta; la unidad debe enviar su libro otra vez",
    "falta": "la unidad no ha enviado su libro",
}
REJECTED_SINCE = "un envío posterior se rechazó (acuse {acuse})"
OLDER_SINCE = "llegó después un libro más antiguo, que no cuenta (acuse {acuse})"
DISPUTED_SINCE = "llegó después un libro que no cuenta, pues no se sabe si es más nuevo (acuse {acuse})"
OTHER_QUARTER_SINCE = "llegó después un libro que informa otro trimestre, que no cuenta (acuse {acuse})"
WAITING_SINCE = "un envío difiere del plan aprobado o de lo ya informado: falta aceptarlo o corregirlo (acuse {acuse})"
COMPARED = "Los libros se comparan con {con}."
COMPARED_PLAN = "el plan aprobado (versión {version})"
COMPARED_QUARTER = "lo aceptado en el {trimestre}T"
NOT_COMPARED = "Los libros no se comparan con ningún plan aprobado ni con un trimestre anterior."
NO_PLAN = "No se comparan con ningún plan aprobado."
NO_QUARTER = "No se comparan con ningún trimestre anterior."
LATE_MEANING = "la primera entrega que contó llegó después del plazo"
COLUMNS: Dict[str, str] = {
    "numero": "N.º",
    "unidad": "Unidad",
    "nombre": "Nombre",
    "servicio": "Servicio",
    "area": "Área",
    "grupo": "Grupo",
    "unidades": "Unidades",
    "estado": "Estado",
    "tarde": "Tarde",
    "recibida": "Recibida",
    "version": "Versión",
    "errores": "Errores",
    "avisos": "Avisos",
    "exceptuados": "Exceptuados",
    "acuse": "Acuse",
    "archivo": "Guardado como",
    "nota": "Nota",
}
PAGE_COLUMNS: Dict[str, str] = {**COLUMNS, "grupo": "Área y grupo"}
WAIVER_COLUMNS: Dict[str, str] = {
    "numero": "N.º",
    "unidad": "Unidad",
    "codigo": "Código",
    "celda": "Celda",
    "fila": "Fila",
    "quien": "Quién la acepta",
    "motivo": "Por qué",
    "hasta": "Hasta",
    "cuando": "Registrada",
}
TOTAL = "Total"
SUMMARY_TITLE = "Por área y grupo"
LAPSED = "{fila}. Ya no vale: {porque}"
WAIVERS_TITLE = "Excepciones"
NO_WAIVERS = "No hay excepciones."
UNKNOWN_TITLE = "Entregas sin unidad"
UNKNOWN = "No se sabe de qué unidad son. Busque qué se recibió en cada una con: poa-xl receipt NÚMERO"
NOT_IN_FORCE_TITLE = "Entregas de unidades que no deben enviar"
NOT_IN_FORCE = (
    "Según el libro de la entidad no están vigentes o no existían en el trimestre, así que no tienen fila en este "
    "tablero. De las que terminaron antes, su último libro sí cuenta en sus trimestres."
)
NO_BOOK_TITLE = "Unidades que terminaron y cuyo último libro falta"
NO_BOOK = "En la evaluación faltan sus cifras. Reciba el último libro que envió cada una: cuenta hasta su último día."
NO_BOOK_UNIT = "hasta el {hasta}; cifras de {trimestres}"
NO_BOOK_UNITS = "Unidades que terminaron y cuyo último libro falta: {unidades}."
WRITTEN = "Tablero: {ruta}"
MORE_FAILED = "Y {n} más."
SAME_TWICE = "{ruta} está dos veces: dé un nombre distinto a cada tablero."
OTHER_SUFFIX = "El tablero se escribe como .xlsx o .html, y {ruta} termina de otro modo."

# --- the workbook -------------------------------------------------------------------------------------------
BOARD_SHEET, SUMMARY_SHEET, WAIVERS_SHEET = "Tablero", "Resumen", "Excepciones"
GROUP_NUMBER = "El N.º une cada unidad con la fila de su grupo en la hoja Resumen: puede ordenar y filtrar sin dañarla."
LIVE = "Las cantidades son fórmulas sobre la hoja Tablero."

# --- the page -----------------------------------------------------------------------------------------------
SKIP = "Saltar a la lista de unidades"
TOTALS_TITLE = "En total"
UNITS_TITLE = "Unidades"
SUMMARY_CAPTION = "Cuántas unidades hay en cada estado, por área y grupo"
UNITS_CAPTION = "Qué envió cada unidad"
WAIVERS_CAPTION = "Observaciones aceptadas de una unidad"
FILTERS = "Filtrar la lista"
BY_STATE, BY_AREA, BY_TEXT = "Estado", "Área", "Buscar"
ANY_AREA = "Cualquiera"
ONLY_LATE = "solo tarde"
TEXT_HINT = "Unidad, grupo, acuse o archivo"
CLEAR = "Quitar filtros y orden"
# The script puts the figures in.
ALL_SHOWN = "Se muestran las {total} unidades."
SOME_SHOWN = "Se muestran {n} de {total} unidades."
ONE_SHOWN = "Se muestra 1 de {total} unidades."
NONE_SHOWN = "Ninguna unidad cumple los filtros."
FILTERED = "Filtros: {filtros}."
SORTED = {"ascending": "Orden: {columna}, de menor a mayor.", "descending": "Orden: {columna}, de mayor a menor."}


def units(n: int) -> str:
    """`1 unidad`, `109 unidades`."""
    return plural(n, "unidad", "unidades")


def excepted(n: int) -> str:
    """`2 observaciones exceptuadas`."""
    return plural(n, "observación exceptuada", "observaciones exceptuadas")


class _Unit(Protocol):
    @property
    def rechazada_despues(self) -> str: ...
    @property
    def antigua_despues(self) -> str: ...
    @property
    def dudosa_despues(self) -> str: ...
    @property
    def otro_trimestre_despues(self) -> str: ...
    @property
    def espera(self) -> str: ...


def notes(unit: _Unit) -> List[str]:
    """What came after the submission in force and left it there."""
    told = (
        (WAITING_SINCE, unit.espera),
        (REJECTED_SINCE, unit.rechazada_despues),
        (OLDER_SINCE, unit.antigua_despues),
        (DISPUTED_SINCE, unit.dudosa_despues),
        (OTHER_QUARTER_SINCE, unit.otro_trimestre_despues),
    )
    return [text.format(acuse=receipt) for text, receipt in told if receipt]


def compared(plan: int | None, quarter: int | None, own: int) -> str:
    """With what the workbooks of a campaign are compared, and with what not: version of the plan, earlier quarter, its
    own quarter."""
    said = [COMPARED_PLAN.format(version=plan)] if plan else []
    said += [COMPARED_QUARTER.format(trimestre=quarter)] if quarter else []
    if not said:
        return NOT_COMPARED
    told = COMPARED.format(con=" y con ".join(said))
    if not plan:
        return f"{told} {NO_PLAN}"
    return f"{told} {NO_QUARTER}" if own > 1 and not quarter else told


class _WithoutBook(Protocol):
    @property
    def unidad(self) -> str: ...
    @property
    def hasta(self) -> str: ...
    @property
    def trimestres(self) -> str: ...


def until(unit: _WithoutBook) -> str:
    """`hasta el 31/03/2024; cifras de 1T`."""
    return NO_BOOK_UNIT.format(hasta=unit.hasta, trimestres=unit.trimestres)


def without_book(found: Iterable[_WithoutBook]) -> str:
    """The units that ended and whose last workbook is missing, in one sentence."""
    return NO_BOOK_UNITS.format(unidades=", ".join(f"{unit.unidad} ({until(unit)})" for unit in found))


class _Receipt(Protocol):
    @property
    def unidad(self) -> str: ...
    @property
    def acuse(self) -> str: ...


def receipts(found: Iterable[_Receipt]) -> str:
    """`2024-2T-0010-4 (EMB-CERRADA), 2024-2T-0012-9 (CON-CERRADO)`."""
    return ", ".join(f"{one.acuse} ({one.unidad})" for one in found)
