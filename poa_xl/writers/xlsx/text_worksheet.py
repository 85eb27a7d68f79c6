"""A worksheet of many rows of texts, each in its own cell: the shared texts of the workbook stay those of its tables.

XlsxWriter makes an object of every cell and looks every text up among the shared ones; for tens of thousands of texts
of which none comes twice that takes a second.
"""

import re
from collections.abc import Sequence
from html import escape

from xlsxwriter.format import Format

from poa_xl.writers.xlsx.plain_worksheet import PlainWorksheet

_NOT_PLAIN = re.compile(r"[&<>\x00-\x1f\ufffe\uffff]|_x|^\s|\s$")
# What XML cannot hold, and what a spreadsheet program would take for it.
_ODD = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_")


_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"  # of the columns that there can be


class TextWorksheet(PlainWorksheet):
    """To be given to `Workbook.add_worksheet(name, TextWorksheet)`; it holds what `write_texts` gets."""

    titles: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    header: Format | None = None

    def write_texts(self, titles: Sequence[str], header: Format, rows: Sequence[Sequence[str]]) -> None:
        """The titles with their format, and below them the rows."""
        self.titles, self.header, self.rows = titles, header, rows
        self._check_dimensions(0, 0)
        self._check_dimensions(len(rows), len(titles) - 1)

    # If XlsxWriter renames its method, the sheet is blank, and tests say so.
    def _write_sheet_data(self) -> None:
        style = f' s="{self.header._get_xf_index()}"' if self.header else ""
        self.fh.write("<sheetData>")
        self._write_texts(1, self.titles, style)
        for number, row in enumerate(self.rows, start=2):
            self._write_texts(number, row, "")
        self.fh.write("</sheetData>")

    def _write_texts(self, number: int, row: Sequence[str], style: str) -> None:
        written = [
            f'<c r="{letter}{number}"{style} t="inlineStr"><is>{_text(value)}</is></c>'
            for letter, value in zip(_LETTERS, row, strict=False)
        ]
        self.fh.write(f'<row r="{number}">{"".join(written)}</row>')


def _text(value: str) -> str:
    if not _NOT_PLAIN.search(value):
        return f"<t>{value}</t>"
    held = _ODD.sub(lambda odd: f"_x{ord(odd[0][0]):04X}_{odd[0][1:]}", value)
    return f'<t xml:space="preserve">{escape(held, quote=False)}</t>'
