"""`--engine dask://…`: a real scheduler with real workers gives the same books, whatever becomes of a worker."""

import importlib.util
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import dask
import pytest
from click.testing import CliRunner

import poa_xl
from poa_xl import engine, guards, reading
from poa_xl.cli import poa_xl as command
from poa_xl.engine import LOCAL, EngineError, chunks, cluster, connection
from poa_xl.engine.chunks import Opened
from poa_xl.engine.remote_work import work
from poa_xl.guards import DEFAULT, RefusedError
from poa_xl.reading import Book
from tests import campaign_books, certificates, dask_cluster, hostile, packages, text_books, worker_tasks
from tests.certificates import Certificates
from tests.dask_cluster import DaskCluster
from tests.demonstration import Quarter
from tests.places import at, cell_at
from tests.test_parquet import prints

pytestmark = [pytest.mark.slow, pytest.mark.skipif(sys.platform != "linux", reason="signals of Unix")]
ROOT = Path(__file__).resolve().parent.parent
BRIEF = replace(DEFAULT, segundos=2)
NOBODY = "dask://127.0.0.1:9"  # where nothing listens


@pytest.fixture(scope="module")
def workers(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler with two workers."""
    with DaskCluster(tmp_path_factory.mktemp("dask")) as made:
        made.add_worker()
        made.add_worker()
        made.wait_for_workers(2)
        yield made


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[DaskCluster]:
    """A scheduler of the test's own, without workers."""
    with DaskCluster(tmp_path / "dask") as made:
        yield made


@dataclass(frozen=True)
class Sent:
    """A file to read."""

    path: Path
    name: str


def nothing() -> None:
    """Nobody wants to know how far it is."""


def read(files: list[Path], where: str, limits: guards.Limits = DEFAULT, advance: Any = nothing) -> list[Book]:
    with engine.opened(where) as own:
        return own.read([Sent(path, path.name) for path in files], advance, limits)


def units(folder: Path, count: int) -> list[Path]:
    """So many good workbooks."""
    content = text_books.unit(folder / "modelo.xlsx").read_bytes()
    paths = [folder / f"{n:02}.xlsx" for n in range(count)]
    for path in paths:
        path.write_bytes(content)
    return paths


def refusal(where: str, files: list[Path]) -> str:
    with pytest.raises(EngineError) as error:
        read(files, where)
    return str(error.value)


def shell(*arguments: object, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The command as a person runs it."""
    return subprocess.run(
        [sys.executable, "-P", "-c", "from poa_xl.cli import main; main()", *map(str, arguments)], text=True,
        capture_output=True, timeout=240, env=os.environ | {"PYTHONPATH": str(ROOT)} | (environment or {}),
    )  # fmt: skip


# --- the same as on this computer -----------------------------------------------------------------------------


def test_the_master_has_the_same_bytes(workers: DaskCluster, municipality_year: list[Quarter], tmp_path: Path) -> None:
    quarter = municipality_year[1]
    given = ["consolidate", quarter.sent, "--quarter", 2, "--engine", workers.address, "-o", tmp_path / "m.xlsx"]
    done = shell(*given)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "m.xlsx").read_bytes() == quarter.master.read_bytes()


def test_findings_of_every_code_are_the_same(workers: DaskCluster, defects_demo: Path) -> None:
    given: dict[str, Any] = {"entidad": defects_demo / "entidad.xlsx", "quarter": 2}
    told: list[tuple[int, int]] = []
    found = poa_xl.check(defects_demo / "entregas", engine=workers.address, progress=lambda *n: told.append(n), **given)
    expected = poa_xl.check(defects_demo / "entregas", **given)
    assert found == expected
    assert found.errors > 20
    assert [n for n, _ in told] == list(range(len(told)))
    assert told[-1][0] == told[-1][1] == len(reading.list_files(defects_demo / "entregas")[0])


def test_another_cell_is_another_result(workers: DaskCluster, tmp_path: Path) -> None:
    """Without this, the comparison above would not see it if nothing were read."""
    path = text_books.unit(tmp_path / "DGRB.xlsx")
    before = read([path], workers.address)
    import openpyxl

    book = openpyxl.load_workbook(path)
    cell_at(book, at("Tareas", "Prog. ene")).value = 77
    book.save(path)
    assert read([path], workers.address) != before
    assert read([path], workers.address) == read([path], "local")


def test_files_that_no_one_can_read_are_refused_alike(workers: DaskCluster, tmp_path: Path) -> None:
    folder = tmp_path / "entregas"
    folder.mkdir()
    files = [path for _, path in hostile.write(folder, packages.small(tmp_path))] + units(folder, 3)
    bounds = replace(DEFAULT, segundos=20)  # of a core that many tests share
    here, there = read(files, "local", bounds), read(files, workers.address, bounds)
    codes = {finding.code for book in here for finding in book.findings}
    assert {"LIB-001", "LIB-003", "LIB-008", "LIB-009", "LIB-010", "LIB-011"} <= codes
    assert [one.file for one in there] == [path.name for path in files]
    for one, other in zip(here, there, strict=True):
        assert one == other
    for path in files:
        if path.is_file() or path.is_symlink():
            path.unlink()  # some are large


@pytest.mark.parametrize(("task", "code"), [("crash", "LIB-016"), ("abort", "LIB-010"), ("loop", "LIB-010"), ("fail", "LIB-016"), ("swallow", "LIB-010")])  # fmt: skip
def test_what_ends_a_parser_costs_one_file_of_its_chunk(workers: DaskCluster, task: str, code: str) -> None:
    """In a guarded process of the worker's computer: the worker itself goes on."""
    asked = f"{worker_tasks.__name__}:"
    bad = chunks.packed([Opened(0, "a", b"PK"), Opened(1, "b", b"PK")], asked + task, BRIEF)
    good = chunks.packed([Opened(0, "a", b"PK")], asked + "echo", BRIEF, uno=[1])
    with dask_cluster.Client(workers.of_dask, set_as_default=False) as client:
        before = client.nthreads()
        said = chunks.answers(client.submit(work, bad, pure=False).result(60), 2)
        assert [one.code for one in said if isinstance(one, RefusedError)] == [code, code]
        assert chunks.answers(client.submit(work, good, pure=False).result(60), 1) == [{"uno": [1], "name": "a"}]
        assert client.nthreads() == before


def test_many_entities_are_as_on_this_computer(
    workers: DaskCluster, municipality_year: list[Quarter], tmp_path: Path
) -> None:
    own = tmp_path / "entidades"
    own.mkdir()
    (own / "alta").symlink_to(municipality_year[1].entity.parent)
    here = poa_xl.consolidate_state(own, tmp_path / "a", 2)
    there = poa_xl.consolidate_state(own, tmp_path / "b", 2, engine=workers.address)
    assert here.sound
    assert there.entities == here.entities
    assert prints(tmp_path / "b") == prints(tmp_path / "a")
    several = shutil.copytree(own, tmp_path / "varias")
    shutil.copytree(several / "alta", several / "otra")
    done = poa_xl.consolidate_state(several, tmp_path / "c", 2, engine=workers.address, jobs=2)
    assert done.entities[0] == here.entities[0]
    assert "alta" in done.entities[1].porque
    again = poa_xl.consolidate_state(own, tmp_path / "b", 2, engine=NOBODY)
    assert [one.changed for one in again.entities] == [False], "who has nothing to read asks nobody"


def test_a_campaign_is_read_there_too(workers: DaskCluster, tmp_path: Path) -> None:
    campaign_books.campaign(tmp_path)
    for unit in ("DGRB", "DGAA"):
        poa_xl.Campaign(tmp_path / "campana").receive(campaign_books.book(tmp_path / f"{unit}.xlsx", unit))
    campaign = poa_xl.Campaign(tmp_path / "campana")
    found = campaign.check(engine=workers.address)
    assert found == campaign.check()
    assert len(found.submissions) == 2
    with pytest.raises(poa_xl.WrongUseError, match="No hay motor"):
        campaign.check(engine="otro")


def test_a_scheduler_that_is_not_there_ends_the_run_of_a_state(
    municipality_year: list[Quarter], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_SECONDS_TO_CONNECT", 1)
    own = tmp_path / "entidades"
    own.mkdir()
    (own / "alta").symlink_to(municipality_year[1].entity.parent)
    with pytest.raises(EngineError):
        poa_xl.consolidate_state(own, tmp_path / "s", 2, engine=NOBODY)
    (own / "baja").symlink_to(municipality_year[1].entity.parent)
    with pytest.raises(EngineError):
        poa_xl.consolidate_state(own, tmp_path / "s", 2, engine=NOBODY, jobs=2)
    (own / "baja").unlink()
    assert not (tmp_path / "s" / "estado.xlsx").exists()
    assert poa_xl.consolidate_state(own, tmp_path / "s", 2).sound, "nothing was kept of what was not read"


def test_few_files_are_held_at_a_time(workers: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    held, most, lock, done = 0, 0, threading.Lock(), 0
    opened = guards.open_once

    def counted(*given: Any) -> bytes:
        nonlocal held, most
        with lock:
            held += 1
            most = max(most, held - done)
        return opened(*given)

    def advance() -> None:
        nonlocal done
        done += 1

    monkeypatch.setattr(guards, "open_once", counted)
    monkeypatch.setattr(chunks, "MOST_FILES", 2)
    assert len(read(units(tmp_path, 60), workers.address, advance=advance)) == 60
    chunks_away = 2 * cluster._AHEAD  # of two threads
    assert most <= 2 * (chunks_away + 1) < 60


def test_a_chunk_is_of_so_many_files_and_of_less_where_they_are_large() -> None:
    small = [Opened(n, str(n), b"x") for n in range(5)]
    assert [len(one) for one in chunks.gathered(small, 2)] == [2, 2, 1]
    large = [Opened(n, str(n), bytes(size)) for n, size in enumerate((1, 5_000_000, 5_000_000, 9_000_000, 1, 1))]
    assert [[file.place for file in one] for one in chunks.gathered(large, 50)] == [[0, 1], [2], [3], [4, 5]]
    assert list(chunks.gathered([], 50)) == []


# --- workers that are lost ------------------------------------------------------------------------------------

DIES_ONCE = """
import os, pathlib, signal
note, asked = pathlib.Path({note!r}), []
def changed(content):
    asked.append(content)
    if len(asked) > 1:
        try:
            note.touch(exist_ok=False)
        except FileExistsError:
            return WORK(content)
        os.kill(os.getpid(), signal.SIGKILL)
    return WORK(content)
"""
DIES_OF_A_FILE = """
import os, signal
from poa_xl.engine import chunks
def changed(content):
    if any(name == "mata.xlsx" for name, _ in chunks.unpacked(content).files):
        os.kill(os.getpid(), signal.SIGKILL)
    return WORK(content)
"""


def instead(changed: str) -> str:
    """What a worker runs first so that it does something else with a chunk; Dask loads it more than once."""
    return f"{changed}\nfrom poa_xl.engine import remote_work\nWORK = getattr(remote_work.work, 'before', remote_work.work)\nchanged.before = WORK\nremote_work.work = changed\n"


def test_a_worker_that_is_killed_midway_changes_nothing(
    alone: DaskCluster, municipality_year: list[Quarter], tmp_path: Path
) -> None:
    note = tmp_path / "murio"
    for _ in range(2):
        alone.add_worker(instead(DIES_ONCE.format(note=str(note))))
    alone.wait_for_workers(2)
    quarter = municipality_year[1]
    found = poa_xl.check(quarter.sent, quarter.entity, 2, engine=alone.address)
    assert note.exists()
    assert sorted(process.poll() is None for process in alone.workers) == [False, True]
    found.evaluate().write_master(tmp_path / "m.xlsx")
    assert (tmp_path / "m.xlsx").read_bytes() == quarter.master.read_bytes()


def test_a_worker_that_somebody_kills_from_outside_changes_nothing(alone: DaskCluster, tmp_path: Path) -> None:
    for _ in range(2):
        alone.add_worker()
    alone.wait_for_workers(2)
    files = units(tmp_path, 40)
    done = 0

    def advance() -> None:
        nonlocal done
        done += 1
        if done == 3:
            alone.workers[0].kill()

    assert read(files, alone.address, advance=advance) == read(files, "local")
    assert alone.workers[0].wait() == -signal.SIGKILL
    assert done == len(files)


def test_a_file_that_ends_workers_is_found_and_refused(tmp_path: Path) -> None:
    allowed = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0"}
    files = units(tmp_path, 4)
    files[1] = files[1].rename(tmp_path / "mata.xlsx")
    with DaskCluster(tmp_path / "dask", environment=allowed) as alone:
        alone.add_worker(instead(DIES_OF_A_FILE), ["--nanny"])
        alone.wait_for_workers(1)
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(cluster, "_PARTS", 1)  # all in one chunk
            found = read(files, alone.address)
    here = read(files, "local")
    assert [f.code for f in found[1].findings] == ["LIB-016"]
    assert (found[1].file, found[1].sha256) == ("mata.xlsx", here[1].sha256)
    assert [found[0], *found[2:]] == [here[0], *here[2:]]


def test_without_workers_it_ends(alone: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster, "WITHOUT_WORKERS", 2)
    files = units(tmp_path, 20)
    assert "no tiene trabajadores" in refusal(alone.address, files)
    alone.add_worker()
    alone.wait_for_workers(1)
    with pytest.raises(EngineError, match="no tiene trabajadores"):
        read(files, alone.address, advance=alone.workers[0].kill)


def test_workers_that_never_answer_are_not_waited_for_for_ever(
    alone: DaskCluster, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    alone.add_worker(instead("import time\ndef changed(content):\n    time.sleep(600)\n"))
    alone.wait_for_workers(1)
    monkeypatch.setattr(cluster, "SILENCE", 1)
    with pytest.raises(EngineError, match="ningún trabajador respondió"):
        read(units(tmp_path, 2), alone.address, replace(DEFAULT, segundos=0.5))


def test_an_error_of_ours_on_a_worker_is_said(alone: DaskCluster, tmp_path: Path) -> None:
    alone.add_worker("from poa_xl.guards import pool\ndef run(*_): return 1 / 0\npool.Pool.run = run\n")
    alone.wait_for_workers(1)
    assert "ZeroDivisionError" in refusal(alone.address, units(tmp_path, 1))


def test_a_worker_that_comes_late_is_taken(alone: DaskCluster, tmp_path: Path) -> None:
    late = threading.Timer(2, alone.add_worker)
    late.start()
    files = units(tmp_path, 3)
    assert read(files, alone.address) == read(files, "local")
    late.join()


# --- schedulers that cannot be used ---------------------------------------------------------------------------


def test_where_nothing_listens_it_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection, "_SECONDS_TO_CONNECT", 1)
    files = units(tmp_path, 1)
    assert "no responde un planificador" in refusal(NOBODY, files)
    assert "no responde un planificador" in refusal("dask://nadie.invalid:8786", files)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        assert "no responde un planificador" in refusal(f"dask://127.0.0.1:{silent.getsockname()[1]}", files)


def test_the_command_says_it_without_a_trace(municipality_year: list[Quarter], tmp_path: Path) -> None:
    given = ["consolidate", municipality_year[1].sent, "--quarter", 2, "-o", tmp_path / "m.xlsx", "--engine", NOBODY]
    done = shell(*given)
    assert done.returncode == 3
    assert done.stdout == ""
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"Error: En {NOBODY} no responde un planificador de Dask (")
    assert not (tmp_path / "m.xlsx").exists()


def test_a_scheduler_that_ends_midway_is_said(alone: DaskCluster, tmp_path: Path) -> None:
    script = (
        "import sys; from poa_xl import engine\n"
        "from tests.test_engine import Sent, units, DEFAULT\n"
        "from pathlib import Path\n"
        "import os, signal\n"
        "files = [Sent(p, p.name) for p in units(Path(sys.argv[2]), 40)]\n"
        "with engine.opened(sys.argv[1]) as own:\n"
        "    try: own.read(files, lambda: os.kill(int(sys.argv[3]), signal.SIGKILL), DEFAULT)\n"
        "    except engine.EngineError as error: print(error)\n"
    )
    alone.add_worker()
    alone.wait_for_workers(1)
    given = [alone.address, tmp_path, alone.scheduler.pid]
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, given)], cwd=ROOT, text=True, capture_output=True, timeout=120
    )
    assert "Se perdió la conexión" in done.stdout, done
    assert done.stderr == "", "what Dask says in English stays away"


