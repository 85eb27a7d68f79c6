"""The written report: everything that an institutional report has, each figure the one of the master's cell."""

import csv
import re
import shutil
import zipfile
from collections import Counter
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

import poa_xl
from poa_xl import palette, sheets
from poa_xl.cli import poa_xl as command
from poa_xl.messages import report as words
from poa_xl.report.content.entity_texts import ReportSection
from poa_xl.report.document import ReportColumn, ReportRow, ReportTable, Text
from poa_xl.report.word import table as word_table
from tests import open_xml, places, report_books
from tests.libreoffice import LibreOffice
from tests.report_books import Written, bolivian, cells_by_id, controls, register, values

pytestmark = pytest.mark.slow

INVENTORY = list(csv.DictReader((Path(__file__).parent / "cases" / "informe.csv").open(encoding="utf-8")))
# Of items that are words: what a reader finds in their place, in the report of the second quarter.
IN_WORDS = {
    1: ["Seguimiento y evaluación a la ejecución física y financiera del POA", "del 1 de enero de 2024 al 30 de junio de 2024"],
    2: ["Introducción", "ocho capítulos"],
    10: ["Regla de cálculo", "Avance de la operación", "Avance de la unidad"],
    14: ["En el segundo trimestre la ejecución financiera de la entidad fue de 17,43 %", "avance físico de 92,78 % (Satisfactorio)"],
    16: ["En el primer semestre la ejecución financiera de la entidad fue de 33,20 %"],
    32: ["en el segundo trimestre el avance físico fue de 91,28 % (Satisfactorio)", "En el trimestre anterior fue de 93,93 %"],
    39: ["Conclusiones", "Recomendaciones", "Sin ejecución al terminar el primer semestre"],
}  # fmt: skip


def run(*arguments: object) -> "tuple[int, str]":
    done = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)
    return done.exit_code, done.output


def captions(path: Path) -> list[str]:
    return [p.text for p in Document(str(path)).paragraphs if p.style is not None and p.style.name == "Caption"]


# --- what it holds ---------------------------------------------------------------------------------------------


def _items(written: Written) -> set[int]:
    """The items of the inventory that tables and charts of a report say they are."""
    from poa_xl import master_book, open_entity
    from poa_xl.reading import File
    from poa_xl.report.content import chapters
    from poa_xl.report.content.sources import Sources

    made = chapters.report(Sources(master_book.read(File(written.master)), open_entity(written.entity).entidad))
    shown = captions(written.report)
    assert len(shown) == len(made.captions())
    for block, text in zip(made.captions(), shown, strict=True):
        assert text.endswith(f". {block.caption}")
    return {block.item for block in made.captions()}


def test_the_report_of_the_second_quarter_has_all_44_items(ministry: Written) -> None:
    assert len(INVENTORY) == 44
    text, there = report_books.text(ministry.report), _items(ministry)
    missing = [
        item["titulo"]
        for item in INVENTORY
        if int(item["orden"]) not in there
        and not all(part in text for part in IN_WORDS.get(int(item["orden"]), ["no está en el informe"]))
    ]
    assert missing == []


def test_every_figure_is_the_one_of_the_masters_cell(ministry: Written, municipality: list[Written]) -> None:
    for written in (ministry, *municipality):
        workbook = values(written.master)
        by_id, registered = cells_by_id(workbook), register(written.report)
        bound = 0
        for tag, shown in controls(written.report):
            figure = registered[tag]
            if figure.endswith(".anterior"):  # of a text, in the first quarter: there was none before
                assert (shown, written) == ("n/a", municipality[0])
                continue
            sheet, _, cell = figure.rpartition("!")
            where = by_id.get(figure) or (sheet, cell)
            value = workbook[where[0]][where[1]].value
            assert shown == value or shown in bolivian(value), (figure, shown, value)
            bound += 1
        assert written.said.figures - 1 <= bound <= written.said.figures
        assert bound > 300
        print(f"{written.report.name}: {bound} cifras unidas")


def test_tags_are_as_long_as_word_takes_and_tell_all_figures_apart(municipality: list[Written]) -> None:
    figures = register(municipality[-1].report)
    assert max(map(len, figures)) <= 64
    assert len(set(figures.values())) == len(figures)


def test_a_number_stands_alone_in_its_control_and_nobody_types_in_it(ministry: Written) -> None:
    body = Document(str(ministry.report)).element.body
    for control in body.iter(f"{report_books.W}sdt"):
        properties = control.find(f"{report_books.W}sdtPr")
        assert properties.find(f"{report_books.W}lock").get(f"{report_books.W}val") == "contentLocked"
        assert properties.find(f"{report_books.W}dataBinding") is not None
    assert not [shown for _, shown in controls(ministry.report) if shown.endswith("%") or shown.startswith("Bs")]


