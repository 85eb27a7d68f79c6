"""Why published figures are not the computed ones: the rule that gives each, alive, and which of the two holds."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from poa_xl.evaluation import Clave, Nodo
from poa_xl.evaluation.published import DECIMALS, Differing, Rule
from poa_xl.indicators import (
    avance_of_shown_formula,
    difference,
    difference_formula,
    limite_inferior_master_formula as _li95,
    present_mean_formula,
)
from poa_xl.master_tables.history import DIFFERENCES_TABLE
from poa_xl.messages import published as words
from poa_xl.writers.master.book import CALCULO, Cell, Formula, Libro, column_ranges, local, shown
from poa_xl.writers.master.sheet import Hoja

Frozen = Mapping[tuple[Clave, str], str]  # (node, quarter) -> the cell of what was published, in the same sheet
_PUBLISHED, _COMPUTED = 3, 4


def write(hoja: Hoja, found: Iterable[Differing], frozen: Frozen) -> None:
    """A row for each published figure that is not the computed one."""
    hoja.heading(DIFFERENCES_TABLE)
    hoja.note(words.NOTE)
    first = hoja.first_data_row
    hoja.table(DIFFERENCES_TABLE, [_row(hoja.libro, d, frozen, first + i) for i, d in enumerate(found)])


def _row(libro: Libro, d: Differing, frozen: Frozen, row: int) -> list[Cell]:
    own, q = d.nodo.clave, d.periodo
    off = difference(d.calculado, d.publicado)
    return [
        d.nodo.codigo,
        words.rule(d.nodo.nombre, d.rule or ""),
        q.corto,
        Formula(f"={frozen[own, q.clave]}", d.publicado),
        libro.at(own, "avance", q.clave),
        Formula("=" + difference_formula(local(row, _COMPUTED), local(row, _PUBLISHED)), shown(off)),
        _by_rule(_Parts(libro, frozen, q.clave), d, row),
        words.believe(d.calculado is not None, d.missing),
    ]


def _by_rule(parts: "_Parts", d: Differing, row: int) -> Cell:
    """What the rule gives, as a formula over the figures that it takes."""
    if d.rule is None or d.by_rule is None:
        return shown(None)
    computed = local(row, _COMPUTED)
    texts = {
        Rule.MEAN_OF_PUBLISHED: lambda: present_mean_formula(parts.published(d.nodo)),
        Rule.LI95_OF_UNITS: lambda: _li95(parts.computed(("unidad", u) for u in d.nodo.unidades)),
        Rule.LI95_OF_PARTS: lambda: _li95(parts.computed(d.nodo.hijos)),
        Rule.LI95_OF_PUBLISHED: lambda: _li95(parts.published(d.nodo)),
        Rule.MEAN_OF_UNITS: lambda: present_mean_formula(parts.computed(("unidad", u) for u in d.nodo.unidades)),
        Rule.FOUR_QUARTERS: lambda: avance_of_shown_formula(computed, DECIMALS),
        Rule.ROUNDING: lambda: computed,
    }
    return Formula("=" + texts[d.rule](), d.by_rule)


@dataclass(frozen=True)
class _Parts:
    """Where the figures of a node's parts stand in a quarter, as arguments of a function."""

    libro: Libro
    frozen: Frozen
    periodo: str

    def computed(self, claves: Iterable[Clave]) -> str:
        rows, col = self.libro.rows_of(claves, "avance", self.periodo)
        return column_ranges(sorted(rows), col, CALCULO)

    def published(self, node: Nodo) -> str:
        """What was published of each part, else the mean of what was published of its own parts."""
        return ",".join(self._one(key) for key in node.hijos)

    def _one(self, clave: Clave) -> str:
        place = self.frozen.get((clave, self.periodo))
        return place or present_mean_formula(self.published(self.libro.evaluacion.nodos[clave]))
