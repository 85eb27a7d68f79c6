"""What the XML of a worksheet says beside the values of its cells: formulas, hidden rows, the footer."""

from poa_xl import cells
from poa_xl.guards import Limits
from poa_xl.guards.markup import Walk


class CellElements:
    """Hears of the elements of a sheet. A formula that several cells share is written out in the first one alone.

    By cell address: `formulas`, that of the first one for all that share it, and `first`, where it stands. `hidden` are
    row numbers.
    """

    def __init__(self, limits: Limits) -> None:
        self.formulas, self.first, self.hidden, self.footer = dict[str, str](), dict[str, str](), set[int](), ""
        self._shared = dict[str, str]()  # number of a shared formula -> the cell that has it
        self._row = self._column = 0
        self._address, self._share, self._formula = "", "", list[str]()
        self._in_data = self._in_cell = self._in_formula = self._in_footer = False
        self._walk = Walk(limits, self._start, self._end, self._text)

    def read(self, xml: bytes) -> "CellElements":
        """The same, after all of it was heard. RefusedError where it is broken."""
        self._walk.run(xml)
        return self

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._in_footer = name == "oddFooter"
        if name == "sheetData":
            self._in_data = True
        elif name == "row" and self._in_data:
            self._row = int(attributes["r"]) if "r" in attributes else self._row + 1
            self._column = 0
            if attributes.get("hidden") in ("1", "true"):
                self.hidden.add(self._row)
        elif name == "c" and self._in_data:
            self._in_cell = True
            self._address = attributes.get("r") or f"{cells.letters(self._column)}{max(self._row, 1)}"
            self._column = cells.place_of(self._address) + 1
        elif name == "f" and self._in_cell:
            self._in_formula, self._formula = True, []
            self._share = attributes.get("si", "") if attributes.get("t") == "shared" else ""

    def _text(self, text: str) -> None:
        if self._in_formula:
            self._formula.append(text)
        elif self._in_footer:
            self.footer += text

    def _end(self, name: str) -> None:
        self._in_footer = False
        if name == "sheetData":
            self._in_data = False
        elif name == "c":
            self._in_cell = False
        elif name == "f" and self._in_formula:
            self._in_formula = False
            self._note("".join(self._formula))

    def _note(self, own: str) -> None:
        """A formula of the present cell; '' where another cell has written it out."""
        first = self._shared.setdefault(self._share, self._address) if self._share else self._address
        self.formulas[self._address] = f"={own}" if own else self.formulas.get(first, "=")
        if not own and first != self._address:
            self.first[self._address] = first
