"""The filled workbook of each unit of the municipality, as rows of its sheets."""

import datetime as dt

from poa_xl.indicators import meta_de_tarea
from poa_xl.sample.municipio import facts, money
from poa_xl.sample.municipio.facts import Row, Source
from poa_xl.sheets import MESES

Months = list[int | float | None]
_FIRST_DAY, _DAYS = 3, 8  # of the month after the quarter: when the workbooks are sent
_CLOSED = 24  # the day on which a unit that is gone hands in its last one, after its funds were transferred
_TEXTS_OF_A_GOAL = ("unidad_medida", "numero", "tipo_meta", "sentido")
_LAGS = ("problemas", "acciones", "responsable_accion")


def unit_rows(quarter: int) -> dict[str, dict[str, list[Row]]]:
    """Unit code → sheet → rows, as they are at hand at the end of a quarter (1-4).

    Of a unit that is gone, its last workbook. Only what a person fills in; a month after the cut-off is None.
    """
    found = {}
    for place, unit in enumerate(facts.known_units(quarter)):
        last = facts.last_quarter(unit, quarter)
        if last:
            found[unit["unidad"]] = _sheets(unit, quarter, last, place)
    return found


def _sheets(unit: Source, quarter: int, last: int, place: int) -> dict[str, list[Row]]:
    tasks = [_tarea(unit, row, quarter, last) for row in _of_unit("tareas", unit, quarter)]
    return {
        "unidad": [_unidad(unit, quarter, last, place)],
        "operaciones": [_operacion(row, tasks) for row in _of_unit("operaciones", unit, quarter)],
        "tareas": tasks,
        "presupuesto": [_presupuesto(row, quarter, last) for row in money.budget() if row.unidad == unit["unidad"]],
        "resultados": [_resultados(unit, last)],
    }


def _of_unit(name: str, unit: Source, quarter: int) -> list[Source]:
    """Its operations, or the tasks of these, that are in its plan by the end of a quarter."""
    there = {
        row["operacion"]
        for row in facts.of("operaciones", unidad=unit["unidad"])
        if facts.known(row["incorporada"], quarter) and not facts.ended(row["eliminada"], quarter)
    }
    return [row for row in facts.of(name, unidad=unit["unidad"]) if row["operacion"] in there]


def _unidad(unit: Source, quarter: int, last: int, place: int) -> Row:
    after = facts.last_day(last) + dt.timedelta(days=_FIRST_DAY + place % _DAYS)
    return {
        "trimestre": last,
        "responsable": unit["responsable"],
        "cargo": unit["cargo"],
        "correo": f"{unit['unidad'].lower()}@{facts.MAIL_DOMAIN}",
        "fecha_envio": after.replace(day=_CLOSED) if last < quarter else after,
    }


def _operacion(row: Source, tasks: list[Row]) -> Row:
    """The goal is what its tasks programme for the year, read as its kind says."""
    own = [_programme(task) for task in tasks if task["operacion"] == row["operacion"]]
    adds_up = row["tipo_meta"] in ("", meta_de_tarea.SUMA)
    goal = sum(value for months in own for value in months) if adds_up else own[0][-1]
    texts = ("operacion", "acp", "denominacion", "resultado_esperado", "indicador", *_TEXTS_OF_A_GOAL)
    return {
        **{name: row[name] or None for name in texts},
        "linea_base": facts.number(row["linea_base"]),
        "meta": round(goal, 2),
        "peso": facts.number(row["peso"]),
    }


def _programme(task: Row) -> list[int | float]:
    programmed = (task[name] for name in _columns("programado"))
    return [value for value in programmed if isinstance(value, int | float)]


def _columns(stem: str) -> list[str]:
    return [f"{stem}_{month}" for month in MESES]


def _tarea(unit: Source, row: Source, quarter: int, last: int) -> Row:
    texts = ("operacion", "actividad", "tarea", "medio_verificacion", *_TEXTS_OF_A_GOAL)
    return {
        **{name: row[name] or None for name in texts},
        **dict(zip(_columns("programado"), _programado(unit, row, quarter), strict=True)),
        **dict(zip(_columns("ejecutado"), _up_to(facts.months(row["ejecutado"]), last), strict=True)),
        **_lag(row, last),
        "linea_base": facts.number(row["linea_base"]),
        "peso": facts.number(row["peso"]),
    }


def _programado(unit: Source, row: Source, quarter: int) -> Months:
    """As approved or reprogrammed, without the months in which the unit does not exist any more."""
    task = {name: row[name] for name in ("unidad", "operacion", "tarea")}
    later = [change for change in facts.of("reprogramaciones", **task) if facts.known(change["resolucion"], quarter)]
    there = facts.lives(unit, quarter).months(facts.GESTION)
    programme = facts.months((later or [row])[-1]["programado"])
    return [value if exists else None for value, exists in zip(programme, there, strict=True)]


def _up_to(values: Months, quarter: int) -> Months:
    return [value if month < 3 * quarter else None for month, value in enumerate(values)]


def _lag(row: Source, quarter: int) -> Row:
    """Why a task lags, what is done about it, by whom and until when, as it was said of a quarter."""
    task = {name: row[name] for name in ("unidad", "operacion", "tarea")}
    said = next(iter(facts.of("problemas", trimestre=str(quarter), **task)), {})
    return {**{name: said.get(name) for name in _LAGS}, "fecha_accion": facts.day(said.get("fecha_accion", ""))}


def _presupuesto(row: money.Allotment, quarter: int, last: int) -> Row:
    """The funds of a unit that is gone are those that it has left after they were transferred."""
    vigente = row.vigente(3 * quarter)
    accrued = [facts.bs(amount) for amount in row.devengado[: 3 * last]]
    return {
        "categoria": row.categoria,
        "fuente": row.fuente,
        "inicial": facts.bs(row.inicial),
        "modificaciones": facts.bs(vigente - row.inicial),
        "vigente": facts.bs(vigente),
        **dict(zip(_columns("devengado"), accrued + [None] * (facts.MONTHS - len(accrued)), strict=True)),
    }


def _resultados(unit: Source, quarter: int) -> Row:
    said = facts.of("resultados", unidad=unit["unidad"])[0]
    return {
        "acp": unit["acp"],
        "resultado_programado": said["resultado_programado"],
        "principales_resultados": said[f"{quarter}T"],
    }
