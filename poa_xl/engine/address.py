"""The name of an engine as a person gives it: `local`, `dask://HOST:PORT` or `dask+tls://HOST:PORT`."""

import re
from dataclasses import dataclass

from poa_xl import extras
from poa_xl.cells import visible
from poa_xl.errors import WrongUseError
from poa_xl.messages import engine as words

_LOCAL = "local"
_SCHEDULER = re.compile(r"dask(?P<tls>\+tls)?://(?P<place>(?:[\w.-]+|\[[0-9a-fA-F:.]+\]):(?P<port>\d{1,5}))/?")
_LAST_PORT = 65_535


@dataclass(frozen=True)
class SchedulerAddress:
    """Where a scheduler listens; `shown` is what the person wrote."""

    shown: str
    place: str  # host:port
    tls: bool

    @property
    def of_dask(self) -> str:
        """The same as Dask calls it."""
        return f"{'tls' if self.tls else 'tcp'}://{self.place}"


def of(given: str) -> SchedulerAddress | None:
    """Where the scheduler is; None for this computer.

    WrongUseError for what is neither; PoaError where the library that talks with one is missing.
    """
    if given == _LOCAL:
        return None
    found = _SCHEDULER.fullmatch(given)
    if not found or not 0 < int(found["port"]) <= _LAST_PORT:
        raise WrongUseError(words.UNKNOWN, dado=visible(given))
    extras.require(words.WITHOUT_LIBRARIES, "distributed")
    return SchedulerAddress(given, found["place"], bool(found["tls"]))
