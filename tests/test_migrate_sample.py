"""The sample in the template of now: its units from older versions to the one of now, and one of them into the next gestión."""

import dataclasses
import hashlib
from collections import Counter
from pathlib import Path

import openpyxl
import pytest

from poa_xl import sample, sheets
from poa_xl.api.templates import entity_rows
from poa_xl.checking import entity_book, unit_books
from poa_xl.evaluation import evaluate
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook
from tests import old_books, places
from tests.demonstration import Demonstration
from tests.libreoffice import LibreOffice, differences
from tests.old_books import PUT_IN, QUARTER, migrate, order, run, typed
from tests.places import at, cell_at, cell_of

pytestmark = pytest.mark.slow

# --- last gestion's plan ------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def sample_2024(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample's entity in `entidad.xlsx`."""
    folder = tmp_path_factory.mktemp("muestra")
    entity_workbook.write_entity_workbook(folder / "entidad.xlsx", entity_rows(QUARTER))
    return folder


def lima(folder: Path, tmp_path: Path) -> Path:
    """EMB-LIMA of 2024 as version 1 had it. Beside it lies the entity of 2025: an ACP and a category have other codes."""
    before = entity_book.check_entity(folder / "entidad.xlsx").entidad
    assert before is not None
    path = tmp_path / "EMB-LIMA.xlsx"
    data = sample.unit_rows(QUARTER)["EMB-LIMA"]
    data["operaciones"][1]["acp"] = "6"
    workbook.write_unit_workbook(path, before, before.by_code["EMB-LIMA"], data)
    path.write_bytes(old_books.as_version_1(path.read_bytes()))
    rows = entity_rows(QUARTER)
    for row in rows["parametros"]:
        row["valor"] = "2025" if row["parametro"] == "gestion" else row["valor"]
    rows = {name: [_recoded(row) for row in own] for name, own in rows.items()}
    entity_workbook.write_entity_workbook(tmp_path / "entidad.xlsx", rows)
    return path


def _recoded(row: dict[str, object]) -> dict[str, object]:
    new = {"acp": {"6": "6.1"}, "categoria": {"550 0 006": "550 0 009"}}
    return {name: new.get(name, {}).get(str(value), value) for name, value in row.items()}


def by_column(path: Path) -> dict[tuple[str, str], list[object]]:
    """(sheet, title) -> what stands below it, blanks left out."""
    book = openpyxl.load_workbook(path)
    found: dict[tuple[str, str], list[object]] = {}
    for (sheet, cell), value in typed(path).items():
        row, column = openpyxl.utils.cell.coordinate_to_tuple(cell)
        title = book[sheet].cell(row, 1) if sheet == "Unidad" else book[sheet].cell(4, column)
        found.setdefault((sheet, str(title.value)), []).append(value)
    return found


@pytest.mark.parametrize("schedule", [False, True])
def test_of_last_gestion_the_plan_passes_and_all_the_rest_is_in_the_report(
    schedule: bool, sample_2024: Path, tmp_path: Path
) -> None:
    path = lima(sample_2024, tmp_path)
    wanted = order(tmp_path / "entidad.xlsx", schedule=schedule)
    new = tmp_path / "nuevo.xlsx"
    ready = migrate(path, new, wanted)
    before, after = by_column(path), by_column(new)
    lost = {(x.sheet, x.details["columna"], x.found) for x in ready.lines if x.kind == "codigo-ajeno"}
    assert lost == {("Operaciones", "ACP", "6")}
    assert [(x.kind, x.found) for x in ready.lines if x.lost] == [
        ("codigo-ajeno", "6"),
        ("categoria-ajena", "550 0 006"),
    ]
    counted = {
        (x.sheet, title): x
        for x in ready.lines
        for title in _columns(x.details.get("columna", ""))
        if x.kind in ("de-la-gestion", "programacion", "propuesta")
    }
    left: Counter[str] = Counter()
    for (sheet, title), values in before.items():
        line = counted.get((sheet, title))
        if sheet == "Unidad" and title in PUT_IN:
            continue
        if line is None or line.kind == "propuesta":
            gone = {"ACP": ["6"], "Categoría programática": ["550 0 006"], "Fuente": ["11"]}.get(title, [])
            gone = gone if (sheet, title) != ("Resultados", "ACP") else []
            added = ["550 0 009"] if title == "Categoría programática" else []
            assert after.get((sheet, title)) == [v for v in values if v not in gone] + added, (sheet, title)
        else:
            assert (sheet, title) not in after, "it belongs to 2024"
        if line is not None:
            left[f"{sheet} {line.kind} {line.details['columna']}"] += len(values)
    assert dict(left) == {f"{x.sheet} {x.kind} {x.details['columna']}": x.count for x in counted.values()}, (
        "each line counts its cells"
    )
    executed = [title for _, title in after if title.startswith(("Ejec.", "Dev."))]
    assert executed == []
    assert ("Tareas", "Prog. ene") in after if schedule else ("Tareas", "Prog. ene") not in after
    assert {k: v for k, v in after.items() if k[1] in ("Gestión", "Versión de la plantilla")} == {
        ("Unidad", "Gestión"): [2025.0], ("Unidad", "Versión de la plantilla"): ["3"],
    }  # fmt: skip


