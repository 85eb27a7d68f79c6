"""What `consolidate` says at the end: the units and the key figures."""

from poa_xl import cells, indicators
from poa_xl.checking.unit_books import CheckedUnits
from poa_xl.cli import printing, terminal
from poa_xl.evaluation import ACUMULADO, Evaluacion
from poa_xl.evaluation.absence import absences, counts
from poa_xl.findings import SubmissionState
from poa_xl.messages import absence as words


def submissions(units: CheckedUnits) -> None:
    """Units in, out and missing."""
    out = [s for s in units.submissions if s.estado == SubmissionState.REJECTED]
    taken = len(units.submissions) - len(out)
    line = f"Recibidos: {printing.plural(taken, 'libro aceptado', 'libros aceptados')}"
    line += f", {printing.plural(len(out), 'rechazado', 'rechazados')}"
    line += f", {printing.plural(len(units.missing), 'unidad sin enviar', 'unidades sin enviar')}."
    terminal.say(line)


def without_information(units: CheckedUnits, result: Evaluacion) -> None:
    """How many units no figure comes from, and why; nothing where there is none."""
    if result.faltantes:
        terminal.say(words.total(counts(absences(result.faltantes, units.submissions))))


def key_figures(result: Evaluacion) -> None:
    """Avance, eficacia ponderada and ejecución of the entity, in the quarter and accumulated."""
    band = result.semaforo(result.raiz, result.periodo.clave)
    rows = (
        ("Avance físico %", result.avance),
        ("Eficacia ponderada", result.eficacia),
        ("Ejecución financiera %", result.ejecucion),
    )
    terminal.say(f"{'':<24}{result.periodo.corto:>10}{'Acumulado':>12}")
    for name, figures in rows:
        quarter, whole = figures[result.raiz, result.periodo.clave], figures[result.raiz, ACUMULADO]
        terminal.say(f"{name:<24}{_points(quarter):>10}{_points(whole):>12}")
    terminal.say(f"Semáforo del trimestre: {band.evaluacion if band else indicators.MISSING}.")


def _points(value: float | None) -> str:
    return indicators.MISSING if value is None else cells.number(indicators.round_half_up(value), 2)
