"""The code that the unit of a workbook has now, where the entity says that it was renamed and nothing else."""

import datetime as dt

from poa_xl import existence, sheets
from poa_xl.entity import Entidad
from poa_xl.existence import MONTHS_OF_A_QUARTER
from poa_xl.migration.source import FORM, Source
from poa_xl.parameters import QUARTERS


def at_end(old: Source, entidad: Entidad, code: str, today: dt.date) -> str:
    """The code at the end of the quarter that the workbook reports, or today where that is later."""
    ends = [today]
    table = old.read_as(sheets.unit_sheets()).tables.get(FORM)
    quarter = next(iter(table.values.get("trimestre", ())), None) if table else None
    if isinstance(quarter, int | float) and int(quarter) in QUARTERS:
        ends.append(existence.last_day(entidad.gestion, MONTHS_OF_A_QUARTER * int(quarter)))
    return existence.current(code, entidad.renamings, max(ends))
