"""`explain` of a master that a campaign gave: its files are those that the campaign keeps, and what was accepted is told."""

import datetime as dt
from pathlib import Path

import pytest

import poa_xl
from tests.demonstration import Quarter

pytestmark = pytest.mark.slow
MORE_THAN_PLANNED, UNIT = "TAR-005", "UREC"  # it executed 1,295 of 1,200
FIGURE = f"unidad:{UNIT}.avance.t2"


@pytest.fixture(scope="module")
def campaign(municipality_year: list[Quarter], tmp_path_factory: pytest.TempPathFactory) -> poa_xl.Campaign:
    """The municipality's second quarter, received."""
    quarter = municipality_year[1]
    made = poa_xl.Campaign.create(
        tmp_path_factory.mktemp("explain-campana") / "c", quarter.entity, 2, dt.date(2099, 7, 10), by="Ana"
    )
    made.receive_all(quarter.sent, by="Ana")
    return made


def master(campaign: poa_xl.Campaign, path: Path) -> Path:
    """The master of what is in force."""
    return campaign.check().evaluate().write_master(path).path


def test_the_files_of_the_campaign_give_the_figure(campaign: poa_xl.Campaign, tmp_path: Path) -> None:
    found = poa_xl.explain(master(campaign, tmp_path / "m.xlsx"), FIGURE).check(campaign.folder)
    assert found.checked is not None
    assert found.checked.agrees
    assert found.checked.cells > 10
    assert [path for path in found.checked.files if f"{UNIT}-v01-" in path]


def test_what_was_accepted_stands_on_the_way(campaign: poa_xl.Campaign, tmp_path: Path) -> None:
    before = poa_xl.explain(master(campaign, tmp_path / "antes.xlsx"), FIGURE)
    assert campaign.waive(MORE_THAN_PLANNED, UNIT, by="Ana", reason="Nota 12", until=dt.date(2099, 12, 31)).reached
    after = poa_xl.explain(master(campaign, tmp_path / "despues.xlsx"), FIGURE).check(campaign.folder)
    assert after.checked is not None
    assert after.checked.agrees, after.checked.differences
    told = [line.text for line in after.lines(everything=True)]
    assert any(MORE_THAN_PLANNED in line and "Nota 12" in line for line in told), "\n".join(told)
    assert not any("Nota 12" in line.text for line in before.lines(everything=True))
    assert after.tree.value == before.tree.value  # it counted before too, and no more now
