"""By which rule a step comes from its parts: in words, with the numbers put in, and as a computation.

The rules themselves, their words and how they are said with numbers are those of `poa_xl.indicators`.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from poa_xl import indicators
from poa_xl.cells import Value
from poa_xl.explanation.due import DueMonths
from poa_xl.explanation.step import (
    Compute,
    Number,
    OperationResult,
    Own,
    Result,
    Step,
    TaskResult,
    bare,
    no_rule,
    number,
)
from poa_xl.figures import UnitOfMeasure
from poa_xl.indicators import Banda, Criterio, GoalTask, Meta, Words
from poa_xl.messages import explain as words
from poa_xl.sheets import MESES

Said = Callable[[Sequence[Step]], str]
_PLANNED, _DONE = "programado", "ejecutado"
_COLUMNS = {stem: tuple(f"{stem}_{month}" for month in MESES) for stem in (_PLANNED, _DONE)}


class RowSaid(NamedTuple):
    """What a row comes to: its value, and its cells in words."""

    value: Number = None
    unit: UnitOfMeasure = UnitOfMeasure.WORD
    text: str = ""
    extra: tuple[str, ...] = ()


@dataclass(frozen=True)
class FigureRule:
    """A rule. `computed`: the value is that of the parts; `formula_expected`: a formula stands in the cell."""

    words: str
    compute: Compute = no_rule
    said: Said = lambda _: ""
    computed: bool = True
    formula_expected: bool = True
    of_row: Callable[[Own], RowSaid] = lambda _: RowSaid()
    weights: tuple[float, ...] = ()  # of the parts, where the master states them


def _words(told: Words) -> str:
    return f"{told.name}: {told.formula}" if told.formula else told.name


def _points(result: Result) -> float | None:
    value = number(result)
    return value if isinstance(value, int | float) else None


def _all_points(results: Sequence[Result]) -> list[float | None]:
    return [_points(result) for result in results]


def _told(parts: Sequence[Step]) -> list[str]:
    """The values of the parts that exist."""
    return [bare(part.value, part.unit) for part in parts if part.value is not None]


def _where_any(say: Callable[[Sequence[str]], str]) -> Said:
    return lambda parts: say(told) if (told := _told(parts)) else ""


def _of_two(say: Callable[[str, str], str]) -> Said:
    def said(parts: Sequence[Step]) -> str:
        told = _told(parts)
        return say(told[0], told[1]) if len(told) == 2 else ""

    return said


def _first(results: Sequence[Result]) -> Number:
    return number(results[0]) if results else None


# --- means --------------------------------------------------------------------------------------------------

NOTHING = FigureRule(words.NO_PARTS, computed=False)
LEVEL = FigureRule(
    _words(indicators.AVANCE_NIVEL),
    lambda _, parts: indicators.level_avance(_all_points(parts)),
    _where_any(indicators.mean_said),
)
OF_ACP = FigureRule(_words(indicators.AVANCE_ACP), LEVEL.compute, LEVEL.said)
ACCUMULATED = FigureRule(
    _words(indicators.AVANCE_ACUMULADO),
    lambda _, parts: indicators.accumulated_avance(_all_points(parts)),
    _where_any(indicators.mean_said),
)
ACCUMULATED_EFICACIA = FigureRule(
    f"{indicators.EFICACIA_PONDERADA.name}: {indicators.EFICACIA_PONDERADA.definition}",
    lambda _, parts: indicators.accumulated_eficacia(_all_points(parts)),
    _where_any(indicators.total_said),
)


def weighted(weights: Sequence[float]) -> FigureRule:
    """A level by the weights of what is below it."""

    def said(parts: Sequence[Step]) -> str:
        pairs = [
            (bare(part.value, part.unit), bare(weight))
            for part, weight in zip(parts, weights, strict=True)
            if part.value is not None
        ]
        return indicators.weighted_mean_said(pairs) if pairs else ""

    return FigureRule(
        _words(indicators.PESOS),
        lambda _, parts: indicators.level_avance(_all_points(parts), weights),
        said,
        weights=tuple(weights),
    )


# --- units, operations, tasks -------------------------------------------------------------------------------


def unit(due: DueMonths, *, weighed: bool) -> FigureRule:
    """A unit of its operations, by their tasks that count or by their weights."""

    def pairs(results: Sequence[Result]) -> list[tuple[float | None, float]]:
        own = [result for result in results if isinstance(result, OperationResult)]
        return [(o.totals.avance, (o.peso or 0.0) if weighed else o.totals.tareas) for o in own]

    def said(parts: Sequence[Step]) -> str:
        told = [
            (bare(indicators.capped(avance), UnitOfMeasure.POINTS), bare(weight))
            for avance, weight in pairs([part.result for part in parts])
            if avance is not None and weight
        ]
        return indicators.weighted_mean_said(told) if told else ""

    told = indicators.PESOS.formula if weighed else indicators.AVANCE_UNIDAD.formula
    cap = "" if weighed else f". {indicators.AVANCE_UNIDAD.definition}"
    return FigureRule(
        f"{indicators.AVANCE_UNIDAD.name}: {told}{cap}", lambda _, parts: indicators.unit_avance(pairs(parts)), said
    )  # fmt: skip


def goal_of(values: Mapping[str, Value], of_operation: Meta = indicators.PUBLISHED_META) -> Meta:
    """The goal that a row of an operation or a task states, with what it leaves to the one above."""
    base = values.get("linea_base")
    return of_operation.changed(
        str(values.get("tipo_meta") or ""),
        str(values.get("sentido") or ""),
        float(base) if isinstance(base, int | float) else None,
    )


def _months(own: Own, stem: str) -> tuple[float | None, ...]:
    found = [own.get(column) for column in _COLUMNS[stem]]
    return tuple([float(v) if isinstance(v, (int, float)) else None for v in found])


def _weight(own: Own) -> float | None:
    value = own.get("peso")
    return float(value) if isinstance(value, int | float) else None


def task(due: DueMonths, goal: Meta, *, by_tasks: bool) -> FigureRule:
    """The row of a task: its months; where its operation is the mean of its tasks, its points too."""

    def compute(own: Own, _: Sequence[Result]) -> Result:
        base = own.get("linea_base")
        stated = str(own.get("tipo_meta") or ""), str(own.get("sentido") or "")
        known = float(base) if isinstance(base, int | float) else None
        return TaskResult(_months(own, _PLANNED), _months(own, _DONE), (*stated, known), _weight(own))

    def of_row(own: Own) -> RowSaid:
        meta = goal_of(own, goal)
        planned, done = _months(own, _PLANNED), _months(own, _DONE)
        if by_tasks:
            points = indicators.task_figure(planned, done, (due.desde, due.hasta), due.conocido, meta)
            return RowSaid(points, UnitOfMeasure.POINTS, f"{meta.tipo}, {meta.sentido}")
        sums = [indicators.total(own) or 0 for own in (planned, done)]
        return RowSaid(text=f"{_PLANNED} {bare(sums[0])}, {_DONE} {bare(sums[1])}")

    told = _words(indicators.META_DE_TAREA) if by_tasks else ""
    return FigureRule(told, compute, computed=False, of_row=of_row)


def operation(what: str, due: DueMonths, *, by_tasks: bool) -> FigureRule:
    """Something of an operation from its tasks: its avance, or what its tasks add up to."""

    def totals(own: Own, parts: Sequence[Result]) -> OperationResult:
        rows = [part for part in parts if isinstance(part, TaskResult)]
        goal = goal_of(own)
        metas = [goal.changed(*row.meta) for row in rows]
        weights = indicators.weights_of([row.peso for row in rows])
        tasks = [
            GoalTask(row.programado, row.ejecutado, meta, peso)
            for row, meta, peso in zip(rows, metas, weights, strict=True)
        ]
        reached = indicators.operation_reached(tasks, (due.desde, due.hasta), due.conocido, by_tasks)
        return OperationResult(reached, _weight(own), tuple(metas))

    def compute(own: Own, parts: Sequence[Result]) -> Result:
        found = totals(own, parts)
        if what == "avance":
            return found
        if what == "tareas_programadas":
            return found.totals.tareas
        value = found.totals.programado if what == _PLANNED else found.totals.ejecutado
        return None if by_tasks else value or 0

    def said(parts: Sequence[Step]) -> str:
        found = totals({}, [part.result for part in parts]).totals
        if what == "avance" and by_tasks:
            rows = [part.result for part in parts if isinstance(part.result, TaskResult)]
            weights = indicators.weights_of([row.peso for row in rows])
            shown = [(part.value, weight) for part, weight in zip(parts, weights, strict=True)]
            pairs = [
                (bare(indicators.capped_points(value), UnitOfMeasure.POINTS), bare(weight))
                for value, weight in shown
                if isinstance(value, int | float)
            ]
            alike = len({weight for _, weight in pairs}) <= 1
            told = (
                indicators.mean_said([value for value, _ in pairs]) if alike else indicators.weighted_mean_said(pairs)
            )
            return told if pairs else ""
        if what == "avance":
            return indicators.ratio_said(bare(found.ejecutado or 0), bare(found.programado)) if found.programado else ""
        return ""

    method = indicators.METODOS_DE_OPERACION[indicators.POR_TAREAS] if by_tasks else indicators.AVANCE_OPERACION.formula
    told = {
        "avance": f"{indicators.AVANCE_OPERACION.name}: {method}",
        "tareas_programadas": indicators.TAREAS_DE_LA_OPERACION.note,
    }
    return FigureRule(told.get(what, f"Suma de lo {what} en sus tareas"), compute, said)


CAPPED = FigureRule(
    indicators.AVANCE_UNIDAD.definition,
    lambda _, parts: None if (value := _points(parts[0])) is None else indicators.capped(value),
    lambda parts: indicators.capped_said(told[0]) if (told := _told(parts)) else "",
)


# --- what follows from an avance ----------------------------------------------------------------------------


def eficacia(parts_of_year: int) -> FigureRule:
    """The eficacia ponderada of a month or a quarter."""
    return FigureRule(
        _words(indicators.EFICACIA_PONDERADA),
        lambda _, parts: indicators.eficacia_ponderada(_points(parts[0]), parts_of_year),
        lambda parts: indicators.eficacia_ponderada_said(told[0], parts_of_year) if (told := _told(parts)) else "",
    )


SAME = FigureRule("Es la misma cifra", lambda _, parts: _first(parts), lambda _: "")
OF_WHO_SPENDS = FigureRule("La de la unidad que ejecuta la categoría; si son varias, la de su área", SAME.compute)


def semaforo(bands: Sequence[Banda]) -> FigureRule:
    """The word of the band of an avance."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        band = indicators.semaforo(_points(parts[0]), bands)
        return band.evaluacion if band else None

    def said(parts: Sequence[Step]) -> str:
        value = _points(parts[0].value)
        band = indicators.semaforo(value, bands)
        return indicators.semaforo_said(bare(value, UnitOfMeasure.POINTS), band.parametro) if band else ""

    return FigureRule(f"{indicators.SEMAFORO.name}: {indicators.JUICIO.formula}", compute, said)


