"""What number formats show beside a number, as Excel and LibreOffice take them: a percentage, another currency.

A format is judged by the section that applies to the number. The formats 5 to 8, 42 and 44 of the file format's own,
where a workbook does not write them out, show the currency of the computer: they say nothing.
"""

import operator
import re
from collections.abc import Callable, Iterable, Mapping

from poa_xl import cells, currencies
from poa_xl.bounded_cache import remembered
from poa_xl.guards.number_formats import LONGEST

_PERCENTAGES = {9: "0%", 10: "0.00%"}
_PART = re.compile(r'"[^"]*"?|\\.|_.|\*.|\[[^\]]*\]?|.', re.DOTALL)
_CURRENCY = re.compile(r"\[\$([^\]-]*)[^\]]*\]?")
_CONDITION = re.compile(r"\[(<=|>=|<>|<|>|=) ?(-?[0-9]+(?:\.[0-9]*)?)\]")
_COMPARE: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt, "<=": operator.le, ">": operator.gt, ">=": operator.ge, "=": operator.eq, "<>": operator.ne,
}  # fmt: skip
_OF_NUMBERS = 3  # sections; a fourth one shows texts


def written_out(number: int) -> str:
    """A format of the file format's own whose numbers show something beside their digits; '' for the others."""
    return _PERCENTAGES.get(number, "")


def may_mark(code: str) -> bool:
    """Whether a format shows a percentage or another currency for some number."""
    return any(beside for _, beside in _sections(code))


def mark(code: str, value: float) -> str:
    """What a format shows beside a number: `cells.PERCENT`, the mark of another currency, or '' for nothing."""
    return _section(code, value)[1]


def put(grid: list[list[object]], formats: Mapping[str, str]) -> None:
    """Put what the formats of some cells (address -> format) show beside their numbers into a sheet's cells."""
    for address, code in formats.items():
        down, across = cells.row_of(address) - 1, cells.place_of(address)
        value = grid[down][across] if down < len(grid) and across < len(grid[down]) else None
        if isinstance(value, float):
            beside = mark(code, value)
            grid[down][across] = cells.Formatted(value, beside) if beside else value


@remembered(most=1000, longest=LONGEST)
def _sections(code: str) -> tuple[tuple[str, str], ...]:
    """The sections for numbers, each with what it shows beside them. A semicolon in a text parts nothing."""
    sections: list[list[str]] = [[]]  # of the parts of each: a stranger's format may be as long as a file
    for part in _PART.findall(code):
        if part == ";":
            sections.append([])
        else:
            sections[-1].append(part)
    return tuple(("".join(parts), _mark(parts)) for parts in sections[:_OF_NUMBERS])


def _section(code: str, value: float) -> tuple[str, str]:
    sections = _sections(code)
    for place, section in enumerate(sections[:-1]):
        condition = _CONDITION.search(section[0])
        if condition:
            applies = _COMPARE[condition[1]](value, float(condition[2]))
        elif place:
            applies = value < 0
        else:
            applies = value > 0 or (value == 0 and len(sections) < _OF_NUMBERS)
        if applies:
            return section
    return sections[-1]


def _mark(parts: Iterable[str]) -> str:
    shown = []  # the signs that stand for themselves, a blank for each of the others
    for part in parts:
        if part == "%":
            return cells.PERCENT
        currency = _CURRENCY.fullmatch(part)
        if currency:
            sign = currency[1].strip()
            if sign and not currencies.is_ours(sign):
                return sign
        elif part[0] == '"':
            shown.append(part.strip('"'))
        elif part[0] == "\\":
            shown.append(part[1:])
        elif part in "0#?.,@ " or part[0] in "_*[":
            shown.append(" ")
        else:
            shown.append(part)
    return currencies.foreign_in("".join(shown))
