"""The figures of a report: each taken from the master by its id and shown as Bolivia writes numbers."""

from collections.abc import Mapping
from functools import cached_property

from poa_xl import cells, indicators, palette
from poa_xl.comparison.tables import TableInMaster
from poa_xl.entity import Entidad
from poa_xl.evaluation import Clave
from poa_xl.figures import Figure, UnitOfMeasure, absolute_period
from poa_xl.figures.identifier import node_id
from poa_xl.figures.register import Value
from poa_xl.figures.vocabulary import BEFORE
from poa_xl.master_book import MasterBook
from poa_xl.master_tables import contents
from poa_xl.report.document import Bound

DECIMALS = 2
_WHOLE = 0


class ShownFigures:
    """The figures of a master, as a report shows them. `period` may be `trimestre`, `anterior` or `acumulado`."""

    def __init__(self, master: MasterBook, entidad: Entidad) -> None:
        self._master, self._entidad = master, entidad
        self._values: dict[str, Figure] = {str(figure.id): figure for figure in master.figures}

    def period(self, period: str) -> str | None:
        """The period of an id that a period of a text means; None before the first quarter."""
        return absolute_period(period, self._master.trimestre)

    def id(self, clave: Clave, indicator: str, period: str) -> str:
        """The id of a figure of a node; '' where there is no such period."""
        absolute = self.period(period)
        return str(node_id(clave[0], clave[1:], indicator, absolute)) if absolute else ""

    def has(self, clave: Clave, indicator: str, period: str) -> bool:
        """Whether the master has it, though it may be «n/a»."""
        return self.id(clave, indicator, period) in self._values

    def value(self, clave: Clave, indicator: str, period: str) -> Value:
        """What its cell holds; None for «n/a» and for one that the master does not have."""
        found = self._values.get(self.id(clave, indicator, period))
        return found.value if found else None

    def number(self, clave: Clave, indicator: str, period: str) -> float | None:
        """The same of a figure that is a number."""
        found = self.value(clave, indicator, period)
        return found if isinstance(found, float) else None

    def shown(self, clave: Clave, indicator: str, period: str) -> Bound:
        """It as a report shows it."""
        return self.of(self._values[self.id(clave, indicator, period)])

    def named(self, text: str) -> Bound:
        """The figure that a placeholder of a text means, such as `MRE.ejecucion.acumulado`.

        Before the first quarter nothing is `anterior`: that is n/a. FigureError where the master has no such figure.
        """
        node, _, period = text.strip().rpartition(".")
        absolute = self.period(period)
        if absolute is None and period == BEFORE:
            return Bound(text.strip(), indicators.MISSING)
        return self.of(self._master.figures.find(f"{node}.{absolute or period}"))

    def of(self, figure: Figure) -> Bound:
        """A figure as a report shows it."""
        text = shown(figure.value, figure.unit)
        fill, font = self._colours.get(text, ("", "")) if figure.unit is UnitOfMeasure.WORD else ("", "")
        return Bound(str(figure.id), text, figure.value, fill, font)

    def word(self, text: str) -> tuple[str, str]:
        """The colours of a word of the semáforo or of the second criterion, fill and font; blank for any other."""
        return self._colours.get(text, ("", ""))

    @cached_property
    def _colours(self) -> Mapping[str, tuple[str, str]]:
        levels = [(level.evaluacion, level.color, "") for level in self._entidad.criterio_dgaa]
        bands = [(band.evaluacion, band.color, band.letra) for band in self._entidad.semaforo]
        found: dict[str, tuple[str, str]] = {}
        for word, color, letra in [*bands, *levels]:
            fill = palette.rgb(color)
            found.setdefault(word, (fill, palette.rgb(letra) or palette.font_on(fill)))
        return found

    def cell(self, sheet: str, table: TableInMaster, column: str, row: int) -> Bound:
        """A number of a table of the master that may have no id: then its cell names it. `row` counts from 0."""
        line = table.rows[row]
        place = f"{sheet}!{table.cell(column, line)}"
        value = line.values[column]
        number = value if isinstance(value, float) else None
        fill, font = self.word(value) if isinstance(value, str) else ("", "")
        text = value if isinstance(value, str) else shown(number, unit_of(column, number))
        return Bound(place, text, value if isinstance(value, float | str) else None, fill, font)


def shown(value: Value, unit: UnitOfMeasure) -> str:
    """A figure as a report writes it, without its unit: two decimals, and whole counts as they are."""
    if value is None:
        return indicators.MISSING
    if isinstance(value, str):
        return value
    whole = unit is UnitOfMeasure.COUNT or (unit is UnitOfMeasure.OWN and value.is_integer())
    decimals = _WHOLE if whole else DECIMALS
    return cells.number(indicators.round_half_up(value, decimals) + 0.0, decimals)  # no «-0,00»


def unit_of_cell(value: Value, before: str) -> UnitOfMeasure:
    """In what a cell is measured, by how it was shown before: with decimals or without."""
    if isinstance(value, str):
        return UnitOfMeasure.WORD
    return UnitOfMeasure.POINTS if "," in before else UnitOfMeasure.COUNT


def unit_of(title: str, value: float | None) -> UnitOfMeasure:
    """In what the numbers below a title of the master are measured."""
    said = contents.unit_of(title)
    if said:
        return UnitOfMeasure(said)
    return UnitOfMeasure.COUNT if value is None or value.is_integer() else UnitOfMeasure.POINTS
