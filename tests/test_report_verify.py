"""`report verify`: every change of a figure in an edited report is caught, and nothing else is."""

import copy
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from docx import Document
from docx.document import Document as Word
from docx.text.paragraph import Paragraph

import poa_xl
from poa_xl.cli import poa_xl as command
from poa_xl.report.verification import Verdict
from poa_xl.report.word.place import CellPlace
from tests import report_books
from tests.libreoffice import LibreOffice
from tests.report_books import W, Written
from tests.test_report import run

pytestmark = pytest.mark.slow
Edit = Callable[[Word], object]


@pytest.fixture(scope="module")
def written(municipality: list[Written]) -> Written:
    """The second quarter of the municipality."""
    return municipality[1]


def edited(written: Written, place: Path, edit: Edit) -> Path:
    document = Document(str(written.report))
    edit(document)
    document.save(str(place / "editado.docx"))
    return place / "editado.docx"


def verdicts(report: Path, written: Written, known: Path | None = None) -> list[tuple[str, str]]:
    found = poa_xl.verify_report(report, written.master, known).verification
    return [(remark.verdict, remark.found) for remark in found.remarks]


def overall(document: Word) -> Paragraph:
    """The first conclusion: «En el segundo trimestre GAMVLA alcanzó un avance físico de …»."""
    return next(p for p in document.paragraphs if "alcanzó un avance físico de" in p.text)


def control(paragraph: Paragraph, indicator: str) -> tuple[Any, str]:
    """The control of a figure in a paragraph, and what it shows."""
    for one in paragraph._p.iter(f"{W}sdt"):
        if f".{indicator}." in one.find(f"{W}sdtPr/{W}tag").get(f"{W}val"):
            return one, "".join(t.text for t in one.iter(f"{W}t"))
    raise LookupError(indicator)


def retyped(paragraph: Paragraph, indicator: str, change: Callable[[str], str]) -> None:
    """A person takes the control away and types the number."""
    one, text = control(paragraph, indicator)
    run = copy.deepcopy(next(one.iter(f"{W}r")))
    next(run.iter(f"{W}t")).text = change(text)
    one.addprevious(run)
    one.getparent().remove(one)


def in_the_control(paragraph: Paragraph, indicator: str, change: Callable[[str], str]) -> None:
    one, text = control(paragraph, indicator)
    next(one.iter(f"{W}t")).text = change(text)


def other(text: str) -> str:
    """Another number of the same form."""
    return text[:-1] + str((int(text[-1]) + 3) % 10)


def test_a_report_as_it_was_written_holds(written: Written) -> None:
    found = poa_xl.verify_report(written.report, written.master)
    assert found.holds
    assert found.verification.remarks == ()
    assert found.verification.bound == written.said.figures
    assert found.verification.same_master


# What changes a figure: (what a person does, the verdict, what is named).
WRONG: dict[str, tuple[Edit, Verdict]] = {
    "another number in a control": (lambda d: in_the_control(overall(d), "avance", other), Verdict.CONTRADICTION),
    "a decimal point in a control": (
        lambda d: in_the_control(overall(d), "avance", lambda t: t.replace(",", ".")), Verdict.CONTRADICTION,
    ),
    "another word of the semáforo": (
        lambda d: in_the_control(overall(d), "semaforo", lambda _: "Excelente"), Verdict.CONTRADICTION,
    ),
    "another number in the place of a control": (
        lambda d: retyped(overall(d), "avance", other), Verdict.CONTRADICTION,
    ),
    "another figure of the report in the place of a control": (
        lambda d: retyped(overall(d), "avance", lambda _: control(overall(d), "ejecucion")[1]), Verdict.CONTRADICTION,
    ),
    "a number of nobody in a new paragraph": (
        lambda d: overall(d).insert_paragraph_before("La meta de la gestión es de 99,87 %.") and None, Verdict.UNKNOWN,
    ),
    "an amount of nobody in a table that was pasted": (
        lambda d: pasted(d, [["Obra", "Bs 1.234.567,89"]]), Verdict.UNKNOWN,
    ),
    "a number of nobody at the end of a sentence": (
        lambda d: overall(d).add_run(" Esto es 3,33 puntos más.") and None, Verdict.UNKNOWN,
    ),
}  # fmt: skip


def pasted(document: Word, rows: list[list[str]]) -> None:
    table = document.add_table(len(rows), len(rows[0]))
    for row, texts in zip(table.rows, rows, strict=True):
        for cell, text in zip(row.cells, texts, strict=True):
            cell.text = text


@pytest.mark.parametrize("what", WRONG)
def test_every_change_of_a_figure_is_caught(what: str, written: Written, tmp_path: Path) -> None:
    edit, verdict = WRONG[what]
    report = edited(written, tmp_path, edit)
    found = poa_xl.verify_report(report, written.master)
    assert not found.holds
    assert [remark.verdict for remark in found.verification.remarks if remark.verdict != Verdict.REMOVED] == [verdict]


