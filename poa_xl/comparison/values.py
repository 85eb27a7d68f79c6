"""The values of cells, and when two of them say the same."""

import math
from dataclasses import dataclass
from typing import TypeGuard

from poa_xl.cells import Value


@dataclass(frozen=True)
class Ilegible:
    """What a cell holds that cannot be read as a value of its column. It never counts as blank.

    `cuenta` where its number counts nonetheless, and the text is how the cell shows it.
    """

    texto: str
    cuenta: bool = False


Dato = Value | Ilegible

# Programs that recalculate or save again change the last digits of a number. In large amounts a tenth of a cent is
# already a change, unless a double holds no more digits.
_RELATIVE, _LARGEST, _DOUBLE = 1e-9, 0.001, 1e-14


def same(one: Dato, other: Dato) -> bool:
    """Whether two values say the same: numbers up to the digits that programs change, all else exactly."""
    if _is_number(one) and _is_number(other):
        scale = max(1.0, abs(one), abs(other))
        return abs(one - other) <= max(min(_RELATIVE * scale, _LARGEST), _DOUBLE * scale)
    return type(one) is type(other) and one == other


def _is_number(value: Dato) -> TypeGuard[int | float]:
    return isinstance(value, int | float) and not isinstance(value, bool)


def difference(before: Dato, after: Dato) -> float | None:
    """After minus before; None unless both are numbers."""
    if _is_number(before) and _is_number(after):
        found = after - before
        return found if math.isfinite(found) else None
    return None
