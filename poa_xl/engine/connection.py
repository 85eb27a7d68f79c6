"""The connection with a Dask scheduler: what Dask raises and says becomes an EngineError with words of ours."""

import asyncio
import logging
import warnings
from collections.abc import Collection, Iterator
from concurrent.futures import Executor, ThreadPoolExecutor, wait
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import dask
from distributed import Client, KilledWorker
from distributed.core import connect, send_recv
from distributed.security import Security

from poa_xl.cells import visible
from poa_xl.engine.address import SchedulerAddress
from poa_xl.engine.interface import EngineError
from poa_xl.messages import engine as words

_SECONDS_TO_CONNECT, _SECONDS_TO_ANSWER = 10, 20
_VERSION = "__import__('poa_xl').__version__"
_LONGEST = 200  # characters of what Dask says that are shown
# A chunk of one large file is more than Dask expects in what is sent with a task.
_SETTINGS = {"distributed.admin.large-graph-warning-threshold": "1GB"}
_CERTIFICATES = {
    "tls_ca_file": "DASK_DISTRIBUTED__COMM__TLS__CA_FILE",
    "tls_client_cert": "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT",
    "tls_client_key": "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY",
}


class SchedulerConnection:
    """A client of a scheduler. EngineError where there is none."""

    def __init__(self, address: SchedulerAddress) -> None:
        self._address = address
        self._settings = dask.config.set(_SETTINGS)
        self._levels = _silence()
        try:
            self._client = self._connected()
        except BaseException:
            self._restore()
            raise

    def _connected(self) -> Any:
        security = _security(self._address)
        try:
            with warnings.catch_warnings():  # of other versions of Dask: what matters is that of poa-xl
                warnings.simplefilter("ignore")
                with ThreadPoolExecutor(1) as thread:  # a notebook has a loop in its own
                    thread.submit(asyncio.run, _greeted(self._address, security)).result()
                return Client(
                    self._address.of_dask, timeout=_SECONDS_TO_CONNECT, set_as_default=False, security=security
                )
        except Exception as error:  # whatever listens there may answer anything
            raise EngineError(words.NO_SCHEDULER, motor=self._address.shown, porque=brief(error)) from error

    def threads(self) -> dict[str, int]:
        """The workers, and how many threads each has; a thread reads a chunk at a time."""
        ask = self._client.scheduler.ncores
        return dict(self._client.sync(ask, workers=None, callback_timeout=_SECONDS_TO_ANSWER))

    def versions(self, workers: Collection[str]) -> list[str | BaseException]:
        """Which poa-xl each of these workers has, or why it has none; nothing of one that is busy with other things.

        Asked by a name of Python alone: a worker that lacks what it is to run ends, and Dask says only that.
        """
        executor = self._client.get_executor(pure=False)
        asked = [executor.submit(eval, _VERSION, workers=[one]) for one in workers]
        done = wait(asked, _SECONDS_TO_ANSWER).done
        return [one.exception() or one.result() for one in done if not one.cancelled()]

    @contextmanager
    def executor(self, retries: int) -> Iterator[Executor]:
        """What takes tasks; what is not done at the end is cancelled."""
        executor = self._client.get_executor(pure=False, retries=retries)
        try:
            yield executor
        finally:
            if self._client.status == "running":  # else nobody is there who could cancel it
                with suppress(Exception):
                    executor.shutdown(wait=False)

    @contextmanager
    def failing(self) -> Iterator[None]:
        """What is asked of the scheduler meanwhile and fails is an EngineError."""
        try:
            yield
        except EngineError:
            raise
        except Exception as error:
            raise EngineError(words.LOST, motor=self._address.shown, porque=brief(error)) from error

    def close(self) -> None:
        """Leave the scheduler."""
        with suppress(Exception):
            self._client.close(_SECONDS_TO_ANSWER)
        self._restore()

    def _restore(self) -> None:
        self._settings.__exit__(None, None, None)
        for logger, level in self._levels.items():
            logger.setLevel(level)


async def _greeted(address: SchedulerAddress, security: Any) -> None:
    """See that a scheduler answers: a client waits for ever for one that takes a connection and says nothing."""
    await asyncio.wait_for(_asked(address, security), _SECONDS_TO_CONNECT)


async def _asked(address: SchedulerAddress, security: Any) -> None:
    said = await connect(address.of_dask, timeout=_SECONDS_TO_CONNECT, **security.get_connection_args("client"))
    try:
        await send_recv(said, op="identity", reply=True)
    finally:
        said.abort()


def ended_workers(error: BaseException) -> bool:
    """Whether a task ended one worker after the other."""
    return isinstance(error, KilledWorker)


def brief(error: BaseException) -> str:
    """What an error of Dask says, in one short line that acts on no terminal."""
    said = " ".join(str(error).split())
    return visible(f"{type(error).__name__}: {said}" if said else type(error).__name__)[:_LONGEST]


def _security(address: SchedulerAddress) -> Any:
    """The certificates that Dask's own settings name. EngineError where some are missing or are none."""
    security = Security(require_encryption=address.tls)
    if not address.tls:
        return security
    missing = [name for field, name in _CERTIFICATES.items() if not _is_file(getattr(security, field))]
    if missing:
        raise EngineError(words.NO_CERTIFICATES, motor=address.shown, faltan=", ".join(missing))
    try:
        security.get_connection_args("client")
    except (OSError, ValueError) as error:  # ssl.SSLError is one
        raise EngineError(words.BAD_CERTIFICATES, motor=address.shown, porque=brief(error)) from error
    return security


def _is_file(given: str | None) -> bool:
    """Whether a setting names a file, or is the certificate itself, as Dask allows."""
    return bool(given) and ("\n" in str(given) or Path(str(given)).is_file())


def _silence() -> dict[logging.Logger, int]:
    """What Dask would print in English, while an EngineError says it; the levels of before come back."""
    names = [name for name in logging.root.manager.loggerDict if name.split(".")[0] in ("distributed", "tornado")]
    found = {logger: logger.level for logger in map(logging.getLogger, names)}
    for logger in found:
        logger.setLevel(logging.CRITICAL + 1)
    return found
