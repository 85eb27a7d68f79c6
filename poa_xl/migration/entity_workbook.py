"""The workbook of an entity into that of now: all that was typed in it, and what a new one has besides."""

from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import atomic, level_names, parameters, sheets, titles
from poa_xl.errors import PoaError
from poa_xl.findings import Finding
from poa_xl.guards import Limits
from poa_xl.messages import migration as words
from poa_xl.migration import extract, layout, new_workbook, pipeline, review, source
from poa_xl.migration.layout import Placed
from poa_xl.migration.report import ReportLine
from poa_xl.migration.upgrade import Rows, text
from poa_xl.reading import Book
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook.layout import FIRST_ROW

_PARAMETERS = "parametros"
_ADDED = (
    "metodo_agregacion",
    "metodo_operacion",
    *level_names.PUBLISHED,
)  # rows that may be missing and have a value of their own


@dataclass(frozen=True)
class ReadyEntity:
    """An entity's workbook that was read: its cells in their new places, what is new beside them, the report.

    `refused` are findings that forbid telling what is in it; then there is nothing else.
    """

    name: str
    placed: tuple[Placed, ...] = ()
    count: int = 0  # of the cells that a person typed
    added: tuple[str, ...] = ()  # in words; none: it has all that a new one has
    lines: tuple[ReportLine, ...] = ()
    version: str = ""  # of the templates that the entity writes
    refused: tuple[Finding, ...] = ()


def prepare(path: Path, name: str, limits: Limits) -> ReadyEntity:
    """Read a workbook and place its cells. RefusedError where it cannot be read."""
    old, described = source.opened(path, name, limits), sheets.entity_sheets()
    book = old.read_as(described)
    if book.broken:
        return ReadyEntity(name, refused=tuple(book.findings))
    found = extract.gather(old, book)
    lines = [_of_an_entity(line) for line in found.lines]
    lines += review.judge(found.rows, {}, described)
    _renew_notes(found.rows)
    placed = layout.place(found.rows, pipeline.headers(old, book), layout.WIDEST_GAP, described)
    rows = _missing_rows(found.rows)
    return ReadyEntity(
        name=name,
        placed=(*placed, *_new_rows(rows, placed)),
        count=len(placed),
        added=(*_missing_columns(book), *(words.NEW_PARAMETER.format(parametro=row, hoja=_tab()) for row in rows)),
        lines=tuple(lines),
        version=_version(found.rows),
    )


def write(ready: ReadyEntity, path: Path, limits: Limits) -> Path:
    """Write the new workbook and read it back: every cell must say what the old one said. Where it stands."""
    data = layout.records(ready.placed, sheets.entity_sheets())
    with atomic.landing(path, None) as landing:
        entity_workbook.write_entity_workbook(landing.temporary, data, as_typed=True)
        wrong = new_workbook.differing(landing.temporary, ready.placed, limits)
        if wrong:
            raise PoaError(words.NOT_VERIFIED.format(archivo=ready.name, lugar=wrong))
    return landing.landed


def _of_an_entity(line: ReportLine) -> ReportLine:
    """Of a sheet that is missing, words for whoever keeps the entity's workbook."""
    return ReportLine("hoja-vacia", details=line.details) if line.kind == "hoja-falta" else line


def _tab() -> str:
    return sheets.sheet("entidad", _PARAMETERS).name


def _missing_columns(book: Book) -> list[str]:
    """What sheets and columns a new workbook has and this one has not, in words."""
    found = []
    for sheet in sheets.entity_sheets():
        table = book.tables.get(sheet.key)
        if table is None:
            found.append(words.NEW_SHEET.format(hoja=sheet.name))
            continue
        missing = [c.title for c in sheet.inputs if c.name not in table.columns]
        found += [words.NEW_COLUMN.format(columna=title, hoja=sheet.name) for title in missing]
    return found


def _said(rows: Rows) -> dict[str, str]:
    """Parameter -> its value as text."""
    found = {}
    for row in rows.get(_PARAMETERS, ()):
        if "parametro" in row.cells:
            found[titles.key(text(row.cells["parametro"]))] = text(row.cells["valor"]) if "valor" in row.cells else ""
    return found


def _renew_notes(rows: Rows) -> None:
    """Say of now what we said of before beside a parameter; what a person wrote there stays."""
    known = {str(row["parametro"]): row["nota"] for row in parameters.default_rows()}
    for row in rows.get(_PARAMETERS, ()):
        name = text(row.cells["parametro"]) if "parametro" in row.cells else ""
        note = row.cells.get("nota")
        if note and name in words.FORMER_NOTES and text(note) == words.FORMER_NOTES[name]:
            row.cells["nota"] = replace(note, value=known[name])


def _missing_rows(rows: Rows) -> list[str]:
    there = _said(rows)
    return [name for name in _ADDED if titles.key(name) not in there]


def _version(rows: Rows) -> str:
    return _said(rows).get(titles.key("version_plantilla"), "")


def _new_rows(names: list[str], placed: list[Placed]) -> list[Placed]:
    """The rows of parameters that are new, below those that are there."""
    sheet = sheets.sheet("entidad", _PARAMETERS)
    last = max((one.row for one in placed if one.sheet.key == _PARAMETERS), default=FIRST_ROW - 1)
    known = {str(row["parametro"]): row for row in parameters.default_rows()}
    return [
        Placed(sheet, column, number, known[name][column], ("", ""))
        for number, name in enumerate(names, start=last + 1)
        for column in ("parametro", "valor", "nota")
    ]
