"""The stamps of the sheet Unidad: what the planning office puts there of the entity and of the unit."""

from collections.abc import Iterator, Mapping

from poa_xl import cells
from poa_xl.entity import Entidad, Unidad
from poa_xl.messages import refresh as words
from poa_xl.migration.extract import FORM_ROW
from poa_xl.migration.refresh.parts import NotSplicedError, Splice
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import FORM, Source
from poa_xl.reading import Book, Table
from poa_xl.sheets import STAMPED, STAMPS
from poa_xl.writers.unit_workbook.workbook import file_title, stamped

_ENTITY = "entidad"


def form(book: Book) -> Table:
    """The sheet Unidad. NotSplicedError where the workbook has none."""
    table = book.tables.get(FORM)
    if table is None:
        raise NotSplicedError(words.MISSING_SHEET.format(hoja="Unidad"))
    return table


def said(old: Source, book: Book) -> dict[str, str]:
    """Stamp -> what the workbook says; those whose field it does not have are left out."""
    table = form(book)
    grid = old.contents[table.name]
    found = {}
    for name in STAMPED:
        if name in table.columns:
            row = grid[table.columns[name]]
            value = row[1] if len(row) > 1 else ""
            found[name] = "" if value is None else cells.clean(cells.show(value))
    return found


def wanted(entidad: Entidad, unidad: Unidad) -> dict[str, object]:
    """Stamp -> what it is to say."""
    return stamped(entidad, unidad)


def bring(splice: Splice, old: Source, book: Book, entidad: Entidad, unidad: Unidad) -> Iterator[ReportLine]:
    """Put what changed into the splice; a line for each."""
    table, before, after = form(book), said(old, book), wanted(entidad, unidad)
    for name, text in before.items():
        new = after[name]
        if text == cells.clean(str(new)):
            continue
        cell = table.cell(name, FORM_ROW)
        splice.put(table.name, {cell: new if isinstance(new, int) else str(new)})
        kind = "sellado-entidad" if name == _ENTITY else _kind(text, new)
        details = {"columna": table.sheet.column(name).title, "leido": str(new)}
        yield ReportLine(kind, table.name, cell, text, table.name, cell, details=details)
    _of_file(splice, before, after)


def _kind(before: str, after: object) -> str:
    """A stamp that is blank is that of a level that the entity does without."""
    if before and after:
        return "sellado"
    return "sellado-sin-nivel" if before else "sellado-con-nivel"


def _of_file(splice: Splice, before: Mapping[str, str], after: Mapping[str, object]) -> None:
    """The properties of the file, which say the same once more."""
    changed = {name for name, text in before.items() if text != cells.clean(str(after[name]))}
    if not changed:
        return
    splice.properties = {name: str(after[name]) for name in STAMPS if name in changed}
    titles = [file_title(said.get("gestion", ""), str(said.get("nombre", ""))) for said in (before, after)]
    pairs = [(titles[0], titles[1]), (before.get(_ENTITY, ""), str(after[_ENTITY]))]
    splice.titles = [(old, new) for old, new in pairs if old and old != new]
