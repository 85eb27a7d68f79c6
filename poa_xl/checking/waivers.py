"""Waivers (excepciones): findings of a unit that the planning office accepts. They are data of a campaign, never code.

An aviso can be accepted always: it stays to be read, but no longer counts. An error can be accepted only where the cell
was read and says one thing, and the evaluation can use it as it stands: then its row is no longer kept out. What could
not be read cannot become data by being accepted.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from poa_xl import cells, messages, titles
from poa_xl.checking import row_keys
from poa_xl.checking.row_keys import OUTSIDE, UNKNOWN
from poa_xl.findings import Finding
from poa_xl.messages import Trait
from poa_xl.messages.baseline import whatever_version


@dataclass(frozen=True)
class Waiver:
    """A code of a unit that is accepted, everywhere or in one row. `reason` is the sentence to show.

    Of a code that awaits a decision all cells of the row are accepted: a change of programme touches many months.

    `row` is what `row_keys` says of the cell for which it was given: it follows that row. None is for one that was
    given before there was a workbook to look it up in: then it is whatever stands in the cell.

    `seen` is, of a code that awaits a decision, what was said of the workbook that waited: another amount that comes
    later was seen by nobody, and waits again. None is for one that was given while none waited: it accepts all.
    """

    code: str
    unidad: str
    sheet: str = ""
    cell: str = ""
    reason: str = ""
    row: str | None = None
    seen: frozenset[str] | None = None

    def covers(self, finding: Finding, row: str = OUTSIDE, text: str = "") -> bool:
        """Whether it is this finding that is accepted; `row` is what `row_keys` says of its cell.

        `text` is what was said of it, where the finding does not know that itself.
        """
        if (self.code, self.unidad) != (finding.code, finding.unidad) or not messages.can_be_waived(self.code):
            return False
        if self.seen is not None and whatever_version(text or cells.visible(messages.text(finding))) not in self.seen:
            return False
        if not self.cell:
            return True
        same_place = (titles.key(finding.location.sheet), finding.location.cell) == (titles.key(self.sheet), self.cell)
        if self.row is None:
            return same_place
        if self.row == OUTSIDE:
            return same_place and row == OUTSIDE
        if messages.has(self.code, Trait.AWAITS_DECISION):
            return row_keys.same_row(self.row, row)
        return row == self.row != UNKNOWN


def waived(finding: Finding, waivers: Iterable[Waiver], row: str = OUTSIDE) -> Finding:
    """The finding, marked as accepted where a waiver covers it; `row` is what `row_keys` says of its cell."""
    reason = next((w.reason for w in waivers if w.covers(finding, row)), None)
    if reason is None:
        return finding
    return replace(finding, details={**finding.details, messages.EXCEPTED: reason})
