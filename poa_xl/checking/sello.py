"""The sello of a workbook: a short print of what a person typed, whatever program saved the file.

It tells accidents: a figure that was changed after the workbook was prepared. It proves nothing against a person who
means to deceive, because anybody can compute it.
"""

import datetime as dt
import hashlib
import json

from poa_xl import cells
from poa_xl.reading import Book, Table, as_records

# What the button «Preparar entrega» itself writes.
STAMPED_LAST = ("fecha_envio", "sello")
_GROUPS, _LENGTH = 3, 4


def sello(book: Book) -> str:
    """Twelve hexadecimal digits, such as `3F2A-90BC-11DE`, over the typed values of all sheets, row by row.

    Colours, empty rows, computed cells and the bytes of the file do not change it. It tells an accidental change, not
    a forgery.
    """
    content = [
        [
            key,
            [{name: _flat(value) for name, value in record.items() if name not in left_out} for record in records],
        ]
        for key, left_out, records in (
            (key, _left_out(table), as_records(table).values()) for key, table in book.tables.items()
        )
    ]
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=_date)
    digits = hashlib.sha256(text.encode()).hexdigest().upper()
    return "-".join(digits[i * _LENGTH : (i + 1) * _LENGTH] for i in range(_GROUPS))


def _left_out(table: Table) -> set[str]:
    """What was not in the workbook when the sello was put in: what that writes, and columns of later versions."""
    later = {c.name for c in table.sheet.inputs if c.since and c.name not in table.columns}
    return later | {*STAMPED_LAST}


def _flat(value: object) -> object:
    """A text in one line: programs end lines in ways of their own."""
    return cells.clean(value) if isinstance(value, str) else value


def _date(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    raise TypeError(type(value).__name__)
