"""Digits and separators: what they say in Bolivian style, and where they are written in another one."""

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from poa_xl.prose_numbers.characters import BLANK, Prose
from poa_xl.prose_numbers.number import NumberForm

# A few groups by blanks, digits with their separators, or «,75». No group is possessive: up to Python 3.11.4 one that
# fails halfway keeps what it had read.
_NUMERAL = re.compile(
    r"(?:(?<![a-z0-9_/º°-])|(?<=bs)|(?<=[ (]-)|(?<=^-))"
    r"[1-9][0-9]{0,2}(?: [0-9]{3}){1,6}(?:,[0-9]++|\.[0-9]{1,2})?(?![.,']?[0-9]| [0-9]{3})"
    r"|[0-9]+(?:[.,'][0-9]+)*"
    r"|(?<![^ (])[.,][0-9]++(?![.,][0-9])"
)
_MOST_LETTERS = 48  # with its separators: what is longer counts nothing that an office has
_HEAD = r"[1-9][0-9]{0,2}"


class Numeral(NamedTuple):
    """What digits and separators say, without sign, scale and unit."""

    start: int
    end: int
    value: Decimal
    decimals: int = 0
    form: NumberForm = NumberForm.FINE
    is_figure: bool = False  # by its separators alone, without a unit
    has_comma: bool = False  # a decimal one, which no code has
    otherwise: Decimal | None = None  # where it is ambiguous
    needs_unit: bool = False  # to be no longer ambiguous

    @property
    def is_whole(self) -> bool:
        """Whether it is written in digits alone."""
        return not (self.is_figure or self.decimals or self.form)


class _Shape(NamedTuple):
    pattern: str
    decimal: str  # the decimal separator; all others part thousands
    form: NumberForm
    is_figure: bool = True


_SHAPES = (
    _Shape(r"[0-9]+", "", NumberForm.FINE, is_figure=False),
    _Shape(rf"(?:[0-9]+|{_HEAD}(?:\.[0-9]{{3}})+),[0-9]+", ",", NumberForm.FINE),
    _Shape(rf"{_HEAD}(?:\.[0-9]{{3}}){{2,}}", "", NumberForm.FINE),
    _Shape(rf"{_HEAD}\.[0-9]{{3}}", "", NumberForm.AMBIGUOUS),
    _Shape(r"(?:0|[1-9][0-9]*)\.[0-9]+", ".", NumberForm.DECIMAL_POINT),
    _Shape(r"[0-9]*\.[0-9]+", ".", NumberForm.DECIMAL_POINT, is_figure=False),  # «08.30», «.75»
    _Shape(r",[0-9]+", ",", NumberForm.FINE, is_figure=False),
    _Shape(rf"{_HEAD}(?:,[0-9]{{3}})+\.[0-9]+", ".", NumberForm.ENGLISH),
    _Shape(rf"{_HEAD}(?:,[0-9]{{3}}){{2,}}", "", NumberForm.ENGLISH),
    _Shape(rf"{_HEAD}(?:['.][0-9]{{3}})+(?:,[0-9]+)?", ",", NumberForm.THOUSANDS),
    _Shape(rf"{_HEAD}(?:['.,][0-9]{{3}})+\.[0-9]+", ".", NumberForm.ENGLISH),
    _Shape(rf"{_HEAD}(?: [0-9]{{3}})+", ",", NumberForm.THOUSANDS, is_figure=False),
    _Shape(rf"{_HEAD}(?: [0-9]{{3}})+,[0-9]+", ",", NumberForm.THOUSANDS),
    _Shape(rf"{_HEAD}(?: [0-9]{{3}})+\.[0-9]+", ".", NumberForm.ENGLISH),
    _Shape(r"[0-9.]+,[0-9]+", ",", NumberForm.THOUSANDS),
    _Shape(r"[0-9.]+", "", NumberForm.THOUSANDS, is_figure=False),
)
_COMPILED = tuple((re.compile(shape.pattern), shape) for shape in _SHAPES)
_DATE = re.compile(r"[0-9]{1,2}\.[0-9]{1,2}\.(?:[0-9]{2}|[0-9]{4})")
_PARTS = re.compile(r"[.,' ]")


def numerals(prose: Prose) -> Iterator[Numeral]:
    """The numerals of a text, first to last."""
    for found in _NUMERAL.finditer(prose.text):
        if len(found[0]) <= _MOST_LETTERS and not _DATE.fullmatch(found[0]):
            typed = any(prose.as_written(at) == BLANK for at in range(found.start(), found.end()))
            yield _read(found[0], found.start(), typed)


def _read(text: str, start: int, typed_blank: bool) -> Numeral:
    end = start + len(text)
    shape = next((shape for pattern, shape in _COMPILED if pattern.fullmatch(text)), None)
    if shape is None:  # several commas: a list without blanks, or a slip
        whole, _, decimals = text.rpartition(_PARTS.findall(text)[-1])
        return Numeral(start, end, _decimal(whole, decimals), len(decimals), NumberForm.AMBIGUOUS)
    whole, decimals = text, ""
    if shape.decimal and shape.decimal in text:  # the last one: «1.000.0000» has points of both kinds
        whole, _, decimals = text.rpartition(shape.decimal)
    value, has_comma = _decimal(whole, decimals), shape.decimal == "," and "," in text
    numeral = Numeral(start, end, value, len(decimals), shape.form, shape.is_figure, has_comma)
    if shape.form is NumberForm.AMBIGUOUS:
        return numeral._replace(otherwise=_decimal(*text.split(".")), needs_unit=True)
    if typed_blank and text.count(" ") == 1:  # as well two numbers side by side: «ACP 1 100,00 %»
        last = _read(text.rpartition(" ")[2], start, typed_blank=False)
        return numeral._replace(form=NumberForm.AMBIGUOUS, otherwise=last.value)
    return numeral


def _decimal(whole: str, decimals: str) -> Decimal:
    """Exact, whatever the context of decimals rounds to."""
    return Decimal(f"{_PARTS.sub('', whole)}.{decimals}" if decimals else _PARTS.sub("", whole))
