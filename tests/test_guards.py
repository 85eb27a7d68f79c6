"""The guards one by one: the door, the limits, the two ways through a sheet's XML, and what is read right."""

import dataclasses
import datetime as dt
import io
import os
import re
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.parsers.expat import ErrorString, ExpatError

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from click.testing import CliRunner

from poa_xl import cells, guards, reading, sheets
from poa_xl.cli import poa_xl
from poa_xl.guards import (
    DEFAULT,
    Limits,
    RefusedError,
    plain_package,
    sheet_grammar,
    sheet_walk,
    strings,
    styles,
    workbook,
)
from poa_xl.guards.markup import utf8
from poa_xl.guards.refused import broken
from poa_xl.messages import limits as words
from poa_xl.reading import Book
from tests import packages, text_books
from tests.libreoffice import LibreOffice
from tests.packages import (
    MAIN,
    RELATIONS,
    STRINGS,
    TASKS,
    Parts,
    edited,
    replaced,
    together,
    with_part,
    with_row,
)


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return packages.small(tmp_path_factory.mktemp("small"))


def read(content: bytes, folder: Path, limits: Limits = DEFAULT) -> Book:
    path = folder / "DGRB.xlsx"
    path.write_bytes(content)
    return reading.read_book(path, sheets.unit_sheets(), limits=limits)


def values(book: Book) -> dict[str, dict[str, list[cells.Value]]]:
    """What was read, where."""
    return {key: {**table.values, "": list(table.rows)} for key, table in book.tables.items()}


def contents(content: bytes, limits: Limits = DEFAULT) -> guards.Contents:
    return guards.contents(guards.opened(content, limits), limits)


def is_ordinary(content: bytes) -> bool:
    """Whether all of its large parts are of the form that is read fast."""
    package = guards.opened(content, DEFAULT)
    plan = workbook.index(package, DEFAULT)
    texts = not plan.strings or strings.ordinary(utf8(package.part(plan.strings)), DEFAULT)
    return bool(texts) and all(sheet_grammar.quick(utf8(package.part(p)), DEFAULT) for _, p in plan.sheets)


# --- the door ---------------------------------------------------------------------------------------------


