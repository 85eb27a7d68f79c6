"""What a unit wrote in our sheets, in two versions of its workbook. Our own list is not compared: it is computed."""

from collections import Counter
from collections.abc import Iterator

from poa_xl import cells, unit_answers
from poa_xl.comparison.result import CellChange, LoneRow, SheetChanges
from poa_xl.findings import Remark
from poa_xl.messages import comparison as words
from poa_xl.observations import HEADERS
from poa_xl.reading import Book
from poa_xl.reading.book import ListAnswer

_PLACE, _CODE = HEADERS[0], HEADERS[2]


def compare(a: Book, b: Book) -> list[SheetChanges]:
    """What differs, by sheet: answers, and what else stands there."""
    old, new = a.written, b.written
    names = dict.fromkeys(one.hoja for side in (old, new) for one in side.answers)
    names |= dict.fromkeys(one.hoja for side in (old, new) for one in side.remarks)
    return [
        SheetChanges(
            name,
            tuple(_only([r for r in new.remarks if r.hoja == name], [r for r in old.remarks if r.hoja == name])),
            tuple(_only([r for r in old.remarks if r.hoja == name], [r for r in new.remarks if r.hoja == name])),
            tuple(_changed([x for x in old.answers if x.hoja == name], [x for x in new.answers if x.hoja == name])),
        )
        for name in names
    ]


def _changed(old: list[ListAnswer], new: list[ListAnswer]) -> Iterator[CellChange]:
    which = unit_answers.pairs([one.said for one in old], [one.said for one in new])
    back = {other: old[one] for one, other in which.items()}
    for number, after in enumerate(new):
        before = back.get(number)
        if before is None or before.texto != after.texto:
            yield _cell(after, before, after)
    for number, gone in enumerate(old):
        if number not in which:
            yield _cell(gone, gone, None)


def _cell(answer: ListAnswer, before: ListAnswer | None, after: ListAnswer | None) -> CellChange:
    return CellChange(
        before.celda if before else "",
        after.celda if after else "",
        unit_answers.HEADER,
        ((_PLACE, unit_answers.place_of(answer.said)), (_CODE, answer.said.code)),
        before.texto if before else None,
        after.texto if after else None,
    )


def _only(own: list[Remark], others: list[Remark]) -> Iterator[LoneRow]:
    """The remarks that the others do not have, wherever they stand."""
    there = Counter(r.texto for r in others)
    for remark in own:
        there[remark.texto] -= 1
        if there[remark.texto] < 0:
            yield LoneRow(cells.row_of(remark.celda), ((words.LOOSE_TEXT, remark.texto),), celda=remark.celda)
