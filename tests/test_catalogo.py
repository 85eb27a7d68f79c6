"""A unit's workbook carries what checking it needs: alone it gives the same findings as with the entity's workbook."""

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import given, strategies as st

from poa_xl import catalogo, check, guards, reading, sheets
from poa_xl.api import entities, templates
from poa_xl.catalogo import sheet
from poa_xl.checking import entity_book, unit_books
from poa_xl.existence import ALWAYS, Existencia
from poa_xl.findings import SubmissionState
from poa_xl.names import CATALOGUE_SHEET
from poa_xl.reading import tasks
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook
from tests import campaign_books, factories, open_xml, packages
from tests.demonstration import Demonstration

pytestmark = pytest.mark.slow


def carried(path: Path) -> catalogo.Catalogo | None:
    return entities.carried_by(reading.File(path))


def test_a_template_carries_the_catalogue_of_its_entity(tmp_path: Path) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "u.xlsx", entidad, entidad.by_code["DGAA"])
    assert carried(tmp_path / "u.xlsx") == catalogo.of(entidad)


def test_the_catalogue_holds_no_address_of_a_person(tmp_path: Path) -> None:
    entity_workbook.write_entity_workbook(tmp_path / "entidad.xlsx", templates.entity_rows(2))
    checked = entity_book.check_entity(tmp_path / "entidad.xlsx")
    assert checked.entidad
    assert any(u.correo for u in checked.entidad.unidades)
    assert not any("@" in cell for row in sheet.to_rows(catalogo.of(checked.entidad)) for cell in row)


NEW, OLD = "catalogo de poa-xl 2", "catalogo de poa-xl 1"


@pytest.mark.parametrize(
    "rows",
    [
        [],
        [[]],
        [["otra cosa"]],
        [["catalogo de poa-xl 3"], ["{}"]],
        [[NEW]],
        *([[NEW], [said]] for said in ("{", "{}", "[]", "5", "null", '"nombre"', "[" * 100_000, "9" * 10_000)),
        [[OLD]],
        [[OLD], ["entidad", "Ministerio", "dos mil", "1", "0.01"]],
        [[OLD], ["entidad", "Ministerio"]],
    ],
)
def test_a_sheet_that_somebody_changed_is_no_catalogue(rows: list[list[str]]) -> None:
    assert sheet.from_rows(rows) is None


def said(known: catalogo.Catalogo) -> dict[str, Any]:
    """What the sheet of a catalogue says, whole."""
    return json.loads("".join(cell for (cell,) in sheet.to_rows(known)[1:]))


WRONG: tuple[object, ...] = (None, True, -1, 1e400, float("nan"), 10**400, "", "x", [], ["x"], [1], [[]], {}, {"x": 1})
TAKEN = {  # what is as good as what was there
    "nombre": str, "version_plantilla": str, "metodo_operacion": str, "metodo": str,
    "servicio": str, "area": str, "acp": str, "gestion": int,
}  # fmt: skip


@pytest.mark.parametrize("wrong", WRONG, ids=str)
def test_no_value_of_another_kind_is_taken_for_one_of_a_catalogue(wrong: object) -> None:
    whole = said(catalogo.of(factories.entidad()))
    for inside in (whole, whole["grupos"][0]):
        for name in inside:
            kept, inside[name] = inside[name], wrong
            found = sheet.from_rows([[NEW], [json.dumps(whole)]])
            inside[name] = kept
            if type(wrong) is TAKEN.get(name):
                assert found is not None
            elif found is not None:  # no value at all, a number for another, a state that is not «true»
                assert name in ("acps", "fuentes", "grupos", "categorias", "unidades", "tolerancia", "vigente")
                assert isinstance(found.tolerancia, float)
                assert all(isinstance(text, str) for text in (*found.acps, *found.fuentes, *found.categorias))


def test_a_catalogue_survives_what_a_spreadsheet_makes_of_blanks() -> None:
    known = catalogo.of(factories.entidad())
    rows: list[list[object]] = [[*(cell or None for cell in row), None, None] for row in sheet.to_rows(known)]
    assert sheet.from_rows([*rows, [None, None]]) == known