def _columns(said: str) -> list[str]:
    """The titles that a line stands for: «Ejec. ene … Ejec. dic» are twelve."""
    first, _, last = said.partition(" … ")
    stem = first.rpartition(" ")[0]
    return [f"{stem} {mes}" for mes in sheets.MESES] if last else [first]


def test_the_report_of_the_terminal_says_what_was_left_out_once(sample_2024: Path, tmp_path: Path) -> None:
    path = lima(sample_2024, tmp_path)
    code, output = run(path, "--to", "3", "--entity", tmp_path / "entidad.xlsx", "-o", tmp_path / "nuevos", "--plan")
    assert code == 1
    assert "EMB-LIMA.xlsx  Operaciones!B6  sin pasar  «ACP» dice «6», que no existe en la gestión 2025" in output
    assert "Tareas  no pasa  «Prog. ene … Prog. dic» es el plan de la gestión 2024: 384 celdas con datos." in output
    assert "versión 1 → 3, gestión 2024 → 2025" in output
    assert len(output.splitlines()) < 25
    (written,) = (tmp_path / "nuevos").iterdir()
    assert written.name == "EMB-LIMA.xlsx"


# --- all units ----------------------------------------------------------------------------------------------


@pytest.mark.xdist_group("migrate-all")
def test_every_sixth_unit_goes_from_version_1_to_3_without_a_cell_less(
    demonstration: Demonstration, sample_2024: Path, tmp_path: Path
) -> None:
    now, before, after = demonstration.folder / "entregas", tmp_path / "antes", tmp_path / "despues"
    before.mkdir()
    units = demonstration.sent[::6]
    for path in units:
        (before / path.name).write_bytes(old_books.as_version_1(path.read_bytes()))
    sums = {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in before.iterdir()}
    code, output = run(before, "--to", "3", "--entity", sample_2024 / "entidad.xlsx", "-o", after)
    assert (code, output.splitlines()[-1]) == (0, f"{len(units)} libros: {len(units)} pasados, 0 al día, 0 sin pasar.")
    assert {p.name: hashlib.sha256(p.read_bytes()).hexdigest() for p in before.iterdir()} == sums, (
        "originals never change"
    )
    for number, path in enumerate(sorted(after.iterdir())):
        assert old_books.values(path) == old_books.values(now / path.name), path.name
        if number % 6 == 0:  # a second reader, that is slower
            assert old_books.everything(path) == old_books.everything(now / path.name), path.name
    checked = entity_book.check_entity(sample_2024 / "entidad.xlsx")
    assert checked.entidad is not None
    found = unit_books.check_units([after], checked, checked.entidad, QUARTER, complete=False)
    assert (found.findings, len(found.submissions)) == ((), len(units))
    assert len(units) == 19


