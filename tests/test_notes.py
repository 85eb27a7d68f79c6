"""Notes at the observed cells, on a stand-in for the notes of desktop Excel, which cannot run here."""

from types import SimpleNamespace
from typing import Any

from poa_xl.addins import notes
from poa_xl.observations import Observation

OLD = Observation("Tareas", "E5", "error", "CEL-002", "Espera un número.", "Escriba el número.")
NEW = Observation("Tareas", "F6", "aviso", "TAR-005", "Hizo más.", "Revise.")


class Cell:
    def __init__(self, text: str | None = None) -> None:
        self.note: Any = None
        if text is not None:
            self.add_note(text)

    def add_note(self, text: str) -> None:
        assert self.note is None, "Excel refuses a second note"
        self.note = SimpleNamespace(text=text, delete=self._delete)

    def _delete(self) -> None:
        self.note = None


class Sheets(dict[str, Any]):
    def __iter__(self) -> Any:
        return iter(self.values())


def workbook(cells: dict[str, Cell], engine: str = "desktop") -> Any:
    sheet = SimpleNamespace(name="Tareas", range=lambda address: cells.setdefault(address, Cell()))
    return SimpleNamespace(app=SimpleNamespace(engine=SimpleNamespace(type=engine)), sheets=Sheets(Tareas=sheet))


def texts(cells: dict[str, Cell]) -> dict[str, str]:
    return {address: cell.note.text for address, cell in cells.items() if cell.note}


def test_a_note_says_what_the_list_says() -> None:
    cells: dict[str, Cell] = {}
    notes.replace(workbook(cells), [], [NEW, NEW._replace(code="TAR-006")])
    assert texts(cells) == {"F6": "aviso TAR-005: Hizo más. → Revise.\naviso TAR-006: Hizo más. → Revise."}


def test_old_notes_go_and_new_ones_come() -> None:
    cells: dict[str, Cell] = {}
    book = workbook(cells)
    notes.replace(book, [], [OLD])
    cells["E5"].note.text = cells["E5"].note.text.replace(" ", "\r\n", 1)  # as Excel may give it back
    notes.replace(book, [OLD], [NEW])
    assert list(texts(cells)) == ["F6"]


def test_what_a_person_wrote_stays() -> None:
    cells = {"E5": Cell("error CEL-002: ya lo hablé con la DGP"), "F6": Cell("mi nota")}
    before = texts(cells)
    notes.replace(workbook(cells), [OLD], [NEW])
    assert texts(cells) == before


def test_where_notes_cannot_be_read_none_is_put() -> None:
    cells: dict[str, Cell] = {}
    notes.replace(workbook(cells, "remote"), [OLD], [NEW])
    assert cells == {}


def test_a_program_that_takes_no_notes_does_not_stop_the_review() -> None:
    cells = {"F6": Cell()}
    cells["F6"].add_note = lambda text: (_ for _ in ()).throw(RuntimeError("1004"))  # type: ignore[method-assign]
    notes.replace(workbook(cells), [], [NEW])
    assert texts(cells) == {}


def test_what_somebody_wrote_into_the_list_is_passed_over() -> None:
    cells: dict[str, Cell] = {}
    notes.replace(workbook(cells), [OLD._replace(cell="zz")], [NEW])
    assert list(texts(cells)) == ["F6"]


def test_observations_of_a_sheet_that_is_gone_leave_no_note() -> None:
    cells: dict[str, Cell] = {}
    notes.replace(workbook(cells), [OLD._replace(sheet="Otra")], [NEW._replace(cell=""), NEW._replace(sheet="Otra")])
    assert cells == {}
