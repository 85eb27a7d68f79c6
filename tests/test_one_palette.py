"""Colours and number formats stand in one place: the semaforo's in `palette`, those of workbooks in `writers.xlsx.formats`,
those of a page in its variables."""

import ast
import re
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from poa_xl import palette
from poa_xl.writers.xlsx import formats

PACKAGE = Path(formats.__file__).parents[2]
COLOUR = re.compile(r"#(?:[0-9A-Fa-f]{6}|[0-9A-Fa-f]{3})\b")
WRITTEN_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}\b")
NUMBER_FORMAT = re.compile(r"#,##0|(?<![\d.])0\.0+(?![\d.])|dd/mm/yyyy|h:mm|\[\$-")
# Modules that say them for another reason than to show something in a workbook.
FORMATS_OF_ITS_OWN = {
    "report/word/chart.py": "in the chart of a document, whose language says the marks",
    "guards/format_marks.py": "the formats that the file format has by number: they are read",
    "sample/defects_rows.py": "what a unit did wrong: formats that ours are not",
}
PLACE = "writers/xlsx/formats.py"
SHARED_STYLE = "single_page.css"  # of all pages, in the colours of each
SEMAFORO = "palette.py"


def texts(source: str) -> Iterator[str]:
    """The texts that a module holds but its docstrings."""
    tree = ast.parse(source)
    described = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, described) and node.body and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str | bytes) and id(node) not in docstrings:
            yield node.value if isinstance(node.value, str) else node.value.decode("latin-1")


def number_formats_given(source: str) -> Iterator[str]:
    """Texts that are given right away as the number format of a cell, whatever they look like."""
    for node in ast.walk(ast.parse(source)):
        pairs: list[tuple[object, ast.expr | None]] = []
        if isinstance(node, ast.keyword):
            pairs = [(node.arg, node.value)]
        elif isinstance(node, ast.Dict):
            pairs = [
                (key.value if isinstance(key, ast.Constant) else None, v)
                for key, v in zip(node.keys, node.values, strict=True)
            ]
        for name, value in pairs:
            if name in ("num_format", "number_format") and isinstance(value, ast.Constant):
                yield str(value.value)


def colours(source: str) -> list[str]:
    return [text for text in texts(source) if WRITTEN_COLOUR.search(text)]


def written_formats(source: str) -> list[str]:
    return [text for text in texts(source) if NUMBER_FORMAT.search(text)] + list(number_formats_given(source))


@cache
def modules() -> dict[str, str]:
    return {path.relative_to(PACKAGE).as_posix(): path.read_text(encoding="utf-8") for path in PACKAGE.rglob("*.py")}


@pytest.mark.slow
def test_no_other_module_says_a_colour() -> None:
    saying = {name: found for name, source in modules().items() if (found := colours(source))}
    assert saying.keys() == {PLACE, SEMAFORO}


@pytest.mark.slow
def test_no_other_module_says_a_number_format() -> None:
    saying = {name: found for name, source in modules().items() if (found := written_formats(source))}
    assert saying.keys() == {PLACE, *FORMATS_OF_ITS_OWN}


@pytest.mark.parametrize(
    "source",
    [
        'look = formats.get(font_color="#0563C1")',
        "SHAPE = b\"fillcolor='#ffffe1'\"",
        "look = f\"<v:fill color2='#ffffe1' id={n}>\"",
    ],
)
def test_a_colour_is_found_wherever_it_stands(source: str) -> None:
    assert colours(source)


@pytest.mark.parametrize(
    "source",
    [
        'X = "[$-400A]#,##0.00"',
        'look(num_format="0")',
        'axis = {"num_format": "@"}',
        'MOMENT = f"{DATE} hh:mm"',
        'X = "0.00%"',
    ],
)
def test_a_number_format_is_found_wherever_it_stands(source: str) -> None:
    assert written_formats(source)


@pytest.mark.parametrize(
    "source",
    [
        '"""The colour `#0072B2`."""',
        'address = "#Tareas!A1"',
        'found = "SAL-001 #12"',
        "size = 0.05",
        'count = node.get("count", "0")',
    ],
)
def test_what_only_looks_like_one_is_none(source: str) -> None:
    assert not colours(source)
    assert not written_formats(source)


def test_the_two_warnings_can_be_read_on_white() -> None:
    for color in (formats.WARNING_COLOR, formats.LOUD_WARNING_COLOR, formats.LINK_COLOR, formats.HELP_COLOR):
        assert palette.contrast(color, palette.WHITE) >= 4.5


@pytest.mark.parametrize("page", sorted(PACKAGE.rglob("*.css")), ids=lambda path: path.name)
def test_the_colours_of_a_page_stand_in_its_variables(page: Path) -> None:
    lines = [line.strip() for line in page.read_text(encoding="utf-8").splitlines() if COLOUR.search(line)]
    assert lines or page.name == SHARED_STYLE
    assert [line for line in lines if not line.startswith("--")] == []
