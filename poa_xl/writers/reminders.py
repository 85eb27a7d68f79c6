"""Reminders as drafts of mails (.eml), which a mail program opens to be looked at and sent.

A draft says at its top what it is and the SHA-256 of the rest, so one that a person changed is known: it is never
replaced or taken away. One that nobody changed is ours, to be written again or removed once it is not needed.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from itertools import count
from pathlib import Path

from poa_xl import brief, names
from poa_xl.atomic import replacing
from poa_xl.campaign.reminders import Recordatorio
from poa_xl.errors import PoaError

SUFFIX = ".eml"
_MARK = re.compile(rb"^X-POA-XL: recordatorio (?P<campana>\S{1,40}) (?P<huella>[0-9a-f]{64})\r?$", re.MULTILINE)
_BOUNDARY = "=_poa-xl_recordatorio"  # neither base64 nor quoted-printable can hold it
_XLSX = ("application", "vnd.openxmlformats-officedocument.spreadsheetml.sheet")
_XLSM = ("application", "vnd.ms-excel.sheet.macroEnabled.12")
_ADDRESS = re.compile(r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63})+")
_BETWEEN = re.compile(r"[;,\s]+")
_LARGEST = 100_000_000  # bytes: nothing of ours is larger


@dataclass(frozen=True)
class Escrito:
    """What became of a reminder: where its draft is, what is no address, and the drafts of persons that stand aside."""

    recordatorio: Recordatorio
    ruta: Path
    direcciones: tuple[str, ...]
    malas: tuple[str, ...]
    editados: tuple[Path, ...] = ()
    conservado: bool = False  # the draft there has changes of a person and still asks for the same


@dataclass(frozen=True, repr=False)
class Resultado:
    """All drafts of a run, those that were removed, those of persons that are not needed any more, and why some could
    not be written."""

    escritos: tuple[Escrito, ...]
    quitados: tuple[Path, ...]
    sobrantes: tuple[Path, ...]
    fallidos: tuple[str, ...] = ()

    def __repr__(self) -> str:
        return brief.line(
            self, escritos=len(self.escritos), quitados=len(self.quitados), sobrantes=len(self.sobrantes),
            fallidos=len(self.fallidos),
        )  # fmt: skip


def is_draft(path: Path) -> bool:
    """Whether a file is a draft of ours, changed or not."""
    return _MARK.search(_content(path)) is not None


def of_others(folder: Path, campana: str) -> list[Path]:
    """The drafts of other campaigns in a folder."""
    marks = {path: _MARK.search(_content(path)) for path in sorted(folder.glob(f"*{SUFFIX}"))}
    return [path for path, mark in marks.items() if mark and mark["campana"] != campana.encode()]


def write(folder: Path, campana: str, reminders: Iterable[Recordatorio]) -> Resultado:
    """Write the drafts of a campaign (what tells it from others goes into them) and remove those no longer needed."""
    written: list[Escrito] = []
    failed: list[str] = []
    for reminder in reminders:
        try:
            written.append(_write(folder, campana, reminder))
        except PoaError as error:
            failed.append(str(error))
    in_use = {path for e in written for path in (e.ruta, *e.editados)}
    removed: list[Path] = []
    left: list[Path] = []
    for path in sorted(folder.glob(f"*{SUFFIX}")) if not failed else ():  # else one of them may still be needed
        content = _content(path)
        mark = _MARK.search(content)
        if path in in_use or mark is None or mark["campana"] != campana.encode():
            continue
        (removed if _untouched(content) and _remove(path) else left).append(path)
    return Resultado(tuple(written), tuple(removed), tuple(left), tuple(failed))


def _remove(path: Path) -> bool:
    try:
        path.unlink()
    except OSError:  # somebody has it open
        return False
    return True


def _write(folder: Path, campana: str, reminder: Recordatorio) -> Escrito:
    good, bad = addresses(reminder.correo)
    content = draft(campana, reminder, good)
    edited: list[Path] = []
    for path in _names(folder, reminder.unidad):
        there = _content(path)
        if _is_own(there, campana) or not (path.exists() or path.is_symlink()):
            break
        if _fingerprint(there) == _fingerprint(content):
            return Escrito(reminder, path, good, bad, tuple(edited), conservado=True)
        edited.append(path)
    if there != content:
        with replacing(path) as temporary:
            temporary.write_bytes(content)
    return Escrito(reminder, path, good, bad, tuple(edited))


def _names(folder: Path, unidad: str) -> Iterator[Path]:
    stem = f"{unidad}_" if re.fullmatch(names.DEVICE, unidad) else unidad
    yield folder / f"{stem}{SUFFIX}"
    for number in count(2):
        yield folder / f"{stem} ({number}){SUFFIX}"


def _content(path: Path) -> bytes:
    """What a file of the folder holds; nothing where it is not a plain file that can be read."""
    try:
        if not path.is_file() or path.is_symlink() or path.stat().st_size > _LARGEST:
            return b""
        return path.read_bytes()
    except OSError:
        return b""


def _fingerprint(content: bytes) -> bytes:
    mark = _MARK.search(content)
    return mark["huella"] if mark else b""


def _untouched(content: bytes) -> bool:
    """Whether a draft is as we left it."""
    mark = _MARK.match(content)
    return mark is not None and hashlib.sha256(content[mark.end() + 1 :]).hexdigest().encode() == mark["huella"]


def _is_own(content: bytes, campana: str) -> bool:
    mark = _MARK.match(content)
    return mark is not None and mark["campana"] == campana.encode() and _untouched(content)


def addresses(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The addresses of a cell, one or several, and what is none: what looks like one, or all of a cell without any."""
    parts = [part.strip("<>()\"'.") for part in _BETWEEN.split(text) if "@" in part]
    if not parts and text.strip():
        return (), (text.strip(),)
    good = dict.fromkeys(part for part in parts if _ADDRESS.fullmatch(part))
    return tuple(good), tuple(part for part in parts if part not in good)


def _subject(text: str) -> bytes:
    """The line of the subject. The folding of EmailMessage doubles a space between plain words and encoded ones."""
    encoded = Header(text, "utf-8", header_name="Subject").encode(linesep="\r\n")
    return f"Subject: {encoded}\r\n".encode("ascii")


def draft(campana: str, reminder: Recordatorio, to: Iterable[str]) -> bytes:
    """A mail that a mail program opens as a draft. The same reminder gives the same bytes."""
    message = EmailMessage(policy=SMTP)
    addressed = tuple(Address(addr_spec=address) for address in to)
    if addressed:
        message["To"] = addressed
    message["X-Unsent"] = "1"  # Outlook opens it to be written on
    message.set_content(reminder.texto, cte="quoted-printable")
    if reminder.adjunto:
        name = reminder.adjunto.nombre
        maintype, subtype = _XLSM if name.endswith(".xlsm") else _XLSX
        message.add_attachment(reminder.adjunto.contenido, maintype=maintype, subtype=subtype, filename=name)
        message.set_boundary(_BOUNDARY)
    content = _subject(reminder.asunto) + message.as_bytes()
    fingerprint = hashlib.sha256(content).hexdigest()
    return f"X-POA-XL: recordatorio {campana} {fingerprint}\r\n".encode() + content
