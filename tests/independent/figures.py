"""The rules of docs/reglas.md in fractions, over the plain rows of a campaign. None is «n/a»."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Context, Decimal
from fractions import Fraction
from functools import cached_property

from tests.independent import goals, lives
from tests.independent.campaign import MONTHS, NO_PROGRAMME, YEAR, Campaign, Row, spenders
from tests.independent.goals import Goal

Exact = Fraction | None
LEVELS = ("servicio", "area", "grupo", "subgrupo")
Place = tuple[str, ...]  # the names from the service down: ("Servicio Central", "AR1", "Grupo A")


def exact(value: object) -> Exact:
    """A typed cell."""
    return None if value is None else Fraction(str(value).replace(",", "."))


def total(values: Iterable[Exact]) -> Exact:
    known = [v for v in values if v is not None]
    return sum(known, Fraction(0)) if known else None


def mean(values: Iterable[Exact]) -> Exact:
    known = [v for v in values if v is not None]
    return sum(known, Fraction(0)) / len(known) if known else None


def weighted_mean(values: Sequence[Exact], weights: Sequence[Exact]) -> Exact:
    """Σ w·x / Σ w of what has a figure."""
    known = [(x, w) for x, w in zip(values, weights, strict=True) if x is not None and w is not None]
    whole = sum((w for _, w in known), Fraction(0))
    return sum((x * w for x, w in known), Fraction(0)) / whole if whole else None


def all_weighed(weights: Sequence[Exact]) -> bool:
    """Whether all have a weight, and not all of them 0."""
    return None not in weights and any(weights)


def ratio(part: Exact, whole: Exact) -> Exact:
    return None if part is None or not whole else part * 100 / whole


def difference(one: Exact, other: Exact) -> Exact:
    return None if one is None or other is None else one - other


def nine_decimals(value: Fraction) -> Fraction:
    whole = (abs(value) * 10**9 + Fraction(1, 2)) // 1
    return Fraction(whole if value >= 0 else -whole, 10**9)


def _first(*values: object) -> object:
    """The first of them that is not blank."""
    return next((v for v in values if v is not None), None)


class Period:
    """What is due in some months, and done up to the month `known`, with which it ends where nothing else is said.

    `parts`: how many such periods a year has; 0 for what is accumulated.
    """

    def __init__(self, short: str, first: int, last: int, parts: int, known: int = 0) -> None:
        self.short, self.first, self.last, self.parts = short, first, last, parts
        self.known = known or last

    @property
    def months(self) -> Sequence[str]:
        """Those whose programme counts."""
        return MONTHS[self.first - 1 : self.last]

    @property
    def done(self) -> Sequence[str]:
        """Those whose execution counts."""
        return MONTHS[self.first - 1 : min(self.last, self.known)]

    def titled(self, word: str) -> str:
        """«Avance 2T», «Avance ene», «Avance acumulado»."""
        return f"{word} {self.short if self.parts == 4 else self.short.lower()}"


class Figures:
    """Every figure of a campaign. Units are given by their codes: those that they have in a quarter, its last or a later
    one.
    """

    def __init__(self, campaign: Campaign, codes_of: int | None = None) -> None:
        self.codes_of = codes_of or campaign.quarter
        self.campaign = replace(campaign, units=lives.of_their_days(campaign.entity, campaign.units))
        self.entity = campaign.entity
        quarter = campaign.quarter
        self.months = [Period(m.capitalize(), i, i, 12) for i, m in enumerate(MONTHS[: 3 * quarter], start=1)]
        self.quarters = [Period(f"{t}T", 3 * t - 2, 3 * t, 4) for t in range(1, quarter + 1)]
        self.whole = Period("Acumulado", 1, 3 * quarter, 0)
        self.periods = [*self.months, *self.quarters, self.whole]
        self.dates = [Period(f"a la fecha {q.short}", 1, q.last, 0) for q in self.quarters]
        self.years_due = [Period(f"del año {q.short}", 1, 12, 0, q.last) for q in self.quarters]
        self.now = self.quarters[-1]
        self._unit: dict[tuple[str, str, str], Exact] = {}

    # --- the tree ---

    @cached_property
    def catalogue(self) -> dict[str, Row]:
        return {str(u["unidad"]): u for u in self.entity["unidades"]}

    @cached_property
    def units(self) -> tuple[str, ...]:
        """Units that existed up to the cut, by area as the sheet Areas lists them, then as catalogued."""
        order = [a["area"] for a in self.entity["areas"]]
        known = [u for u in self.entity["unidades"] if lives.counts(self.entity, str(u["unidad"]), self.codes_of)]
        return tuple(str(u["unidad"]) for u in sorted(known, key=lambda u: order.index(u["area"])))

    def in_force(self, code: str) -> bool:
        return code in self.units

    def exists(self, code: str, p: Period) -> bool:
        """Whether a unit existed in the months that count of a period."""
        return lives.exists(self.entity, code, p.first, p.known)

    def of_now(self, units: Iterable[str]) -> list[str]:
        """Of some units those that existed in the quarter."""
        return [u for u in units if self.exists(u, self.now)]

    def place(self, code: str) -> Place:
        """The names above a unit; a group of which no unit has a subgroup has none below it."""
        row = self.catalogue[code]
        names = [str(row[level]) for level in LEVELS[:3]]
        mates = [u for u in self.units if [self.catalogue[u][x] for x in ("area", "grupo")] == names[1:]]
        if any(self.catalogue[u]["subgrupo"] for u in mates):
            names.append(str(row["subgrupo"] or "Sin subgrupo"))
        return tuple(names)

    @cached_property
    def places(self) -> dict[str, Place]:
        return {u: self.place(u) for u in self.units}

    def below(self, place: Place, among: Sequence[str] | None = None) -> list[str]:
        """The units (of some) under a place."""
        units = self.units if among is None else among
        return [u for u in units if self.places[u][: len(place)] == place]

    @cached_property
    def services(self) -> list[str]:
        return list(dict.fromkeys(str(a["servicio"]) for a in self.entity["areas"]))

    def areas_of(self, service: str) -> list[str]:
        return [str(a["area"]) for a in self.entity["areas"] if a["servicio"] == service]

    def children(self, place: Place) -> list[Place]:
        """The places right below one; [] where units follow."""
        if not place:
            return [(s,) for s in self.services]
        if len(place) == 1:
            return [(*place, a) for a in self.areas_of(place[0])]
        return list(
            dict.fromkeys(
                self.places[u][: len(place) + 1] for u in self.below(place) if len(self.places[u]) > len(place)
            )
        )

    def area_place(self, area: str) -> Place:
        return next((str(a["servicio"]), area) for a in self.entity["areas"] if a["area"] == area)

    # --- the physical side ---

    def unit_avance(self, code: str, p: Period, acp: str = "") -> Exact:
        """Σ min(100, p)·t / Σ t over the operations with something programmed; of one ACP alone, where it is named."""
        key = code, p.short, acp
        if key not in self._unit:
            self._unit[key] = self._compute_unit(code, p, acp) if self.exists(code, p) else None
        return self._unit[key]

    def operation_acp(self, code: str, name: str) -> str:
        return next(str(r["acp"]) for r in self.campaign.units[code]["operaciones"] if r["operacion"] == name)

    def acps_of(self, code: str) -> list[str]:
        """The ACPs of a unit's operations, as the sheet ACP lists them; without operations, that of the catalogue."""
        own = {self.operation_acp(code, name) for name in self.operations(code)}
        return [str(a["acp"]) for a in self.entity["acp"] if a["acp"] in (own or {str(self.catalogue[code]["acp"])})]

    def operations(self, code: str) -> list[str]:
        tables = self.campaign.units.get(code)
        named = [r["operacion"] for key in ("operaciones", "tareas") for r in tables[key]] if tables else []
        return list(dict.fromkeys(str(o) for o in named))

    def tasks(self, code: str, name: str) -> list[Row]:
        """The rows of the tasks of an operation."""
        return [r for r in self.campaign.units[code]["tareas"] if r["operacion"] == name]

    def task_goal(self, code: str, task: Row) -> Goal:
        """The goal of a task: what it says, else what its operation says, else a sum that should grow."""
        operation = next(r for r in self.campaign.units[code]["operaciones"] if r["operacion"] == task["operacion"])
        kind, sense, base = (_first(task.get(c), operation.get(c)) for c in ("tipo_meta", "sentido", "linea_base"))
        months = [[exact(task.get(f"{stem}_{m}")) for m in MONTHS] for stem in ("programado", "ejecutado")]
        return Goal(str(kind or "suma"), str(sense or "aumentar"), exact(base), *months)

    def by_tasks(self, code: str, name: str) -> bool:
        """Whether an operation is the mean of its tasks: the entity says so, or they cannot be added up."""
        own = [self.task_goal(code, r) for r in self.tasks(code, name)]
        return bool(own) and (
            self.campaign.optional("metodo_operacion") == "tareas" or any(goal.kind != "suma" for goal in own)
        )

    def task_weights(self, code: str, name: str) -> list[Fraction]:
        """As they count among the tasks of an operation."""
        given = [exact(r.get("peso")) for r in self.tasks(code, name)]
        return [w if all_weighed(given) and w is not None else Fraction(1) for w in given]

    def task_points(self, code: str, task: Row, p: Period) -> Exact:
        """What a task reached of what is due, 0 to 100."""
        goal = self.task_goal(code, task)
        if (p.first, p.last) == (1, 12) and p.known < p.last:
            raw = goals.of_year(goal, p.known)
        else:
            raw = goals.of_period(goal, p.first, p.last)
        return None if raw is None else goals.limited(raw)

    def operation(self, code: str, name: str, p: Period) -> tuple[Exact, Exact, int, Exact]:
        """Programmed, executed, tasks that count, raw percentage."""
        rows = self.tasks(code, name)
        if self.by_tasks(code, name):
            points = [self.task_points(code, r, p) for r in rows]
            weights = self.task_weights(code, name)
            counted = sum(1 for x, w in zip(points, weights, strict=True) if x is not None and w)
            return None, None, counted, weighted_mean(points, weights)
        planned = [sum((exact(r.get(f"programado_{m}")) or Fraction(0) for m in p.months), Fraction(0)) for r in rows]
        done = sum((exact(r.get(f"ejecutado_{m}")) or Fraction(0) for r in rows for m in p.done), Fraction(0))
        whole = sum(planned, Fraction(0))
        return whole, done, sum(1 for v in planned if v > 0), ratio(done, whole)

    @property
    def by_weights(self) -> bool:
        return self.campaign.optional("metodo_agregacion") == "pesos"

    def operation_weights(self, code: str) -> dict[str, Exact]:
        """Operation -> its weight, where the operations of the unit count by them; else nothing."""
        rows = {str(r["operacion"]): exact(r.get("peso")) for r in self.campaign.units[code]["operaciones"]}
        return rows if self.by_weights and all_weighed(list(rows.values())) else {}

    def _compute_unit(self, code: str, p: Period, acp: str) -> Exact:
        values: list[Exact] = []
        weights: list[Exact] = []
        stated = self.operation_weights(code) if self.operations(code) else {}
        for name in self.operations(code):
            if acp and self.operation_acp(code, name) != acp:
                continue
            _, _, tasks, raw = self.operation(code, name, p)
            values.append(None if raw is None else min(Fraction(100), raw))
            weights.append(stated.get(name, Fraction(tasks)))
        return weighted_mean(values, weights)

    def avance(self, units: Sequence[str], depth: int, p: Period, acp: str = "") -> Exact:
        """Units that share their first `depth` names: each level the mean of the one below, over these units alone.

        Of an ACP, over its operations alone; a level of which it has all is the level itself, and one of which it has
        a single thing is that thing, whatever it weighs.
        """
        if p is self.whole:
            return mean(self.avance(units, depth, q, acp) for q in self.quarters)
        if acp and units and self._has_all(units, depth, acp):
            acp = ""
        deeper = list(dict.fromkeys(self.places[u][: depth + 1] for u in units if len(self.places[u]) > depth))
        if deeper:
            values = [self.avance(self.below(place, units), depth + 1, p, acp) for place in deeper]
            weights = [self.area_weight(place[-1]) if depth == 1 else None for place in deeper]
        else:
            values = [self.unit_avance(u, p, acp) for u in units]
            weights = [exact(self.catalogue[u].get("peso")) for u in units]
        if not self.by_weights or None in weights or (acp and len(values) == 1):
            return mean(values)
        return weighted_mean(values, weights)

    def _has_all(self, units: Sequence[str], depth: int, acp: str) -> bool:
        """Whether these units are all of the level, and each of them of the ACP alone."""
        whole = self.below(self.places[units[0]][:depth])
        return list(units) == whole and all(self.acps_of(u) == [acp] for u in units)

    def area_weight(self, area: str) -> Exact:
        return exact(next(a.get("peso") for a in self.entity["areas"] if a["area"] == area))

    def of_place(self, place: Place, p: Period) -> Exact:
        return self.avance(self.below(place), len(place), p)

    @cached_property
    def shares(self) -> dict[Place | str, Exact]:
        """What every place and unit weighs in the entity in the quarter: 100 from the top down, as means weigh it."""
        found: dict[Place | str, Exact] = {(): None if self.of_place((), self.now) is None else Fraction(100)}
        self._share((), found)
        return found

    def _share(self, place: Place, found: dict[Place | str, Exact]) -> None:
        below: Sequence[Place | str] = self.children(place) or self.below(place)
        values = [self.unit_avance(x, self.now) if isinstance(x, str) else self.of_place(x, self.now) for x in below]
        if self.children(place):
            weights = [self.area_weight(x[-1]) if len(place) == 1 else None for x in below]
        else:
            weights = [exact(self.catalogue[str(x)].get("peso")) for x in below]
        if not self.by_weights or None in weights:
            weights = [Fraction(1)] * len(below)
        whole = total(w for v, w in zip(values, weights, strict=True) if v is not None)
        for x, value, weight in zip(below, values, weights, strict=True):
            own = found[place]
            there = value is not None and own is not None and weight is not None and whole
            found[x] = own * weight / whole if there else None  # type: ignore[operator]
            if not isinstance(x, str):
                self._share(x, found)

    def operation_gap(self, code: str, name: str) -> Exact:
        """What the entity lacks for want of an operation."""
        share, stated = self.shares[code], self.operation_weights(code)
        reached = {o: self.operation(code, o, self.now) for o in self.operations(code)}
        weights = {o: stated.get(o, Fraction(tasks)) for o, (_, _, tasks, raw) in reached.items() if raw is not None}
        whole, raw = total(weights.values()), reached[name][3]
        if share is None or raw is None or not whole:
            return None
        return share * (weights[name] or 0) / whole * (100 - min(Fraction(100), raw)) / 100

    def of_unit(self, code: str, p: Period, acp: str = "") -> Exact:
        if p is self.whole:
            return mean(self.unit_avance(code, q, acp) for q in self.quarters)
        return self.unit_avance(code, p, acp)

    def acp_units(self, acp: str) -> list[str]:
        return [u for u in self.units if acp in self.acps_of(u)]

    def of_acp(self, acp: str, p: Period) -> Exact:
        """The entity's tree with the ACP's operations alone."""
        return self.avance(self.acp_units(acp), 0, p, acp)

    def weighted(self, avance: Exact, p: Period, quarters: Iterable[Exact]) -> Exact:
        """Eficacia ponderada: a share of the year; accumulated, the sum of the quarters."""
        if p is self.whole:
            return total(None if a is None else a / 4 for a in quarters)
        return None if avance is None else avance / p.parts

    @cached_property
    def bands(self) -> list[tuple[Fraction, str]]:
        """From which avance, and the word, the best band first: the entity's own, or the published ones."""
        own = [(Fraction(str(r["desde"])), str(r["evaluacion"])) for r in self.entity.get("semaforo", [])]
        if own:
            return sorted(own, reverse=True)
        words = ("Óptimo", "Satisfactorio", "Bueno", "Regular")
        names = ("optimo", "satisfactorio", "bueno", "regular")
        minima = [Fraction(str(self.campaign.parameter(f"semaforo.{name}"))) for name in names]
        return [*zip(minima, words, strict=True), (Fraction(0), "Deficiente")]

    def band(self, avance: Exact) -> str | None:
        """The word of an avance; 0 itself is in the lowest band."""
        if avance is None:
            return None
        value = nine_decimals(avance)
        return next((word for minimum, word in self.bands if value >= minimum and value > 0), self.bands[-1][1])

    def next_band(self, avance: Exact) -> tuple[Exact, str | None]:
        """The points that an avance lacks for the nearest better word, and that word."""
        if avance is None:
            return None, None
        for minimum, word in reversed(self.bands[:-1]):
            if nine_decimals(avance) < minimum:
                return minimum - avance, word
        return None, None

    def level(self, executed: Exact) -> str | None:
        if executed is None:
            return None
        for word, name in (("Óptimo", "optimo"), ("Aceptable", "aceptable")):
            minimum = Fraction(str(self.campaign.parameter(f"criterio_dgaa.{name}", self.campaign.quarter)))
            if nine_decimals(executed) >= minimum:
                return word
        return "En observación"

    def statistics(self, units: Sequence[str], p: Period, acp: str = "") -> tuple[int, Exact, Exact, Exact, Exact]:
        values = [v for v in (self.of_unit(u, p, acp) for u in units) if v is not None]
        n, centre = len(values), mean(values)
        if n < 2 or centre is None:
            return n, centre, None, None, None
        deviation = root(sum(((v - centre) ** 2 for v in values), Fraction(0)) / (n - 1))
        margin = Fraction("1.96") * deviation / root(Fraction(n))
        return n, centre, deviation, centre - margin, centre + margin

    # --- the POA in numbers ---

    def counts(self, units: Sequence[str]) -> tuple[int, int, int]:
        """Operations, activities, tasks."""
        rows = [(u, r) for u in units if u in self.campaign.units for r in self.campaign.units[u]["tareas"]]
        activities = {(u, r["operacion"], r["actividad"]) for u, r in rows}
        return sum(len(self.operations(u)) for u in units), len(activities), len(rows)

    def sent(self, code: str) -> bool:
        """Whether a unit sent any row."""
        tables = self.campaign.units.get(code, {})
        return any(rows for key, rows in tables.items() if key != "unidad")

    # --- money ---

    @cached_property
    def categories(self) -> list[Row]:
        """By ACP, then area, as their sheets list them."""
        acps, areas = [a["acp"] for a in self.entity["acp"]], [a["area"] for a in self.entity["areas"]]
        return sorted(self.entity["categorias"], key=lambda c: (acps.index(c["acp"]), areas.index(c["area"])))

    def money(self, category: str, p: Period) -> tuple[Exact, Exact]:
        """(vigente, devengado): the latest vigente up to the period's end; months without report moved nothing."""
        rows = [r for r in self.entity["presupuesto_sigep"] if r["categoria"] == category and r["mes"] <= p.last]  # type: ignore[operator]
        if not rows:
            return None, None
        latest = max(rows, key=lambda r: r["mes"])  # type: ignore[arg-type, return-value]
        since = [r for r in rows if r["mes"] >= p.first]  # type: ignore[operator]
        return exact(latest["vigente"]), sum((exact(r["devengado"]) or Fraction(0) for r in since), Fraction(0))

    def group_money(self, categories: Iterable[Row], p: Period) -> tuple[Exact, Exact, Exact]:
        """(vigente, devengado, ejecucion) of some categories together."""
        pairs = [self.money(str(c["categoria"]), p) for c in categories]
        vigente, devengado = total(v for v, _ in pairs), total(d for _, d in pairs)
        return vigente, devengado, ratio(devengado, vigente)

    def category_avance(self, category: Row, p: Period) -> Exact:
        """Of the unit that spends it, or of its area where several units or groups do."""
        if category["unidad"] and ";" not in str(category["unidad"]):
            code = lives.current(self.entity, str(category["unidad"]), self.codes_of)
            return self.of_unit(code, p) if self.in_force(code) else None
        return self.of_place(self.area_place(str(category["area"])), p)

    def sources(self) -> list[tuple[Row | None, list[Exact]]]:
        """Each source and the total: initial, vigente, executed, percentage, balance."""
        rows = [f for f in self.entity["fuentes"] if f["trimestre"] == self.campaign.quarter]
        found: list[tuple[Row | None, list[Exact]]] = []
        for f in rows:
            i, v, e = (exact(f[name]) for name in ("inicial", "vigente", "ejecutado"))
            found.append((f, [i, v, e, ratio(e, v), difference(v, e)]))
        if not rows:
            return []
        i, v, e = (total(amounts[k] for _, amounts in found) for k in range(3))
        whole = all(f[name] is not None for f in rows for name in ("vigente", "ejecutado"))
        return [*found, (None, [i, v, e, ratio(e, v) if whole else None, difference(v, e) if whole else None])]

    def goal_unit(self, acp: str) -> str | None:
        """What the goal of the quarter counts, in small letters."""
        for row in self.entity["metas_sigep"]:
            if (row["acp"], row["trimestre"]) == (acp, self.campaign.quarter) and row["unidad_medida"]:
                return str(row["unidad_medida"]).strip().lower()
        return None

    def goal(self, acp: str) -> tuple[bool, Exact, Exact]:
        """Whether SIGEP has a row, its programme (None: «Sin Prog.») and its execution."""
        for row in self.entity["metas_sigep"]:
            if (row["acp"], row["trimestre"]) == (acp, self.campaign.quarter):
                planned = None if row["programado"] == NO_PROGRAMME else exact(row["programado"])
                return True, planned, exact(row["ejecutado"])
        return False, None, None

    def published(self, cuadro: str, year: int, period: str, code: str, indicator: str) -> Exact:
        for h in self.entity["historico"]:
            wanted = (cuadro, year, period, code, indicator)
            if tuple(h[c] for c in ("cuadro", "gestion", "periodo", "codigo", "indicador")) == wanted:
                return exact(h["valor"])
        return None

    def years(self, cuadro: str) -> list[int]:
        rows = [h for h in self.entity["historico"] if h["cuadro"] == cuadro and h["periodo"] == "Gestión"]
        return sorted({int(str(h["gestion"])) for h in rows if int(str(h["gestion"])) < YEAR})

    # --- the units' money ---

    def reported(self, category: str) -> dict[str, list[Row]]:
        """Unit -> its rows of a category, units in the order of the tree."""
        found = {u: [r for r in t["presupuesto"] if r["categoria"] == category] for u, t in self.campaign.units.items()}
        return {u: found[u] for u in self.units if found.get(u)}

    def accrued(self, row: Row) -> Exact:
        return total(exact(row.get(f"devengado_{m}")) for m in MONTHS[: 3 * self.campaign.quarter])

    def spends(self, category: Row) -> list[str]:
        return spenders(self.entity, category)


def root(value: Fraction) -> Fraction:
    """The square root to forty digits."""
    context = Context(prec=40)
    quotient = context.divide(Decimal(value.numerator), Decimal(value.denominator))
    return Fraction(context.sqrt(quotient))
