"""The menu POA in a real headless LibreOffice: its order is dispatched by URL, as the menu does."""

import csv
import itertools
import json
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import openpyxl
import pytest
from openpyxl.comments import Comment

from poa_xl import observations
from poa_xl.addins.libreoffice import client, command_file, extension, installation
from poa_xl.addins.libreoffice.menu_entries import ORDERS, PROTOCOL, VALIDATE
from poa_xl.messages import addins
from poa_xl.writers.unit_workbook import workbook
from tests import campaign_books as books, factories, text_books
from tests.demonstration import Demonstration
from tests.libreoffice import Dispatched, LibreOffice, LibreOfficeMissingError
from tests.one_sheet import sheet_of
from tests.places import at
from tests.test_docs import run

pytestmark = [pytest.mark.libreoffice, pytest.mark.xdist_group("addin")]

URL = PROTOCOL + VALIDATE
LIST, SUMMARY = observations.SHEET, observations.SUMMARY_ROW - 1
# One of each kind: text as number, ambiguous, what formats show, error cell, formula, rule of a sheet, sheets and columns out of place.
DEFECTS = (
    "CEL-002", "CEL-003", "CEL-005", "CEL-006", "CEL-012", "CEL-013", "CEL-015", "CEL-017", "UNI-010", "OPE-002", "TAR-004", "PRE-009", "PRE-011",
    "HOJ-005", "COL-004",
)  # fmt: skip


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the LibreOffice of these tests looks for the note."""
    return tmp_path_factory.mktemp("ajustes")


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory, settings: Path) -> Iterator[LibreOffice]:
    folder = tmp_path_factory.mktemp("extensiones")
    with zipfile.ZipFile(extension.build(tmp_path_factory.mktemp("oxt"))) as archive:
        archive.extractall(folder / extension.OXT_FILE)
    try:
        office = LibreOffice(extensions=folder, settings=settings)
    except LibreOfficeMissingError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"LibreOffice is needed on CI: {reason}")
        pytest.skip(f"needs LibreOffice: {reason}")
    yield office
    office.close()


@pytest.fixture
def office(started: LibreOffice, settings: Path, monkeypatch: pytest.MonkeyPatch) -> LibreOffice:
    """A LibreOffice whose note names the poa-xl of this environment."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(settings))
    command_file.write(installation.own_command())
    return started


@pytest.fixture(scope="module")
def defects(
    demonstration_with_defects: Demonstration, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, str]]:
    """The demonstration with planted defects: its workbooks, and code -> a workbook that has it."""
    folder = demonstration_with_defects.copy(tmp_path_factory.mktemp("defectos") / "demo")
    with (folder / "defectos.csv").open(encoding="utf-8-sig", newline="") as file:
        return folder / "entregas", {row["codigo"]: row["archivo"] for row in csv.DictReader(file)}


@pytest.fixture
def unit(tmp_path: Path) -> Path:
    """A filled unit workbook without mistakes."""
    entidad = factories.entidad()
    unidad = entidad.by_code["DGRB"]
    data = factories.unit_data(unidad, 2)
    for row in data["tareas"]:
        for column, done in row.items():
            if column.startswith("ejecutado_") and done is not None:
                row[column] = row[column.replace("ejecutado", "programado")]
    path = tmp_path / "DGRB.xlsx"
    workbook.write_unit_workbook(path, entidad, unidad, data, functions="poa")
    return path


MONTH, NEXT, AFTER = (books.cell(at("Tareas", "Prog. ene", row)) for row in (1, 2, 3))
OTHER = books.cell(at("Tareas", "Prog. feb", 2))


def change(path: Path, cells: dict[str, Any], sheet: str = "Tareas") -> None:
    book = openpyxl.load_workbook(path)
    for name, value in cells.items():
        book[sheet][name] = value
    book.save(path)


def listed(done: Dispatched, sheet: str = LIST) -> list[list[str]]:
    """The rows of the list as a person reads them."""
    rows = [row[:5] for row in done.after[sheet][observations.FIRST_ROW - 1 :]]
    return [row for row in rows if any(row)]


