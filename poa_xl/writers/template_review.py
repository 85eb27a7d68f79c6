"""What a unit workbook carries for its own review: the sheet Observaciones, the marks of the cells that it names, and
the hidden sheet Catalogo.

The marks are conditional formats over the list, so whoever fills the list in (a button, a menu, the planning office)
changes no format, and whoever empties it takes all marks away, on protected sheets too.
"""

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from poa_xl import catalogo, observations
from poa_xl.catalogo import Catalogo
from poa_xl.messages import Severity, hosts
from poa_xl.observations import HEADER_ROW, HEADERS, PLACES_NAME, SEVERITIES_NAME, WIDTHS
from poa_xl.writers.formats import TEXT, Formats

SPARE_ROWS = 100  # marked too: people add rows below those that a template offers


def write_observations(workbook: Workbook, worksheet: Worksheet, formats: Formats) -> None:
    """The sheet, with an empty list. It is not protected: buttons and menus write into it."""
    worksheet.set_row(observations.TITLE_ROW - 1, 21)
    worksheet.write_string(observations.TITLE_ROW - 1, 0, observations.TITLE, formats.title())
    worksheet.write_string(observations.SUMMARY_ROW - 1, 0, observations.NOT_CHECKED, formats.help())
    worksheet.set_row(HEADER_ROW - 1, 20)
    for index, title in enumerate(HEADERS):
        worksheet.write_string(HEADER_ROW - 1, index, title, formats.header())
        # A formula that leads to the cell would show as its own text in a cell of type text.
        worksheet.set_column(index, index, WIDTHS[index], formats.plain_text("General" if index == 0 else TEXT))
    worksheet.freeze_panes(HEADER_ROW, 1)
    worksheet.repeat_rows(HEADER_ROW - 1)
    workbook.define_name(PLACES_NAME, "=" + observations.span(HEADERS.index("Lugar")))
    workbook.define_name(SEVERITIES_NAME, "=" + observations.span(HEADERS.index("Severidad")))


def count_observed(worksheet: Worksheet, formats: Formats) -> None:
    """How many observations the sheet has, in the line above the headers; nothing where there is none."""
    count = f'COUNTIF({PLACES_NAME},"{worksheet.get_name()}!*")'
    formula = f'=IF({count}=0,"",{count}&" {hosts.say("observaciones.en-esta-hoja")}")'
    worksheet.write_formula(HEADER_ROW - 2, 0, formula, formats.warning(), "")


def mark_observed(worksheet: Worksheet, formats: Formats, columns: int, rows: int) -> None:
    """Colour the cells that Observaciones names. To be called before other conditional formats: the first one wins."""
    # MATCH finds the first one of a cell, and errors stand first in the list. An empty list costs one look.
    place = f'MATCH("{worksheet.get_name()}!"&ADDRESS(ROW(),COLUMN(),4),{PLACES_NAME},0)'
    for severity in (Severity.ERROR, Severity.AVISO):
        looked_up = f'IFERROR(INDEX({SEVERITIES_NAME},{place})="{severity}",FALSE)'
        criteria = f'=IF(INDEX({PLACES_NAME},1)="",FALSE,{looked_up})'
        rule = {"type": "formula", "criteria": criteria, "format": formats.observed(severity)}
        worksheet.conditional_format(0, 0, rows - 1, columns - 1, rule)


def write_catalogue(worksheet: Worksheet, known: Catalogo) -> None:
    """The hidden sheet with what checking needs of the entity."""
    for row, texts in enumerate(catalogo.to_rows(known)):
        for index, text in enumerate(texts):
            worksheet.write_string(row, index, text)
    worksheet.hide()
    worksheet.protect()
