"""What acts in a workbook, or leads out of it, is said; a copy goes without what acts. A clean one raises nothing."""

import io
import random
import re
import struct
import subprocess
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path
from posixpath import normpath
from xml.etree import ElementTree

import openpyxl
import pytest
from pyopenvba import vba as library
from pyopenvba.cfb import CFB
from pyopenvba.vba import VBAProject
from xlsxwriter import Workbook

from poa_xl import guards, reading, sheets
from poa_xl.addins.excel import xlam
from poa_xl.guards import active_content, active_formulas, vba, workbook
from poa_xl.messages.active_content import Item
from poa_xl.names import XLWINGS_SETTINGS
from poa_xl.observations import Observation
from poa_xl.vba import project
from poa_xl.writers.annotated import observations
from tests import active_books, excel_links, growth, packages, test_excel_template, text_books
from tests.active_books import CASES, Case
from tests.one_sheet import sheet_of
from tests.packages import MAIN, Parts

pytestmark = pytest.mark.slow

NOTED = ("LIB-013", "LIB-014", "LIB-020", "LIB-021")
FOUND = [Observation("Tareas", "D2", "error", "CEL-002", "La celda dice «x».", "Escriba el número.")]
ALL_CASES = pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return packages.apart(text_books.unit(tmp_path_factory.mktemp("libro") / "DGRB.xlsx").read_bytes())


def said(content: bytes) -> list[tuple[str, str]]:
    """The codes and words of what is noted of a file."""
    contents = guards.contents(guards.opened(content, guards.DEFAULT), guards.DEFAULT)
    return sorted(contents.noted.items())


def items(content: bytes) -> list[Item]:
    package = guards.opened(content, guards.DEFAULT)
    return active_content.of(package, workbook.index(package, guards.DEFAULT), guards.DEFAULT)


# --- what is said -------------------------------------------------------------------------------------------


def test_a_clean_workbook_raises_nothing(parts: Parts) -> None:
    assert said(packages.together(parts)) == []


@ALL_CASES
def test_it_is_said_what_acts_and_where(parts: Parts, case: Case) -> None:
    found = said(packages.together(case.make(parts)))
    assert [code for code, _ in found] == [case.code]
    for word in case.words:
        assert word in found[0][1]


@ALL_CASES
def test_a_workbook_with_it_is_read_with_one_finding_of_its_code(parts: Parts, case: Case, tmp_path: Path) -> None:
    path = tmp_path / "DGRB.xlsx"
    path.write_bytes(packages.together(case.make(parts)))
    read = reading.read_book(path, sheets.unit_sheets())
    assert [f.code for f in read.findings if f.code.startswith("LIB")] == [case.code]
    assert "tareas" in read.tables


def test_a_file_in_a_list_of_thousands_is_said_briefly(parts: Parts) -> None:
    rows = "".join(f'<row r="{n}"><c r="Z{n}"><f>WEBSERVICE(A{n})</f></c></row>' for n in range(100, 600))
    made = {**parts, packages.TASKS: parts[packages.TASKS].replace(b"</sheetData>", f"{rows}</sheetData>".encode())}
    ((code, words),) = said(packages.together(made))
    assert (code, words.count("WEBSERVICE")) == ("LIB-020", 6)
    assert words.endswith(" y 494 más")


# --- clean neighbours ---------------------------------------------------------------------------------------


