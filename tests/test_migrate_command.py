"""The command migrate: what it is asked, what it says, and with which code it ends."""

import json
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl.cli import poa_xl
from poa_xl.migration.pipeline import MigrationTarget
from poa_xl.parameters import TEMPLATE_VERSION
from tests import old_books, packages, text_books
from tests.old_books import PUT_IN, TASKS, UNIT_1, old, order, run, typed
from tests.places import at, cell_at, cell_of

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def entidad(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The workbook of the small entity, of version 2 and 2024."""
    return old_books.entity(tmp_path_factory.mktemp("entidad") / "entidad.xlsx")


@pytest.fixture(scope="module")
def wanted(entidad: Path) -> MigrationTarget:
    return order(entidad)


# --- the command --------------------------------------------------------------------------------------------


def test_nothing_is_done_where_there_is_nothing_to_do(entidad: Path, tmp_path: Path) -> None:
    path = old(tmp_path, Unidad=UNIT_1["Unidad"].replace("plantilla | '1", f"plantilla | '{TEMPLATE_VERSION}"))
    code, output = run(path, "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx")
    assert code == 0
    assert "DGRB.xlsx  DGRB  ya es de la versión 3 y de la gestión 2024: no hay nada que pasar." in output
    assert not (tmp_path / "n.xlsx").exists()


USAGE = {
    "an unknown version": (["--to", "7"], "No hay versión «7» de la plantilla. Hay: 1, 2, 3."),
    "an older version": (["--to", "1"], "a la 1 no se vuelve. Hay: 1, 2, 3. Use --to 3."),
    "an unknown version of the file": (
        ["--to", TEMPLATE_VERSION, "--from", "9"],
        "--from: no hay versión «9» de la plantilla. Hay: 1, 2, 3.",
    ),
    "an unknown unit": (["--to", TEMPLATE_VERSION, "--unit", "XX"], "--unit: la unidad «XX» no está en el catálogo"),
}


@pytest.mark.parametrize(("options", "said"), USAGE.values(), ids=USAGE.keys())
def test_what_cannot_be_asked_is_wrong_usage(options: list[str], said: str, entidad: Path, tmp_path: Path) -> None:
    code, output = run(old(tmp_path), *options, "--entity", entidad, "-o", tmp_path / "n.xlsx")
    assert (code, said in output) == (2, True), output
    assert not (tmp_path / "n.xlsx").exists()


def test_a_workbook_is_migrated_whatever_version_the_entity_has_others_of(tmp_path: Path) -> None:
    path = old_books.entity(tmp_path / "entidad.xlsx", version="1")
    code, output = run(old(tmp_path), "--to", TEMPLATE_VERSION, "--entity", path, "-o", tmp_path / "n.xlsx")
    assert code == 0, output
    assert (
        cell_at(openpyxl.load_workbook(tmp_path / "n.xlsx"), at("Unidad", "Versión de la plantilla")).value
        == TEMPLATE_VERSION
    )
    result = CliRunner().invoke(poa_xl, ["validate", str(tmp_path / "n.xlsx"), "--entity", str(path)])
    assert "UNI-007" not in result.output


def test_several_books_need_a_folder_and_no_unit(entidad: Path, tmp_path: Path) -> None:
    old(tmp_path)
    old(tmp_path, "otra.xlsx")
    folder = tmp_path / "viejos"
    for options, said in (
        (["-o", tmp_path / "n.xlsx"], "-o debe ser una carpeta"),
        (["-o", "x", "--unit", "DGRB"], "no va con varios"),
    ):
        code, output = run(folder, "--to", TEMPLATE_VERSION, "--entity", entidad, *options)
        assert (code, said in output) == (2, True), output


REFUSED: dict[str, Any] = {
    "a version that is not known": ({"Unidad": UNIT_1["Unidad"].replace("plantilla | '1", "plantilla | '0.9")}, [], "se hizo con la versión «0.9»"),
    "no version": ({"Unidad": UNIT_1["Unidad"].replace("plantilla | '1", "plantilla |")}, [], "no dice con qué versión"),
    "no gestión": ({"Unidad": UNIT_1["Unidad"].replace("Gestión | 2024", "Gestión |")}, [], "no dice de qué gestión es"),
    "a later gestión": ({"Unidad": UNIT_1["Unidad"].replace("Gestión | 2024", "Gestión | 2025")}, [], "es de la gestión 2025, posterior a la 2024"),
    "last gestión without a word": (
        {"Unidad": UNIT_1["Unidad"].replace("Gestión | 2024", "Gestión | 2023")},
        [],
        "es de la gestión 2023, y la entidad es de la 2024. → Si quiere pasar su plan a la gestión 2024, use --plan",
    ),
    "another entity": (
        {"Unidad": UNIT_1["Unidad"].replace("Ministerio de Ejemplo", "Gobernación")},
        [],
        "es de la entidad «Gobernación», y el catálogo es de «Ministerio de Ejemplo»",
    ),
    "a unit that is not known": ({"Unidad": UNIT_1["Unidad"].replace("unidad | DGRB", "unidad | DGXX")}, [], "es de la unidad «DGXX», que no está"),
    "no unit": ({"Unidad": UNIT_1["Unidad"].replace("unidad | DGRB", "unidad |")}, [], "no dice de qué unidad es"),
    "no workbook of a unit": (dict.fromkeys(UNIT_1) | {"Hoja1": "hola"}, [], "no tiene ninguna hoja del libro de una unidad"),
}  # fmt: skip


@pytest.mark.parametrize(("changed", "options", "said"), REFUSED.values(), ids=REFUSED.keys())
def test_a_book_that_is_not_migrated_says_why_and_stops_nothing(
    changed: dict[str, str | None], options: list[str], said: str, entidad: Path, tmp_path: Path
) -> None:
    old(tmp_path, "a.xlsx", **changed)
    old(tmp_path, "b.xlsx")
    code, output = run(
        tmp_path / "viejos", "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n", *options
    )
    assert code == 1
    assert f"a.xlsx  sin pasar: {said}" in output
    assert "2 libros: 1 pasado, 0 al día, 1 sin pasar." in output
    assert [p.name for p in (tmp_path / "n").iterdir()] == ["DGRB.xlsx"]


def test_what_a_workbook_does_not_say_can_be_given(entidad: Path, tmp_path: Path) -> None:
    """A workbook of the ministry's own, from before any template: sheets and columns are known by their titles."""
    form = (
        "Responsable de la información | Ana\nCargo | Jefa\nCorreo electrónico | a@b.bo\nTrimestre que se reporta | 2"
    )
    path = old(tmp_path, "informe final.xlsx", Unidad=form)
    given = ["--from", "1", "--year", "2024", "--unit", "DGRB"]
    code, output = run(path, "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx", *given)
    assert code == 0, output
    assert output.count("como se indicó") == 3
    new = openpyxl.load_workbook(tmp_path / "n.xlsx")
    found = [
        cell_at(new, at("Unidad", title)).value for title in ("Código de la unidad", "Responsable de la información")
    ]
    assert found == ["DGRB", "Ana"]


def test_the_file_s_name_says_the_unit_where_the_workbook_does_not(entidad: Path, tmp_path: Path) -> None:
    path = old(tmp_path, Unidad=UNIT_1["Unidad"].replace("unidad | DGRB", "unidad |"))
    code, output = run(path, "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx")
    assert (code, "se tomó DGRB, por el nombre del archivo" in output) == (0, True)


def test_a_unit_of_the_catalogue_is_not_taken_for_another(tmp_path: Path) -> None:
    more = (
        text_books.ENTITY["Unidades"].rstrip() + "\nDGRM | Otra | Servicio Central | Direcciones | VRE | '1.1 | vigente"
    )
    entidad = old_books.entity(tmp_path / "entidad.xlsx", Unidades=more)
    code, output = run(
        old(tmp_path), "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx", "--unit", "DGRM"
    )
    assert (code, "es de la unidad «DGRB», y --unit dice «DGRM»" in output) == (1, True)


def test_of_two_books_of_a_unit_none_is_taken(entidad: Path, tmp_path: Path) -> None:
    """Which of them is the good one is not for the order of their names to say."""
    old(tmp_path, "a.xlsx")
    old(tmp_path, "b.xlsx", Resultados=None)
    code, output = run(tmp_path / "viejos", "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n")
    assert code == 1
    for name in ("a.xlsx", "b.xlsx"):
        assert f"{name}  sin pasar: hay más de un libro de la unidad DGRB: a.xlsx, b.xlsx." in output
    assert not (tmp_path / "n").exists()


def test_a_workbook_of_now_beside_the_old_one_of_its_unit_is_no_second_one(entidad: Path, tmp_path: Path) -> None:
    """As after a first run into the same folder."""
    old(tmp_path)
    target = tmp_path / "viejos" / "hechos"
    assert run(tmp_path / "viejos", "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", target)[0] == 0
    code, output = run(tmp_path / "viejos", "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", target)
    assert (code, "ya existe y no se reemplaza" in output, "2 libros: 0 pasados, 1 al día, 1 sin pasar." in output) == (
        1, True, True,
    )  # fmt: skip


def test_no_file_is_replaced(entidad: Path, tmp_path: Path) -> None:
    target = tmp_path / "n.xlsx"
    target.write_bytes(b"de otra persona")
    code, output = run(old(tmp_path), "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", target)
    assert (code, "ya existe y no se reemplaza" in output) == (1, True)
    assert target.read_bytes() == b"de otra persona"


def test_a_file_named_as_another_unit_is_taken_for_what_it_says_and_told(tmp_path: Path) -> None:
    more = text_books.ENTITY["Unidades"].rstrip()
    more += "\nDGRM | Otra | Servicio Central | Direcciones | VRE | '1.1 | vigente"
    entidad = old_books.entity(tmp_path / "entidad.xlsx", Unidades=more)
    code, output = run(old(tmp_path, "DGRM.xlsx"), "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n")
    assert (code, "se llama como la unidad «DGRM», pero el libro dice DGRB: se tomó DGRB" in output) == (0, True)
    assert [p.name for p in (tmp_path / "n").iterdir()] == ["DGRB.xlsx"]


def test_a_damaged_or_hostile_file_is_said_as_everywhere_and_stops_nothing(entidad: Path, tmp_path: Path) -> None:
    good = old(tmp_path)
    bad = {
        "roto.xlsx": (good.read_bytes()[:900], "LIB-001"),
        "vacio.xlsx": (b"", "LIB-008"),
        "texto.xlsx": (b"hola", "LIB-006"),
        "dtd.xlsx": (packages.edited(packages.apart(good.read_bytes()), packages.TASKS, _with_dtd), "LIB-011"),
    }
    for name, (content, _) in bad.items():
        (good.parent / name).write_bytes(content)
    (good.parent / "~$DGRB.xlsx").write_bytes(b"x")
    code, output = run(good.parent, "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n")
    assert code == 1
    for name, (_, expected) in bad.items():
        assert f"{name}  error {expected}" in output or f"{name}  Tareas  error {expected}" in output, output
    assert "~$DGRB.xlsx" not in output  # litter of Excel
    assert "5 libros: 1 pasado, 0 al día, 4 sin pasar." in output


def _with_dtd(xml: bytes) -> bytes:
    return b'<!DOCTYPE x [<!ENTITY a "b">]>' + xml


def test_text_of_strangers_goes_out_as_text_and_acts_on_no_terminal(entidad: Path, tmp_path: Path) -> None:
    evil = "\x1b[31mrojo"
    path = old(tmp_path, Tareas=f"{TASKS}\nOP-01 | A | T | 2 | 1")
    book = openpyxl.load_workbook(path)
    book["Tareas"]["D2"] = "=cmd|'/c calc'!A0"
    book["Tareas"]["D2"].data_type = "s"
    book.create_sheet("=1+1")["A1"] = "x"
    book.save(path)
    strange = path.with_name(f"{evil}.xlsx")
    path.rename(strange)
    code, output = run(strange, "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx")
    assert code == 1
    assert "\x1b" not in output
    new = openpyxl.load_workbook(tmp_path / "n.xlsx")
    assert cell_at(new, at("Tareas", "Prog. ene")).data_type == "s"
    listed = [c for row in new["Observaciones"].iter_rows(min_row=5) for c in row if c.value]
    assert [c.value for c in listed if c.data_type == "f" and not str(c.value).startswith("=HYPERLINK(\"#'")] == []
    assert "\x1b" not in str(new["Observaciones"]["A2"].value)


def test_json_says_all_of_it(entidad: Path, tmp_path: Path) -> None:
    old(tmp_path, Borrador="x", Tareas=f"{TASKS}\nOP-01 | A | T | #REF! | 1")
    (tmp_path / "viejos" / "vacio.xlsx").write_bytes(b"")
    arguments = [
        tmp_path / "viejos",
        "--to",
        TEMPLATE_VERSION,
        "--entity",
        entidad,
        "-o",
        tmp_path / "n",
        "--format",
        "json",
    ]
    code, output = run(*arguments)
    document = json.loads(output)
    assert code == 1
    assert document["resumen"] == {"archivos": 2, "pasados": 1, "al_dia": 0, "con_perdida": 1}
    good, empty = document["libros"]
    assert (good["unidad"], good["de"], good["a"]) == (
        "DGRB",
        {"version": "1", "gestion": 2024},
        {"version": TEMPLATE_VERSION, "gestion": 2024},
    )
    assert Path(good["escrito"]).is_file()
    assert good["celdas"] == len(typed(Path(good["escrito"]))) - len(PUT_IN)
    error = next(x for x in good["informe"] if x["tipo"] == "error-de-calculo")
    assert {k: error[k] for k in ("resultado", "hoja", "celda", "hoja_nueva", "celda_nueva", "hallado", "celdas")} == {
        "resultado": "sin pasar", "hoja": "Tareas", "celda": "D2", "hoja_nueva": "Tareas", "celda_nueva": cell_of(Path(good["escrito"]), at("Tareas", "Prog. ene")),
        "hallado": "#REF!", "celdas": 1,
    }  # fmt: skip
    assert [o["codigo"] for o in empty["observaciones"]] == ["LIB-008"]


def test_a_workbook_with_buttons_stays_one(entidad: Path, tmp_path: Path) -> None:
    path = old(tmp_path, **{"xlwings.conf": "UDF Modules | x"})
    code, output = run(path, "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx")
    assert (code, "el libro es un .xlsm" in output) == (2, True)
    code, output = run(path, "--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n")
    assert code == 0, output
    parts = packages.apart((tmp_path / "n" / "DGRB.xlsm").read_bytes())
    assert "xl/vbaProject.bin" in parts


def test_the_new_code_of_a_unit_is_told_as_brought_in_and_not_as_left_out(entidad: Path, tmp_path: Path) -> None:
    unit = UNIT_1["Unidad"].replace("unidad | DGRB", "unidad | DGXX")
    given = ["--to", TEMPLATE_VERSION, "--entity", entidad, "-o", tmp_path / "n.xlsx", "--unit", "DGRB"]
    code, output = run(old(tmp_path, Unidad=unit), *given)
    (line,) = [one for one in output.splitlines() if "«DGXX»" in one]
    assert (code, "  actualizado  " in line, "no pasa" in line) == (0, True, False), output
    assert "ahora viene puesto «DGRB»" in line
