"""Reads and checks the entity workbook: its schemas, its parameters and the codes that its sheets share."""

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from poa_xl import brief, entity, messages, parameters, reading, sheets
from poa_xl.checking import (
    bands,
    closed_lists,
    frames,
    funds,
    history,
    levels,
    modifications,
    report_texts,
    sigep,
    successors,
    totals,
    weights,
)
from poa_xl.checking.report import Report
from poa_xl.entity import Entidad
from poa_xl.findings import Finding, Location
from poa_xl.guards import DEFAULT, Limits
from poa_xl.messages import Severity, Trait
from poa_xl.parameters import Settings
from poa_xl.reading import Book, Table, as_records


@dataclass(frozen=True, repr=False)
class CheckedEntity:
    """The entity (None where errors forbid its use), what was found in it, its file as read and where that lies."""

    entidad: Entidad | None
    findings: tuple[Finding, ...]
    book: Book
    path: Path = Path()

    def __repr__(self) -> str:
        return brief.line(self, path=self.path, usable=self.entidad is not None, findings=len(self.findings))

    def place(self, key: str, column: str, value: str) -> Location:
        """Where a value stands in a sheet of the entity workbook (its last row with it)."""
        table = self.book.tables[key]
        rows = [row for row, found in zip(table.rows, table.values[column], strict=True) if found == value]
        return Location(self.book.file, table.name, table.cell(column, rows[-1]) if rows else "")


def check_entity(path: Path, limits: Limits = DEFAULT, accepted: bool = False) -> CheckedEntity:
    """Read `entidad.xlsx`. Any error finding forbids its use.

    `accepted` says that an earlier version may have let it in (a campaign keeps it): what is an error since then is
    found all the same, and forbids nothing.
    """
    book = reading.read_book(path, sheets.entity_sheets(), limits=limits)
    if book.broken:
        return CheckedEntity(None, tuple(book.findings), book, path)
    of_totals = totals.set_aside(book)
    closed_lists.take_as_listed(book)
    report = Report(book, findings=of_totals)
    bands.set_thresholds_aside(report)
    _parameters_left_out(report)
    from poa_xl.checking import schema_rules  # pandera costs a second: only when there is something to validate

    absent = levels.absent(book)
    for sheet in sheets.entity_sheets():
        schema_rules.run("entidad", sheet, frames.batch([book], sheet), [report], absent)
    _references(report)
    _goals_without_execution(report)
    _goals_without_unit(report)
    records = {key: as_records(table) for key, table in book.tables.items()}
    settings, problems = parameters.settings(records["parametros"], bands.check(report))
    _parameters(report, problems)
    _plausible(report, settings)
    gestion = settings.gestion if settings else None
    modifications.check(report, gestion)
    successors.check(report)
    report_texts.check(report)
    weights.check(report, parameters.aggregation(records["parametros"]), gestion)
    findings = tuple(report.all_findings)
    if settings is None or _has_errors(findings, spare_later=accepted):
        return CheckedEntity(None, findings, book, path)
    entidad = entity.from_rows(settings, records)
    history.check_groups(report, entidad)
    return CheckedEntity(entidad, tuple(report.all_findings), book, path)


def _has_errors(findings: Iterable[Finding], *, spare_later: bool) -> bool:
    errors = (f.code for f in findings if messages.severity(f.code) is Severity.ERROR)
    return any(not (spare_later and messages.has(code, Trait.LATER_ERROR)) for code in errors)


def _parameters_left_out(report: Report) -> None:
    """Rows of Parametros that may be blank: a text that the entity does not state, and a name that is none of ours."""
    table = report.book.tables["parametros"]
    names = {name for name, _ in parameters.EXPECTED}
    unsaid = []
    for row, record in as_records(table).items():
        name, blank = record["parametro"], record["valor"] is None and (row, "valor") not in table.bad
        if blank and name is not None and (name in parameters.OPTIONAL or name not in names):
            unsaid.append(row)
            if name not in parameters.OPTIONAL:
                report.add("PAR-010", table, "parametro", row, str(name))
    table.drop(unsaid)


def _plausible(report: Report, settings: Settings | None) -> None:
    """What a person may have typed and cannot have meant; needs tables that are all there."""
    funds.check(report)
    sigep.check(report, settings.tolerancia if settings else parameters.DEFAULT_TOLERANCE)
    history.check(report, settings.gestion if settings else None)


def _parameters(report: Report, problems: Iterable[parameters.Problem]) -> None:
    table = report.book.tables["parametros"]
    records = as_records(table)
    for problem in problems:
        if problem.row is None:
            location = Location(report.book.file, table.name)
            report.findings.append(Finding(problem.code, location, problem.parametro))
        else:
            found = problem.found or str(records[problem.row]["valor"])
            details = {"columna": problem.parametro, "esperado": problem.expected, "pista": problem.hint}
            report.add(problem.code, table, problem.column, problem.row, found, **details)