def _with_extras() -> bytes:
    """A workbook with a picture, links to pages, mails and files, notes, a chart, a table, names and words."""
    made = io.BytesIO()
    with Workbook(made, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Hoja|1")
        for row, link in enumerate(
            ("https://a.bo/?x=1|2", "mailto:a@b.bo", "external:c:/a.xlsx", "internal:'Hoja|1'!A9")
        ):
            sheet.write_url(row, 0, link)
        sheet.insert_image(5, 5, "foto.png", {"image_data": io.BytesIO(_picture())})
        sheet.write_comment(6, 0, "WEBSERVICE(A1)")
        sheet.write_string(7, 0, "=cmd|'/c calc'!A0")
        sheet.write_formula(8, 0, "=IF('Hoja|1'!A1=\"CALL(1)|2\",SUM(A1:A2),RECALL)", None, 1)
        sheet.insert_checkbox(9, 0, True)
        sheet.insert_button(10, 0, {"caption": "Nada"})
        chart = book.add_chart({"type": "column"})
        chart.add_series({"values": "='Hoja|1'!$A$1:$A$3"})
        sheet.insert_chart(11, 5, chart)
        sheet.add_table(20, 0, 24, 2)
        sheet.conditional_format(0, 0, 9, 9, {"type": "cell", "criteria": ">", "value": 5})
        sheet.data_validation(0, 5, 9, 5, {"validate": "list", "source": ["EXEC", "DDE|a"]})
        book.define_name("HIDDEN_CALLER", "='Hoja|1'!$A$1")
    return made.getvalue()


def _picture() -> bytes:
    """A PNG of one point."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", 1, 1, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(bytes(4))) + chunk(b"IEND", b"")


def test_pictures_links_notes_charts_and_words_raise_nothing() -> None:
    content = _with_extras()
    assert items(content) == []
    again = openpyxl.load_workbook(io.BytesIO(content))
    saved = io.BytesIO()
    again.save(saved)
    assert items(saved.getvalue()) == []


@pytest.mark.parametrize(
    "formula",
    [
        "SUM(A1)",
        "RECALL(A1)",
        "CALLER",
        'A1&"WEBSERVICE(x)"',
        "'a|b'!A1",
        "'[1]a|b'!A1",
        "my.CALL(A1)",
        "IMAGEN(A1)",
        "COPY(A1)",
        "XCALL(1)",
    ],
)
def test_formulas_like_those_that_reach_out_do_not(formula: str) -> None:
    assert not active_formulas.reaches_out(formula, ["a|b"])


@pytest.mark.parametrize(
    "kind",
    [
        excel_links.STARTUP,
        excel_links.ELSEWHERE,
        (excel_links.ELSEWHERE[0], "/Users/Mar%C3%ADa/AppData/Roaming/Microsoft/AddIns/poa_xl.xlam"),
        (excel_links.ELSEWHERE[0], "file:///D:\\POA\\POA_XL.XLAM"),
        (f"{active_books.MICROSOFT}/xlExternalLinkPath/xlLibrary", "poa_xl.xlam"),
    ],
)
def test_our_own_add_in_as_excel_notes_it_raises_nothing(parts: Parts, kind: tuple[str, str]) -> None:
    assert said(packages.together(active_books.book(kind[1], kind[0])(parts))) == []


# --- our own macros -----------------------------------------------------------------------------------------


@pytest.mark.parametrize("made", [lambda: project.of_workbook(1), lambda: project.of_workbook(12), project.of_addin])
def test_our_macros_are_known(made: Callable[[], bytes]) -> None:
    """If this fails, macros were changed: run tools/known_vba.py before they are sent."""
    found = vba.judge(made())
    assert found.clean, "run tools/known_vba.py"
    assert found.ours


def test_our_macros_as_excel_saves_them_are_known() -> None:
    found = vba.judge(active_books.changed_project(active_books.as_excel_saves_it))
    assert found.clean


@pytest.mark.parametrize("size", [0, 10, 511, 512, 4096, 40_000])
def test_a_project_that_is_cut_off_is_foreign(size: int) -> None:
    assert not vba.judge(project.of_workbook(2)[:size]).readable


@pytest.mark.parametrize("seed", range(40))
def test_a_project_with_changed_bytes_is_clean_or_foreign_and_never_stops_the_program(seed: int) -> None:
    chance = random.Random(seed)
    content = bytearray(project.of_workbook(3))
    for _ in range(8):
        content[chance.randrange(len(content))] = chance.randrange(256)
    vba.judge(bytes(content))


def test_a_module_that_inflates_without_end_is_not_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    """A chunk of 6 bytes says 4,099: a megabyte would be 700."""
    inflated: list[int] = []
    decompress = library.decompress

    def counted(data: bytes, **how: object) -> bytes:
        found = decompress(data, **how)
        inflated.append(len(found))
        return found

    chunk = b"\x03\xb0" + b"\x02" + b"A" + b"\xff\x0f"
    bomb = b"\x01" + chunk * 60_000
    assert len(decompress(b"\x01" + chunk)) > 3_000
    monkeypatch.setattr(library, "decompress", counted)
    content = _project_with(bomb)
    assert not vba.judge(content).readable
    assert max(inflated) < 400_000


def _project_with(stream: bytes) -> bytes:
    container = CFB.from_bytes(project.of_workbook(2))
    container.write_stream_at(["VBA"], "poa_xl_macros", stream)
    return container.to_bytes()


@pytest.fixture(scope="module")
def with_macros(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A template with our macros, as `poa-xl template --functions xlwings` writes it, filled in."""
    return test_excel_template.write(tmp_path_factory.mktemp("macros") / "DGAA.xlsm")


def test_our_workbooks_with_macros_raise_nothing(with_macros: Path) -> None:
    assert said(with_macros.read_bytes()) == []
    assert items(xlam.trial()) == []


def test_our_workbooks_saved_by_openpyxl_raise_nothing(with_macros: Path) -> None:
    saved = io.BytesIO()
    openpyxl.load_workbook(with_macros, keep_vba=True).save(saved)
    assert items(saved.getvalue()) == []


@pytest.mark.libreoffice
def test_our_workbooks_saved_by_libreoffice_raise_nothing_and_get_our_macros_anew(
    with_macros: Path, tmp_path: Path
) -> None:
    content = converted(with_macros, tmp_path, "xlsm:Calc MS Excel 2007 VBA XML").read_bytes()
    assert said(content) == []
    assert packages.apart(content)["xl/vbaProject.bin"] != project.of_workbook(10)
    copied = with_our_macros(content)
    assert items(copied) == []
    assert packages.apart(copied)["xl/vbaProject.bin"] == project.of_workbook(10)
    assert code_names(copied) == {f"Sheet{n}" for n in range(1, 11)}


def converted(path: Path, folder: Path, form: str) -> Path:
    """A workbook as a LibreOffice of its own saves it."""
    command = ["soffice", "--headless", f"-env:UserInstallation={(folder / 'perfil').as_uri()}", "--convert-to", form]
    subprocess.run(
        [*command, "--outdir", str(folder / "hecho"), str(path)], check=True, capture_output=True, timeout=200
    )
    (made,) = (folder / "hecho").iterdir()
    return made


def with_our_macros(content: bytes) -> bytes:
    """A copy as the command line makes it: our macros for as many sheets as are wanted."""
    count = observations.make(content, FOUND, "Resumen").modules
    return observations.make(content, FOUND, "Resumen", project=project.of_workbook(count)).content


def code_names(content: bytes) -> set[str]:
    inside = packages.apart(content)
    found = [
        re.findall(rb'<sheetPr[^>]* codeName="(\w+)"', xml) for name, xml in inside.items() if "worksheets/" in name
    ]
    assert all(len(names) <= 1 for names in found)
    return {names[0].decode() for names in found if names}


def test_a_copy_of_our_workbook_with_macros_has_the_same_macros(with_macros: Path) -> None:
    content = with_macros.read_bytes()
    before, after = packages.apart(content), packages.apart(with_our_macros(content))
    same = ("xl/vbaProject.bin", "xl/_rels/workbook.xml.rels")
    assert [before[name] for name in same] == [after[name] for name in same]
    assert code_names(content) == {f"Sheet{n}" for n in range(1, 11)}


@pytest.mark.parametrize(
    "change", [active_books.foreign, active_books.code_in_workbook, active_books.ours_with_other_code]
)
@pytest.mark.parametrize("name", ["xl/vbaProject.bin", "xl/otro.bin"])
def test_a_copy_of_our_workbook_with_macros_of_others_has_ours_alone(
    with_macros: Path, change: Callable[[VBAProject], None], name: str
) -> None:
    inside = packages.apart(with_macros.read_bytes())
    del inside["xl/vbaProject.bin"]
    inside[name] = active_books.changed_project(change)
    place = "xl/_rels/workbook.xml.rels"
    inside[place] = inside[place].replace(b'"vbaProject.bin"', f'"{name.removeprefix("xl/")}"'.encode())
    content = packages.together(inside)
    assert [code for code, _ in said(content)] == ["LIB-013"]
    copied = with_our_macros(content)
    after = check_package(copied)
    assert items(copied) == []
    assert [xml for xml in after.values() if xml.startswith(b"\xd0\xcf\x11\xe0")] == [project.of_workbook(10)]
    assert "Esta copia no lleva" in listed(copied)


def test_a_copy_without_a_project_at_hand_has_no_macros_of_others(with_macros: Path) -> None:
    changed = active_books.changed_project(active_books.foreign)
    content = packages.together({**packages.apart(with_macros.read_bytes()), "xl/vbaProject.bin": changed})
    after = check_package(observations.make(content, FOUND, "Resumen").content)
    assert not any(xml.startswith(b"\xd0\xcf\x11\xe0") for xml in after.values())


def test_every_line_of_the_list_of_known_macros_is_a_hash_and_a_name() -> None:
    assert len(vba.known()) >= 7
    assert all(len(line) == 64 and int(line, 16) for line in vba.known())


# --- copies -------------------------------------------------------------------------------------------------


def check_package(content: bytes) -> dict[str, bytes]:
    """The parts of a package whose types and relations all fit: each part has a type, each relation a part."""
    inside = packages.apart(content)
    types = ElementTree.fromstring(inside["[Content_Types].xml"])
    endings = {n.attrib["Extension"].lower() for n in types if n.tag.endswith("Default")}
    named = [n.attrib["PartName"].lstrip("/") for n in types if n.tag.endswith("Override")]
    assert len(named) == len(set(named))
    assert set(named) <= inside.keys()
    for part in inside:
        assert part in named or part.rpartition(".")[2].lower() in endings or part == "[Content_Types].xml", part
    for place in (name for name in inside if name.endswith(".rels")):
        source = place.replace("_rels/", "").removesuffix(".rels")
        assert not source or source in inside, place
        identifiers = set()
        for node in ElementTree.fromstring(inside[place]):
            assert node.attrib["Id"] not in identifiers
            identifiers.add(node.attrib["Id"])
            if node.attrib.get("TargetMode") != "External":
                base = f"/{source}".rpartition("/")[0]
                target = node.attrib["Target"]
                assert normpath(target if target.startswith("/") else f"{base}/{target}").lstrip("/") in inside, target
        if source:
            for node in ElementTree.fromstring(inside[source]).iter() if source.endswith(".xml") else ():
                for name, value in node.attrib.items():
                    if name.startswith("{") and "relationships}" in name:
                        assert value in identifiers, (source, node.tag, value)
    return inside


@pytest.mark.parametrize("decoy", ["package", "oleObject", "image", "theme"])
def test_macros_that_another_relation_names_first_as_something_else_are_said(parts: Parts, decoy: str) -> None:
    made = active_books.related(parts, active_books.ROOT, f"{active_books.OFFICE}/{decoy}", "/xl/vbaProject.bin")
    made = next(case for case in CASES if case.name == "macros: foreign").make(made)
    codes = [code for code, _ in said(packages.together(made))]
    assert [code for code in codes if code != "LIB-021"] == ["LIB-013"]
    copied = check_package(observations.make(packages.together(made), FOUND, "Resumen").content)
    assert not any(xml.startswith(b"\xd0\xcf\x11\xe0") for xml in copied.values())


def test_a_control_is_said_whatever_its_part_is_called(parts: Parts) -> None:
    made = active_books.with_part(
        parts, "xl/foto.bin", b"x", "", active_books.TASK_RELATIONS, f"{active_books.OFFICE}/control", "rIdC"
    )
    made = active_books.typed(made, ".bin", "application/octet-stream")
    assert said(packages.together(made)) == [("LIB-020", "control ActiveX «foto.bin» (Tareas)")]


@ALL_CASES
def test_a_copy_goes_without_what_acts_and_says_so(parts: Parts, case: Case) -> None:
    content = packages.together(case.make(parts))
    made = observations.make(content, FOUND, "Resumen")
    inside = check_package(made.content)
    whole = b"\0".join([*inside.values(), *map(str.encode, inside)])
    left = b"\0".join(xml for name, xml in inside.items() if not name.endswith("sheet7.xml"))  # the list says it
    if case.code in ("LIB-013", "LIB-020"):
        assert made.left_out
        assert "Esta copia no lleva" in listed(made.content)
        assert [item for item in items(made.content) if item.removed] == []
        for word in case.gone:
            assert word not in left, word
    else:
        assert made.left_out == ""
        assert said(made.content) == said(content)
        assert "Esta copia no lleva" not in whole.decode("utf-8", "replace")


def listed(content: bytes) -> str:
    """The line above the list of observations."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    return str(book["Observaciones"]["A2"].value)


@ALL_CASES
def test_a_copy_opens_with_the_same_cells(parts: Parts, case: Case) -> None:
    content = packages.together(case.make(parts))
    copied = observations.make(content, FOUND, "Resumen").content
    before, after = (openpyxl.load_workbook(io.BytesIO(c), data_only=True) for c in (packages.together(parts), copied))
    for name in packages.SHEETS:
        cells = {c.coordinate: c.value for row in before[name].iter_rows() for c in row if c.value is not None}
        found = {c.coordinate: c.value for row in after[name].iter_rows() for c in row if c.value is not None}
        assert cells.items() <= found.items()
        assert found.keys() - cells.keys() <= {"Z90", "Z91", "A9"}
        assert all(found[cell] == 7 for cell in found.keys() - cells.keys() - {"A9"})


def test_a_copy_of_a_clean_workbook_is_the_same_as_ever(parts: Parts) -> None:
    made = observations.make(packages.together(parts), FOUND, "Resumen")
    assert (made.modules, made.left_out) == (0, "")
    assert zipfile.ZipFile(io.BytesIO(made.content)).testzip() is None
    assert MAIN in check_package(made.content)


# --- what our own macros would follow ---------------------------------------------------------------------------


def _changed_by_hand(path: Path, change: Callable[[openpyxl.Workbook], object]) -> bytes:
    book = openpyxl.load_workbook(path, keep_vba=True)
    change(book)
    saved = io.BytesIO()
    book.save(saved)
    return saved.getvalue()


@pytest.mark.parametrize(
    ("key", "value"),
    [("INTERPRETER_WIN", "\\\\servidor\\python.exe"), ("PYTHONPATH", "C:\\x"), ("UDF Modules", "otro"), ("ADD_WORKBOOK_TO_PYTHONPATH", "true")],
)  # fmt: skip
def test_settings_that_our_macros_would_follow_are_said_and_not_carried(
    with_macros: Path, key: str, value: str
) -> None:
    content = _changed_by_hand(with_macros, lambda book: book["xlwings.conf"].append([key, value]))
    ((code, words),) = said(content)
    assert (code, f"{key}={value}"[:70] in words) == ("LIB-020", True)
    after = sheet_of(io.BytesIO(with_our_macros(content)), "xlwings.conf")
    assert [[c.value for c in row] for row in after.iter_rows()] == [list(pair) for pair in XLWINGS_SETTINGS]
    assert after.sheet_state == "hidden"


def test_a_sheet_from_which_our_macros_would_take_code_is_said_and_a_copy_has_no_macros(with_macros: Path) -> None:
    content = _changed_by_hand(with_macros, lambda book: book.create_sheet("poa_xl.py").append(["import os"]))
    ((code, words),) = said(content)
    assert (code, "«poa_xl.py»" in words) == ("LIB-020", True)
    made = observations.make(content, FOUND, "Resumen")
    assert made.modules == 0
    assert not any(xml.startswith(b"\xd0\xcf\x11\xe0") for xml in packages.apart(made.content).values())


def test_a_sheet_of_that_name_in_a_workbook_without_macros_raises_nothing(parts: Parts) -> None:
    content = packages.together({**parts, MAIN: parts[MAIN].replace(b'name="Resumen"', b'name="datos.py"')})
    assert said(content) == []


# --- neighbours in one workbook -----------------------------------------------------------------------------------


def _with_query(parts: Parts, pivot: bool) -> Parts:
    """A table that a query fills through a connection, and a pivot table over it if wanted."""
    space = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    table = (
        b'<table xmlns="%s" id="1" name="T" displayName="T" ref="AA1:AA2" tableType="queryTable" totalsRowShown="0">'
        b'<tableColumns count="1"><tableColumn id="1" uniqueName="1" name="a" queryTableFieldId="1"/></tableColumns></table>'
    )
    connection = next(case for case in CASES if case.name == "a connection").make(parts)
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    made = active_books.with_part(
        connection, "xl/tables/t.xml", table % space, f"{kind}.table+xml", active_books.TASK_RELATIONS,
        f"{active_books.OFFICE}/table", "rIdT",
    )  # fmt: skip
    made = active_books.with_part(
        made, "xl/q.xml", b'<queryTable xmlns="%s" name="q" connectionId="1"/>' % space, f"{kind}.queryTable+xml",
        "xl/tables/_rels/t.xml.rels", f"{active_books.OFFICE}/queryTable",
    )  # fmt: skip
    tables = f'<tableParts{active_books._EXTRA} count="1"><tablePart r:id="rIdT"/></tableParts>'
    made = active_books.in_sheet(made, "extLst", tables)
    if pivot:
        cache = b'<pivotCacheDefinition xmlns="%s"><cacheSource type="external" connectionId="1"/><cacheFields count="0"/></pivotCacheDefinition>'
        made = active_books.with_part(
            made, "xl/pivot.xml", cache % space, f"{kind}.pivotCacheDefinition+xml", packages.RELATIONS,
            f"{active_books.OFFICE}/pivotCacheDefinition", "rIdP",
        )  # fmt: skip
    return made


@pytest.mark.parametrize("pivot", [False, True])
def test_a_table_that_a_query_fills_stays_a_table(parts: Parts, pivot: bool) -> None:
    inside = check_package(observations.make(packages.together(_with_query(parts, pivot)), FOUND, "Resumen").content)
    table = inside["xl/tables/t.xml"]
    assert (b"queryTable" in table, b'name="a"' in table) == (False, True)
    assert "xl/q.xml" not in inside
    # A pivot table needs the number of its connection, which the format then marks as removed.
    left = inside.get("xl/conexiones.xml", b"")
    assert (b'id="1"' in left, b'deleted="1"' in left) == (pivot, pivot)
    assert b"http://x" not in left
    assert items(packages.together(inside)) == []


def test_cells_that_share_a_formula_that_reaches_out_all_keep_their_values(parts: Parts) -> None:
    rows = (
        '<row r="91"><c r="Z91"><f t="shared" ref="Z91:Z93" si="7">WEBSERVICE(A1)</f><v>1</v></c></row>'
        '<row r="92"><c r="Z92"><f t="shared" si="7"/><v>2</v></c></row>'
        '<row r="93"><c r="Z93"><f t="shared" ref="Z93" si="8">A1+1</f><v>3</v></c></row>'
    )
    made = {**parts, packages.TASKS: parts[packages.TASKS].replace(b"</sheetData>", f"{rows}</sheetData>".encode())}
    copied = packages.apart(observations.make(packages.together(made), FOUND, "Resumen").content)[packages.TASKS]
    cells = [copied.split(b'<c r="Z%d"' % row)[1].split(b"</c>")[0] for row in (91, 92, 93)]
    assert [b"<f" in cell for cell in cells] == [False, False, True]
    assert [b"<v>%d</v>" % n in cell for n, cell in enumerate(cells, start=1)] == [True] * 3


def test_the_box_of_a_control_goes_and_those_of_notes_stay(parts: Parts) -> None:
    noted = packages.apart(observations.make(packages.together(parts), FOUND, "Resumen").content)
    made = next(case for case in CASES if case.name == "an ActiveX control").make(noted)
    (drawn,) = (name for name in made if name.endswith(".vml"))
    space = b'xmlns:v="urn:schemas-microsoft-com:vml"'
    box = b'<v:shape %s id="_x0000_s1025"/><v:shape %s id="_x0000_s1027"/></xml>' % (space, space)
    made[drawn] = made[drawn].replace(b"</xml>", box)
    notes = made[drawn].count(b'ObjectType="Note"')
    after = check_package(observations.make(packages.together(made), FOUND, "Resumen").content)[drawn]
    assert (b"_x0000_s1025" in after, b"_x0000_s1027" in after) == (False, True)
    assert after.count(b'ObjectType="Note"') == notes == 1


def test_everything_at_once_leaves_a_sound_copy(parts: Parts) -> None:
    made = parts
    for name in ("a connection", "an ActiveX control", "a ribbon (0)", "a web add-in", "bars of tools", "data in real time",
                 "a document inside", "macros that a sheet names", "the formula cmd|'/c calc'!A0"):  # fmt: skip
        made = next(case for case in CASES if case.name == name).make(made)
    inside = check_package(observations.make(packages.together(made), FOUND, "Resumen").content)
    assert [item.code for item in items(packages.together(inside))] == ["LIB-021"]
    assert "xl/embeddings/carta.docx" in inside


@pytest.mark.libreoffice
def test_libreoffice_opens_the_copies(parts: Parts, tmp_path: Path) -> None:
    """As many as show each way of taking something out; it opens nothing that is not sound enough."""
    names = ("macros: foreign", "a sheet of macros", "a DDE link", "an OLE link", "a connection", "an ActiveX control",
             "a web add-in", "a ribbon (0)", "the formula cmd|'/c calc'!A0", "a document inside")  # fmt: skip
    for number, name in enumerate(names):
        content = packages.together(next(case for case in CASES if case.name == name).make(parts))
        (tmp_path / f"{number}.xlsx").write_bytes(observations.make(content, FOUND, "Resumen").content)
    opened = _cells_in_libreoffice(tmp_path, len(names))
    assert [rows[0][0] for rows in opened] == ["Observaciones"] * len(names)


def _cells_in_libreoffice(folder: Path, count: int) -> list[list[list[object]]]:
    """The cells of the first sheet of each workbook as LibreOffice saves them."""
    given = [str(folder / f"{number}.xlsx") for number in range(count)]
    profile = f"-env:UserInstallation={(folder / 'perfil').as_uri()}"
    command = ["soffice", "--headless", profile, "--convert-to", "xlsx", "--outdir", str(folder / "hecho"), *given]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    books = [openpyxl.load_workbook(folder / "hecho" / f"{number}.xlsx") for number in range(count)]
    return [[[cell.value for cell in row] for row in book.worksheets[0].iter_rows()] for book in books]


# --- growth -------------------------------------------------------------------------------------------------------


def _many(parts: Parts, kind: str, n: int) -> bytes:
    if kind == "formulas":
        rows = "".join(f'<row r="{k}"><c r="Z{k}"><f>WEBSERVICE(A{k})</f></c></row>' for k in range(100, 100 + n))
        made = {**parts, packages.TASKS: parts[packages.TASKS].replace(b"</sheetData>", f"{rows}</sheetData>".encode())}
        return packages.together(made)
    made = next(case for case in CASES if case.name == "an ActiveX control").make(parts)
    sheet, place = packages.TASKS, active_books.TASK_RELATIONS
    if kind == "controls":
        one = made[sheet].partition(b"<controls>")[2].partition(b"</controls>")[0]
        return packages.together({**made, sheet: made[sheet].replace(one, one * n)})
    lines = b"".join(
        b'<Relationship Id="n%d" Type="%s/control" Target="/xl/activeX/activeX1.xml"/>'
        % (k, active_books.OFFICE.encode())
        for k in range(n)
    )
    return packages.together({**made, place: made[place].replace(b"</Relationships>", lines + b"</Relationships>")})


@pytest.mark.parametrize("kind", ["formulas", "controls", "relations"])
def test_the_work_of_taking_out_grows_with_the_workbook(parts: Parts, kind: str) -> None:
    def run(content: bytes) -> None:
        observations.make(content, FOUND, "Resumen")

    assert growth.ratio(lambda n: _many(parts, kind, n), run, 3_000) < growth.MOST
