"""An exception of a cell is of the row that stood there: it follows that row, and lapses aloud where it is not to be told."""

import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner
from openpyxl.utils.cell import absolute_coordinate
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import messages
from poa_xl.api.campaign import Campaign
from poa_xl.campaign import board, exceptions, folder, intake
from poa_xl.campaign.exceptions import Pedido, WaiverError
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.intake import Orden, Recibo
from poa_xl.campaign.records import Excepcion
from poa_xl.cli import poa_xl
from poa_xl.messages import EXCEPTED
from tests import campaign_books as books
from tests.one_sheet import sheet_of
from tests.places import At, at, cell_at
from tests.test_campaign_waivers import UNTIL

pytestmark = pytest.mark.slow

BEFORE = Path(__file__).parent / "before" / "campana-v2"
Change = Callable[[openpyxl.Workbook], None]
OVERSPENT = {
    at("Presupuesto", "Presupuesto inicial"): 1000,
    at("Presupuesto", "Modificaciones"): 0,
    at("Presupuesto", "Presupuesto vigente"): 1000,
}
OTHER = {
    at("Presupuesto", "Presupuesto inicial", 2): 1000,
    at("Presupuesto", "Modificaciones", 2): 0,
    at("Presupuesto", "Presupuesto vigente", 2): 1000,
}
FIRST, SECOND, *_, FOURTH, FIFTH = (books.cell(at("Presupuesto", "Presupuesto vigente", row)) for row in range(1, 6))
CELL = f"Presupuesto!{FIRST}"
KEY = "fila de Categoría programática «570 0 004» y Fuente «10»"


@pytest.fixture
def campana(tmp_path: Path) -> Iterator[Campana]:
    with folder.opened(books.campaign(tmp_path)) as opened:
        yield opened


def inputs(sheet: Worksheet, row: int) -> list[object]:
    """What a person typed in a row; formulas stay in their place."""
    return [None if str(c.value).startswith("=") else c.value for c in sheet[row]]


def put(sheet: Worksheet, row: int, values: list[object]) -> None:
    for cell, value in zip(sheet[row], values, strict=True):
        if not str(cell.value).startswith("="):
            cell.value = value


def swapped(name: str, one: int, other: int) -> Change:
    def change(workbook: openpyxl.Workbook) -> None:
        sheet = workbook[name]
        first, second = inputs(sheet, one), inputs(sheet, other)
        put(sheet, one, second)
        put(sheet, other, first)

    return change


def set_to(place: At, value: object) -> Change:
    def change(workbook: openpyxl.Workbook) -> None:
        cell_at(workbook, place).value = value

    return change


def copied(name: str, one: int, other: int) -> Change:
    def change(workbook: openpyxl.Workbook) -> None:
        put(workbook[name], other, inputs(workbook[name], one))

    return change


def cleared(name: str, row: int) -> Change:
    def change(workbook: openpyxl.Workbook) -> None:
        put(workbook[name], row, [None] * len(workbook[name][row]))

    return change


def sent(path: Path, *changes: Change, cells: Mapping[At, object] = OVERSPENT | OTHER) -> Path:
    books.book(path, "DGRB", cells)
    workbook = openpyxl.load_workbook(path)
    for change in changes:
        change(workbook)
    workbook.save(path)
    return path


def receive(campana: Campana, path: Path) -> Recibo:
    return intake.receive(campana, path, Orden("Ana", books.BEFORE, forzar=True))


def waive(campana: Campana, cell: str, code: str = "PRE-006") -> Excepcion:
    return exceptions.record(campana, Pedido(code, "DGRB", "Luis", "Nota 12", UNTIL, cell), books.BEFORE)


def excepted(recibo: Recibo) -> set[str]:
    return {f.location.cell for f in recibo.findings if messages.excepted(f)}


def lapsed(recibo: Recibo) -> list[str]:
    return [messages.text(f) for f in recibo.findings if f.code == "ENT-008"]


