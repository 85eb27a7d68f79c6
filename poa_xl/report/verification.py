"""Whether every number of an edited report is still the master's.

What is bound must show what its cell holds. A paragraph that is as it was written needs nothing more; in one that was
changed or is new, every figure that somebody typed must be one of the report's own, or known from elsewhere.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cached_property

from poa_xl import cells, indicators, printable, prose_numbers
from poa_xl.figures import FigureError, UnitOfMeasure
from poa_xl.master_book import MasterBook, Place
from poa_xl.messages import prose_numbers as forms, verification as words
from poa_xl.prose_numbers import Number, NumberForm
from poa_xl.report.figures import shown, unit_of_cell
from poa_xl.report.word.controls import RegisterEntry, print_of
from poa_xl.report.word.place import DocumentPlace
from poa_xl.report.word.reader import ReadChart, WordReport
from poa_xl.report.word.text import ReadParagraph

_CLOSE = 1e-9  # of two values of a chart, relative: programs write them with fewer digits


class Verdict(StrEnum):
    """What is said of a number of a report; the first two fail it."""

    CONTRADICTION = "contradicción"
    UNKNOWN = "sin respaldo"
    REMOVED = "quitada"
    FORM = "forma"
    SEVERAL = "varias"


FAILING = frozenset({Verdict.CONTRADICTION, Verdict.UNKNOWN})


@dataclass(frozen=True)
class NumberRemark:
    """Something to be said of a number: where it stands, what is there, and why."""

    verdict: Verdict
    place: DocumentPlace
    found: str
    why: str


@dataclass(frozen=True)
class KnownNumber:
    """A number that comes from elsewhere, with the reason that somebody gave."""

    number: Number
    reason: str


@dataclass(frozen=True)
class TakenNumber:
    """A number that somebody typed, and the one figure of the report that it agrees with."""

    place: DocumentPlace
    found: str
    figure: str


@dataclass(frozen=True)
class Verification:
    """What came of it. `bound` counts the figures that show what their cells hold, `known` others that are known.

    `elsewhere` of these come from another source, and `taken` says for which figure each of the rest was taken: that it
    is the one that its sentence is about, a person has to see.
    """

    remarks: tuple[NumberRemark, ...]
    bound: int
    known: int
    same_master: bool  # whether the report was written of this very master
    elsewhere: int = 0
    taken: tuple["TakenNumber", ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no number contradicts the master, and each has a source."""
        return not any(remark.verdict in FAILING for remark in self.remarks)


def verify(
    document: WordReport, master: MasterBook, codes: Collection[str] = (), known: Sequence[KnownNumber] = ()
) -> Verification:
    """Compare a document with a master. `codes` look like numbers and are names: those of the categories."""
    return _Verifier(document, master, codes, known).verification()


