"""The master workbook: alive, complete, safe from strangers' text, and the same bytes every time."""

import dataclasses
import datetime as dt
import hashlib
import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest

from poa_xl import evaluation
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.entity import Entidad
from poa_xl.findings import Finding, Location, Submission, SubmissionState
from poa_xl.master_tables.executive_summary import EXECUTIVE_SUMMARY
from poa_xl.master_tables.front import COVER
from poa_xl.writers.master import sheet_name, write_master
from poa_xl.writers.xlsx.plain_worksheet import PlainWorksheet
from tests import factories
from tests.libreoffice import LibreOffice, differences
from tests.test_evaluation import accepted_of, factory_data, sample_entity

pytestmark = pytest.mark.slow

CORTE = dt.date(2024, 7, 5)
FINDINGS = [
    Finding("TAR-001", Location("DGAA.xlsx", "Tareas", "C7"), "", "DGAA", {"columna": "Tarea"}),
    Finding("LIB-003", Location("EMB-AR.xlsx"), unidad="EMB-AR"),
]
# Number of the inventory of the published report -> where its table or chart is: sheet, words of its title.
INVENTORY = {
    5: ("Articulación", "Articulación de la planificación de mediano y corto plazo 2024"),
    6: ("Relación POA", "Relación POA 2024"),
    7: ("Áreas", "Áreas organizacionales por servicio"),
    8: ("Criterios", "Fórmulas adoptadas"),
    9: ("Criterios", "semáforo DGP"),
    11: ("Criterios", "(DGAA)"),
    13: ("ACP", "por ACP: segundo trimestre 2024 (del 01/04/2024 al 30/06/2024)"),
    15: ("Categorías", "categoría programática: segundo trimestre"),
    17: ("ACP", "por ACP: primer semestre 2024 (del 01/01/2024 al 30/06/2024)"),
    18: ("Mensual por área", "avance mensual, trimestral y acumulado por área"),
    19: ("Comparativa por área", "por área: primer trimestre"),
    20: ("Comparativa por área", "por área: segundo trimestre"),
    21: ("Comparativa por área", "por área: primer semestre"),
    22: ("Fuentes", "por fuente de financiamiento"),
    23: ("Servicios", "por servicio: segundo trimestre"),
    24: ("Desempeño por ACP", "Desempeño por ACP"),
    25: ("ACP y SIGEP", "registrado en el SIGEP (2T)"),
    26: ("Histórico", "Avance físico por área"),
    27: ("Unidades", "Avance físico 2T: Administración"),
    28: ("Unidades", "Avance físico 2T: Relaciones Exteriores"),
    31: ("Histórico", "Avance físico por grupo"),
    33: ("Desempeño", "Eficacia ponderada acumulada"),
    34: ("Desempeño", "Ejecución financiera acumulada"),
    35: ("Mensual MDE", "Eficacia y ejecución por mes"),
    36: ("Mensual MDE", "Comportamiento por trimestre"),
    37: ("Resumen de indicadores", "avance físico por trimestre 2024"),
    38: ("Resultados", "Resultados alcanzados: Servicio Exterior"),
    40: ("Anexo 1 Categorías", "Anexo 1."),
    41: ("Anexo 2 Embajadas", "Embajadas (1)"),
    42: ("Anexo 3 Consulados", "Consulados Generales (1)"),
}
CHARTED = {
    "Comparativa por área": 3,
    "Servicios": 2,
    "Desempeño por ACP": 1,
    "Histórico": 2,
    "Unidades": 2,
    "Desempeño": 2,
    "Mensual MDE": 2,
    "Anexo 2 Embajadas": 1,
    "Anexo 3 Consulados": 2,
}


_JUDGED = tuple(state for state in SubmissionState if state is not SubmissionState.WAITING)


def submissions(entidad: Entidad) -> list[Submission]:
    """One file a unit, their states in turn."""
    return [
        Submission(
            archivo=f"{u.unidad}.xlsx",
            sha256=hashlib.sha256(u.unidad.encode()).hexdigest(),
            unidad=u.unidad,
            filas=8 + n,
            errores=0,
            avisos=n,
            estado=_JUDGED[n % len(_JUDGED)],
        )
        for n, u in enumerate(entidad.vigentes)
    ]


