"""Who is measured: the product's commands, the floor below them, and others that read the same workbooks."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.data import QUARTER, Folder

FLOOR, CONSOLIDATE = "calamine", "poa-xl consolidate"
MASTER = "m.xlsx"
_FINDINGS = (0, 1)  # the planted defects make 1
_SMALL, _READABLE = 1000, 500
_LIMITS = "reads no master of so many cells: its limits"


@dataclass(frozen=True)
class Contender:
    """A command over a folder of workbooks. `work` says what it does and what of the product's work it does not do.

    `largest` is the most workbooks that it is given, `beyond` what is in the way of more. `codes` are the exit codes of
    success.
    """

    name: str
    work: str
    command: Callable[[Folder, Path], Sequence[str]]
    largest: int = 1_000_000
    codes: tuple[int, ...] = (0,)
    beyond: str = "would take too long"


def make_way(contender: Contender, out: Path) -> None:
    """Take away the master of the turn before: whether it may be replaced is no part of what is measured."""
    if contender.name == CONSOLIDATE:
        (out / MASTER).unlink(missing_ok=True)


def _script(python: str, name: str, *more: str) -> Callable[[Folder, Path], Sequence[str]]:
    return lambda folder, _: (python, "-m", f"bench.scripts.{name}", str(folder.sent), *more)


def _consolidate(product: str) -> Callable[[Folder, Path], Sequence[str]]:
    return lambda folder, out: (
        _installed(product), "consolidate", str(folder.sent), "--quarter", str(QUARTER),
        "-o", str(out / MASTER), "--force",
    )  # fmt: skip


def _validate(product: str) -> Callable[[Folder, Path], Sequence[str]]:
    return lambda folder, _: (_installed(product), "validate", str(folder.sent), "--quarter", str(QUARTER))


def _report(product: str, *more: str) -> Callable[[Folder, Path], Sequence[str]]:
    return lambda folder, out: (
        _installed(product), "report", "write", str(out / MASTER), "--entity", str(folder.entity), "--force",
        "-o", str(out / "informe.docx"), *(part.format(out=out) for part in more),
    )  # fmt: skip


def _installed(product: str) -> str:
    return str(Path(product).parent / "poa-xl")


def contenders(product: str, others: str) -> list[Contender]:
    """All of them in the order of a turn.

    `product` is the Python beside which the product is installed, `others` that of the environment with the others.
    The report is made of the master that the consolidation of the same turn wrote.
    """
    consolidate, word, page = _consolidate(product), _report(product), _report(product, "--html", "{out}/informe.html")
    return [
        Contender(FLOOR, "python-calamine reads every sheet: the floor", _script(product, "floor")),
        Contender("unzip", "decompresses every part", _script(product, "unzip")),
        Contender(
            "guards", "the guards look through every part and read every sheet", _script(product, "guards"), _SMALL
        ),
        Contender("import pandas", "imports pandas", lambda _, __: (product, "-c", "import pandas")),
        Contender("poa-xl validate", "every check of every sheet", _validate(product), codes=_FINDINGS),
        Contender(CONSOLIDATE, "the same, and the master: sheets, formulas, charts", consolidate, codes=_FINDINGS),
        Contender("poa-xl report (.docx)", "the report of that master in Word", word, _READABLE, beyond=_LIMITS),
        Contender("poa-xl report (.docx, .html)", "the report in Word and as a page", page, _READABLE, beyond=_LIMITS),
        Contender("script, calamine", "25 lines of pandas: sums", _script(product, "analyst", "calamine")),
        Contender("script, openpyxl", "the same with openpyxl", _script(product, "analyst", "openpyxl"), _SMALL),
        Contender("pandera, file by file", "the schema of Tareas alone", _script(product, "pandera_files"), _SMALL),
        Contender("polars", "polars and fastexcel: sums and defects of Tareas", _script(others, "polars_files")),
        Contender("frictionless", "the months of Tareas by a Table Schema", _script(others, "frictionless_files"), 109),
    ]
