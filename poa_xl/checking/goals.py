"""The goals of operations and tasks: kinds that exclude each other, months that contradict them, weights, measures."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

from poa_xl import cells, indicators, titles
from poa_xl.cells import Value
from poa_xl.checking import weights as siblings
from poa_xl.checking.report import Report
from poa_xl.indicators import ACUMULADA, MONTHS_OF_A_QUARTER, NIVEL, PORCENTAJE, PUBLISHED_META, SUMA, Meta
from poa_xl.messages import counts, goals as words, weights as whose
from poa_xl.reading import Table, as_records, headings
from poa_xl.sheets import MESES

Record = Mapping[str, Value]
_MOST_NAMED = 3
_PLANNED, _DONE = "programado", "ejecutado"
_MONTHS = {stem: itemgetter(*(f"{stem}_{month}" for month in MESES)) for stem in (_PLANNED, _DONE)}  # of a record
_NUMBERS = (int, float)


@dataclass(frozen=True)
class Goal:
    """The goal of an operation or of a task, and in what it is counted."""

    meta: Meta = PUBLISHED_META
    numero: str = indicators.ENTERO
    unidad: str = ""

    def changed(self, record: Record) -> "Goal":
        """That of a row which says of its own what is not as here."""
        base = record["linea_base"]
        meta = self.meta.changed(_text(record, "tipo_meta"), _text(record, "sentido"), _number(base))
        return Goal(meta, _text(record, "numero") or self.numero, _text(record, "unidad_medida") or self.unidad)

    @property
    def contradiction(self) -> tuple[str, str]:
        """(column, what it cannot) of a goal that cannot be; ('', '') for all others."""
        if not indicators.meta_is_possible(self.meta):
            return "sentido", words.FALL
        if self.numero == PORCENTAJE and self.meta.tipo in indicators.NEVER_PERCENTAGE:
            return "numero", words.BE_A_PERCENTAGE
        return "", ""


def months(record: Record, stem: str) -> list[float | None]:
    """The twelve months of a row; None where nothing that can be read stands."""
    return [float(value) if isinstance(value, _NUMBERS) else None for value in _MONTHS[stem](record)]


def of_operations(report: Report) -> dict[Value, Goal]:
    """Operation -> its goal, of the first row of each code."""
    table = report.book.tables.get("operaciones")
    found: dict[Value, Goal] = {}
    for record in as_records(table).values() if table else ():
        found.setdefault(record["operacion"], Goal().changed(record))
    return found


def check_operations(report: Report, table: Table) -> None:
    """What is wrong with the goals and the weights of the sheet Operaciones by itself."""
    for row, record in report.sound(table).items():
        _contradiction(report, table, row, Goal().changed(record), "OPE-012")
    if "peso" in table.columns:
        found = dict.fromkeys(as_records(table), "")
        _weights(report, table, found, whose.OPERATIONS, some="OPE-013", total="OPE-014")


def check_tasks(report: Report, table: Table, reported: int, metodo: str, gone: Collection[str] = ()) -> None:
    """The same of the sheet Tareas, given how many quarters of it are evaluated and how; and both sheets together.

    `gone` are months in which the unit did not exist.
    """
    operations, records, own = of_operations(report), report.sound(table), table.column("operacion")
    by_operation: dict[Value, list[int]] = {}
    goals: dict[int, Goal] = {}
    for row, record in records.items():
        goals[row] = goal = operations.get(record["operacion"], Goal()).changed(record)
        _contradiction(report, table, row, goal, "TAR-019")
        if goal.meta.tipo == ACUMULADA:
            _falls(report, table, row, record)
        if goal.numero == PORCENTAJE:
            _fractions(report, table, row, record)
        if goal.meta.tipo == NIVEL:
            months = [month for month in _written_months(table, reported) if month not in gone]
            _blank_months(report, table, row, record, goal.meta, months)
        if ("tareas", row) not in report.rejected:
            by_operation.setdefault(record["operacion"], []).append(row)
    if "peso" in table.columns:
        found = {row: str(operation) for row, operation in own.items()}
        _weights(report, table, found, whose.TASKS, some="TAR-023", total="TAR-024")
    for operation, rows in by_operation.items():
        _unlike(report, table, {row: goals[row] for row in rows}, str(operation), metodo)
    # Of an operation of which a task stays out nobody knows the whole programme.
    out = {operation for row, operation in own.items() if ("tareas", row) in report.rejected}
    whole = {code: [records[row] for row in rows] for code, rows in by_operation.items() if code not in out}
    _targets(report, whole, operations)


def _contradiction(report: Report, table: Table, row: int, goal: Goal, code: str) -> None:
    column, cannot = goal.contradiction
    if column:
        place = column if _own(table, column, row) else "tipo_meta"
        report.add(code, table, place, row, tipo=goal.meta.tipo, motivo=cannot)


def _own(table: Table, column: str, row: int) -> bool:
    """Whether a row says something in a column."""
    return column in table.values and table.values[column][table.rows.index(row)] is not None


# --- months -------------------------------------------------------------------------------------------------


def _falls(report: Report, table: Table, row: int, record: Record) -> None:
    """A running count that goes down says something else than what was reached up to its month."""
    for stem in (_PLANNED, _DONE):
        said = months(record, stem)
        fall = indicators.first_fall(said)
        if fall is not None:
            value, highest = (cells.number(said[month - 1] or 0) for month in fall)
            column, before = (f"{stem}_{MESES[month - 1]}" for month in fall)
            report.add(
                "TAR-020", table, column, row, value, anterior=table.sheet.column(before).title, esperado=highest
            )
            return


def _fractions(report: Report, table: Table, row: int, record: Record) -> None:
    said = [v for stem in (_PLANNED, _DONE) for v in months(record, stem) if v]
    if said and max(said) < 1:
        first = next(f"{stem}_{m}" for stem in (_PLANNED, _DONE) for m in MESES if record[f"{stem}_{m}"])
        report.add("TAR-025", table, first, row, counts.first_ones([cells.number(v) for v in said], _MOST_NAMED))


def _blank_months(report: Report, table: Table, row: int, record: Record, meta: Meta, written: Iterable[str]) -> None:
    """Programmed months of a level, of those of which the unit wrote something, without a word."""
    blank = [
        f"{_DONE}_{month}"
        for month in written
        if indicators.meta_programmed(_number(record[f"{_PLANNED}_{month}"]), meta)
        and record[f"{_DONE}_{month}"] is None
        and (row, f"{_DONE}_{month}") not in table.bad
    ]
    if blank:
        shown = [table.sheet.column(name).title for name in blank]
        report.add("TAR-021", table, blank[0], row, columna=counts.first_ones(shown, len(MESES)))


def _written_months(table: Table, reported: int) -> Iterator[str]:
    """The months of the reported quarters in which something was executed; of the others TAR-012 speaks."""
    for quarter in range(reported):
        own = MESES[MONTHS_OF_A_QUARTER * quarter :][:MONTHS_OF_A_QUARTER]
        if any(value is not None for month in own for value in table.values.get(f"{_DONE}_{month}", ())):
            yield from own


# --- weights, measures and targets ----------------------------------------------------------------------------


def _weights(report: Report, table: Table, parents: Mapping[int, str], things: str, *, some: str, total: str) -> None:
    """The codes of weights that not all rows of a parent have, and of weights that are not 100.

    `parents` maps every row to what it is a part of. A row that stays out for something else keeps its weight; of one
    whose operation is wrong nobody knows to which it belongs.
    """
    weights = dict(zip(table.rows, table.values["peso"], strict=True))
    if all(weight is None for weight in weights.values()):
        return
    astray = siblings.rows_with_errors(report, table, dict.fromkeys(parents, ("operacion",)))
    spare = siblings.points(table, {row: weights[row] for row in astray})
    together: dict[str, dict[int, Value]] = {}
    for row, parent in parents.items():
        if row not in astray:
            together.setdefault(parent, {})[row] = weights[row]
    for parent, own in together.items():
        found, told = siblings.judged(table, own, spare), {"operacion": parent} if parent else {}
        if found and found.missing:
            given = counts.plural(len(own) - found.missing, "fila", "filas")
            report.add(some, table, "peso", found.row, given, cosas=things, **told)
        elif found:
            report.add(total, table, "peso", found.row, cells.number(found.total), cosas=things, **told)


def _unlike(report: Report, table: Table, goals: Mapping[int, Goal], operation: str, metodo: str) -> None:
    """Tasks that are added up and count different things."""
    if not indicators.added_up((goal.meta for goal in goals.values()), metodo):
        return
    named: dict[str, tuple[str, int]] = {}
    for row, goal in goals.items():
        named.setdefault(titles.key(goal.unidad), (goal.unidad or words.NO_MEASURE, row))
    if len(named) > 1:
        (_, (_, row)) = list(named.items())[1]
        shown = counts.first_ones([name for name, _ in named.values()], _MOST_NAMED)
        report.add("TAR-022", table, "unidad_medida", row, shown, operacion=operation)


def _targets(report: Report, tasks: Mapping[Value, Sequence[Record]], goals: Mapping[Value, Goal]) -> None:
    """A Meta that its tasks do not programme, neither all of them nor one; in workbooks that say how it is read."""
    table = report.book.tables.get("operaciones")
    if table is None or headings.is_later(table.sheet.column("tipo_meta"), headings.version_of(report.book)):
        return
    said = {(f.location.sheet, f.location.cell) for f in report.book.findings}
    for row, record in report.sound(table).items():
        operation, target = record["operacion"], _number(record["meta"])
        programmes = _programmes(tasks.get(operation, ()), goals[operation].meta)
        if target is None or not programmes or (table.name, table.cell("meta", row)) in said:
            continue
        if indicators.judged(target) in map(indicators.judged, programmes):
            continue
        told = {"operacion": str(operation), "como": words.PROGRAMME[goals[operation].meta.tipo]}
        report.add("OPE-015", table, "meta", row, cells.number(target), esperado=cells.number(programmes[0]), **told)


def _programmes(tasks: Sequence[Record], meta: Meta) -> list[float]:
    """What the tasks of an operation programme for the year: all of them together, and each.

    [] where a task counts something of its own, or where nothing is programmed.
    """
    if any(record[name] is not None for record in tasks for name in ("tipo_meta", "sentido", "unidad_medida")):
        return []
    own = [_programme([p for p in months(record, _PLANNED) if p is not None], meta) for record in tasks]
    each = [p for p in own if p]
    return [sum(each), *each] if each and meta.tipo in indicators.ONLY_UPWARDS else each


def _programme(planned: Sequence[float], meta: Meta) -> float:
    if not planned:
        return 0.0
    if meta.tipo == SUMA:
        return sum(planned)
    return max(planned) if meta.tipo == ACUMULADA else planned[-1]


def _text(record: Record, column: str) -> str:
    return str(record[column] or "")


def _number(value: Value) -> float | None:
    return float(value) if isinstance(value, _NUMBERS) else None
