"""The table of contents and those of captions: fields with their entries, which show before anybody updates them."""

from collections.abc import Iterable, Sequence

from poa_xl.report.word.elements import Element, element, field, paragraph, run

# A heading or a caption: its level from 1, its text, and the bookmark at it.
Entry = tuple[str, str, str]


def listed(instruction: str, entries: Sequence[Entry]) -> Iterable[Element]:
    """The paragraphs of a list, each (style, text, bookmark); the field begins in the first and ends in the last."""
    made = [paragraph(style, _entry(text, mark)) for style, text, mark in entries]
    if not made:
        return made
    runs = field(instruction, [], dirty=True)
    first, last = made[0], made[-1]
    for place, one in enumerate(runs[:-1], start=1):
        first.insert(place, one)
    last.append(runs[-1])
    return made


def _entry(text: str, mark: str) -> list[Element]:
    """A line: the text, dots, and the page."""
    page = field(f"PAGEREF {mark} \\h", [run(" ")])
    return [element("w:hyperlink", run(text), element("w:r", element("w:tab")), *page, w_anchor=mark, w_history=1)]
