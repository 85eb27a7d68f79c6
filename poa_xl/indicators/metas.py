"""Physical goals of the ACPs as SIGEP holds them: the eficacia of each, and their total."""

from typing import Iterable, Optional, Tuple

from poa_xl.indicators.eficacia import EFICACIA, eficacia, eficacia_master_formula
from poa_xl.indicators.means import total, total_formula
from poa_xl.indicators.not_available import ABOVE_ALL, ANY_NUMBER, MISSING, MISSING_TEXT
from poa_xl.indicators.words import DECISION, Words

SIN_PROGRAMACION = "Sin Prog."
METAS = Words(
    name="Metas del SIGEP",
    formula=EFICACIA.formula,
    definition=(
        f"«{SIN_PROGRAMACION}» (o 0), o programada con la ejecución en blanco: {MISSING}, fuera de los dos lados del "
        "total. Metas de unidades de medida distintas no se suman."
    ),
    missing=f"«{SIN_PROGRAMACION}», 0 o la ejecución en blanco",
    origin=DECISION,
    short=(
        f"«{SIN_PROGRAMACION}»: la ACP no tiene programación en el SIGEP, o es 0. No cuenta en el total, como "
        f"tampoco una meta programada con la ejecución en blanco ({MISSING})."
    ),
    rules=(
        f"Avance = {EFICACIA.formula} por ACP y trimestre. Una ACP «{SIN_PROGRAMACION}», o con 0 en Programado, que "
        f"es lo mismo, es {MISSING} y no entra en ninguno de los dos lados del total, haya ejecutado lo que haya "
        f"ejecutado. **{DECISION}** Tampoco entra una meta programada con la ejecución en blanco: su avance es "
        f"{MISSING}, no 0, y si el trimestre ya se informó se avisa (`MET-007`). Quien no ejecutó nada escribe 0. "
        f"**{DECISION}**",
        "Metas de **unidades de medida distintas no se suman**: si las metas programadas del trimestre no dicen todas "
        f"la misma, el total es {MISSING}. Si ninguna dice la suya, se suman como siempre; si unas la dicen y otras "
        f"no, tampoco se suman y se avisa (`MET-009`). **{DECISION}**",
    ),
)
_Meta = Tuple[Optional[float], Optional[float]]  # programado, ejecutado


def meta_avance(programado: Optional[float], ejecutado: Optional[float]) -> Optional[float]:
    """Points of a goal; None without a programme, or where its execution is blank."""
    return None if ejecutado is None else eficacia(ejecutado, programado)


def meta_avance_master_formula(programado: str, ejecutado: str) -> str:
    """As `meta_avance`, and that of the total."""
    return eficacia_master_formula(ejecutado, programado)


def metas_alike(unidades: Iterable[str]) -> bool:
    """Whether goals of these units of measure can be added: all state the same one, or none states any ('')."""
    return len(set(unidades)) <= 1


def metas_total(metas: Iterable[_Meta]) -> _Meta:
    """Programme and execution of all goals: those that have both."""
    whole = [(p, e) for p, e in metas if p is not None and e is not None]
    return total(p for p, _ in whole), total(e for _, e in whole)


def metas_total_master_formulas(programado: str, ejecutado: str, unidades: str = "") -> Tuple[str, str]:
    """As `metas_total`, over the two columns; «n/a» where the units, if they stand in cells, are not `metas_alike`.

    What has no programme shows «n/a» as its execution.
    """
    # The programme of a goal without execution («n/a», which no number is below) stays out.
    planned = f"IF(COUNT({ejecutado})=0,{MISSING_TEXT},SUMIF({ejecutado},{ANY_NUMBER},{programado}))"
    done = total_formula(ejecutado)
    if not unidades:
        return planned, done
    return _where_alike(planned, programado, unidades), _where_alike(done, programado, unidades)


def metas_unit_master_formula(programado: str, unidades: str) -> str:
    """The unit that all goals with a programme state, else «n/a»."""
    return _where_alike(_last_unit(programado, unidades), programado, unidades)


def _last_unit(programado: str, unidades: str) -> str:
    """That of the last goal with a programme, which is a number in its column."""
    return f"LOOKUP({ABOVE_ALL},{programado},{unidades})"


def _where_alike(formula: str, programado: str, unidades: str) -> str:
    """A formula where every goal with a programme has the unit of the last one; texts are above every number."""
    own = f'({unidades}&""={_last_unit(programado, unidades)}&"")*({programado}<{ABOVE_ALL})'
    counted = f"COUNT({programado})"
    return f"IF({counted}=0,{MISSING_TEXT},IF(SUMPRODUCT({own})<{counted},{MISSING_TEXT},{formula}))"
