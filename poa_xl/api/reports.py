"""The written report of a master: a Word document whose figures are bound to the cells that they come from."""

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl import __version__, atomic, brief, extras, guards, master_book, messages, names
from poa_xl.api import arguments, entities, limits as given_limits, targets
from poa_xl.api.entities import EntityBook, GivenEntity
from poa_xl.api.limits import GivenLimits
from poa_xl.api.targets import GivenTarget, Target
from poa_xl.cells import visible
from poa_xl.checking import report_texts
from poa_xl.entity import TextoInforme
from poa_xl.errors import FindingsError, WrongUseError
from poa_xl.figures import PERIODS, FigureError, parse
from poa_xl.findings import Finding, Location
from poa_xl.guards import Limits, RefusedError
from poa_xl.master_book import MasterBook
from poa_xl.messages import (
    report as words,
    report_page as page_words,
    report_update as update_words,
    verification as verification_words,
)
from poa_xl.messages.ledger import COVER_HEAD
from poa_xl.reading import File
from poa_xl.report_texts import MASK, PLACEHOLDER, placeholders

if TYPE_CHECKING:
    from poa_xl.report.content.sources import Sources
    from poa_xl.report.document import Bound, ReportDocument
    from poa_xl.report.update import Update
    from poa_xl.report.verification import KnownNumber, Verification
    from poa_xl.report.word.reader import WordReport

WORD, PDF = ".docx", ".pdf"
_OF_TEXTS = "INF-"  # how the codes of findings begin that are about the texts of the report
_LIBRARIES = ("docx", "pptx", "pypdf")
_SAME = ("sigla", "gestion", "trimestre")  # facts that a document and a newer master share
_COMMENT = "#"  # begins a line of a file of known numbers that says nothing


@dataclass(frozen=True)
class WrittenReport:
    """A report that was written: how many tables, charts and bound figures it has."""

    path: Path
    tables: int
    charts: int
    figures: int
    pdf: Path | None = None
    html: Path | None = None

    def __fspath__(self) -> str:
        return str(self.path)


@dataclass(frozen=True, repr=False)
class ReportVerification:
    """Whether every number of a report is the master's; see `verification.remarks`."""

    path: Path
    master: MasterBook
    verification: "Verification"
    pdf: Path | None = None  # where one was asked for and every number holds

    def __repr__(self) -> str:
        return brief.line(self, path=self.path, holds=self.holds, remarks=len(self.verification.remarks))

    @property
    def holds(self) -> bool:
        """Whether no number contradicts the master, and each has a source."""
        return self.verification.holds


@dataclass(frozen=True, repr=False)
class ReportUpdate:
    """A report that was written again with newer figures: what changed in it, and whether every number holds."""

    path: Path
    update: "Update"
    verification: "Verification"

    def __repr__(self) -> str:
        return brief.line(self, path=self.path, figures=len(self.update.figures), holds=self.verification.holds)


@dataclass(frozen=True)
class _Made:
    """A report before it has a form."""

    document: "ReportDocument"
    sources: "Sources"
    entity: EntityBook

    def counts(self) -> tuple[int, int]:
        """How many tables it has, and how many charts and other drawings."""
        from poa_xl.report.document import ReportTable

        captions = self.document.captions()
        tables = sum(isinstance(block, ReportTable) for block in captions)
        return tables, len(captions) - tables


class ReportTextsError(FindingsError):
    """Texts of the entity cannot stand in its report: `findings` say which, at which cell. Exit code 1."""


