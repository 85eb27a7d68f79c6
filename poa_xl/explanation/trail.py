"""The trail of a figure: from its cell in the master, level by level, down to the rows of the files.

What a level is made of is what the formula of its cell names; what an operation, a category or a unit is made of are
the rows of the data sheets with its code. By which rule, in words and as a computation, is said in `rules`.
"""

from collections.abc import Callable, Mapping, Sequence
from functools import cached_property, partial

from poa_xl import cells, indicators, sheets, titles
from poa_xl.explanation import references, rules
from poa_xl.explanation.catalogue import unit_and_rest
from poa_xl.explanation.due import DueMonths, due_of, quarters_of
from poa_xl.explanation.rules import FigureRule
from poa_xl.explanation.sources import BUDGET, OPERATIONS, SIGEP, TASKS, DataRow, MasterRows
from poa_xl.explanation.step import Note, RowOrigin, Step, TypedCell
from poa_xl.figures import Figure, FigureId, parse
from poa_xl.figures.identifier import node_id
from poa_xl.master_book import MasterBook, Place
from poa_xl.master_tables import acp as acp_tables, calculation, data, front
from poa_xl.messages import explain as words
from poa_xl.sheets import MESES

_NAMING = 3  # columns that name a row of Cálculo: level, code, name
_REACHED = ("avance", "avance_a_la_fecha", "cumplimiento")
_OF_OPERATION = ("programado", "ejecutado", "tareas_programadas", "avance_limitado")
_STATISTICS = ("con_avance", "media", "desviacion", "limite_inferior", "limite_superior")
_SIDES = ("vigente", "devengado")
_GOAL = ("tipo_meta", "sentido", "linea_base", "peso")
_OF_GOAL_ROW = ("numero", *_GOAL)
_COUNTED = ("operaciones", "actividades", "tareas")
Parts = Callable[[], Sequence[Step]]


