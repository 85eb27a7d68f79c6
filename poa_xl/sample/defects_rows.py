"""Defects of rows and cells. Each appends rows of its own, so that the unit's good rows stay as they are."""

import datetime as dt
from collections.abc import Callable

from poa_xl.sample.plots import FIRST_ROW, HEADER_ROW, PlantedCell, Plot

Change = Callable[[Plot], list[PlantedCell]]
_TEXT = {"Actividad": "Actividad agregada para la demostración", "Tarea": "Tarea agregada para la demostración"}


def _operation(plot: Plot, **changed: object) -> int:
    first = {"Código de operación": "OP-90", "ACP": plot.get("Operaciones", "ACP"), "Operación": "Operación agregada"}
    return plot.append("Operaciones", {**first, **changed})


def _task(plot: Plot, **changed: object) -> int:
    return plot.append("Tareas", {"Operación": "OP-01", **_TEXT, "Prog. dic": 1, **changed})


def _in_task(title: str, value: object) -> Change:
    """A task with one bad cell."""
    return lambda plot: [plot.place("Tareas", title, _task(plot, **{title: value}))]


def _and(change: Change, code: str, other: Change) -> Change:
    """Two defects of one unit: the second with its code."""
    return lambda plot: [*change(plot), *(place._replace(code=code) for place in other(plot))]


def _bad_operation(title: str, value: object) -> Change:
    """An operation with one bad cell, and its task, which stays out with it."""

    def change(plot: Plot) -> list[PlantedCell]:
        row = _operation(plot, **{title: value})
        task = _task(plot, Operación="OP-90")
        return [plot.place("Operaciones", title, row), plot.place("Tareas", "Operación", task, "TAR-009")]

    return change


def _repeated_operation(plot: Plot) -> list[PlantedCell]:
    row = _operation(plot, **{"Código de operación": plot.get("Operaciones", "Código de operación")})
    return [plot.place("Operaciones", "Código de operación", row)]


def _lookalike_operation(plot: Plot) -> list[PlantedCell]:
    code = str(plot.get("Operaciones", "Código de operación")).lower()
    row = _operation(plot, **{"Código de operación": code})
    _task(plot, Operación=code)
    return [plot.place("Operaciones", "Código de operación", row)]


def _idle_operation(plot: Plot) -> list[PlantedCell]:
    return [plot.place("Operaciones", "Código de operación", _operation(plot))]


def _own_operation(planned: str, done: str, amount: int) -> Change:
    """An operation of one task that plans 1 in a month and executes an amount in another."""

    def change(plot: Plot) -> list[PlantedCell]:
        _operation(plot)
        row = plot.append("Tareas", {"Operación": "OP-90", **_TEXT, planned: 1, done: amount})
        return [plot.place("Tareas", done, row)]

    return change


def _after_cut(plot: Plot) -> list[PlantedCell]:
    return [plot.put("Tareas", "Ejec. dic", FIRST_ROW, 1)]


def _repeated_task(plot: Plot) -> list[PlantedCell]:
    same = {title: plot.get("Tareas", title) for title in ("Operación", "Actividad", "Tarea")}
    return [plot.place("Tareas", "Tarea", plot.append("Tareas", {**same, "Prog. dic": 1}))]


def _idle_task(plot: Plot) -> list[PlantedCell]:
    row = plot.append("Tareas", {"Operación": "OP-01", **_TEXT})
    return [plot.place("Tareas", "Prog. ene", row)]


def _goals_of_operations(plot: Plot) -> list[PlantedCell]:
    """Operations that say what no goal can be, one beside the others; the last has a weight, and no other has."""
    bad = [
        ("Número", "decimales", "OPE-008"),
        ("Tipo de meta", "promedio", "OPE-009"),
        ("Sentido", "bajar", "OPE-010"),
        ("Peso", 120, "OPE-011"),
        ("Sentido", "disminuir", "OPE-012"),
    ]
    planted = []
    for number, (title, value, code) in enumerate(bad):
        row = _operation(plot, **{"Código de operación": f"OP-8{number}", title: value})
        planted.append(plot.place("Operaciones", title, row, code))
    row = _operation(plot, Meta=7, Peso=50)
    _task(plot, Operación="OP-90", **{"Prog. dic": 5})
    alone = plot.place("Operaciones", "Peso", FIRST_ROW, "OPE-013")
    return [*planted, plot.place("Operaciones", "Meta", row, "OPE-015"), alone]


