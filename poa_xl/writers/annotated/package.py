"""The package of a stranger's workbook of which a copy is made: opened by the guards, marked when it is done."""

from functools import cached_property

from poa_xl import guards
from poa_xl.guards import active_content, workbook as guarded
from poa_xl.ooxml import namespaces
from poa_xl.ooxml.content_types import PROJECT
from poa_xl.ooxml.package import WorkbookPackage
from poa_xl.ooxml.splice import MarkupError, XmlPart
from poa_xl.writers.annotated import provenance

_SHARED = "a part of two owners"  # no program writes it, and each owner would read it once more


class WorkbookCopy(WorkbookPackage):
    """A workbook's parts by name. RefusedError where it is no workbook, MarkupError where it cannot be changed."""

    def __init__(self, content: bytes, limits: guards.Limits = guards.DEFAULT) -> None:
        package = guards.opened(content, limits)
        parts = {name: package.part(name) for name in package.names if not name.endswith("/")}
        self.limits, self.index = limits, guarded.index(package, limits)
        super().__init__(parts, self.index.main, self.index.sheets)
        self.active = active_content.judged(package, self.index, limits)
        self._owners: dict[str, str] = {}
        self._drop_calculation_chain()

    def _drop_calculation_chain(self) -> None:
        """The order in which Excel last calculated names cells with formulas: it must go where some come or go."""
        chain = self.related(self.main, "calcChain")
        if chain:
            self.unrelate(self.main, chain)
            del self.parts[chain]
            self.types.drop({chain})

    @cached_property
    def strings(self) -> list[str]:
        """The shared texts, without how they are read aloud."""
        part = XmlPart(self._shared_strings, ["si", "t"])
        return ["".join(part.text(t) for t in part.within(si, "t") if t.parent != "rPh") for si in part.all("si")]

    @cached_property
    def rich(self) -> set[str]:
        """The numbers of the shared texts that have several looks."""
        part = XmlPart(self._shared_strings, ["si", "r"])
        return {str(n) for n, item in enumerate(part.all("si")) if part.within(item, "r")}

    @property
    def _shared_strings(self) -> bytes:
        return self.parts.get(self.index.strings) or b"<sst/>"

    def drawing(self, sheet: str, element: str = "legacyDrawing") -> str:
        """The part with the shapes that an element of a sheet names by its id; '' where there is none.

        Its notes and controls have one drawing, and the pictures of its headers another, by relations of one kind.
        """
        nodes = XmlPart(self.parts[sheet], [element]).all(element)  # in strict files it is wrapped
        targets = self.targets(sheet) if nodes else {}
        found = (targets[value] for node in nodes for value in node.attributes.values() if value in targets)
        return next((part for part in found if part in self.parts), "")

    def own(self, part: str, found: str) -> str:
        """What a part names, of parts that belong to one part alone. MarkupError where another one has it too."""
        if found and self._owners.setdefault(found, part) != part:
            raise MarkupError(_SHARED)
        return found

    def put_project(self, project: bytes) -> None:
        """Put our macros where the workbook has its own, or anew."""
        part = self.related(self.main, "vbaProject")
        if not part:
            part = self.new_name("xl/vbaProject{}.bin")
            self.relate(self.main, "vbaProject", part, namespaces.MICROSOFT)
        self.parts[part] = project
        if self.index.types.of(part) != PROJECT:
            self.types.put(part, PROJECT)

    def done(self) -> bytes:
        """The package, marked as a copy."""
        provenance.put(self)
        return super().done()
