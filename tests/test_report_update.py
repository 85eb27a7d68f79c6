"""`report update`: an edited report takes the figures of a newer master, and keeps every word that people wrote."""

import json
import shutil
import zipfile
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from docx import Document

import poa_xl
from poa_xl.cli import poa_xl as command
from poa_xl.master_book import read
from poa_xl.reading import File
from poa_xl.report.word.reader import ReadChart
from tests import open_xml, report_books
from tests.libreoffice import LibreOffice
from tests.places import at, cell_at
from tests.report_books import W, Written, as_read, controls

pytestmark = pytest.mark.slow
THANKS = "Se agradece a las unidades por su trabajo."
ADVICE = "Las unidades deben explicar en su libro por qué una tarea se atrasa y cuándo se pondrá al día."
REWORDED = "Las unidades deben explicar por qué una tarea se atrasa, y en qué mes se pondrá al día."
NEW_ADVICE = "Conviene que cada secretaría revise sus metas antes de julio."


@dataclass(frozen=True)
class Newer:
    """The municipality's second quarter after a correction: a unit reports less, another is not there any more."""

    before: Written
    master: Path
    entity: Path
    edited: Path


@pytest.fixture(scope="module")
def newer(municipality: list[Written], tmp_path_factory: pytest.TempPathFactory) -> Newer:
    place, before = tmp_path_factory.mktemp("correccion"), municipality[1]
    folder = place / "2T"
    shutil.copytree(before.entity.parent, folder)
    water = folder / "entregas" / "UAGU.xlsx"
    book = openpyxl.load_workbook(water)
    for month in ("abr", "may", "jun"):
        cell_at(book, at("Tareas", f"Ejec. {month}")).value = 5
    book.save(water)
    (folder / "entregas" / "UTUR.xlsx").unlink()
    with_other_advice(folder / "entidad.xlsx")
    master = place / "nuevo.xlsx"
    poa_xl.check(folder / "entregas", folder / "entidad.xlsx", quarter=2).evaluate().write_master(master)
    return Newer(before, master, folder / "entidad.xlsx", edit(before.report, place / "editado.docx"))


def with_other_advice(entity: Path) -> None:
    """A recommendation before the first, which says the same in other words."""
    book = openpyxl.load_workbook(entity)
    texts = book["Textos_informe"]
    first = next(row for row in texts.iter_rows() if any(cell.value == ADVICE for cell in row))
    section, advice = first[0], next(cell for cell in first if cell.value == ADVICE)
    second = next(row for row in texts.iter_rows(min_row=section.row + 1))
    last = texts.cell(section.row + 2, advice.column)
    texts.cell(last.row, section.column).value = section.value
    last.value = next(cell.value for cell in second if cell.column == advice.column)
    texts.cell(second[0].row, advice.column).value = REWORDED
    advice.value = NEW_ADVICE
    book.save(entity)


def edit(report: Path, target: Path) -> Path:
    """What people do: a new paragraph, words behind a sentence with figures, a paragraph less."""
    document = Document(str(report))
    sentence = next(p for p in document.paragraphs if "alcanzó un avance físico de" in p.text)
    sentence.add_run(" Es el resultado del trabajo de todas las unidades.")
    sentence.insert_paragraph_before(THANKS)
    gone = next(p for p in document.paragraphs if p.text.startswith("Informaron las"))
    gone._p.getparent().remove(gone._p)
    document.save(str(target))
    return target


def words(path: Path) -> list[str]:
    """Every paragraph, with a mark in the place of each figure."""
    return [paragraph.loose for paragraph in as_read(path).paragraphs]


def updated(newer: Newer, target: Path, edited: Path | None = None) -> poa_xl.ReportUpdate:
    return poa_xl.update_report(edited or newer.edited, newer.master, target, newer.entity)


