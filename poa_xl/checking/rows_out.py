"""Which rows an error keeps out of the evaluation, and which errors these are."""

from collections.abc import Iterable, Mapping

from poa_xl import cells, messages
from poa_xl.findings import Finding
from poa_xl.messages import Severity

Place = tuple[str, str, int]  # file, sheet and Excel row


def place(finding: Finding) -> Place:
    """The row that a finding is about."""
    at = finding.location
    return at.file, at.sheet, cells.row_of(at.cell) if at.cell else 0


def of(findings: Iterable[Finding]) -> Mapping[Place, list[Finding]]:
    """The rows with an error of a cell that was not accepted, in the order of their places."""
    found: dict[Place, list[Finding]] = {}
    for f in findings:
        if f.location.cell and messages.word(f) == Severity.ERROR.value:
            found.setdefault(place(f), []).append(f)
    return {at: found[at] for at in sorted(found)}
