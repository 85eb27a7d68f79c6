"""Two sheets with the template's titles and filled rows: none is chosen, and both are named with their rows."""

from pathlib import Path
from typing import Any

import openpyxl
import pytest

from poa_xl import messages, reading, sheets
from poa_xl.addins import open_workbook
from poa_xl.comparison import units
from poa_xl.guards import heads, sheet_grammar
from tests import json_bridge, old_books, packages, sent, text_books
from tests.text_books import UNIT

pytestmark = pytest.mark.slow

TITLES = "Operación | Actividad | Tarea | Prog. ene | Ejec. ene"
ONE, TWO = f"{TITLES}\nOP-01 | A | T | 2 | 1", f"{TITLES}\nOP-01 | A | T | 2 | 1\nOP-01 | A | U | 3 | 1"
DESCRIBED = sheets.sheet("unidad", "tareas")


def whole(text: str) -> str:
    """A sheet Tareas under another name, with all its titles: `text_books` adds them for sheets of the template alone."""
    first, *rows = text.splitlines()
    known = [title.strip() for title in first.split("|")]
    return "\n".join([" | ".join([*known, *(c.title for c in DESCRIBED.inputs if c.title not in known)]), *rows])


def found(tmp_path: Path, change: sent.Change = lambda book: None, **tabs: Any) -> list[tuple[str, str]]:
    told = sent.places(sent.checked(sent.book(tmp_path, change, **tabs)))
    return [(code, sheet) for code, sheet, _ in told if code[:3] == "HOJ" and code != "HOJ-003"]


def said(tmp_path: Path, **tabs: Any) -> list[str]:
    return sent.sentences(sent.checked(sent.book(tmp_path, **tabs)), "HOJ-004")


def hidden(name: str) -> sent.Change:
    def change(workbook: openpyxl.Workbook) -> None:
        workbook[name].sheet_state = "hidden"

    return change


@pytest.mark.parametrize(
    ("tabs", "names"),
    [
        ({"Tareas": None, "Tareas 1T": whole(ONE), "Tareas 2T": whole(TWO)}, "Tareas 1T (1 fila), Tareas 2T (2 filas)"),
        ({"Tareas": ONE, "Tareas (2)": whole(TWO)}, "Tareas (1 fila), Tareas (2) (2 filas)"),
        ({"Tareas": TWO, "Hoja7": whole(ONE)}, "Tareas (2 filas), Hoja7 (1 fila)"),
        ({"Tareas": ONE, "TAREAS ": whole(ONE)}, "Tareas (1 fila), TAREAS  (1 fila)"),
        (
            {"Tareas": None, "Tareas ": whole(TWO), "tareas abril": whole(ONE)},
            "Tareas  (2 filas), tareas abril (1 fila)",
        ),
    ],
)
def test_neither_of_two_filled_sheets_is_chosen(tmp_path: Path, tabs: dict[str, Any], names: str) -> None:
    assert said(tmp_path, **tabs) == [f"Hay más de una hoja para «Tareas»: {names}."]
    units_ = sent.checked(sent.book(tmp_path, **tabs))
    assert [s.estado for s in units_.submissions] == ["rechazada"]
    assert len(units_.accepted.tareas) == 0


@pytest.mark.parametrize("name", ["Tareas", "Tareas (2)"])
def test_that_one_of_them_is_hidden_decides_nothing(tmp_path: Path, name: str) -> None:
    tabs = {"Tareas": ONE, "Tareas (2)": whole(TWO)}
    assert found(tmp_path, hidden(name), **tabs) == [("HOJ-004", "Tareas (2)")]
    told = sent.checked(sent.book(tmp_path, hidden(name), **tabs))
    (finding,) = (f for f in told.findings if f.code == "HOJ-004")
    assert "La que no vea está oculta" in messages.action(finding)


def test_three_are_named_all(tmp_path: Path) -> None:
    tabs = {"Tareas": ONE, "T2": whole(TWO), "T3": whole(ONE)}
    assert "Tareas (1 fila), T2 (2 filas), T3 (1 fila)" in said(tmp_path, **tabs)[0]


@pytest.mark.parametrize("sheet", ["Operaciones", "Presupuesto", "Resultados", "Unidad"])
def test_it_is_the_same_for_every_sheet(tmp_path: Path, sheet: str) -> None:
    path = sent.book(tmp_path)
    workbook = openpyxl.load_workbook(path)
    workbook.copy_worksheet(workbook[sheet])
    workbook.save(path)
    assert [f.location.sheet for f in sent.checked(path).findings if f.code == "HOJ-004"] == [f"{sheet} Copy"]


@pytest.mark.parametrize(
    ("tabs", "read"),
    [
        ({"Tareas": ONE, "Tareas (2)": whole(TITLES)}, "Tareas"),
        ({"Tareas": TITLES, "Tareas 2T": whole(ONE)}, "Tareas 2T"),
        ({"Tareas": ONE, "Tareas ": whole(TITLES)}, "Tareas"),
        ({"Tareas": ONE, "Tareas (2)": whole(f"{TITLES}\nOP-01 |\nOP-02 |")}, "Tareas"),
    ],
)
def test_an_empty_copy_is_no_error_and_the_filled_sheet_counts(tmp_path: Path, tabs: dict[str, Any], read: str) -> None:
    units_ = sent.checked(sent.book(tmp_path, **tabs))
    assert len(units_.accepted.tareas) == 1
    (copy,) = set(tabs) - {read}
    (said_,) = sent.sentences(units_, "HOJ-010")
    assert said_ == f"La hoja «{copy}» tiene los títulos de «{read}» y ninguna fila llenada: se leyó «{read}»."
    assert not {f.code for f in units_.findings if messages.severity(f.code) is messages.Severity.ERROR}


