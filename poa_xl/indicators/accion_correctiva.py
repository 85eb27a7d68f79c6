"""Corrective actions: what became of that of a task which is behind, at the end of the quarter that is evaluated."""

import datetime as dt
from typing import Optional

from poa_xl.indicators.not_available import where_number
from poa_xl.indicators.ratio import FULL
from poa_xl.indicators.rounding import reaches, reaches_formula
from poa_xl.indicators.words import DECISION, Words

AL_DIA, SIN_ACCION, SIN_FECHA, VENCIDA, EN_PLAZO = "al día", "sin acción", "sin fecha", "vencida", "en plazo"
ESTADOS_DE_ACCION = (VENCIDA, SIN_ACCION, SIN_FECHA, EN_PLAZO, AL_DIA)  # from the one that asks most
ACCION_CORRECTIVA = Words(
    name="Acción correctiva",
    rules=(
        f"Una tarea está **atrasada** si al corte tiene menos de {FULL:g} de lo que debía tener desde enero, según su "
        f"meta. Una tarea con menos de {FULL:g} en el trimestre que a la fecha se puso al corriente está *{AL_DIA}*. "
        f"**{DECISION}**",
        f"La acción correctiva de una tarea atrasada está **{VENCIDA}** si su fecha es anterior al corte, y se avisa "
        f"(`TAR-028`); si no, *{EN_PLAZO}*; *{SIN_FECHA}* o *{SIN_ACCION}* si no se escribió. **{DECISION}**",
    ),
    term="Lo que la unidad hará para recuperar una tarea atrasada, con quien responde y hasta cuándo",
)


def is_behind(a_la_fecha: Optional[float]) -> bool:
    """Whether a task has less than was due since January; one with nothing due has not."""
    return a_la_fecha is not None and a_la_fecha < FULL and not reaches(a_la_fecha, FULL)


def is_overdue(fecha: Optional[dt.date], corte: dt.date, a_la_fecha: Optional[float]) -> bool:
    """Whether the day of an action passed before the cut-off, and its task is still behind."""
    return fecha is not None and fecha < corte and is_behind(a_la_fecha)


def action_state(accion: str, fecha: Optional[dt.date], corte: dt.date, a_la_fecha: Optional[float]) -> str:
    """What became of the action of a task: one of `ESTADOS_DE_ACCION`."""
    if not is_behind(a_la_fecha):
        return AL_DIA
    if not accion:
        return SIN_ACCION
    if fecha is None:
        return SIN_FECHA
    return VENCIDA if is_overdue(fecha, corte, a_la_fecha) else EN_PLAZO


def action_state_master_formula(accion: str, fecha: str, corte: dt.date, a_la_fecha: str) -> str:
    """As `action_state`, in the master, from three cells that may be blank."""
    late = f'IF({fecha}<DATE({corte.year},{corte.month},{corte.day}),"{VENCIDA}","{EN_PLAZO}")'
    dated = f'IF(ISNUMBER({fecha}),{late},"{SIN_FECHA}")'
    behind = f'IF({accion}="","{SIN_ACCION}",{dated})'
    return where_number(a_la_fecha, f'IF({reaches_formula(a_la_fecha, f"{FULL:g}")},"{AL_DIA}",{behind})')
