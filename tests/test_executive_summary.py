"""Resumen directivo and Operaciones con retraso: one page, whose figures are those of the other sheets and of fractions.

That every formula of both sheets lands on the fractions of the rows is shown by `tests/test_independent.py`.
"""

import datetime as dt
import re
import subprocess
from collections.abc import Mapping
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from poa_xl import evaluation, indicators
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.comparison import masters
from poa_xl.entity import Entidad
from poa_xl.evaluation import Evaluacion, delays
from poa_xl.evaluation.imbalance import Imbalance, kind
from poa_xl.findings import Finding, Location, Submission, SubmissionState
from poa_xl.reading import File
from poa_xl.writers.master import write_master
from tests import factories, test_master
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of
from tests.test_evaluation import accepted_of, factory_data, sample_entity

pytestmark = pytest.mark.slow

PAGE, DELAYS = "Resumen directivo", "Operaciones con retraso"
Rows = dict[str, list[object]]


def write(
    path: Path,
    trimestre: int = 2,
    accepted: AcceptedRows | None = None,
    *,
    entidad: Entidad | None = None,
    findings: tuple[Finding, ...] = (),
    submissions: tuple[Submission, ...] = (),
    previous: Mapping[str, float | Fraction | None] | None = None,
) -> Path:
    entidad = entidad or factories.entidad()
    rows = accepted_of(factory_data(trimestre)) if accepted is None else accepted
    made = evaluation.evaluate(entidad, rows, trimestre)
    write_master(path, entidad, made, rows, findings, submissions, corte=test_master.CORTE, anteriores=previous)
    return path


def page(path: Path, name: str = PAGE) -> Worksheet:
    return sheet_of(path, name, data_only=True)


def below(sheet: Worksheet, title: str) -> Rows:
    """First cell -> cells, of the rows below the title of a first column."""
    rows = list(sheet.iter_rows(values_only=True))
    start = next(n for n, row in enumerate(rows) if row[0] == title)
    found: Rows = {}
    for row in rows[start + 1 :]:
        if row[0] is None:
            return found
        found[str(row[0])] = list(row)
    return found


