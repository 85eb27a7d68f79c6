"""What is said of a workbook that was migrated: a line for each thing that was not carried or needs a look."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from poa_xl.messages import LONGEST, migration, refresh
from poa_xl.messages.migration import LOST, Kind
from poa_xl.observations import Observation

CODE = "MIG"  # what stands under «Código» in Observaciones: these lines have kinds, not codes of findings


@dataclass(frozen=True)
class ReportLine:
    """A line of the report. `sheet` and `cell` are the place in the old workbook, `new_*` that in the new one.

    `kind` is a key of `KINDS` in `messages.migration` or `messages.refresh`, `count` how many cells it stands for, and
    `column` the one that was left blank in the new workbook.
    """

    kind: str
    sheet: str = ""
    cell: str = ""
    found: str = ""
    new_sheet: str = ""
    new_cell: str = ""
    count: int = 1
    column: str = ""
    details: Mapping[str, str] = field(default_factory=dict)

    @property
    def words(self) -> Kind:
        """The words of its kind."""
        return migration.KINDS.get(self.kind) or refresh.KINDS[self.kind]

    @property
    def outcome(self) -> str:
        """What became of it: `LOST`, `LEFT`, `CARRIED` or `REFRESHED` of `messages.migration`."""
        return self.words.outcome

    @property
    def lost(self) -> bool:
        """Whether something that a person put in is not in the new workbook."""
        return self.outcome == LOST

    @property
    def what(self) -> str:
        """What became of what was found."""
        return self.words.what.format_map(self._filling)

    @property
    def action(self) -> str:
        """What the person can do."""
        return self.words.action.format_map(self._filling)

    @property
    def observation(self) -> Observation:
        """The line as the sheet Observaciones of the new workbook shows it."""
        place = "!".join(part for part in (self.sheet, self.cell) if part)
        moved = (self.sheet, self.cell) != (self.new_sheet, self.new_cell)
        what = migration.BEFORE.format(lugar=place, que=self.what) if moved and place else self.what
        return Observation(self.new_sheet, self.new_cell, self.words.severity.value, CODE, what, self.action)

    @property
    def _filling(self) -> dict[str, str]:
        given = {name: _short(text) for name, text in self.details.items()}
        return {**given, "hallado": _short(self.found), "celdas": migration.cells(self.count)}


def _short(text: str) -> str:
    return text if len(text) <= LONGEST else text[:LONGEST] + "…"
