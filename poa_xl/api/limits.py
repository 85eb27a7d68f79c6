"""What files may ask of the program: the usual limits, or those that a file of limits names."""

from dataclasses import replace
from os import PathLike
from pathlib import Path

import yaml

from poa_xl.errors import WrongUseError
from poa_xl.guards import DEFAULT, Limits, LimitsError, RefusedError, open_once
from poa_xl.guards.limits import changed
from poa_xl.messages import limits as words

GivenLimits = Limits | str | PathLike[str] | None
_OWN = replace(DEFAULT, archivo_mb=0.1)  # a file of limits has some lines


def read(given: GivenLimits) -> Limits:
    """The limits that a YAML file names, the others as usual. WrongUseError for a file that cannot be used."""
    if given is None or isinstance(given, Limits):
        return given or DEFAULT
    try:
        return changed(yaml.safe_load(open_once(Path(given), _OWN).decode("utf-8-sig")))
    except RefusedError as error:
        raise WrongUseError(f"{given}: {words.not_read(error.details, error.found)}.") from error
    except LimitsError as error:
        raise WrongUseError(f"{given}: {error}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # numbers of thousands of digits, and the like
        raise WrongUseError(f"{given}: {words.NOT_YAML}.") from error
