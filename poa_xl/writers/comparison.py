"""A comparison as a workbook to keep: Resumen, Celdas (every cell that changed) and Filas (rows that came and went)."""

import datetime as dt
from collections.abc import Iterable, Sequence
from pathlib import Path

from xlsxwriter import Workbook
from xlsxwriter.format import Format

from poa_xl import cells, names
from poa_xl.comparison import CellChange, Comparacion, Ilegible, LoneRow, SheetChanges, deltas, plans, wording
from poa_xl.comparison.result import Dato
from poa_xl.messages import comparison as words
from poa_xl.sheets import ROWS_OF_A_SHEET
from poa_xl.writers.xlsx import page
from poa_xl.writers.xlsx.formats import COUNT, LONGEST_TEXT, PRECISE, WHOLE, Formats, fitted
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, as_calculated
from poa_xl.writers.xlsx.provenance import seal, stamp
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook
from poa_xl.writers.xlsx.table_sheet import TableSheet

_CREATED = dt.datetime(2024, 1, 1, tzinfo=dt.UTC)  # the same comparison gives the same bytes
_FIRST, _MOST_ROWS = 1, ROWS_OF_A_SHEET - 1  # rows below the titles
_CELL_WIDTHS = (14, 20, 60, 22, 9, 9, 34, 34, 14, 10, 24, 13, 8, 8, 18)
_ROW_WIDTHS = (14, 20, 10, 60, 8, 60, 26, 18, 10, 60)
_OF_A_UNIT = (words.CELL_HEADERS.index("Unidad de medida"), words.ROW_HEADERS.index("Archivo de la unidad"))
_FACT_WIDTHS = (34, 26, 20, 20, 26, 20, 20, 12)
_FACT_SPANS = (1, 3, 3, 1)  # columns: names of files and fingerprints need more than counts


def write(path: Path, found: Comparacion) -> None:
    """Write the workbook. Whoever calls puts it in place."""
    workbook = StreamWorkbook(str(path), OPTIONS)
    as_calculated(workbook)
    stamp(workbook, names.COMPARISON_VALUE)
    workbook.set_properties({"title": words.TITLE, "created": _CREATED})
    formats = Formats(workbook)
    sheet = _ComparisonSheet(workbook, formats, words.SUMMARY_SHEET, _FACT_WIDTHS)
    _summary(sheet, found)
    # What follows these columns is of masters alone.
    cell_end, row_end = (None, None) if found.clase == "maestro" else _OF_A_UNIT
    why = (words.EXPLAINED,) if found.clase == plans.KIND else ()
    changed = [[*_cell(h, c)[:cell_end], *[c.explica for _ in why]] for h in found.hojas for c in h.celdas]
    cells_sheet = _ComparisonSheet(workbook, formats, words.CELLS_SHEET, _CELL_WIDTHS)
    cells_sheet.whole((*words.CELL_HEADERS[:cell_end], *why), changed)
    rows = [[*row[:row_end], *[f.explica for _ in why]] for h in found.hojas for row, f in _rows(h)]
    rows_sheet = _ComparisonSheet(workbook, formats, words.ROWS_SHEET, _ROW_WIDTHS)
    rows_sheet.whole((*words.ROW_HEADERS[:row_end], *why), rows)
    workbook.close()
    seal(path)


