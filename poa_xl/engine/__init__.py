"""Engines: where the workbooks of units are read. On this computer, or by the workers of a Dask scheduler.

Whatever the engine, a file is opened once, by this program, and parsed in a guarded process (`guards.pool`); the books
are the same. `opened` gives the engine of a name such as `local` or `dask://HOST:PORT`.
"""

from contextlib import AbstractContextManager, closing, nullcontext

from poa_xl.engine import address
from poa_xl.engine.interface import Engine, EngineError, GivenEngine, NamedFile
from poa_xl.engine.local import LOCAL, LocalEngine

__all__ = ["LOCAL", "Engine", "EngineError", "GivenEngine", "NamedFile", "opened"]


def opened(given: GivenEngine, readers: int | None = None) -> AbstractContextManager[Engine]:
    """The engine of a name, closed at the end of a `with`; one that is given as it is stays open.

    That of this computer has as many `readers` as are of use to one program, or so many.

    WrongUseError for a name that none has, PoaError where the libraries that it needs are missing. One of many
    computers connects when it is first asked to read: EngineError, from `read`, where it cannot.
    """
    if not isinstance(given, str):
        return nullcontext(given)
    place = address.of(given)
    if place is None:
        return nullcontext(LocalEngine(readers) if readers else LOCAL)
    from poa_xl.engine.cluster import Cluster  # not needed where everything is read here

    return closing(Cluster(place))
