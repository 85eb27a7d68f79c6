"""Receipts as files: written when a submission is received, and again where one is lost."""

import errno
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import atomic, brief, cells
from poa_xl.campaign import files as campaign_files, receipt_number, receipts as acuses
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import AcuseEmitido, Entrega
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.messages import campaign as words, ledger as ledger_words


@dataclass(frozen=True, repr=False)
class Receipt:
    """A receipt: its number, what it says, and its files as text and as a page, which may be lost.

    `why` says why they could not be written again, where one may only read.
    """

    number: str
    text: str
    text_file: Path
    page_file: Path
    why: str = ""

    def __repr__(self) -> str:
        return brief.line(self, number=self.number, text_file=self.text_file, why=self.why)


def write(campana: Campana, entrega: Entrega) -> tuple[Path, Path]:
    """Write the receipt of a submission, as text and as a page. PoaError where it was issued with another content."""
    place = campana.folder / campaign_files.RECEIPTS
    files = acuses.files(campana, entrega)
    issued = {a.archivo: a for a in campana.ledger.rows(AcuseEmitido, "archivo IN (?, ?)", *files)}
    written = []
    for name, content in files.items():
        path, digest, issue = place / name, campaign_files.sha256(content), issued.get(name)
        there = campaign_files.sha256_of(path)
        of_before = issue is not None and not acuses.comparable(issue) and there == issue.sha256
        if there != digest and not of_before:
            if there or path.is_symlink():
                raise PoaError(ledger_words.ISSUED_OTHERWISE.format(ruta=path, numero=entrega.acuse))
            if issue is not None and issue.sha256 != digest:
                said = ledger_words.SAYS_OTHERWISE.format(numero=entrega.acuse, carpeta=campana.folder)
                raise PoaError(said)
            with atomic.replacing(path) as temporary:
                temporary.write_bytes(content)
        written.append(path)
    return written[0], written[1]


def write_missing(campana: Campana) -> list[Entrega]:
    """Write the receipts that a call could not write because it was killed; the submissions whose copies it could not
    make either."""
    there = {p.name for p in (campana.folder / campaign_files.RECEIPTS).glob("*.*")}
    unwritten = [e for e in campana.ledger.rows(Entrega) if not {f"{e.acuse}.txt", f"{e.acuse}.html"} <= there]
    for entrega in unwritten:
        write(campana, entrega)
    return [e for e in unwritten if e.errores]


def refuse_malformed(number: str) -> None:
    """WrongUseError for a number that was copied wrong: its check digit shows it."""
    if not receipt_number.well_formed(number):
        raise WrongUseError(words.WRONG_DIGIT, numero=cells.visible(number))


def by_number(campana: Campana, number: str) -> Receipt:
    """The receipt of a number, as the ledger says it; its files may be lost."""
    entrega = acuses.by_number(campana, number)
    place = campana.folder / campaign_files.RECEIPTS
    text = acuses.as_text(acuses.of(campana, entrega))
    return Receipt(entrega.acuse, text, place / f"{entrega.acuse}.txt", place / f"{entrega.acuse}.html")


def restore(campana: Campana, number: str) -> Receipt:
    """The same, with its files written again where they are lost. PoaError where somebody changed one."""
    found = by_number(campana, number)
    try:
        write(campana, acuses.by_number(campana, number))
    except PoaError as error:
        if not _is_of_rights(error):
            raise
        return replace(found, why=str(error))
    return found


def _is_of_rights(error: PoaError) -> bool:
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
