"""Reminders of a campaign: a draft of a mail for each unit that must still send something."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import astuple
from os import PathLike
from pathlib import Path

from poa_xl.api import copies
from poa_xl.campaign import reminders
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Ajuste, Entrega, Observacion
from poa_xl.cells import visible
from poa_xl.errors import WrongUseError
from poa_xl.guards import RefusedError
from poa_xl.messages import reminders as words
from poa_xl.writers import reminders as drafts
from poa_xl.writers.reminders import Resultado

_NAMES_SHOWN = 3


def place(campana: Campana, folder: str | PathLike[str]) -> Path:
    """The folder of the drafts. WrongUseError where they would mix with something else."""
    if not str(folder).strip():
        raise WrongUseError(words.NO_FOLDER)
    target = Path(folder)
    if target.resolve().is_relative_to(campana.folder.resolve()):
        raise WrongUseError(words.IN_CAMPAIGN, carpeta=visible(str(folder)))
    others = [path.name for path in drafts.of_others(target, _identity(campana))]
    if others:
        names, left = ", ".join(others[:_NAMES_SHOWN]), len(others) - _NAMES_SHOWN
        names = words.MORE_FILES.format(archivos=names, n=left) if left > 0 else names
        raise WrongUseError(words.OTHER_CAMPAIGN, carpeta=visible(str(folder)), archivos=visible(names))
    return target


def _identity(campana: Campana) -> str:
    """What tells a campaign from all others, of the same quarter too: how it began, which never changes."""
    first = campana.ledger.rows(Ajuste)[0]
    print_ = hashlib.sha256(repr(astuple(first)).encode()).hexdigest()
    return f"{first.gestion}-{first.trimestre}T-{print_[:12]}"


def write(campana: Campana, folder: Path, today: dt.date) -> Resultado:
    """Write the reminders of a campaign into a folder."""
    return drafts.write(folder, _identity(campana), reminders.of(campana, today, _renewed))


def _renewed(campana: Campana, entrega: Entrega, there: bytes, found: Sequence[Observacion]) -> bytes | None:
    """The copy of a submission with its findings as they weigh today; the one in the campaign stays as it is."""
    from poa_xl.ooxml.splice import MarkupError
    from poa_xl.writers.annotated import copy

    stored = copies.stored_content(campana, entrega) if copy.is_copy(there) else None
    try:
        return None if stored is None else copies.copy_with(stored, entrega, found)
    except (MarkupError, RefusedError):
        return None
