"""The limits of a command: those of its file of limits, or the usual ones."""

from pathlib import Path

import click
import yaml

from poa_xl.guards import DEFAULT, Limits, LimitsError
from poa_xl.guards.limits import changed
from poa_xl.messages import limits as words


def read(path: str | None) -> Limits:
    """The limits that a YAML file names, the others as they are. A file that cannot be used is wrong usage."""
    if path is None:
        return DEFAULT
    try:
        return changed(yaml.safe_load(Path(path).read_text(encoding="utf-8")))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise click.UsageError(f"{path}: {words.NOT_YAML}.") from error
    except LimitsError as error:
        raise click.UsageError(f"{path}: {error}.") from error
