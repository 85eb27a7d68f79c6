"""What each table of the master must show: its titles and its rows, in the order of the report."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction

from tests.independent import lives
from tests.independent.campaign import NO_PROGRAMME, YEAR, Row
from tests.independent.figures import (
    Exact,
    Figures,
    Period,
    Place,
    difference,
    exact,
    mean,
    nine_decimals,
    ratio,
    total,
)


class _Any:
    """Text that is no figure: whatever stands there."""


ANY = _Any()
MISSING = "n/a"
Value = _Any | Fraction | int | float | str | None


@dataclass(frozen=True)
class Table:
    """A table of a sheet, below the tables of the same sheet that come before it. `start`: the sheet's name begins so."""

    start: str
    titles: Sequence[str | _Any]
    rows: Sequence[Sequence[Value]] = field(default_factory=list)


def fig(value: object) -> Value:
    """A figure as a cell shows it."""
    return MISSING if value is None else value  # type: ignore[return-value]


def shown(value: Fraction) -> Fraction:
    """A figure at the two decimals that people read."""
    return Fraction((nine_decimals(value) * 100 + Fraction(1, 2)) // 1, 100)


@dataclass(frozen=True)
class Node:
    """A place, an ACP or a unit, with what computes its avance."""

    level: str
    code: str
    name: str
    units: Sequence[str]
    avance: Callable[[Period], Exact]


class Tables:
    """All tables of a campaign's master."""

    def __init__(self, figures: Figures) -> None:
        self.f = figures
        self.entity = figures.entity
        self.sigla, self.name = (str(figures.campaign.parameter(name)) for name in ("sigla", "entidad"))
        self.area_names = {str(a["area"]): str(a["nombre"]) for a in self.entity["areas"]}
        self.acps = [str(a["acp"]) for a in self.entity["acp"]]
        self.area_codes = [str(a["area"]) for a in self.entity["areas"]]

    # --- nodes ---

    def place_node(self, place: Place) -> Node:
        level = ("entidad", "servicio", "area", "grupo", "subgrupo")[len(place)]
        code = place[-1] if place else self.sigla
        name = {"entidad": self.name}.get(level, self.area_names.get(code, code) if level == "area" else code)
        return Node(level, code, name, self.f.below(place), lambda p: self.f.of_place(place, p))

    def unit_node(self, code: str) -> Node:
        name = str(self.f.catalogue[code]["nombre"])
        return Node("unidad", code, name, [code], lambda p: self.f.of_unit(code, p))

    def acp_node(self, acp: str) -> Node:
        name = str(next(a for a in self.entity["acp"] if a["acp"] == acp)["denominacion"])
        return Node("acp", acp, name, self.f.acp_units(acp), lambda p: self.f.of_acp(acp, p))

    @property
    def root(self) -> Node:
        return self.place_node(())

    def places(self, place: Place = ()) -> Iterator[Place]:
        """A place and all below it, each before those below it."""
        yield place
        for child in self.f.children(place):
            yield from self.places(child)

    def eficacia(self, node: Node, p: Period) -> Exact:
        return self.f.weighted(node.avance(p), p, (node.avance(q) for q in self.f.quarters))

    def word(self, node: Node, p: Period) -> Value:
        return fig(self.f.band(node.avance(p)))

    def count(self, node: Node) -> int:
        return len(self.f.of_now(node.units))

    # --- money of nodes ---

    def area_categories(self, area: str) -> list[Row]:
        return [c for c in self.f.categories if c["area"] == area]

    def acp_categories(self, acp: str) -> list[Row]:
        return [c for c in self.f.categories if c["acp"] == acp]

    def efficiency(self, node: Node, categories: Sequence[Row]) -> Exact:
        return ratio(self.eficacia(node, self.f.whole), self.f.group_money(categories, self.f.whole)[2])

    def areas(self) -> list[tuple[Node, list[Row]]]:
        """Areas with their categories, then the entity with all."""
        nodes = [(self.place_node(self.f.area_place(a)), self.area_categories(a)) for a in self.area_codes]
        return [*nodes, (self.root, list(self.f.categories))]

    # --- all of them ---

    def all(self) -> Iterator[Table]:
        for make in (
            self.cover, self.key_figures, self.relation, self.area_units, self.criteria, self.by_acp, self.by_category, self.monthly,
            self.comparison, self.funds, self.services, self.acp_performance, self.acp_sigep, self.history,
            self.by_unit, self.performance, self.entity_months, self.summary, self.annexes, self.statistics,
            self.cuadre, self.calculation, self.money,
        ):  # fmt: skip
            yield from make()

    # --- front ---

    def cover(self) -> Iterator[Table]:
        f, node = self.f, self.root
        both, everything = (f.now, f.whole), list(f.categories)
        executed = f.group_money(everything, f.whole)[2]
        yield Table(
            "Portada",
            ("Dato", ANY, ANY),
            [
                ["Ejecución financiera (%)", *(fig(f.group_money(everything, p)[2]) for p in both)],
                ["Eficacia ponderada", *(fig(self.eficacia(node, p)) for p in both)],
                ["Avance físico (%)", *(fig(node.avance(p)) for p in both)],
                ["Semáforo DGP del avance", *(self.word(node, p) for p in both)],
                ["Eficiencia (%)", None, fig(self.efficiency(node, everything))],
                ["Criterio DGAA de la ejecución", None, fig(f.level(executed))],
            ],
        )

    def key_figures(self) -> Iterator[Table]:
        """Of the Resumen directivo: each beside what an evaluation of the quarter before has, of the books of now."""
        f, short = self.f, self.f.now.short
        now = self._told(self)
        first = f.campaign.quarter == 1
        earlier_campaign = replace(f.campaign, quarter=max(1, f.campaign.quarter - 1))
        before = {} if first else self._told(Tables(Figures(earlier_campaign, f.campaign.quarter)))
        rows: list[list[Value]] = []
        for name, (own, whole, word, last) in now.items():
            earlier = before.get(name, (ANY, ANY))
            judged = name.startswith("Puntos")
            row: list[Value] = [name]
            for value, old, said in ((own, earlier[0], word), (whole, earlier[1], last)):
                middle = (
                    [value] if first else [None if judged else old, value, None if judged else self._change(value, old)]
                )
                row += [*middle, said]
            rows.append(row)
        old = "" if first else f.quarters[-2].short
        titles = [short, f"Semáforo {short}", f"Acumulado {short}", "Semáforo o criterio del acumulado"]
        if not first:
            titles[2:3] = [f"Acumulado {old} (antes)", titles[2], "Cambio del acumulado"]
            titles[0:1] = [f"{old} (antes)", short, "Cambio"]
        yield Table("Resumen directivo", ("Cifra", *titles), rows)

    @staticmethod
    def _change(value: Value, old: Value) -> Value:
        if value is None:
            return None
        there = isinstance(value, Fraction) and isinstance(old, Fraction)
        return value - old if there else MISSING  # type: ignore[operator]

    @staticmethod
    def _told(own: "Tables") -> dict[str, tuple[Value, Value, Value, Value]]:
        """Row -> of the quarter, accumulated, and the words of both."""
        f, node, everything = own.f, own.root, list(own.f.categories)
        spent = [f.group_money(everything, p)[2] for p in (f.now, f.whole)]
        due, year = node.avance(f.dates[-1]), node.avance(f.years_due[-1])
        (near, word), (nearest, last) = (f.next_band(node.avance(p)) for p in (f.now, f.whole))
        return {
            "Avance físico (%)": (
                fig(node.avance(f.now)), fig(node.avance(f.whole)), own.word(node, f.now), own.word(node, f.whole)
            ),
            "Puntos que faltan para el color que sigue": (fig(near), fig(nearest), fig(word), fig(last)),
            "Avance a la fecha (%)": (None, fig(due), None, fig(f.band(due))),
            "Cumplimiento del año (%)": (None, fig(year), None, None),
            "Eficacia ponderada": (fig(own.eficacia(node, f.now)), fig(own.eficacia(node, f.whole)), None, None),
            "Ejecución financiera (%)": (fig(spent[0]), fig(spent[1]), None, fig(f.level(spent[1]))),
            "Eficiencia (%)": (None, fig(own.efficiency(node, everything)), None, None),
        }  # fmt: skip

    def relation(self) -> Iterator[Table]:
        f, before = self.f, f"{self.f.campaign.quarter - 1}T"
        names = (("operaciones", "Operaciones"), ("actividades", "Actividades"), ("tareas", "Tareas"))
        history = self.entity["historico"]
        frozen = any((h["cuadro"], h["gestion"], h["periodo"]) == ("relacion", YEAR, before) for h in history)
        amps = len({a["amp"] for a in self.entity["acp"]})
        rows: list[list[Value]] = [
            ["Acciones de mediano plazo", self.sigla, amps, amps],
            ["Acciones de corto plazo", self.sigla, len(self.acps), len(self.acps)],
        ]
        for i, (key, title) in enumerate(names):
            for s in f.services:
                old = fig(f.published("relacion", YEAR, before, s, key))
                rows.append([title, s, old, f.counts(f.of_now(f.below((s,))))[i]])
        vigente = [f.group_money(f.categories, q)[0] for q in f.quarters]
        rows.append(
            ["Presupuesto vigente (Bs)", self.sigla, fig(vigente[-2]) if len(vigente) > 1 else ANY, fig(vigente[-1])]
        )
        titles = ["Concepto", "Servicio", before, f.now.short]
        if not frozen:
            titles, rows = [titles[0], titles[1], titles[3]], [[r[0], r[1], r[3]] for r in rows]
        yield Table("Relación POA", titles, rows)

    def _counted(self, place: Place) -> list[Value]:
        node = self.place_node(place)
        units = self.f.of_now(node.units)
        return [len(units), sum(1 for u in units if self.f.unit_avance(u, self.f.now) is not None)]

    def area_units(self) -> Iterator[Table]:
        f, rows = self.f, []
        for s in f.services:
            for area in f.children((s,)):
                groups = f.children(area)
                rows += [[s, self.area_names[area[-1]], g[-1], *self._counted(g)] for g in groups]
                if not groups:
                    rows.append([s, self.area_names[area[-1]], None, *self._counted(area)])
            rows.append([f"Subtotal - {s}", None, None, *self._counted((s,))])
        rows.append(["Total general", None, None, *self._counted(())])
        titles = ("Servicio", "Área organizacional", "Grupo", "Unidades", f"Con avance en el {f.now.short}")
        yield Table("Áreas", titles, rows)

    def criteria(self) -> Iterator[Table]:
        campaign = self.f.campaign
        rows: list[list[Value]] = [[ANY, ANY, word, minimum, ANY] for minimum, word in self.f.bands]
        if not self.entity.get("semaforo"):
            rows.append(rows[-1])  # 0 has a row of its own
        titles = ("Grado de avance", "Avance físico", "Evaluación del desempeño", "Desde (%)", "Calificación")
        yield Table("Criterios", titles, rows)
        levels: list[list[Value]] = [
            [ANY, ANY, w, *(Fraction(str(campaign.parameter(f"criterio_dgaa.{n}", t))) for t in (1, 2, 3, 4))]
            for w, n in (("Óptimo", "optimo"), ("Aceptable", "aceptable"))
        ]
        levels.append([ANY, ANY, "En observación", *["menos"] * 4])
        yield Table("Criterios", ("Criterio", ANY, "Calificación", *(f"{t}T, desde (%)" for t in (1, 2, 3, 4))), levels)
        ideal: list[list[Value]] = [[ANY, ANY, 25 * campaign.quarter], [ANY, ANY, 25]]
        tolerance = Fraction(str(campaign.parameter("tolerancia_bs")))
        yield Table("Criterios", ("Parámetro", "Para qué", "Valor"), [*ideal, [ANY, ANY, tolerance]])

    # --- by ACP and category ---

    def _acp_rows(self) -> list[tuple[list[Value], Node, list[Row]]]:
        rows: list[tuple[list[Value], Node, list[Row]]] = []
        for a in self.entity["acp"]:
            code = str(a["acp"])
            rows.append(
                ([code, str(a["denominacion"]), str(a["area"])], self.acp_node(code), self.acp_categories(code))
            )
        return [*rows, (["Total", self.name, None], self.root, list(self.f.categories))]

    def by_acp(self) -> Iterator[Table]:
        for p in (self.f.now, self.f.whole):
            end = " acumulada" if p is self.f.whole else ""
            titles = (
                "ACP", "Acción de corto plazo", "Área", "Presupuesto vigente (Bs)", "Devengado (Bs)", "Ejecución (%)",
                f"Eficacia ponderada{end}", "Avance físico acumulado (%)" if end else "Avance físico (%)", "Semáforo",
            )  # fmt: skip
            rows = [
                [*named, *map(fig, self.f.group_money(own, p)), fig(self.eficacia(node, p)), fig(node.avance(p)),
                 self.word(node, p)]
                for named, node, own in self._acp_rows()
            ]  # fmt: skip
            yield Table("ACP", titles, rows)

    def by_category(self) -> Iterator[Table]:
        for sheet, p in (("Categorías", self.f.now), ("Anexo 1 ", self.f.whole)):
            annex = p is self.f.whole
            end = " acumulada" if annex else ""
            titles = ["ACP", "Área", "Unidad o grupos", "Categoría programática", "Programa", "Presupuesto vigente (Bs)",
                      "Devengado (Bs)", "Ejecución (%)", f"Eficacia ponderada{end}"]  # fmt: skip
            rows: list[list[Value]] = []
            for c in self.f.categories:
                figures = [*self.f.group_money([c], p), self._category_eficacia(c, p)]
                rows.append(
                    [str(c["acp"]), str(c["area"]), ANY, str(c["categoria"]), str(c["programa"]), *map(fig, figures)]
                )
            figures = [*self.f.group_money(self.f.categories, p), self.eficacia(self.root, p)]
            rows.append(["Total", None, None, None, self.name, *map(fig, figures)])
            if annex:
                titles.insert(1, "Unidad ejecutora")
                for row, of in zip(rows, [*self.f.categories, None], strict=True):
                    row.insert(1, None if of is None else str(of["unidad_ejecutora"]))
            yield Table(sheet, titles, rows)

    def _category_eficacia(self, c: Row, p: Period) -> Exact:
        quarters = (self.f.category_avance(c, q) for q in self.f.quarters)
        return self.f.weighted(self.f.category_avance(c, p), p, quarters)

    def _ideal(self, node: Node) -> Value:
        if node.level == "entidad":
            return 25 * self.f.campaign.quarter
        own = sum(1 for q in self.f.quarters if node.avance(q) is not None)
        return 25 * own if own else MISSING

    def _cut_titles(self) -> list[str]:
        now = self.f.now
        year = now.titled("Cumplimiento del año") + " (%)"
        return [now.titled("A la fecha") + " (%)", now.titled("Semáforo a la fecha"), year]

    def _at_cut(self, node: Node) -> list[Value]:
        due, year = self.f.dates[-1], self.f.years_due[-1]
        return [fig(node.avance(due)), self.word(node, due), fig(node.avance(year))]

    def acp_performance(self) -> Iterator[Table]:
        p = self.f.whole
        titles = ("ACP", "Acción de corto plazo", "Área", "Rango ideal", "Eficacia ponderada acumulada",
                  "Avance físico acumulado (%)", "Semáforo", *self._cut_titles())  # fmt: skip
        rows = [
            [*named, self._ideal(node), fig(self.eficacia(node, p)), fig(node.avance(p)), self.word(node, p),
             *self._at_cut(node)]
            for named, node, _ in self._acp_rows()
        ]  # fmt: skip
        yield Table("Desempeño por ACP", titles, rows)

    def acp_sigep(self) -> Iterator[Table]:
        p, short = self.f.whole, self.f.now.short
        goals = [self.f.goal(a) for a in self.acps]
        counted = [(planned, done) for _, planned, done in goals if planned is not None and done is not None]
        planned, done = total(x for x, _ in counted), total(x for _, x in counted)
        units = [self.f.goal_unit(a) for a in self.acps]
        compared = {unit for unit, (_, programme, _) in zip(units, goals, strict=True) if programme is not None}
        if len(compared) > 1:
            planned = done = None
        shown = [self._goal(*goal) for goal in goals]
        shown.append([fig(planned), fig(done), fig(ratio(done, planned))])
        titles = ("ACP", "Acción de corto plazo", "Programación esperada (%)", "Eficacia ponderada acumulada",
                  "Avance físico acumulado (%)", "Presupuesto vigente (Bs)", "Devengado (Bs)", "Ejecución (%)",
                  f"SIGEP {short}: programado", f"SIGEP {short}: ejecutado", f"SIGEP {short}: avance (%)",
                  *([f"SIGEP {short}: unidad de medida"] if any(units) else []), "Semáforo")  # fmt: skip
        if any(units):
            for line in shown:
                line.append(ANY)
            shown[-1][-1] = MISSING if len(compared) != 1 or None in compared else ANY
        rows = [
            [*named[:2], self._ideal(node), fig(self.eficacia(node, p)), fig(node.avance(p)),
             *map(fig, self.f.group_money(own, p)), *goal, self.word(node, p)]
            for (named, node, own), goal in zip(self._acp_rows(), shown, strict=True)
        ]  # fmt: skip
        yield Table("ACP y SIGEP", titles, rows)

    def _goal(self, registered: bool, planned: Exact, done: Exact) -> list[Value]:
        if not registered:
            return [MISSING] * 3
        if planned is None:
            return [NO_PROGRAMME, MISSING, MISSING]
        return [planned, fig(done), fig(ratio(done, planned))]

    # --- by area ---

    def _pair(self, node: Node, own: Sequence[Row], p: Period) -> tuple[Exact, Exact]:
        return self.eficacia(node, p), self.f.group_money(own, p)[2]

    def monthly(self) -> Iterator[Table]:
        titles = ("Área", "Nombre", "Indicador", *(p.short for p in self.f.periods))
        rows = []
        for node, own in self.areas():
            for i, title in enumerate(("Eficacia ponderada", "Ejecución financiera (%)")):
                rows.append([node.code, node.name, title, *(fig(self._pair(node, own, p)[i]) for p in self.f.periods)])
        yield Table("Mensual por área", titles, rows)

    def comparison(self) -> Iterator[Table]:
        for p in (*self.f.quarters, self.f.whole):
            titles = [
                "Área",
                "Nombre",
                "Presupuesto vigente (Bs)",
                "Ejecutado (Bs)",
                "Ejecución (%)",
                "Eficacia ponderada",
            ]
            rows = [
                [node.code, node.name, *map(fig, self.f.group_money(own, p)), fig(self.eficacia(node, p))]
                for node, own in self.areas()
            ]
            if p is self.f.whole:
                titles += ["Eficiencia (%)", "Criterio DGAA"]
                for row, (node, own) in zip(rows, self.areas(), strict=True):
                    row += [fig(self.efficiency(node, own)), fig(self.f.level(self.f.group_money(own, p)[2]))]
            yield Table("Comparativa por área", titles, rows)

    def funds(self) -> Iterator[Table]:
        titles = ("Fuente", "Descripción", "Presupuesto inicial (Bs)", "Presupuesto vigente (Bs)", "Ejecución (Bs)",
                  "Ejecución (%)", "Saldo (Bs)")  # fmt: skip
        rows: list[list[Value]] = [
            [str(row["fuente"]) if row else None, str(row["descripcion"]) if row else "Total", *map(fig, amounts)]
            for row, amounts in self.f.sources()
        ]
        yield Table("Fuentes", titles, rows)

    def services(self) -> Iterator[Table]:
        titles = ("Área o grupo", "Unidades", "Avance físico (%)", "Semáforo")
        for s in self.f.services:
            below = self.f.children((s,))
            if len(below) == 1:
                below = self.f.children(below[0])
            rows: list[list[Value]] = []
            for place in [(s,), *below]:
                node = self.place_node(place)
                rows.append([node.name, self.count(node), fig(node.avance(self.f.now)), self.word(node, self.f.now)])
            yield Table("Servicios", titles, rows)

    def performance(self) -> Iterator[Table]:
        for i, title in enumerate(("Eficacia ponderada acumulada", "Ejecución financiera acumulada (%)")):
            rows = [[n.code, n.name, fig(self._pair(n, own, self.f.whole)[i])] for n, own in self.areas()]
            yield Table("Desempeño", ("Área", "Nombre", title), rows)

    def entity_months(self) -> Iterator[Table]:
        names = ("Eficacia ponderada", "Ejecución financiera (%)")
        node, own = self.areas()[-1]
        rows = [[t, *(fig(self._pair(node, own, p)[i]) for p in self.f.periods)] for i, t in enumerate(names)]
        sheet = f"Mensual {self.sigla}"
        yield Table(sheet, ("Indicador", *(p.short for p in self.f.periods)), rows)
        quarters = (*self.f.quarters, self.f.whole)
        yield Table(sheet, ("Periodo", *names), [[ANY, *map(fig, self._pair(node, own, p))] for p in quarters])

    # --- history ---

    def history(self) -> Iterator[Table]:
        published = {h["codigo"] for h in self.entity["historico"] if h["cuadro"] == "entidad"}
        nodes = [self.place_node(p) for p in self.places() if len(p) in (1, 2)]
        shown = [self.root, *(n for n in nodes if n.level != "servicio" or n.code in published)]
        yield self._series("entidad", shown, with_groups=False)
        groups = []
        for s in self.f.services:
            for area in self.f.children((s,)):
                if len(self.f.children(area)) > 1:
                    for group in self.f.children(area):
                        groups += [self.place_node(group), *map(self.place_node, self.f.children(group))]
                    groups.append(self.place_node(area))
        if groups:
            yield self._series("exterior", groups, with_groups=True)
        if rows := list(self._differing()):
            yield Table("Histórico", ("Código", ANY, "Periodo", *[ANY] * 5), rows)

    def _differing(self) -> Iterator[list[Value]]:
        """Published quarters of this gestion that are not the computed ones; which rule gives them has its own tests."""
        for q in self.f.quarters:
            for node in (self.place_node(p) for p in self.places() if len(p) < 3):
                frozen = self.f.published("entidad", YEAR, q.short, node.code, "avance")
                computed = node.avance(q)
                if frozen is None or (computed is not None and shown(computed) == shown(frozen)):
                    continue
                yield [node.code, ANY, q.short, frozen, fig(computed), fig(difference(computed, frozen)), ANY, ANY]

    def _series(self, cuadro: str, nodes: Sequence[Node], *, with_groups: bool) -> Table:
        f, codes = self.f, [node.code for node in nodes]

        def published(node: Node, year: int, period: str, indicator: str) -> Exact:
            # What two groups of one name could both claim belongs to neither.
            mine = cuadro == "entidad" or codes.count(node.code) == 1
            return f.published(cuadro, year, period, node.code, indicator) if mine else None

        claimed = {
            y for y in f.years(cuadro) for n in nodes for i in ("avance", "eficacia") if published(n, y, "Gestión", i)
        }
        years = sorted(claimed)
        now = {h["periodo"] for h in self.entity["historico"] if (h["cuadro"], h["gestion"]) == (cuadro, YEAR)}
        titles: list[str | _Any] = ["Código", "Área o grupo"]
        if with_groups:
            titles += ["Unidades", *(f"Eficacia {y}" for y in years)]
        titles += [f"Avance {y}" for y in years]
        titles += [ANY] if years else []
        for q in f.quarters:
            titles += [
                f"Avance {q.short}",
                *([f"Publicado {q.short}", f"Diferencia {q.short}"] if q.short in now else []),
            ]
        rows: list[list[Value]] = []
        for node in nodes:
            row: list[Value] = [node.code, node.name]
            if with_groups:
                row += [self.count(node), *(fig(published(node, y, "Gestión", "eficacia")) for y in years)]
            past = [published(node, y, "Gestión", "avance") for y in years]
            row += map(fig, past)
            row += [MISSING if None in past else fig(mean(past))] if years else []
            for q in f.quarters:
                row.append(fig(node.avance(q)))
                if q.short in now:
                    frozen = published(node, YEAR, q.short, "avance")
                    row += [fig(frozen), fig(difference(node.avance(q), frozen))]
            rows.append([*row, fig(node.avance(f.whole)), self.word(node, f.whole)])
        return Table("Histórico", [*titles, "Avance acumulado", "Semáforo"], rows)

    # --- by unit ---

    def by_unit(self) -> Iterator[Table]:
        titles = ("N.º", "Sigla", "Unidad organizacional", "Avance físico (%)", "Semáforo")
        for area in (p for p in self.places() if len(p) == 2 and len(self.f.children(p)) == 1):
            nodes = [self.place_node(area), *map(self.unit_node, self.f.of_now(self.f.below(area)))]
            rows = [
                [n or None, node.code, node.name, fig(node.avance(self.f.now)), self.word(node, self.f.now)]
                for n, node in enumerate(nodes)
            ]
            yield Table("Unidades", titles, rows)

    def changed_units(self) -> Iterator[Table]:
        """The units that begin, end or follow others, with the avance of each quarter."""
        f = self.f
        rows: list[list[Value]] = []
        followed = {
            b for u in self.entity["unidades"] if lives.in_force(u) for b in str(u.get("sucesora_de")).split("; ")
        }
        for code in f.units:
            first, last = lives.days(self.entity, code)
            if first or last or code in followed or f.catalogue[code].get("sucesora_de"):
                shown = [f"{day:%d/%m/%Y}" if day else None for day in (first, last)]
                figures = [fig(f.of_unit(code, p)) for p in (*f.quarters, f.whole)]
                rows.append([code, ANY, *shown, *figures])
        titles: list[str | _Any] = ["Código", ANY, "Desde", "Hasta"]
        if rows:
            yield Table(
                "Resumen de indicadores",
                [*titles, *(f"{p.titled('Avance')} (%)" for p in (*f.quarters, f.whole))],
                rows,
            )

    def summary(self) -> Iterator[Table]:
        f, periods = self.f, (*self.f.quarters, self.f.whole)
        titles = ["Nivel", "Área, unidad o grupo", "ACP"]
        for p in periods:
            titles += [p.titled("Avance") + " (%)", p.titled("Eficacia")]
        nodes = [self.root]
        for s in f.services:
            nodes.append(self.place_node((s,)))
            for area in f.children((s,)):
                nodes += [self.place_node(area)] if len(f.children((s,))) > 1 else []
                if len(f.children(area)) == 1:
                    nodes += map(self.unit_node, f.below(area))
                    continue
                for group in f.children(area):
                    nodes += [self.place_node(group), *map(self.place_node, f.children(group))]
        rows = []
        for node in nodes:
            figures = [fig(x) for p in periods for x in (node.avance(p), self.eficacia(node, p))]
            grouped = node.level in ("grupo", "subgrupo")
            name = f"{node.name} ({self.count(node)})" if grouped else node.name
            acps = {"; ".join(f.acps_of(u)) for u in node.units}
            acp = acps.pop() if len(acps) == 1 and (grouped or node.level == "unidad") else ""
            last = [self.word(node, f.whole), *self._at_cut(node), float(25 * f.campaign.quarter)]
            rows.append([LEVEL[node.level], name, acp or None, *figures, *last])
        cut = ["Semáforo acumulado", *self._cut_titles(), "Rango ideal de la entidad"]
        yield Table("Resumen de indicadores", [*titles, *cut], rows)
        yield from self.changed_units()

    def annexes(self) -> Iterator[Table]:
        areas = [p for p in self.places() if len(p) == 2 and len(self.f.children(p)) > 1]
        groups = [group for area in areas for group in self.f.children(area)]
        for number, group in enumerate(groups, start=2):
            yield from self._annex(f"Anexo {number} ", group)

    def _annex(self, sheet: str, group: Place) -> Iterator[Table]:
        periods = (*self.f.quarters, self.f.whole)
        end = (*(p.titled("Avance") + " (%)" for p in periods), f"Semáforo {self.f.now.short}")

        def row(node: Node, first: list[Value]) -> list[Value]:
            return [*first, *(fig(node.avance(p)) for p in periods), self.word(node, self.f.now)]

        subgroups = self.f.children(group)
        for place in subgroups or [group]:
            node = self.place_node(place)
            units = [self.unit_node(u) for u in node.units]
            rows = [row(u, [n, u.code, u.name]) for n, u in enumerate(units, start=1)]
            yield Table(sheet, ("N.º", "Código", "Unidad", *end), [*rows, row(node, [None, "Promedio", node.name])])
        if subgroups:
            nodes = [self.place_node(s) for s in subgroups]
            rows = [row(n, [None, str(len(n.units)), n.name]) for n in nodes]
            whole = self.place_node(group)
            yield Table(
                sheet, ("N.º", "Unidades", "Subgrupo", *end), [*rows, row(whole, [None, "Promedio", whole.name])]
            )

    # --- statistics and cuadre ---

    def statistics(self) -> Iterator[Table]:
        titles = ("Nivel", "Código", "Nombre", ANY, ANY, ANY, ANY, ANY)
        nodes = [*map(self.place_node, self.places()), *map(self.acp_node, self.acps)]
        for p in (*self.f.quarters, self.f.whole):
            rows = []
            for n in nodes:
                found = self.f.statistics(n.units, p, n.code if n.level == "acp" else "")
                rows.append([LEVEL[n.level], n.code, n.name, *map(fig, found)])
            yield Table("Estadística", titles, rows)

    def cuadre(self) -> Iterator[Table]:
        f = self.f
        titles: list[str | _Any] = ["Categoría", "Programa", "Unidad", *[ANY] * 6, "Estado"]
        rows: list[list[Value]] = []
        sides: list[tuple[list[Exact], list[Exact]]] = []
        somebody = any(f.reported(str(c["categoria"])) for c in f.categories)
        for c in f.categories:
            code, own = str(c["categoria"]), f.reported(str(c["categoria"]))
            lines = [line for mine in own.values() for line in mine]
            units: list[Exact] = list(self._sums(lines)) if somebody else [None, None]
            sigep = list(f.money(code, f.whole))
            sides.append((units, sigep))
            rows.append([code, str(c["programa"]), None, *self._held(units, sigep), self._state(units, sigep)])
            for unit, mine in own.items():
                vigente, accrued = self._sums(mine)
                rows.append([code, None, unit, vigente, None, None, accrued, None, None, None])
        units, sigep = ([total(side[k][i] for side in sides) for i in (0, 1)] for k in (0, 1))
        rows.append(["Total", None, None, *self._held(units, sigep), None])
        yield Table("Cuadre", titles, rows)

    def _sums(self, lines: Sequence[Row]) -> tuple[Fraction, Fraction]:
        """Vigente and devengado of rows; a blank is 0 there."""
        vigente = sum((Fraction(str(r["vigente"])) for r in lines), Fraction(0))
        return vigente, sum((self.f.accrued(r) or Fraction(0) for r in lines), Fraction(0))

    def _held(self, units: Sequence[Exact], sigep: Sequence[Exact]) -> list[Value]:
        return [fig(x) for u, s in zip(units, sigep, strict=True) for x in (u, s, difference(u, s))]

    def _state(self, units: Sequence[Exact], sigep: Sequence[Exact]) -> str:
        found = [difference(u, s) for u, s in zip(units, sigep, strict=True)]
        if None in found:
            return "Sin datos"
        tolerance = Fraction(str(self.f.campaign.parameter("tolerancia_bs")))
        return "Cuadra" if all(abs(d) <= tolerance for d in found if d is not None) else "No cuadra"

    # --- calculation ---

    def _parts(self, acp: str) -> list[Node]:
        """What the ACP has of levels that it shares: neither all of the level nor a single thing in it; and of units.

        A part bears the name of the level that parts from the others, and stands after the parts that it has.
        """
        found: list[Node] = []

        def look(named: Place | None, place: Place, members: list[str]) -> None:
            shared = [u for u in members if self.f.acps_of(u) != [acp]]
            if members == self.f.below(place) and not shared:
                return
            if len(self.f.places[members[0]]) == len(place):
                found.extend(self._unit_part(acp, u) for u in shared)
            deeper = dict.fromkeys(self.f.places[u][: len(place) + 1] for u in members if self.f.places[u] != place)
            for child in deeper:
                own = self.f.below(child, members)
                look(named if len(deeper) == 1 else child, child, own)
            if named is not None and len(deeper or members) > 1:
                found.append(self._part(acp, named, members))

        units = self.f.acp_units(acp)
        if units:
            look(None, (), units)
        return found

    def _part(self, acp: str, place: Place, members: list[str]) -> Node:
        name = self.place_node(place).name
        return Node("parte", acp, name, members, lambda p: self.f.avance(members, len(place), p, acp))

    def _unit_part(self, acp: str, code: str) -> Node:
        return Node("parte", acp, self.unit_node(code).name, [code], lambda p: self.f.of_unit(code, p, acp))

    def calculation(self) -> Iterator[Table]:
        f, periods = self.f, self.f.periods
        order = [*map(self.place_node, self.places())]
        nodes = [self.unit_node(u) for place in self._leaves() for u in f.below(place)]
        for level in ("subgrupo", "grupo", "area", "servicio", "entidad"):
            nodes += [n for n in order if n.level == level]
        nodes += [part for a in self.acps for part in self._parts(a)]
        nodes += [self.acp_node(a) for a in self.acps]
        titles = ["Nivel", "Código", "Nombre", "ACP", *(p.titled("Avance") for p in periods),
                  *(p.titled("Eficacia") for p in periods), *(p.titled("Semáforo") for p in (f.now, f.whole)),
                  *(["Peso"] if f.by_weights else []), *(q.titled("A la fecha") for q in f.quarters),
                  *(q.titled("Cumplimiento") for q in f.quarters), "A la fecha, semáforo",
                  f.now.titled("Ponderación"), f.now.titled("Brecha")]  # fmt: skip
        places = {self._key(self.place_node(p)): p for p in self.places()}
        rows = []
        for node in nodes:
            acp = "; ".join(f.acps_of(node.code)) if node.level == "unidad" else None
            acp = node.code if node.level in ("acp", "parte") else acp
            figures = [*(node.avance(p) for p in periods), *(self.eficacia(node, p) for p in periods)]
            words = [self.word(node, p) for p in (f.now, f.whole)]
            weight: list[Value] = [self._weight(node)] if f.by_weights else []
            due = [*(fig(node.avance(p)) for p in (*f.dates, *f.years_due)), self.word(node, f.dates[-1])]
            rows.append([LEVEL[node.level], node.code, node.name, acp, *map(fig, figures), *words, *weight, *due])
            rows[-1] += self.gap(node.code if node.level == "unidad" else places.get(self._key(node)), node)
        yield Table("Cálculo", titles, rows)

    @staticmethod
    def _key(node: Node) -> tuple[str, ...]:
        return (node.level, node.code, *node.units)

    def gap(self, of: Place | str | None, node: Node) -> list[Value]:
        """What a place or unit weighs in the entity, and what the entity lacks for want of it; None: it is no part."""
        if of is None:
            return [None, None]
        share, avance = self.f.shares[of], node.avance(self.f.now)
        if share is None or avance is None:
            return [MISSING, MISSING]
        return [share, share * (100 - avance) / 100]

    def _weight(self, node: Node) -> Value:
        """What a row of Cálculo weighs among its siblings: areas, units and ACPs may."""
        sheet = {"area": "areas", "unidad": "unidades", "acp": "acp"}.get(node.level)
        if sheet is None:
            return None
        key = "unidad" if sheet == "unidades" else node.level
        return exact(next(r.get("peso") for r in self.entity[sheet] if r[key] == node.code))

    def _leaves(self) -> list[Place]:
        """The places that units stand right below, in the order of the tree."""
        return [p for p in self.places() if len(p) > 2 and not self.f.children(p)]

    def money(self) -> Iterator[Table]:
        f, periods = self.f, self.f.periods
        rows: list[list[Value]] = []

        def add(
            level: str, code: str, name: str, acp: str | None, own: Sequence[Row], eficacia: Sequence[Exact]
        ) -> None:
            money = [f.group_money(own, p) for p in periods]
            executed = money[-1][2]
            judged = [ratio(eficacia[1], executed), f.level(executed)]
            figures = [*(m[i] for i in range(3) for m in money), *eficacia, *judged]
            rows.append([level, code, name, acp, *map(fig, figures)])

        both = (f.now, f.whole)
        for c in f.categories:
            add("Categoría", str(c["categoria"]), str(c["programa"]), str(c["acp"]), [c],
                [self._category_eficacia(c, p) for p in both])  # fmt: skip
        for node, own in self.areas()[:-1]:
            add("Área", node.code, node.name, None, own, [self.eficacia(node, p) for p in both])
        for acp in self.acps:
            node = self.acp_node(acp)
            add("ACP", acp, node.name, acp, self.acp_categories(acp), [self.eficacia(node, p) for p in both])
        add("Entidad", self.sigla, self.root.name, None, f.categories, [self.eficacia(self.root, p) for p in both])
        titles = ["Nivel", "Código", "Nombre", "ACP"]
        titles += [p.titled("Vigente") + " (Bs)" for p in periods] + [p.titled("Devengado") + " (Bs)" for p in periods]
        titles += [p.titled("Ejecución") + " (%)" for p in periods]
        titles += [f"Eficacia {f.now.short}", "Eficacia acumulada", "Eficiencia (%)", "Criterio DGAA"]
        yield Table("Cálculo_Presupuesto", titles, rows)


LEVEL = {
    "unidad": "Unidad", "subgrupo": "Subgrupo", "grupo": "Grupo", "area": "Área", "servicio": "Servicio",
    "entidad": "Entidad", "parte": "Parte de una ACP", "acp": "ACP",
}  # fmt: skip