class Trail:
    """Steps of a master by the ids of figures, each made once."""

    def __init__(self, book: MasterBook) -> None:
        self.book, self.sources = book, MasterRows(book)
        self._steps: dict[str, Step] = {}

    def step(self, id: str | FigureId) -> Step:  # noqa: A002
        """The step of a figure, by its whole id. KeyError where the master has no such figure."""
        text = str(id)
        if text not in self._steps:
            self._steps[text] = self._made(self._figures[text])
        return self._steps[text]

    @cached_property
    def _figures(self) -> Mapping[str, Figure]:
        return {str(figure.id): figure for figure in self.book.figures}

    def has(self, id: str | FigureId) -> bool:  # noqa: A002
        """Whether the master has a figure."""
        return str(id) in self._figures

    def formula(self, id: FigureId) -> str:  # noqa: A002
        """The formula of the cell of a figure; '' where a value stands there."""
        return self.book.formula(self.book.place(id))

    # --- names ----------------------------------------------------------------------------------------------

    def called(self, id: FigureId) -> tuple[str, str]:  # noqa: A002
        """The code and the name of a node, as people type them."""
        if id.level == "operacion":
            row = self.sources.operations.get(unit_and_rest(id))
            return " ".join(unit_and_rest(id)), row.text("denominacion") if row else ""
        _, code, name = self._labels.get(id.node, ("", id.code, ""))
        return code, name

    def named(self, id: FigureId) -> str:  # noqa: A002
        """What a node is called: its level, its code and its name, as the master has them."""
        level = words.LEVELS[id.level or "entidad"][0].capitalize() if id.level != "acp" else "ACP"
        if id.level == "operacion":
            row = self.sources.operations.get(unit_and_rest(id))
            unit, code = unit_and_rest(id)
            return ", ".join(p for p in (f"{level} {code} de {unit}", row.text("denominacion") if row else "") if p)
        if id.level == "presupuesto":
            unit, category = unit_and_rest(id)
            return f"{unit} en la categoría {category}"
        level, code, name = self._labels.get(id.node, (level, id.code, ""))
        plain = id.level in ("", "entidad") or titles.key(code).startswith(titles.key(level))  # «Dirección de Finanzas»
        head = code if plain else f"{level} {code}"
        return head if name in ("", code) else f"{head} ({name})"

    @cached_property
    def _labels(self) -> Mapping[str, tuple[str, str, str]]:
        """Node -> level, code and name in the sheets that compute."""
        found: dict[str, tuple[str, str, str]] = {}
        wanted = (calculation.PHYSICAL.name, calculation.MONEY.name)
        for figure in self.book.figures:
            place = self.book.place(figure.id)
            if place.sheet in wanted and figure.id.node not in found:
                said = [self.book.value(Place(place.sheet, f"{c}{cells.row_of(place.cell)}")) for c in "ABC"[:_NAMING]]
                found[figure.id.node] = tuple(str(v or "") for v in said)  # type: ignore[assignment]
        return found

    def title(self, id: FigureId) -> str:  # noqa: A002
        """A figure in words."""
        name = words.INDICATORS[id.indicator][0]
        return f"{name[:1].upper()}{name[1:]} · {self.named(id)} · {words.PERIODS[id.period][0]}"

    # --- a figure -------------------------------------------------------------------------------------------

    def _made(self, figure: Figure) -> Step:
        id = figure.id  # noqa: A001
        rule, parts = self._rule(id)
        notes: tuple[Note, ...] = self.sources.notes_of_unit(id.code) if id.level == "unidad" else ()
        origin, typed = None, tuple[TypedCell, ...]()
        extra = list[str]()
        if id.level == "operacion" and id.indicator in _REACHED:
            origin, typed, notes = self._row_of_operation(id)
            if not origin:
                extra.append(words.WITHOUT_ROW)
        typed_over = rule.formula_expected and not self.formula(id) and figure.value is not None
        if typed_over:
            extra.append(words.NOT_A_FORMULA.format(celda=self.book.place(id)))
        return Step(
            title=self.title(id),
            value=figure.value,
            unit=figure.unit,
            id=str(id),
            node=self.named(id),
            kind=(id.indicator, id.period),
            place=self.book.place(id),
            rule=rule.words,
            origin=origin,
            typed=typed,
            notes=notes,
            extra=tuple(extra),
            compute=rule.compute,
            computed=rule.computed and not typed_over,
            typed_over=typed_over,
            weights=rule.weights,
            of_parts=parts,
            with_numbers=rule.said,
        )

    def _row_of_operation(self, id: FigureId) -> tuple[RowOrigin | None, tuple[TypedCell, ...], tuple[Note, ...]]:  # noqa: A002
        row = self.sources.operations.get(unit_and_rest(id))
        if row is None or not row.origin.archivo:
            return None, (), ()
        sheet = sheets.sheet("unidad", OPERATIONS)
        return row.origin, row.typed(sheet, ("operacion", "acp", *_OF_GOAL_ROW)), self.sources.notes_of(row)

    def _rule(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002, C901 - a line for each kind of figure
        indicator, level = id.indicator, id.level
        if indicator in _REACHED:
            return self._reached(id)
        if level == "operacion" and indicator in _OF_OPERATION:
            return self._of_operation(id)
        if indicator == "eficacia":
            return self._eficacia(id)
        if indicator in ("semaforo", "semaforo_a_la_fecha", "criterio"):
            return self._word(id)
        if indicator == "rango_ideal":
            return self._rango_ideal(id)
        if indicator in _STATISTICS:
            return self._statistic(id)
        if indicator in ("vigente", "devengado", "inicial", "saldo", "ejecucion", "eficiencia"):
            return self._money(id)
        if indicator.startswith("sigep_"):
            return self._goal(id)
        if indicator == "cuadre" or indicator.rpartition("_")[0] in _SIDES:
            return self._cuadre(id)
        if indicator in ("ponderacion", "brecha"):
            return self._gap(id)
        return self._count(id)

    def _sibling(self, id: FigureId, indicator: str = "", period: str = "") -> Sequence[Step]:  # noqa: A002
        """Another figure of the same node, where the master has it."""
        wanted = FigureId(id.level, id.code, indicator or id.indicator, period or id.period)
        return [self.step(wanted)] if self.has(wanted) else []

    def _named_cells(self, id: FigureId) -> list[Place]:  # noqa: A002
        return references.of(self.formula(id), self.book.place(id).sheet)

    def _named_figures(self, id: FigureId) -> list[Step]:  # noqa: A002
        """The figures whose cells the formula of another one names."""
        found = [self.book.by_place.get(place) for place in self._named_cells(id)]
        return [self.step(text) for text in found if text and text != str(id)]

    # --- the physical side ----------------------------------------------------------------------------------

    def _reached(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator == "avance" and id.period.startswith("hasta_"):
            quarters = quarters_of(id.period)
            return rules.ACCUMULATED, lambda: [s for q in quarters for s in self._sibling(id, period=q)]
        due = due_of(id.indicator, id.period)
        if id.level == "operacion":
            return rules.operation("avance", due, by_tasks=self._by_tasks(id)), partial(self._tasks, id, due)
        if not self.formula(id):
            return rules.NOTHING, tuple
        operations = self._operation_steps(id)
        if operations:
            weighed = self._names_weights(id)
            return rules.unit(due, weighed=weighed), lambda: operations
        weights = self._weights(id)
        if weights:
            return rules.weighted([weight for _, weight in weights]), lambda: [self.step(t) for t, _ in weights]
        of_acp = id.level in ("acp", "parte")
        return (rules.OF_ACP if of_acp else rules.LEVEL), partial(self._children, id)

    def _children(self, id: FigureId) -> list[Step]:  # noqa: A002
        """The figures of the same kind that a formula names."""
        return [step for step in self._named_figures(id) if _same_kind(step.id, id)]

    def _weights(self, id: FigureId) -> list[tuple[str, float]]:  # noqa: A002
        """The figures that a formula multiplies by weights, with these."""
        sheet = self.book.place(id).sheet
        found: dict[str, float] = {}
        for figure, weight in references.weighted(self.formula(id), sheet):
            text, value = self.book.by_place.get(figure), self.book.value(weight)
            if text and isinstance(value, float):
                found.setdefault(text, value)
        return list(found.items())

    def _operation_steps(self, id: FigureId) -> list[Step]:  # noqa: A002
        """The operations of a unit, or of what an ACP has of it, whose cells its formula names."""
        named: dict[str, None] = {}
        for place in self._named_cells(id):
            row = self.sources.by_number.get((place.sheet, cells.row_of(place.cell)))
            if place.sheet == data.OPERATIONS.name and row:
                own = node_id("operacion", (row.text("unidad"), row.text("operacion")), id.indicator, id.period)
                named[str(own)] = None
        return [self.step(text) for text in named if self.has(text)]

    def _names_weights(self, id: FigureId) -> bool:  # noqa: A002
        """Whether the formula of a unit names the weights of its operations."""
        title = sheets.sheet("unidad", OPERATIONS).column("peso").title
        columns = next((t.columns for t in self.sources.tables(data.OPERATIONS.name)), {})
        wanted = columns.get(title)
        return any(
            place.sheet == data.OPERATIONS.name and cells.place_of(place.cell) == wanted
            for place in self._named_cells(id)
        )

    def _by_tasks(self, id: FigureId) -> bool:  # noqa: A002
        return unit_and_rest(id) in self.sources.not_added_up

    def _of_operation(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator == "avance_limitado":
            return rules.CAPPED, partial(self._sibling, id, "avance")
        due = due_of("avance", id.period)
        rule = rules.operation(id.indicator, due, by_tasks=self._by_tasks(id))
        return rule, partial(self._tasks, id, due)

    def _tasks(self, id: FigureId, due: DueMonths) -> list[Step]:  # noqa: A002
        by_tasks = self._by_tasks(id)
        goal = self.sources.operations.get(unit_and_rest(id))
        of_operation = rules.goal_of(goal.values if goal else {})
        return [
            self._task(row, due, of_operation, by_tasks) for row in self.sources.tasks.get(unit_and_rest(id), ())
        ]  # fmt: skip

    def task_rows(self, id: str) -> tuple[Sequence[DataRow], DueMonths] | None:  # noqa: A002
        """The tasks that a figure of an operation is made of, and their months; None of any other figure."""
        found = parse(id)
        of_tasks = {*_REACHED, *_OF_OPERATION} - {"avance_limitado"}
        if found.level != "operacion" or found.indicator not in of_tasks or found.period.startswith("hasta_"):
            return None
        return self.sources.tasks.get(unit_and_rest(found), ()), due_of(found.indicator, found.period)

    def _task(self, row: DataRow, due: DueMonths, goal: indicators.Meta, by_tasks: bool) -> Step:
        sheet = sheets.sheet("unidad", TASKS)
        months = range(1, indicators.MONTHS_OF_A_YEAR + 1)
        first = 1 if by_tasks else due.desde
        typed = (
            *row.typed(sheet, ("operacion",)),
            *row.typed(sheet, [f"programado_{MESES[m - 1]}" for m in months if first <= m <= due.hasta], blank=True),
            *row.typed(sheet, [f"ejecutado_{MESES[m - 1]}" for m in months if first <= m <= due.conocido], blank=True),
            *row.typed(sheet, _OF_GOAL_ROW),
        )
        rule = rules.task(due, goal, by_tasks=by_tasks)
        return self._row_step(row, row.text("tarea"), typed, rule)

    def _row_step(self, row: DataRow, title: str, typed: tuple[TypedCell, ...], rule: FigureRule) -> Step:
        own = {one.column: one.value for one in typed}
        said = rule.of_row(own)
        return Step(
            title=title,
            value=said.value,
            unit=said.unit,
            rule=rule.words,
            origin=row.origin,
            typed=typed,
            notes=self.sources.notes_of(row),
            extra=said.extra,
            compute=rule.compute,
            computed=False,
            with_numbers=lambda _: said.text,
        )

    def _eficacia(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.level == "categoria":
            place = references.alone(self.formula(id), self.book.place(id).sheet)
            own = self.book.by_place.get(place) if place else None
            return (rules.OF_WHO_SPENDS, lambda: [self.step(own)]) if own else (rules.NOTHING, tuple)
        if id.period.startswith("hasta_"):
            quarters = quarters_of(id.period)
            return rules.ACCUMULATED_EFICACIA, lambda: [s for q in quarters for s in self._sibling(id, period=q)]
        parts = indicators.QUARTERS_OF_A_YEAR if id.period.startswith("t") else indicators.MONTHS_OF_A_YEAR
        return rules.eficacia(parts), partial(self._sibling, id, "avance")

    def _word(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        of = {"semaforo": "avance", "semaforo_a_la_fecha": "avance_a_la_fecha", "criterio": "ejecucion"}[id.indicator]
        if id.indicator == "criterio":
            rule = rules.criterio(self.sources.levels, self.book.trimestre)
        else:
            rule = rules.semaforo(self.sources.bands)
        return rule, partial(self._sibling, id, of)

    def _rango_ideal(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.level in ("", "entidad"):
            return rules.rango_ideal(self.book.trimestre), tuple
        quarters = quarters_of(id.period)
        return rules.RANGO_IDEAL_OF, lambda: [s for q in quarters for s in self._sibling(id, "avance", q)]

    def _statistic(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator.startswith("limite"):
            of = ("con_avance", "media", "desviacion")
            return rules.limit(upper=id.indicator.endswith("superior")), lambda: [
                s for name in of for s in self._sibling(id, name)
            ]  # fmt: skip
        return rules.statistic(id.indicator), lambda: [
            step for step in self._named_figures(id) if parse(step.id).indicator == "avance"
        ]  # fmt: skip

    # --- money ----------------------------------------------------------------------------------------------

    def _money(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator == "ejecucion":
            whole = id.level == "fuentes"
            parts = lambda: [*self._sibling(id, "devengado"), *self._sibling(id, "vigente")]  # noqa: E731
            return rules.ejecucion(self._complete(id) if whole else None), parts
        if id.indicator == "eficiencia":
            return rules.EFICIENCIA, lambda: [*self._sibling(id, "eficacia"), *self._sibling(id, "ejecucion")]
        if id.indicator == "saldo":
            parts = lambda: [*self._sibling(id, "vigente"), *self._sibling(id, "devengado")]  # noqa: E731
            return rules.saldo(self._complete(id) if id.level == "fuentes" else None), parts
        if id.level == "fuente":
            return rules.TYPED, partial(self._fund, id)
        if id.level == "presupuesto":
            unit, category = unit_and_rest(id)
            return rules.BUDGET, partial(
                self._budget, category, unit, id.indicator
            )  # fmt: skip
        if id.level == "categoria":
            if not self.formula(id):
                return rules.NOTHING, tuple
            return rules.sigep(id.indicator), partial(self._sigep, id)
        return rules.TOTAL, partial(self._children, id)

    def _complete(self, id: FigureId) -> bool:  # noqa: A002
        """Whether every source of funds states both amounts: else all of them have no percentage and no balance."""
        own = [f for f in self.book.figures if f.id.level == "fuente" and f.id.indicator in _SIDES]
        return all(f.value is not None for f in own)

    def _sigep(self, id: FigureId) -> list[Step]:  # noqa: A002
        due, sheet = due_of("", id.period), sheets.sheet("entidad", SIGEP)
        found = []
        rows = [(row, row.values.get("mes")) for row in self.sources.sigep.get(id.code, ())]
        known = [(row, int(m)) for row, m in rows if isinstance(m, int | float) and m <= due.hasta]
        wanted = known[-1:] if id.indicator == "vigente" else [(r, m) for r, m in known if m >= due.desde]
        for row, month in wanted:
            typed = row.typed(sheet, ("categoria", "mes", id.indicator, "tipo_reporte"), blank=True)
            named = row.typed(sheet, ("numero_reporte", "fecha_reporte"))
            rule = rules.amount(id.indicator, _report(row))
            found.append(self._row_step(row, f"{id.code}, {sheets.NOMBRES_MESES[month - 1]}", (*typed, *named), rule))
        return found

    def _budget(self, category: str, unit: str, indicator: str) -> list[Step]:
        sheet, found = sheets.sheet("unidad", BUDGET), []
        months = [f"devengado_{m}" for m in MESES[: indicators.MONTHS_OF_A_QUARTER * self.book.trimestre]]
        wanted = ["vigente"] if indicator == "vigente" else months
        for row in self.sources.budget:
            if row.text("categoria") == category and unit in ("", row.text("unidad")):
                typed = (*row.typed(sheet, ("categoria", "fuente")), *row.typed(sheet, wanted, blank=True))
                title = f"{row.text('unidad')}, categoría {category}, fuente {row.text('fuente')}"
                found.append(self._row_step(row, title, typed, rules.budget_row(wanted)))
        return found

    def _fund(self, id: FigureId) -> list[Step]:  # noqa: A002
        column = _FUND_COLUMNS[id.indicator]
        place, figure = self.book.place(id), self._figures[str(id)]
        return [self._of_entity("fuentes", {"fuente": id.code, "trimestre": self.book.trimestre},
                                {column: figure.value}, place)]  # fmt: skip

    def _of_entity(self, key: str, known_by: Mapping[str, cells.Value], values: Mapping[str, cells.Value],
                   place: Place | None) -> Step:  # fmt: skip
        """A row of the entity's workbook that the master names by its key alone."""
        sheet, (archivo, sha256) = sheets.sheet("entidad", key), self.sources.entity
        every = {**known_by, **values}
        typed = tuple(TypedCell(name, sheet.column(name).title, "", value) for name, value in every.items())
        title = ", ".join(f"{sheet.column(n).title} {cells.show(v)}" for n, v in known_by.items())
        rule = rules.amount(next(iter(values)), "")
        said = rule.of_row(every)
        return Step(
            title=title, value=said.value, unit=said.unit, rule=rule.words, place=place,
            origin=RowOrigin(archivo, sha256, sheet.name, 0, key, dict(known_by)), typed=typed,
            compute=rule.compute, computed=False, with_numbers=lambda _: said.text,
        )  # fmt: skip

    def _goal(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator == "sigep_avance":
            return rules.GOAL, lambda: [*self._sibling(id, "sigep_ejecutado"), *self._sibling(id, "sigep_programado")]
        if id.level == "acp":
            known: dict[str, cells.Value] = {"acp": id.code, "trimestre": self.book.trimestre}
            column = id.indicator.removeprefix("sigep_")
            value = self.book.value(self.book.place(id))
            said: dict[str, cells.Value] = {column: None if value == indicators.MISSING else _plain(value)}
            if self._goal_units.get(id.code):
                said["unidad_medida"] = self._goal_units[id.code]
            return rules.goal_typed(column), lambda: [
                self._of_entity("metas_sigep", known, said, self.book.place(id))
            ]  # fmt: skip
        which = ("sigep_programado", "sigep_ejecutado").index(id.indicator)
        programmed = [
            f.id.code for f in self.book.figures
            if (f.id.level, f.id.indicator) == ("acp", "sigep_programado") and f.value is not None
        ]  # fmt: skip
        alike = indicators.metas_alike(self._goal_units.get(code, "") for code in programmed)
        return rules.goals_total(which, alike=alike), partial(self._all_goals, id)

    @cached_property
    def _goal_units(self) -> Mapping[str, str]:
        """ACP -> the unit of measure of its goal in SIGEP, where it states one."""
        key = acp_tables.GOALS_TABLE.key[0]
        rows = [row for t in self.sources.tables(acp_tables.GOALS.name) for row in t.rows]
        units = [(row.values.get(key), [v for title, v in row.values.items() if title.endswith(_UNIT)]) for row in rows]
        return {str(acp): str(own[0]) for acp, own in units if own and own[0]}

    def _all_goals(self, id: FigureId) -> list[Step]:  # noqa: A002
        own = [f.id for f in self.book.figures if f.id.level == "acp" and f.id.indicator == "sigep_programado"]
        found = []
        for one in own:
            both = [*self._sibling(one), *self._sibling(one, "sigep_ejecutado")]
            found += both
        return found

    def _cuadre(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator == "cuadre":
            parts = lambda: [s for side in _SIDES for s in self._sibling(id, f"{side}_diferencia")]  # noqa: E731
            return rules.cuadre(self.sources.tolerance), parts
        side, _, which = id.indicator.rpartition("_")
        if which == "diferencia":
            return rules.CUADRE_DIFFERENCE, lambda: [
                *self._sibling(id, f"{side}_unidades"), *self._sibling(id, f"{side}_sigep")
            ]  # fmt: skip
        if id.level != "categoria":
            return rules.TOTAL, partial(self._children, id)
        if which == "sigep":
            return rules.SAME, partial(self._sibling, id, side)
        return rules.BUDGET, partial(self._budget, id.code, "", side)

    # --- gaps and counts ------------------------------------------------------------------------------------

    def _gap(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator == "brecha" and id.level != "operacion":
            return rules.GAP, lambda: [*self._sibling(id, "ponderacion"), *self._sibling(id, "avance")]
        if id.indicator == "brecha":
            unit, _ = unit_and_rest(id)
            of_unit = FigureId("unidad", unit, "avance", id.period)
            operations = self._operation_steps(of_unit) if self.has(of_unit) else []
            own = str(FigureId("operacion", id.code, "avance", id.period))
            place = next((n for n, step in enumerate(operations) if step.id == own), None)
            weighed = self.has(of_unit) and self._names_weights(of_unit)
            return rules.operation_gap(place, weighed=weighed), lambda: [
                *self._sibling(of_unit, "ponderacion"), *operations
            ]  # fmt: skip
        if id.level in ("", "entidad"):
            return rules.WHOLE_SHARE, partial(self._sibling, id, "avance")
        return self._share(id)

    def _share(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        named = self._named_figures(id)
        own = str(FigureId(id.level, id.code, "avance", id.period))
        parent = [step for step in named if parse(step.id).indicator == "ponderacion"]
        siblings = [step for step in named if parse(step.id).indicator == "avance"]
        if not parent or own not in [step.id for step in siblings]:
            return rules.NOTHING, tuple
        sheet = self.book.place(id).sheet
        weights = {
            self.book.by_place.get(figure): self.book.value(weight)
            for figure, weight in references.weighted(self.formula(id), sheet)
        }
        points = [w if isinstance(w := weights.get(step.id, 1.0), float) else 1.0 for step in siblings]
        place = [step.id for step in siblings].index(own)
        return rules.share(place, points, weighed=bool(weights)), lambda: [*parent, *siblings]

    def _count(self, id: FigureId) -> tuple[FigureRule, Parts]:  # noqa: A002
        if id.indicator in ("con_informacion", "sin_informacion"):
            units = [node for node in self._labels if node.startswith("unidad:")]
            missing = len(self.sources.absent)
            n = missing if id.indicator == "sin_informacion" else len(units) - missing
            return rules.counted(n), tuple
        if id.indicator.startswith("acciones_"):
            column = "amp" if id.indicator == "acciones_mediano_plazo" else "acp"
            return rules.distinct(column), self._articulation
        if id.indicator == "unidades":
            return rules.HOW_MANY, partial(self._units, id)
        return rules.rows_counted(id.indicator), partial(self._counted_rows, id)

    def _units(self, id: FigureId) -> list[Step]:  # noqa: A002
        """The units whose codes the formula counts."""
        found = []
        for place in self._named_cells(id):
            code = self.book.value(place)
            if code is not None:
                found.append(
                    Step(f"Unidad {code}", str(code), place=place, computed=False, compute=rules.same(str(code)))
                )
        return found

    def _counted_rows(self, id: FigureId) -> list[Step]:  # noqa: A002
        named = dict.fromkeys((place.sheet, cells.row_of(place.cell)) for place in self._named_cells(id))
        found = [self.sources.by_number[at] for at in named if at in self.sources.by_number]
        key = OPERATIONS if id.indicator == "operaciones" else TASKS
        names = {"operaciones": ("operacion",), "tareas": ("operacion", "tarea")}.get(
            id.indicator, ("operacion", "actividad")
        )  # fmt: skip
        sheet = sheets.sheet("unidad", key)
        return [
            self._row_step(row, " · ".join(filter(None, (row.text("unidad"), *map(row.text, names)))),
                           row.typed(sheet, names), rules.row_counted(row.text("unidad"), names))
            for row in found
        ]  # fmt: skip

    def _articulation(self) -> list[Step]:
        rows = self.sources.found(front.ARTICULATION.name, front.ACPS_TABLE.titles)
        return [
            self._of_entity("acp", {"acp": str(row.get("ACP"))}, {"amp": str(row.get("AMP"))}, None) for row in rows
        ]  # fmt: skip


_UNIT = "unidad de medida"
_FUND_COLUMNS = {"inicial": "inicial", "vigente": "vigente", "devengado": "ejecutado"}


def _report(row: DataRow) -> str:
    """The report of SIGEP that a row was copied from, in words."""
    numero, fecha = row.text("numero_reporte"), row.text("fecha_reporte")
    if numero and fecha:
        return words.REPORT.format(numero=numero, fecha=fecha)
    if numero or fecha:
        return (words.REPORT_WITHOUT_DAY if numero else words.REPORT_WITHOUT_NUMBER).format(numero=numero, fecha=fecha)
    return words.WITHOUT_REPORT


def _same_kind(text: str, id: FigureId) -> bool:  # noqa: A002
    other = parse(text)
    return (other.indicator, other.period) == (id.indicator, id.period)


def _plain(value: object) -> cells.Value:
    return value if isinstance(value, int | float | str) else None