def criterio(levels: Sequence[Criterio], trimestre: int) -> FigureRule:
    """The word of the level of an accumulated ejecución."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        level = indicators.criterio_dgaa(_points(parts[0]), trimestre, levels)
        return level.evaluacion if level else None

    def said(parts: Sequence[Step]) -> str:
        level = indicators.criterio_dgaa(_points(parts[0].value), trimestre, levels)
        if level is None:
            return ""
        least = level.minimos[trimestre - 1]
        told = bare(parts[0].value, UnitOfMeasure.POINTS)
        return f"{told}: desde {bare(least)}" if least > float("-inf") else f"{told}: menos que los umbrales"

    return FigureRule(f"Criterio de la ejecución acumulada: {indicators.JUICIO.formula}", compute, said)


def rango_ideal(trimestre: int) -> FigureRule:
    """That of the entity."""
    return FigureRule(
        _words(indicators.RANGO_IDEAL),
        lambda _, __: indicators.rango_ideal(trimestre),
        lambda _: indicators.rango_ideal_said(trimestre),
        formula_expected=False,
    )


RANGO_IDEAL_OF = FigureRule(
    f"{_words(indicators.RANGO_IDEAL)}. {indicators.RANGO_IDEAL.definition}",
    lambda _, parts: indicators.rango_ideal_of(_all_points(parts)),
    lambda parts: indicators.rango_ideal_said(len(told)) if (told := _told(parts)) else "",
)


def statistic(what: str) -> FigureRule:
    """How many units have an avance, their mean or the deviation of it."""
    name = "n" if what == "con_avance" else what

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        found = indicators.statistics_95(_all_points(parts)) or indicators.NO_STATISTICS
        value = getattr(found, name)
        return None if value is None else float(value)

    said = _where_any(indicators.mean_said) if what == "media" else lambda _: ""
    return FigureRule(indicators.ESTADISTICA.short, compute, said, formula_expected=what != "con_avance")


def limit(*, upper: bool) -> FigureRule:
    """A limit, from how many units there are, their mean and the deviation of it."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        n, centre, deviation = (*_all_points(parts), None, None, None)[:3]
        return indicators.limit_of(n, centre, deviation, upper)

    def said(parts: Sequence[Step]) -> str:
        told = _told(parts)
        return indicators.limite_said(told[1], told[2], told[0], upper) if len(told) == 3 else ""

    return FigureRule(indicators.ESTADISTICA.short, compute, said)