class _Verifier:
    def __init__(
        self, document: WordReport, master: MasterBook, codes: Collection[str], known: Sequence[KnownNumber]
    ) -> None:
        self._document, self._master, self._codes, self._known = document, master, codes, known
        self._by_tag = {entry.tag: entry for entry in document.entries}
        self._by_name = {entry.name: entry for entry in document.entries}
        self._bound = self._accepted = self._elsewhere = 0
        self._taken: list[TakenNumber] = []

    def verification(self) -> Verification:
        remarks = [*self._figures(), *self._texts(), *self._charts(), *self._removed()]
        same = self._document.facts.get("sha256") == self._master.sha256
        found = Verification(tuple(remarks), self._bound, self._accepted, same)
        return replace(found, elsewhere=self._elsewhere, taken=tuple(self._taken))

    # --- what is bound --------------------------------------------------------------------------------------

    def _figures(self) -> Iterator[NumberRemark]:
        """Controls whose words are not what their cells hold."""
        for paragraph in self._document.paragraphs:
            for tag, text in paragraph.figures:
                entry = self._by_tag.get(tag)
                if entry is None:
                    continue  # a control of somebody else's: its words are read with the paragraph
                expected = self._expected(entry)
                if expected is None:
                    why = words.GONE.format(cifra=entry.figure)
                    yield NumberRemark(Verdict.CONTRADICTION, paragraph.place, text, why)
                elif _plain(text) != _plain(expected):
                    why = words.CONTROL.format(cifra=entry.figure, esperado=expected, celda=entry.place)
                    yield NumberRemark(Verdict.CONTRADICTION, paragraph.place, text, why)
                else:
                    self._bound += 1

    def _expected(self, entry: RegisterEntry) -> str | None:
        """What the master's cell says now of a figure; None where it has no such figure any more."""
        try:
            figure = self._master.figures.find(entry.figure)
        except FigureError:
            sheet, _, cell = entry.figure.rpartition("!")
            if not sheet:  # a figure that there was not, as one of before the first quarter
                return entry.shown
            if not cells.is_address(cell):  # of a master of before: an update found nothing in its place
                return None
            value = self._master.value(Place(sheet, cell))
            known = value if isinstance(value, float | str) and value != indicators.MISSING else None
            return None if known is None and entry.value is not None else shown(known, unit_of_cell(known, entry.shown))
        return shown(figure.value, figure.unit)

    # --- what somebody typed --------------------------------------------------------------------------------

    def _texts(self) -> Iterator[NumberRemark]:
        now, before = self._document.paragraphs, self._document.written
        prints = [print_of(paragraph.text) for paragraph in now]
        as_written = [paragraph.print for paragraph in before]
        kept = Counter(as_written)
        for what, i1, i2, j1, j2 in SequenceMatcher(None, as_written, prints, autojunk=False).get_opcodes():
            if what == "equal":
                continue
            gone = Counter(name for paragraph in before[i1:i2] for name in paragraph.figures)
            gone -= Counter(entry.name for p in now[j1:j2] for tag, _ in p.figures if (entry := self._by_tag.get(tag)))
            for place in range(j1, j2):
                if kept[prints[place]]:  # it was moved as it is
                    kept[prints[place]] -= 1
                    continue
                yield from self._loose(now[place], [self._by_name[name] for name in gone if name in self._by_name])

    def _loose(self, paragraph: ReadParagraph, gone: Sequence[RegisterEntry]) -> Iterator[NumberRemark]:
        """The figures that somebody typed in a paragraph; `gone` are those that were bound in its place."""
        for number in prose_numbers.find(paragraph.loose, self._codes):
            yield from (self._remark(paragraph, number, *told) for told in self._judged(paragraph, number, gone))

    def _judged(
        self, paragraph: ReadParagraph, number: Number, gone: Sequence[RegisterEntry]
    ) -> Iterator[tuple[Verdict, str]]:
        if number.form is not NumberForm.FINE:
            yield Verdict.FORM, _form(number)
        replaced = [entry for entry in gone if _alike(number, entry)]
        if replaced:
            if not any(_agrees(number, entry) for entry in replaced):
                told = [words.figure(entry.figure, entry.shown) for entry in replaced]
                yield Verdict.CONTRADICTION, words.REPLACED.format(cifras=words.listed(told))
            return
        found = self._matching(paragraph, number)
        if not found and not any(_same(number, one.number) for one in self._known):
            yield Verdict.UNKNOWN, words.UNKNOWN
            return
        self._accepted += 1
        told = [words.figure(entry.figure, entry.shown) for entry in found]
        if len(found) > 1:
            yield Verdict.SEVERAL, words.SEVERAL.format(cifras=words.listed(told))
        elif found:
            self._taken.append(TakenNumber(paragraph.place, number.text, told[0]))
        else:
            self._elsewhere += 1

    def _matching(self, paragraph: ReadParagraph, number: Number) -> list[RegisterEntry]:
        """The figures of the report that a number may be: those of its section, else of all of it."""
        names = self._in_sections.get(paragraph.place.section, set())
        own = [entry for entry in self._document.entries if entry.name in names and _agrees(number, entry)]
        return own or [entry for entry in self._document.entries if _agrees(number, entry)]

    @cached_property
    def _in_sections(self) -> Mapping[str, set[str]]:
        found: dict[str, set[str]] = {}
        for paragraph in self._document.written:
            found.setdefault(paragraph.section, set()).update(paragraph.figures)
        return found

    @staticmethod
    def _remark(paragraph: ReadParagraph, number: Number, verdict: Verdict, why: str) -> NumberRemark:
        return NumberRemark(verdict, paragraph.place, number.text, why)

    # --- what is drawn, and what is gone --------------------------------------------------------------------

    def _charts(self) -> Iterator[NumberRemark]:
        """Charts that show other values than one that was written."""
        left = list(self._document.written_charts)
        for chart in self._document.charts:
            same = next((one for one in left if same_chart(one, chart)), None)
            if same is not None:
                left.remove(same)
                continue
            near = max(left, key=lambda one: _likeness(one, chart), default=None)
            title = near.title if near else ""
            yield NumberRemark(Verdict.CONTRADICTION, DocumentPlace(title), _changed(near, chart), words.CHART)

    def _removed(self) -> Iterator[NumberRemark]:
        there = {tag for paragraph in self._document.paragraphs for tag, _ in paragraph.figures}
        for entry in self._document.entries:
            if entry.tag not in there:
                place = DocumentPlace(next((s for s, names in self._in_sections.items() if entry.name in names), ""))
                yield NumberRemark(Verdict.REMOVED, place, entry.shown, words.REMOVED.format(cifra=entry.figure))


