"""The files that a master was made of, opened again through the guards: found by fingerprint, else by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path, PurePosixPath

from poa_xl import cells, messages, reading, sheets
from poa_xl.checking import entity_book
from poa_xl.entity import Entidad
from poa_xl.explanation.step import RowOrigin
from poa_xl.guards import DEFAULT, Limits
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.reading import Book, File, Table

_ENTITY_SHEETS = frozenset(sheets.ENTIDAD)


@dataclass(frozen=True)
class Original:
    """A file for one of the master: as it was read, whether its fingerprint is the same, and why it cannot be read."""

    path: Path
    sha256: str
    same: bool
    book: Book
    why: str = ""

    def table(self, key: str) -> Table | None:
        """A sheet of it by its key."""
        return self.book.tables.get(key)


class Originals:
    """The files at some places. The entity's workbook may also lie beside a folder, as it does for a consolidation."""

    def __init__(self, paths: Iterable[Path], limits: Limits = DEFAULT) -> None:
        self._limits = limits
        self._files: dict[Path, File] = {}
        for path in paths:
            for file in [*reading.list_files(path)[0], *_beside(path)]:
                self._files.setdefault(file.resolve(), File(file, limits=limits))
        self._entities: dict[Path, Entidad | None] = {}
        self._found: dict[tuple[str, str], Original | None] = {}

    @cached_property
    def _by_hash(self) -> Mapping[str, Path]:
        return {file.sha256: path for path, file in reversed(self._files.items()) if file.sha256}

    def of(self, origin: RowOrigin) -> Original | None:
        """The file of a row: that of its fingerprint, else one of its name; None where there is neither."""
        wanted = origin.archivo, origin.sha256
        if wanted not in self._found:
            self._found[wanted] = self._opened(*wanted, entity=origin.key in _ENTITY_SHEETS)
        return self._found[wanted]

    def entity(self, archivo: str, sha256: str) -> Original | None:
        """The entity's workbook."""
        return self.of(RowOrigin(archivo, sha256, "", 0, sheets.ENTIDAD[0]))

    def entidad(self, original: Original) -> Entidad | None:
        """What an entity's workbook says; None where it cannot be used."""
        if original.path not in self._entities:
            checked = entity_book.check_entity(original.path, self._limits, accepted=True)
            self._entities[original.path] = checked.entidad
        return self._entities[original.path]

    def _opened(self, archivo: str, sha256: str, *, entity: bool) -> Original | None:
        path = self._by_hash.get(sha256) or next(iter(self._named(archivo)), None)
        if path is None:
            return None
        file = self._files[path]
        book = file.read(sheets.entity_sheets() if entity else sheets.unit_sheets())
        wrong = [f for f in book.findings if messages.has(f.code, messages.Trait.UNREADABLE)]
        same = file.sha256 == sha256 if sha256 else True
        return Original(path, file.sha256, same, book, messages.text(wrong[0]) if wrong else "")

    def _named(self, archivo: str) -> Sequence[Path]:
        """The files of a name, as the master calls them: relative to the folder that was given."""
        name = PurePosixPath(archivo).name
        return [path for path in self._files if cells.visible(path.name) == name]


def _beside(path: Path) -> list[Path]:
    """The entity's workbook in a folder or right above it."""
    folder = path if path.is_dir() else path.parent
    return [p for p in (folder / ENTITY_FILE, folder.parent / ENTITY_FILE) if p.is_file()]
