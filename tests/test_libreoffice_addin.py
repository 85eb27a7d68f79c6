"""The extension in a real headless LibreOffice: every case, the text of formulas, templates, and installing it."""

import ast
import datetime as dt
import os
import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter
from xlsxwriter.utility import xl_range, xl_rowcol_to_cell

import poa_xl
from poa_xl import sheets
from poa_xl.addins.libreoffice import extension
from poa_xl.cells import letters
from poa_xl.functions.registry import FUNCTIONS
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.unit_workbook.layout import FIRST_ROW
from tests import factories, host_table
from tests.demonstration import Demonstration
from tests.function_cases import CASES, Case, agrees
from tests.libreoffice import Cell, LibreOffice, LibreOfficeMissingError, differences
from tests.one_sheet import sheet_of
from tests.test_docs import english, run

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("addin")]

ERRORS = ("#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A")  # in the order of ERROR.TYPE
RESULT = 40  # the column of the results in the workbook of cases
FEWEST_COMPARED = 380
# Arguments, by place, that mean something else when they are blank than when they are 0.
BLANK_IS_NOT_ZERO = {"EFICIENCIA": (0,), "EFICACIA_PONDERADA": (0, 1), "SEMAFORO": (0, 1), "CRITERIO_DGAA": (0, 2)}
QUARTERS = (1, 2, 3, 4)
OLDEST = (3, 8)  # the Python that what LibreOffice runs is written for


# --- the workbook of cases --------------------------------------------------------------------------------


def _rows(argument: Any) -> list[list[Any]]:
    return argument if isinstance(argument, list) else [[argument]]


def why_not(case: Case) -> str:
    """Why a case has no form in LibreOffice; '' if it has."""
    singles = [a for a in case.arguments if not isinstance(a, list)]
    inside = [cell for a in case.arguments if isinstance(a, list) for row in a for cell in row]
    if any(isinstance(a, (bool, dt.date)) for a in (*singles, *inside)):
        return "Calc keeps TRUE, FALSE and dates as numbers"
    if any(cell in ERRORS for cell in inside):
        return "Calc shows Err:504 for a range with an error, without calling"
    if any(case.arguments[i] is None for i in BLANK_IS_NOT_ZERO.get(case.function, ()) if i < len(case.arguments)):
        return "a blank single cell arrives as 0"
    return ""


TESTED = [case for case in CASES if not why_not(case)]


class CaseBook:
    """One sheet: each case has its own rows, its arguments at the left, its result from the column `RESULT` on."""

    def __init__(self, path: Path, cases: list[Case]) -> None:
        self._places: dict[str, tuple[int, int, int]] = {}
        with xlsxwriter.Workbook(str(path)) as self._book:
            self._sheet = self._book.add_worksheet("Casos")
            row = 0
            for case in cases:
                row += self._case(row, case)

    def _case(self, row: int, case: Case) -> int:
        column, names = 0, []
        for argument in case.arguments:
            rows = _rows(argument)
            names.append(xl_range(row, column, row + len(rows) - 1, column + len(rows[0]) - 1))
            for r, cells in enumerate(rows):
                for c, value in enumerate(cells):
                    self._write(row + r, column + c, value)
            column += len(rows[0])
        result = _rows(case.gives)
        height, width = len(result), len(result[0])
        last = (row + height - 1, RESULT + width - 1)
        formula = f"={case.function}({','.join(names)})"
        if (height, width) == (1, 1):
            self._sheet.write_formula(row, RESULT, formula)
        else:
            self._sheet.write_array_formula(row, RESULT, *last, "{" + formula + "}")
        for r in range(height):
            for c in range(width):
                self._sheet.write_formula(row + r, 2 * RESULT + c, _shown(xl_rowcol_to_cell(row + r, RESULT + c)))
        self._places[case.name] = (row, height, width)
        return max(height, *(len(_rows(a)) for a in case.arguments))

    def _write(self, row: int, column: int, value: Any) -> None:
        if value == "" or value in ERRORS:
            self._sheet.write_formula(row, column, f"={value}" if value else '=""')
        elif isinstance(value, str):
            self._sheet.write_string(row, column, value)
        elif isinstance(value, Decimal):
            self._sheet.write_number(row, column, float(value), self._book.add_format({"num_format": '"Bs" #,##0.00'}))
        elif value is not None:
            self._sheet.write_number(row, column, value)

    def result(self, case: Case, cells: dict[str, Cell]) -> Any:
        """What the cells of a case show: one value, or rows of them."""
        row, height, width = self._places[case.name]
        shown = [
            [cells[xl_rowcol_to_cell(row + r, 2 * RESULT + c)].recalculated for c in range(width)]
            for r in range(height)
        ]
        return shown if isinstance(case.gives, list) else shown[0][0]


