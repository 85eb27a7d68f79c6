"""What a master costs in LibreOffice: opened, recalculated hard and saved, beside itself with values for formulas."""

import statistics
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bench import formulas
from tests.libreoffice import Costs, LibreOffice

_SECTION = """## The master of {size} workbooks

{count} formulas. Opened, recalculated hard and saved as .xlsx, in seconds; beside it the same workbook without the
links from figure to figure, and with the value of each formula in its place.

| | opening | × values | recalculation | saving | × values |
|---|---|---|---|---|---|
{whole}

With the formulas of one sheet alone, or of one kind, all others being values; the sheets and kinds that have most.
Opening varies by some tenths of a second from run to run.

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
    """The costs of a master of so many workbooks, of the same without formulas or without links, and of parts."""

    size: int
    whole: Costs
    values: Costs
    unlinked: Costs
    formulas: int
    parts: tuple[Part, ...]


def measured(office: LibreOffice, path: Path, size: int, rounds: int, parts: int) -> Master:
    """All of it, by turns, medians, and so many sheets and kinds of formulas alone; a first turn is not counted."""
    by_sheet, by_kind = formulas.counts(path)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        copies = {"whole": path, "values": formulas.keep(path, folder / "values.xlsx", lambda *_: False)}
        copies["no links"] = formulas.without_links(path, folder / "unlinked.xlsx")
        listed: dict[str, tuple[str, int]] = {}
        for n, (sheet, count) in enumerate(by_sheet.most_common(parts)):
            copies[f"s{n}"] = formulas.keep(path, folder / f"s{n}.xlsx", formulas.of_sheet(sheet))
            listed[f"s{n}"] = (sheet, count)
        for n, (kind, count) in enumerate(by_kind.most_common(parts)):
            copies[f"k{n}"] = formulas.keep(path, folder / f"k{n}.xlsx", formulas.of_kind(kind))
            listed[f"k{n}"] = (f"`{kind}`", count)
        costs = _turns(office, copies, folder / "saved.xlsx", rounds)
    alone = tuple(Part(*listed[key], costs[key]) for key in listed)
    return Master(size, costs["whole"], costs["values"], costs["no links"], by_sheet.total(), alone)


def _turns(office: LibreOffice, copies: Mapping[str, Path], out: Path, rounds: int) -> dict[str, Costs]:
    runs: dict[str, list[Costs]] = {key: [] for key in copies}
    for turn in range(rounds + 1):
        for key, path in copies.items():
            costs = office.costs(path, out)
            if turn:
                runs[key].append(costs)
    return {key: Costs(*map(statistics.median, zip(*own, strict=True))) for key, own in runs.items()}


def section(master: Master) -> str:
    """Its part of the page."""
    values = master.values
    whole = [
        f"| {name} | {c.opening:.2f} | {c.opening / values.opening:.1f} | {c.recalculation:.2f} | {c.saving:.2f} | "
        f"{c.saving / values.saving:.1f} |"
        for name, c in (("master", master.whole), ("without links", master.unlinked), ("values alone", values))
    ]
    parts = [
        f"| {p.name} | {p.formulas} | {p.costs.opening - values.opening:.2f} | {p.costs.recalculation:.3f} |"
        for p in master.parts
    ]
    return _SECTION.format(size=master.size, count=master.formulas, whole="\n".join(whole), parts="\n".join(parts))
