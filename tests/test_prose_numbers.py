"""Which figures stand in a text: cases that an official can read, and what holds for every text."""

import sys
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
import yaml
from hypothesis import example, given, settings, strategies as st

from poa_xl import cells, prose_numbers
from poa_xl.figures import UnitOfMeasure
from poa_xl.messages import prose_numbers as words
from poa_xl.prose_numbers import Number, NumberForm, NumberUnit, agrees, find

CASES = yaml.safe_load((Path(__file__).parent / "cases" / "numeros_en_texto.yaml").read_text(encoding="utf-8"))
FLAT = [case for section in CASES.values() for case in section]
FEWEST = 120
Row = tuple[str, Decimal, str, int, str, tuple[Decimal, ...]]


def shown(number: Number) -> Row:
    return number.text, number.value, str(number.unit), number.decimals, str(number.form), number.others


def expected(row: Sequence[Any]) -> Row:
    text, value, unit, decimals, *form = row
    return text, Decimal(value), unit, decimals, form[0] if form else "", tuple(map(Decimal, form[1:]))


@pytest.mark.parametrize("case", FLAT, ids=lambda case: ascii(case["texto"])[:60])
def test_the_figures_of_a_text_are_found_and_nothing_else(case: dict[str, Any]) -> None:
    assert [shown(number) for number in find(case["texto"], case.get("codigos", ()))] == list(
        map(expected, case["hay"])
    )


def test_every_rule_has_texts_with_figures_and_without_and_there_are_many() -> None:
    assert len(FLAT) >= FEWEST
    assert [name for name, cases in CASES.items() if all(case["hay"] for case in cases)] == []
    assert {row[4] for case in FLAT for row in case["hay"] if len(row) > 4} | {""} == set(NumberForm)


def test_each_form_that_is_told_has_its_words_and_no_other() -> None:
    assert set(words.FORMS) == {str(form) for form in NumberForm if form is not NumberForm.FINE}


@pytest.mark.parametrize("form", NumberForm)
def test_what_is_told_of_a_form_names_the_text_and_the_reading(form: NumberForm) -> None:
    said = words.form(str(form), "1.234", ("1234", "1,234"))
    assert (said == "") == (form is NumberForm.FINE)
    assert form is NumberForm.FINE or ("«1.234»" in said and "1234" in said and said.endswith("."))
    assert ("1234 o 1,234" in said) == (form is NumberForm.AMBIGUOUS)


SENTENCES = (
    "{}", "fue de {}", "fue de {}.", "{}, como antes", "fue buena ({}) y", "«{}»", "entre ambos: {};", "5.2 Avance: {}",
    "al 30 de junio de 2024, {}", "la R.M. 066-2024 fijó {} para el 2T",
)  # fmt: skip
MARKS = {"": "", " %": "puntos", "\u00a0%": "puntos", "\u202f%": "puntos", " por ciento": "puntos", " bolivianos": "Bs"}
amounts = st.decimals(-(10**13), 10**13, allow_nan=False, allow_infinity=False, places=2)


@settings(max_examples=40)
@given(amounts, st.sampled_from(SENTENCES), st.sampled_from(sorted(MARKS)))
def test_a_value_as_our_pages_write_it_is_found_again_with_exactly_that_value(
    value: Decimal, sentence: str, mark: str
) -> None:
    written = cells.number(float(value), 2)
    exact = Decimal(written.replace(".", "").replace(",", "."))
    (number,) = find(sentence.format(f"{written}{mark}"))
    assert (number.value, number.unit, number.decimals, number.form) == (exact, MARKS[mark], 2, NumberForm.FINE)
    assert number.text == f"{written}{mark}"


@settings(max_examples=40)
@given(st.text(st.characters(exclude_categories=["Nd", "Cs"]), max_size=60))
def test_a_text_without_digits_has_no_figures(text: str) -> None:
    assert find(text) == ()


