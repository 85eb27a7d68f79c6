"""How many: numbers with their nouns, and lists that name the first few, in Spanish."""
# ruff: noqa: UP035 - the Pythons of the spreadsheet programs are older

from typing import Callable, Sequence, TypeVar

Item = TypeVar("Item")


def plural(n: int, one: str, many: str) -> str:
    """`1 error`, `2 errores`."""
    return f"{n} {one if n == 1 else many}"


def total(errors: int, avisos: int) -> str:
    """`1 error y 2 avisos`."""
    return f"{plural(errors, 'error', 'errores')} y {plural(avisos, 'aviso', 'avisos')}"


def first_ones(items: Sequence[Item], most: int, say: Callable[[Item], str] = str, joint: str = ", ") -> str:
    """`A1, A2 y 3 más`: the first of several, each as `say` tells it. The others may be many and are not told."""
    return joint.join(map(say, items[:most])) + (f" y {len(items) - most} más" if len(items) > most else "")


def and_also(shown: Sequence[str], most: int) -> str:
    """`, y también A1, A2 y 3 más`; '' for none."""
    return f", y también {first_ones(shown, most)}" if shown else ""
