"""The limits of a command: those of its file of limits, or the usual ones."""

from dataclasses import replace
from pathlib import Path

import click
import yaml

from poa_xl.guards import DEFAULT, Limits, LimitsError, RefusedError, open_once
from poa_xl.guards.limits import changed
from poa_xl.messages import limits as words

_OWN = replace(DEFAULT, archivo_mb=0.1)  # a file of limits has some lines


def read(path: str | None) -> Limits:
    """The limits that a YAML file names, the others as they are. A file that cannot be used is wrong usage."""
    if path is None:
        return DEFAULT
    try:
        return changed(yaml.safe_load(open_once(Path(path), _OWN).decode("utf-8-sig")))
    except RefusedError as error:
        raise click.UsageError(f"{path}: {words.not_read(error.details, error.found)}.") from error
    except LimitsError as error:
        raise click.UsageError(f"{path}: {error}.") from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # numbers of thousands of digits, and the like
        raise click.UsageError(f"{path}: {words.NOT_YAML}.") from error
