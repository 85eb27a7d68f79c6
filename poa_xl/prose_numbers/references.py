"""What counts something instead of measuring it: laws, pages, headings, hours, years, codes, and what letters join."""

import re
from collections.abc import Iterable

from poa_xl.prose_numbers import marks
from poa_xl.prose_numbers.characters import LINE_ENDS, Prose, prose

_LOOK = 48
_ADJECTIVES = (
    r"(?:ministerial|suprem[oa]|administrativ[oa]|multi-?ministerial|bi-?ministerial|legislativ[oa]|municipal"
    r"|departamental|autonomic[oa]|senatorial|camaral|general|financial|marco|organica|normativa|presidencial"
    r"|secretarial|prefectural|interna|expresa)(?:es|s)?"
)
_NORMS = rf"(?:ley(?:es)?|decretos?|resoluci(?:on|ones)|normas?|sentencias?|res\.?)(?: {_ADJECTIVES})?"
_ABBREVIATED_NORMS = r"d\.? ?s|d\.? ?l|r\.? ?m|r\.? ?s|r\.? ?a|r\.? ?d|r\.? ?b\.? ?m|arts?|articulos?"
_NUMBER = r"n\.? ?[º°]s?|n\.o|n|nros?|nos?(?=\.)|nums?|numeros?|#"
_PARTS_OF_A_DOCUMENT = (
    r"cuadros?|tablas?|grafic[oa]s?|graf|figuras?|figs?|anexos?|apendices?|paginas?|pags?|pgs?|pp?(?=\.)|fojas?|fs"
    r"|secci(?:on|ones)|numeral(?:es)?|incisos?|literal(?:es)?|puntos?|apartados?|acapites?|capitulos?|caps?|titulos?"
    r"|paragrafos?|notas?|items?|mapas?|organigramas?|formularios?|tomos?|volumen|vol|version(?:es)?|ver|vease"
)
_REGISTERS = (
    r"cites?|cods?|codigos?|nit|c\.? ?i|cedulas?|telf?s?|telefonos?|cel|celular(?:es)?|fax|casilla|cuentas?|cta"
    r"|expedientes?|hoja de ruta|h\.? ?r|nuri|comprobantes?|preventivos?|facturas?|contratos?|partidas?|fuentes?"
    r"|organismos?|acp|amp|ue|operaci(?:on|ones)|actividad(?:es)?|tareas?|pilar(?:es)?|categorias?"
)
_PARTS_OF_A_PLAN = r"ejes?|metas?|resultados?|objetivos?|lineamientos?|acci(?:on|ones)|productos?|indicador(?:es)?"
MOST_PARTS = 30  # of a document or a plan: «Meta 10.2» numbers one, «Meta 92.78» does not
_LABEL = re.compile(
    rf"(?<![a-z0-9])(?:{_NORMS}|{_ABBREVIATED_NORMS}|{_NUMBER}|{_PARTS_OF_A_DOCUMENT}|(?:{_REGISTERS})(?:\.?:)?)"
    r"[.]?(?P<gap> {0,3})$"
)
_PART_LABEL = re.compile(rf"(?<![a-z0-9])(?:{_PARTS_OF_A_PLAN}) {{1,3}}$")
_LIST = re.compile(r" ?(?:[,;]|[-–/]| (?:y|e|o|u|al?|hasta)) {0,2}")
_SHORT_LIST = re.compile(r"[0-9],[0-9]")  # «Anexos 1,2 y 3»
_MONTHS = "enero|febrero|marzo|abril|mayo|junio|julio|agosto|septiembre|setiembre|octubre|noviembre|diciembre"
_BEFORE_A_YEAR = re.compile(
    rf"(?<![a-z])(?:anos?|gesti(?:on|ones)|ejercicios?|{_MONTHS})(?: fiscal(?:es)?)?(?: del?)? {{1,3}}$"
)
# A year in a heading of a table, with the unit of what stands below: «Presupuesto vigente 2024 Bs».
_OF_A_YEAR = re.compile(
    r"(?:(?<![a-z])(?:presupuesto|vigente|ppto\.?|poa|devengado|ejecucion|avance|eficacia|meta|(?:tri|se)mestre)"
    r"|[1-4]\.?[ºo]?t) {1,3}$"
)
_YEAR = re.compile(r"(?:19[5-9]|20[0-9])[0-9]")
_POINTED_YEAR = re.compile(r"(?:1\.9[5-9]|2\.0[0-9])[0-9]")
_HOUR = re.compile(r"(?:[01]?[0-9]|2[0-3])\.[0-5][0-9]")
_BEFORE_AN_HOUR = re.compile(r"(?<![a-z])(?:horas?|hrs?\.?|hs\.?|las?) ?:? {0,3}$")
_BEHIND_AN_HOUR = re.compile(r" {0,3}(?:horas?|hrs?|hs?|a\. ?m|p\. ?m|am|pm)(?![a-z])")
_JOINTS_OF_CODES = frozenset("-/")  # other dashes part a number from a word
_JOINTS = _JOINTS_OF_CODES | frozenset("–—−")
_HEADING = re.compile(r"[ \t]{0,20}(?:[12][0-9]|[1-9])(?:\.(?:[12][0-9]|[1-9])){1,5}(?:\.-|[.)-])?[ \t]{1,20}")
_PARAGRAPHS = re.compile(rf"(?<=[{LINE_ENDS}])")
_WORD = re.compile(r"[^\s]+")


