"""By which rule a published figure is reached that is not the computed one, and which of the two to believe."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

from poa_xl.indicators import LIMITE_INFERIOR_WORDS

TITLE = "De dónde vienen las cifras publicadas que difieren de las calculadas"
NOTE = (
    "La regla se busca: es la primera conocida que da la cifra publicada con sus dos decimales. "
    "Lo calculado sale, fila por fila, de los libros aceptados."
)
CODE, RULE, PERIOD = "Código", "Cómo se llega a la cifra publicada", "Periodo"
PUBLISHED, COMPUTED, DIFFERENCE = "Cifra publicada", "Cifra calculada", "Calculada menos publicada"
BY_RULE, BELIEVE = "Con esa regla", "Cuál vale"
_AS_A_MEAN = f" ({LIMITE_INFERIOR_WORDS}), usado como si fuera un promedio."
_RULES: Dict[str, str] = {
    "media de lo publicado": "es el promedio de las cifras publicadas de sus partes; la diferencia viene de ellas.",
    "límite de las unidades": "es el límite inferior del 95 % de sus unidades" + _AS_A_MEAN,
    "límite de las partes": "es el límite inferior del 95 % de sus partes" + _AS_A_MEAN,
    "límite de lo publicado": "es el límite inferior del 95 % de las cifras publicadas de sus partes" + _AS_A_MEAN,
    "media de las unidades": "es el promedio de todas sus unidades, sin los niveles intermedios.",
    "cuatro cuartos redondeados": "es cuatro veces la eficacia ponderada ya redondeada.",
    "redondeo": "es un centésimo de diferencia; ninguna regla conocida da la cifra exacta.",
}
_UNKNOWN = "ninguna regla conocida la da con los datos de esta evaluación."
COMPUTED_HOLDS = "la calculada"
PUBLISHED_HOLDS = "la publicada: aquí no hay dato"
NONE_HOLDS = "ninguna todavía: {n} sin información"


def rule(nombre: str, name: str) -> str:
    """How the published figure of a node is reached; `name` is that of the rule, '' where none is known."""
    return f"{nombre}: {_RULES[name] if name else _UNKNOWN}"


def believe(computed: bool, missing: int) -> str:
    """Which figure holds: the computed one, unless there is none or units are missing from it."""
    if not computed:
        return PUBLISHED_HOLDS
    return NONE_HOLDS.format(n=missing) if missing else COMPUTED_HOLDS
