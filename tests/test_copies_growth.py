"""What makes copies and compares workbooks: twice a stranger's text takes twice the work, never four times."""

import io
import re
from collections.abc import Callable

import openpyxl
import pytest

from poa_xl import guards
from poa_xl.checking.repairs import NUMBER, Repair
from poa_xl.comparison import pairing, rows, tables
from poa_xl.comparison.rows import ComparedRow, RowIdentity
from poa_xl.guards import Package
from poa_xl.migration import markup
from poa_xl.names import OBSERVATIONS_SHEET
from poa_xl.observations import FIRST_ROW, Observation
from poa_xl.ooxml.splice import XmlPart
from poa_xl.writers.annotated import marks, observations, sheets
from poa_xl.writers.annotated.package import WorkbookCopy
from poa_xl.writers.unit_workbook import workbook
from tests import campaign_books as books, factories, growth, packages
from tests.packages import MAIN, STRINGS, Parts
from tests.places import at

MONTH, BUDGET = books.cell(at("Tareas", "Prog. ene", 2)), books.cell(at("Presupuesto", "Presupuesto inicial"))
FOUND = [
    Observation("Tareas", MONTH, "error", "CEL-002", "La celda dice «x».", "Escriba el número."),
    Observation("Presupuesto", BUDGET, "aviso", "CEL-001", "Texto.", "Número."),
]
OLD = [Observation("Tareas", f"F{n}", "error", "CEL-002", "Antes.", "Corrija.") for n in range(6, 60)]


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    """The parts of an annotated copy of a filled workbook: with a list, notes, shapes and marks of before."""
    entidad = factories.entidad()
    path = tmp_path_factory.mktemp("libro") / "DGRB.xlsx"
    unidad = entidad.by_code["DGRB"]
    workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2))
    return packages.apart(observations.make(path.read_bytes(), OLD, "Antes").content)


def sheet(parts: Parts, name: str) -> str:
    return dict(WorkbookCopy(packages.together(parts)).sheets)[name]


def put(parts: Parts, name: str, before: bytes, many: bytes) -> bytes:
    """The workbook with something before the last place of some bytes of a part."""
    head, mark, tail = parts[name].rpartition(before)
    assert mark, (before, name)
    return packages.with_part(parts, name, head + many + mark + tail)


def strings(parts: Parts, n: int) -> bytes:
    return put(parts, STRINGS, b"</sst>", b"<si><t>texto</t></si>" * n)


def read_aloud(parts: Parts, n: int) -> bytes:
    return put(parts, STRINGS, b"</sst>", b"<si><r><t>a</t></r><rPh><t>b</t></rPh></si>" * n)


def rows_of_the_list(parts: Parts, n: int) -> bytes:
    cell = '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>Tareas!E6</t></is></c></row>'
    more = "".join(cell.format(2000 + k) for k in range(n))
    return put(parts, sheet(parts, OBSERVATIONS_SHEET), b"</sheetData>", more.encode())


def one_row_of_the_list(parts: Parts, n: int) -> bytes:
    more = f'<row r="{FIRST_ROW}"><c r="A{FIRST_ROW}" t="inlineStr"><is><t>Tareas!E6</t></is></c></row>'
    return put(parts, sheet(parts, OBSERVATIONS_SHEET), b"</sheetData>", more.encode() * n)


def summaries_of_the_list(parts: Parts, n: int) -> bytes:
    more = b'<row r="2"><c r="B2"/></row>'
    return put(parts, sheet(parts, OBSERVATIONS_SHEET), b"</sheetData>", more * n)


def blanks_in_the_workbook_view(parts: Parts, n: int) -> bytes:
    return packages.replaced(parts, MAIN, b"<workbookView", b"<workbookView" + b" " * (4 * n))


def blanks_in_a_sheet_view(parts: Parts, n: int) -> bytes:
    """In that of the list, which is to be selected and is not."""
    part = sheet(parts, OBSERVATIONS_SHEET)
    return packages.replaced(parts, part, b' tabSelected="1"', b" " * (4 * n))


