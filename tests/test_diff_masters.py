"""`poa-xl diff` of two masters: which figures changed, and why. No figure of any sheet escapes."""

import copy
import dataclasses
import json
import re
import zipfile
from collections.abc import Callable, Iterator
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result
from hypothesis import example, given, strategies as st

from poa_xl import cells
from poa_xl.cli import poa_xl
from poa_xl.cli.diff import document, text, values
from poa_xl.comparison import CellChange, Comparacion, Ilegible, masters, tables
from poa_xl.comparison.masters import Found, Master
from poa_xl.comparison.tables import NOT_COMPARED, SHEETS_NOT_COMPARED, TableInMaster
from poa_xl.master_tables.data import ORIGIN
from poa_xl.reading import File, Grid
from poa_xl.writers import comparison as writer
from tests import campaign_books, factories, packages, test_master, text_books
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of
from tests.places import at, cell_at

pytestmark = pytest.mark.slow

Grids = dict[str, Grid]


def run(*arguments: object) -> Result:
    return CliRunner().invoke(poa_xl, ["diff", *map(str, arguments)])


def as_json(*arguments: object) -> dict:
    done = run(*arguments, "--format", "json")
    assert done.exit_code in (0, 1), done.output
    return json.loads(done.stdout)


def read(path: Path) -> Master:
    return masters.read(File(path), path.name)


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of the second quarter of the made-up entity."""
    return test_master.write(tmp_path_factory.mktemp("master") / "maestro.xlsx", 2)


@pytest.fixture(scope="module")
def grids(master: Path) -> Grids:
    file = File(master)
    return {name: file.grid(name) or [] for name in file.sheet_names}


# --- nothing escapes --------------------------------------------------------------------------------------


_SMALL = 30  # rows of a sheet of which every cell is tried


def _every_cell(grids: Grids) -> Iterator[tuple[str, int, int]]:
    for name, grid in grids.items():
        for r, row in enumerate(grid):
            yield from ((name, r, c) for c, value in enumerate(row) if value not in cells.BLANKS)


def _cells_of_every_column(grids: Grids) -> Iterator[tuple[str, int, int]]:
    """Every cell of the small sheets; of a long one a quarter of each column, no two columns in the same rows."""
    for name, r, c in _every_cell(grids):
        if len(grids[name]) <= _SMALL or (r + c) % 4 == 0:
            yield name, r, c


def _with(grid: Grid, row: int, column: int, value: object) -> list[TableInMaster]:
    """The tables of a sheet with one cell changed, which may lie below or beside all that is filled in."""
    changed = [*grid, *([] for _ in range(row + 1 - len(grid)))]
    changed[row] = [*changed[row], *[""] * (column + 1 - len(changed[row]))]
    changed[row][column] = value
    return tables.of_sheet(changed, {})


def _title(found: list[TableInMaster], row: int, column: int) -> str:
    """The title of the column in whose table a cell stands; '' for titles and notes."""
    table = next((t for t in found if not t.texts and any(r.number == row + 1 for r in t.rows)), None)
    return next((name for name, place in table.columns.items() if place == column), "") if table else ""


def _tells(found: Found, address: str, value: object) -> bool:
    """Whether the cell is told at its place: alone, in its row as one that came, or as a title that only B has."""
    for h in found.hojas:
        if any((c.celda_b, c.despues) == (address, value) for c in h.celdas):
            return True
        for f in h.agregadas:
            here = f.celda == address if f.celda else f.fila == cells.row_of(address)
            said = [v for _, v in (*f.clave, *f.valores)] + ([f.origen.archivo] if f.origen else [])
            if here and value in said:
                return True
    return any((s.lado, s.que, s.nombre) == ("B", "columna", value) for s in found.solo)


# What says where a row stands in the unit's workbook is left out in the sheets that say so, nowhere else.
def _left_out(sheet: str, title: str) -> bool:
    return title in NOT_COMPARED or (title in ORIGIN and (sheet.startswith("Datos_") or sheet == "Observaciones"))


def test_a_change_of_one_cell_of_any_column_of_any_sheet_is_told_at_its_place(grids: Grids) -> None:
    """Cells one by one: numbers and texts, of figures, data, titles and notes."""
    plain = {name: tables.of_sheet(grid, {}) for name, grid in grids.items()}
    escaped, tried = set(), 0
    for sheet, r, c in _cells_of_every_column(grids):
        if sheet in SHEETS_NOT_COMPARED:
            continue
        value, address = grids[sheet][r][c], f"{cells.letters(c)}{r + 1}"
        other = value + 0.01 if isinstance(value, float) else f"otra cosa que {value}"
        found = masters.compare_sheet(sheet, plain[sheet], _with(grids[sheet], r, c, other))
        tried += 1
        if not _tells(found, address, other):
            escaped.add((sheet, _title(plain[sheet], r, c), address))
        elif isinstance(value, float) and not any(h.agregadas for h in found.hojas):
            assert [c.celda_b for h in found.hojas for c in h.celdas] == [address]
    assert tried > 1500
    assert {(sheet, title, place) for sheet, title, place in escaped if not _left_out(sheet, title)} == set()


@pytest.mark.parametrize("value", ["visto bueno", 12.5])
def test_what_was_written_into_any_blank_cell_is_told_at_its_place(grids: Grids, value: object) -> None:
    """In, between, beside and below the tables; all blank cells of the small sheets, a share of those of the others."""
    escaped, tried = set(), 0
    for sheet, grid in grids.items():
        if sheet in SHEETS_NOT_COMPARED:
            continue
        plain, width = tables.of_sheet(grid, {}), max(map(len, grid))
        around = [(r, c) for r in range(len(grid) + 3) for c in (*range(width + 2), width + 50)]
        blank = [(r, c) for r, c in around if r >= len(grid) or c >= len(grid[r]) or grid[r][c] in cells.BLANKS]
        for r, c in blank[:: 1 + len(blank) // 60]:
            address = f"{cells.letters(c)}{r + 1}"
            found = masters.compare_sheet(sheet, plain, _with(grid, r, c, value))
            tried += 1
            if not _tells(found, address, value) and not _left_out(sheet, _title(plain, r, c)):
                escaped.add((sheet, address))
            # Nothing else stops being compared because of it.
            assert not found.sin_comparar, (sheet, address)
            assert not [s for s in found.solo if s.que != "columna" or s.lado == "A"], (sheet, address)
    assert tried > 1000
    assert escaped == set()


def test_a_blank_row_put_into_any_table_is_no_change(grids: Grids) -> None:
    """Between any two rows of any table, and below its titles; of a long table at every fifth."""
    tried = 0
    for sheet, grid in grids.items():
        plain = tables.of_sheet(grid, {})
        for table in (t for t in plain if not t.texts and sheet not in SHEETS_NOT_COMPARED):
            rows = [r.number for r in table.rows if sum(v is not None for v in r.values.values()) > 1]
            for number in rows if len(rows) <= _SMALL else [*rows[::5], rows[-1]]:
                opened = [*grid[: number - 1], [], *grid[number - 1 :]]
                found = masters.compare_sheet(sheet, plain, tables.of_sheet(opened, {}))
                tried += 1
                assert found == Found([], [], []), (sheet, number)
    assert tried > 100


@pytest.fixture(scope="module")
def saved(master: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master with its figures as values, so that openpyxl does not lose them."""
    path = tmp_path_factory.mktemp("saved") / "a.xlsx"
    openpyxl.load_workbook(master, data_only=True).save(path)
    return path


