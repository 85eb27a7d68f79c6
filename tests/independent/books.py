"""The workbooks of a campaign, as plain as they can be: titles, then rows. Titles come from the schemas."""

import datetime as dt
from collections.abc import Collection, Sequence
from pathlib import Path

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from poa_xl import sheets
from poa_xl.cells import OF_GOAL
from poa_xl.sheets import Column, Sheet
from tests.independent.campaign import Campaign, Row, Sheets
from tests.independent.plans import AS_PERCENT

FIRST_ROW = 2  # of the rows, as Excel counts


def write(campaign: Campaign, folder: Path) -> Path:
    """Write `entidad.xlsx` and `entregas/`; gives the folder of the submissions."""
    submissions = folder / "entregas"
    submissions.mkdir(parents=True)
    _write(folder / "entidad.xlsx", sheets.entity_sheets(), campaign.entity)
    for code, tables in campaign.units.items():
        version = str(tables["unidad"][0]["version_plantilla"])
        later = {c.since for s in sheets.unit_sheets() for c in s.columns} - {"", version}
        _write(submissions / f"{code}.xlsx", sheets.unit_sheets(), tables, later)
    return submissions


def _write(path: Path, described: Sequence[Sheet], tables: Sheets, without: Collection[str] = ()) -> None:
    """`without`: the versions of the template whose columns are not there yet."""
    with xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"}) as workbook:
        percent = workbook.add_format({"num_format": "0.0%"})
        for sheet in described:
            tab, rows = workbook.add_worksheet(sheet.name), tables.get(sheet.key, [])
            if sheet.form:
                for n, column in enumerate(sheet.columns):
                    tab.write_row(n, 0, [column.title])
                    _put(tab, n, 1, rows[0].get(column.name))
            else:
                columns = [c for c in sheet.inputs or sheet.columns if c.since not in without]
                _table(tab, columns, rows, percent)


def _table(tab: Worksheet, columns: Sequence[Column], rows: Sequence[Row], percent: Format) -> None:
    tab.write_row(0, 0, [c.title for c in columns])
    for r, row in enumerate(rows, start=1):
        for c, column in enumerate(columns):
            value = row.get(column.name)
            if row.get(AS_PERCENT) and isinstance(value, int | float) and column.unit == OF_GOAL:
                tab.write_number(r, c, value / 100, percent)
            else:
                _put(tab, r, c, value)


def _put(tab: Worksheet, row: int, column: int, value: object) -> None:
    if isinstance(value, str):
        tab.write_string(row, column, value)
    elif isinstance(value, int | float):
        tab.write_number(row, column, value)
    elif isinstance(value, dt.date):
        tab.write_datetime(row, column, dt.datetime.combine(value, dt.time()))
