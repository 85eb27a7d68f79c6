"""How sheets print, and what programs are told not to warn of in them."""

from xlsxwriter.worksheet import Worksheet

LETTER, OFICIO = 1, 14  # Excel's numbers of the paper sizes: Carta, and 8.5 × 13 inches
_EVERYTHING = "A1:XFD1048576"
_NUMBERED = "&RPágina &P de &N"
NAME = "&A"  # of the sheet, in a footer
ASIDE, ABOVE, BELOW = 0.4, 0.5, 0.6  # inches of margin


def lay(worksheet: Worksheet, paper: int = LETTER, pages_wide: int = 1, pages_tall: int = 0) -> None:
    """The paper, landscape, all columns on `pages_wide` pages and, unless 0, all rows on `pages_tall`."""
    worksheet.set_landscape()
    worksheet.set_paper(paper)
    worksheet.fit_to_pages(pages_wide, pages_tall)


def stand_on_one(worksheet: Worksheet, paper: int = LETTER) -> None:
    """Portrait, and all of the sheet on one page."""
    worksheet.set_portrait()
    worksheet.set_paper(paper)
    worksheet.fit_to_pages(1, 1)


def pixels(width: float) -> int:
    """How wide a column of so many characters is on the screen, in the font of our workbooks."""
    return int(width * 7 + 5)


def set_up(
    worksheet: Worksheet,
    left: str,
    centre: str = NAME,
    *,
    paper: int = LETTER,
    pages_wide: int = 1,
    pages_tall: int = 0,
    aside: float = ASIDE,
    above: float = ABOVE,
    below: float = BELOW,
) -> None:
    """The page of a sheet that prints: its paper, its margins in inches, its footer with the pages numbered; no grid.

    `left` and `centre` are of the footer, in its code: a text of others goes through `in_footer`.
    """
    lay(worksheet, paper, pages_wide, pages_tall)
    worksheet.set_margins(left=aside, right=aside, top=above, bottom=below)
    worksheet.set_footer(f"&L{left}&C{centre}{_NUMBERED}")
    worksheet.hide_gridlines(2)


def in_footer(text: str) -> str:
    """A text as it stands in a footer: «&» starts a code there, and doubled is itself."""
    return text.replace("&", "&&")


def without_warnings(worksheet: Worksheet, cells: str = _EVERYTHING, *, formulas: bool = True) -> None:
    """No green corners: a code made of digits is a text on purpose, and (`formulas`) a sum takes the cells it means."""
    ignored = {"number_stored_as_text": cells}
    worksheet.ignore_errors({**ignored, "formula_range": cells} if formulas else ignored)


def keep_in_sight(worksheet: Worksheet, header: int, columns: int = 0, *, printed: bool = True) -> None:
    """Keep a row of titles (from 0) and the first columns in sight, and (`printed`) print that row on every page."""
    worksheet.freeze_panes(header + 1, columns)
    if printed:
        worksheet.repeat_rows(header)
