"""What an entity says now in filled workbooks: it comes in, is told, and nothing that a person typed changes."""

import json
import re
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.chart import BarChart
from openpyxl.comments import Comment
from openpyxl.worksheet.datavalidation import DataValidation

import poa_xl
from poa_xl import catalogo
from poa_xl.catalogo import sheet as catalogo_sheet
from poa_xl.checking import entity_book, unit_books
from poa_xl.messages import migration as words, refresh as refresh_words
from poa_xl.migration.refresh import workbook as refresh_workbook
from poa_xl.migration.report import ReportLine
from poa_xl.names import CATALOGUE_SHEET, LISTS_SHEET
from poa_xl.writers.annotated import copy as annotated_copy
from tests import active_books, old_books, open_xml, packages, refresh_books as books
from tests.demonstration import Demonstration
from tests.libreoffice import LibreOffice, differences
from tests.old_books import run, typed
from tests.one_sheet import sheet_of
from tests.places import At, address, at, cell_at, cell_of, written

pytestmark = pytest.mark.slow

SEAL, NAME = at("Unidad", "Sello de la entrega"), at("Unidad", "Unidad organizacional")
NEW_SOURCE = books.more("Fuentes", "'44 | Donaciones «UE» & <otras> | 2 | 0 | 0 | 0 | Estado en Línea")
NEW_CATEGORY = books.more("Categorias", "570 0 099 | Evaluación | DGRB |  | '1.1 | VRE | UE-2")
NEW_NAME = books.after(Unidades=("DGRB | Dirección General de", "DGRB | Viceministerio & Dirección de"))
QUARTER = 2
_HEAD, *_SOURCES = books.BEFORE["Fuentes"].strip().splitlines()
_REORDERED = {**books.after(), "Fuentes": "\n".join([_HEAD, *reversed(_SOURCES)])}
WITHOUT_SERVICES = {
    tab: text.replace("Servicio Central", "") if tab in ("Areas", "Unidades") else text
    for tab, text in books.after().items()
}
_LISTS_COME_AND_GO = [
    books.after(ACP=("'1.2 |", "'1.4 |"), Fuentes=("'20 |", "'21 |"), Categorias=("Límites | DGRB", "Límites | DGAE")),
    {**books.after(), "Categorias": "\n".join(books.BEFORE["Categorias"].strip().splitlines()[:1])
     + "\n570 0 004 | Otra | DGAE |  | '1.1 | VRE | UE-2"},
]  # fmt: skip


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The entity as it was, in `entidad.xlsx`, and a workbook of DGRB of each kind of functions."""
    folder = tmp_path_factory.mktemp("antes")
    entidad = books.known(books.entity(folder / "entidad.xlsx"))
    for kind in books.KINDS:
        books.filled(folder / kind / "DGRB", entidad, kind=kind)
    return folder


def of_kind(place: Path, kind: str) -> Path:
    return next((place / kind).iterdir())


def refreshed(path: Path, tabs: dict[str, str], folder: Path, *options: object, code: int = 0) -> tuple[Path, str]:
    """The workbook with what an entity of these sheets says, and what the command said."""
    entity = books.entity(folder / "ahora" / "entidad.xlsx", tabs)
    ended, output = run(path, "--refresh", "--entity", entity, "-o", folder / "nuevos", *options)
    assert ended == code, output
    made = sorted((folder / "nuevos").iterdir()) if (folder / "nuevos").exists() else []
    return (made[0] if made else path), output


def report(path: Path, tabs: dict[str, str], folder: Path, **options: Any) -> list[tuple[str, str, str]]:
    """The lines of the report: kind, place, what was found."""
    entity = books.entity(folder / "ahora" / "entidad.xlsx", tabs)
    (done,) = poa_xl.migrate(path, folder / "informe", entity, refresh=True, **options).files
    return [(x.kind, f"{x.sheet}!{x.cell}".strip("!"), x.found) for x in done.lines]


# --- what comes in ------------------------------------------------------------------------------------------

# What is said: kind, place (of a sheet as a whole, its name), what was found.
CHANGES: dict[str, tuple[dict[str, str], list[tuple[str, At | str, str]]]] = {
    "a new source": (NEW_SOURCE, [("entra", "", "44")]),
    "a new category of the unit": (NEW_CATEGORY, [("entra", "", "570 0 099"), ("lista-ofrece", "Presupuesto", "")]),
    "a new category of another unit": (
        books.more("Categorias", "570 0 098 | Otra | DGAE |  | '1.1 | VRE | UE-2"),
        [("entra", "", "570 0 098")],
    ),
    "a category that another unit spends now": (
        books.after(Categorias=("Límites | DGRB", "Límites | DGAE")),
        [("la-ejecutan", "", "570 0 005"), ("ya-no-la-ejecutan", "", "570 0 005"), ("lista-sin", "Presupuesto", "")],
    ),
    "a new ACP": (books.more("ACP", "'1.3 | '1 | Frontera | VRE"), [("entra", "", "1.3")]),
    "an ACP that is gone and was typed": (
        books.after(ACP=("'1.2 |", "'1.4 |")),
        [("entra", "", "1.4"), ("sale", "", "1.2"), ("fuera-del-catalogo", at("Operaciones", "ACP", 2), "1.2")],
    ),
    "a source that is gone and was typed": (
        books.after(Fuentes=("'20 | Recursos", "'21 | Recursos")),
        [("entra", "", "21"), ("sale", "", "20"), ("fuera-del-catalogo", at("Presupuesto", "Fuente", 2), "20")],
    ),
    "another order of the sources": (_REORDERED, [("orden", "", "")]),
    "another name of a source": (
        books.after(Fuentes=("Tesoro General", "Tesoro General de la Nación")),
        [("se-llama", "", "10")],
    ),
    "another name of the unit": (
        NEW_NAME,
        [("sellado", NAME, "Dirección General de Relaciones Bilaterales"), ("cambia", "", "DGRB")],
    ),
    "another name of another unit": (
        books.after(Unidades=("Asuntos Especiales", "Asuntos Muy Especiales")),
        [("cambia", "", "DGAE")],
    ),
    "another code of another unit": (
        books.after(Unidades=("DGAE", "DGAS")),
        [("recodificada", "", "DGAE")],
    ),
    "another area and ACP of the unit": (
        books.after(Unidades=("Direcciones | VRE | '1.1 | vigente\nDGRM", "Direcciones | VGCI | '1.2 | vigente\nDGRM")),
        [
            ("sellado", at("Unidad", "Área organizacional"), "Relaciones Exteriores"),
            ("sellado", at("Unidad", "ACP"), "1.1"),
            ("cambia", "", "DGRB"),
            ("cambia", "", "DGRB"),
        ],
    ),
    "another name of an area": (
        books.after(Areas=("Relaciones Exteriores", "Relaciones Externas")),
        [("sellado", at("Unidad", "Área organizacional"), "Relaciones Exteriores"), *[("cambia", "", c) for c in ("DGAE", "DGRB", "DGRM")]],
    ),
    "another name of the entity": (
        books.after(Parametros=("Ministerio de Ejemplo", "Ministerio & <Ejemplo>")),
        [("sellado-entidad", at("Unidad", "Entidad"), "Ministerio de Ejemplo")],
    ),
    "another short name of the entity": (
        books.after(Parametros=("MDE", "M&E")),
        [("pie", "Unidad", "DGRB · MDE · POA 2024")],
    ),
    "a unit that is new": (
        books.more("Unidades", "DGXX | Otra | Servicio Central | Direcciones | VRE | '1.1 | vigente"),
        [("entra", "", "DGXX")],
    ),
    "a unit that is not in force any more": (
        books.after(Unidades=("Asuntos Especiales | Servicio Central | Direcciones | VRE | '1.1 | vigente",
                              "Asuntos Especiales | Servicio Central | Direcciones | VRE | '1.1 | no vigente")),
        [("cambia", "", "DGAE")],
    ),
    "no services any more": (
        WITHOUT_SERVICES,
        [
            ("sellado-sin-nivel", "Unidad!B9", "Servicio Central"),
            *[("sin-nivel", "", code) for code in ("DGAE", "DGRB", "DGRM")],
        ],
    ),
    "another tolerance": (books.after(Parametros=("0.01", "0.05")), [("parametro", "", "")]),
    "another method, by which the formulas do not go": (
        books.after(Parametros=("metodo_agregacion |  |  | media", "metodo_agregacion |  |  | pesos")),
        [("metodo", "", "")],
    ),
}  # fmt: skip


@pytest.mark.parametrize(("tabs", "said"), CHANGES.values(), ids=CHANGES.keys())
def test_each_change_of_the_entity_is_told_once_at_its_place(
    tabs: dict[str, str], said: list[tuple[str, At | str, str]], place: Path, tmp_path: Path
) -> None:
    found = report(of_kind(place, "native"), tabs, tmp_path)
    source = of_kind(place, "native")
    there = [(kind, written(source, where) if isinstance(where, At) else where, what) for kind, where, what in said]
    assert sorted(found) == sorted(there)
    (made,) = (tmp_path / "informe").iterdir()
    entidad = books.known(tmp_path / "ahora" / "entidad.xlsx")
    carried = catalogo_sheet.from_rows(sheet_of(made, CATALOGUE_SHEET).values)
    assert carried == catalogo.of(entidad)
    assert report(made, tabs, tmp_path) == [], "there is nothing more to bring in"


@pytest.mark.parametrize("name", ["DGRB.xlsx", "EMB-AR.xlsm"])
def test_a_catalogue_of_before_is_brought_in_and_takes_the_form_of_now(name: str, tmp_path: Path) -> None:
    old = Path(__file__).parent / "before" / "libros-0154746"
    (row,) = sheet_of(old / name, CATALOGUE_SHEET).iter_rows(max_row=1, max_col=1, values_only=True)
    assert row == ("catalogo de poa-xl 1",)
    entity = openpyxl.load_workbook(old / "entidad.xlsx")
    cell_at(entity, at("Unidades", "Nombre", "EMB-AR")).value = "Embajada en la «ciudad» & alrededores"
    entity.save(tmp_path / "entidad.xlsx")
    code, output = run(old / name, "--refresh", "--entity", tmp_path / "entidad.xlsx", "-o", tmp_path / "nuevos")
    assert (code, output.count("La unidad «EMB-AR», nombre: decía «Embajada en Argentina»")) == (0, 1)
    (made,) = (tmp_path / "nuevos").iterdir()
    carried = catalogo_sheet.from_rows(sheet_of(made, CATALOGUE_SHEET).values)
    assert carried == catalogo.of(books.known(tmp_path / "entidad.xlsx"))


@pytest.mark.parametrize(
    ("tabs", "kind"),
    [
        *((tabs, "native") for tabs in (NEW_SOURCE, NEW_CATEGORY, NEW_NAME, _REORDERED)),
        *zip(_LISTS_COME_AND_GO, ("poa", "xlwings"), strict=True),
    ],
    ids=["source", "category", "name", "order", "come and go", "no category left"],
)
def test_a_refreshed_workbook_is_the_one_that_a_new_template_with_the_same_rows_would_be(
    tabs: dict[str, str], kind: str, place: Path, tmp_path: Path
) -> None:
    """Cell by cell, list by list, note by note, footer by footer: another writer made the one to compare with."""
    made, _ = refreshed(of_kind(place, kind), tabs, tmp_path)
    entidad = books.known(tmp_path / "ahora" / "entidad.xlsx")
    fresh = books.filled(tmp_path / "plantilla" / "DGRB", entidad, kind=kind)
    assert faces(made) == faces(fresh)


def test_a_list_that_offered_nothing_offers_codes_and_says_what_they_are_called(place: Path, tmp_path: Path) -> None:
    entidad = books.known(books.entity(tmp_path / "entidad.xlsx", _LISTS_COME_AND_GO[1]))
    source = books.filled(tmp_path / "DGRB", entidad)
    made, _ = refreshed(source, books.after(), tmp_path)
    fresh = books.filled(tmp_path / "plantilla" / "DGRB", books.known(place / "entidad.xlsx"))
    assert faces(made) == faces(fresh)
    book = openpyxl.load_workbook(source)
    cell_at(book, at("Presupuesto", "Categoría programática", 0)).comment = Comment("nota de la unidad", "Ana")
    book.save(source)
    made, _ = refreshed(source, books.after(), tmp_path / "b")
    assert (
        cell_at(openpyxl.load_workbook(made), at("Presupuesto", "Categoría programática", 0)).comment.text
        == "nota de la unidad"
    )


def faces(path: Path) -> dict[str, Any]:
    """What a workbook shows: cells with formulas and values, drop-down lists with their messages, notes, footers."""
    book = openpyxl.load_workbook(path)
    shown = openpyxl.load_workbook(path, data_only=True)
    found: dict[str, Any] = {"properties": (book.properties.title, [(p.name, p.value) for p in book.custom_doc_props])}
    for tab in book:
        cells = {c.coordinate: (c.value, c.data_type) for row in tab.iter_rows() for c in row if c.value is not None}
        found[tab.title] = {
            "cells": cells,
            "values": {c: shown[tab.title][c].value for c in cells},
            "lists": sorted(
                (str(v.sqref), v.type, v.formula1, v.promptTitle, v.prompt, v.errorTitle, v.error)
                for v in tab.data_validations.dataValidation
            ),
            "notes": {c.coordinate: c.comment.text for row in tab.iter_rows() for c in row if c.comment},
            "footer": tab.oddFooter.left.text,
            "state": tab.sheet_state,
        }
    return found


NOTHING = {
    "the entity as it was": books.BEFORE,
    "a figure of SIGEP": books.more("Presupuesto_SIGEP", "570 0 004 | 7 | 1000 | 5 | Estado Aprobado"),
    "an e-mail of a unit, its country and its group": books.after(Unidades=("Direcciones | VRE | '1.1 | vigente\nDGRM",
                                                                           "Unidades | VRE | '1.1 | vigente\nDGRM")),
    "a goal of SIGEP": books.more("Metas_SIGEP", "'1.2 | 2 | 5 | 5"),
    "a published figure": books.more("Historico", "entidad | 2022 | Gestión | MDE | avance | 90 | Informe"),
}  # fmt: skip


@pytest.mark.parametrize("tabs", NOTHING.values(), ids=NOTHING.keys())
def test_where_nothing_of_it_is_in_the_workbook_there_is_nothing_to_bring_in(
    tabs: dict[str, str], place: Path, tmp_path: Path
) -> None:
    _, output = refreshed(of_kind(place, "native"), tabs, tmp_path)
    assert "DGRB.xlsx  DGRB  ya tiene todo lo de la entidad: no hay nada que actualizar." in output
    assert "1 libro: 0 pasados, 1 al día, 0 sin pasar." in output
    assert not (tmp_path / "nuevos").exists()


def test_without_the_option_nothing_is_brought_in(place: Path, tmp_path: Path) -> None:
    entity = books.entity(tmp_path / "entidad.xlsx", NEW_SOURCE)
    code, output = run(of_kind(place, "native"), "--entity", entity, "-o", tmp_path / "n")
    assert (code, "no hay nada que pasar" in output, (tmp_path / "n").exists()) == (0, True, False)


# --- what stays ---------------------------------------------------------------------------------------------


def person_s(path: Path) -> Path:
    """A workbook to which a person added what one adds: a sheet, a chart, notes, formats, widths, an answer."""
    book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
    own = book.create_sheet("Mis cuentas")
    own.append(["Fuente", "Monto"])
    first, last = (address(book["Presupuesto"], "Presupuesto inicial", row) for row in (1, 2))
    own["B2"] = f"=SUM(Presupuesto!{first}:{last})"
    own["A2"].comment = Comment("no borrar", "Ana")
    own.column_dimensions["A"].width = 41
    chart = BarChart()
    chart.add_data(openpyxl.chart.Reference(own, min_col=2, min_row=1, max_row=2))
    own.add_chart(chart)
    tasks = book["Tareas"]
    task = tasks[address(tasks, "Tarea")]
    task.comment = Comment("ver acta 12", "Ana")
    task.fill = openpyxl.styles.PatternFill("solid", fgColor="FFFF00")
    tasks.column_dimensions[task.column_letter].width = 77
    cell_at(book, at("Observaciones", "Lugar")).value = f"Tareas!{address(tasks, 'Prog. ene')}"
    cell_at(book, at("Observaciones", "Respuesta de la unidad")).value = "así lo dijo la DGP"
    book.save(path)
    return path


# The parts that hold what is put in: all others stay byte for byte.
OF_OURS = re.compile(
    r"xl/worksheets/sheet\d+\.xml|xl/comments/comment\d+\.xml|xl/drawings/commentsDrawing\d+\.vml"
    r"|docProps/.*|\[Content_Types\]\.xml|xl/_rels/workbook\.xml\.rels"
)


@pytest.mark.parametrize("kind", books.KINDS)
def test_what_a_person_added_stays_byte_for_byte(kind: str, place: Path, tmp_path: Path) -> None:
    source = tmp_path / of_kind(place, kind).name
    source.write_bytes(of_kind(place, kind).read_bytes())
    before = person_s(source).read_bytes()
    made, _ = refreshed(source, NEW_SOURCE, tmp_path)
    assert source.read_bytes() == before, "the old one stays as it is"
    old, new = packages.apart(before), packages.apart(made.read_bytes())
    assert old.keys() == new.keys()
    other = {name for name in old if old[name] != new[name]}
    # One sheet more needs one module more in our macros, which have their names in the sheets.
    macros = {"xl/vbaProject.bin"} if kind == "xlwings" else set()
    assert {name for name in other if not OF_OURS.fullmatch(name)} == macros
    sheets = {part: name for name, part in open_xml.sheet_parts(old)}
    names = {sheets[name] for name in other if name in sheets}
    assert names == {"Presupuesto", LISTS_SHEET, CATALOGUE_SHEET} | ({"Mis cuentas"} if macros else set())
    assert open_xml.faults(made.read_bytes()) == []


@pytest.mark.xdist_group("refresh-all")
def test_no_typed_cell_of_the_sample_changes_and_the_seals_stay_true(
    demonstration: Demonstration, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(demonstration.folder / "entidad.xlsx")
    name = next(r for r in book["Parametros"].iter_rows() if r[0].value == "entidad")
    name[3].value = "Ministerio de Relaciones Exteriores y Culto"
    sources = book["Fuentes"]
    for column, value in enumerate(["44", "Donaciones", QUARTER, 0, 0, 0, "Estado en Línea"], start=1):
        sources.cell(7, column).value = value
    book.save(tmp_path / "entidad.xlsx")
    units = tmp_path / "entregas"
    units.mkdir()
    for number, path in enumerate(demonstration.sent[::12]):
        (units / path.name).write_bytes(path.read_bytes())
        if number % 2:
            books.sealed(units / path.name)
    before = {path.name: typed(path) for path in units.iterdir()}
    code, output = run(units, "--refresh", "--entity", tmp_path / "entidad.xlsx", "-o", tmp_path / "nuevos")
    assert code == 0, output
    assert len(before) == 10
    checked = entity_book.check_entity(tmp_path / "entidad.xlsx")
    assert checked.entidad is not None
    found = unit_books.check_units([tmp_path / "nuevos"], checked, checked.entidad, QUARTER, complete=False)
    assert found.findings == ()
    for path in sorted((tmp_path / "nuevos").iterdir()):
        stamped = {("Unidad", cell_of(path, at("Unidad", title))) for title in ("Entidad", "Sello de la entrega")}
        after = typed(path)
        assert before[path.name].keys() == after.keys()
        assert {cell for cell, value in after.items() if before[path.name][cell] != value} <= stamped, path.name
        seal = sheet_of(path, "Unidad")[cell_of(path, at("Unidad", "Sello de la entrega"))].value
        assert seal in (None, books.seal_of(path))


def test_a_seal_that_was_not_true_stays_and_is_told(place: Path, tmp_path: Path) -> None:
    source = tmp_path / "DGRB.xlsx"
    source.write_bytes(of_kind(place, "native").read_bytes())
    books.sealed(source, "AAAA-BBBB-CCCC")
    found = report(source, NEW_NAME, tmp_path)
    (made,) = (tmp_path / "informe").iterdir()
    assert ("sello-falso", written(made, SEAL), "AAAA-BBBB-CCCC") in found
    assert cell_at(openpyxl.load_workbook(made), SEAL).value == "AAAA-BBBB-CCCC"
    # Where no stamp changes a seal stays what it is, true or not.
    assert [kind for kind, *_ in report(source, NEW_SOURCE, tmp_path / "b")] == ["entra"]


def test_a_seal_that_was_true_is_renewed_and_told(place: Path, tmp_path: Path) -> None:
    source = tmp_path / "DGRB.xlsx"
    source.write_bytes(of_kind(place, "native").read_bytes())
    seal = cell_at(openpyxl.load_workbook(books.sealed(source)), SEAL).value
    assert ("sello-renovado", written(source, SEAL), seal) in report(source, NEW_NAME, tmp_path)
    (made,) = (tmp_path / "informe").iterdir()
    assert cell_at(openpyxl.load_workbook(made), SEAL).value == books.seal_of(made) != seal


def test_it_has_no_finding_of_the_new_entity_that_the_old_one_had_not(place: Path, tmp_path: Path) -> None:
    made, _ = refreshed(of_kind(place, "native"), NEW_NAME, tmp_path)
    seen = []
    for book, entity in ((of_kind(place, "native"), place / "entidad.xlsx"), (made, tmp_path / "ahora/entidad.xlsx")):
        checked = entity_book.check_entity(entity)
        assert checked.entidad is not None
        found = unit_books.check_units([book], checked, checked.entidad, QUARTER, complete=False)
        seen.append([(f.code, f.location.sheet, f.location.cell) for f in found.findings])
        stale = unit_books.check_units([of_kind(place, "native")], checked, checked.entidad, QUARTER, complete=False)
        named = [f.code for f in stale.findings]
    assert seen[0] == seen[1]
    assert named == ["UNI-010"], "without it there would be one"


def test_diff_shows_the_stamps_and_nothing_else(place: Path, tmp_path: Path) -> None:
    made, _ = refreshed(of_kind(place, "native"), NEW_NAME, tmp_path)
    changed = poa_xl.diff(of_kind(place, "native"), made).comparacion
    assert [(s.nombre, c.columna) for s in changed.hojas for c in s.celdas] == [("Unidad", "Unidad organizacional")]
    assert [s for s in changed.hojas if s.agregadas or s.quitadas] == []
    assert (changed.solo, changed.sin_comparar) == ((), ())


def test_it_does_not_pass_for_a_copy_with_observations(place: Path, tmp_path: Path) -> None:
    copied = annotated_copy.make(of_kind(place, "native").read_bytes(), [])
    source = tmp_path / "DGRB.xlsx"
    source.write_bytes(copied.content)
    assert annotated_copy.is_copy(source.read_bytes())
    made, _ = refreshed(source, NEW_NAME, tmp_path)
    assert not annotated_copy.is_copy(made.read_bytes())


# --- a unit with another code -------------------------------------------------------------------------------


@pytest.mark.parametrize("options", [[], ["--refresh"]])
@pytest.mark.parametrize(
    "tabs",
    [
        books.after(Unidades=("DGRB |", "VRB |"), Categorias=("| DGRB |", "| VRB |")),
        books.after(
            Unidades=(
                "Direcciones | VRE | '1.1 | vigente\nDGRM",
                "Direcciones | VRE | '1.1 | no vigente\n"
                "VRB | Viceministerio | Servicio Central | Direcciones | VRE | '1.1 | vigente\nDGRM",
            ),
            Categorias=("| DGRB |", "| VRB |"),
        ),
    ],
    ids=["renamed", "not in force any more"],
)
def test_a_workbook_follows_its_unit_to_another_code(
    tabs: dict[str, str], options: list[str], place: Path, tmp_path: Path
) -> None:
    source = of_kind(place, "native")
    entity = books.entity(tmp_path / "ahora" / "entidad.xlsx", tabs)
    code, output = run(source, "--unit", "VRB", *options, "--entity", entity, "-o", tmp_path / "n")
    assert (code, "«Código de la unidad» decía «DGRB» y ahora dice «VRB»" in output) == (0, True), output
    made = tmp_path / "n" / "VRB.xlsx"
    book = openpyxl.load_workbook(made)
    assert cell_at(book, at("Unidad", "Código de la unidad")).value == "VRB"
    assert book["Unidad"].oddFooter.left.text == "VRB · MDE · POA 2024"
    checked = entity_book.check_entity(entity)
    assert checked.entidad is not None
    found = unit_books.check_units([made], checked, checked.entidad, QUARTER, complete=False)
    assert ([f.code for f in found.findings], [s.unidad for s in found.submissions]) == ([], ["VRB"])
    stamps = {("Unidad", f"B{row}") for row in range(4, 12)}
    cells = [{c: v for c, v in typed(path).items() if c not in stamps} for path in (source, made)]
    assert cells[0] == cells[1]


def test_a_unit_in_force_is_not_taken_for_another(place: Path, tmp_path: Path) -> None:
    code, output = run(
        of_kind(place, "native"),
        "--unit",
        "DGRM",
        "--refresh",
        "--entity",
        place / "entidad.xlsx",
        "-o",
        tmp_path / "n",
    )
    assert (code, "es de la unidad «DGRB», y --unit dice «DGRM»" in output) == (1, True)
    assert not (tmp_path / "n").exists()


def test_a_unit_that_is_gone_is_told_with_the_way_out(place: Path, tmp_path: Path) -> None:
    tabs = books.after(Unidades=("DGRB |", "VRB |"), Categorias=("| DGRB |", "| VRB |"))
    _, output = refreshed(of_kind(place, "native"), tabs, tmp_path, code=1)
    assert "es de la unidad «DGRB», que no está en el catálogo de la entidad. → Si cambió de código" in output


# --- which workbooks ----------------------------------------------------------------------------------------


def test_an_entity_with_another_name_is_known_by_its_units_and_a_stranger_is_refused(
    place: Path, tmp_path: Path
) -> None:
    renamed = books.after(Parametros=("Ministerio de Ejemplo", "Ministerio de Otro Ejemplo"))
    _, output = refreshed(of_kind(place, "native"), renamed, tmp_path)
    assert "«Entidad» decía «Ministerio de Ejemplo» y ahora dice «Ministerio de Otro Ejemplo»." in output
    stranger = renamed | {
        "Unidades": renamed["Unidades"].replace("Relaciones", "Obras").replace("Especiales", "Sociales")
    }
    _, output = refreshed(of_kind(place, "native"), stranger, tmp_path / "b", code=1)
    assert "y su catálogo de unidades no es el de «Ministerio de Otro Ejemplo»" in output
    entity = tmp_path / "ahora" / "entidad.xlsx"
    code, output = run(of_kind(place, "native"), "--entity", entity, "-o", tmp_path / "c")
    assert (code, "cambió de nombre, use --refresh" in output) == (1, True)


def test_a_workbook_stays_of_the_version_of_the_entity(tmp_path: Path) -> None:
    """An entity may write templates of an older version all year; `--to` carries them to another one."""
    tabs = books.after(Parametros=("version_plantilla |  |  | 3", "version_plantilla |  |  | 2"))
    entidad = books.known(books.entity(tmp_path / "entidad.xlsx", tabs))
    source = books.filled(tmp_path / "DGRB", entidad)
    new = tabs | {"Fuentes": NEW_SOURCE["Fuentes"]}
    made, output = refreshed(source, new, tmp_path)
    assert (cell_at(openpyxl.load_workbook(made), at("Unidad", "Versión de la plantilla")).value, "actualizado con lo de la entidad" in output) == (
        "2", True,
    )  # fmt: skip
    made, output = refreshed(source, new, tmp_path / "b", "--to", "3")
    assert (
        cell_at(openpyxl.load_workbook(made), at("Unidad", "Versión de la plantilla")).value,
        "versión 2 → 3" in output,
    ) == ("3", True)


def test_an_older_one_is_carried_to_the_version_of_the_entity_as_ever(tmp_path: Path) -> None:
    old_books.entity(tmp_path / "entidad.xlsx")
    code, output = run(
        old_books.old(tmp_path), "--refresh", "--entity", tmp_path / "entidad.xlsx", "-o", tmp_path / "n"
    )
    assert (code, "DGRB.xlsx  DGRB  versión 1 → 3: " in output) == (0, True), output


def test_with_functions_it_is_written_anew(place: Path, tmp_path: Path) -> None:
    tabs = books.after(Parametros=("satisfactorio | '2024 |  | 70", "satisfactorio | '2024 |  | 75"))
    assert report(of_kind(place, "native"), tabs, tmp_path) == [("umbrales", "", "")]
    assert not (tmp_path / "informe").exists(), "nothing of it can be brought in"
    made, output = refreshed(of_kind(place, "native"), tabs, tmp_path, "--functions", "native")
    assert "DGRB.xlsx  DGRB  versión 3, gestión 2024, en una plantilla nueva: " in output
    assert [c.value for c in sheet_of(made, LISTS_SHEET)["D"][4:8]] == [0, 9, 51, 75]
    assert typed(made) == typed(of_kind(place, "native"))


def test_one_without_its_hidden_sheets_is_written_anew_and_it_is_told(place: Path, tmp_path: Path) -> None:
    for number, name in enumerate((CATALOGUE_SHEET, LISTS_SHEET)):
        source = tmp_path / f"{number}" / "DGRB.xlsx"
        source.parent.mkdir()
        book = openpyxl.load_workbook(of_kind(place, "native"))
        del book[name]
        book.save(source)
        made, output = refreshed(source, NEW_SOURCE, source.parent)
        assert f"El libro no se pudo actualizar en su lugar (le falta la hoja oculta {name})" in output
        assert typed(made) == typed(source)
        assert {LISTS_SHEET, CATALOGUE_SHEET} <= set(openpyxl.load_workbook(made).sheetnames)


def test_a_list_never_grows_over_what_stands_below_it(place: Path, tmp_path: Path) -> None:
    source = tmp_path / "DGRB.xlsx"
    book = openpyxl.load_workbook(of_kind(place, "native"))
    book[LISTS_SHEET]["B8"] = "mi nota"  # a row below the list, which is then left alone
    book.save(source)
    made, output = refreshed(source, NEW_SOURCE, tmp_path)
    assert ("actualizado con lo de" in output, sheet_of(made, LISTS_SHEET)["B8"].value) == (
        True, "mi nota",
    )  # fmt: skip
    tabs = {**NEW_SOURCE, "Fuentes": NEW_SOURCE["Fuentes"] + "\n'45 | Otra | 2 | 0 | 0 | 0 | Estado en Línea"}
    _, output = refreshed(source, tabs, tmp_path / "b")
    assert "(en su hoja Listas hay algo escrito en B8, debajo de una lista)" in output


def test_a_list_in_a_sheet_of_a_person_grows_too_and_keeps_its_words(place: Path, tmp_path: Path) -> None:
    source = tmp_path / "DGRB.xlsx"
    book = openpyxl.load_workbook(of_kind(place, "native"))
    own = book.create_sheet("Mis cuentas")
    for formula, cell in (("Listas!$B$5:$B$6", "A1"), ("$D$1:$D$9", "B1")):
        rule = DataValidation("list", formula1=formula, promptTitle="Fuente", prompt="la mía")
        rule.add(cell)
        own.add_data_validation(rule)
    book.save(source)
    made, _ = refreshed(source, NEW_SOURCE, tmp_path)
    rules = sheet_of(made, "Mis cuentas").data_validations.dataValidation
    assert [(r.formula1, r.prompt) for r in rules] == [("Listas!$B$5:$B$7", "la mía"), ("$D$1:$D$9", "la mía")]


def test_a_result_that_does_not_say_what_it_should_gets_no_name(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As if the splice had changed what a person typed, or forgotten a stamp."""
    asked = refresh_workbook._asked
    for number, (old, new, where) in enumerate(
        (("<v>10.5</v>", "<v>10.6</v>", "Presupuesto!"), ("Vicem", "V", written(of_kind(place, "native"), NAME)))
    ):

        def changed(*given: Any, old: str = old, new: str = new) -> Any:
            said, content = asked(*given)
            parts = packages.apart(content)
            sheets = {n: p.replace(old.encode(), new.encode()) if "sheet" in n else p for n, p in parts.items()}
            assert sheets != parts
            return said, packages.together(sheets)

        monkeypatch.setattr(refresh_workbook, "_asked", changed)
        _, output = refreshed(of_kind(place, "native"), NEW_NAME, tmp_path / f"{number}", code=3)
        assert f"al comprobar el libro actualizado, {where}" in output
        assert not (tmp_path / f"{number}" / "nuevos" / "DGRB.xlsx").exists()