def _edited(saved: Path, place: Path, edit: Callable[[openpyxl.Workbook], None]) -> Comparacion:
    """The comparison of a master with a copy of it that a person edited."""
    workbook = openpyxl.load_workbook(saved)
    edit(workbook)
    workbook.save(place / "b.xlsx")
    return masters.compare(read(saved), read(place / "b.xlsx"))


def _shown(found: Comparacion) -> str:
    return "\n".join(line.text for line in text.lines(found))


def _key_title(workbook: openpyxl.Workbook) -> None:
    title, figure = (cell_at(workbook, at("Cálculo", *place)) for place in (("Código", 0), ("Avance 2T", 4)))
    title.value, figure.value = "Codigo", 99.99


def _figure_title(workbook: openpyxl.Workbook) -> None:
    title, figure = (cell_at(workbook, at("Cálculo", "Avance acumulado", row)) for row in (0, 4))
    title.value, figure.value = "Avance acum.", 99.99


def _renamed(workbook: openpyxl.Workbook) -> None:
    workbook["Cálculo_Presupuesto"].title = "Presupuesto por mes"


def _deleted(workbook: openpyxl.Workbook) -> None:
    del workbook["Cálculo"]


@pytest.mark.parametrize(
    ("edit", "said"),
    [
        (
            _key_title,
            "En la hoja Cálculo, el cuadro no se comparó: sus títulos son otros (solo en A, la columna «Código»",
        ),
        (_figure_title, "En la hoja Cálculo solo A tiene la columna «Avance acumulado»."),
        (_renamed, "La hoja «Cálculo_Presupuesto» solo está en A: no se comparó."),
        (_deleted, "La hoja «Cálculo» solo está en A: no se comparó."),
    ],
)
def test_of_figures_that_were_not_compared_it_is_not_said_that_none_changed(
    saved: Path, tmp_path: Path, edit: Callable[[openpyxl.Workbook], None], said: str
) -> None:
    found = _edited(saved, tmp_path, edit)
    text = _shown(found)
    assert said in text
    assert "No se compararon todas las cifras de Cálculo" in text
    assert "Ninguna de las cifras" not in text
    assert "No hay diferencias" not in text
    assert "En total" not in text
    assert not found.empty
    assert not found.hojas