def test_a_file_is_opened_once_whatever_is_asked_of_it(
    parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "DGRB.xlsx"
    path.write_bytes(together(parts))
    file = reading.File(path)
    path.unlink()
    assert file.sheet_names[:2] == ["Unidad", "Operaciones"]
    assert file.grid("Resumen") == [["Periodo"], ["enero"]]
    assert not file.is_master
    assert file.read(sheets.unit_sheets()).tables["tareas"].values["tarea"] == ["Redactar informes"]


@pytest.mark.skipif(os.name != "posix", reason="pipes of the file system")
def test_a_pipe_is_refused_without_waiting_for_a_writer(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "DGRB.xlsx")
    with pytest.raises(RefusedError) as refused:
        guards.open_once(tmp_path / "DGRB.xlsx", DEFAULT)
    assert refused.value.code == "LIB-009"


def test_a_folder_is_walked_past_links_and_names_of_all_kinds(tmp_path: Path) -> None:
    (tmp_path / "a").mkdir()
    (tmp_path / "carpeta.xlsx").mkdir()
    (tmp_path / "a" / "uno.XLSX").touch()
    (tmp_path / "a" / "carta.pdf").touch()
    (tmp_path / "~$uno.xlsx").touch()
    (tmp_path / ".uno.xlsx").touch()
    (tmp_path / "otra").symlink_to(tmp_path)
    (tmp_path / "enlace.xlsx").symlink_to(tmp_path / "a" / "uno.XLSX")
    found, aside = reading.list_files(tmp_path)
    assert [p.relative_to(tmp_path).as_posix() for p in found] == ["a/uno.XLSX", "carpeta.xlsx", "enlace.xlsx"]
    assert [p.name for p in aside] == [".uno.xlsx", "carta.pdf", "otra"]


@pytest.mark.parametrize(("name", "shown"), [("\x1b[31m.xlsx", "\\x1b[31m.xlsx"), ("a\nb", "a\\nb"), ("\udcff", "\\udcff"),
                                             ("\u202e", "\\u202e"), ("ñandú 1.xlsx", "ñandú 1.xlsx")])  # fmt: skip
def test_a_name_is_shown_by_codes_where_it_cannot_be_shown(name: str, shown: str) -> None:
    assert cells.visible(name) == shown


# --- the limits -------------------------------------------------------------------------------------------

# A limit, a value below what the small workbook has, and the code that says so.
TIGHT: list[tuple[str, float, str]] = [
    ("archivo_mb", 0.001, "LIB-010"),
    ("expandido_mb", 0.001, "LIB-010"),
    ("entradas", 5, "LIB-010"),
    ("hojas", 3, "LIB-010"),
    ("celdas", 20, "LIB-010"),
    ("area", 10, "HOJ-007"),
    ("filas", 0.5, "LIB-010"),
    ("profundidad", 2, "LIB-010"),
    ("atributos", 1, "LIB-010"),
    ("texto", 20, "LIB-010"),
]  # segundos and memoria_mb have tests of their own: this workbook is read in no time, and a process that is just short
# of memory fails in many ways


@pytest.mark.parametrize(("name", "value", "code"), TIGHT, ids=[t[0] for t in TIGHT])
def test_a_limit_can_be_changed_and_is_named_where_it_is_passed(
    name: str, value: Any, code: str, parts: Parts, tmp_path: Path
) -> None:
    content = together(parts)
    assert not read(content, tmp_path).broken
    (finding,) = read(content, tmp_path, dataclasses.replace(DEFAULT, **{name: value})).findings
    assert finding.code == code
    assert code == "HOJ-007" or finding.details["columna"] == name


def test_the_seconds_of_a_file_can_be_changed_and_are_named_where_they_are_passed(parts: Parts, tmp_path: Path) -> None:
    written = '<row r="{0}"><c r="K{0}" t="inlineStr"><is><t>dos {0}</t></is></c><c r="L{0}"><v>{0}</v></c></row>'
    content = with_row(
        parts, "".join(map(written.format, range(100, 9_000))).encode()
    )  # what takes hundreds of times as long
    brief = dataclasses.replace(DEFAULT, segundos=0.001)
    (finding,) = read(content, tmp_path, brief).findings
    assert (finding.code, finding.details["columna"]) == ("LIB-010", "segundos")
    assert not read(content, tmp_path).broken


def test_the_ratio_counts_only_where_it_can_do_harm(parts: Parts, tmp_path: Path) -> None:
    assert not read(with_part(parts, "xl/media/blanco.png", bytes(5_000_000)), tmp_path).broken
    (finding,) = read(with_part(parts, "xl/media/blanco.png", bytes(50_000_000)), tmp_path).findings
    assert (finding.code, finding.details["columna"]) == ("LIB-010", "razon")


def test_every_limit_has_its_words() -> None:
    assert list(words.LIMITS) == [field.name for field in dataclasses.fields(Limits)]
    assert {t[0] for t in TIGHT} | {"segundos", "razon", "memoria_mb"} == set(words.LIMITS)


def test_a_file_of_limits_changes_what_it_names(parts: Parts, tmp_path: Path) -> None:
    (tmp_path / "entregas").mkdir()
    read(together(parts), tmp_path / "entregas")
    entity = text_books.entity(tmp_path / "entidad.xlsx")
    limits = tmp_path / "limites.yaml"
    limits.write_text("texto: 50\n", encoding="utf-8")
    master = tmp_path / "maestro.xlsx"
    for command in (["validate"], ["consolidate", "--quarter", "2", "-o", str(master)]):
        arguments = [*command, str(tmp_path / "entregas"), "--entity", str(entity)]
        assert CliRunner().invoke(poa_xl, arguments).exit_code == 0
        result = CliRunner().invoke(poa_xl, [*arguments, "--limits", str(limits)])
        assert result.exit_code == 1
        assert "LIB-010" in result.output


@pytest.mark.parametrize(("text", "said"), [
    ("hoja: 3", "el límite «hoja» no existe"), ("hojas: muchas", "espera un número mayor que cero"), ("hojas: 0", "«0»"),
    ("hojas: -1", "«-1»"), ("hojas: true", "«True»"), ("hojas: .inf", "«inf»"), ("- hojas", "una línea por límite"),
    ("", "una línea por límite"), ("a: [", "no se entiende"), ("!!python/object:os.system x", "no se entiende"),
])  # fmt: skip
def test_a_file_of_limits_that_cannot_be_used_is_wrong_usage(text: str, said: str, tmp_path: Path) -> None:
    limits = tmp_path / "limites.yaml"
    limits.write_text(text, encoding="utf-8")
    result = CliRunner().invoke(poa_xl, ["validate", str(tmp_path), "--limits", str(limits)])
    assert result.exit_code == 2
    assert said in result.output


# --- two ways through a sheet, and the child --------------------------------------------------------------

SPACE = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
SHEETS: list[tuple[str, bytes]] = [
    ("numbers", b'<row r="1"><c r="A1"><v>1</v></c><c r="B1" s="3"><v>-1.5E-3</v></c></row>'),
    ("blanks", b'<row r="1"><c r="A1" s="1"/><c r="B1"></c><c r="C1"><v></v></c><c r="D1"><v/></c></row><row r="3"/>'),
    ("errors", b'<row r="2"><c r="A2" t="e"><v>#REF!</v></c><c r="B2" s="1" t="e"><f>1/0</f><v>#DIV/0!</v></c><c r="C2" t="e"/></row>'),
    ("new errors", b'<row r="2"><c r="A2" s="2" t="e"><v>#SPILL!</v></c><c r="B2" t="e"><v>#CALC!</v></c></row>'),
    ("uncomputed", b'<row r="2"><c r="A2"><f>B1</f></c><c r="B2" s="1"><f>B1</f><v></v></c><c r="C2"><f t="shared" si="0"/><v/></c></row>'),
    ("computed", b'<row r="2"><c r="A2"><f>B1</f><v>3</v></c><c r="B2" t="str"><f>B1</f><v></v></c><c r="C2" t="str"><f>B1</f></c></row>'),
    ("texts", b'<row r="2"><c r="A2" t="s"><v>0</v></c><c r="B2" t="inlineStr"><is><t xml:space="preserve"> a </t></is></c><c r="C2" t="b"><v>1</v></c></row>'),
    ("beyond dates", b'<row r="2"><c r="A2" s="1"><v>-1E300</v></c><c r="B2" s="1" t="n"><v>1e15</v></c><c r="C2" s="1"><v>NaN</v></c></row>'),
    ("an ISO date", b'<row r="2"><c r="A2" s="1" t="d"><v>2024-06-30</v></c></row>'),
    ("words for a number", b'<row r="2"><c r="A2"><v>dos</v></c></row>'),
    ("a wide one", b'<row r="2"><c r="A2"><v>1</v></c><c r="ABC2"><v>1</v></c></row><row r="1048576"><c r="XFD1048576" s="1"/></row>'),
]  # fmt: skip


def as_calamine_reads(xml: bytes) -> list[list[object]]:
    formats = styles.read(
        b'<styleSheet xmlns="%s"><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>' % SPACE, DEFAULT
    )
    texts = strings.Strings(b"<sst><si><t>uno</t></si></sst>", 1)
    book = python_calamine.load_workbook(plain_package.plain([xml], texts.xml, formats.xml, False))
    return trimmed(book.get_sheet_by_index(0).to_python(skip_empty_area=False))


def trimmed(grid: list[list[object]]) -> list[list[object]]:
    return [row[: max((n + 1 for n, v in enumerate(row) if v != ""), default=0)] for row in grid]


@pytest.mark.parametrize("rows", [s[1] for s in SHEETS], ids=[s[0] for s in SHEETS])
def test_both_ways_through_a_sheet_find_the_same(rows: bytes) -> None:
    xml = b'<worksheet xmlns="%s"><sheetData>%s</sheetData></worksheet>' % (SPACE, rows)
    fast, slow = sheet_grammar.quick(xml, DEFAULT), sheet_walk.careful(xml, DEFAULT)
    rare = any(sign in rows for sign in (b"dos", b"NaN", b't="d"', b'si="0"'))  # what few programs write
    assert (fast is None) == rare
    if fast is None:
        return
    assert (fast.cells, fast.odd, fast.largest_text) == (slow.cells, slow.odd, slow.largest_text)
    assert (fast.rows, fast.columns) >= (slow.rows, slow.columns)
    if b"XFD" not in rows:
        assert as_calamine_reads(fast.xml) == as_calamine_reads(slow.xml)


def test_the_area_is_that_of_the_cells_with_content() -> None:
    xml = (
        b'<worksheet xmlns="'
        + SPACE
        + b'"><sheetData><row r="2"><c r="ABC2"><v>1</v></c></row><row r="9"><c r="XFC9"/><c r="XFD9" s="1"></c></row></sheetData></worksheet>'
    )
    scan = sheet_walk.careful(xml, DEFAULT)
    assert (scan.rows, scan.columns, scan.last) == (2, 731, "ABC2")


def test_a_far_cell_is_found_with_and_without_attributes() -> None:
    for cell in (
        b'<c r="XFD1048576"><v>1</v></c>',
        b'<c r="XFD1048576" s="1"><v>1</v></c>',
        b'<c r="XFD1048576" t="str"><v>1</v></c>',
    ):
        xml = (
            b'<worksheet xmlns="' + SPACE + b'"><sheetData><row r="1048576">' + cell + b"</row></sheetData></worksheet>"
        )
        for scan in (sheet_grammar.quick(xml, DEFAULT), sheet_walk.careful(xml, DEFAULT)):
            assert scan is not None
            with pytest.raises(RefusedError) as refused:
                scan.check(DEFAULT, 0)
            assert (refused.value.code, refused.value.cell) == ("HOJ-007", "XFD1048576")


def test_a_worker_gives_the_same_as_this_process(tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with xlsxwriter.Workbook(path) as book:
        sheet = book.add_worksheet("ñ <&> 'x")
        formats = [book.add_format({"num_format": f}) for f in ("dd/mm/yyyy", "hh:mm", "[h]:mm:ss", "dd/mm/yyyy hh:mm")]
        sheet.write_row("A1", ["texto", 1, 2.5, True, "=1+1", "línea\nde dos"])
        for row, number in enumerate((45000, 0.25, 1.75, 45000.5)):
            sheet.write_number(row + 3, 2, number, formats[row])
        sheet.write_formula("F9", "=1/0", None, "#DIV/0!")
        book.add_worksheet("vacía")
    content = path.read_bytes()
    here, there = contents(content), reading.read_contents(content)
    assert here.names == there.names == ["ñ <&> 'x", "vacía"]
    assert here.odd == there.odd == {"ñ <&> 'x": {"F9": "#DIV/0!"}}

    for name in here.names:
        assert trimmed(here[name]) == there[name]
    kinds = {type(value) for row in there[here.names[0]] for value in row}
    assert {str, float, bool, dt.date, dt.time, dt.timedelta, dt.datetime} <= kinds


def _while_cleaning_up() -> Exception:
    """What zipfile makes of a lack of memory: another error, met while the file is closed."""
    try:
        try:
            raise MemoryError
        finally:
            closed = io.BytesIO()
            closed.close()
            closed.read()
    except ValueError as error:
        return error


def _expat_without_memory() -> ExpatError:
    error = ExpatError(f"{ErrorString(1)}: line 1, column 0")
    error.code = 1
    return error


@pytest.mark.parametrize(
    "error",
    [MemoryError(), zlib.error("Error -4 while decompressing data"), _expat_without_memory(), _while_cleaning_up()],
    ids=["python", "zlib", "expat", "zipfile"],
)
def test_a_lack_of_memory_is_never_taken_for_a_damaged_file(error: Exception) -> None:
    with pytest.raises(MemoryError):
        broken(error)


@pytest.mark.parametrize("error", [zlib.error("Error -3 while decompressing data"), ExpatError("x"), ValueError("x")])
def test_other_failures_are_of_a_damaged_file(error: Exception) -> None:
    error.code = 4  # type: ignore[attr-defined]  # expat has one
    assert broken(error).code == "LIB-001"


def test_a_file_that_is_refused_is_judged_once(parts: Parts, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """It may take seconds, and a command asks for the sheets of a file before it reads it."""
    path, judged, in_worker = tmp_path / "DGRB.xlsx", [], guards.in_worker
    path.write_bytes(with_row(parts, b'<row r="900000"><c r="A900000"><v>1</v></c></row>'))

    def count(task: str, *arguments: object, **more: object) -> tuple[object, bytes]:
        judged.append(task)
        return in_worker(task, *arguments, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(guards, "in_worker", count)
    file = reading.File(path)
    assert (file.sheet_names, file.grid("Tareas")) == ([], None)
    assert [f.code for f in file.read(sheets.unit_sheets()).findings] == ["HOJ-007"]
    assert judged == [reading.tasks.CONTENTS]


# --- what is read right -----------------------------------------------------------------------------------

_STRICT = {
    b"http://schemas.openxmlformats.org/spreadsheetml/2006/main": b"http://purl.oclc.org/ooxml/spreadsheetml/main",
    b"http://schemas.openxmlformats.org/officeDocument/2006/relationships": b"http://purl.oclc.org/ooxml/officeDocument/relationships",
}


def _strict(parts: Parts) -> bytes:
    found = dict(parts)
    for old, new in _STRICT.items():
        found = {name: data.replace(old, new) for name, data in found.items()}
    return together(found)


def _prefixed(parts: Parts) -> bytes:
    def change(data: bytes) -> bytes:
        named = re.sub(rb"<(/?)(\w+)", rb"<\1x:\2", data)
        return named.replace(b" xmlns=", b" xmlns:x=", 1)

    return together({name: change(data) if "worksheets/sheet" in name else data for name, data in parts.items()})


def _inline(parts: Parts) -> bytes:
    texts = re.findall(rb"<si>(.*?)</si>", parts[STRINGS])
    change = {
        name: re.sub(rb't="s"><v>(\d+)</v>', lambda m: b't="inlineStr"><is>' + texts[int(m[1])] + b"</is>", data)
        for name, data in parts.items()
    }
    return packages.without(change, STRINGS)


def _rich(parts: Parts) -> bytes:
    def change(data: bytes) -> bytes:
        return re.sub(
            rb"<si><t>([ -~])([^<]+)</t></si>",
            rb'<si><r><rPr><b/></rPr><t xml:space="preserve">\1</t></r><r><t xml:space="preserve">\2</t></r></si>',
            data,
        )

    return edited(parts, STRINGS, change)


def _elsewhere(parts: Parts) -> bytes:
    moved = {
        name.replace("xl/", "libro/"): data.replace(b"/xl/", b"/libro/").replace(b'"xl/', b'"libro/')
        for name, data in parts.items()
    }
    return together(moved)


def _in_another_order(parts: Parts) -> bytes:
    change = re.sub(rb'<c r="(\w+)"( s="\d+")? t="(\w+)"', rb"<c t='\3'\2  r = '\1' ", parts[TASKS])
    return with_part(parts, TASKS, change)


READINGS: list[tuple[str, Callable[[Parts], bytes], bool]] = [  # the last: whether it is ordinary in form
    ("as it was made", together, True),
    ("Strict OOXML", _strict, True),
    ("prefixes", _prefixed, False),
    ("texts in their cells", _inline, True),
    ("texts with fonts", _rich, False),
    ("parts in another folder", _elsewhere, True),
    ("attributes in another order and other quotes", _in_another_order, False),
    ("a dimension that is too small", lambda parts: edited(parts, TASKS, lambda x: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1"', x)), True),
    ("a dimension of the whole sheet", lambda parts: edited(parts, TASKS, lambda x: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="A1:XFD1048576"', x)), True),
    ("no dimension", lambda parts: edited(parts, TASKS, lambda x: re.sub(rb"<dimension [^>]*>", b"", x)), True),
    ("lines between the elements", lambda parts: edited(parts, TASKS, lambda x: x.replace(b"><", b">\n  <")), False),
    ("comments and CDATA", lambda parts: edited(parts, TASKS, lambda x: x.replace(b"<row", b"<!-- <c r='XFD1'> --><row").replace(b"<sheetData>", b"<sheetData><![CDATA[ ]]>", 1)), False),
    ("a byte order mark", lambda parts: edited(parts, TASKS, lambda x: b"\xef\xbb\xbf" + x), True),
    ("a sheet in UTF-16", lambda parts: edited(parts, TASKS, lambda x: x.decode().encode("utf-16")), True),
    ("texts in UTF-16", lambda parts: edited(parts, STRINGS, lambda x: ('\ufeff<?xml version="1.0" encoding="UTF-16"?>' + x.decode()).encode("utf-16-be")), True),
    ("texts in Latin-1", lambda parts: edited(parts, STRINGS, lambda x: b'<?xml version="1.0" encoding="ISO-8859-1"?>' + x.decode().encode("latin-1")), True),
    ("rows and cells without address", lambda parts: edited(parts, TASKS, lambda x: re.sub(rb'(<(?:row|c)) r="\w+"', rb"\1", x)), False),
    ("a stray cell of format alone", lambda parts: with_row(parts, b'<row r="1048576"><c r="XFD1048576" s="1"/></row>'), True),
    ("a hidden row and a hidden sheet", lambda parts: together({**parts, TASKS: parts[TASKS].replace(b'<row r="2"', b'<row r="2" hidden="1"'), MAIN: parts[MAIN].replace(b'name="Tareas" sheetId="3" state="visible"', b'name="Tareas" sheetId="3" state="veryHidden"')}), True),
    ("a chart sheet between", lambda parts: together({**parts, "xl/chartsheets/sheet1.xml": b"<chartsheet/>", MAIN: parts[MAIN].replace(b"<sheets>", b'<sheets><sheet name="Gr" sheetId="77" r:id="c1"/>'), RELATIONS: parts[RELATIONS].replace(b"</Relationships>", b'<Relationship Id="c1" Target="chartsheets/sheet1.xml" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/chartsheet"/></Relationships>')}), True),
    ("relative targets with steps back", lambda parts: edited(parts, RELATIONS, lambda x: x.replace(b'"/xl/worksheets/', b'"../xl/worksheets/')), True),
]  # fmt: skip


@pytest.mark.parametrize(("make", "ordinary"), [r[1:] for r in READINGS], ids=[r[0] for r in READINGS])
def test_another_form_of_the_same_workbook_is_read_the_same(
    make: Callable[[Parts], bytes], ordinary: bool, parts: Parts, tmp_path: Path
) -> None:
    expected = read(together(parts), tmp_path)
    content = make(parts)
    book = read(content, tmp_path)
    assert values(book) == values(expected)
    assert book.findings == expected.findings
    assert is_ordinary(content) == ordinary
    assert book.tables["tareas"].values["tarea"] == ["Redactar informes"]


def test_dates_of_the_calendar_of_1904_are_read_right(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "DGRB.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.save(path)
    assert b'date1904="1"' in packages.apart(path.read_bytes())[MAIN]
    book = reading.read_book(path, sheets.unit_sheets())
    assert book.tables["unidad"].values["fecha_envio"] == [dt.date(2024, 7, 5)]


def test_the_calendar_of_1904_is_known_beside_the_extensions_that_excel_writes(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "DGRB.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    workbook.save(path)
    extension = (
        b'<extLst><ext uri="{140A7094-0E35-4892-8432-C4D2E57EDEB5}" xmlns:x15="http://schemas.microsoft.com/office/'
        b'spreadsheetml/2010/11/main"><x15:workbookPr defaultImageDpi="32767"/></ext></extLst></workbook>'
    )
    book = read(replaced(packages.apart(path.read_bytes()), MAIN, b"</workbook>", extension), tmp_path)
    assert book.tables["unidad"].values["fecha_envio"] == [dt.date(2024, 7, 5)]


def _with_other_names(parts: Parts, change: Callable[[str], str]) -> bytes:
    return together({change(name): data for name, data in parts.items()})


@pytest.mark.parametrize(
    "change",
    [
        lambda name: name.replace("sharedStrings", "SharedStrings").replace("[Content_Types]", "[content_types]"),
        lambda name: name.replace("/", "\\"),
    ],
    ids=["capitals", "backslashes"],
)
def test_parts_are_found_by_the_names_that_other_programs_give_them(
    parts: Parts, tmp_path: Path, change: Callable[[str], str]
) -> None:
    expected, book = read(together(parts), tmp_path), read(_with_other_names(parts, change), tmp_path)
    assert values(book) == values(expected)
    assert values(book)["tareas"]["tarea"]


def test_a_module_that_excel_lists_among_the_sheets_is_none(parts: Parts, tmp_path: Path) -> None:
    module = b'<sheet name="Module1" sheetId="99" state="veryHidden" r:id=""/></sheets>'
    expected = read(together(parts), tmp_path)
    book = read(replaced(parts, MAIN, b"</sheets>", module), tmp_path)
    assert (values(book), book.findings) == (values(expected), expected.findings)


def test_a_name_that_climbs_out_of_the_package_is_refused_however_it_is_written(parts: Parts, tmp_path: Path) -> None:
    for name in ("..\\..\\x.xml", "xl\\..\\..\\x.xml", "\\x.xml", "../x.xml", "C:\\x.xml"):
        book = read(with_part(parts, name, b"<x/>"), tmp_path)
        assert [f.code for f in book.findings] == ["LIB-011"], name


def test_merged_titles_are_read_right(tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "DGRB.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["Tareas"].insert_rows(1)
    workbook["Tareas"].merge_cells("A1:E1")
    workbook["Tareas"]["A1"] = "Tareas de la unidad"
    workbook["Tareas"].merge_cells("AC2:AD2")
    workbook.save(path)
    assert reading.read_book(path, sheets.unit_sheets()).tables["tareas"].rows == [3]


def test_an_error_that_only_new_programs_know_is_one_finding_of_its_cell(parts: Parts, tmp_path: Path) -> None:
    book = read(
        with_row(parts, b'<row r="9"><c r="A9" t="s"><v>1</v></c><c r="D9" s="1" t="e"><v>#SPILL!</v></c></row>'),
        tmp_path,
    )
    assert ("CEL-006", "D9", "#SPILL!") in {(f.code, f.location.cell, f.found) for f in book.findings}
    assert not book.broken


@pytest.mark.parametrize(
    ("number", "code"),
    [(n, "CEL-011") for n in (b"-1e300", b"1e300", b"1e400", b"99999999999999999999")]
    + [(n, "CEL-006") for n in (b"NaN", b"inf", b"-inf", b"dos", b"12abc", b"1_000", b"0x1F", "٢".encode(), b"1,5")],
)
def test_a_number_that_no_date_can_be_is_a_finding_of_its_cell(number: bytes, code: str, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    text_books.unit(
        path, Tareas="Operación | Actividad | Tarea | Prog. ene | Ejec. ene\nOP-01 | A | T | d:2024-01-02 | 1"
    )
    found = packages.apart(path.read_bytes())
    for form in (b"<v>%s</v>", b"<v>%s</v><!-- -->"):  # for both ways through a sheet
        change = re.sub(rb"<v>\d{5}</v>", form % number, found[TASKS], count=1)
        assert change != found[TASKS]
        book = read(with_part(found, TASKS, change), tmp_path)
        assert [(f.code, f.location.cell) for f in book.findings if f.code.startswith("CEL")] == [(code, "D2")]


def test_a_text_keeps_no_control_character(tmp_path: Path) -> None:
    book = read(
        text_books.unit(
            tmp_path / "b.xlsx",
            Resultados="ACP | Resultado programado | Principales resultados\n'1.1 | _x001B_[31m | \u200bSe\u00a0firmó\u202f \ufeffun  acuerdo",
        ).read_bytes(),
        tmp_path,
    )
    assert book.tables["resultados"].values["principales_resultados"] == ["Se firmó un acuerdo"]
    (text,) = book.tables["resultados"].values["resultado_programado"]
    assert text == "[31m"


@pytest.mark.libreoffice
def test_what_libreoffice_saves_is_ordinary_and_read_the_same(libreoffice: LibreOffice, tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "DGRB.xlsx")
    saved = libreoffice.save_as_xlsx(path, tmp_path / "lo.xlsx")
    assert is_ordinary(saved.read_bytes())
    one, two = (reading.read_book(p, sheets.unit_sheets()) for p in (path, saved))
    assert values(one) == values(two)