def test_macros_of_others_go_and_ours_stay(place: Path, tmp_path: Path) -> None:
    made, _ = refreshed(of_kind(place, "xlwings"), NEW_SOURCE, tmp_path)
    projects = [packages.apart(p.read_bytes())["xl/vbaProject.bin"] for p in (of_kind(place, "xlwings"), made)]
    assert (made.suffix, projects[0] == projects[1]) == (".xlsm", True)
    parts = packages.apart(of_kind(place, "xlwings").read_bytes())
    parts["xl/vbaProject.bin"] = active_books.changed_project(active_books.foreign)
    source = tmp_path / "otro" / "DGRB.xlsm"
    source.parent.mkdir()
    source.write_bytes(packages.together(parts))
    made, output = refreshed(source, NEW_SOURCE, source.parent, code=1)
    assert "sin pasar  Esta copia no lleva lo que el libro tenía y no es de la plantilla" in output
    assert packages.apart(made.read_bytes()).get("xl/vbaProject.bin") != parts["xl/vbaProject.bin"]
    assert typed(made) == typed(source)


def test_a_filled_template_of_a_program_becomes_a_workbook(place: Path, tmp_path: Path) -> None:
    """A person saved it as .xltx: under the name of a workbook Excel would not open it."""
    parts = packages.apart(of_kind(place, "native").read_bytes())
    types = "[Content_Types].xml"
    parts[types] = parts[types].replace(b"spreadsheetml.sheet.main", b"spreadsheetml.template.main")
    source = tmp_path / "DGRB.xltx"
    source.write_bytes(packages.together(parts))
    made, _ = refreshed(source, NEW_SOURCE, tmp_path)
    assert (made.name, b"spreadsheetml.sheet.main" in packages.apart(made.read_bytes())[types]) == ("DGRB.xlsx", True)
    assert open_xml.faults(made.read_bytes()) == []


