"""Writes the new workbook and reads it back before it gets its name: every cell must say what the old one said."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from poa_xl import atomic, cells, guards, reading, sheets
from poa_xl.errors import PoaError
from poa_xl.guards import Limits
from poa_xl.messages import migration as words
from poa_xl.migration.layout import Placed, records
from poa_xl.migration.pipeline import MigrationTarget, Ready
from poa_xl.observations import Observation
from poa_xl.writers.unit_workbook import workbook
from poa_xl.writers.unit_workbook.review import Continued
from poa_xl.writers.unit_workbook.workbook import FormulaKind


def write(ready: Ready, path: Path, order: MigrationTarget, functions: FormulaKind, macros: bool) -> Path:
    """Write the new workbook; where it stands (a file that came up meanwhile is not replaced)."""
    data = records(ready.placed, sheets.unit_sheets())
    for key in ready.blank:
        data[key] = [{}]
    said = words.SUMMARY if ready.lines else words.SUMMARY_CLEAN
    summary = said.format(archivo=ready.name, version=ready.version, gestion=ready.gestion)
    continued = Continued(summary, [line.observation for line in ready.lines], ready.saved, *_written(ready))
    with atomic.landing(path, None) as landing:
        workbook.write_unit_workbook(
            landing.temporary, order.entidad, ready.unidad, data, functions, macros=macros, continued=continued
        )
        wrong = differing(landing.temporary, ready.placed, order.limits)
        if wrong:
            raise PoaError(words.NOT_VERIFIED.format(archivo=ready.name, lugar=wrong))
    return landing.landed


def put(ready: Ready, path: Path) -> Path:
    """Write a workbook that was refreshed in its place, and read back; where it stands, as above."""
    with atomic.landing(path, None) as landing:
        landing.temporary.write_bytes(ready.content)
    return landing.landed


def _written(ready: Ready) -> tuple[list[tuple[Observation, str]], list[str]]:
    """What the unit wrote in our sheets: answers, and all else."""
    answers = [(one.said, one.texto) for one in ready.written.answers]
    return answers, [": ".join(filter(None, (r.about, r.texto))) for r in ready.written.remarks]


def differing(path: Path, found: Sequence[Placed], limits: Limits) -> str:
    """The first cell that does not say what it was to say; '' where all do."""
    grids = reading.read_contents(guards.open_once(path, limits), limits)
    for one in found:
        row, place = grids[one.sheet.name][cells.row_of(one.cell) - 1], cells.place_of(one.cell)
        if place >= len(row) or not _same(row[place], one.value):
            return f"{one.sheet.name}!{one.cell}"
    return ""


def _same(there: object, wanted: object) -> bool:
    if isinstance(wanted, bool) or isinstance(there, bool):
        return there is wanted
    if isinstance(wanted, int | float) and isinstance(there, int | float):
        return float(there) == float(wanted)
    return _moment(there) == _moment(wanted)


def _moment(value: object) -> object:
    """A day as its first moment: readers give one or the other."""
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return value
