"""Whether a number as written agrees with the value of a figure, in exact arithmetic."""

from decimal import Decimal
from fractions import Fraction

from poa_xl.prose_numbers.number import Number, NumberUnit

Value = int | float | Decimal | Fraction


def agrees(number: Number, value: Value, unit: str) -> bool:
    """Whether a figure, rounded half-up to what was written, is the number; of an ambiguous one, any of its readings.

    `unit` is that of the figure (`figures.UnitOfMeasure`): one that is written must be the same. A float is taken by
    the digits that it shows, as cells do.
    """
    if number.unit is not NumberUnit.NONE and number.unit != unit:
        return False
    exact = Fraction(repr(value)) if isinstance(value, float) else Fraction(value)
    return any(_rounded(exact, _step(reading)) == Fraction(reading) for reading in number.readings)


def _step(written: Decimal) -> Fraction:
    """The precision of a number as written: a hundredth for «92,78», a hundred thousand for «355,2 millones»."""
    exponent = written.as_tuple().exponent
    if not isinstance(exponent, int):
        raise TypeError(written)  # an infinity, which no digits say
    return Fraction(10) ** exponent


def _rounded(value: Fraction, step: Fraction) -> Fraction:
    """Half-up, a negative value like its positive one."""
    steps = (abs(value) / step + Fraction(1, 2)) // 1
    return steps * step if value >= 0 else -steps * step
