"""What differs between two workbooks of the same kind: two versions of a unit's, or two masters.

One comparison for all that ask: the receipts of a campaign and `poa-xl diff`. `rows` finds which row of one is which
of the other, `values` says when two cells say the same, `units` and `masters` compare workbooks, and `result` is what
comes out.
"""

from poa_xl.comparison.result import (
    CellChange,
    Comparacion,
    Ilegible,
    Lado,
    LoneRow,
    Origen,
    SheetChanges,
    SinComparar,
    Solo,
)

__all__ = ["CellChange", "Comparacion", "Ilegible", "Lado", "LoneRow", "Origen", "SheetChanges", "SinComparar", "Solo"]