def _shown(name: str) -> str:
    """A cell as a person sees it: an error becomes its text."""
    texts = ",".join(f'"{error}"' for error in ERRORS)
    return f"=IF(ISERROR({name}),CHOOSE(ERROR.TYPE({name}),{texts}),{name})"


# --- the extension ----------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def oxt(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return extension.build(tmp_path_factory.mktemp("oxt"))


@pytest.fixture(scope="module")
def office(oxt: Path) -> Iterator[LibreOffice]:
    """A LibreOffice that carries the extension. Without LibreOffice tests are skipped, but on CI they fail."""
    folder = oxt.parent / "extensions"
    with zipfile.ZipFile(oxt) as archive:
        archive.extractall(folder / oxt.name)
    try:
        started = LibreOffice(extensions=folder)
    except LibreOfficeMissingError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"LibreOffice is needed on CI: {reason}")
        pytest.skip(f"needs LibreOffice: {reason}")
    yield started
    started.close()


def test_every_case_gives_the_same_in_libreoffice(
    office: LibreOffice, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    path = tmp_path / "casos.xlsx"
    book = CaseBook(path, TESTED)
    cells = office.recalculate(path)["Casos"]
    wrong = [f"{case}: {got!r}" for case in TESTED if not agrees(got := book.result(case, cells), case.gives)]
    assert wrong == []
    assert len(TESTED) >= FEWEST_COMPARED
    without = {case.name: reason for case in CASES if (reason := why_not(case))}
    host_table.note(record_property, "LibreOffice", [case.name for case in TESTED], without)


def test_an_argument_that_is_left_out_between_others_is_as_a_blank_one(office: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "omitidos.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Hoja")
        sheet.write_row("A1", [2, 4, 6])
        sheet.write_row("A2", [1, 2, 3])
        sheet.write_formula("A4", '=META_TAREA(A1:L1,A2:L2,1,3,,"aumentar")')
        sheet.write_formula("A5", "=META_TAREA(A1:L1,A2:L2,1,3,Z1,Z2,Z3)")
    cells = office.recalculate(path)["Hoja"]
    assert [cells[name].recalculated for name in ("A4", "A5")] == [50, 50]


def test_what_libreoffice_does_with_the_cases_that_it_cannot_have(office: LibreOffice, tmp_path: Path) -> None:
    """The differences that the component's documentation names, so that a change in LibreOffice is noticed."""
    path = tmp_path / "diferencias.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Hoja")
        sheet.write_boolean("B1", True)
        sheet.write_formula("B2", "=NA()")
        formulas = (
            "EFICACIA(B1,4)",
            "LIMITE_INFERIOR_95(B1:B2)",
            "SEMAFORO(Z1)",
            "SEMAFORO(Z1:Z1)",
            "EFICIENCIA(Z1,5)",
        )
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 0, f"={formula}")
        sheet.write_formula("C2", "=ERRORTYPE(A2)")
    cells = office.recalculate(path)["Hoja"]
    assert cells["A1"].recalculated == 25
    assert (cells["A2"].is_error, cells["A3"].recalculated) == (True, "Deficiente")
    assert (cells["A4"].recalculated, cells["A5"].recalculated) == ("n/a", 0)


def test_formulas_keep_their_text_when_libreoffice_saves_the_workbook(office: LibreOffice, tmp_path: Path) -> None:
    formulas = ["=EFICACIA(B2,C2)", "=SEMAFORO(A1)", '=SEMAFORO(A1,"color")', "=AVANCE_FISICO(B2:B3,C2:C3,D2:D3)"]
    path = tmp_path / "unidad.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        sheet = book.add_worksheet("Hoja")
        for row, formula in enumerate(formulas):
            sheet.write_formula(row, 0, formula)
        sheet.write_row("B2", (3, 4, "OP-01"))
    saved = sheet_of(office.save_as_xlsx(path, tmp_path / "guardado.xlsx"), "Hoja")
    assert [saved.cell(row, 1).value for row in range(1, len(formulas) + 1)] == formulas
    values = sheet_of(tmp_path / "guardado.xlsx", "Hoja", data_only=True)
    assert [values.cell(row, 1).value for row in range(1, 5)] == [75, "Satisfactorio", "verde", 100]