def test_a_data_table_that_was_not_compared_is_said(saved: Path, tmp_path: Path) -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        cell_at(workbook, at("Datos_Tareas", "Unidad", 0)).value = "UNIDAD"

    found = _edited(saved, tmp_path, edit)
    (unread,) = found.sin_comparar
    assert (unread.lado, unread.hoja, unread.cuadro) == ("B", "Datos_Tareas", "")
    assert {"Cálculo", "Cálculo_Presupuesto"} <= set(found.comparadas)
    assert "Datos_Tareas" not in found.comparadas
    text = _shown(found)
    assert "En la hoja Datos_Tareas, el cuadro no se comparó" in text
    assert text.count("«UNIDAD»") == 1
    assert "Ninguna de las cifras que se comparan cambió en Cálculo ni en Cálculo_Presupuesto." in text


def test_a_note_beside_a_heading_is_told_and_the_table_below_it_is_compared(saved: Path, tmp_path: Path) -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        cover = workbook["Portada"]
        assert cover["A6"].value == "Dato"
        cover["A5"], cover["D5"], cover["B13"] = "Lo que se evalúa", "Visto bueno", "2025"

    found = _edited(saved, tmp_path, edit)
    assert (found.solo, found.sin_comparar) == ((), ())
    text = _shown(found)
    assert "+ D5  Visto bueno" in text
    assert "Lo que se evalúa" in text
    assert "B13  Valor: «2024» → «2025»" in text


def test_a_row_that_went_says_its_amounts_everywhere(saved: Path, tmp_path: Path) -> None:
    def edit(workbook: openpyxl.Workbook) -> None:
        workbook["Datos_Presupuesto"].delete_rows(6)

    kept = sheet_of(saved, "Datos_Presupuesto")
    row = {kept.cell(5, c).value: kept.cell(6, c).value for c in range(1, kept.max_column + 1)}
    found = _edited(saved, tmp_path, edit)
    (hoja,) = found.hojas
    (gone,) = hoja.quitadas
    told = {**dict(gone.clave), **dict(gone.valores)}
    assert told == {k: v for k, v in row.items() if v is not None and k not in ("Archivo", "Hoja", "Fila")}
    amount = cells.number(row["Presupuesto vigente"])
    assert f"Presupuesto vigente {amount}; " in _shown(found)
    assert document.document(found, [])["hojas"][0]["quitadas"][0]["valores"] == dict(gone.valores)  # type: ignore[index]
    writer.write(tmp_path / "cambios.xlsx", found)
    titles, cells_of_row = list(sheet_of(tmp_path / "cambios.xlsx", "Filas").values)
    said = dict(zip(titles, cells_of_row, strict=True))["Qué decía"]
    assert f"Presupuesto vigente: {amount}" in said
    assert said.count(";") == len(gone.valores) - 1


