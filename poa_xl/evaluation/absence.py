"""Why a unit has no information in an evaluation: the terminal and the sheet Entregas count and name the same."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from poa_xl.findings import Submission, SubmissionState


class Reason(StrEnum):
    """Why nothing of a unit counts, from the one that asks most of it."""

    NOT_SENT = "no envió"
    REJECTED = "rechazada"  # all that it sent
    WAITING = "en espera"  # something that it sent waits for a decision, and nothing else counts
    WITHOUT_ROWS = "sin filas"  # accepted, and no row of it was filled in or stayed in


@dataclass(frozen=True)
class Absence:
    """A unit in force without any accepted row, and what it sent."""

    unidad: str
    reason: Reason
    sent: tuple[Submission, ...]


def absences(missing: Iterable[str], submissions: Sequence[Submission]) -> tuple[Absence, ...]:
    """Each of the units without accepted rows (`Evaluacion.faltantes`) with its reason."""
    sent: dict[str, list[Submission]] = {}
    for s in submissions:
        sent.setdefault(s.unidad, []).append(s)
    return tuple(Absence(u, _reason(sent.get(u, ())), tuple(sent.get(u, ()))) for u in missing)


def _reason(sent: Sequence[Submission]) -> Reason:
    if not sent:
        return Reason.NOT_SENT
    if all(s.estado == SubmissionState.REJECTED for s in sent):
        return Reason.REJECTED
    return Reason.WAITING if any(s.estado == SubmissionState.WAITING for s in sent) else Reason.WITHOUT_ROWS


def counts(found: Iterable[Absence]) -> dict[str, int]:
    """How many units there are of each reason, in the order of `Reason`."""
    counted = Counter(a.reason for a in found)
    return {reason: counted[reason] for reason in Reason}