@pytest.fixture(scope="module")
def master(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write(tmp_path_factory.mktemp("master") / "maestro.xlsx")


# --- its place ------------------------------------------------------------------------------------------------


def test_it_is_the_second_sheet_and_the_others_stand_as_they_stood(master: Path) -> None:
    names = openpyxl.load_workbook(master, read_only=True).sheetnames
    before = openpyxl.load_workbook(Path(__file__).parent / "before/libros-12d777c/maestro.xlsx", read_only=True)
    assert names.index(PAGE) == 1
    both = {*names} & {*before.sheetnames}
    assert [name for name in names if name in both] == [name for name in before.sheetnames if name in both]
    assert len(both) > 20


def test_a_master_of_before_lacks_the_sheets_and_no_figure_is_said_to_differ(master: Path, tmp_path: Path) -> None:
    """The same master without them, as earlier versions wrote it."""
    book = openpyxl.load_workbook(master, data_only=True)
    del book[PAGE], book[DELAYS]
    book.save(tmp_path / "antes.xlsx")
    one, other = (masters.read(File(path), "") for path in (tmp_path / "antes.xlsx", master))
    found = masters.compare(one, other)
    assert {(s.que, s.nombre) for s in found.solo} == {("hoja", PAGE), ("hoja", DELAYS)}
    assert found.hojas == ()


# --- what a part costs the entity -----------------------------------------------------------------------------


@pytest.mark.parametrize("trimestre", [1, 2, 3, 4])
def test_the_gaps_of_the_units_add_up_to_what_the_entity_lacks(trimestre: int) -> None:
    made = evaluation.evaluate(factories.entidad(), accepted_of(factory_data(trimestre)), trimestre)
    _assert_gaps_add_up(made)


def test_those_of_the_sample_too() -> None:
    from poa_xl import sample

    made = evaluation.evaluate(sample_entity(2), accepted_of(sample.unit_rows(2)), 2)
    _assert_gaps_add_up(made)
    assert made.avance[made.raiz, "t2"] == pytest.approx(92.78, abs=0.01)  # as published


def _assert_gaps_add_up(made: Evaluacion) -> None:
    quarter, units = made.periodo.clave, made.nodos[made.raiz].miembros
    lacking = 100 - (made.avance[made.raiz, quarter] or 0)
    assert sum(made.brecha[u] or 0 for u in units) == pytest.approx(lacking, abs=1e-9)
    for unit in units:
        own = [gap or 0 for clave, gap in made.brecha.items() if clave[:2] == ("operacion", unit[-1])]
        assert sum(own) == pytest.approx(made.brecha[unit] or 0, abs=1e-9)


def test_a_unit_that_is_lifted_to_100_lifts_the_entity_by_its_gap() -> None:
    data, entidad = factory_data(2), factories.entidad()
    made = evaluation.evaluate(entidad, accepted_of(data), 2)
    for code in data:
        lifted = {**data, code: {**data[code], "tareas": [_all_done(row) for row in data[code]["tareas"]]}}
        after = evaluation.evaluate(entidad, accepted_of(lifted), 2)
        rise = (after.avance[after.raiz, "t2"] or 0) - (made.avance[made.raiz, "t2"] or 0)
        assert rise == pytest.approx(made.brecha["unidad", code] or 0, abs=1e-9), code


def _all_done(row: Mapping[str, object]) -> dict[str, object]:
    return {**row, **{f"ejecutado_{m}": row.get(f"programado_{m}") for m in ("abr", "may", "jun")}}


def test_units_that_cost_most_come_first_and_none_that_costs_nothing(master: Path) -> None:
    made = evaluation.evaluate(factories.entidad(), accepted_of(factory_data(2)), 2)
    rows = list(below(page(master), "Unidad que decide").values())
    costs = sorted((gap for clave, gap in made.brecha.items() if clave[0] == "unidad" and gap), reverse=True)
    assert [row[3] for row in rows] == pytest.approx(costs[:5])
    assert rows[-1][5] == pytest.approx((made.avance[made.raiz, "t2"] or 0) + sum(costs[:5]))


def test_where_all_was_done_nobody_decides(tmp_path: Path) -> None:
    data = {code: {**own, "tareas": [_all_done(r) for r in own["tareas"]]} for code, own in factory_data(2).items()}
    sheet = page(write(tmp_path / "m.xlsx", 2, accepted_of(data)))
    told = [row[0] for row in sheet.iter_rows(values_only=True)]
    assert told.count("A ninguna le falta nada para 100.") == 2


# --- the change -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize("trimestre", [2, 3, 4])
def test_the_figures_before_are_those_of_an_evaluation_of_the_quarter_before(tmp_path: Path, trimestre: int) -> None:
    data = accepted_of(factory_data(trimestre))
    rows = below(page(write(tmp_path / "m.xlsx", trimestre, data)), "Cifra")
    before = evaluation.evaluate(factories.entidad(), data, trimestre - 1)
    names = {"Avance físico (%)": "avance", "Eficacia ponderada": "eficacia", "Ejecución financiera (%)": "ejecucion"}
    for title, indicator in names.items():
        for place, period in ((1, f"t{trimestre - 1}"), (5, f"hasta_t{trimestre - 1}")):
            wanted = before.figure(f"MDE.{indicator}.{period}")
            assert rows[title][place] == (pytest.approx(wanted) if wanted is not None else "n/a"), (title, period)
    for title, indicator in (("Eficiencia (%)", "eficiencia"), ("Avance a la fecha (%)", "avance_a_la_fecha")):
        wanted = before.figure(f"MDE.{indicator}.hasta_t{trimestre - 1}")
        assert rows[title][5] == (pytest.approx(wanted) if wanted is not None else "n/a"), title


def test_published_figures_of_the_quarter_before_take_their_place_and_the_page_says_so(tmp_path: Path) -> None:
    published: dict[str, float | Fraction | None] = {
        "MDE.avance.t1": Fraction(175, 2),
        "MDE.avance.hasta_t1": 87.5,
        "MDE.ejecucion.t1": None,
    }
    sheet = page(write(tmp_path / "m.xlsx", previous=published))
    rows = below(sheet, "Cifra")
    assert rows["Avance físico (%)"][1] == 87.5
    assert rows["Avance físico (%)"][3] == pytest.approx(float(str(rows["Avance físico (%)"][2])) - 87.5)
    assert rows["Ejecución financiera (%)"][1:4:2] == ["n/a", "n/a"]
    assert "como se publicó en su campaña" in sheet["A2"].value


def test_without_them_the_page_says_that_it_is_what_units_tell_now(master: Path, tmp_path: Path) -> None:
    assert "frente al 1T, según lo que las unidades informan hoy" in page(master)["A2"].value
    first = page(write(tmp_path / "m.xlsx", 1))
    assert "el primer trimestre no tiene con qué compararse" in first["A2"].value
    assert len([v for v in below(first, "Cifra")["Avance físico (%)"] if v is not None]) == 5


def test_what_is_missing_for_the_next_colour_is_told_beside_the_avance(master: Path) -> None:
    row = below(page(master), "Cifra")
    now, missing = (row[name] for name in ("Avance físico (%)", "Puntos que faltan para el color que sigue"))
    bands = factories.entidad().semaforo
    nearest = min((b for b in bands if b.minimo > now[2]), key=lambda b: b.minimo)  # type: ignore[operator]
    assert missing[2] == pytest.approx(nearest.minimo - float(str(now[2])))
    assert missing[4] == nearest.evaluacion


# --- actions --------------------------------------------------------------------------------------------------


def with_action(action: str, who: str, until: dt.date | None, **months: float) -> AcceptedRows:
    """The rows of the made-up units, of which the first task of one says what will be done."""
    data = factory_data(2)
    first, *others = data["DGRB"]["tareas"]
    own = {"acciones": action, "responsable_accion": who, "fecha_accion": until, **months}
    data["DGRB"]["tareas"] = [{**first, "programado_abr": 90, "ejecutado_abr": 1, **own}, *others]
    return accepted_of(data)


def day(value: object) -> object:
    return value.date() if isinstance(value, dt.datetime) else value


@pytest.mark.parametrize(
    ("action", "until", "state"),
    [
        ("Se hará", dt.date(2024, 6, 29), "vencida"),
        ("Se hará", dt.date(2024, 6, 30), "en plazo"),
        ("Se hará", dt.date(2024, 9, 30), "en plazo"),
        ("Se hará", None, "sin fecha"),
        ("", None, "sin acción"),
    ],
)
def test_the_action_of_a_task_that_is_behind_is_overdue_by_its_day(
    tmp_path: Path, action: str, until: dt.date | None, state: str
) -> None:
    path = write(tmp_path / "m.xlsx", 2, with_action(action, "La jefa", until))
    (row,) = (
        r
        for r in page(path, DELAYS).iter_rows(min_row=6, values_only=True)
        if r[0] == "DGRB" and r[10] == (action or None)
    )
    assert (row[11], day(row[12]), row[13]) == ("La jefa", until, state)
    told = next(r for r in below(page(path), "Tarea que más le falta").values() if r[1] == "DGRB")
    assert (told[6], day(told[7]), told[8]) == ("La jefa", until, state)
    missing = below(page(path), "Qué falta")
    assert missing["Acciones correctivas vencidas"][1:3] == ([1, "DGRB"] if state == "vencida" else [0, None])


def test_a_task_that_caught_up_is_behind_no_more() -> None:
    action = ("Se hará en mayo", "", dt.date(2024, 3, 1))
    behind = delays.of_quarter(factories.entidad(), with_action(*action), 2)
    done = delays.of_quarter(factories.entidad(), with_action(*action, ejecutado_may=500), 2)
    assert [d.estado for d in behind if d.fila.acciones == action[0]] == [indicators.VENCIDA]
    assert [d for d in done if d.fila.acciones == action[0]] == []


def test_text_of_a_stranger_stays_a_text(tmp_path: Path) -> None:
    evil = '=HYPERLINK("http://x.example","pulse")'
    path = write(tmp_path / "m.xlsx", 2, with_action(evil, "=1+1", dt.date(2024, 9, 30)))
    book = openpyxl.load_workbook(path)
    cells = [c for c in (*book[PAGE]["G"], *book[DELAYS]["K"], *book[DELAYS]["L"]) if c.value in (evil, "=1+1")]
    assert len(cells) == 2
    assert {c.data_type for c in cells} == {"s"}


# --- money and progress ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("spent", "reached", "wanted"),
    [
        (50.0, 20.0, Imbalance.MONEY_WITHOUT_PROGRESS), (5.0, 90.0, Imbalance.PROGRESS_WITHOUT_MONEY), (50.0, 90.0, None),
        (5.0, 20.0, None), (35.0, 20.0, None), (5.0, 60.0, None), (None, 20.0, None), (50.0, None, None),
    ],
)  # fmt: skip
def test_money_and_progress_are_apart_where_the_scales_of_the_entity_say_so(
    spent: float | None, reached: float | None, wanted: Imbalance | None
) -> None:
    monies, bands = indicators.CRITERIO_DGAA_2024, indicators.SEMAFORO_2024
    money, band = indicators.criterio_dgaa(spent, 2, monies), indicators.semaforo(reached, bands)
    assert kind(money, monies, band, bands) == wanted


