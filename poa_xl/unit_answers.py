"""What a unit wrote in our sheet Observaciones: answers beside the rows of our list, and remarks anywhere else in it.

Ours are the rows of the list alone, and of these our own columns. Whoever writes the list again carries the rest: an
answer goes with its observation, to wherever that stands now; an answer to what is no longer observed stays below the
list as a row «anterior»; remarks come last. Python 3.8 syntax and the standard library alone: LibreOffice has a copy.
"""
# ruff: noqa: B905, UP006, UP035, UP045 - the Pythons of the spreadsheet programs are older

import re
from typing import Callable, Dict, Iterable, List, NamedTuple, Optional, Sequence, Tuple

from poa_xl import cells, row_marks, titles
from poa_xl.messages import EXCEPTED, Severity
from poa_xl.observations import (
    FIRST_ROW,
    HEADER_ROW,
    HEADERS,
    LAST_ROW,
    SUMMARY_ROW,
    TITLE_ROW,
    Observation,
    from_row,
    placed,
)

HEADER = "Respuesta de la unidad"
KEY_HEADER = "Fila observada"
WIDTH, KEY_WIDTH = 50, 40  # characters
COLUMN = len(HEADERS)  # from 0: beside our own
# Ours where it has our title: by it an answer finds its row when rows move. Hidden, and far from where people write.
KEY_COLUMN = 25
MOST = LAST_ROW - FIRST_ROW + 1  # observations that the list shows
FORMER = "anterior"  # stands under Severidad where an answer is kept to what is no longer observed
_FORMER_PLACE = "Antes, en {}"  # not the place alone: the marks of the cells and their count go by that
_FORMER_ACTION = "Es de una revisión anterior; se conserva la respuesta."
_JOINT = " · "
UNKNOWN = "?"  # the sheet of a row whose place cannot be read
_PLACE, _SEVERITY, _CODE, _WHAT = (HEADERS.index(title) for title in ("Lugar", "Severidad", "Código", "Qué pasa"))
_WEIGHTS = frozenset([*(str(one) for one in Severity), EXCEPTED, FORMER])
_A_CODE = re.compile(r"[A-Z]{3}(-[0-9]{3})?$")
_FRAME = frozenset([(TITLE_ROW, 0), (SUMMARY_ROW, 0), *((HEADER_ROW, column) for column in range(len(HEADERS)))])

Place = Tuple[int, int]  # Excel row, column from 0


class ListLine(NamedTuple):
    """A row of our list. `beside` are the cells to its right: column from 0 -> where it stands."""

    number: int
    said: Observation
    beside: Dict[int, Place]
    answer: str  # their texts

    @property
    def former(self) -> bool:
        """Whether its observation was gone already when the list was written."""
        return self.said.severity == FORMER


class UnitRemark(NamedTuple):
    """A row that is not ours, or what stands in one of the rows above the list: column from 0 -> where it stands."""

    number: int
    cells: Dict[int, Place]
    text: str


class OurList(NamedTuple):
    """What a sheet Observaciones holds."""

    lines: List[ListLine]
    remarks: List[UnitRemark]
    keyed: bool = True  # whether the column of keys is ours: people may have written there before it was

    @property
    def said(self) -> List[Observation]:
        """What the list says of the workbook as it is."""
        return [line.said for line in self.lines if not line.former]


class ListRow(NamedTuple):
    """A row as it is to be written: our cells (none for a remark), where the first leads, what the hidden column says
    (`row_marks`), and the cells of the unit."""

    number: int
    own: List[str]
    target: str
    key: str
    kept: Dict[int, Place]


class WrittenList(NamedTuple):
    """A list as it is to be written: what it shows of all that was found, and its rows with all that is below them."""

    shown: List[Observation]
    rows: List[ListRow]
    keyed: bool