@pytest.mark.parametrize("given", ["", "dask", "dask:8786", "dask://", "dask://uno", "dask://uno:0", "dask://uno:99999", "dask://a b:1", "tcp://uno:1", "Local", "dask://uno:1/x", "dask+tls://uno", "dask://u:p@uno:1", "ray://uno:1", "\x1b[31m"])  # fmt: skip
def test_what_is_no_engine_is_wrong_use(given: str, tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "a.xlsx")
    text_books.entity(tmp_path / "entidad.xlsx")
    with pytest.raises(poa_xl.WrongUseError, match="No hay motor") as error:
        poa_xl.check(path, quarter=2, engine=given)
    assert "dask+tls://EQUIPO:PUERTO" in str(error.value)
    done = CliRunner().invoke(command, ["validate", str(path), "--quarter", "2", "--engine", given])
    assert done.exit_code == 2
    assert "--engine" in done.output


@pytest.mark.parametrize("given", ["dask://uno:8786", "dask://10.0.0.1:1", "dask+tls://[::1]:8786", "dask://a-b.gob.bo:8786/"])  # fmt: skip
def test_what_is_one_is_known_and_asked_for_only_when_it_reads(given: str) -> None:
    with engine.opened(given) as own:
        assert own.read([], nothing, DEFAULT) == []
        with engine.opened(own) as same:
            assert same is own
    with engine.opened("local") as own:
        assert own is LOCAL


