"""What the cells of an open workbook show: asked of a program, or sent by the task pane."""

from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import openpyxl
import pytest

from poa_xl import cells
from poa_xl.addins import macros, number_formats
from poa_xl.reading import Grid
from tests import json_bridge
from tests.places import At, at, cell_at, cell_of, written
from tests.test_macros import edited, listed, run, sound, workbook

pytestmark = pytest.mark.slow

__all__ = ["sound", "workbook"]  # fixtures


class Sheet:
    """A worksheet of a program that is asked for number formats; it counts how often."""

    name = "Tareas"

    def __init__(self, codes: list[list[str]], engine: str = "desktop") -> None:
        self.codes, self.asked = codes, 0
        self.book = SimpleNamespace(app=SimpleNamespace(engine=SimpleNamespace(type=engine)))

    def range(self, first: tuple[int, int], last: tuple[int, int]) -> Any:
        self.asked += 1
        found = {self.codes[r - 1][first[1] - 1] for r in range(first[0], last[0] + 1)}
        return SimpleNamespace(number_format=found.pop() if len(found) == 1 else None)


def shown(grid: Grid) -> list[list[str]]:
    return [[cells.show(v) if isinstance(v, cells.Formatted) else "" for v in row] for row in grid]


def test_a_program_is_asked_what_the_cells_with_numbers_show() -> None:
    grid: Grid = [["Prog.", "Ejec.", ""], [1.0, 0.175, ""], ["x", 2.0, ""], [3.0, 4.0, 5.0]]
    codes = [["@"] * 3, ["0%", "0.0%", "0%"], ["0%", "0", "0%"], ["0", '"USD" 0', "0.00"]]
    number_formats.put(Sheet(codes), grid, None)
    assert shown(grid) == [["", "", ""], ["100 %", "17,5 %", ""], ["", "", ""], ["", "USD 4", ""]]


@pytest.mark.parametrize("rows", [10, 1000])
def test_a_sheet_of_usual_formats_is_asked_once_a_column(rows: int) -> None:
    sheet = Sheet([["#,##0.00"] * 5] * rows)
    number_formats.put(sheet, [[1.0] * 5 for _ in range(rows)], None)
    assert sheet.asked == 5


def test_one_odd_cell_among_many_is_found_by_few_questions() -> None:
    codes = [["0"] for _ in range(1000)]
    codes[700] = ["0%"]
    grid: Grid = [[1.0] for _ in range(1000)]
    sheet = Sheet(codes)
    number_formats.put(sheet, grid, None)
    assert [n for n, row in enumerate(grid) if isinstance(row[0], cells.Formatted)] == [700]
    assert sheet.asked < 50


@pytest.mark.parametrize(("code", "mark"), [
    ("$#,##0.00", ""), ('_("$"* #,##0.00_)', ""), ("[$$-409]#,##0.00", "$ 5"), ('"US$" 0', "US$ 5"), ("[$€-2] 0", "€ 5"), ("0%", "500 %"),
])  # fmt: skip
def test_the_sign_that_excel_writes_for_its_own_currency_says_nothing(code: str, mark: str) -> None:
    grid: Grid = [[5.0]]
    number_formats.put(Sheet([[code]]), grid, None)
    assert shown(grid) == [[mark]]


def test_a_program_that_cannot_be_asked_is_not(caplog: pytest.LogCaptureFixture) -> None:
    sheet, grid = Sheet([["0%"]], "remote"), [[1.0]]
    number_formats.put(sheet, grid, None)  # type: ignore[arg-type]
    assert (sheet.asked, grid) == (0, [[1.0]])


@pytest.mark.parametrize("raw", [
    None, 5, "x", [], {"Tareas": None}, {"Tareas": {"0%": "E5"}}, {"Tareas": {"0%": [5, None, "", "E0", "5E", "e5"]}}, {"T": [["0%"]]},
])  # fmt: skip
def test_what_the_task_pane_never_sends_is_left_out(raw: object) -> None:
    assert number_formats.given(raw) == {}


def test_what_the_task_pane_sends_is_taken() -> None:
    assert number_formats.given({"Tareas": {"0%": ["E5", "XFD1048576"]}, "b": {"0": [3, "A1"]}}) == {
        "Tareas": {"E5": "0%", "XFD1048576": "0%"},
        "b": {"A1": "0"},
    }


Shown = tuple[At, object, str]  # place, value, number format
PERCENT: Shown = (at("Tareas", "Prog. ene"), 1, "0%")


def changed(place: At, value: object, code: str) -> Callable[[Any], None]:
    def change(book: Any) -> None:
        cell = cell_at(book, place)
        cell.value = value
        cell.number_format = code

    return change


@pytest.mark.parametrize(("cell", "code"), [
    (PERCENT, "CEL-013"), ((at("Presupuesto", "Presupuesto inicial"), 0.175, "0.0%"), "CEL-013"), ((at("Tareas", "Ejec. ene"), "100%", "General"), "CEL-013"),
    ((at("Presupuesto", "Dev. ene"), "$us 5", "General"), "CEL-015"), ((at("Tareas", "Prog. ene"), 2, '"USD" 0'), "CEL-017"),
])  # fmt: skip
@pytest.mark.parametrize("macro", [macros.validar_libro, macros.preparar_entrega])
def test_the_buttons_say_what_validate_says_of_what_a_cell_shows(
    cell: Shown, code: str, macro: Any, workbook: Path
) -> None:
    path = edited(workbook, changed(*cell))
    known = number_formats.given(json_bridge.sent_formats(path))
    _, out, _ = run(lambda book: macro(book, known), path)
    assert (written(path, cell[0]), code) in {(str(row[0]).split('"')[-2], row[2]) for row in listed(out)}


def test_a_format_of_bolivianos_raises_nothing(workbook: Path) -> None:
    place = at("Presupuesto", "Presupuesto inicial")
    value = cell_at(openpyxl.load_workbook(workbook), place).value
    path = edited(workbook, changed(place, value, '"Bs" #,##0.00'))
    known = number_formats.given(json_bridge.sent_formats(path))
    assert cell_of(path, place) in known["Presupuesto"]
    _, out, _ = run(lambda book: macros.validar_libro(book, known), path)
    assert listed(out) == []