@pytest.mark.parametrize("quarter", [1, 2, 3, 4])
def test_the_period_is_worded_as_the_quarter_wants_it(quarter: int, municipality: list[Written]) -> None:
    text = report_books.text(municipality[quarter - 1].report)
    said = ["el primer trimestre", "el primer semestre", "el acumulado al tercer trimestre", "la gestión"][quarter - 1]
    assert f"En {said} la entidad alcanzó un avance físico de" in text
    assert f"» en {said}, con la información de" in text
    assert "el gestión" not in text
    assert ("primer semestre" in text) == (quarter == 2)
    assert (words.FIRST_QUARTER in text) == (quarter == 1)


def test_what_a_quarter_does_not_have_is_left_out_and_the_report_says_why(municipality: list[Written]) -> None:
    text = report_books.text(municipality[0].report)
    (told,) = [line for line in text.splitlines() if line.startswith("No se muestra")]
    assert told.endswith(f": {words.FIRST_QUARTER}.")
    assert "No se muestra" not in report_books.text(municipality[1].report)


def test_the_texts_of_the_entity_stand_with_the_figures_of_the_quarter(municipality: list[Written]) -> None:
    shown = []
    for written in municipality:
        workbook = values(written.master)
        sheet, cell = cells_by_id(workbook)[f"GAMVLA.avance.hasta_t{municipality.index(written) + 1}"]
        (avance,) = (s for s in bolivian(workbook[sheet][cell].value) if "," in s)
        assert f"El avance de la gestión es de {avance} %" in report_books.text(written.report)
        shown.append(avance)
    assert len(set(shown)) > 1
    assert "frente al n/a % del trimestre anterior" in report_books.text(municipality[0].report)


def test_an_entity_of_before_the_texts_gets_a_report_that_says_what_is_missing(tmp_path: Path) -> None:
    entity = tmp_path / "entidad.xlsx"
    shutil.copy(Path(__file__).parent / "before" / "entidad-6a30a9e.xlsx", entity)
    year = poa_xl.write_demo(tmp_path / "muni", sample="municipio")
    master = tmp_path / "m.xlsx"
    poa_xl.check(year.quarters[1] / "entregas", entity, quarter=2).evaluate().write_master(master)
    done = poa_xl.write_report(master, tmp_path / "i.docx")
    text = report_books.text(done.path)
    assert words.NO_NORMS in text
    assert "no dice nada de «Recomendaciones»" in text


def test_a_partial_evaluation_says_so_on_the_cover(tmp_path: Path, municipality: list[Written]) -> None:
    year = municipality[1].entity.parent
    sent = tmp_path / "entregas"
    shutil.copytree(year / "entregas", sent)
    (sent / "USAL.xlsx").unlink()
    found = report_books.write(sent, municipality[1].entity, 2, tmp_path)
    text = report_books.text(found.report)
    assert "EVALUACIÓN PARCIAL: falta la información de 1 de" in text
    assert "EVALUACIÓN PARCIAL" not in report_books.text(municipality[1].report)


def test_the_sections_that_a_report_asks_for_are_those_of_the_sheet() -> None:
    column = sheets.sheet("entidad", "textos_informe").column("seccion")
    assert [*ReportSection] == [*column.options]


# --- the document ----------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("validator")
def test_microsofts_validator_finds_nothing(ministry: Written, municipality: list[Written]) -> None:
    for written in (ministry, municipality[0], municipality[3]):
        assert open_xml.errors(written.report) == Counter()


def test_charts_have_their_workbook_with_the_figures_that_they_show(ministry: Written) -> None:
    with zipfile.ZipFile(ministry.report) as package:
        charts = [name for name in package.namelist() if name.startswith("word/charts/chart")]
        books = [name for name in package.namelist() if name.startswith("word/embeddings/")]
        assert len(charts) == len(books) == ministry.said.charts - 1  # the organisation chart is drawn
        first = openpyxl.load_workbook(package.open(sorted(books)[0]))
    rows = list(first.active.iter_rows(values_only=True))
    assert [row[0] for row in rows[1:]] == ["ADM", "VRE", "VCEI", "VGCI", "SERV_EXT"]
    assert rows[1][1] == pytest.approx(12.908167950734008)  # the first quarter of ADM, as published: 12.91


def test_the_organisation_chart_counts_every_unit_once(ministry: Written) -> None:
    body = Document(str(ministry.report)).element.body
    boxes = [
        "".join(t.text for t in box.iter(f"{report_books.W}t")) for box in body.iter(f"{report_books.W}txbxContent")
    ]
    many = [int(found[1]) for box in boxes if (found := re.fullmatch(r".+ \((\d+)\)", box))]
    names = {unit.nombre for unit in poa_xl.open_entity(ministry.entity).entidad.until(2)}
    assert sum(many) + sum(box in names for box in boxes) == len(names) == 109
    assert [box for box in boxes if box.startswith("Viceconsulados")] == ["Viceconsulados (1)", "Viceconsulados (3)"]


