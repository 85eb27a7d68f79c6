"""The board as a workbook: a row a unit, the counts by area and group as formulas over them, and the exceptions."""

import datetime as dt
from pathlib import Path

from poa_xl import cells, names
from poa_xl.campaign.board import Tablero
from poa_xl.campaign.records import Excepcion
from poa_xl.messages import board as words, campaign as common
from poa_xl.writers.board import looks, summary, units
from poa_xl.writers.board.sheet import BoardColumn, BoardSheet, Cell
from poa_xl.writers.xlsx.formats import COUNT, DATE, MOMENT, TEXT, Formats
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, PlainWorksheet, as_calculated
from poa_xl.writers.xlsx.provenance import seal, stamp
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook

_WAIVERS = tuple(
    BoardColumn(title, width, number_format)
    for title, (width, number_format) in zip(
        words.WAIVER_COLUMNS.values(),
        ((5, COUNT), (17, TEXT), (10, TEXT), (20, TEXT), (40, TEXT), (24, TEXT), (52, TEXT), (11, DATE), (16, MOMENT)),
        strict=True,
    )
)


def write_workbook(path: Path, tablero: Tablero) -> None:
    """Write the board; the same board gives the same bytes."""
    workbook = StreamWorkbook(str(path), OPTIONS)
    as_calculated(workbook)
    period = words.TITLE.format(periodo=common.quarter(tablero))
    created = dt.datetime.fromisoformat(tablero.registro).astimezone(dt.UTC)
    workbook.set_properties({"title": period, "author": cells.visible(tablero.entidad), "created": created})
    stamp(workbook, names.BOARD_VALUE, (tablero.gestion, tablero.trimestre))
    formats = Formats(workbook)
    sheets = (words.BOARD_SHEET, words.SUMMARY_SHEET, words.WAIVERS_SHEET)
    writers = (units.write, summary.write, _write_waivers)
    for name, write in zip(sheets, writers, strict=True):
        sheet = BoardSheet(workbook.add_worksheet(name, PlainWorksheet), formats)
        sheet.start(tablero, period)
        write(sheet, tablero)
    workbook.close()
    seal(path)


def _write_waivers(sheet: BoardSheet, tablero: Tablero) -> None:
    if not tablero.excepciones:
        sheet.help(words.NO_WAIVERS)
    sheet.fill(_WAIVERS, [_waiver(e, looks.row(tablero, e)) for e in tablero.excepciones])


def _waiver(e: Excepcion, row: str) -> list[Cell]:
    until = dt.date.fromisoformat(e.hasta)
    return [e.numero, e.unidad, e.codigo, looks.place(e), row, e.quien, e.motivo, until, looks.local(e.cuando)]
