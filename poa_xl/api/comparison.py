"""What changed from one file to another: two versions of a unit's workbook, two masters, or two versions of a plan."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl import brief, cells, messages, sheets
from poa_xl.api import arguments, limits as given_limits, targets
from poa_xl.api.limits import GivenLimits
from poa_xl.api.targets import GivenTarget, Written
from poa_xl.baseline import ApprovedPlan, document
from poa_xl.comparison import Comparacion, masters, plans, units
from poa_xl.comparison.result import Clave
from poa_xl.errors import FindingsError, WrongUseError
from poa_xl.findings import Finding
from poa_xl.messages import Trait, comparison as words
from poa_xl.reading import Book, File

if TYPE_CHECKING:
    import pandas as pd

_ANOTHER_BOOK = {
    "unidad": ("unidad", "entidad"),
    "maestro": ("entidad", masters.GESTION),
    plans.KIND: ("entidad", "gestion"),
}
_PLAN = ".json"
_COLUMNS = ("hoja", "parte", "clave", "columna", "celda_a", "celda_b", "antes", "despues", "explica")


class NotComparedError(FindingsError):
    """One of two workbooks cannot be read as what it should be; `findings` say why. Exit code 3."""


@dataclass(frozen=True)
class Comparison:
    """All that differs from a workbook A to a workbook B.

    `findings` are of what kept a part of one from being read.
    """

    comparacion: Comparacion
    findings: tuple[Finding, ...]

    def __repr__(self) -> str:
        (a, b), (cells_changed, added, removed) = (self.comparacion.a, self.comparacion.b), self.comparacion.counts
        return brief.line(self, a=a.archivo, b=b.archivo, celdas=cells_changed, agregadas=added, quitadas=removed)

    @property
    def equal(self) -> bool:
        """Whether nothing differs."""
        return self.comparacion.empty or self.comparacion.identical

    def to_frame(self) -> "pd.DataFrame":
        """The cells that changed, one a row: sheet, part, key of the row, column, place in A and B, before and after.

        Of a plan also the resolutions that explain it.

        Rows that came and went are in `comparacion.hojas`.
        """
        import pandas as pd

        rows = [
            (h.nombre, h.parte, _named(c.clave), c.columna, c.celda_a, c.celda_b, c.antes, c.despues, c.explica)
            for h in self.comparacion.hojas
            for c in h.celdas
        ]
        return pd.DataFrame(rows, columns=list(_COLUMNS))

    def write(self, path: GivenTarget, *, force: bool = False) -> Written:
        """Write everything into a workbook (.xlsx) that can be filtered. It replaces nothing but such a workbook."""
        from poa_xl.writers import comparison as writer

        with targets.comparison(path, force).landing() as landing:
            writer.write(landing.temporary, self.comparacion)
        return targets.written(landing)


def _named(clave: Clave) -> str:
    return ", ".join(str(value) for _, value in clave if value is not None)


def diff(
    a: str | PathLike[str], b: str | PathLike[str], *, force: bool = False, limits: GivenLimits = None
) -> Comparison:
    """Compare two versions of a unit's workbook or of an approved plan, or two masters; A is the earlier one.

    Rows are known by their code or their text, wherever they stand. WrongUseError where they are no two versions of one
    (with `force` they are compared all the same); NotComparedError where one cannot be read.
    """
    bounds = given_limits.read(limits)
    paths = [arguments.existing(path) for path in (a, b)]
    if any(path.suffix.lower() == _PLAN for path in paths):
        return Comparison(_plans(paths, _names(str(a), str(b)), force=force), ())
    files = [File(path, name, bounds) for path, name in zip(paths, _names(str(a), str(b)), strict=True)]
    are_masters = [file.is_master for file in files]
    wanted = () if all(are_masters) else sheets.unit_sheets()
    books = [file.read(wanted) for file in files]
    refused = [f for book in books for f in book.findings if messages.has(f.code, Trait.UNREADABLE)]
    if refused:
        raise NotComparedError(words.NOT_COMPARED, refused)
    if any(are_masters) and not all(are_masters):
        master, other = sorted(files, key=lambda file: not file.is_master)
        raise WrongUseError(words.MIXED, maestro=master.name, otro=other.name)
    if all(are_masters):
        found = masters.compare(*(masters.read(f, book.sha256) for f, book in zip(files, books, strict=True)))
        noted: list[Finding] = []
    else:
        _refuse_others(files, books)
        grids = [{name: file.grid(name) or [] for name in file.sheet_names} for file in files]
        found = units.compare(books[0], books[1], grids[0], grids[1])
        noted = [f for book in books for f in _refusing(book)]
    _refuse_another(found, force)
    return Comparison(found, tuple(noted))


def _plans(paths: Sequence[Path], named: tuple[str, str], *, force: bool) -> Comparacion:
    """Two versions of a plan, each with the hash that it says of itself."""
    for path, other in (paths, reversed(paths)):
        if other.suffix.lower() != _PLAN:
            raise WrongUseError(words.MIXED_WITH_PLAN, plan=cells.visible(path.name), otro=cells.visible(other.name))
    one, other_one = (document.read(path, ApprovedPlan) for path in paths)
    found = plans.compare(one, other_one, named, (document.hash_of(one), document.hash_of(other_one)))
    _refuse_another(found, force)
    return found


def _names(a: str, b: str) -> tuple[str, str]:
    """How the files are called: by their names, or, where these are the same, as they were given."""
    short = tuple(cells.visible(Path(path).name) for path in (a, b))
    return (short[0], short[1]) if short[0] != short[1] else (cells.visible(a), cells.visible(b))


def _refusing(book: Book) -> list[Finding]:
    return [f for f in book.findings if messages.has(f.code, Trait.REFUSES_FILE)]


def _refuse_others(files: Sequence[File], books: Sequence[Book]) -> None:
    """Whatever is no unit's workbook is not compared."""
    for file, book in zip(files, books, strict=True):
        if file.is_entity:
            raise WrongUseError(words.ENTITY_BOOK, archivo=file.name)
        if not book.tables:
            wrong = _refusing(book)
            another = all(messages.has(f.code, Trait.SHEET_MISSING) for f in wrong)
            raise NotComparedError(words.NEITHER.format(archivo=file.name) if another else words.NOT_COMPARED, wrong)


def _refuse_another(found: Comparacion, force: bool) -> None:
    """WrongUseError where the two are not versions of one workbook, unless that is wanted."""
    for fact in _ANOTHER_BOOK[found.clase]:
        a, b = (side.datos.get(fact, "") for side in (found.a, found.b))
        if fact in found.distintos and a and b and not force:
            said = {"a": cells.visible(a), "b": cells.visible(b)}
            raise WrongUseError(words.ANOTHER_BOOK, que=words.DISTINCT[fact], **said)
