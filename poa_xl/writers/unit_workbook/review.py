"""What a unit workbook carries for its own review: the sheet Observaciones, the marks of the cells that it names, and
the hidden sheet Catalogo.

The marks are conditional formats over the list, so whoever fills the list in (a button, a menu, the planning office)
changes no format, and whoever empties it takes all marks away, on protected sheets too.
"""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from poa_xl import observations, unit_answers
from poa_xl.catalogo import Catalogo, sheet as catalogo_sheet
from poa_xl.messages import Severity, addins, annotated
from poa_xl.observations import (
    FIRST_ROW,
    HEADER_ROW,
    HEADERS,
    LAST_ROW,
    PLACES_NAME,
    SEVERITIES_NAME,
    WIDTHS,
    Observation,
)
from poa_xl.writers.xlsx.formats import GENERAL, TEXT, Formats
from poa_xl.writers.xlsx.page import keep_in_sight

SPARE_ROWS = 100  # marked too: people add rows below those that a template offers
_MOST = LAST_ROW - FIRST_ROW + 1


@dataclass(frozen=True)
class Continued:
    """A workbook that goes on from an older one: what is to be looked at in it, and when the older one was saved.

    `answers` are what the unit answered to observations of the older one, `remarks` what else it wrote there.
    """

    summary: str
    found: Sequence[Observation] = ()
    saved: dt.datetime | None = None
    answers: Sequence[tuple[Observation, str]] = ()
    remarks: Sequence[str] = ()

    @property
    def shown(self) -> Sequence[Observation]:
        """As many as the list holds."""
        return self.found[:_MOST]

    def count(self, sheet: str) -> int:
        """How many of them name the sheet with a cell, as the line above its headers counts them."""
        return sum(one.sheet == sheet and bool(one.cell) for one in self.shown)


def write_observations(
    workbook: Workbook, worksheet: Worksheet, formats: Formats, continued: Continued | None = None
) -> None:
    """The sheet, its list empty or filled. It is not protected: buttons and menus write into it."""
    summary = continued.summary if continued else observations.NOT_CHECKED
    if continued and len(continued.found) > _MOST:
        summary = f"{summary} {annotated.first(_MOST)}"
    worksheet.set_row(observations.TITLE_ROW - 1, 21)
    worksheet.write_string(observations.TITLE_ROW - 1, 0, observations.TITLE, formats.title())
    worksheet.write_string(observations.SUMMARY_ROW - 1, 0, summary, formats.help())
    worksheet.set_row(HEADER_ROW - 1, 20)
    headers, widths = (*HEADERS, unit_answers.HEADER), (*WIDTHS, unit_answers.WIDTH)
    for index, (title, width) in enumerate(zip(headers, widths, strict=True)):
        worksheet.write_string(HEADER_ROW - 1, index, title, formats.header())
        # A formula that leads to the cell would show as its own text in a cell of type text.
        worksheet.set_column(index, index, width, formats.plain_text(GENERAL if index == 0 else TEXT))
    # Whoever writes the list: a place looks as the link that it is, and what a person writes below does not.
    leads = f'=AND($C{FIRST_ROW}<>"",$A{FIRST_ROW}<>"{observations.WHOLE_BOOK}",$B{FIRST_ROW}<>"{unit_answers.FORMER}")'
    rule = {"type": "formula", "criteria": leads, "format": formats.leading()}
    worksheet.conditional_format(FIRST_ROW - 1, 0, LAST_ROW - 1, 0, rule)
    key = unit_answers.KEY_COLUMN
    worksheet.write_string(HEADER_ROW - 1, key, unit_answers.KEY_HEADER, formats.header())
    worksheet.set_column(key, key, unit_answers.KEY_WIDTH, formats.plain_text(TEXT), {"hidden": True})
    keep_in_sight(worksheet, HEADER_ROW - 1, 1)
    workbook.define_name(PLACES_NAME, "=" + observations.span(HEADERS.index("Lugar")))
    workbook.define_name(SEVERITIES_NAME, "=" + observations.span(HEADERS.index("Severidad")))
    for row, one in enumerate(continued.shown if continued else (), start=FIRST_ROW - 1):
        _write_place(worksheet, row, one, formats)
        for index, text in enumerate(one.row[1:], start=1):
            worksheet.write_string(row, index, text, formats.plain_text())
    if continued:
        _write_answers(worksheet, FIRST_ROW - 1 + len(continued.shown), continued, formats)


def _write_answers(worksheet: Worksheet, row: int, continued: Continued, formats: Formats) -> None:
    """What the unit wrote in the older workbook, below the list."""
    for said, answer in continued.answers:
        for index, text in enumerate((*unit_answers.former_row(said), answer)):
            worksheet.write_string(row, index, text, formats.plain_text(GENERAL if index == 0 else TEXT))
        worksheet.write_string(row, unit_answers.KEY_COLUMN, said.key, formats.plain_text())
        row += 1
    for number, text in enumerate(continued.remarks, start=row + 1):
        worksheet.write_string(number, 0, text, formats.get(valign="top"))


def _write_place(worksheet: Worksheet, row: int, one: Observation, formats: Formats) -> None:
    """The place, as a formula that leads there. Its value is the text that the marks look for."""
    if one.target:
        formula = f'=HYPERLINK("#{one.target}","{one.place}")'
        worksheet.write_formula(row, 0, formula, formats.link(), one.place)
    else:
        worksheet.write_string(row, 0, one.place, formats.plain_text(GENERAL))


def count_observed(worksheet: Worksheet, formats: Formats, count: int = 0) -> None:
    """How many observations the sheet has, in the line above the headers; nothing where there is none."""
    counted = f'COUNTIF({PLACES_NAME},"{worksheet.get_name()}!*")'
    words = addins.say("observaciones.en-esta-hoja")
    formula = f'=IF({counted}=0,"",{counted}&" {words}")'
    worksheet.write_formula(HEADER_ROW - 2, 0, formula, formats.warning(), f"{count} {words}" if count else "")


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
    for row, texts in enumerate(catalogo_sheet.to_rows(known)):
        for index, text in enumerate(texts):
            worksheet.write_string(row, index, text)
    worksheet.hide()
    worksheet.protect()
