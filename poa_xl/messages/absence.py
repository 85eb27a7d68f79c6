"""Why a unit has no information in an evaluation, in words: a line of the terminal, cells of the sheet Entregas."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, Sequence, Tuple

from poa_xl.messages.counts import first_ones, plural

_COUNTED: Dict[str, Tuple[str, str]] = {  # of one unit, of many
    "no envió": ("no envió su libro", "no enviaron su libro"),
    "rechazada": ("con su libro rechazado", "con su libro rechazado"),
    "en espera": ("con su libro en espera", "con su libro en espera"),
    "sin filas": ("sin ninguna fila aceptada", "sin ninguna fila aceptada"),
}
_TOTAL = "Unidades sin información: {n} ({partes}); están en la hoja Entregas."
_REASONS: Dict[str, str] = {
    "no envió": "No envió archivo",
    "rechazada": "Su archivo se rechazó",
    "en espera": "Su archivo difiere del plan aprobado o de lo ya informado, y espera una decisión",
    "sin filas": "Su archivo se recibió ({estado}), sin ninguna fila aceptada",
}
_SEVERAL: Dict[str, str] = {
    "rechazada": "Envió {n} archivos y ninguno se tomó: {archivos}",
    "en espera": "Envió {n} archivos, de los que ninguno se tomó y alguno espera una decisión: {archivos}",
    "sin filas": "Envió {n} archivos, sin ninguna fila aceptada: {archivos}",
}

_PARTIAL = "EVALUACIÓN PARCIAL: sin información de {unidades} ({nombres}). Vea la hoja Entregas."
_NAMED = 8  # units


def partial(units: Sequence[str]) -> str:
    """The warning above the figures of an evaluation that lacks units; '' where none is missing."""
    if not units:
        return ""
    counted = plural(len(units), "unidad", "unidades")
    return _PARTIAL.format(unidades=counted, nombres=first_ones(units, _NAMED))


def total(counts: Dict[str, int]) -> str:
    """The line of the terminal: how many units, and of each reason that there is."""
    parts = [f"{n} {_COUNTED[reason][n != 1]}" for reason, n in counts.items() if n]
    return _TOTAL.format(n=sum(counts.values()), partes=", ".join(parts))


def reason(why: str, files: Sequence[str], state: str) -> str:
    """The cell of a unit: `state` is that of its file, where it sent one."""
    if len(files) > 1:
        return _SEVERAL[why].format(n=len(files), archivos=", ".join(files))
    return _REASONS[why].format(estado=state)