def test_a_file_that_is_there_is_not_replaced(place: Path, tmp_path: Path) -> None:
    entity = books.entity(tmp_path / "entidad.xlsx", NEW_SOURCE)
    folder = of_kind(place, "native").parent
    before = of_kind(place, "native").read_bytes()
    code, output = run(folder, "--refresh", "--entity", entity, "-o", folder)
    assert (code, "ya existe y no se reemplaza" in output) == (1, True)
    assert of_kind(place, "native").read_bytes() == before


def test_of_two_books_of_a_unit_none_is_refreshed(place: Path, tmp_path: Path) -> None:
    for name in ("a.xlsx", "b.xlsx"):
        (tmp_path / "dos").mkdir(exist_ok=True)
        (tmp_path / "dos" / name).write_bytes(of_kind(place, "native").read_bytes())
    _, output = refreshed(tmp_path / "dos", NEW_SOURCE, tmp_path, code=1)
    assert output.count("hay más de un libro de la unidad DGRB: a.xlsx, b.xlsx.") == 2


# --- what it says -------------------------------------------------------------------------------------------


def test_json_and_the_library_say_the_same(place: Path, tmp_path: Path) -> None:
    _, output = refreshed(of_kind(place, "native"), NEW_NAME, tmp_path, "--format", "json")
    (book,) = json.loads(output)["libros"]
    assert (book["actualizado"], book["unidad"], book["motivo"]) == (True, "DGRB", "")
    told = [(x["tipo"], f"{x['hoja']}!{x['celda']}".strip("!"), x["hallado"]) for x in book["informe"]]
    assert told == report(of_kind(place, "native"), NEW_NAME, tmp_path / "b")
    assert book["celdas"] == len(typed(of_kind(place, "native")))


