"""What a sheet's XML says beside its values: formulas, hidden rows, people's notes, images, the footer."""

import re
from dataclasses import dataclass, field
from typing import Any

from poa_xl import cells
from poa_xl.guards import Limits, Package
from poa_xl.guards.markup import Walk, utf8, walk
from poa_xl.guards.relations import relations
from poa_xl.reading.cell_elements import CellElements

# A note that Validar or `validate --annotate` put there: it repeats the sheet Observaciones.
_OURS = re.compile(r"(error|aviso|exceptuado) [A-Z]{3}-\d{3}: .*")


@dataclass
class Markup:
    """By cell address: the formulas and the notes of a sheet. `hidden` are row numbers."""

    formulas: dict[str, str] = field(default_factory=dict)
    hidden: set[int] = field(default_factory=set)
    notes: dict[str, str] = field(default_factory=dict)
    footer: str = ""  # in its code, as it stands
    drawing: bool = False  # LibreOffice writes an empty one to each sheet with notes: that is none

    def plain(self) -> dict[str, Any]:
        """The same as plain values, as a worker hands it over."""
        return {**vars(self), "hidden": sorted(self.hidden)}

    @classmethod
    def from_plain(cls, said: dict[str, Any]) -> "Markup":
        """The same, back again."""
        return cls(**{**said, "hidden": set(said["hidden"])})

    def see(self, element: str, _: dict[str, str]) -> None:
        """Hear of an element of a drawing; what is drawn is anchored to cells or to the sheet."""
        self.drawing = self.drawing or element.endswith("Anchor")


def of(package: Package, part: str, limits: Limits) -> Markup:
    """The markup of a worksheet, whose cells the guards have judged. RefusedError where a part of it is broken."""
    elements = CellElements(limits).read(utf8(package.part(part)))
    found = Markup(elements.formulas, elements.hidden, footer=elements.footer)
    related = relations(package, part, limits).values()
    # Each once: a sheet may name a part as often as a stranger likes.
    for kind, target in dict.fromkeys((r.kind, r.target) for r in related if not r.external):
        if target not in package:
            continue
        if kind == "comments":
            found.notes |= _Notes(limits).read(utf8(package.part(target)))
        if kind == "drawing":
            walk(utf8(package.part(target)), limits, found.see)
    found.notes = {cell: text for cell, text in found.notes.items() if text and not _ours(text)}
    return found


def _ours(text: str) -> bool:
    return all(_OURS.fullmatch(line) for line in text.splitlines() if line.strip())


class _Notes:
    """Hears of the elements of a list of notes."""

    def __init__(self, limits: Limits) -> None:
        self._texts, self._cell, self._inside = dict[str, list[str]](), "", False
        self._walk = Walk(limits, self._start, self._end, self._text)

    def read(self, xml: bytes) -> dict[str, str]:
        """The notes by the cells at which they are."""
        self._walk.run(xml)
        return {cell: "".join(texts) for cell, texts in self._texts.items()}

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "comment":
            place = attributes.get("ref", "")
            self._cell = place if cells.is_address(place) else ""
        self._inside = name == "t"

    def _text(self, text: str) -> None:
        if self._inside and self._cell:
            self._texts.setdefault(self._cell, []).append(text)

    def _end(self, name: str) -> None:
        if name == "t":
            self._inside = False