def addresses(text: str) -> list[tuple[int, int]]:
    """Where addresses of the web and of mail stand."""
    if "@" not in text and "www." not in text and "://" not in text:
        return []
    words = _WORD.finditer(text)
    return [word.span() for word in words if "@" in word[0] or "www." in word[0] or "://" in word[0]]


def headings(prose: Prose) -> list[tuple[int, int]]:
    """Where the numbers of headings stand: «5.2 Seguimiento», at the start of a line and before a capital letter."""
    starts = [0, *(found.start() for found in _PARAGRAPHS.finditer(prose.text))]
    found = (_HEADING.match(prose.text, start) for start in starts)
    return [match.span() for match in found if match and _is_title(prose, match.end())]


def _is_title(prose: Prose, at: int) -> bool:
    first = prose.as_written(at).strip("«\"“¿'") or prose.as_written(at + 1)
    unit = marks.behind(prose, at, is_whole=False)
    return first.isupper() and not unit.unit and not unit.power


def codes(text: str, known: Iterable[str]) -> list[tuple[int, int]]:
    """Where codes of an entity stand, such as «570 0 003»; one of digits alone is no figure as it is."""
    pattern = _alternatives(frozenset(known))
    if pattern is None:
        return []
    # One with points alone may be a number as well, which a unit behind it makes it.
    found = (match.span() for match in pattern.finditer(text))
    return [(start, end) for start, end in found if not _is_number(text, start, end)]


def _is_number(text: str, start: int, end: int) -> bool:
    return set(text[start:end]) <= set("0123456789.,") and bool(marks.unit_behind(text, end, is_whole=False).unit)


def _alternatives(known: frozenset[str]) -> re.Pattern[str] | None:
    from_codes = {" ".join(prose(code).text.split()) for code in known}
    parted = sorted((code for code in from_codes if not code.isdecimal() and code), key=lambda code: (-len(code), code))
    if not parted:
        return None
    listed = "|".join(re.escape(code).replace(r"\ ", " {1,3}") for code in parted)
    return re.compile(rf"(?<![a-z0-9])(?<![0-9][.,])(?:{listed})(?![a-z0-9]|[.,][0-9])")


def is_labelled(text: str, start: int) -> bool:
    """Whether a word stands before a place that numbers something: «Ley», «N.º», «Cuadro», «página»."""
    return _said(_LABEL, text, start)


def is_part_of_a_plan(text: str, start: int) -> bool:
    """Whether a word stands before a place that numbers a part of a plan, or else says what was reached."""
    return _said(_PART_LABEL, text, start)


def goes_on(text: str, end: int, start: int) -> bool:
    """Whether what stands between two numbers only lists them: «5.1, 5.2 y 5.3»."""
    return _LIST.fullmatch(text, end, start) is not None


def is_short_list(written: str) -> bool:
    """Whether what looks like a decimal is as well two numbers of a list, after a word that numbers."""
    return _SHORT_LIST.fullmatch(written) is not None


def is_year(text: str, start: int, end: int) -> bool:
    """Whether a numeral is a year, as far as it is written like one."""
    return _YEAR.fullmatch(text, start, end) is not None


def is_pointed_year(text: str, start: int, end: int) -> bool:
    """Whether «2.024» is a year, by the word before it."""
    return _POINTED_YEAR.fullmatch(text, start, end) is not None and _said(_BEFORE_A_YEAR, text, start)


def is_year_of_heading(text: str, start: int, end: int) -> bool:
    """Whether a year stands before a unit that is not its own."""
    return is_year(text, start, end) and (_said(_BEFORE_A_YEAR, text, start) or _said(_OF_A_YEAR, text, start))


def is_hour(text: str, start: int, end: int) -> bool:
    """Whether «14.30» is an hour, by what stands before or behind it."""
    shaped = _HOUR.fullmatch(text, start, end) is not None
    return shaped and (_said(_BEFORE_AN_HOUR, text, start) or _BEHIND_AN_HOUR.match(text, end) is not None)


def is_joined_before(text: str, start: int) -> bool:
    """Whether letters stand right before a place, or the «%» of an address."""
    before = text[start - 1 : start]
    return before.isalpha() or before in ("_", "%")


def is_joined_behind(text: str, end: int) -> bool:
    """Whether letters stand right behind a place."""
    return text[end : end + 1].isalpha() or text[end : end + 1] == "_"


def joint_before(text: str, start: int) -> bool:
    """Whether a dash or a stroke ties a place to letters or digits before it."""
    joint, before = text[start - 1 : start], text[start - 2 : start - 1]
    return (joint in _JOINTS and before.isdigit()) or (joint in _JOINTS_OF_CODES and before.isalpha())


def joint_behind(text: str, end: int) -> bool:
    """Whether a dash or a stroke ties a place to letters or digits behind it."""
    joint, after = text[end : end + 1], text[end + 1 : end + 2]
    return (joint in _JOINTS and after.isdigit()) or (joint in _JOINTS_OF_CODES and after.isalpha())


def _said(pattern: re.Pattern[str], text: str, start: int) -> bool:
    return pattern.search(text, max(0, start - _LOOK), start) is not None
