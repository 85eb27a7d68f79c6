"""What stands around a numeral and says what it measures: «%», «puntos», «Bs», «mil», «millones»."""

import re
from typing import NamedTuple

from poa_xl import currencies
from poa_xl.prose_numbers.characters import Prose
from poa_xl.prose_numbers.number import NumberUnit

_BILL = re.compile(r"\.-(?![0-9])")  # «500.-», as bills close an amount
_BLANKS = re.compile(r" {0,3}")
_SCALE = re.compile(
    r" {0,3}(?:(?P<million>(?P<thousands>mil {1,3})?millon(?:es)?)|(?P<billion>billon(?:es)?)|(?P<thousand>mil(?:es)?)"
    r"|(?P<short>mm))(?![a-z0-9])"
)
_POWERS = {"thousand": 3, "million": 6, "short": 6, "billion": 12}
_OF = re.compile(r" {0,3}(?:de )?")
# A «%» with a digit behind it is a character of a web address.
_PERCENT = re.compile(r" {0,3}(?:%(?![0-9])|por ?cien(?:to)?(?![a-z0-9]))")
_POINTS = re.compile(r" {0,3}(?:puntos? porcentual(?:es)?(?![a-z])|p\. ?p\.?(?![a-z])|pp(?![a-z])|pts?(?![a-z])\.?)")
_SMALLER = re.compile(r" {0,3}(?:‰|por mil(?![a-z])|puntos? (?:base|basicos?)(?![a-z]))")
_POINT_WORD = re.compile(r" {0,3}puntos?(?![a-z])")
# «5 puntos de atención» and «3 puntos fronterizos» are places. After «de» a measure is meant that has points.
_PLACES = re.compile(
    r" {1,3}(?:del? (?!(?:la |el )?(?:avance|diferencia|distancia|brecha|eficacia|eficiencia|ejecucion|crecimiento"
    r"|incremento|aumento|reduccion|disminucion|baja|caida|mejora|cumplimiento|desempeno|ventaja|desviacion|retraso))"
    r"|(?!mas|menos|tras|las|los|sus|estos|estas)[a-z]{3,20}(?:s|al|il)(?![a-z]))"
)
# «35 bolivianos» may be people.
_PEOPLE = re.compile(
    r"(?: {1,3}(?:y bolivianas|residentes|migrantes|repatriad|privad|detenid|varad|en (?:el exterior|el extranjero))"
    r"|[(/]as)"
)
_NO_MARK = frozenset({"sus", "sus."})  # of dollars in a cell; in prose a word


class NumeralMark(NamedTuple):
    """What stands at one side of a numeral: how far it reaches, and what it means."""

    at: int
    unit: NumberUnit = NumberUnit.NONE
    power: int = 0  # of ten, by which it scales
    scaled_to: int = 0  # how far it reaches without the unit


def behind(prose: Prose, end: int, is_whole: bool) -> NumeralMark:
    """What scale and unit follow a numeral."""
    scale = _SCALE.match(prose.text, end)
    if scale and (scale["short"] is None or prose.as_written(scale.start("short")) == "M"):
        power = 9 if scale["thousands"] else _POWERS[scale.lastgroup or ""]
        unit = unit_behind(prose.text, scale.end(), is_whole=False, of=True)
        return unit._replace(power=power, scaled_to=scale.end())
    return unit_behind(prose.text, end, is_whole)._replace(scaled_to=end)


def unit_behind(text: str, end: int, is_whole: bool, of: bool = False) -> NumeralMark:
    """The unit that follows a numeral; `of` where it may follow a «de»."""
    smaller = _SMALLER.match(text, end)
    if smaller:
        return NumeralMark(smaller.end(), NumberUnit.OTHER)
    points = _PERCENT.match(text, end) or _POINTS.match(text, end) or _point_word(text, end, is_whole)
    if points:
        return NumeralMark(points.end(), NumberUnit.POINTS)
    closed = _BILL.match(text, end)
    gap = (_OF if of else _BLANKS).match(text, closed.end() if closed else end)
    mark, at = currencies.beginning_at(text, gap.end()) if gap else ("", end)
    if not mark or mark in _NO_MARK or (is_whole and text[at - 1] == "s" and _PEOPLE.match(text, at)):
        return NumeralMark(end)
    return NumeralMark(at, _unit(mark))


def before(text: str, start: int) -> NumeralMark:
    """The currency that stands before a place, with blanks or a colon between."""
    at = _skip_blanks(text, start)
    if at and text[at - 1] in ":=":
        at = _skip_blanks(text, at - 1)
    mark, begin = currencies.ending_at(text, at)
    return NumeralMark(start) if not mark or mark in _NO_MARK else NumeralMark(begin, _unit(mark))


def _point_word(text: str, end: int, is_whole: bool) -> re.Match[str] | None:
    found = _POINT_WORD.match(text, end)
    return None if found and is_whole and _PLACES.match(text, found.end()) else found


def _unit(mark: str) -> NumberUnit:
    return NumberUnit.BS if mark == currencies.OURS else NumberUnit.OTHER


def _skip_blanks(text: str, at: int) -> int:
    """Where up to a few blanks before a place begin."""
    least = max(0, at - 16)  # as many as a column of amounts is filled with
    while at > least and text[at - 1] == " ":
        at -= 1
    return at