# What changes no figure.
RIGHT: dict[str, Edit] = {
    "words around the figures": lambda d: overall(d).add_run(" Es el resultado del trabajo de todas las unidades.") and None,
    "a paragraph without figures": lambda d: overall(d).insert_paragraph_before("Se agradece a las unidades.") and None,
    "a control taken away, its number left": lambda d: retyped(overall(d), "avance", str),
    "its number with a decimal less": lambda d: retyped(overall(d), "avance", one_decimal_less),
    "a figure of the report, told again": lambda d: again(d),
    "dates, norms, numbers of headings and counts": lambda d: overall(d).insert_paragraph_before(
        "El 30 de junio de 2024 se cerró el 2T con 12 unidades (Ley N.º 777, RAM 014/2024, Cuadro 7, numeral 5.2, página 14)."
    ) and None,
    "a paragraph that moved": lambda d: d.paragraphs[-1]._p.addnext(overall(d)._p),
    "two blanks, and none": lambda d: in_the_control(overall(d), "avance", lambda t: f" {t} "),
}  # fmt: skip


def one_decimal_less(text: str) -> str:
    from decimal import ROUND_HALF_UP, Decimal

    exact = Decimal(text.replace(".", "").replace(",", "."))
    return str(exact.quantize(Decimal("0.1"), ROUND_HALF_UP)).replace(".", ",")


def again(document: Word) -> None:
    text = control(overall(document), "avance")[1]
    overall(document).insert_paragraph_before(f"Conviene repetirlo: el avance fue de {text} %.")


@pytest.mark.parametrize("what", RIGHT)
def test_what_changes_no_figure_is_no_fault(what: str, written: Written, tmp_path: Path) -> None:
    found = poa_xl.verify_report(edited(written, tmp_path, RIGHT[what]), written.master)
    assert found.holds, found.verification.remarks


def test_figures_of_a_paragraph_that_was_deleted_are_listed(written: Written, tmp_path: Path) -> None:
    def edit(document: Word) -> None:
        for paragraph in document.paragraphs:
            if "Sin ejecución al terminar" in paragraph.text or "operaciones de corto plazo" in paragraph.text:
                paragraph._p.getparent().remove(paragraph._p)
        for table in document.tables:
            if "Semáforo" not in table._tbl.xml and "Fuente" in table.rows[0].cells[0].text:
                table._tbl.getparent().remove(table._tbl)

    report = edited(written, tmp_path, edit)
    found = poa_xl.verify_report(report, written.master)
    assert found.holds
    removed = [remark for remark in found.verification.remarks if remark.verdict == Verdict.REMOVED]
    assert removed
    assert all(remark.verdict == Verdict.REMOVED for remark in found.verification.remarks)


def test_a_number_from_elsewhere_is_known_with_its_reason_alone(written: Written, tmp_path: Path) -> None:
    report = edited(
        written, tmp_path, lambda d: overall(d).insert_paragraph_before("La inflación fue de 2,12 %.") and None
    )
    known = tmp_path / "otras.txt"
    known.write_text("# de otras fuentes\n2,12 % Instituto Nacional de Estadística, junio\n", encoding="utf-8")
    assert verdicts(report, written) == [(Verdict.UNKNOWN, "2,12 %")]
    assert verdicts(report, written, known) == []
    code, said = run("report", "verify", report, "--master", written.master, "--known", known)
    assert (code, "menos 1 de otra fuente (--known)." in said) == (0, True)
    known.write_text("2,12 %\n", encoding="utf-8")
    with pytest.raises(poa_xl.WrongUseError, match="línea 1"):
        verdicts(report, written, known)


def test_for_which_figure_a_typed_number_was_taken_is_told(written: Written, tmp_path: Path) -> None:
    """A right number in a wrong sentence: that it is another figure, a person has to see."""

    def edit(document: Word) -> None:
        text = control(overall(document), "avance")[1]
        overall(document).insert_paragraph_before(f"La ejecución financiera fue de {text} %.")

    report = edited(written, tmp_path, edit)
    (taken,) = poa_xl.verify_report(report, written.master).verification.taken
    assert taken.figure.startswith("GAMVLA.avance.t2 (")
    code, said = run("report", "verify", report, "--master", written.master)
    assert code == 0
    assert f"«{taken.found}» es {taken.figure}." in " ".join(said.split())
    document = json.loads(run("report", "verify", report, "--master", written.master, "--format", "json")[1])
    assert [one["cifra"] for one in document["escritas"]] == [taken.figure]
    assert (document["pdf"], poa_xl.verify_report(written.report, written.master).verification.taken) == (None, ())


def in_a_table(document: Word) -> tuple[str, str, str]:
    """Type another number over the first figure of a table; the number of its caption, the row and the title."""
    for table in document.tables:
        for row in table.rows[1:]:
            for at, cell in enumerate(row.cells):
                control = next(cell._tc.iter(f"{W}sdt"), None)
                if control is not None and at:
                    next(control.iter(f"{W}t")).text = "98,76"
                    caption = Paragraph(table._tbl.getprevious(), document)
                    return caption.text.partition(".")[0], row.cells[0].text, table.rows[0].cells[at].text
    raise LookupError


