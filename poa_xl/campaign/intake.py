"""Receives files: each is read once, checked, kept and written down, or nothing of it is.

A file is stored on the disk before its row is committed, all under the ledger's write lock. A kill in between leaves a
file that the ledger does not know; `complete` receives it then. The person's own file is only read.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import __version__, atomic, brief, catalogo, cells, guards, messages, reading, sheets
from poa_xl.campaign import board, changes, dates, files, receipts
from poa_xl.campaign.dates import Precedence
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import DISPUTED, IN_PART, REJECTED, UNDECIDED, WAITING, Entrega, Observacion
from poa_xl.checking import observation_rows, unit_books
from poa_xl.comparison import units
from poa_xl.errors import PoaError
from poa_xl.findings import Finding, Location, Remark, Submission
from poa_xl.messages import Severity, campaign as words
from poa_xl.reading import Book

NEW, REPEATED, NOT_RECEIVED = "recibida", "repetida", "no recibida"


@dataclass(frozen=True, repr=False)
class Recibo:
    """What became of a file. `entrega` is None where nothing was kept: `findings` say why."""

    archivo: str
    desenlace: str  # NEW, REPEATED or NOT_RECEIVED
    entrega: Entrega | None = None
    findings: tuple[Finding, ...] = ()
    anterior: Entrega | None = None  # the one in force before
    remarks: tuple[Remark, ...] = ()  # what the unit wrote in our sheets, beside answers to `findings`
    waited: str = ""  # the receipt under which it waited for a decision, where it did

    def __repr__(self) -> str:
        number = self.entrega.acuse if self.entrega else ""
        return brief.line(
            self, archivo=self.archivo, desenlace=self.desenlace, acuse=number, findings=len(self.findings)
        )

    @property
    def failed(self) -> bool:
        """Whether something of it does not count: it was not kept, was rejected or accepted in part, or is not newer
        than the one in force. One that was accepted in part before fails again while it is in force."""
        e = self.entrega
        if e is None:
            return any(messages.severity(f.code) is Severity.ERROR for f in self.findings)
        if self.desenlace == NEW:
            return e.estado in (REJECTED, IN_PART) or not e.vale
        return e.estado == REJECTED or (e.estado == IN_PART and self.anterior == e) or self.disputed

    @property
    def disputed(self) -> bool:
        """Whether nobody has said yet whether it is newer than the one in force, and its dates do not say it."""
        e, current = self.entrega, self.anterior
        return e is not None and bool(e.duda) and current is not None and current.numero < e.numero


@dataclass(frozen=True)
class Orden:
    """Who receives, when, and whether what is older or known is taken all the same. `entrada`: when it arrived.

    `nuevo`: whoever receives it says that it is the newest of its unit. One that is in force already stays as it is.
    """

    quien: str
    cuando: dt.datetime
    forzar: bool = False
    limites: guards.Limits = guards.DEFAULT
    entrada: dt.datetime | None = None
    nuevo: bool = False

    @property
    def dia(self) -> dt.date:
        """The day on which it arrived, as far as that is known."""
        return (self.entrada or self.cuando).date()


@dataclass(frozen=True)
class Pieza:
    """A file that is taken in: where it is, what it holds, how it was called, when it was written, and its place below
    the campaign's folder, if it has one for good."""

    inside: Path
    content: bytes
    name: str
    arrived: str  # ISO or ''
    ruta: str | None = None


def receive(campana: Campana, path: Path, orden: Orden) -> Recibo:
    """Receive one file. PoaError where the campaign cannot be written; then nothing changed."""
    name, arrived = cells.visible(path.name), dates.written(path)
    try:
        content = guards.open_once(path, orden.limites)
    except guards.RefusedError as error:
        place = Location(name, error.sheet, error.cell)
        return Recibo(name, NOT_RECEIVED, findings=(Finding(error.code, place, error.found, details=error.details),))
    if files.sha256(content) == campana.ajuste.sha256:
        return Recibo(name, NOT_RECEIVED, findings=(Finding("ENT-005", Location(name)),))
    with campana.writing():
        for rest in files.partials(campana.folder):
            atomic.remove(rest)
        known = campana.ledger.rows(Entrega, "sha256 = ?", files.sha256(content))
        if known:
            _put_back(campana, known[-1], content)
        current = campana.current_of(known[-1].unidad) if known else None
        if known and not orden.forzar and (not orden.nuevo or current == known[-1]):
            return Recibo(name, REPEATED, known[-1], anterior=current)
        if known:
            route = known[-1].ruta
            return take(campana, Pieza(campana.folder / route, content, name, arrived, route), orden)
        partial = files.write_partial(campana.folder, content, path.name)
        try:
            return take(campana, Pieza(partial, content, name, arrived), orden)
        finally:
            atomic.remove(partial)  # it has another name by now, unless it was not kept


