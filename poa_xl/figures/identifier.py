"""The id of a figure: `[level:]code.indicator.period`, read from its right end: codes hold dots, blanks and «/»."""

from dataclasses import dataclass

from poa_xl.errors import PoaError
from poa_xl.figures.vocabulary import ALIASES, ENTITY, INDICATORS, LEVELS, PERIODS, UnitOfMeasure
from poa_xl.messages import figures as words

_LEVEL, _PART = ":", "."
_IN_CODE, _ESCAPE = "/", "\\"


class FigureError(PoaError):
    """A text names no figure, or more than one."""


@dataclass(frozen=True)
class FigureId:
    """Which figure: of which node, what of it, and when. Without `level` the code alone says which node.

    The entity's have no level. Raises `FigureError` for words that are not of the closed lists.
    """

    level: str
    code: str
    indicator: str
    period: str

    def __post_init__(self) -> None:
        if not self.code:
            raise FigureError(words.NO_CODE)
        if self.level and self.level not in LEVELS:
            raise FigureError(words.unknown_level(self.level, LEVELS))
        if self.indicator not in INDICATORS:
            raise FigureError(words.unknown_indicator(self.indicator, INDICATORS))
        if self.period not in PERIODS:
            raise FigureError(words.unknown_period(self.period, PERIODS, self.period in ALIASES))
        if not self.level and _split_level(self.code)[0]:
            raise FigureError(words.needs_level(self.code))

    def __str__(self) -> str:
        return joined(self.node, self.indicator, self.period)

    @property
    def node(self) -> str:
        """`area:DGAJ`, or the code alone."""
        return f"{self.level}{_LEVEL}{self.code}" if self.level else self.code

    @property
    def unit(self) -> UnitOfMeasure:
        """In what the figure is measured."""
        return INDICATORS[self.indicator]


def joined(node: str, indicator: str, period: str) -> str:
    """The text of an id."""
    return f"{node}{_PART}{indicator}{_PART}{period}"


def _split_level(node: str) -> tuple[str, str]:
    """Level and code. A code may hold «:» too: only a level that there is counts as one."""
    level, colon, code = node.partition(_LEVEL)
    return (level, code) if colon and level in LEVELS else ("", node)


def parse(text: str) -> FigureId:
    """The id that a text is. Raises `FigureError` where it is none."""
    rest, _, period = text.rpartition(_PART)
    node, dot, indicator = rest.rpartition(_PART)
    if not dot:
        raise FigureError(words.not_an_id(text))
    try:
        return FigureId(*_split_level(node), indicator, period)
    except FigureError as error:
        raise FigureError(words.wrong_id(text, str(error))) from None


def node_id(level: str, parts: tuple[str, ...], indicator: str, period: str) -> FigureId:
    """The id of a figure of a node whose code has these parts, such as (area, group).

    A «/» of a part stays apart from the one between two, but for the last part, which needs no mark.
    """
    code = _IN_CODE.join([*map(_escaped, parts[:-1]), parts[-1]])
    bare = level == ENTITY and not _split_level(code)[0]
    return FigureId("" if bare else level, code, indicator, period)


def _escaped(part: str) -> str:
    return part.replace(_ESCAPE, _ESCAPE * 2).replace(_IN_CODE, _ESCAPE + _IN_CODE)
