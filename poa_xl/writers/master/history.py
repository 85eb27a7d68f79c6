"""Histórico: the published figures of closed periods, as they are, beside those of this evaluation."""

from dataclasses import dataclass, field

from poa_xl.evaluation import ACUMULADO, Clave, Evaluacion, Nodo, Periodo
from poa_xl.evaluation.published import ENTIDAD, EXTERIOR, WHOLE_YEAR, Published, differing, series
from poa_xl.indicators import complete_mean, complete_mean_formula, difference, difference_formula
from poa_xl.master_tables import terms
from poa_xl.master_tables.history import AREAS_TABLE, GROUPS_TABLE, HISTORY
from poa_xl.master_tables.table import PeriodWords
from poa_xl.writers.master import charts, differences, headings
from poa_xl.writers.master.book import (
    Cell,
    Formula,
    Libro,
    local,
    shown,
    span,
)
from poa_xl.writers.master.calculation import unit_counts
from poa_xl.writers.master.headings import said
from poa_xl.writers.master.sheet import Hoja, Tabla


def write(hoja: Hoja) -> None:
    """The series of the entity by area and of its groups, each with a chart; then why published figures differ."""
    evaluacion = hoja.libro.evaluacion
    hoja.start(
        HISTORY,
        "Lo publicado no se recalcula; se une por código. Diferencia = calculado en esta evaluación menos publicado.",
    )
    frozen: dict[tuple[Clave, str], str] = {}
    hoja.heading(AREAS_TABLE)
    _Series(hoja, *series(evaluacion.entidad, evaluacion.nodos, ENTIDAD), False).write(frozen)
    groups, published = series(evaluacion.entidad, evaluacion.nodos, EXTERIOR)
    if groups:
        hoja.heading(GROUPS_TABLE)
        _Series(hoja, groups, published, True).write(frozen)
    found = differing(
        evaluacion.entidad, evaluacion.nodos, evaluacion.avance, evaluacion.trimestres, evaluacion.faltantes
    )
    if found:
        differences.write(hoja, found, frozen)
    hoja.finish()


@dataclass
class _Series:
    """One table of the sheet."""

    hoja: Hoja
    nodes: tuple[Nodo, ...]
    published: Published
    with_groups: bool
    years: list[int] = field(init=False)
    compared: list[Periodo] = field(init=False)

    def __post_init__(self) -> None:
        gestion = self.evaluated.entidad.gestion
        periods = {(year, period) for _, year, period, _ in self.published}
        self.years = sorted({year for year, period in periods if period == WHOLE_YEAR and year < gestion})
        self.compared = [q for q in self.evaluated.trimestres if (gestion, q.corto) in periods]

    @property
    def libro(self) -> Libro:
        return self.hoja.libro

    @property
    def evaluated(self) -> Evaluacion:
        return self.libro.evaluacion

    def write(self, frozen: dict[tuple[Clave, str], str]) -> None:
        """Write the table and its chart, and note in `frozen` where each published figure of a quarter stands."""
        first = self.hoja.first_data_row
        cells = [self._row(node, first + number, frozen) for number, node in enumerate(self.nodes)]
        strong = ("entidad", "area") if self.with_groups else ("entidad",)
        totals = [i for i, node in enumerate(self.nodes) if node.nivel in strong]
        table, claves = GROUPS_TABLE if self.with_groups else AREAS_TABLE, [node.clave for node in self.nodes]
        self._chart(self.hoja.table(table, cells, totals, claves=claves, spans=self._spans()))

    def _spans(self) -> dict[str, list[PeriodWords]]:
        quarters = headings.spans(self.evaluated)[terms.QUARTERS]
        compared = {q.clave for q in self.compared}
        return {
            terms.YEARS: [PeriodWords(str(year), str(year)) for year in self.years],
            terms.MEAN_OF_YEARS: [PeriodWords("", _years(self.years))] if self.years else [],
            terms.PUBLISHED: [q for q in quarters if q.key in compared],
        }

    def _row(self, node: Nodo, row: int, frozen: dict[tuple[Clave, str], str]) -> list[Cell]:
        libro, clave = self.libro, node.clave
        cells: list[Cell] = [node.codigo, node.nombre]
        if self.with_groups:
            cells.append(unit_counts(libro, clave)[0])
            cells += [shown(self.published.get((clave, year, WHOLE_YEAR, "eficacia"))) for year in self.years]
        past = [self.published.get((clave, year, WHOLE_YEAR, "avance")) for year in self.years]
        cells += [shown(value) for value in past]
        if self.years:
            ranges = span(row, len(cells) - len(self.years), len(cells) - 1)
            text = "=" + complete_mean_formula(ranges, len(self.years))
            cells.append(Formula(text, shown(complete_mean(past))))
        for q in self.evaluated.trimestres:
            cells.append(libro.at(clave, "avance", q.clave))
            if q in self.compared:
                figure = self.published.get((clave, self.evaluated.entidad.gestion, q.corto, "avance"))
                if figure is not None:
                    frozen.setdefault((clave, q.clave), local(row, len(cells)))
                cells += self._compared(clave, q, figure, row, len(cells))
        return [*cells, libro.at(clave, "avance", ACUMULADO), libro.at(clave, "semaforo", ACUMULADO)]

    def _compared(self, clave: Clave, q: Periodo, figure: float | None, row: int, col: int) -> list[Cell]:
        """The published figure, in column `col`, and how far the computed one (just before it) is from it."""
        value = difference(self.evaluated.avance[clave, q.clave], figure)
        text = "=" + difference_formula(local(row, col - 1), local(row, col))
        return [shown(figure), Formula(text, shown(value))]

    def _chart(self, tabla: Tabla) -> None:
        """One series a year and a quarter: the published years and what this evaluation computed."""
        drawn = [i for i, c in enumerate(tabla.columns) if c.title.startswith("Avance ")]
        titulo = "Avance físico por grupo" if self.with_groups else "Avance físico por área"
        charts.columns(self.hoja, tabla, said(self.evaluated, titulo), drawn, whole=True)


def _years(years: list[int]) -> str:
    """Of a mean: « 2022-2023»; years that do not follow each other are named one by one."""
    if len(years) == 1:
        return ""
    if years[-1] - years[0] == len(years) - 1:
        return f" {years[0]}-{years[-1]}"
    return " " + ", ".join(str(year) for year in years)


WRITERS = {HISTORY: write}
