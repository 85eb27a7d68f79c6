"""A worksheet of many rows of texts, each in its own cell: the shared texts of the workbook stay those of its tables.

XlsxWriter makes an object of every cell and looks every text up among the shared ones; for tens of thousands of texts
of which none comes twice that takes a second, and they wait in memory until the workbook is closed.
"""

import re
import shutil
import tempfile
from collections.abc import Iterable, Sequence
from html import escape
from typing import IO

from xlsxwriter.format import Format

from poa_xl.writers.xlsx.plain_worksheet import PlainWorksheet

_NOT_PLAIN = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x|^\s|\s$")
# What XML cannot hold, and what a spreadsheet program would take for it.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


_PIECE = 1_000_000  # characters that are copied at once
_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of the columns that there can be


class TextWorksheet(PlainWorksheet):
    """To be given to `Workbook.add_worksheet(name, TextWorksheet)`; it holds what `write_texts` gets."""

    titles: Sequence[str] = ()
    header: Format | None = None
    rows: IO[str] | None = None  # on disk, as they will be written

    def write_texts(self, titles: Sequence[str], header: Format, rows: Iterable[Sequence[str]]) -> None:
        """The titles with their format, and below them the rows."""
        self.titles, self.header, number = titles, header, 1
        self.rows = tempfile.TemporaryFile("w+", encoding="utf-8", newline="")  # noqa: SIM115 - it is closed as it is written
        for number, row in enumerate(rows, start=2):
            self.rows.write(_row(number, row, ""))
        self._check_dimensions(0, 0)
        self._check_dimensions(number - 1, len(titles) - 1)

    # If XlsxWriter renames its method, the sheet is blank, and tests say so.
    def _write_sheet_data(self) -> None:
        style = f' s="{self.header._get_xf_index()}"' if self.header else ""
        self.fh.write("<sheetData>")
        self.fh.write(_row(1, self.titles, style))
        if self.rows is not None:
            with self.rows as rows:
                rows.seek(0)
                shutil.copyfileobj(rows, self.fh, _PIECE)
        self.fh.write("</sheetData>")


def _row(number: int, texts: Sequence[str], style: str) -> str:
    written = [
        f'<c r="{letter}{number}"{style} t="inlineStr"><is>{_text(text)}</is></c>'
        for letter, text in zip(_LETTERS, texts, strict=False)
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def _text(value: str) -> str:
    if not _NOT_PLAIN.search(value):
        return f"<t>{value}</t>"
    held = _ODD.sub(lambda odd: f"_x{ord(odd[0][0]):04X}_{odd[0][1:]}", value)
    return f'<t xml:space="preserve">{escape(held, quote=False)}</t>'
