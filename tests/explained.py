"""Masters of both samples beside the files that they are made of, and what people do to either of them."""

import re
import shutil
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import openpyxl
import pytest

from poa_xl import master_book
from poa_xl.explanation.originals import Originals
from poa_xl.explanation.trail import Trail
from poa_xl.guards import Limits
from poa_xl.reading import File
from tests.demonstration import Demonstration, Quarter

_SECONDS = 60


@dataclass(frozen=True)
class Made:
    """A master and the folder of the files that it is made of."""

    master: Path
    sent: Path

    @cached_property
    def trail(self) -> Trail:
        """Its figures, read once."""
        return Trail(master_book.read(File(self.master, limits=Limits(segundos=_SECONDS))))

    @cached_property
    def originals(self) -> Originals:
        """Its files, each opened once."""
        return Originals([self.sent])

    def copy(self, to: Path) -> "Made":
        """A copy of one's own, with the entity's workbook beside the folder."""
        shutil.copytree(self.sent.parent, to, ignore=lambda folder, names: [n for n in names if n.endswith("T")])
        if not (to / self.sent.name).exists():
            shutil.copytree(self.sent, to / self.sent.name)
        shutil.copy(self.master, to / self.master.name)
        return Made(to / self.master.name, to / self.sent.name)


@pytest.fixture(scope="session")
def of_municipality(municipality_year: list[Quarter]) -> list[Made]:
    """The municipality's four quarters."""
    return [Made(quarter.master, quarter.sent) for quarter in municipality_year]


@pytest.fixture(scope="session")
def of_ministry(demonstration: Demonstration, ministry_master: Path) -> Made:
    """The ministry's second quarter."""
    return Made(ministry_master, demonstration.folder / "entregas")


def overwritten(made: Made, sheet: str, cell: str, inner: str, kind: str = "n") -> None:
    """Put something else into a cell of the master, its other cells as they are: `<v>5</v>`, or a formula before it."""
    part = _part(made.master, sheet)
    pattern = re.compile(rf'(<c r="{cell}"(?: s="\d+")?)[^>]*>.*?</c>'.encode())
    with zipfile.ZipFile(made.master) as before:
        entries = [(item, before.read(item)) for item in before.infolist()]
    with zipfile.ZipFile(made.master, "w", zipfile.ZIP_DEFLATED) as after:
        for item, content in entries:
            if item.filename == part:
                cell_of = rb"\1 t=" + f'"{kind}">{inner}</c>'.encode()
                content, n = pattern.subn(cell_of, content, count=1)
                assert n == 1, f"{sheet}!{cell} is not there"
            after.writestr(item, content)


def _part(master: Path, sheet: str) -> str:
    names = openpyxl.load_workbook(master, read_only=True).sheetnames
    return f"xl/worksheets/sheet{names.index(sheet) + 1}.xml"


def typed(path: Path, sheet: str, cell: str, value: object) -> None:
    """Type a value into a file as a person does, who saves it."""
    book = openpyxl.load_workbook(path)
    assert book[sheet][cell].value != value
    book[sheet][cell] = value
    book.save(path)


def values(made: Made) -> Iterator[tuple[str, object]]:
    """Each id with what its cell holds, as another program reads it."""
    book = openpyxl.load_workbook(made.master, data_only=True)
    for id, sheet, cell in book["Cifras"].iter_rows(min_row=2, max_col=3, values_only=True):  # noqa: A001
        yield str(id), book[sheet][cell].value