def by_command(path: Path) -> tuple[list[list[str]], dict[str, int]]:
    """What `poa-xl validate` finds in the file itself, as rows of the list, and its counts."""
    answer = json.loads(run(["validate", "--format", "json", str(path)], path.parent).stdout)
    found = [
        observations.Observation(o["hoja"], o["celda"], o["severidad"], o["codigo"], o["mensaje"], o["accion"]).row
        for o in answer["observaciones"]
    ]
    return found, answer["resumen"]


def typed(path: Path) -> dict[str, Any]:
    """Every cell of the workbook that holds something, but those of the list."""
    book = openpyxl.load_workbook(path)
    return {
        f"{sheet.title}!{cell.coordinate}": cell.value
        for sheet in book
        if sheet.title != LIST
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }


# --- notes at the cells -----------------------------------------------------------------------------------


def notes(path: Path, sheet: str = "Tareas") -> dict[str, str]:
    """The notes of a sheet below its headers."""
    page = sheet_of(path, sheet)
    return {c.coordinate: c.comment.text for row in page.iter_rows(min_row=5) for c in row if c.comment}


def test_an_observed_cell_has_a_note_until_it_is_mended(office: LibreOffice, unit: Path, tmp_path: Path) -> None:
    change(unit, {MONTH: "dos", OTHER: "1.200"})
    first, second = tmp_path / "1" / unit.name, tmp_path / "2" / unit.name
    first.parent.mkdir()
    second.parent.mkdir()
    assert office.dispatch(URL, unit, first).succeeded
    assert set(notes(first)) == {MONTH, OTHER}
    assert notes(first)[MONTH].startswith("error CEL-002: «Prog. ene» espera un número")
    change(first, {MONTH: 2})
    assert office.dispatch(URL, first, second).succeeded
    assert set(notes(second)) == {OTHER}


def test_what_somebody_wrote_into_the_list_is_passed_over(office: LibreOffice, unit: Path, tmp_path: Path) -> None:
    change(unit, {"A5": "Tareas!zz", "B5": "error"}, observations.SHEET)
    change(unit, {MONTH: "dos"})
    out = tmp_path / "1" / unit.name
    out.parent.mkdir()
    done = office.dispatch(URL, unit, out)
    assert [row[2] for row in listed(done)] == ["CEL-002"]


def test_a_note_that_a_person_wrote_stays(office: LibreOffice, unit: Path, tmp_path: Path) -> None:
    change(unit, {MONTH: "dos"})
    book = openpyxl.load_workbook(unit)
    book["Tareas"][MONTH].comment = Comment("Pregunté a la DGP.", "Ana")
    book.save(unit)
    out = tmp_path / "1" / unit.name
    out.parent.mkdir()
    done = office.dispatch(URL, unit, out)
    assert [row[2] for row in listed(done)] == ["CEL-002"]
    assert notes(out) == {MONTH: "Pregunté a la DGP."}


# --- findings ---------------------------------------------------------------------------------------------


@pytest.mark.slow
@pytest.mark.parametrize("code", DEFECTS)
def test_the_menu_finds_what_the_command_finds_in_the_same_file(
    office: LibreOffice, defects: tuple[Path, dict[str, str]], tmp_path: Path, code: str
) -> None:
    folder, with_code = defects
    path = Path(shutil.copy(folder / with_code[code], tmp_path))
    expected, counts = by_command(path)
    assert code in {row[2] for row in expected}
    out = tmp_path / "guardado" / path.name
    out.parent.mkdir()
    done = office.dispatch(URL, path, out)
    assert (done.succeeded, done.shown, listed(done)) == (True, LIST, expected)
    assert f"{counts['errores']} error" in done.said
    assert done.after[LIST][SUMMARY][0] == done.said
    # Nothing that a person typed is changed: neither in the open document nor in the file that is saved from it.
    others = {name: rows for name, rows in done.before.items() if name != LIST}
    assert {name: rows for name, rows in done.after.items() if name != LIST} == others
    assert_unchanged(path, out)