def write(path: Path, trimestre: int, accepted: AcceptedRows | None = None, entidad: Entidad | None = None) -> Path:
    """The master of the made-up entity, or of what is given."""
    entidad = entidad or factories.entidad()
    accepted = accepted if accepted is not None else accepted_of(factory_data(trimestre))
    made = evaluation.evaluate(entidad, accepted, trimestre)
    write_master(path, entidad, made, accepted, FINDINGS, submissions(entidad), corte=CORTE)
    return path


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The master of the second quarter."""
    return write(tmp_path_factory.mktemp("master") / "maestro.xlsx", 2)


@pytest.fixture(scope="module")
def book(master: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(master)


def values(path: Path) -> openpyxl.Workbook:
    return openpyxl.load_workbook(path, data_only=True)


# --- alive -----------------------------------------------------------------------------------------------------


def assert_alive(libreoffice: LibreOffice, path: Path, at_least: int) -> None:
    cells = libreoffice.recalculate(path)
    formulas = sum(len(own) for own in cells.values())
    print(f"{path.name}: {formulas} formulas recalculated")
    assert formulas >= at_least
    assert differences(cells) == []


@pytest.mark.libreoffice
@pytest.mark.parametrize("trimestre", [1, 2, 3, 4])
def test_recalculation_lands_on_the_same_numbers(libreoffice: LibreOffice, tmp_path: Path, trimestre: int) -> None:
    assert_alive(libreoffice, write(tmp_path / f"{trimestre}T.xlsx", trimestre), 1000 + 500 * trimestre - 300)


@pytest.mark.libreoffice
@pytest.mark.parametrize("without", [("DGAA",), ("CON-JJ", "CG-SP"), ("DGAA", "DGRB", "EMB-AR", "CON-JJ", "CG-SP")])
def test_recalculation_with_units_missing(libreoffice: LibreOffice, tmp_path: Path, without: tuple[str, ...]) -> None:
    accepted = accepted_of(factory_data(2, without))
    assert_alive(libreoffice, write(tmp_path / "faltan.xlsx", 2, accepted), 900)


@pytest.mark.libreoffice
def test_recalculation_with_other_thresholds(libreoffice: LibreOffice, tmp_path: Path) -> None:
    """Every avance and ejecucion of the made-up entity falls in another level; the words come from Criterios."""
    base = factories.entidad()
    bands = tuple(b._replace(minimo=m) for b, m in zip(base.semaforo, (99.5, 98.0, 97.0, 96.0, 0, 0), strict=True))
    levels = tuple(c._replace(minimos=(m,) * 4) for c, m in zip(base.criterio_dgaa, (99.0, 1.0, -1e9), strict=True))
    entidad = dataclasses.replace(base, semaforo=bands, criterio_dgaa=levels)
    path = write(tmp_path / "umbrales.xlsx", 2, entidad=entidad)
    assert_alive(libreoffice, path, 2000)
    words = {row[2] for row in values(path)["Portada"].iter_rows(values_only=True)}
    assert "Aceptable" in words


@pytest.mark.libreoffice
def test_recalculation_of_the_sample(libreoffice: LibreOffice, tmp_path: Path) -> None:
    from poa_xl import sample

    path = write(tmp_path / "muestra.xlsx", 2, accepted_of(sample.unit_rows(2)), sample_entity(2))
    assert_alive(libreoffice, path, 40_000)


@pytest.mark.libreoffice
def test_a_changed_task_reaches_the_cover(libreoffice: LibreOffice, tmp_path: Path, master: Path) -> None:
    """Whoever corrects a task in the data sees the entity's avance change."""
    before = values(master)
    sheet = before["Datos_Tareas"]
    header = {cell.value: cell.column_letter for cell in sheet[5]}
    changed = {f"{header[f'Ejec. {mes}']}{row}": 0 for mes in ("abr", "may", "jun") for row in range(6, 11)}
    after = values(
        libreoffice.set_cells_and_save(master, tmp_path / "otro.xlsx", {"Datos_Tareas": changed})  # type: ignore[dict-item]
    )
    rows = {row[0].value: row[1].value for row in before["Portada"].iter_rows(max_col=2)}
    now = {row[0].value: row[1].value for row in after["Portada"].iter_rows(max_col=2)}
    assert now["Avance físico (%)"] < rows["Avance físico (%)"]
    assert now["Ejecución financiera (%)"] == pytest.approx(rows["Ejecución financiera (%)"])