# --- money --------------------------------------------------------------------------------------------------

TOTAL = FigureRule(
    "Suma de los montos", lambda _, parts: indicators.total(_all_points(parts)), _where_any(indicators.total_said)
)
EFICIENCIA = FigureRule(
    _words(indicators.EFICIENCIA),
    lambda _, parts: indicators.eficiencia(*_pair(parts)),
    _of_two(indicators.ratio_said),
)
CUADRE_DIFFERENCE = FigureRule(
    _words(indicators.CUADRE),
    lambda _, parts: indicators.cuadre_difference(*_pair(parts)),
    _of_two(indicators.difference_said),
)
GOAL = FigureRule(
    _words(indicators.METAS),
    lambda _, parts: indicators.meta_avance(*reversed(_pair(parts))),
    _of_two(indicators.ratio_said),
)


def _pair(parts: Sequence[Result]) -> tuple[float | None, float | None]:
    one, other = [*_all_points(parts), None, None][:2]
    return one, other


def ejecucion(complete: bool | None) -> FigureRule:
    """Devengado of vigente; of all sources of funds only where each states both (`complete`)."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        devengado, vigente = _pair(parts)
        return None if devengado is None or complete is False else indicators.ejecucion(devengado, vigente)

    return FigureRule(_words(indicators.EJECUCION), compute, _of_two(indicators.ratio_said))


def saldo(complete: bool | None) -> FigureRule:
    """What is left of vigente; of all sources of funds only where each states both (`complete`)."""
    return FigureRule(
        _words(indicators.FUENTES),
        lambda _, parts: None if complete is False else indicators.difference(*_pair(parts)),
        _of_two(indicators.difference_said),
    )


def sigep(indicator: str) -> FigureRule:
    """The amount of a category: vigente of the last month that there is, devengado of all months."""
    if indicator == "vigente":
        return FigureRule("Vigente del último mes del periodo, según el SIGEP", SAME.compute)
    return FigureRule("Suma de lo devengado en los meses, según el SIGEP", TOTAL.compute, TOTAL.said)


def amount(column: str, report: str) -> FigureRule:
    """The row that holds an amount or a word in a column, and the report that it was copied from."""

    def of_row(own: Own) -> RowSaid:
        value = own.get(column)
        if not isinstance(value, int | float | str):
            return RowSaid(extra=(report,) if report else ())
        bs = UnitOfMeasure.BS if column in _AMOUNTS and not isinstance(value, str) else UnitOfMeasure.OWN
        return RowSaid(value, bs, "", (report,) if report else ())

    def compute(own: Own, _: Sequence[Result]) -> Result:
        value = own.get(column)
        return value if isinstance(value, int | float | str) else None

    return FigureRule("", compute, computed=False, of_row=of_row)


_AMOUNTS = frozenset(("vigente", "devengado", "inicial"))


TYPED = FigureRule("Como está en el libro de la entidad", SAME.compute, formula_expected=False)


def goal_typed(column: str) -> FigureRule:
    """A goal of SIGEP as the entity's workbook says it; «Sin Prog.» and 0 are none."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        value = _first(parts)
        if isinstance(value, str):
            value = None if value == indicators.SIN_PROGRAMACION else float(value.replace(",", "."))
        return (value or None) if column == _PLANNED else value

    return FigureRule(TYPED.words, compute, formula_expected=False)