@pytest.mark.slow
def test_a_formula_without_a_value_is_computed_on_opening_and_not_found_any_more(
    office: LibreOffice, defects: tuple[Path, dict[str, str]], tmp_path: Path
) -> None:
    folder, with_code = defects
    path = Path(shutil.copy(folder / with_code["CEL-007"], tmp_path))
    assert [row[2] for row in by_command(path)[0]] == ["CEL-007"]
    assert listed(office.dispatch(URL, path)) == []


def assert_unchanged(before: Path, after: Path) -> None:
    first, second = typed(before), typed(after)
    assert len(first) > 200
    inputs = {place: value for place, value in first.items() if not str(value).startswith("=")}
    assert {place: plain(second.get(place)) for place in inputs} == {place: plain(v) for place, v in inputs.items()}


def plain(value: Any) -> Any:
    """A cell's value, whichever way its program writes it: 1 and 1.0, the two ends of a line, #REF! and =#REF!, TRUE."""
    if value == "=TRUE()":  # what LibreOffice writes for a typed TRUE
        return True
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return round(float(value), 9)
    return value.replace("\r\n", "\n").replace("=#", "#") if isinstance(value, str) else value


def test_a_workbook_without_mistakes_says_so_and_an_old_list_goes(office: LibreOffice, unit: Path) -> None:
    change(
        unit,
        {"A5": f"Tareas!{MONTH}", "B5": "error", "A700": f"Tareas!{MONTH}", "B700": "error", "D700": "viejo"},
        LIST,
    )
    done = office.dispatch(URL, unit)
    assert listed(done) == []
    assert done.said.endswith("sin observaciones.")
    assert done.after[LIST][SUMMARY][0] == done.said


def test_what_a_unit_wrote_in_the_list_is_carried(office: LibreOffice, unit: Path, tmp_path: Path) -> None:
    change(unit, {MONTH: "dos", NEXT: "dos"})
    first, second = tmp_path / "1" / unit.name, tmp_path / "2" / unit.name
    first.parent.mkdir()
    second.parent.mkdir()
    assert office.dispatch(URL, unit, first).succeeded
    change(first, {"F5": "son dos informes", "G6": 45, "F6": "=1+1", "A20": "Ana Quispe", "H4": "Anexo"}, LIST)
    change(first, {MONTH: 2})
    done = office.dispatch(URL, first, second)
    assert done.succeeded
    rows = [row for row in done.after[LIST][observations.FIRST_ROW - 1 :] if any(row)]
    assert [row[:2] for row in rows[:2]] == [[f"Tareas!{NEXT}", "error"], [f"Antes, en Tareas!{MONTH}", "anterior"]]
    assert rows[0][5:7] == ["=1+1", "45"]
    assert sheet_of(second, LIST)["F5"].data_type == "f"  # as it was, and no text
    assert rows[1][5] == "son dos informes"
    assert rows[2][0] == "Ana Quispe"
    header = done.after[LIST][observations.HEADER_ROW - 1]
    assert (header[5], header[7], header[25]) == ("Respuesta de la unidad", "Anexo", "Fila observada")
    assert rows[0][25].startswith("OP-01 · Tarea 2")


def test_the_document_stays_where_it_is_and_one_undo_takes_the_list_back(office: LibreOffice, unit: Path) -> None:
    change(unit, {MONTH: "dos"})
    done = office.dispatch(URL, unit)
    assert [row[0] for row in listed(done)] == [f"Tareas!{MONTH}"]
    assert not done.moved
    assert done.steps == ["Validar libro"]
    assert done.undone == done.before


def test_a_link_leads_to_the_cell_in_libreoffice_and_in_the_saved_file(office: LibreOffice, unit: Path) -> None:
    change(unit, {MONTH: "dos"})
    out = unit.with_name("guardado.xlsx")
    done = office.dispatch(URL, unit, out)
    assert done.links[LIST][observations.FIRST_ROW - 1] == f"#'Tareas'.{MONTH}"
    cell = sheet_of(out, LIST).cell(observations.FIRST_ROW, 1)
    assert cell.value == f"Tareas!{MONTH}"
    assert cell.hyperlink.location.replace("'", "") == f"Tareas!{MONTH}"


