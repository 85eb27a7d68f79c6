"""An edited report with the figures of a newer master: every word that people wrote stays.

The report is written again of the newer master, and what it shows goes into the controls, the charts and the register
of the edited document. What it would say in other words is told, and not written.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cached_property

from poa_xl.figures import FigureError
from poa_xl.guards import Limits
from poa_xl.master_book import MasterBook
from poa_xl.messages import report as words
from poa_xl.report.figures import shown
from poa_xl.report.verification import same_chart
from poa_xl.report.word import chart as charts, controls, reader
from poa_xl.report.word.controls import (
    FIGURES_ROOT,
    REGISTER_ROOT,
    RegisterEntry,
    bound_name,
    colours_of,
    print_of,
    show,
    tag,
)
from poa_xl.report.word.elements import Element, name
from poa_xl.report.word.parts import DocumentParts
from poa_xl.report.word.place import DocumentPlace
from poa_xl.report.word.reader import DOCUMENT, WordReport
from poa_xl.report.word.text import ReadParagraph, elements_of, paragraphs_of, row_of, tag_of

_LABELS = (words.TABLE, words.CHART, words.ANNEX.partition(" ")[0])
_NUMBERED = re.compile(rf"\b({'|'.join(_LABELS)}) \d+")  # a caption keeps its words where one before it is gone
OF_MASTER = "@"  # before the master of a cell that the newer one does not have
_LIKE = 0.5  # of the words and figures of two lines that say the same
_PRINT = 8  # characters of the hash of a master that tell it apart


@dataclass(frozen=True)
class FigureChange:
    """A figure that is shown otherwise now.

    `written` is what the report was written with, where somebody had changed that: '' where nobody had.
    """

    figure: str
    before: str
    after: str
    written: str = ""


@dataclass(frozen=True)
class TextChange:
    """Words of the program that it would say otherwise now: `before` stands in the document, '' where nothing does."""

    place: DocumentPlace  # number 0 where it would be a new one
    before: str
    after: str


@dataclass(frozen=True)
class Update:
    """The new document, and what is to be known of it.

    `left` are the figures that show what they showed: the newer report has nothing in their place.
    """

    content: bytes
    figures: tuple[FigureChange, ...]
    texts: tuple[TextChange, ...]
    left: tuple[RegisterEntry, ...]


@dataclass(frozen=True)
class _Key:
    """By what a paragraph that nobody edited is known in the newer report: its words, its row and its figures."""

    row: str
    column: int
    words: str
    figures: tuple[str, ...]  # ids; of a cell, whose row may have moved, nothing


def update(document: WordReport, content: bytes, fresh: bytes, master: MasterBook, limits: Limits) -> Update:
    """An edited report with what a report written of `master` shows.

    `document` and `content` are the edited one, as read and as it is; `fresh` is the one that was written of `master`.
    RefusedError for a document that cannot be read.
    """
    return _Updater(document, DocumentParts(content, limits), fresh, master, limits).update()


class _Updater:
    def __init__(
        self, document: WordReport, parts: DocumentParts, fresh: bytes, master: MasterBook, limits: Limits
    ) -> None:
        new = reader.read(fresh, limits)
        assert new is not None  # noqa: S101 - it was just written
        self._old, self._new, self._master = document, new, master
        self._parts, self._fresh_parts = parts, DocumentParts(fresh, limits)
        self._entries = {entry.name: entry for entry in document.entries}
        self._by_tag = {entry.tag: entry for entry in document.entries}

    def update(self) -> Update:
        texts = tuple(self._texts())  # of what there was, before it is changed
        prints = self._as_written
        changes = [*self._controls()]
        drawn = self._charts()
        renewed = self._prints(prints)
        self._register(renewed, drawn)
        left = tuple(entry for entry in self._old.entries if self._now[entry.name] is None)
        return Update(self._parts.content(), tuple(dict.fromkeys(changes)), texts, left)

    # --- what each figure is in the newer report --------------------------------------------------------------

    @cached_property
    def _now(self) -> Mapping[str, RegisterEntry | None]:
        """Name of a figure in the document -> what it is now; None where nothing is known in its place."""
        by_tag = {entry.tag: entry for entry in self._new.entries}
        moved = self._moved
        found: dict[str, RegisterEntry | None] = {}
        for entry in self._old.entries:
            tag = moved.get(entry.tag, "") if _is_cell(entry) else entry.tag
            now = by_tag.get(tag) or (None if _is_cell(entry) else self._of_master(entry))
            found[entry.name] = now and replace(now, name=entry.name)
        return found

    @cached_property
    def _stale(self) -> Mapping[str, RegisterEntry]:
        """Those of which nothing is known now: of a cell of the master that they were written of, and of no other."""
        of = f"{OF_MASTER}{self._old.facts.get('sha256', '')[:_PRINT]}"
        left = (entry for entry in self._old.entries if self._now[entry.name] is None)
        named = ((entry, entry.figure if OF_MASTER in entry.figure else f"{entry.figure}{of}") for entry in left)
        return {e.name: replace(e, figure=figure, tag=tag(figure), place=figure) for e, figure in named}

    def _of_master(self, entry: RegisterEntry) -> RegisterEntry | None:
        """A figure that the newer report does not show any more."""
        try:
            figure = self._master.figures.find(entry.figure)
        except FigureError:
            return entry if entry.value is None else None  # one of before the first quarter is n/a in every master
        place = str(self._master.place(figure.id))
        return replace(entry, shown=shown(figure.value, figure.unit), value=figure.value, place=place)

    @cached_property
    def _moved(self) -> Mapping[str, str]:
        """Tag of a cell of the old master -> that of the cell with the same in the newer one, where all agree on it."""
        found: dict[str, set[str]] = {}
        for before, after in self._pairs:
            for (old, _), (new, _) in zip(before.figures, after.figures, strict=True):
                found.setdefault(old, set()).add(new)
        return {old: next(iter(new)) for old, new in found.items() if len(new) == 1}

    # --- paragraphs -------------------------------------------------------------------------------------------

    @cached_property
    def _as_written(self) -> Mapping[int, int]:
        """Place of a paragraph in the register -> its place in the document, of those that nobody edited."""
        written = [paragraph.print for paragraph in self._old.written]
        now = [print_of(paragraph.text) for paragraph in self._old.paragraphs]
        found: dict[int, int] = {}
        for block in SequenceMatcher(None, written, now, autojunk=False).get_matching_blocks():
            found.update({block.a + n: block.b + n for n in range(block.size)})
        taken = set(found.values())
        elsewhere: dict[str, list[int]] = {}
        for place in reversed(range(len(now))):
            if place not in taken:
                elsewhere.setdefault(now[place], []).append(place)
        for place, own in enumerate(written):  # what was moved as it is
            if place not in found and elsewhere.get(own):
                found[place] = elsewhere[own].pop()
        return found

    @cached_property
    def _unedited(self) -> Sequence[tuple[_Key, ReadParagraph]]:
        """The paragraphs of the body that stand as they were written, in their order."""
        places, body = set(self._as_written.values()), enumerate(elements_of(self._parts.root(DOCUMENT)))
        return [(_key(own, read, self._ids_of_old), read) for place, (own, read) in body if place in places]

    @cached_property
    def _newer(self) -> Sequence[tuple[_Key, ReadParagraph]]:
        ids = {entry.tag for entry in self._new.entries if not _is_cell(entry)}
        return [(_key(own, read, ids), read) for own, read in elements_of(self._fresh_parts.root(DOCUMENT))]

    @cached_property
    def _ids_of_old(self) -> set[str]:
        return {entry.tag for entry in self._old.entries if not _is_cell(entry)}

    @cached_property
    def _steps(self) -> Sequence[tuple[str, int, int, int, int]]:
        before, after = ([key for key, _ in side] for side in (self._unedited, self._newer))
        return SequenceMatcher(None, before, after, autojunk=False).get_opcodes()

    @property
    def _pairs(self) -> Iterator[tuple[ReadParagraph, ReadParagraph]]:
        """The paragraphs that the newer report has too."""
        for what, i1, i2, j1, j2 in self._steps:
            if what == "equal":
                yield from ((a[1], b[1]) for a, b in zip(self._unedited[i1:i2], self._newer[j1:j2], strict=True))

    def _texts(self) -> Iterator[TextChange]:
        """What the newer report says otherwise, but in the place of what people edited or took away."""
        edited = Counter(self._edited())
        for what, i1, i2, j1, j2 in self._steps:
            if what == "equal":
                continue
            gone = list(_lines(self._unedited[i1:i2]))
            come = [line for line in _lines(self._newer[j1:j2]) if not _taken(edited, line.keys)]
            for old, new in _side_by_side(gone, come):
                place = old.place if old else DocumentPlace(new.place.section if new else "")
                yield TextChange(place, old.text if old else "", new.text if new else "")

    def _edited(self) -> Iterator[tuple[str, ...]]:
        """The figures of each paragraph that people edited or took away; its print, where it had none."""
        for place, paragraph in enumerate(self._old.written):
            if place not in self._as_written:
                tags = [self._entries[one].tag for one in paragraph.figures if one in self._entries]
                yield tuple(tag for tag in tags if tag in self._ids_of_old) or (paragraph.print,)

    # --- what is written --------------------------------------------------------------------------------------

    def _controls(self) -> Iterator[FigureChange]:
        colours = colours_of(self._fresh_parts.root(DOCUMENT))
        for part in self._parts.with_words:
            for control in self._parts.root(part).iter(name("w:sdt")):
                entry = self._entries.get(bound_name(control)) or self._by_tag.get(tag_of(control))
                if entry is None:
                    continue
                now = self._now[entry.name] or self._stale[entry.name]
                before = show(control, now, colours.get(now.tag))
                edited = not _same(before, entry.shown)
                if edited or not _same(before, now.shown):
                    yield FigureChange(now.figure, before, now.shown, entry.shown if edited else "")

    def _charts(self) -> Mapping[int, int]:
        """Fills the charts that nobody changed; place in the register -> place in that of the newer report."""
        fresh = [(part, read) for part, read in self._fresh_parts.charts]
        found: dict[int, int] = {}
        for part, shows in self._parts.charts:
            written = enumerate(self._old.written_charts)
            old = next((place for place, one in written if place not in found and same_chart(one, shows)), None)
            titles = [one.title for one in self._new.written_charts]
            if old is None or self._old.written_charts[old].title not in titles:
                continue  # somebody changed it, or the newer report has none of its title
            new = titles.index(self._old.written_charts[old].title)
            now = self._new.written_charts[new]
            source = next(other for other, read in fresh if same_chart(now, read))
            charts.refill(self._parts.root(part), self._fresh_parts.root(source))
            self._parts.replace(self._parts.workbook_of(part), self._fresh_parts.workbook_of(source), self._fresh_parts)
            found[old] = new
        return found

    def _prints(self, places: Mapping[int, int]) -> Mapping[int, str]:
        """Place in the register -> the print of the paragraph now, of those that nobody edited."""
        now = [p for part in self._parts.with_words for p in paragraphs_of(self._parts.root(part))]
        return {written: print_of(now[place].text) for written, place in places.items()}

    def _register(self, prints: Mapping[int, str], drawn: Mapping[int, int]) -> None:
        """Both custom XML parts: what is shown, and what the register says of it."""
        entries = {name: now or self._stale[name] for name, now in self._now.items()}
        register, fresh = (parts.item(REGISTER_ROOT) for parts in (self._parts, self._fresh_parts))
        controls.renew_register(register, fresh, entries, prints, drawn)
        controls.renew_figures(self._parts.item(FIGURES_ROOT), entries)
        if not self._old.saved_since:
            controls.say_written(register, self._parts.bytes_of(DOCUMENT))


def _is_cell(entry: RegisterEntry) -> bool:
    return "!" in entry.figure


def _key(own: Element, read: ReadParagraph, ids: set[str]) -> _Key:
    row, column = row_of(own)
    words = _NUMBERED.sub(r"\1", " ".join(read.loose.split()))
    return _Key(row, column, words, tuple(tag if tag in ids else "" for tag, _ in read.figures))


def _same(one: str, other: str) -> bool:
    return one.split() == other.split()


@dataclass(frozen=True)
class _Line:
    """A paragraph, or the cells of a row: its text, and what `_edited` knows each by."""

    place: DocumentPlace
    text: str
    keys: tuple[tuple[str, ...], ...]

    @cached_property
    def said(self) -> Counter[str]:
        """Its figures and its words, by which it is found again where it says the same otherwise."""
        tags = [tag for key in self.keys for tag in key]
        return Counter(tags) + Counter(word.strip(".,;:·«»()").lower() for word in self.text.split())


def _lines(paragraphs: Sequence[tuple[_Key, ReadParagraph]]) -> Iterator[_Line]:
    """Paragraphs with their texts; the cells of a row together."""
    at, row = 0, ""
    while at < len(paragraphs):
        end, row = at + 1, paragraphs[at][0].row
        while row and end < len(paragraphs) and paragraphs[end][0].row == row:
            end += 1
        together = paragraphs[at:end]
        known = tuple(tuple(tag for tag in key.figures if tag) or (print_of(read.text),) for key, read in together)
        yield _Line(paragraphs[at][1].place, " · ".join(read.text for _, read in together), known)
        at = end


def _side_by_side(gone: Sequence[_Line], come: Sequence[_Line]) -> Iterator[tuple[_Line | None, _Line | None]]:
    """Lines beside what they would be now, in their order; alone where nothing says the same otherwise."""
    found = _alike(gone, come)
    taken, at = set(found.values()), 0
    for place, old in enumerate(gone):
        new = found.get(place)
        if new is not None:
            yield from ((None, one) for own, one in enumerate(come[at:new], at) if own not in taken)
            at = max(at, new + 1)
        yield old, None if new is None else come[new]
    yield from ((None, one) for own, one in enumerate(come[at:], at) if own not in taken)


def _alike(gone: Sequence[_Line], come: Sequence[_Line]) -> dict[int, int]:
    """Place in `gone` -> that in `come` of what shares most of its words and figures, at least half of them."""
    every = ((_likeness(old, new), a, b) for a, old in enumerate(gone) for b, new in enumerate(come))
    likely = sorted((one for one in every if one[0] >= _LIKE), key=lambda one: (-one[0], abs(one[1] - one[2]), one[1:]))
    found: dict[int, int] = {}
    taken = set[int]()
    for _, a, b in likely:
        if a not in found and b not in taken:
            found[a] = b
            taken.add(b)
    return found


def _likeness(one: _Line, other: _Line) -> float:
    return 2 * (one.said & other.said).total() / max(1, one.said.total() + other.said.total())


def _taken(edited: Counter[tuple[str, ...]], keys: Sequence[tuple[str, ...]]) -> bool:
    """Whether people edited or took away what these lines are."""
    found = [key for key in keys if edited[key] > 0]
    if len(found) < len(keys):
        return False
    edited.subtract(found)
    return True