def test_every_figure_is_the_newer_masters_and_every_word_is_kept(newer: Newer, tmp_path: Path) -> None:
    done = updated(newer, tmp_path / "n.docx")
    assert words(done.path) == words(newer.edited)
    master = read(File(newer.master))
    values = {str(figure.id): figure.value for figure in master.figures}
    before = {str(figure.id): figure.value for figure in read(File(newer.before.master)).figures}
    shown = {tag: text for tag, text in controls(done.path) if tag in values}
    fresh = dict(controls(poa_xl.write_report(newer.master, tmp_path / "f.docx", newer.entity).path))
    assert shown
    assert {tag: fresh[tag] for tag in shown if tag in fresh} == {tag: t for tag, t in shown.items() if tag in fresh}
    moved = {tag for tag in shown if values[tag] != before[tag]}
    told = {change.figure for change in done.update.figures}
    assert {tag for tag in told if tag in values} <= moved
    assert {tag for tag in moved - told if fresh.get(tag) != dict(controls(newer.before.report))[tag]} == set()
    assert told & moved


def test_what_has_nothing_in_its_place_stays_and_is_told(newer: Newer, tmp_path: Path) -> None:
    """The results of the unit that is not there any more; verify says it of them and of nothing else."""
    done = updated(newer, tmp_path / "n.docx")
    left = {entry.shown for entry in done.update.left}
    assert left
    assert all(entry.figure.startswith("Datos_Resultados!") for entry in done.update.left)
    assert {remark.found for remark in done.verification.remarks if remark.verdict == "contradicción"} == left


def test_what_the_program_would_say_otherwise_is_told_and_not_written(newer: Newer, tmp_path: Path) -> None:
    done = updated(newer, tmp_path / "n.docx")
    said = {(change.before != "", change.after != "") for change in done.update.texts}
    assert any("EVALUACIÓN PARCIAL" in change.after for change in done.update.texts)
    assert any("Unidad de Turismo" in change.before and not change.after for change in done.update.texts)
    assert (True, False) in said
    assert not any(THANKS in change.before for change in done.update.texts)
    assert not any("EVALUACIÓN PARCIAL" in text for text in words(done.path))


def test_what_is_said_in_other_words_stands_beside_what_it_was(newer: Newer, tmp_path: Path) -> None:
    texts = {(change.before, change.after) for change in updated(newer, tmp_path / "n.docx").update.texts}
    assert (ADVICE, REWORDED) in texts
    assert ("", NEW_ADVICE) in texts


def test_a_figure_that_somebody_had_changed_is_told_apart(newer: Newer, tmp_path: Path) -> None:
    document = Document(str(newer.edited))
    tag, before = next(c for c in controls(newer.edited) if c[0] == "GAMVLA.avance.hasta_t2")
    for control in document.element.body.iter(f"{W}sdt"):
        if control.find(f"{W}sdtPr/{W}tag").get(f"{W}val") == tag:
            next(control.iter(f"{W}t")).text = "99,01"
    document.save(str(tmp_path / "e.docx"))
    done = updated(newer, tmp_path / "n.docx", tmp_path / "e.docx")
    (told,) = [change for change in done.update.figures if change.figure == tag]
    assert (told.before, told.written) == ("99,01", before)
    assert all(not change.written for change in done.update.figures if change is not told)
    given = ["report", "update", str(tmp_path / "e.docx"), "--master", str(newer.master)]
    said = CliRunner().invoke(command, [*given, "--entity", str(newer.entity), "-o", str(tmp_path / "m.docx")]).output
    assert f"{tag}: se escribió {before}, alguien puso 99,01 → {told.after}" in said


def test_charts_show_the_newer_figures_and_so_do_their_workbooks(newer: Newer, tmp_path: Path) -> None:
    done = updated(newer, tmp_path / "n.docx")
    fresh = poa_xl.write_report(newer.master, tmp_path / "f.docx", newer.entity).path
    assert drawn(as_read(done.path).charts) == drawn(as_read(fresh).charts)
    assert drawn(as_read(done.path).charts) != drawn(as_read(newer.edited).charts)
    assert report_books.workbooks(done.path) == report_books.workbooks(fresh)


