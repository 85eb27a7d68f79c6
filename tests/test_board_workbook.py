"""The board as a workbook: real dates, live counts that LibreOffice agrees with, texts that stay texts."""

import datetime as dt
import zipfile
from pathlib import Path

import openpyxl
import pytest
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import cells
from poa_xl.campaign.board import STATES, Tablero, areas, totals
from poa_xl.names import BOARD_VALUE
from poa_xl.palette import NAMED_COLORS
from poa_xl.reading import File
from poa_xl.writers.board.looks import STATE_COLORS
from poa_xl.writers.board.workbook import write_workbook
from tests import board_examples, campaign_books as books
from tests.libreoffice import LibreOffice, differences
from tests.test_campaign_board import receive, run

pytestmark = pytest.mark.slow

HEADER = 5


def written(place: Path, tablero: Tablero) -> Path:
    path = place / "tablero.xlsx"
    write_workbook(path, tablero)
    return path


def opened(path: Path, values: bool = True) -> Workbook:
    return openpyxl.load_workbook(path, data_only=values)


def table(sheet: Worksheet) -> list[dict[str, object]]:
    """The rows below the header, by its titles."""
    header, *rows = sheet.iter_rows(min_row=HEADER, values_only=True)
    return [dict(zip(map(str, header), row, strict=True)) for row in rows]


def test_a_row_says_what_a_unit_sent(tmp_path: Path) -> None:
    tablero = board_examples.usual(40)
    rows = table(opened(written(tmp_path, tablero))["Tablero"])
    assert [r["Unidad"] for r in rows] == [f.unidad for f in tablero.filas]
    for row, f in zip(rows, tablero.filas, strict=True):
        assert (row["Nombre"], row["Área"], row["Grupo"], row["Estado"]) == (f.nombre, f.area, f.grupo, f.estado)
        assert row["Tarde"] == ("tarde" if f.tarde else None)
        sent = [row[t] for t in ("Versión", "Errores", "Avisos", "Exceptuados", "Acuse", "Guardado como")]
        there = [f.version, f.errores, f.avisos, f.exceptuados, f.acuse, f.archivo]
        assert sent == (there if f.cuando else [None] * 6)
    waiting, rejected, older = (
        "un envío difiere del plan aprobado o de lo ya informado: falta aceptarlo o corregirlo (acuse 2024-2T-0850-1)",
        "un envío posterior se rechazó (acuse 2024-2T-0700-7)",
        "llegó después un libro más antiguo, que no cuenta (acuse 2024-2T-0800-8)",
    )
    notes = {(f.rechazada_despues != "", f.antigua_despues != "") for f in tablero.filas}
    assert notes == {(False, False), (True, False), (False, True), (True, True)}
    for row, f in zip(rows, tablero.filas, strict=True):
        told = ((waiting, f.espera), (rejected, f.rechazada_despues), (older, f.antigua_despues))
        said = [note for note, receipt in told if receipt]
        assert row["Nota"] == ("; ".join(said) or None)
    assert {r["Tarde"] for r in rows} == {None, "tarde"}


def test_dates_are_dates_as_the_clock_of_the_place_showed_them(tmp_path: Path) -> None:
    tablero = board_examples.usual(40)
    book = opened(written(tmp_path, tablero))
    when = [r["Recibida"] for r in table(book["Tablero"])]
    assert when == [
        dt.datetime.fromisoformat(f.cuando).replace(tzinfo=None) if f.cuando else None for f in tablero.filas
    ]
    (waiver,) = table(book["Excepciones"])
    assert waiver["Hasta"] == dt.datetime(2024, 12, 31)
    assert waiver["Registrada"] == dt.datetime(2024, 7, 9, 11, 30)
    assert (waiver["Celda"], waiver["Por qué"]) == ("Presupuesto!B5", "nota MRE-12")


def test_a_state_has_its_word_and_a_colour(tmp_path: Path) -> None:
    sheet = opened(written(tmp_path, board_examples.usual(40)))["Tablero"]
    (where,) = sheet.conditional_formatting
    painted = {rule.formula[0].strip('"'): rule.dxf.fill.bgColor.rgb[2:] for rule in where.rules}
    assert painted == {state: NAMED_COLORS[STATE_COLORS[state]][1:] for state in STATES}
    assert len(set(painted.values())) == len(STATES)
    assert str(where.sqref) == "F6:F45"


