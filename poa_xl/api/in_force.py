"""What is in force in a campaign, checked as it was received."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl.api import revision
from poa_xl.api.revision import Revision
from poa_xl.baseline.modifications import NOTHING, Baseline
from poa_xl.campaign import in_force
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import Entrega
from poa_xl.checking import unit_books
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.checking.waivers import Waiver
from poa_xl.engine import Engine
from poa_xl.entity import Entidad
from poa_xl.guards import Limits
from poa_xl.messages.ledger import COVER_WITHOUT
from poa_xl.progress import Progress


@dataclass(frozen=True)
class Taken:
    """What of a campaign is evaluated, at one moment: its ledger's head is that of these submissions."""

    checked: CheckedEntity
    entidad: Entidad
    quarter: int
    submissions: Sequence[Entrega]
    paths: Sequence[Path]
    waivers: Sequence[Waiver]
    head: str
    baseline: Baseline = NOTHING


def taken(campana: Campana) -> Taken:
    """What is in force now. PoaError where the chain is broken or a stored file is not what was received."""
    with campana.ledger.reading():  # the head is that of the submissions that are taken
        head = in_force.proven_head(campana) or COVER_WITHOUT
        found = in_force.of(campana)
        paths, waivers = in_force.paths(campana, found), in_force.waivers(campana, found)
    quarter, baseline = campana.ajuste.trimestre, campana.baseline
    return Taken(campana.checked, campana.entidad, quarter, found, paths, waivers, head, baseline)


def check(what: Taken, limits: Limits, progress: Progress | None, engine: Engine) -> Revision:
    """Check them: what today's date would change is as it was on the day when each was received."""
    units = unit_books.check_units(
        what.paths, what.checked, what.entidad, what.quarter, progress, limits,
        complete=True, waivers=what.waivers, days=in_force.days(what.submissions), baseline=what.baseline,
        in_force={e.sha256 for e in what.submissions if e.vale}, engine=engine,
    )  # fmt: skip
    in_force.same(what.submissions, units.submissions)
    found = revision.of_units(what.checked, units, what.quarter, tuple(what.paths), limits)
    submissions = in_force.with_receipts(what.submissions, found.submissions)
    return replace(found, submissions=submissions, ledger_head=what.head, baseline=what.baseline)
