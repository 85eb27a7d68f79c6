"""Copies with observations, for `validate --annotate`: where they go, and what is said of them."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from poa_xl import atomic, catalogo, guards, messages
from poa_xl.catalogo import Catalogo
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.cli import making, terminal
from poa_xl.errors import PoaError
from poa_xl.findings import Finding, Submission
from poa_xl.guards import Limits
from poa_xl.messages import Trait
from poa_xl.messages import annotated as words
from poa_xl.ooxml.splice import MarkupError
from poa_xl.writers.annotated import copy as annotated_copy
from poa_xl.writers.annotated.copy import Copy


@dataclass(frozen=True)
class Source:
    """A file that was checked: its name as shown and in the folder of copies, and the SHA-256 that it had then.

    `known` is what a unit's workbook was checked against; the entity's own has none and is not repaired.
    """

    path: Path
    name: str
    relative: Path
    sha256: str
    known: Catalogo | None = None


@dataclass(frozen=True)
class Order:
    """What `--annotate` and `--repair` ask for."""

    folder: Path
    repair: bool
    trimestre: int | None
    limits: Limits

    def refuse_among(self, given: Sequence[Path]) -> None:
        """Wrong usage where the copies would lie in a folder given, or beside a file given."""
        target = self.folder.resolve()
        for path in (p.resolve() for p in given):
            inside = target == path or path in target.parents if path.is_dir() else target == path.parent
            if inside:
                raise click.UsageError(words.among_originals(str(self.folder)))


def order(
    folder: str | None, repair: bool, given: Sequence[Path], trimestre: int | None, limits: Limits
) -> Order | None:
    """What was asked for; None without `--annotate`."""
    if folder is None:
        if repair:
            raise click.UsageError(words.REPAIR_ALONE)
        return None
    wanted = Order(Path(folder), repair, trimestre, limits)
    wanted.refuse_among(given)
    return wanted


def sources(given: Sequence[Path], entity: Path, checked: CheckedEntity, sent: Sequence[Submission]) -> list[Source]:
    """The files of a run of `validate` that may get a copy: the entity's own workbook and those of the units."""
    found = [Source(entity, checked.book.file, Path(entity.name), checked.book.sha256)]
    if checked.entidad:
        from poa_xl.checking import unit_books

        known, prints = catalogo.of(checked.entidad), {s.archivo: s.sha256 for s in sent}
        files, _ = unit_books.files_of(given, checked.path)
        found += [Source(f.path, f.name, _relative(f.path, given), prints.get(f.name, ""), known) for f in files]
    return found


def _relative(path: Path, given: Sequence[Path]) -> Path:
    """The name of a file in the folder of copies: as it lies in the folder given."""
    roots = [p for p in given if p.is_dir() and p in path.parents]
    return path.relative_to(roots[0]) if roots else Path(path.name)


def write(wanted: Order, sources: Sequence[Source], found: Sequence[Finding], quiet: bool) -> None:
    """Write the copies of the files with findings. `quiet` says it on the other stream: the first holds JSON."""
    own = {source.name: [f for f in found if f.location.file == source.name] for source in sources}
    with_findings = [source for source in sources if own[source.name]]
    targets = _targets(wanted.folder, with_findings)
    _refuse_existing(targets, sources)
    written = 0
    for source, target in zip(with_findings, targets, strict=True):
        copy = _copy(wanted, source, own[source.name], quiet)
        if copy:
            with atomic.replacing(target) as temporary:
                temporary.write_bytes(copy.content)
            _say_repairs(source, copy, quiet)
            if copy.left_out:
                terminal.say(f"{source.name}: {copy.left_out}", err=quiet)
            written += 1
    any_left = written or with_findings
    terminal.say(words.written(written, str(wanted.folder)) if any_left else words.nothing_to_write(), err=quiet)


def _targets(folder: Path, sources: Sequence[Source]) -> list[Path]:
    """Where the copies go, each its own place."""
    taken: set[str] = set()
    targets = []
    for source in sources:
        place, number = source.relative, 1
        while str(place).casefold() in taken:
            number += 1
            place = source.relative.with_stem(f"{source.relative.stem} ({number})")
        taken.add(str(place).casefold())
        targets.append(folder / place)
    return targets


def _refuse_existing(targets: Sequence[Path], sources: Sequence[Source]) -> None:
    """PoaError before anything is written: a copy replaces only a copy that nobody has saved since."""
    originals = {source.path.resolve() for source in sources}
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


def _copy(wanted: Order, source: Source, found: Sequence[Finding], quiet: bool) -> Copy | None:
    codes = annotated_copy.unreadable(f.code for f in found)
    if codes:
        if not all(messages.has(code, Trait.NOT_OF_A_UNIT) for code in codes):  # of such a one nothing is sent back
            terminal.say(words.no_copy(source.name, ", ".join(codes)), err=quiet)
        return None
    try:
        content = guards.open_once(source.path, wanted.limits)
        if source.sha256 and hashlib.sha256(content).hexdigest() != source.sha256:
            terminal.say(words.changed_meanwhile(source.name), err=quiet)
            return None
        if wanted.repair and source.known:
            known, quarter = source.known, wanted.trimestre
            return annotated_copy.repaired(
                content, source.name, found, known, quarter, wanted.limits, making.excel_project
            )
        return annotated_copy.make(content, found, wanted.limits, making.excel_project)
    except (MarkupError, guards.RefusedError):
        terminal.say(words.cannot_change(source.name), err=quiet)
        return None


def _say_repairs(source: Source, copy: Copy, quiet: bool) -> None:
    for r in copy.repairs:
        terminal.say(words.repair(source.name, r.place, r.code, r.kind, r.before, r.after), err=quiet)
    if copy.repairs:
        terminal.say(words.left(source.name, len(copy.repairs), copy.errors, copy.avisos), err=quiet)
