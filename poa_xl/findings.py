"""A finding: a stable code, a place, and what was found there. Its words are in `poa_xl.messages`."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum

from poa_xl import messages


@dataclass(frozen=True, order=True)
class Location:
    """Where: a file (its name as shown), a sheet and a cell such as `D14`; what is not known is empty."""

    file: str = ""
    sheet: str = ""
    cell: str = ""

    def __str__(self) -> str:
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        return " ".join(part for part in (self.file, place) if part)


@dataclass(frozen=True)
class Finding:
    """What is wrong at a place. `found` is the value as the person sees it; `details` fill the message.

    `row` names the row of its cell, and `answer` is what the unit wrote beside it in its sheet Observaciones.
    """

    code: str
    location: Location
    found: str = ""
    unidad: str = ""
    details: dict[str, str] = field(default_factory=dict)
    row: str = field(default="", compare=False)
    answer: str = field(default="", compare=False)


@dataclass(frozen=True)
class Remark:
    """What a unit wrote in a sheet of ours and belongs to nothing that is observed now.

    `about` says what it was an answer to, such as `Tareas!E5 TAR-004`; '' where it was to nothing.
    """

    hoja: str
    celda: str
    about: str
    texto: str


class SubmissionState(StrEnum):
    """What becomes of a submission; the words are those of reports, receipts and ledgers."""

    ACCEPTED = "aceptada"
    WITH_AVISOS = "aceptada con avisos"
    IN_PART = "aceptada en parte"  # some of its rows have errors and stay out
    REJECTED = "rechazada"
    WAITING = "en espera"  # of the planning office, which may accept what differs from the plan or an earlier quarter

    @classmethod
    def of(cls, errors: int, avisos: int) -> "SubmissionState":
        """The state of a submission that was not rejected, by what was found in it."""
        if errors:
            return cls.IN_PART
        return cls.WITH_AVISOS if avisos else cls.ACCEPTED


@dataclass(frozen=True)
class Submission:
    """A file that arrived, with what became of it. `filas` counts its accepted rows; `sha256` is of its bytes.

    `remarks` are what the unit wrote in our sheets beside answers to what is observed. Of a campaign, `acuse` is the
    receipt that it was given, and `recibida` when it arrived (ISO, with the offset of the place).
    """

    archivo: str
    sha256: str
    unidad: str
    filas: int
    errores: int
    avisos: int
    estado: SubmissionState
    remarks: tuple[Remark, ...] = ()
    acuse: str = ""
    recibida: str = ""


def count(found: Iterable[Finding]) -> tuple[int, int]:
    """(errors, avisos); what a waiver covers is neither."""
    words = [messages.word(f) for f in found]
    return words.count(messages.Severity.ERROR.value), words.count(messages.Severity.AVISO.value)
