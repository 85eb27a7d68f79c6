"""The worksheet functions: in LibreOffice beside plain formulas, and over the server of Excel on the web.

Both of a pair in one run and the best of a few, because the machine's speed drifts; the ratio is what to quote.
"""

import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import xlsxwriter

from tests.libreoffice import LibreOffice
from tests.web_browser import calling, served

CELLS = 5_000
TIMES = 5
FORMULAS = {"Funciones": "=EFICACIA(A{row},B{row})", "Nativas": "=A{row}/B{row}*100"}
_SECTION = """## Worksheet functions

{cells} cells of EFICACIA, in seconds, the best of {times} runs; the ratio is to the first line of each pair.

| | s | × | cells that differ |
|---|---|---|---|
| LibreOffice, a plain formula in each cell | {plain:.3f} | 1.0 | |
| LibreOffice, the function in each cell | {functions:.3f} | {slower:.1f} | {wrong} |
| Excel on the web by the server, one call for the column | {at_once:.3f} | 1.0 | |
| Excel on the web by the server, a call for each cell | {singly:.3f} | {dearer:.1f} | {differing} |
"""


@dataclass(frozen=True)
class Speeds:
    """Seconds of the cells in each way, and how many cells do not hold what the other way of a pair gives."""

    plain: float
    functions: float
    wrong: int
    at_once: float
    singly: float
    differing: int


def write(path: Path) -> None:
    """A workbook with a sheet of each kind of formula."""
    with xlsxwriter.Workbook(str(path)) as book:
        for name, formula in FORMULAS.items():
            sheet = book.add_worksheet(name)
            for row in range(1, CELLS + 1):
                sheet.write_row(row - 1, 0, (row % 97, row % 89 + 1))
                sheet.write_formula(row - 1, 2, formula.format(row=row))


def measured(office: LibreOffice, folder: Path) -> Speeds:
    """Both pairs; a workbook is written into `folder`."""
    path = folder / "velocidad.xlsx"
    write(path)
    best = office.fastest(path, tuple(FORMULAS), TIMES)
    functions, plain = (best[name] for name in FORMULAS)
    with served() as server, calling(server) as call:
        return Speeds(plain, functions, differing(office, path), *by_server(call))


def differing(office: LibreOffice, path: Path) -> int:
    """How many cells do not hold what they should: a formula that fails at once is no fast one."""
    cells = office.recalculate(path)
    found = {name: {place: cell.recalculated for place, cell in sheet.items()} for name, sheet in cells.items()}
    functions, plain = (found[name] for name in FORMULAS)
    wrong = sum(
        not math.isclose(float(str(value)), float(str(plain[place])), rel_tol=1e-9)
        for place, value in functions.items()
    )
    return wrong + abs(len(functions) - CELLS)


def by_server(call: Callable[..., Any]) -> tuple[float, float, int]:
    """Seconds of one call for the column, of a call for each cell, and how many cells differ."""
    done, planned = [[row] for row in range(CELLS)], [[8]] * CELLS
    call("EFICACIA", [[1]], [[8]])
    starts = [time.perf_counter()]
    at_once = call("EFICACIA", done, planned)
    starts.append(time.perf_counter())
    singly = [call("EFICACIA", [own], [[8]])[0] for own in done]
    starts.append(time.perf_counter())
    return starts[1] - starts[0], starts[2] - starts[1], sum(a != b for a, b in zip(singly, at_once, strict=True))


def section(speeds: Speeds) -> str:
    """Its part of the page."""
    return _SECTION.format(
        cells=CELLS, times=TIMES, slower=speeds.functions / speeds.plain, dearer=speeds.singly / speeds.at_once,
        **vars(speeds),
    )  # fmt: skip
