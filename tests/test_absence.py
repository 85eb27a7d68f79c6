"""Units without information: the terminal, the cover and the sheet Entregas count the same and say the same of a file."""

import re
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl.campaign import board, records
from poa_xl.cli import poa_xl
from poa_xl.findings import SubmissionState
from tests import text_books

pytestmark = pytest.mark.slow

CODES = ("DGRB", "DGLI", "DGAJ", "DGP", "DGC")
UNITS = "Código | Nombre | Servicio | Grupo | Área | ACP | Vigencia\n" + "\n".join(
    f"{code} | Unidad {code} | Servicio Central | Direcciones | VRE | '1.1 | vigente" for code in CODES
)
ROWS = ("Operaciones", "Tareas", "Presupuesto", "Resultados")


def _form(code: str) -> str:
    form = text_books.UNIT["Unidad"].replace("DGRB", code)
    return form.replace("Dirección General de Relaciones Bilaterales", f"Unidad {code}")


def _titles(tab: str) -> str:
    return text_books.UNIT[tab].strip().splitlines()[0]


def good(folder: Path, code: str) -> None:
    tabs = {**text_books.UNIT, "Unidad": _form(code)}
    if code != "DGRB":
        tabs["Presupuesto"] = _titles("Presupuesto")
    text_books.unit(folder / f"{code}.xlsx", **tabs)


def nothing(folder: Path, code: str) -> None:
    """No file."""


def blank(folder: Path, code: str) -> None:
    """Accepted, and nobody filled in a row."""
    text_books.unit(folder / f"{code}.xlsx", Unidad=_form(code), **{tab: _titles(tab) for tab in ROWS})


def all_rows_out(folder: Path, code: str) -> None:
    """Accepted in part, and the part is nothing: its only row has an error."""
    tabs = {tab: _titles(tab) for tab in ROWS}
    tabs["Resultados"] += "\n'9 | Acuerdos firmados | Se firmó un acuerdo"
    text_books.unit(folder / f"{code}.xlsx", Unidad=_form(code), **tabs)


def refused(folder: Path, code: str) -> None:
    (folder / f"{code}.xlsx").write_bytes(b"PK nada")


def twice(folder: Path, code: str) -> None:
    good(folder, code)
    text_books.unit(folder / f"{code} (2).xlsx", Unidad=_form(code))


def refused_and_blank(folder: Path, code: str) -> None:
    (folder / "otra").mkdir()
    refused(folder / "otra", code)
    blank(folder, code)


Send = Callable[[Path, str], None]
REASONS: dict[Send, str] = {
    nothing: "No envió archivo",
    refused: "Su archivo se rechazó",
    blank: "Su archivo se recibió (aceptada con avisos), sin ninguna fila aceptada",
    all_rows_out: "Su archivo se recibió (aceptada en parte), sin ninguna fila aceptada",
    twice: "Envió 2 archivos y ninguno se tomó: {code} (2).xlsx, {code}.xlsx",
    refused_and_blank: "Envió 2 archivos, sin ninguna fila aceptada: {code}.xlsx, otra/{code}.xlsx",
}


def consolidated(folder: Path, sent: dict[str, Send]) -> tuple[str, openpyxl.Workbook]:
    submissions = folder / "entregas"
    submissions.mkdir()
    text_books.entity(folder / "entidad.xlsx", Unidades=UNITS)
    for code, send in sent.items():
        send(submissions, code)
    arguments = ("consolidate", submissions, "--quarter", "2", "-o", folder / "m.xlsx")
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exit_code in (0, 1), result.output
    return result.output, openpyxl.load_workbook(folder / "m.xlsx", data_only=True)


def missing(book: openpyxl.Workbook) -> dict[str, str]:
    """Code -> reason, as the sheet Entregas shows them."""
    rows = list(book["Entregas"].iter_rows(values_only=True))
    end = next(i for i, row in enumerate(rows) if row[0] == "Archivos recibidos")
    return {str(row[1]): str(row[2]) for row in rows[:end] if row[1] in CODES}


def states(book: openpyxl.Workbook) -> dict[str, str]:
    rows = book["Entregas"].iter_rows(values_only=True)
    return {str(row[0]): str(row[2]) for row in rows if str(row[0]).endswith(".xlsx") and row[2]}


@pytest.mark.parametrize("send", REASONS, ids=lambda send: send.__name__)
def test_a_unit_without_information_has_a_reason_that_is_true_of_its_file(send: Send, tmp_path: Path) -> None:
    output, book = consolidated(tmp_path, {c: send if c == "DGLI" else good for c in CODES})
    assert missing(book) == {"DGLI": REASONS[send].format(code="DGLI")}
    assert "Unidades sin información: 1 (" in output
    for name, state in states(book).items():
        if name.endswith("DGLI.xlsx") and "se rechazó" in missing(book)["DGLI"]:
            assert state == "Rechazada"


def test_all_units_with_information_are_no_line_and_no_reason(tmp_path: Path) -> None:
    output, book = consolidated(tmp_path, dict.fromkeys(CODES, good))
    assert "sin información" not in output
    assert missing(book) == {}


def test_the_terminal_the_cover_and_entregas_count_the_same(tmp_path: Path) -> None:
    sent: dict[str, Send] = dict(zip(CODES, (good, nothing, refused, all_rows_out, blank), strict=True))
    output, book = consolidated(tmp_path, sent)
    line = "Unidades sin información: 4 (1 no envió su libro, 1 con su libro rechazado, 2 sin ninguna fila aceptada)"
    assert line in output
    assert "1 unidad sin enviar" in output
    assert len(missing(book)) == 4
    assert any(row[0] == "Unidades sin información (4)" for row in book["Entregas"].iter_rows(values_only=True))
    cover = {row[0]: row[1:] for row in book["Portada"].iter_rows(values_only=True)}
    assert 4 in cover["Unidades sin información"]
    assert 1 in cover["Unidades con información"]


def test_a_submission_has_the_same_states_everywhere() -> None:
    words = [str(state) for state in SubmissionState]
    assert words == ["aceptada", "aceptada con avisos", "aceptada en parte", "rechazada", "en espera"]
    assert words == [records.ACCEPTED, records.WITH_AVISOS, records.IN_PART, records.REJECTED, records.WAITING]
    ledger = (Path(board.__file__).with_name("schema.py")).read_text(encoding="utf-8")
    (allowed,) = set(re.findall(r"CHECK \(estado IN \((.*?)\)\)", ledger))
    # What waits is kept as rejected, with a column of its own.
    assert re.findall(r"'(.*?)'", allowed) == words[: words.index("en espera")]
    assert SubmissionState.of(0, 0) == "aceptada"
    assert SubmissionState.of(0, 1) == "aceptada con avisos"
    assert SubmissionState.of(1, 1) == "aceptada en parte"
