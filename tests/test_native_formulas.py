"""The plain formulas of the `native` templates give what the worksheet functions give, in a real LibreOffice.

A case is typed into a template where its function stands: amounts into rows of Tareas and Presupuesto, figures into
the cells of Resumen from which the next one is computed. What plain formulas cannot read, such as numbers typed as
text, has no form there: the checks of the workbook say it instead.
"""

from collections import defaultdict
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import python_calamine

from poa_xl import sheets
from poa_xl.cells import letters, place_of, row_of
from poa_xl.entity import Entidad
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW
from poa_xl.writers.unit_workbook.values import PERIODOS
from tests import factories, host_table
from tests.function_cases import CASES, Case, agrees
from tests.libreoffice import LibreOffice

pytestmark = [pytest.mark.libreoffice, pytest.mark.slow]

FEWEST = 60
SPARE = 60  # rows of each table
REPORTED = f"B{HEADER_ROW + [c.name for c in sheets.sheet('unidad', 'unidad').columns].index('trimestre')}"
Cells = dict[tuple[str, str], Any]  # (sheet, address) -> what is typed there


class Typed(NamedTuple):
    """How a case is typed into a template, and the cell that answers."""

    cells: Cells
    answer: tuple[str, str]


def why_not(case: Case) -> str:
    """Why a case has no form in the plain formulas; '' if it has."""
    if case.function not in FORMS:
        return "the unit's workbook has no such figure"
    if str(case.gives).startswith("#"):
        return "the checks of the workbook find it"
    if case.function == "AVANCE_FISICO":
        return _no_tasks(case)
    figures, more = case.arguments[: _FIGURES[case.function]], case.arguments[_FIGURES[case.function] :]
    if any(isinstance(argument, list) for argument in case.arguments):
        return "a figure stands in one cell"
    if any(word not in (None, "", "evaluación") for word in more):
        return "the unit's workbook shows the evaluación alone"
    if not all(value in (None, "n/a") or _is_number(value) for value in figures):
        return "plain formulas read numbers alone"
    if case.function == "EFICACIA_PONDERADA" and not _period_kind(case):
        return "a period of the workbook is a month or a quarter"
    return ""


def _no_tasks(case: Case) -> str:
    if not all(isinstance(argument, list) and len(argument[0]) == 1 for argument in case.arguments):
        return "tasks stand in rows"
    if any(str(code) != str(code).strip() for (code,) in case.arguments[2] if code):
        return "plain formulas compare codes as they are typed"
    amounts = [value for argument in case.arguments[:2] for (value,) in argument]
    return "" if all(value is None or _is_number(value) for value in amounts) else "plain formulas read numbers alone"


def _is_number(value: Any) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


_FIGURES = {"EFICACIA": 2, "EJECUCION": 2, "EFICIENCIA": 2, "EFICACIA_PONDERADA": 2, "SEMAFORO": 1, "CRITERIO_DGAA": 2}


def _period_kind(case: Case) -> str:
    given = case.arguments[1] if len(case.arguments) > 1 else None
    return {4: "trimestre", 12: "mes", None: "trimestre"}.get(given, "")


def place(sheet: str, column: str, row: int) -> tuple[str, str]:
    described = sheets.sheet("unidad", sheet)
    index = [c.name for c in described.columns].index(column)
    return described.name, f"{letters(index)}{row}"


def rows_of(kind: str) -> list[int]:
    return [FIRST_ROW + i for i, period in enumerate(PERIODOS) if period.tipo == kind]


def amounts(sheet: str, code: str, whole: str, part: str, answer: str) -> Callable[[Case, int], Typed | None]:
    """Part and whole in a row of a table: argument 1 is the part, argument 2 the whole."""

    def form(case: Case, nth: int) -> Typed | None:
        if nth >= SPARE:
            return None
        row = FIRST_ROW + nth
        cells = {place(sheet, part, row): case.arguments[0], place(sheet, whole, row): case.arguments[1]}
        return Typed({place(sheet, code, row): "X", **cells}, place(sheet, answer, row))

    return form


def figure(kind: Callable[[Case], str], columns: tuple[str, ...], answer: str) -> Callable[[Case, int], Typed | None]:
    """Figures typed over cells of Resumen in a period of some kind."""

    def form(case: Case, nth: int) -> Typed | None:
        rows = rows_of(kind(case))
        if nth >= len(rows):
            return None
        cells = {place("resumen", column, rows[nth]): _or_na(case.arguments[i]) for i, column in enumerate(columns)}
        return Typed(cells, place("resumen", answer, rows[nth]))

    return form


