"""A copy of a person's own workbook with what was observed in it: the list, links, notes and colours.

Nothing is written anew but the parts of the file that hold these. openpyxl was tried for it: it drops the values of all
formulas, the marks against green corners and parts of charts. All other parts stay byte for byte, and in the parts that
change, all bytes but those of the change.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from types import MappingProxyType
from typing import NamedTuple

from poa_xl import guards, observations
from poa_xl.checking.repairs import Repair
from poa_xl.guards import Limits
from poa_xl.guards.markup import of_encoding
from poa_xl.messages import annotated
from poa_xl.messages.active_content import SIGNATURE, not_carried
from poa_xl.observations import Observation
from poa_xl.ooxml.encoding import EncodingError
from poa_xl.ooxml.splice import ODD, MarkupError
from poa_xl.writers.annotated import (
    active_content,
    macros,
    marks,
    notes as annotated_notes,
    repairs as annotated_repairs,
    sheets,
    signature,
    text_lengths,
)
from poa_xl.writers.annotated.package import WorkbookCopy
from poa_xl.writers.annotated.styles import Styles


def repair(
    content: bytes,
    repairs: Sequence[Repair],
    limits: Limits = guards.DEFAULT,
    inputs: Mapping[str, Collection[str]] = MappingProxyType({}),
) -> tuple[bytes, list[Repair]]:
    """The bytes of a workbook with repairs, and those that could be done. MarkupError where it cannot be changed.

    Values of formulas that a repair may have made untrue go; those in `inputs`, the letters of the columns that are
    read, by sheet, are what was judged, and stay.
    """
    with _odd_markup_told():
        book = WorkbookCopy(content, limits)
        done = annotated_repairs.apply(book, repairs, inputs)
        return book.done(), done


@contextmanager
def _odd_markup_told() -> Iterator[None]:
    """Whatever in a workbook's XML is not as it should be is one error, and says of what kind."""
    try:
        yield
    except ODD as error:
        raise MarkupError(str(error)) from error
    except EncodingError as error:
        raise of_encoding(error) from error


class Made(NamedTuple):
    """A copy. `modules`: for how many sheets our macros are wanted, if any; `left_out`: what it goes without."""

    content: bytes
    modules: int
    left_out: str


def make(
    content: bytes,
    found: Sequence[Observation],
    summary: str,
    repairs: Sequence[Repair] = (),
    limits: Limits = guards.DEFAULT,
    project: bytes = b"",
) -> Made:
    """The copy of a workbook. Of an annotated copy, the old list, notes and marks go first.

    What acts in it and is not ours goes too. `project` are our own macros, where it has them: `modules` says for how
    many sheets.
    MarkupError for a workbook that cannot be changed in places, RefusedError for what is none.
    """
    with _odd_markup_told():
        book = WorkbookCopy(content, limits)
        count = macros.modules(book)
        said = [not_carried(book.active.items)]
        active_content.strip(book, project)
        said += [SIGNATURE if signature.drop(book) else "", annotated.cut(text_lengths.cut(book))]
        left_out = " ".join(filter(None, said))
        copied = _annotated(book, found, " ".join(filter(None, (summary, left_out))), repairs)
        return Made(copied, count, left_out)


def _annotated(book: WorkbookCopy, found: Sequence[Observation], summary: str, repairs: Sequence[Repair]) -> bytes:
    styles = Styles(book)
    listing = sheets.of_observations(found, summary)
    old = _listed(book, listing)
    name, shown = sheets.write(book, listing, styles)
    lists = [name]
    repaired = sheets.of_repairs(repairs)
    if repairs or sheets.find(book, repaired):
        lists.append(sheets.write(book, repaired, styles)[0])
    marks.name_the_list(book, lists[0])
    before, after = _by_sheet(observations.notes(old)), _by_sheet(observations.notes(shown))
    for sheet in [name for name in book.names if name not in lists]:
        cells, gone = after.get(sheet, {}), before.get(sheet, {})
        if gone or cells:
            annotated_notes.replace(book, sheet, gone, cells)
        if cells:
            marks.colour(book, sheet, cells, styles)
    marks.count(book, shown)
    book.put_first(lists)
    return book.done()


def _by_sheet(notes: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (sheet, cell), text in notes.items():
        found.setdefault(sheet, {})[cell] = text
    return found


def _listed(book: WorkbookCopy, listing: sheets.Listing) -> list[Observation]:
    """What the list said before."""
    name = sheets.find(book, listing)
    return sheets.read(book, name).said if name else []