def _goals_of_tasks(plot: Plot) -> list[PlantedCell]:
    """Tasks that say what no goal can be, months against their kind of goal, and weights that are not 100."""
    level = {"Tipo de meta": "nivel"}
    bad: list[tuple[str, str, dict[str, object]]] = [
        ("TAR-014", "Número", {"Número": "decimales"}),
        ("TAR-015", "Tipo de meta", {"Tipo de meta": "promedio"}),
        ("TAR-016", "Sentido", {"Sentido": "bajar"}),
        ("TAR-017", "Línea base", {"Línea base": -1}),
        ("TAR-018", "Peso", {"Peso": -5}),
        ("TAR-019", "Número", {"Número": "porcentaje"}),
        ("TAR-020", "Prog. feb", {"Tipo de meta": "acumulada", "Prog. ene": 5, "Prog. feb": 3}),
        ("TAR-021", "Ejec. ene", {**level, "Prog. ene": 5}),
        ("TAR-025", "Prog. dic", {**level, "Número": "porcentaje", "Prog. dic": 0.9}),
    ]
    planted = []
    for code, title, said in bad:
        row = _task(plot, **{"Tarea": f"Tarea con {code}", **said})
        planted.append(plot.place("Tareas", title, row, code))
    weight = plot.put("Operaciones", "Peso", FIRST_ROW, 90, "OPE-014")
    for row in range(FIRST_ROW + 1, plot.last_row("Operaciones") + 1):
        plot.put("Operaciones", "Peso", row, 0)
    return [*planted, weight, *_tasks_of_one_operation(plot)]


def _tasks_of_one_operation(plot: Plot) -> list[PlantedCell]:
    """An operation whose tasks count different things, and of which one has a weight; another whose weights are 90."""
    for code in ("OP-91", "OP-92"):
        _operation(plot, **{"Código de operación": code, "Peso": 0})
    _task(plot, Operación="OP-91", Tarea="Una", Peso=50)
    other = _task(plot, Operación="OP-91", Tarea="Otra", **{"Unidad de medida": "hospitales"})
    weighed = _task(plot, Operación="OP-92", Peso=90)
    return [
        plot.place("Tareas", "Unidad de medida", other, "TAR-022"),
        plot.place("Tareas", "Peso", other, "TAR-023"),
        plot.place("Tareas", "Peso", weighed, "TAR-024"),
    ]


def _corrective_actions(plot: Plot) -> list[PlantedCell]:
    """Tasks that are behind, with an action of an impossible year, one of nobody and no date, and one of the past."""
    behind = {"Prog. ene": 2, "Ejec. ene": 1, "Prog. dic": None, "Acciones correctivas": "Se hará en el mes."}
    until = "Fecha de la acción"
    wrong, overdue = (
        _task(plot, **{**behind, "Tarea": f"Tarea con fecha de {day.year}", "Responsable": "Consejero", until: day})
        for day in (dt.date(2042, 7, 31), dt.date(2024, 2, 29))
    )
    nobody = _task(plot, **{**behind, "Tarea": "Tarea sin responsable"})
    return [
        plot.place("Tareas", until, wrong),
        plot.place("Tareas", "Responsable", nobody, "TAR-027"),
        plot.place("Tareas", until, nobody, "TAR-027"),
        plot.place("Tareas", until, overdue, "TAR-028"),
    ]


def _older_template(plot: Plot) -> list[PlantedCell]:
    """A workbook of a version that has no goals and nobody responsible, into which somebody copied their columns."""
    plot.form("Versión de la plantilla", "2")
    plot.put("Operaciones", "Peso", FIRST_ROW, 100)
    plot.put("Tareas", "Responsable", FIRST_ROW, "Consejero")
    plot.put("Tareas", "Sentido", FIRST_ROW, "disminuir")
    return [plot.place("Operaciones", "Peso", HEADER_ROW), plot.place("Tareas", "Responsable", HEADER_ROW)]


_MONEY = ("Categoría programática", "Fuente", "Presupuesto inicial", "Modificaciones", "Presupuesto vigente")


def _free_source(plot: Plot) -> str:
    """A source that the first category does not use yet in this workbook."""
    category = plot.get("Presupuesto", _MONEY[0])
    rows = range(FIRST_ROW, plot.last_row("Presupuesto") + 1)
    used = {plot.get("Presupuesto", "Fuente", r) for r in rows if plot.get("Presupuesto", _MONEY[0], r) == category}
    return next(source for source in ("10", "11") if source not in used)


