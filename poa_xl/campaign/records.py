"""The rows of the ledger as frozen dataclasses; the fields are its columns."""

import datetime as dt
from dataclasses import dataclass

from poa_xl.findings import SubmissionState
from poa_xl.messages import EXCEPTED, campaign as words

ACCEPTED, WITH_AVISOS, IN_PART, REJECTED, WAITING = SubmissionState
DISPUTED = "fechas"
UNDECIDED = "decisión"
MADE, NOT_MADE = "hecha", "no se hizo"


@dataclass(frozen=True)
class Ajuste:
    """What a campaign is about: the entity's workbook and the deadline. The last row holds."""

    numero: int
    cuando: str
    quien: str
    entidad: str  # its name
    gestion: int
    trimestre: int
    limite: str  # the last day to send, ISO
    sha256: str  # of the entity's workbook
    ruta: str  # where it is kept, below the campaign's folder
    plan: str = ""  # where the approved plan is kept, below the folder; '' where nothing is compared with one
    plan_sha256: str = ""
    anterior: str = ""  # where what an earlier campaign accepted is kept; '' where nothing is compared with it
    anterior_sha256: str = ""


@dataclass(frozen=True)
class Entrega:
    """A submission received. `vale` is 0 for one that never counted: rejected, or not newer than the one in force."""

    numero: int
    acuse: str
    cuando: str  # ISO, with the offset of the place
    quien: str
    unidad: str  # '' where it cannot be known
    nombre: str  # of the unit
    version: int
    archivo: str  # the name under which it came
    ruta: str  # where it is kept, below the campaign's folder
    sha256: str
    bytes: int
    plantilla: str  # version of the template
    fecha_envio: str  # what the form says, ISO date or ''
    modificado: str  # what the file's properties say, ISO or ''
    sello: str
    estado: str  # when it was received: the word of a SubmissionState
    vale: int
    reemplaza: int | None  # the number of the submission whose place it took
    filas: int
    errores: int
    avisos: int
    exceptuados: int
    ajuste: int  # the settings under which it was checked
    programa: str  # version of poa-xl
    cambios: str  # JSON of `changes.Cambios` against the one that it replaced, or ''
    llegada: str = ""  # when the file was last written where it lay, ISO; '' where that is not known
    entrada: str = ""  # when it arrived, as whoever received it said, ISO; '' where nobody said it
    duda: str = ""  # DISPUTED: its dates do not say whether it is newer than the one in force
    otro_trimestre: str = ""  # the quarter that it reports, where for that it took nobody's place
    espera: str = ""  # UNDECIDED: it differs from the plan or an earlier quarter, and nobody has accepted that

    @property
    def situacion(self) -> SubmissionState:
        """What became of it when it was received; one that waits for a decision is kept as rejected meanwhile."""
        return WAITING if self.espera else SubmissionState(self.estado)

    @property
    def momento(self) -> str:
        """When it arrived, as far as that is known."""
        return self.entrada or self.cuando

    @property
    def dia(self) -> dt.date:
        """The day on which it arrived, where it was received."""
        return dt.datetime.fromisoformat(self.momento).date()


@dataclass(frozen=True)
class Observacion:
    """A finding as it was when the submission was received, in words."""

    entrega: int
    orden: int
    gravedad: str  # error, aviso or exceptuado
    codigo: str
    hoja: str
    celda: str
    mensaje: str
    accion: str

    @property
    def found(self) -> str:
        """What was found, without who accepted it."""
        return self.mensaje.rpartition(words.EXCEPTED_BY)[0] if self.gravedad == EXCEPTED else self.mensaje


@dataclass(frozen=True)
class Excepcion:
    """Who accepts which finding of a unit, why, and for submissions received until which day."""

    numero: int
    cuando: str
    quien: str
    unidad: str
    codigo: str
    hoja: str
    celda: str
    motivo: str
    hasta: str  # ISO date
    fila: str = ""  # the row that it is about, as `row_keys` writes it down; '' where it names none


@dataclass(frozen=True)
class AcuseEmitido:
    """A file in `acuses/` and what it must hold. `entrega` is None for one that a lost ledger had issued."""

    archivo: str  # its name
    entrega: int | None
    forma: int  # `receipts.PLAIN`, `receipts.FORM` of its day, or 0 for one of a lost ledger
    sha256: str


@dataclass(frozen=True)
class Copia:
    """What became of the copy with observations of a submission; there is one row for each at most."""

    entrega: int
    cuando: str
    resultado: str  # MADE or NOT_MADE
    motivo: str  # why not