def test_the_header_stays_in_sight_filters_and_prints_on_every_page(tmp_path: Path) -> None:
    book = opened(written(tmp_path, board_examples.usual(40)))
    board = book["Tablero"]
    assert (board.freeze_panes, board.auto_filter.ref) == ("C6", "A5:O45")
    for sheet in book.worksheets:
        assert sheet.print_title_rows == "$5:$5"
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (1, "landscape")
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert (sheet.page_setup.fitToWidth or 1, sheet.page_setup.fitToHeight) == (1, 0)  # wide as the page
    assert "10/07/2024" in board["A2"].value
    assert "registro hasta el 15/07/2024 18:03:20" in board["A2"].value


def test_the_counts_agree_with_the_rows_and_with_each_other(tmp_path: Path) -> None:
    tablero = board_examples.usual(109)
    path = written(tmp_path, tablero)
    help_ = opened(path)["Resumen"]["A3"].value
    assert "Sin unidad: 1. Vea los acuses 2024-2T-0900-1." in help_
    assert (
        "Archivos de unidades que no deben enviar en el trimestre: 1. Vea los acuses 2024-2T-0901-9 (UNI-900)." in help_
    )
    rows = table(opened(path)["Resumen"])
    figures = ["Unidades", *(s.capitalize() for s in STATES), "Tarde"]
    *parts, total = rows
    assert [total[f] for f in figures] == [109, *tablero.totales.values(), tablero.tarde]
    groups = [r for r in parts if r["Grupo"]]
    assert [[r[f] for f in figures] for r in groups] == [
        [len(g.filas), *totals(g.filas).values(), sum(f.tarde for f in g.filas)]
        for a in areas(tablero.filas) for g in a.grupos
    ]  # fmt: skip
    for name in figures:
        assert sum(r[name] for r in groups) == total[name]  # type: ignore[misc]
        assert sum(r[name] for r in parts if not r["Grupo"]) == total[name]  # type: ignore[misc]
    formulas = opened(path, values=False)["Resumen"]
    below = formulas.iter_rows(min_row=HEADER + 1, min_col=5, values_only=True)
    assert all(str(cell).startswith(("=COUNTIFS(", "=SUM(", "=COUNTA(")) for row in below for cell in row)


@pytest.mark.libreoffice
@pytest.mark.parametrize("texts", ["usual", "hostile"])
def test_libreoffice_counts_the_same(tmp_path: Path, libreoffice: LibreOffice, texts: str) -> None:
    found = libreoffice.recalculate(written(tmp_path, getattr(board_examples, texts)()))
    assert differences(found) == []
    assert set(found) >= {"Resumen"}
    assert len(found["Resumen"]) > 40
    assert not found.get("Tablero")


@pytest.mark.libreoffice
def test_the_counts_follow_the_rows_and_do_not_mind_their_order(tmp_path: Path, libreoffice: LibreOffice) -> None:
    tablero = board_examples.usual(24)
    path = written(tmp_path, tablero)
    rows = list(opened(path)["Tablero"].iter_rows(min_row=HEADER + 1, values_only=True))
    place = {"A": 0, "B": 1, "F": 5, "G": 6}
    turned = {f"{c}{HEADER + 1 + i}": row[k] for i, row in enumerate(reversed(rows)) for c, k in place.items()}
    sorted_ = libreoffice.set_cells_and_save(path, tmp_path / "ordenado.xlsx", {"Tablero": turned})
    assert table(opened(sorted_)["Resumen"]) == table(opened(path)["Resumen"])
    missing = next(i for i, row in enumerate(rows) if row[5] == "falta")
    come = libreoffice.set_cells_and_save(
        path, tmp_path / "llegó.xlsx", {"Tablero": {f"F{HEADER + 1 + missing}": "recibida"}}
    )
    before, after = (table(opened(p)["Resumen"])[-1] for p in (path, come))
    assert (after["Falta"], after["Recibida"]) == (before["Falta"] - 1, before["Recibida"] + 1)  # type: ignore[operator]


