"""The workbooks of a campaign, as plain as they can be: titles, then rows. Titles come from the schemas."""

from collections.abc import Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.worksheet import Worksheet

from poa_xl import sheets
from poa_xl.sheets import Sheet
from tests.independent.campaign import Campaign, Row, Sheets

FIRST_ROW = 2  # of the rows, as Excel counts


def write(campaign: Campaign, folder: Path) -> Path:
    """Write `entidad.xlsx` and `entregas/`; gives the folder of the submissions."""
    submissions = folder / "entregas"
    submissions.mkdir(parents=True)
    _write(folder / "entidad.xlsx", sheets.entity_sheets(), campaign.entity)
    for code, tables in campaign.units.items():
        _write(submissions / f"{code}.xlsx", sheets.unit_sheets(), tables)
    return submissions


def _write(path: Path, described: Sequence[Sheet], tables: Sheets) -> None:
    with xlsxwriter.Workbook(str(path)) as workbook:
        for sheet in described:
            tab, rows = workbook.add_worksheet(sheet.name), tables.get(sheet.key, [])
            if sheet.form:
                for n, column in enumerate(sheet.columns):
                    tab.write_row(n, 0, [column.title])
                    _put(tab, n, 1, rows[0].get(column.name))
            else:
                _table(tab, sheet, rows)


def _table(tab: Worksheet, sheet: Sheet, rows: Sequence[Row]) -> None:
    columns = sheet.inputs or sheet.columns
    tab.write_row(0, 0, [c.title for c in columns])
    for r, row in enumerate(rows, start=1):
        for c, column in enumerate(columns):
            _put(tab, r, c, row.get(column.name))


def _put(tab: Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        tab.write_string(row, column, value)
    elif isinstance(value, int | float):
        tab.write_number(row, column, value)