def write_report(
    master: str | PathLike[str],
    path: str | PathLike[str],
    entidad: GivenEntity | None = None,
    *,
    pdf: str | PathLike[str] | None = None,
    html: GivenTarget | None = None,
    known: str | PathLike[str] | None = None,
    force: bool = False,
    limits: GivenLimits = None,
) -> WrittenReport:
    """Write the report of a master workbook as a Word document (.docx), and as a PDF and a page where these are named.

    `known` is a text file: on each line a number that comes from elsewhere, and its reason.
    `entidad` is the entity's workbook that the master was made with: by itself the `entidad.xlsx` in or beside the
    folder of the master whose hash its cover tells. WrongUseError where there is none, where `master` is none, and
    where `path` is another file, or a report that somebody saved since (unless `force`). ReportTextsError where the
    entity's texts name figures that the master does not have, or hold a percentage or an amount in Bs that is neither
    a figure of the report nor known. PoaError without the libraries of `poa-xl[report]`, and
    where LibreOffice, which makes the PDF, is missing or fails.
    """
    extras.require(words.WITHOUT_LIBRARIES, *_LIBRARIES)
    bounds = given_limits.read(limits)
    target = _target(Path(path), force)
    pdf_target = None if pdf is None else _pdf_target(Path(pdf), force)
    page_target = None if html is None else _page_target(html, force)
    book = _master(master, bounds)
    numbers = _numbers(known, bounds)
    made = _made(book, _entity(book, Path(master), entidad, bounds), numbers)
    content, figures = _as_word(made)
    printed = None if pdf_target is None else _as_pdf(content)  # all of it is made before anything is written
    page = None if page_target is None else _as_page(made)
    landed = _landed(target, content)
    as_pdf = _landed(pdf_target, printed) if pdf_target and printed else None
    as_page = _page_landed(page_target, page) if page_target and page else None
    tables, charts = made.counts()
    return WrittenReport(landed, tables, charts, figures, as_pdf, as_page)


def _as_pdf(content: bytes) -> bytes:
    from poa_xl.report import pdf

    return pdf.content(content)


def _as_page(made: _Made) -> bytes:
    from poa_xl.report.page import writer

    return writer.content(made.document, made.sources, _facts(made.sources.master, made.entity))


def _page_landed(place: Target, content: bytes) -> Path:
    with place.landing() as landing:
        landing.temporary.write_bytes(content)
    return targets.written(landing).path


def _page_target(given: GivenTarget, force: bool) -> Target:
    """Where the page goes. It may replace such a page and nothing else."""
    from poa_xl.report.page import writer

    return targets.page(given, names.REPORT_VALUE, writer.origin, page_words.OTHER_SUFFIX, force)


def update_report(
    path: str | PathLike[str],
    master: str | PathLike[str],
    target: str | PathLike[str],
    entidad: GivenEntity | None = None,
    *,
    known: str | PathLike[str] | None = None,
    force: bool = False,
    limits: GivenLimits = None,
) -> ReportUpdate:
    """Write a report that people edited again, with the figures of a newer master and every word that they wrote.

    The result says which figures changed, what the program would say otherwise now, and whether every number is the
    master's. `known` is as `verify_report` takes it. WrongUseError for what is no report, for a master of another
    quarter, gestión or entity, and where `target` is another file or `path` itself; ReportTextsError as `write_report`.
    """
    extras.require(words.WITHOUT_LIBRARIES, *_LIBRARIES)
    bounds = given_limits.read(limits)
    from poa_xl.report import update, verification

    place, source = _target(Path(target), force), arguments.existing(path)
    if place.exists() and place.samefile(source):
        raise WrongUseError(update_words.ITSELF, ruta=visible(str(path)))
    content = _content(source, bounds)
    document = _document(source, content, bounds)
    book = _master(master, bounds)
    entity = _entity(book, Path(master), entidad, bounds)
    _require_same(source, document, _facts(book, entity))
    numbers = _numbers(known, bounds)
    fresh, _ = _as_word(_made(book, entity, numbers))
    done = update.update(document, content, fresh, book, bounds)
    newer = _document(place, done.content, bounds)
    found = verification.verify(newer, book, _category_codes(book), numbers)
    return ReportUpdate(_landed(place, done.content), done, found)


def _require_same(path: Path, document: "WordReport", facts: Mapping[str, str]) -> None:
    """WrongUseError where a document is of another quarter, gestión or entity than a master."""
    for fact in _SAME:
        before, now = document.facts.get(fact, facts[fact]), facts[fact]
        if before != now:
            said = {"ruta": visible(str(path)), "dato": update_words.FACTS[fact], "antes": before, "ahora": now}
            raise WrongUseError(update_words.ANOTHER, **said)


def _made(book: MasterBook, entity: EntityBook, known: "Sequence[KnownNumber]") -> _Made:
    """The report of a master. ReportTextsError where texts of the entity cannot stand in it."""
    from poa_xl.report.content import chapters
    from poa_xl.report.content.sources import Sources

    sources = Sources(book, entity.entidad)
    _refuse_texts(sources, entity)
    report = chapters.report(sources)
    _refuse_typed(report, book, entity, known)
    return _Made(report, sources, entity)


