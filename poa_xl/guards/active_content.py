"""What in a workbook acts by itself or leads out of it: macros, controls, add-ins, connections, links, documents.

Judged by the relations of every part, followed from the package, and by the types that the package says of its parts;
never by the name of a part. Nothing is run, followed or opened: it is noted, and a copy goes without what acts.
"""

import posixpath
import re
from collections import deque
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from urllib.parse import unquote

from poa_xl import names
from poa_xl.guards import active_formulas
from poa_xl.guards.active_formulas import Formulas
from poa_xl.guards.limits import Limits
from poa_xl.guards.markup import utf8, walk
from poa_xl.guards.package import Package
from poa_xl.guards.relations import relations
from poa_xl.guards.workbook import WorkbookIndex
from poa_xl.messages.active_content import Item
from poa_xl.ooxml import content_types, namespaces
from poa_xl.ooxml.part_names import RELATIONS_ENDING
from poa_xl.ooxml.relations import Relation, list_of

_BINARY = "activexcontrolbinary"
# The last word of the type of a relation -> the kind of what it names. It is the same in strict and transitional files
# and in all that Microsoft added, whose types differ in their beginning.
_BY_RELATION = {
    "vbaproject": "vba",
    "vbaprojectsignature": "firma",
    "vbaprojectsignatureagile": "firma",
    "vbaprojectsignaturev3": "firma",
    "xlmacrosheet": "xlm",
    "xlintlmacrosheet": "xlm",
    "macrosheet": "xlm",
    "dialogsheet": "dialogo",
    "control": "activex",
    "activexcontrol": "activex",
    _BINARY: "activex",
    "extensibility": "cinta",
    "usercustomization": "cinta",
    "customui": "cinta",
    "attachedtoolbars": "barras",
    "webextension": "extension",
    "webextensiontaskpanes": "extension",
    "taskpanes": "extension",
    "connections": "conexion",
    "querytable": "consulta",
    "volatiledependencies": "rtd",
    "externallink": "libro",
    "oleobject": "incrustado",
    "package": "incrustado",
}
# What the type of a part holds -> the same kinds.
_BY_TYPE = (
    ("vbaprojectsignature", "firma"),
    ("vbaproject", "vba"),
    ("macrosheet+xml", "xlm"),
    ("dialogsheet+xml", "dialogo"),
    ("vnd.ms-office.activex", "activex"),
    ("attachedtoolbars", "barras"),
    ("vnd.ms-office.webextension", "extension"),
    ("connections+xml", "conexion"),
    ("querytable+xml", "consulta"),
    ("volatiledependencies+xml", "rtd"),
    ("externallink+xml", "libro"),
)
_STARTUP = frozenset({"xlstartup", "xlalternatestartup", "xllibrary"})  # folders that Excel itself knows
# A list of relations to parts of the package in the words of programs, of kinds that nothing is said of.
_PLAIN_LIST = re.compile(
    rb"\s*+(?:<\?xml [^<>?]{0,100}\?>\s*+)?"
    rb'<Relationships xmlns="' + re.escape(namespaces.PACKAGE.encode()) + rb'">'
    rb"(?:<Relationship"
    rb'(?: (?:Id="\w{1,60}"|Target="[\w./-]{1,200}"'
    rb'|Type="' + re.escape(namespaces.OFFICE[0].encode()) + rb"/"
    rb'(?:comments|vmlDrawing|drawing|chart|image|printerSettings|theme)"))*+ ?+/>)*+</Relationships>\s*+'
)
_MOST_PROJECTS = 3  # of macros, that are read; a workbook has one
_LOCAL = re.compile(r"(?:file:///)?[a-z]:/(?!/)[^|]*|/(?!/)[^|]*")
_HARMLESS_SCHEMES = frozenset({"http", "https", "mailto", "ftp", "file", "tel", "sms", "sip", "callto", "whatsapp"})
_SCHEME = re.compile(r"\s*([A-Za-z][A-Za-z0-9+.-]*):")
_REMOTE = re.compile(r"(?:file:)?//(?!/|localhost/)|file:////+")
# The types of most parts: they are none of these.
_PLAIN = frozenset({"", content_types.XML[0], content_types.RELATIONS, content_types.WORKSHEET, content_types.STYLES})
_WITH_FORMULAS = frozenset({"worksheet", "table"})


def settings(sheets: Mapping[str, Sequence[Sequence[object]]]) -> list[Item]:
    """What a sheet of settings of xlwings says that ours does not: with it our own macros would run others' programs.

    `sheets` gives the cells of a sheet by its name.
    """
    found = []
    for name in [n for n in sheets if n.casefold() == names.XLWINGS_SHEET]:
        for row in sheets[name]:
            key, value = (*map(str, row[:2]), "", "")[:2]
            if key and (key, value.casefold()) not in names.XLWINGS_SETTINGS:
                found.append(Item("ajuste", f"{key}={value}", name))
    return found


