"""The unit workbook: its formulas agree with the cached values in LibreOffice, and it protects what it must."""

import copy
import dataclasses
import datetime as dt
import html
import os
import random
import re
import subprocess
import sys
import zipfile
from fractions import Fraction
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import python_calamine
import xlsxwriter
from openpyxl.utils.cell import absolute_coordinate
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import sheets
from poa_xl.entity import Entidad
from poa_xl.errors import PoaError
from poa_xl.writers.unit_workbook import workbook
from tests import factories, places
from tests.conftest import Recalculate
from tests.libreoffice import LibreOffice, differences
from tests.one_sheet import sheet_of

pytestmark = pytest.mark.slow

MESES = sheets.MESES
FIRST_ACCUMULATED_ROW = 21  # sixteen months and quarters stand above it, from row 5


def filled(path: Path, code: str = "DGAA", trimestre: int = 2, functions: str = "native", **changes: Any) -> Path:
    """A filled workbook of the made-up entity; `changes` replace sheets of its data."""
    entidad = factories.entidad()
    unidad = entidad.by_code[code]
    data = {**factories.unit_data(unidad, trimestre), **changes}
    workbook.write_unit_workbook(path, entidad, unidad, data, functions)  # type: ignore[arg-type]
    return path


def random_tasks(seed: int) -> list[dict[str, object]]:
    """Forty tasks of five operations, their codes interleaved, with blanks, zeros and over-execution."""
    chance = random.Random(seed)
    rows: list[dict[str, object]] = []
    for n in range(40):
        row: dict[str, object] = {"operacion": f"OP-0{chance.randint(1, 5)}", "actividad": "A", "tarea": f"T{n}"}
        for mes in MESES:
            row[f"programado_{mes}"] = chance.choice([None, 0, 1, 2, 7])
            row[f"ejecutado_{mes}"] = chance.choice([None, 0, 1, 3, 9])
        rows.append(row)
    return rows


def avance_by_hand(tasks: list[dict[str, object]], months: tuple[str, ...]) -> Fraction | None:
    """The rule of RULES.md in exact fractions, written again here."""
    parts, weights = Fraction(0), 0
    for code in {str(t["operacion"]) for t in tasks}:
        own = [t for t in tasks if t["operacion"] == code]
        planned = [sum(int(t.get(f"programado_{m}") or 0) for m in months) for t in own]  # type: ignore[call-overload]
        done = sum(int(t.get(f"ejecutado_{m}") or 0) for t in own for m in months)  # type: ignore[call-overload]
        if sum(planned):
            weight = sum(1 for p in planned if p)
            parts += min(Fraction(100), Fraction(100 * done, sum(planned))) * weight
            weights += weight
    return parts / weights if weights else None


