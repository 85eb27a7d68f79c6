"""What a spreadsheet passes to a worksheet function: single cells and ranges, as plain values or as an answer.

A cell may hold a number, a blank (None or ''), a number typed as text, a `Decimal`, an error of the spreadsheet
or something that does not belong there. A range is a list or tuple of rows; one row may come flat. Whatever cannot
be used becomes the text that the function answers with: `CellError`. Python 3.8 syntax and the standard library alone.
"""
# ruff: noqa: UP006, UP035, UP045 - the Pythons of the spreadsheet programs are older

import datetime as dt
import re
from decimal import Decimal
from typing import Any, Callable, List, NamedTuple, Optional, Sequence, Tuple

from poa_xl import cells, titles
from poa_xl.indicators import MISSING, MONTHS_OF_A_YEAR
from poa_xl.messages import answers

# Errors of Excel and LibreOffice in the languages of our users, and our own.
_ERROR = re.compile(r"#N/[AD]|#GETTING_DATA|#[¡¿]?[A-ZÑ0-9/]+[!?]|Err:\d{3}|#POA!.*")
_MISSING = (MISSING, f"{MISSING}.")
Rows = List[List[Any]]
Reader = Callable[[str, Any], Any]


class CellError(Exception):
    """The function cannot compute; `text` is what the cell shall show."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.text = text


class GivenArgument(NamedTuple):
    """An argument as it came in, with its name and what reads one of its cells."""

    name: str
    raw: Any
    read: Reader

    def rows(self) -> Rows:
        """Its cells as they are read, a list a row."""
        return [[self.read(self.name, cell) for cell in row] for row in rows_of(self.raw)]

    def flat(self) -> List[Any]:
        """Its cells as they are read, a row behind the other."""
        return [cell for row in self.rows() for cell in row]

    def single(self) -> Any:
        """Its only cell as it is read."""
        if self.size != (1, 1):
            raise CellError(answers.not_one_cell(self.name))
        return self.read(self.name, rows_of(self.raw)[0][0])

    @property
    def size(self) -> Tuple[int, int]:
        """How many rows and columns it has."""
        return _size([rows_of(self.raw)])


def number(argument: str, raw: Any) -> Optional[float]:
    """A cell as a number; None for a blank and for the text n/a.

    A percentage typed as text is refused and not read as points: of a cell that shows 70 % no program passes more than
    the 0.7 that it holds, and the two must not differ.
    """
    if isinstance(raw, Decimal):
        raw = float(raw)
    if isinstance(raw, (bool, dt.date)):
        raise CellError(answers.expects_a_number(argument, cells.show(raw)))
    if isinstance(raw, str) and cells.clean(raw).casefold() in _MISSING:
        return None
    reading = cells.read(raw, "float64", cells.BS)
    if isinstance(reading.value, float) or not reading.code:
        return reading.value  # type: ignore[return-value]
    raise CellError(answers.refused(reading.code, argument, reading.found, reading.read_as))


def text(argument: str, raw: Any) -> str:
    """A cell as a code: a number becomes its digits, a blank the empty text."""
    if isinstance(raw, (bool, dt.date)):
        raise CellError(answers.not_a_text(argument, cells.show(raw)))
    return str(cells.read(float(raw) if isinstance(raw, Decimal) else raw, "str").value or "")


def choice(choices: Sequence[str]) -> Reader:
    """A reader of one of several words, whatever their accents and capitals; a blank is the first one."""

    def read(argument: str, raw: Any) -> str:
        if is_blank(raw):
            return choices[0]
        for word in choices:
            if titles.key(raw) == titles.key(word):
                return word
        raise CellError(answers.not_a_choice(argument, choices))

    return read


def whole(argument: str, raw: Any) -> Optional[int]:
    """A cell as a whole number; None where it is a blank or no whole number."""
    value = number(argument, raw)
    return int(value) if value is not None and value.is_integer() else None


def month(argument: str, raw: Any) -> int:
    """A cell as a month of the year, 1 to 12."""
    value = whole(argument, raw)
    if value is None or not 1 <= value <= MONTHS_OF_A_YEAR:
        raise CellError(answers.not_a_month(argument, MONTHS_OF_A_YEAR))
    return value


def choice_or_blank(choices: Sequence[str]) -> Reader:
    """As `choice`, of a cell that is often blank: a formula that refers to one, and LibreOffice, give 0 for it."""
    read_word = choice(choices)

    def read(argument: str, raw: Any) -> str:
        return str(read_word(argument, None if raw == 0 and not isinstance(raw, bool) else raw))

    return read


def is_blank(raw: Any) -> bool:
    """Whether a cell is blank, or an optional argument was left out."""
    return raw is None or (isinstance(raw, str) and not cells.clean(raw))


def is_error(raw: Any) -> bool:
    """Whether a cell holds an error that the spreadsheet, or one of our functions, put there."""
    return isinstance(raw, str) and _ERROR.fullmatch(raw) is not None


def rows_of(raw: Any) -> Rows:
    """An argument as a list of rows; a single cell is one row with one cell."""
    if not isinstance(raw, (list, tuple)):
        return [[raw]]
    if not any(isinstance(row, (list, tuple)) for row in raw):
        return [list(raw)]
    return [list(row) for row in raw]


def per_cell(formula: Callable[..., Any], *given: GivenArgument) -> Any:
    """The formula for one cell, or for each cell of the ranges; a single cell goes with every cell of a range."""
    try:
        tables = _of_one_size(given)
    except CellError as answer:
        return answer.text
    height, width = _size(tables)
    result = [
        [_one(formula, given, [_at(table, r, c) for table in tables]) for c in range(width)] for r in range(height)
    ]
    if height == width == 1:
        return result[0][0]
    flat = any(_is_flat(argument.raw) for argument in given)
    return result[0] if flat else result


def over_ranges(formula: Callable[..., Any], *given: GivenArgument) -> Any:
    """The formula over whole ranges of one size, each as a flat list of its cells."""
    try:
        lists = [[cell for row in rows_of(argument.raw) for cell in row] for argument in given]
        _pass_errors_on([cell for cells_ in lists for cell in cells_])
        _same_shape(given)
        return _shown(formula(*([g.read(g.name, cell) for cell in lists[i]] for i, g in enumerate(given))))
    except CellError as answer:
        return answer.text


def over_tables(formula: Callable[..., Any], *given: GivenArgument) -> Any:
    """The formula over ranges that have sizes of their own: it takes the arguments and says itself what is wrong."""
    try:
        _pass_errors_on([cell for argument in given for row in rows_of(argument.raw) for cell in row])
        return _shown(formula(*given))
    except CellError as answer:
        return answer.text


def _one(formula: Callable[..., Any], given: Sequence[GivenArgument], raws: Sequence[Any]) -> Any:
    try:
        _pass_errors_on(raws)
        values = [argument.read(argument.name, raws[i]) for i, argument in enumerate(given)]
        return _shown(formula(*values))
    except CellError as answer:
        return answer.text


def _shown(result: Any) -> Any:
    return MISSING if result is None else result


def _pass_errors_on(raws: Sequence[Any]) -> None:
    for raw in raws:
        if is_error(raw):
            raise CellError(raw)


def _is_flat(raw: Any) -> bool:
    return isinstance(raw, (list, tuple)) and len(raw) > 1 and not isinstance(raw[0], (list, tuple))


def _size(tables: Sequence[Rows]) -> Tuple[int, int]:
    return max((len(t) for t in tables), default=1), max((len(t[0]) for t in tables if t), default=1)


def _at(table: Rows, row: int, column: int) -> Any:
    return table[0][0] if _size([table]) == (1, 1) else table[row][column]


def _of_one_size(given: Sequence[GivenArgument]) -> List[Rows]:
    tables = [rows_of(argument.raw) for argument in given]
    ranges = [i for i, table in enumerate(tables) if _size([table]) != (1, 1)]
    for i in ranges[1:]:
        if _size([tables[i]]) != _size([tables[ranges[0]]]):
            raise CellError(answers.other_size(given[i].name, given[ranges[0]].name))
    return tables


def _same_shape(given: Sequence[GivenArgument]) -> None:
    sizes = [_size([rows_of(argument.raw)]) for argument in given]
    for argument, size in zip(given, sizes):  # noqa: B905 - strict= is newer than the hosts' Pythons
        if size != sizes[0]:
            raise CellError(answers.other_size(argument.name, given[0].name))