def of_units(*units: catalogo.Asignada) -> catalogo.Catalogo:
    """The catalogue of the made-up entity with other units."""
    return replace(catalogo.of(factories.entidad()), unidades=units)


texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
days = st.none() | st.dates()
existing = st.builds(Existencia, days, days)
units = st.lists(
    st.builds(
        catalogo.Asignada, texts, texts, *[st.sampled_from(["", "a", "é"])] * 3, st.booleans(),
        existing | st.just(ALWAYS), st.lists(texts, max_size=2).map(tuple), days,
    ), max_size=9,
)  # fmt: skip


@given(units)
def test_what_a_sheet_says_of_units_is_what_was_known_of_them_in_their_order(
    given_units: list[catalogo.Asignada],
) -> None:
    known = of_units(*given_units)
    assert sheet.from_rows(sheet.to_rows(known)) == known


def test_a_sheet_holds_names_of_any_characters_and_categories_of_any_number_of_units(tmp_path: Path) -> None:
    entidad = factories.entidad()
    odd = ("  dos  ", "_x0041_", "=1+1", "'", 'a"b\\c', "uno\ndos\r\n", "\t", "🇧🇴" * 4_000, "<b>&amp;", "{}", "#N/A")
    unidad = entidad.by_code["DGAA"]
    more = [replace(unidad, unidad=f"U{n}", nombre=name) for n, name in enumerate(odd)]
    all_units = [*entidad.unidades, *more]
    codes = tuple(f"{'X' * 20}-{n}" for n in range(3_000))  # 72,000 characters: more than a cell holds
    categories = [replace(entidad.categorias[0], unidades=codes), *entidad.categorias[1:]]
    wide = replace(entidad, unidades=tuple(all_units), categorias=tuple(categories))
    workbook.write_unit_workbook(tmp_path / "u.xlsx", wide, unidad)
    assert carried(tmp_path / "u.xlsx") == catalogo.of(wide)
    for (cell,) in sheet.to_rows(catalogo.of(wide)):
        assert len(cell.encode("utf-16-le")) // 2 <= 32_767


def test_a_thousand_units_more_are_few_cells_more() -> None:
    unit = catalogo.of(factories.entidad()).unidades[0]
    many = [replace(unit, unidad=f"EMB-{n}", nombre=f"Embajada de Bolivia en la ciudad {n}") for n in range(1_000)]
    assert len(sheet.to_rows(of_units(*many))) - len(sheet.to_rows(of_units(unit))) <= 8


@pytest.mark.parametrize("name", ["DGRB.xlsx", "DGRB-2.xlsx", "DGAA.xlsx", "EMB-AR.xlsm"])
def test_a_workbook_of_before_carries_its_entity_as_ever(name: str) -> None:
    folder = Path(__file__).parent / "before" / "libros-0154746"
    checked = entity_book.check_entity(folder / "entidad.xlsx")
    assert checked.entidad
    assert carried(folder / name) == catalogo.of(checked.entidad)


def test_every_workbook_checked_alone_gives_what_it_gives_with_the_entity_workbook(
    demonstration: Demonstration, demonstration_with_defects: Demonstration
) -> None:
    folder = demonstration_with_defects.folder
    # The defects of the entity's own workbook would keep it from being used; the sound one wrote the catalogues.
    checked = entity_book.check_entity(demonstration.folder / "entidad.xlsx")
    assert checked.entidad
    together = unit_books.check_units([folder / "entregas"], checked, checked.entidad, None)
    compared = 0
    for sent in together.submissions:
        path = folder / "entregas" / sent.archivo
        found = {str(f) for f in together.findings if f.location.file == sent.archivo and not of_several(f.code)}
        known = carried(path)
        if known and found:
            alone, _ = unit_books.check_alone(reading.read_book(path, sheets.unit_sheets()), known)
            # A file is named by its folder too where several lie together.
            assert {str(f) for f in alone} == {text.replace(sent.archivo, path.name) for text in found}
            compared += 1
    assert compared > 20


def of_several(code: str) -> bool:
    """Whether a finding is about files that do not fit together."""
    return code.startswith(("ENT-", "CUA-"))