def test_words_of_a_semaforo_can_be_read_in_sentences_and_in_tables(
    ministry: Written, municipality: list[Written]
) -> None:
    for written in (ministry, *municipality):
        found: Counter[bool] = Counter()
        for control in Document(str(written.report)).element.body.iter(f"{report_books.W}sdt"):
            for letters in control.iter(f"{report_books.W}color"):
                cell = next(control.iterancestors(f"{report_books.W}tc"), None)
                ground = next((control if cell is None else cell).iter(f"{report_books.W}shd"))
                colours = [f"#{letters.get(f'{report_books.W}val')}", f"#{ground.get(f'{report_books.W}fill')}"]
                assert palette.contrast(*colours) >= palette.LEAST_CONTRAST, (written.report, colours)
                found[cell is None] += 1
        assert found[True]
        assert found[False]


def test_pictures_have_words_and_tables_repeat_their_titles(ministry: Written) -> None:
    body = Document(str(ministry.report)).element.body
    drawn = [one for one in body.iter() if one.tag.endswith("}docPr")]
    assert len(drawn) == ministry.said.charts
    assert all(one.get("descr") for one in drawn)
    assert len(list(body.iter(f"{report_books.W}tblHeader"))) == ministry.said.tables


def test_the_same_inputs_give_the_same_bytes(ministry: Written, tmp_path: Path) -> None:
    again = poa_xl.write_report(ministry.master, tmp_path / "otra.docx", ministry.entity)
    assert again.path.read_bytes() == ministry.report.read_bytes()


@pytest.mark.libreoffice
def test_libreoffice_saves_it_with_all_bindings_alive(
    libreoffice: LibreOffice, municipality: list[Written], tmp_path: Path
) -> None:
    from poa_xl.report.word import reader

    before = municipality[1].report
    saved = libreoffice.edit_document(before, tmp_path / "guardado.docx")
    assert Counter(controls(saved)) == Counter(controls(before))
    one, other = (reader.read(path.read_bytes()) for path in (before, saved))
    assert one is not None and other is not None  # noqa: PT018
    assert other.shown == one.shown
    assert other.entries == one.entries
    assert (one.saved_since, other.saved_since) == (False, True)
    bound = list(Document(str(saved)).element.body.iter(f"{report_books.W}dataBinding"))
    assert len(bound) == municipality[1].said.figures


# --- what is refused -------------------------------------------------------------------------------------------


def test_the_command_says_what_it_wrote(municipality: list[Written], tmp_path: Path) -> None:
    code, said = run(
        "report", "write", municipality[1].master, "--entity", municipality[1].entity, "-o", tmp_path / "i.docx"
    )
    assert code == 0
    assert f"{municipality[1].said.figures} cifras unidas al libro maestro" in said


def test_another_entity_than_the_masters_is_refused(municipality: list[Written], tmp_path: Path) -> None:
    code, said = run(
        "report", "write", municipality[1].master, "--entity", municipality[2].entity, "-o", tmp_path / "i.docx"
    )
    assert code == 2
    assert "no es el libro de la entidad con que se hizo" in " ".join(said.split())
    alone = tmp_path / "solo" / "m.xlsx"
    alone.parent.mkdir()
    shutil.copy(municipality[1].master, alone)
    code, said = run("report", "write", alone, "-o", tmp_path / "i.docx")
    assert code == 2
    assert "No se encontró el libro de la entidad" in " ".join(said.split())


def test_a_report_that_somebody_edited_is_not_replaced(municipality: list[Written], tmp_path: Path) -> None:
    written, target = municipality[1], tmp_path / "informe.docx"
    order = ["report", "write", written.master, "--entity", written.entity, "-o", target]
    assert run(*order)[0] == 0
    assert run(*order)[0] == 0  # as it was written it may be written anew
    document = Document(str(target))
    document.add_paragraph("Un párrafo de la oficina.")
    document.save(str(target))
    edited = target.read_bytes()
    code, said = run(*order)
    assert (code, target.read_bytes()) == (2, edited)
    assert "alguien guardó después de escrito" in " ".join(said.split())
    assert run(*order, "--force")[0] == 0


@pytest.mark.parametrize("name", ["carta.docx", "informe.pdf", "libro.xlsx"])
def test_what_is_no_report_of_ours_is_never_replaced(name: str, municipality: list[Written], tmp_path: Path) -> None:
    target = tmp_path / name
    if name.endswith(".docx"):
        Document().save(str(target))
    else:
        target.write_bytes(b"de otro")
    before = target.read_bytes()
    for more in ([], ["--force"]):
        code, _ = run(
            "report", "write", municipality[1].master, "--entity", municipality[1].entity, "-o", target, *more
        )
        assert (code, target.read_bytes()) == (2, before)