def test_words_of_strangers_are_never_a_formula(office: LibreOffice, unit: Path) -> None:
    change(unit, {MONTH: "dos", NEXT: "@SUM(1)", AFTER: "'x"})
    command_file.write(
        fake(unit.parent, [finding("Tareas", MONTH, "=1+1"), finding("Tareas", NEXT, "{=1}"), finding("", "", "+")])
    )
    out = unit.with_name("guardado.xlsx")
    done = office.dispatch(URL, unit, out)
    sheet = sheet_of(out, LIST)
    shown = [sheet.cell(row, 4) for row in range(observations.FIRST_ROW, observations.FIRST_ROW + 3)]
    assert [(cell.value, cell.data_type) for cell in shown] == [("=1+1", "s"), ("{=1}", "s"), ("+", "s")]
    assert [row[0] for row in listed(done)] == [f"Tareas!{MONTH}", f"Tareas!{NEXT}", "Libro"]
    assert done.links[LIST][observations.FIRST_ROW - 1 :] == [f"#'Tareas'.{MONTH}", f"#'Tareas'.{NEXT}", ""]


def test_sheets_with_quotes_spaces_and_accents_are_led_to(office: LibreOffice, unit: Path) -> None:
    names = ["Mi hoja", "Año's 1º.5", "¡Ojo! (2)"]
    book = openpyxl.load_workbook(unit)
    for name in names:
        book.create_sheet(name)
    book.save(unit)
    found = [finding(name, "B2", "algo") for name in names] + [finding("No hay", "B2", "algo")]
    command_file.write(fake(unit.parent, found))
    out = unit.with_name("guardado.xlsx")
    done = office.dispatch(URL, unit, out)
    assert [row[0] for row in listed(done)] == [*(f"{name}!B2" for name in names), "No hay!B2"]
    assert done.links[LIST][observations.FIRST_ROW - 1 + len(names)] == ""
    saved = sheet_of(out, LIST)
    cells = [saved.cell(observations.FIRST_ROW + i, 1) for i in range(len(names))]
    assert [cell.hyperlink.location for cell in cells] == ["'Mi hoja'!B2", "'Año''s 1º.5'!B2", "'¡Ojo! (2)'!B2"]