def test_only_functions_of_excel_2016_and_no_array_entry(master: Path) -> None:
    known = {"ABS", "AND", "AVERAGE", "COUNT", "COUNTA", "COUNTIF", "DATE", "EXACT", "IF", "ISNUMBER", "MIN", "N", "OR"}
    known |= {"ROUND", "SQRT", "STDEV", "SUM", "SUMIF", "SUMPRODUCT"}
    used: set[str] = set()
    with zipfile.ZipFile(master) as z:
        for name in z.namelist():
            if name.startswith("xl/worksheets/sheet"):
                text = z.read(name).decode()
                assert 't="array"' not in text
                for formula in re.findall(r"<f>([^<]*)</f>", text):
                    used |= set(re.findall(r"([A-Z.]+)\(", formula))
    assert used
    assert used <= known


def test_every_cell_has_its_value(master: Path) -> None:
    with zipfile.ZipFile(master) as z:
        text = "".join(z.read(n).decode() for n in z.namelist() if n.startswith("xl/worksheets/sheet"))
    assert len(re.findall(r"<f>", text)) > 1500
    assert not re.findall(r"</f></c>|</f><v></v>|#(?:REF|VALUE|DIV|NAME|N/A)", text)


def test_no_formula_spans_a_whole_sheet(book: openpyxl.Workbook) -> None:
    """A unit's formula names its own rows, so that precedents can be traced."""
    sheet = book["Cálculo"]
    cell = next(row for row in sheet.iter_rows(min_row=6) if row[1].value == "DGRB")[4]
    rows = re.findall(r"'Datos_Operaciones'!\w+?(\d+):\w+?(\d+)", cell.value)
    assert rows
    assert {int(b) - int(a) + 1 for a, b in rows} == {3}


# --- complete ----------------------------------------------------------------------------------------------------


def entries(book: openpyxl.Workbook) -> list[tuple[str, str, str]]:
    """(sheet, title, link) of the index."""
    return [
        (str(row[0].value), str(row[1].value), row[1].hyperlink.location)
        for row in book["Índice"].iter_rows(min_row=6, max_col=2)
        if row[1].hyperlink
    ]


def test_every_table_of_the_report_is_there(book: openpyxl.Workbook) -> None:
    listed = [(sheet, title) for sheet, title, _ in entries(book)]
    missing = [n for n, (s, words) in INVENTORY.items() if not any(s == sheet and words in t for sheet, t in listed)]
    assert missing == []


def test_other_sheets(book: openpyxl.Workbook) -> None:
    wanted = {
        "Portada",
        "Índice",
        "Estadística",
        "Cuadre",
        "Observaciones",
        "Entregas",
        "Cálculo",
        "Cálculo_Presupuesto",
    }
    wanted |= {"Datos_Tareas", "Datos_Operaciones", "Datos_SIGEP", "Datos_Presupuesto", "Datos_Resultados"}
    assert wanted <= set(book.sheetnames)
    assert book.sheetnames[0] == "Portada"
    assert [ws.title for ws in book if ws.sheet_state != "visible"] == ["Cifras"]
    assert book.sheetnames[-1] == "Cifras"
    assert all(len(name) <= 31 for name in book.sheetnames)


def test_charts(master: Path) -> None:
    """Charts by sheet, as their drawings say."""
    found = {}
    with zipfile.ZipFile(master) as z:
        names = re.findall(r'<sheet name="([^"]+)"', z.read("xl/workbook.xml").decode())
        for number, name in enumerate(names, start=1):
            relations = f"xl/worksheets/_rels/sheet{number}.xml.rels"
            drawing = relations in z.namelist() and re.search(r"drawings/(drawing\d+\.xml)", z.read(relations).decode())
            if drawing:
                found[name] = z.read(f"xl/drawings/{drawing[1]}").decode().count("<c:chart ")
    assert found == CHARTED


