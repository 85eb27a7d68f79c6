"""What a workbook with macros that was sent out calls is still there, under the name that it calls."""

import importlib
import re
import subprocess
import sys
from pathlib import Path

import openpyxl
import pytest
from oletools.olevba import VBA_Parser

from poa_xl import functions
from poa_xl.addins.excel import buttons
from poa_xl.functions import registry
from poa_xl.names import XLWINGS_SHEET

SENT = sorted((Path(__file__).parent / "before").glob("libros-v*/*.xlsm"))


def source(path: Path) -> str:
    parser = VBA_Parser(str(path))
    try:
        return "\n".join(code for _, _, _, code in parser.extract_macros())
    finally:
        parser.close()


def udf_module(path: Path) -> str:
    rows = openpyxl.load_workbook(path, read_only=True)[XLWINGS_SHEET].iter_rows(values_only=True)
    return str({row[0]: row[1] for row in rows}["UDF Modules"])


def test_a_workbook_of_before_is_there() -> None:
    assert SENT


@pytest.mark.parametrize("path", SENT, ids=lambda p: p.name)
def test_each_function_that_a_workbook_of_before_asks_for_is_one_of_the_registry(path: Path) -> None:
    called = set(re.findall(r'CallUDF\("(poa_xl[\w.]*)", "(\w+)"', source(path)))
    assert {module for module, _ in called} == {udf_module(path)}
    assert {name for _, name in called} >= {"EFICACIA", "EJECUCION", "SEMAFORO"}
    for module, name in called:
        assert getattr(importlib.import_module(module), name) is getattr(registry, name)


@pytest.mark.parametrize("path", SENT, ids=lambda p: p.name)
def test_each_line_of_python_that_a_button_of_before_runs_finds_its_function(path: Path) -> None:
    lines = re.findall(r'RunPython "(from poa_xl[^;"]+); (\w+)\.(\w+)\(\)"', source(path))
    assert {name for _, _, name in lines} == {"validar", "preparar_entrega"}
    for line, module, name in lines:
        space: dict[str, object] = {}
        exec(line, space)  # as xlwings runs it
        assert getattr(space[module], name) is getattr(buttons, name)


@pytest.mark.slow
def test_a_name_of_before_loads_in_a_python_that_has_loaded_nothing_else() -> None:
    program = "from poa_xl.hosts.excel import buttons; from poa_xl.hosts import functions; print(functions.__name__)"
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert said.stdout.strip() == f"{functions.__name__}.registry"


def test_nothing_but_these_names_is_left_under_the_name_of_before() -> None:
    place = Path(functions.__file__).parents[1] / "hosts"
    assert sorted(p.relative_to(place).as_posix() for p in place.rglob("*.py")) == [
        "__init__.py",
        "excel/__init__.py",
        "excel/buttons.py",
        "functions.py",
    ]
