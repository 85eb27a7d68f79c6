"""The sello of a refreshed workbook: one that was true covers what came in too, one that was not stays as it is."""

import dataclasses
from collections.abc import Iterator

from poa_xl import cells
from poa_xl.checking import sello
from poa_xl.entity import Entidad, Unidad
from poa_xl.migration.extract import FORM_ROW
from poa_xl.migration.refresh import stamps
from poa_xl.migration.refresh.parts import Splice
from poa_xl.migration.refresh.programme import Programme
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import FORM
from poa_xl.reading import Book, Table

_COLUMN = "sello"


def bring(splice: Splice, entidad: Entidad, unidad: Unidad, programme: Programme) -> Iterator[ReportLine]:
    """Renew the seal where it was true of what was typed before: it then says that nothing was typed since."""
    book = programme.before
    table = book.tables.get(FORM)
    stamped = "" if table is None else _stamped(table)
    if table is None or not stamped or not (table.name in splice.cells or programme.cells):
        return
    cell = table.cell(_COLUMN, FORM_ROW)
    if stamped != sello.sello(book):
        yield ReportLine("sello-falso", table.name, cell, stamped, table.name, cell)
        return
    new = sello.sello(_with_stamps(programme.book, table, stamps.wanted(entidad, unidad)))
    splice.put(table.name, {cell: new})
    yield ReportLine("sello-renovado", table.name, cell, stamped, table.name, cell, details={"leido": new})


def _stamped(table: Table) -> str:
    values = table.values.get(_COLUMN, [])
    return cells.show(values[0]) if values and values[0] is not None else ""


def _with_stamps(book: Book, table: Table, new: dict[str, object]) -> Book:
    """The book as it will be read: with the new stamps, and every other value as it is."""
    values = {name: [new[name]] if name in new and name in table.columns else own for name, own in table.values.items()}
    form = dataclasses.replace(table, values=values)  # type: ignore[arg-type]
    return dataclasses.replace(book, tables={**book.tables, FORM: form})
