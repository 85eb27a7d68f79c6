"""Runs a sheet's schema over the rows of all workbooks and sends each failure back to its cell.

pandera reports a failed frame check once per column; here a cell (or row) gets one finding a code. The
columns of a group (the twelve months) are checked as one long column, which costs a twelfth.
"""

from collections.abc import Collection, Iterator, Sequence

import pandas as pd
import pandera.pandas as pa

from poa_xl import cells, schemas, sheets
from poa_xl.checking import frames
from poa_xl.checking.report import Report
from poa_xl.messages import hints
from poa_xl.sheets import Column, Sheet


def run(kind: str, sheet: Sheet, frame: pd.DataFrame, reports: Sequence[Report], absent: Collection[str] = ()) -> None:
    """Add the findings of a sheet's schema to the reports. `frame` is `frames.batch` of the same books.

    Nothing is asked of the columns of `absent` levels, which the entity does without.
    """
    if frame.empty:
        return
    rules = schemas.rules(kind, sheet.key, frozenset(c.name for c in sheet.inputs if c.level in absent))
    found = [*_failures(rules.columns, frame)]
    for group, column in rules.groups.items():
        found.extend(_group_failures(column, sheet, group, frame))
    form = _form_code(rules.columns)
    empty = {index for index, _, code in found if code == form}
    seen = set()
    for index, column, code in found:
        if index in empty and code != form:
            continue  # an empty form is one finding, not one a field
        if (index, column, code) not in seen:
            seen.add((index, column, code))
            _add(sheet, frame, reports, index, column, code)


def _form_code(schema: pa.DataFrameSchema) -> str | None:
    return next((str(check.error) for check in schema.checks if check.name == "ficha"), None)


def _failures(schema: pa.DataFrameSchema, frame: pd.DataFrame) -> Iterator[tuple[int, str, str]]:
    """(index, column, code); a check of several columns is reported at the first of them."""
    firsts = {str(c.error): (c.statistics.get("columnas") or [frame.columns[0]])[0] for c in schema.checks}
    try:
        schema.validate(frame, lazy=True)
    except pa.errors.SchemaErrors as errors:
        cases = errors.failure_cases
        for index, column, code in zip(cases["index"], cases["column"], cases["check"], strict=True):
            yield int(index), firsts.get(code, column), code


def _group_failures(
    schema: pa.DataFrameSchema, sheet: Sheet, group: str, frame: pd.DataFrame
) -> Iterator[tuple[int, str, str]]:
    names = [c.name for c in sheet.inputs if c.group == group]
    if not names:
        return
    long = pd.concat([frame[name] for name in names], ignore_index=True).to_frame(names[0])
    for position, _, code in _failures(schema, long):
        place, row = divmod(position, len(frame))
        yield int(frame.index[row]), names[place], code


def _add(sheet: Sheet, frame: pd.DataFrame, reports: Sequence[Report], index: int, column: str, code: str) -> None:
    book, row = frames.place_of(index)
    table = reports[book].book.tables[sheet.key]
    if column not in table.columns:  # a missing column was reported once; not again in every row
        return
    together = _together(sheet, code) or [column]
    shown = {name: _show(frame.at[index, name], sheet.column(name)) for name in together}
    filled = [name for name in together if shown[name]] or [column]  # of a combination, a blank says nothing
    titles = " + ".join(sheet.column(name).title for name in filled)
    details = {"columna": titles}
    if _may_be_left_out(sheet, column) and not shown[column]:
        details["pista"] = hints.EVERYWHERE_OR_NOWHERE
    reports[book].add(code, table, column, row, " + ".join(shown[name] for name in filled), **details)


def _may_be_left_out(sheet: Sheet, column: str) -> bool:
    """Whether a column of the entity's workbook is blank where the entity does without the level that it names."""
    return sheet.key in sheets.ENTIDAD and sheet.column(column).level not in ("", sheet.key)


def _together(sheet: Sheet, code: str) -> list[str]:
    kind = "unidad" if sheet.key in sheets.UNIDAD else "entidad"
    checks = schemas.load(kind, sheet.key).checks
    return next((c.statistics.get("columnas", []) for c in checks if str(c.error) == code), [])


def _show(value: object, column: Column) -> str:
    if value is None or value is pd.NA or value != value:
        return ""
    return cells.show(float(value)) if column.dtype == "float64" else str(value)  # type: ignore[arg-type]
