"""Sources of funds: ejecucion and saldo of each and of all. An amount that is blank is not zero."""

from typing import Optional, Sequence, Tuple

from poa_xl.indicators.ejecucion import EJECUCION, ejecucion, ejecucion_master_formula
from poa_xl.indicators.means import difference, difference_formula, total
from poa_xl.indicators.not_available import MISSING, MISSING_TEXT
from poa_xl.indicators.words import DECISION, Words

FUENTES = Words(
    name="Fuentes de financiamiento",
    formula="ejecutado / presupuesto vigente × 100; saldo = vigente − ejecutado",
    definition=(
        f"Un monto en blanco es {MISSING}, no cero. Los totales suman lo que hay; si falta alguno, su % y su saldo son "
        f"{MISSING}."
    ),
    missing=f"{EJECUCION.missing}, o ejecutado en blanco",
    origin=DECISION,
    rules=(
        f"Un monto en blanco es {MISSING}, no cero, y con él lo que lo necesita: sin ejecutado, la ejecución y el "
        "saldo de esa fuente. Los totales suman los montos que hay; la ejecución y el saldo del total son "
        f"{MISSING} si a una fuente le falta el vigente o el ejecutado. **{DECISION}**",
    ),
)
_Amounts = Sequence[Optional[float]]


def fuentes_execution(vigente: _Amounts, ejecutado: _Amounts) -> Tuple[Optional[float], Optional[float]]:
    """Ejecucion in points and saldo in Bs of some sources; None, None where an amount of one is missing."""
    if None in (*vigente, *ejecutado):
        return None, None
    in_force, spent = total(vigente), total(ejecutado)
    return ejecucion(spent, in_force), difference(in_force, spent)


def fuentes_execution_master_formulas(vigente: str, ejecutado: str) -> Tuple[str, str]:
    """Ejecucion and saldo of one source."""
    return ejecucion_master_formula(ejecutado, vigente), difference_formula(vigente, ejecutado)


def fuentes_total_master_formulas(vigente: str, ejecutado: str, amounts: str, count: int) -> Tuple[str, str]:
    """Ejecucion and saldo of all: only where all `count` cells of `amounts` are numbers."""
    ratio, balance = fuentes_execution_master_formulas(vigente, ejecutado)
    known = f"COUNT({amounts})={count}"
    return f"IF({known},{ratio},{MISSING_TEXT})", f"IF({known},{balance},{MISSING_TEXT})"