def _put_back(campana: Campana, entrega: Entrega, content: bytes) -> None:
    """Keep again what was received and is no longer there: it was sent again by luck."""
    place = campana.folder / entrega.ruta
    if not place.exists():
        files.settle(files.write_partial(campana.folder, content, place.name), place)


def complete(campana: Campana, orden: Orden) -> Iterator[Recibo]:
    """Receive what a program stored and could not write down because it was killed."""
    there = list(files.kept(campana.folder))
    listed = {e.ruta for e in campana.ledger.rows(Entrega)}
    for path in there:
        route = path.relative_to(campana.folder).as_posix()
        if route in listed or not files.interrupted(path):
            continue
        with campana.writing():
            known = campana.ledger.rows(Entrega, "ruta = ?", route)
            if known or not path.is_file():  # another program was quicker
                continue
            content = path.read_bytes()
            twins = campana.ledger.rows(Entrega, "sha256 = ?", files.sha256(content))
            if any(files.sha256_of(campana.folder / t.ruta) == t.sha256 for t in twins):
                atomic.remove(path)  # it was sent again meanwhile, and is kept under another name
                continue
            recibo = take(campana, replace(stored(path, content), ruta=None), orden)
        yield recibo


def decided(campana: Campana, orden: Orden) -> Iterator[Recibo]:
    """Receive again, as when they came, the submissions that waited for a decision and wait for none now.

    All of one was accepted, or the plan or the entity's workbook that the campaign has got since allow it.
    """
    units = {e.unidad for e in campana.ledger.rows(Entrega) if e.espera}
    for unidad in sorted(units):
        with campana.writing():
            waiting = campana.waiting_of(unidad)
            path = campana.folder / waiting.ruta if waiting else campana.folder
            if waiting is None or files.sha256_of(path) != waiting.sha256:
                continue  # of another content `status --check` says so
            if board.undecided(campana, waiting) and not _allowed(campana, waiting, path, orden):
                continue
            pieza = Pieza(path, path.read_bytes(), waiting.archivo, waiting.llegada, waiting.ruta)
            moment = dt.datetime.fromisoformat(waiting.momento)
            recibo = take(campana, pieza, replace(orden, entrada=moment, forzar=False, nuevo=False))
        yield replace(recibo, waited=waiting.acuse)


def _allowed(campana: Campana, waiting: Entrega, path: Path, orden: Orden) -> bool:
    """Whether nothing of a submission differs from what the campaign compares with by now."""
    if waiting.ajuste == campana.ajuste.numero:
        return False
    book = reading.read_book(path, sheets.unit_sheets(), waiting.archivo, orden.limites)
    waivers, today = campana.waivers(waiting.dia), dt.datetime.fromisoformat(waiting.cuando).date()
    _, submission = unit_books.check_alone(
        book, catalogo.of(campana.entidad), campana.ajuste.trimestre, waivers, today, campana.baseline
    )
    return submission.estado is not WAITING


def stored(path: Path, content: bytes) -> Pieza:
    """A file that lies where submissions are kept, under a name that it takes from its place."""
    folder = path.parent.name
    name = path.name if folder == files.NOBODYS else f"{folder}{path.suffix}"
    route = f"{files.SUBMISSIONS}/{path.relative_to(path.parent.parent).as_posix()}"
    return Pieza(path, content, name, dates.written(path), route)


