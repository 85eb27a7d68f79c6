"""The sheets of an annotated copy that say what was found and repaired: a list with links, in the sheet of the template
where the workbook has it, else in a new one. What the unit wrote in it is carried, cell by cell as it stands.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from poa_xl import observations, unit_answers
from poa_xl.cells import letters, place_of
from poa_xl.checking.repairs import Repair
from poa_xl.guards.limits import LARGEST_AREA
from poa_xl.messages import annotated
from poa_xl.names import REPAIRS_SHEET
from poa_xl.observations import FIRST_ROW, HEADER_ROW, HEADERS, SUMMARY_ROW, TITLE_ROW, Observation
from poa_xl.ooxml.splice import LITERAL, Edit, Element, MarkupError, XmlPart, content, inline, quoted
from poa_xl.reading import Grid, our_lists
from poa_xl.unit_answers import KEY_COLUMN, MOST, ListRow
from poa_xl.writers.annotated.package import WorkbookCopy
from poa_xl.writers.annotated.styles import Styles
from poa_xl.writers.xlsx.formats import fitted
from poa_xl.writers.xlsx.page import ABOVE, ASIDE, BELOW, LETTER

_LONGEST_LITERAL = 255  # of a text inside a formula


@dataclass(frozen=True)
class Listing:
    """What a list shows: a row each for `found`, in the columns of `headers` with their widths.

    `more` are columns of ours beside these: column from 0 -> title, width.
    """

    sheet: str
    title: str
    headers: tuple[str, ...]
    widths: tuple[int, ...]
    summary: str
    found: Sequence[Observation]
    more: Mapping[int, tuple[str, int]] = field(default_factory=dict)

    def rows(self, there: unit_answers.OurList) -> unit_answers.WrittenList:
        """Its rows, with what the unit wrote in the sheet."""
        if self.sheet == REPAIRS_SHEET:
            return unit_answers.write(there, self.found, lambda said: said.row)
        return unit_answers.write(there, self.found)


_NOTHING = unit_answers.OurList([], [])


def of_observations(found: Sequence[Observation], summary: str) -> Listing:
    """The list of Observaciones."""
    if len(found) > MOST:
        summary = f"{summary} {annotated.first(MOST)}"
    more = {
        unit_answers.COLUMN: (unit_answers.HEADER, unit_answers.WIDTH),
        KEY_COLUMN: (unit_answers.KEY_HEADER, unit_answers.KEY_WIDTH),
    }
    return Listing(observations.SHEET, observations.TITLE, HEADERS, observations.WIDTHS, summary, found, more)


def of_repairs(repairs: Sequence[Repair]) -> Listing:
    """The list of what was repaired."""
    rows = [observations.from_row([r.place, r.code, annotated.REPAIRS[r.kind], r.before, r.after]) for r in repairs]
    headers, summary = annotated.REPAIRS_HEADERS, annotated.repaired(len(repairs))
    return Listing(REPAIRS_SHEET, annotated.REPAIRS_TITLE, headers, (22, 10, 44, 50, 50), summary, rows)


def find(book: WorkbookCopy, listing: Listing) -> str:
    """The worksheet that holds such a list; '' where there is none. Others may use the name for something else."""
    tabs = {name.casefold(): name for name in book.tabs}
    for wanted in _names(listing.sheet):
        name = tabs.get(wanted.casefold(), "")
        if not name:
            return ""
        part = book.sheet_part(name)
        if part and our_lists.is_one(name, _Cells(book, part).grid):
            return name
    return ""


def _names(sheet: str) -> list[str]:
    return [sheet, *(f"{sheet} {n}" for n in range(2, 100))]


def read(book: WorkbookCopy, name: str) -> unit_answers.OurList:
    """What the sheet of a list holds."""
    return our_lists.read(name, _Cells(book, book.sheet_part(name)).grid)


def cells(book: WorkbookCopy, name: str) -> list[list[str]]:
    """The texts of all cells of a part, row by row."""
    part = XmlPart(book.parts[name], _NAMES)
    rows = part.all("row", "sheetData")
    return [[_text(part, cell, book.strings) for cell in part.within(row, "c")] for row in rows]


def write(book: WorkbookCopy, listing: Listing, styles: Styles) -> tuple[str, list[Observation]]:
    """Put a list in the place of the old one; the name of its sheet, and what of all that was found it shows."""
    name = find(book, listing)
    if name:
        return name, _refill(book, name, listing)
    tabs = {name.casefold() for name in book.tabs}  # capitals make no other name
    name = next(n for n in _names(listing.sheet) if n.casefold() not in tabs)
    written = listing.rows(_NOTHING)
    book.add_sheet(name, _new_sheet(book, listing, written.rows, styles))
    return name, written.shown


_NAMES = ("sheetData", "row", "c", "v", "f", "is", "t", "cols", "col", "dimension", "mergeCells", "mergeCell")
_NUMBER = re.compile(r"[0-9]+")
_WIDEST = KEY_COLUMN + 1


def _text(part: XmlPart, cell: Element, strings: list[str]) -> str:
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


class _Cells:
    """The cells of a sheet by their places: Excel row, column from 0."""

    def __init__(self, book: WorkbookCopy, part: str) -> None:
        self.part, self._strings = XmlPart(book.parts[part], _NAMES), book.strings
        self.rows: dict[int, Element] = {}
        self.nodes: dict[unit_answers.Place, Element] = {}
        number = 0
        for row in self.part.all("row", "sheetData"):
            number = int(row.attributes.get("r", number + 1))
            self.rows[number] = row
            column = -1
            for cell in self.part.within(row, "c"):
                column = place_of(cell.attributes["r"]) if "r" in cell.attributes else column + 1
                self.nodes[number, column] = cell

    @property
    def grid(self) -> Grid:
        """Their texts from A1 on. MarkupError where they stand too far apart."""
        widths = {row: column + 1 for row, column in sorted(self.nodes)}
        if max(widths, default=0) + sum(widths.values()) > LARGEST_AREA:
            raise MarkupError(unit_answers.HEADER)
        found: Grid = [[] for _ in range(max(widths, default=0))]
        for (number, column), node in sorted(self.nodes.items()):
            text = self._said(node)
            if text:
                found[number - 1] += [""] * (column - len(found[number - 1])) + [text]
        return found

    def _said(self, node: Element) -> str:
        """A text; of a formula that was never calculated the formula, for it is no blank."""
        text = _text(self.part, node, self._strings)
        return text or "".join(f"={self.part.text(formula)}" for formula in self.part.within(node, "f")[:1])

    def moved(self, place: unit_answers.Place, to: str) -> bytes:
        """A cell as it stands, at another address; one whose formula is shared with others as its value."""
        node = self.nodes[place]
        formulas, look = self.part.within(node, "f"), node.attributes.get("s", "")
        if any("t" in formula.attributes for formula in formulas):
            return self.part.own(inline(to, self._said(node), look))
        element = self.part.without(node, "r")
        head = re.match(rb"<[^\s/>]++", element)
        at = head.end() if head else 0
        return element[:at] + f' r="{to}"'.encode() + element[at:]


def _refill(book: WorkbookCopy, name: str, listing: Listing) -> list[Observation]:
    """Take the old rows away and put the new ones in the looks of the columns, which are the template's."""
    there = _Cells(book, book.sheet_part(name))
    part, grid = there.part, there.grid
    written = listing.rows(our_lists.read(name, grid))
    more = {column: one for column, one in listing.more.items() if written.keyed or column != KEY_COLUMN}
    looks = _looks(part)
    (data,) = part.all("sheetData")
    at = data.close
    for number, row in there.rows.items():
        if number >= FIRST_ROW:
            at = min(at, row.start)
            part.replace(row, "")
    for cell in [there.nodes[SUMMARY_ROW, 0]] if (SUMMARY_ROW, 0) in there.nodes else []:
        part.replace(cell, inline(f"A{SUMMARY_ROW}", fitted(listing.summary), cell.attributes.get("s", "")))
    _put_headers(there, more, grid[HEADER_ROW - 1])
    _put_columns(part, more)
    _part_cells(part)
    part.edits.append(Edit(at, at, b"".join(_row(row, looks, there, written.keyed) for row in written.rows)))
    width = max([len(HEADERS), *(column + 1 for column in more), *(len(row) for row in grid)])
    last = max([HEADER_ROW, *(row.number for row in written.rows)])
    for dimension in part.all("dimension"):
        part.set_attribute(dimension, "ref", f"A1:{letters(width - 1)}{last}")
    book.parts[book.sheet_part(name)] = part.done()
    return written.shown


