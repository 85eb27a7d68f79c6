"""How a cell is read: numbers typed as text, and what is never guessed."""

import datetime as dt

import pytest
from hypothesis import given, strategies as st

from poa_xl import cells, titles


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,56", 1234.56),
        ("1\u00a0234,56", 1234.56),
        ("1234.56", 1234.56),
        ("1,234.56", 1234.56),
        ("1.234.567", 1234567),
        ("(1.234,50)", -1234.5),
        ("- 12", -12),
        ("1 234 567", 1234567),
        ("\u221212", -12),
        ("-1,72", -1.72),
        ("0,125", 0.125),
        ("0.125", 0.125),
        ("12,5", 12.5),
        ("007", 7),
        ("  42 \u200b", 42),
    ],
)
def test_a_number_typed_as_text_is_read_and_said(text: str, value: float) -> None:
    reading = cells.read(text, "float64")
    assert (reading.value, reading.code) == (pytest.approx(value), "CEL-001")


PERCENTAGES = (
    "100%",
    "100 %",
    "%100",
    "% 100",
    "12,5%",
    "-5 %",
    "(5 %)",
    "1.234%",
    "0%",
    "50\uff05",
    "50 por ciento",
    "50 Porciento",
)
SHOWN = [cells.Formatted(value, cells.PERCENT) for value in (1.0, 0.175, 0.07, -0.5, 0.0, 5.0)]


@pytest.mark.parametrize("raw", [*PERCENTAGES, *SHOWN], ids=str)
@pytest.mark.parametrize("unit", [cells.COUNT, cells.BS])
@pytest.mark.parametrize("dtype", ["Int64", "float64"])
def test_a_percentage_is_no_count_and_no_amount_however_it_is_stored(raw: object, unit: str, dtype: str) -> None:
    reading = cells.read(raw, dtype, unit)
    assert (reading.value, reading.code, reading.found) == (None, "CEL-013", cells.show(raw))


@pytest.mark.parametrize("stored", [0.7, 0.175, 0.07, 1.0, 0.9216, -0.5])
def test_a_column_of_percentages_reads_points_whether_typed_or_shown(stored: float) -> None:
    shown = cells.Formatted(stored, cells.PERCENT)
    points = pytest.approx(stored * 100, abs=1e-9)
    assert cells.read(shown, "float64", cells.POINTS) == (points, "", "", "")
    assert cells.read(str(shown), "float64", cells.POINTS)[:2] == (points, "CEL-001")


@pytest.mark.parametrize("raw", ["17,5 %", "%17,5", cells.Formatted(0.175, cells.PERCENT)], ids=str)
def test_a_value_of_an_indicator_is_read_in_points_and_said_in_both_storages(raw: object) -> None:
    assert cells.read(raw, "float64", cells.OF_INDICATOR) == (17.5, "CEL-014", cells.show(raw), "17,5")


@pytest.mark.parametrize(
    "text",
    ["50%%", "1%2", "%", "avance 50%", "50% y 20%", "Bs 50%", "cincuenta por ciento", "por ciento", "5 por cientos"],
)
def test_a_sign_that_makes_no_percentage_is_no_number(text: str) -> None:
    assert cells.read(text, "float64", cells.BS)[:2] == (None, "CEL-002")


def test_a_text_column_keeps_what_the_cell_shows() -> None:
    shown = cells.Formatted(0.85, cells.PERCENT)
    assert [cells.read(shown, "str")[:2], cells.read("85 %", "str")[:2]] == [("85 %", "")] * 2


FOREIGN = (
    "$us 14.193,24", "US$ 14.193,24", "14.193,24 USD", "$us14.193,24", "14.193,24$us", "14.193,24 $us.", "$ 5", "5 $", "$5",
    "€ 5", "5 €", "5 EUR", "5 euros", "S/ 5", "S/. 5", "5 soles", "R$ 5", "U$S 5", "£5", "-$us 5", "($ 5)", "$us -5",
    "5 dólares", "5 Dolares americanos", "usd 5", "Sus 100", "5 UFV", "CLP 1.000", "$us 1.234", "¥5", "Bs 5 USD",
)  # fmt: skip


@pytest.mark.parametrize("text", FOREIGN)
def test_another_currency_is_never_read_as_bolivianos(text: str) -> None:
    assert cells.read(text, "float64", cells.BS)[:3] == (None, "CEL-015", text)


OURS = [
    ("Bs 5", 5), ("5 Bs.", 5), ("BOB 5", 5), ("5 bolivianos", 5), ("1 boliviano", 1), ("Bs.5", 5), ("5Bs", 5), ("bs 5", 5),
    ("-Bs 5", -5), ("Bs -5", -5), ("(Bs 5)", -5), ("Bs (5)", -5), ("$b 5", 5), ("Bs 1.234.567,80", 1234567.8),
]  # fmt: skip


@pytest.mark.parametrize(("text", "value"), OURS)
def test_bolivianos_are_read_with_their_mark_before_or_after(text: str, value: float) -> None:
    assert cells.read(text, "float64", cells.BS)[:2] == (pytest.approx(value), "CEL-001")


@pytest.mark.parametrize("text", [*FOREIGN, *(text for text, _ in OURS)])
def test_no_currency_is_a_count(text: str) -> None:
    assert cells.read(text, "Int64")[:3] == (None, "CEL-016", text)


@pytest.mark.parametrize("text", ["usd", "$", "Bs", "5 kg", "12 informes", "Busd 5", "USDx 5", "5 Bsx", "5 de dólares"])
def test_letters_that_are_no_mark_are_no_currency(text: str) -> None:
    for unit in (cells.COUNT, cells.BS):
        assert cells.read(text, "float64", unit)[:2] == (None, "CEL-002")