_FIGURE = r"-?[\d.]+,\d+"


@given(st.floats(-1e6, 1e6), st.sampled_from([1e-6, 3e-4, 1e-3, 0.01, 0.7, 12.3, 1e3]), st.floats(0.1, 1))
@example(15.76499, 3e-4, 1.0)
@example(1 / 3, 1e-6, 1 / 3)
def test_a_difference_is_the_one_of_the_values_as_they_are_shown(before: float, size: float, share: float) -> None:
    told = values.change("cifras", CellChange("L6", "L6", "Avance 2T", (), before, before + size * share))
    parts = re.fullmatch(rf"({_FIGURE}) → ({_FIGURE}) \(([+-][\d.]+,\d+) puntos\)", told)
    assert parts, told
    shown = [Decimal(p.replace(".", "").replace(",", ".")) for p in parts.groups()]
    assert len({-n.as_tuple().exponent for n in shown}) == 1, told  # type: ignore[operator]
    assert shown[0] + shown[2] == shown[1], told


def test_what_is_left_out_is_no_figure(grids: Grids) -> None:
    assert {*NOT_COMPARED} == {"N.º", "Fila en Presupuesto_SIGEP"}
    for sheet in SHEETS_NOT_COMPARED:
        assert not [v for row in grids[sheet] for v in row if isinstance(v, float)]


def test_every_table_is_known_by_its_own_key(grids: Grids) -> None:
    """A table whose rows were known by its first column for want of something better would be compared badly."""
    unknown = [
        (name, table.titulo)
        for name, grid in grids.items()
        if name not in SHEETS_NOT_COMPARED
        for table in tables.of_sheet(grid, {})
        if not table.texts and not table.known
    ]
    assert unknown == []


def _formula_cells(path: Path) -> Iterator[tuple[str, str, float]]:
    """(part, cell, cached number) of formula cells, as the file has them."""
    with zipfile.ZipFile(path) as archive:
        for part in sorted(n for n in archive.namelist() if n.startswith("xl/worksheets/sheet")):
            xml = archive.read(part).decode()
            for m in re.finditer(r'<c r="([A-Z]+\d+)"[^>]*><f>[^<]*</f><v>(-?[\d.]+)</v></c>', xml):
                yield part, m[1], float(m[2])


def _tampered(path: Path, target: Path, part: str, cell: str, value: float) -> Path:
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    found = re.compile(rf'(<c r="{cell}"[^>]*><f>[^<]*</f><v>)-?[\d.]+(</v></c>)'.encode())
    parts[part], times = found.subn(rb"\g<1>%r\g<2>" % value, parts[part])
    assert times == 1
    target.write_bytes(packages.together(parts))
    return target


def test_one_cached_figure_that_somebody_changed_is_shown_by_the_command(master: Path, tmp_path: Path) -> None:
    """In a real file, one of every sheet with formulas; in the text too, without asking for more."""
    names = File(master).sheet_names
    chosen: dict[str, tuple[str, float]] = {}
    for part, cell, value in _formula_cells(master):
        chosen[part] = (cell, value)
    assert len(chosen) > 20
    for part, (cell, value) in chosen.items():
        sheet = names[int(re.search(r"\d+", part)[0]) - 1]  # type: ignore[index]
        other = _tampered(master, tmp_path / "otro.xlsx", part, cell, value + 1.5)
        (hoja,) = as_json(master, other)["hojas"]
        assert hoja["hoja"] == sheet
        (found,) = hoja["celdas"]
        assert (found["celda_b"], found["antes"], found["despues"]) == (cell, value, value + 1.5)
        shown = run(master, other)
        assert shown.exit_code == 1
        assert f"{sheet}: 1 celda cambiada" in shown.output
        assert re.search(rf"\b{cell}\b", shown.output), shown.output


