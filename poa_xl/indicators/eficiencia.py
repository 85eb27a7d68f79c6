"""Eficiencia: accumulated eficacia ponderada over accumulated ejecucion, in points."""

from typing import Optional

from poa_xl.indicators.not_available import MISSING, MISSING_TEXT
from poa_xl.indicators.ratio import FULL, ratio, ratio_formula, ratio_master_formula
from poa_xl.indicators.words import METODO, FunctionWords, Words

EFICIENCIA = Words(
    name="Eficiencia",
    formula="eficacia ponderada acumulada / ejecución acumulada × 100",
    definition=f"Relación entre lo logrado y lo gastado en la gestión. Sin ejecución: {MISSING}.",
    missing="ejecución 0 o sin dato",
    origin=METODO,
    rules=(
        f"La eficiencia usa lo acumulado de la gestión. Un valor mayor que {FULL:g} dice que el avance físico fue más "
        "rápido que el gasto, no que la unidad gastó mejor.",
    ),
    note="Eficacia ponderada acumulada entre ejecución acumulada por 100.",
    guide="Eficacia ponderada acumulada entre ejecución acumulada, por 100. Solo en los acumulados",
    term="Eficacia ponderada acumulada entre ejecución acumulada por 100",
)
EFICIENCIA_FUNCTION = FunctionWords(
    name="EFICIENCIA",
    help="Eficacia entre ejecución por 100, con los acumulados de la gestión.",
    arguments={
        "eficacia": "Eficacia ponderada acumulada, en puntos.",
        "ejecucion": (
            f"Ejecución financiera acumulada, en puntos; si es 0 o está en blanco, el resultado es {MISSING}."
        ),
    },
)


def eficiencia(eficacia_acumulada: Optional[float], ejecucion_acumulada: Optional[float]) -> Optional[float]:
    """Accumulated eficacia ponderada over accumulated ejecucion, in points; None where nothing was executed."""
    return None if eficacia_acumulada is None else ratio(eficacia_acumulada, ejecucion_acumulada)


def eficiencia_formula(eficacia: str, ejecucion: str, functions: bool = False) -> str:
    """In a unit's workbook, from two cells that may show «n/a» or nothing."""
    both = f"AND(ISNUMBER({eficacia}),ISNUMBER({ejecucion}))"
    plain = ratio_formula(eficacia, ejecucion)
    figure = EFICIENCIA_FUNCTION.call_or(plain, eficacia, ejecucion) if functions else plain
    return f'IF({both},{figure},IF({eficacia}="","",{MISSING_TEXT}))'


def eficiencia_master_formula(eficacia: str, ejecucion: str) -> str:
    """In the master, from two cells that may show «n/a»."""
    return ratio_master_formula(eficacia, ejecucion)