def goals_total(which: int, *, alike: bool) -> FigureRule:
    """The programme or the execution of all goals that have both, if their units are `alike`: parts are pairs."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        points = _all_points(parts)
        if not alike:
            return None
        return indicators.metas_total(zip(points[::2], points[1::2], strict=True))[which]

    return FigureRule(indicators.METAS.definition, compute)


# Of a category without rows the master says 0 without a formula.
BUDGET = FigureRule(
    "Suma de lo que informan las unidades",
    lambda _, parts: indicators.total(_all_points(parts)) or 0.0,
    TOTAL.said,
    formula_expected=False,
)


def budget_row(columns: Sequence[str]) -> FigureRule:
    """What a row of a unit's budget adds up to in some columns."""

    def compute(own: Own, _: Sequence[Result]) -> Result:
        found = (own.get(column) for column in columns)
        return indicators.total(float(v) if isinstance(v, int | float) else None for v in found) or 0.0

    def of_row(own: Own) -> RowSaid:
        return RowSaid(number(compute(own, ())), UnitOfMeasure.BS)

    return FigureRule("", compute, computed=False, of_row=of_row)


def cuadre(tolerance: float) -> FigureRule:
    """The state of a category, of its two differences."""
    return FigureRule(
        f"{indicators.CUADRA}: las dos diferencias están dentro de la tolerancia, {bare(tolerance)} bolivianos",
        lambda _, parts: indicators.cuadre_state(_all_points(parts), tolerance),
        lambda parts: " y ".join(_told(parts)),
    )