def drawn(charts: tuple[ReadChart, ...]) -> list[object]:
    return [[(series.name, series.values) for series in chart.series] for chart in charts]


def test_the_register_is_of_the_newer_master_and_a_second_update_brings_all_back(newer: Newer, tmp_path: Path) -> None:
    done = updated(newer, tmp_path / "n.docx")
    assert as_read(done.path).facts["sha256"] == read(File(newer.master)).sha256
    assert not done.verification.holds  # what is of a unit that is not there any more is of no cell, of none by chance
    again = poa_xl.update_report(done.path, newer.before.master, tmp_path / "b.docx", newer.before.entity)
    assert again.verification.holds
    assert controls(again.path) == controls(newer.edited)
    assert words(again.path) == words(newer.edited)
    assert again.verification.same_master


def test_of_the_same_master_nothing_changes(newer: Newer, tmp_path: Path) -> None:
    done = poa_xl.update_report(newer.edited, newer.before.master, tmp_path / "n.docx", newer.before.entity)
    assert (done.update.figures, done.update.texts, done.update.left) == ((), (), ())
    assert done.verification.holds
    assert controls(done.path) == controls(newer.edited)


def test_the_colour_of_a_word_of_the_semaforo_goes_with_it(newer: Newer, tmp_path: Path) -> None:
    written = poa_xl.write_report(newer.master, tmp_path / "f.docx", newer.entity).path
    fresh, done = colours(written), updated(newer, tmp_path / "n.docx").path
    now = colours(done)
    assert now
    assert {tag: now[tag] for tag in now if tag in fresh} == {tag: fresh[tag] for tag in now if tag in fresh}
    assert now != colours(newer.edited)
    assert in_sentences(done)
    assert set(in_sentences(done)) <= set(in_sentences(written))
    again = poa_xl.update_report(done, newer.before.master, tmp_path / "b.docx", newer.before.entity)
    assert in_sentences(again.path) == in_sentences(newer.edited)


def in_sentences(path: Path) -> list[tuple[str, str, str]]:
    """Word of a semáforo in a sentence, the colour of its letters and that of their ground."""
    found = []
    for control in Document(str(path)).element.body.iter(f"{W}sdt"):
        ground = control.find(f".//{W}rPr/{W}shd")
        if ground is not None:
            said = "".join(t.text or "" for t in control.iter(f"{W}t"))
            found.append((said, next(control.iter(f"{W}color")).get(f"{W}val"), ground.get(f"{W}fill")))
    return found


def colours(path: Path) -> dict[str, tuple[str, str]]:
    """Tag of a word of a semáforo in a table -> what it says, and the colour of its cell."""
    found = {}
    for cell in Document(str(path)).element.body.iter(f"{W}tc"):
        shade = cell.find(f"{W}tcPr/{W}shd")
        for control in cell.iter(f"{W}sdt"):
            if shade is not None and next(control.iter(f"{W}color"), None) is not None:
                tag = control.find(f"{W}sdtPr/{W}tag").get(f"{W}val")
                found[tag] = ("".join(t.text or "" for t in control.iter(f"{W}t")), shade.get(f"{W}fill"))
    return found


def test_a_number_that_somebody_typed_is_not_touched_and_is_told(newer: Newer, tmp_path: Path) -> None:
    document = Document(str(newer.edited))
    sentence = next(p for p in document.paragraphs if "alcanzó un avance físico de" in p.text)
    tag, text = next(
        c for c in controls(newer.edited) if c[0].endswith(".avance.hasta_t2") and c[0].startswith("GAMVLA")
    )
    sentence.insert_paragraph_before(f"Conviene repetirlo: el avance del semestre fue de {text} %.")
    document.save(str(tmp_path / "e.docx"))
    done = updated(newer, tmp_path / "n.docx", tmp_path / "e.docx")
    assert dict(controls(done.path))[tag] != text
    assert f"el avance del semestre fue de {text} %" in "\n".join(words(done.path))
    assert any(remark.found == f"{text} %" for remark in done.verification.remarks)