def _as_word(made: _Made) -> tuple[bytes, int]:
    from poa_xl.report.word import writer

    master = made.sources.master
    return writer.content(made.document, master, _facts(master, made.entity))


def _master(path: str | PathLike[str], bounds: Limits) -> MasterBook:
    return master_book.read(File(arguments.existing(path), limits=given_limits.of_master(bounds)))


def _landed(path: Path, content: bytes) -> Path:
    with atomic.landing(path, atomic.mark(path)) as landing:
        landing.temporary.write_bytes(content)
    return landing.landed


def _pdf_target(path: Path, force: bool) -> Path:
    """Where the PDF goes. A PDF says nothing of who wrote it: none is replaced without being asked to."""
    if path.suffix.lower() != PDF:
        raise WrongUseError(words.OTHER_PDF, ruta=visible(str(path)))
    if not targets.is_free(path) and not force:
        raise WrongUseError(words.PDF_THERE, ruta=visible(str(path)))
    return path


def verify_report(
    path: str | PathLike[str],
    master: str | PathLike[str],
    known: str | PathLike[str] | None = None,
    *,
    pdf: str | PathLike[str] | None = None,
    force: bool = False,
    limits: GivenLimits = None,
) -> ReportVerification:
    """Compare every number of a report, which may have been edited, with a master workbook.

    `known` is a text file: on each line a number that comes from elsewhere, and its reason. With `pdf` the document is
    written as a PDF too, if every number holds: what is signed is what was verified; with `force` it replaces one.
    WrongUseError for a document that is no report or lost the register of its figures, for what is no master, and for a
    line without a reason; PoaError where LibreOffice, which makes the PDF, is missing or fails.
    """
    extras.require(words.WITHOUT_LIBRARIES, *_LIBRARIES)
    bounds = given_limits.read(limits)
    from poa_xl.report import verification

    target = None if pdf is None else _pdf_target(Path(pdf), force)
    content = _content(arguments.existing(path), bounds)
    document = _document(Path(path), content, bounds)
    book = _master(master, bounds)
    found = verification.verify(document, book, _category_codes(book), _numbers(known, bounds))
    printed = _landed(target, _as_pdf(content)) if target and found.holds else None
    return ReportVerification(Path(path), book, found, printed)


def _content(path: Path, bounds: Limits) -> bytes:
    try:
        return guards.open_once(path, bounds)
    except RefusedError as error:
        raise _not_read(path, error) from error


def _document(path: Path, content: bytes, bounds: Limits) -> "WordReport":
    from poa_xl.report.word import reader

    try:
        found = reader.read(content, bounds)
    except RefusedError as error:
        raise _not_read(path, error) from error
    if found is None:
        raise WrongUseError(verification_words.NOT_A_REPORT, ruta=visible(str(path)))
    return found


def _not_read(path: Path, error: RefusedError) -> WrongUseError:
    why = messages.text(Finding(error.code, Location(path.name), error.found, "", error.details))
    return WrongUseError(verification_words.NOT_READ, ruta=visible(str(path)), porque=why)


def _category_codes(book: MasterBook) -> list[str]:
    """Codes that look like numbers and are names."""
    return sorted({figure.id.code for figure in book.figures if figure.id.level == "categoria"})


def _numbers(given: str | PathLike[str] | None, bounds: Limits) -> "list[KnownNumber]":
    """The numbers of a file of known ones; none without it."""
    if given is None:
        return []
    from poa_xl import prose_numbers
    from poa_xl.report.verification import KnownNumber

    path = arguments.existing(given)
    text = _content(path, bounds).decode("utf-8-sig", "replace")
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.lstrip().startswith(_COMMENT):
            continue
        numbers = prose_numbers.find(line)
        reason = line[numbers[0].end :].strip() if numbers else ""
        if not reason or line[: numbers[0].start].strip():
            raise WrongUseError(verification_words.KNOWN_LINE, ruta=visible(str(path)), linea=number)
        found.append(KnownNumber(numbers[0], reason))
    return found


