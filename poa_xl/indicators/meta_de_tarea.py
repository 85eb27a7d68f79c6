"""The goal of a task: how its months are read, and what was reached of it in a period, to date and of the year.

A task programmes and executes in each of twelve months. Its goal says what these months are: quantities that add up
(*suma*), a count that goes on from month to month (*acumulada*), a level to hold in each programmed month (*nivel*) or
a value to arrive at (*último valor*); and whether more is better (*aumentar*) or less (*disminuir*).
"""

from typing import NamedTuple, Optional, Sequence, Tuple

from poa_xl.indicators.not_available import ABOVE_ALL, MISSING_TEXT
from poa_xl.indicators.ratio import FULL, quotient_formula, ratio
from poa_xl.indicators.words import DECISION, METODO, FunctionWords, Words
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
    rules=(
        f"**suma**: Σ ejecutado / Σ programado × 100 del periodo; un mes en blanco es 0. **{METODO}**",
        "**acumulada**: cada mes dice el total desde enero. El periodo vale lo que creció el mayor valor ejecutado "
        "entre lo que creció el mayor programado, × 100; un mes en blanco sigue con el anterior. Un total que baja es "
        f"un error (`TAR-020`). **{DECISION}**",
        f"**nivel**: promedio de los meses programados, cada uno de 0 a {FULL:g}: un mes con 120 no tapa otro con 60. "
        f"Un mes programado y en blanco vale 0, y se avisa (`TAR-021`). **{DECISION}**",
        "**último valor**: el último valor escrito hasta el corte frente al último programado del periodo; un valor "
        f"sigue valiendo en los meses en blanco, y sin ninguno es 0. **{DECISION}**",
        "**aumentar**: ejecutado / programado × 100. **disminuir**, con la línea base encima de lo programado: (línea "
        f"base − ejecutado) / (línea base − programado) × 100; sin ella, {FULL:g} si lo ejecutado no pasa de lo "
        "programado, y si pasa, programado / ejecutado × 100. Con *aumentar* un mes está programado si dice más de 0; "
        f"con *disminuir*, si dice algo, también 0. **{DECISION}**",
        "*suma* y *acumulada* solo van con *aumentar*: lo que debe mantenerse bajo es un *nivel*. Un *porcentaje* "
        f"nunca es *suma*. **{DECISION}**",
        "Una operación con alguna meta que no es *suma* es el promedio de sus tareas con cifra, cada una de 0 a "
        f"{FULL:g}, según sus pesos si todas los llevan; con `metodo_operacion` = `tareas` lo son todas las "
        "operaciones. Si no, se suma lo ejecutado y lo programado de sus tareas, también si cuentan cosas distintas, y "
        f"entonces se avisa (`TAR-022`). **{DECISION}**",
        "Con `metodo_agregacion` = `pesos`, las operaciones de una unidad cuentan según su Peso, si todas lo llevan, y "
        f"no por cuántas tareas tienen. **{DECISION}**",
    ),
)
META_TAREA_FUNCTION = FunctionWords(
    name="META_TAREA",
    help="Puntos de una tarea en los meses que se dan, según el tipo y el sentido de su meta; pueden pasar de 100.",
    arguments={
        "programado": "Lo programado de enero a diciembre: doce celdas de una fila o de una columna.",
        "ejecutado": "Lo ejecutado de enero a diciembre, también doce celdas.",
        "desde": "Primer mes que cuenta, de 1 a 12.",
        "hasta": "Último mes que cuenta, de 1 a 12.",
        "tipo": f"{', '.join(TIPOS_DE_META[:-1])} o {TIPOS_DE_META[-1]}; en blanco o si no se da, {SUMA}.",
        "sentido": f"{' o '.join(SENTIDOS)}; en blanco o si no se da, {AUMENTAR}.",
        "base": "Línea base: el valor al empezar el año, de una meta que debe bajar; si no se da, no hay línea base.",
    },
)


class Meta(NamedTuple):
    """What kind of goal a task has. `linea_base` is the value at the start of the year, in the goal's own unit."""

    tipo: str = SUMA
    sentido: str = AUMENTAR
    linea_base: Optional[float] = None

    def changed(self, tipo: str, sentido: str, linea_base: Optional[float]) -> "Meta":
        """The goal with what a task says of its own; a blank leaves what the operation says."""
        if not tipo and not sentido and linea_base is None:  # as nearly all tasks
            return self
        base = self.linea_base if linea_base is None else linea_base
        return Meta(tipo or self.tipo, sentido or self.sentido, base)


