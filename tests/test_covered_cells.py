"""What merged cells cover nobody sees: it is an error that names the cells, and it counts nowhere."""

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from poa_xl import cells, guards, messages, reading, sheets
from poa_xl.addins import areas as addins_areas, open_workbook
from poa_xl.checking import repairs
from poa_xl.comparison import Ilegible, units
from poa_xl.guards import merged
from poa_xl.messages import migration as words
from poa_xl.reading import Book, covered
from tests import json_bridge, old_books, packages, sent, text_books
from tests.places import at, cell_at
from tests.structures import run

pytestmark = pytest.mark.slow

TASKS = sent.tasks("Prog. ene | Ejec. ene", "T | 2 | 1", "U | 3 | 2", "V | 4 | 3")
Change = Callable[[openpyxl.Workbook], object]


def merge(area: str, sheet: str = "Tareas", **typed: object) -> Change:
    """Merge an area as LibreOffice can: what stands in the covered cells stays there."""

    def change(workbook: openpyxl.Workbook) -> None:
        for cell, value in typed.items():
            workbook[sheet][cell] = value
        workbook[sheet].merged_cells.add(area)

    return change


@pytest.mark.parametrize(
    ("area", "cell", "said", "months"),
    [
        ("D2:D3", "D3", "D2:D3 tapan datos que nadie ve: D3 (3).", [2, 4]),
        ("D2:D4", "D3", "D2:D4 tapan datos que nadie ve: D3 (3), D4 (4).", [2]),
        ("D3:E3", "E3", "D3:E3 tapan datos que nadie ve: E3 (2).", [2, 4]),
        ("D3:E4", "E3", "D3:E4 tapan datos que nadie ve: E3 (2), D4 (4), E4 (3).", [2]),
    ],
)
def test_a_number_under_merged_cells_is_an_error_with_its_address_and_does_not_count(
    tmp_path: Path, area: str, cell: str, said: str, months: list[int]
) -> None:
    found = sent.checked(sent.book(tmp_path, merge(area), **TASKS))
    assert sent.places(found) == [("CEL-020", "Tareas", cell)]
    assert sent.sentences(found, "CEL-020") == [f"Las celdas combinadas {said}"]
    assert sent.column(found, "tareas", "programado_ene") == months


def test_each_merged_area_is_one_finding(tmp_path: Path) -> None:
    def change(workbook: openpyxl.Workbook) -> None:
        for area in ("D2:D3", "E3:E4"):
            merge(area)(workbook)

    found = sent.checked(sent.book(tmp_path, change, **TASKS))
    assert sent.places(found) == [("CEL-020", "Tareas", "D3"), ("CEL-020", "Tareas", "E4")]


@pytest.mark.parametrize(
    "change",
    [
        merge("E3:E4", E4=None),
        merge("AC2:AD2"),
        merge("A1:E1", "Resumen"),
        merge("D2:D2"),
        merge("E3:E4", E4="  "),
        lambda workbook: workbook["Tareas"].merge_cells("E3:E4"),
    ],
    ids=["nothing below", "blank cells", "another sheet", "one cell", "blanks below", "as Excel merges"],
)
def test_merged_cells_that_cover_nothing_raise_nothing_new(tmp_path: Path, change: Change) -> None:
    assert sent.places(sent.checked(sent.book(tmp_path, change, **TASKS))) == []


def test_a_merged_operation_is_told_as_before(tmp_path: Path) -> None:
    """The usual merge: the cells under the first one are blank, and each row needs its own."""
    found = sent.checked(sent.book(tmp_path, lambda book: book["Tareas"].merge_cells("A2:A4"), **TASKS))
    assert sent.places(found) == [("TAR-001", "Tareas", "A3"), ("TAR-001", "Tareas", "A4")]


