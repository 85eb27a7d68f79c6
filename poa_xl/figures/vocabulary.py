"""The words of an id: of which levels, indicators and periods there are figures. All three lists are closed."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType

from poa_xl.sheets import MESES, TRIMESTRES

ENTITY = "entidad"
# Level -> how its code is made.
LEVELS: Mapping[str, str] = MappingProxyType(
    {
        ENTITY: "sigla",
        "servicio": "nombre",
        "area": "código",
        "grupo": "área/grupo",
        "subgrupo": "área/grupo/subgrupo",
        "unidad": "código",
        "acp": "código",
        "parte": "acp/nivel/…, lo que una ACP tiene de un nivel o de una unidad",
        "categoria": "código",
        "presupuesto": "unidad/categoría, lo que la unidad informa de ella",
        "operacion": "unidad/operación",
        "fuente": "código",
        "fuentes": "sigla de la entidad, de todas sus fuentes",
    }
)


class UnitOfMeasure(StrEnum):
    """In what a figure is measured."""

    POINTS = "puntos"
    BS = "Bs"
    COUNT = "cantidad"
    OWN = "indicador"  # of a physical goal of SIGEP, each in a unit of its own
    WORD = "palabra"  # the word of a semaforo and its like


_POINTS = (
    "avance", "eficacia", "ejecucion", "eficiencia", "rango_ideal",
    "media", "desviacion", "limite_inferior", "limite_superior",  # of the avances of the units below a node
    "sigep_avance",
    "avance_a_la_fecha", "cumplimiento",
    "avance_limitado",  # of an operation, 100 at most
    "ponderacion", "brecha",  # of a part in the avance of the entity
)  # fmt: skip
_BS = (
    "vigente", "devengado", "inicial", "saldo",
    "vigente_unidades", "vigente_sigep", "vigente_diferencia",  # the cuadre
    "devengado_unidades", "devengado_sigep", "devengado_diferencia",
)  # fmt: skip
_COUNTS = (
    "unidades", "con_avance", "con_informacion", "sin_informacion",  # units
    "operaciones", "actividades", "tareas", "acciones_mediano_plazo", "acciones_corto_plazo",
    "programado", "ejecutado", "tareas_programadas",  # of an operation
)  # fmt: skip
# Indicator -> what it is measured in.
INDICATORS: Mapping[str, UnitOfMeasure] = MappingProxyType(
    {
        **dict.fromkeys(_POINTS, UnitOfMeasure.POINTS),
        **dict.fromkeys(_BS, UnitOfMeasure.BS),
        **dict.fromkeys(_COUNTS, UnitOfMeasure.COUNT),
        **dict.fromkeys(("sigep_programado", "sigep_ejecutado"), UnitOfMeasure.OWN),
        **dict.fromkeys(("semaforo", "semaforo_a_la_fecha", "criterio", "cuadre"), UnitOfMeasure.WORD),
    }
)

_UP_TO = "hasta_"
PERIODS: tuple[str, ...] = (*MESES, *TRIMESTRES, *(f"{_UP_TO}{quarter}" for quarter in TRIMESTRES))
QUARTER, BEFORE, ACCUMULATED = "trimestre", "anterior", "acumulado"
ALIASES = (QUARTER, BEFORE, ACCUMULATED)  # in texts only; an id is absolute


def up_to(trimestre: int) -> str:
    """The period from January to the end of a quarter (1-4)."""
    return f"{_UP_TO}{TRIMESTRES[trimestre - 1]}"


def absolute_period(period: str, trimestre: int) -> str | None:
    """The period that a text means which was written for an evaluation of this quarter (1-4).

    A period that is absolute stays; None where there is none, as before the first quarter.
    """
    if period == QUARTER:
        return TRIMESTRES[trimestre - 1]
    if period == BEFORE:
        return TRIMESTRES[trimestre - 2] if trimestre > 1 else None
    if period == ACCUMULATED:
        return up_to(trimestre)
    return period if period in PERIODS else None
