"""Every bad or hostile file of the corpus ends in its one finding, soon, in little memory, and hides no good workbook."""

import json
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import openpyxl
import pytest

from poa_xl import cells, messages, reading, sheets
from tests import hostile, packages, text_books
from tests.hostile import CASES, Case

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("hostile")]
MEGABYTES = 600
# Runs the command line and writes down the most memory that it held, and the most that one child of it held.
_MEASURED = """
import re, resource, sys
from poa_xl.cli import main
try:
    main()
finally:
    own = re.search(r"VmHWM:\\s+([0-9]+)", open("/proc/self/status").read())[1]  # getrusage counts what forked it too
    open(sys.argv[0], "w").write(f"{own} {resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss}")
"""


class Corpus(NamedTuple):
    folder: Path
    entity: Path
    paths: dict[str, Path]  # by the name of the case


class Run(NamedTuple):
    code: int
    out: str
    err: str
    megabytes: float


@pytest.fixture(scope="module")
def corpus(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Corpus]:
    """All files of the corpus in one folder, beside the good workbook of a unit."""
    root = tmp_path_factory.mktemp("corpus")
    folder = root / "entregas"
    folder.mkdir()
    parts = packages.small(root)
    paths = {case.name: path for case, path in hostile.write(folder, parts)}
    text_books.unit(folder / "DGRB.xlsx")
    yield Corpus(folder, text_books.entity(root / "entidad.xlsx"), paths)
    for path in paths.values():
        if path.is_file() or path.is_symlink():  # some are large
            path.unlink()


def command(root: Path, *arguments: object) -> Run:
    note = root / "memoria.txt"
    script = f"import sys; sys.argv[0] = {str(note)!r}\n{_MEASURED}"
    done = subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)], capture_output=True, text=True, timeout=300, check=False
    )
    return Run(done.returncode, done.stdout, done.stderr, sum(map(int, note.read_text().split())) / 1000)


@pytest.fixture(scope="module")
def validated(corpus: Corpus) -> Run:
    return command(
        corpus.folder.parent, "validate", corpus.folder, "--entity", corpus.entity, "--quarter", 2, "--format", "json"
    )


def test_there_are_many_and_each_has_a_name_of_its_own() -> None:
    assert len(CASES) >= 150
    assert len({case.name for case in CASES}) == len({case.file for case in CASES}) == len(CASES)
    assert len({case.expected.split()[0] for case in CASES}) >= 12


def check(case: Case, codes: list[str], limits: list[str]) -> None:
    code, *more = case.expected.split()
    assert codes[:1] == [code]
    if "+" not in more:
        assert codes == [code]
        assert messages.severity(code) is messages.Severity.ERROR or code == "LIB-004"
        assert limits[: len(more)] == more


@pytest.mark.parametrize("case", [c for c in CASES if c.expected != "LIB-004"], ids=lambda case: case.name)
def test_a_bad_file_is_its_one_finding(case: Case, corpus: Corpus) -> None:
    """One that took more than the seconds of its limits would have another finding."""
    book = reading.read_book(corpus.paths[case.name], sheets.unit_sheets())
    check(case, [f.code for f in book.findings], [f.details.get("columna", "") for f in book.findings])
    assert book.broken
    for finding in book.findings:
        sentence = messages.text(finding) + messages.action(finding)
        assert "{" not in sentence.replace("{llaves}", "")
        assert "««" not in sentence


def test_a_folder_of_them_is_checked_to_its_end(corpus: Corpus, validated: Run) -> None:
    assert validated.code == 1, validated.err
    assert validated.err == ""
    found = json.loads(validated.out)["observaciones"]
    by_file: dict[str, list[str]] = {}
    for finding in found:
        by_file.setdefault(finding["archivo"], []).append(finding["codigo"])
    for case in CASES:
        if case.file.startswith(("~$", "._")):  # litter: left aside without a word in a folder
            assert case.file not in by_file
        else:
            assert by_file[cells.visible(case.file)][0] == case.expected.split()[0]


def test_a_folder_of_them_is_checked_in_little_memory(validated: Run) -> None:
    assert 0 < validated.megabytes < MEGABYTES


def test_names_in_the_answer_act_on_no_terminal(validated: Run) -> None:
    assert all(ch.isprintable() or ch == "\n" for ch in validated.out)


def test_the_good_workbook_among_them_is_consolidated(corpus: Corpus) -> None:
    master = corpus.folder.parent / "maestro.xlsx"
    run = command(
        corpus.folder.parent, "consolidate", corpus.folder, "--entity", corpus.entity, "--quarter", 2, "-o", master
    )
    assert run.code == 1, run.err
    assert run.err == ""
    assert "Traceback" not in run.out
    assert all(ch.isprintable() or ch == "\n" for ch in run.out)
    assert run.megabytes < MEGABYTES
    book = openpyxl.load_workbook(master)
    rows = [[cell.value for cell in row] for row in book["Datos_Tareas"].iter_rows()]
    assert any("Redactar informes" in row for row in rows)
    sent = [cell for row in book["Entregas"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any(cell.value.startswith("=cmd|") for cell in sent)
    listed = [cell for row in book["Observaciones"].iter_rows() for cell in row if isinstance(cell.value, str)]
    assert any("=cmd|" in cell.value for cell in listed)
    assert not [cell.coordinate for cell in sent + listed if cell.data_type == "f" and "cmd" in cell.value]


@pytest.mark.parametrize(
    "case",
    [c for c in CASES if c.name in ("nothing", "a stray cell at the end of the world", "more cells than the limit")],
    ids=lambda case: case.name,
)
def test_one_of_them_alone_is_refused_in_little_memory(case: Case, corpus: Corpus) -> None:
    run = command(corpus.folder.parent, "validate", corpus.paths[case.name], "--entity", corpus.entity)
    assert (run.code, run.err) == (1, "")
    assert case.expected.split()[0] in run.out
    assert run.megabytes < MEGABYTES
