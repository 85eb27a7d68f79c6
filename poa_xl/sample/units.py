"""The filled workbook of each unit, as rows of its sheets."""

import calendar
import datetime as dt

from poa_xl import cells, indicators
from poa_xl.sample import facts, texts
from poa_xl.sample.budget import BudgetRow, budget
from poa_xl.sample.facts import Unit
from poa_xl.sample.physical import MONTHS, Schedule, schedules
from poa_xl.sample.plan import Operation, plans

Row = dict[str, facts.Value | dt.date]
LAST_DAY_TO_SEND = 5  # of the month after the cut-off
_PERIODS = {1: "Entre enero y marzo", 2: "Entre abril y junio"}


def unit_rows(quarter: int) -> dict[str, dict[str, list[Row]]]:
    """Unit code → sheet → rows, as the unit would send them after a quarter (1 or 2).

    Only what a person fills in: `Unidad` holds the fields of the officer, computed columns are left out. A month
    without programme, or after the cut-off, is None. Money is in Bs with two decimals.
    """
    facts.require_quarter(quarter)
    return {unit.codigo: _sheets(unit, quarter) for unit in facts.units()}


def _sheets(unit: Unit, quarter: int) -> dict[str, list[Row]]:
    tasks = schedules()[unit.codigo]
    return {
        "unidad": [_unidad(unit, quarter)],
        "operaciones": [_operacion(unit, operation, tasks) for operation in plans()[unit.codigo]],
        "tareas": [_tarea(unit, schedule, quarter) for schedule in tasks],
        "presupuesto": [_presupuesto(row, quarter) for row in budget()[unit.codigo]],
        "resultados": [_resultados(unit, tasks, quarter)],
    }


def _unidad(unit: Unit, quarter: int) -> Row:
    name, post = texts.officer(unit)
    day = facts.seeded("envio", unit.codigo, quarter).randint(1, LAST_DAY_TO_SEND)
    return {
        "trimestre": quarter,
        "responsable": name,
        "cargo": post,
        "correo": unit.mail,
        "fecha_envio": dt.date(facts.GESTION, 3 * quarter + 1, day),
    }


def _operacion(unit: Unit, operation: Operation, tasks: tuple[Schedule, ...]) -> Row:
    """The goal is the yearly programme of the operation's biggest task; the base line, somewhat less."""
    own = [schedule for schedule in tasks if schedule.task.operacion == operation.codigo]
    goal = max(sum(quantity or 0 for quantity in schedule.programado) for schedule in own)
    before = facts.seeded("linea_base", unit.codigo, operation.codigo).uniform(0.75, 0.98)
    return {
        "operacion": operation.codigo,
        "acp": unit.acp,
        "denominacion": operation.denominacion,
        "resultado_esperado": operation.resultado,
        "indicador": operation.indicador,
        "unidad_medida": operation.unidad_medida,
        "linea_base": round(goal * before),
        "meta": goal,
    }


def _tarea(unit: Unit, schedule: Schedule, quarter: int) -> Row:
    task, lags = schedule.task, schedule.lags(quarter)
    problem, action = texts.lag(task.proceso, task.tarea) if lags else (None, None)
    who, until = _answering(unit, task.tarea, quarter) if lags else (None, None)
    known = [value if month < 3 * quarter else None for month, value in enumerate(schedule.ejecutado)]
    return {
        "operacion": task.operacion,
        "actividad": task.actividad,
        "tarea": task.tarea,
        "medio_verificacion": task.medio,
        **dict(zip(facts.month_columns("programado"), schedule.programado, strict=True)),
        **dict(zip(facts.month_columns("ejecutado"), known, strict=True)),
        "problemas": problem,
        "acciones": action,
        "responsable_accion": who,
        "fecha_accion": until,
    }


def _answering(unit: Unit, name: str, quarter: int) -> tuple[str, dt.date]:
    """Who answers for the action of a task, and the end of one of the three months after the quarter, until which."""
    month = 3 * quarter + facts.seeded("fecha", unit.codigo, name, quarter).randint(1, 3)
    return texts.officer(unit)[1], dt.date(facts.GESTION, month, calendar.monthrange(facts.GESTION, month)[1])


def _presupuesto(row: BudgetRow, quarter: int) -> Row:
    modified = row.enero + (row.junio if quarter > 1 else 0)
    months = [facts.bs(amount) for amount in row.devengado[: 3 * quarter]]
    return {
        "categoria": row.categoria,
        "fuente": row.fuente,
        "inicial": facts.bs(row.inicial),
        "modificaciones": facts.bs(modified),
        "vigente": facts.bs(row.inicial + modified),
        **dict(zip(facts.month_columns("devengado"), months + [None] * (MONTHS - len(months)), strict=True)),
    }


def _resultados(unit: Unit, tasks: tuple[Schedule, ...], quarter: int) -> Row:
    expected, sentence = texts.results(unit)
    return {
        "acp": unit.acp,
        "resultado_programado": expected,
        "principales_resultados": _told(sentence, tasks, quarter),
    }


def _told(sentence: str, tasks: tuple[Schedule, ...], quarter: int) -> str:
    """The result of a quarter in words, with the numbers of its tasks."""
    programmes = [schedule.total(quarter)[0] for schedule in tasks]
    executions = [schedule.total(quarter)[1] for schedule in tasks]
    avance = indicators.weighted_avance(programmes, executions, [schedule.task.operacion for schedule in tasks])
    if avance is None:
        return "El trimestre no tuvo programación; se preparó la ejecución del siguiente."
    planned, done = sum(programmes), sum(executions)
    shown = cells.number(indicators.round_half_up(avance), 2)
    told = (
        f"{_PERIODS[quarter]} de {facts.GESTION} se cumplieron {cells.number(done)} de las {cells.number(planned)} "
        f"metas físicas programadas en las tareas del POA (avance físico: {shown} %). {sentence}"
    )
    pending = f" Metas pendientes: {cells.number(planned - done)}, con acciones correctivas en curso."
    return told + (pending if done < planned else "")