def test_without_the_library_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(poa_xl.PoaError, match=r"poa-xl\[cluster\]"):
        engine.opened(NOBODY)


# --- another poa-xl there -------------------------------------------------------------------------------------


def other_package(folder: Path, version: str) -> dict[str, str]:
    """The same program under another version, and the environment in which it is found first."""
    import shutil

    for name in ("poa_xl", "schemas", "workbooks"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    start = folder / "poa_xl" / "__init__.py"
    text = start.read_text(encoding="utf-8")
    start.write_text(text.replace(f'"{poa_xl.__version__}"', f'"{version}"'), encoding="utf-8")
    return {"PYTHONPATH": str(folder)}


def test_a_worker_of_another_version_is_told_apart(alone: DaskCluster, tmp_path: Path) -> None:
    alone.add_worker(environment=other_package(tmp_path / "otra", "0.0.9"))
    alone.wait_for_workers(1)
    said = refusal(alone.address, units(tmp_path, 1))
    assert f"poa-xl 0.0.9, y aquí {poa_xl.__version__}" in said


def test_a_worker_without_poa_xl_is_told(alone: DaskCluster, tmp_path: Path) -> None:
    stub = tmp_path / "sin" / "poa_xl"
    stub.mkdir(parents=True)
    (stub / "__init__.py").write_text("raise ImportError('no hay')\n")
    alone.add_worker(environment={"PYTHONPATH": str(stub.parent)}, options=["--nanny"])
    alone.wait_for_workers(1)
    assert "esté instalada la misma versión" in refusal(alone.address, units(tmp_path, 1))


ODD_ANSWERS = {
    "nothing": "b''",
    "text": "b'hola'",
    "no bytes": "7",
    "too few": "whole[:-3]",
    "no book": "whole.replace(b'\"tables\"', b'\"tablas\"')",
    "another version": "whole.replace(b'0.1.0', b'0.1.1')",
}


@pytest.mark.parametrize("kind", ODD_ANSWERS)
def test_an_answer_that_is_none_of_ours_is_refused(alone: DaskCluster, tmp_path: Path, kind: str) -> None:
    odd = f"def changed(content):\n    whole = WORK(content)\n    return {ODD_ANSWERS[kind]}\n"
    alone.add_worker(instead(odd))
    alone.wait_for_workers(1)
    said = refusal(alone.address, units(tmp_path, 1))
    assert ("poa-xl 0.1.1" if kind == "another version" else "no es de poa-xl") in said


# --- certificates ---------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def own(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return certificates.make(tmp_path_factory.mktemp("certificados"))


@pytest.fixture(scope="module")
def private(own: Certificates, tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler and a worker that take nobody without a certificate."""
    with (
        dask.config.set(own.settings),
        DaskCluster(tmp_path_factory.mktemp("tls"), ["--protocol", "tls"], own.environment) as made,
    ):
        made.add_worker()
        _registered(made)
        yield made


def _registered(made: DaskCluster) -> None:
    end = time.monotonic() + dask_cluster.SECONDS
    while "Register worker" not in made.said("planificador"):
        assert time.monotonic() < end, made.said("trabajador0")
        time.sleep(0.1)


def test_with_certificates_it_reads(
    private: DaskCluster, own: Certificates, municipality_year: list[Quarter], tmp_path: Path
) -> None:
    assert private.address.startswith("dask+tls://")
    quarter = municipality_year[1]
    given = ["consolidate", quarter.sent, "--quarter", 2, "--engine", private.address, "-o", tmp_path / "m.xlsx"]
    done = shell(*given, environment=own.environment)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "m.xlsx").read_bytes() == quarter.master.read_bytes()


def test_without_certificates_nobody_comes_in(
    private: DaskCluster, own: Certificates, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connection, "_SECONDS_TO_CONNECT", 2)
    files = units(tmp_path, 1)
    none = dict.fromkeys(own.settings)
    with dask.config.set(none):
        said = refusal(private.address, files)
        assert "faltan los certificados" in said
        assert "DASK_DISTRIBUTED__COMM__TLS__CLIENT__KEY" in said
        plain = private.address.replace("dask+tls", "dask")
        assert "no responde un planificador" in refusal(plain, files)
    with dask.config.set(certificates.make(tmp_path / "ajenos").settings):
        assert "no responde un planificador" in refusal(private.address, files)
    with dask.config.set(own.settings | {"distributed.comm.tls.client.key": str(files[0])}):
        assert "no se pueden usar" in refusal(private.address, files)
    with dask.config.set(own.settings):
        assert len(read(files, private.address)) == 1


GUIDE = (ROOT / "docs" / "cluster.md").read_text(encoding="utf-8")


def test_the_certificates_of_the_guide_are_taken(tmp_path: Path) -> None:
    (block,) = re.findall(r"^```text\n(openssl .*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    (settings,) = re.findall(r"^```text\n(export DASK.*?)^```", GUIDE, re.MULTILINE | re.DOTALL)
    done = subprocess.run(["sh", "-ec", f"{block}\n{settings}\nenv"], cwd=tmp_path, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    made = Certificates(tmp_path / "ca.pem", tmp_path / "poa.pem", tmp_path / "poa-key.pem")
    said = dict(line.split("=", 1) for line in done.stdout.splitlines() if line.startswith("DASK_"))
    assert said == made.environment
    files = units(tmp_path, 2)
    with (
        dask.config.set(made.settings),
        DaskCluster(tmp_path / "dask", ["--protocol", "tls"], made.environment) as cluster_of_ours,
    ):
        cluster_of_ours.add_worker()
        assert read(files, cluster_of_ours.address) == read(files, "local")
