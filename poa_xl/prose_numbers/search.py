"""The figures of a text: candidates, what refers instead of measuring left out, ranges with their unit."""

import re
from collections.abc import Iterable
from decimal import Decimal
from itertools import pairwise

from poa_xl.prose_numbers import characters, ranges, references
from poa_xl.prose_numbers.characters import Prose
from poa_xl.prose_numbers.number import Number, NumberForm, NumberUnit
from poa_xl.prose_numbers.numerals import Numeral, numerals
from poa_xl.prose_numbers.signs import Sign
from poa_xl.prose_numbers.surroundings import Candidate, Surroundings, scaled

_WORD_OF_SCALE = re.compile(r"(?<![a-z])(?:mil|millon|millones) {1,3}$")
_PARTED = re.compile(r"[0-9](?:(?: [.,] ?|·)[0-9]| [.,])$")  # «92 , 78 %», «92 ,78 %»
_LOOK = 16
_OF_FIGURES = (NumberUnit.POINTS, NumberUnit.BS)


def find(text: str, codes: Iterable[str] = ()) -> tuple[Number, ...]:
    """The figures in a paragraph, or in a cell of a table, first to last; none of them overlap.

    `codes` are texts that look like numbers and are names, such as the codes of an entity's categories.
    """
    prose = characters.prose(text)
    prose = prose.without([*references.addresses(prose.text), *references.codes(prose.text, codes)])
    prose = prose.without(references.headings(prose), str.isdigit)
    found = _whole(prose.text, _candidates(prose))
    _tell_references(prose.text, found)
    return tuple(_number(prose, each) for each in _with_ranges(prose.text, found) if _is_figure(each))


def _candidates(prose: Prose) -> list[Candidate]:
    """Every numeral with what belongs to it, first to last."""
    surroundings = Surroundings(prose)
    found: list[Candidate] = []
    for numeral in reversed(list(numerals(prose))):  # a currency between two numerals belongs to the second
        found.append(surroundings.candidate(numeral, found[-1] if found else None))
    return found[::-1]