def test_links_lead_somewhere(book: openpyxl.Workbook) -> None:
    listed = entries(book)
    assert len(listed) > 40
    for _, title, location in listed:
        sheet, cell = re.fullmatch(r"'([^']+)'!([A-Z]+\d+)", location).groups()  # type: ignore[union-attr]
        assert book[sheet][cell].value == title
    for ws in book:
        if ws.title not in ("Índice", "Cifras"):
            assert ws["A3"].hyperlink.location == "'Índice'!A1", ws.title


def test_print_set_up(book: openpyxl.Workbook) -> None:
    for ws in (ws for ws in book if ws.title != "Cifras"):
        upright = ws.title in (COVER.name, EXECUTIVE_SUMMARY.name)  # pages that are read as letters are
        assert ws.page_setup.orientation == ("portrait" if upright else "landscape"), ws.title
        assert ws.page_setup.fitToHeight == (None if upright else 0), ws.title  # None, the format's own, is one page
        assert ws.sheet_properties.pageSetUpPr.fitToPage, ws.title


def test_the_data_sheets_hold_every_row(book: openpyxl.Workbook) -> None:
    accepted = accepted_of(factory_data(2))
    for key in ("operaciones", "tareas", "presupuesto", "resultados"):
        sheet = book[f"Datos_{key.capitalize()}"]
        places = {tuple(c.value for c in row[:4]) for row in sheet.iter_rows(min_row=6)}
        assert places == {(row.unidad, row.archivo, row.hoja, row.fila) for row in accepted.of(key)}


def test_figures_on_the_sheets(master: Path) -> None:
    """Some cells against sums and counts of the made-up data itself."""
    book = values(master)
    entidad = factories.entidad()
    vigente = {r.categoria: r.vigente for r in entidad.presupuesto if r.mes == 6}
    rows = [row for row in book["ACP"].iter_rows(values_only=True) if row[0] == "Total"]
    assert rows[0][3] == pytest.approx(sum(vigente.values()))
    assert rows[0][4] == pytest.approx(sum(r.devengado for r in entidad.presupuesto if r.mes > 3))
    assert rows[1][4] == pytest.approx(sum(r.devengado for r in entidad.presupuesto))
    areas = {row[0]: row[3] for row in book["Áreas"].iter_rows(values_only=True)}
    assert areas["Total general"] == 5
    assert areas["Subtotal - Servicio Exterior"] == 3
    counted = {(row[0], row[1]): row[2] for row in book["Relación POA"].iter_rows(values_only=True)}
    assert counted["Tareas", "Servicio Central"] == 10
    assert counted["Actividades", "Servicio Exterior"] == 9
    goals = {row[0]: row for row in book["ACP y SIGEP"].iter_rows(values_only=True)}
    assert goals["Total"][8:11] == (20.5, 16, pytest.approx(1600 / 20.5))
    assert {row[9] for row in book["Cuadre"].iter_rows(min_row=6, values_only=True)} == {"Cuadra", None}


def test_published_figures_stand_beside_the_computed_ones(master: Path) -> None:
    sheet = values(master)["Histórico"]
    rows = list(sheet.iter_rows(values_only=True))
    header = next(row for row in rows if row[0] == "Código")
    service = next(row for row in rows if row[0] == "Servicio Central")
    entity_row = next(row for row in rows if row[0] == "MDE")
    assert service[header.index("Publicado 1T")] == 90.1
    computed = service[header.index("Avance 1T")]
    assert service[header.index("Diferencia 1T")] == pytest.approx(computed - 90.1)
    assert entity_row[header.index("Avance 2023")] == 91.25
    assert entity_row[header.index("Publicado 1T")] == "n/a"


def test_findings_and_submissions(master: Path) -> None:
    book = values(master)
    found = list(book["Observaciones"].iter_rows(min_row=6, values_only=True))
    assert found[0][:6] == ("DGAA.xlsx", "Tareas", "C7", "DGAA", "TAR-001", "Error")
    assert all(row[6] and row[7] for row in found)
    sent = {row[0]: row for row in book["Entregas"].iter_rows(values_only=True)}
    assert sent["DGAA.xlsx"][6] == hashlib.sha256(b"DGAA").hexdigest()
    assert "Unidades sin información (0)" in sent


