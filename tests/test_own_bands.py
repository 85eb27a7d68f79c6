"""The bands that an entity states itself, in its sheet Semaforo: what is wrong with them, and what every workbook shows."""

import dataclasses
import random
import re
from collections.abc import Sequence
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from poa_xl import entity, indicators, palette, sheets
from poa_xl.checking import entity_book
from poa_xl.indicators import Banda
from poa_xl.writers.unit_workbook import workbook as unit_workbook
from tests import factories, test_master, text_books
from tests.libreoffice import LibreOffice, differences
from tests.one_sheet import sheet_of
from tests.places import Expected, Found, at, resolved
from tests.text_books import ENTITY

pytestmark = pytest.mark.slow

TITLES = "Desde | Evaluación | Color | Color de la letra | Calificación | Grado de avance | Versión"
# Without the thresholds of the published bands, of which Parametros would have no use.
PARAMETERS = re.sub(r"\n *semaforo\..*", "", ENTITY["Parametros"])
FOUR = ("0 | Crítico | rojo", "40 | En riesgo | naranja", "70 | En marcha | amarillo", "90 | Cumplido | #1B7837")


def bands(*lines: str, parameters: str = PARAMETERS) -> dict[str, str | None]:
    return {"Parametros": parameters, "Semaforo": "\n".join((TITLES, *lines))}


def check(tmp_path: Path, changed: dict[str, str | None]) -> entity_book.CheckedEntity:
    return entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx", **changed))


def places(checked: entity_book.CheckedEntity) -> Found:
    """What was found where, but for columns that the text tables put last."""
    return {(f.code, f.location.sheet, f.location.cell) for f in checked.findings if f.code != "COL-003"}


def four(row: int, line: str) -> dict[str, str | None]:
    """Four good bands of which one is another."""
    return bands(*FOUR[: row - 1], line, *FOUR[row:])


CASES: list[tuple[str, dict[str, str | None], Expected]] = [
    ("a band without word", four(2, "40 | | naranja"), {("SEM-001", at("Semaforo", "Evaluación", 2))}),
    ("a band without colour", four(2, "40 | En riesgo |"), {("SEM-001", at("Semaforo", "Color", 2))}),
    ("a band without beginning", four(2, " | En riesgo | naranja"), {("SEM-001", at("Semaforo", "Desde", 2))}),
    ("a band above all", four(4, "101 | Cumplido | verde"), {("SEM-002", at("Semaforo", "Desde", 4))}),
    ("a band below all", four(1, "-1 | Crítico | rojo"), {("SEM-002", at("Semaforo", "Desde", 1))}),
    ("a single band", bands("0 | Único | gris"), {("SEM-003", at("Semaforo", "Desde", 1))}),
    (
        "ten bands",
        bands(*(f"{10 * n} | Nivel {n} | gris" for n in range(10))),
        {("SEM-003", at("Semaforo", "Desde", 10))},
    ),
    (
        "bands as fractions",
        bands("0 | A | rojo", "0.4 | B | naranja", "0.7 | C | verde"),
        {("SEM-004", at("Semaforo", "Desde", 3))},
    ),
    ("bands that begin above 0", four(1, "1 | Crítico | rojo"), {("SEM-005", at("Semaforo", "Desde", 1))}),
    ("a band out of order", four(3, "30 | En marcha | amarillo"), {("SEM-006", at("Semaforo", "Desde", 3))}),
    ("two bands from the same", four(3, "40 | En marcha | amarillo"), {("SEM-006", at("Semaforo", "Desde", 3))}),
    (
        "a beginning that no judgement tells apart",
        four(3, "40.0000000001 | En marcha | amarillo"),
        {("SEM-006", at("Semaforo", "Desde", 3))},
    ),
    ("a word twice", four(3, "70 | EN RIESGO | amarillo"), {("SEM-007", at("Semaforo", "Evaluación", 3))}),
    ("a word that is no word", four(3, "70 | N/A | amarillo"), {("SEM-008", at("Semaforo", "Evaluación", 3))}),
    ("a long word", four(3, f"70 | {'x' * 41} | amarillo"), {("SEM-008", at("Semaforo", "Evaluación", 3))}),
    (
        "a word with a sign that no font shows",
        four(3, "70 | En\ue000marcha | amarillo"),
        {("SEM-008", at("Semaforo", "Evaluación", 3))},
    ),
    ("a colour of no name", four(3, "70 | En marcha | turquesa"), {("SEM-009", at("Semaforo", "Color", 3))}),
    ("a short code of a colour", four(3, "70 | En marcha | #FF0"), {("SEM-009", at("Semaforo", "Color", 3))}),
    (
        "letters of no name",
        four(3, "70 | En marcha | amarillo | oscuro"),
        {("SEM-009", at("Semaforo", "Color de la letra", 3))},
    ),
    (
        "white on yellow",
        four(3, "70 | En marcha | amarillo | blanco"),
        {("SEM-010", at("Semaforo", "Color de la letra", 3))},
    ),
    (
        "two versions",
        bands(*(f"{line} | | | | '{2025 + (n == 2)}" for n, line in enumerate(FOUR))),
        {("SEM-011", at("Semaforo", "Versión", 3))},
    ),
    (
        "thresholds that no longer count",
        bands(*FOUR, parameters=ENTITY["Parametros"]),
        {("SEM-012", at("Parametros", "Parámetro", 8))},
    ),
]


