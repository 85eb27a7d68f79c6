"""The charts of the master: native ones, over the cells of a table."""

from collections.abc import Sequence
from typing import Any

from poa_xl.writers.master.book import Cell, Formula
from poa_xl.writers.master.sheet import ROW_PIXELS, Hoja, Tabla
from poa_xl.writers.xlsx.formats import AMOUNT, GRID_LINE_COLOR, MISSING, SERIES_COLORS, WHOLE

_WIDTH, _HEIGHT = 760, 320
_FONT = {"name": "Calibri", "size": 9}


def _value(cell: Cell) -> object:
    return cell.value if isinstance(cell, Formula) else cell


def _labels(cells: Sequence[Cell], label_format: str, **more: object) -> dict[str, object]:
    """The labels of a series. Excel draws a text as 0, and would write that 0 beside what is «n/a»."""
    labels: dict[str, object] = {"value": True, "num_format": label_format, "font": _FONT, **more}
    if any(_value(cell) == MISSING for cell in cells):
        # XlsxWriter writes into each label, so each is one of its own
        labels["custom"] = [{"value": MISSING, "font": _FONT} if _value(cell) == MISSING else None for cell in cells]
    return labels


def _series(tabla: Tabla, col: int, names: int, number: int, label_format: str) -> dict[str, Any]:
    color = SERIES_COLORS[number % len(SERIES_COLORS)]
    return {
        "name": [tabla.hoja, tabla.first - 1, col],
        "categories": tabla.column(names),
        "values": tabla.column(col),
        "fill": {"color": color},
        "border": {"none": True},
        "gap": 60,
        "data_labels": _labels([row[col] for row in tabla.rows], label_format),
    }


def _place(hoja: Hoja, chart: Any, titulo: str, height: int) -> None:
    """Below the last table; the next table goes below the chart."""
    chart.set_title({"name": titulo, "name_font": {"name": "Calibri", "size": 11}})
    chart.set_size({"width": _WIDTH, "height": height})
    hoja.add_chart(chart, titulo, _WIDTH, height)


def _from_zero(tabla: Tabla, cols: Sequence[int]) -> dict[str, int]:
    """Bars start at 0, or their lengths lie; a reversal goes below it."""
    values = (_value(row[col]) for row in tabla.rows for col in cols)
    return {} if any(isinstance(v, (int, float)) and v < 0 for v in values) else {"min": 0}


def columns(hoja: Hoja, tabla: Tabla, titulo: str, series: Sequence[int], *, whole: bool = False) -> None:
    """Upright bars: one series a column of the table, whose first column names the bars."""
    chart: Any = hoja.libro.workbook.add_chart({"type": "column"})
    for number, at in enumerate(series):
        chart.add_series(_series(tabla, at, 0, number, WHOLE if whole else AMOUNT))
    lines = {"visible": True, "line": {"color": GRID_LINE_COLOR}}
    chart.set_y_axis({"num_format": WHOLE, "num_font": _FONT, "major_gridlines": lines, **_from_zero(tabla, series)})
    chart.set_x_axis({"num_font": _FONT})
    chart.set_legend({"position": "bottom"} if len(series) > 1 else {"none": True})
    _place(hoja, chart, titulo, _HEIGHT)


def bars(hoja: Hoja, tabla: Tabla, titulo: str, at: int, *, names: int) -> None:
    """Lying bars with whole-number labels, in the order of the table: for lists of units."""
    chart: Any = hoja.libro.workbook.add_chart({"type": "bar"})
    chart.add_series(_series(tabla, at, names, 0, WHOLE))
    chart.set_y_axis({"reverse": True, "num_font": _FONT})
    chart.set_x_axis(
        {"min": 0, "max": 100, "num_format": WHOLE, "num_font": _FONT, "major_gridlines": {"visible": False}}
    )
    chart.set_legend({"none": True})
    _place(hoja, chart, titulo, 120 + ROW_PIXELS * len(tabla.rows))


def two_axes(hoja: Hoja, tabla: Tabla, titulo: str, lines: tuple[int, int], last: int) -> None:
    """Two rows of the table as lines, the second against an axis of its own; columns 1 to `last`."""
    chart: Any = hoja.libro.workbook.add_chart({"type": "line"})
    for number, line in enumerate(lines):
        color = SERIES_COLORS[number]
        chart.add_series(
            {
                "name": [tabla.hoja, tabla.first + line, 0],
                "categories": tabla.header(1, last),
                "values": tabla.line(line, 1, last),
                "line": {"color": color, "width": 2.25},
                "marker": {"type": ("circle", "diamond")[number], "fill": {"color": color}, "border": {"color": color}},
                "data_labels": _labels(tabla.rows[line][1 : last + 1], AMOUNT, position=("above", "below")[number]),
                "y2_axis": number == 1,
            }
        )
    chart.set_y_axis({"name": "Eficacia ponderada", "min": 0, "num_format": AMOUNT, "num_font": _FONT})
    chart.set_y2_axis({"name": "Ejecución (%)", "num_format": AMOUNT, "num_font": _FONT})
    chart.set_legend({"position": "bottom"})
    _place(hoja, chart, titulo, _HEIGHT)
