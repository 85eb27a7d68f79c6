"""The charts of the master say of a figure that does not exist what its table says, and draw no number for it."""

import re
import zipfile
from pathlib import Path
from xml.etree import ElementTree

import openpyxl
import pytest
from openpyxl.utils.cell import rows_from_range

from tests import factories
from tests.test_entity_plausible import cover, without

C = "{http://schemas.openxmlformats.org/drawingml/2006/chart}"
A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"


def labels(path: Path) -> tuple[list[object], list[object]]:
    """Of every point of every chart: the cell's value, and the words of its own label (None: it shows its number)."""
    sheets = openpyxl.load_workbook(path, data_only=True)
    values: list[object] = []
    own: list[object] = []
    with zipfile.ZipFile(path) as package:
        charts = [n for n in package.namelist() if re.fullmatch(r"xl/charts/chart\d+\.xml", n)]
        trees = [ElementTree.fromstring(package.read(n)) for n in charts]
    for series in (s for tree in trees for s in tree.iter(f"{C}ser")):
        sheet, cells = series.findtext(f"{C}val/{C}numRef/{C}f", "").rsplit("!", 1)
        given = {
            int(label.find(f"{C}idx").attrib["val"]): "".join(t.text or "" for t in label.iter(f"{A}t"))  # type: ignore[union-attr]
            for label in series.iter(f"{C}dLbl")
        }
        flat = [c for row in rows_from_range(cells.replace("$", "")) for c in row]
        values += [sheets[sheet.strip("'")][cell].value for cell in flat]
        own += [given.get(i) for i in range(len(flat))]
    return values, own


def test_a_figure_that_does_not_exist_is_labelled_so_in_every_chart(tmp_path: Path) -> None:
    cover(tmp_path / "m.xlsx", without(6), 2)
    values, own = labels(tmp_path / "m.xlsx")
    assert values.count("n/a") > 5
    assert own == ["n/a" if value == "n/a" else None for value in values]


@pytest.mark.slow
def test_a_figure_that_exists_is_labelled_with_its_number(tmp_path: Path) -> None:
    cover(tmp_path / "m.xlsx", factories.entidad(), 2)
    values, own = labels(tmp_path / "m.xlsx")
    assert [label for value, label in zip(values, own, strict=True) if isinstance(value, int | float) and label] == []
    assert any(isinstance(value, int | float) for value in values)
