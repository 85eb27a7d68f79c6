"""What a schema cannot see in a unit's workbook: its stamps, its own sheets against each other and the entity.

Each rule is a function of the workbook's report and its context; codes say which message applies.
"""

import datetime as dt
import math
from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import cells, indicators, sheets, template_versions, titles
from poa_xl.baseline.modifications import NOTHING, Baseline
from poa_xl.catalogo import Catalogo
from poa_xl.checking import (
    approved_plan,
    blank_quarters,
    centavos,
    codes,
    corrective_actions,
    execution,
    goals,
    reported_months,
    sello,
    send_window,
    total_rows,
    unit_existence,
)
from poa_xl.checking.report import FORM_ROW, Report
from poa_xl.findings import Finding, Location
from poa_xl.messages import hints
from poa_xl.reading import Table, as_records, headings
from poa_xl.sheets import MESES

Record = dict[str, cells.Value]


@dataclass(frozen=True)
class Context:
    """What a unit's workbook is checked against.

    `trimestre` is the quarter evaluated and `reportado` the one that the workbook says; None: not known. `hoy` is the
    day on which it was received.
    """

    catalogo: Catalogo
    trimestre: int | None
    reportado: int | None
    hoy: dt.date
    baseline: Baseline = NOTHING

    @property
    def cut(self) -> int:
        """Months that count, from January."""
        return 3 * (self.trimestre or self.reportado or 4)

    @property
    def known(self) -> int:
        """Months in which the workbook may hold execution: it may report a later quarter than the one evaluated."""
        return max(self.cut, 3 * (self.reportado or 0))

    @property
    def reported_quarters(self) -> int:
        """Quarters up to the one evaluated that the workbook reports; 0 where neither is known."""
        return min(q for q in (self.trimestre, self.reportado) if q) if self.trimestre or self.reportado else 0

    def quarters_of(self, unidad: str) -> tuple[int, ...]:
        """Those of them in which a unit existed."""
        assigned = self.catalogo.by_code.get(unidad)
        return unit_existence.quarters(assigned, self.catalogo.gestion, self.reported_quarters)

    def without(self, report: Report) -> dict[str, str]:
        """The months in which the unit of a workbook did not exist -> why."""
        return unit_existence.outside(report, self.catalogo, self.trimestre or self.reportado)


def check(report: Report, context: Context) -> None:
    """Run every rule on a workbook."""
    tables = report.book.tables
    if "unidad" in tables:
        _stamps(report, tables["unidad"], context)
    if report.book.broken:  # figures with a column missing would be false
        return
    _empty_sheets(report)
    if "operaciones" in tables:
        _operations(report, tables["operaciones"], context)
    if "tareas" in tables:
        _tasks(report, tables["tareas"], context)
    if "presupuesto" in tables:
        _budget(report, tables["presupuesto"], context)
    if "resultados" in tables:
        _known_acps(report, tables["resultados"], "RES-002", context)
    if not report.unusable and {"operaciones", "tareas"} <= tables.keys():
        _compared(report, context.baseline, context.without(report))


def _compared(report: Report, baseline: Baseline, outside: Collection[str]) -> None:
    """Beside the approved plan, and beside what was accepted of an earlier quarter."""
    planned, reported, pairs = baseline.planned(report.unidad), baseline.reported(report.unidad), None
    if baseline.plan and planned:
        allowed = baseline.allowed(report.unidad)
        pairs = approved_plan.check(report, planned, allowed, baseline.plan.version, outside)
    if baseline.previous and reported:
        reported_months.check(report, baseline.previous, reported, pairs)


def _empty_sheets(report: Report) -> None:
    for table in report.book.tables.values():
        if not table.rows:
            location = Location(report.book.file, table.name)
            report.findings.append(Finding("HOJ-008", location, details={"columna": table.sheet.name}))


def _money(value: float) -> str:
    return cells.number(value, 2)


def _number(value: cells.Value) -> float:
    return float(value) if isinstance(value, int | float) else 0.0


# --- Unidad -----------------------------------------------------------------------------------------------