def test_a_level_that_came_is_told_as_blank_before(place: Path, tmp_path: Path) -> None:
    made, _ = refreshed(of_kind(place, "native"), WITHOUT_SERVICES, tmp_path / "sin")
    _, output = refreshed(made, books.after(), tmp_path / "con")
    assert "«Servicio» estaba en blanco y ahora dice «Servicio Central»." in output
    assert "La unidad «DGRM», servicio: estaba en blanco y ahora dice «Servicio Central»." in output
    assert "«»" not in output


def test_what_all_workbooks_have_alike_is_said_once(tmp_path: Path) -> None:
    entidad = books.known(books.entity(tmp_path / "entidad.xlsx"))
    for unidad in ("DGRB", "DGRM"):
        books.filled(tmp_path / "entregas" / unidad, entidad, unidad)
    _, output = refreshed(tmp_path / "entregas", NEW_SOURCE, tmp_path)
    assert output.count("La fuente «44» es nueva en el catálogo: Donaciones «UE» & <otras>.") == 1
    assert "2 libros: 2 pasados, 0 al día, 0 sin pasar." in output


def test_every_kind_of_line_has_its_words_and_says_no_placeholder() -> None:
    said = {name: name for name in ("columna", "leido", "antes", "esperado", "que", "fuente", "operacion")}
    for kind, known in refresh_words.KINDS.items():
        line = ReportLine(kind, found="x.", details=said)
        assert line.what.endswith("."), kind
        assert line.action.endswith(".") or known.outcome == refresh_words.REFRESHED, kind
        assert kind not in words.KINDS
    assert set(refresh_words.SUMMED) <= set(refresh_words.KINDS)


