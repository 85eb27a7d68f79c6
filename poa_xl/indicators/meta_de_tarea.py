"""The goal of a task: how its months are read, and what was reached of it in a period, to date and of the year.

A task programmes and executes in each of twelve months. Its goal says what these months are: quantities that add up
(*suma*), a count that goes on from month to month (*acumulada*), a level to hold in each programmed month (*nivel*) or a
value to arrive at (*último valor*); and whether more is better (*aumentar*) or less (*disminuir*).
"""

from typing import NamedTuple, Optional, Sequence, Tuple

from poa_xl.indicators.ratio import FULL, ratio
from poa_xl.indicators.words import DECISION, METODO, Words
from poa_xl.indicators.year import MONTHS_OF_A_YEAR

SUMA, ACUMULADA, NIVEL, ULTIMO_VALOR = TIPOS_DE_META = ("suma", "acumulada", "nivel", "último valor")
AUMENTAR, DISMINUIR = SENTIDOS = ("aumentar", "disminuir")
ENTERO, DECIMAL, PORCENTAJE = NUMEROS = ("entero", "decimal", "porcentaje")
ONLY_UPWARDS = frozenset((SUMA, ACUMULADA))  # a flow to be kept low is a level
NEVER_PERCENTAGE = frozenset((SUMA,))

META_DE_TAREA = Words(
    name="Meta de la tarea",
    formula="según su tipo y su sentido",
    definition=(
        "suma: Σ ejecutado / Σ programado. acumulada: lo que creció el mayor valor. nivel: promedio de los meses "
        "programados. último valor: el último ejecutado frente al último programado."
    ),
    missing="nada programado en el periodo",
    origin=f"suma: {METODO}; las otras, {DECISION}",
)


class Meta(NamedTuple):
    """What kind of goal a task has. `linea_base` is the value at the start of the year, in the goal's own unit."""

    tipo: str = SUMA
    sentido: str = AUMENTAR
    linea_base: Optional[float] = None

    def changed(self, tipo: str, sentido: str, linea_base: Optional[float]) -> "Meta":
        """The goal with what a task says of its own; a blank leaves what the operation says."""
        base = self.linea_base if linea_base is None else linea_base
        return Meta(tipo or self.tipo, sentido or self.sentido, base)


PUBLISHED_META = Meta()  # of the published method, and of every workbook before version 3
Months = Sequence[Optional[float]]  # January first; None is blank


def capped_points(value: float) -> float:
    """Points as they count in a mean: 0 to 100."""
    return max(0.0, min(FULL, value))


def meta_reached(ejecutado: float, programado: float, meta: Meta) -> float:
    """Points of one value against the one that was programmed, raw: it may be below 0 and above 100."""
    if meta.sentido == AUMENTAR:
        return ejecutado * FULL / programado
    base = meta.linea_base
    if base is not None and base > programado:
        return (base - ejecutado) * FULL / (base - programado)
    return FULL if ejecutado <= programado else programado * FULL / ejecutado


def meta_programmed(programado: Optional[float], meta: Meta) -> bool:
    """Whether a month has a programme: more than 0; where less is better, whatever was typed, 0 too."""
    if programado is None:
        return False
    return meta.sentido == DISMINUIR or programado > 0


def task_avance(
    programado: Months, ejecutado: Months, desde: int, hasta: int, meta: Meta = PUBLISHED_META
) -> Optional[float]:
    """Points of a task in the months `desde` to `hasta` (1-12, both included), raw; None: nothing was programmed."""
    if meta.tipo == SUMA:
        return ratio(_sum(ejecutado, desde, hasta), _sum(programado, desde, hasta))
    if meta.tipo == ACUMULADA:
        grown, wanted = (most_of(of, hasta) - most_of(of, desde - 1) for of in (ejecutado, programado))
        return ratio(grown, wanted)
    if meta.tipo == NIVEL:
        points, months = _levels(programado, ejecutado, desde, hasta, hasta, meta)
        return points / months if months else None
    return _last_value(programado, ejecutado, desde, hasta, hasta, meta)


def task_to_date(programado: Months, ejecutado: Months, hasta: int, meta: Meta = PUBLISHED_META) -> Optional[float]:
    """Points of all that was due by the end of a month, raw: late work counts from the month in which it is done."""
    return task_avance(programado, ejecutado, 1, hasta, meta)


def task_of_year(programado: Months, ejecutado: Months, hasta: int, meta: Meta = PUBLISHED_META) -> Optional[float]:
    """Points of the programme of the whole year that were reached by the end of a month, raw."""
    if meta.tipo == SUMA:
        return ratio(_sum(ejecutado, 1, hasta), _sum(programado, 1, MONTHS_OF_A_YEAR))
    if meta.tipo == ACUMULADA:
        return ratio(most_of(ejecutado, hasta), most_of(programado, MONTHS_OF_A_YEAR))
    if meta.tipo == NIVEL:
        points, months = _levels(programado, ejecutado, 1, MONTHS_OF_A_YEAR, hasta, meta)
        return points / months if months else None
    return _last_value(programado, ejecutado, 1, MONTHS_OF_A_YEAR, hasta, meta)


def _sum(months: Months, desde: int, hasta: int) -> float:
    return sum(v or 0 for v in months[desde - 1 : hasta])


def most_of(months: Months, hasta: int) -> float:
    """What a running count has come to: a blank month carries the one before it, and nothing typed is 0."""
    return max((v for v in months[:hasta] if v is not None), default=0.0)


def _levels(programado: Months, ejecutado: Months, desde: int, hasta: int, known: int, meta: Meta) -> Tuple[float, int]:
    """Points of the programmed months, and how many they are; a blank month, and one after `known`, has 0."""
    points, count = 0.0, 0
    for month in range(desde, hasta + 1):
        p, e = programado[month - 1], ejecutado[month - 1]
        if p is None or not meta_programmed(p, meta):
            continue
        count += 1
        if e is not None and month <= known:
            points += capped_points(meta_reached(e, p, meta))
    return points, count


def _last_value(
    programado: Months, ejecutado: Months, desde: int, hasta: int, known: int, meta: Meta
) -> Optional[float]:
    wanted = [p for p in programado[desde - 1 : hasta] if p is not None and meta_programmed(p, meta)]
    if not wanted:
        return None
    values = [e for e in ejecutado[:known] if e is not None]
    return meta_reached(values[-1], wanted[-1], meta) if values else 0.0
