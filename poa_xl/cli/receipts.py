"""Receipts as files: written when a submission is received, shown and written again by the command `receipt`."""

import errno
from pathlib import Path

import click

from poa_xl import atomic, cells
from poa_xl.campaign import files as campaign_files
from poa_xl.campaign import folder, receipt_number
from poa_xl.campaign import receipts as acuses
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import AcuseEmitido, Entrega
from poa_xl.cli import terminal
from poa_xl.errors import PoaError
from poa_xl.messages import campaign as words
from poa_xl.messages import ledger as ledger_words


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
    """Write the receipts that a command could not write because it was killed; the submissions whose copies it could
    not make either."""
    there = {p.name for p in (campana.folder / campaign_files.RECEIPTS).glob("*.*")}
    unwritten = [e for e in campana.ledger.rows(Entrega) if not {f"{e.acuse}.txt", f"{e.acuse}.html"} <= there]
    for entrega in unwritten:
        write(campana, entrega)
    return [e for e in unwritten if e.errores]


def show(numero: str, carpeta: str) -> None:
    """Show a receipt, and write it again where it is not there any more."""
    if not receipt_number.well_formed(numero):
        raise click.UsageError(words.WRONG_DIGIT.format(numero=cells.visible(numero)))
    with folder.opened(Path(carpeta)) as campana:
        entrega = acuses.by_number(campana, numero)
        terminal.say_lines(acuses.as_text(acuses.of(campana, entrega)))
        try:
            text, page = write(campana, entrega)
        except PoaError as error:
            if not _is_of_rights(error):
                raise
            terminal.say(str(error), err=True)  # who may only read has seen it
            return
        terminal.say(words.WRITTEN_AGAIN.format(texto=text, html=page))


def _is_of_rights(error: PoaError) -> bool:
    cause = error.__cause__
    return isinstance(cause, OSError) and cause.errno in (errno.EACCES, errno.EPERM, errno.EROFS)
