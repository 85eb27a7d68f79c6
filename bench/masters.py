"""What a master costs in LibreOffice: opened, recalculated hard and saved, beside itself with values for formulas."""

import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import formulas
from bench.formulas import Keep
from tests.libreoffice import Costs, LibreOffice

_LARGE = 500  # workbooks from which on each thing is done once
_SAVED = 3  # copies that are saved too
_SECTION = """## The master of {size} workbooks

{count} formulas. Opened, recalculated hard and saved as .xlsx, in seconds; beside it the same workbook without the
links from figure to figure, and without these and with the value of each formula in its place.

| | opening | × values | recalculation | saving | × values |
|---|---|---|---|---|---|
{whole}

Without links, and with the formulas of one sheet alone, or of one kind, all others being values; the sheets and kinds
that have most. Opening varies by some tenths of a second from run to run.

| | formulas | opening beyond values | recalculation |
|---|---|---|---|
{parts}
"""


@dataclass(frozen=True)
class Part:
    """The formulas of one sheet or of one kind: what, how many, and what they cost with all others as values."""

    name: str
    formulas: int
    costs: Costs


@dataclass(frozen=True)
class Master:
    """The costs of a master of so many workbooks, of it without links, with values alone, and of parts of that."""

    size: int
    whole: Costs
    unlinked: Costs
    values: Costs
    formulas: int
    parts: tuple[Part, ...]


def measured(office: LibreOffice, path: Path, size: int, rounds: int, parts: int) -> Master:
    """All of it by turns, medians, and as many sheets and kinds of formulas alone as `parts` says."""
    by_sheet, by_kind = formulas.counts(path)
    alone: list[tuple[str, int, Keep]] = [
        *((name, count, formulas.of_sheet(name)) for name, count in by_sheet.most_common(parts)),
        *((f"`{name}`", count, formulas.of_kind(name)) for name, count in by_kind.most_common(parts)),
    ]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = {"whole": path}
        for n, keep in enumerate((formulas.every, formulas.none, *(own for *_, own in alone))):
            copies[str(n)] = formulas.keep(path, folder / f"{n}.xlsx", keep)
        costs = _turns(office, copies, folder / "saved.xlsx", *((rounds, 1) if size < _LARGE else (1, 0)))
    whole, unlinked, values, *others = costs
    own = tuple(Part(name, count, one) for (name, count, _), one in zip(alone, others, strict=True))
    return Master(size, whole, unlinked, values, by_sheet.total(), own)


def _turns(office: LibreOffice, copies: Mapping[str, Path], out: Path, rounds: int, uncounted: int) -> list[Costs]:
    """The costs of each copy; only the first ones are saved too."""
    runs: dict[str, list[Costs]] = {key: [] for key in copies}
    for turn in range(uncounted + rounds):
        for number, (key, path) in enumerate(copies.items()):
            costs = office.costs(path, out if number < _SAVED else None)
            if turn >= uncounted:
                runs[key].append(costs)
    return [Costs(*map(statistics.median, zip(*own, strict=True))) for own in runs.values()]


def section(master: Master) -> str:
    """Its part of the page."""
    values = master.values
    named = (("master", master.whole), ("without links", master.unlinked), ("values alone", values))
    whole = [
        f"| {name} | {c.opening:.2f} | {c.opening / values.opening:.1f} | {c.recalculation:.2f} | {c.saving:.2f} | "
        f"{c.saving / values.saving:.1f} |"
        for name, c in named
    ]
    parts = [
        f"| {p.name} | {p.formulas} | {p.costs.opening - values.opening:.2f} | {p.costs.recalculation:.3f} |"
        for p in master.parts
    ]
    return _SECTION.format(size=master.size, count=master.formulas, whole="\n".join(whole), parts="\n".join(parts))
