"""The figures of a report in its Word document: content controls bound to a part of shown texts, and a register.

Two custom XML parts: `cifras` holds what is shown, by element name alone, and the controls are bound to it (LibreOffice
takes attributes of a bound part away when it saves). `registro`, bound to nothing, says of each its id, its value, its
unit, the cell of the master, and of which master, entity and ledger the report is.
"""

import copy
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field as made_field

from lxml import etree

from poa_xl.report.document import Bound, Chart, QuotedText
from poa_xl.report.word.elements import Element, element, name, run
from poa_xl.report.word.text import ReadParagraph, tag_of

FIGURES, REGISTER = "urn:poa-xl:informe:cifras", "urn:poa-xl:informe:registro"
STORE, STORE_OF_REGISTER = "{5B0E4B35-6C0A-4F0B-9B5C-0A6B1D1C2F01}", "{5B0E4B35-6C0A-4F0B-9B5C-0A6B1D1C2F02}"
FIGURES_ROOT, REGISTER_ROOT = f"{{{FIGURES}}}cifras", f"{{{REGISTER}}}informe"
VERSION = "1"
DOCUMENT_HASH = "documento"  # the fact by which a program that saved the document since is known
_OF_DOCUMENT = (DOCUMENT_HASH, "controles")  # facts of the register that are about the document
LONGEST_TAG = 64  # characters that Word takes
_PRINT = 8  # characters of a hash that tell two long ids apart
_FIRST_ID = 10_000
_BOUND = re.compile(r"/c:cifras\[1\]/c:(\w+)\[1\]")
_SHOWN = (name("w:t"), name("w:br"))


@dataclass(frozen=True)
class RegisterEntry:
    """What the register says of a figure: `name` is its element in the part of shown texts."""

    name: str
    tag: str
    figure: str
    shown: str
    value: float | str | None
    unit: str
    place: str


@dataclass
class Bindings:
    """The figures of one document, each once, in the order in which they are first shown."""

    _entries: dict[tuple[str, str], RegisterEntry] = made_field(default_factory=dict)
    _controls: int = 0

    def control(self, figure: Bound | QuotedText, unit: str, place: str, *properties: Element | None) -> Element:
        """A control that shows a figure as plain text; nobody types in it. `properties` are of its run."""
        shown = figure.shown if isinstance(figure, Bound) else figure.text
        id = figure.figure if isinstance(figure, Bound) else figure.cell  # noqa: A001
        value = figure.value if isinstance(figure, Bound) else None
        entry = self._entries.get((id, shown))
        if entry is None:
            entry = RegisterEntry(f"f{len(self._entries) + 1}", tag(id), id, shown, value, unit, place)
            self._entries[id, shown] = entry
        self._controls += 1
        text = element("w:text", **({"w_multiLine": "1"} if "\n" in shown else {}))
        return element(
            "w:sdt",
            element(
                "w:sdtPr",
                element("w:tag", w_val=entry.tag),
                element("w:id", w_val=_FIRST_ID + self._controls),
                element("w:lock", w_val="contentLocked"),
                element(
                    "w:dataBinding",
                    w_prefixMappings=f"xmlns:c='{FIGURES}'",
                    w_xpath=f"/c:cifras[1]/c:{entry.name}[1]",
                    w_storeItemID=STORE,
                ),
                element("w15:appearance", w15_val="hidden"),
                text,
            ),
            element("w:sdtContent", run(shown, *properties)),
        )

    @property
    def entries(self) -> list[RegisterEntry]:
        """The figures in their order."""
        return list(self._entries.values())

    @property
    def controls(self) -> int:
        """How many controls show them."""
        return self._controls

    def figures_part(self) -> bytes:
        """The part that the controls are bound to."""
        root = etree.Element(FIGURES_ROOT, nsmap={None: FIGURES})
        for entry in self._entries.values():
            etree.SubElement(root, f"{{{FIGURES}}}{entry.name}").text = entry.shown
        return _xml(root)

    def register_part(
        self, facts: dict[str, str], paragraphs: Iterable[ReadParagraph], charts: Iterable[Chart]
    ) -> bytes:
        """The register: facts of the report, its figures, each paragraph's print and figures, and the charts."""
        root = etree.Element(REGISTER_ROOT, nsmap={None: REGISTER}, version=VERSION, **facts)
        figures = etree.SubElement(root, f"{{{REGISTER}}}cifras")
        for e in self._entries.values():
            put_value(etree.SubElement(figures, f"{{{REGISTER}}}cifra", nombre=e.name), e)
        listed = etree.SubElement(root, f"{{{REGISTER}}}parrafos")
        names = {(e.tag, e.shown): e.name for e in self._entries.values()}
        for p in paragraphs:
            own = " ".join(names[figure] for figure in p.figures if figure in names)
            etree.SubElement(
                listed, f"{{{REGISTER}}}parrafo", seccion=p.place.section, huella=print_of(p.text), cifras=own
            )
        drawn = etree.SubElement(root, f"{{{REGISTER}}}graficos")
        for chart in charts:
            made = etree.SubElement(drawn, f"{{{REGISTER}}}grafico", titulo=chart.caption)
            for series in chart.series:
                one = etree.SubElement(made, f"{{{REGISTER}}}serie", nombre=series.name)
                for id, value in zip(series.figures, series.values, strict=True):  # noqa: A001
                    etree.SubElement(one, f"{{{REGISTER}}}punto", id=id, valor="" if value is None else repr(value))
        return _xml(root)


