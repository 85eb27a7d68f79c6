"""The worksheet functions: every case of tests/cases/funciones.yaml, and what the list promises to the hosts."""

import ast
import inspect
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import poa_xl
from poa_xl.functions import registry
from poa_xl.functions.registry import FUNCTIONS
from tests import host_table
from tests.function_cases import CASES, FEWEST, Case, agrees

BY_NAME = {function.name: function for function in FUNCTIONS}
NO_CASES = {"POA_VERSION"}  # its answer changes with every version
ROOT = Path(poa_xl.__file__).parent.parent
PACKAGE = Path(poa_xl.__file__).parent
COPIED = [
    PACKAGE / part
    for part in ("functions/arguments.py", "functions/goals.py", "functions/registry.py", "messages/answers.py")
]


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_each_case_gives_what_an_official_expects(case: Case, record_property: Callable[[str, object], None]) -> None:
    result = BY_NAME[case.function].call(*case.arguments)
    assert agrees(result, case.gives), result
    host_table.note(record_property, "core", [case.name], {})


def test_there_are_cases_enough_for_every_function() -> None:
    assert len(CASES) >= FEWEST
    assert {case.function for case in CASES} == BY_NAME.keys() - NO_CASES


def test_a_wrong_result_would_be_seen() -> None:
    assert not agrees(75.1, 75)
    assert not agrees("75", 75)
    assert not agrees([[75, 75]], [[75], [75]])
    assert not agrees(75, "n/a")


def test_a_tuple_is_a_range_as_much_as_a_list() -> None:
    assert registry.EFICACIA(((1.0,), (2.0,)), ((4.0,), (4.0,))) == [[25.0], [50.0]]


def test_a_flat_row_comes_back_flat() -> None:
    assert registry.EFICACIA([1, 2], [4, 4]) == [25.0, 50.0]


def test_the_version_is_that_of_the_package() -> None:
    assert registry.POA_VERSION() == poa_xl.__version__


def test_every_function_and_argument_has_spanish_help() -> None:
    for function in FUNCTIONS:
        assert function.help.endswith("."), function.name
        assert list(inspect.signature(function.call).parameters) == [a.name for a in function.arguments]
        for argument in function.arguments:
            assert argument.help.endswith("."), (function.name, argument.name)
            assert argument.name.isascii()
            assert (
                argument.name.isalpha()
            )  # an interface of LibreOffice takes no underscore here, and then loads nothing
            assert not argument.optional or "si no se da" in argument.help


def test_every_wrong_argument_is_named() -> None:
    answers = [case for case in CASES if isinstance(case.gives, str) and case.gives.startswith("#POA!")]
    assert len(answers) > 20
    for case in answers:
        name = case.gives.removeprefix("#POA! ").partition(":")[0]
        assert name in {a.name for f in FUNCTIONS for a in f.arguments}


@pytest.mark.parametrize("path", COPIED, ids=lambda path: path.name)
def test_the_copied_modules_are_python_3_8(path: Path) -> None:
    ast.parse(path.read_text(encoding="utf-8"), feature_version=(3, 8))


def test_the_functions_need_the_standard_library_alone() -> None:
    """Without site-packages, so without xlwings, as in LibreOffice's own Python."""
    program = "from poa_xl.functions import registry; print(registry.EFICACIA('3,0', [[4], [None]]), registry.xlwings)"
    done = subprocess.run([sys.executable, "-S", "-c", program], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.stdout.strip() == "[[75.0], ['n/a']] None", done.stderr


@pytest.mark.slow
def test_xlwings_conversion_layer_gives_the_same_in_every_case(
    record_property: Callable[[str, object], None],
) -> None:
    """As cells and as constants typed into the formula; a single cell comes as a range of one, which Excel shows so."""
    worker = [sys.executable, "-m", "tests.xlwings_worker"]
    done = subprocess.run(worker, capture_output=True, text=True, encoding="utf-8", cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    results = json.loads(done.stdout)
    assert len(results) == 2 * len(CASES)
    for case in CASES:
        expected = case.gives if isinstance(case.gives, list) else [[case.gives]]
        for way in ("cells", "typed"):
            result = results[f"{case.name} {way}"]
            assert agrees(result, expected), (case, way, result)
    host_table.note(record_property, "xlwings conversion", [case.name for case in CASES], {})