def test_a_cell_that_became_an_error_or_a_date_is_not_a_blank(master: Path, tmp_path: Path) -> None:
    workbook = openpyxl.load_workbook(master, data_only=True)
    january, february = (cell_at(workbook, at("Cálculo", f"Avance {mes}")) for mes in ("ene", "feb"))
    before = january.value
    january.value, february.value = "#REF!", True
    workbook.save(tmp_path / "otro.xlsx")
    # Saved by openpyxl it has lost its properties: it is compared below the command.
    (hoja,) = masters.compare(read(master), read(tmp_path / "otro.xlsx")).hojas
    assert [(c.celda_b, c.despues) for c in hoja.celdas] == [
        (january.coordinate, Ilegible("#REF!")),
        (february.coordinate, Ilegible("VERDADERO")),
    ]
    assert hoja.celdas[0].antes == before


# --- the same figures -------------------------------------------------------------------------------------


@pytest.mark.libreoffice
def test_a_master_that_libreoffice_recalculated_and_saved_has_no_differences(
    master: Path, libreoffice: LibreOffice, tmp_path: Path
) -> None:
    saved = libreoffice.save_as_xlsx(master, tmp_path / "guardado.xlsx")
    assert saved.read_bytes() != master.read_bytes()
    done = run(master, saved)
    assert (done.exit_code, "No hay diferencias." in done.output) == (0, True), done.output


def test_figures_that_differ_in_their_last_digits_are_the_same(grids: Grids) -> None:
    shaken = copy.deepcopy(grids)
    for sheet, r, c in _every_cell(grids):
        if isinstance(grids[sheet][r][c], float):
            shaken[sheet][r][c] = grids[sheet][r][c] * (1 + 3e-13)  # type: ignore[operator]
    for name in grids:
        before, after = (tables.of_sheet(g[name], {}) for g in (grids, shaken))
        found = masters.compare_sheet(name, before, after)
        keyed = {"Mes", "Fila"}  # whole numbers that name a row are compared to the letter
        assert not found.solo
        assert not [c for h in found.hojas for c in h.celdas], name
        assert all(keyed & {t for t, _ in f.clave} for h in found.hojas for f in h.agregadas), name


def test_the_comparison_of_masters_mirrors(master: Path, changed: Path) -> None:
    there, back = masters.compare(read(master), read(changed)), masters.compare(read(changed), read(master))
    assert there.hojas
    assert _pieces(there, False) == _pieces(back, True)
    assert masters.compare(read(master), read(master)).empty


def _pieces(found: Comparacion, mirrored: bool) -> set[tuple[object, ...]]:
    pieces: set[tuple[object, ...]] = set()
    for h in found.hojas:
        for c in h.celdas:
            sides = [(c.celda_a, c.antes), (c.celda_b, c.despues)]
            pieces.add((h.nombre, c.columna, *(reversed(sides) if mirrored else sides)))
        added, removed = (h.quitadas, h.agregadas) if mirrored else (h.agregadas, h.quitadas)
        pieces |= {(h.nombre, sign, f.fila) for sign, only in (("+", added), ("-", removed)) for f in only}
    return pieces


# --- what changed, and why --------------------------------------------------------------------------------


def _folder(place: Path, entity: dict[str, list[dict[str, object]]] | None = None) -> Path:
    """An entity and its submissions, in order to be changed and consolidated."""
    from poa_xl.writers import entity_workbook

    rows = entity or factories.entity_rows()
    said = [row for row in rows["parametros"] if row["valor"] is not None]
    place.mkdir()
    entity_workbook.write_entity_workbook(place / "entidad.xlsx", {**rows, "parametros": said})
    for unidad in factories.entidad().vigentes:
        campaign_books.book(place / "entregas" / f"{unidad.unidad}.xlsx", unidad.unidad)
    return place


def _consolidated(place: Path, quarter: int = 2) -> Path:
    target = place / "maestro.xlsx"
    arguments = ["consolidate", str(place / "entregas"), "--quarter", str(quarter), "-o", str(target)]
    done = CliRunner().invoke(poa_xl, arguments)
    assert target.exists(), done.output
    return target


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _consolidated(_folder(tmp_path_factory.mktemp("original") / "a"))


