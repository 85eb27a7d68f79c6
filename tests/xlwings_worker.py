"""Runs every case through xlwings' own Windows layer, with stand-ins for the modules of pywin32.

Usage: python -m tests.xlwings_worker; prints one JSON line: case name -> result. A process of its own, because the
stand-ins must not reach other tests. What is real: xlwings' decorators, `call_udf`, its reading of ranges and its
writing of results. What is not: Excel and COM.
"""

import datetime as dt
import json
from decimal import Decimal
from typing import Any
from unittest.mock import MagicMock

from poa_xl.vba import stand_ins
from tests.function_cases import CASES

RANGE_IID = "{00020846-0000-0000-C000-000000000046}"
OMITTED = -2147352572  # what Excel passes for an optional argument that was left out


class FakeRange:
    """Cells of a sheet, as COM shows them to xlwings."""

    def __init__(self, rows: list[list[Any]]) -> None:
        self.Value = tuple(tuple(row) for row in rows) if len(rows) * len(rows[0]) > 1 else rows[0][0]
        self.Row = self.Column = 1
        self.Rows, self.Columns = MagicMock(Count=len(rows)), MagicMock(Count=len(rows[0]))
        self.Worksheet = MagicMock()
        self._oleobj_ = MagicMock()
        self._oleobj_.GetTypeInfo.return_value.GetTypeAttr.return_value.iid = RANGE_IID


def _com(value: Any, errors: dict[str, int]) -> Any:
    """A cell's value as COM gives it: errors are numbers, whole numbers are floats, dates are date-times."""
    if isinstance(value, str):
        return errors.get(value, value)
    if isinstance(value, dt.date):
        return dt.datetime(value.year, value.month, value.day)
    return value if value is None or isinstance(value, (bool, Decimal)) else float(value)


def _range(rows: list[list[Any]], errors: dict[str, int]) -> FakeRange:
    return FakeRange([[_com(cell, errors) for cell in row] for row in rows])


def _cell(value: Any, errors: dict[str, int]) -> FakeRange:
    """An argument that points to one cell; `_com` alone is one typed into the formula."""
    return _range([[value]], errors)


def main() -> None:
    """Call every case and print the results."""
    functions = stand_ins.functions()
    from xlwings import _xlwindows, udfs

    errors = {text: number for number, text in _xlwindows.cell_errors.items()}
    udfs.get_udf_module = lambda *_: functions  # the one that Excel's workbook names
    results = {}
    for case in CASES:
        count = len(getattr(functions, case.function).__xlfunc__["args"])
        omitted = [OMITTED] * (count - len(case.arguments))
        for way, single in (("cells", _cell), ("typed", _com)):
            given = [_range(a, errors) if isinstance(a, list) else single(a, errors) for a in case.arguments]
            arguments = (*given, *omitted)
            results[f"{case.name} {way}"] = udfs.call_udf("functions", case.function, arguments, None, None)
    print(json.dumps(results))


if __name__ == "__main__":
    main()
