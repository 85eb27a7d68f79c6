"""The block for signatures below the sheet Resumen: who made the report, who approved it, and when."""

from typing import NamedTuple

from xlsxwriter.worksheet import Worksheet

from poa_xl.writers.unit_workbook.layout import Record
from poa_xl.writers.xlsx.cells import is_blank
from poa_xl.writers.xlsx.formats import Formats

_LABELS = ("Elaborado por", "Aprobado por", "Fecha")
_SIGN = "Nombre, cargo y firma"
_HEIGHT = 34  # points of a row in which a hand signs
_LINE = (1, 2, 3)  # the columns of the line


class Author(NamedTuple):
    """Who fills in the workbook: the cells of the sheet Unidad with name and post, and what they hold."""

    name: str
    post: str
    record: Record

    @property
    def formula(self) -> str:
        """Name and post as one text; nothing without a name."""
        return f'=IF({self.name}="","",{self.name}&IF({self.post}="","",", "&{self.post}))'

    @property
    def value(self) -> str:
        """What the formula shows."""
        name, post = self.record.get("responsable"), self.record.get("cargo")
        return "" if is_blank(name) else f"{name}" if is_blank(post) else f"{name}, {post}"


def write(worksheet: Worksheet, formats: Formats, row: int, author: Author) -> None:
    """The block, from a row (counted from 0) on; what each line is for stands under it."""
    for label in _LABELS:
        worksheet.set_row(row, _HEIGHT)
        worksheet.write_string(row, 0, label, formats.get(bold=True, valign="bottom"))
        for column in _LINE:
            worksheet.write_blank(row, column, None, formats.get(bottom=1))
        if label == _LABELS[0]:
            worksheet.write_formula(row + 1, _LINE[0], author.formula, formats.help(), author.value)
        elif label == _LABELS[1]:
            worksheet.write_string(row + 1, _LINE[0], _SIGN, formats.help())
        row += 2