# --- it follows its row -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "where"),
    [
        ((), {FIRST}),  # where it was
        ((swapped("Presupuesto", 5, 6),), {SECOND}),
        ((copied("Presupuesto", 5, 9), cleared("Presupuesto", 5)), {FIFTH}),  # further down
        (
            (
                set_to(at("Presupuesto", "Presupuesto inicial"), 900),
                set_to(at("Presupuesto", "Presupuesto vigente"), 900),
            ),
            {FIRST},
        ),  # other amounts, the same row
    ],
)
def test_an_exception_excuses_its_own_row_wherever_it_is(
    campana: Campana, tmp_path: Path, changes: tuple[Change, ...], where: set[str]
) -> None:
    receive(campana, sent(tmp_path / "1" / "DGRB.xlsx"))
    waive(campana, CELL)
    recibo = receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", *changes))
    assert (excepted(recibo), lapsed(recibo)) == (where, [])
    assert recibo.entrega is not None
    assert recibo.entrega.errores == 1  # that of the other row


def test_an_exception_of_a_task_follows_it_by_operation_and_task(campana: Campana, tmp_path: Path) -> None:
    first = receive(campana, sent(tmp_path / "1" / "DGRB.xlsx", cells={}))
    (there, other) = [f.location.cell for f in first.findings if f.code == "TAR-005"]
    assert (there, other) == tuple(books.cell(at("Tareas", title, 3)) for title in ("Ejec. ene", "Ejec. may"))
    waive(campana, f"Tareas!{there}", "TAR-005")
    recibo = receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", swapped("Tareas", 7, 9), cells={}))
    assert (excepted(recibo), lapsed(recibo)) == ({books.cell(at("Tareas", "Ejec. ene", 5))}, [])


def test_a_row_of_another_sheet_name_is_still_its_row(campana: Campana, tmp_path: Path) -> None:
    receive(campana, sent(tmp_path / "1" / "DGRB.xlsx"))
    waive(campana, CELL)

    def rename(workbook: openpyxl.Workbook) -> None:
        workbook["Presupuesto"].title = "Presupuesto 2024"

    assert excepted(receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", rename))) == {FIRST}


# --- it lapses --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ((cleared("Presupuesto", 5),), "ninguna fila tiene esa clave"),
        ((set_to(at("Presupuesto", "Fuente"), "30"),), "ninguna fila tiene esa clave"),
        ((copied("Presupuesto", 5, 8),), "2 filas tienen esa clave"),
        ((copied("Presupuesto", 5, 8), copied("Presupuesto", 5, 9)), "3 filas tienen esa clave"),
    ],
)
def test_an_exception_lapses_aloud_where_not_one_row_alone_has_its_key(
    campana: Campana, tmp_path: Path, changes: tuple[Change, ...], why: str
) -> None:
    receive(campana, sent(tmp_path / "1" / "DGRB.xlsx"))
    waive(campana, CELL)
    recibo = receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", *changes))
    assert excepted(recibo) == set()
    assert lapsed(recibo) == [f"La excepción de PRE-006 para la {KEY} ya no vale: {why}."]
    assert board.of(campana).caducas == {1: why}


def test_an_exception_whose_row_was_put_right_is_silent(campana: Campana, tmp_path: Path) -> None:
    receive(campana, sent(tmp_path / "1" / "DGRB.xlsx"))
    waive(campana, CELL)
    recibo = receive(campana, books.book(tmp_path / "2" / "DGRB.xlsx", "DGRB"))
    assert (excepted(recibo), lapsed(recibo), board.of(campana).caducas) == (set(), [], {})


