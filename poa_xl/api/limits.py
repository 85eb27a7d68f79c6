"""What files may ask of the program: the usual limits, or those that a file of limits names."""

from dataclasses import replace
from os import PathLike

import yaml

from poa_xl.api import arguments
from poa_xl.cells import visible
from poa_xl.errors import WrongUseError
from poa_xl.guards import DEFAULT, Limits, LimitsError, RefusedError, open_once
from poa_xl.guards.limits import changed
from poa_xl.messages import library, limits as words

GivenLimits = Limits | str | PathLike[str] | None
_SECONDS_OF_A_MASTER = 60
_OWN = replace(DEFAULT, archivo_mb=0.1)  # a file of limits has some lines


def read(given: GivenLimits) -> Limits:
    """The limits that a YAML file names, the others as usual. WrongUseError for a file that cannot be used."""
    if given is None or isinstance(given, Limits):
        return given or DEFAULT
    path = arguments.existing(given)
    try:
        return changed(yaml.safe_load(open_once(path, _OWN).decode("utf-8-sig")))
    except RefusedError as error:
        raise _refused(given, words.not_read(error.details, error.found)) from error
    except LimitsError as error:
        raise _refused(given, str(error)) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # numbers of thousands of digits, and the like
        raise _refused(given, words.NOT_YAML) from error


def of_master(bounds: Limits) -> Limits:
    """Those for a master: it has as many rows as all the files that it was made of, and takes its time."""
    return replace(bounds, segundos=max(bounds.segundos, _SECONDS_OF_A_MASTER))


def _refused(given: str | PathLike[str], why: str) -> WrongUseError:
    return WrongUseError(library.LIMITS_FILE, ruta=visible(str(given)), porque=why)
