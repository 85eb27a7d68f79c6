"""The table that the test run ends with: cases of the worksheet functions × programs.

A program's test says what became of each case with `note`; the reports carry it to the process that prints.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path

import pytest

from tests.function_cases import CASES

_PROPERTY = "worksheet functions"
FILE = "casos-por-programa.md"
_collected: dict[str, dict[str, str]] = {}  # program -> case -> "" where it is as expected, else why it has no form


def note(
    record_property: Callable[[str, object], None], host: str, equal: Iterable[str], without: Mapping[str, str]
) -> None:
    """Say which cases came out as expected in a program, and why others have no form there."""
    record_property(_PROPERTY, {"host": host, "equal": list(equal), "without": dict(without)})


def collect(report: pytest.TestReport) -> None:
    """Take what a passed test noted."""
    for name, value in report.user_properties:
        if name == _PROPERTY and report.passed and report.when == "call" and isinstance(value, dict):
            cases = _collected.setdefault(value["host"], {})
            cases.update(dict.fromkeys(value["equal"], ""))
            cases.update(value["without"])


def lines() -> list[str]:
    """The table by function; [] where no program's test ran."""
    if not _collected:
        return []
    hosts = list(_collected)
    functions = Counter(case.function for case in CASES)
    rows = [[name, str(count), *(_equal(host, name) for host in hosts)] for name, count in functions.items()]
    total = ["all", str(len(CASES)), *(_equal(host, "") for host in hosts)]
    table = [["function", "cases", *hosts], *rows, total]
    widths = [max(len(row[i]) for row in table) for i in range(len(table[0]))]
    drawn = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in table]
    return [*drawn, "", *_reasons()]


def _equal(host: str, function: str) -> str:
    names = [case.name for case in CASES if function in ("", case.function)]
    known = [name for name in names if name in _collected[host]]
    equal = sum(not _collected[host][name] for name in known)
    rest = len(names) - equal
    return f"{equal} equal" + (f", {rest} without form" if rest else "")


def _reasons() -> list[str]:
    reasons = Counter((host, reason) for host, cases in _collected.items() for reason in cases.values() if reason)
    return [f"{host}: {count} without form: {reason}" for (host, reason), count in reasons.items()]


def write(folder: Path) -> Path:
    """The whole table, a case a row."""
    hosts = list(_collected)
    rows = [
        [case.name, str(list(case.arguments)), str(case.gives)]
        + [_collected[host].get(case.name, "not tried") or "equal" for host in hosts]
        for case in CASES
    ]
    table = [["case", "arguments", "gives", *hosts], ["---"] * (3 + len(hosts)), *rows]
    target = folder / FILE
    target.write_text("".join(f"| {' | '.join(cells)} |\n" for cells in table), encoding="utf-8")
    return target
