"""The small workbooks that are mutated, as several programs write them. No two figures in them are the same.

Formulas carry a cached value that is not their result, so that it shows whether a program computes or reads.
"""

import datetime as dt
import io
import re
from functools import cache
from pathlib import Path

import openpyxl
import xlsxwriter

from tests.structures.book import Book

WRITERS = ("XlsxWriter", "XlsxWriter, texts inline", "openpyxl", "LibreOffice", "Excel's form")
SHEETS = ("Tareas", "Presupuesto", "Notas")
ROWS = 6
SAVED_BY_LIBREOFFICE = Path(__file__).with_name("libreoffice.xlsx")
_DAY = dt.datetime(2024, 5, 6)
_HEADINGS = ("Código", "Descripción", "Programado", "Ejecutado", "Avance", "Fecha", "Hecho", "Fórmula")


@cache
def contents() -> dict[str, bytes]:
    """Writer -> the bytes of its workbook."""
    made = (
        _by_xlsxwriter(constant_memory=False),
        _by_xlsxwriter(constant_memory=True),
        _by_openpyxl(),
        SAVED_BY_LIBREOFFICE.read_bytes(),
        _as_excel_writes(),
    )
    return dict(zip(WRITERS, made, strict=True))


def book(writer: str) -> Book:
    """The workbook of a writer, to be changed."""
    return Book.of(contents()[writer])


def _figure(sheet: int, row: int, column: int) -> float:
    return (sheet + 1) * 1000 + row * 10 + column + 0.25


def _by_xlsxwriter(constant_memory: bool) -> bytes:
    content = io.BytesIO()
    book = xlsxwriter.Workbook(content, {"constant_memory": constant_memory})
    book.set_properties({"created": _DAY})
    percent, date = book.add_format({"num_format": "0.00%"}), book.add_format({"num_format": "dd/mm/yyyy"})
    moment, bold = book.add_format({"num_format": 22}), book.add_format({"bold": True, "num_format": "#,##0.00"})
    for number, name in enumerate(SHEETS):
        sheet = book.add_worksheet(name)
        sheet.write_row(0, 0, _HEADINGS)
        for row in range(1, ROWS):
            sheet.write_string(row, 0, f"OP-{number}-{row}")
            sheet.write_string(row, 1, f"Región {name} {row}" if row > 1 else " con\nespacios ")
            sheet.write_number(row, 2, _figure(number, row, 2))
            sheet.write_number(row, 3, _figure(number, row, 3), bold)
            sheet.write_number(row, 4, (row * 7 + number) / 100, percent)
            sheet.write_datetime(row, 5, _DAY + dt.timedelta(days=row + 31 * number, hours=row), date)
            sheet.write_boolean(row, 6, row % 2 == 0)
            sheet.write_formula(row, 7, f"=C{row + 1}*2", bold, _figure(number, row, 7))
        # LibreOffice computes booleans, and texts where it does not know the program that wrote them: these are true.
        sheet.write_formula(ROWS, 1, '=A2&"x"', None, f"OP-{number}-1x")
        sheet.write_formula(ROWS, 2, "=NA()", None, "#N/A")
        sheet.write_formula(ROWS, 3, "=C2>0", None, True)
        sheet.write_datetime(ROWS, 5, _DAY.replace(hour=number + 1, minute=30), moment)
    book.close()
    return content.getvalue()


def _by_openpyxl() -> bytes:
    book = openpyxl.Workbook()
    book.properties.created = book.properties.modified = _DAY
    book.remove(book.active)
    for number, name in enumerate(SHEETS[:2]):
        sheet = book.create_sheet(name)
        sheet.append(_HEADINGS)
        for row in range(1, ROWS):
            day = _DAY + dt.timedelta(days=row + 31 * number)
            figures = _figure(number, row, 2), _figure(number, row, 3), (row * 7 + number) / 100
            sheet.append(
                (f"OP-{number}-{row}", f"Descripción {number}{row}", *figures, day, row % 2 == 0, f"=C{row + 1}*2")
            )
            sheet.cell(row + 1, 5).number_format = "0%"
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


_X = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
_MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
_R = 'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
_AC = 'xmlns:x14ac="http://schemas.microsoft.com/office/spreadsheetml/2009/9/ac"'
_X15 = 'xmlns:x15="http://schemas.microsoft.com/office/spreadsheetml/2010/11/main"'
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'


def _as_excel_writes() -> bytes:
    """A workbook in the form of Excel: ignorable attributes, rich and phonetic texts, extensions."""
    made = Book.of(_by_xlsxwriter(constant_memory=False))
    root = f'<worksheet {_X} {_R} {_MC} mc:Ignorable="x14ac" {_AC}>'
    for part in made.sheets:
        text = re.sub(r"<worksheet [^>]*>", root, made.parts[part])
        text = text.replace("<sheetFormatPr ", '<sheetFormatPr x14ac:dyDescent="0.25" ')
        text = re.sub(r"<row ", '<row x14ac:dyDescent="0.25" ', text)
        text = text.replace("</worksheet>", f"<extLst>{_EXTENSION}</extLst></worksheet>")
        made.parts[part] = text
    main = re.sub(r"<workbook [^>]*>", f'<workbook {_X} {_R} {_MC} mc:Ignorable="x15" {_X15}>', made.parts[made.main])
    made.parts[made.main] = main.replace("<bookViews>", _WHERE_IT_LAY + "<bookViews>")
    rich = '<si><r><rPr><b/><sz val="11"/></rPr><t>Eje</t></r><r><rPr><sz val="11"/></rPr><t>cutado</t></r></si>'
    strings = made.parts[made.strings].replace("<si><t>Ejecutado</t></si>", rich)
    phonetic = '<si><t>Fecha</t><rPh sb="0" eb="1"><t>fonética</t></rPh><phoneticPr fontId="1"/></si>'
    made.parts[made.strings] = strings.replace("<si><t>Fecha</t></si>", phonetic)
    return made.packed()


_WHERE_IT_LAY = (
    '<mc:AlternateContent><mc:Choice Requires="x15"><x15ac:absPath url="C:\\POA\\" '
    'xmlns:x15ac="http://schemas.microsoft.com/office/spreadsheetml/2010/11/ac"/></mc:Choice></mc:AlternateContent>'
)
_EXTENSION = (
    '<ext uri="{78C0D931-6437-407d-A8EE-F0AAD7539E65}" '
    'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:conditionalFormattings/></ext>'
)
