"""Two indicators beside the published series: avance a la fecha and cumplimiento del año.

Both are computed as the avance of a period is, from tasks up; only what is due differs: all of it since January, or the
programme of the whole year. Neither is ever mixed into the published series.
"""

from typing import Optional, Sequence

from poa_xl.indicators.avance import GoalTask, unit_reached
from poa_xl.indicators.meta_de_tarea import AUMENTAR, SENTIDOS, SUMA, TIPOS_DE_META
from poa_xl.indicators.rango_ideal import RANGO_IDEAL
from poa_xl.indicators.words import DECISION, FunctionWords, Words
from poa_xl.indicators.year import MONTHS_OF_A_YEAR

AVANCE_A_LA_FECHA = Words(
    name="Avance a la fecha",
    formula="como el avance, con todo lo programado desde enero hasta el corte",
    definition=(
        "Lo que se hizo tarde cuenta desde el mes en que se hace. No es el avance acumulado, que es el promedio de los "
        "trimestres."
    ),
    missing="nada programado desde enero",
    origin=DECISION,
    short="lo hecho hasta el corte frente a todo lo programado hasta él",
    rules=(
        "**Avance a la fecha**: el mismo cálculo que el avance de un trimestre, con lo programado y lo ejecutado desde "
        "enero hasta el corte como un solo periodo. Lo programado en marzo y hecho en abril falta en el primer "
        "trimestre y cuenta al fin del segundo; en el avance publicado no cuenta en ninguno de los dos. El semáforo "
        f"DGP lo juzga también. **{DECISION}**",
    ),
    note="Ejecutado entre programado por 100, de enero al corte.",
    guide="Lo hecho hasta el corte frente a lo programado hasta él: lo que se hizo tarde cuenta desde que se hizo",
    term="Lo hecho hasta el corte entre todo lo programado hasta él, en puntos",
)
CUMPLIMIENTO = Words(
    name="Cumplimiento del año",
    formula="como el avance, con lo programado en toda la gestión y lo ejecutado hasta el corte",
    definition=f"Frente al programa del año, nunca frente a la Meta. A su lado está el {RANGO_IDEAL.name.lower()}.",
    missing="nada programado en el año",
    origin=DECISION,
    short="lo hecho hasta el corte frente al programa de todo el año",
    rules=(
        "**Cumplimiento del año**: el mismo cálculo con lo programado en los doce meses y lo ejecutado hasta el corte. "
        "Se mide con los meses programados, no con la columna Meta; en la plantilla 3 se avisa si no concuerdan "
        f"(`OPE-015`). No lleva semáforo: se lee junto al rango ideal. **{DECISION}**",
    ),
    note="Ejecutado hasta el corte entre lo programado en todo el año por 100.",
    guide="Lo hecho hasta el corte frente al programa de todo el año",
    term="Lo hecho hasta el corte entre lo programado en toda la gestión, en puntos",
)
_ARGUMENTS = {
    "programado": "Lo programado: una fila por tarea con sus doce meses.",
    "ejecutado": "Lo ejecutado, un rango del mismo tamaño.",
    "operacion": "El código de la operación de cada tarea, una celda por tarea.",
    "hasta": "El mes del corte, de 1 a 12: lo ejecutado después no cuenta.",
    "tipo": (
        f"El tipo de meta de cada tarea ({', '.join(TIPOS_DE_META[:-1])} o {TIPOS_DE_META[-1]}), o uno para todas; en "
        f"blanco o si no se da, {SUMA}."
    ),
    "sentido": (
        f"El sentido de la meta de cada tarea ({' o '.join(SENTIDOS)}), o uno para todas; en blanco o si no se da, "
        f"{AUMENTAR}."
    ),
    "base": "La línea base de cada tarea, o una para todas; en blanco o si no se da, no hay línea base.",
}
AVANCE_A_LA_FECHA_FUNCTION = FunctionWords(
    name="AVANCE_A_LA_FECHA",
    help="Avance a la fecha de la unidad, de sus tareas: lo hecho de enero al corte frente a lo programado hasta él.",
    arguments=_ARGUMENTS,
)
CUMPLIMIENTO_FUNCTION = FunctionWords(
    name="CUMPLIMIENTO",
    help="Cumplimiento del año de la unidad, de sus tareas: lo hecho hasta el corte frente al programa de todo el año.",
    arguments=_ARGUMENTS,
)


def unit_to_date(tasks: Sequence[GoalTask], operacion: Sequence[str], hasta: int) -> Optional[float]:
    """Avance a la fecha of a unit at the end of a month, from its tasks and the operation of each."""
    return unit_reached(tasks, operacion, (1, hasta), hasta)


def unit_of_year(tasks: Sequence[GoalTask], operacion: Sequence[str], hasta: int) -> Optional[float]:
    """Cumplimiento of a unit at the end of a month, from its tasks and the operation of each."""
    return unit_reached(tasks, operacion, (1, MONTHS_OF_A_YEAR), hasta)
