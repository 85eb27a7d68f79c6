"""A command that is told to end leaves nothing half-written, and ends as a process that a signal ended."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

from poa_xl.api.campaign import Campaign
from poa_xl.campaign import folder, integrity
from tests import campaign_books as books, old_books
from tests.places import at

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="signals of Unix")]

ROOT = Path(__file__).resolve().parent.parent
PATIENCE = 60  # seconds until a process that should have reached a step has surely failed
# What is written waits at its n-th step to the disk, which is when it lies there under a temporary name.
WAITING = """
import os, sys, time, pathlib
mark, step = pathlib.Path(sys.argv.pop(1)), int(sys.argv.pop(1))
steps, to_disk = [], os.fsync
def fsync(descriptor):
    steps.append(descriptor)
    if len(steps) == step:
        mark.touch()
        time.sleep(600)
    to_disk(descriptor)
os.fsync = fsync
from poa_xl.cli import main
main()
"""


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The entity's workbook, two submissions (one with an error), a campaign, and an older workbook with its entity."""
    place = tmp_path_factory.mktemp("enviado")
    books.campaign(place)
    books.book(place / "entregas" / "DGRB.xlsx", "DGRB")
    books.book(place / "entregas" / "DGAA.xlsx", "DGAA", {books.MONTH: "dos"})
    (place / "viejo").mkdir()
    old_books.entity(place / "viejo" / "entidad.xlsx")
    old_books.old(place / "viejo")
    books.book(place / "otra" / "DGRB.xlsx", "DGRB", {at("Tareas", "Medio de verificación"): 9})
    shutil.copytree(place / "campana", place / "llena")
    receive(place, "llena")
    Campaign(place / "llena").export(place / "respaldo.zip")
    return place


def environment(temporary: Path) -> dict[str, str]:
    temporary.mkdir(exist_ok=True)
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TMPDIR": str(temporary)}


def start(arguments: list[object], place: Path, step: int = 1) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", WAITING, str(place / "mark"), str(step), *map(str, arguments)]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    return subprocess.Popen(  # type: ignore[call-overload]
        command, cwd=place, env=environment(place / "tmp"), preexec_fn=_hear, **pipes
    )


def _hear() -> None:
    """Whoever runs the tests may have told us to ignore them: what runs in the background hears no Ctrl+C."""
    for told in (signal.SIGHUP, signal.SIGINT):
        signal.signal(told, signal.SIG_DFL)


def wait_for(mark: Path, process: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + PATIENCE
    while not mark.exists():
        assert process.poll() is None, process.communicate()
        assert time.monotonic() < until
        time.sleep(0.02)


def files(place: Path) -> set[str]:
    return {p.relative_to(place).as_posix() for p in place.rglob("*") if not p.is_dir()} - {"mark"}


COMMANDS: dict[str, list[object]] = {
    "init": ["init", "nueva"],
    "demo": ["demo", "demo"],
    "template": ["template", "entidad.xlsx", "-o", "p"],
    "consolidate": ["consolidate", "entregas", "--quarter", 2, "-o", "maestro.xlsx"],
    "consolidate --campaign": ["consolidate", "--campaign", "llena", "-o", "maestro.xlsx"],
    "validate --annotate": ["validate", "entregas", "--quarter", 2, "--annotate", "copias", "--repair"],
    "migrate": ["migrate", "viejo", "--to", 3, "--entity", "viejo/entidad.xlsx", "-o", "nuevos"],
    "diff -o": ["diff", "entregas/DGRB.xlsx", "otra/DGRB.xlsx", "-o", "cambios.xlsx"],
    "campaign": ["campaign", "c", "--entity", "entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-10"],
    "campaign --export": ["campaign", "llena", "--export", "otro.zip"],
    "campaign --import": ["campaign", "nueva", "--import", "respaldo.zip"],
    "receive": ["receive", "entregas", "--campaign", "campana"],
    "status -o": ["status", "--campaign", "campana", "-o", "tablero.xlsx"],
    "status -o page": ["status", "--campaign", "campana", "-o", "tablero.html"],
    "status --reminders": ["status", "--campaign", "campana", "--reminders", "r"],
    "receipt": ["receipt", "NÚMERO", "--campaign", "llena"],
    "addin build libreoffice": ["addin", "build", "libreoffice", "-o", "complemento"],
}  # fmt: skip


@pytest.fixture
def place(sent: Path, tmp_path: Path) -> Path:
    """A folder of its own with all that the commands need."""
    return Path(shutil.copytree(sent, tmp_path / "lugar"))


def receive(place: Path, campaign: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "poa_xl.cli", "receive", "entregas", "--campaign", campaign],
        cwd=place, env=environment(place / "tmp"), capture_output=True,
    )  # fmt: skip
    assert done.returncode == 1, done  # one of them is accepted in part