def _stamps(report: Report, table: Table, context: Context) -> None:
    record = as_records(table)[FORM_ROW]
    catalogo = context.catalogo
    stamps = (
        ("UNI-005", "entidad", catalogo.nombre),
        ("UNI-006", "gestion", str(catalogo.gestion)),
    )
    for code, column, expected in stamps:
        found = record[column]
        if found is not None and titles.key(str(found)) != titles.key(expected):
            report.add(code, table, column, FORM_ROW, str(found), columna=expected)
    _version(report, table, record["version_plantilla"], catalogo)
    _weights(report, table, record["version_plantilla"], catalogo)
    _unit(report, table, record, context)
    _send_date(report, table, record, context)
    _reported_quarter(report, table, context)


def _reported_quarter(report: Report, table: Table, context: Context) -> None:
    """Whether it reports the quarter that is evaluated; of a unit that ended before, the last in which it existed."""
    reported, catalogo = context.reportado, context.catalogo
    if not context.trimestre or not reported:
        return
    unidad = catalogo.by_code.get(report.unidad)
    if not unit_existence.reports(unidad, catalogo.gestion, context.trimestre):
        return
    wanted = unit_existence.last_quarter(unidad, catalogo.gestion, context.trimestre)
    if reported < wanted:
        report.add("UNI-014", table, "trimestre", FORM_ROW, str(reported), esperado=str(wanted))
    elif reported > context.trimestre:
        report.add("UNI-011", table, "trimestre", FORM_ROW, str(reported), esperado=str(context.trimestre))


def _version(report: Report, table: Table, stamp: cells.Value, catalogo: Catalogo) -> None:
    """A version of the template whose workbooks are not received: too old, or none that there is."""
    if stamp is None or template_versions.is_received(stamp, catalogo.version_plantilla):
        return
    hint = "" if template_versions.find(stamp) else hints.NO_SUCH_VERSION
    received = ", ".join(template_versions.received())
    report.add("UNI-007", table, "version_plantilla", FORM_ROW, str(stamp), columna=received, pista=hint)


def _weights(report: Report, table: Table, stamp: cells.Value, catalogo: Catalogo) -> None:
    """A version without weights, where the entity weighs by them."""
    peso = sheets.sheet("unidad", "operaciones").column("peso")
    version = template_versions.find(stamp)
    if catalogo.metodo == indicators.POR_PESOS and version and headings.is_later(peso, version):
        report.add("UNI-017", table, "version_plantilla", FORM_ROW, str(stamp), esperado=peso.since)


def _send_date(report: Report, table: Table, record: Record, context: Context) -> None:
    """A day on which a workbook of the quarter cannot have been sent, seen from the day on which it was received."""
    sent, quarters = record["fecha_envio"], sorted({t for t in (context.trimestre, context.reportado) if t})
    if not isinstance(sent, dt.date) or not quarters:
        return
    gestion = context.catalogo.gestion
    if not send_window.plausible(sent, gestion, quarters, context.hoy):
        first, last = (cells.show(day) for day in send_window.window(gestion, quarters[0]))
        details = {"trimestre": str(quarters[0]), "esperado": f"{first} al {last}"}
        report.add("UNI-016", table, "fecha_envio", FORM_ROW, cells.show(sent), **details)


def check_seal(report: Report) -> None:
    """Whether the workbook changed after it was prepared. To be run before any row is set aside."""
    table = report.book.tables.get("unidad")
    if table is None or not table.rows or "sello" not in table.columns:
        return
    stamped = as_records(table)[FORM_ROW]["sello"]
    if stamped is not None and stamped != sello.sello(report.book):
        report.add("UNI-015", table, "sello", FORM_ROW, str(stamped))


