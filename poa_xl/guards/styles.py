"""Which of a workbook's cell formats show a date, made anew: calamine needs that, and no more of styles.

Which of them show something beside a number, a percentage or another currency, is for the reader of the cells.
"""

from dataclasses import dataclass, field

from poa_xl.bounded_cache import remembered
from poa_xl.guards import format_marks, number_formats
from poa_xl.guards.limits import Limits
from poa_xl.guards.outline import Outline, Reader
from poa_xl.guards.refused import ambiguous
from poa_xl.guards.worksheets import BLANKS

_FORMAT, _CELL = "styleSheet/numFmts/numFmt", "styleSheet/cellXfs/xf"
_OUTLINE = Outline(
    root="styleSheet",
    read=frozenset({"styleSheet/numFmts", _FORMAT, "styleSheet/cellXfs", _CELL}),
    only=frozenset({"numFmts", "cellXfs"}),
    once=frozenset({"styleSheet/numFmts", "styleSheet/cellXfs"}),
    closed={"styleSheet/numFmts": frozenset(), "styleSheet/cellXfs": frozenset()},
)
# The formats of the file format's own that calamine gets for each kind.
_FOR_CALAMINE = {number_formats.DATE: 22, number_formats.DURATION: 46, number_formats.NUMBER: 0}


@dataclass(frozen=True)
class CellFormats:
    """The formats of cells as calamine gets them, and the numbers of those that show a date or a duration.

    `marked` are those that may show a percentage or another currency: number -> what the format says.
    """

    xml: bytes = b""
    dated: frozenset[int] = frozenset()
    marked: dict[int, str] = field(default_factory=dict)


NONE = CellFormats()


@remembered(most=16, longest=200_000)  # the workbooks of one template have the same formats
def read(xml: bytes, limits: Limits) -> CellFormats:
    """The formats of a part. RefusedError where it is broken or can be read in two ways."""
    own: dict[int, str] = {}  # what the workbook's own formats show, by their number
    codes: dict[int, str] = {}
    cells: list[int] = []

    def start(path: str, attributes: dict[str, str]) -> None:
        if path == _FORMAT:
            kind, number = number_formats.of_code(attributes.get("formatCode", "")), _number(attributes)
            if own.setdefault(number, kind) != kind or number_formats.contradicts(number, kind):
                raise ambiguous("repetido", f"numFmt {number}")
            codes.setdefault(number, attributes.get("formatCode", ""))
        elif path == _CELL:
            cells.append(_number(attributes))
            if cells[-1] not in own and number_formats.is_uncertain(cells[-1]):
                raise ambiguous("formato", str(cells[-1]))

    Reader(_OUTLINE, limits, start).run(xml)
    kinds = [own[n] if n in own else number_formats.of_built_in(n) for n in cells]
    formats = "".join(f'<xf numFmtId="{_FOR_CALAMINE[kind]}"/>' for kind in kinds)
    made = f"<styleSheet><cellXfs>{formats}</cellXfs></styleSheet>"
    written = {n: codes.get(number, "") or format_marks.written_out(number) for n, number in enumerate(cells)}
    marked = {n: code for n, code in written.items() if format_marks.may_mark(code)}
    return CellFormats(made.encode(), frozenset(n for n, k in enumerate(kinds) if k != number_formats.NUMBER), marked)


def _number(attributes: dict[str, str]) -> int:
    text = attributes.get("numFmtId", "0").strip(BLANKS)
    if not (text.isascii() and text.isdecimal() and len(text) <= 9):
        raise ambiguous("formato", text)
    return int(text)