@pytest.mark.parametrize(("changed", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_a_mistake_in_the_bands_is_found_at_its_cell(
    tmp_path: Path, changed: dict[str, str | None], expected: Expected
) -> None:
    assert places(check(tmp_path, changed)) == resolved(expected, tmp_path / "entidad.xlsx")


@pytest.mark.parametrize(
    "lines",
    [
        FOUR,
        tuple(reversed(FOUR)),
        ("0 | No | negro", "100 | Sí | blanco"),
        ("0 | Nada | rojo", "0.5 | Algo | naranja", "51 | Bueno | verde"),  # from half a point on
        tuple(f"{12.5 * n} | Nivel {n} | gris" for n in range(9)),
        ("0 | Ínfimo | Rojo", "33.333333333 | Intimo | AZUL", f"90 | {'x' * 40} | #1b7837 | #FFFFFF"),
        ("0 | +1 | rojo | | @x", '50 | "Bien" | azul | blanco | - | + '),
        ("0 | 1 | rojo", "50 | 2 | azul"),  # numbers for words
    ],
)
def test_good_bands_raise_nothing(tmp_path: Path, lines: Sequence[str]) -> None:
    checked = check(tmp_path, bands(*lines))
    assert places(checked) == set()
    assert checked.entidad is not None
    assert len(checked.entidad.semaforo) == len(lines)
    assert not checked.entidad.published_thresholds


def test_an_entity_without_the_sheet_or_with_a_blank_one_has_the_published_bands(tmp_path: Path) -> None:
    for changed in ({}, {"Semaforo": TITLES}):
        checked = check(tmp_path, {**changed})
        assert places(checked) == set()
        assert checked.entidad is not None
        assert checked.entidad.semaforo == indicators.SEMAFORO_2024
        assert checked.entidad.version_semaforo == "2024"


def test_blank_thresholds_of_parametros_are_no_mistake_where_there_are_bands(tmp_path: Path) -> None:
    blank = re.sub(r"(semaforo\.\w+) \|.*", r"\1 | | |", ENTITY["Parametros"])
    assert places(check(tmp_path, bands(*FOUR, parameters=blank))) == set()


def test_the_sheet_is_read_under_another_name(tmp_path: Path) -> None:
    made = bands(*FOUR)
    path = text_books.entity(tmp_path / "entidad.xlsx", **made)
    book = openpyxl.load_workbook(path)
    book["Semaforo"].title = "Rangos 2025"
    book.save(path)
    checked = entity_book.check_entity(path)
    assert {code for code, *_ in places(checked)} == {"HOJ-002"}
    assert checked.entidad is not None
    assert [b.evaluacion for b in checked.entidad.semaforo] == ["Cumplido", "En marcha", "En riesgo", "Crítico"]


def test_what_is_left_blank_of_a_band_is_its_word_and_its_version_the_gestion(tmp_path: Path) -> None:
    lines = ("0 | Crítico | rojo | | Bajo | Atrasado", *FOUR[1:])
    made = check(tmp_path, bands(*lines)).entidad
    assert made is not None
    best, lowest = made.semaforo[0], made.semaforo[-1]
    assert (best.calificacion, best.grado, best.color) == ("Cumplido", "Cumplido", "#1B7837")
    assert (lowest.calificacion, lowest.grado, lowest.color) == ("Bajo", "Atrasado", "rojo")
    assert made.version_semaforo == "2024"


@pytest.mark.parametrize("fill", [f"#{red:02X}{green:02X}{blue:02X}" for red in (0, 90, 119, 255)
                                  for green in (0, 90, 119, 255) for blue in (0, 119, 255)])  # fmt: skip
def test_black_or_white_can_be_read_on_any_colour(fill: str) -> None:
    assert palette.contrast(fill, palette.font_on(fill)) >= palette.LEAST_CONTRAST


# --- judgement --------------------------------------------------------------------------------------------------------

WORDS = ("Crítico", "En riesgo", 'Dicho "medio"', "Ñandú", "=1+1", "Bueno", "Casi", "Óptimo", "5")
COLOURS = (*palette.NAMED_COLORS, palette.EXAMPLE)


def some_bands(rng: random.Random) -> tuple[Banda, ...]:
    """Bands as an entity may have them, best first; their limits have up to nine decimals."""
    count = rng.randint(2, 9)
    limits = {Fraction(rng.randint(1, 100 * 10**digits), 10**digits) for digits in (0, 0, 0, 1, 2, 9, 0, 1)}
    chosen = sorted([Fraction(0), *sorted(limits, key=lambda _: rng.random())[: count - 1]], reverse=True)
    words = rng.sample(WORDS, len(chosen))
    return tuple(
        Banda(float(limit), word, "", word, word, rng.choice(COLOURS))
        for limit, word in zip(chosen, words, strict=True)
    )


def exact_word(avance: Fraction, own: Sequence[Banda]) -> str:
    """The word of an avance by the sheet's own rule, in fractions: that of the last limit that it reaches."""
    judged = Fraction(round(avance * 10**9 + Fraction(1, 10**6)), 10**9)
    reached = [b for b in own if max(judged, Fraction(0)) >= Fraction(repr(b.minimo))]
    return max(reached, key=lambda b: b.minimo).evaluacion


def near(rng: random.Random, own: Sequence[Banda]) -> Fraction:
    """A limit, or a figure a little beside it; or any."""
    limit = Fraction(repr(rng.choice(own).minimo))
    return max(Fraction(0), limit + rng.choice((0, 0, 1, -1, 2, -2)) * Fraction(1, 10 ** rng.randint(2, 9)))


def test_every_avance_has_the_word_of_the_last_limit_that_it_reaches() -> None:
    rng = random.Random(13)
    for _ in range(300):
        own = some_bands(rng)
        for _ in range(30):
            avance = near(rng, own)
            found = indicators.semaforo(float(avance), own)
            assert found is not None
            assert found.evaluacion == exact_word(avance, own), (avance, own)


def test_the_ranges_in_words_say_every_limit() -> None:
    own = tuple(Banda(limit, "g", "", "c", "e", "gris") for limit in (90.0, 62.5, 0.0))
    assert indicators.semaforo_ranges(own) == ["Desde 90 %", "Desde 62,5 % y menos de 90 %", "Menos de 62,5 %"]


@pytest.mark.libreoffice
def test_the_formulas_of_both_workbooks_are_the_exact_judgement_for_random_bands(
    libreoffice: LibreOffice, tmp_path: Path
) -> None:
    rng = random.Random(21)
    path = tmp_path / "rangos.xlsx"
    expected: dict[str, str] = {}
    workbook = xlsxwriter.Workbook(str(path))
    page, tables = workbook.add_worksheet("A"), workbook.add_worksheet("T")
    for number in range(25):
        own = some_bands(rng)
        for i, band in enumerate(own):
            tables.write_string(i, 2 * number, band.evaluacion)
            tables.write_number(i, 2 * number + 1, band.minimo)
        words, limits = ([f"T!{xlsxwriter.utility.xl_rowcol_to_cell(i, 2 * number + k, True, True)}"
                          for i in range(len(own))] for k in (0, 1))  # fmt: skip
        formula = indicators.semaforo_master_formula("{}", words, limits, zero=False)
        for row in range(20):
            avance = near(rng, own)
            cell = xlsxwriter.utility.xl_rowcol_to_cell(row, 2 * number)
            page.write_number(cell, float(avance))
            shown = xlsxwriter.utility.xl_rowcol_to_cell(row, 2 * number + 1)
            page.write_formula(shown, "=" + formula.replace("{}", cell), None, "")
            expected[shown] = exact_word(avance, own)
    workbook.close()
    cells = libreoffice.recalculate(path)["A"]
    assert {cell: cells[cell].recalculated for cell in expected} == expected


def with_bands(own: tuple[Banda, ...]) -> entity.Entidad:
    return dataclasses.replace(factories.entidad(), semaforo=own, version_semaforo="2025")


def pages(seed: int) -> tuple[Banda, ...]:
    return some_bands(random.Random(seed))


@pytest.mark.libreoffice
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_master_and_unit_workbook_recalculate_to_the_words_of_random_bands(
    libreoffice: LibreOffice, tmp_path: Path, seed: int
) -> None:
    made = with_bands(pages(seed))
    cells = libreoffice.recalculate(test_master.write(tmp_path / "maestro.xlsx", 2, entidad=made))
    assert differences(cells) == []
    shown = {c.recalculated for c in cells["Cálculo"].values() if isinstance(c.recalculated, str)}
    assert shown & {b.evaluacion for b in made.semaforo}
    unit = made.by_code["DGRB"]
    for functions in ("native", "poa"):
        path = tmp_path / f"{functions}.xlsx"
        unit_workbook.write_unit_workbook(path, made, unit, factories.unit_data(unit, 2), functions=functions)
        summary = libreoffice.recalculate(path)
        assert differences(summary) == []
        told = {c.recalculated for c in summary["Resumen"].values() if isinstance(c.recalculated, str)}
        assert told & {b.evaluacion for b in made.semaforo}


@pytest.mark.libreoffice
def test_a_limit_that_is_changed_in_criterios_reaches_the_words(libreoffice: LibreOffice, tmp_path: Path) -> None:
    own = (Banda(50.0, "Sí", "", "Sí", "Sí", "verde"), Banda(0.0, "No", "", "No", "No", "gris"))
    path = test_master.write(tmp_path / "maestro.xlsx", 2, entidad=with_bands(own))
    page = sheet_of(path, "Criterios")
    (cell,) = (row[3].coordinate for row in page.iter_rows() if row[2].value == "Sí" and row[3].value == 50)
    libreoffice.set_cells_and_save(path, tmp_path / "otro.xlsx", {"Criterios": {cell: 100.5}})
    rows = sheet_of(tmp_path / "otro.xlsx", "Cálculo", data_only=True).iter_rows(values_only=True)
    told = {value for row in rows for value in row if value in ("Sí", "No")}
    assert told == {"No"}


# --- what the workbooks show ------------------------------------------------------------------------------------------


def fills(path: Path, sheet: str) -> dict[str, tuple[str, str]]:
    """Word -> (fill, font) of the conditional formats of a sheet."""
    page = sheet_of(path, sheet)
    return {
        str(rule.formula[0]): (rule.dxf.fill.bgColor.rgb[2:], rule.dxf.font.color.rgb[2:])
        for ranges in page.conditional_formatting
        for rule in ranges.rules
        if rule.type == "cellIs"
    }


OWN = (
    Banda(80.0, 'El "mejor"', "", "x", 'El "mejor"', "#1B7837", "#FFFF00"),
    Banda(40.0, "Medio", "", "x", "Medio", "celeste"),
    Banda(0.0, "Bajo", "", "x", "Bajo", "negro"),
)


@pytest.mark.parametrize("sheet", ["Cálculo", "Criterios", "Resumen"])
def test_words_have_the_colours_that_the_entity_gives_them(tmp_path: Path, sheet: str) -> None:
    made, path = with_bands(OWN), tmp_path / "libro.xlsx"
    if sheet == "Resumen":
        unit_workbook.write_unit_workbook(path, made, made.by_code["DGRB"], {}, functions="native")
    else:
        test_master.write(path, 2, entidad=made)
    shown = fills(path, sheet)
    assert shown['"El ""mejor"""'] == ("1B7837", "FFFF00")
    assert shown['"Medio"'] == (palette.NAMED_COLORS["celeste"][1:], "000000")
    assert shown['"Bajo"'] == ("000000", "FFFFFF")
    assert '"Satisfactorio"' not in shown


def test_criterios_lists_each_band_once_with_its_range_and_version(tmp_path: Path) -> None:
    path = test_master.write(tmp_path / "maestro.xlsx", 2, entidad=with_bands(OWN))
    rows = list(sheet_of(path, "Criterios", data_only=True).iter_rows(values_only=True))
    first = next(n for n, row in enumerate(rows) if row[0] == "Grado de avance")
    assert "versión 2025" in str(rows[first - 1][0])
    assert [row[1:4] for row in rows[first + 1 : first + 4]] == [
        ("Desde 80 %", 'El "mejor"', 80),
        ("Desde 40 % y menos de 80 %", "Medio", 40),
        ("Menos de 40 %", "Bajo", 0),
    ]
    assert rows[first + 4][2] is None


def test_the_names_of_colours_are_said_where_they_are_typed() -> None:
    described = sheets.sheet("entidad", "semaforo").column("color").description
    for name in palette.NAMED_COLORS:
        assert re.search(rf"\b{name}\b", described)
