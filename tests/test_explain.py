"""Where a figure comes from: which one is asked for, its rule with its numbers, and its parts down to what was typed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

import poa_xl
from poa_xl import master_book
from poa_xl.cli import poa_xl as command_line
from poa_xl.errors import WrongUseError
from poa_xl.explanation import question, references
from poa_xl.explanation.question import QuestionError
from poa_xl.explanation.step import Step
from poa_xl.explanation.trail import Trail
from poa_xl.master_book import Place
from poa_xl.reading import File
from tests import test_master
from tests.explained import Made
from tests.one_sheet import sheet_of
from tests.places import address
from tests.test_evaluation import accepted_of, factory_data

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def second(of_municipality: list[Made]) -> Made:
    return of_municipality[1]


def asked(made: Made, text: str) -> str:
    return str(question.answer(made.trail, text))


# --- the question -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("text", "id"), [
    ("GAMVLA.avance.t2", "GAMVLA.avance.t2"),
    ("GAMVLA.avance.trimestre", "GAMVLA.avance.t2"),
    ("GAMVLA.avance.anterior", "GAMVLA.avance.t1"),
    ("UPRE.avance.t1", "unidad:UPRE.avance.t1"),
    ("avance 2T", "GAMVLA.avance.t2"),
    ("ejecución del GAMVLA al semestre", "GAMVLA.ejecucion.hasta_t2"),
    ("SEMESTRE, EJECUCION de la GAMVLA", "GAMVLA.ejecucion.hasta_t2"),
    ("2T avance upre", "unidad:UPRE.avance.t2"),
    ("avance físico de la unidad de centros de salud en abril", "unidad:USAL.avance.abr"),
    ("eficacia acumulada dirección de finanzas", "grupo:SMAF/Dirección de Finanzas.eficacia.hasta_t2"),
    ("avance a la fecha SMAF 2T", "area:SMAF.avance_a_la_fecha.hasta_t2"),
    ("cumplimiento del año UPRE 2T", "unidad:UPRE.cumplimiento.hasta_t2"),
    ("UPRE OP-01 avance primer trimestre", "operacion:UPRE/OP-01.avance.t1"),
    ("semáforo SMDH 2T", "area:SMDH.semaforo.t2"),
    ("devengado 00 0 010 junio", "categoria:00 0 010.devengado.jun"),
    ("saldo todas las fuentes acumulado", "fuentes:GAMVLA.saldo.hasta_t2"),
])  # fmt: skip
def test_ids_and_words_find_their_figure(second: Made, text: str, id: str) -> None:  # noqa: A002
    assert asked(second, text) == id


@pytest.mark.parametrize(("text", "named"), [
    ("avance", {"GAMVLA.avance.t2", "GAMVLA.avance.hasta_t2"}),
    ("UPRE", {"unidad:UPRE.avance.t2", "unidad:UPRE.eficacia.t2"}),
    ("avance dirección 2T", {"grupo:SMAF/Dirección de Finanzas.avance.t2", "grupo:SMDH/Dirección de Salud.avance.t2"}),
    ("avance unidad 2T", {"unidad:UPRE.avance.t2", "unidad:UREC.avance.t2"}),
])  # fmt: skip
def test_between_two_figures_nothing_is_chosen(second: Made, text: str, named: set[str]) -> None:
    with pytest.raises(QuestionError, match="puede ser más de una cifra") as raised:
        asked(second, text)
    assert named <= set(raised.value.near)


@pytest.mark.parametrize(("text", "near"), [
    ("GAMVLA.avance.t3", "GAMVLA.avance.t2"),
    ("unidad:UPRA.avance.t2", "unidad:UPRE.avance.t2"),
    ("GAMVLA.avanze.t2", "GAMVLA.avance.t2"),
    ("avance unidad de centros de salu 2T", "unidad:USAL.avance.t2"),
])  # fmt: skip
def test_what_is_not_there_is_told_with_what_is_near(second: Made, text: str, near: str) -> None:
    with pytest.raises(QuestionError) as raised:
        asked(second, text)
    assert near in raised.value.near


@pytest.mark.parametrize("text", ["", "qué hora es", "A1", "Portada!A1", "Nada!B2", "ACP!ZZZ1", "\x1b[31m"])
def test_what_names_no_figure_is_wrong_use(second: Made, text: str) -> None:
    with pytest.raises(WrongUseError):
        asked(second, text)


def _references(made: Made) -> Iterator[tuple[str, str]]:
    """Cells of tables that show a cell of another sheet again, each with that one, as openpyxl reads them."""
    for sheet in openpyxl.load_workbook(made.master).worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                found = re.fullmatch(r"='([^']+)'!([A-Z]+[0-9]+)", str(cell.value))
                if found and not sheet.title.startswith("Cálculo"):
                    yield f"{sheet.title}!{cell.coordinate}", f"{found[1]}!{found[2]}"


def test_a_cell_that_only_refers_to_another_one_is_its_figure(second: Made) -> None:
    by_place = {str(place): id for id, place in second.trail.book.places.items()}  # noqa: A001
    refers = [(cell, there) for cell, there in _references(second) if cell not in by_place]  # the others have an id
    found = [(cell, by_place[there]) for cell, there in refers if there in by_place]
    assert len(found) > 200
    for cell, id in found[::7]:  # noqa: A001
        assert asked(second, cell) == id


def test_the_name_of_a_sheet_is_forgiven_its_case_and_accents(second: Made) -> None:
    place = second.trail.book.place("GAMVLA.avance.t2")
    assert asked(second, f"calculo!{place.cell.lower()}") == "GAMVLA.avance.t2"
    assert asked(second, f"'{place.sheet}'!${place.cell[:-2]}${place.cell[-2:]}") == "GAMVLA.avance.t2"


def test_a_reference_is_read_as_each_program_writes_it() -> None:
    for text in ("='Cálculo'!B5", "=Cálculo!$B$5", "=+'Cálculo'!B5"[:1] + "'Cálculo'!B5"):
        assert references.alone(text, "ACP") == Place("Cálculo", "B5")
    assert references.alone('="Cálculo!B5"', "ACP") is None
    assert references.alone("=B5+B6", "ACP") is None
    assert [p.cell for p in references.of('=IF(A1="B9",SUM(C1:D2),0)', "ACP")] == ["A1", "C1", "D1", "C2", "D2"]


# --- the trail ----------------------------------------------------------------------------------------------


def step(made: Made, id: str) -> Step:  # noqa: A002
    return made.trail.step(id)


def test_the_numbers_of_a_rule_are_those_of_its_parts(of_municipality: list[Made]) -> None:
    """UREC, whose operations weigh 40, 35 and 25: read in the file, computed here."""
    found = step(of_municipality[3], "unidad:UREC.avance.t4")
    book = sheet_of(of_municipality[3].sent / "UREC.xlsx", "Operaciones")
    header = address(book, "Peso", 0)
    weights = [book[f"{header[:-1]}{row}"].value for row in range(5, 8)]
    points = [float(m.replace(",", ".")) for m in re.findall(r"([\d,]+) ×", found.said)]
    assert [f"× {w}" in found.said for w in weights] == [True] * 3
    assert found.value == pytest.approx(sum(p * w for p, w in zip(points, weights, strict=True)) / 100, abs=0.01)


def test_a_trail_ends_at_cells_that_hold_in_the_files_what_it_says(second: Made) -> None:
    seen = 0
    books: dict[str, openpyxl.Workbook] = {}
    for one in step(second, "area:SMAF.avance.t2").walk():
        if one.origin is None or not one.origin.fila:
            continue
        path = second.sent / one.origin.archivo
        book = books.setdefault(path.name, openpyxl.load_workbook(path))
        for cell in one.typed:
            assert book[one.origin.hoja][cell.celda].value == cell.value
            seen += 1
    assert seen > 80


def test_money_goes_on_to_the_report_of_sigep(second: Made) -> None:
    (part, *_) = step(second, "categoria:00 0 010.devengado.t2").parts
    row = sheet_of(second.sent.parent / "entidad.xlsx", "Presupuesto_SIGEP")
    assert part.origin
    number, day = (
        row[f"{address(row, title, 0)[:-1]}{part.origin.fila}"].value
        for title in ("Número del reporte", "Fecha del reporte")
    )
    assert f"{number} del {day:%d/%m/%Y}" in part.extra[0]


def test_what_was_observed_on_the_way_is_told_and_nothing_else(of_municipality: list[Made]) -> None:
    listed = sheet_of(of_municipality[3].master, "Observaciones")
    codes = {row[4] for row in listed.iter_rows(min_row=6, values_only=True) if row[3] == "UAGU"}
    said = [n for s in step(of_municipality[3], "unidad:UAGU.avance.t2").walk() for n in s.notes]
    assert {n.codigo for n in said} == codes != set()
    others = {row[3] for row in listed.iter_rows(min_row=6, values_only=True)}
    clean = next(code for code in ("UREC", "UPRE", "UOBR", "UEDU", "UARV") if code not in others)
    assert [n for s in step(of_municipality[3], f"unidad:{clean}.avance.t2").walk() for n in s.notes] == []


# --- the command and the door -------------------------------------------------------------------------------


def run(*arguments: object, code: int = 0) -> Result:
    done = CliRunner().invoke(command_line, ["explain", *map(str, arguments)])
    assert done.exit_code == code, done.output
    return done


def test_the_command_shows_the_figure_as_bolivia_writes_it_and_a_bounded_tree(second: Made) -> None:
    value = sheet_of(second.master, "Portada", data_only=True)
    shown = next(r[1] for r in value.iter_rows(values_only=True) if r[0] == "Avance físico (%)")
    said = run(second.master, "GAMVLA.avance.t2").output
    assert f"{shown:.2f} %".replace(".", ",") in said.splitlines()[0]
    whole = run(second.master, "GAMVLA.avance.t2", "--all").output
    assert len(said.splitlines()) < 150 < len(whole.splitlines())
    assert "partes)" in said
    assert "partes)" not in whole
    assert said.count("Datos_Tareas") == 0


def test_an_id_that_the_quarter_lacks_ends_with_2_and_near_ids(second: Made) -> None:
    assert "GAMVLA.avance.t2" in run(second.master, "GAMVLA.avance.t4", code=2).output


def test_check_ends_with_0_or_1(second: Made, tmp_path: Path) -> None:
    assert "Comprobada" in run(second.master, "unidad:UPRE.avance.t2", "--check", second.sent).output
    (tmp_path / "nada").mkdir()
    said = run(second.master, "unidad:UPRE.avance.t2", "--check", tmp_path / "nada", code=1).output
    assert "Falta UPRE.xlsx" in said


def test_json_has_the_whole_tree_and_what_the_check_found(second: Made) -> None:
    said = json.loads(run(second.master, "GAMVLA.avance.hasta_t2", "--format", "json", "--check", second.sent).stdout)
    ids: list[str] = []

    def leaves(one: dict[str, object]) -> int:
        parts = one.get("partes", [])
        assert isinstance(parts, list)
        if one["id"] and parts:
            ids.append(str(one["id"]))
        return sum(map(leaves, parts)) + (not parts)

    assert leaves(said["cifra"]) > 40
    assert len(ids) == len(set(ids))  # a figure that comes twice has its parts once
    assert said["comprobacion"]["coincide"] is True
    assert said["maestro"]["trimestre"] == 2


def test_a_file_that_is_no_master_is_told(second: Made, tmp_path: Path) -> None:
    assert "no es un libro maestro" in run(second.sent / "UPRE.xlsx", "UPRE.avance.t2", code=2).output
    (tmp_path / "roto.xlsx").write_bytes(b"PK\x03\x04")
    assert run(tmp_path / "roto.xlsx", "UPRE.avance.t2", code=3).output


def test_texts_of_strangers_do_nothing_on_a_terminal(tmp_path: Path) -> None:
    data = factory_data(2)
    for row in data["DGAA"]["tareas"]:
        row["tarea"] = "mal\x1b[31m\x07\u202e"
    master = test_master.write(tmp_path / "m.xlsx", 2, accepted_of(data))
    said = run(master, "unidad:DGAA.avance.t2", "--all").output
    assert "mal" in said
    assert not set(said) & {"\x1b", "\x07", "\u202e"}
    said = run(master, "unidad:DGAA.avance.t2\x1b[31m", code=2).output
    assert "\x1b" not in said


def test_a_figure_that_does_not_exist_says_why(tmp_path: Path) -> None:
    master = test_master.write(tmp_path / "m.xlsx", 2, accepted_of(factory_data(2, ("DGAA",))))
    trail = Trail(master_book.read(File(master)))
    found = trail.step("unidad:DGAA.avance.t2")
    assert (found.value, found.shown, found.parts) == (None, "n/a", ())
    assert "no envió" in found.rule


def test_the_door_gives_what_the_command_prints(second: Made) -> None:
    found = poa_xl.explain(second.master, "avance UPRE 2T")
    said = json.loads(run(second.master, "avance UPRE 2T", "--format", "json").stdout)
    assert found.to_dict() == said
    assert found.checked is None
    checked = found.check(second.sent).checked
    assert checked is not None
    assert checked.agrees
    assert (found.id, found.shown) == ("unidad:UPRE.avance.t2", said["cifra"]["muestra"])


# --- the report of SIGEP ------------------------------------------------------------------------------------

BEFORE = Path(__file__).parent / "before" / "entidad-4e7819a.xlsx"
REPORT = ("Número del reporte", "Fecha del reporte")


def _titles(path: Path) -> set[object]:
    return {cell.value for row in sheet_of(path, "Presupuesto_SIGEP").iter_rows(max_row=6) for cell in row}


def test_an_entity_of_before_is_read_without_the_columns_of_the_report_and_migrate_adds_them(tmp_path: Path) -> None:
    assert not _titles(BEFORE) & {*REPORT}
    assert poa_xl.open_entity(BEFORE, accepted=True).entidad.presupuesto[0].numero_reporte == ""
    poa_xl.migrate_entity(BEFORE, tmp_path / "entidad.xlsx")
    assert {*REPORT} <= _titles(tmp_path / "entidad.xlsx")


def test_without_a_number_and_a_date_the_trail_says_that_there_is_none(tmp_path: Path) -> None:
    master = test_master.write(tmp_path / "m.xlsx", 2, accepted_of(factory_data(2)))
    trail = Trail(master_book.read(File(master)))
    id = next(str(f.id) for f in trail.book.figures if f.id.level == "categoria" and f.id.indicator == "devengado")  # noqa: A001
    assert "no dice el número" in trail.step(id).parts[0].extra[0]
