"""Guards: what stands between the file of a stranger and the parsers. `reading` reads files through here alone.

`open_once` gives the bytes of a file, and everything after works on these. What parses them runs in a worker
(`in_worker`): there `opened` looks at what they are and at the directory of the zip, `contents` gives the cells, and
`first_rows` as many of them as tell what a workbook is.
All raise `RefusedError`, with the code of a finding.
"""

from collections.abc import Callable, Collection
from typing import Any

from poa_xl.guards import parsing, workbook
from poa_xl.guards.limits import DEFAULT, Limits, LimitsError
from poa_xl.guards.merged import MergedArea
from poa_xl.guards.opening import begins_as_book, check_kind, open_once
from poa_xl.guards.package import Package
from poa_xl.guards.parsing import Contents
from poa_xl.guards.refused import RefusedError, ambiguous, beyond, of_exception, unforeseen

__all__ = [
    "DEFAULT",
    "Contents",
    "Limits",
    "LimitsError",
    "MergedArea",
    "Package",
    "RefusedError",
    "ambiguous",
    "begins_as_book",
    "beyond",
    "check_kind",
    "contents",
    "first_rows",
    "in_worker",
    "of_exception",
    "open_once",
    "opened",
    "unforeseen",
]


Wanted = Callable[[list[str]], Collection[str] | None]
Resembles = parsing.Resembles


def opened(content: bytes, limits: Limits) -> Package:
    """The package in the bytes of a file. RefusedError, saying what it is, for anything that is no sound zip."""
    check_kind(content)
    return Package(content, limits)


def contents(
    package: Package,
    limits: Limits,
    wanted: Wanted = lambda names: None,
    resembles: Resembles = lambda name, head: False,
    spared: Wanted = lambda names: (),
) -> Contents:
    """The sheets of a workbook, parsed in this process: for tasks of a worker.

    `wanted` says of the names of all sheets which are needed (None for all); of the others come those of which
    `resembles` says by their name and first rows that they look like one, and the rest blank. `spared` says which come
    blank where they are not sound.
    """
    index = workbook.index(package, limits)
    names = [name for name, _ in index.sheets]
    return parsing.contents(package, index, limits, wanted(names), resembles, spared(names) or ())


def first_rows(package: Package, limits: Limits, whole: Callable[[list[str]], Collection[str]]) -> Contents:
    """The first rows of the sheets of a workbook, enough to tell what it is, however large. For tasks of a worker.

    `whole` says of the names of all sheets of which all rows are needed. What cannot be read is blank.
    """
    index = workbook.index(package, limits)
    return parsing.first_rows(package, index, limits, whole([name for name, _ in index.sheets]))


def in_worker(task: str, content: bytes, limits: Limits, **arguments: Any) -> tuple[Any, bytes]:
    """Have a task done with the bytes of a file, in a process that may die: `pool.Pool.run` says how."""
    from poa_xl.guards import pool  # not needed where no file is read

    check_kind(content)
    return pool.shared.run(task, content, limits, arguments)
