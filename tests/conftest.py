"""Fixtures that all tests share."""

import os

# Programs that people have write workbooks in many ways; the tests change the bytes that openpyxl writes without lxml,
# which reports bring along.
os.environ["OPENPYXL_LXML"] = "False"

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import pytest

import poa_xl.cli  # noqa: F401 - loads click with its words in Spanish, before a test imports click by itself
from tests import gnumeric as gnumeric_program, host_table, open_xml
from tests.libreoffice import LibreOffice, LibreOfficeMissingError

if TYPE_CHECKING:
    from tests.demonstration import Demonstration

# JSON books of xlwings ask for a licence key when xlwings is imported; this one is for noncommercial use.
os.environ.setdefault("XLWINGS_LICENSE_KEY", "noncommercial")

pytest_plugins = ["tests.demonstration", "tests.explained", "tests.pages", "tests.report_books", "tests.web_fixtures"]


@pytest.hookimpl(tryfirst=True)  # before `-m` is asked
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What runs a real LibreOffice is slow, which nobody need say again."""
    for item in items:
        if item.get_closest_marker("libreoffice"):
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """One LibreOffice for the whole session. Without it tests are skipped, but on CI they fail."""
    try:
        office = LibreOffice()
    except LibreOfficeMissingError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"LibreOffice is needed on CI: {reason}")
        pytest.skip(f"needs LibreOffice: {reason}")
    yield office
    office.close()


Recalculate = Callable[[Path, Path], list[gnumeric_program.Cell]]


def _missing(reason: Exception) -> NoReturn:
    """Skip a test that needs a program which is not there; on CI it fails."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"needed on CI: {reason}")
    pytest.skip(f"needs {reason}")


@pytest.fixture
def gnumeric() -> Recalculate:
    """A workbook and a folder for files -> its formula cells, calculated by Gnumeric."""

    def recalculate(path: Path, folder: Path) -> list[gnumeric_program.Cell]:
        try:
            return gnumeric_program.recalculate(path, folder)
        except gnumeric_program.GnumericMissingError as reason:
            _missing(reason)

    return recalculate


@pytest.fixture(scope="session")
def defects_demo(demonstration_with_defects: "Demonstration", tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demonstration with a defect of every code. Nobody changes what is in it; what is made of it may lie beside."""
    return demonstration_with_defects.copy(tmp_path_factory.mktemp("defects") / "d")


@pytest.fixture(scope="session")
def validator() -> None:
    """See that Microsoft's validator is there, for `open_xml.errors`."""
    if not open_xml.PROGRAM.exists():
        _missing(open_xml.ValidatorMissingError("the Open XML SDK validator (make validator)"))


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Gather what the tests of the spreadsheet programs found out about the worksheet functions."""
    host_table.collect(report)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """One table, cases × programs, at the end of the run; the whole of it in a file of pytest's cache."""
    lines = host_table.lines()
    cache = getattr(config, "cache", None)  # none with -p no:cacheprovider
    if not lines or cache is None:
        return
    terminalreporter.section("worksheet functions: cases x programs")
    for line in lines:
        terminalreporter.write_line(line)
    written = host_table.write(cache.mkdir("poa-xl"))
    terminalreporter.write_line(f"Case by case: {written.relative_to(config.rootpath)}")