def test_a_covered_code_an_error_cell_and_a_field_of_the_form_are_covered_alike(tmp_path: Path) -> None:
    assert sent.places(sent.checked(sent.book(tmp_path, merge("A2:A3"), **TASKS))) == [("CEL-020", "Tareas", "A3")]
    error = sent.checked(sent.book(tmp_path, merge("D2:D3", D3="#REF!"), **TASKS))
    assert sent.places(error) == [("CEL-020", "Tareas", "D3")]
    form = sent.checked(sent.book(tmp_path, merge("B10:B11", "Unidad")))
    assert sent.places(form) == [("CEL-020", "Unidad", "B11")]


def test_a_row_of_which_nothing_is_seen_is_no_row(tmp_path: Path) -> None:
    lone = "\n".join([TASKS["Tareas"], " |  |  | 9 | 9"])
    found = sent.checked(sent.book(tmp_path, merge("D4:E5"), Tareas=lone))
    assert sent.places(found) == [("CEL-020", "Tareas", "E4")]
    assert "E4 (3), D5 (9), E5 (9)" in sent.sentences(found, "CEL-020")[0]


def test_the_form_that_few_programs_write_is_seen_too(tmp_path: Path) -> None:
    """Merges before the rows, twice, with a prefix, in absolute addresses: both ways of reading a sheet hear of them."""
    path = sent.book(tmp_path, merge("D2:D3"), **TASKS)
    parts = packages.apart(path.read_bytes())
    plain = parts[packages.TASKS]
    start = plain.index(b"<mergeCells")
    merges = plain[start : plain.index(b"</mergeCells>") + len(b"</mergeCells>")]
    bare = plain.replace(merges, b"")
    prefixed = b'<x:mergeCells xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
    for new in (
        bare.replace(b"<sheetData>", merges + b"<sheetData>"),
        bare.replace(b"</sheetData>", b"</sheetData>" + merges.replace(b"D2:D3", b"$d$2:$D$3")),
        bare.replace(b"</sheetData>", b"</sheetData>" + prefixed + b'<x:mergeCell ref="D2:D3"/></x:mergeCells>'),
        plain.replace(b"<row ", b"<row  ", 1).replace(b'<c r="D3"', b'<c  r="D3"'),
    ):
        path.write_bytes(packages.with_part(parts, packages.TASKS, new))
        assert sent.places(sent.checked(path)) == [("CEL-020", "Tareas", "D3")], new[-300:]


def test_a_comment_about_merged_cells_merges_nothing(tmp_path: Path) -> None:
    path = sent.book(tmp_path, **TASKS)
    parts = packages.apart(path.read_bytes())
    note = b'</sheetData><!--<mergeCells><mergeCell ref="D2:D3"/></mergeCells>-->'
    path.write_bytes(packages.with_part(parts, packages.TASKS, parts[packages.TASKS].replace(b"</sheetData>", note)))
    assert sent.places(sent.checked(path)) == []


def test_a_merge_out_of_its_place_is_refused(tmp_path: Path) -> None:
    path = sent.book(tmp_path, **TASKS)
    parts = packages.apart(path.read_bytes())
    box = b'</sheetData><caja><mergeCells><mergeCell ref="D2:D3"/></mergeCells></caja>'
    path.write_bytes(packages.with_part(parts, packages.TASKS, parts[packages.TASKS].replace(b"</sheetData>", box)))
    assert [f.code for f in sent.checked(path).findings] == ["LIB-015"]


@pytest.mark.parametrize(
    ("reference", "area"),
    [("D2:D3", (2, 4, 3, 4)), ("D3:C2", (2, 3, 3, 4)), ("$A$1:$B$1", (1, 1, 1, 2)), ("D2", None), ("D2:D2", None), ("x", None),
     ("", None), ("D2:D3:D4", None)],
)  # fmt: skip
def test_an_area_is_read_in_whatever_order_its_corners_stand(reference: str, area: tuple[int, ...] | None) -> None:
    assert merged.area(reference) == area