def take(campana: Campana, pieza: Pieza, orden: Orden, number: int | None = None) -> Recibo:
    """Check a file that is on the disk, give it its place (but where it has one) and write it down.

    Only within `writing`. `number` is its place in the ledger, where that is not simply the next.
    """
    book = reading.read_book(pieza.inside, sheets.unit_sheets(), pieza.name, orden.limites)
    digest = files.sha256(pieza.content)
    if files.sha256_of(pieza.inside) != digest:
        raise PoaError(words.PLACE_TAKEN.format(ruta=pieza.inside))
    if book.master:
        return Recibo(pieza.name, NOT_RECEIVED, findings=(Finding("LIB-005", Location(pieza.name)),))
    as_read = replace(book, tables={key: replace(table) for key, table in book.tables.items()})
    known = catalogo.of(campana.entidad)
    waivers, today = campana.waivers(orden.dia), orden.cuando.date()
    baseline = campana.baseline
    findings, submission = unit_books.check_alone(book, known, campana.ajuste.trimestre, waivers, today, baseline)
    findings.sort(key=observation_rows.order)
    before = campana.current_of(submission.unidad) if submission.unidad else None
    row = replace(_row(campana, as_read, submission, orden, pieza), numero=number or campana.ledger.next(Entrega))
    row = replace(
        row,
        ruta=pieza.ruta or files.place_of(row.unidad, row.version, digest, pieza.name, is_book=bool(as_read.tables)),
    )
    row = _settled(campana, row, before, as_read, orden)
    row = replace(row, exceptuados=sum(messages.excepted(f) for f in findings))
    row = campana.ledger.numbered(row, campana.ajuste.gestion, campana.ajuste.trimestre)
    if pieza.ruta is None:
        files.settle(pieza.inside, campana.folder / row.ruta)
    campana.ledger.add(row)
    for observacion in _observations(row.numero, findings):
        campana.ledger.add(observacion)
    receipts.note(campana, row)
    return Recibo(pieza.name, NEW, row, tuple(findings), before, submission.remarks)


def _row(campana: Campana, book: Book, submission: Submission, orden: Orden, pieza: Pieza) -> Entrega:
    """What the ledger says of it; its number, its receipt and what it means for others come later."""
    unidad = campana.entidad.by_code.get(submission.unidad)
    code = unidad.unidad if unidad else ""
    versions = campana.ledger.rows(Entrega, "unidad = ?", code)
    return Entrega(
        numero=0,
        acuse="",
        cuando=orden.cuando.isoformat(timespec="seconds"),
        quien=orden.quien,
        unidad=code,
        nombre=unidad.nombre if unidad else "",
        version=1 + max((e.version for e in versions), default=0),
        archivo=pieza.name,
        ruta="",
        sha256=files.sha256(pieza.content),
        bytes=len(pieza.content),
        plantilla=dates.stamped(book, "version_plantilla"),
        fecha_envio=dates.stamped(book, "fecha_envio"),
        modificado=dates.modified(pieza.content),
        sello=dates.stamped(book, "sello"),
        estado=REJECTED if submission.estado is WAITING else submission.estado,
        vale=0,
        reemplaza=None,
        filas=submission.filas,
        errores=submission.errores,
        avisos=submission.avisos,
        exceptuados=0,
        ajuste=campana.ajuste.numero,
        programa=__version__,
        cambios="",
        llegada=pieza.arrived,
        entrada=orden.entrada.isoformat(timespec="seconds") if orden.entrada else "",
        espera=UNDECIDED if submission.estado is WAITING else "",
    )


def _settled(campana: Campana, row: Entrega, before: Entrega | None, book: Book, orden: Orden) -> Entrega:
    """With what it means for the one in force: it takes its place unless it was rejected, reports another quarter or
    may be older."""
    if row.estado == REJECTED or not row.unidad:
        return row
    if before is None:
        return replace(row, vale=1)
    old = reading.read_book(campana.folder / before.ruta, sheets.unit_sheets(), limits=orden.limites)
    said, there = reported = _quarters(book, old)
    asked = str(campana.ajuste.trimestre)
    if there == asked != said:
        return replace(row, otro_trimestre=said)
    reports_what_is_asked = bool(there) and said == asked != there  # whatever the dates of the one that does not
    certain = orden.forzar or orden.nuevo or reports_what_is_asked
    order = Precedence.NEWER if certain else dates.order(row, before, campana.ajuste, reported)
    if order is not Precedence.NEWER:
        return replace(row, duda=DISPUTED if order is Precedence.DISPUTED else "")
    found = changes.to_json(changes.of(units.compare(old, book)))
    return replace(row, vale=1, reemplaza=before.numero, cambios=found)


def _quarters(book: Book, before: Book) -> dates.Reported:
    return dates.stamped(book, "trimestre"), dates.stamped(before, "trimestre")


def _observations(numero: int, findings: list[Finding]) -> Iterator[Observacion]:
    for order, f in enumerate(sorted(findings, key=observation_rows.order)):
        yield Observacion(
            numero, order, messages.word(f), f.code, cells.visible(f.location.sheet), f.location.cell,
            cells.visible(messages.text(f)), cells.visible(messages.advice(f)),
        )  # fmt: skip