def _in_budget(title: str, value: object, **changed: object) -> Change:
    """A row of money that adds nothing, with one bad cell."""

    def change(plot: Plot) -> list[PlantedCell]:
        needs_source = title != "Fuente" and title != _MONEY[0]
        source = _free_source(plot) if needs_source else "10"
        good = dict(zip(_MONEY, (plot.get("Presupuesto", _MONEY[0]), source, 0, 0, 0), strict=True))
        row = plot.append("Presupuesto", {**good, title: value, **changed})
        return [plot.place("Presupuesto", title, row)]

    return change


def _repeated_budget(plot: Plot) -> list[PlantedCell]:
    same = {title: plot.get("Presupuesto", title) for title in _MONEY[:2]}
    row = plot.append("Presupuesto", {**same, **dict.fromkeys(_MONEY[2:], 0)})
    return [plot.place("Presupuesto", _MONEY[0], row)]


def _category_alone(plot: Plot) -> list[PlantedCell]:
    row = plot.append("Presupuesto", {_MONEY[0]: plot.get("Presupuesto", _MONEY[0])})
    return [plot.place("Presupuesto", _MONEY[0], row)]


def _overspent(plot: Plot) -> list[PlantedCell]:
    _in_budget("Dev. ene", 5)(plot)
    return [plot.place("Presupuesto", _MONEY[4], plot.last_row("Presupuesto"))]


def _in_fractions(plot: Plot) -> list[PlantedCell]:
    """A row of money whose amounts with too many decimals add up to nothing."""
    _in_budget("Dev. ene", 98.781)(plot)
    row = plot.last_row("Presupuesto")
    return [
        plot.place("Presupuesto", "Dev. ene", row),
        plot.put("Presupuesto", "Dev. feb", row, -98.8435, "PRE-012"),
        plot.put("Presupuesto", "Dev. mar", row, 0.0625, "PRE-012"),
    ]


def _in_dollars(plot: Plot) -> list[PlantedCell]:
    """A row of money with dollars that were typed and dollars that a cell shows."""
    (typed,) = _in_budget("Dev. ene", "$us 14.193,24")(plot)
    shown = plot.put("Presupuesto", _MONEY[2], plot.last_row("Presupuesto"), 0, "CEL-017")
    plot.tab(shown.sheet)[shown.cell].number_format = '"US$" #,##0.00'
    return [typed, shown]


def _no_counts(plot: Plot) -> list[PlantedCell]:
    """A percentage typed and one shown, and bolivianos, where counts go; a percentage where it may stand."""
    row = _task(plot, **{"Prog. ene": "Bs 5", "Ejec. ene": "100%", "Ejec. feb": 0.175})
    shown = plot.place("Tareas", "Ejec. feb", row)
    plot.tab(shown.sheet)[shown.cell].number_format = "0.00%"
    return [
        plot.place("Tareas", "Ejec. ene", row),
        shown,
        plot.place("Tareas", "Prog. ene", row, "CEL-016"),
        plot.put("Operaciones", "Meta", FIRST_ROW, "85 %", "CEL-014"),
    ]


def _unbalanced(plot: Plot) -> list[PlantedCell]:
    _in_budget("Modificaciones", 7)(plot)
    return [plot.place("Presupuesto", _MONEY[4], plot.last_row("Presupuesto"))]


def _spent_later(plot: Plot) -> list[PlantedCell]:
    return [plot.put("Presupuesto", "Dev. dic", FIRST_ROW, 0.5)]


def _in_results(title: str, value: object) -> Change:
    """A row of results with one bad cell."""

    def change(plot: Plot) -> list[PlantedCell]:
        good = {
            "ACP": plot.get("Resultados", "ACP"),
            "Resultado programado": "Resultado agregado",
            "Principales resultados": "Se logró el resultado agregado.",
        }
        row = plot.last_row("Resultados") + 1
        for name, content in {**good, title: value}.items():
            plot.put("Resultados", name, row, content)
        return [plot.place("Resultados", title, row)]

    return change


def _as_text(plot: Plot) -> list[PlantedCell]:
    amount = plot.get("Presupuesto", _MONEY[2])
    text = f"{float(amount):,.2f}".translate(str.maketrans(",.", ".,"))  # type: ignore[arg-type]
    return [plot.put("Presupuesto", _MONEY[2], FIRST_ROW, text)]