@pytest.fixture(scope="module")
def changed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """DGRB did less in April, CON-JJ sent nothing, and the entity's budget of a category is another."""
    rows = copy.deepcopy(factories.entity_rows())
    budget = next(r for r in rows["presupuesto_sigep"] if r["categoria"] == "570 0 004" and r["mes"] == 6)
    budget["devengado"] = float(str(budget["devengado"])) + 1000
    threshold = next(r for r in rows["parametros"] if r["parametro"] == "semaforo.satisfactorio")
    threshold["valor"] = 60
    place = _folder(tmp_path_factory.mktemp("changed") / "b", rows)
    campaign_books.book(
        place / "entregas" / "DGRB.xlsx", "DGRB", {at("Tareas", "Ejec. abr"): 0, at("Tareas", "Prog. ene", 2): "dos"}
    )
    (place / "entregas" / "CON-JJ.xlsx").unlink()
    return _consolidated(place)


@pytest.fixture(scope="module")
def told(original: Path, changed: Path) -> dict:
    return as_json(original, changed)


def _sheet(told: dict, name: str, parte: str | None = None) -> dict:
    return next(h for h in told["hojas"] if h["hoja"] == name and parte in (None, h["parte"]))


def test_the_figures_come_first_with_their_differences(told: dict) -> None:
    assert [h["parte"] for h in told["hojas"]] == sorted(
        (h["parte"] for h in told["hojas"]),
        key=["cifras", "parametros", "entregas", "observaciones", "datos", "cuadros"].index,
    )
    (april,) = [
        c
        for c in _sheet(told, "Cálculo")["celdas"]
        if c["clave"] == {"Nivel": "Unidad", "Código": "DGRB"} and c["columna"] == "Avance abr"
    ]
    assert april["antes"] > april["despues"]
    assert april["diferencia"] == pytest.approx(april["despues"] - april["antes"])
    assert april["medida"] == "puntos"
    levels = {c["clave"]["Nivel"] for c in _sheet(told, "Cálculo")["celdas"]}
    assert {"Unidad", "Grupo", "Área", "Servicio", "Entidad", "ACP"} <= levels
    money = [c for c in _sheet(told, "Cálculo_Presupuesto")["celdas"] if c["columna"] == "Devengado jun (Bs)"]
    assert {c["clave"]["Código"] for c in money if c["clave"]["Nivel"] == "Categoría"} == {"570 0 004"}
    assert {(c["diferencia"], c["medida"]) for c in money} == {(1000.0, "Bs")}


def test_a_word_of_the_semaforo_is_a_change_of_its_own(told: dict) -> None:
    words = [c for c in _sheet(told, "Cálculo")["celdas"] if c["columna"].startswith("Semáforo")]
    assert words
    assert all(isinstance(c["antes"], str) and isinstance(c["despues"], str) for c in words)


def test_the_causes_are_told(told: dict) -> None:
    files = _sheet(told, "Entregas")
    hashes = [c for c in files["celdas"] if c["columna"] == "Huella SHA-256"]
    assert [c["clave"]["Unidad"] for c in hashes] == ["DGRB"]
    assert len(hashes[0]["antes"]) == len(hashes[0]["despues"]) == 64
    assert [f["clave"] for f in files["quitadas"]] == [{"Unidad": "CON-JJ"}]
    (task,) = [c for c in _sheet(told, "Datos_Tareas")["celdas"] if c["columna"] == "Ejec. abr"]
    assert task["origen_b"] == {"archivo": "DGRB.xlsx", "hoja": "Tareas", "fila": 5}
    assert task["despues"] == 0
    gone = _sheet(told, "Datos_Tareas")["quitadas"]
    assert {f["origen"]["archivo"] for f in gone} == {"DGRB.xlsx", "CON-JJ.xlsx"}  # row 6 of DGRB has an error
    assert [f["origen"]["fila"] for f in gone if f["origen"]["archivo"] == "DGRB.xlsx"] == [6]
    sigep = _sheet(told, "Datos_SIGEP")["celdas"]
    assert [(c["columna"], c["diferencia"]) for c in sigep] == [("Devengado del mes (Bs)", 1000.0)]
    cover = {c["clave"]["Dato"] for c in _sheet(told, "Portada", "parametros")["celdas"]}
    assert cover == {"Huella SHA-256 del libro de la entidad"}
    received = {c["clave"]["Dato"] for c in _sheet(told, "Portada", "entregas")["celdas"]}
    assert {"Archivos recibidos", "Unidades sin información"} <= received
    thresholds = _sheet(told, "Criterios")["celdas"]
    assert {(c["antes"], c["despues"]) for c in thresholds if c["columna"] == "Desde (%)"} == {(70.0, 60.0)}
    came = _sheet(told, "Observaciones")["agregadas"]
    (found,) = [f for f in came if f["clave"]["Código"] == "CEL-002"]
    assert found["origen"] == {"archivo": "DGRB.xlsx", "hoja": "Tareas", "fila": 6}
    assert "«dos»" in found["detalle"]
    assert {f["clave"]["Código"] for f in came} >= {"CEL-002", "ENT-002"}