def values(path: Path, sheet: str) -> list[list[object]]:
    """The values of a sheet as they lie in the file, from row 1."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        return book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def formulas(path: Path) -> dict[tuple[str, str], str]:
    """(sheet, cell) -> formula."""
    book = openpyxl.load_workbook(path)
    return {
        (sheet.title, cell.coordinate): cell.value
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.data_type == "f"
    }


@pytest.mark.libreoffice
def test_the_comparison_notices_wrong_values_and_errors(tmp_path: Path, libreoffice: LibreOffice) -> None:
    with xlsxwriter.Workbook(tmp_path / "w.xlsx") as book:
        page = book.add_worksheet("Hoja")
        page.write_formula("A1", "=1+1", value=2)
        page.write_formula("A2", "=1+1", value=3)
        page.write_formula("A3", '="a"', value="b")
        page.write_formula("A4", "=1/0", value="#DIV/0!")
        page.write_formula("A5", "=EFICACIA(1,2)", value=50)
        page.write_formula("A6", '=""', value=0)
    found = differences(libreoffice.recalculate(tmp_path / "w.xlsx"))
    assert [line.split()[0] for line in found] == [f"Hoja!A{row}" for row in (2, 3, 4, 5, 6)]


@pytest.mark.libreoffice
@pytest.mark.parametrize(("code", "trimestre"), [("DGAA", 1), ("DGRB", 2), ("EMB-AR", 3), ("CG-SP", 4)])
def test_native_formulas_give_the_cached_values(
    tmp_path: Path, libreoffice: LibreOffice, code: str, trimestre: int
) -> None:
    cells = libreoffice.recalculate(filled(tmp_path / "u.xlsx", code, trimestre))
    compared = sum(map(len, cells.values()))
    print(f"{code} {trimestre}T: {compared} formula cells compared")
    assert compared > 400
    assert differences(cells) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_native_formulas_of_random_tasks(tmp_path: Path, libreoffice: LibreOffice, seed: int) -> None:
    tasks = random_tasks(seed)
    path = filled(tmp_path / "u.xlsx", trimestre=4, tareas=tasks, presupuesto=[])
    cells = libreoffice.recalculate(path)
    assert sum(map(len, cells.values())) > 900
    assert differences(cells) == []
    shown = [row[1] for row in values(path, "Resumen")[4:20]]
    spans = [s for q in range(4) for s in (*((m,) for m in MESES[3 * q : 3 * q + 3]), MESES[3 * q : 3 * q + 3])]
    expected = [avance_by_hand(tasks, span) for span in spans]
    assert None not in expected
    assert shown == pytest.approx([float(e) for e in expected if e is not None], rel=1e-12)


# What programs may take for one another: as numbers, as patterns, without capitals or accents, as a part.
ALIKE = (("1.1", "1.10", "1*"), ("op-1", "OP-1", "Op-1"), ("ó", "o", "Ó"), ("OP", "OP-01", "P"), ("?", "~?", "«?»"))


@pytest.mark.libreoffice
@pytest.mark.parametrize("codes", ALIKE)
def test_codes_that_programs_take_for_the_same(
    tmp_path: Path, libreoffice: LibreOffice, gnumeric: Recalculate, codes: tuple[str, ...]
) -> None:
    data: dict[str, Any] = copy.deepcopy(factories.unit_data(factories.entidad().by_code["DGAA"], 3))
    written = dict(zip(("OP-01", "OP-02", "OP-03"), codes, strict=True))
    for key in ("operaciones", "tareas"):
        for row in data[key]:
            row["operacion"] = written[str(row["operacion"])]
    path = filled(tmp_path / "u.xlsx", trimestre=3, **data)
    assert differences(libreoffice.recalculate(path)) == []
    assert [cell for cell in gnumeric(path, tmp_path) if not cell.same] == []
    column = {c.name: i for i, c in enumerate(sheets.sheet("unidad", "operaciones").columns)}["tareas_t1"]
    assert [row[column] for row in values(tmp_path / "u.xlsx", "Operaciones")[4:7]] == [2, 2, 0]


@pytest.mark.libreoffice
def test_incomplete_rows_and_texts_instead_of_numbers(tmp_path: Path, libreoffice: LibreOffice) -> None:
    """What a unit may leave half done must still calculate without an error value."""
    tasks: list[dict[str, object]] = [
        {"tarea": "sin operación", "programado_ene": 2, "ejecutado_ene": 1},
        {},
        {"operacion": "OP-09", "programado_ene": "dos", "ejecutado_ene": 1, "programado_feb": 3},
        {"operacion": "OP-01", "programado_mar": 4, "ejecutado_mar": 4},
    ]
    budget: list[dict[str, object]] = [{"categoria": "000 0 001"}, {"devengado_ene": 5.5, "vigente": "mucho"}]
    cells = libreoffice.recalculate(filled(tmp_path / "u.xlsx", tareas=tasks, presupuesto=budget))
    assert differences(cells) == []


@pytest.mark.libreoffice
def test_an_empty_template_recalculates_without_a_figure(tmp_path: Path, libreoffice: LibreOffice) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "u.xlsx", entidad, entidad.by_code["DGAA"], functions="native")
    cells = libreoffice.recalculate(tmp_path / "u.xlsx")
    assert sum(map(len, cells.values())) > 2500
    assert differences(cells) == []
    assert all(cell.recalculated == "" for name, cell in cells["Resumen"].items() if name != "A3")
    assert "Elija" in str(cells["Resumen"]["A3"].recalculated)


@pytest.mark.libreoffice
def test_an_empty_template_that_a_person_fills_in(tmp_path: Path, libreoffice: LibreOffice) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "u.xlsx", entidad, entidad.by_code["DGAA"], functions="native")
    code, at = "Código de operación", places.at
    typed: dict[places.At, float | str | None] = {
        at("Unidad", "Trimestre que se reporta"): 1,
        at("Operaciones", code): "OP-01",
        at("Operaciones", code, 2): "OP-02",
        # 1T: OP-01 has 3 of 4 in two tasks, OP-02 has 9 of 2 in one task: (75 x 2 + 100 x 1) / 3.
        **{at("Tareas", "Operación", row): of for row, of in enumerate(("OP-01", "OP-01", "OP-02"), start=1)},
        **{at("Tareas", f"Prog. {mes}", row): 2 for row, mes in enumerate(("ene", "feb", "mar"), start=1)},
        **{
            at("Tareas", f"Ejec. {mes}", row): n
            for row, (mes, n) in enumerate((("ene", 2), ("feb", 1), ("mar", 9)), start=1)
        },
        at("Presupuesto", "Fuente"): "10",
        at("Presupuesto", "Presupuesto vigente"): 1000,
        **{at("Presupuesto", f"Dev. {mes}"): n for mes, n in (("ene", 100), ("feb", 100.5), ("mar", -0.5))},
    }
    cells: dict[str, dict[str, float | str | None]] = {}
    for place, value in typed.items():
        cells.setdefault(place.sheet, {})[places.cell_of(tmp_path / "u.xlsx", place)] = value
    saved = libreoffice.set_cells_and_save(tmp_path / "u.xlsx", tmp_path / "saved.xlsx", cells)
    resumen = values(saved, "Resumen")
    quarter, accumulated = resumen[7], resumen[FIRST_ACCUMULATED_ROW - 1]
    assert quarter[:6] == ["1T", pytest.approx(250 / 3), pytest.approx(250 / 12), 200, 1000, 20]
    assert quarter[7] == "Satisfactorio"
    assert accumulated[6] == pytest.approx(250 / 12 / 20 * 100)
    assert accumulated[7:9] == ["Satisfactorio", "Óptimo"]
    assert resumen[8][1:] == [""] * 12
    assert resumen[2][0] == ""


def own_thresholds() -> Entidad:
    """The entity with a stricter semaforo and criterio."""
    entidad = factories.entidad()
    bands = tuple(b._replace(minimo=95.0) if b.evaluacion == "Satisfactorio" else b for b in entidad.semaforo)
    levels = tuple(
        c._replace(minimos=(11.0, 36.34, 60.0, 70.0)) if c.evaluacion == "Aceptable" else c
        for c in entidad.criterio_dgaa
    )
    return dataclasses.replace(entidad, semaforo=bands, criterio_dgaa=levels)


@pytest.mark.libreoffice
def test_thresholds_of_the_entity(tmp_path: Path, libreoffice: LibreOffice) -> None:
    entidad = own_thresholds()
    unidad = entidad.by_code["DGAA"]
    for functions in ("native", "poa"):
        path = tmp_path / f"{functions}.xlsx"
        workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2), functions)
    assert differences(libreoffice.recalculate(tmp_path / "native.xlsx")) == []
    accumulated = values(tmp_path / "native.xlsx", "Resumen")[FIRST_ACCUMULATED_ROW]
    # 90.18 would be Satisfactorio by the published thresholds.
    assert accumulated[7:9] == ["Bueno", "Aceptable"]
    # The worksheet functions know the published thresholds alone.
    assert not any("SEMAFORO(" in f or "CRITERIO_DGAA(" in f for f in formulas(tmp_path / "poa.xlsx").values())


def test_both_kinds_of_formulas_show_the_same(tmp_path: Path) -> None:
    native, poa = filled(tmp_path / "n.xlsx"), filled(tmp_path / "p.xlsx", functions="poa")
    for sheet in sheets.unit_sheets():
        assert values(native, sheet.name) == values(poa, sheet.name)


def test_the_functions_of_poa_stand_in_their_cells(tmp_path: Path) -> None:
    path = filled(tmp_path / "u.xlsx", functions="poa")
    texts = formulas(path)
    programado, ejecutado, eficacia = (
        places.cell_of(path, places.at("Tareas", title, 1)) for title in ("Prog. 1T", "Ejec. 1T", "Eficacia 1T")
    )
    counted = f'IFERROR(EFICACIA({ejecutado},{programado}),IF(N({programado})=0,"n/a",{ejecutado}*100/{programado}))'
    assert texts["Tareas", eficacia].startswith(f'=IF({programado}="","",IF(Listas!')
    assert counted in texts["Tareas", eficacia]
    joined = {sheet: " ".join(f for (s, _), f in texts.items() if s == sheet) for sheet in ("Tareas", "Resumen")}
    assert "EFICACIA(" in joined["Tareas"]
    for name in ("AVANCE_FISICO", "EFICACIA_PONDERADA", "EJECUCION", "EFICIENCIA", "SEMAFORO", "CRITERIO_DGAA"):
        assert f"{name}(" in joined["Resumen"]
    avance = texts["Resumen", places.cell_of(path, places.at("Resumen", "Avance físico %", "1T"))]
    operation = places.cell_of(path, places.at("Tareas", "Operación"))
    areas = (f"Tareas!${a[:-1]}$5:${a[:-1]}$14" for a in (programado, ejecutado, operation))
    assert f"IFERROR(AVANCE_FISICO({','.join(areas)}),IF(" in avance
    native = " ".join(formulas(filled(tmp_path / "n.xlsx")).values())
    assert not any(f"{name}(" in native for name in ("EFICACIA", "EJECUCION", "AVANCE_FISICO", "SEMAFORO"))


def test_a_formula_of_both_kinds_fits_into_excel(tmp_path: Path) -> None:
    """8192 characters and 64 levels, with room for hundreds of tasks too."""
    entidad = factories.entidad()
    path = tmp_path / "u.xlsx"
    workbook.write_unit_workbook(path, entidad, entidad.by_code["DGAA"], functions="poa", spare_rows=500)
    with zipfile.ZipFile(path) as package:
        sheets_ = [package.read(name).decode() for name in package.namelist() if "/worksheets/sheet" in name]
    found = [html.unescape(f) for xml in sheets_ for f in re.findall(r"<f>([^<]+)</f>", xml)]
    assert len(found) > 20_000
    assert max(map(len, found)) < 1000
    assert max(deepest(f) for f in set(found[:: len(found) // 2000])) < 12


def deepest(formula: str) -> int:
    """How many brackets are open at once."""
    depth = most = 0
    for character in formula:
        depth += (character == "(") - (character == ")")
        most = max(most, depth)
    return most


def test_the_layout_that_readers_count_on(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled(tmp_path / "u.xlsx"))
    described = sheets.unit_sheets()
    assert book.sheetnames == [*(s.name for s in described), "Observaciones", "Listas", "Catalogo"]
    assert [p.title for p in book if p.sheet_state == "hidden"] == ["Listas", "Catalogo"]
    for sheet in described:
        page = book[sheet.name]
        assert page["A1"].value == sheet.title
        assert page["A2"].value == sheet.description
        assert not page.merged_cells.ranges
        assert page.protection.sheet
        titles = [c.title for c in sheet.columns]
        if sheet.form:
            assert [page.cell(4 + i, 1).value for i in range(len(titles))] == titles
        else:
            assert [cell.value for cell in page[4]][: len(titles)] == titles
            assert page.freeze_panes is not None


def test_only_inputs_are_unlocked(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled(tmp_path / "u.xlsx"))
    for sheet in sheets.unit_sheets():
        page = book[sheet.name]
        for i, column in enumerate(sheet.columns):
            cell = page.cell(4 + i, 2) if sheet.form else page.cell(5, i + 1)
            locked = column.computed or (sheet.form and column.name in workbook.STAMPED)
            assert cell.protection.locked is locked, (sheet.name, column.name)
        assert page.protection.autoFilter is False  # False means that it is allowed
        assert page.protection.formatColumns is False


def lists(page: Worksheet) -> dict[str, str]:
    """Range -> source of the drop-down lists of a sheet."""
    return {str(v.sqref): v.formula1 for v in page.data_validations.dataValidation if v.type == "list"}


def test_drop_down_lists(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled(tmp_path / "u.xlsx"))
    path = tmp_path / "u.xlsx"

    def column(sheet: str, title: str, last: int) -> str:
        first = places.cell_of(path, places.at(sheet, title))
        return f"{first}:{first.rstrip('5')}{last}"

    assert lists(book["Unidad"]) == {places.cell_of(path, places.at("Unidad", "Trimestre que se reporta")): '"1,2,3,4"'}
    kinds = {
        "Número": '"entero,decimal,porcentaje"',
        "Tipo de meta": '"suma,acumulada,nivel,último valor"',
        "Sentido": '"aumentar,disminuir"',
    }
    operations = absolute_coordinate(column("Operaciones", "Código de operación", 12))
    for sheet, code, last in (
        ("Operaciones", {column("Operaciones", "ACP", 12): "Listas!$A$5:$A$7"}, 12),
        ("Tareas", {column("Tareas", "Operación", 14): f"Operaciones!{operations}"}, 14),
    ):
        assert lists(book[sheet]) == code | {column(sheet, title, last): choice for title, choice in kinds.items()}
    assert lists(book["Presupuesto"]) == {
        column("Presupuesto", "Categoría programática", 13): "Listas!$C$5:$C$6",
        column("Presupuesto", "Fuente", 13): "Listas!$B$5:$B$6",
    }
    assert [book["Listas"].cell(5 + i, 3).value for i in range(2)] == ["000 0 001", "000 0 002"]
    counts = [v for v in book["Tareas"].data_validations.dataValidation if v.type == "decimal"]
    assert len(counts) == 24 + len(["línea base", "peso"])
    assert all(v.formula1 == "0" and v.errorStyle in (None, "stop") and v.error for v in counts)


def test_what_the_planning_office_puts_in(tmp_path: Path) -> None:
    entidad = factories.entidad()
    workbook.write_unit_workbook(tmp_path / "u.xlsx", entidad, entidad.by_code["DGAA"])
    form = {row[0]: row[1] for row in values(tmp_path / "u.xlsx", "Unidad")[3:]}
    assert form["Entidad"] == "Ministerio de Ejemplo"
    assert form["Gestión"] == 2024
    assert form["Área organizacional"] == "Administración"
    assert form["Trimestre que se reporta"] == ""
    rows = values(tmp_path / "u.xlsx", "Presupuesto")[4:]
    assert [row[0] for row in rows if row[0]] == ["000 0 001", "000 0 002"]
    assert values(tmp_path / "u.xlsx", "Resultados")[4][0] == "2.1"
    properties = openpyxl.load_workbook(tmp_path / "u.xlsx").custom_doc_props
    assert properties["unidad"].value == "DGAA"
    assert properties["gestion"].value == 2024


@pytest.mark.parametrize("text", ["=cmd|' /C calc'!A0", "+1+1", "-2", "@SUM(1)", "http://x.example", "=1+1", "007"])
def test_a_strangers_text_stays_a_text(tmp_path: Path, text: str) -> None:
    rows = [{"acp": "2.1", "resultado_programado": text, "principales_resultados": text}]
    path = filled(tmp_path / "u.xlsx", resultados=rows)
    page = sheet_of(path, "Resultados")
    typed = page[places.address(page, "Resultado programado")]
    assert (typed.value, typed.hyperlink) == (text, None)
    assert values(path, "Resultados")[4][typed.column - 1] == text
    assert not [cell for sheet, cell in formulas(path) if sheet == "Resultados" and cell != "A3"]


def test_the_same_data_gives_the_same_bytes(tmp_path: Path) -> None:
    root = Path(__file__).parents[1]
    script = (
        "import sys; from pathlib import Path; from tests import test_template as t; "
        "t.filled(Path(sys.argv[1]), functions='poa')"
    )
    for seed in ("1", "2"):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(root), "TZ": f"Etc/GMT-{seed}"}
        command = [sys.executable, "-c", script, str(tmp_path / f"{seed}.xlsx")]
        subprocess.run(command, check=True, env=environment, cwd=root)
    one, two = ((tmp_path / f"{seed}.xlsx").read_bytes() for seed in ("1", "2"))
    assert one == two
    assert filled(tmp_path / "3.xlsx", functions="poa").read_bytes() == one


def test_templates_for_never_replaces_a_workbook(tmp_path: Path) -> None:
    entidad = factories.entidad()
    (tmp_path / "DGRB.xlsx").write_bytes(b"filled in")
    with pytest.raises(PoaError, match=r"DGRB\.xlsx"):
        workbook.templates_for(entidad, tmp_path)
    assert [p.name for p in tmp_path.iterdir()] == ["DGRB.xlsx"]
    written = workbook.templates_for(entidad, tmp_path, ["EMB-AR", "DGAA"])
    assert [p.name for p in written] == ["EMB-AR.xlsx", "DGAA.xlsx"]
    assert (tmp_path / "DGRB.xlsx").read_bytes() == b"filled in"
    with pytest.raises(PoaError, match="NADIE"):
        workbook.templates_for(entidad, tmp_path, ["NADIE"])


def test_templates_for_all_units(tmp_path: Path) -> None:
    entidad = factories.entidad()
    written = workbook.templates_for(entidad, tmp_path / "nueva", functions="native")
    assert [p.stem for p in written] == [u.unidad for u in entidad.vigentes]
    assert sorted(p.name for p in (tmp_path / "nueva").iterdir()) == sorted(p.name for p in written)


def test_rows_by_sheet_name_are_understood_and_unknown_sheets_refused(tmp_path: Path) -> None:
    entidad = factories.entidad()
    unidad = entidad.by_code["DGAA"]
    data = factories.unit_data(unidad, 2)
    named = {sheets.sheet("unidad", key).name: rows for key, rows in data.items()}
    workbook.write_unit_workbook(tmp_path / "k.xlsx", entidad, unidad, data)
    workbook.write_unit_workbook(tmp_path / "n.xlsx", entidad, unidad, named)
    assert (tmp_path / "k.xlsx").read_bytes() == (tmp_path / "n.xlsx").read_bytes()
    with pytest.raises(ValueError, match="tarea"):
        workbook.write_unit_workbook(tmp_path / "x.xlsx", entidad, unidad, {"tarea": []})


def test_dates_and_counts_have_bolivian_formats(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(filled(tmp_path / "u.xlsx"))
    sent = places.cell_at(book, places.at("Unidad", "Fecha de envío"))
    assert (sent.value, sent.number_format) == (dt.datetime(2024, 6, 28), "dd/mm/yyyy")
    assert places.cell_at(book, places.at("Unidad", "Gestión")).number_format == "0"
    # A count has no format of its own: what a person types there, `true` or `40%` too, stays what they see.
    assert places.cell_at(book, places.at("Tareas", "Prog. ene")).number_format == "General"
    assert places.cell_at(book, places.at("Presupuesto", "Presupuesto vigente")).number_format == "[$-400A]#,##0.00"


@pytest.mark.libreoffice
def test_the_cells_that_observaciones_names_are_counted_and_looked_for_by_every_sheet(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    filled(tmp_path / "u.xlsx")
    book = openpyxl.load_workbook(tmp_path / "u.xlsx")
    here, beside, other = (
        places.address(book["Tareas"], title, row)
        for title, row in (("Prog. ene", 1), ("Prog. feb", 1), ("Prog. feb", 3))
    )
    listed = ((f'=HYPERLINK("#\'Tareas\'!{here}","Tareas!{here}")', "error"), (f"Tareas!{other}", "aviso"))
    for row, (place, weight) in enumerate(listed, start=1):
        places.cell_at(book, places.at("Observaciones", "Lugar", row)).value = place
        places.cell_at(book, places.at("Observaciones", "Severidad", row)).value = weight
    for sheet in sheets.unit_sheets():
        rules = [r for area in book[sheet.name].conditional_formatting for r in area.rules]
        marks = [r.formula[0] for r in rules if "poa_lugares" in str(r.formula)]
        assert len(marks) == 2
        assert min(r.priority for r in rules) == next(r.priority for r in rules if '"error"' in str(r.formula))
    # The condition of the marks, put into cells of a sheet of its own name, so that a program shows what it gives.
    asked = book["Tareas"]
    condition = "=" + next(
        r.formula[0]
        for area in asked.conditional_formatting
        for r in area.rules
        if '"error"' in str(r.formula) and "poa_lugares" in str(r.formula)
    )
    asked[here].value = asked[beside].value = condition
    book.save(tmp_path / "o.xlsx")
    cells = libreoffice.recalculate(tmp_path / "o.xlsx")
    assert (cells["Tareas"][here].recalculated, cells["Tareas"][beside].recalculated) == (1, 0)
    assert str(cells["Tareas"]["A3"].recalculated).startswith("2 observaciones")
    assert cells["Operaciones"]["A3"].recalculated == ""