def _lost_receipt(place: Path) -> str:
    """The number of a receipt that is to be written again: its files are gone."""
    number = min((place / "llena" / "acuses").glob("*.txt")).stem
    for end in (".txt", ".html"):
        (place / "llena" / "acuses" / f"{number}{end}").unlink()
    return number


@pytest.mark.parametrize(
    ("name", "number"), [*((name, signal.SIGTERM) for name in COMMANDS), ("template", signal.SIGHUP)]
)
def test_a_command_that_is_told_to_end_takes_what_it_was_writing_away(
    place: Path, name: str, number: signal.Signals
) -> None:
    arguments = [_lost_receipt(place) if part == "NÚMERO" else part for part in COMMANDS[name]]
    before = files(place)
    process = start(arguments, place)
    wait_for(place / "mark", process)
    assert files(place) > before, "nothing lay half-written: the test would prove nothing"
    process.send_signal(number)
    out, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == -number, (out, err)
    assert b"Traceback" not in err
    left = {p for p in files(place) - before if not p.startswith("c/")}
    assert left == set()
    assert {p for p in files(place) if ".poa-xl-" in p or "recibiendo" in p or "/." in p} == set()


@pytest.mark.parametrize("step", range(2, 12, 3))
def test_receive_may_be_told_to_end_at_any_step_and_goes_on_the_next_time(place: Path, step: int) -> None:
    process = start(COMMANDS["receive"], place, step)
    wait_for(place / "mark", process)
    process.send_signal(signal.SIGTERM)
    process.communicate(timeout=PATIENCE)
    assert process.returncode == -signal.SIGTERM
    assert not [p for p in files(place / "campana") if "recibiendo" in p or ".poa-xl-" in p]
    receive(place, "campana")
    with folder.opened(place / "campana") as campana:
        assert integrity.problems(campana) == []


@pytest.mark.skipif(not Path("/proc/self/environ").exists(), reason="processes are found by /proc")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 3), (signal.SIGTERM, -signal.SIGTERM)])
def test_the_processes_of_several_entities_end_with_the_command(place: Path, number: signal.Signals, code: int) -> None:
    for name in "abcd":
        shutil.copytree(place / "entregas", place / "estado" / name / "entregas")
        shutil.copy(place / "entidad.xlsx", place / "estado" / name)
    command = [sys.executable, "-m", "poa_xl.cli", "consolidate-state", "estado", "--quarter", "2", "-o", "s"]
    process = subprocess.Popen(
        [*command, "--jobs", "2"], cwd=place, env=environment(place / "tmp"), stdout=subprocess.PIPE,
        stderr=subprocess.PIPE, preexec_fn=_hear, start_new_session=True,
    )  # fmt: skip
    assert process.stdout is not None
    assert process.stdout.readline().startswith(b"a: ")
    assert len(_of_place(place)) > 2, "no other process was there: the test would prove nothing"
    os.killpg(process.pid, number)  # as a terminal does
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == code
    assert b"Traceback" not in err
    assert _of_place(place) == []
    assert {p for p in files(place / "s") if ".poa-xl-" in p} == set()
    again = subprocess.run(command, cwd=place, env=environment(place / "tmp"), capture_output=True)
    assert again.returncode == 1
    assert b"a: igual que la vez anterior" in again.stdout
    assert "b: no se consolidó. La sigla" in again.stdout.decode()