def test_the_command_checks_a_workbook_far_from_its_entity(tmp_path: Path) -> None:
    entidad = factories.entidad()
    data = factories.unit_data(entidad.by_code["DGAA"], 2)
    workbook.write_unit_workbook(tmp_path / "DGAA.xlsx", entidad, entidad.by_code["DGAA"], data)
    done = poa("validate", "DGAA.xlsx", folder=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "catálogo que trae el libro" in done.stdout


def test_without_entity_and_without_catalogue_the_command_asks_for_the_entity(tmp_path: Path) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "DGAA.xlsx", entidad, entidad.by_code["DGAA"])
    book = openpyxl.load_workbook(tmp_path / "DGAA.xlsx")
    del book[CATALOGUE_SHEET]
    book.save(tmp_path / "DGAA.xlsx")
    done = poa("validate", "DGAA.xlsx", folder=tmp_path)
    assert done.returncode == 2
    assert "--entity" in done.stderr


@pytest.mark.parametrize(("content", "code"), [(b"hola", "LIB-006"), (b"PK\x03\x04", "LIB-001")])
def test_a_file_that_cannot_be_read_is_a_finding_without_any_entity(tmp_path: Path, content: bytes, code: str) -> None:
    (tmp_path / "DGAA.xlsx").write_bytes(content)
    done = poa("validate", "DGAA.xlsx", folder=tmp_path)
    assert (done.returncode, done.stderr) == (1, "")
    assert code in done.stdout


def test_a_folder_is_never_checked_against_what_its_workbooks_say(tmp_path: Path) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "libros/DGAA.xlsx", entidad, entidad.by_code["DGAA"])
    assert poa("validate", "libros", folder=tmp_path).returncode == 2
    shutil.rmtree(tmp_path / "libros")


@pytest.mark.parametrize("with_entity", [False, True])
def test_a_workbook_that_is_checked_by_itself_is_read_once(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, with_entity: bool
) -> None:
    """Its unit waits for it: beside its rows only the catalogue that it carries is read, and only where it is needed."""
    path, asked, in_worker = tmp_path / "libros" / "DGRB.xlsx", list[tuple[str, object]](), guards.in_worker
    entity = campaign_books.entity_book(tmp_path)
    campaign_books.book(path, "DGRB")

    def count(task: str, *arguments: Any, **more: Any) -> tuple[Any, bytes]:
        asked.append((task, more.get("sheets")))
        return in_worker(task, *arguments, **more)

    monkeypatch.setattr(guards, "in_worker", count)
    if not with_entity:
        entity.unlink()
    revision = check(path, quarter=2)
    assert [s.unidad for s in revision.submissions] == ["DGRB"]
    book = (tasks.BOOK, None)
    of_catalogue = (tasks.CONTENTS, [CATALOGUE_SHEET])
    assert asked == [(tasks.ENTITY, None), book, book if with_entity else of_catalogue]


def test_a_sheet_of_a_persons_own_that_cannot_be_read_keeps_no_door_from_the_others(tmp_path: Path) -> None:
    campaign_books.entity_book(tmp_path)
    path = campaign_books.book(tmp_path / "libros" / "DGRB.xlsx", "DGRB")
    book = openpyxl.load_workbook(path)
    book.create_sheet("Apuntes")["A9"] = 1
    book.save(path)
    parts = packages.apart(path.read_bytes())
    (part,) = (part for sheet, part in open_xml.sheet_parts(parts) if sheet == "Apuntes")
    twice = re.search(rb"<c r=\"A9\".*?</c>", parts[part])
    assert twice
    path.write_bytes(packages.replaced(parts, part, twice[0], twice[0] * 2))  # which of the two counts, nobody knows
    found = [check(given, quarter=2) for given in (path, path.parent)]
    (tmp_path / "entidad.xlsx").unlink()
    found.append(check(path, quarter=2))
    codes = [[f.code for f in one.findings if f.location.file == path.name and not of_several(f.code)] for one in found]
    assert codes[0] == codes[1] == codes[2]
    states = [s.estado for one in found for s in one.submissions if s.unidad == "DGRB"]
    assert states == [SubmissionState.WITH_AVISOS] * 3


def poa(*arguments: str, folder: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", "from poa_xl.cli import main; main()", *arguments]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