@pytest.mark.parametrize("text", ["Bs.-500", "Bs.- 500", "bs.-500"])
def test_the_dash_of_bills_is_not_taken_for_a_minus(text: str) -> None:
    assert cells.read(text, "float64", cells.BS) == (None, "CEL-003", text, "500 o -500")


def test_another_currency_that_the_cell_shows_leaves_the_number_and_is_said() -> None:
    shown = cells.Formatted(14193.24, "$us")
    assert cells.read(shown, "float64", cells.BS) == (14193.24, "CEL-017", "$us 14.193,24", "14193,24")
    assert cells.read(cells.Formatted(3.0, "€"), "Int64")[:2] == (3, "CEL-017")


@pytest.mark.parametrize("text", ["1.234", "1,234", "12.500", "999,999"])
def test_a_text_that_may_be_two_numbers_is_never_guessed(text: str) -> None:
    reading = cells.read(text, "float64")
    assert (reading.value, reading.code) == (None, "CEL-003")


@pytest.mark.parametrize(
    "text",
    [
        "-",
        "n/a",
        "12 informes",
        "1.23.4",
        "1,2,3",
        "12 5",
        "1 23 456",
        "1 2345",
        "(5",
        "5)",
        "1e3",
        "=1+1",
        "inf",
        "nan",
        "١٢x",
    ],
)
def test_other_text_is_no_number(text: str) -> None:
    assert cells.read(text, "float64")[:2] == (None, "CEL-002")


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (1_234_567.89, "1.234.567,89"),
        (117_921_003.47, "117.921.003,47"),
        (9_999_999_999.99, "9.999.999.999,99"),
        (-4_567_890.1, "-4.567.890,1"),
        (0.1 + 0.2, "0,3"),
        (1234.5678, "1234,5678"),
        (98.781, "98,781"),
        (1e13, "10.000.000.000.000"),
        (0.0, "0"),
        (100.0, "100"),
    ],
)
def test_a_number_is_shown_with_the_digits_that_were_typed_and_no_more(value: float, shown: str) -> None:
    assert cells.number(value) == shown


def test_what_is_said_of_a_large_amount_as_text_has_its_two_decimals() -> None:
    read = cells.read("1.234.567,89 Bs", "float64", cells.BS)
    assert (read.value, read.read_as) == (1_234_567.89, "1234567,89")


@given(st.decimals(-(10**9), 10**9, places=2, allow_nan=False))
def test_a_number_written_in_bolivian_style_is_read_back(value: object) -> None:
    text = cells.number(float(value), 2)  # type: ignore[arg-type]
    assert cells.read(text, "float64").value == pytest.approx(float(value), abs=1e-6)  # type: ignore[arg-type]


@pytest.mark.parametrize(("raw", "dtype", "value"), [
    (-1e-12, "float64", 0.0), (2.0, "Int64", 2), (2.0000000001, "Int64", 2), (12.0, "str", "12"), (1.5, "str", "1.5"), ("", "Int64", None),
    ("\u00a0 ", "str", None), ("Jose\u0301", "str", "José"), ("a \n b", "str", "a b"),
    (dt.datetime(2024, 7, 5, 0, 0), "datetime64[ns]", dt.date(2024, 7, 5)),
    ("5/7/2024", "datetime64[ns]", dt.date(2024, 7, 5)),
])  # fmt: skip
def test_ordinary_cells_are_read_without_a_finding(raw: object, dtype: str, value: object) -> None:
    assert cells.read(raw, dtype)[:2] == (value, "")


@pytest.mark.parametrize(("raw", "dtype", "code"), [
    (True, "float64", "CEL-005"), (False, "str", "CEL-005"), (True, "datetime64[ns]", "CEL-005"),
    (dt.date(2024, 1, 1), "Int64", "CEL-004"), (dt.date(2024, 1, 1), "str", "CEL-009"),
    (dt.time(1, 2), "float64", "CEL-004"), (dt.timedelta(hours=30), "float64", "CEL-004"),
    (1e20, "Int64", "CEL-011"), ("9" * 400, "Int64", "CEL-011"), ("9" * 20, "float64", "CEL-011"),
    (-1e300, "float64", "CEL-011"), (2e9, "Int64", "CEL-011"), (2.5, "Int64", "CEL-008"), ("2,5", "Int64", "CEL-008"),
    ("31/2/2024", "datetime64[ns]", "CEL-010"), (45000.0, "datetime64[ns]", "CEL-010"),
])  # fmt: skip
def test_a_cell_of_another_type_is_a_finding(raw: object, dtype: str, code: str) -> None:
    assert cells.read(raw, dtype)[:2] == (None, code)


def test_what_is_shown_reads_as_a_person_writes_it() -> None:
    assert [cells.number(v) for v in (2024, 12345, 1234.5, 0.25, -1e-12, -7)] == [
        "2024", "12.345", "1234,5", "0,25", "-0", "-7",
    ]  # fmt: skip
    assert cells.number(1234.5, 2) == "1.234,50"
    assert cells.show(dt.timedelta(days=1, hours=6)) == "30 horas"


def test_columns_have_the_letters_of_a_spreadsheet() -> None:
    assert [cells.letters(n) for n in (0, 25, 26, 51, 52, 701, 702)] == ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]


def test_titles_match_whatever_their_case_accents_and_spaces() -> None:
    assert titles.key(" PROG.  Ene") == titles.key("Prog. ene")
    assert titles.key("Gestio\u0301n") == titles.key("GESTIÓN") == titles.key("gestion")
    assert titles.key("% Ejec. 1T") != titles.key("Ejec. 1T")
