"""How a change of one cell is told on the terminal."""

import re
from decimal import Decimal

from poa_xl import cells
from poa_xl.comparison import CellChange, Ilegible, deltas
from poa_xl.comparison.result import Dato
from poa_xl.comparison.wording import cut
from poa_xl.messages import comparison as words

_LONGEST = 60  # characters of a value
_KNOWN = 25  # characters shown of what two long texts share before they differ
_HASH = re.compile(r"[0-9a-f]{64}$")
_HASH_SHOWN = 12
_MOST_TYPED = 4  # decimals; what has more was computed


def short_hash(text: str) -> str:
    """Enough of a fingerprint to tell it from others."""
    return f"{text[:_HASH_SHOWN]}…"


def is_hash(value: Dato) -> bool:
    """Whether a value is a fingerprint."""
    return isinstance(value, str) and bool(_HASH.match(value))


def change(parte: str, c: CellChange, *, computed: bool = False) -> str:
    """`«Bueno» → «Óptimo»`, `92,78 → 93,01 (+0,23 puntos)`. `computed`: numbers may have more digits than matter."""
    amount, unit = deltas.of(parte, c)
    if isinstance(c.antes, str) and isinstance(c.despues, str):
        before, after = _cut_pair(c.antes, c.despues)
        return f"«{before}» → «{after}»"
    rounded = computed and any(_decimals(v) > _MOST_TYPED for v in (c.antes, c.despues))
    if unit or rounded:
        decimals = next((d for d in range(2, 10) if _agree(c, amount if unit else None, d)), 10)
        told = f"{_shown(c.antes, decimals)} → {_shown(c.despues, decimals)}"
        return f"{told} ({_signed(_apart(c, decimals), decimals)} {unit})" if unit and amount is not None else told
    return f"{_shown(c.antes)} → {_shown(c.despues)}"


def _decimals(value: Dato) -> int:
    return len(cells.number(value).partition(",")[2]) if isinstance(value, float) else 0


def _agree(c: CellChange, amount: float | None, decimals: int) -> bool:
    """Whether with so many decimals the change is seen, and the difference is that of the values as they are shown."""
    if _shown(c.antes, decimals) == _shown(c.despues, decimals):
        return False
    return amount is None or cells.number(abs(_apart(c, decimals)), decimals) == cells.number(abs(amount), decimals)


def _apart(c: CellChange, decimals: int) -> float:
    """How far apart two numbers are as they are shown; in decimal figures, as a reader subtracts them."""
    before, after = (Decimal(f"{v:.{decimals}f}") for v in (c.antes, c.despues) if isinstance(v, int | float))
    return float(after - before)


def _signed(amount: float, decimals: int) -> str:
    return f"{'+' if amount > 0 else '-'}{cells.number(abs(amount), decimals)}"


def _shown(value: Dato, decimals: int | None = None) -> str:
    """A value as a person reads it; a blank, and what could not be read, say so."""
    if value is None:
        return words.BLANK
    if isinstance(value, Ilegible):
        if value.cuenta or value.texto == words.WITHOUT_VALUE:
            return cut(value.texto, _LONGEST)
        return words.UNREADABLE.format(texto=cut(value.texto, _LONGEST))
    if isinstance(value, str):
        return f"«{_cut(value)}»"
    if isinstance(value, float):
        return cells.number(value + 0.0, decimals)  # -0,0 is 0
    return cells.show(value)


def _cut(text: str) -> str:
    return short_hash(text) if _HASH.match(text) else cut(text, _LONGEST)


def _cut_pair(before: str, after: str) -> tuple[str, str]:
    """Both cut so that what differs is among what is shown."""
    shortest = min(len(before), len(after))
    shared = next((n for n in range(shortest) if before[n] != after[n]), shortest)
    if max(len(before), len(after)) <= _LONGEST or shared <= _KNOWN or _HASH.match(before):
        return _cut(before), _cut(after)
    start = shared - _KNOWN
    return f"…{_cut(before[start:])}", f"…{_cut(after[start:])}"
