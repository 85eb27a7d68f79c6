"""A step of a trail: a figure, a row or a cell with what it holds, by which rule, of which parts.

Parts are made when somebody asks for them: a figure of the entity has ten thousand rows below it.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from poa_xl import cells, indicators
from poa_xl.cells import Value
from poa_xl.figures import UnitOfMeasure
from poa_xl.indicators import Meta, OperationTotals
from poa_xl.master_book import Place

Number = float | str | None
_DECIMALS = 2
_ROUNDED = frozenset((UnitOfMeasure.POINTS, UnitOfMeasure.BS))
_PERCENT = "%"
_OF_THE_YEAR = frozenset(("eficacia", "rango_ideal", "desviacion", "ponderacion", "brecha"))  # points of it


class TypedCell(NamedTuple):
    """A cell of a workbook of a unit or of the entity: its column, its address and what the master has of it."""

    column: str  # its name in the schema
    title: str
    celda: str
    value: Value


class RowOrigin(NamedTuple):
    """A row of a workbook as it was received. `fila` is 0 where the master does not say which."""

    archivo: str
    sha256: str
    hoja: str
    fila: int
    key: str  # of the sheet in the schemas
    known_by: Mapping[str, Value] = {}  # what finds the row, where its number is not known


class Note(NamedTuple):
    """What was found or accepted at a place: its kind in a word, the code, the place and the sentence."""

    clase: str
    codigo: str
    lugar: str
    texto: str


class TaskResult(NamedTuple):
    """What the row of a task comes to: its months, its own goal and its own weight."""

    programado: tuple[float | None, ...]
    ejecutado: tuple[float | None, ...]
    meta: tuple[str, str, float | None]
    peso: float | None


class OperationResult(NamedTuple):
    """What an operation comes to, with its own weight among those of its unit."""

    totals: OperationTotals
    peso: float | None
    metas: tuple[Meta, ...] = ()


Result = Number | TaskResult | OperationResult
Own = Mapping[str, Value]
Compute = Callable[[Own, Sequence[Result]], Result]


def number(result: Result) -> Number:
    """The figure of what was computed: of an operation its avance, of a task none."""
    if isinstance(result, OperationResult):
        return result.totals.avance
    return None if isinstance(result, TaskResult) else result


def no_rule(_: Own, __: Sequence[Result]) -> Result:
    """Of what is no figure by itself."""
    return None


@dataclass(frozen=True, eq=False)
class Step:
    """A step. `rule` says how it is computed, `said` the same with its numbers; `compute` does it anew."""

    title: str
    value: Number = None
    unit: UnitOfMeasure = UnitOfMeasure.WORD
    id: str = ""
    node: str = ""  # what the node of a figure is called
    kind: tuple[str, str] = ("", "")  # indicator and period of a figure
    place: Place | None = None
    rule: str = ""
    origin: RowOrigin | None = None
    typed: tuple[TypedCell, ...] = ()
    notes: tuple[Note, ...] = ()
    extra: tuple[str, ...] = ()
    weights: tuple[float, ...] = ()  # of its parts, where the master states them
    computed: bool = True  # whether its value is that of its parts
    typed_over: bool = False  # somebody put a value into the cell of the master in the place of its formula
    compute: Compute = field(default=no_rule, repr=False)
    of_parts: Callable[[], Sequence["Step"]] = field(default=tuple, repr=False)
    with_numbers: Callable[[Sequence["Step"]], str] = field(default=lambda _: "", repr=False)

    @cached_property
    def parts(self) -> tuple["Step", ...]:
        """What it is computed of."""
        return tuple(self.of_parts())

    @cached_property
    def said(self) -> str:
        """Its rule with the numbers put in; '' where there is none."""
        return self.with_numbers(self.parts)

    @property
    def own(self) -> Own:
        """What its own cells hold, by column."""
        return {one.column: one.value for one in self.typed}

    @cached_property
    def result(self) -> Result:
        """What it comes to, of the cells as the master has them."""
        return self.compute(self.own, [part.result for part in self.parts])

    @property
    def shown(self) -> str:
        """Its value as Bolivia writes it; '' of a row."""
        if self.unit is UnitOfMeasure.WORD and self.value is None:
            return "" if not self.id else indicators.MISSING
        said = shown(self.value, self.unit)
        return said.replace(f" {_PERCENT}", f" {UnitOfMeasure.POINTS}") if self.kind[0] in _OF_THE_YEAR else said

    def walk(self) -> Iterator["Step"]:
        """It and all below it, each once, from above."""
        seen, pending = set[int](), [self]
        while pending:
            step = pending.pop()
            if id(step) in seen:
                continue
            seen.add(id(step))
            yield step
            pending.extend(reversed(step.parts))


def shown(value: object, unit: UnitOfMeasure = UnitOfMeasure.COUNT) -> str:
    """A value as Bolivia writes it, with its unit."""
    plain = bare(value, unit)
    if not isinstance(value, int | float):
        return plain
    if unit is UnitOfMeasure.BS:
        return f"Bs {plain}"
    return f"{plain} {_PERCENT}" if unit is UnitOfMeasure.POINTS else plain


def bare(value: object, unit: UnitOfMeasure = UnitOfMeasure.COUNT) -> str:
    """The same without its unit."""
    if value is None:
        return indicators.MISSING
    if isinstance(value, str):
        return value
    if isinstance(value, int | float):
        if unit in _ROUNDED:
            return cells.number(indicators.round_half_up(value), _DECIMALS)
        return cells.number(value)
    return cells.show(value)
