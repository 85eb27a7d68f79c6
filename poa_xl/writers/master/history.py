"""Histórico: the published figures of closed periods, as they are, beside those of this evaluation."""

from dataclasses import dataclass, field

from poa_xl.evaluation import ACUMULADO, Clave, Evaluacion, Nodo, Periodo
from poa_xl.evaluation.published import ENTIDAD, EXTERIOR, WHOLE_YEAR, Published, differing, series
from poa_xl.indicators import complete_mean, complete_mean_formula, difference, difference_formula
from poa_xl.writers.master import charts, differences
from poa_xl.writers.master.book import (
    Cell,
    Formula,
    Libro,
    local,
    shown,
    span,
)
from poa_xl.writers.master.calculation import unit_counts
from poa_xl.writers.master.sheet import Columna, Hoja, Tabla, text_columna
from poa_xl.writers.xlsx.formats import COUNT, TEXT


def write(hoja: Hoja) -> None:
    """The series of the entity by area and of its groups, each with a chart; then why published figures differ."""
    evaluacion = hoja.libro.evaluacion
    hoja.start(
        "Evaluación de desempeño: serie histórica del avance físico",
        "Lo publicado no se recalcula; se une por código. Diferencia = calculado en esta evaluación menos publicado.",
    )
    frozen: dict[tuple[Clave, str], str] = {}
    hoja.heading(f"Avance físico por área: {evaluacion.entidad.sigla}")
    _Series(hoja, *series(evaluacion.entidad, evaluacion.nodos, ENTIDAD), False).write(frozen)
    groups, published = series(evaluacion.entidad, evaluacion.nodos, EXTERIOR)
    if groups:
        hoja.heading("Avance físico por grupo")
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
        columns, first = self._columns(), self.hoja.first_data_row
        cells = [self._row(node, first + number, frozen) for number, node in enumerate(self.nodes)]
        strong = ("entidad", "area") if self.with_groups else ("entidad",)
        tabla = self.hoja.table(columns, cells, [i for i, node in enumerate(self.nodes) if node.nivel in strong])
        self._chart(tabla, columns)

    def _columns(self) -> list[Columna]:
        columns = [text_columna("Código", 20), text_columna("Área o grupo", 48)]
        if self.with_groups:
            columns.append(Columna("Unidades", 10, COUNT))
            columns += [Columna(f"Eficacia {year}", 11) for year in self.years]
        columns += [Columna(f"Avance {year}", 11) for year in self.years]
        if self.years:
            columns.append(Columna(_mean_title(self.years), 12))
        for q in self.evaluated.trimestres:
            columns.append(Columna(f"Avance {q.corto}", 11))
            if q in self.compared:
                columns += [Columna(f"Publicado {q.corto}", 11), Columna(f"Diferencia {q.corto}", 11)]
        return [*columns, Columna("Avance acumulado", 11), Columna("Semáforo", 16, TEXT, "semaforo")]

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

    def _chart(self, tabla: Tabla, columns: list[Columna]) -> None:
        """One series a year and a quarter: the published years and what this evaluation computed."""
        drawn = [i for i, c in enumerate(columns) if c.titulo.startswith("Avance ")]
        titulo = "Avance físico por grupo" if self.with_groups else "Avance físico por área"
        charts.columns(self.hoja, tabla, titulo, drawn, whole=True)


def _mean_title(years: list[int]) -> str:
    """«Promedio 2022-2023»; years that do not follow each other are named one by one."""
    if len(years) == 1:
        return "Promedio"
    if years[-1] - years[0] == len(years) - 1:
        return f"Promedio {years[0]}-{years[-1]}"
    return "Promedio " + ", ".join(str(year) for year in years)
