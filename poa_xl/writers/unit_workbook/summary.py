"""The sheet Resumen of a unit workbook: one row a period, semaforo colours and a chart."""

import math
from collections.abc import Sequence
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from poa_xl import indicators
from poa_xl.entity import Entidad
from poa_xl.palette import COLORS
from poa_xl.sheets import Column, Sheet
from poa_xl.writers.schema_sheets import write_headers
from poa_xl.writers.unit_workbook import formulas as unit_workbook_formulas
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW, REPORTED
from poa_xl.writers.unit_workbook.values import PERIODOS, Shown
from poa_xl.writers.xlsx.formats import (
    BORDER_COLOR,
    HELP_COLOR,
    TITLE_COLOR,
    WHOLE,
    Formats,
    Level,
    number_format,
    semaforo_rules,
)
from poa_xl.writers.xlsx.page import keep_in_sight

Cells = tuple[int, int, int, int]  # first row, first column, last row, last column, counted from 0
_WARNING_ROW = HEADER_ROW - 1
_CHART_SIZE = {"width": 760, "height": 290}
_ROW_HEIGHT = 20  # pixels of a row of usual height


def write(
    workbook: Workbook,
    worksheet: Worksheet,
    formats: Formats,
    entidad: Entidad,
    sheet: Sheet,
    formulas: unit_workbook_formulas.Resumen,
    values: list[dict[str, Shown]],
) -> int:
    """Fill the sheet, and give the row (from 0) below its chart.

    `values` has a record a period, as `values.resumen` gives them.
    """
    write_headers(worksheet, formats, sheet, height=30)
    keep_in_sight(worksheet, HEADER_ROW - 1, 1)
    _write_warning(worksheet, formats, reported=any(len(v) > 1 for v in values))
    for row, (period, shown) in enumerate(zip(PERIODOS, values, strict=True), start=FIRST_ROW):
        texts = formulas.period(period, row)
        strong = period.tipo != "mes"
        for index, column in enumerate(sheet.columns):
            look = _look(formats, column, strong)
            if column.name == "periodo":
                worksheet.write_string(row - 1, index, period.titulo, look)
            elif column.name in texts:
                worksheet.write_formula(row - 1, index, texts[column.name], look, shown.get(column.name, ""))
            else:
                worksheet.write_blank(row - 1, index, None, look)
    _color_words(worksheet, formats, entidad, sheet)
    return _insert_chart(workbook, worksheet, sheet)


def _write_warning(worksheet: Worksheet, formats: Formats, reported: bool) -> None:
    formula = unit_workbook_formulas.CHOOSE_QUARTER_FORMULA
    text = "" if reported else unit_workbook_formulas.CHOOSE_QUARTER
    worksheet.write_formula(_WARNING_ROW - 1, 0, formula, formats.warning(), text)


def _look(formats: Formats, column: Column, strong: bool) -> Any:
    if column.name == "periodo":
        return formats.label() if strong else formats.data()
    shown = number_format(column)
    return formats.total(shown) if strong else formats.computed(shown)


def _color_words(worksheet: Worksheet, formats: Formats, entidad: Entidad, sheet: Sheet) -> None:
    last = FIRST_ROW - 1 + len(PERIODOS) - 1
    coloured: dict[str, Sequence[Level]] = {
        "semaforo": entidad.semaforo,
        "semaforo_a_la_fecha": entidad.semaforo,
        "criterio_dgaa": entidad.criterio_dgaa,
    }
    for index, levels in ((i, coloured[c.name]) for i, c in enumerate(sheet.columns) if c.name in coloured):
        for rule in semaforo_rules(formats, levels):
            worksheet.conditional_format(FIRST_ROW - 1, index, last, index, rule)


def color_numbers(worksheet: Worksheet, formats: Formats, entidad: Entidad, cells: Cells, trimestre: int) -> None:
    """Colour percentages by the thresholds in the sheet Listas, once their quarter (1-4) is reported."""
    first = xl_rowcol_to_cell(cells[0], cells[1])
    reported = f"N({REPORTED})>={trimestre}"
    bands = list(reversed(indicators.bands_with_minimum(entidad.semaforo)))
    for position in range(len(bands), 0, -1):
        # From the best band down; the first that fits ends the search.
        rule = {
            "type": "formula",
            "criteria": f"=AND({reported},{indicators.semaforo_reaches_formula(first, position)})",
            "format": formats.color(bands[position - 1].color, bands[position - 1].letra),
            "stop_if_true": True,
        }
        worksheet.conditional_format(*cells, rule)


def _insert_chart(workbook: Workbook, worksheet: Worksheet, sheet: Sheet) -> int:
    """Accumulated eficacia ponderada beside accumulated ejecucion: the two figures that eficiencia compares.

    Columns, not lines: a quarter that is not reported yet is a text, which a line would draw as a fall to zero.
    """
    accumulated = [FIRST_ROW - 1 + i for i, p in enumerate(PERIODOS) if p.tipo == "acumulado"]
    first, last = accumulated[0], accumulated[-1]
    chart = workbook.add_chart({"type": "column"})
    for name, color in (("eficacia_ponderada", COLORS["azul"]), ("ejecucion", COLORS["naranja"])):
        index = sheet.columns.index(sheet.column(name))
        chart.add_series(
            {
                "name": [sheet.name, HEADER_ROW - 1, index],
                "categories": [sheet.name, first, 0, last, 0],
                "values": [sheet.name, first, index, last, index],
                "fill": {"color": color},
                "gap": 80,
            }
        )
    font = {"color": TITLE_COLOR, "size": 11, "bold": True}
    chart.set_title({"name": "Eficacia ponderada y ejecución financiera acumuladas", "name_font": font})
    chart.set_y_axis(
        {
            "min": 0,
            "max": 100,
            "num_format": WHOLE,
            "major_gridlines": {"visible": True, "line": {"color": BORDER_COLOR}},
            "name": "puntos",
            "name_font": {"color": HELP_COLOR, "bold": False},
        }
    )
    chart.set_legend({"position": "bottom"})
    chart.set_size(_CHART_SIZE)
    worksheet.insert_chart(
        last + 2, 0, chart, {"description": "Eficacia ponderada y ejecución acumuladas por trimestre"}
    )
    return last + 2 + math.ceil(_CHART_SIZE["height"] / _ROW_HEIGHT) + 1