class Edge(NamedTuple):
    """A relation that leads to something noted, by the part and the id by which it can be taken out."""

    source: str
    identifier: str
    kind: str
    target: str
    external: bool


@dataclass
class Judged:
    """What was found. `edges` and `parts` say where: the relations, and parts that only their type gives away."""

    items: list[Item] = field(default_factory=list)
    edges: list[Edge] = field(default_factory=list)
    parts: dict[str, str] = field(default_factory=dict)  # part -> kind
    formulas: dict[str, list[str]] = field(default_factory=dict)  # part -> the formulas that reach out
    ours: bool = False  # whether there is a project of macros with modules of ours


def _all_plain(package: Package, index: WorkbookIndex) -> bool:
    """Whether all lists of relations but two are as programs write them, with nothing in them that is noted here.

    Of ordinary workbooks they are, and need not be walked.
    """
    walked = {list_of("").lower(), list_of(index.main).lower()}
    lists = (name for name in package.names if name.lower().endswith(RELATIONS_ENDING) and name.lower() not in walked)
    return all(_PLAIN_LIST.fullmatch(package.part(name)) for name in lists)


def of(package: Package, index: WorkbookIndex, limits: Limits, suspects: Collection[str] | None = None) -> list[Item]:
    """What a workbook has of it, each once. RefusedError where a part that says so is broken.

    `suspects` are the sheets whose formulas `active_formulas.may` reach out, where that is known already.
    """
    return list(dict.fromkeys(judged(package, index, limits, suspects).items))


def judged(package: Package, index: WorkbookIndex, limits: Limits, suspects: Collection[str] | None = None) -> Judged:
    """The same with where it is."""
    search = _Search(package, index, limits)
    search.follow(all_plain=_all_plain(package, index))
    search.look_at_types()
    for part in search.with_formulas:
        if suspects is None or part in suspects or part not in search.sheets:
            search.look_at_formulas(part)
    if search.found.ours:
        code = (name for name in search.sheets.values() if name.casefold().endswith(names.PYTHON_SHEET))
        search.found.items += [Item("codigo", name) for name in code]
    return search.found