WRONG_TEXTS = {
    "El avance es de {{NADIE.avance.trimestre}} %.": "INF-003",
    "El avance es de {{GAMVLA.avances.trimestre}} %.": "INF-003",
    "El avance es de {{GAMVLA.avance.mayo 5}} %.": "INF-003",
    "El avance es de {{GAMVLA.avance.trimestre} %.": "INF-004",
    "El avance es de {GAMVLA.avance.trimestre} %.": "INF-004",
    "El vigente es {{unidad:USAL.vigente.trimestre}}.": "INF-003",  # there is such a unit, and no such figure of it
    "En {{GAMVLA.avance.t4}} se cierra.": "INF-003",  # a quarter that is still to come
}


@pytest.mark.parametrize("text", WRONG_TEXTS)
def test_a_text_that_names_a_figure_that_there_is_not_is_told_at_its_cell(
    text: str, municipality: list[Written], tmp_path: Path
) -> None:
    place = tmp_path / "e"
    shutil.copytree(municipality[1].entity.parent / "entregas", place / "entregas")
    workbook = openpyxl.load_workbook(municipality[1].entity)
    cell = places.address(workbook["Textos_informe"], "Texto", 2)
    workbook["Textos_informe"][cell] = text
    workbook.save(place / "entidad.xlsx")
    poa_xl.check(place / "entregas", place / "entidad.xlsx", quarter=2).evaluate().write_master(place / "m.xlsx")
    code, said = run("report", "write", place / "m.xlsx", "-o", place / "i.docx")
    assert code == 1
    assert [line for line in said.splitlines() if f"Textos_informe!{cell}" in line and WRONG_TEXTS[text] in line], said
    assert not (place / "i.docx").exists()


def test_what_is_no_master_is_refused(municipality: list[Written], tmp_path: Path) -> None:
    code, said = run("report", "write", municipality[1].entity, "-o", tmp_path / "i.docx")
    assert code == 2
    assert "no es un libro maestro" in " ".join(said.split())


# --- pages --------------------------------------------------------------------------------------------------------


def test_prose_stands_upright_before_a_table_that_stands_across(ministry: Written) -> None:
    document = Document(str(ministry.report))
    across: list[str] = []
    found: dict[str, bool] = {}
    for child in document.element.body:
        across.append("".join(t.text or "" for t in child.iter(f"{report_books.W}t")))
        for section in child.iter(f"{report_books.W}sectPr"):
            orient = section.find(f"{report_books.W}pgSz").get(f"{report_books.W}orient")
            found.update(dict.fromkeys(across, orient == "landscape"))
            across = []
    assert [found[title] for title in ("Conclusiones", "Recomendaciones", "Anexos")] == [False, False, True]


def test_the_cover_has_no_running_head_and_the_other_pages_have_it(ministry: Written) -> None:
    first, *others = Document(str(ministry.report)).sections
    assert (first.different_first_page_header_footer, first.first_page_header.paragraphs[0].text) == (True, "")
    assert "Seguimiento y evaluación del POA 2024" in first.header.paragraphs[0].text
    assert not any(section.different_first_page_header_footer for section in others)


def test_rows_of_a_short_table_stay_together_and_those_of_a_long_one_at_its_ends() -> None:
    assert list(word_table._kept(1)) == [False]
    assert list(word_table._kept(12)) == [True] * 11 + [False]
    assert list(word_table._kept(20)) == [True] * 3 + [False] * 14 + [True] * 2 + [False]


def test_a_column_takes_room_of_its_neighbours_for_a_whole_word_and_not_more_than_they_have() -> None:
    columns = (ReportColumn("Área", 10), ReportColumn("Acumulado", 2), ReportColumn("Nombre", 30))
    row = ReportRow(((Text("VRE"),), (Text("7,61"),), (Text("Uno"),)))
    made = ReportTable("c", "Cuadro", columns, (row,))
    whole = word_table._with_whole_words([2000, 400, 6000], made)
    assert whole[1] == 9 * word_table._LETTER + word_table._AROUND
    assert sum(whole) == pytest.approx(8400, abs=2)
    assert word_table._with_whole_words([2000, 1200, 6000], made) == [2000, 1200, 6000]
    assert word_table._with_whole_words([500, 400, 600], made) == [500, 400, 600]  # nobody can spare it


def test_two_reports_of_sigep_are_told_apart_below_the_sources_where_they_differ(
    ministry: Written, municipality: list[Written]
) -> None:
    note = words.FUNDS_NOTE.partition("{")[0]
    assert report_books.text(ministry.report).count(note) == 1
    assert not any(note in report_books.text(written.report) for written in municipality)
