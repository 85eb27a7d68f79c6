"""What the product reads of many files, in a process of its own: today a file can abort it.

Run as a module it answers each path of its input with one line of JSON: `{"refused": "LIB-011 …"}`, or the sheets with
their cells by address, and which of these are odd. Dates are `{"date": ISO}` and durations `{"days": number}`.
"""

import datetime as dt
import json
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any

from poa_xl import cells, messages, reading
from tests.structures.comparison import DIED

SECONDS = 60


class Product:
    """A process that reads, started anew where it dies."""

    def __init__(self) -> None:
        self._process: subprocess.Popen[str] | None = None

    def read(self, path: Path) -> dict[str, Any]:
        """The answer for a file; `{"died": how}` where the process ended or hung, or an exception was not foreseen."""
        process = self._process = self._process or self._started()
        assert process.stdin
        assert process.stdout
        clock = threading.Timer(SECONDS, process.kill)
        clock.start()
        try:
            process.stdin.write(f"{path}\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            clock.cancel()
        if line:
            answer: dict[str, Any] = json.loads(line)
            return answer
        self._process = None
        return {DIED: f"exit {process.wait()}"}

    def kill(self) -> None:
        """End the process at once, as an abort does."""
        assert self._process
        self._process.kill()

    def close(self) -> None:
        """End the process."""
        if self._process:
            self._process.communicate()

    @staticmethod
    def _started() -> "subprocess.Popen[str]":
        command = [sys.executable, "-m", "tests.structures.product"]
        quiet = subprocess.DEVNULL
        return subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=quiet,
            text=True,
            cwd=Path(__file__).parents[2],
        )


# --- in the process ---------------------------------------------------------------------------------------


def answer(path: Path) -> dict[str, Any]:
    """What the product makes of a file."""
    file = reading.File(path)
    refused = [f for f in file.read([]).findings if messages.has(f.code, messages.Trait.REFUSES_FILE)]
    if refused:
        return {"refused": " ".join(filter(None, (refused[0].code, refused[0].details.get("motivo", ""))))}
    grids = [(name, file.grid(name)) for name in file.sheet_names]
    if not grids or any(grid is None for _, grid in grids):  # what `read` says once it needs the sheet
        return {"refused": "LIB-001"}
    return {"sheets": [[name, _filled(grid or [])] for name, grid in grids], "odd": file.odd}


def _filled(grid: reading.Grid) -> dict[str, Any]:
    return {
        f"{cells.letters(column)}{row}": _plain(value)
        for row, values in enumerate(grid, 1)
        for column, value in enumerate(values)
        if value not in cells.BLANKS
    }


def _plain(value: object) -> Any:
    if isinstance(value, dt.datetime | dt.date | dt.time):
        return {"date": value.isoformat()}
    if isinstance(value, dt.timedelta):
        return {"days": value / dt.timedelta(days=1)}
    return value


def main() -> None:
    """Answer until the input ends."""
    for line in sys.stdin:
        try:
            reply = answer(Path(line.rstrip("\n")))
        except Exception as error:  # a traceback is a death too
            reply = {DIED: f"{type(error).__name__}: {error}"[:300]}
        print(json.dumps(reply), flush=True)


if __name__ == "__main__":
    main()