def test_a_number_of_a_table_is_found_by_caption_row_and_title(written: Written, tmp_path: Path) -> None:
    document = Document(str(written.report))
    number, row, title = in_a_table(document)
    pasted(document, [["Obra", "Costo"], ["Puente", "Bs 1.234.567,89"]])
    document.save(str(tmp_path / "e.docx"))
    places = [remark.place for remark in poa_xl.verify_report(tmp_path / "e.docx", written.master).verification.remarks]
    assert number.startswith("Cuadro ")
    assert [place.number for place in places] == [0, 0]
    assert [place.cell for place in places] == [CellPlace(number, row, title), CellPlace("", "Puente", "Costo")]
    done = CliRunner().invoke(command, ["report", "verify", str(tmp_path / "e.docx"), "--master", str(written.master)])
    assert f", {number}, fila «{row}», columna «{title}»: contradicción: «98,76»" in done.output
    assert ", cuadro sin número, fila «Puente», columna «Costo»: sin respaldo: «Bs 1.234.567,89»" in done.output


def test_a_figure_that_was_taken_away_is_told_with_its_section(written: Written, tmp_path: Path) -> None:
    def without(document: Word) -> None:
        gone = overall(document)._p
        gone.getparent().remove(gone)

    found = poa_xl.verify_report(edited(written, tmp_path, without), written.master).verification.remarks
    assert all(remark.place.section for remark in found if remark.verdict == Verdict.REMOVED)


def test_the_form_of_a_number_is_told_and_is_no_fault(written: Written, tmp_path: Path) -> None:
    def edit(document: Word) -> None:
        text = control(overall(document), "avance")[1]
        overall(document).insert_paragraph_before(f"El avance fue de {text.replace(',', '.')} %.")

    found = poa_xl.verify_report(edited(written, tmp_path, edit), written.master)
    assert found.holds
    assert [remark.verdict for remark in found.verification.remarks] == [Verdict.FORM]


def test_a_chart_whose_values_were_changed_is_told(written: Written, tmp_path: Path) -> None:
    changed = report_books.with_chart_value(written.report, tmp_path / "grafico.docx", 1, "77.77")
    found = poa_xl.verify_report(changed, written.master)
    assert not found.holds
    assert [(r.verdict, r.found.endswith("77,77")) for r in found.verification.remarks] == [
        (Verdict.CONTRADICTION, True)
    ]


def test_the_master_of_another_quarter_is_told_apart(municipality: list[Written]) -> None:
    found = poa_xl.verify_report(municipality[1].report, municipality[2].master)
    assert not found.verification.same_master
    assert not found.holds


@pytest.mark.libreoffice
def test_what_libreoffice_saves_is_compared_as_well(libreoffice: LibreOffice, written: Written, tmp_path: Path) -> None:
    saved = libreoffice.edit_document(written.report, tmp_path / "guardado.docx")
    assert poa_xl.verify_report(saved, written.master).holds
    edited = libreoffice.edit_document(
        written.report, tmp_path / "otra.docx", {"El Gobierno Autónomo Municipal informa": "Con 12,34 % más, informa"}
    )
    assert [r.verdict for r in poa_xl.verify_report(edited, written.master).verification.remarks] == [Verdict.UNKNOWN]


def test_the_command_says_where_a_number_stands_and_ends_with_1(written: Written, tmp_path: Path) -> None:
    report = edited(written, tmp_path, WRONG["a number of nobody in a new paragraph"][0])
    done = CliRunner().invoke(command, ["report", "verify", str(report), "--master", str(written.master)])
    assert done.exit_code == 1
    (line,) = [line for line in done.output.splitlines() if "99,87 %" in line]
    assert line.startswith("Conclusiones, párrafo 2: sin respaldo: «99,87 %»")
    done = CliRunner().invoke(
        command, ["report", "verify", str(report), "--master", str(written.master), "--format", "json"]
    )
    said = json.loads(done.output)
    assert (done.exit_code, said["coincide"], said["unidas"]) == (1, False, written.said.figures)
    assert [o["hallado"] for o in said["observaciones"]] == ["99,87 %"]
    assert (
        CliRunner()
        .invoke(command, ["report", "verify", str(written.report), "--master", str(written.master)])
        .exit_code
        == 0
    )


def test_a_document_without_the_register_is_refused(written: Written, tmp_path: Path) -> None:
    Document().save(str(tmp_path / "carta.docx"))
    (tmp_path / "roto.docx").write_bytes(b"PK\x03\x04 nada")
    for name in ("carta.docx", "roto.docx"):
        done = CliRunner().invoke(command, ["report", "verify", str(tmp_path / name), "--master", str(written.master)])
        assert done.exit_code == 2, done.output
        assert name in " ".join(done.output.split())