def test_what_the_tables_repeat_is_marked_with_where_it_is_computed(told: dict) -> None:
    """Every figure of the tables that Cálculo shows too; what a table computes itself is not marked."""
    summary = [c for c in _sheet(told, "Resumen de indicadores")["celdas"] if isinstance(c["antes"], float)]
    assert summary
    assert all(c["repite"].startswith("Cálculo!") for c in summary)
    places = {f"{n}!{c['celda_b']}": c for n in ("Cálculo", "Cálculo_Presupuesto") for c in _sheet(told, n)["celdas"]}
    for hoja in (h for h in told["hojas"] if h["parte"] == "cuadros"):
        for c in (c for c in hoja["celdas"] if c["repite"]):
            source = places[c["repite"]]
            assert source["antes"] == pytest.approx(c["antes"])
            assert source["despues"] == pytest.approx(c["despues"])
    assert not [
        c for c in _sheet(told, "Estadística")["celdas"] if c["columna"].startswith("Desviación") and c["repite"]
    ]


def test_the_text_says_it_top_down_and_where_it_comes_from(original: Path, changed: Path) -> None:
    done = run(original, changed)
    assert done.exit_code == 1
    text = done.output
    order = ["CIFRAS QUE CAMBIARON", "Cálculo:", "DE QUÉ VIENEN", "Entregas:", "Datos_Tareas:", "EN LOS DEMÁS CUADROS"]
    assert sorted(order, key=text.index) == order
    entity, area = text.index("Entidad · MDE"), text.index("Área · VRE")
    assert entity < area
    assert re.search(r"Entidad · MDE +\d+,\d+ → \d+,\d+ \(-\d+,\d+ puntos\)  L\d+", text)
    assert "(DGRB.xlsx, Tareas, fila 5)" in text
    assert "Los cuadros repiten cifras que ya están arriba: " in text
    whole = run(original, changed, "--all").output
    assert "repiten" not in whole
    assert len(whole) > len(text)


def test_of_the_submissions_those_that_came_and_went_are_first_and_each_has_one_line(
    original: Path, changed: Path
) -> None:
    text = run(original, changed).output
    start = text.index("Entregas: ")
    part = text[start : text.index("\n\n", start)].splitlines()
    gone = next(n for n, line in enumerate(part) if "CON-JJ" in line and line.startswith("  - fila"))
    (unit,) = [n for n, line in enumerate(part) if "DGRB" in line]
    assert gone < unit
    assert "otro contenido" in part[unit]
    assert "Errores 0 → 1" in part[unit]
    assert not re.search(r"[0-9a-f]{12}…", "".join(part))
    assert "Huella SHA-256" in run(original, changed, "--all").output[start:]


def test_the_workbook_has_them_all(original: Path, changed: Path, told: dict, tmp_path: Path) -> None:
    target = tmp_path / "cambios.xlsx"
    assert run(original, changed, "-o", target).exit_code == 1
    workbook = openpyxl.load_workbook(target)
    rows = list(workbook["Celdas"].iter_rows(min_row=2, values_only=True))
    assert len(rows) == told["resumen"]["celdas"]
    assert workbook["Filas"].max_row - 1 == told["resumen"]["agregadas"] + told["resumen"]["quitadas"]
    assert [row[0] for row in rows][:1] == ["Cifras"]
    assert {row[8] for row in rows if row[9] == "Bs" and row[3] == "Devengado jun (Bs)"} == {1000}


# --- other quarters, other entities, other files ----------------------------------------------------------


