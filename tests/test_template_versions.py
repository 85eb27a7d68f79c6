"""Which versions of the template there are, are received and are written, whatever the entity says."""

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl import cells, messages, sheets, template_versions
from poa_xl.catalogo import Catalogo
from poa_xl.checking import entity_book, unit_books
from poa_xl.cli import poa_xl
from poa_xl.findings import Finding
from poa_xl.sheets import NEW_COLUMN, Column, Sheet
from poa_xl.writers.unit_workbook import workbook
from tests import factories, text_books
from tests.places import at, cell_at
from tests.text_books import ENTITY, UNIT

pytestmark = pytest.mark.slow

RECEIVED = template_versions.received()


def column(name: str, since: str = "", unit: str = cells.COUNT) -> Column:
    return Column(name, name.capitalize(), "", "float64", False, False, (), None, unit, since=since)


SHEET = Sheet(
    "tareas", "Tareas", "Tareas", "", False,
    (column("tarea"), column("enero", unit=cells.OF_GOAL), column("numero", "3"), column("peso", "3"), column("nota", "4")),
)  # fmt: skip


def names(sheet: Sheet) -> list[str]:
    return [c.name for c in sheet.columns]


# --- what a version has ---------------------------------------------------------------------------------------


def test_a_sheet_of_an_older_version_lacks_what_the_later_ones_added() -> None:
    assert names(template_versions.without_later(SHEET, ["2", "3", "4"])) == ["tarea", "enero"]
    assert names(template_versions.without_later(SHEET, ["3", "4"])) == ["tarea", "enero", "numero", "peso"]
    assert names(template_versions.without_later(SHEET, ["4"])) == names(SHEET)


def test_without_a_kind_of_number_the_months_are_whole() -> None:
    old, new = (template_versions.without_later(SHEET, v).column("enero") for v in (["2", "3", "4"], ["3", "4"]))
    assert (old.dtype, old.unit) == ("Int64", cells.COUNT)
    assert (new.dtype, new.unit) == ("float64", cells.OF_GOAL)


@pytest.mark.parametrize(
    ("changes", "oldest"),
    [
        ([[], ["hoja-nueva", NEW_COLUMN], [NEW_COLUMN]], 1),
        ([[], [NEW_COLUMN], [NEW_COLUMN, NEW_COLUMN]], 0),
        ([[], [NEW_COLUMN], ["columna-renombrada", NEW_COLUMN]], 2),
        ([[]], 0),
    ],
)
def test_a_version_is_written_where_later_ones_added_columns_alone(changes: list[list[str]], oldest: int) -> None:
    described = [[{"cambio": kind} for kind in version] for version in changes]
    assert max(0, template_versions._oldest_written(described)) == oldest


def test_the_newest_version_has_all_columns_and_an_unknown_one_is_the_newest() -> None:
    newest = sheets.version_names()[-1]
    assert template_versions.layout(newest) == sheets.unit_sheets()
    assert template_versions.layout("nueve") == sheets.unit_sheets()


def titles_of(path: Path) -> dict[str, list[object]]:
    book = openpyxl.load_workbook(path)
    return {name: [c.value for c in book[name][4]] for name in ("Operaciones", "Tareas", "Presupuesto", "Resultados")}


def since(versions: Sequence[str]) -> set[str]:
    return {c.title for s in sheets.unit_sheets() for c in s.inputs if not s.form and c.since in versions}


@pytest.mark.parametrize("functions", ["poa", "native"])
@pytest.mark.parametrize("version", RECEIVED)
def test_a_template_has_the_columns_of_its_version_and_its_stamp(
    version: str, functions: workbook.FormulaKind, tmp_path: Path
) -> None:
    entidad = replace(factories.entidad(), version_plantilla=version)
    path = tmp_path / "DGRB.xlsx"
    unidad = entidad.by_code["DGRB"]
    workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2), functions)
    later = since(RECEIVED[RECEIVED.index(version) + 1 :])
    for sheet, written in titles_of(path).items():
        own = next(s for s in sheets.unit_sheets() if s.name == sheet)
        assert written == [c.title for c in own.columns if c.since not in RECEIVED[RECEIVED.index(version) + 1 :]]
        assert not later & set(map(str, written)) or later & {c.title for c in own.columns if not c.since}
    assert cell_at(openpyxl.load_workbook(path), at("Unidad", "Versión de la plantilla")).value == version


