"""The figure that a question means: an id, a cell of the master, or words. Between two nothing is chosen."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import get_close_matches
from typing import NamedTuple

from poa_xl import titles
from poa_xl.errors import WrongUseError
from poa_xl.explanation import references
from poa_xl.explanation.trail import Trail
from poa_xl.figures import INDICATORS, PERIODS, FigureError, FigureId, absolute_period, parse
from poa_xl.figures.vocabulary import ALIASES, up_to
from poa_xl.master_book import Place
from poa_xl.messages import explain as words
from poa_xl.sheets import MESES, TRIMESTRES

_CELL = re.compile(r"\s*'?(?P<sheet>[^!]+?)'?\s*!\s*\$?(?P<column>[A-Za-z]{1,3})\$?(?P<row>[1-9][0-9]{0,6})\s*")
_WORD = re.compile(r"[\w%./-]+")
_HOPS = 8  # references that follow one another
_MOST, _ALIKE = 6, 0.6
_BY_LEVEL = frozenset(("parte", "fuentes", "presupuesto"))  # whose codes are those of other nodes too
_ASKED = ("avance", "eficacia", "ejecucion")


class QuestionError(WrongUseError):
    """A question that names no figure, or more than one; `near` are ids that may be meant."""

    def __init__(self, template: str, near: Sequence[str] = (), **values: object) -> None:
        super().__init__(template, **values)
        self.near = tuple(near)


def answer(trail: Trail, text: str) -> FigureId:
    """The figure that is meant. QuestionError where there is none, or more than one may be meant."""
    asked = " ".join(text.split())
    cell = _CELL.fullmatch(asked)
    if cell and (found := _by_cell(trail, cell)) is not None:
        return found
    by_id = _by_id(trail, asked)
    return by_id if by_id is not None else _by_words(trail, asked)


# --- ids ----------------------------------------------------------------------------------------------------


def _by_id(trail: Trail, asked: str) -> FigureId | None:
    """That of an id, also with a relative period; None of a text that is no id. QuestionError where it is not there."""
    head, _, period = asked.rpartition(".")
    if period in ALIASES:
        asked = f"{head}.{absolute_period(period, trail.book.trimestre)}"
    try:
        parse(asked)
    except FigureError as error:
        if not _like_an_id(asked):
            return None
        raise QuestionError("{porque}", _alike(trail, asked), porque=str(error)) from error
    try:
        return trail.book.figures.find(asked).id
    except FigureError as error:
        near = _ids_in(trail, str(error)) or _alike(trail, asked)
        raise QuestionError("{porque}", near, porque=str(error)) from error


def _like_an_id(asked: str) -> bool:
    """Whether a text that is no id must have been meant as one: its end is that of one, as far as it goes."""
    _, first, rest = asked.rpartition(".")
    head, second, indicator = asked.removesuffix(f".{rest}").rpartition(".")
    return bool(first and second and head) and (rest in PERIODS or indicator in INDICATORS)


def _ids_in(trail: Trail, text: str) -> list[str]:
    """The ids that a message names."""
    return [
        p for part in re.split(r"«|»|, | o | y |: escriba |Se parecen |\.(?= |$)", text) if trail.has(p := part.strip())
    ]


def _alike(trail: Trail, asked: str) -> list[str]:
    return get_close_matches(asked, [str(f.id) for f in trail.book.figures], _MOST, _ALIKE)


# --- cells --------------------------------------------------------------------------------------------------


def _by_cell(trail: Trail, asked: re.Match[str]) -> FigureId | None:
    """The figure of a cell, or of the cell that it shows again. QuestionError where it shows none."""
    by_key = {titles.key(name): name for name in trail.book.sheet_names}
    sheet = by_key.get(titles.key(asked["sheet"]))
    if sheet is None:
        near = get_close_matches(titles.key(asked["sheet"]), by_key, 2)
        said = words.near_sheets([by_key[key] for key in near])
        raise QuestionError(words.NO_SHEET, hoja=asked["sheet"], parecidas=said)
    place = Place(sheet, f"{asked['column'].upper()}{asked['row']}")
    first, seen = place, set[Place]()
    while place not in seen and len(seen) < _HOPS:
        seen.add(place)
        if place in trail.book.by_place:
            return parse(trail.book.by_place[place])
        formula = trail.book.formula(place)
        there = references.alone(formula, place.sheet) if formula else None
        if there is None:
            named = references.of(formula, place.sheet) if formula else []
            near = [trail.book.by_place[p] for p in named if p in trail.book.by_place][:_MOST]
            raise QuestionError(f"{words.NO_CELL} {{ayuda}}", near, celda=first, ayuda=words.near(near))
        place = there
    raise QuestionError(f"{words.NO_CELL} {{ayuda}}", celda=first, ayuda=words.HOW_TO_ASK)


# --- words --------------------------------------------------------------------------------------------------


class _Phrase(NamedTuple):
    """What some words mean: one of the closed lists."""

    meaning: str
    words: tuple[str, ...]


def _tokens(text: str) -> tuple[str, ...]:
    plain = titles.without_case_and_accents(text.replace("«", " ").replace("»", " "))
    return tuple(t for t in (token.strip(".,;:") for token in _WORD.findall(plain)) if t)


def _without_idle(said: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(token for token in said if token not in words.IDLE)


def _phrases(listed: Mapping[str, Iterable[str]]) -> list[_Phrase]:
    """The longest first."""
    found = {_Phrase(meaning, _tokens(said)) for meaning, all_said in listed.items() for said in all_said}
    return sorted(found, key=lambda phrase: (-len(phrase.words), phrase.words, phrase.meaning))


_INDICATOR_PHRASES = _phrases(words.INDICATORS)
_LEVELS = [_Phrase(phrase.meaning, _without_idle(phrase.words)) for phrase in _phrases(words.LEVELS)]


def _periods(trimestre: int) -> list[_Phrase]:
    relative = {
        TRIMESTRES[trimestre - 1]: words.QUARTER,
        up_to(trimestre): words.ACCUMULATED,
        **({TRIMESTRES[trimestre - 2]: words.BEFORE} if trimestre > 1 else {}),
    }
    both = [*_phrases(words.PERIODS), *_phrases(relative)]
    return sorted(both, key=lambda phrase: -len(phrase.words))


def _by_words(trail: Trail, asked: str) -> FigureId:
    tokens = list(_tokens(asked))
    indicator = _taken(tokens, _INDICATOR_PHRASES)
    period = _taken(tokens, _periods(trail.book.trimestre))
    kept = [token for token in tokens if token not in words.IDLE]
    found = list(_found(trail, tuple(kept), indicator, period))
    if len(found) == 1:
        return found[0]
    if found:
        raise QuestionError(
            "{porque}", [str(one) for one in found[:_MOST]], porque=words.several(asked, list(map(str, found)))
        )
    near = _near(trail, kept, indicator, period)
    raise QuestionError(words.NOT_FOUND, near, texto=asked, ayuda=words.near(near))


def _taken(tokens: list[str], phrases: Sequence[_Phrase]) -> str:
    """What the first of the longest phrases means that stands in some words, which go; '' for none."""
    for phrase in phrases:
        n = len(phrase.words)
        for start in range(len(tokens) - n + 1):
            if tuple(tokens[start : start + n]) == phrase.words:
                del tokens[start : start + n]
                return phrase.meaning
    return ""


def _found(trail: Trail, said: tuple[str, ...], indicator: str, period: str) -> Iterator[FigureId]:
    """The figures that answer, of the nodes that the words name best."""
    for nodes in _nodes(trail, said):
        own = [f.id for f in trail.book.figures if f.id.node in nodes]
        by_indicator = [one for one in own if one.indicator == indicator] if indicator else own
        exact = [one for one in by_indicator if one.period == period] if period else by_indicator
        if not exact and period in TRIMESTRES:  # of what there is at the end of a quarter alone
            exact = [one for one in by_indicator if one.period == f"hasta_{period}"]
        if not exact and not indicator:
            continue
        if exact:
            yield from _usual(exact, indicator, period, trail.book.trimestre)
            return


def _usual(found: Sequence[FigureId], indicator: str, period: str, trimestre: int) -> Sequence[FigureId]:
    """Of figures that a question leaves open, those that people ask for, the quarter that is evaluated first."""
    if indicator and period:
        return found
    first = (TRIMESTRES[trimestre - 1], up_to(trimestre))
    asked = [one for one in found if indicator or one.indicator in _ASKED]
    later = [one for one in asked if period or one.period in first] or [
        one for one in asked if not _is_month(one.period)
    ]
    order = {name: n for n, name in enumerate(_ASKED)}
    return sorted(later or found, key=lambda one: (order.get(one.indicator, len(order)), one.period != first[0]))


def _is_month(period: str) -> bool:
    return period in MESES


def _nodes(trail: Trail, said: tuple[str, ...]) -> Iterator[frozenset[str]]:
    """The nodes that some words may name, from the surest reading on."""
    nodes = _named(trail)
    if not said:
        yield frozenset(node for node, names in nodes.items() if names.level == "entidad")
        return
    rest, level = list(said), ""
    exact = _matching(nodes, tuple(rest), "", whole=True)
    if exact:
        yield exact
    level = _taken(rest, _LEVELS)
    kept = tuple(token for token in rest if token not in words.IDLE)
    if level and not kept:
        yield frozenset(node for node, names in nodes.items() if names.level == level)
        return
    for whole in (True, False):
        for wanted in dict.fromkeys((level, "")):
            found = _matching(nodes, kept, wanted, whole=whole)
            if found:
                yield found


class _Names(NamedTuple):
    level: str
    code: tuple[str, ...]
    name: tuple[str, ...]


def _named(trail: Trail) -> Mapping[str, _Names]:
    found: dict[str, _Names] = {}
    for figure in trail.book.figures:
        id = figure.id  # noqa: A001
        if id.node not in found:
            code, name = trail.called(id)
            found[id.node] = _Names(id.level or "entidad", _tokens(code), _tokens(name))
    return found


def _matching(nodes: Mapping[str, _Names], said: tuple[str, ...], level: str, *, whole: bool) -> frozenset[str]:
    """The nodes of a level, or of any, whose code or name the words are (`whole`), or whose names hold them all."""
    there = {
        node: names
        for node, names in nodes.items()
        if (names.level == level if level else names.level not in _BY_LEVEL)
    }
    wanted = tuple(token for token in said if token not in words.IDLE)
    if whole:
        by_code = frozenset(node for node, names in there.items() if names.code == said)
        return by_code or frozenset(n for n, names in there.items() if _without_idle(names.name) == wanted and wanted)
    return frozenset(
        node for node, names in there.items() if wanted and set(wanted) <= {*names.code, *names.name}
    )  # fmt: skip


def _near(trail: Trail, said: Sequence[str], indicator: str, period: str) -> list[str]:
    """Figures of nodes whose names are like the words."""
    nodes = _named(trail)
    by_word: dict[str, list[str]] = {}
    for node, names in nodes.items():
        for text in {" ".join(names.code), " ".join(names.name)}:
            by_word.setdefault(text, []).append(node)
    alike = get_close_matches(" ".join(said), by_word, _MOST, _ALIKE)
    own = {node for text in alike for node in by_word[text]}
    found = [
        f.id for f in trail.book.figures
        if f.id.node in own and f.id.indicator == (indicator or "avance") and f.id.period == (period or f.id.period)
    ]  # fmt: skip
    return [str(one) for one in found[:_MOST]]
