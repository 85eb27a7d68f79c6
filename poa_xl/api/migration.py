"""Old workbooks, or those of another gestion, into the template of now; what the entity says now into filled ones."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from poa_xl import atomic, brief, messages, reading
from poa_xl.api import arguments, baselines, entities, limits as given_limits
from poa_xl.api.arguments import Functions, GivenPaths
from poa_xl.api.baselines import GivenPlan
from poa_xl.api.entities import EntityBook, GivenEntity
from poa_xl.api.limits import GivenLimits
from poa_xl.cells import visible
from poa_xl.checking import observation_rows, unit_books
from poa_xl.checking.unit_books import SentFile
from poa_xl.entity import Entidad
from poa_xl.errors import PoaError, WrongUseError, in_a_call
from poa_xl.findings import Finding, Location
from poa_xl.guards import RefusedError
from poa_xl.messages import Severity, library, migration as words, refresh as refresh_words
from poa_xl.migration import new_workbook, pipeline, versions
from poa_xl.migration.pipeline import XLWINGS, MigrationTarget, Ready, Refresh
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import NotMigratedError, StatedIdentity, as_finding
from poa_xl.migration.versions import Versions
from poa_xl.progress import Progress, counter

_BOOKS = (".xlsx", ".xlsm")


@dataclass
class MigratedFile:
    """What became of a file: where the new workbook stands, or why there is none.

    `version` and `gestion` are those to which it was to pass.
    """

    name: str
    version: str
    gestion: int
    ready: Ready | None = None
    written: Path | None = None
    refused: NotMigratedError | None = None
    finding: Finding | None = None
    failure: str = ""  # the program's own: a full disk, no permission

    @property
    def lines(self) -> Sequence[ReportLine]:
        """The lines of its report: what was not carried, or needs a look."""
        return self.ready.lines if self.ready and (self.written or self.current) else ()

    @property
    def lost(self) -> bool:
        """Whether something that a person put in is not in the new workbook."""
        return any(line.lost for line in self.lines)

    @property
    def aside(self) -> bool:
        """Whether it was no workbook to begin with: a temporary or hidden file."""
        return self.finding is not None and messages.severity(self.finding.code) is Severity.AVISO

    @property
    def current(self) -> bool:
        """Whether it was of this version and gestión already, and had what was to be brought in."""
        return self.ready is not None and self.ready.current

    @property
    def refreshed(self) -> bool:
        """Whether what the entity says now was brought into the workbook itself, or was in it already."""
        return self.ready is not None and self.ready.refreshed

    def __repr__(self) -> str:
        return brief.line(self, name=self.name, written=self.written, lines=len(self.lines), why=self.why)

    @property
    def why(self) -> str:
        """Why there is no new workbook, in Spanish; '' where there is one, and where a finding says it."""
        return self._why(in_a_call)

    @property
    def command_why(self) -> str:
        """The same for the command line."""
        return self._why(str)

    def _why(self, worded: Callable[[str], str]) -> str:
        if self.written or self.finding or self.current:
            return ""
        if self.failure:
            return words.FAILED.format(archivo=self.name, motivo=self.failure)
        reason = {**words.REFUSED, **refresh_words.REFUSED}[self.refused.reason] if self.refused else ("", "")
        what, action = map(worded, reason)
        said = {"hallado": self.refused.found, **self.refused.details} if self.refused else {}
        return words.NOT_DONE.format(archivo=self.name, que=what.format(**said), hacer=action.format(**said))


@dataclass(frozen=True)
class Migration:
    """What became of all files, those that were set aside first."""

    entidad: EntityBook
    files: tuple[MigratedFile, ...]

    def __repr__(self) -> str:
        written = sum(one.written is not None for one in self.files)
        return brief.line(self, entidad=self.entidad.path, files=len(self.files), written=written)


@dataclass(frozen=True)
class _Wanted:
    output: Path
    functions: str | None
    order: MigrationTarget
    owners: Mapping[str, Sequence[str]]


def migrate(
    paths: GivenPaths,
    output: str | PathLike[str],
    entidad: GivenEntity | None = None,
    *,
    to: str | int | None = None,
    plan: bool | GivenPlan = False,
    schedule: bool = False,
    functions: Functions | None = None,
    from_version: str | int = "",
    year: int | None = None,
    unit: str = "",
    refresh: bool = False,
    limits: GivenLimits = None,
    each: Callable[[MigratedFile], None] = lambda _: None,
    progress: Progress | None = None,
) -> Migration:
    """Carry workbooks, and those of folders, into the template of now; they stay as they are.

    `output` is the new workbook of one, or a folder. Of the same gestion all that was written passes; of another one,
    with `plan`, the plan in words, and with `schedule` its figures too, as a proposal. `to` is a version of the
    template, the newest if it is not given; `from_version`, `year` and `unit` are said of workbooks that do not say it
    themselves. With `refresh` those of this gestion and of the entity's version (or of `to`) get what the entity says
    now, its names, codes and lists, in their place: nothing else of them changes, or with `functions` each goes into a
    new template. With the file of an approved `plan` they get also what it says of their operations and tasks, and
    nothing else that a person typed changes. `unit` is also said of one whose unit has another code now; it follows
    without `refresh` too, and with it by itself where the entity says that the unit was renamed.
    `functions` are as in `write_templates`; by themselves those that the old one had. `each` is called with
    every file once it is done. WrongUseError for what cannot be asked together, and then nothing is written.
    """
    if functions is not None:
        arguments.valid_functions(functions)
    approved = None if isinstance(plan, bool) else plan
    if approved is not None and not refresh:
        raise WrongUseError(refresh_words.PLAN_WITHOUT_REFRESH)
    stated = None if year is None else arguments.whole(year, arguments.YEARS, library.WRONG_YEAR)
    said = StatedIdentity(arguments.version(from_version), stated, unit)
    given, known = arguments.given_paths(paths), versions.known()
    target = _target(known.newest.version if to is None else arguments.version(to), known)
    bounds = given_limits.read(limits)
    place = entities.place(entidad, given, bounds)
    files, aside = unit_books.files_of(given, place)
    if not files:
        raise WrongUseError(words.NO_BOOKS, ruta=visible(", ".join(map(str, arguments.several(paths)))))
    book = entities.find(entidad or place, given, bounds)
    _refuse(said, Path(output), book, known, len(files))
    written = replace(book.entidad, version_plantilla=target)  # new workbooks say it, whatever templates are written
    least = target if to is not None else book.entidad.version_plantilla
    baseline = baselines.of(book.entidad, None, approved, None)
    wished = Refresh(least, functions is not None, baseline) if refresh else None
    order = MigrationTarget(written, known, said, plan is True or schedule, schedule, bounds, wished)
    wanted = _Wanted(Path(output), functions, order, _owners(files, order))
    done = [_outcome(f.location.file, order, finding=f) for f in aside]
    for one in sorted(done, key=_reading_order):
        each(one)
    advance = counter(progress, len(files))
    for file in files:
        done.append(_of_entity(file, _one(file, wanted), book, order))
        each(done[-1])
        advance()
    return Migration(book, tuple(done))


def _reading_order(one: MigratedFile) -> tuple[object, ...]:
    return observation_rows.order(one.finding) if one.finding else ()


def _outcome(name: str, order: MigrationTarget, finding: Finding | None = None) -> MigratedFile:
    return MigratedFile(name, order.versions.newest.version, order.entidad.gestion, finding=finding)


def _target(wanted: str, known: Versions) -> str:
    """The version to migrate to. Only the newest template can be written."""
    names, newest = ", ".join(known.names), known.newest.version
    found = known.find(wanted)
    if found is None:
        raise WrongUseError(words.UNKNOWN_TARGET, pedida=visible(wanted), versiones=names)
    if found != known.newest:
        raise WrongUseError(words.OLD_TARGET, pedida=found.version, nueva=newest, versiones=names)
    return newest


def _refuse(given: StatedIdentity, output: Path, book: EntityBook, known: Versions, files: int) -> None:
    """WrongUseError for what cannot be asked together."""
    entidad: Entidad = book.entidad
    if given.version and known.find(given.version) is None:
        names = ", ".join(known.names)
        raise WrongUseError(words.UNKNOWN_FROM, pedida=visible(given.version), versiones=names)
    if given.unidad and given.unidad not in entidad.by_code:
        raise WrongUseError(words.UNKNOWN_UNIT, unidad=visible(given.unidad))
    if given.unidad and files > 1:
        raise WrongUseError(words.ONE_UNIT)
    if files > 1 and _is_book(output):
        raise WrongUseError(words.NEEDS_FOLDER, ruta=visible(str(output)))


def _is_book(output: Path) -> bool:
    return output.suffix.lower() in _BOOKS


def _owners(files: Sequence[SentFile], order: MigrationTarget) -> dict[str, list[str]]:
    """Unit -> the files that would give its new workbook. Which of several is the good one is not ours to say."""
    found: dict[str, list[str]] = {}
    for file in files if len(files) > 1 else ():
        found.setdefault(pipeline.unit_of(file.path, file.name, order), []).append(file.name)
    return found


def _one(file: SentFile, wanted: _Wanted) -> MigratedFile:
    outcome = _outcome(file.name, wanted.order)
    try:
        ready = outcome.ready = pipeline.prepare(file.path, file.name, wanted.order)
        if not ready.current:
            same = wanted.owners.get(ready.unidad.unidad, ())
            if len(same) > 1:
                raise NotMigratedError("repetida", ", ".join(same), leido=ready.unidad.unidad)
            outcome.written = _written(ready, wanted)
            outcome.ready = replace(ready, placed=(), content=b"")  # a hundred workbooks would fill the memory
    except RefusedError as error:
        outcome.finding = as_finding(outcome.name, error)
    except NotMigratedError as error:
        outcome.refused = error
    except WrongUseError:
        raise
    except PoaError as error:
        outcome.failure = str(error)
    return outcome


def _of_entity(file: SentFile, outcome: MigratedFile, book: EntityBook, order: MigrationTarget) -> MigratedFile:
    """What became of a file; of an entity's workbook, that it is one: the one that is used, as a copy, or another."""
    if outcome.refused is None or outcome.refused.reason != NotMigratedError.ANOTHER_BOOK:
        return outcome
    there = reading.File(file.path, file.name)
    if not there.is_entity:
        return outcome
    same = there.read(()).sha256 == book.sha256
    return _outcome(file.name, order, finding=Finding("ENT-005" if same else "ENT-006", Location(file.name)))


def _written(ready: Ready, wanted: _Wanted) -> Path:
    kind = wanted.functions or ready.functions
    suffix = ".xlsm" if kind == XLWINGS else ".xlsx"
    target = wanted.output
    if not _is_book(target):
        target = target / f"{ready.unidad.unidad}{suffix}"
    elif target.suffix.lower() != suffix:
        raise WrongUseError(words.SUFFIX, debe=suffix)
    if atomic.mark(target) is not None:
        raise NotMigratedError("existe", ruta=str(target))
    if ready.content:
        return new_workbook.put(ready, target)
    return new_workbook.write(ready, target, wanted.order, *arguments.writer_terms(kind))