# --- what is received -----------------------------------------------------------------------------------------


def entity_of(tmp_path: Path, version: str) -> Path:
    """The entity's workbook, of templates of a version."""
    parameters = re.sub(r"(plantilla \|  \|  \| )\w+", rf"\g<1>{version}", ENTITY["Parametros"])
    return text_books.entity(tmp_path / "entidad.xlsx", Parametros=parameters)


def stamps(tmp_path: Path, stamp: str, own: str) -> list[Finding]:
    """What is found about the version of a workbook, of an entity whose templates are of another one."""
    folder = tmp_path / "entregas"
    folder.mkdir()
    text_books.unit(folder / "DGRB.xlsx", Unidad=re.sub(r"(plantilla \| ')\w+", rf"\g<1>{stamp}", UNIT["Unidad"]))
    checked = entity_book.check_entity(entity_of(tmp_path, own))
    assert checked.entidad is not None
    found = unit_books.check_units([folder], checked, checked.entidad, 2).findings
    return [f for f in found if f.code == "UNI-007"]


@pytest.mark.parametrize("own", sheets.version_names())
@pytest.mark.parametrize("stamp", RECEIVED)
def test_a_workbook_of_a_version_that_is_received_is_received_whatever_the_entity_writes(
    stamp: str, own: str, tmp_path: Path
) -> None:
    assert stamps(tmp_path, stamp, own) == []


def test_a_workbook_of_the_entitys_own_version_is_received_however_old_that_is(tmp_path: Path) -> None:
    assert stamps(tmp_path, "1", "1") == []


@pytest.mark.parametrize(
    ("stamp", "said"),
    [
        ("1", "la versión 1 de la plantilla; se reciben las versiones 2"),
        ("9", "la versión 9 de la plantilla, que no existe; se reciben las versiones 2"),
        ("dos", "la versión dos de la plantilla, que no existe; se reciben las versiones 2"),
    ],
)
def test_other_versions_are_refused_and_say_what_to_do(stamp: str, said: str, tmp_path: Path) -> None:
    (finding,) = stamps(tmp_path, stamp, "2")
    assert said in messages.text(finding)
    assert "«poa-xl migrate»" in messages.action(finding)
    assert messages.has(finding.code, messages.Trait.REFUSES_FILE)


@pytest.mark.parametrize("stamp", [*RECEIVED, "1", "9"])
def test_a_workbook_that_is_checked_alone_is_judged_as_with_the_entity(
    stamp: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entidad = replace(factories.entidad(), version_plantilla="2")
    written = workbook.stamped
    monkeypatch.setattr(workbook, "stamped", lambda e, u: {**written(e, u), "version_plantilla": stamp})
    path = tmp_path / "DGRB.xlsx"
    unidad = entidad.by_code["DGRB"]
    workbook.write_unit_workbook(path, entidad, unidad, factories.unit_data(unidad, 2))
    output = CliRunner().invoke(poa_xl, ["validate", str(path)]).output
    assert ("UNI-007" in output) == (stamp not in RECEIVED), output


def test_the_catalogue_of_a_workbook_says_which_templates_the_entity_writes() -> None:
    assert "version_plantilla" in {f.name for f in Catalogo.__dataclass_fields__.values()}


# --- what is written ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("version", ["9", "dos"])
def test_no_template_is_written_of_a_version_that_does_not_exist(version: str, tmp_path: Path) -> None:
    path = entity_of(tmp_path, version)
    for command in (["validate", str(path)], ["template", str(path), "-o", str(tmp_path / "plantillas")]):
        result = CliRunner().invoke(poa_xl, command)
        assert result.exit_code == 1
        assert f"PAR-014  La versión «{version}» de la plantilla no existe" in result.output
        assert f"Escriba una de estas: {', '.join(sheets.version_names())}." in result.output
    assert not (tmp_path / "plantillas").exists()


def test_an_entity_that_a_campaign_keeps_may_say_a_version_that_does_not_exist(tmp_path: Path) -> None:
    path = entity_of(tmp_path, "9")
    assert entity_book.check_entity(path).entidad is None
    kept = entity_book.check_entity(path, accepted=True).entidad
    assert kept is not None
    assert kept.version_plantilla == "9"