def quarter_figure(case: Case, nth: int) -> Typed | None:
    """The ejecucion accumulated in the quarter that the case names."""
    row = rows_of("acumulado")[int(case.arguments[1]) - 1]
    return Typed(
        {place("resumen", "ejecucion", row): _or_na(case.arguments[0])}, place("resumen", "criterio_dgaa", row)
    )


def tasks(case: Case, nth: int) -> Typed | None:
    """All tasks of the unit in the first month."""
    if nth:
        return None
    cells: Cells = {}
    for column, argument in zip(("programado_ene", "ejecutado_ene", "operacion"), case.arguments, strict=True):
        for i, (value,) in enumerate(argument):
            cells[place("tareas", column, FIRST_ROW + i)] = value
    return Typed(cells, place("resumen", "avance", rows_of("mes")[0]))


def _or_na(value: Any) -> Any:
    """A figure that does not exist shows n/a in Resumen, never a blank."""
    return "n/a" if value is None else value


FORMS: dict[str, Callable[[Case, int], Typed | None]] = {
    "EFICACIA": amounts("tareas", "operacion", "programado_ene", "ejecutado_ene", "eficacia_t1"),
    "EJECUCION": amounts("presupuesto", "fuente", "vigente", "devengado_ene", "ejecucion_t1"),
    "EFICIENCIA": figure(lambda case: "acumulado", ("eficacia_ponderada", "ejecucion"), "eficiencia"),
    "EFICACIA_PONDERADA": figure(_period_kind, ("avance",), "eficacia_ponderada"),
    "SEMAFORO": figure(lambda case: "mes", ("avance",), "semaforo"),
    "CRITERIO_DGAA": quarter_figure,
    "AVANCE_FISICO": tasks,
}


def books(cases: list[Case]) -> list[dict[str, Typed]]:
    """The cases on few workbooks, each of one function: case -> how it is typed."""
    filled: dict[str, list[dict[str, Typed]]] = defaultdict(list)
    for case in cases:
        for book in (*filled[case.function], {}):
            typed = FORMS[case.function](case, len(book))
            if typed and typed.answer not in [other.answer for other in book.values()]:
                break
        else:
            raise AssertionError(f"{case} fits in no workbook")
        if not book:
            filled[case.function].append(book)
        book[case.name] = typed
    return [book for of_function in filled.values() for book in of_function]


def answers(book: dict[str, Typed], blank: Path, out: Path, office: LibreOffice) -> dict[str, Any]:
    """What the template shows for each case."""
    cells: dict[str, dict[str, Any]] = defaultdict(dict)
    cells["Unidad"][REPORTED] = 4
    for typed in book.values():
        for (sheet, address), value in typed.cells.items():
            cells[sheet][address] = value
    office.set_cells_and_save(blank, out, cells)
    with python_calamine.CalamineWorkbook.from_path(out) as saved:
        grids = {
            name: saved.get_sheet_by_name(name).to_python(skip_empty_area=False)
            for name in ("Tareas", "Presupuesto", "Resumen")
        }
    return {
        name: grids[sheet][row_of(address) - 1][place_of(address)]
        for name, typed in book.items()
        for sheet, address in (typed.answer,)
    }


def test_plain_formulas_give_the_same(
    libreoffice: LibreOffice, tmp_path: Path, record_property: Callable[[str, object], None]
) -> None:
    entidad: Entidad = factories.entidad()
    blank = tmp_path / "DGAA.xlsx"
    workbook.write_unit_workbook(blank, entidad, entidad.by_code["DGAA"], functions="native", spare_rows=SPARE)
    without = {case.name: reason for case in CASES if (reason := why_not(case))}
    tried = [case for case in CASES if case.name not in without]
    shown: dict[str, Any] = {}
    for number, book in enumerate(books(tried)):
        shown |= answers(book, blank, tmp_path / f"{number}.xlsx", libreoffice)
    wrong = [f"{case}: {shown[case.name]!r}" for case in tried if not agrees(shown[case.name], case.gives)]
    assert wrong == []
    assert len(tried) >= FEWEST
    host_table.note(record_property, "plain formulas", [case.name for case in tried], without)