@pytest.mark.xdist_group("migrate-all")
def test_every_third_unit_goes_from_version_2_to_3_without_a_figure_that_changes(
    sample_2024: Path, tmp_path: Path
) -> None:
    checked = entity_book.check_entity(sample_2024 / "entidad.xlsx")
    assert checked.entidad is not None
    before, after = tmp_path / "antes", tmp_path / "despues"
    of_version_2 = dataclasses.replace(checked.entidad, version_plantilla="2")
    units = checked.entidad.vigentes[::3]
    for unidad in units:
        data = sample.unit_rows(QUARTER)[unidad.unidad]
        workbook.write_unit_workbook(before / f"{unidad.unidad}.xlsx", of_version_2, unidad, data)
    code, output = run(before, "--entity", sample_2024 / "entidad.xlsx", "-o", after)
    assert (code, output.splitlines()[-1]) == (0, f"{len(units)} libros: {len(units)} pasados, 0 al día, 0 sin pasar.")
    figures = []
    for folder, version in ((before, "2"), (after, "3")):
        found = unit_books.check_units([folder], checked, checked.entidad, QUARTER, complete=False)
        told = {"3": {"TAR-027"}, "2": set()}[version]  # of columns that a book of 2 has not, and that are blank now
        assert ({f.code for f in found.findings}, len(found.submissions)) == (told, len(units))
        assert {form.version_plantilla for form in found.accepted.unidad} == {version}
        evaluated = evaluate(checked.entidad, found.accepted, QUARTER)
        figures.append({str(figure.id): figure.value for figure in evaluated.figures()})
    assert figures[0] == figures[1]
    assert len(figures[0]) > 10_000


@pytest.mark.libreoffice
def test_a_migrated_workbook_recalculates_to_the_resumen_of_the_old_one(
    sample_2024: Path, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    entidad = entity_book.check_entity(sample_2024 / "entidad.xlsx").entidad
    assert entidad is not None
    wanted = order(sample_2024 / "entidad.xlsx")
    for code in ("DGAJ", "EMB-LIMA"):
        before, after = tmp_path / f"{code}.xlsx", tmp_path / f"{code}-nuevo.xlsx"
        workbook.write_unit_workbook(before, entidad, entidad.by_code[code], sample.unit_rows(QUARTER)[code], "native")
        before.write_bytes(old_books.as_version_1(before.read_bytes()))
        book = openpyxl.load_workbook(before)
        where = at("Tareas", "Medio de verificación", 5)
        cell_at(book, where).value = "=1+1"  # without a value: a line of the report, and so of Observaciones
        book.save(before)
        ready = migrate(before, after, wanted, "native")
        assert ready.functions == "native"
        old_cells, new_cells = libreoffice.recalculate(before), libreoffice.recalculate(after)
        shown = [{name: c.recalculated for name, c in cells["Resumen"].items()} for cells in (old_cells, new_cells)]
        assert shown[0] == shown[1]
        assert len(shown[0]) > 100
        assert differences(new_cells) == [], "what the file shows before it is recalculated is the same"
        counted = str(new_cells["Tareas"]["A3"].recalculated)
        assert counted.startswith("1 observaciones en esta hoja.")
        # Saved by LibreOffice the formula has its value, and every sheet with notes an empty drawing.
        saved = libreoffice.save_as_xlsx(before, tmp_path / f"{code}-guardado.xlsx")
        again = migrate(saved, tmp_path / f"{code}-otro.xlsx", wanted, "native")
        assert [(x.kind, x.cell) for x in again.lines] == [("formula", cell_of(saved, where))]
        place = ("Tareas", cell_of(after, where))
        cells = [typed(p) for p in (after, tmp_path / f"{code}-otro.xlsx")]
        assert cells[0] | {place: None} == cells[1] | {place: None}
        assert (cells[0][place], cells[1][place]) == ("=1+1", 2.0)


@pytest.mark.parametrize("functions", ["poa", "native"])
def test_the_formulas_stay_what_they_were_unless_asked(functions: str, sample_2024: Path, tmp_path: Path) -> None:
    entidad = entity_book.check_entity(sample_2024 / "entidad.xlsx").entidad
    assert entidad is not None
    path = tmp_path / "v" / "DGP.xlsx"
    workbook.write_unit_workbook(path, entidad, entidad.by_code["DGP"], None, functions)  # type: ignore[arg-type]
    path.write_bytes(old_books.as_version_1(path.read_bytes()))
    for options, expected in (([], functions), (["--functions", "native"], "native")):
        target = tmp_path / f"n{len(options)}.xlsx"
        code, output = run(path, "--to", "3", "--entity", sample_2024 / "entidad.xlsx", "-o", target, *options)
        assert code == 0, output
        book = openpyxl.load_workbook(target)
        formula = "".join(
            str(book[sheet][places.cell_of(target, places.at(sheet, title, 1))].value)
            for sheet, title in (("Tareas", "Eficacia 1T"), ("Operaciones", "% Operación 1T"))
        )
        assert ("EFICACIA(" in formula) == (expected == "poa")
