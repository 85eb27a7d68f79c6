"""Guards: what stands between the file of a stranger and the parsers. `reading` reads files through here alone.

`open_once` gives the bytes of a file, and everything after works on these: `opened` looks at what they are and at the
directory of the zip, `contents` gives the cells. All raise `RefusedError`, with the code of a finding.
"""

from poa_xl.guards import parsing, workbook
from poa_xl.guards.limits import DEFAULT, Limits, LimitsError
from poa_xl.guards.opening import check_kind, open_once
from poa_xl.guards.package import Package
from poa_xl.guards.parsing import Contents
from poa_xl.guards.refused import RefusedError, beyond

__all__ = ["DEFAULT", "Contents", "Limits", "LimitsError", "Package", "RefusedError", "contents", "open_once", "opened"]


def opened(content: bytes, limits: Limits) -> Package:
    """The package in the bytes of a file. RefusedError, saying what it is, for anything that is no sound zip."""
    check_kind(content)
    return Package(content, limits)


def contents(package: Package, content: bytes, limits: Limits) -> Contents:
    """The sheets of a workbook: an ordinary one is read here, any other in the guarded child."""
    try:
        plan = workbook.plan(package, limits)
        found = parsing.ordinary(package, plan, limits)
    except MemoryError as error:
        raise beyond("memoria_mb", limits, limits.memoria_mb * 1_000_000) from error
    if found is None:
        from poa_xl.guards import child

        found = child.read(content, limits)
    found.links, found.macros = plan.links, package.macros()
    return found


def contents_of(content: bytes, limits: Limits) -> Contents:
    """The sheets of a workbook of any form, read in this process: for the guarded child."""
    package = opened(content, limits)
    return parsing.any_form(package, workbook.plan(package, limits), limits)
