"""The reports of SIGEP that the samples were copied from: one a month, invented with its number and its date."""

import datetime as dt

_DAY = 5  # of the month after


def report(gestion: int, month: int) -> dict[str, str | dt.date]:
    """The columns of Presupuesto_SIGEP that name the report of a month."""
    year, after = (gestion, month + 1) if month < 12 else (gestion + 1, 1)
    return {"numero_reporte": f"EJE-{gestion}-{month:02}", "fecha_reporte": dt.date(year, after, _DAY)}
