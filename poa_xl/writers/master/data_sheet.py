"""A data sheet that is filled column by column, and the columns that come from accepted rows."""

from collections.abc import Sequence
from typing import TypeVar

from poa_xl.accepted_rows import FilaAceptada
from poa_xl.cells import OF_GOAL
from poa_xl.master_tables.data import ROW_COLUMNS
from poa_xl.master_tables.table import MasterColumn, MasterSheet, Shows
from poa_xl.writers.master import headings
from poa_xl.writers.master.book import span
from poa_xl.writers.master.sheet import NUMBER_FORMATS, Hoja
from poa_xl.writers.xlsx import page
from poa_xl.writers.xlsx.cells import FormulaColumn
from poa_xl.writers.xlsx.formats import number_format, quantity_format

HEADER, FIRST = 4, 5  # rows, from 0
AnyRow = TypeVar("AnyRow", bound=FilaAceptada)
_ROW_COLUMNS = dict(zip(("unidad", "archivo", "hoja", "fila"), ROW_COLUMNS, strict=True))
_WIDTHS = {"str": 28.0, "Int64": 7.0, "float64": 14.0, "datetime64[ns]": 12.0}
_GOAL_WIDTH = 7.0
_CODE_WIDTHS = {"operacion": 11.0, "acp": 7.0, "categoria": 13.0, "fuente": 8.0}
_KEEP_ORDER = "No ordene, inserte ni borre filas: las fórmulas de las demás hojas cuentan con este orden."


def row_sums(values: Sequence[float], first: int, last: int) -> FormulaColumn:
    """The sums of cells side by side in each row: from one column to another, with what each comes to."""
    return FormulaColumn(values, lambda n: f"=SUM({span(FIRST + n, first, last)})")


class DataSheet:
    """Rows go in a fixed order that the caller decides."""

    def __init__(self, hoja: Hoja, listed: MasterSheet) -> None:
        hoja.start(listed, _KEEP_ORDER)
        hoja.stay_out_of_printing()
        self.hoja, self.ws, self.libro = hoja, hoja.worksheet, hoja.libro
        self.columns = 0

    def column(self, key: str) -> int:
        """The number of a column that was added."""
        return self.libro.columns[self.hoja.name, key]

    def add(self, key: str, listed: MasterColumn, values: Sequence[object] | FormulaColumn) -> None:
        """Write a whole column of the list; blanks stay blank."""
        title = listed.title.format(**headings.words(self.libro.evaluacion))
        look = NUMBER_FORMATS[listed.shows]
        if listed.shows is Shows.COUNT:
            look = quantity_format(values.values if isinstance(values, FormulaColumn) else values)
        self._write(key, title, listed.width, look, values)

    def _write(
        self, key: str, titulo: str, ancho: float, formato: str, values: Sequence[object] | FormulaColumn
    ) -> None:
        col = self.columns
        self.columns += 1
        self.libro.columns[self.hoja.name, key] = col
        self.ws.write_string(HEADER, col, titulo, self.libro.formats.header())
        style = self.libro.formats.bare(formato)
        self.ws.set_column(col, col, ancho, style)
        self.ws.write_column(FIRST, col, values, style)

    def add_inputs(self, kind: type[AnyRow], rows: Sequence[AnyRow | None]) -> None:
        """Write where each row came from, then what was filled in; None is a row that nobody sent."""
        self.add_origin(rows)
        for c in kind.sheet().inputs:
            values, of_goal = kind.values(rows, c), c.unit == OF_GOAL
            width = _GOAL_WIDTH if of_goal else _CODE_WIDTHS.get(c.name, _WIDTHS[c.dtype])
            look = quantity_format(values) if of_goal else number_format(c)
            self._write(c.name, c.title, width, look, values)

    def add_origin(self, rows: Sequence[FilaAceptada | None]) -> None:
        """Write where each row came from."""
        for name, listed in _ROW_COLUMNS.items():
            self.add(name, listed, [None if row is None else getattr(row, name) for row in rows])

    def finish(self, rows: int, frozen: int) -> None:
        """Freeze the header and the first columns."""
        page.keep_in_sight(self.ws, HEADER, frozen)
        self.ws.set_row(HEADER, 30)
        # Filtering is allowed, sorting is not: the formulas count on the order of the rows.
        self.ws.protect("", {"autofilter": True, "format_columns": True, "format_rows": True})
        if rows:
            self.ws.autofilter(HEADER, 0, FIRST + rows - 1, self.columns - 1)