def _part_cells(part: XmlPart) -> None:
    """Take merged cells of the list apart: what goes to their place would be hidden."""
    for node in part.all("mergeCells"):
        merged = part.within(node, "mergeCell")
        gone = [m for m in merged if any(int(n) >= FIRST_ROW for n in _NUMBER.findall(m.attributes.get("ref", "")))]
        if len(gone) == len(merged):
            part.replace(node, "")
            continue
        for one in gone:
            part.replace(one, "")
        part.set_attribute(node, "count", str(len(merged) - len(gone)))


def _put_headers(there: _Cells, more: Mapping[int, tuple[str, int]], titled: Sequence[object]) -> None:
    """Titles of the columns that a list of before did not have; what a person wrote there stays."""
    look = there.nodes[HEADER_ROW, len(HEADERS) - 1].attributes.get("s", "")
    for column, (title, _) in more.items():
        if column < len(titled) and titled[column]:
            continue
        cell = inline(f"{letters(column)}{HEADER_ROW}", title, look)
        blank = there.nodes.get((HEADER_ROW, column))
        if blank:
            there.part.replace(blank, cell)
        else:
            before = max(c for row, c in there.nodes if row == HEADER_ROW and c < column)
            there.part.insert(there.nodes[HEADER_ROW, before].end, cell)


