"""A worksheet of a schema, as workbooks of units and of the entity have it: heading, headers, values, validation."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from poa_xl.sheets import Column, Sheet
from poa_xl.writers.unit_workbook.layout import DESCRIPTION_ROW, FIRST_ROW, HEADER_ROW, TITLE_ROW, Plan
from poa_xl.writers.xlsx import cells, page
from poa_xl.writers.xlsx.cells import is_blank, number
from poa_xl.writers.xlsx.formats import CLOCK, DATE, DURATION, GENERAL, MOMENT, Formats

_LARGEST = 1e15
_OLDEST_DATE = dt.date(2000, 1, 1)
PROTECTION = {
    "select_locked_cells": True,
    "select_unlocked_cells": True,
    "autofilter": True,
    "format_columns": True,
    "format_rows": True,
    "objects": True,  # the button Validar puts notes at cells
}
# Width in characters by column; what is not here goes by its type.
WIDTHS = {
    "operacion": 10,
    "acp": 10,
    "actividad": 18,
    "tarea": 30,
    "denominacion": 42,
    "resultado_esperado": 32,
    "indicador": 24,
    "unidad_medida": 14,
    "numero": 12,
    "tipo_meta": 13,
    "sentido": 11,
    "peso": 8,
    "linea_base": 10,
    "meta": 10,
    "medio_verificacion": 24,
    "problemas": 34,
    "acciones": 34,
    "responsable_accion": 22,
    "resultado_programado": 45,
    "principales_resultados": 90,
    "categoria": 16,
    "fuente": 10,
    "periodo": 26,
    "semaforo": 15,
    "semaforo_a_la_fecha": 15,
    "criterio_dgaa": 15,
    "eficacia_ponderada": 12,
    "nombre": 45,
    "programa": 45,
    "grupos": 34,
    "parametro": 28,
    "version": 10,
    "valor": 30,
    "nota": 70,
    "descripcion": 36,
    "informe": 45,
}
_WIDTHS_BY_STEM = {"programado_": 7.5, "ejecutado_": 7.5, "eficacia_": 9, "tareas_": 8, "avance_": 11, "ejecucion_": 9}
_WIDTHS_BY_TYPE = {"str": 18, "Int64": 10, "float64": 14, "datetime64[ns]": 12}


def width(column: Column) -> float:
    """Width of a column in characters."""
    if column.name in WIDTHS:
        return WIDTHS[column.name]
    if column.group:
        for stem, characters in _WIDTHS_BY_STEM.items():
            if column.name.startswith(stem):
                return characters
    return _WIDTHS_BY_TYPE[column.dtype]


def write_heading(worksheet: Worksheet, formats: Formats, sheet: Sheet) -> None:
    """Title and description, in the first two rows."""
    worksheet.set_row(TITLE_ROW - 1, 21)
    worksheet.write_string(TITLE_ROW - 1, 0, sheet.title, formats.title())
    worksheet.write_string(DESCRIPTION_ROW - 1, 0, sheet.description, formats.help())


Codes = Sequence[tuple[str, str]]  # those of a list, each with what it is called


def write_headers(
    worksheet: Worksheet,
    formats: Formats,
    sheet: Sheet,
    height: float = 44,
    codes: Callable[[str], Codes] = lambda _: (),
) -> None:
    """Column headers with their notes and the widths. A group of months or quarters has its note on the first one.

    `codes` gives the codes of a column's list, by the name of the column: the note says what they are called.
    """
    worksheet.set_row(HEADER_ROW - 1, height)
    noted: set[str] = set()
    for index, column in enumerate(sheet.columns):
        worksheet.write_string(HEADER_ROW - 1, index, column.title, formats.header(column.computed))
        worksheet.set_column(index, index, width(column))
        if column.description and (column.group or column.name) not in noted:
            noted.add(column.group or column.name)
            lines = [column.description, *(called(*code) for code in codes(column.name))]
            write_note(worksheet, HEADER_ROW - 1, index, "\n".join(lines))


def write_note(worksheet: Worksheet, row: int, index: int, text: str) -> None:
    """A cell comment, as tall as its text needs."""
    lines = sum(1 + len(line) // 30 for line in text.split("\n"))
    worksheet.write_comment(row, index, text, {"width": 190, "height": 18 + 16 * lines, "font_size": 9})


def write_value(worksheet: Worksheet, row: int, index: int, value: object, cell_format: Format) -> None:
    """A value by its own type, a text whole: it is data, and carried as it is."""
    cells.write(worksheet, row, index, None if is_blank(value) else value, cell_format, str)


def shown_as(value: object, usual: str) -> str:
    """The number format in which a value stays what it is: a date in a column of numbers would turn into one."""
    if isinstance(value, dt.datetime):
        return MOMENT
    if isinstance(value, dt.date):
        return DATE
    if isinstance(value, (dt.time, dt.timedelta)):
        return CLOCK if isinstance(value, dt.time) else DURATION
    return GENERAL if usual == DATE and number(value) is not None else usual


_MESSAGE_TITLE, _MESSAGE = 32, 255  # characters that Excel allows
_SHORTEST_LINE = 14  # characters with which a code and the beginning of its name still say something
_NAMES_IN_NOTE = " Sus nombres están en la nota del título."


def _error(title: str, message: str) -> dict[str, Any]:
    return {"error_title": title[:_MESSAGE_TITLE], "error_message": message[:_MESSAGE]}


def validation(column: Column, source: str | None = None, stop: bool = True, codes: Codes = ()) -> dict[str, Any]:
    """The data validation of an input column: what its type, list and bounds allow, with its note as input message.

    `source` is the address of a list that comes from the entity or from another sheet. Without `stop` a value that is
    not in the list is only warned about. A list shows its `codes` alone, so the message says what they are called.
    """
    return _allowed(column, source, stop) | {
        "input_title": column.title[:_MESSAGE_TITLE],
        "input_message": _message(column, codes),
    }


def _message(column: Column, codes: Codes) -> str:
    """What the codes are called, each on its line and cut to its room; the column's note where there is no room."""
    room = (_MESSAGE + 1) // len(codes) - 1 if codes else 0
    lines = [shorten(called(*code), room) for code in codes]
    if not lines or room < _SHORTEST_LINE:
        more = _NAMES_IN_NOTE if codes else ""
        return column.description[: _MESSAGE - len(more)] + more
    return "\n".join(lines)


