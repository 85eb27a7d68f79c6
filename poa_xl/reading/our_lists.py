"""The sheets with a list of ours in the workbook of a unit, and what the unit wrote in them.

A sheet is known by its titles, not by its name alone: people have sheets Observaciones and Reparaciones of their own.
"""

import re
from collections.abc import Mapping, Sequence
from typing import Protocol

from poa_xl import cells, unit_answers
from poa_xl.findings import Remark
from poa_xl.messages import annotated
from poa_xl.names import OBSERVATIONS_SHEET, REPAIRS_SHEET, is_own
from poa_xl.observations import HEADER_ROW, HEADERS
from poa_xl.reading.book import Answers, Grid, Grids, ListAnswer

_NUMBERED = re.compile(r"(.+?)( \d+)?")  # ours is «Observaciones 2» where a person has a sheet Observaciones
_OBSERVED = OBSERVATIONS_SHEET.casefold()
_HEADERS: Mapping[str, tuple[str, ...]] = {
    _OBSERVED: HEADERS,
    REPAIRS_SHEET.casefold(): annotated.REPAIRS_HEADERS,
}
_REPAIRED = frozenset(annotated.REPAIRS.values())
_REPAIR = annotated.REPAIRS_HEADERS.index("Qué se reparó")


def may_be(name: str) -> bool:
    """Whether a sheet has the name of one of ours."""
    return _of(name) in _HEADERS


def of_names(names: Sequence[str]) -> set[str]:
    """Those of a workbook's sheets that have the name of one of ours."""
    return {name for name in names if may_be(name)}


def _of(name: str) -> str:
    match = _NUMBERED.fullmatch(name)
    return match[1].casefold() if match else ""


def is_one(name: str, grid: Grid) -> bool:
    """Whether a sheet of such a name is ours."""
    headers = _HEADERS.get(_of(name))
    row = grid[HEADER_ROW - 1] if len(grid) >= HEADER_ROW else []
    return headers is not None and tuple(row[: len(headers)]) == headers


class _Sheets(Protocol):
    def __getitem__(self, name: str, /) -> Grid: ...


def is_ours(name: str, grids: _Sheets) -> bool:
    """Whether a sheet is one of those that our workbooks carry beside the sheets of the schemas."""
    return is_one(name, grids[name]) if may_be(name) else is_own(name)


def read(name: str, grid: Sequence[Sequence[object]]) -> unit_answers.OurList:
    """What a sheet of ours holds."""
    return unit_answers.read(grid) if _of(name) == _OBSERVED else repairs(grid)


def repairs(grid: Sequence[Sequence[object]]) -> unit_answers.OurList:
    """What a sheet Reparaciones of ours holds."""
    return unit_answers.read_as(
        grid, lambda row: len(row) > _REPAIR and row[_REPAIR] in _REPAIRED, unit_answers.plain_line
    )


def written(grids: Grids) -> Answers:
    """What a unit wrote in the sheets of ours that its workbook has."""
    found = Answers()
    for name in grids.names:
        if not may_be(name) or not is_one(name, grids[name]):
            continue
        sheet, observed = read(name, grids[name]), _of(name) == _OBSERVED
        for line in (line for line in sheet.lines if line.answer):
            place = _address(line.beside)
            if observed:
                found.answers.append(ListAnswer(name, place, line.said, line.answer))
            else:
                found.remarks.append(Remark(name, place, unit_answers.place_of(line.said), line.answer))
        found.remarks += [Remark(name, _address(one.cells), "", one.text) for one in sheet.remarks]
    return found


def _address(there: Mapping[int, unit_answers.Place]) -> str:
    row, column = there[min(there)]
    return f"{cells.letters(column)}{row}"
