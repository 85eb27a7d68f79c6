"""Reads and checks the workbooks of the units, and gives the rows that are accepted."""

import datetime as dt
import itertools
import os
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import catalogo, cells, guards, reading, sheets
from poa_xl.accepted_rows import ROW_TYPES, AcceptedRows, FilaAceptada
from poa_xl.baseline.modifications import NOTHING, Baseline
from poa_xl.catalogo import Catalogo
from poa_xl.checking import (
    answers,
    closed_lists,
    cuadre,
    frames,
    quarters_without_book,
    schema_rules,
    sigep,
    totals,
    unit_rules,
)
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.checking.report import FORM_ROW, Report
from poa_xl.checking.waivers import Waiver
from poa_xl.engine import LOCAL, Engine
from poa_xl.entity import Entidad, Unidad
from poa_xl.errors import PoaError
from poa_xl.findings import Finding, Location, Submission, SubmissionState, count
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.progress import Progress, counter
from poa_xl.reading import Book, as_records


@dataclass(frozen=True)
class CheckedUnits:
    """The outcome of checking a set of submissions.

    `missing` are the units that must send and of which no file came (empty when single files were given).
    """

    findings: tuple[Finding, ...]
    submissions: tuple[Submission, ...]
    accepted: AcceptedRows
    missing: tuple[Unidad, ...]


def check_units(
    paths: Sequence[Path],
    checked: CheckedEntity,
    entidad: Entidad,
    trimestre: int | None,
    progress: Progress | None = None,
    limits: guards.Limits = guards.DEFAULT,
    *,
    complete: bool | None = None,
    waivers: Sequence[Waiver] = (),
    days: Mapping[str, dt.date] | None = None,
    baseline: Baseline = NOTHING,
    in_force: Collection[str] = (),
    engine: Engine = LOCAL,
) -> CheckedUnits:
    """Check files, and every workbook of folders, against the entity.

    `trimestre` None takes each workbook's own. Units that sent nothing, and the cuadre with SIGEP, are looked at only
    where a folder is given (a single file says nothing of the others), or where `complete` says that this is all that
    there is. `progress` is told how many were read, of how many. `days` says on which day a file of a fingerprint was
    received, where that is not today. `baseline` is what they are compared with; what differs from it keeps no file out
    of those `in_force`, by fingerprint, for it was decided that they count. `engine` says where files are read.
    """
    files, findings = files_of(paths, checked.path)
    advance = counter(progress, len(files))
    read = [_named_as_entity(book, checked) for book in engine.read(files, advance, limits)]
    set_aside = {book.file: code for book in read if (code := _set_aside(book, checked))}
    findings += [Finding(code, Location(file)) for file, code in set_aside.items()]
    findings += _without_books(paths, [file for file in files if file.name not in set_aside])
    books = [book for book in read if book.file not in set_aside]
    copies = _copies(books)
    findings += [Finding("ENT-009", Location(file), original) for file, original in copies.items()]
    books = [book for book in books if book.file not in copies]
    reports = _check_sound(
        books, _Terms(catalogo.of(entidad), trimestre, tuple(waivers), days or {}, baseline, in_force)
    )
    complete = any(p.is_dir() for p in paths) if complete is None else complete
    repeated = _repeated(reports, checked)
    accepted = _accepted(reports, repeated)
    missing = _missing(entidad, reports, trimestre) if complete else ()
    findings += [f for report in reports for f in report.all_findings]
    findings += [f for group in repeated.values() for f in group]
    findings += _refused_twins(reports)
    findings += [_missing_finding(checked, u) for u in missing]
    if trimestre and complete:
        sent = {r.unidad for r in reports}
        findings += quarters_without_book.check(checked, entidad, trimestre, sent, accepted.tareas)
    if trimestre and complete:
        findings += sigep.unreported(checked.book.file, entidad, trimestre)
    if trimestre and accepted.presupuesto and complete:
        findings += cuadre.check(checked, entidad, books, accepted.presupuesto, trimestre)
    findings, remarks = answers.attach(findings, books)
    rows = Counter(row.archivo for row in accepted.in_tables)
    submissions = tuple(_submission(r, repeated, rows[r.book.file], remarks) for r in reports)
    return CheckedUnits(tuple(findings), submissions, accepted, missing)


def check_alone(
    book: Book,
    known: Catalogo,
    trimestre: int | None = None,
    waivers: Sequence[Waiver] = (),
    today: dt.date | None = None,
    baseline: Baseline = NOTHING,
) -> tuple[list[Finding], Submission]:
    """Check one workbook that was read, by itself. `trimestre` None takes the workbook's own."""
    days = {book.sha256: today} if today else {}
    (report,) = _check_sound([book], _Terms(known, trimestre, tuple(waivers), days, baseline))
    rows = sum(1 for _ in _accepted([report], {}).in_tables)
    found, remarks = answers.attach(report.all_findings, [book])
    return found, _submission(report, {}, rows, remarks)


