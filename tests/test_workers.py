"""Workers: what becomes of a file whose reading goes wrong, and of those after it."""

import dataclasses
import io
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from poa_xl import guards, reading, sheets
from poa_xl.engine import LOCAL, local
from poa_xl.errors import PoaError
from poa_xl.guards import DEFAULT, RefusedError, pipe, pool
from tests import packages, text_books, worker_tasks

pytestmark = pytest.mark.slow

TASKS = worker_tasks.__name__
BRIEF = dataclasses.replace(DEFAULT, segundos=1)
on_linux = pytest.mark.skipif(sys.platform != "linux", reason="limits of Linux")


@dataclasses.dataclass(frozen=True)
class Named:
    """A file to read."""

    path: Path
    name: str


@pytest.fixture
def workers() -> Iterator[pool.Pool]:
    made = pool.Pool()
    yield made
    made.close()


def ask(workers: pool.Pool, task: str, limits: guards.Limits = DEFAULT) -> object:
    return workers.run(f"{TASKS}:{task}", b"abc", limits, {})[0]


def test_a_task_gets_bytes_and_plain_values_and_gives_both_back(workers: pool.Pool) -> None:
    arguments = {"uno": [1, 2.5, None, "ñ\u2028\ud800", True], "dos": {"x": []}}
    assert workers.run(f"{TASKS}:echo", b"abc" * 100_000, DEFAULT, arguments) == (arguments, b"cba" * 100_000)


@on_linux
@pytest.mark.parametrize(
    ("task", "code", "limit"),
    [
        ("abort", "LIB-010", "memoria_mb"),  # how a parser in Rust ends where it gets no memory
        ("swallow", "LIB-010", "memoria_mb"),
        ("loop", "LIB-010", "segundos"),
        ("sleep", "LIB-010", "segundos"),
        ("crash", "LIB-016", ""),
        ("leave", "LIB-016", ""),
        ("fail", "LIB-016", ""),
        ("unspeakable", "LIB-016", ""),
    ],
)
def test_what_goes_wrong_costs_one_file_and_the_next_is_read(
    workers: pool.Pool, task: str, code: str, limit: str
) -> None:
    for _ in range(pool.MOST + 1):
        with pytest.raises(RefusedError) as refused:
            ask(workers, task, BRIEF)
        assert (refused.value.code, refused.value.details.get("columna", "")) == (code, limit)
    assert isinstance(ask(workers, "pid"), int)


@on_linux
def test_a_file_is_not_refused_because_the_computer_has_much_else_to_do(workers: pool.Pool) -> None:
    core = [min(os.sched_getaffinity(0))]
    others = [
        subprocess.Popen([sys.executable, "-c", f"import os\nos.sched_setaffinity(0, {core})\nwhile True: pass"])
        for _ in range(3)
    ]
    try:
        answer = workers.run(f"{TASKS}:work", b"", BRIEF, {"core": core, "seconds": BRIEF.segundos * 0.6})
    finally:
        for process in others:
            process.kill()
            process.wait()
    others_had_it, _ = answer
    assert others_had_it > 0  # times that the core was taken away: else this shows nothing


def test_an_error_of_ours_is_named_by_its_kind(workers: pool.Pool) -> None:
    with pytest.raises(RefusedError) as refused:
        ask(workers, "fail")
    assert refused.value.details["motivo"].startswith("error interno (ValueError en worker_tasks.fail:")


@on_linux
def test_a_worker_that_takes_no_question_is_ended_in_time_too(workers: pool.Pool) -> None:
    os.kill(ask(workers, "pid"), signal.SIGSTOP)  # type: ignore[arg-type]
    with pytest.raises(RefusedError) as refused:
        workers.run(f"{TASKS}:echo", b"x" * 5_000_000, BRIEF, {})  # more than a pipe holds
    assert refused.value.details["columna"] == "segundos"
    assert isinstance(ask(workers, "pid"), int)


def test_a_worker_takes_several_files_one_after_the_other(workers: pool.Pool) -> None:
    assert len({ask(workers, "pid") for _ in range(5)}) == 1