def test_a_chart_that_somebody_changed_is_left_and_told(newer: Newer, tmp_path: Path) -> None:
    changed = report_books.with_chart_value(newer.edited, tmp_path / "e.docx", 1, "77.77")
    done = updated(newer, tmp_path / "n.docx", changed)
    assert 77.77 in [v for chart in as_read(done.path).charts for series in chart.series for v in series.values]
    assert any(remark.found.endswith("77,77") for remark in done.verification.remarks)


@pytest.mark.libreoffice
def test_a_report_that_libreoffice_saved_is_updated_as_well(
    libreoffice: LibreOffice, newer: Newer, tmp_path: Path
) -> None:
    saved = libreoffice.edit_document(newer.edited, tmp_path / "lo.docx")
    done, plain = updated(newer, tmp_path / "n.docx", saved), updated(newer, tmp_path / "p.docx")
    assert [change.figure for change in done.update.figures] == [change.figure for change in plain.update.figures]
    assert controls(done.path) == controls(plain.path)
    assert sorted(words(done.path)) == sorted(words(saved))  # in whatever order its feet of pages are
    assert drawn(as_read(done.path).charts) == drawn(as_read(plain.path).charts)
    assert done.update.texts == plain.update.texts


@pytest.mark.usefixtures("validator")
def test_microsofts_validator_finds_nothing_in_it(newer: Newer, tmp_path: Path) -> None:
    assert open_xml.errors(updated(newer, tmp_path / "n.docx").path) == Counter()


def test_the_edited_report_is_never_written_over(newer: Newer, tmp_path: Path) -> None:
    before = newer.edited.read_bytes()
    with pytest.raises(poa_xl.WrongUseError, match=r"otro nombre|no se reemplaza"):
        poa_xl.update_report(newer.edited, newer.master, newer.edited, newer.entity, force=True)
    assert newer.edited.read_bytes() == before
    done = updated(newer, tmp_path / "n.docx")  # as it holds what people wrote, it is not replaced unasked
    with pytest.raises(poa_xl.WrongUseError, match="no se reemplaza"):
        updated(newer, done.path)


def test_another_quarter_and_another_entity_are_refused(
    newer: Newer, municipality: list[Written], ministry: Written, tmp_path: Path
) -> None:
    for other, what in ((municipality[2], "el trimestre"), (ministry, "la entidad")):
        with pytest.raises(poa_xl.WrongUseError, match=what):
            poa_xl.update_report(newer.edited, other.master, tmp_path / "n.docx", other.entity)
    assert not list(tmp_path.iterdir())


def test_the_command_says_what_changed_and_ends_as_verify_does(newer: Newer, tmp_path: Path) -> None:
    given = ["report", "update", str(newer.edited), "--master", str(newer.master), "--entity", str(newer.entity)]
    done = CliRunner().invoke(command, [*given, "-o", str(tmp_path / "n.docx")])
    assert done.exit_code == 1, done.output  # of the unit that is not there any more, something is left
    for said in ("Cifras que cambiaron:", " → ", "--all", "EVALUACIÓN PARCIAL", "quedaron como estaban"):
        assert said in done.output
    told = json.loads(CliRunner().invoke(command, [*given, "-o", str(tmp_path / "m.docx"), "--format", "json"]).output)
    assert told.keys() == {"informe", "cifras", "textos", "sin_actualizar", "coincide", "observaciones"}
    assert (tmp_path / "n.docx").read_bytes() == (tmp_path / "m.docx").read_bytes()
    with zipfile.ZipFile(tmp_path / "n.docx") as archive:
        assert archive.testzip() is None
