"""The sheet Semaforo of the entity workbook, and the thresholds of Parametros, which count without it alone."""

from poa_xl import bands, parameters
from poa_xl.bands import OwnBands
from poa_xl.checking.report import Report
from poa_xl.findings import Finding, Location
from poa_xl.reading import Table, as_records


def set_thresholds_aside(report: Report) -> None:
    """Forget the thresholds in Parametros where the sheet Semaforo has bands; of typed ones tell once."""
    own, table = report.book.tables.get(bands.SHEET), report.book.tables["parametros"]
    if own is None or not own.rows:
        return
    unused = {row: record for row, record in as_records(table).items() if _of_semaforo(record["parametro"])}
    typed = [(row, str(record["parametro"])) for row, record in unused.items() if record["valor"] is not None]
    if typed:
        place = Location(report.book.file, table.name, table.cell("parametro", typed[0][0]))
        report.findings.append(Finding("SEM-012", place, ", ".join(name for _, name in typed)))
    table.drop(set(unused))


def _of_semaforo(name: object) -> bool:
    return isinstance(name, str) and name.startswith(f"{parameters.SEMAFORO}.")


def check(report: Report) -> OwnBands | None:
    """The bands of the sheet; None where it is missing or blank."""
    table = report.book.tables.get(bands.SHEET)
    if table is None:
        return None
    own, problems = bands.read(as_records(table))
    for problem in problems:
        _tell(report, table, problem)
    return own


def _tell(report: Report, table: Table, problem: bands.BandProblem) -> None:
    report.add(problem.code, table, problem.column, problem.row, problem.found, esperado=problem.expected)