def test_harmful_texts_are_texts(tmp_path: Path) -> None:
    tablero = board_examples.hostile()
    path = written(tmp_path, tablero)
    book = opened(path, values=False)
    for row, f in zip(book["Tablero"].iter_rows(min_row=HEADER + 1), tablero.filas, strict=True):
        assert {c.data_type for c in row[1:6]} == {"s"}
        assert [c.value for c in row[1:5]] == [f.unidad, *map(cells.visible, (f.nombre, f.area, f.grupo))]
    reasons = [r["Por qué"] for r in table(book["Excepciones"])]
    assert reasons == [cells.visible(text) for text in board_examples.HOSTILE]
    formulas = [c.value for s in book.worksheets for row in s.iter_rows() for c in row if c.data_type == "f"]
    assert all(f.startswith(("=COUNTIFS(", "=SUM(", "=COUNTA(")) for f in formulas)
    assert not any(c.hyperlink for s in book.worksheets for row in s.iter_rows() for c in row)


@pytest.mark.libreoffice
def test_libreoffice_shows_harmful_texts_as_they_are(tmp_path: Path, libreoffice: LibreOffice) -> None:
    tablero = board_examples.hostile()
    saved = libreoffice.save_as_xlsx(written(tmp_path, tablero), tmp_path / "guardado.xlsx")
    names = [r["Nombre"] for r in table(opened(saved)["Tablero"])]
    assert names == [cells.visible(f.nombre) for f in tablero.filas]


def test_a_campaign_without_exceptions_says_so(tmp_path: Path) -> None:
    sheet = opened(written(tmp_path, board_examples.tablero([])))["Excepciones"]
    assert sheet["A3"].value == "No hay excepciones."
    assert table(sheet) == []


# --- the command --------------------------------------------------------------------------------------------


def test_the_command_writes_the_workbook_again_with_the_same_bytes(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "tablero.xlsx"
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"), books.AFTER)
    code, text = run("status", "--campaign", place, "-o", out, "-o", tmp_path / "tablero.html")
    assert (code, f"Tablero: {out}\nTablero: {tmp_path / 'tablero.html'}\n" in text) == (0, True)
    first = out.read_bytes()
    assert run("status", "--campaign", place, "-o", out)[0] == 0
    assert out.read_bytes() == first
    assert File(out).origin.documento == BOARD_VALUE
    row = next(r for r in table(opened(out)["Tablero"]) if r["Unidad"] == "DGRB")
    assert (row["Estado"], row["Tarde"], row["Recibida"]) == ("con avisos", "tarde", dt.datetime(2024, 7, 11, 0, 5))


def test_a_workbook_in_which_a_person_wrote_stays(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "tablero.xlsx"
    run("status", "--campaign", place, "-o", out)
    book = opened(out, values=False)
    book["Tablero"]["Q6"] = "llamé el lunes"
    book.save(out)
    noted = out.read_bytes()
    code, output = run("status", "--campaign", place, "-o", out)
    assert (code, "--force" in output, out.read_bytes() == noted) == (2, True, True)
    assert run("status", "--campaign", place, "-o", out, "--force")[0] == 0
    assert out.read_bytes() != noted


def test_another_workbook_of_that_name_stays_whatever_is_asked(tmp_path: Path) -> None:
    place = books.campaign(tmp_path)
    out = books.book(tmp_path / "DGRB.xlsx", "DGRB")
    before = out.read_bytes()
    for force in ([], ["--force"]):
        assert run("status", "--campaign", place, "-o", out, *force)[0] == 2
        assert out.read_bytes() == before


def test_a_workbook_that_is_open_gets_a_second_name(tmp_path: Path) -> None:
    place, out = books.campaign(tmp_path), tmp_path / "tablero.xlsx"
    run("status", "--campaign", place, "-o", out)
    before = out.read_bytes()
    (tmp_path / ".~lock.tablero.xlsx#").write_text(",ana,pc,05.07.2024 09:30,file:///;", "utf-8")
    receive(place, books.book(tmp_path / "DGRB.xlsx", "DGRB"))
    code, text = run("status", "--campaign", place, "-o", out)
    second = tmp_path / "tablero (2).xlsx"
    assert (code, out.read_bytes() == before, f"Tablero: {second}" in text) == (0, True, True)
    assert zipfile.is_zipfile(second)