CALLED = " · "  # between a code and what it is called


def called(code: str, name: str) -> str:
    """A code with what it is called, if it is."""
    return f"{code}{CALLED}{name}" if name else code


def shorten(text: str, length: int) -> str:
    """A text of so many characters at most; a cut one ends in «…»."""
    return text if len(text) <= length else text[: length - 1].rstrip() + "…"


def _allowed(column: Column, source: str | None, stop: bool) -> dict[str, Any]:
    if source or column.options:
        rule: dict[str, Any] = {"validate": "list", "source": source or list(column.options)}
        rule |= _error("No está en la lista", f"«{column.title}»: elija un valor de la lista desplegable.")
        return rule | {"error_type": "stop" if stop else "warning"}
    if column.dtype == "Int64":
        rule = {"validate": "integer", "criteria": ">=", "value": 0}
        return rule | _error(
            "Cantidad entera", f"«{column.title}»: escriba un número entero, 0 o más, o deje en blanco."
        )
    if column.dtype == "float64":
        least = -_LARGEST if column.minimum is None else column.minimum
        rule = {"validate": "decimal", "criteria": "between", "minimum": least, "maximum": _LARGEST}
        allowed = "" if column.minimum is None else f", {column.minimum:g} o más"
        return rule | _error("Número", f"«{column.title}»: escriba solo un número{allowed}, sin letras ni símbolos.")
    if column.dtype == "datetime64[ns]":
        rule = {"validate": "date", "criteria": ">=", "value": _OLDEST_DATE}
        return rule | _error("Fecha", f"«{column.title}»: escriba una fecha, por ejemplo 05/07/2024.")
    return {"validate": "any"}


def mark_text_numbers(worksheet: Worksheet, plan: Plan) -> None:
    """No green corners in the rows of a sheet: a sum of three months is not an oversight."""
    page.without_warnings(worksheet, f"A{FIRST_ROW}:{plan.letter(plan.sheet.columns[-1].name)}{plan.last_row}")
