"""The annotated copy of one checked file: with repairs if asked for, checked again, and its observations written in."""

import base64
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from poa_xl import cells, findings, guards, messages, reading, sheets
from poa_xl.catalogo import Catalogo
from poa_xl.checking import observation_rows, repairs, unit_books
from poa_xl.checking.repairs import SHEET, Repair
from poa_xl.findings import Finding
from poa_xl.guards import Limits
from poa_xl.messages import Severity, Trait, annotated
from poa_xl.observations import Observation
from poa_xl.ooxml.splice import MarkupError
from poa_xl.writers.annotated import tasks


@dataclass(frozen=True)
class Copy:
    """The bytes of a copy, what was repaired in it, how many errors and avisos are left, and what it goes without."""

    content: bytes
    repairs: tuple[Repair, ...]
    errors: int
    avisos: int
    left_out: str = ""


def unreadable(codes: Iterable[str]) -> list[str]:
    """Those codes that say of a file that it is no workbook which could be copied."""
    return sorted({c for c in codes if messages.has(c, Trait.UNREADABLE) or messages.has(c, Trait.NOT_OF_A_UNIT)})


def make(content: bytes, found: Sequence[Finding], limits: Limits = guards.DEFAULT) -> Copy:
    """The copy of a workbook with what was found in it. MarkupError where it cannot be changed in places.

    Our own macros are put anew into a workbook that has them.
    """
    return _copy(content, found, (), limits)


def with_list(content: bytes, listed: Sequence[Observation], limits: Limits = guards.DEFAULT) -> bytes:
    """The copy of a workbook with what was written down of it. MarkupError as above."""
    errors, avisos = (sum(one.severity == weight for one in listed) for weight in (Severity.ERROR, Severity.AVISO))
    return _annotated(content, _named(content, listed, limits), annotated.summary(errors, avisos, 0), (), limits)[1]


def _named(content: bytes, listed: Sequence[Observation], limits: Limits) -> list[Observation]:
    """The same, each with what names the row of its cell: an answer goes with its row."""
    try:
        grids = reading.read_contents(content, limits)
        book = reading.read_grids("", grids, grids.odd, sheets.unit_sheets())
    except guards.RefusedError:
        return list(listed)
    names = {
        (table.name, row): name
        for table in book.tables.values()
        if not table.sheet.form
        for row, name in table.names().items()
    }
    return [one._replace(key=names.get((one.sheet, cells.row_of(one.cell)), "") if one.cell else "") for one in listed]


def is_copy(content: bytes) -> bool:
    """Whether these are the bytes of an annotated copy that nobody has saved since."""
    try:
        return bool(guards.in_worker(tasks.IS_COPY, content, guards.DEFAULT)[0])
    except guards.RefusedError:
        return False


def repaired(
    content: bytes,
    name: str,
    found: Sequence[Finding],
    known: Catalogo,
    trimestre: int | None,
    limits: Limits = guards.DEFAULT,
) -> Copy:
    """The same, of a unit's workbook with repairs; its observations are those that are left after them."""
    inputs: dict[str, list[str]] = {}
    try:
        grids = reading.read_contents(content, limits)
        book = reading.read_grids(name, grids, grids.odd, sheets.unit_sheets())
        wanted, inputs = repairs.find(book, grids), repairs.inputs(book)
    except guards.RefusedError:  # a cell far away, or too many of them: a workbook, but not one that is read
        wanted = []
    if not wanted:
        return _copy(content, found, (), limits)
    better, done = _repair(content, wanted, inputs, limits)
    names = {r.old: str(r.new) for r in done if r.kind == SHEET}
    outside = [_renamed(f, names) for f in found if messages.has(f.code, Trait.FROM_OUTSIDE)]
    grids = reading.read_contents(better, limits)
    book = reading.read_grids(name, grids, grids.odd, sheets.unit_sheets())
    left, _ = unit_books.check_alone(book, known, trimestre)
    return _copy(better, [*left, *outside], done, limits)


def _copy(content: bytes, found: Sequence[Finding], done: Sequence[Repair], limits: Limits) -> Copy:
    errors, avisos = findings.count(found)
    summary = annotated.summary(errors, avisos, len(done))
    said, copied = _annotated(content, observation_rows.observations(found), summary, done, limits)
    return Copy(copied, tuple(done), errors, avisos, said["left_out"])


def _annotated(
    content: bytes,
    found: Sequence[Observation],
    summary: str,
    done: Sequence[Repair],
    limits: Limits,
) -> tuple[dict[str, Any], bytes]:
    given = {"found": [list(one) for one in found], "summary": summary, "repairs": [list(one) for one in done]}
    said, copied = guards.in_worker(tasks.ANNOTATE, content, limits, project="", **given)
    if said.get("modules"):  # it has our macros, and only now it is known for how many sheets
        from poa_xl.vba import project

        macros = base64.b64encode(project.of_workbook(said["modules"])).decode()
        said, copied = guards.in_worker(tasks.ANNOTATE, content, limits, project=macros, **given)
    _refuse(said)
    return said, copied


def _repair(
    content: bytes, wanted: Sequence[Repair], inputs: dict[str, list[str]], limits: Limits
) -> tuple[bytes, list[Repair]]:
    given = {"repairs": [list(one) for one in wanted], "inputs": inputs}
    said, better = guards.in_worker(tasks.REPAIR, content, limits, **given)
    _refuse(said)
    return better, [Repair(*one) for one in said["done"]]


def _refuse(said: dict[str, Any]) -> None:
    if "cannot" in said:
        raise MarkupError(said["cannot"])


def _renamed(finding: Finding, names: dict[str, str]) -> Finding:
    place = finding.location
    sheet = names.get(place.sheet, place.sheet)
    moved = type(place)(place.file, sheet, place.cell)
    return Finding(finding.code, moved, finding.found, finding.unidad, finding.details)
