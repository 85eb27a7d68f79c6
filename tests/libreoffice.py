"""A headless LibreOffice for the tests: recalculates workbooks, fills in cells, converts.

One soffice serves a whole test session, with a profile of its own in a temporary folder. It is driven by
`uno_worker.py`, run with a Python that has LibreOffice's `uno` (the system's, or the one inside LibreOffice).
"""

import contextlib
import datetime as dt
import json
import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import python_calamine
from openpyxl.utils.cell import coordinate_to_tuple

WORKER = Path(__file__).with_name("uno_worker.py")
SECONDS_TO_STOP = 20
Value = float | str | None


class Cell(NamedTuple):
    """A formula cell: its formula as LibreOffice writes it, the value in the file, the recalculated one."""

    formula: str
    cached: Value
    recalculated: Value
    is_error: bool


class Dispatched(NamedTuple):
    """What became of a document after an order: what was said, and the document's sheets as typed, by name."""

    said: str
    succeeded: bool
    seconds: float  # from the order to its end
    before: dict[str, list[list[str]]]
    after: dict[str, list[list[str]]]
    links: dict[str, list[str]]  # sheet -> the address behind each cell of column A
    shown: str  # the sheet in front
    protected: list[str]
    moved: bool  # whether the document lies elsewhere now
    modified: bool
    steps: list[str]  # what can be undone
    undone: dict[str, list[list[str]]] | None = None  # the sheets after undoing the last step


class Costs(NamedTuple):
    """Seconds that a person waits for a workbook: until it is open, recalculated, saved."""

    opening: float
    recalculation: float
    saving: float


class LibreOfficeMissingError(RuntimeError):
    """There is no LibreOffice, or no Python that can talk to it."""


def _soffice() -> Path:
    found = shutil.which("soffice") or shutil.which("libreoffice")
    if not found:
        raise LibreOfficeMissingError("soffice (LibreOffice) is not installed")
    return Path(found).resolve()


def _python_with_uno(soffice: Path) -> str:
    """A Python that imports uno: this one, the system's, or LibreOffice's own."""
    candidates = [sys.executable, shutil.which("python3", path=os.defpath), soffice.with_name("python")]
    for candidate in candidates:
        if candidate and Path(candidate).exists():
            probe = subprocess.run([str(candidate), "-c", "import uno"], capture_output=True, check=False)
            if probe.returncode == 0:
                return str(candidate)
    raise LibreOfficeMissingError("no Python with LibreOffice's uno was found (package python3-uno)")


def _plain_environment() -> dict[str, str]:
    """The environment without what would lead another Python to this one's packages."""
    return {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k != "VIRTUAL_ENV"}