def test_workers_that_are_started_ahead_load_what_they_need_and_are_the_ones_that_are_asked(
    workers: pool.Pool,
) -> None:
    workers.start(5, [TASKS])
    with ThreadPoolExecutor(6) as threads:
        answers: list[Any] = list(threads.map(lambda _: ask(workers, "loaded"), range(6)))
    assert len({pid for pid, _ in answers}) == pool.MOST
    assert all(loaded for _, loaded in answers)


def test_a_worker_that_cannot_be_started_ahead_is_told_of_where_it_is_asked(
    workers: pool.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    workers.start(1, ["no_hay_tal_modulo"])
    with pytest.raises(PoaError, match="No se pudo iniciar el proceso en que se leen los archivos"):
        ask(workers, "pid")
    monkeypatch.setattr(sys, "executable", "/no/hay/python")
    workers.start(2, [TASKS])
    monkeypatch.undo()
    assert isinstance(ask(workers, "pid"), int)


def test_there_are_never_more_workers_than_asked_for(workers: pool.Pool) -> None:
    with ThreadPoolExecutor(6) as threads:
        pids = list(threads.map(lambda _: ask(workers, "slow_pid"), range(6)))
    assert len(set(pids)) == pool.MOST


@on_linux
def test_the_workers_of_many_files_are_ended_and_the_next_file_starts_others(
    monkeypatch: pytest.MonkeyPatch, workers: pool.Pool, tmp_path: Path
) -> None:
    monkeypatch.setattr(pool, "shared", workers)
    monkeypatch.setattr(local, "_MANY", 2)
    paths = [text_books.unit(tmp_path / f"{n}.xlsx") for n in range(3)]
    few = LOCAL.read([Named(path, path.name) for path in paths[:2]], lambda: None, DEFAULT)
    kept = workers._started
    assert any(is_alive(one) for one in kept)
    many = LOCAL.read([Named(path, path.name) for path in paths], lambda: None, DEFAULT)
    assert not any(is_alive(one) for one in kept)
    assert many[:2] == few
    assert LOCAL.read([Named(paths[2], "2.xlsx")], lambda: None, DEFAULT) == many[2:]


def test_closing_waits_for_no_worker_that_is_asked(workers: pool.Pool) -> None:
    with ThreadPoolExecutor(1) as threads:
        asked = threads.submit(ask, workers, "sleep", BRIEF)  # until its time is over
        while not workers._started:
            time.sleep(0.01)
        workers.close()
        assert not asked.done()
        with pytest.raises(RefusedError):
            asked.result()


def is_alive(one: pool._Worker) -> bool:
    return one._process.poll() is None


def test_a_worker_that_held_much_memory_is_replaced(workers: pool.Pool) -> None:
    answer: Any = ask(workers, "hold")
    _, large = answer
    assert ask(workers, "pid") != large


def test_what_a_library_prints_spoils_no_answer(workers: pool.Pool) -> None:
    assert [ask(workers, "chatter"), ask(workers, "chatter")] == ["dicho", "dicho"]


@pytest.mark.parametrize(
    "said",
    [b"", b"5\n", b"x\n{}", b"-1\n{}", b"99999999999999999999\n{}", b"2\n[]", b"2\n{}", b'14\n{"bytes": "9"}',
     b'13\n{"bytes": -1}', b'12\n{"bytes": 9}abc', b"300000\n" + b"[" * 300_000],
)  # fmt: skip
def test_what_is_no_frame_is_never_taken_for_one(said: bytes) -> None:
    with pytest.raises(pipe.BrokenFrameError):
        pipe.receive(io.BytesIO(said))


def test_no_worker_at_all_ends_the_command_and_says_so(monkeypatch: pytest.MonkeyPatch, workers: pool.Pool) -> None:
    monkeypatch.setattr(sys, "executable", os.devnull)
    with pytest.raises(PoaError, match="No se pudo iniciar el proceso en que se leen los archivos"):
        ask(workers, "pid")
    monkeypatch.undo()
    assert isinstance(ask(workers, "pid"), int)


# --- the program around them ------------------------------------------------------------------------------


def run(script: str, folder: Path, *arguments: object) -> subprocess.CompletedProcess[str]:
    path = folder / "guion.py"
    path.write_text(textwrap.dedent(script), encoding="utf-8")
    return subprocess.run(
        [sys.executable, path, *map(str, arguments)], cwd=folder, capture_output=True, text=True, check=False
    )


def test_the_script_that_reads_is_run_once_and_its_folder_gives_no_modules(tmp_path: Path) -> None:
    book = text_books.unit(tmp_path / "DGRB.xlsx")
    hostile = tmp_path / "aqui"
    hostile.mkdir()
    for name in ("json", "python_calamine", "yaml", "sitecustomize"):
        (hostile / f"{name}.py").write_text("open('tomado', 'w')", encoding="utf-8")
    script = """
        import sys
        del sys.path[0]  # as for an installed command
        print("una vez")
        from pathlib import Path
        from poa_xl import reading, sheets
        print(len(reading.read_book(Path(sys.argv[1]), sheets.unit_sheets()).tables))
    """
    done = run(script, hostile, book)
    assert (done.stdout.splitlines(), done.stderr) == (["una vez", "5"], "")
    assert not (hostile / "tomado").exists()


@on_linux
@pytest.mark.parametrize("how", ["", "os.kill(os.getpid(), 9)"], ids=["ended", "killed"])
def test_no_worker_outlives_the_program(tmp_path: Path, how: str) -> None:
    script = f"""
        import os
        from poa_xl.guards import DEFAULT, pool
        print(pool.shared.run("{TASKS}:pid", b"", DEFAULT, {{}})[0], flush=True)
        {how}
    """
    pid = int(run(script, tmp_path).stdout)
    deadline = time.monotonic() + 20
    while Path(f"/proc/{pid}").exists() and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not Path(f"/proc/{pid}").exists()


@on_linux
def test_a_forked_process_starts_workers_of_its_own_and_leaves_those_of_its_parent(tmp_path: Path) -> None:
    """As `ProcessPoolExecutor` forks: both asked one worker, and got parts of each other's answers."""
    script = f"""
        import os, sys
        from poa_xl.guards import DEFAULT, pool
        pid = lambda: pool.shared.run("{TASKS}:pid", b"", DEFAULT, {{}})[0]
        echo = lambda what: pool.shared.run("{TASKS}:echo", what * 100_000, DEFAULT, {{}})[1] == what * 100_000
        own = pid()
        children = []
        for name in (b"u", b"d", b"t"):
            child = os.fork()
            if not child:
                alone, right = pid() != own, all(echo(name) for _ in range(20))
                sys.exit(0 if alone and right else 1)  # its atexit ends workers too: its own
            children.append(child)
        right = all(echo(b"p") for _ in range(20))
        ends = [os.waitpid(child, 0)[1] for child in children]
        print(right, ends, pid() == own)
    """
    done = run(script, tmp_path)
    assert (done.stdout, done.stderr) == ("True [0, 0, 0] True\n", "")


@on_linux
def test_a_worker_killed_from_outside_costs_one_finding_of_its_file(
    tmp_path: Path, workers: pool.Pool, monkeypatch: pytest.MonkeyPatch
) -> None:
    book = text_books.unit(tmp_path / "DGRB.xlsx")
    monkeypatch.setattr(pool, "shared", workers)
    os.kill(ask(workers, "pid"), signal.SIGKILL)  # type: ignore[arg-type]
    books = [reading.read_book(book, sheets.unit_sheets()) for _ in range(pool.MOST + 1)]
    assert {f.code for b in books if b.broken for f in b.findings} == {"LIB-016"}
    assert len(books[-1].tables) == 5


def test_a_folder_with_a_file_that_brings_down_its_worker_is_checked_to_its_end(tmp_path: Path) -> None:
    """The abort of calamine that a count of texts caused: it gets no count now, so one is put into its package."""
    parts = packages.small(tmp_path)
    sheet = parts[packages.TASKS].replace(b"<sheetData>", b"<!--<sheetData></sheetData>--><sheetData>")
    far = sheet.replace(b"</sheetData>", b'<row r="1048576"><c r="XFD1048576"><v>1</v></c></row></sheetData>')
    path = tmp_path / "lejos.xlsx"
    path.write_bytes(packages.with_part(parts, packages.TASKS, far))
    assert [f.code for f in reading.read_book(path, sheets.unit_sheets()).findings] == ["HOJ-007"]
