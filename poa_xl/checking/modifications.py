"""The sheet Modificaciones of the entity workbook: what each row names, and whether its date can be."""

import datetime as dt

from poa_xl import cells
from poa_xl.checking.report import Report
from poa_xl.reading import as_records

KEY = "modificaciones"
_YEARS = (-1, 0)  # of a resolution beside the gestion: the plan may be modified before its year begins


def check(report: Report, gestion: int | None) -> None:
    """A task of no operation, and a resolution of another year."""
    table = report.book.tables.get(KEY)
    if table is None:
        return
    for row, record in as_records(table).items():
        if record["tarea"] is not None and record["operacion"] is None:
            report.add("MOD-005", table, "tarea", row, str(record["tarea"]))
        day = record["fecha"]
        if isinstance(day, dt.date) and gestion and day.year - gestion not in _YEARS:
            report.add("MOD-006", table, "fecha", row, cells.show(day), esperado=str(gestion))