PUBLISHED_META = Meta()  # of the published method, and of every workbook before version 3
Months = Sequence[Optional[float]]  # January first; None is blank
Due = Tuple[int, int]  # the months whose programme counts, from 1 to 12, both included


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


def meta_is_possible(meta: Meta) -> bool:
    """Whether there are goals of that kind and sense."""
    return meta.sentido == AUMENTAR or meta.tipo not in ONLY_UPWARDS


def first_fall(months: Months) -> Optional[Tuple[int, int]]:
    """The month (1-12) in which a running count goes down, and the one before it that says more; None: in none."""
    before = 0
    for month, value in enumerate(months, start=1):
        if value is None:
            continue
        if before and value < (months[before - 1] or 0):
            return month, before
        before = month
    return None


def meta_programmed(programado: Optional[float], meta: Meta) -> bool:
    """Whether a month has a programme: more than 0; where less is better, whatever was typed, 0 too."""
    if programado is None:
        return False
    return meta.sentido == DISMINUIR or programado > 0


def task_figure(
    programado: Months, ejecutado: Months, due: Due, known: int, meta: Meta = PUBLISHED_META
) -> Optional[float]:
    """Points of a task, raw, of what was due in some months (1-12, both included); None: nothing was programmed.

    What is executed after the month `known` does not count.
    """
    first, last = due
    if meta.tipo == SUMA:
        return ratio(_sum(ejecutado, first, min(last, known)), _sum(programado, first, last))
    if meta.tipo == ACUMULADA:
        grown = most_of(ejecutado, min(last, known)) - most_of(ejecutado, first - 1)
        return ratio(grown, most_of(programado, last) - most_of(programado, first - 1))
    if meta.tipo == NIVEL:
        points, months = _levels(programado, ejecutado, due, known, meta)
        return points / months if months else None
    return _last_value(programado, ejecutado, due, known, meta)


def task_avance(
    programado: Months, ejecutado: Months, desde: int, hasta: int, meta: Meta = PUBLISHED_META
) -> Optional[float]:
    """Points of a task in the months `desde` to `hasta` (1-12, both included), raw."""
    return task_figure(programado, ejecutado, (desde, hasta), hasta, meta)


def task_to_date(programado: Months, ejecutado: Months, hasta: int, meta: Meta = PUBLISHED_META) -> Optional[float]:
    """Points of all that was due by the end of a month, raw: late work counts from the month in which it is done."""
    return task_figure(programado, ejecutado, (1, hasta), hasta, meta)


def task_of_year(programado: Months, ejecutado: Months, hasta: int, meta: Meta = PUBLISHED_META) -> Optional[float]:
    """Points of the programme of the whole year that were reached by the end of a month, raw."""
    return task_figure(programado, ejecutado, (1, MONTHS_OF_A_YEAR), hasta, meta)


def _sum(months: Months, desde: int, hasta: int) -> float:
    return sum(v or 0 for v in months[desde - 1 : hasta])


def most_of(months: Months, hasta: int) -> float:
    """What a running count has come to: a blank month carries the one before it, and nothing typed is 0."""
    return max((v for v in months[:hasta] if v is not None), default=0.0)


def _levels(programado: Months, ejecutado: Months, due: Due, known: int, meta: Meta) -> Tuple[float, int]:
    """Points of the programmed months, and how many they are; a blank month, and one after `known`, has 0."""
    points, count = 0.0, 0
    for month in range(due[0], due[1] + 1):
        p, e = programado[month - 1], ejecutado[month - 1]
        if p is None or not meta_programmed(p, meta):
            continue
        count += 1
        if e is not None and month <= known:
            points += capped_points(meta_reached(e, p, meta))
    return points, count


def _last_value(programado: Months, ejecutado: Months, due: Due, known: int, meta: Meta) -> Optional[float]:
    wanted = [p for p in programado[due[0] - 1 : due[1]] if p is not None and meta_programmed(p, meta)]
    if not wanted:
        return None
    values = [e for e in ejecutado[:known] if e is not None]
    return meta_reached(values[-1], wanted[-1], meta) if values else 0.0


# --- formulas -----------------------------------------------------------------------------------------------