class _ComparisonSheet(TableSheet):
    """A worksheet of the comparison while it is written."""

    def __init__(self, workbook: Workbook, formats: Formats, name: str, widths: Sequence[float]) -> None:
        super().__init__(workbook.add_worksheet(name), formats, _plain)
        self.widen(widths)
        page.lay(self.worksheet)

    def title(self, text: str) -> None:
        """The title of the sheet."""
        self.line(text, self.formats.title())
        self.row += 1

    def listed(self, headers: Sequence[str], rows: Iterable[Sequence[Dato]], spans: Sequence[int] = ()) -> None:
        """A table below what is there, and a blank row. `spans`: how many columns each of its columns takes."""
        self.table(headers, ([_said(value) for value in row] for row in rows), self._look, spans)
        self.row += 1

    def whole(self, headers: Sequence[str], rows: Sequence[Sequence[Dato]]) -> None:
        """A table that is the whole sheet: its titles stay in sight, and it can be filtered."""
        shown = rows[:_MOST_ROWS]
        self.listed(headers, shown)
        page.keep_in_sight(self.worksheet, 0)
        self.worksheet.autofilter(0, 0, max(_FIRST, len(shown)), len(headers) - 1)
        page.without_warnings(self.worksheet, formulas=False)

    def _look(self, _row: int, _col: int, value: object) -> Format:
        """Rows and counts are ints, values floats."""
        if isinstance(value, int | float) and not isinstance(value, bool):
            return self.formats.data(WHOLE if isinstance(value, int) else COUNT if value.is_integer() else PRECISE)
        return self.formats.data()


def _said(value: Dato) -> Dato:
    """What a cell holds: numbers, and in the words of the whole comparison what is none."""
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    text = wording.text(value)
    if isinstance(value, Ilegible) and not value.cuenta and text != words.WITHOUT_VALUE:
        return words.UNREADABLE_PLAIN.format(texto=text)
    return text


def _plain(text: str) -> str:
    """Text of a stranger with what cannot be seen as its code; its lines stay lines."""
    return fitted("\n".join(cells.visible(line) for line in text.split("\n")))


def _summary(sheet: _ComparisonSheet, found: Comparacion) -> None:
    """The two files, what everybody should know, and how much changed in each sheet."""
    sheet.title(words.TITLE)
    for line in wording.notices(found):
        sheet.warning(line)
    a, b = found.a, found.b
    facts = [(words.FILE, a.archivo, b.archivo), (words.SHA256, a.sha256, b.sha256)]
    facts += [(words.FACTS.get(f, f), a.datos.get(f, ""), b.datos.get(f, "")) for f in {**a.datos, **b.datos}]
    told = [(*fact, words.DIFFERENT if fact[1] != fact[2] else None) for fact in facts]
    sheet.listed(words.SUMMARY_HEADERS, told, _FACT_SPANS)
    counts = [(words.PARTS[h.parte], h.nombre, len(h.celdas), len(h.agregadas), len(h.quitadas)) for h in found.hojas]
    sheet.listed(words.COUNT_HEADERS, [*counts, (words.TOTAL, None, *found.counts)])
    for line in wording.only_in_one(found):
        sheet.line(line)
    if max(found.counts[0], found.counts[1] + found.counts[2]) > _MOST_ROWS:
        sheet.warning(words.TOO_MANY.format(n=_MOST_ROWS))


def _cell(hoja: SheetChanges, c: CellChange) -> list[Dato]:
    amount, unit = deltas.of(hoja.parte, c)
    origin = c.origen_b or c.origen_a
    rows = [o.fila or None if o else None for o in (c.origen_a, c.origen_b)]
    return [
        words.PARTS[hoja.parte], hoja.nombre, wording.name_of(c.clave, LONGEST_TEXT), c.columna, c.celda_a, c.celda_b,
        _value(c.antes), _value(c.despues), amount, unit,
        origin.archivo if origin else None, origin.hoja if origin else None, *rows, c.repite,
    ]  # fmt: skip


def _value(value: Dato) -> Dato:
    return words.BLANK if value is None else value


def _rows(hoja: SheetChanges) -> Iterable[tuple[list[Dato], LoneRow]]:
    """Each row with what it is of."""
    for what, rows in ((words.ADDED, hoja.agregadas), (words.REMOVED, hoja.quitadas)):
        for f in rows:
            o = f.origen
            place: list[Dato] = [o.archivo, o.hoja, o.fila or None] if o else [None] * 3
            row: list[Dato] = [
                words.PARTS[hoja.parte],
                hoja.nombre,
                what,
                wording.name_of(f.clave, LONGEST_TEXT),
                f.fila or None,
                wording.values_of(f, None),
                *place,
                f.detalle,
            ]
            yield row, f