def _values(tables: dict[str, Table], key: str, column: str) -> set[str]:
    return {str(v) for v in tables[key].values.get(column, ()) if v is not None}


# The code of a value that no row of the other sheet has; what refers to what is in `sheets.REFERENCES`.
_UNKNOWN = {
    ("acp", "area"): "ACP-003",
    ("unidades", "area"): "UND-005",
    ("unidades", "acp"): "UND-006",
    ("unidades", "sucesora_de"): "UND-013",
    ("categorias", "unidad"): "CAT-003",
    ("categorias", "acp"): "CAT-006",
    ("categorias", "area"): "CAT-007",
    ("presupuesto_sigep", "categoria"): "SIG-005",
    ("metas_sigep", "acp"): "MET-006",
    ("modificaciones", "unidad"): "MOD-004",
}


def _references(report: Report) -> None:
    for (key, column), target in sheets.REFERENCES.items():
        known = _values(report.book.tables, *target)
        if key not in report.book.tables:
            continue
        table = report.book.tables[key]
        for row, record in as_records(table).items():
            value = record.get(column)
            named = entity.split_names(value) if (key, column) in sheets.SEVERAL else (value,)
            for code in named:
                if code is not None and str(code) not in known:
                    report.add(_UNKNOWN[key, column], table, column, row, str(code))
    _services(report)
    _category_owners(report)


def _services(report: Report) -> None:
    services = {r["area"]: r["servicio"] for r in as_records(report.book.tables["areas"]).values()}
    table = report.book.tables["unidades"]
    for row, record in as_records(table).items():
        expected = services.get(record["area"])
        if expected is not None and record["servicio"] is not None and record["servicio"] != expected:
            report.add(
                "UND-007",
                table,
                "servicio",
                row,
                str(record["servicio"]),
                columna=str(record["area"]),
                esperado=str(expected),
            )


def _goals_without_execution(report: Report) -> None:
    """A programme whose execution is blank, of a quarter of which something else in the workbook is reported."""
    reached = _reported_quarter(report.book.tables)
    table = report.book.tables["metas_sigep"]
    for row, record in as_records(table).items():
        goal = {"programado", "ejecutado", "trimestre"}
        unread = any((row, column) in table.bad for column in goal) or ("metas_sigep", row) in report.rejected
        if unread or record["ejecutado"] is not None or not 1 <= _whole(record["trimestre"]) <= reached:
            continue
        if entity.programme(record["programado"]):
            report.add("MET-007", table, "ejecutado", row, str(record["acp"]), trimestre=str(record["trimestre"]))


def _goals_without_unit(report: Report) -> None:
    """Programmes of a quarter of which some state their unit of measure and some do not, told once a quarter."""
    table = report.book.tables["metas_sigep"]
    silent: dict[int, dict[int, str]] = {}
    stated: set[int] = set()
    for row, record in report.sound(table).items():
        quarter = _whole(record["trimestre"])
        if record["unidad_medida"] is not None and entity.programme(record["programado"]):
            stated.add(quarter)
        elif entity.programme(record["programado"]):
            silent.setdefault(quarter, {})[row] = str(record["acp"])
    for quarter in sorted(stated & silent.keys()):
        row, acps = next(iter(silent[quarter])), ", ".join(silent[quarter].values())
        report.add("MET-009", table, "unidad_medida", row, acps, trimestre=str(quarter))


def _whole(value: object) -> int:
    return value if isinstance(value, int) else 0


def _reported_quarter(tables: dict[str, Table]) -> int:
    """The last quarter (0-4) that the workbook's figures of SIGEP reach: its months, its sources or its goals."""
    months = [_whole(r["mes"]) // 3 for r in as_records(tables["presupuesto_sigep"]).values()]
    sources = [_whole(r["trimestre"]) for r in as_records(tables["fuentes"]).values() if r["ejecutado"] is not None]
    goals = [_whole(r["trimestre"]) for r in as_records(tables["metas_sigep"]).values() if r["ejecutado"] is not None]
    return max([0, *months, *sources, *goals])


def _category_owners(report: Report) -> None:
    tables = report.book.tables
    names: set[str] = set()
    for column in ("area", "servicio", "grupo", "subgrupo"):
        names |= _values(tables, "unidades", column)
    table = tables["categorias"]
    for row, record in as_records(table).items():
        groups = entity.split_names(record["grupos"])
        unread = {(row, "unidad"), (row, "grupos")} & table.bad
        if bool(entity.split_names(record["unidad"])) == bool(groups) and not unread:
            report.add("CAT-005", table, "unidad", row, str(record["categoria"] or ""))
        for group in groups:
            if group not in names:
                report.add("CAT-004", table, "grupos", row, group)