def test_an_empty_template_copied_whole_into_a_workbook_is_no_error(tmp_path: Path) -> None:
    """Its form has the stamps, its money the categories, its results the ACP: nothing that a person filled in."""
    form = "\n".join(
        line if n < 8 else line.split("|")[0] + "|" for n, line in enumerate(UNIT["Unidad"].strip().splitlines())
    )
    money = UNIT["Presupuesto"].strip().splitlines()[0]
    copies: dict[str, Any] = {
        "Unidad (2)": form,
        "Presupuesto (2)": " | ".join([money, *(f"Dev. {m}" for m in sheets.MESES if m not in ("ene", "abr"))])
        + "\n570 0 004 |",
        "Resultados (2)": UNIT["Resultados"].strip().splitlines()[0] + "\n'1.1 |",
    }
    assert found(tmp_path, **copies) == [("HOJ-010", name) for name in sorted(copies)]


@pytest.mark.parametrize(
    "own",
    [
        "hola\nOP-01 | A | T",
        "Operación | Actividad | Tarea\nOP-01 | A | T",
        "Mes | Monto\nene | 5",
        TITLES.replace(" | ", "\n"),
    ],
    ids=["notes", "three titles", "a table of their own", "titles downwards"],
)
def test_a_sheet_of_their_own_is_an_aviso_as_before(tmp_path: Path, own: str) -> None:
    assert found(tmp_path, Borrador=own) == [("HOJ-005", "Borrador")]


# --- what it costs ---------------------------------------------------------------------------------------------


def test_of_a_sheet_of_their_own_only_the_first_rows_are_looked_at(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    xml = (
        b"<worksheet><sheetData>"
        + b"".join(b'<row r="%d"></row>' % n for n in range(1, 5_000))
        + b"</sheetData></worksheet>"
    )
    cut = heads.cut(xml)
    assert cut.count(b"<row ") == heads.ROWS
    assert cut.endswith(b"</row></sheetData></worksheet>")
    assert heads.cut(b'<x:worksheet xmlns:x="u"><x:sheetData>' + b"<x:row></x:row>" * 99).endswith(
        b"</x:row></x:sheetData></x:worksheet>"
    )
    assert heads.cut(b"<worksheet><sheetData/></worksheet>") == b"<worksheet><sheetData/></worksheet>"
    judged: list[int] = []
    quick = sheet_grammar.quick

    def counted(xml: bytes, *rest: object) -> object:
        judged.append(len(xml))
        return quick(xml, *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(sheet_grammar, "quick", counted)
    path = sent.book(tmp_path, Borrador="\n".join(["Mes | Monto", *["ene | 5"] * 3_000]))
    from poa_xl import guards
    from poa_xl.reading import tasks

    tasks.book(path.read_bytes(), guards.DEFAULT, {"kind": "unidad", "name": path.name})
    large = len(packages.apart(path.read_bytes())["xl/worksheets/sheet7.xml"])
    assert judged
    assert max(judged) < large


def test_a_sheet_of_their_own_that_is_broken_does_not_matter(tmp_path: Path) -> None:
    path = sent.book(tmp_path, Borrador="x")
    parts = packages.apart(path.read_bytes())
    name = "xl/worksheets/sheet7.xml"
    path.write_bytes(packages.with_part(parts, name, parts[name].replace(b"<v>", b"<v><v>")))
    assert [f.code for f in sent.checked(path).findings if f.code != "COL-003"] == ["HOJ-005"]


# --- the other doors -------------------------------------------------------------------------------------------

TWICE: dict[str, Any] = {"Tareas": None, "Tareas 1T": whole(ONE), "Tareas 2T": whole(TWO)}


def test_the_entitys_workbook_is_read_by_the_same_rule(tmp_path: Path) -> None:
    path = text_books.entity(tmp_path / "entidad.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.copy_worksheet(workbook["Categorias"])
    workbook.save(path)
    findings = reading.read_book(path, sheets.entity_sheets()).findings
    assert [f.found for f in findings if f.code == "HOJ-004"] == ["Categorias (1 fila), Categorias Copy (1 fila)"]


def test_diff_does_not_compare_them_and_says_so(tmp_path: Path) -> None:
    a, b = sent.book(tmp_path, name="A.xlsx"), sent.book(tmp_path, name="B.xlsx", **TWICE)
    before, after = (reading.read_book(path, sheets.unit_sheets()) for path in (a, b))
    found_ = units.compare(before, after)
    assert [(u.hoja, u.codigo) for u in found_.sin_comparar] == [("Tareas", "HOJ-004")]


def test_migrate_takes_none_and_names_both(tmp_path: Path) -> None:
    path = old_books.old(tmp_path, **TWICE)
    ready = old_books.migrate(
        path, tmp_path / "nuevo.xlsx", old_books.order(old_books.entity(tmp_path / "entidad.xlsx"))
    )
    (line,) = (line for line in ready.lines if line.kind == "hoja-repetida")
    assert line.lost
    assert "Tareas 1T (1 fila), Tareas 2T (2 filas)" in line.what


def test_validar_says_it_of_an_open_workbook(tmp_path: Path) -> None:
    read = open_workbook.read(json_bridge.opened(sent.book(tmp_path, **TWICE)))
    assert [f.found for f in read.findings if f.code == "HOJ-004"] == ["Tareas 1T (1 fila), Tareas 2T (2 filas)"]
