"""A Dask scheduler and its workers on this machine, as the guide starts them: real processes, ended by their numbers."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from distributed import Client

ROOT = Path(__file__).resolve().parent.parent
SECONDS = 60
_DASK = [sys.executable, "-P", "-m", "dask"]


class DaskCluster:
    """Processes of a folder, which has what they say; `address` is what `--engine` takes."""

    def __init__(
        self, folder: Path, scheduler: Sequence[str] = (), environment: Mapping[str, str] | None = None
    ) -> None:
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self._environment = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
        self._said = folder / "planificador.json"
        self.workers: list[subprocess.Popen[bytes]] = []
        own = ["--host", "127.0.0.1", "--port", "0", "--no-dashboard", "--scheduler-file", str(self._said)]
        self.scheduler = self._start("planificador", ["scheduler", *own, *scheduler])
        _wait_for(self._listens)

    def _listens(self) -> bool:
        try:
            return bool(json.loads(self._said.read_text(encoding="utf-8")))
        except (OSError, ValueError):
            return False

    @property
    def of_dask(self) -> str:
        """The address as Dask calls it."""
        return str(json.loads(self._said.read_text(encoding="utf-8"))["address"])

    @property
    def address(self) -> str:
        """The address as `--engine` takes it."""
        return self.of_dask.replace("tcp://", "dask://").replace("tls://", "dask+tls://")

    def add_worker(
        self, preload: str = "", options: Sequence[str] = ("--no-nanny",), environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        """One more worker of one thread; `preload` is Python that it runs first."""
        more: list[str] = list(options)
        if preload:
            script = self.folder / f"antes{len(self.workers)}.py"
            script.write_text(preload, encoding="utf-8")
            more += ["--preload", str(script)]
        own = ["worker", self.of_dask, "--nworkers", "1", "--nthreads", "1", "--no-dashboard"]
        name = f"trabajador{len(self.workers)}"
        place = ["--local-directory", str(self.folder / name)]
        self.workers.append(self._start(name, [*own, *place, *more], environment))
        return self.workers[-1]

    def wait_for_workers(self, count: int) -> None:
        """Until so many have joined."""
        with Client(self.of_dask, set_as_default=False) as client:
            client.wait_for_workers(count, SECONDS)

    def said(self, name: str) -> str:
        """What a process wrote."""
        return (self.folder / f"{name}.txt").read_text(encoding="utf-8", errors="replace")

    def _start(
        self, name: str, arguments: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> subprocess.Popen[bytes]:
        with (self.folder / f"{name}.txt").open("wb") as said:
            return subprocess.Popen(
                [*_DASK, *arguments], stdout=said, stderr=subprocess.STDOUT, cwd=self.folder,
                env=self._environment | dict(environment or {}),
            )  # fmt: skip

    def close(self) -> None:
        """End all of them."""
        for process in (*self.workers, self.scheduler):
            process.send_signal(signal.SIGCONT)
            process.terminate()
        for process in (*self.workers, self.scheduler):
            try:
                process.wait(3)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def _wait_for(happened: Callable[[], bool]) -> None:
    end = time.monotonic() + SECONDS
    while not happened():
        if time.monotonic() > end:
            raise TimeoutError
        time.sleep(0.05)