pieces = st.sampled_from(
    ["92,78", "1.234", "12", "Bs", "%", " ", "\u00a0", "-", "–", "−", "(", ")", "mil", "millones", "de", "a", "y", "entre",
     ".", ",", "/", "N°", "Ley", "2T", "\u00ad", "\u200b", "５", "a\u0301", "İ", "ﬁ", "𝟗", "\n", "\t", "'", "5.2", "2024",
     "570 0 003", "@", "puntos", ".-", "$us", "bolivianos"]
)  # fmt: skip
texts = st.one_of(st.text(max_size=40), st.lists(pieces, max_size=20).map("".join))


@settings(max_examples=40)
@given(texts)
@example("1.000.0000")
@example("1'000.000.5")
def test_places_are_those_of_the_text_in_order_and_overlap_nowhere(text: str) -> None:
    at = 0
    for number in find(text, ["570 0 003"]):
        assert at <= number.start < number.end
        assert text[number.start : number.end] == number.text
        assert any(character.isdecimal() for character in number.text)
        at = number.end


@settings(max_examples=40)
@given(texts)
def test_a_figure_has_a_unit_or_a_separator(text: str) -> None:
    for number in find(text):
        plain = unicodedata.normalize("NFKC", number.text)
        assert number.unit in (NumberUnit.POINTS, NumberUnit.BS) or any(mark in plain for mark in ".,' \u066b’´")


@settings(max_examples=40)
@given(st.decimals(0, 10**6, places=2, allow_nan=False), st.sampled_from(["\u00ad", "\u200b", "\u2060"]), st.data())
def test_what_is_not_seen_within_a_number_changes_nothing_of_it(
    value: Decimal, unseen: str, data: st.DataObject
) -> None:
    written = f"{cells.number(float(value), 2)} %"
    at = data.draw(st.integers(1, len(written) - 1))
    (plain,), (split,) = find(written), find(f"{written[:at]}{unseen}{written[at:]}")
    assert (split.value, split.unit, split.form) == (plain.value, plain.unit, plain.form)


UNITS = [
    "fue de 92,78 % y Bs 1.234,56. ", "1 ", "1", "1.", "1,", "1 234 ", "Bs ", "-1", "(1", "20-30 % ", "5.2, ", "a" * 50,
    "de 2 millones 500 mil ", "30/06/2024 ", "\n5.2 A", " ", "570 0 003 ", "570 0 ", "Ley 1.178 y ", "@ ", "–", "\u00ad",
    "Resolución ", "1'", "N", "por ciento ",
]  # fmt: skip


def lines_run(call: Callable[[], object]) -> int:
    """How many lines of Python a call runs: its work as far as it is no single search of a pattern."""
    count = 0

    def trace(_frame: FrameType, event: str, _: object) -> Any:
        nonlocal count
        count += event == "line"
        return trace

    before = sys.gettrace()
    sys.settrace(trace)
    try:
        call()
    finally:
        sys.settrace(before)
    return count


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: ascii(unit)[:20])
def test_twice_the_text_takes_twice_the_lines_of_code(unit: str) -> None:
    find(unit * 60, ["570 0 003"])  # what is remembered of characters is so before it is counted
    once, twice = (lines_run(lambda n=n: find(unit * n, ["570 0 003"])) for n in (60, 120))  # type: ignore[misc]
    assert once > 100
    assert twice <= 2.05 * once


def test_a_very_long_run_of_digits_is_no_number_and_a_long_one_is_exact() -> None:
    assert find(f"Bs {'9' * 100_000}") == ()
    (number,) = find(f"Bs {'9' * 40},25")
    assert number.value == Decimal(f"{'9' * 40}.25")