def test_an_exception_that_is_over_or_of_another_unit_does_not_lapse_here(campana: Campana, tmp_path: Path) -> None:
    receive(campana, sent(tmp_path / "1" / "DGRB.xlsx"))
    receive(campana, books.book(tmp_path / "1" / "DGAA.xlsx", "DGAA"))
    past = Pedido("PRE-006", "DGRB", "Luis", "Nota", books.BEFORE.date(), CELL)
    exceptions.record(campana, past, books.BEFORE)
    exceptions.record(campana, Pedido("PRE-007", "DGAA", "Luis", "Nota", UNTIL, CELL), books.BEFORE)
    late = Orden("Ana", books.AFTER, forzar=True)
    assert lapsed(intake.receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", cleared("Presupuesto", 5)), late)) == []


# --- what it is bound to ----------------------------------------------------------------------------------


def test_the_command_the_board_the_receipt_and_the_master_show_the_key(tmp_path: Path) -> None:
    place, master = books.campaign(tmp_path), tmp_path / "m.xlsx"
    order = ["--campaign", str(place), "--unit", "DGRB", "--by", "Luis", "--reason", "Nota", "--until", "2099-12-31"]
    with folder.opened(place) as campana:
        receive(campana, sent(tmp_path / "1" / "DGRB.xlsx"))
    done = CliRunner().invoke(poa_xl, ["waive", "PRE-006", *order, "--cell", CELL])
    assert f"{CELL} ({KEY}), hasta el 31/12/2099. Hoy alcanza a 1 observación" in done.output
    with folder.opened(place) as campana:
        receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", swapped("Presupuesto", 5, 6)))
    done = CliRunner().invoke(poa_xl, ["status", "--campaign", str(place), "-o", str(tmp_path / "t.xlsx")])
    assert f"PRE-006 en {CELL}, {KEY}" in done.output
    shown = [row[4] for row in sheet_of(tmp_path / "t.xlsx", "Excepciones").values]
    assert KEY in shown
    done = CliRunner().invoke(poa_xl, ["receipt", "2024-2T-0002-4", "--campaign", str(place)])
    assert f"Exceptuado por Luis hasta el 31/12/2099 ({KEY}): Nota." in done.output
    Campaign(place).check().evaluate().write_master(master)
    cells = [str(c) for row in sheet_of(master, "Observaciones").values for c in row]
    assert any(f"({KEY}): Nota." in cell for cell in cells)


@pytest.mark.parametrize(
    ("change", "cell"),
    [
        (copied("Presupuesto", 5, 8), f"Presupuesto!{FOURTH}"),  # two rows of one key
        (copied("Tareas", 5, 6), books.written(books.MONTH)),
    ],
)
def test_a_row_that_is_not_told_from_others_takes_no_exception(
    campana: Campana, tmp_path: Path, change: Change, cell: str
) -> None:
    receive(campana, sent(tmp_path / "DGRB.xlsx", change))
    with pytest.raises(WaiverError, match="no se distingue de las demás"):
        waive(campana, cell, "TAR-005" if cell.startswith("T") else "PRE-006")
    assert campana.ledger.rows(Excepcion) == []


def test_a_book_that_is_gone_takes_no_exception_of_a_cell_and_one_of_the_whole(
    campana: Campana, tmp_path: Path
) -> None:
    entrega = receive(campana, sent(tmp_path / "DGRB.xlsx")).entrega
    assert entrega is not None
    (campana.folder / entrega.ruta).unlink()
    with pytest.raises(WaiverError, match="Repóngalo"):
        waive(campana, CELL)
    assert waive(campana, "").fila == ""


def test_an_exception_given_before_any_book_is_of_the_row_in_the_first_that_comes(
    campana: Campana, tmp_path: Path
) -> None:
    waive(campana, CELL)
    assert excepted(receive(campana, sent(tmp_path / "1" / "DGRB.xlsx"))) == {FIRST}
    assert excepted(receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", swapped("Presupuesto", 5, 6)))) == {SECOND}


def test_a_cell_in_no_row_keeps_its_address(campana: Campana, tmp_path: Path) -> None:
    title = at("Tareas", "Tarea", 0)
    place = books.cell(title)

    def other_title(workbook: openpyxl.Workbook) -> None:
        cell_at(workbook, title).value = "TAREA "

    receive(campana, sent(tmp_path / "1" / "DGRB.xlsx", other_title))
    assert waive(campana, f"Tareas!{place}", "COL-002").fila == ""
    recibo = receive(campana, sent(tmp_path / "2" / "DGRB.xlsx", other_title, swapped("Tareas", 5, 6)))
    assert (excepted(recibo), lapsed(recibo)) == ({place}, [])


# --- exceptions of before ---------------------------------------------------------------------------------


@pytest.fixture
def before(tmp_path: Path) -> Path:
    return Path(shutil.copytree(BEFORE, tmp_path / "campana"))


def test_an_exception_of_before_is_of_the_row_in_the_book_for_which_it_was_given(before: Path) -> None:
    """Its ledger excused E5 of the second book, which is another row than E5 of the first."""
    with folder.opened(before) as campana:
        current = campana.current()["DGRB"]
        weights = {o.celda: o.gravedad for o in board.weighed(campana, current) if o.codigo == "PRE-006"}
        assert weights == {"E5": "error", "E6": EXCEPTED}
        (text,) = [o.mensaje for o in board.weighed(campana, current) if o.celda == "E5"]
        assert "Exceptuado" not in text
        first = board.of(campana).excepciones[0]
        assert first.fila == '{"hoja": "presupuesto", "columna": "vigente", "categoria": "570 0 004", "fuente": "10"}'
        assert campana.ledger.rows(Excepcion)[0].fila == ""  # what was written down stays


def test_the_master_of_a_campaign_of_before_excuses_that_row_alone(before: Path, tmp_path: Path) -> None:
    found = Campaign(before).check()
    found.evaluate().write_master(tmp_path / "m.xlsx")
    assert found.errors
    rows = [r for r in sheet_of(tmp_path / "m.xlsx", "Observaciones").values if "PRE-006" in r]
    assert {("E5" in r, "Exceptuado" in r) for r in rows} == {(True, False), (False, True)}


def test_an_exception_of_before_whose_book_is_gone_excuses_nothing_and_says_so(before: Path, tmp_path: Path) -> None:
    with folder.opened(before) as campana:
        (first,) = [e for e in campana.ledger.rows(intake.Entrega, "unidad = 'DGRB'") if e.version == 1]
        (before / first.ruta).unlink()
    with folder.opened(before) as campana:
        recibo = receive(campana, sent(tmp_path / "DGRB.xlsx"))
        assert FIRST not in excepted(recibo)
        (said,) = lapsed(recibo)
        assert said.startswith("La excepción de PRE-006 para Presupuesto!E5 ya no vale: no se sabe de qué fila era")


def test_a_line_says_excepted_of_no_cell_that_is_not(tmp_path: Path) -> None:
    place, path = books.campaign(tmp_path), books.book(tmp_path / "DGRB.xlsx", "DGRB")
    asked = ("--unit", "DGRB", "--campaign", str(place), "--by", "Ana", "--reason", "nota", "--until", "2099-12-31")
    commands(("receive", str(path), "--campaign", str(place)))
    here, other = (books.cell(at("Tareas", title, 3)) for title in ("Ejec. ene", "Ejec. may"))
    commands(("waive", "TAR-005", *asked, "--cell", f"Tareas!{here}"))
    output = commands(("consolidate", "--campaign", str(place), "-o", str(tmp_path / "m.xlsx")))
    lines = [line for line in output.splitlines() if "TAR-005" in line]
    assert [(here in line, other in line, "exceptuado" in line) for line in lines] == [
        (True, False, True),
        (False, True, False),
    ]
    commands(("waive", "TAR-005", *asked))  # the whole book: both are excepted, for the same reason
    output = commands(("consolidate", "--campaign", str(place), "-o", str(tmp_path / "m.xlsx"), "--force"))
    assert output.count("TAR-005") == 2  # one for its cell, one for the book


def test_an_exception_that_reaches_nothing_says_where_its_code_is_observed(tmp_path: Path) -> None:
    place, path = books.campaign(tmp_path), sent(tmp_path / "DGRB.xlsx")
    asked = ("--unit", "DGRB", "--campaign", str(place), "--by", "Ana", "--reason", "nota", "--until", "2099-12-31")
    commands(("receive", str(path), "--campaign", str(place)))
    output = commands(("waive", "PRE-006", *asked, "--cell", books.written(at("Presupuesto", "Fuente"))))
    assert "Hoy alcanza a 0 observaciones" in output
    assert f"En esa entrega PRE-006 se observa en {CELL}, Presupuesto!{SECOND}." in output
    for cell in (CELL, CELL.lower(), f"Presupuesto!{absolute_coordinate(FIRST)}", f"'Presupuesto'!{SECOND}"):
        output = commands(("waive", "PRE-006", *asked, "--cell", cell))
        assert ("Hoy alcanza a 1 observación" in output, "se observa en" in output) == (True, False), cell
    assert "se observa en" not in commands(
        ("waive", "PRE-003", *asked, "--cell", books.written(at("Presupuesto", "Categoría programática")))
    )


def test_all_errors_that_can_be_excepted_are_named() -> None:
    said = CliRunner().invoke(poa_xl, ["waive", "--help"]).output
    compared = {code for code in messages.codes(messages.Trait.WAIVABLE) if code.startswith("PLA-")}
    assert f"{min(compared)} a {max(compared)}" in " ".join(said.split())
    assert len(compared) == int(max(compared)[-3:]), "no code of the range is another thing"
    for code in messages.codes(messages.Trait.WAIVABLE) - compared:
        assert code in said


def commands(arguments: tuple[str, ...]) -> str:
    result = CliRunner().invoke(poa_xl, list(arguments))
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.output
