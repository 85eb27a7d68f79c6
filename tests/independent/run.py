"""One campaign: its workbooks are written, consolidated by the command, and its master compared."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from poa_xl.cli import poa_xl
from tests.independent import books
from tests.independent.campaign import Campaign, random_campaign
from tests.independent.comparison import Comparison
from tests.independent.figures import Figures
from tests.libreoffice import LibreOffice, differences


@dataclass(frozen=True)
class Outcome:
    """What came of a campaign: how much was compared, and what differs."""

    seed: int
    quarter: int
    units: int
    figures: int
    formulas: int
    recalculated: int
    differences: tuple[str, ...]

    @property
    def line(self) -> str:
        """The outcome in a line; the first differences below it."""
        text = (
            f"{self.seed}: {self.quarter}T, {self.units} units, {self.figures} figures, {self.formulas} formulas, "
            f"{self.recalculated} recalculated, {len(self.differences)} differences"
        )
        return "\n    ".join([text, *self.differences[:12]])


def run(seed: int, folder: Path, office: LibreOffice | None = None, most: int = 40) -> Outcome:
    """Write, consolidate and compare the campaign of a seed; with `office`, recalculate its master too."""
    return compared(random_campaign(seed, most), folder, office)


def compared(campaign: Campaign, folder: Path, office: LibreOffice | None = None) -> Outcome:
    """The same of any campaign."""
    return compare(campaign, folder, office, lambda master: Comparison(master).against(Figures(campaign)))


def compare(
    campaign: Campaign, folder: Path, office: LibreOffice | None, against: Callable[[Path], Comparison]
) -> Outcome:
    """The same of a campaign, whose master is compared by `against`."""
    seed, submissions, master = campaign.seed, books.write(campaign, folder), folder / "maestro.xlsx"
    arguments = [
        "consolidate",
        submissions,
        "--entity",
        folder / "entidad.xlsx",
        "--quarter",
        campaign.quarter,
        "-o",
        master,
    ]
    outcome = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    if not master.exists():
        said = f"no master: {outcome.exception!r} {outcome.output[-800:]}"
        return Outcome(seed, campaign.quarter, len(campaign.units), 0, 0, 0, (said,))
    comparison = against(master)
    found, recalculated = list(comparison.differences), 0
    if office:
        cells = office.recalculate(master)
        recalculated = sum(len(own) for own in cells.values())
        found += [f"LibreOffice: {line}" for line in differences(cells)]
    return Outcome(
        seed,
        campaign.quarter,
        len(campaign.units),
        comparison.figures,
        len(comparison.formulas),
        recalculated,
        tuple(found),
    )
