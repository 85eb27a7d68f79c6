"""The worksheet functions in Excel on the web: every case, in both flavours, in a real Chromium."""

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import poa_xl
from poa_xl.functions.registry import FUNCTIONS
from tests import host_table
from tests.function_cases import CASES, Case, agrees
from tests.web_browser import Pane, calling
from tests.web_fixtures import Open

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]

ERRORS = {
    "#NULL!": "Null", "#DIV/0!": "Div0", "#VALUE!": "Value", "#REF!": "Ref", "#NAME?": "Name", "#NUM!": "Num",
    "#N/A": "NotAvailable",
}  # fmt: skip
FEWEST_COMPARED = 400
ROWS = 200


def sent(value: Any, blank: Any) -> Any:
    """A cell as Excel hands it to a function: no decimals, an error as an object."""
    if isinstance(value, Decimal):
        return float(value)
    if value in ERRORS:
        return {"type": "Error", "basicType": "Error", "basicValue": value, "errorType": ERRORS[value]}
    return blank if value is None else value


def table(argument: Any, blank: Any) -> list[list[Any]]:
    """An argument as the metadata asks for it: always rows of cells."""
    rows = argument if isinstance(argument, list) else [[argument]]
    return [[sent(cell, blank) for cell in row] for row in rows]


def shown(result: Any) -> Any:
    """What the cells show of a result."""
    if isinstance(result, list):
        return [shown(each) for each in result]
    if isinstance(result, dict):
        return next(text for text, name in ERRORS.items() if name == result["errorType"])
    return result


def has_a_date(case: Case) -> bool:
    """Excel hands a date to a function as the number that it is."""
    cells = [cell for argument in case.arguments for row in table(argument, None) for cell in row]
    return any(isinstance(cell, dt.date) for cell in cells)


TESTED = [case for case in CASES if not has_a_date(case)]


@pytest.mark.parametrize("blank", [None, ""], ids=["null", "empty"])
@pytest.mark.parametrize("flavour", ["static", "server"])
def test_every_case_gives_the_same(
    panes: dict[str, Pane], flavour: str, blank: str | None, record_property: Callable[[str, object], None]
) -> None:
    """With blank cells as null and as empty texts: Excel sends either."""
    counts = {function.name: len(function.arguments) for function in FUNCTIONS}
    asked = []
    for case in TESTED:
        left_out = [None] * (counts[case.function] - len(case.arguments))
        asked.append((case.function, [table(a, blank) for a in case.arguments] + left_out))
    wrong = []
    for case, got in zip(TESTED, panes[flavour].stub("calls", asked), strict=True):
        expected = case.gives if isinstance(case.gives, list) else [[case.gives]]
        if "error" in got or not agrees(shown(got["ok"]), expected):
            wrong.append(f"{case}: {got}")
    assert wrong == []
    assert len(TESTED) >= FEWEST_COMPARED
    without = {case.name: "Excel hands a date over as a number" for case in CASES if has_a_date(case)}
    host_table.note(record_property, f"Office.js, {flavour}", [case.name for case in TESTED], without)


@pytest.mark.parametrize("flavour", ["static", "server"])
def test_a_date_counts_as_the_number_that_it_is(panes: dict[str, Pane], flavour: str) -> None:
    """The one case without form: so that a change in xlwings is noticed."""
    date = {"type": "FormattedNumber", "basicValue": 45478, "numberFormat": "dd/mm/yyyy"}
    for cell in (45478, date):
        assert panes[flavour].stub("call", "EFICACIA", [[[cell]], [[4]]]) == {"ok": [[1136950]]}


@pytest.mark.parametrize("flavour", ["static", "server"])
def test_the_pane_registers_every_function_under_its_bare_name(panes: dict[str, Pane], flavour: str) -> None:
    pane = panes[flavour]
    assert pane.stub("names") == sorted(function.name for function in FUNCTIONS)
    assert pane.stub("call", "POA_VERSION", []) == {"ok": [[poa_xl.__version__]]}


def test_excel_gets_the_help_of_every_function_and_argument(web_site: Path) -> None:
    meta = json.loads((web_site / "xlwings/custom-functions-meta.json").read_bytes())["functions"]
    by_name = {function["name"]: function for function in meta}
    assert by_name.keys() == {function.name for function in FUNCTIONS}
    for function in FUNCTIONS:
        told = by_name[function.name]
        assert told["description"] == function.help
        arguments = [(a["name"], a["description"], a.get("optional", False)) for a in told["parameters"]]
        assert arguments == [(a.name, a.help, a.optional) for a in function.arguments]


def test_a_function_called_before_python_is_there_waits_for_it(opening: Open, still: str) -> None:
    pane = opening(still)
    assert pane.page.evaluate("typeof globalThis.xlwings.pyodideReadyPromise.then") == "function"
    assert pane.stub("call", "EFICACIA", [[[3]], [[4]]]) == {"ok": [[75]]}
    assert pane.complaints == []


def test_functions_answer_without_pandas(panes: dict[str, Pane], web_site: Path) -> None:
    assert panes["static"].stub("call", "SEMAFORO", [[[92.78]], None]) == {"ok": [["Satisfactorio"]]}
    asked = [url.rpartition("/")[2] for url in panes["static"].requests]
    assert "pyodide.asm.wasm" in asked
    assert not any(name.endswith(".whl") for name in asked)


def test_a_whole_column_in_one_call_over_the_server_gives_what_its_cells_give_one_by_one(server: str) -> None:
    with calling(server) as call:
        planned = [[8]] * ROWS
        singly = [call("EFICACIA", [[i]], [[8]])[0] for i in range(ROWS)]
        at_once = call("EFICACIA", [[i] for i in range(ROWS)], planned)
    assert singly == at_once
    assert at_once[3] == [37.5]