class _Search:
    def __init__(self, package: Package, index: WorkbookIndex, limits: Limits) -> None:
        self._package, self._index, self._limits = package, index, limits
        self.found = Judged()
        self.sheets = {part: name for name, part in index.sheets}
        self.with_formulas = {index.main: None}
        self._places = dict(self.sheets)  # part -> the sheet to which it belongs
        self._reached: set[str] = set()
        self._projects = 0
        self._unnamed: set[str] = set()
        self._known: set[tuple[str, str]] = set()  # (part, kind): a part is judged once for each kind of relation

    def follow(self, all_plain: bool) -> None:
        """Judge the relations of all parts to which some relation leads, each part once.

        Where all lists but the package's and the workbook's are plain, these two are enough.
        """
        waiting = deque([""])
        while waiting:
            source = waiting.popleft()
            for identifier, relation in relations(self._package, source, self._limits).items():
                target = relation.target
                if not relation.external and target in self._package and target.lower() not in self._reached:
                    self._reached.add(target.lower())
                    if source in self._places:
                        self._places.setdefault(target, self._places[source])
                    if not all_plain or target == self._index.main:
                        waiting.append(target)
                self._relation(source, identifier, relation)

    def _relation(self, source: str, identifier: str, relation: Relation) -> None:
        word = relation.kind.rpartition("/")[2].casefold()
        if relation.external:
            self._leads_out(source, identifier, word, relation.target)
        elif word in _BY_RELATION:
            self._note(source, identifier, word, relation.target)
        elif word in _WITH_FORMULAS:
            self.with_formulas[relation.target] = None

    # --- what relations say -----------------------------------------------------------------------------------

    def _note(self, source: str, identifier: str, word: str, target: str) -> None:
        kind = _BY_RELATION[word]
        self.found.edges.append(Edge(source, identifier, kind, target, False))
        if word == _BINARY:  # the control to which it belongs is named
            self._unnamed.add(target.lower())
        elif target in self._package:
            self._look_once(kind, target)

    def _look_once(self, kind: str, part: str) -> None:
        if (part.lower(), kind) not in self._known:
            self._known.add((part.lower(), kind))
            self.found.items += self._looked_at(kind, part)

    def _looked_at(self, kind: str, part: str) -> list[Item]:
        """What is said of a part of a kind."""
        place = self._places.get(part, "")
        if kind == "vba":
            return self._project(part)
        if kind == "conexion":
            return [Item(kind, name) for name in self._names(part, "connection")]
        if kind == "libro":
            return self._link(part)
        if kind in ("xlm", "dialogo"):
            return [Item(kind, self._sheet_names().get(part, part))]
        return [Item(kind, posixpath.basename(part), place)]

    def _sheet_names(self) -> dict[str, str]:
        """The names of all sheets, those without cells too."""
        known, found = relations(self._package, self._index.main, self._limits), dict[str, str]()

        def start(name: str, attributes: dict[str, str]) -> None:
            if name == "sheet":
                for relation in (known[value] for value in attributes.values() if value in known):
                    found.setdefault(relation.target, attributes.get("name", ""))

        walk(utf8(self._package.part(self._index.main)), self._limits, start)
        return found

    def _project(self, part: str) -> list[Item]:
        self._projects += 1
        from poa_xl.guards import vba  # few workbooks have one

        project = vba.judge(self._package.part(part)) if self._projects <= _MOST_PROJECTS else vba.UNREADABLE
        self.found.ours = self.found.ours or project.ours
        if not project.readable:
            return [Item("proyecto", part)]
        foreign = [Item("vba", name, part) for name in project.foreign]
        return foreign + [Item("referencia", path, part) for path in project.references]

    def _names(self, part: str, element: str) -> list[str]:
        found: list[str] = []

        def start(name: str, attributes: dict[str, str]) -> None:
            if _local(name) == element and attributes.get("deleted") not in ("1", "true"):
                found.append(attributes.get("name") or attributes.get("id", ""))

        walk(utf8(self._package.part(part)), self._limits, start)
        return found

    def _link(self, part: str) -> list[Item]:
        """What a link to another file is: one to a workbook is noted by the relation that leads there."""
        found: list[Item] = []
        xml = utf8(self._package.part(part))
        if b"ddeLink" not in xml and b"oleLink" not in xml:  # it may keep the cells of a large workbook
            return found

        def start(name: str, attributes: dict[str, str]) -> None:
            if _local(name) == "ddeLink":
                found.append(Item("dde", "|".join(attributes.get(f"dde{word}", "") for word in ("Service", "Topic"))))
            elif _local(name) == "oleLink":
                found.append(Item("ole", attributes.get("progId", "")))

        walk(xml, self._limits, start)
        if found:
            self.found.parts[part] = found[0].kind
        return found

    def _leads_out(self, source: str, identifier: str, word: str, target: str) -> None:
        place = self._places.get(source, "")
        if word == "hyperlink":
            if _acts(target):
                self.found.items.append(Item("hipervinculo", target, place))
        elif word == "image":
            self.found.items.append(Item("imagen", target, place))
        elif word in ("oleobject", "package"):
            self.found.edges.append(Edge(source, identifier, "ole", target, True))
            self.found.items.append(Item("ole", target, place))
        elif word in _BY_RELATION and word != "externallink":
            self.found.edges.append(Edge(source, identifier, _BY_RELATION[word], target, True))
            self.found.items.append(Item(_BY_RELATION[word], target, place))
        elif not is_our_addin(word, target):
            self.found.items.append(Item("libro" if "link" in word or word in _STARTUP else "externo", target))

    # --- what types and formulas say --------------------------------------------------------------------------

    def look_at_types(self) -> None:
        """Parts whose type says what they are. A type for all parts of an ending holds for those that nothing names."""
        types = self._index.types
        for part in self._package.names:
            said, own = types.of(part), part.lower() in types.of_parts
            if said in _PLAIN:
                continue
            kind = next((kind for word, kind in _BY_TYPE if word in said.casefold()), "")
            if not kind or (not own and part.lower() in self._reached):
                continue
            self.found.parts.setdefault(part, kind)
            if part.lower() not in self._unnamed:
                self._look_once(kind, part)

    def look_at_formulas(self, part: str) -> None:
        """The formulas of a part that reach out, with their cells."""
        if part not in self._package:
            return
        xml = utf8(self._package.part(part))
        if not active_formulas.may(xml, part in self.sheets):
            return
        place = self._places.get(part, "")

        def tell(cell: str, formula: str) -> None:
            if active_formulas.reaches_out(formula, self.sheets.values()):
                self.found.formulas.setdefault(part, []).append(formula)
                self.found.items.append(Item("formula", f"={formula}", "!".join(filter(None, (place, cell)))))

        Formulas(self._limits, tell).walk.run(xml)


def _local(name: str) -> str:
    """A name without its name space: what has the name of something that acts is noted, whatever wrote it."""
    return name.rpartition(" ")[2]


def is_our_addin(word: str, target: str) -> bool:
    """Whether a link leads to our own add-in, as Excel notes it beside every function of it.

    In a folder that Excel loads add-ins from it is a bare name, else a path of this computer. A file of that name
    anywhere else, beside the workbook or in a network, is not known to be ours.
    """
    path = unquote(target).replace("\\", "/").casefold()
    if path.rpartition("/")[2] != names.ADDIN_FILE:
        return False
    return path == names.ADDIN_FILE if word in _STARTUP else bool(_LOCAL.fullmatch(path))


def _acts(target: str) -> bool:
    """Whether a hyperlink starts something else than a page, a mail or a file of this computer."""
    scheme = _SCHEME.match(target)
    drive = scheme is not None and len(scheme[1]) == 1
    if scheme and not drive and scheme[1].casefold() not in _HARMLESS_SCHEMES:
        return True
    return bool(_REMOTE.match(unquote(target).strip().replace("\\", "/").casefold()))
