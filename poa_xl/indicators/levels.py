"""Avance físico of every level above the unit, of an ACP, and of the gestion up to a quarter."""

from typing import Iterable, Optional, Sequence, Tuple

from poa_xl.indicators.avance import AVANCE_UNIDAD
from poa_xl.indicators.means import mean, mean_formula, present_mean_formula
from poa_xl.indicators.not_available import MISSING, MISSING_TEXT
from poa_xl.indicators.weights import weighted_mean, weighted_mean_master_formula
from poa_xl.indicators.words import DECISION, METODO, Words

SIN_SUBGRUPO = "Sin subgrupo"
MEDIA, POR_PESOS = "media", "pesos"
METODOS = {  # metodo_agregacion of Parametros -> in words
    MEDIA: "Promedio simple del nivel inmediatamente inferior",
    POR_PESOS: "Promedio del nivel inmediatamente inferior según sus pesos",
}

AVANCE_NIVEL = Words(
    name="Avance de cada nivel",
    formula="promedio del nivel inmediatamente inferior",
    definition=(
        f"Unidad, subgrupo, grupo, área, servicio y entidad, sobre valores sin redondear. Lo que es {MISSING} no "
        f"cuenta. En un grupo con subgrupos, las unidades que no tienen uno forman el subgrupo «{SIN_SUBGRUPO}»."
    ),
    missing="nada de lo que tiene debajo tiene avance",
    origin=DECISION,
    short="Cada nivel es el promedio del nivel inmediatamente inferior.",
    rules=(
        f"**{DECISION}** Cada nivel es el **promedio simple del nivel inmediatamente inferior**, sin redondear: "
        "unidad → subgrupo (si el grupo los tiene) → grupo → área → servicio → entidad. De una entidad sin grupos el "
        "área es el promedio de sus unidades, y de una sin servicios la entidad es el de sus áreas.",
        f"En un grupo con subgrupos, las unidades que no tienen uno forman juntas el subgrupo **«{SIN_SUBGRUPO}»**, "
        "que cuenta como cualquier otro.",
        f"Los promedios saltan lo que es {MISSING} y lo que no se envió.",
    ),
)
AVANCE_ACP = Words(
    name="Avance de una ACP",
    formula="el árbol de la entidad, con solo las operaciones de la ACP",
    definition=(
        "De una unidad con operaciones de varias ACP cuentan en cada una las suyas. Cada nivel es el promedio de lo "
        f"que la ACP tiene en el nivel inferior. Una ACP sin operaciones es {MISSING}."
    ),
    missing="ninguna operación suya tiene programación",
    origin=DECISION,
    rules=(
        "Una ACP es el mismo árbol con solo **sus operaciones**: cada nivel es el promedio de lo que la ACP tiene en "
        "el nivel inferior. Así, la ACP 7 de la muestra es el Servicio Exterior, como se publicó, y una ACP con "
        "operaciones en los dos servicios es el promedio de sus dos partes, tenga cada una las unidades que tenga. Una "
        f"ACP sin operaciones es {MISSING}.",
        "Una operación puede ser de otra ACP que su unidad: cuenta en la ACP que dice, y solo en ella. Una unidad con "
        "operaciones de varias ACP entra en cada una con el avance de esas operaciones solas, que la hoja Cálculo "
        "muestra como «Parte de una ACP»; el avance de la unidad sigue siendo el de todas. La ACP de la unidad en el "
        f"catálogo cuenta solo mientras no haya enviado ninguna operación. **{DECISION}**",
    ),
)
AVANCE_ACUMULADO = Words(
    name="Avance acumulado",
    formula="promedio de los avances trimestrales",
    definition="Del primer trimestre al que se evalúa.",
    missing="ningún trimestre con avance",
    origin=METODO,
    rules=(
        "**Avance acumulado**: promedio de los avances de los trimestres, del primero al que se evalúa. No se vuelve a "
        f"calcular con los meses juntos. **{METODO}**",
    ),
)
# Under the title of the sheet Cálculo, and beside the method in Parametros.
CALCULO = f"Cada fila es el promedio de sus partes; {AVANCE_UNIDAD.short}."
METODO_DE_AGREGACION = (
    "media: cada nivel es el promedio del nivel de abajo; pesos: según la columna Peso de Areas y Unidades. Sin la "
    "fila, media."
)


def level_avance(parts: Iterable[Optional[float]], pesos: Optional[Sequence[float]] = None) -> Optional[float]:
    """Avance of a level from those of the level right below it, by its weights if given; None where none has one."""
    return mean(parts) if pesos is None else weighted_mean(zip(parts, pesos))  # noqa: B905 - the hosts' Pythons


def level_avance_master_formula(parts: str) -> str:
    """As `level_avance`, over the cells of the parts."""
    return mean_formula(parts)


def weighted_level_master_formula(runs: Sequence[Tuple[str, str]]) -> str:
    """As `level_avance` with weights, over the cells of the parts and those of their weights, run by run."""
    return weighted_mean_master_formula(runs)


def accumulated_avance(quarters: Iterable[Optional[float]]) -> Optional[float]:
    """Avance of the gestion up to a quarter, from those of its quarters; None where none has one."""
    return mean(quarters)


def accumulated_avance_formula(quarters: str) -> str:
    """In a unit's workbook, over the cells of the quarters.

    COUNT passes over errors; without the second part a quarter that shows one would read «n/a» here.
    """
    return f"IF(COUNT({quarters})+ISERROR(SUM({quarters}))=0,{MISSING_TEXT},{present_mean_formula(quarters)})"


def accumulated_avance_master_formula(quarters: str) -> str:
    """In the master, over the cells of the quarters."""
    return mean_formula(quarters)
