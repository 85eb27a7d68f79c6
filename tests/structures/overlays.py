"""What LibreOffice lays over the cells of a file, or beside them: pivot tables and scenarios.

A pivot table is computed anew from its source when a file is opened, whatever its cells say.
"""

import random
import re

from tests.structures import book as books
from tests.structures.book import MAIN, OFFICE, RELATIONS, Book, UnsuitedError, change_first, one, put, text_of
from tests.structures.kinds import kind

_TYPES = "application/vnd.openxmlformats-officedocument.spreadsheetml."
_CACHE, _TABLE = "xl/pivotCache/pivotCacheDefinition1.xml", "xl/pivotTables/pivotTable1.xml"
_HEAD = f'xmlns="{MAIN}" xmlns:r="{OFFICE}"'


def _listed(identifier: str, kind_of: str, target: str) -> str:
    return f'<Relationship Id="{identifier}" Type="{OFFICE}/{kind_of}" Target="{target}"/>'


def _relations(line: str) -> str:
    return f'<Relationships xmlns="{RELATIONS}">{line}</Relationships>'


def _cache(source: str, items: list[str], headings: tuple[str, str]) -> str:
    shared = "".join(f'<s v="{item}"/>' for item in items)
    return (
        f'<pivotCacheDefinition {_HEAD} saveData="0" refreshOnLoad="0" createdVersion="3"><cacheSource type="worksheet">'
        f'<worksheetSource ref="A1:B{len(items) + 1}" sheet="{source}"/></cacheSource><cacheFields count="2">'
        f'<cacheField name="{headings[0]}" numFmtId="0"><sharedItems count="{len(items)}">{shared}</sharedItems></cacheField>'
        f'<cacheField name="{headings[1]}" numFmtId="0"><sharedItems/></cacheField></cacheFields></pivotCacheDefinition>'
    )


def _table(location: str, count: int, name: str) -> str:
    items = "".join(f'<item x="{n}"/>' for n in range(count))
    lines = "".join(f'<i><x v="{n}"/></i>' for n in range(count))
    return (
        f'<pivotTableDefinition {_HEAD} name="P" cacheId="1" dataCaption="Values" outline="1" compact="1" compactData="1">'
        f'<location ref="{location}" firstHeaderRow="1" firstDataRow="1" firstDataCol="1"/><pivotFields count="2">'
        f'<pivotField axis="axisRow" showAll="0" defaultSubtotal="0"><items count="{count}">{items}</items></pivotField>'
        f'<pivotField dataField="1" showAll="0"/></pivotFields><rowFields count="1"><field x="0"/></rowFields>'
        f'<rowItems count="{count + 1}">{lines}<i t="grand"><x/></i></rowItems><colItems count="1"><i/></colItems>'
        f'<dataFields count="1"><dataField name="{name}" fld="1" subtotal="count"/></dataFields></pivotTableDefinition>'
    )


@kind
def pivot_table_over_the_cells(book: Book, chance: random.Random) -> str:
    """Of the first sheet's codes and descriptions, laid upon the figures of another sheet or beside them."""
    part, codes = book.sheets[1], [f"OP-0-{row}" for row in range(1, 6)]
    source = re.search(r'<sheet [^>]*?(?<= )name="([^"]*)"', text_of(book, book.main))
    if not source or _CACHE in book.parts or "</workbook>" not in book.parts[book.main]:
        raise UnsuitedError
    location = chance.choice(("B3:C9", "A1:B7", "C2:D8", "K3:L9"))
    folder, _, name = part.rpartition("/")
    change_first(
        book,
        book.relations,
        "</Relationships>",
        _listed("rIdP", "pivotCacheDefinition", f"/{_CACHE}") + "</Relationships>",
    )
    caches = f'<pivotCaches><pivotCache cacheId="1" xmlns:r="{OFFICE}" r:id="rIdP"/></pivotCaches>'
    tail = "<extLst" if "<extLst" in book.parts[book.main] else "</workbook>"
    change_first(book, book.main, tail, caches + tail)
    book.parts[f"{folder}/_rels/{name}.rels"] = _relations(_listed("rId1", "pivotTable", f"/{_TABLE}"))
    book.parts["xl/pivotTables/_rels/pivotTable1.xml.rels"] = _relations(
        _listed("rId1", "pivotCacheDefinition", f"/{_CACHE}")
    )
    book.parts[_CACHE] = _cache(source[1], codes, ("Código", "Descripción"))
    book.parts[_TABLE] = _table(location, len(codes), "Cuenta")
    types = "".join(
        f'<Override PartName="/{where}" ContentType="{_TYPES}{what}+xml"/>'
        for where, what in ((_CACHE, "pivotCacheDefinition"), (_TABLE, "pivotTable"))
    )
    change_first(book, books.CONTENT_TYPES, "</Types>", f"{types}</Types>")
    return f"{location} in {part}"


@kind
def scenario(book: Book, chance: random.Random) -> str:
    """LibreOffice makes a sheet of each, which holds its values, and calculates all formulas."""
    part = book.sheet(chance)
    match = one(chance, text_of(book, part), "</sheetData>")
    attributes = chance.choice(("", ' current="0" show="0"'))
    new = f'<scenarios{attributes}><scenario name="uno" count="1"><inputCells r="C2" val="777"/></scenario></scenarios>'
    book.parts[part] = put(book.parts[part], match, match[0] + new)
    return f"{attributes} in {part}"