def put_value(line: Element, entry: RegisterEntry) -> None:
    """Makes a line of the register say what a figure is."""
    value = entry.value
    said = {
        "id": entry.figure,
        "unidad": entry.unit,
        "celda": entry.place,
        "etiqueta": entry.tag,
        "valor": "" if value is None else repr(value) if isinstance(value, float) else value,
    }
    for key, text in said.items():
        line.set(key, text)
    line.text = entry.shown


def renew_register(
    register: Element,
    fresh: Element,
    entries: Mapping[str, RegisterEntry],
    prints: Mapping[int, str],
    drawn: Mapping[int, int],
) -> None:
    """Makes a register say what its document shows now.

    `fresh` is the register whose facts and charts it takes: `drawn` are their places in both. `entries` are the figures
    by name, `prints` the prints of paragraphs by their places.
    """
    for one in register.iter(f"{{{REGISTER}}}cifra"):
        if entry := entries.get(str(one.get("nombre"))):
            put_value(one, entry)
    for place, one in enumerate(register.iter(f"{{{REGISTER}}}parrafo")):
        one.set("huella", prints.get(place, str(one.get("huella"))))
    old, new = (list(root.iter(f"{{{REGISTER}}}grafico")) for root in (register, fresh))
    for before, after in drawn.items():
        old[before].getparent().replace(old[before], copy.deepcopy(new[after]))
    for key, value in fresh.attrib.items():
        if key not in _OF_DOCUMENT:
            register.set(key, value)


def renew_figures(figures: Element, entries: Mapping[str, RegisterEntry]) -> None:
    """Makes the part of shown texts say what is shown now."""
    for one in figures:
        if entry := entries.get(etree.QName(one).localname):
            one.text = entry.shown


def say_written(register: Element, document: bytes) -> None:
    """Makes a register say that its document is as it was written."""
    register.set(DOCUMENT_HASH, hashlib.sha256(document).hexdigest())


def bound_name(control: Element) -> str:
    """The name of the figure that a control is bound to; '' of a control of somebody else's."""
    binding = control.find(f"{name('w:sdtPr')}/{name('w:dataBinding')}")
    found = _BOUND.search("" if binding is None else str(binding.get(name("w:xpath"))))
    return found[1] if found else ""


def show(control: Element, entry: RegisterEntry, colours: tuple[str, str] | None = None) -> str:
    """Makes a control show a figure, in the letters that it has; returns what it showed.

    `colours` are those of a word of a semáforo: of its letters, and of their ground.
    """
    before = "".join("\n" if one.tag == name("w:br") else one.text or "" for one in control.iter(*_SHOWN))
    control.find(f"{name('w:sdtPr')}/{name('w:tag')}").set(name("w:val"), entry.tag)
    if before == entry.shown:
        return before
    first, *others = control.iter(name("w:r"))
    made = run(entry.shown, *(copy.deepcopy(own) for own in first.iterfind(f"{name('w:rPr')}/*")))
    first.getparent().replace(first, made)
    for other in others:
        other.getparent().remove(other)
    if colours:
        _colour(control, made, *colours)
    return before


def colours_of(body: Element) -> Mapping[str, tuple[str, str]]:
    """Tag -> the colour of its letters and of their ground, of the words of a semáforo."""
    found: dict[str, tuple[str, str]] = {}
    for control in body.iter(name("w:sdt")):
        letters = control.find(f".//{name('w:color')}")
        if letters is not None:
            shade, known = _shade(control), found.get(tag_of(control), ("", ""))
            fill = "" if shade is None else str(shade.get(name("w:fill")))
            found[tag_of(control)] = (str(letters.get(name("w:val"))), fill or known[1])
    return found


def _shade(control: Element) -> Element | None:
    """What colours the ground of a control: in a table its cell, in a sentence its words."""
    cell = next(control.iterancestors(name("w:tc")), None)
    of_cell = None if cell is None else cell.find(f"{name('w:tcPr')}/{name('w:shd')}")
    return control.find(f".//{name('w:rPr')}/{name('w:shd')}") if of_cell is None else of_cell


def _colour(control: Element, of_words: Element, letters: str, fill: str) -> None:
    for colour in of_words.iter(name("w:color")):
        colour.set(name("w:val"), letters)
    shade = _shade(control)
    if shade is not None and fill:
        shade.set(name("w:fill"), fill)


def tag(figure: str) -> str:
    """The tag of a control: the id of its figure; of a long one the beginning, and a print of all of it."""
    if len(figure) <= LONGEST_TAG:
        return figure
    end = hashlib.sha256(figure.encode()).hexdigest()[:_PRINT]
    return f"{figure[: LONGEST_TAG - _PRINT - 1]}~{end}"


def print_of(text: str) -> str:
    """The print of a paragraph: of its words, whatever blanks are between them."""
    return hashlib.sha256(" ".join(text.split()).encode()).hexdigest()


def _xml(root: Element) -> bytes:
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)
