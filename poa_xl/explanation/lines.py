"""A trail as lines of a terminal: as many levels as a screen or two hold, and of each how much more there is."""

from collections.abc import Iterator
from typing import NamedTuple

from poa_xl.explanation.check import CheckResult
from poa_xl.explanation.document import notes
from poa_xl.explanation.step import RowOrigin, Step, TypedCell, bare
from poa_xl.messages import explain as words

_LINES, _PARTS, _NOTES, _DIFFERENCES = 60, 12, 8, 12  # that are shown, unless all are wanted
_HASH = 12  # signs of a fingerprint that tell it from others


class ShownLine(NamedTuple):
    """A line, and how it looks: a title, plain, or loud."""

    text: str
    look: str = ""


TITLE, LOUD, GOOD = "title", "loud", "good"


def lines(root: Step, found: CheckResult | None = None, *, everything: bool = False) -> Iterator[ShownLine]:
    """The figure, its parts, what was found on the way, and what a check found."""
    yield ShownLine(f"{root.title}: {root.shown}", TITLE)
    if root.id:
        yield ShownLine(f"  {root.id}, {words.AT.format(lugar=root.place)}")
    yield from _rule(root, "  ")
    yield from _below(root, "  ", _opened(root, everything=everything), everything=everything)
    yield from _notes(root, everything=everything)
    if found:
        yield from check_lines(found, everything=everything)


def check_lines(found: CheckResult, *, everything: bool = False) -> Iterator[ShownLine]:
    """What a check found."""
    yield ShownLine("")
    yield ShownLine(found.said, GOOD if found.agrees else LOUD)
    told = found.differences if everything else found.differences[:_DIFFERENCES]
    for one in told:
        yield ShownLine(f"  {one.texto}", LOUD)
    if len(found.differences) > len(told):
        yield ShownLine(f"  {words.more_differences(len(found.differences) - len(told))}")


def _opened(root: Step, *, everything: bool) -> set[int]:
    """The steps whose parts are shown: level by level, as long as there is room."""
    opened, pending, room, seen = {id(root)}, [root], _LINES, set[str]()
    while pending:
        step = pending.pop(0)
        if step.id and step.id in seen and step is not root:
            continue
        seen.add(step.id)
        shown_parts = step.parts if everything else step.parts[:_PARTS]
        cost = sum(2 if part.origin else 1 for part in shown_parts)
        if not everything and step is not root and cost > room:
            continue
        room -= cost
        opened.add(id(step))
        pending += [part for part in shown_parts if part.parts]
    return opened


def _below(
    step: Step, indent: str, opened: set[int], *, everything: bool, seen: set[int] | None = None
) -> Iterator[ShownLine]:
    seen = set() if seen is None else seen
    if id(step) in seen:
        return
    seen.add(id(step))
    told = step.parts if everything else step.parts[:_PARTS]
    for part in told:
        again = id(part) in seen and bool(part.parts)
        folded = id(part) not in opened and bool(part.parts)
        tail = f"  ({words.REPEATED})" if again else f"  ({words.folded(len(part.parts))})" if folded else ""
        yield ShownLine(f"{indent}- {_title(part, step)}{_value(part)}{tail}")
        yield from _row(part, f"{indent}  ")
        if not again and not folded:
            yield from _rule(part, f"{indent}  ")
            yield from _below(part, f"{indent}  ", opened, everything=everything, seen=seen)
    if len(step.parts) > len(told):
        yield ShownLine(f"{indent}  {words.more(len(step.parts) - len(told))}")


def _title(part: Step, above: Step) -> str:
    """What a part is called: only its node, where it is the same figure of another one."""
    return part.node if part.node and part.kind == above.kind else part.title


def _value(step: Step) -> str:
    place = f"  [{step.place}]" if step.place and step.id else ""
    if step.shown:
        return f": {step.shown}{place}"
    return f": {step.said}" if step.origin and step.said else place


def _rule(step: Step, indent: str) -> Iterator[ShownLine]:
    if step.rule and (step.id or not step.origin):
        yield ShownLine(f"{indent}{step.rule}")
    if step.said and step.id:
        yield ShownLine(f"{indent}= {step.said}")
    for text in step.extra if step.id else ():
        yield ShownLine(f"{indent}{text}", LOUD)


def _row(step: Step, indent: str) -> Iterator[ShownLine]:
    """Where a row stands, and what was typed there."""
    if step.origin is None:
        return
    yield ShownLine(f"{indent}{origin(step.origin)}")
    if step.typed:
        yield ShownLine(f"{indent}{'; '.join(typed(one) for one in step.typed)}")
    for text in step.extra if not step.id else ():
        yield ShownLine(f"{indent}{text}")


def origin(place: RowOrigin) -> str:
    """Where a row stands, in a line."""
    told = words.ORIGIN if place.fila else words.ORIGIN_WITHOUT_ROW
    said = told.format(archivo=place.archivo, hoja=place.hoja, fila=place.fila)
    return f"{said} (SHA-256 {place.sha256[:_HASH]}…)" if place.sha256 else said


def typed(one: TypedCell) -> str:
    """A cell with what was typed there."""
    value = words.NOTHING_TYPED if one.value is None else bare(one.value)
    return f"{one.title} {value}" + (f" ({one.celda})" if one.celda else "")


def _notes(root: Step, *, everything: bool) -> Iterator[ShownLine]:
    found = notes(root)
    told = found if everything else found[:_NOTES]
    if found:
        yield ShownLine("")
        yield ShownLine(f"{words.NOTES}:", TITLE)
    for note in told:
        yield ShownLine(f"  {note.lugar}  {note.clase} {note.codigo}: {note.texto}")
    if len(found) > len(told):
        yield ShownLine(f"  {words.more_notes(len(found) - len(told))}")