def _unit(report: Report, table: Table, record: Record, context: Context) -> None:
    code, catalogo = record["unidad"], context.catalogo
    if code is None:
        return
    unidad = catalogo.by_code.get(str(code))
    if unidad is None:
        report.add("UNI-008", table, "unidad", FORM_ROW, str(code))
        return
    report.unidad = unidad.unidad
    named = Path(report.book.file).stem
    if named != unidad.unidad and named in catalogo.by_code:
        report.add("UNI-013", table, "unidad", FORM_ROW, unidad.unidad, esperado=named)
    if not unidad.vigente:
        report.add("UNI-009", table, "unidad", FORM_ROW, unidad.unidad)
    unit_existence.check(report, table, unidad, catalogo.gestion, context.trimestre, context.reportado)
    for column, expected in (
        ("nombre", unidad.nombre),
        ("servicio", unidad.servicio),
        ("area", unidad.area),
        ("acp", unidad.acp),
    ):
        found = record[column]
        if found is not None and titles.key(str(found)) != titles.key(expected):
            report.add("UNI-010", table, column, FORM_ROW, str(found), esperado=expected or hints.IN_BLANK)


# --- Operaciones and Resultados ---------------------------------------------------------------------------


def _known_acps(report: Report, table: Table, code: str, context: Context) -> None:
    known = context.catalogo.acps
    for row, record in as_records(table).items():
        acp = record["acp"]
        if acp is not None and acp not in known:
            report.add(code, table, "acp", row, str(acp), esperado=", ".join(known) or hints.NO_ACPS)


def _operations(report: Report, table: Table, context: Context) -> None:
    _known_acps(report, table, "OPE-004", context)
    _lookalikes(report, table)
    goals.check_operations(report, table)
    tasks = report.book.tables.get("tareas")
    if tasks is None or "operacion" not in tasks.columns:
        return
    used = set(tasks.values["operacion"])
    for row, record in as_records(table).items():
        operation = record["operacion"]
        if operation is not None and operation not in used and ("operaciones", row) not in report.rejected:
            report.add("OPE-005", table, "operacion", row, str(operation))


def _lookalikes(report: Report, table: Table) -> None:
    """Codes that people take for one and formulas for two. A row that has another error is not looked at."""
    first: dict[str, tuple[str, int]] = {}
    told: set[str] = set()
    for row, record in as_records(table).items():
        code = record["operacion"]
        if code is None or ("operaciones", row) in report.rejected:
            continue
        same, place = first.setdefault(titles.without_case_and_accents(str(code)), (str(code), row))
        if same != code and code not in told:
            told.add(str(code))
            report.add("OPE-006", table, "operacion", row, str(code), esperado=same, fila=str(place))


# --- Tareas -----------------------------------------------------------------------------------------------


