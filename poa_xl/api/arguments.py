"""What calls accept where a day, a quarter, a year, functions or a path is meant, and what they refuse.

The command line takes its bounds and its choices from here. Nothing heavy is loaded.
"""

import datetime as dt
import operator
from collections.abc import Sequence
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Literal, TypeGuard, cast, get_args

from poa_xl.errors import WrongUseError
from poa_xl.messages import library
from poa_xl.printable import visible

if TYPE_CHECKING:
    from poa_xl.writers.unit_workbook.workbook import FormulaKind

# First and last of what may be given.
QUARTERS = (1, 4)
DEMO_QUARTERS = (1, 2)  # those that were published
ROWS = (1, 2000)  # to fill in, of each sheet of a template
YEARS = (2000, 2100)
JOBS = (1, 256)  # entities at once

GivenPaths = str | PathLike[str] | Sequence[str | PathLike[str]]
Functions = Literal["poa", "native", "xlwings"]
Sample = Literal["ministerio", "municipio"]
MINISTERIO: Sample = "ministerio"


def day(given: object) -> dt.date:
    """A day; of a moment, its day. WrongUseError for what is neither."""
    if _is_moment(given):
        return given.date()
    if isinstance(given, dt.date) and not isinstance(given, dt.datetime):
        return given
    raise WrongUseError(library.NOT_A_DAY, dado=_shown(given))


def moment(given: object) -> dt.datetime:
    """A moment, with the offset of this place. WrongUseError for what is none: a day has no hour."""
    if _is_moment(given):
        plain = dt.datetime.combine(given.date(), given.time(), given.tzinfo)  # pandas has a kind of its own
        try:
            return plain.astimezone()
        except (OverflowError, ValueError, OSError):  # of a year that no clock of this computer has
            pass
    raise WrongUseError(library.NOT_A_MOMENT, dado=_shown(given))


def _is_moment(given: object) -> TypeGuard[dt.datetime]:
    """Whether it is one: what pandas calls «not a time» is a datetime, and equal to nothing."""
    return isinstance(given, dt.datetime) and bool(given == given)


def quarter(given: object) -> int:
    """A quarter. WrongUseError for what is none."""
    if given is None:
        raise WrongUseError(library.MISSING_QUARTER)
    return whole(given, QUARTERS, library.WRONG_QUARTER)


def quarter_or_none(given: object) -> int | None:
    """A quarter, or None where each workbook's own is meant. WrongUseError for what is neither."""
    return None if given is None else quarter(given)


def whole(given: object, bounds: tuple[int, int], template: str) -> int:
    """A whole number of whatever kind, as an int. WrongUseError, in these words, for another and for no number."""
    (first, last), number = bounds, _index(given)
    if number is None or not first <= number <= last:
        raise WrongUseError(template, dado=_shown(given), desde=first, hasta=last)
    return number


def _index(given: object) -> int | None:
    """A number that counts something, whoever made it; True counts nothing."""
    try:
        return None if isinstance(given, bool) else operator.index(given)  # type: ignore[arg-type]
    except TypeError:
        return None


def version(given: object) -> str:
    """A version of the template, as text: it may be given as a number. WrongUseError for what is neither."""
    if isinstance(given, str):
        return given
    number = _index(given)
    if number is None:
        raise WrongUseError(library.NOT_A_VERSION, dado=_shown(given))
    return str(number)


def valid_functions(given: object) -> Functions:
    """What computed cells call. WrongUseError for what they cannot."""
    known = get_args(Functions)
    if given not in known:
        raise WrongUseError(library.OTHER_FUNCTIONS, dadas=_shown(given), hay=", ".join(known))
    return cast(Functions, given)


def valid_sample(given: object) -> Sample:
    """Which sample. WrongUseError for what is none."""
    known = get_args(Sample)
    if given not in known:
        raise WrongUseError(library.OTHER_SAMPLES, dada=_shown(given), hay=", ".join(known))
    return cast(Sample, given)


def writer_terms(functions: str) -> "tuple[FormulaKind, bool]":
    """Of functions, what the writer of workbooks takes: which formulas, and whether there are macros with them."""
    return "native" if functions == "native" else "poa", functions == "xlwings"


def texts(given: str | Sequence[str] | None) -> Sequence[str]:
    """Texts, one or several: one text is no list of its letters."""
    return [given] if isinstance(given, str) else given or ()


def existing(path: str | PathLike[str]) -> Path:
    """A path at which something is. WrongUseError where there is nothing."""
    found = Path(path)
    if not found.exists() and not found.is_symlink():
        raise WrongUseError(library.NOT_THERE, ruta=visible(str(found)))
    return found


def given_paths(paths: GivenPaths) -> tuple[Path, ...]:
    """Paths, one or several. WrongUseError where there is nothing."""
    return tuple(existing(path) for path in several(paths))


def several(paths: GivenPaths) -> Sequence[str | PathLike[str]]:
    """One path as a list of it."""
    return [paths] if isinstance(paths, str | PathLike) else paths


_LONGEST = 60  # characters of a value that are shown


def _shown(given: object) -> str:
    said = str(given) if isinstance(given, str | int | float | dt.date) else type(given).__name__
    return visible(said[:_LONGEST])
