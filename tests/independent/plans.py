"""Goals of every kind put over the plans of a campaign, with weights at every level; never any that is refused."""

import random
from collections.abc import Callable, Hashable, Iterable

Row = dict[str, object]
Sheets = dict[str, list[Row]]

MONTHS = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
AS_PERCENT = "*"  # of a task whose months are shown as percentages: no column has this name
_KINDS = (
    ("suma", "aumentar"),
    ("acumulada", "aumentar"),
    ("nivel", "aumentar"),
    ("nivel", "disminuir"),
    ("último valor", "aumentar"),
    ("último valor", "disminuir"),
)
_NUMBERS = ("entero", "decimal", "porcentaje")
_USUAL = {"tipo_meta": "suma", "sentido": "aumentar", "numero": "entero"}  # what a blank means


def widen(rng: random.Random, quarter: int, entity: Sheets, units: dict[str, Sheets]) -> None:
    """Give the campaign methods, weights, and goals of any kind, in workbooks of template version 3."""
    _methods(rng, entity)
    _weigh_levels(rng, entity)
    kinds = rng.choice((_KINDS, _KINDS, _KINDS[1:], _KINDS[:1], rng.sample(_KINDS, 2)))
    own = rng.choice((0.0, 0.2, 0.8))  # of the tasks that differ from their operation
    for tables in units.values():
        if rng.random() < 0.1:
            continue  # a workbook of before
        tables["unidad"][0]["version_plantilla"] = "3"
        _goals(rng, quarter, tables, list(kinds), own)
        _weigh(rng, tables["operaciones"], sloppy=True)
        for rows in _groups(tables["tareas"], lambda r: r["operacion"]):
            _weigh(rng, rows, sloppy=True)


def _methods(rng: random.Random, entity: Sheets) -> None:
    said: Row = {
        "version_plantilla": "3",
        "metodo_agregacion": rng.choice(("media", "pesos", "pesos")),
        "metodo_operacion": rng.choice((None, "suma", "tareas")),
    }
    kept = [r for r in entity["parametros"] if r["parametro"] not in said]
    entity["parametros"] = [*kept, *({"parametro": n, "valor": v} for n, v in said.items() if v is not None)]


# --- weights ---------------------------------------------------------------------------------------------------------


def _groups(rows: Iterable[Row], key: Callable[[Row], Hashable]) -> list[list[Row]]:
    found: dict[Hashable, list[Row]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return list(found.values())


def _weigh_levels(rng: random.Random, entity: Sheets) -> None:
    """Weights of areas, ACPs and units; those of siblings are 100 together, for an entity is held to it."""
    for rows in _groups(entity["areas"], lambda r: r["servicio"]):
        _weigh(rng, rows)
    _weigh(rng, entity["acp"])
    there = [u for u in entity["unidades"] if u["vigencia"] == "vigente"]
    split = {(u["area"], u["grupo"]) for u in there if u["subgrupo"]}
    for rows in _groups(
        there, lambda u: (u["area"], u["grupo"], u["subgrupo"] if (u["area"], u["grupo"]) in split else 0)
    ):
        _weigh(rng, rows)


def _weigh(rng: random.Random, siblings: list[Row], *, sloppy: bool = False) -> None:
    """All have a weight or none has; sloppy siblings may lack some of 100, or weights of some, or have nothing but 0."""
    drawn = rng.random()
    if not siblings or drawn < 0.3:
        return
    cuts = sorted(rng.choice((rng.randint(0, 200) / 2, float(rng.randint(0, 4) * 25))) for _ in siblings[1:])
    for row, low, high in zip(siblings, [0.0, *cuts], [*cuts, 100.0], strict=True):
        row["peso"] = high - low
    if sloppy and drawn > 0.9:
        fault = rng.choice(("some", "less", "nothing"))
        for row in siblings:
            if fault == "nothing" or rng.random() < 0.3:
                row["peso"] = {"some": None, "less": 7.25, "nothing": 0.0}[fault]


# --- goals -----------------------------------------------------------------------------------------------------------


def _goals(rng: random.Random, quarter: int, tables: Sheets, kinds: list[tuple[str, str]], differing: float) -> None:
    operations = {row["operacion"]: row for row in tables["operaciones"]}
    for row in operations.values():
        _say(rng, row, _goal(rng, kinds), {})
        row["unidad_medida"] = rng.choice((None, "informes", "km"))
        row["meta"] = rng.choice((None, None, 12.5))
    for task in tables["tareas"]:
        operation = operations[task["operacion"]]
        _say(rng, task, _goal(rng, kinds) if rng.random() < differing else {}, operation)
        task["unidad_medida"] = rng.choice((None, None, "personas"))
        kind, number = (task[c] or operation[c] or _USUAL[c] for c in ("tipo_meta", "numero"))
        task[AS_PERCENT] = number == "porcentaje" and rng.random() < 0.5
        _months(rng, quarter, task, str(kind), str(number))


def _goal(rng: random.Random, kinds: list[tuple[str, str]]) -> Row:
    kind, sense = rng.choice(kinds)
    number = rng.choice(_NUMBERS[:2] if kind == "suma" else _NUMBERS)
    base = rng.choice((None, 0, rng.randint(1, 12), rng.randint(20, 60), 27.5))
    return {"tipo_meta": kind, "sentido": sense, "numero": number, "linea_base": base}


def _say(rng: random.Random, row: Row, goal: Row, above: Row) -> None:
    """Write a goal; what a blank would mean as well is left blank now and then."""
    row["linea_base"] = goal.get("linea_base")
    for column, usual in _USUAL.items():
        follows = goal.get(column) == (above.get(column) or usual)
        row[column] = None if follows and rng.random() < 0.5 else goal.get(column)


def _months(rng: random.Random, quarter: int, task: Row, kind: str, number: str) -> None:
    """What is programmed and executed; a running count never falls."""
    most = 100 if number == "porcentaje" else rng.choice((3, 30))
    planned = range(rng.choice((0, 0, 3, 6)), 12)
    done = range(12 if rng.random() < 0.1 else 3 * quarter)  # now and then what nobody can have done yet
    idle, as_planned = rng.choice((0.1, 0.4, 0.8)), rng.random() < 0.4
    programme = _quantities(rng, planned, most, idle, number)
    execution = _quantities(rng, done, most + 2, idle, number)
    if as_planned:
        execution = [p if m in done else None for m, p in enumerate(programme)]
    for stem, values in (("programado", programme), ("ejecutado", execution)):
        shown = _rising(values) if kind == "acumulada" else values
        task.update({f"{stem}_{month}": value for month, value in zip(MONTHS, shown, strict=True)})


def _quantities(rng: random.Random, months: range, most: int, idle: float, number: str) -> list[float | None]:
    whole = number == "entero"
    drawn = [float(rng.randint(0, most)) if whole else rng.randint(0, 10 * most) / 10 for _ in MONTHS]
    return [value if m in months and rng.random() >= idle else None for m, value in enumerate(drawn)]


def _rising(values: list[float | None]) -> list[float | None]:
    rising = iter(sorted(v for v in values if v is not None))
    return [None if v is None else next(rising) for v in values]
