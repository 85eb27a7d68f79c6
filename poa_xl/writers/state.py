"""The workbook of many entities: a row each, with its figures, its traffic light and a link to its master."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xlsxwriter.format import Format

from poa_xl import names
from poa_xl.cells import visible
from poa_xl.messages import state as words
from poa_xl.palette import font_on, rgb
from poa_xl.writers.xlsx import page
from poa_xl.writers.xlsx.formats import AMOUNT, COUNT, GRID, YEAR, Formats
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, PlainWorksheet, as_calculated
from poa_xl.writers.xlsx.provenance import seal, stamp
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook
from poa_xl.writers.xlsx.table_sheet import TableSheet

_CREATED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)  # the same results give the same bytes
_WIDTHS = {
    "nombre": 34, "sigla": 10, "carpeta": 14, "gestion": 9, "semaforo": 15, "maestro": 24, "porque": 36, "sha256": 70,
}  # fmt: skip
_WIDTH = 11  # of a number
_POINTS = frozenset({"avance", "avance_acumulado", "ejecucion", "ejecucion_acumulada"})


@dataclass(frozen=True)
class EntityResult:
    """What became of an entity: its figures in points, None where there are none; `porque` where there is no master.

    `carpeta` is the name of its folder, `maestro` where its master stands in what was written. `changed` is False where
    nothing was read again.
    """

    carpeta: str
    nombre: str = ""
    sigla: str = ""
    gestion: int | None = None
    unidades: int | None = None
    libros: int | None = None
    rechazados: int | None = None
    sin_enviar: int | None = None
    errores: int | None = None
    avisos: int | None = None
    avance: float | None = None
    avance_acumulado: float | None = None
    ejecucion: float | None = None
    ejecucion_acumulada: float | None = None
    semaforo: str = ""
    color: str = ""
    letra: str = ""
    maestro: str = ""
    sha256: str = ""
    porque: str = ""
    changed: bool = True


def write(path: Path, results: Sequence[EntityResult], quarter: int) -> None:
    """Write the workbook. Whoever calls puts it in place."""
    workbook = StreamWorkbook(str(path), OPTIONS)
    as_calculated(workbook)
    stamp(workbook, names.STATE_VALUE)
    title = words.TITLE.format(trimestre=quarter)
    workbook.set_properties({"title": title, "created": _CREATED})
    formats = Formats(workbook)
    sheet = TableSheet(workbook.add_worksheet(words.SHEET, PlainWorksheet), formats, visible)
    sheet.line(title, formats.title())
    failed = sum(bool(one.porque) for one in results)
    sheet.line(words.summary(len(results), failed))
    sheet.help(words.HELP)
    header = sheet.row = sheet.row + 1
    titles = [text.format(t=f"{quarter}T") for text in words.COLUMNS.values()]
    columns = list(words.COLUMNS)
    rows = [[None if getattr(one, name) == "" else getattr(one, name) for name in columns] for one in results]

    def look(row: int, col: int, _: object) -> Format:
        return _look(formats, results[row], columns[col])

    sheet.table(titles, rows, look)
    sheet.widen(_WIDTHS.get(name, _WIDTH) for name in columns)
    for row, one in enumerate(results, start=header + 1):
        if one.maestro:
            place = columns.index("maestro")
            sheet.worksheet.write_url(row, place, f"external:{one.maestro}", formats.link(), one.maestro)
    page.set_up(sheet.worksheet, page.in_footer(title), paper=page.OFICIO)
    sheet.worksheet.print_area(0, 0, sheet.row - 1, len(columns) - 2)  # fingerprints are for the screen
    page.keep_in_sight(sheet.worksheet, header, 1)
    page.without_warnings(sheet.worksheet)
    sheet.worksheet.autofilter(header, 0, header + max(1, len(results)), len(columns) - 1)
    workbook.close()
    seal(path)


def _look(formats: Formats, one: EntityResult, name: str) -> Format:
    if name == "semaforo" and one.color:
        fill = rgb(one.color)
        letters = rgb(one.letra) if one.letra else font_on(fill)
        return formats.get(**GRID, bg_color=fill, font_color=letters, align="center")
    if name in _POINTS:
        return formats.data(AMOUNT)
    if isinstance(getattr(one, name), int):
        return formats.data(YEAR if name == "gestion" else COUNT)
    return formats.data()