AGREEMENT: list[tuple[str, object, str, bool]] = [
    ("92,78 %", Decimal("92.78"), "puntos", True),
    ("92,8 %", Decimal("92.78"), "puntos", True),
    ("93 %", Decimal("92.78"), "puntos", True),
    ("92 %", Decimal("92.78"), "puntos", False),
    ("92,7 %", Decimal("92.78"), "puntos", False),
    ("92,780 %", Decimal("92.78"), "puntos", True),
    ("92,781 %", Decimal("92.78"), "puntos", False),
    ("0,5 %", Decimal("0.45"), "puntos", True),
    ("-0,5 %", Decimal("-0.45"), "puntos", True),
    ("0,4 %", Decimal("0.45"), "puntos", False),
    ("0,5 %", Fraction(9, 20), "puntos", True),
    ("66,67 %", Fraction(200, 3), "puntos", True),
    ("66,66 %", Fraction(200, 3), "puntos", False),
    ("0,3 %", 0.3, "puntos", True),
    ("2,68 %", 2.675, "puntos", True),
    ("100 %", 100, "puntos", True),
    ("92,78", Decimal("92.78"), "puntos", True),
    ("92,78", Decimal("92.78"), "Bs", True),
    ("92,78 %", Decimal("92.78"), "Bs", False),
    ("92,78 %", Decimal("92.78"), "cantidad", False),
    ("Bs 92,78", Decimal("92.78"), "puntos", False),
    ("USD 92,78", Decimal("92.78"), "Bs", False),
    ("355,2 millones", Decimal("355202151.00"), "Bs", True),
    ("Bs 355,2 millones", Decimal("355202151.00"), "Bs", True),
    ("Bs 355 millones", Decimal("355202151.00"), "Bs", True),
    ("Bs 355,3 millones", Decimal("355202151.00"), "Bs", False),
    ("Bs 355,20 millones", Decimal("355202151.00"), "Bs", True),
    ("Bs 355,21 millones", Decimal("355202151.00"), "Bs", False),
    ("Bs 355.202 mil", Decimal("355202151.00"), "Bs", True),
    ("Bs 355.202.151", Decimal("355202151.00"), "Bs", True),
    ("Bs 355.202.000", Decimal("355202151.00"), "Bs", False),
    ("2 millones 500 mil bolivianos", Decimal("2500499.99"), "Bs", True),
    ("2 millones 500 mil bolivianos", Decimal("2500500"), "Bs", False),
    ("-3,5 puntos", Decimal("-3.5"), "puntos", True),
    ("-3,5 puntos", Decimal("3.5"), "puntos", False),
    ("3,5 puntos", Decimal("-3.5"), "puntos", False),
    ("-0,0 %", Decimal("-0.04"), "puntos", True),
    ("0,0 %", Decimal("-0.04"), "puntos", True),
    ("92.78 %", Decimal("92.78"), "puntos", True),
    ("1.234", Decimal(1234), "cantidad", True),
    ("1.234", Decimal("1.234"), "puntos", True),
    ("1.234", Decimal("1.2345"), "puntos", False),
    ("1.234 %", Decimal("1.234"), "puntos", False),
    ("(3,5 %)", Decimal("-3.5"), "puntos", True),
    ("(3,5 %)", Decimal("3.5"), "puntos", True),
    ("(3,5) puntos", Decimal("3.5"), "puntos", False),
]


@pytest.mark.parametrize(("text", "value", "unit", "same"), AGREEMENT)
def test_a_number_agrees_where_the_figure_rounds_half_up_to_what_is_written(
    text: str, value: Decimal, unit: str, same: bool
) -> None:
    (number,) = find(text)
    assert agrees(number, value, unit) == same


@settings(max_examples=40)
@given(st.integers(-(10**15), 10**15), st.integers(0, 6))
def test_less_is_written_of_a_value_by_rounding_it_in_whole_numbers(cents: int, fewer: int) -> None:
    """Half-up by whole numbers alone: of the cents, `fewer` digits are left out, with or without the decimals."""
    step = 10**fewer
    steps = (2 * abs(cents) + step) // (2 * step)
    nearest = -steps if cents < 0 else steps
    value = Decimal(cents).scaleb(-2)
    as_written = prose_numbers.Number(0, 1, "", Decimal(nearest).scaleb(fewer - 2), NumberUnit.BS, 0)
    beside = prose_numbers.Number(0, 1, "", Decimal(nearest + 1).scaleb(fewer - 2), NumberUnit.BS, 0)
    assert agrees(as_written, value, UnitOfMeasure.BS)
    assert not agrees(beside, value, UnitOfMeasure.BS)


@pytest.mark.parametrize("unit", [NumberUnit.POINTS, NumberUnit.BS])
def test_units_are_those_of_the_figures(unit: NumberUnit) -> None:
    assert str(unit) in {str(measure) for measure in UnitOfMeasure}
