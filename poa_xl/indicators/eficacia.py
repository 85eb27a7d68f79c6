"""Eficacia: what was achieved of what was expected, in points and without a cap."""

from typing import Optional

from poa_xl.indicators.not_available import MISSING
from poa_xl.indicators.ratio import quotient_formula, ratio, ratio_data_formula, ratio_formula, ratio_master_formula
from poa_xl.indicators.words import DECISION, METODO, FunctionWords, Words

EFICACIA = Words(
    name="Eficacia (avance físico)",
    formula="ejecutado / programado × 100",
    definition=f"Logro de lo programado. Sin programación en el periodo: {MISSING}.",
    missing="programado 0 o en blanco, aunque haya logro",
    origin=f"{METODO}; el {MISSING}, {DECISION}",
    note="Ejecutado entre programado por 100.",
    term="Logrado entre esperado por 100",
)
EFICACIA_FUNCTION = FunctionWords(
    name="EFICACIA",
    help="Logrado entre esperado por 100, en puntos, sin tope.",
    arguments={
        "logrado": "Cantidad lograda o ejecutada: un número, una celda o un rango.",
        "esperado": f"Cantidad esperada o programada; si es 0 o está en blanco, el resultado es {MISSING}.",
    },
)


def eficacia(logrado: Optional[float], esperado: Optional[float]) -> Optional[float]:
    """Achieved over expected, in points, uncapped; None where nothing (0 or blank) was expected."""
    return ratio(logrado, esperado)


def eficacia_formula(logrado: str, esperado: str, functions: bool = False) -> str:
    """In a unit's workbook, plain or by the worksheet function."""
    plain = ratio_formula(logrado, esperado)
    return EFICACIA_FUNCTION.call_or(plain, logrado, esperado) if functions else plain


def eficacia_bare_formula(logrado: str, esperado: str) -> str:
    """Within a formula that knows that something was expected."""
    return quotient_formula(logrado, esperado)


def eficacia_data_formula(logrado: str, esperado: str) -> str:
    """In a data sheet of the master, over two sums."""
    return ratio_data_formula(logrado, esperado)


def eficacia_master_formula(logrado: str, esperado: str) -> str:
    """In the master; «n/a» too where what was achieved is not known."""
    return ratio_master_formula(logrado, esperado)