def is_ours(grid: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet is ours and not one that a person gave the same name."""
    return len(grid) >= HEADER_ROW and tuple(grid[HEADER_ROW - 1][: len(HEADERS)]) == HEADERS


def read(grid: Sequence[Sequence[object]]) -> OurList:
    """What a sheet Observaciones of ours holds; `grid` are its rows from A1 on."""
    header = grid[HEADER_ROW - 1] if len(grid) >= HEADER_ROW else []
    if list(header[KEY_COLUMN : KEY_COLUMN + 1]) == [KEY_HEADER]:
        sheet = read_as(grid, _is_marked_line, _keyed_line)
        return sheet._replace(remarks=[one for one in (_unmarked(one, grid) for one in sheet.remarks) if one.cells])
    sheet = read_as(grid, _is_line, _line)
    return sheet._replace(keyed=all(KEY_COLUMN not in row for row in _cells_of(sheet)))


def _cells_of(sheet: OurList) -> List[Dict[int, Place]]:
    return [line.beside for line in sheet.lines] + [remark.cells for remark in sheet.remarks]


def read_as(
    grid: Sequence[Sequence[object]], is_line: Callable[[Sequence[object]], bool], line: Callable[..., ListLine]
) -> OurList:
    """What a sheet with a list of ours holds. `is_line` says whether a row is of the list, `line` what it says."""
    lines, remarks = [], []
    for number, row in enumerate(grid, start=1):
        filled = [column for column, value in enumerate(row) if _text(value)]
        if number >= FIRST_ROW and is_line(row):
            lines.append(line(number, row, filled))
            continue
        own = [column for column in filled if not _is_frame(number, column, row[column])]
        if own:
            text = _JOINT.join(_text(row[column]) for column in own)
            remarks.append(UnitRemark(number, {column: (number, column) for column in own}, text))
    return OurList(lines, remarks)


def _text(value: object) -> str:
    return "" if value is None else cells.show(value).strip()


def _is_frame(number: int, column: int, value: object) -> bool:
    ours = {COLUMN: HEADER, KEY_COLUMN: KEY_HEADER}
    return (number, column) in _FRAME or (number == HEADER_ROW and column in ours and value == ours[column])


def _is_line(row: Sequence[object]) -> bool:
    """A row with one of our codes and what it means, or with a place and our word for its weight: the other cells may
    have been written over, or emptied."""
    place, severity, code, what = (_text(cell) for cell in [*row, *[""] * len(HEADERS)][: _WHAT + 1])
    return bool((_A_CODE.match(code) and what) or (place and severity in _WEIGHTS))


def _line(number: int, row: Sequence[object], filled: Sequence[int]) -> ListLine:
    said = from_row([*row, *[""] * len(HEADERS)])
    if not _text(row[0]):
        said = said._replace(sheet=UNKNOWN)
    places = {column: (number, column) for column in filled if column >= COLUMN}
    if said.severity not in _WEIGHTS and said.severity.strip():  # «corregido», where ours stood
        places[next(c for c in range(COLUMN, len(row) + COLUMN + 1) if c not in (*places, KEY_COLUMN))] = (
            number,
            _SEVERITY,
        )
    if said.severity == FORMER:
        said = _before(said, str(row[0] or ""))
    return ListLine(number, said, places, _joined(row, places))


def _hidden(row: Sequence[object]) -> str:
    return _text(row[KEY_COLUMN]) if len(row) > KEY_COLUMN else ""


def _own(row: Sequence[object]) -> List[str]:
    return [_text(cell) for cell in [*row, *[""] * len(HEADERS)][: len(HEADERS)]]


def _mark(row: Sequence[object]) -> Optional[row_marks.Mark]:
    """What we wrote in a row; None where that is not known, or what stands there is of another row."""
    mark = row_marks.read(_hidden(row))
    return mark if mark and mark.of(_own(row)) else None


def _is_marked_line(row: Sequence[object]) -> bool:
    return _is_line(row) or _mark(row) is not None


def _unmarked(remark: UnitRemark, grid: Sequence[Sequence[object]]) -> UnitRemark:
    """Without what we wrote ourselves, out of sight."""
    row = grid[remark.number - 1]
    if KEY_COLUMN not in remark.cells or row_marks.read(_hidden(row)) is None:
        return remark
    own = {column: place for column, place in remark.cells.items() if column != KEY_COLUMN}
    return remark._replace(cells=own, text=_joined(row, own))


def _keyed_line(number: int, row: Sequence[object], filled: Sequence[int]) -> ListLine:
    rest = [column for column in filled if column != KEY_COLUMN]
    hidden, mark = _hidden(row), _mark(row)
    if mark is None:
        line = _line(number, row, rest)
        key = "" if row_marks.read(hidden) else hidden  # of another row, or the key alone
        return line._replace(said=line.said._replace(key=key))
    over = mark.typed_over(_own(row))
    said = [*_own(row), *row[len(HEADERS) :]]
    said[_PLACE], said[_CODE] = mark.place, mark.code
    if _WHAT in over:
        said[_WHAT] = ""
    if mark.place.startswith(_FORMER_PLACE.format("")):
        over += [_SEVERITY] if _text(said[_SEVERITY]) not in ("", *_WEIGHTS) else []
        said[_SEVERITY] = FORMER
    line = _line(number, said, rest)
    places = dict(line.beside)
    for column in over:
        free = next(c for c in range(COLUMN, len(row) + 2 * COLUMN) if c not in (*places, KEY_COLUMN))
        places[free] = (number, column)
    return line._replace(said=line.said._replace(key=mark.key), beside=places, answer=_joined(row, places))


def _before(said: Observation, place: str) -> Observation:
    """The observation that a row «anterior» is about, with the place that it had."""
    head = _FORMER_PLACE.format("")
    there = placed(place[len(head) :] if place.startswith(head) else place)
    return said._replace(sheet=there.sheet, cell=there.cell)


def plain_line(number: int, row: Sequence[object], filled: Sequence[int]) -> ListLine:
    """A row of another list of five columns of ours, with what stands beside it."""
    places = {column: (number, column) for column in filled if column >= COLUMN}
    return ListLine(number, from_row([*row, *[""] * len(HEADERS)]), places, _joined(row, places))


def _joined(row: Sequence[object], places: Dict[int, Place]) -> str:
    return _JOINT.join(_text(row[places[column][1]]) for column in sorted(places))


def pairs(old: Sequence[Observation], new: Sequence[Observation]) -> Dict[int, int]:
    """Which of the old observations is which of the new ones, by their numbers.

    They are of one code and sheet. With the key of a row on both sides the row decides, wherever it stands now, and
    the cell where several have that key; without, the cell. Those that say the same go together first. Where an old
    one does not say its place (a program saved the link without its value), what it says decides.
    """
    found: Dict[int, int] = {}
    for key in _PLACELESS:
        _pair(old, new, key, found, placeless=True)
    for key in _PLACED:
        _pair(old, new, key, found)
    return found


_Key = Callable[[Observation], Optional[Tuple[str, ...]]]


def _column(one: Observation) -> str:
    return one.cell.rstrip("0123456789")


def _sheet(one: Observation) -> str:
    """One sheet has several spellings: a repair gives it its own name back."""
    return titles.key(one.sheet) or one.sheet


_PLACELESS: Tuple[_Key, ...] = (
    lambda one: (one.code, one.key, one.what) if one.key else None,
    lambda one: (one.code, one.what),
)
_PLACED: Tuple[_Key, ...] = (
    lambda one: (one.code, _sheet(one), one.key, one.cell, one.what) if one.key else None,
    lambda one: (one.code, _sheet(one), one.key, _column(one), one.what) if one.key else None,
    lambda one: (one.code, _sheet(one), one.key, _column(one)) if one.key else None,
    lambda one: (one.code, _sheet(one), one.cell, one.what),
    lambda one: (one.code, _sheet(one), one.cell),
)


def _pair(
    old: Sequence[Observation], new: Sequence[Observation], key: _Key, found: Dict[int, int], placeless: bool = False
) -> None:
    """Add pairs of one key. Rows whose own keys are there and differ are different rows, in whatever cell."""
    waiting: Dict[Tuple[str, ...], Tuple[List[int], List[int]]] = {}
    taken = set(found.values())
    for number, one in enumerate(old):
        own = key(one) if number not in found and (one.sheet == UNKNOWN) == placeless else None
        if own is not None:
            waiting.setdefault(own, ([], []))[0].append(number)
    for number, one in enumerate(new):
        own = None if number in taken else key(one)
        if own in waiting:
            waiting[own][1].append(number)
    for ours, theirs in waiting.values():
        if placeless and len(ours) != len(theirs):
            continue
        found.update(
            (a, b) for a, b in zip(ours, theirs) if not (old[a].key and new[b].key and old[a].key != new[b].key)
        )


def answered(sheet: OurList, found: Sequence[Observation]) -> Dict[int, ListLine]:
    """Number of what is found now -> the row with the answer to it."""
    lines = sorted((line for line in sheet.lines if line.answer), key=lambda line: line.former)
    which = pairs([line.said for line in lines], found)
    return {which[number]: line for number, line in enumerate(lines) if number in which}


def place_of(said: Observation) -> str:
    """Where an observation is, for a person; '' where that is not known."""
    return "" if said.sheet == UNKNOWN else said.place


def former_row(said: Observation) -> List[str]:
    """Our cells of an observation that is kept for its answer alone."""
    return [_FORMER_PLACE.format(place_of(said) or "?"), FORMER, said.code, said.what, _FORMER_ACTION]


def write(
    sheet: OurList, found: Sequence[Observation], former: Callable[[Observation], List[str]] = former_row
) -> WrittenList:
    """The list of what is found now with all that the unit wrote. Remarks above the list stay where they are.

    `former` gives our cells of a row that is kept for its answer alone.
    """
    answers = answered(sheet, found)
    numbers = _shown(len(found), answers)
    hidden = row_marks.write if former is former_row else _key_alone
    rows = [
        ListRow(
            number,
            found[at].row,
            found[at].target,
            hidden(found[at].key, found[at].row),
            answers[at].beside if at in answers else {},
        )
        for number, at in enumerate(numbers, start=FIRST_ROW)
    ]
    standing = {line.number for line in answers.values()}
    for line in sheet.lines:
        if line.answer and line.number not in standing:
            own = former(line.said)
            rows.append(ListRow(FIRST_ROW + len(rows), own, "", hidden(line.said.key, own), line.beside))
    below = _below(sheet.remarks, FIRST_ROW + len(rows))
    return WrittenList([found[at] for at in numbers], [*rows, *below], sheet.keyed)


def _key_alone(key: str, _own: Sequence[str]) -> str:
    """The list of what was repaired has no hidden column."""
    return key


def _shown(count: int, answers: Dict[int, ListLine]) -> List[int]:
    """Which observations the list shows, where it does not hold all: those with an answer, and then the first."""
    if count <= MOST:
        return list(range(count))
    first = [*sorted(answers), *(number for number in range(count) if number not in answers)]
    return sorted(first[:MOST])


def _below(remarks: Sequence[UnitRemark], after: int) -> Iterable[ListRow]:
    """Remarks below the list: a blank row first, and between those that had one between them."""
    number, last = after, 0
    for remark in (one for one in remarks if one.number >= FIRST_ROW):
        number += 1 if remark.number != last + 1 else 0
        yield ListRow(number, [], "", "", remark.cells)
        number, last = number + 1, remark.number