def test_units_that_sent_nothing_are_named(tmp_path: Path) -> None:
    book = values(write(tmp_path / "m.xlsx", 2, accepted_of(factory_data(2, ("CG-SP",)))))
    rows = {row[1]: row for row in book["Entregas"].iter_rows(values_only=True)}
    assert "Unidades sin información (1)" in {row[0].value for row in book["Entregas"].iter_rows(max_col=1)}
    assert rows["CG-SP"]
    cover = {row[0].value: row[1].value for row in book["Portada"].iter_rows(max_col=2)}
    assert cover["Unidades sin información"] == 1


# --- safe and steady ---------------------------------------------------------------------------------------------

NASTY = (
    '=HYPERLINK("http://x","y")',
    "+1+1",
    "@SUM(A1)",
    "-2",
    "https://x.example/a",
    "=1+1\ttab",
    "{=1}",
    "0012",
    "_x0041_",
)


def test_text_of_strangers_stays_text(tmp_path: Path) -> None:
    data = factory_data(2)
    fields = ("tarea", "actividad", "medio_verificacion", "problemas", "acciones")
    for row, text in zip(data["DGAA"]["tareas"], NASTY, strict=False):
        row |= dict.fromkeys(fields, text)
    for text, unit in zip(NASTY[5:], ("DGRB", "EMB-AR", "CON-JJ", "CG-SP"), strict=False):
        data[unit]["resultados"][0] |= {"resultado_programado": text, "principales_resultados": text * 3}
    book = openpyxl.load_workbook(write(tmp_path / "m.xlsx", 2, accepted_of(data)))
    texts = {cell.value: cell.data_type for row in book["Datos_Tareas"].iter_rows(min_row=6) for cell in row}
    for text in NASTY[:5]:
        assert texts[text] == "s"
    told = {cell.value: cell.data_type for row in book["Resultados"].iter_rows() for cell in row}
    for text in NASTY[5:]:
        assert told[text] == "s"
    assert not any(cell.hyperlink for row in book["Datos_Tareas"].iter_rows(min_row=6) for cell in row)


def test_a_text_that_a_formula_shows_again_leaves_the_master_whole(tmp_path: Path) -> None:
    data = factory_data(2)
    for row in data["DGAA"]["tareas"]:
        row["tarea"] = "mal\x1b[31m\x07 _x0007_"
    path = write(tmp_path / "m.xlsx", 2, accepted_of(data))
    with zipfile.ZipFile(path) as package:
        for name in package.namelist():
            if name.endswith(".xml"):
                ElementTree.fromstring(package.read(name))


def _links(book: openpyxl.Workbook) -> dict[tuple[str, str], str]:
    return {
        (sheet.title, cell.coordinate): cell.hyperlink.location
        for sheet in book.worksheets
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if cell.hyperlink
    }


def test_a_figure_of_a_table_leads_to_the_cell_that_computes_it_and_that_to_its_first_row(
    book: openpyxl.Workbook,
) -> None:
    links = _links(book)
    shown = {
        (sheet.title, cell.coordinate): cell.value.removeprefix("=")
        for sheet in book.worksheets
        if not sheet.title.startswith(("Datos_", "Cálculo"))
        for row in sheet.iter_rows(min_row=5)
        for cell in row
        if isinstance(cell.value, str) and re.fullmatch(r"='[^']+'![A-Z]+\d+", cell.value)
    }
    assert len(shown) > 300
    assert {place: links.get(place) for place in shown} == shown
    of_units = [
        link for (sheet, cell), link in links.items()
        if sheet == "Cálculo" and str(book[sheet][f"A{book[sheet][cell].row}"].value) == "Unidad"
        and "Datos_Operaciones" in str(book[sheet][cell].value)
    ]  # fmt: skip
    assert of_units
    assert all(link.startswith("'Datos_Operaciones'!") for link in of_units)
    codes = {row[4].coordinate for row in book["Datos_Operaciones"].iter_rows(min_row=6) if row[4].value}
    assert {links[("Datos_Operaciones", cell)].split("!")[0] for cell in codes} == {"'Datos_Tareas'"}