def _set_aside(book: Book, checked: CheckedEntity) -> str:
    """The code under which a file is no submission and no fault either; '' for all others."""
    if book.master:
        return "LIB-005"
    return "ENT-005" if book.sha256 and book.sha256 == checked.book.sha256 else ""


def _copies(books: Sequence[Book]) -> dict[str, str]:
    """File -> the file of the same bytes that counts: the one that is named as its unit is, else the shortest name.

    Of files that cannot be used each name may stand for another unit, so that each is told by itself.
    """
    same: dict[str, list[Book]] = {}
    for book in books:
        if book.sha256 and not book.broken:
            same.setdefault(book.sha256, []).append(book)
    found: dict[str, str] = {}
    for group in (g for g in same.values() if len(g) > 1):
        first, *others = sorted(group, key=lambda b: (Path(b.file).stem != _code_in(b), len(b.file), b.file))
        found |= {other.file: first.file for other in others}
    return found


def _code_in(book: Book) -> str:
    table = book.tables.get("unidad")
    return str(as_records(table)[FORM_ROW]["unidad"]) if table and table.rows else ""


def _named_as_entity(book: Book, checked: CheckedEntity) -> Book:
    """A file that cannot be a unit's and bears the entity's name: whatever it holds, that name is what is wrong."""
    named = Path(book.file).name.casefold() in (checked.path.name.casefold(), ENTITY_FILE)
    if not named or not book.sha256 or book.tables or book.master:
        return book
    return replace(book, findings=[Finding("ENT-006", Location(book.file))])


@dataclass(frozen=True)
class _Terms:
    """What books are checked against."""

    known: Catalogo
    trimestre: int | None
    waivers: tuple[Waiver, ...]
    days: Mapping[str, dt.date]  # fingerprint of a book -> the day on which it was received, where that is not today
    baseline: Baseline = NOTHING
    in_force: Collection[str] = ()

    def context(self, book: Book) -> unit_rules.Context:
        """The same for one book."""
        today = self.days.get(book.sha256) or dt.date.today()
        return unit_rules.Context(self.known, self.trimestre, _own_quarter(book), today, self.baseline)


def _check_sound(books: Sequence[Book], terms: _Terms) -> list[Report]:
    """The same as `_check`; a book on which it fails has that as its finding, and does not stop the others."""
    try:
        return _check(books, terms)
    except (PoaError, MemoryError):
        raise
    except Exception:
        sound = [_sound(book, terms) for book in books]
        if all(one is other for one, other in zip(sound, books, strict=True)):  # none fails by itself
            raise
        return _check(sound, terms)


def _sound(book: Book, terms: _Terms) -> Book:
    """The book; where checking it fails, one that was not read, and why."""
    try:
        _check([replace(book, tables={key: replace(table) for key, table in book.tables.items()})], terms)
        return book
    except Exception as error:
        refused = reading.refused(book.file, guards.unforeseen(*guards.of_exception(error)))
        refused.sha256 = book.sha256
        return refused


def _check(books: Sequence[Book], terms: _Terms) -> list[Report]:
    """Reports of the books, each by itself; a sheet's schema runs once over the rows of all."""
    reports = [Report(book, terms.waivers) for book in books]
    for report in reports:
        unit_rules.check_seal(report)
        closed_lists.take_words(report.book)
        report.findings += totals.set_aside(report.book)
        unit_rules.set_aside_empty_categories(report)
    for sheet in sheets.unit_sheets():
        if sheet.inputs:
            schema_rules.run("unidad", sheet, frames.batch(books, sheet), reports, terms.known.absent_levels)
    for report in reports:
        unit_rules.check(report, terms.context(report.book))
        report.awaits_decision &= report.book.sha256 not in terms.in_force
        report.add_lapsed_waivers()
        report.unidad = report.unidad or _unit_by_name(report.book, terms.known)
    return reports


@dataclass
class SentFile:
    """A file to read: the name to show, and under which of the paths given it was found."""

    path: Path
    name: str
    given: list[Path]


def files_of(paths: Sequence[Path], entity: Path) -> tuple[list[SentFile], list[Finding]]:
    """The files to read with the names to show (relative to the folder given), and what was set aside.

    The entity's own workbook may lie among the submissions; it is not one of them, but any other of its name is. A file
    that is given twice counts once, and a name that stands for two files is shown with its folder.
    """
    files: dict[Path, SentFile] = {}
    names = {cells.visible(entity.name)}
    own = _status(entity)
    findings = []
    for path in paths:
        root = path if path.is_dir() and not path.is_symlink() else path.parent
        found, aside = reading.list_files(path)
        for file in found:
            if own and (status := _status(file)) and os.path.samestat(status, own):
                continue
            place = file.parent.resolve() / file.name  # a link is not followed: what it points to was not sent
            if place not in files:
                name = _new_name(file, root, names)
                names.add(name)
                files[place] = SentFile(file, name, [])
            files[place].given.append(path)
        findings += [reading.aside(p, cells.visible(p.relative_to(root).as_posix())) for p in aside]
    return list(files.values()), findings