class LibreOffice:
    """A running soffice. `extensions` is a folder with unzipped extensions (.oxt) that it shall load, `settings` the
    folder in which its programs look for the settings of the user.
    """

    def __init__(self, extensions: Path | None = None, settings: Path | None = None) -> None:
        soffice = _soffice()
        python = _python_with_uno(soffice)
        self._profile = tempfile.TemporaryDirectory(prefix="poa-xl-office-")
        pipe = f"poa-xl-{os.getpid()}-{Path(self._profile.name).name}"
        command = [
            str(soffice),
            f"-env:UserInstallation={Path(self._profile.name).as_uri()}",
            "--headless",
            "--norestore",
            "--nologo",
            f"--accept=pipe,name={pipe};urp;",
        ]
        if extensions:
            command.insert(1, f"-env:BUNDLED_EXTENSIONS={extensions.resolve().as_uri()}")
        quiet = subprocess.DEVNULL
        environment = _plain_environment()
        if settings:
            environment["XDG_CONFIG_HOME"] = str(settings)
        self._office = subprocess.Popen(
            command, stdin=quiet, stdout=quiet, stderr=quiet, env=environment, start_new_session=True
        )
        self._worker = subprocess.Popen(
            [python, str(WORKER), pipe], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env=environment
        )
        self._read()

    def _read(self) -> Any:
        assert self._worker.stdout
        line = self._worker.stdout.readline()
        if not line:
            raise RuntimeError("the LibreOffice worker stopped")
        reply = json.loads(line)
        if "error" in reply:
            raise RuntimeError(reply["error"])
        return reply["ok"]

    def _ask(self, **request: Any) -> Any:
        assert self._worker.stdin
        self._worker.stdin.write(json.dumps(request) + "\n")
        self._worker.stdin.flush()
        return self._read()

    def recalculate(self, path: Path | str) -> dict[str, dict[str, Cell]]:
        """Every formula cell of a workbook after a hard recalculation: sheet -> cell name -> `Cell`."""
        answer = self._ask(do="recalculate", path=str(path))
        cached = _cached(path)
        return {
            sheet: {
                name: Cell(formula, _at(cached[sheet], name), value, error)
                for name, (formula, value, error) in cells.items()
            }
            for sheet, cells in answer.items()
        }

    def shown(self, path: Path | str) -> dict[str, Any] | None:
        """What a person sees in a workbook, with nothing calculated anew; see `uno_worker.shown`."""
        answer: dict[str, Any] | None = self._ask(do="shown", path=str(path))
        return answer

    def set_cells_and_save(
        self, path: Path | str, out: Path | str, cells: dict[str, dict[str, float | str | None]]
    ) -> Path:
        """Fill in cells (sheet -> cell name -> value), recalculate, and save as .xlsx."""
        return Path(self._ask(do="save", path=str(path), out=str(out), cells=cells))

    def save_as_xlsx(self, path: Path | str, out: Path | str) -> Path:
        """Open, recalculate and save as .xlsx, as a person with LibreOffice does."""
        return self.set_cells_and_save(path, out, {})

    def dispatch(
        self, url: str, path: Path | str | None, out: Path | str | None = None, read_only: bool = False
    ) -> Dispatched:
        """Open a workbook (an empty one without a path), carry out an order as a menu does, save it as .xlsx."""
        places = {"path": str(path) if path else "", "out": str(out) if out else ""}
        return Dispatched(**self._ask(do="dispatch", url=url, read_only=read_only, **places))

    def fastest(self, path: Path | str, sheets: tuple[str, ...], times: int) -> dict[str, float]:
        """The fewest seconds of several hard recalculations of each sheet alone."""
        return dict(self._ask(do="fastest", path=str(path), sheets=sheets, times=times))

    def costs(self, path: Path | str, out: Path | str | None = None) -> Costs:
        """What it costs to open a workbook, to recalculate all of it, and to save it as .xlsx under `out`, if given."""
        return Costs(*self._ask(do="costs", path=str(path), out=str(out) if out else ""))

    def folded(self, path: Path | str, sheet: str, columns: tuple[int, int], fold: bool = True) -> list[bool]:
        """Which columns a person sees after folding those from the first to the last, or after unfolding them again."""
        return list(self._ask(do="fold", path=str(path), sheet=sheet, columns=columns, fold=fold))

    def to_pdf(self, path: Path | str, folder: Path | str) -> Path:
        """The workbook as it prints: `<folder>/<name>.pdf`."""
        out = Path(folder) / f"{Path(path).stem}.pdf"
        return Path(self._ask(do="pdf", path=str(path), out=str(out)))

    def edit_document(self, path: Path | str, out: Path | str, replaced: dict[str, str] | None = None) -> Path:
        """Open a text document, replace words in it, and save it as .docx, as a person with Writer does."""
        return Path(self._ask(do="edit", path=str(path), out=str(out), replaced=replaced or {}))

    @contextlib.contextmanager
    def holding(self, path: Path | str) -> Iterator[None]:
        """Keep a workbook open meanwhile, as a person who looks at it."""
        self._ask(do="hold", path=str(path))
        try:
            yield
        finally:
            self._ask(do="release", path=str(path))

    def kill(self) -> None:
        """Stop soffice at once, with what it started: it hangs."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._office.pid, signal.SIGKILL)
        self._worker.kill()

    def close(self) -> None:
        """Stop soffice and remove its profile."""
        assert self._worker.stdin
        with contextlib.suppress(BrokenPipeError):  # it was killed
            self._worker.stdin.close()
        for process in (self._worker, self._office):
            try:
                process.wait(SECONDS_TO_STOP)
            except subprocess.TimeoutExpired:
                process.kill()
        self._profile.cleanup()


def _cached(path: Path | str) -> dict[str, list[list[Any]]]:
    """Sheet -> rows of values as they lie in the file."""
    with python_calamine.CalamineWorkbook.from_path(path) as book:
        return {n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names}


def _at(rows: list[list[Any]], name: str) -> Value:
    row, column = coordinate_to_tuple(name)
    return rows[row - 1][column - 1] if row <= len(rows) and column <= len(rows[row - 1]) else ""


_DAY_0 = dt.date(1899, 12, 30)


def differences(sheets: dict[str, dict[str, Cell]], tolerance: float = 1e-9) -> list[str]:
    """Formula cells whose cached value is not the recalculated one, or that show an error, as text lines.

    Numbers may differ by `tolerance`, relative to those above 1; texts must be equal.
    """
    lines = []
    for sheet, cells in sheets.items():
        for name, cell in cells.items():
            if cell.is_error or not _agree(cell.cached, cell.recalculated, tolerance):
                lines.append(f"{sheet}!{name} {cell.formula}: {cell.cached!r} -> {cell.recalculated!r}")
    return lines


def _agree(cached: object, recalculated: object, tolerance: float) -> bool:
    if isinstance(cached, dt.date) and not isinstance(cached, dt.datetime):
        cached = (cached - _DAY_0).days  # as LibreOffice tells a day
    if isinstance(cached, (int, float)) and isinstance(recalculated, (int, float)):
        return abs(cached - recalculated) <= tolerance * max(1.0, abs(cached))
    return (cached or "") == (recalculated or "") if isinstance(cached, str) else False
