"""Copies with observations of workbooks that were checked: where they go, and what became of each."""

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from poa_xl import atomic, catalogo, guards, messages
from poa_xl.api.revision import Revision
from poa_xl.catalogo import Catalogo
from poa_xl.cells import visible
from poa_xl.checking import unit_books
from poa_xl.checking.repairs import Repair
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.findings import Finding
from poa_xl.messages import Trait, annotated as words, library
from poa_xl.ooxml.splice import MarkupError
from poa_xl.writers.annotated import copy as annotated_copy
from poa_xl.writers.annotated.copy import Copy


@dataclass(frozen=True)
class AnnotatedFile:
    """What became of a workbook with findings: where its copy is, or None; what was repaired in it, and what is left.

    `note` is a sentence in Spanish: why there is no copy, or what it goes without.
    """

    name: str
    path: Path | None
    repairs: tuple[Repair, ...] = ()
    errors: int = 0
    avisos: int = 0
    note: str = ""


@dataclass(frozen=True)
class CheckedFile:
    """A file that was checked: its name as shown and in the folder of copies, and the SHA-256 that it had then.

    `known` is what a unit's workbook was checked against; the entity's own has none and is not repaired.
    """

    path: Path
    name: str
    relative: Path
    sha256: str
    known: Catalogo | None = None


def refuse_among(folder: Path, given: Sequence[Path]) -> None:
    """WrongUseError where copies would lie in a folder that is checked, or beside a file that is."""
    target = folder.resolve()
    for path in (p.resolve() for p in given):
        inside = target == path or path in target.parents if path.is_dir() else target == path.parent
        if inside:
            raise WrongUseError(words.AMONG_ORIGINALS, carpeta=visible(str(folder)))


def write(
    revision: Revision, folder: Path, repair: bool, each: Callable[[AnnotatedFile], None] | None = None
) -> list[AnnotatedFile]:
    """Write the copies of the files with findings."""
    refuse_among(folder, revision.given)
    files = _files(revision)
    own = {file.name: [f for f in revision.findings if f.location.file == file.name] for file in files}
    observed = [file for file in files if own[file.name]]
    targets = _targets(folder, observed)
    _refuse_existing(targets, files)
    done = []
    for file, target in zip(observed, targets, strict=True):
        done.append(_written(revision, file, own[file.name], target, repair))
        if each:
            each(done[-1])
    return done


def _files(revision: Revision) -> list[CheckedFile]:
    """The files that may get a copy: the entity's own workbook and those of the units."""
    prints = {s.archivo: s.sha256 for s in revision.submissions}
    checked, given = revision.entity, revision.given
    if checked is None:
        if not given:  # it is open in a spreadsheet program
            raise PoaError(library.NO_FILE_TO_COPY)
        (path,) = given
        ((name, sha256),) = prints.items()
        return [CheckedFile(path, name, Path(path.name), sha256, revision.known or catalogo.UNKNOWN)]
    found = [CheckedFile(checked.path, checked.book.file, Path(checked.path.name), checked.book.sha256)]
    if checked.entidad:
        files, _ = unit_books.files_of(given, checked.path)
        found += [
            CheckedFile(f.path, f.name, _relative(f.path, given), prints.get(f.name, ""), revision.known) for f in files
        ]
    return found


def _relative(path: Path, given: Sequence[Path]) -> Path:
    """The name of a file in the folder of copies: as it lies in the folder given."""
    roots = [p for p in given if p.is_dir() and p in path.parents]
    return path.relative_to(roots[0]) if roots else Path(path.name)


def _targets(folder: Path, files: Sequence[CheckedFile]) -> list[Path]:
    """Where the copies go, each its own place."""
    taken: set[str] = set()
    targets = []
    for file in files:
        place, number = file.relative, 1
        while str(place).casefold() in taken:
            number += 1
            place = file.relative.with_stem(f"{file.relative.stem} ({number})")
        taken.add(str(place).casefold())
        targets.append(folder / place)
    return targets


def _refuse_existing(targets: Sequence[Path], files: Sequence[CheckedFile]) -> None:
    """PoaError before anything is written: a copy replaces only a copy that nobody has saved since."""
    originals = {file.path.resolve() for file in files}
    for target in targets:
        if not target.exists() and not target.is_symlink():
            continue
        if target.resolve() in originals or target.is_symlink() or not _is_ours(target):
            raise PoaError(words.not_ours(str(target)))


def _is_ours(path: Path) -> bool:
    try:
        return annotated_copy.is_copy(guards.open_once(path, guards.DEFAULT))
    except guards.RefusedError:
        return False


def _written(
    revision: Revision, file: CheckedFile, found: Sequence[Finding], target: Path, repair: bool
) -> AnnotatedFile:
    codes = annotated_copy.unreadable(f.code for f in found)
    if codes:  # what is no submission has no observations to send back: nothing is said of it
        silent = all(messages.has(code, Trait.NOT_OF_A_UNIT) for code in codes)
        return AnnotatedFile(file.name, None, note="" if silent else words.no_copy(file.name, ", ".join(codes)))
    try:
        content = guards.open_once(file.path, revision.limits)
        if file.sha256 and hashlib.sha256(content).hexdigest() != file.sha256:
            return AnnotatedFile(file.name, None, note=words.changed_meanwhile(file.name))
        copy = _copy(revision, file, content, found, repair)
    except (MarkupError, guards.RefusedError):
        return AnnotatedFile(file.name, None, note=words.cannot_change(file.name))
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(copy.content)
    note = f"{file.name}: {copy.left_out}" if copy.left_out else ""
    return AnnotatedFile(file.name, target, copy.repairs, copy.errors, copy.avisos, note)


def _copy(revision: Revision, file: CheckedFile, content: bytes, found: Sequence[Finding], repair: bool) -> Copy:
    if repair and file.known:
        return annotated_copy.repaired(content, file.name, found, file.known, revision.quarter, revision.limits)
    return annotated_copy.make(content, found, revision.limits)
