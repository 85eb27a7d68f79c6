"""Ejecución financiera: what was accrued of the budget in force, in points."""

from typing import Optional

from poa_xl.indicators.not_available import MISSING
from poa_xl.indicators.ratio import ratio, ratio_formula, ratio_master_formula
from poa_xl.indicators.words import METODO, FunctionWords, Words

EJECUCION = Words(
    name="Ejecución financiera",
    formula="devengado / presupuesto vigente × 100",
    definition="El vigente es el del fin del periodo. Un devengado negativo es una reversión.",
    missing="vigente 0 o en blanco",
    origin=METODO,
    short="devengado / vigente",
    rules=(
        f"Un devengado negativo es una reversión y es válido: la ejecución del mes puede ser negativa. **{METODO}**",
    ),
    note="Devengado entre vigente por 100.",
    guide="Devengado entre vigente, por 100",
    term="Devengado entre vigente por 100",
)
EJECUCION_FUNCTION = FunctionWords(
    name="EJECUCION",
    help="Ejecución financiera: devengado entre vigente por 100, en puntos.",
    arguments={
        "devengado": "Monto devengado en Bs; negativo si es una reversión.",
        "vigente": f"Presupuesto vigente en Bs al corte; si es 0 o está en blanco, el resultado es {MISSING}.",
    },
)


def ejecucion(devengado: Optional[float], vigente: Optional[float]) -> Optional[float]:
    """Accrued over budget in force at that cut-off, in points. A negative devengado is a legal reversal."""
    return ratio(devengado, vigente)


def ejecucion_formula(devengado: str, vigente: str, functions: bool = False) -> str:
    """In a unit's workbook, plain or by the worksheet function."""
    plain = ratio_formula(devengado, vigente)
    return EJECUCION_FUNCTION.call_or(plain, devengado, vigente) if functions else plain


def ejecucion_master_formula(devengado: str, vigente: str) -> str:
    """In the master; «n/a» too where what was accrued is not known, which is not zero."""
    return ratio_master_formula(devengado, vigente)
