"""The versions of the template as `schemas/versiones.yaml` tells them: data, checked against the schemas."""

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path

import yaml

from poa_xl import resources, sheets, titles
from poa_xl.errors import PoaError
from poa_xl.messages import migration as words
from poa_xl.migration import changes
from poa_xl.migration.changes import Change, ChangeError, Sheets
from poa_xl.parameters import TEMPLATE_VERSION
from poa_xl.sheets import Sheet

FILE = sheets.VERSIONS_FILE
PASSES, PROPOSED, STAYS = "pasa", "propuesta", "queda"  # what becomes of a column in another gestión
_CLASSES = (PASSES, PROPOSED, STAYS)


@dataclass(frozen=True)
class Version:
    """A version of the template: what changed in it, and its sheets with the titles that they had.

    A column of now that the version did not have yet is among them, where no title stands against it: an entity that
    keeps its old number has templates of now with the old stamp.
    """

    version: str
    resumen: str
    cambios: tuple[Change, ...]
    sheets: tuple[Sheet, ...]
    titles: frozenset[tuple[str, str]]  # (sheet key, title) of its own columns, those of now apart

    def name_of(self, key: str) -> str:
        """The name of the tab of a sheet."""
        return next(sheet.name for sheet in self.sheets if sheet.key == key)

    def title(self, key: str, column: str) -> str:
        """The title of a column."""
        return next(sheet for sheet in self.sheets if sheet.key == key).column(column).title


@dataclass(frozen=True)
class Versions:
    """All versions, oldest first; `classes` says of each input column what becomes of it in another gestión."""

    versions: tuple[Version, ...]
    classes: Mapping[str, Mapping[str, str]]  # sheet key -> column -> class

    @property
    def names(self) -> tuple[str, ...]:
        """The versions by name, oldest first."""
        return tuple(v.version for v in self.versions)

    @property
    def newest(self) -> Version:
        """The one that poa-xl writes."""
        return self.versions[-1]

    def find(self, text: str) -> Version | None:
        """The version that a stamp names; None for one that is not known."""
        return next((v for v in self.versions if titles.key(v.version) == titles.key(text)), None)

    def before(self, version: Version) -> list[Version]:
        """The versions that came before one, in their order."""
        return list(self.versions[: self.versions.index(version)])

    def after(self, version: Version) -> list[Version]:
        """The versions that came after one, in their order."""
        return list(self.versions[self.versions.index(version) + 1 :])


@cache
def known() -> Versions:
    """The versions that ship with the program. PoaError if the file does not fit the schemas."""
    path = resources.schemas_folder() / FILE
    found = load(path)
    if found.newest.version != TEMPLATE_VERSION:
        raise PoaError(
            words.NOT_THE_TEMPLATE.format(archivo=FILE, ultima=found.newest.version, plantilla=TEMPLATE_VERSION)
        )
    return found


def load(path: Path) -> Versions:
    """The versions of a file. PoaError, saying where, if it names what the schemas do not have."""
    try:
        return parse(sheets.load_yaml(path.read_text(encoding="utf-8")))
    except (yaml.YAMLError, ChangeError) as error:
        raise PoaError(words.BAD_FILE.format(archivo=path.name, motivo=error)) from error


def parse(document: object) -> Versions:
    """The versions that a document says. ChangeError if they do not fit the schemas."""
    if not isinstance(document, dict) or not isinstance(document.get("versiones"), list) or not document["versiones"]:
        raise ChangeError("sin-versiones")
    described: Sheets = {s.key: s for s in sheets.unit_sheets()}
    classes = _classes(document.get("otra_gestion"))
    found: list[Version] = []
    for line in reversed(document["versiones"]):
        name = line.get("version") if isinstance(line, dict) else None
        if not isinstance(name, str) or not name or not isinstance(line.get("cambios"), list):
            raise ChangeError("version", linea=line)
        if any(titles.key(name) == titles.key(v.version) for v in found):
            raise ChangeError("dos-veces", version=name)
        try:
            _refuse_same_titles(described)
            cambios = tuple(changes.parse(change) for change in line["cambios"])
            own = frozenset((s.key, c.title) for s in described.values() for c in s.columns)
            found.append(Version(name, str(line.get("resumen", "")), cambios, _with_newer(described), own))
            for change in reversed(cambios):
                described = changes.undone(change, described)
        except ChangeError as error:
            raise ChangeError("en-version", version=name, motivo=error) from error
    return Versions(tuple(reversed(found)), classes)


def _refuse_same_titles(described: Sheets) -> None:
    """Two columns of one title could not be told apart in a file; two sheets neither."""
    for one, other in _same([s.name for s in described.values()]):
        raise ChangeError("hojas-iguales", uno=one, otro=other)
    for sheet in described.values():
        for one, other in _same([c.title for c in sheet.columns]):
            raise ChangeError("iguales", hoja=sheet.key, uno=one, otro=other)


def _with_newer(described: Sheets) -> tuple[Sheet, ...]:
    made = []
    for sheet in sheets.unit_sheets():
        old = described.get(sheet.key, sheet)
        names, taken = {c.name for c in old.columns}, {titles.key(c.title) for c in old.columns}
        newer = [c for c in sheet.columns if c.name not in names and titles.key(c.title) not in taken]
        made.append(replace(old, columns=(*old.columns, *newer), reads_later=True))
    return tuple(made)


def _same(names: Sequence[str]) -> list[tuple[str, str]]:
    return [(a, b) for a, b in itertools.combinations(names, 2) if titles.key(a) == titles.key(b)]


def _classes(said: object) -> dict[str, dict[str, str]]:
    if not isinstance(said, dict):
        raise ChangeError("sin-otra-gestion")
    found: dict[str, dict[str, str]] = {}
    for sheet in sheets.unit_sheets():
        if not sheet.inputs:
            continue
        listed = said.get(sheet.key)
        if not isinstance(listed, dict) or set(listed) != set(_CLASSES):
            raise ChangeError("clases", hoja=sheet.key, clases=", ".join(_CLASSES))
        found[sheet.key] = _classed(sheet, listed)
    return found


def _classed(sheet: Sheet, listed: Mapping[str, list[str]]) -> dict[str, str]:
    found: dict[str, str] = {}
    for kind in _CLASSES:
        for pattern in listed[kind]:
            columns = [c for c in changes.columns(sheet, pattern) if not c.computed and c.name not in found]
            if not columns:
                raise ChangeError("clase", hoja=sheet.key, columna=pattern)
            found |= {c.name: kind for c in columns}
    missing = [c.name for c in sheet.inputs if c.name not in found]
    if missing:
        raise ChangeError("falta", hoja=sheet.key, columnas=", ".join(missing))
    return found