def test_a_long_list_is_cut_where_the_marks_end_and_says_so(office: LibreOffice, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.title = "Tareas"
    book.save(tmp_path / "libro.xlsx")
    room = observations.LAST_ROW - observations.FIRST_ROW + 1
    command_file.write(fake(tmp_path, [finding("Tareas", f"E{i}", "algo") for i in range(1, room + 12)]))
    done = office.dispatch(URL, tmp_path / "libro.xlsx")
    assert len(listed(done)) == room
    assert done.after[LIST][SUMMARY][0] == f"{done.said} La lista muestra las primeras {room}."


# --- the sheet --------------------------------------------------------------------------------------------


def test_an_older_workbook_gets_the_sheet_at_its_end(office: LibreOffice, tmp_path: Path) -> None:
    text_books.entity(tmp_path / "entidad.xlsx")
    text_books.unit(tmp_path / "DGRB.xlsx", Tareas=text_books.UNIT["Tareas"].replace("| 2 |", "| dos |"))
    expected, _ = by_command(tmp_path / "DGRB.xlsx")
    command_file.write(with_entity(tmp_path, installation.own_command()))
    done = office.dispatch(URL, tmp_path / "DGRB.xlsx")
    assert list(done.after) == [*done.before, LIST]
    titles = [title for title in done.after[LIST][observations.HEADER_ROW - 1] if title]
    assert titles == [*observations.HEADERS, "Respuesta de la unidad", "Fila observada"]
    assert listed(done) == expected
    assert "CEL-002" in {row[2] for row in expected}


def with_entity(folder: Path, command: list[str]) -> list[str]:
    """A command that checks against the entity of a folder, for workbooks that carry no catalogue."""
    script = folder / "con_entidad.py"
    script.write_text(
        "import subprocess, sys\n"
        f"sys.exit(subprocess.call({command!r} + sys.argv[1:] + ['--entity', {str(folder / 'entidad.xlsx')!r}]))\n"
    )
    return [sys.executable, str(script)]


def test_somebody_elses_sheet_of_that_name_is_left_alone(office: LibreOffice, unit: Path) -> None:
    book = openpyxl.load_workbook(unit)
    sheet = book[LIST]
    for row in sheet["A1:E5"]:
        for cell in row:
            cell.value = "apunte"
    book.save(unit)
    done = office.dispatch(URL, unit)
    assert done.shown == f"{LIST} 2"
    assert done.after[LIST] == done.before[LIST]
    assert list(done.after)[-1] == done.shown


def test_a_protected_sheet_is_written_and_protected_again(office: LibreOffice, unit: Path) -> None:
    change(unit, {MONTH: "dos"})
    book = openpyxl.load_workbook(unit)
    book[LIST].protection.enable()
    book[LIST].protection.formatColumns = False
    book.save(unit)
    out = unit.with_name("guardado.xlsx")
    done = office.dispatch(URL, unit, out)
    assert [row[0] for row in listed(done)] == [f"Tareas!{MONTH}"]
    assert LIST in done.protected
    protection = sheet_of(out, LIST).protection
    assert (protection.sheet, protection.formatColumns) == (True, False)


def test_a_sheet_protected_with_a_password_is_refused_in_one_line(office: LibreOffice, unit: Path) -> None:
    book = openpyxl.load_workbook(unit)
    book[LIST].protection.set_password("secreto")
    book[LIST].protection.enable()
    book.save(unit)
    done = office.dispatch(URL, unit)
    assert not done.succeeded
    assert "La hoja Observaciones está protegida con una contraseña" in done.said
    assert done.after == done.before


# --- what can stand in the way ----------------------------------------------------------------------------


def finding(sheet: str, cell: str, what: str) -> dict[str, str]:
    kinds = {"severidad": "error", "codigo": "CEL-002", "accion": "Corrija."}
    return {"hoja": sheet, "celda": cell, "mensaje": what, **kinds}


_number = itertools.count()


def fake(folder: Path, found: list[dict[str, str]] | None = None, body: str = "") -> list[str]:
    """A command that answers as poa-xl does, with the findings given, or that does something else."""
    answer = {"resumen": {"errores": len(found or []), "avisos": 0}, "observaciones": found}
    script = folder / f"orden{next(_number)}.py"
    script.write_text("import sys, time\n" + (body or f"print({json.dumps(answer)!r})"), encoding="utf-8")
    return [sys.executable, str(script)]


def test_without_poa_xl_one_line_says_what_to_install_and_the_functions_work(
    office: LibreOffice, unit: Path, settings: Path
) -> None:
    command_file.remove()
    done = office.dispatch(URL, unit)
    assert (done.succeeded, done.said) == (False, addins.say("libreoffice.sin-poa-xl"))
    assert "poa-xl addin install libreoffice" in done.said
    assert "\n" not in done.said
    assert (done.after, done.modified) == (done.before, False)
    cells = office.recalculate(unit)
    assert not any(cell.is_error for sheet in cells.values() for cell in sheet.values())


def test_a_command_that_is_gone_is_named(office: LibreOffice, unit: Path) -> None:
    command_file.write([str(unit.parent / "no-hay" / "python")])
    done = office.dispatch(URL, unit)
    assert (done.succeeded, "ya no está donde se instaló" in done.said) == (False, True)
    assert str(unit.parent / "no-hay" / "python") in done.said


def test_what_poa_xl_says_when_it_cannot_go_on_is_shown(office: LibreOffice, unit: Path) -> None:
    command_file.write(fake(unit.parent, body="sys.stderr.write('Error: falta el ñandú\\n'); sys.exit(3)"))
    done = office.dispatch(URL, unit)
    assert (done.succeeded, done.said) == (False, "poa-xl no pudo revisar el libro. Dijo: Error: falta el ñandú")
    assert done.after == done.before
    command_file.write(fake(unit.parent, body="print('hola')"))
    assert office.dispatch(URL, unit).said == "poa-xl no pudo revisar el libro. Dijo: hola"


def test_a_workbook_that_carries_no_catalogue_is_told_what_to_ask_for(office: LibreOffice, tmp_path: Path) -> None:
    text_books.unit(tmp_path / "DGRB.xlsx")
    done = office.dispatch(URL, tmp_path / "DGRB.xlsx")
    assert (done.succeeded, done.said) == (False, addins.say("macros.sin-catalogo"))
    assert done.after == done.before


def test_a_document_that_was_never_saved_can_be_checked(office: LibreOffice, tmp_path: Path) -> None:
    names = tmp_path / "nombres"
    command_file.write(
        fake(tmp_path, body=f"open({str(names)!r}, 'w', encoding='utf-8').write(sys.argv[-1]); sys.exit(3)")
    )
    assert not office.dispatch(URL, None).succeeded
    assert Path(names.read_text(encoding="utf-8")).suffix == ".xlsx"


def test_the_copy_has_the_workbooks_own_name_and_is_gone_afterwards(office: LibreOffice, unit: Path) -> None:
    names = unit.parent / "nombres"
    command_file.write(
        fake(unit.parent, body=f"open({str(names)!r}, 'w', encoding='utf-8').write(sys.argv[-1]); sys.exit(3)")
    )
    named = unit.rename(unit.with_name("Embajada en São Paulo 100 %.xlsx"))
    office.dispatch(URL, named)
    copy = Path(names.read_text(encoding="utf-8"))
    assert (copy.name, copy == named) == (named.name, False)
    assert not copy.parent.parent.exists()


def test_a_document_open_for_reading_only_is_refused_in_one_line(office: LibreOffice, unit: Path) -> None:
    done = office.dispatch(URL, unit, read_only=True)
    assert (done.succeeded, done.said) == (False, addins.say("libreoffice.solo-lectura"))
    assert done.after == done.before


def test_a_command_that_does_not_end_is_stopped(tmp_path: Path) -> None:
    looked: list[int] = []
    command = fake(tmp_path, body="time.sleep(60)")
    (tmp_path / "copia").mkdir()
    with pytest.raises(client.Failed, match="no terminó de revisar el libro en 1 segundos"):
        client.check(command, tmp_path / "copia" / "libro.xlsx", lambda: looked.append(1), seconds=1)
    assert len(looked) > 2


def test_what_libreoffice_sets_for_its_own_python_does_not_reach_the_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PYTHONHOME", "/no/hay")
    monkeypatch.setenv("PYTHONPATH", "/no/hay")
    (tmp_path / "copia").mkdir()
    checked = client.check(fake(tmp_path, [finding("", "", "«ñ»")]), tmp_path / "copia" / "libro.xlsx", lambda: None)
    assert (checked.errors, [o.what for o in checked.observations]) == (1, ["«ñ»"])


def test_the_noted_command_is_a_poa_xl(tmp_path: Path) -> None:
    said = subprocess.run([*installation.own_command(), "--version"], cwd=tmp_path, capture_output=True, text=True)
    assert (said.returncode, said.stdout.startswith("poa-xl")) == (0, True)


# --- the menu itself --------------------------------------------------------------------------------------


def test_the_menu_shows_every_order_in_spanish(tmp_path: Path) -> None:
    with zipfile.ZipFile(extension.build(tmp_path)) as archive:
        menu = ET.fromstring(archive.read("Addons.xcu"))
        handler = archive.read("ProtocolHandler.xcu").decode()
    values = [value.text for value in menu.iter("value")]
    for order, key in ORDERS.items():
        assert PROTOCOL + order in values
        assert values.count(addins.say(key)) == 2  # in both languages
    assert values.count("POA") == 2
    assert f"<value>{PROTOCOL}*</value>" in handler
