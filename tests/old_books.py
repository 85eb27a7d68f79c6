"""Workbooks of older versions of the template, and what a person typed into a workbook, read by openpyxl alone."""

import datetime as dt
import io
import re
from pathlib import Path

import openpyxl
import python_calamine
from click.testing import CliRunner

from poa_xl import sheets, titles
from poa_xl.checking import entity_book
from poa_xl.cli import poa_xl
from poa_xl.guards import DEFAULT
from poa_xl.migration import new_workbook, pipeline, versions
from poa_xl.migration.pipeline import MigrationTarget, Ready
from poa_xl.migration.source import StatedIdentity
from poa_xl.parameters import TEMPLATE_VERSION
from tests import packages, text_books
from tests.places import at, cell_at

QUARTER = 2
# Of the form Unidad: what the planning office puts in.
PUT_IN = {
    "Entidad", "Gestión", "Versión de la plantilla", "Código de la unidad", "Unidad organizacional", "Servicio",
    "Área organizacional", "ACP",
}  # fmt: skip
Cell = tuple[str, str]  # sheet, address
_NEWER_SHEETS = re.compile(rb'<sheet name="(?:Observaciones|Catalogo)"[^>]*/>')
_NEWER_NAMES = re.compile(rb"<definedName name=\"poa_(?:lugares|severidades)\"[^<]*</definedName>")


def as_version_1(content: bytes) -> bytes:
    """A template of version 2 without what that version brought. Everything else of it is as it was in version 1."""
    parts = packages.apart(content)
    main, form = packages.MAIN, "xl/worksheets/sheet1.xml"
    book = openpyxl.load_workbook(io.BytesIO(content))
    stamp = at("Unidad", "Versión de la plantilla").within(book)
    version = re.compile(rf'<c r="{stamp}"( s="\d+") t="s"><v>\d+</v></c>'.encode())
    seal_row = re.compile(rf'<row r="{cell_at(book, at("Unidad", "Sello de la entrega")).row}".*?</row>'.encode())
    for part, pattern, new, times in (
        (main, _NEWER_SHEETS, b"", 2),
        (main, _NEWER_NAMES, b"", 2),
        (form, version, rf'<c r="{stamp}"\1 t="inlineStr"><is><t>1</t></is></c>'.encode(), 1),
        (form, seal_row, b"", 1),
    ):
        parts[part], done = pattern.subn(new, parts[part])
        assert done == times, (part, pattern.pattern, done)
    return packages.together(parts)


def typed(path: Path) -> dict[Cell, object]:
    """What stands in the cells that people fill in, found by their titles: no reader of ours has a part in it."""
    book = openpyxl.load_workbook(path)
    found: dict[Cell, object] = {}
    for sheet in sheets.unit_sheets():
        if sheet.inputs and sheet.name in book.sheetnames:
            found |= _of_form(book[sheet.name]) if sheet.form else _of_table(book[sheet.name], sheet)
    return found


def _of_form(tab: openpyxl.worksheet.worksheet.Worksheet) -> dict[Cell, object]:
    known = {titles.key(c.title) for c in sheets.sheet("unidad", "unidad").columns}
    rows = [row for row in tab.iter_rows(max_col=2) if titles.key(row[0].value) in known]
    return {(tab.title, b.coordinate): plain(b.value) for _, b in rows if plain(b.value) is not None}


def _of_table(tab: openpyxl.worksheet.worksheet.Worksheet, sheet: sheets.Sheet) -> dict[Cell, object]:
    wanted = {titles.key(c.title) for c in sheet.inputs}
    header = next(
        r for r in tab.iter_rows(max_row=30) if len(wanted & {titles.key(c.value) for c in r}) > len(wanted) / 2
    )
    columns = {c.column for c in header if titles.key(c.value) in wanted}
    below = tab.iter_rows(min_row=header[0].row + 1)
    cells = [c for row in below for c in row if c.column in columns]
    return {(tab.title, c.coordinate): plain(c.value) for c in cells if plain(c.value) is not None}


def plain(value: object) -> object:
    """A value so that two that mean the same are equal; None for what cannot be seen."""
    if isinstance(value, str) and not value.strip():
        return None
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return dt.datetime.combine(value, dt.time())
    return float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def everything(path: Path) -> dict[Cell, object]:
    """Every cell of the sheets of the template that holds something and is no formula, as openpyxl reads it."""
    book = openpyxl.load_workbook(path, read_only=True)
    found: dict[Cell, object] = {}
    for sheet in sheets.unit_sheets():
        for down, row in enumerate(book[sheet.name].iter_rows(values_only=True), start=1):
            for across, value in enumerate(row):
                if value is not None and not (isinstance(value, str) and value.startswith("=")):
                    found[(sheet.name, f"R{down}C{across + 1}")] = value
    book.close()
    return found


def values(path: Path) -> dict[str, list[list[object]]]:
    """What the sheets of the template show, computed cells too, as calamine reads them; blank rows at the end left out."""
    book = python_calamine.load_workbook(str(path))
    found = {}
    for sheet in sheets.unit_sheets():
        rows = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
        last = max(n for n, row in enumerate(rows) if any(cell != "" for cell in row))
        found[sheet.name] = rows[: last + 1]
    return found


# --- the small entity ---------------------------------------------------------------------------------------


def entity(path: Path, version: str = TEMPLATE_VERSION, gestion: int = 2024, **changed: str) -> Path:
    """The workbook of the small entity, of a version of the template and a gestión."""
    parameters = text_books.ENTITY["Parametros"]
    parameters = parameters.replace("version_plantilla |  |  | 3", f"version_plantilla |  |  | {version}")
    parameters = parameters.replace("gestion |  |  | 2024", f"gestion |  |  | {gestion}")
    return text_books.entity(path, **{"Parametros": parameters, **changed})


UNIT_1 = {
    **text_books.UNIT,
    "Unidad": text_books.UNIT["Unidad"]
    .replace("Sello de la entrega |\n", "")
    .replace("plantilla | '3", "plantilla | '1"),
}
"""The small workbook as units had it in version 1: typed by hand from a template of that time."""


TASKS = "Operación | Actividad | Tarea | Prog. ene | Ejec. ene"


def order(entidad: Path, known: versions.Versions | None = None, **given: object) -> MigrationTarget:
    """An order to migrate to the version and gestión of an entity's workbook."""
    checked = entity_book.check_entity(entidad)
    assert checked.entidad is not None, checked.findings
    schedule = bool(given.pop("schedule", False))
    said = StatedIdentity(**given)  # type: ignore[arg-type]
    return MigrationTarget(checked.entidad, known or versions.known(), said, True, schedule, DEFAULT)


def migrate(path: Path, target: Path, wanted: MigrationTarget, functions: str = "native") -> Ready:
    """Migrate a workbook without the command line."""
    ready = pipeline.prepare(path, path.name, wanted)
    assert not ready.current
    new_workbook.write(ready, target, wanted, functions, None)  # type: ignore[arg-type]
    return ready


def old(folder: Path, name: str = "DGRB.xlsx", **changed: str | None) -> Path:
    """The small workbook of version 1."""
    path = folder / "viejos" / name
    path.parent.mkdir(exist_ok=True)
    tabs = {tab: text for tab, text in {**UNIT_1, **changed}.items() if text is not None}
    return text_books.write(path, tabs)


def run(*arguments: object) -> tuple[int, str]:
    """Run `poa-xl migrate`: its exit code, and what it says."""
    result = CliRunner().invoke(poa_xl, ["migrate", *map(str, arguments)])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output