# --- saved by other programs --------------------------------------------------------------------------------


def as_excel_saves_it(content: bytes) -> bytes:
    """The lists over another sheet among the extensions, as Excel writes them since 2010."""
    parts = packages.apart(content)
    for name in [n for n in parts if n.startswith("xl/worksheets/sheet") and b"Listas!" in parts[n]]:
        rules = re.findall(rb"<dataValidation [^>]*><formula1>Listas![^<]*</formula1></dataValidation>", parts[name])
        made = b""
        for rule in rules:
            parts[name] = parts[name].replace(rule, b"")
            sqref = re.findall(rb' sqref="([^"]*)"', rule)[0]
            rule = rule.replace(b' sqref="' + sqref + b'"', b"").replace(b"dataValidation ", b"x14:dataValidation ")
            rule = rule.replace(b"<formula1>", b"<x14:formula1><xm:f>").replace(
                b"</formula1>", b"</xm:f></x14:formula1>"
            )
            rule = rule.replace(b"</dataValidation>", b"<xm:sqref>" + sqref + b"</xm:sqref></x14:dataValidation>")
            made += rule
        ext = (
            b'<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
            b'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
            b'<x14:dataValidations count="%d" xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main">%s'
            b"</x14:dataValidations></ext></extLst>" % (len(rules), made)
        )
        parts[name] = parts[name].replace(b"</worksheet>", ext + b"</worksheet>") if rules else parts[name]
    return packages.together(parts)