def _status(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError:
        return None


def _new_name(file: Path, root: Path, taken: set[str]) -> str:
    """The name to show of a file: no other has it, and nothing in it acts on a terminal."""
    short, long = (cells.visible(p.as_posix()) for p in (file.relative_to(root), file))
    numbered = (f"{long} ({n})" for n in itertools.count(2))
    return next(name for name in itertools.chain((short, long), numbered) if name not in taken)


def _without_books(paths: Sequence[Path], files: Sequence[SentFile]) -> list[Finding]:
    """For each path given that has none of these files."""
    with_books = {path for file in files for path in file.given}
    empty = [cells.visible(path.name) for path in paths if path not in with_books]
    return [Finding("ENT-003", Location(name), name) for name in empty]


def _unit_by_name(book: Book, known: Catalogo) -> str:
    """The unit that the file's name says, where its content does not: its file came, though it cannot be used."""
    stem = Path(book.file).stem
    return stem if stem in known.by_code else ""


def _own_quarter(book: Book) -> int | None:
    table = book.tables.get("unidad")
    if table is None:
        return None
    quarter = as_records(table)[FORM_ROW]["trimestre"] if table.rows else None
    return quarter if quarter in (1, 2, 3, 4) else None  # type: ignore[return-value]


def _repeated(reports: Sequence[Report], checked: CheckedEntity) -> dict[str, list[Finding]]:
    """File -> its finding, for files of a unit that sent more than one: none of them is taken."""
    count = Counter(r.unidad for r in reports if r.unidad and not r.refused)
    found: dict[str, list[Finding]] = {}
    for unidad in (u for u, n in count.items() if n > 1):
        same = [r for r in reports if r.unidad == unidad and not r.refused]
        names = ", ".join(r.book.file for r in same)
        for report in same:
            table = report.book.tables["unidad"]
            location = Location(report.book.file, table.name, table.cell("unidad", FORM_ROW))
            found[report.book.file] = [Finding("ENT-001", location, unidad, unidad, {"esperado": names})]
    return found


def _refused_twins(reports: Sequence[Report]) -> list[Finding]:
    """For an accepted workbook whose unit sent another that was refused: the other may be the good one."""
    found = []
    for report in (r for r in reports if r.unidad and not r.refused):
        others = [r.book.file for r in reports if r.unidad == report.unidad and r.refused]
        if others:
            table = report.book.tables["unidad"]
            location = Location(report.book.file, table.name, table.cell("unidad", FORM_ROW))
            details = {"esperado": ", ".join(others)}
            found.append(Finding("ENT-004", location, report.unidad, report.unidad, details))
    return found


def _missing(entidad: Entidad, reports: Sequence[Report], trimestre: int | None) -> tuple[Unidad, ...]:
    """Of the quarter, or of the last one that a workbook reports, where none is given."""
    sent = {r.unidad for r in reports}
    quarter = trimestre or max((q for r in reports if (q := _own_quarter(r.book))), default=4)
    return tuple(u for u in entidad.senders(quarter) if u.unidad not in sent)


def _missing_finding(checked: CheckedEntity, unidad: Unidad) -> Finding:
    place = checked.place("unidades", "unidad", unidad.unidad)
    return Finding("ENT-002", place, unidad.unidad, unidad.unidad, {"esperado": unidad.nombre})


def _accepted(reports: Sequence[Report], repeated: Collection[str]) -> AcceptedRows:
    """The rows without errors of the files that are taken; those of `repeated` files are not."""
    taken = [report for report in reports if not report.refused and report.book.file not in repeated]
    return AcceptedRows.collect(row for report in taken for row in _accepted_rows(report))


def _accepted_rows(report: Report) -> Iterator[FilaAceptada]:
    book = report.book
    for key, kind in ROW_TYPES.items():
        if key in book.tables:
            table = book.tables[key]
            rows = kind.from_columns(report.unidad, book.file, table.name, table.rows, table.values)
            yield from (row for row in rows if (key, row.fila) not in report.rejected)


def _submission(report: Report, repeated: dict[str, list[Finding]], kept: int, remarks: answers.Remarks) -> Submission:
    found = report.all_findings + repeated.get(report.book.file, [])
    errors, avisos = count(found)
    out = report.unusable or report.book.file in repeated
    waits = SubmissionState.WAITING if report.awaits_decision else SubmissionState.of(errors, avisos)
    return Submission(
        archivo=report.book.file,
        sha256=report.book.sha256,
        unidad=report.unidad,
        filas=kept,
        errores=errors,
        avisos=avisos,
        estado=SubmissionState.REJECTED if out else waits,
        remarks=remarks.get(report.book.file, ()),
    )
