"""What the guards do with a stranger's text grows with its size: twice as much takes about twice as long.

By the ratio of two sizes in one run, the best of several: no test knows how fast the machine is. Work that grows with
the square takes four times as long, and of the sizes here some minutes.
"""

import time
from collections.abc import Callable

import pytest

from poa_xl import guards
from poa_xl.guards import DEFAULT, RefusedError
from tests import packages
from tests.packages import MAIN, RELATIONS, STRINGS, TASKS, Parts, replaced, together, with_part, with_row

pytestmark = pytest.mark.slow
MOST, TIMES, ATTEMPTS = 3.0, 3, 4
OFFICE = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = b"http://schemas.openxmlformats.org/package/2006/relationships"
Make = Callable[[Parts, int], bytes]


@pytest.fixture(scope="module")
def parts(tmp_path_factory: pytest.TempPathFactory) -> Parts:
    return packages.small(tmp_path_factory.mktemp("small"))


def _cell(attributes: bytes, formula: bytes = b"") -> bytes:
    return b'<row r="9"><c r="A9"%s>%s<v>#N/A</v></c></row>' % (attributes, formula)


def _links(parts: Parts, count: int) -> bytes:
    """Many links to other files, all by one part, which names as many."""
    one = b'<Relationship Id="e%d" Type="%s/externalLink" Target="externalLinks/externalLink1.xml"/>'
    listed = b"".join(one % (n, OFFICE) for n in range(count // 50))
    other = b'<Relationship Id="x%d" TargetMode="External" Target="file:///C:/%d.xlsx" Type="%s/externalLinkPath"/>'
    inner = b"".join(other % (n, n, OFFICE) for n in range(count))
    return together(
        {
            **parts,
            RELATIONS: parts[RELATIONS].replace(b"</Relationships>", listed + b"</Relationships>"),
            "xl/externalLinks/externalLink1.xml": b"<externalLink/>",
            "xl/externalLinks/_rels/externalLink1.xml.rels": b'<Relationships xmlns="%s">%s</Relationships>' % (PACKAGE, inner),
        }
    )  # fmt: skip


def _shared(parts: Parts, count: int) -> bytes:
    rows = b"".join(
        b'<row r="%d"><c r="ZA%d"><f t="shared" si="%d" ref="ZA%d:ZB%d">1+1</f><v>2</v></c><c r="ZB%d"><f t="shared" si="%d"/><v>2</v></c></row>'
        % (n, n, n, n, n, n, n)
        for n in range(10, count + 10)
    )
    return with_row(parts, rows)


GROWING: list[tuple[str, int, Make]] = [
    ("attributes of a formula in an error cell", 40_000, lambda p, n: with_row(p, _cell(b' t="e"', b"<f" + b' t="s"' * n + b">1</f>"))),
    ("a long formula in an error cell", 40_000, lambda p, n: with_row(p, _cell(b' t="e"', b"<f>" + b' t="s"' * (n // 4) + b"</f>"))),
    ("blanks in the tag of a cell", 200_000, lambda p, n: with_row(p, _cell(b' t="e"' + b" " * n))),
    ("many error cells", 10_000, lambda p, n: with_row(p, b"".join(b'<row r="%d"><c r="A%d" t="e"><v>#ODD!</v></c></row>' % (r, r) for r in range(9, n)))),
    ("formulas that cells share", 4_000, _shared),
    ("texts", 100_000, lambda p, n: replaced(p, STRINGS, b"</sst>", b"<si><t>x y</t></si>" * n + b"</sst>")),
    ("texts in runs", 20_000, lambda p, n: replaced(p, STRINGS, b"</sst>", b"<si><r><t>x</t></r><r><t> y</t></r></si>" * n + b"</sst>")),
    ("runs of one text", 50_000, lambda p, n: replaced(p, STRINGS, b"</sst>", b"<si>" + b"<r><t>x</t></r>" * n + b"</si></sst>")),
    ("references in a text", 8_000, lambda p, n: replaced(p, STRINGS, b"</sst>", b"<si><t>" + b"&amp;" * n + b"</t></si></sst>")),
    ("blanks in the view of the workbook", 200_000, lambda p, n: replaced(p, MAIN, b"<workbookView ", b"<workbookView " + b" " * n)),
    ("blanks in the declaration of a part", 200_000, lambda p, n: with_part(p, TASKS, b'<?xml version="1.0"' + b" " * n + b"?>" + p[TASKS])),
    ("links", 20_000, _links),
    ("columns with a format", 40_000, lambda p, n: replaced(p, TASKS, b"<sheetData>", b"<cols>" + b'<col min="1" max="16384" style="1"/>' * n + b"</cols><sheetData>")),
]  # fmt: skip


def seconds(content: bytes) -> float:
    best = float("inf")
    for _ in range(TIMES):
        start = time.process_time()
        try:
            package = guards.opened(content, DEFAULT)
            guards.contents(package, DEFAULT)
        except RefusedError:  # what counts is how long it takes to say so
            pass
        best = min(best, time.process_time() - start)
    return best


@pytest.mark.parametrize(("size", "make"), [g[1:] for g in GROWING], ids=[g[0] for g in GROWING])
def test_twice_as_much_takes_about_twice_as_long(size: int, make: Make, parts: Parts) -> None:
    half, whole = make(parts, size // 2), make(parts, size)
    assert len(half) != len(whole)
    ratios = []
    for _ in range(ATTEMPTS):  # a busy machine may spoil one
        ratios.append(seconds(whole) / seconds(half))
        if ratios[-1] < MOST:
            return
    raise AssertionError(ratios)
