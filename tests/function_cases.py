"""The cases of the worksheet functions, for the test of every spreadsheet program."""

from decimal import Decimal
from pathlib import Path
from typing import Any, NamedTuple

import yaml

from poa_xl.sheets import MESES

FEWEST = 150


class Case(NamedTuple):
    """A call of a worksheet function and what the cell must show."""

    function: str
    arguments: tuple[Any, ...]
    gives: Any
    name: str


class _Loader(yaml.SafeLoader):
    pass


def _year(loader: Any, node: Any) -> list[Any]:
    """The twelve cells of some months; the others are blank."""
    said = loader.construct_mapping(node, deep=True)
    assert said.keys() <= set(MESES), said
    return [said.get(month) for month in MESES]


_Loader.add_constructor("!decimal", lambda loader, node: Decimal(str(node.value)))
_Loader.add_constructor("!meses", lambda loader, node: [_year(loader, node)])
_Loader.add_constructor("!columna", lambda loader, node: [[cell] for cell in _year(loader, node)])
_Loader.add_constructor("!tareas", lambda loader, node: [_year(loader, task) for task in node.value])


def _cases() -> list[Case]:
    text = (Path(__file__).parent / "cases" / "funciones.yaml").read_text(encoding="utf-8")
    by_function = yaml.load(text, _Loader)
    return [
        Case(function, tuple(case["argumentos"]), case["da"], f"{function}-{i}")
        for function, cases in by_function.items()
        for i, case in enumerate(cases, start=1)
    ]


CASES = _cases()


def agrees(result: Any, expected: Any) -> bool:
    """Texts alike, numbers within what binary arithmetic leaves, ranges cell by cell with one shape."""
    if isinstance(expected, list):
        same = isinstance(result, (list, tuple)) and len(result) == len(expected)
        return same and all(agrees(r, e) for r, e in zip(result, expected, strict=True))
    if isinstance(expected, str) or isinstance(result, (str, bool)):
        return type(result) is type(expected) and result == expected
    return isinstance(result, (int, float)) and abs(result - expected) <= 1e-12 * max(1.0, abs(expected))