def _target(path: Path, force: bool) -> Path:
    """Where the report goes. WrongUseError where that would lose something."""
    if path.suffix.lower() != WORD:
        raise WrongUseError(words.OTHER_SUFFIX, ruta=visible(str(path)))
    if not targets.is_free(path):
        from poa_xl.report.word import reader

        try:
            there = reader.read(guards.open_once(path, guards.DEFAULT))
        except RefusedError:
            there = None
        if there is None:
            raise WrongUseError(words.NOT_A_REPORT, ruta=visible(str(path)))
        if there.saved_since and not force:
            raise WrongUseError(words.EDITED, ruta=visible(str(path)))
    return path


def _entity(book: MasterBook, source: Path, given: GivenEntity | None, bounds: Limits) -> EntityBook:
    """The entity's workbook of a master, by its hash."""
    wanted = book.entity_sha256
    if given is not None:
        entity = given if isinstance(given, EntityBook) else entities.open_entity(given, limits=bounds, accepted=True)
        if entity.sha256 != wanted:
            said = {"ruta": entity.path, "maestro": book.archivo, "otra": entity.sha256, "huella": wanted}
            raise WrongUseError(words.ANOTHER_ENTITY, **said)
        return entity
    for path in entities.beside([source]):
        if _sha256(path, bounds) == wanted:
            return entities.open_entity(path, limits=bounds, accepted=True)
    raise WrongUseError(words.NO_ENTITY, maestro=book.archivo, huella=wanted)


def _sha256(path: Path, bounds: Limits) -> str:
    try:
        return hashlib.sha256(guards.open_once(path, bounds)).hexdigest()
    except RefusedError:
        return ""


def _refuse_texts(sources: "Sources", entity: EntityBook) -> None:
    """ReportTextsError where a text of the entity names a figure that the master does not have."""
    found = [f for f in entity.findings if f.code.startswith(_OF_TEXTS)]
    told = {(f.location.cell, f.code) for f in found}
    found += [f for f in _unknown(sources, entity) if (f.location.cell, f.code) not in told]
    if found:
        raise ReportTextsError(words.WRONG_TEXTS, found, ruta=entity.path)


def _unknown(sources: "Sources", entity: EntityBook) -> Iterator[Finding]:
    for text in entity.entidad.textos:
        for named in placeholders(text.texto):
            try:
                sources.figures.named(named)
            except FigureError as error:
                yield _of_text(entity, text, report_texts.NOT_A_FIGURE, named, pista=f" {error}")


def _refuse_typed(
    report: "ReportDocument", book: MasterBook, entity: EntityBook, known: "Sequence[KnownNumber]"
) -> None:
    """ReportTextsError where a text of the entity holds a percentage or an amount that is no figure of the report."""
    from poa_xl import prose_numbers

    values = [(f.value, parse(f.figure).unit) for f in report.figures() if isinstance(f.value, float) and _has_id(f)]
    codes, found = _category_codes(book), []
    for text in entity.entidad.textos:
        for number in prose_numbers.find(PLACEHOLDER.sub(MASK, text.texto), codes):
            agrees = any(prose_numbers.agrees(number, value, unit) for value, unit in values)
            same = any((number.value, number.unit) == (one.number.value, one.number.unit) for one in known)
            if number.unit and not agrees and not same:
                found.append(_of_text(entity, text, report_texts.TYPED, number.text))
    if found:
        raise ReportTextsError(words.TYPED_TEXTS, found, ruta=entity.path)


def _has_id(figure: "Bound") -> bool:
    return "!" not in figure.figure and figure.figure.rpartition(".")[2] in PERIODS


def _of_text(entity: EntityBook, text: TextoInforme, code: str, found: str, **details: str) -> Finding:
    table = entity.checked.book.tables[report_texts.KEY]
    place = Location(entity.checked.book.file, table.name, table.cell(report_texts.TEXT, text.fila))
    return Finding(code, place, found, "", {**details, "esperado": report_texts.example(entity.entidad.sigla)})


def _facts(book: MasterBook, entity: EntityBook) -> dict[str, str]:
    """What the register says of where the report comes from."""
    facts = {
        "maestro": book.archivo,
        "sha256": book.sha256,
        "sigla": entity.entidad.sigla,
        "gestion": str(book.gestion),
        "trimestre": str(book.trimestre),
        "entidad": entity.path.name,
        "sha256_entidad": entity.sha256,
        "poa_xl": __version__,
    }
    head = book.cover.get(COVER_HEAD)
    return {**facts, "registro": head} if head else facts
