"""The sheets of an annotated copy that say what was found and repaired: a list with links, in the sheet of the template
where the workbook has it, else in a new one.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from poa_xl import observations
from poa_xl.cells import letters
from poa_xl.checking.repairs import Repair
from poa_xl.messages import annotating
from poa_xl.observations import FIRST_ROW, HEADER_ROW, HEADERS, LAST_ROW, SUMMARY_ROW, TITLE_ROW, Observation
from poa_xl.titles import REPAIRS_SHEET
from poa_xl.writers.annotated_package import Book
from poa_xl.writers.annotated_styles import Styles
from poa_xl.writers.annotated_xml import LITERAL, Node, Part, content, inline, quoted
from poa_xl.writers.formats import fitted

_LONGEST_LITERAL = 255  # of a text inside a formula
MOST = LAST_ROW - FIRST_ROW + 1
_LISTED = frozenset(map(str, range(FIRST_ROW, LAST_ROW + 1)))


@dataclass(frozen=True)
class Listing:
    """What a list shows. `rows` have the place and its target first; `most` of them are shown."""

    sheet: str
    title: str
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    summary: str
    rows: Sequence[tuple[str, str, Sequence[str]]]


def of_observations(found: Sequence[Observation], summary: str) -> Listing:
    """The list of Observaciones."""
    if len(found) > MOST:
        summary = f"{summary} {annotating.first(MOST)}"
    rows = [(one.place, one.target, one.row[1:]) for one in found[:MOST]]
    return Listing(observations.SHEET, observations.TITLE, HEADERS, observations.WIDTHS, summary, rows)


def of_repairs(repairs: Sequence[Repair]) -> Listing:
    """The list of what was repaired."""
    rows = [(r.place, r.target, (r.code, annotating.REPAIRS[r.kind], r.before, r.after)) for r in repairs]
    summary = annotating.repaired(len(repairs))
    return Listing(
        REPAIRS_SHEET, annotating.REPAIRS_TITLE, annotating.REPAIRS_HEADERS, (22, 10, 44, 50, 50), summary, rows
    )


def find(book: Book, listing: Listing) -> str:
    """The worksheet that holds such a list; '' where there is none. Others may use the name for something else."""
    tabs = {name.casefold(): name for name in book.tabs}
    for wanted in _names(listing.sheet):
        name = tabs.get(wanted.casefold(), "")
        if not name:
            return ""
        part = book.sheet_part(name)
        if part and _headers(book, part) == listing.headers:
            return name
    return ""


def _names(sheet: str) -> list[str]:
    return [sheet, *(f"{sheet} {n}" for n in range(2, 100))]


def read(book: Book, name: str, width: int) -> list[list[str]]:
    """The rows of a list as texts."""
    part = Part(book.parts[book.sheet_part(name)], _CELLS)
    rows = []
    for row in part.all("row", "sheetData"):
        number = row.attributes.get("r", "")
        if number not in _LISTED:
            continue
        cells = {c.attributes.get("r", ""): _text(part, c, book.strings) for c in part.within(row, "c")}
        if any(cells.values()):
            rows.append([cells.get(f"{letters(i)}{number}", "") for i in range(width)])
    return rows


def cells(book: Book, name: str) -> list[list[str]]:
    """The texts of all cells of a part, row by row."""
    part = Part(book.parts[name], _CELLS)
    rows = part.all("row", "sheetData")
    return [[_text(part, cell, book.strings) for cell in part.within(row, "c")] for row in rows]


def write(book: Book, listing: Listing, styles: Styles) -> str:
    """Put a list in the place of the old one; the name of its sheet."""
    name = find(book, listing)
    if name:
        _refill(book, book.sheet_part(name), listing)
        return name
    tabs = {name.casefold() for name in book.tabs}  # capitals make no other name
    name = next(n for n in _names(listing.sheet) if n.casefold() not in tabs)
    book.add_sheet(name, _new_sheet(book, listing, styles))
    return name


_CELLS = ("sheetData", "row", "c", "v", "f", "is", "t", "cols", "col", "dimension")


def _text(part: Part, cell: Node, strings: list[str]) -> str:
    values = part.within(cell, "v")
    kind = cell.attributes.get("t", "")
    if kind == "inlineStr":
        return "".join(part.text(t) for t in part.within(cell, "t"))
    text = part.text(values[0]) if values else ""
    if not text:  # a program that does not calculate keeps no values: the link says it too
        literals = [LITERAL.findall(part.text(f)) for f in part.within(cell, "f")]
        return literals[0][-1].replace('""', '"') if literals and literals[0] else ""
    if kind == "s":
        return strings[int(text)] if text.isdigit() and int(text) < len(strings) else ""
    return text


def _headers(book: Book, part: str) -> tuple[str, ...]:
    sheet = Part(book.parts[part], _CELLS)
    cells = {c.attributes.get("r"): c for c in sheet.all("c")}
    found = [cells.get(f"{letters(i)}{HEADER_ROW}") for i in range(len(HEADERS))]
    return tuple(_text(sheet, cell, book.strings) if cell else "" for cell in found)


def _refill(book: Book, name: str, listing: Listing) -> None:
    """Take the old rows away and put the new ones in the looks of the columns, which are the template's."""
    part = Part(book.parts[name], _CELLS)
    looks = _looks(part)
    (data,) = part.all("sheetData")
    at = data.close
    for row in part.all("row", "sheetData"):
        number = int(row.attributes.get("r", "0"))
        if number >= FIRST_ROW:
            at = min(at, row.start)
        if FIRST_ROW <= number <= LAST_ROW or number > LAST_ROW:
            part.replace(row, "")
        if number == SUMMARY_ROW:
            _summarise(part, row, listing.summary)
    rows = _rows(listing, [looks.get(i, "") for i in range(len(listing.headers))])
    if data.inner == data.end:
        part.append(data, rows)
    else:
        part.insert(at, rows)
    for dimension in part.all("dimension"):
        part.set_attribute(dimension, "ref", f"A1:E{HEADER_ROW + len(listing.rows)}")
    book.parts[name] = part.done()