def _other_spending(plot: Plot) -> list[PlantedCell]:
    spent = float(plot.get("Presupuesto", "Dev. ene") or 0)  # type: ignore[arg-type]
    plot.put("Presupuesto", "Dev. ene", FIRST_ROW, spent + 1)
    return [plot.place("Presupuesto", _MONEY[0], FIRST_ROW)]


def _other_budget(plot: Plot) -> list[PlantedCell]:
    for title in (_MONEY[2], _MONEY[4]):
        plot.put("Presupuesto", title, FIRST_ROW, float(plot.get("Presupuesto", title)) + 1)  # type: ignore[arg-type]
    return [plot.place("Presupuesto", _MONEY[0], FIRST_ROW)]


CHANGES: list[tuple[str, Change]] = [
    ("CEL-001", _as_text),
    ("CEL-002", _in_task("Prog. ene", "dos")),
    ("CEL-003", _in_budget("Presupuesto inicial", "1.000")),
    ("CEL-004", _and(_in_task("Prog. ene", dt.date(2024, 1, 2)), "CEL-008", _in_task("Prog. ene", 2.5))),
    ("CEL-005", _in_task("Prog. ene", True)),
    ("CEL-007", _in_task("Prog. ene", "=1+1")),  # alone: LibreOffice computes it on opening
    ("CEL-006", _and(_in_task("Prog. ene", "#REF!"), "CEL-009", _in_task("Actividad", dt.date(2024, 5, 1)))),
    ("CEL-010", lambda plot: [plot.form("Fecha de envío", "ayer")]),
    ("CEL-011", _in_task("Prog. ene", 10**20)),
    ("CEL-012", lambda plot: [plot.put("Operaciones", "Meta", FIRST_ROW, "por definir")]),
    ("CEL-013", _no_counts),
    ("CEL-015", _in_dollars),
    ("UNI-002", lambda plot: [plot.form("Trimestre que se reporta", 5)]),
    ("UNI-003", lambda plot: [plot.form("Correo electrónico", "unidad arroba ejemplo")]),
    ("UNI-010", lambda plot: [plot.form("Unidad organizacional", "Otro nombre")]),
    ("UNI-011", lambda plot: [plot.form("Trimestre que se reporta", 4)]),
    ("UNI-012", lambda plot: [plot.form("Responsable de la información", None)]),
    ("UNI-016", lambda plot: [plot.form("Fecha de envío", dt.date(2042, 7, 5))]),
    ("UNI-015", lambda plot: [plot.form("Sello de la entrega", "0000-0000-0000")]),
    ("OPE-001", _bad_operation("Operación", None)),
    ("OPE-002", _repeated_operation),
    ("OPE-003", _bad_operation("Meta", -1)),
    ("OPE-004", _bad_operation("ACP", "99")),
    ("OPE-005", _idle_operation),
    ("OPE-006", _lookalike_operation),
    ("OPE-012", _goals_of_operations),
    ("OPE-014", _goals_of_tasks),
    ("COL-007", _older_template),
    ("TAR-001", _in_task("Tarea", None)),
    ("TAR-002", _in_task("Operación", "OP-77")),
    ("TAR-003", _in_task("Prog. ene", -3)),
    ("TAR-004", _own_operation("Prog. dic", "Ejec. feb", 2)),
    ("TAR-005", _own_operation("Prog. ene", "Ejec. feb", 5)),
    ("TAR-006", _after_cut),
    ("TAR-007", _and(_repeated_task, "TAR-008", _idle_task)),
    ("TAR-026", _corrective_actions),
    ("PRE-001", _in_budget("Fuente", None)),
    ("PRE-002", _in_budget("Categoría programática", "999 0 999")),
    ("PRE-003", _in_budget("Categoría programática", "000 0 003")),
    ("PRE-004", _in_budget("Presupuesto inicial", -5, Modificaciones=5)),
    ("PRE-005", _repeated_budget),
    ("PRE-006", _overspent),
    ("PRE-007", _unbalanced),
    ("PRE-008", _in_budget("Fuente", "77")),
    ("PRE-009", _spent_later),
    ("PRE-010", _category_alone),
    ("PRE-011", _in_fractions),
    ("RES-001", _in_results("ACP", None)),
    ("RES-002", _in_results("ACP", "99")),
    ("RES-003", _in_results("Principales resultados", None)),
    ("CUA-001", _other_spending),
    ("CUA-002", _other_budget),
]