# --- what is missing ------------------------------------------------------------------------------------------


def test_units_and_rows_that_are_missing_are_counted_and_named(tmp_path: Path) -> None:
    entidad = factories.entidad()
    sent = (
        Submission("DGAA.xlsx", "a", "DGAA", 9, 2, 0, SubmissionState.IN_PART),
        Submission("EMB-AR.xlsx", "b", "EMB-AR", 0, 1, 0, SubmissionState.REJECTED),
    )
    found = (
        Finding("TAR-001", Location("DGAA.xlsx", "Tareas", "C7"), "", "DGAA", {"columna": "Tarea"}),
        Finding("TAR-003", Location("DGAA.xlsx", "Tareas", "E7"), "-1", "DGAA", {"columna": "Prog. ene"}),
        Finding("TAR-007", Location("DGAA.xlsx", "Tareas", "C9"), "x", "DGAA", {"columna": "Tarea"}),
        Finding("UNI-005", Location("EMB-AR.xlsx", "Unidad", "B4"), "x", "EMB-AR", {"columna": "x"}),
    )
    accepted = accepted_of(factory_data(2, ("EMB-AR", "CG-SP")))
    path = write(tmp_path / "m.xlsx", 2, accepted, entidad=entidad, findings=found, submissions=sent)
    rows = {name: row[1:3] for name, row in below(page(path), "Qué falta").items()}
    assert rows["Unidades sin información"] == [2, None]
    assert rows["No enviaron su libro"] == [1, "CG-SP"]
    assert rows["Con su libro rechazado"] == [1, "EMB-AR"]
    assert rows["Filas que quedaron fuera por errores"] == [1, "DGAA.xlsx (1)"]  # two errors of one row; an aviso