def test_all_figures_of_a_row_of_calculo_lead_by_one_link_to_where_that_of_the_quarter_leads(
    book: openpyxl.Workbook, master: Path
) -> None:
    """A link a figure makes LibreOffice slow beyond measure, and is more than Excel takes of a large entity."""
    sheet, links = book["Cálculo"], _links(book)
    titles = {cell.value: cell.column_letter for cell in sheet[5]}
    rows = [row for row in range(6, sheet.max_row + 1) if sheet.cell(row, 1).value]
    for row in rows:
        figures = {cell.coordinate: cell.value for cell in sheet[row] if str(cell.value).startswith("=")}
        first = re.search(r"('[^']+'!)?([A-Z]+[0-9]+)", figures[f"{titles['Avance 2T']}{row}"])
        assert first
        assert {links[("Cálculo", name)] for name in figures} == {(first[1] or "'Cálculo'!") + first[2]}
    with zipfile.ZipFile(master) as package:
        part = f"xl/worksheets/sheet{book.sheetnames.index('Cálculo') + 1}.xml"
        assert package.read(part).count(b"<hyperlink ") == 1 + len(rows)


def test_links_change_no_cell(tmp_path: Path, master: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(PlainWorksheet, "link", lambda *_: None)
    without = openpyxl.load_workbook(write(tmp_path / "sin.xlsx", 2))
    cells = [
        {(s.title, c.coordinate): (c.value, c.number_format, c.font.u, c.font.color and c.font.color.rgb)
         for s in b.worksheets for row in s.iter_rows() for c in row}
        for b in (openpyxl.load_workbook(master), without)
    ]  # fmt: skip
    assert cells[0] == cells[1]


def test_an_entity_with_odd_names(tmp_path: Path) -> None:
    """Names of groups and the initials go into sheet names, headers and titles."""
    base = factories.entidad()
    odd = {"Embajadas": "=Emb [A/B]: 'x' & «y»?*", "Consulados": "=EMB [A/B]: x & «y» y mucho más"}
    units = tuple(dataclasses.replace(u, grupo=odd.get(u.grupo, u.grupo)) for u in base.unidades)
    entidad = dataclasses.replace(base, unidades=units, sigla="M/D&E", nombre="=Ministerio & Cía.")
    book = openpyxl.load_workbook(write(tmp_path / "m.xlsx", 2, entidad=entidad))
    assert "Mensual M D&E" in book.sheetnames
    assert sum(name.startswith("Anexo") for name in book.sheetnames) == 3
    assert book["Portada"]["A2"].data_type == "s"


def test_sheet_names() -> None:
    assert sheet_name("Anexo 2: A/B [x]*?", []) == "Anexo 2  A B  x"
    assert sheet_name("a" * 40, []) == "a" * 31
    assert sheet_name("A" * 40, ["a" * 31]) == "A" * 29 + " 2"


def test_long_texts_are_cut_not_lost(tmp_path: Path) -> None:
    data = factory_data(1)
    data["DGAA"]["resultados"][0]["principales_resultados"] = "ñ" * 40_000
    book = openpyxl.load_workbook(write(tmp_path / "m.xlsx", 1, accepted_of(data)))
    longest = max((str(c.value or "") for row in book["Datos_Resultados"].iter_rows() for c in row), key=len)
    assert len(longest) == 32_767
    assert longest.endswith("(texto recortado)")


def test_the_same_inputs_give_the_same_bytes(tmp_path: Path, master: Path) -> None:
    again = write(tmp_path / "otro nombre.xlsx", 2)
    assert again.read_bytes() == master.read_bytes()


def test_nothing_is_left_when_writing_fails(tmp_path: Path) -> None:
    accepted = accepted_of(factory_data(2))
    made = evaluation.evaluate(factories.entidad(), accepted, 2)
    target = tmp_path / "m.xlsx"
    unknown = [Finding("XXX-999", Location("a.xlsx"))]
    with pytest.raises(KeyError):
        write_master(target, factories.entidad(), made, accepted, unknown, [], corte=CORTE)
    assert list(tmp_path.iterdir()) == []