def test_masters_of_two_quarters_share_their_months_and_closed_quarters(original: Path, tmp_path: Path) -> None:
    place = _folder(tmp_path / "a")
    campaign_books.book(
        place / "entregas" / "DGRB.xlsx", "DGRB", {at("Tareas", "Ejec. mar"): 0}
    )  # March, after its quarter was closed
    earlier, later = _consolidated(place, 1), original
    told = as_json(earlier, later)
    assert told["distintos"] == ["Periodo que se evalúa"]
    figures = _sheet(told, "Cálculo")["celdas"]
    assert {c["columna"] for c in figures if c["clave"]["Código"] == "DGRB"} >= {"Avance mar", "Avance 1T"}
    assert not [c for c in figures if "acumulad" in c["columna"] or "2T" in c["columna"]]
    only_b = {s["nombre"] for s in told["solo"] if s["lado"] == "B" and s["hoja"] == "Cálculo"}
    assert {"Avance 2T", "Avance abr", "Semáforo 2T"} <= only_b
    assert {"ACP", "Unidades", "Estadística"} <= set(told["omitidas"])
    executed = {c["columna"] for c in _sheet(told, "Datos_Tareas")["celdas"] if c["columna"].startswith("Ejec.")}
    assert executed == {"Ejec. mar", "Ejec. 1T"}
    text = run(earlier, later).output
    assert "Evalúan periodos distintos: A, Primer trimestre" in text


def test_a_master_of_another_entity_is_surely_a_mistake(original: Path, tmp_path: Path) -> None:
    entidad = dataclasses.replace(factories.entidad(), nombre="Otro Ministerio", sigla="OTRO")
    other = test_master.write(tmp_path / "otro.xlsx", 2, entidad=entidad)
    done = run(original, other)
    assert done.exit_code == 2
    assert "entidades distintas" in done.output
    assert run(original, other, "--force").exit_code == 1


def test_a_master_and_a_units_workbook_are_not_compared(original: Path, tmp_path: Path) -> None:
    unit = text_books.unit(tmp_path / "DGRB.xlsx")
    for order in ((original, unit), (unit, original)):
        done = run(*order)
        assert done.exit_code == 2
        assert "maestro.xlsx es un libro maestro y DGRB.xlsx no" in done.output


def test_a_master_without_a_sheet_is_compared_in_the_others(original: Path, tmp_path: Path) -> None:
    whole = read(original)
    fewer = dataclasses.replace(whole, hojas={n: h for n, h in whole.hojas.items() if n != "Estadística"})
    found = masters.compare(whole, fewer)
    assert found.hojas == ()
    assert [(s.lado, s.que, s.nombre) for s in found.solo] == [("A", "hoja", "Estadística")]
    assert not found.empty


def test_a_broken_master_ends_in_its_finding(original: Path, tmp_path: Path) -> None:
    parts = packages.apart(original.read_bytes())
    sheet = "xl/worksheets/sheet1.xml"
    (tmp_path / "roto.xlsx").write_bytes(packages.with_part(parts, sheet, parts[sheet][:-200]))
    done = run(original, tmp_path / "roto.xlsx")
    assert (done.exit_code, "LIB-001" in done.output) == (3, True), done.output


def test_a_master_four_times_the_size_of_the_sample_passes_the_guards(tmp_path: Path) -> None:
    """18,000 tasks: more than 10 MB of sheets, which are read in the guarded child."""
    from poa_xl import evaluation
    from poa_xl.writers import master as writer
    from tests.test_evaluation import accepted_of, factory_data

    data = factory_data(2)
    for tables_of_unit in data.values():
        tables_of_unit["tareas"] = [
            {**task, "tarea": f"{task['tarea']} ({n})"} for task in tables_of_unit["tareas"] for n in range(720)
        ]
    accepted, entidad = accepted_of(data), factories.entidad()
    assert len(accepted.tareas) == 18_000
    made = evaluation.evaluate(entidad, accepted, 2)
    path = tmp_path / "a.xlsx"
    writer.write_master(path, entidad, made, accepted, [], test_master.submissions(entidad), corte=test_master.CORTE)
    part, cell, value = next(_formula_cells(path))
    told = as_json(path, _tampered(path, tmp_path / "b.xlsx", part, cell, value + 1))
    assert [c["celda_b"] for h in told["hojas"] for c in h["celdas"]] == [cell]
