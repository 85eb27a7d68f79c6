"""Why a row of Tareas is taken for a total, in Spanish."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import List

BY_NAME = "su texto empieza con «{palabra}»"
BY_SUM = "sus meses son la suma de otras filas ({filas})"
_MOST = 6


def rows(numbers: List[int]) -> str:
    """`filas 5 y 6`; '' for none."""
    shown = [str(number) for number in numbers[:_MOST]]
    if not shown:
        return ""
    if len(numbers) > _MOST:
        return f"filas {', '.join(shown)} y {len(numbers) - _MOST} más"
    return f"filas {', '.join(shown[:-1])} y {shown[-1]}"