def _summarise(part: Part, row: Node, text: str) -> None:
    address = f"A{SUMMARY_ROW}"
    for cell in part.within(row, "c"):
        if cell.attributes.get("r") == address:
            part.replace(cell, inline(address, fitted(text), cell.attributes.get("s", "")))


def _looks(part: Part) -> dict[int, str]:
    """Column -> the style that its column has."""
    found = {}
    for col in part.all("col", "cols"):
        for place in range(max(int(col.attributes["min"]), 1) - 1, min(int(col.attributes["max"]), len(HEADERS))):
            found[place] = col.attributes.get("style", "")
    return found


def _rows(listing: Listing, looks: Sequence[str]) -> str:
    return "".join(
        f'<row r="{number}">{_row(number, row, looks)}</row>'
        for number, row in enumerate(listing.rows, start=FIRST_ROW)
    )


def _row(number: int, row: tuple[str, str, Sequence[str]], looks: Sequence[str]) -> str:
    place, target, texts = row
    cells = [inline(f"{letters(i)}{number}", fitted(text), looks[i]) for i, text in enumerate(texts, start=1)]
    return _link(f"A{number}", place, target, looks[0]) + "".join(cells)


def _link(address: str, place: str, target: str, style: str) -> str:
    """The place, as a formula that leads there, as the buttons write it. Names of sheets are inside quotes."""
    literals = [text.replace('"', '""') for text in (f"#{target}", place)]
    if not target or max(map(len, literals)) > _LONGEST_LITERAL:
        return inline(address, place, style)
    look = f' s="{style}"' if style else ""
    formula = content('HYPERLINK("{}","{}")'.format(*literals))
    return f'<c r="{address}"{look} t="str"><f>{formula}</f><v>{content(place)}</v></c>'


def _new_sheet(book: Book, listing: Listing, styles: Styles) -> str:
    title, help_, header, link, text = (styles.of(name) for name in ("title", "help", "header", "link", "text"))
    looks = [link, *[text] * (len(listing.headers) - 1)]
    styled = [f' style="{look}"' if look else "" for look in looks]
    columns = "".join(
        f'<col min="{i + 1}" max="{i + 1}" width="{w}.7109375"{styled[i]} customWidth="1"/>'
        for i, w in enumerate(listing.widths)
    )
    headers = "".join(inline(f"{letters(i)}{HEADER_ROW}", h, header) for i, h in enumerate(listing.headers))
    pane = (
        f'<pane xSplit="1" ySplit="{HEADER_ROW}" topLeftCell="B{FIRST_ROW}" activePane="bottomRight" state="frozen"/>'
    )
    return (
        f'<worksheet xmlns="{quoted(book.main_space)}"><dimension ref="A1:E{HEADER_ROW + len(listing.rows)}"/>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}<selection pane="bottomRight"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
        f'<row r="{TITLE_ROW}" ht="21" customHeight="1">{inline(f"A{TITLE_ROW}", listing.title, title)}</row>'
        f'<row r="{SUMMARY_ROW}">{inline(f"A{SUMMARY_ROW}", fitted(listing.summary), help_)}</row>'
        f'<row r="{HEADER_ROW}" ht="20.25" customHeight="1">{headers}</row>{_rows(listing, looks)}</sheetData>'
        '<pageMargins left="0.7" right="0.7" top="0.75" bottom="0.75" header="0.3" footer="0.3"/></worksheet>'
    )
