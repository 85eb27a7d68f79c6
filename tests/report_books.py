"""Reports of both samples, written once in a run, and what is needed to look into them."""

import json
import re
import zipfile
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from openpyxl import Workbook

import poa_xl
from poa_xl.report.word import reader
from poa_xl.report.word.reader import WordReport
from tests.demonstration import Demonstration, Quarter, made_once

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"


@dataclass(frozen=True)
class Written:
    """A master, the entity's workbook that it was made with, and the report of it."""

    master: Path
    entity: Path
    report: Path
    said: poa_xl.WrittenReport


def write(folder: Path, entity: Path, quarter: int, place: Path) -> Written:
    """Consolidate a folder of workbooks, and write the report."""
    master = place / f"evaluacion-{quarter}T.xlsx"
    poa_xl.check(folder, entity, quarter=quarter).evaluate().write_master(master)
    said = poa_xl.write_report(master, place / f"informe-{quarter}T.docx", entity)
    return Written(master, entity, said.path, said)


@pytest.fixture(scope="session")
def ministry(demonstration: Demonstration, ministry_master: Path, tmp_path_factory: pytest.TempPathFactory) -> Written:
    """The second quarter of the ministry."""
    return _once(tmp_path_factory, ministry_master, demonstration.folder / "entidad.xlsx", "informe-ministerio")


@pytest.fixture(scope="session")
def municipality(municipality_year: list[Quarter], tmp_path_factory: pytest.TempPathFactory) -> list[Written]:
    """The four quarters of the municipality."""
    return [
        _once(tmp_path_factory, own.master, own.entity, f"informe-municipio-{own.number}T") for own in municipality_year
    ]


def _once(factory: pytest.TempPathFactory, master: Path, entity: Path, name: str) -> Written:
    """A report that is written once in a run, with its page."""

    def make(place: Path) -> None:
        said = poa_xl.write_report(master, place / "informe.docx", entity, html=place / "informe.html")
        counts = {"tables": said.tables, "charts": said.charts, "figures": said.figures}
        (place / "dicho.json").write_text(json.dumps(counts), encoding="utf-8")

    place = made_once(factory, name, make)
    report, page = place / "informe.docx", place / "informe.html"
    said = poa_xl.WrittenReport(report, **json.loads((place / "dicho.json").read_text("utf-8")), html=page)
    return Written(master, entity, report, said)


def controls(path: Path) -> list[tuple[str, str]]:
    """(tag, text) of the content controls of a document, as python-docx reads its XML."""
    body = Document(str(path)).element.body
    found = []
    for control in body.iter(f"{W}sdt"):
        tag = control.find(f"{W}sdtPr/{W}tag")
        if tag is not None:
            found.append((tag.get(f"{W}val"), "".join(t.text or "" for t in control.iter(f"{W}t"))))
    return found


def text(path: Path) -> str:
    """All words of a document, paragraph by paragraph, those of controls too."""
    body = Document(str(path)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter(f"{W}t")) for p in body.iter(f"{W}p"))


def with_chart_value(report: Path, target: Path, number: int, value: str) -> Path:
    """A copy of a report whose chart of this number shows another first value."""
    with zipfile.ZipFile(report) as before, zipfile.ZipFile(target, "w") as after:
        for name in before.namelist():
            content = before.read(name)
            if name == f"word/charts/chart{number}.xml":
                shown = rb"(<c:val>.*?<c:v>)([0-9.]+)"
                content, times = re.subn(shown, rb"\g<1>" + value.encode(), content, count=1, flags=re.DOTALL)
                assert times == 1
            after.writestr(name, content)
    return target


def workbooks(report: Path) -> list[list[tuple[object, ...]]]:
    """The rows of the workbook of each chart, in their order."""
    with zipfile.ZipFile(report) as package:
        names = sorted(name for name in package.namelist() if name.startswith("word/embeddings/"))
        books = [openpyxl.load_workbook(package.open(name)) for name in names]
    return [list(book.active.iter_rows(values_only=True)) for book in books]


def as_read(report: Path) -> WordReport:
    """A report as the product reads it."""
    found = reader.read(report.read_bytes())
    assert found is not None
    return found


def register(report: Path) -> dict[str, str]:
    """Tag -> id of the figure, as the register in the document says: a long id has a shorter tag."""
    return {entry.tag: entry.figure for entry in as_read(report).entries}


def values(master: Path) -> Workbook:
    """A master with the values of its cells."""
    return openpyxl.load_workbook(master, data_only=True)


def cells_by_id(workbook: Workbook) -> dict[str, tuple[str, str]]:
    """Id -> sheet and cell, as the hidden sheet of the master says."""
    return {row[0]: (row[1], row[2]) for row in workbook["Cifras"].iter_rows(min_row=2, values_only=True)}


def bolivian(value: object) -> set[str]:
    """How a report may show what a cell holds: two decimals, none for what is whole, words as they are."""
    if value is None or isinstance(value, str):
        return {"n/a" if value in (None, "", "Sin Prog.") else str(value)}
    exact = Decimal(repr(value))
    shown = {f"{exact.quantize(Decimal('0.01'), ROUND_HALF_UP):,.2f}", f"{exact.quantize(Decimal(1), ROUND_HALF_UP):,}"}
    if exact != exact.to_integral_value():
        shown = {one for one in shown if "." in one}
    return {one.translate(str.maketrans(",.", ".,")).replace("-0,00", "0,00") for one in shown}
