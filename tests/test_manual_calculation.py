"""A workbook that calculates only when asked, with formulas in cells to fill in: what they show may be old."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from poa_xl import reading, sheets
from poa_xl.addins import areas, open_workbook
from poa_xl.cells import letters
from tests import json_bridge, old_books, packages, sent
from tests.campaign_books import UNITS, book as campaign_book

pytestmark = pytest.mark.slow

MANUAL, AUTOMATIC, NO_TABLES = b'calcMode="manual"', b'calcMode="auto"', b'calcMode="autoNoTable"'
# Of the template: the first column that computes itself.
_INPUTS = len(sheets.sheet("unidad", "tareas").inputs)
COMPUTED = f"{letters(_INPUTS)}2"


def with_mode(path: Path, mode: bytes, *formulas: tuple[str, str]) -> Path:
    """Set how the workbook calculates, and put formulas (with the values that are there) into cells."""
    parts = packages.apart(path.read_bytes())
    main = parts[packages.MAIN]
    start, end = main.index(b"<calcPr"), main.index(b"/>", main.index(b"<calcPr"))
    parts[packages.MAIN] = main[:start] + b"<calcPr " + mode + main[end:]
    for sheet, cell in formulas:
        part = packages.sheet(sheet)
        place = parts[part].index(b"<v>", parts[part].index(f'<c r="{cell}"'.encode()))
        parts[part] = parts[part][:place] + b"<f>1+1</f>" + parts[part][place:]
    path.write_bytes(packages.together(parts))
    return path


@pytest.mark.parametrize(
    ("formulas", "place"),
    [
        ([("Tareas", "D2")], ("Tareas", "D2")),
        ([("Presupuesto", "E2")], ("Presupuesto", "E2")),
        ([("Tareas", "E2"), ("Tareas", "D2"), ("Presupuesto", "E2")], ("Tareas", "D2")),
        ([("Unidad", "B9")], ("Unidad", "B9")),
    ],
)
def test_one_aviso_names_a_cell(tmp_path: Path, formulas: list[tuple[str, str]], place: tuple[str, str]) -> None:
    found = sent.checked(with_mode(sent.book(tmp_path), MANUAL, *formulas))
    assert sent.places(found) == [("LIB-022", *place)]
    (said,) = sent.sentences(found, "LIB-022")
    assert f"hay fórmulas en celdas que se llenan, como {place[1]}: sus valores pueden ser viejos" in said
    assert [s.estado for s in found.submissions] == ["aceptada con avisos"]


def test_a_formula_without_a_value_is_told_once_and_has_none_that_may_be_old(tmp_path: Path) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook.calculation.calcMode = "manual"
        workbook["Tareas"]["D2"] = workbook["Unidad"]["B9"] = "=1+1"

    found = sent.checked(sent.book(tmp_path, change))
    assert {code for code, _, _ in sent.places(found)} == {"CEL-007"}


@pytest.mark.parametrize(
    ("mode", "formulas"),
    [
        (MANUAL, []),
        (MANUAL, [("Tareas", COMPUTED)]),
        (AUTOMATIC, [("Tareas", "D2")]),
        (NO_TABLES, [("Tareas", "D2")]),
        (b"", [("Tareas", "D2")]),
    ],
    ids=["no formulas", "a column that computes itself", "automatic", "without tables", "nothing said"],
)
def test_anything_less_raises_nothing(tmp_path: Path, mode: bytes, formulas: list[tuple[str, str]]) -> None:
    tabs = sent.tasks("Prog. ene | Ejec. ene", "T | 2 | 1")
    if formulas == [("Tareas", COMPUTED)]:
        extra = [c.title for c in sheets.sheet("unidad", "tareas").inputs if c.title not in tabs["Tareas"]]
        tabs = {
            "Tareas": tabs["Tareas"].replace("Ejec. ene", " | ".join(["Ejec. ene", *extra, "Prog. 1T"]), 1)
            + " |" * (_INPUTS - 4)
            + " 2"
        }
    assert sent.places(sent.checked(with_mode(sent.book(tmp_path, **tabs), mode, *formulas))) == []


def test_the_template_of_a_unit_that_calculates_by_hand_raises_nothing(tmp_path: Path) -> None:
    """It is full of formulas, all in columns that compute themselves."""
    path = campaign_book(tmp_path / "libro.xlsx", UNITS[0])
    parts = packages.apart(path.read_bytes())
    assert packages.apart(path.read_bytes())[packages.MAIN].count(b"<calcPr ") == 1
    parts[packages.MAIN] = parts[packages.MAIN].replace(b"<calcPr ", b"<calcPr " + MANUAL + b" ")
    path.write_bytes(packages.together(parts))
    assert reading.read_book(path, sheets.unit_sheets()).findings == []


def test_the_form_that_few_programs_write_is_seen_too(tmp_path: Path) -> None:
    path = with_mode(sent.book(tmp_path), MANUAL, ("Tareas", "D2"))
    parts = packages.apart(path.read_bytes())
    spaced = parts[packages.TASKS].replace(b'<c r="D2"', b'<c  r="D2"')  # for the walk, not for the patterns
    path.write_bytes(packages.with_part(parts, packages.TASKS, spaced))
    assert sent.places(sent.checked(path)) == [("LIB-022", "Tareas", "D2")]


# --- the other doors -------------------------------------------------------------------------------------------


def test_migrate_says_that_what_it_carried_may_be_old(tmp_path: Path) -> None:
    path = with_mode(old_books.old(tmp_path), MANUAL, ("Tareas", "D2"))
    ready = old_books.migrate(
        path, tmp_path / "nuevo.xlsx", old_books.order(old_books.entity(tmp_path / "entidad.xlsx"))
    )
    assert {line.kind for line in ready.lines} == {"calculo-manual", "formula"}


def test_validar_asks_desktop_excel_how_it_calculates(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = json_bridge.opened(sent.book(tmp_path))
    assert "LIB-022" not in {f.code for f in open_workbook.read(book).findings}  # the web does not say
    monkeypatch.setattr(areas, "by_hand", lambda book: True)
    monkeypatch.setattr(areas, "formulas", lambda sheet: ["D2"] if sheet.name == "Tareas" else [])
    assert [f.found for f in open_workbook.read(book).findings if f.code == "LIB-022"] == ["D2"]


class _Thing:
    """An object of desktop Excel with these attributes."""

    def __init__(self, **attributes: Any) -> None:
        vars(self).update(attributes)


@pytest.mark.parametrize(
    ("said", "expected"),
    [((("a", "=A1"), ("1", "=SUM(A1:B1)")), ["B1", "B2"]), ("=A1", ["A1"]), ("x", []), (("=1", "y"), ["A1"])],
)
def test_formulas_are_found_in_whatever_shape_excel_gives_them(said: object, expected: list[str]) -> None:
    sheet = _Thing(used_range=_Thing(last_cell=_Thing(row=1, column=1)), range=lambda *_: _Thing(formula=said))
    assert areas.formulas(sheet) == expected


@pytest.mark.parametrize(("mode", "expected"), [("manual", True), ("automatic", False), ("semiautomatic", False)])
def test_only_manual_is_by_hand(mode: str, expected: bool) -> None:
    assert areas.by_hand(_Thing(app=_Thing(calculation=mode))) is expected
    assert areas.by_hand(_Thing()) is False