def test_filled_templates_recalculate_to_their_cached_values(
    office: LibreOffice, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    compared = called = 0
    entidad = factories.entidad()
    for unidad in entidad.vigentes:
        for quarter in QUARTERS:
            path = tmp_path / f"{unidad.unidad}-{quarter}.xlsx"
            data = factories.unit_data(unidad, quarter)
            workbook.write_unit_workbook(path, entidad, unidad, data, functions="poa")
            found = office.recalculate(path)
            assert differences(found) == []
            compared += sum(len(cells) for cells in found.values())
            called += sum("EFICACIA" in cell.formula for cells in found.values() for cell in cells.values())
    assert compared > 8_000
    assert called > 1_000
    with capsys.disabled():
        print(f"\ntemplates with functions: {compared} formula cells recalculated by LibreOffice, no difference")


def test_what_a_function_answers_in_a_template_is_never_replaced_by_the_plain_formula(
    office: LibreOffice, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    """Its texts stay, and an error of a cell that it is given is not hidden."""
    entidad = factories.entidad()
    path = tmp_path / "u.xlsx"
    data = factories.unit_data(entidad.by_code["DGAA"], 2)
    workbook.write_unit_workbook(path, entidad, entidad.by_code["DGAA"], data, functions="poa")
    book = openpyxl.load_workbook(path)
    table, code = sheets.sheet("unidad", "presupuesto"), sheets.sheet("unidad", "tareas")
    column = {c.name: letters(i) for i, c in enumerate(table.columns)}
    in_force, answer = column["vigente"], column["ejecucion_t1"]
    for row, typed in ((5, "mucho"), (6, 0), (7, "=1/0"), (8, 1000)):
        book[table.name][f"{column['devengado_ene']}{row}"] = 250
        book[table.name][f"{in_force}{row}"] = typed
    place = letters([c.name for c in code.columns].index("operacion"))
    book[code.name][f"{place}5"].value = None  # of a task with amounts
    book.save(path)
    found = office.recalculate(path)
    shown = {row: found[table.name][f"{answer}{row}"] for row in (5, 6, 7, 8)}
    assert shown[5].recalculated == "#POA! vigente: «mucho» no es un número."
    assert shown[6].recalculated == "n/a"
    assert shown[7].is_error
    assert isinstance(shown[8].recalculated, float)
    resumen = {c.name: letters(i) for i, c in enumerate(sheets.sheet("unidad", "resumen").columns)}
    avance = f"{resumen['avance']}{FIRST_ROW}"
    assert str(found["Resumen"][avance].recalculated).startswith("#POA! operacion: ")
    without = libreoffice.recalculate(path)
    assert without[table.name][f"{answer}5"].recalculated == "n/a"
    assert without[table.name][f"{answer}7"].is_error
    assert isinstance(without["Resumen"][avance].recalculated, float)


def test_a_template_goes_from_a_libreoffice_without_the_functions_to_one_with_them_and_back(
    office: LibreOffice, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    entidad = factories.entidad()
    path = tmp_path / "u.xlsx"
    data = factories.unit_data(entidad.by_code["DGAA"], 2)
    workbook.write_unit_workbook(path, entidad, entidad.by_code["DGAA"], data, functions="poa")
    known = office.recalculate(path)
    for n, program in enumerate((libreoffice, office, libreoffice)):
        path = program.save_as_xlsx(path, tmp_path / f"{n}.xlsx")
        found = program.recalculate(path)
        assert differences(found) == []
        assert found.keys() == known.keys()
        assert all(
            cell.recalculated == pytest.approx(known[sheet][name].recalculated, rel=1e-12)
            for sheet, cells in found.items()
            for name, cell in cells.items()
        )
        calls = sum("eficacia(" in cell.formula.lower() for cells in found.values() for cell in cells.values())
        assert calls > 20


def test_the_version_answers(office: LibreOffice, tmp_path: Path) -> None:
    path = tmp_path / "version.xlsx"
    with xlsxwriter.Workbook(str(path)) as book:
        book.add_worksheet("Hoja").write_formula("A1", "=POA_VERSION()")
    assert office.recalculate(path)["Hoja"]["A1"].recalculated == poa_xl.__version__


@pytest.mark.slow
def test_the_workbooks_of_the_demonstration_recalculate_to_their_cached_values(
    office: LibreOffice, demonstration: Demonstration, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert len(demonstration.sent) == 109
    units = demonstration.sent[::3]
    compared = called = 0
    for path in units:
        found = office.recalculate(path)
        assert differences(found) == [], path.name
        compared += sum(len(cells) for cells in found.values())
        called += sum("EFICACIA" in cell.formula for cells in found.values() for cell in cells.values())
    assert compared > 900 * len(units)
    assert called > 90 * len(units)
    with capsys.disabled():
        print(f"\nthe demonstration: {compared} formula cells recalculated by LibreOffice, no difference")
    for path in demonstration.sent[::27]:
        saved = office.save_as_xlsx(path, tmp_path / path.name)
        assert formulas_with_functions(saved) == formulas_with_functions(path)
        assert len(formulas_with_functions(saved)) > 100


def formulas_with_functions(path: Path) -> dict[str, str]:
    """Place -> formula, of the cells that call a function of ours."""
    book = openpyxl.load_workbook(path)
    names = tuple(f"{function.name}(" for function in FUNCTIONS)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value.replace(" ", "")
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if isinstance(cell.value, str) and cell.value.startswith("=") and any(name in cell.value for name in names)
    }


# --- the file ---------------------------------------------------------------------------------------------


def test_the_same_program_gives_the_same_bytes(oxt: Path, tmp_path: Path) -> None:
    assert extension.build(tmp_path / "otra").read_bytes() == oxt.read_bytes()
    assert [p.name for p in (tmp_path / "otra").iterdir()] == [extension.OXT_FILE]


def test_the_file_shows_every_function_and_argument_with_its_help(oxt: Path) -> None:
    with zipfile.ZipFile(oxt) as archive:
        names = archive.namelist()
        add_ins = ET.fromstring(archive.read("CalcAddIns.xcu"))
        manifest = archive.read("META-INF/manifest.xml").decode()
    parts = {"XFunciones.idl", "CalcAddIns.xcu", "Addons.xcu", "ProtocolHandler.xcu", "component.py", "menu.py"}
    assert parts <= set(names)
    assert all(f'"{name}"' in manifest for name in parts)
    values = [value.text for value in add_ins.iter("value")]
    for function in FUNCTIONS:
        # In both languages, as display name and as compatibility name.
        assert values.count(function.name) == 4
        for words in (function.help, *(a.help for a in function.arguments)):
            assert words in values


def test_the_commands_in_spanish(tmp_path: Path) -> None:
    built = run(["addin", "build", "libreoffice", "-o", "complemento"], tmp_path)
    assert (built.returncode, "Se escribió" in built.stdout) == (0, True)
    assert zipfile.is_zipfile(tmp_path / "complemento" / extension.OXT_FILE)
    for command in ("build", "install"):
        page = run(["addin", command, "--help"], tmp_path).stdout
        assert f"Ejemplo:\n    poa-xl addin {command} libreoffice" in page
        assert english(page) == []
    assert run(["addin", "install", "excel"], tmp_path).returncode == 2


def test_what_libreoffice_runs_is_old_python_and_needs_the_standard_library_alone(oxt: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(oxt) as archive:
        archive.extractall(tmp_path)
    carried = sorted((tmp_path / "pythonpath").rglob("*.py"))
    assert len(carried) == len(extension.COPIED)
    for path in [*carried, *(tmp_path / name for name in extension.COMPONENTS)]:
        ast.parse(path.read_text(encoding="utf-8"), feature_version=OLDEST)
        assert newer_names(path) == []
    modules = [".".join(p.relative_to(tmp_path / "pythonpath").with_suffix("").parts) for p in carried]
    program = f"import sys; sys.path.insert(0, 'pythonpath'); import {', '.join(modules)}"
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", program.replace(".__init__", "")],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert (done.returncode, done.stderr) == (0, "")


def newer_names(path: Path) -> list[str]:
    """Uses of what Python 3.9 and 3.10 brought that parse in 3.8 and fail there when they run."""
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Attribute) and node.attr in {"removeprefix", "removesuffix", "is_relative_to"}:
            found.append(node.attr)
        if isinstance(node, ast.ImportFrom) and {alias.name for alias in node.names} & {"cache", "StrEnum", "override"}:
            found.append(f"{node.module} import")
        if isinstance(node, ast.keyword) and node.arg in {"strict", "kw_only", "slots"}:
            found.append(f"{node.arg}=")
        if isinstance(node, ast.Subscript) and getattr(node.value, "id", "") in {
            "list",
            "dict",
            "tuple",
            "set",
            "type",
        }:
            found.append(ast.unparse(node))
        if isinstance(node, ast.BinOp) and isinstance(node.op, ast.BitOr) and "None" in ast.unparse(node):
            found.append(ast.unparse(node))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "isinstance":
            found += [ast.unparse(a) for a in node.args[1:] if isinstance(a, ast.BinOp)]
    return found


def test_names_newer_than_the_oldest_python_are_noticed(tmp_path: Path) -> None:
    path = tmp_path / "nuevo.py"
    path.write_text(
        "from functools import cache\nx: list[int] | None = []\nisinstance(x, int | float)\n'a'.removeprefix('b')"
    )
    assert len(newer_names(path)) == 5