def test_lists_that_excel_wrote_among_its_extensions_grow_too(place: Path, tmp_path: Path) -> None:
    source = tmp_path / "DGRB.xlsx"
    source.write_bytes(as_excel_saves_it(of_kind(place, "native").read_bytes()))
    made, _ = refreshed(source, NEW_SOURCE, tmp_path)
    budget = packages.apart(made.read_bytes())[
        dict(open_xml.sheet_parts(packages.apart(made.read_bytes())))["Presupuesto"]
    ]
    assert b"<xm:f>Listas!$B$5:$B$7</xm:f>" in budget
    assert "44 · Donaciones «UE» &amp; &lt;otras&gt;".encode() in budget


@pytest.mark.libreoffice
@pytest.mark.parametrize("kind", books.KINDS)
def test_in_libreoffice_the_lists_offer_it_and_the_figures_are_those_of_before(
    kind: str, place: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    source = of_kind(place, kind)
    made, _ = refreshed(source, NEW_SOURCE, tmp_path)
    before, after = libreoffice.recalculate(source), libreoffice.recalculate(made)
    shown = [{name: cell.recalculated for name, cell in cells["Resumen"].items()} for cells in (before, after)]
    assert shown[0] == shown[1]
    assert len(shown[0]) > 100
    assert differences(after) == [], "what the file shows is what is calculated"
    assert offered(libreoffice.save_as_xlsx(made, tmp_path / "visto.xlsx"), "Fuente") == ["10", "20", "44"]


def offered(path: Path, title: str) -> list[object]:
    """What the drop-down list at a column of Presupuesto offers."""
    book = openpyxl.load_workbook(path)
    cell = cell_of(path, at("Presupuesto", title))
    (rule,) = [v for v in book["Presupuesto"].data_validations.dataValidation if cell in v]
    sheet, _, span = rule.formula1.partition("!")
    return [c.value for (c,) in book[sheet][span.replace("$", "")]]


@pytest.mark.libreoffice
def test_workbooks_that_libreoffice_or_openpyxl_saved_are_refreshed_in_their_place(
    place: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    source = of_kind(place, "native")
    for program in ("libreoffice", "openpyxl"):
        saved = tmp_path / program / "DGRB.xlsx"
        saved.parent.mkdir()
        if program == "openpyxl":
            openpyxl.load_workbook(source).save(saved)
        else:
            libreoffice.save_as_xlsx(source, saved)
        renamed = NEW_SOURCE | {"Unidades": NEW_NAME["Unidades"], "Categorias": NEW_CATEGORY["Categorias"]}
        made, output = refreshed(saved, renamed, saved.parent)
        assert "actualizado con lo de la entidad" in output
        assert offered(made, "Fuente") == ["10", "20", "44"]
        assert offered(made, "Categoría programática") == ["570 0 004", "570 0 005", "570 0 099"]
        note = cell_at(openpyxl.load_workbook(made), at("Presupuesto", "Fuente", 0)).comment.text
        assert note.endswith("44 · Donaciones «UE» & <otras>")
        stamp = ("Unidad", cell_of(made, NAME))
        assert typed(made) | {stamp: None} == typed(saved) | {stamp: None}
        assert typed(made)[stamp] == "Viceministerio & Dirección de Relaciones Bilaterales"


@pytest.mark.usefixtures("validator")
def test_a_refreshed_workbook_is_valid(place: Path, tmp_path: Path) -> None:
    for kind in books.KINDS:
        made, _ = refreshed(of_kind(place, kind), NEW_SOURCE, tmp_path / kind)
        assert (open_xml.errors(made), open_xml.faults(made.read_bytes())) == ({}, [])


OWN_NAME = "nombre_acp |  |  | {0}; {0}s"


@pytest.mark.parametrize("now", ["Objetivo", "Propósito"])
def test_where_an_entity_calls_its_acp_by_a_name_of_its_own_all_else_stays_byte_for_byte(
    tmp_path: Path, now: str
) -> None:
    """The list of codes stands under that name in the sheet Listas: that of when the workbook was written."""
    before = books.entity(tmp_path / "antes.xlsx", books.more("Parametros", OWN_NAME.format("Objetivo")))
    path = books.filled(tmp_path / "lleno" / "DGRB", books.known(before))
    lists = sheet_of(path, LISTS_SHEET)
    assert "Objetivo" in [cell.value for row in lists.iter_rows() for cell in row]
    tabs = {**books.more("Parametros", OWN_NAME.format(now)), "Fuentes": NEW_SOURCE["Fuentes"]}
    new, output = refreshed(path, tabs, tmp_path)
    assert "no se pudo actualizar en su lugar" not in output
    assert typed(new) == typed(path)
    assert "44" in offered(new, "Fuente")