def test_areas_upon_areas_end_in_a_refusal_and_not_in_hours(tmp_path: Path) -> None:
    path = sent.book(tmp_path, **TASKS)
    parts = packages.apart(path.read_bytes())
    many = b"".join(b'<mergeCell ref="A1:AD%d"/>' % n for n in range(1_000, 300_000))
    new = parts[packages.TASKS].replace(b"</sheetData>", b"</sheetData><mergeCells>" + many + b"</mergeCells>")
    path.write_bytes(packages.with_part(parts, packages.TASKS, new))
    assert {f.code for f in sent.checked(path).findings} & {"LIB-010", "LIB-015", "LIB-016"}


@pytest.mark.parametrize("rows", [40, 400])
def test_of_many_covered_cells_only_those_that_are_listed_are_put_into_words(
    rows: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(cells, "show", lambda value: f"{told.append(value) or value}")
    area = guards.MergedArea(1, 1, rows, 2)
    found = covered.seen([[n, n] for n in range(rows)], {}, [area], lambda row, column: True)
    book = Book("DGRB.xlsx")
    covered.report(book, "Tareas", found)
    assert book.findings[0].found == f"B1 (0), A2 (1), B2 (1), A3 (2), B3 (2), A4 (3) y {2 * rows - 7} más"
    assert len(told) == 6


# --- the other doors -----------------------------------------------------------------------------------------


def read(path: Path) -> Book:
    return reading.read_book(path, sheets.unit_sheets())


def test_the_entitys_workbook_is_read_by_the_same_rule(tmp_path: Path) -> None:
    path = text_books.entity(tmp_path / "entidad.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["Presupuesto_SIGEP"].merged_cells.add("C2:C3")
    workbook.save(path)
    found = reading.read_book(path, sheets.entity_sheets()).findings
    assert [(f.code, f.location.cell) for f in found if f.code != "COL-003"] == [("CEL-020", "C3")]


def test_a_repair_leaves_what_is_covered_as_it_is(tmp_path: Path) -> None:
    path = sent.book(tmp_path, merge("D2:D3", D3=" 1.234,0 ", C4="V  w"), **TASKS)
    contents = guards.contents(guards.opened(path.read_bytes(), guards.DEFAULT), guards.DEFAULT)
    book = reading.read_grids(path.name, contents, contents.odd, sheets.unit_sheets())
    assert [r.cell for r in repairs.find(book, contents)] == ["C4"]


def test_diff_compares_what_is_seen_and_says_what_is_covered(tmp_path: Path) -> None:
    a = read(sent.book(tmp_path, merge("D2:D3"), name="A.xlsx", **TASKS))
    b = read(sent.book(tmp_path, name="B.xlsx", **TASKS))
    (sheet,) = (h for h in units.compare(a, b).hojas if h.nombre == "Tareas")
    (cell,) = sheet.celdas
    assert (cell.celda_b, cell.antes, cell.despues) == ("D3", Ilegible("D3 (3)"), 3)


def test_diff_takes_no_covered_cell_for_a_blank_one(tmp_path: Path) -> None:
    """An area has one finding, at the first cell that it covers."""
    a = read(sent.book(tmp_path, merge("D2:E3"), name="A.xlsx", **TASKS))
    b = read(sent.book(tmp_path, name="B.xlsx", **TASKS))
    (sheet,) = (h for h in units.compare(a, b).hojas if h.nombre == "Tareas")
    before = {cell.celda_b: cell.antes for cell in sheet.celdas}
    assert len(before) == 3
    assert all(isinstance(value, Ilegible) for value in before.values())
    assert Ilegible("tapado por celdas combinadas") in before.values()


def test_a_blank_cell_under_merged_ones_is_told_what_to_do_about_the_merge(tmp_path: Path) -> None:
    budget = {"Presupuesto": "\n".join([*text_books.UNIT["Presupuesto"].strip().splitlines(), " | '20 | 1 | 1 | 1"])}
    told = sent.checked(sent.book(tmp_path, lambda book: book["Presupuesto"].merge_cells("A2:A3"), **budget))
    (finding,) = (f for f in told.findings if f.code == "PRE-001")
    assert (finding.location.cell, "sin combinar celdas" in messages.action(finding)) == ("A3", True)


def test_migrate_does_not_bring_to_light_what_was_covered_and_says_so(tmp_path: Path) -> None:
    path = old_books.old(tmp_path, **TASKS)
    workbook = openpyxl.load_workbook(path)
    merge("D2:D3")(workbook)
    workbook.save(path)
    ready = old_books.migrate(
        path, tmp_path / "nuevo.xlsx", old_books.order(old_books.entity(tmp_path / "entidad.xlsx"))
    )
    (line,) = (line for line in ready.lines if line.kind == "tapadas")
    assert (line.sheet, line.cell, line.outcome) == ("Tareas", "D3", words.LOST)
    assert line.what == "Las celdas combinadas D2:D3 tapan datos que nadie ve, y no se pasaron: D3 (3)."
    new = openpyxl.load_workbook(tmp_path / "nuevo.xlsx")
    assert [cell_at(new, at("Tareas", "Prog. ene", row)).value for row in (1, 2, 3)] == [2, None, 4]


class _Range:
    """A part of a worksheet as desktop Excel shows it to xlwings."""

    def __init__(self, areas: list[merged.MergedArea], top: int, left: int, bottom: int, right: int) -> None:
        self.row, self.column, self._areas, self._part = top, left, areas, merged.MergedArea(top, left, bottom, right)

    @property
    def last_cell(self) -> "_Range":
        part = self._part
        return _Range(self._areas, part.bottom, part.right, part.bottom, part.right)

    @property
    def merge_cells(self) -> bool | None:
        part = self._part
        cells = {(r, c) for r in range(part.top, part.bottom + 1) for c in range(part.left, part.right + 1)}
        inside = {(r, c) for a in self._areas for r in range(a.top, a.bottom + 1) for c in range(a.left, a.right + 1)}
        return False if not cells & inside else True if cells <= inside else None

    @property
    def merge_area(self) -> "_Range":
        at = (a for a in self._areas if a.top <= self.row <= a.bottom and a.left <= self.column <= a.right)
        return _Range(self._areas, *next(at, (self.row, self.column, self.row, self.column)))


class _Sheet:
    def __init__(self, areas: list[merged.MergedArea]) -> None:
        self._areas = areas
        self.used_range = _Range(areas, 1, 1, 200, 48)

    def range(self, first: tuple[int, int], last: tuple[int, int] | None = None) -> _Range:
        return _Range(self._areas, *first, *(last or first))


@pytest.mark.parametrize(
    "areas",
    [
        [],
        [(2, 4, 3, 4)],
        [(2, 4, 3, 4), (4, 4, 5, 4), (7, 1, 7, 48)],
        [(1, 1, 200, 48)],
        [(1, 1, 100, 48), (101, 1, 200, 48)],
    ],
)
def test_desktop_excel_is_asked_for_its_merged_cells(areas: list[tuple[int, int, int, int]]) -> None:
    known = [merged.MergedArea(*area) for area in areas]
    assert sorted(addins_areas.merged(_Sheet(known))) == sorted(known)


def test_validar_reads_an_open_workbook_by_the_same_rule(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    book = json_bridge.opened(sent.book(tmp_path, **TASKS))
    assert open_workbook.read(book).findings == [
        f for f in open_workbook.read(book).findings if f.code == "COL-003"
    ]  # the web says nothing
    monkeypatch.setattr(
        addins_areas, "merged", lambda sheet: [merged.MergedArea(2, 4, 3, 4)] if sheet.name == "Tareas" else []
    )
    assert [(f.code, f.location.cell) for f in open_workbook.read(book).findings if f.code != "COL-003"] == [
        ("CEL-020", "D3")
    ]


@pytest.mark.libreoffice
@pytest.mark.usefixtures("libreoffice")
@pytest.mark.xdist_group("structures")
def test_the_cells_are_read_as_libreoffice_keeps_them_under_its_merges(tmp_path: Path) -> None:
    path = sent.book(tmp_path, merge("D2:D3"), **TASKS)
    assert run.compared(path) == []