def _form(number: Number) -> str:
    return forms.form(number.form, number.text, tuple(cells.number(float(value)) for value in number.readings))


def _plain(text: str) -> str:
    return " ".join(printable.in_document(text).split())


def _agrees(number: Number, entry: RegisterEntry) -> bool:
    return isinstance(entry.value, float) and prose_numbers.agrees(number, entry.value, _unit(entry))


def _alike(number: Number, entry: RegisterEntry) -> bool:
    """Whether a number may stand in the place of a figure: it has its unit, or says none."""
    return isinstance(entry.value, float) and number.unit in ("", _unit(entry))


def _unit(entry: RegisterEntry) -> str:
    return entry.unit or (UnitOfMeasure.POINTS if "," in entry.shown else UnitOfMeasure.COUNT)


def _same(number: Number, known: Number) -> bool:
    return number.value == known.value and number.unit == known.unit


def _values(chart: ReadChart) -> Iterator[tuple[str, float | None]]:
    for series in chart.series:
        yield from ((series.name, value) for value in series.values)


def same_chart(one: ReadChart, other: ReadChart) -> bool:
    """Whether two charts show the same values of the same series, as closely as programs write them."""
    a, b = list(_values(one)), list(_values(other))
    return len(a) == len(b) and all(x[0] == y[0] and _close(x[1], y[1]) for x, y in zip(a, b, strict=True))


def _close(one: float | None, other: float | None) -> bool:
    if one is None or other is None:
        return one is other
    return abs(one - other) <= _CLOSE * max(1.0, abs(one))


def _likeness(one: ReadChart, other: ReadChart) -> int:
    pairs: Iterable[tuple[tuple[str, float | None], tuple[str, float | None]]] = zip(
        _values(one), _values(other), strict=False
    )
    return sum(x[0] == y[0] and _close(x[1], y[1]) for x, y in pairs)


def _changed(near: ReadChart | None, chart: ReadChart) -> str:
    """The first value of a chart that is another one."""
    before = list(_values(near)) if near else []
    for place, (name, value) in enumerate(_values(chart)):
        if place >= len(before) or not _close(before[place][1], value):
            return f"{name} {shown(value, UnitOfMeasure.POINTS)}"
    return ""