def attributes(parts: Parts, n: int) -> bytes:
    many = b"".join(b' q:a%d="1"' % k for k in range(n // 4))
    return packages.replaced(parts, MAIN, b"<workbookView", b'<workbookView xmlns:q="urn:q"' + many)


def notes(parts: Parts, n: int) -> bytes:
    many = b"".join(b'<comment ref="ZZ%d" authorId="0"><text><t>a</t></text></comment>' % k for k in range(1, n))
    return put(
        parts, WorkbookCopy(packages.together(parts)).related(sheet(parts, "Tareas"), "comments"), b"</comm", many
    )


def shapes(parts: Parts, n: int) -> bytes:
    part = WorkbookCopy(packages.together(parts)).related(sheet(parts, "Tareas"), "vmlDrawing")
    one = (
        b'<v:shape xmlns:v="urn:schemas-microsoft-com:vml" xmlns:x="urn:schemas-microsoft-com:office:excel">'
        b'<x:ClientData ObjectType="Note"><x:Row>9</x:Row><x:Column>9</x:Column></x:ClientData></v:shape>'
    )
    return put(parts, part, b"</xml>", one * (n // 2))


def counts(parts: Parts, n: int) -> bytes:
    formula = b'<f>IF(COUNTIF(poa_lugares,"Tareas!*")=0,"",COUNTIF(poa_lugares,"Tareas!*")&amp;" celdas")</f>'
    many = b"".join(b'<row r="%d"><c r="A%d">%s</c></row>' % (k, k, formula) for k in range(5000, 5000 + n // 2))
    return put(parts, sheet(parts, "Tareas"), b"</sheetData>", many)


def formats(parts: Parts, n: int) -> bytes:
    one = b'<conditionalFormatting sqref="ZZ1"><cfRule type="expression" priority="1"><formula>1</formula></cfRule></conditionalFormatting>'
    return put(parts, sheet(parts, "Tareas"), b"<conditionalFormatting", one * n)


def properties(parts: Parts, n: int) -> bytes:
    one = b'<property fmtid="{D5CDD505-2E9C-101B-9397-08002B2CF9AE}" pid="9" name="poa_xl_copia"/>'
    return put(parts, "docProps/custom.xml", b"</Properties>", one * n)


HOSTILE = (
    strings, read_aloud, rows_of_the_list, one_row_of_the_list, summaries_of_the_list, blanks_in_the_workbook_view,
    blanks_in_a_sheet_view, attributes, notes, shapes, counts, formats,
    properties,
)  # fmt: skip
IDS = ["strings", "read aloud", "rows", "one row", "summaries", "blanks in workbookView", "blanks in sheetView",
       "attributes", "notes", "shapes", "counts", "formats", "properties"]  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("make", HOSTILE, ids=IDS)
def test_the_work_of_an_annotated_copy_grows_with_the_workbook(
    copy: Parts, make: Callable[[Parts, int], bytes]
) -> None:
    def run(content: bytes) -> bytes:
        return observations.make(
            content, FOUND, "Resumen", limits=guards.limits.changed({"atributos": 100_000})
        ).content

    assert growth.ratio(lambda n: make(copy, n), run, 6_000) < growth.MOST


@pytest.mark.slow
def test_the_work_of_a_repaired_copy_grows_with_the_workbook(copy: Parts) -> None:
    def make(n: int) -> bytes:
        cells = "".join(f'<row r="{k}"><c r="C{k}" t="s"><v>0</v></c></row>' for k in range(5000, 5000 + n))
        parts = packages.apart(read_aloud(copy, n))
        return put(parts, sheet(parts, "Tareas"), b"</sheetData>", cells.encode())

    def run(content: bytes) -> None:
        wanted = [Repair(NUMBER, "CEL-001", "Tareas", f"C{k}", "5", 5) for k in range(5000, 9000)]
        assert len(observations.repair(content, wanted)[1]) == 4000

    assert growth.ratio(make, run, 6_000) < growth.MOST


def test_columns_that_begin_before_the_first_are_looked_at_within_the_list() -> None:
    part = XmlPart(b'<worksheet><cols><col min="-100000" max="2" style="4"/></cols></worksheet>', ["cols", "col"])
    assert sheets._looks(part) == {0: "4", 1: "4"}


def test_a_name_that_looks_like_an_attribute_stays(copy: Parts) -> None:
    """A neighbour of the blanks: a value that holds what is looked for."""
    odd = b'<sheet name="Notas state=\'hidden\' b" state="hidden" '
    made = packages.replaced(copy, MAIN, b'<sheet name="Tareas" ', odd)
    after = packages.apart(observations.make(made, FOUND[1:], "Resumen").content)
    assert b"Notas state='hidden' b" in after[MAIN]
    hidden = openpyxl.load_workbook(io.BytesIO(packages.together(after)))
    assert hidden["Notas state='hidden' b"].sheet_state == "hidden"


def test_of_the_areas_that_are_coloured_already_the_first_are_looked_at() -> None:
    rule = '<cfRule><formula>poa_lugares="Tareas!"</formula></cfRule>'
    areas = " ".join(f"ZZ{n}" for n in range(1, 9000))
    xml = f'<worksheet><conditionalFormatting sqref="B5:C9 {areas}">{rule}</conditionalFormatting></worksheet>'
    found = marks._coloured(XmlPart(xml.encode(), ["conditionalFormatting", "formula"]), "Tareas")
    assert (found[0], len(found)) == ((1, 5, 2, 9), 500)


def test_marks_for_many_sheets_are_added_to_the_styles_once(copy: Parts) -> None:
    plain = {name: re.sub(rb"<conditionalFormatting.*</conditionalFormatting>", b"", xml) for name, xml in copy.items()}
    content = packages.together(plain)
    cells = [Observation(s, "B9", "error", "CEL-002", "a", "b") for s in ("Unidad", "Tareas", "Presupuesto")]
    before, after = (
        packages.apart(c)["xl/styles.xml"] for c in (content, observations.make(content, cells, "R").content)
    )
    assert after.count(b"<dxf>") - before.count(b"<dxf>") == 2


def test_notes_that_two_sheets_share_are_written_once(copy: Parts) -> None:
    book = WorkbookCopy(packages.together(copy))
    tasks, money = sheet(copy, "Tareas"), sheet(copy, "Presupuesto")
    shared = book.related(tasks, "comments")
    own = money.replace("worksheets/", "worksheets/_rels/") + ".rels"
    type_ = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments"
    lines = b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="%s" Target="/%s"/></Relationships>'
    made = packages.with_part(copy, own, lines % (type_, shared.encode()))
    after = packages.apart(observations.make(made, FOUND, "Resumen").content)[shared]
    assert tuple(after.count(f'ref="{cell}"'.encode()) for cell in (MONTH, BUDGET)) == (1, 0)


# --- comparing ----------------------------------------------------------------------------------------------


def _headings(n: int) -> list[tables.TableInMaster]:
    return [tables.TableInMaster("Cuadro", {"Dato": 0}, []) for _ in range(n)]


COMPARED: dict[str, tuple[Callable[[int], object], Callable[[object], object], int]] = {
    "names that differ in numbers": (
        lambda n: ([f"Hoja {k}" for k in range(n)], [f"Hoja {k + n}" for k in range(n)]),
        lambda given: pairing.aligned(given[0], given[1], "hoja", ""),  # type: ignore[index]
        1_000,
    ),
    "tables of one heading": (_headings, lambda given: pairing.by_heading(given), 4_000),  # type: ignore[arg-type]
    "a row of marks": (lambda n: "a" + "-" * n, lambda text: pairing.without_numbers(str(text)), 8_000),
    "columns of one title": (
        lambda n: [["Dato"] * n, [1.0] * n],
        lambda grid: tables.of_sheet(grid, {}),  # type: ignore[arg-type]
        4_000,
    ),
    "a table in many blocks": (
        lambda n: [["Dato", "Valor"], *([["a", 1.0], ["", ""]] * n)],
        lambda grid: tables.of_sheet(grid, {}),  # type: ignore[arg-type]
        20_000,
    ),
    "rows of few keys": (
        lambda n: [ComparedRow(k, {"a": k % (n // 140), "b": k}) for k in range(n)],
        lambda given: rows.match(given, given, RowIdentity(("a",), ("a", "b"))),  # type: ignore[arg-type]
        12_000,
    ),
}


@pytest.mark.slow
@pytest.mark.parametrize("case", COMPARED)
def test_the_work_of_a_comparison_grows_with_the_workbooks(case: str) -> None:
    make, run, size = COMPARED[case]
    assert growth.ratio(make, run, size) < growth.MOST


@pytest.mark.parametrize(
    ("name", "plain"),
    [("Embajadas (33)", "Embajadas"), ("2T --3-- y 4", "T y"), ("--- sin número ---", "--- sin número ---"), ("9", "")],
)
def test_a_name_without_its_numbers_is_as_before(name: str, plain: str) -> None:
    assert pairing.without_numbers(name) == re.sub(r"\W*\d+\W*", " ", name).strip() == plain


# --- migration ----------------------------------------------------------------------------------------------


def _markup(parts: Parts, name: str) -> markup.Markup:
    return markup.of(Package(packages.together(parts), guards.DEFAULT), name, guards.DEFAULT)


def _related(sheet_part: str) -> str:
    return sheet_part.replace("worksheets/", "worksheets/_rels/") + ".rels"


def test_notes_that_a_sheet_names_many_times_are_read_once(copy: Parts, monkeypatch: pytest.MonkeyPatch) -> None:
    tasks = sheet(copy, "Tareas")
    again = re.search(rb"<Relationship [^>]*comments[^>]*/>", copy[_related(tasks)])
    assert again
    many = b"".join(re.sub(rb'Id="[^"]*"', b'Id="x%d"' % k, again[0]) for k in range(50))
    made = packages.apart(put(copy, _related(tasks), b"</Relationships>", many))
    read: list[bytes] = []
    walk = markup._Notes.read
    monkeypatch.setattr(markup._Notes, "read", lambda self, xml: read.append(xml) or walk(self, xml))
    _markup(made, tasks)
    assert len(read) == 1


def test_a_formula_that_many_cells_share_is_kept_once(copy: Parts) -> None:
    tasks = sheet(copy, "Tareas")
    cells = b'<c r="CA%d"><f t="shared" si="9"/><v>1</v></c>'
    row = b'<row r="%d">%s</row>'
    first = row % (7000, b'<c r="CA7000"><f t="shared" ref="CA7000:CA7300" si="9">1+%s</f></c>' % (b"1" * 5000))
    many = first + b"".join(row % (k, cells % k) for k in range(7001, 7300))
    found = _markup(packages.apart(put(copy, tasks, b"</sheetData>", many)), tasks).formulas
    shared = [found[f"CA{k}"] for k in range(7000, 7300)]
    assert len(set(shared)) == 1
    assert len({id(text) for text in shared}) == 1


@pytest.mark.slow
def test_the_work_of_reading_a_note_grows_with_its_pieces(copy: Parts) -> None:
    tasks = sheet(copy, "Tareas")
    part = WorkbookCopy(packages.together(copy)).related(tasks, "comments")

    def make(n: int) -> Parts:
        pieces = b"<r><t>%s</t></r>" % (b"nota " * 10) * n
        note = b'<comment ref="ZZ9" authorId="0"><text>%s</text></comment>' % pieces
        return packages.apart(put(copy, part, b"</comm", note))

    assert growth.ratio(make, lambda parts: _markup(parts, tasks), 12_000) < growth.MOST
