"""A copy of a person's own workbook with what was observed in it: the list, links, notes and colours.

Nothing is written anew but the parts of the file that hold these. openpyxl was tried for it: it drops the values of all
formulas, the marks against green corners and parts of charts. All other parts stay byte for byte, and in the parts that
change, all bytes but those of the change.
"""

from collections.abc import Collection, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from poa_xl import guards, observations
from poa_xl.checking.repairs import Repair
from poa_xl.guards import Limits
from poa_xl.messages import annotating
from poa_xl.messages.active_content import SIGNATURE, not_carried
from poa_xl.observations import Observation
from poa_xl.writers import (
    annotated_active,
    annotated_lengths,
    annotated_list,
    annotated_macros,
    annotated_marks,
    annotated_notes,
    annotated_repairs,
    annotated_signature,
)
from poa_xl.writers.annotated_package import Book
from poa_xl.writers.annotated_stamp import is_copy
from poa_xl.writers.annotated_styles import Styles
from poa_xl.writers.annotated_xml import ODD, MarkupError

__all__ = ["Made", "MarkupError", "annotate", "is_copy", "make", "repair"]


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
    try:
        book = Book(content, limits)
        done = annotated_repairs.apply(book, repairs, inputs)
        return book.done(), done
    except ODD as error:
        raise MarkupError(str(error)) from error


def annotate(
    content: bytes,
    found: Sequence[Observation],
    summary: str,
    repairs: Sequence[Repair] = (),
    limits: Limits = guards.DEFAULT,
    project: bytes = b"",
) -> bytes:
    """The bytes of the copy of a workbook. Of an annotated copy, the old list, notes and marks go first.

    What acts in it and is not ours goes too. `project` are our own macros, where it has them: `make` says for how many
    sheets.
    MarkupError for a workbook that cannot be changed in places, RefusedError for what is none.
    """
    return make(content, found, summary, repairs, limits, project).content


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
    """The copy as `annotate` gives it, and what is to be known of it."""
    try:
        book = Book(content, limits)
        count = annotated_macros.modules(book)
        said = [not_carried(book.active.items)]
        annotated_active.strip(book, project)
        said += [SIGNATURE if annotated_signature.drop(book) else "", annotating.cut(annotated_lengths.cut(book))]
        left_out = " ".join(filter(None, said))
        copied = _annotated(book, found, " ".join(filter(None, (summary, left_out))), repairs)
        return Made(copied, count, left_out)
    except ODD as error:
        raise MarkupError(str(error)) from error


def _annotated(book: Book, found: Sequence[Observation], summary: str, repairs: Sequence[Repair]) -> bytes:
    styles = Styles(book)
    listing = annotated_list.of_observations(found, summary)
    old = _listed(book, listing)
    name, shown = annotated_list.write(book, listing, styles)
    lists = [name]
    repaired = annotated_list.of_repairs(repairs)
    if repairs or annotated_list.find(book, repaired):
        lists.append(annotated_list.write(book, repaired, styles)[0])
    annotated_marks.name_the_list(book, lists[0])
    before, after = _by_sheet(observations.notes(old)), _by_sheet(observations.notes(shown))
    for sheet in [name for name in book.names if name not in lists]:
        cells, gone = after.get(sheet, {}), before.get(sheet, {})
        if gone or cells:
            annotated_notes.replace(book, sheet, gone, cells)
        if cells:
            annotated_marks.colour(book, sheet, cells, styles)
    annotated_marks.count(book, shown)
    book.put_first(lists)
    return book.done()


def _by_sheet(notes: Mapping[tuple[str, str], str]) -> dict[str, dict[str, str]]:
    found: dict[str, dict[str, str]] = {}
    for (sheet, cell), text in notes.items():
        found.setdefault(sheet, {})[cell] = text
    return found


def _listed(book: Book, listing: annotated_list.Listing) -> list[Observation]:
    """What the list said before."""
    name = annotated_list.find(book, listing)
    return annotated_list.read(book, name).said if name else []
