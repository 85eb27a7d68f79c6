"""What the board of a campaign says as a workbook and as a page; its states have their words in `campaign`."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

from poa_xl.messages.counting import plural

# --- both forms ---------------------------------------------------------------------------------------------
TITLE = "Tablero de entregas: {periodo}"
DEADLINE = "Plazo: hasta el {limite}."
UNTIL = "Según el registro hasta el {cuando}."
STATE_MEANINGS: Dict[str, str] = {
    "recibida": "sin observaciones",
    "con avisos": "todo cuenta; hay algo que revisar",
    "en parte": "las filas con errores quedan fuera hasta que la unidad las corrija",
    "rechazada": "nada cuenta; la unidad debe enviar su libro otra vez",
    "falta": "la unidad no ha enviado su libro",
}
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
    "quien": "Quién la acepta",
    "motivo": "Por qué",
    "hasta": "Hasta",
    "cuando": "Registrada",
}
TOTAL = "Total"
SUMMARY_TITLE = "Por área y grupo"
WAIVERS_TITLE = "Excepciones"
NO_WAIVERS = "No hay excepciones."
UNKNOWN_TITLE = "Entregas sin unidad"
UNKNOWN = "No se sabe de qué unidad son. Busque qué se recibió en cada una con: poa-xl receipt NÚMERO"
WRITTEN = "Tablero: {ruta}"
OTHER_SUFFIX = "El tablero se escribe como .xlsx o .html, y {ruta} termina de otro modo."

# --- the workbook -------------------------------------------------------------------------------------------
BOARD_SHEET, SUMMARY_SHEET, WAIVERS_SHEET = "Tablero", "Resumen", "Excepciones"
GROUP_NUMBER = "El N.º une cada unidad con la fila de su grupo en la hoja Resumen: puede ordenar y filtrar sin dañarla."
LIVE = "Las cantidades son fórmulas sobre la hoja Tablero."
PAGE = "Página &P de &N"

# --- the page -----------------------------------------------------------------------------------------------
SKIP = "Saltar a la lista de unidades"
TOTALS_TITLE = "En total"
UNITS_TITLE = "Unidades"
SUMMARY_CAPTION = "Cuántas unidades hay en cada estado, por área y grupo"
UNITS_CAPTION = "Qué envió cada unidad"
WAIVERS_CAPTION = "Observaciones aceptadas de una unidad"
FILTERS = "Filtrar la lista"
BY_STATE, BY_AREA, BY_TEXT = "Estado", "Área", "Buscar"
ANY_AREA = "Todas las áreas"
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
    """`y 2 exceptuados`."""
    return f"y {plural(n, 'exceptuado', 'exceptuados')}"
