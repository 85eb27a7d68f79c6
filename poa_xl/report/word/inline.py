"""Words, figures and references of a paragraph as runs, fields and controls."""

from collections.abc import Iterable, Iterator, Mapping

from poa_xl.figures import FigureError, UnitOfMeasure, parse
from poa_xl.master_book import MasterBook
from poa_xl.report.document import Bound, Inline, QuotedText, Reference, Text
from poa_xl.report.word.controls import Bindings
from poa_xl.report.word.elements import Element, element, field, run, shade


class InlineWriter:
    """Writes what stands within paragraphs; `labels` are the captions by their keys: «Cuadro 3» and its bookmark."""

    def __init__(self, bindings: Bindings, master: MasterBook, labels: Mapping[str, tuple[str, str]]) -> None:
        self._bindings, self._master, self._labels = bindings, master, labels

    def runs(self, parts: Iterable[Inline], *, strong: bool = False, in_cell: bool = False) -> Iterator[Element]:
        """The parts in their order. In a cell it is the cell that has the colour of a word of a semáforo."""
        for part in parts:
            if isinstance(part, Text):
                yield run(part.text, element("w:b") if strong or part.strong else None)
            elif isinstance(part, Reference):
                label, mark = self._labels[part.key]
                yield from field(f"REF {mark} \\h", [run(label)])
            else:
                yield self._control(part, strong=strong, in_cell=in_cell)

    def _control(self, figure: Bound | QuotedText, *, strong: bool, in_cell: bool) -> Element:
        """A figure, or what a unit wrote, as a bound control."""
        properties = [element("w:b") if strong else None]
        if isinstance(figure, QuotedText):
            return self._bindings.control(figure, UnitOfMeasure.WORD, figure.cell, *properties)
        if figure.font:
            properties.append(element("w:color", w_val=figure.font.removeprefix("#")))
        if figure.fill and not in_cell:
            properties.append(shade(figure.fill))
        return self._bindings.control(figure, self._unit(figure), self.place(figure.figure), *properties)

    def place(self, figure: str) -> str:
        """The cell of the master that holds a figure."""
        places = self._master.places
        return str(places[figure]) if figure in places else figure

    @staticmethod
    def _unit(figure: Bound) -> str:
        try:
            return str(parse(figure.figure).unit)
        except FigureError:  # a cell
            return UnitOfMeasure.WORD if isinstance(figure.value, str) else ""