# --- gaps ---------------------------------------------------------------------------------------------------

GAP = FigureRule(
    _words(indicators.BRECHA), lambda _, parts: indicators.brecha(*_pair(parts)), _of_two(indicators.brecha_said)
)
WHOLE_SHARE = FigureRule(
    indicators.PONDERACION.note,
    lambda _, parts: None if _points(parts[0]) is None else indicators.FULL,
    lambda _: bare(indicators.FULL),
)


def share(place: int, weights: Sequence[float], *, weighed: bool) -> FigureRule:
    """What a node has of what its parent weighs: parts are the parent's, then the avances of all siblings."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        whole, *avances = _all_points(parts)
        return indicators.shares(whole, list(zip(avances, weights, strict=True)))[place]

    def said(parts: Sequence[Step]) -> str:
        whole = bare(parts[0].value, parts[0].unit)
        there = [w for part, w in zip(parts[1:], weights, strict=True) if part.value is not None]
        if not there or parts[0].value is None:
            return ""
        if not weighed:
            return indicators.equal_share_said(whole, len(there))
        return indicators.share_said(whole, bare(weights[place]), [bare(w) for w in there])

    return FigureRule(indicators.PONDERACION.note, compute, said)


def operation_gap(place: int | None, *, weighed: bool) -> FigureRule:
    """The gap of an operation: parts are what its unit weighs, then all operations of the unit."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        own = [part for part in parts[1:] if isinstance(part, OperationResult)]
        pairs = [
            (None if o.totals.avance is None else indicators.capped(o.totals.avance),
             (o.peso or 0.0) if weighed else float(o.totals.tareas))
            for o in own
        ]  # fmt: skip
        if place is None or not pairs:
            return None
        return indicators.brecha(indicators.shares(_points(parts[0]), pairs)[place], pairs[place][0])

    return FigureRule(_words(indicators.BRECHA), compute)


# --- counts -------------------------------------------------------------------------------------------------


def same(word: str) -> Compute:
    """What is a word by itself."""
    return lambda _, __: word


# Where there is nothing to count the master says 0 without a formula.
HOW_MANY = FigureRule(
    "Cuántas son",
    lambda _, parts: float(len(parts)),
    lambda parts: words.COUNTED.format(n=len(parts)),
    formula_expected=False,
)


def counted(n: int) -> FigureRule:
    """A count that the master tells on its cover."""
    return FigureRule(
        "Unidades del trimestre, según la hoja Entregas", lambda _, __: float(n), lambda _: "", formula_expected=False
    )  # fmt: skip


def distinct(column: str) -> FigureRule:
    """How many words there are in a column of rows of the entity."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        return float(len({str(number(part)) for part in parts}) if column == "amp" else len(parts))

    return FigureRule("Cuántas distintas hay en la hoja ACP de la entidad", compute, formula_expected=False)


def row_counted(unidad: str, columns: Sequence[str]) -> FigureRule:
    """A row that is counted: by what it says in these columns."""
    return FigureRule(
        "",
        lambda own, _: "\n".join((unidad, *(str(own.get(column) or "") for column in columns))),
        computed=False,
    )


def rows_counted(indicator: str) -> FigureRule:
    """How many operations or tasks there are, or activities, of which several tasks may be."""

    def compute(_: Own, parts: Sequence[Result]) -> Result:
        return float(len({str(part) for part in parts}) if indicator == "actividades" else len(parts))

    told = f"Cuántas {indicator} hay en los libros aceptados"
    return FigureRule(told, compute, lambda parts: words.COUNTED.format(n=len(parts)), formula_expected=False)
