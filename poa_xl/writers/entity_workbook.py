"""The workbook of the entity, `entidad.xlsx`: catalogues, thresholds, SIGEP figures and history. Nothing is locked."""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from pathlib import Path

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from poa_xl import atomic, level_names, parameters, sheets
from poa_xl.sheets import Column
from poa_xl.writers.schema_sheets import (
    mark_text_numbers,
    shown_as,
    validation,
    write_headers,
    write_heading,
    write_value,
)
from poa_xl.writers.unit_workbook import layout
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW, Plan, Record
from poa_xl.writers.xlsx import cells, page
from poa_xl.writers.xlsx.formats import GENERAL, TEXT, Formats, number_format
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, as_calculated
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook

NUMERIC_PARAMETERS = frozenset(
    {"gestion", "tolerancia_bs", *parameters.SEMAFORO_PARAMETERS, *parameters.CRITERIO_PARAMETERS}
)
_EMPTY_ROWS = {"unidades": 150, "presupuesto_sigep": 500, "historico": 200}
# Rows are typed and read below those that look like a table too: so far the cells are guarded, and so far lists reach.
_GUARDED_ROWS = 2000
_LISTED_ROWS = 500  # of a sheet that others refer to; a longer list would be all blanks
_FEWEST_ROWS, _FEWEST_SPARE, _SPARE_SHARE = 40, 20, 0.25
_FROZEN_COLUMNS = {"unidades": 2, "categorias": 2, "presupuesto_sigep": 2, "fuentes": 2, "metas_sigep": 2}
# A fixed date, so that the same inputs give the same bytes.
_CREATED = dt.datetime(2024, 1, 1)


def write_entity_workbook(
    path: Path | str, rows: Mapping[str, Sequence[Record]] | None = None, as_typed: bool = False
) -> None:
    """Write the workbook of an entity. `rows` maps a sheet (its key or its name) to records by column name.

    Without `rows` only Parametros is filled, with what is known of any entity. Values that a person typed are written
    `as_typed`: a number that was a text in Parametros stays one.
    """
    given = layout.by_key(rows or {"parametros": parameters.default_rows(level_names.NEUTRAL)}, sheets.ENTIDAD)
    with atomic.replacing(path) as temporary, StreamWorkbook(str(temporary), OPTIONS) as workbook:
        workbook.set_properties({"title": "Datos de la entidad para el seguimiento al POA", "created": _CREATED})
        as_calculated(workbook)
        formats = Formats(workbook)
        plans = {s.key: _plan(s, list(given.get(s.key, ()))) for s in sheets.entity_sheets()}
        for plan in plans.values():
            _write_sheet(workbook.add_worksheet(plan.sheet.name), formats, plan, plans, as_typed)


def _plan(sheet: sheets.Sheet, records: list[Record]) -> Plan:
    spare = max(_FEWEST_SPARE, math.ceil(len(records) * _SPARE_SHARE))
    fewest = 0 if sheet.key == "parametros" else _EMPTY_ROWS.get(sheet.key, _FEWEST_ROWS)
    return Plan(sheet, records, max(fewest, len(records) + spare))


def _write_sheet(worksheet: Worksheet, formats: Formats, plan: Plan, plans: Mapping[str, Plan], as_typed: bool) -> None:
    sheet = plan.sheet
    write_heading(worksheet, formats, sheet)
    write_headers(worksheet, formats, sheet)
    page.keep_in_sight(worksheet, HEADER_ROW - 1, _FROZEN_COLUMNS.get(sheet.key, 1))
    worksheet.autofilter(HEADER_ROW - 1, 0, plan.last_row - 1, len(sheet.columns) - 1)
    for index, column in enumerate(sheet.columns):
        _write_column(worksheet, formats, plan, index, as_typed)
        several = (sheet.key, column.name) in sheets.SEVERAL
        rule = validation(column, _source(plan, column, plans), stop=not several)
        worksheet.data_validation(FIRST_ROW - 1, index, _last_guarded(plan) - 1, index, rule)
    mark_text_numbers(worksheet, plan)
    page.set_up(worksheet, "Datos de la entidad")


def _source(plan: Plan, column: Column, plans: Mapping[str, Plan]) -> str | None:
    cross = sheets.REFERENCES.get((plan.sheet.key, column.name))
    if cross is None:
        return None
    there = plans[cross[0]]
    letter = there.letter(cross[1])
    return f"={there.sheet.name}!${letter}${FIRST_ROW}:${letter}${_last_guarded(there)}"


def _last_guarded(plan: Plan) -> int:
    """The last row whose cells have a list or bounds; a list of it ends there too."""
    targets = {key for key, _ in sheets.REFERENCES.values()}
    rows = _LISTED_ROWS if plan.sheet.key in targets else _GUARDED_ROWS
    return FIRST_ROW + max(rows, plan.capacity) - 1


def _write_column(worksheet: Worksheet, formats: Formats, plan: Plan, index: int, as_typed: bool) -> None:
    column = plan.sheet.columns[index]
    look = formats.input(number_format(column))
    for row, record in enumerate(plan.records, start=FIRST_ROW - 1):
        value = record.get(column.name) if as_typed else _value(plan.sheet.key, column, record)
        write_value(worksheet, row, index, value, _look_of(formats, value, look, column))
    for row in range(FIRST_ROW - 1 + len(plan.records), plan.last_row):
        worksheet.write_blank(row, index, None, look)


def _look_of(formats: Formats, value: object, look: Format, column: Column) -> Format:
    """A number in a column of texts must not look, nor turn at the next edit, into a text."""
    is_number = cells.number(value) is not None
    usual = number_format(column)
    if is_number and usual == TEXT:
        return formats.input(GENERAL, align="left")
    shown = shown_as(value, usual)
    return look if shown == usual else formats.input(shown)


def _value(key: str, column: Column, record: Record) -> object:
    """A value as its cell holds it: of the parameters, the numeric ones are numbers, and «0010» stays a text."""
    value = record.get(column.name)
    if key == "parametros" and column.name == "valor" and record.get("parametro") in NUMERIC_PARAMETERS:
        return _as_number(value)
    return value


def _as_number(value: object) -> object:
    if not isinstance(value, str):
        return value
    try:
        return float(value.replace(",", "."))
    except ValueError:
        return value