def _tasks(report: Report, table: Table, context: Context) -> None:
    gone = context.without(report)
    typed, outside = replace(table), unit_existence.set_aside(report, table, gone, context.catalogo)
    records = as_records(table)
    _owners(report, table, records)
    total_rows.check(report, table, records)
    seen: dict[tuple[cells.Value, ...], int] = {}
    for row, record in records.items():
        name = record["tarea"]
        _after_cut(report, table, row, record, "ejecutado", "TAR-006", context)
        if ("tareas", row) in report.rejected:
            continue
        if name is not None:
            same = (record["operacion"], record["actividad"], name)
            if seen.setdefault(same, row) != row:
                report.add("TAR-007", table, "tarea", row, str(name))
        planned = [f"programado_{m}" for m in MESES]
        told = row in outside or any((row, c) in table.bad for c in planned)
        if not told and not any(record[c] for c in planned):
            report.add("TAR-008", table, planned[0], row, str(name or ""))
    goals.check_tasks(report, typed, context.reported_quarters, context.catalogo.metodo_operacion, gone)
    corrective_actions.check(report, table, context.reported_quarters, context.catalogo.gestion)
    execution.check(report, table, context.cut // 3, context.catalogo.metodo_operacion)
    blank_quarters.check_tasks(report, table, context.quarters_of(report.unidad))


def _owners(report: Report, table: Table, records: dict[int, Record]) -> None:
    operations = report.book.tables.get("operaciones")
    if operations is None or "operacion" not in operations.columns:
        return
    good: dict[cells.Value, bool] = {}
    places: dict[cells.Value, int] = {}
    for row, record in as_records(operations).items():
        places.setdefault(record["operacion"], row)
        fine = ("operaciones", row) not in report.rejected
        good[record["operacion"]] = good.get(record["operacion"], False) or fine
    for row, record in records.items():
        operation = record["operacion"]
        if operation is None:
            continue
        if operation not in good:
            report.add("TAR-002", table, "operacion", row, str(operation), pista=_nearest(str(operation), good))
        elif not good[operation]:
            report.add("TAR-009", table, "operacion", row, str(operation), fila=str(places[operation]))


def _nearest(code: str, known: Iterable[cells.Value]) -> str:
    """« ¿Quiso decir «OP-01»?» where one known code alone is nearly this one, else nothing."""
    near = [str(k) for k in known if k is not None and codes.near(code, str(k))]
    return hints.NEAREST.format(codigo=near[0]) if len(near) == 1 else ""


def _after_cut(report: Report, table: Table, row: int, record: Record, stem: str, code: str, context: Context) -> None:
    for month in MESES[context.known :]:
        column = f"{stem}_{month}"
        if record[column]:
            report.add(code, table, column, row, cells.show(record[column]))


def set_aside_empty_categories(report: Report) -> None:
    """Rows of Presupuesto that hold the code of a category alone, as the template puts it in: as good as blank."""
    table = report.book.tables.get("presupuesto")
    if table is None:
        return
    others = [values for name, values in table.values.items() if name != "categoria"]
    bad = {row for row, _ in table.bad}
    empty = []
    for place, row in enumerate(table.rows):
        if row not in bad and all(values[place] is None for values in others):
            empty.append(row)
            report.add("PRE-010", table, "categoria", row, str(table.values["categoria"][place]))
    table.drop(empty)


# --- Presupuesto ------------------------------------------------------------------------------------------


def _budget(report: Report, table: Table, context: Context) -> None:
    centavos.check(report, table, "PRE-012", of_thousandths="PRE-011")
    for row, record in as_records(table).items():
        _category(report, table, row, record, context.catalogo)
        _source(report, table, row, record, context.catalogo)
        _amounts(report, table, row, record, context)
        _after_cut(report, table, row, record, "devengado", "PRE-009", context)
    unit_existence.check_budget(report, table, context.catalogo, context.without(report))
    blank_quarters.check_budget(report, table, context.quarters_of(report.unidad))


def _category(report: Report, table: Table, row: int, record: Record, catalogo: Catalogo) -> None:
    code = record["categoria"]
    if code is None:
        return
    spenders = catalogo.categorias.get(str(code))
    if spenders is None:
        report.add("PRE-002", table, "categoria", row, str(code))
    elif _in_force(report.unidad, catalogo) and report.unidad not in spenders:
        own = ", ".join(catalogo.categories_of(report.unidad))
        report.add("PRE-003", table, "categoria", row, str(code), esperado=own)


def _in_force(unidad: str, catalogo: Catalogo) -> bool:
    return unidad in catalogo.by_code and catalogo.by_code[unidad].vigente


def _source(report: Report, table: Table, row: int, record: Record, catalogo: Catalogo) -> None:
    source, known = record["fuente"], catalogo.fuentes
    if known and source is not None and source not in known:
        report.add("PRE-008", table, "fuente", row, str(source), esperado=", ".join(known))


def _amounts(report: Report, table: Table, row: int, record: Record, context: Context) -> None:
    vigente = _number(record["vigente"])
    if any((row, column) in table.bad for column in table.columns) or record["vigente"] is None or vigente < 0:
        return
    devengado = math.fsum(_number(record[f"devengado_{m}"]) for m in MESES[: context.cut])
    if indicators.exceeds(devengado, vigente):
        report.add("PRE-006", table, "vigente", row, _money(devengado), esperado=_money(vigente))
    expected = _number(record["inicial"]) + _number(record["modificaciones"])
    if record["inicial"] is not None and indicators.differs(vigente, expected, context.catalogo.tolerancia):
        report.add("PRE-007", table, "vigente", row, _money(vigente), esperado=_money(expected))
