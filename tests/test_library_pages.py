"""The page and the notebook about the library are true: their code runs, and shows what the page says."""

import contextlib
import io
import json
import re
from os import PathLike
from pathlib import Path

import matplotlib
import pytest

import poa_xl
from poa_xl.api.templates import Demo
from poa_xl.sample.defects import LIST_FILE
from tests.demonstration import Demonstration
from tests.test_docs import shows

DOCS = Path(__file__).resolve().parent.parent / "docs"
PAGE, NOTEBOOK = DOCS / "biblioteca.md", DOCS / "biblioteca.ipynb"
_BLOCK = re.compile(r"^```python\n(.*?)^```\n(?:```text salida\n(.*?)^```)?", re.MULTILINE | re.DOTALL)

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("library-pages")]


@pytest.fixture
def here(
    demonstration: Demonstration,
    demonstration_with_defects: Demonstration,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> Path:
    """A folder to work in; the sample that the pages ask for is copied into it: the command makes the same (test_library)."""

    def copied(folder: str | PathLike[str], *, defects: bool = False) -> Demo:
        made = demonstration_with_defects if defects else demonstration
        made.copy(Path(folder))
        planted = Path(folder) / LIST_FILE
        count = len(planted.read_text(encoding="utf-8").splitlines()) - 1 if defects else 0
        return Demo(Path(folder) / "entidad.xlsx", Path(folder) / "entregas", len(made.sent), count)

    monkeypatch.setattr(poa_xl, "write_demo", copied)
    monkeypatch.chdir(tmp_path)
    matplotlib.use("Agg")
    return tmp_path


def run(code: str, names: dict[str, object]) -> str:
    """Run code as a cell does; what it printed."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        exec(compile(code, "celda", "exec"), names)
    return said.getvalue()


def test_the_blocks_of_the_page_run_and_print_what_stands_below_them(here: Path) -> None:
    blocks = _BLOCK.findall(PAGE.read_text(encoding="utf-8"))
    assert len(blocks) >= 9
    names: dict[str, object] = {}
    for code, promised in blocks:
        printed = run(code, names)
        for line in promised.splitlines():
            assert shows(printed, line), f"{code}\ndoes not print {line!r}, but\n{printed}"
    assert (here / "evaluacion.xlsx").is_file()
    assert list((here / "observados").iterdir())


def test_the_calls_that_the_page_names_are_there() -> None:
    page = PAGE.read_text(encoding="utf-8")
    owners = {"poa_xl": poa_xl, "campana": poa_xl.Campaign, "evaluacion": poa_xl.QuarterEvaluation,
              "revision": poa_xl.Revision}  # fmt: skip
    named = set(re.findall(r"\b(poa_xl|campana|evaluacion|revision)\.([a-z_]+)\(", page))
    assert len(named) >= 20
    assert [f"{owner}.{name}" for owner, name in sorted(named) if not hasattr(owners[owner], name)] == []
    raised = re.findall(r"^\| `(\w+Error)` \|", page, re.MULTILINE)
    assert set(raised) == {name for name in poa_xl.__all__ if name.endswith("Error")} - {"FindingsError"}


def test_the_notebook_runs_and_draws_the_groups(here: Path) -> None:
    notebook = json.loads(NOTEBOOK.read_text(encoding="utf-8"))
    assert notebook["nbformat"] == 4
    cells = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    assert not any(cell.get("outputs") for cell in notebook["cells"]), "a notebook is kept without its outputs"
    names: dict[str, object] = {}
    for code in cells:
        run(code, names)
    avance, por_area = names["avance"], names["por_area"]
    bars = names["ax"].patches  # type: ignore[attr-defined]
    assert [bar.get_width() for bar in bars] == avance.tolist()  # type: ignore[attr-defined]
    assert por_area["error"].sum() == names["revision"].errors  # type: ignore[index,attr-defined]
    assert names["a_mano"] == pytest.approx(names["evaluacion"].figure("EMB-LIMA.avance.t2"))  # type: ignore[attr-defined]
    assert (here / "evaluacion.xlsx").is_file()