def _of_place(place: Path) -> list[str]:
    """The processes that work in a folder, by what they were started with."""
    found = []
    for process in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if str(place).encode() in process.read_bytes():
                found.append(process.parent.name)
    return found


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_the_server_takes_its_temporary_folder_away(tmp_path: Path, number: signal.Signals) -> None:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    process = subprocess.Popen(
        [sys.executable, "-m", "poa_xl.cli", "addin", "serve", "--port", str(port)],
        cwd=tmp_path, env=environment(tmp_path / "tmp"), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
        preexec_fn=_hear,
    )  # fmt: skip
    until = time.monotonic() + PATIENCE
    while time.monotonic() < until and process.poll() is None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=5):
            break
        time.sleep(0.1)
    assert list((tmp_path / "tmp").iterdir())
    process.send_signal(number)
    _, err = process.communicate(timeout=PATIENCE)
    assert process.returncode == -number, err
    assert b"Traceback" not in err
    assert list((tmp_path / "tmp").iterdir()) == []


def test_a_signal_that_is_ignored_stays_ignored_as_under_nohup(tmp_path: Path) -> None:
    code = (
        "import signal; signal.signal(signal.SIGHUP, signal.SIG_IGN)\n"
        "from poa_xl.cli import termination; termination.watch()\n"
        "import os; os.kill(os.getpid(), signal.SIGHUP); print('sigue')\n"
        "os.kill(os.getpid(), signal.SIGTERM); print('no sigue')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(tmp_path / "t"))
    assert (done.stdout, done.returncode) == ("sigue\n", 128 + signal.SIGTERM)


def test_a_second_signal_does_not_disturb_the_tidying_up_and_a_later_one_ends_it(tmp_path: Path) -> None:
    code = (
        "import os, signal, sys, time\nfrom poa_xl.cli import termination\ntermination.watch()\n"
        "try:\n    os.kill(os.getpid(), signal.SIGTERM)\n    time.sleep(9)\n"
        "finally:\n    os.kill(os.getpid(), signal.SIGTERM); print('ordenado', flush=True)\n"
        "    termination._PATIENCE = -1; os.kill(os.getpid(), signal.SIGTERM); time.sleep(1); print('tarde')"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment(tmp_path / "t"))
    assert (done.stdout, done.returncode) == ("ordenado\n", -signal.SIGTERM)


# What a process still does once a command is over waits.
ENDING = """
import atexit, sys, time, pathlib
mark = pathlib.Path(sys.argv.pop(1))
from poa_xl.cli import main
atexit.register(lambda: (mark.touch(), time.sleep(600)))
main()
"""


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_signal_once_the_command_is_over_ends_it_with_no_traceback(number: signal.Signals, place: Path) -> None:
    command = [sys.executable, "-c", ENDING, str(place / "mark"), "status", "--campaign", "llena"]
    process = subprocess.Popen(
        command,
        cwd=place,
        env=environment(place / "tmp"),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        preexec_fn=_hear,
    )
    wait_for(place / "mark", process)
    process.send_signal(number)
    said, errors = process.communicate(timeout=PATIENCE)
    assert (process.returncode, errors) == (-number, b"")
    assert "\n5 unidades: " in said.decode(), "what the command said is not lost"


def test_who_interrupts_while_workers_are_ended_sees_no_traceback(tmp_path: Path) -> None:
    """Also a program of others that imports poa_xl, where the handler is Python's."""
    script = """
from poa_xl.guards import pool
def interrupted():
    print("interrumpido")
    raise KeyboardInterrupt
pool.shared.close = interrupted
"""
    done = subprocess.run([sys.executable, "-c", script], env=environment(tmp_path / "tmp"), capture_output=True)
    assert (done.returncode, done.stdout.split(), done.stderr) == (0, [b"interrumpido"], b"")
