"""Why a row of Tareas is taken for a total, and which rows, in Spanish."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import List

BY_NAME = "su texto empieza con «{palabra}»"
BY_SUM = "sus meses son la suma de otras filas ({filas})"
_MOST = 6


def rows(numbers: List[int], most: int = _MOST) -> str:
    """`filas 5 y 6`, `fila 5`; '' for none."""
    shown = [str(number) for number in numbers[:most]]
    if len(numbers) <= 1:
        return "".join(f"fila {number}" for number in shown)
    if len(numbers) > most:
        return f"filas {', '.join(shown)} y {len(numbers) - most} más"
    return f"filas {', '.join(shown[:-1])} y {shown[-1]}"