class MonthCells(NamedTuple):
    """The twelve cells of a row, January first, side by side."""

    cells: Sequence[str]

    def span(self, desde: int, hasta: int) -> str:
        """Those of the months `desde` to `hasta` (1-12); the sheet of a cell is named once."""
        last = self.cells[hasta - 1].rpartition("!")[2]
        return f"{self.cells[desde - 1]}:{last}"

    def most(self, hasta: int) -> str:
        """As `most_of`."""
        return f"MAX({self.span(1, hasta)})" if hasta else "0"


class TaskFormula(NamedTuple):
    """The pieces of a formula: when a task has no figure, and its points where it has one."""

    missing: str
    points: str

    @property
    def raw(self) -> str:
        """The points as they are, which may be above 100, or «n/a»."""
        return f"IF({self.missing},{MISSING_TEXT},{self.points})"

    @property
    def capped(self) -> str:
        """The points as they count, or «n/a»."""
        return f"IF({self.missing},{MISSING_TEXT},MAX(0,MIN({FULL:g},{self.points})))"


def task_formula(
    meta: Meta, programado: MonthCells, ejecutado: MonthCells, due: Due, known: int, base: str
) -> TaskFormula:
    """As `task_figure`, over the cells of the months; `base` is the cell of the base line, which may be blank.

    No array entry, and nothing that Gnumeric reads otherwise.
    """
    first, last = due
    until = min(last, known)
    if meta.tipo == SUMA:
        wanted = f"SUM({programado.span(first, last)})"
        return TaskFormula(f"{wanted}=0", quotient_formula(f"SUM({ejecutado.span(first, max(first, until))})", wanted))
    if meta.tipo == ACUMULADA:
        wanted = f"({programado.most(last)}-{programado.most(first - 1)})"
        grown = f"({ejecutado.most(until)}-{ejecutado.most(first - 1)})"
        return TaskFormula(f"{wanted}=0", quotient_formula(grown, wanted))
    if meta.tipo == NIVEL:
        return _level_formula(meta, programado, ejecutado, due, until, base)
    return _last_value_formula(meta, programado, ejecutado.span(1, known), due, base)


def _level_formula(
    meta: Meta, programado: MonthCells, ejecutado: MonthCells, due: Due, until: int, base: str
) -> TaskFormula:
    """A blank month adds nothing: no condition is on what is blank alone, for a blank is 0 to some and "" to others."""
    first, last = due
    p, e = programado.span(first, until), ejecutado.span(first, until)
    if meta.sentido == AUMENTAR:
        count = f'COUNTIF({programado.span(first, last)},">0")'
        part = f"({p}>0)*(({e}>={p})+({e}<{p})*{e}/({p}+({p}=0)))"
    else:
        count = f"COUNT({programado.span(first, last)})"
        fallen = f"({base}>{p})*({e}<{base})*({base}-{e})/(({base}-{p})*({base}>{p})+({base}<={p}))"
        part = f'({p}<>"")*({e}<>"")*(({e}<={p})+({e}>{p})*({fallen}+({base}<={p})*{p}/({e}+({e}=0))))'
    return TaskFormula(f"{count}=0", f"SUMPRODUCT({part})*{FULL:g}/{count}")


def _last_value_formula(meta: Meta, programado: MonthCells, done: str, due: Due, base: str) -> TaskFormula:
    first, last = due
    planned, value = programado.span(first, last), _last_formula(done)
    if meta.sentido == AUMENTAR:
        missing, wanted = f'COUNTIF({planned},">0")=0', _last_positive_formula(programado.cells[first - 1 : last])
        reached = quotient_formula(value, wanted)
    else:
        missing, wanted = f"COUNT({planned})=0", _last_formula(planned)
        fallen = quotient_formula(f"({base}-{value})", f"({base}-{wanted})")
        short = f"IF({value}<={wanted},{FULL:g},{quotient_formula(wanted, value)})"
        reached = f"IF({base}>{wanted},{fallen},{short})"
    return TaskFormula(missing, f"IF(COUNT({done})=0,0,{reached})")


def _last_formula(cells: str) -> str:
    """The last number of a row: no cell holds as much as is looked for."""
    return f"LOOKUP({ABOVE_ALL},{cells})"


def _last_positive_formula(cells: Sequence[str]) -> str:
    """The last cell above 0, which one is known to be: a typed 0 is no programme. N of a blank fails in Gnumeric."""
    formula = cells[0]
    for cell in cells[1:]:
        formula = f"IF({cell}>0,{cell},{formula})"
    return formula