def _put_columns(part: XmlPart, more: Mapping[int, tuple[str, int]]) -> None:
    """The widths of these columns, where the sheet does not say them."""
    spans = [(int(c.attributes["min"]), int(c.attributes["max"]), c) for c in part.all("col", "cols")]
    if not spans:
        return
    before = max((s for s in spans if s[0] <= len(HEADERS)), default=spans[0], key=lambda s: s[0])
    look = before[2].attributes.get("style", "")
    for column, (_, width) in more.items():
        if not any(first <= column + 1 <= last for first, last, _ in spans):
            at = max((node.end for first, _, node in spans if first <= column), default=spans[0][2].start)
            part.insert(at, _column(column, width, look))


def _column(column: int, width: int, look: str) -> str:
    """A column's width and look; that of the keys is hidden."""
    style = f' style="{look}"' if look else ""
    hidden = ' hidden="1"' if column == KEY_COLUMN else ""
    number = column + 1
    return f'<col min="{number}" max="{number}" width="{width}.7109375"{style}{hidden} customWidth="1"/>'


def _looks(part: XmlPart) -> dict[int, str]:
    """Column -> the style that its column has."""
    found = {}
    for col in part.all("col", "cols"):
        for place in range(max(int(col.attributes["min"]), 1) - 1, min(int(col.attributes["max"]), _WIDEST)):
            found[place] = col.attributes.get("style", "")
    return found


def _row(row: ListRow, looks: dict[int, str], there: _Cells | None, keyed: bool) -> bytes:
    """A row of the list; the cells of the unit come from where they are."""
    number = row.number
    cells = {
        place: inline(f"{letters(place)}{number}", fitted(t), looks.get(place, "")) for place, t in enumerate(row.own)
    }
    if row.own:
        cells[0] = _link(f"A{number}", row.own[0], row.target, looks.get(0, ""), looks.get(1, ""))
    if row.key and keyed:
        cells[KEY_COLUMN] = inline(f"{letters(KEY_COLUMN)}{number}", row.key, looks.get(KEY_COLUMN, ""))
    own = there.part.own if there else str.encode
    made = {place: own(cell) for place, cell in cells.items()}
    if there:
        made |= {place: there.moved(source, f"{letters(place)}{number}") for place, source in row.kept.items()}
    return own(f'<row r="{number}">') + b"".join(made[place] for place in sorted(made)) + own("</row>")


def _link(address: str, place: str, target: str, style: str, plain: str) -> str:
    """The place, as a formula that leads there, as the buttons write it. Names of sheets are inside quotes."""
    literals = [text.replace('"', '""') for text in (f"#{target}", place)]
    if not target or max(map(len, literals)) > _LONGEST_LITERAL:
        return inline(address, place, plain)
    look = f' s="{style}"' if style else ""
    formula = content('HYPERLINK("{}","{}")'.format(*literals))
    return f'<c r="{address}"{look} t="str"><f>{formula}</f><v>{content(place)}</v></c>'


def _new_sheet(book: WorkbookCopy, listing: Listing, written: Sequence[ListRow], styles: Styles) -> str:
    title, help_, header, link, text = (styles.of(name) for name in ("title", "help", "header", "link", "text"))
    widths = {**dict(enumerate(listing.widths)), **{column: width for column, (_, width) in listing.more.items()}}
    titles = {**dict(enumerate(listing.headers)), **{column: title for column, (title, _) in listing.more.items()}}
    looks = {0: link, **dict.fromkeys([column for column in widths if column], text)}
    rows = [_row(row, looks, None, True).decode() for row in written]
    last = f"{letters(max(widths))}{HEADER_ROW + len(rows)}"
    columns = "".join(_column(column, width, looks[column]) for column, width in widths.items())
    headers = "".join(inline(f"{letters(i)}{HEADER_ROW}", h, header) for i, h in titles.items())
    pane = (
        f'<pane xSplit="1" ySplit="{HEADER_ROW}" topLeftCell="B{FIRST_ROW}" activePane="bottomRight" state="frozen"/>'
    )
    return (
        f'<worksheet xmlns="{quoted(book.main_space)}">'
        f'<sheetPr><pageSetUpPr fitToPage="1"/></sheetPr><dimension ref="A1:{last}"/>'
        f'<sheetViews><sheetView workbookViewId="0">{pane}<selection pane="bottomRight"/></sheetView></sheetViews>'
        f'<sheetFormatPr defaultRowHeight="15"/><cols>{columns}</cols><sheetData>'
        f'<row r="{TITLE_ROW}" ht="21" customHeight="1">{inline(f"A{TITLE_ROW}", listing.title, title)}</row>'
        f'<row r="{SUMMARY_ROW}">{inline(f"A{SUMMARY_ROW}", fitted(listing.summary), help_)}</row>'
        f'<row r="{HEADER_ROW}" ht="20.25" customHeight="1">{headers}</row>{"".join(rows)}</sheetData>'
        f'<pageMargins left="{ASIDE}" right="{ASIDE}" top="{ABOVE}" bottom="{BELOW}" header="0.3" footer="0.3"/>'
        f'<pageSetup paperSize="{LETTER}" fitToHeight="0" orientation="landscape"/>'
        "<headerFooter><oddFooter>&amp;C&amp;A&amp;RPágina &amp;P de &amp;N</oddFooter></headerFooter></worksheet>"
    )
