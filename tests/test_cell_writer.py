"""The one writer of cells: what becomes of a value, by its type."""

import ast
import datetime as dt
import math
import zipfile
from functools import cache
from pathlib import Path

import openpyxl
import pytest
from xlsxwriter import Workbook

from poa_xl.writers.xlsx import cells, formats
from poa_xl.writers.xlsx.cells import Formula
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS

PACKAGE = Path(formats.__file__).parents[2]
STRANGERS = (
    "=1+1",
    "+1",
    "-2",
    "@SUM(A1)",
    "{=A1}",
    "http://ejemplo.bo",
    "internal:Hoja!A1",
    "10",
    "1.10",
    "TRUE",
    "#N/A",
)


def written(folder: Path, value: object, number_format: str = "General") -> Path:
    """A workbook with one cell, A1."""
    path = folder / "una.xlsx"
    with Workbook(str(path), OPTIONS) as workbook:
        look = workbook.add_format({"num_format": number_format})
        cells.write(workbook.add_worksheet("Hoja"), 0, 0, value, look)
    return path


def read(path: Path) -> tuple[object, str]:
    cell = openpyxl.load_workbook(path).worksheets[0]["A1"]
    return cell.value, cell.data_type


@pytest.mark.parametrize("text", STRANGERS)
def test_a_text_is_a_text_whatever_it_looks_like(text: str, tmp_path: Path) -> None:
    path = written(tmp_path, text)
    with zipfile.ZipFile(path) as archive:
        sheet = archive.read("xl/worksheets/sheet1.xml").decode()
        assert "<f>" not in sheet
        assert "<hyperlink" not in sheet
        assert 't="s"' in sheet
    assert read(path)[0] == text


def test_only_a_formula_of_ours_becomes_one_and_has_its_value(tmp_path: Path) -> None:
    path = written(tmp_path, Formula("=1+1", 2))
    assert read(path) == ("=1+1", "f")
    assert openpyxl.load_workbook(path, data_only=True).worksheets[0]["A1"].value == 2


@pytest.mark.parametrize(
    ("value", "number_format", "expected"),
    [
        (7, "General", 7),
        (0.1 + 0.2, "General", 0.1 + 0.2),  # 17 digits
        (0, "General", 0),
        (True, "General", True),
        (None, "General", None),
        (math.nan, "General", None),
        (dt.date(2024, 7, 5), formats.DATE, dt.datetime(2024, 7, 5)),
        (dt.datetime(2024, 7, 5, 9, 30), formats.MOMENT, dt.datetime(2024, 7, 5, 9, 30)),
        (dt.date(1900, 1, 1), "General", 1),
        (dt.time(9, 30), "General", 9.5 / 24),
    ],
)
def test_a_value_is_what_it_was(value: object, number_format: str, expected: object, tmp_path: Path) -> None:
    assert read(written(tmp_path, value, number_format))[0] == expected


def test_a_text_that_no_cell_holds_is_cut_and_says_so(tmp_path: Path) -> None:
    found, _ = read(written(tmp_path, "á" * 40_000))
    assert len(str(found)) == formats.LONGEST_TEXT
    assert str(found).endswith("… (texto recortado)")


# Of XlsxWriter's methods, those that one module alone calls.
ONE_PLACE = {
    "write_number": "writers/xlsx/cells.py",
    "write_datetime": "writers/xlsx/cells.py",
    "write_boolean": "writers/xlsx/cells.py",
    "set_paper": "writers/xlsx/page.py",
    "set_landscape": "writers/xlsx/page.py",
    "set_footer": "writers/xlsx/page.py",
    "fit_to_pages": "writers/xlsx/page.py",
    "ignore_errors": "writers/xlsx/page.py",
    "freeze_panes": "writers/xlsx/page.py",
}


@cache
def calls() -> dict[str, list[ast.Attribute]]:
    """What each writer calls by a dot."""
    return {
        path.relative_to(PACKAGE).as_posix(): [
            node.func
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
        ]
        for path in (PACKAGE / "writers").rglob("*.py")
    }


@pytest.mark.parametrize("method", ONE_PLACE)
def test_what_a_type_becomes_and_how_a_page_is_set_up_stand_in_one_place(method: str) -> None:
    assert {name for name, called in calls().items() if any(c.attr == method for c in called)} == {ONE_PLACE[method]}


def bare_writes(source: str) -> list[int]:
    """The lines on which XlsxWriter's `write` gets a place and a value, whatever the worksheet is called.

    What is called by the name of a module is a function of ours, and so is `self.write` where the module defines it.
    """
    nodes = list(ast.walk(ast.parse(source)))
    imports = [alias for node in nodes if isinstance(node, ast.Import | ast.ImportFrom) for alias in node.names]
    ours = {alias.asname or alias.name for alias in imports}
    if any(isinstance(node, ast.FunctionDef) and node.name == "write" for node in nodes):
        ours.add("self")
    return [
        node.lineno
        for node in nodes
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr == "write"
        and ast.unparse(node.func.value) not in ours
        and _has_place(node.args)
    ]


def _has_place(arguments: list[ast.expr]) -> bool:
    """Whether a row, a column and a value are given, or an address and a value."""
    starred = any(isinstance(argument, ast.Starred) for argument in arguments)
    text = isinstance(arguments[0], ast.Constant) if len(arguments) == 2 else False
    return len(arguments) >= 3 or starred or text


def test_no_writer_leaves_it_to_the_library_what_a_value_becomes() -> None:
    """XlsxWriter's `write` would make a formula of «=1+1» and a link of an address."""
    places = {path: path.read_text(encoding="utf-8") for path in (PACKAGE / "writers").rglob("*.py")}
    assert [f"{path.name}:{line}" for path, source in places.items() for line in bare_writes(source)] == []


@pytest.mark.parametrize("sheet", ["ws", "hoja", "self", "self._sheet", "hojas[0]", "book.add_worksheet('A')"])
@pytest.mark.parametrize("given", ["0, 0, text", "row, col, text, look", "*place, text", "'A1', text"])
def test_a_bare_write_is_found_whatever_its_worksheet_is_called(sheet: str, given: str) -> None:
    assert bare_writes(f"from poa_xl.writers.xlsx import cells\n\n{sheet}.write({given})\n") == [3]


@pytest.mark.parametrize(
    "source",
    [
        "from poa_xl.writers.xlsx import cells\ncells.write(ws, 0, 0, text, look)",
        "class Sheet:\n    def write(self, row, col, text): ...\n    def line(self): self.write(0, 0, 'a')",
        "archive.write(path)\nfile.write('text')\nsummary.write(book, sheet)",
    ],
)
def test_what_is_no_write_of_the_library_is_none(source: str) -> None:
    assert bare_writes(source) == []