@pytest.mark.parametrize(
    ("informed", "said"),
    [
        (("EMB-AR", "CG-SP"), "sin información de 2 unidades (EMB-AR, CG-SP). Vea la hoja Entregas."),
        (("EMB-AR",), "sin información de 1 unidad (EMB-AR). Vea la hoja Entregas."),
        ((), None),
    ],
)
def test_both_first_sheets_warn_alike_of_an_evaluation_that_lacks_units(
    tmp_path: Path, informed: tuple[str, ...], said: str | None
) -> None:
    path = write(tmp_path / "m.xlsx", 2, accepted_of(factory_data(2, informed)))
    for name in ("Portada", PAGE):
        told = [str(c.value) for c in page(path, name)["A"] if "EVALUACIÓN PARCIAL" in str(c.value)]
        assert told == ([f"EVALUACIÓN PARCIAL: {said}"] if said else []), name


# --- one page -------------------------------------------------------------------------------------------------


def printed(path: Path, folder: Path) -> Path:
    """The first pages that LibreOffice prints."""
    LibreOffice().close()
    export = 'pdf:calc_pdf_Export:{"PageRange":{"type":"string","value":"1-4"}}'
    command = ["soffice", f"-env:UserInstallation=file://{folder}/perfil", "--headless", "--convert-to", export]
    subprocess.run([*command, "--outdir", str(folder), str(path)], check=True, capture_output=True)
    return folder / f"{path.stem}.pdf"


def texts(pdf: Path, form: str = "-layout") -> list[str]:
    """What stands on each page."""
    found = subprocess.run(["pdftotext", form, str(pdf), "-"], check=True, capture_output=True, text=True).stdout
    return found.split("</page>" if form == "-bbox" else "\f")


def height_of_letters(page_in_boxes: str, word: str) -> float:
    """Points from the foot to the head of the lowest word of a page, which is somewhat more than the size of its font."""
    boxes = re.findall(r'yMin="([\d.]+)" xMax="[\d.]+" yMax="([\d.]+)">' + re.escape(word) + "<", page_in_boxes)
    first, last = map(float, boxes[-1])
    return last - first


def assert_one_page(path: Path, folder: Path) -> str:
    pdf = printed(path, folder)
    found = {}
    for name, word in (("Portada", "Valor"), (PAGE, "Cuántos")):
        pages = [n for n, text in enumerate(texts(pdf)) if re.search(rf"POA 2024\s+{name}\s+Página", text)]
        assert len(pages) == 1, name
        found[name] = texts(pdf)[pages[0]]
        assert height_of_letters(texts(pdf, "-bbox")[pages[0]], word) > 7.5, name
    assert all(
        part in found["Portada"] for part in ("Cifras principales", "Archivos recibidos", "siga sus referencias")
    )
    parts = ("Cifras principales", "Operaciones que deciden", "Qué falta", "vencidas")
    assert all(part in found[PAGE] for part in parts)
    return found[PAGE]


@pytest.mark.libreoffice
def test_it_and_the_cover_print_on_one_page_each_that_can_be_read_of_the_small_entity(
    master: Path, tmp_path: Path
) -> None:
    assert_one_page(master, tmp_path)


@pytest.mark.libreoffice
def test_they_do_of_the_sample_of_109_units(tmp_path: Path) -> None:
    from poa_xl import sample

    path = write(tmp_path / "muestra.xlsx", 2, accepted_of(sample.unit_rows(2)), entidad=sample_entity(2))
    assert "92,78" in assert_one_page(path, tmp_path)
