"""Runs poa-xl in a process of its own that can be killed, or that may write no large files. Imported once, then forked."""

import io
import multiprocessing
import os
import resource
import signal
import sys
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import ModuleType

import poa_xl.api.campaign
import poa_xl.api.copies
import poa_xl.api.in_force
import poa_xl.api.receipts
import poa_xl.api.reception
import poa_xl.api.transfer
import poa_xl.checking.unit_books  # what takes the time is loaded before the fork
import poa_xl.cli.output
import poa_xl.cli.receive.report
import poa_xl.evaluation
import poa_xl.writers.annotated.copy
import poa_xl.writers.master
from poa_xl import atomic
from poa_xl.campaign import archive, files, intake, ledger, upgrade
from poa_xl.cli import main


def run(arguments: list[str], output: str, largest: int | None = None, kill_at: str = "") -> None:
    """What a command prints goes to a file; `largest` is the most bytes that any file may get, as on a full disk.

    `kill_at` kills the process right before a step of storing: `settle` (the file gets its name), `add` (its row is
    added), `commit`, `receipt` (after all of that), or `copy`; or within the upgrade of a ledger of before, or right
    after a step of a transfer.
    """
    if kill_at:
        _kill_before(kill_at)
    said = io.BytesIO()
    sys.stdout = sys.stderr = io.TextIOWrapper(said, "utf-8", write_through=True)
    sys.argv = ["poa-xl", *arguments]
    if largest is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (largest, resource.RLIM_INFINITY))
    try:
        main()
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))
        Path(output).write_bytes(said.getvalue())


def _kill_before(step: str) -> None:
    def die(*_: object) -> None:
        os.kill(os.getpid(), signal.SIGKILL)

    if step == "settle":
        files.settle = die  # type: ignore[assignment]
    elif step == "receipt":
        poa_xl.api.receipts.write = die  # type: ignore[assignment]
    elif step == "copy":
        poa_xl.api.copies.copy_with = die  # type: ignore[assignment]
    elif step in _STEPS:
        _kill_after(*_STEPS[step])
    elif step == "add":
        ledger.Ledger.add = die  # type: ignore[assignment,method-assign]
    else:
        whole = intake.take

        def take(*arguments: object, **named: object) -> None:
            whole(*arguments, **named)  # type: ignore[arg-type]
            die()

        intake.take = take  # type: ignore[assignment]


# Right after the old ledger is written, kept, the tables made, the rows chained, or before all is committed; after an
# archive is written or checked; after its files lie in their folder, these were checked, or the folder has its name.
_STEPS: dict[str, tuple[ModuleType, str]] = {
    "upgrade-writing": (upgrade.atomic, "write_through"),
    "upgrade-kept": (upgrade, "_keep"),
    "upgrade-tables": (upgrade, "_receipts"),
    "upgrade-chained": (upgrade, "_chain"),
    "upgrade-version": (upgrade, "_upgrade"),
    "export-packed": (archive, "pack"),
    "export-checked": (archive, "verify"),
    "import-unpacked": (archive, "unpack"),
    "import-checked": (poa_xl.api.transfer, "_checked"),
    "import-named": (atomic, "_name_folder"),
}


def _kill_after(module: ModuleType, name: str) -> None:
    whole = getattr(module, name)

    def die_after(*arguments: object) -> None:
        whole(*arguments)
        os.kill(os.getpid(), signal.SIGKILL)

    setattr(module, name, die_after)


_CONTEXT = multiprocessing.get_context("forkserver")
_CONTEXT.set_forkserver_preload(["tests.campaign_process"])


def start(arguments: list[object], output: Path, largest: int | None = None, kill_at: str = "") -> BaseProcess:
    """Start poa-xl with these arguments."""
    process = _CONTEXT.Process(target=run, args=([str(a) for a in arguments], str(output), largest, kill_at))
    process.start()
    return process


def finish(arguments: list[object], output: Path, largest: int | None = None) -> tuple[int, str]:
    """Run poa-xl to its end: (exit code, what it said)."""
    process = start(arguments, output, largest)
    process.join(120)
    assert process.exitcode is not None, "it hangs"
    return process.exitcode, output.read_text(encoding="utf-8")