def _whole(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """The same with the parts of one number as one."""
    found: list[Candidate] = []
    for each in candidates:
        before = found[-1] if found else None
        if before and ranges.joined(text, before, each):
            continue
        word = _WORD_OF_SCALE.search(text, max(0, each.start - _LOOK), each.start)
        each.is_partly_in_words = word is not None and (before is None or before.end <= word.start())
        found.append(each)
    return found


def _tell_references(text: str, candidates: list[Candidate]) -> None:
    before = None
    for each in candidates:
        each.is_labelled = _is_labelled(text, each, before)
        each.is_reference = each.is_labelled or _is_name(text, each)
        before = each


def _is_labelled(text: str, each: Candidate, before: Candidate | None) -> bool:
    """Whether a word numbers it, before it or before the list that it goes on."""
    numeral = each.numeral
    if each.unit is NumberUnit.POINTS or each.has_mark_before or (each.unit and numeral.is_figure):
        return False
    if numeral.has_comma and not references.is_short_list(text[numeral.start : numeral.end]):
        return False
    if _may_be_part(numeral) and references.is_part_of_a_plan(text, numeral.start):
        return True
    if references.is_labelled(text, numeral.start) or references.is_pointed_year(text, numeral.start, numeral.end):
        return True
    return _goes_on(text, before, numeral)


def _goes_on(text: str, before: Candidate | None, numeral: Numeral) -> bool:
    """Whether it goes on a list of what is numbered: «los Cuadros 5.1, 5.2 y 5.3», and not «el Cuadro 5.2 y 92.78»."""
    if before is None or not before.is_labelled or before.numeral.form is not numeral.form:
        return False
    fits = numeral.form is not NumberForm.DECIMAL_POINT or _may_be_part(numeral)
    return fits and references.goes_on(text, before.numeral.end, numeral.start)


def _may_be_part(numeral: Numeral) -> bool:
    return numeral.form is NumberForm.DECIMAL_POINT and numeral.value < references.MOST_PARTS


def _is_name(text: str, each: Candidate) -> bool:
    """Whether letters join it, or it is a year or an hour."""
    numeral = each.numeral
    start, end = numeral.start, numeral.end
    if each.has_mark_before:
        return False
    if references.is_joined_before(text, start):
        return not (numeral.has_comma and each.unit)
    if _is_joined_behind(text, each) and not numeral.has_comma:
        return True
    return references.is_year_of_heading(text, start, end) or (not each.unit and references.is_hour(text, start, end))


def _is_joined_behind(text: str, each: Candidate) -> bool:
    return each.end == each.numeral.end and references.is_joined_behind(text, each.end)


def _with_ranges(text: str, candidates: list[Candidate]) -> list[Candidate]:
    """What is no reference and no code, with the unit that it shares."""
    in_range = {
        at + step
        for at, (first, second) in enumerate(pairwise(candidates))
        if ranges.share_unit(text, first, second)
        for step in (0, 1)
    }
    kept = (at for at, each in enumerate(candidates) if not each.is_reference)
    return [candidates[at] for at in kept if at in in_range or not _is_code(text, candidates, at)]


def _is_code(text: str, candidates: list[Candidate], at: int) -> bool:
    """Whether a dash or a stroke makes a number a part of a code or a date: «POA-2024», «001/2024», «30-06-2024»."""
    each = candidates[at]
    numeral = each.numeral
    if numeral.has_comma or each.has_mark_before:
        return False
    before = references.joint_before(text, numeral.start) and each.sign is Sign.POSITIVE
    if each.unit is NumberUnit.POINTS:
        return before and _is_third(text, candidates, at)
    behind = references.joint_behind(text, numeral.end)
    return (before and not _are_figures(candidates[max(0, at - 1) : at + 1])) or (
        behind and not _are_figures(candidates[at : at + 2])
    )


def _are_figures(both: list[Candidate]) -> bool:
    """Whether two numbers beside a dash are figures by their separators: «1.500.000-2.000.000»."""
    side_by_side = len(both) > 1 and both[0].numeral.end + 1 == both[1].numeral.start
    return side_by_side and all(each.numeral.is_figure for each in both)


def _is_third(text: str, candidates: list[Candidate], at: int) -> bool:
    """Whether the number before it is tied by a dash to one before that, as in a date."""
    before = candidates[at - 1].numeral if at else None
    return (
        before is not None
        and before.end == candidates[at].numeral.start - 1
        and references.joint_before(text, before.start)
    )


def _is_figure(each: Candidate) -> bool:
    return each.numeral.is_figure or each.unit in _OF_FIGURES


def _number(prose: Prose, each: Candidate) -> Number:
    start, end = prose.start(each.start), prose.end(each.end)
    written = prose.written[start:end]
    form = _form(prose.text, each) or (NumberForm.DIGITS if characters.is_uncommon(written) else NumberForm.FINE)
    others = _others(each) if form is NumberForm.AMBIGUOUS else ()
    return Number(start, end, written, each.signed, each.unit, each.numeral.decimals, form, others)


def _form(text: str, each: Candidate) -> NumberForm:
    cut = each.has_mark_before and _is_joined_behind(text, each)  # «Bs 500M»
    parted = _PARTED.search(text, max(0, each.start - _LOOK), each.numeral.start + 1)
    if each.sign is Sign.EITHER or each.is_partly_in_words or cut or parted:
        return NumberForm.AMBIGUOUS
    return NumberForm.FINE if each.numeral.needs_unit and each.unit in _OF_FIGURES else each.numeral.form


def _others(each: Candidate) -> tuple[Decimal, ...]:
    """What else an ambiguous number may mean, as far as its own digits say it."""
    if each.sign is Sign.EITHER:
        return (each.value.copy_negate(),)
    if each.numeral.otherwise is None or (each.numeral.needs_unit and each.unit in _OF_FIGURES):
        return ()
    other = scaled(each.numeral.otherwise, each.power)
    return (other.copy_negate() if each.sign is Sign.NEGATIVE else other,)
