"""Sentences that say what is so: whose mail, which rows, how many files."""

import email
import email.policy
from pathlib import Path

import pytest
from click.testing import CliRunner

from poa_xl import sheets
from poa_xl.cli import poa_xl
from poa_xl.messages import campaign as words
from tests import campaign_books as books
from tests.one_sheet import sheet_of
from tests.places import at

TYPED = "otra.persona@ejemplo.com"


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.mark.parametrize(
    ("files", "said"),
    [
        (0, "Todo está: el registro; todavía no se recibió ningún archivo."),
        (1, "Todo está: el registro y el archivo recibido, con su huella."),
        (2, "Todo está: el registro y los 2 archivos recibidos, cada uno con su huella."),
    ],
)
def test_the_number_of_files_and_its_words_agree(files: int, said: str) -> None:
    assert words.sound(files) == said


@pytest.mark.slow
def test_the_check_of_a_campaign_with_one_file_says_one(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    run("receive", books.book(tmp_path / "CON-JJ.xlsx", "CON-JJ"), "--campaign", place)
    _, output = run("status", "--campaign", place, "--check")
    assert "el archivo recibido, con su huella" in output


@pytest.mark.slow
def test_no_mail_goes_to_an_address_that_a_unit_typed_and_its_workbook_does_not_say_so(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    unit = next(s for s in sheets.unit_sheets() if s.key == "unidad")
    said = unit.column("correo").description
    assert ("se envían" in said, "al correo que Planificación tiene" in said) == (False, True)
    wrong = books.book(tmp_path / "DGRB.xlsx", "DGRB", {at("Unidad", "Correo electrónico"): TYPED, books.MONTH: "dos"})
    assert TYPED in [row[1] for row in sheet_of(wrong, "Unidad").values]
    run("receive", wrong, "--campaign", place)
    run("status", "--campaign", place, "--reminders", tmp_path / "r")
    mail = email.message_from_bytes((tmp_path / "r" / "DGRB.eml").read_bytes(), policy=email.policy.default)
    assert mail["To"] == "dgrb@ejemplo.bo"
    head = (tmp_path / "r" / "DGRB.eml").read_bytes().partition(b"\n\n")[0]
    assert TYPED.encode() not in head


@pytest.mark.slow
def test_the_cuadre_does_not_say_that_a_book_accepted_in_part_is_none(tmp_path: Path) -> None:
    """All its rows of Presupuesto stay out; its tasks count."""
    folder = tmp_path / "entregas"
    for unit in books.UNITS:
        cells = (
            {at("Presupuesto", "Presupuesto vigente"): "mucho", at("Presupuesto", "Presupuesto vigente", 2): "mucho"}
            if unit == "EMB-AR"
            else {}
        )
        books.book(folder / f"{unit}.xlsx", unit, cells)
    entity = books.entity_book(tmp_path)
    _, output = run("validate", folder, "--entity", entity, "--quarter", 2)
    assert any("EMB-AR.xlsx" in line and "aceptada en parte" in line for line in output.splitlines())
    assert "Sin filas aceptadas en Presupuesto: 1 de 3 (por ejemplo, EMB-AR)." in output
    assert "Sin libro aceptado" not in output


def test_the_cuadre_says_nothing_of_the_kind_where_every_row_counts(tmp_path: Path) -> None:
    folder = tmp_path / "entregas"
    for unit in books.UNITS:
        books.book(folder / f"{unit}.xlsx", unit)
    _, output = run("validate", folder, "--entity", books.entity_book(tmp_path), "--quarter", 2)
    assert "Sin filas aceptadas" not in output
