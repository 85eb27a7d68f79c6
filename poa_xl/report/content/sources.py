"""What a report is made of: the master, the entity that it was made with, and the tree of the entity's levels."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from poa_xl.entity import ACP, GRUPO, SERVICIO, Entidad
from poa_xl.evaluation import Clave, Nodo, periods, tree
from poa_xl.evaluation.periods import Periodo
from poa_xl.evaluation.tree import acp_key, entity_key, unit_key
from poa_xl.figures.vocabulary import ACCUMULATED, QUARTER
from poa_xl.master_book import MasterBook
from poa_xl.master_tables import control, terms
from poa_xl.report.document import Bound, Inline, Text
from poa_xl.report.figures import ShownFigures


@dataclass(frozen=True)
class Sources:
    """See the module. `entidad` is of the workbook whose hash the cover of the master tells."""

    master: MasterBook
    entidad: Entidad

    @cached_property
    def figures(self) -> ShownFigures:
        """The figures of the master as a report shows them."""
        return ShownFigures(self.master, self.entidad)

    @cached_property
    def nodes(self) -> dict[Clave, Nodo]:
        """The tree of the entity; ACPs as the catalogue of units has them."""
        return tree.build(self.entidad, trimestre=self.trimestre)

    @property
    def trimestre(self) -> int:
        """The quarter that is reported, 1-4."""
        return self.master.trimestre

    @property
    def root(self) -> Nodo:
        """The entity."""
        return self.nodes[entity_key(self.entidad)]

    @property
    def services(self) -> list[Nodo]:
        """The services; the entity as the only one, where it has none."""
        return [self.nodes[key] for key in self.root.hijos] if SERVICIO in self.entidad.levels else [self.root]

    @property
    def areas(self) -> list[Nodo]:
        """The areas in the order of the reports."""
        return [self.nodes[key] for service in self.services for key in service.hijos]

    @property
    def acps(self) -> list[Nodo]:
        """The ACPs; none where the entity has none."""
        return [self.nodes[acp_key(a.acp)] for a in self.entidad.acps] if ACP in self.entidad.levels else []

    @property
    def quarters(self) -> tuple[Periodo, ...]:
        """The first quarter to the one that is reported."""
        return periods.quarters(self.trimestre)

    @property
    def months(self) -> tuple[Periodo, ...]:
        """January to the last month of that quarter."""
        return periods.months(self.trimestre)

    @property
    def quarter(self) -> Periodo:
        """The quarter that is reported."""
        return self.quarters[-1]

    @property
    def whole(self) -> Periodo:
        """January to its end."""
        return periods.accumulated(self.trimestre)

    @property
    def later_quarter(self) -> bool:
        """Whether a quarter came before: else the accumulated figures are those of the quarter."""
        return self.trimestre > 1

    def spans(self) -> list[tuple[str, Periodo]]:
        """(period as ids name it, period): the quarters, then all of them together where there are several."""
        found = [(q.clave, q) for q in self.quarters]
        return [*found, (ACCUMULATED, self.whole)] if self.later_quarter else found

    def judged(self) -> list[tuple[str, Periodo]]:
        """The quarter, and all of them together where there are several."""
        return self.spans()[-2:] if self.later_quarter else self.spans()

    def grouped(self, area: Nodo) -> bool:
        """Whether an area is told by its groups: it has several."""
        return GRUPO in self.entidad.levels and len(area.grupos) > 1

    def groups(self) -> list[Nodo]:
        """The groups of the areas that are told by them."""
        return [self.nodes[key] for area in self.areas if self.grouped(area) for key in area.grupos]

    def units(self, node: Nodo) -> list[Nodo]:
        """The units below a node that the master has figures of in the quarter."""
        found = [self.nodes[unit_key(unidad)] for unidad in node.unidades]
        return [unit for unit in found if self.figures.has(unit.clave, "avance", QUARTER)]

    @property
    def absent(self) -> list[str]:
        """The names of the units without information."""
        table = self.master.table(control.SUBMISSIONS.name, control.ABSENCES_TABLE.titles)
        return [str(row.values[terms.UNIT]) for row in table.rows] if table else []

    def said(self, text: str) -> str:
        """A text of ours with the names that the entity has for its levels."""
        return self.entidad.nombres.said(text)

    def shown(self, clave: Clave, indicator: str, period: str = QUARTER) -> Bound:
        """A figure as the report shows it."""
        return self.figures.shown(clave, indicator, period)


def sentence(template: str, **parts: Inline | str | Sequence[Inline]) -> tuple[Inline, ...]:
    """A sentence of `messages.report`: its fields become figures, references and words."""
    found: list[Inline] = []
    for place, piece in enumerate(_pieces(template)):
        if place % 2 == 0:
            found += [Text(piece)] if piece else []
            continue
        part = parts[piece]
        if isinstance(part, str):
            found.append(Text(part))
        else:
            found += [part] if isinstance(part, Inline) else part
    return tuple(found)


def _pieces(template: str) -> list[str]:
    return [piece for part in template.split("{") for piece in part.split("}")]


def listed(parts: Sequence[Sequence[Inline]], last: str = " y ") -> list[Inline]:
    """Several things one after the other: a, b y c."""
    found: list[Inline] = []
    for place, part in enumerate(parts):
        if place:
            found.append(Text(last if place == len(parts) - 1 else ", "))
        found += part
    return found


def words(texts: Iterable[str]) -> list[Inline]:
    """Names one after the other."""
    return listed([[Text(text)] for text in texts])
