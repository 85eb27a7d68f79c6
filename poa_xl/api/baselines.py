"""What submissions are to be compared with, as it is given: a plan's file, and the campaign of an earlier quarter."""

from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING, Union

from poa_xl.accepted_rows import AcceptedRows
from poa_xl.baseline.modifications import NOTHING, Baseline
from poa_xl.engine import LOCAL
from poa_xl.entity import Entidad

if TYPE_CHECKING:
    from poa_xl.api.campaign import Campaign
    from poa_xl.api.plans import PlanFile
    from poa_xl.baseline import ApprovedPlan, ReportedQuarter
    from poa_xl.campaign.baselines import GivenBaseline

GivenPlan = Union[str, PathLike[str], "PlanFile"]
GivenCampaign = Union[str, PathLike[str], "Campaign"]


def given(plan: GivenPlan | None, previous: GivenCampaign | None) -> "GivenBaseline":
    """Both, read. PoaError for a file that is no plan or was changed, and for a campaign that cannot be evaluated."""
    from poa_xl.campaign.baselines import GivenBaseline

    return GivenBaseline(_plan(plan) if plan else None, _quarter(previous) if previous else None)


def of(entidad: Entidad, quarter: int | None, plan: GivenPlan | None, previous: GivenCampaign | None) -> Baseline:
    """Both, for workbooks of an entity. PoaError also where they are of another one, or of no earlier quarter."""
    if not plan and not previous:
        return NOTHING
    from poa_xl.campaign.baselines import refuse_other

    both = given(plan, previous)
    refuse_other(both, entidad, quarter or 4)
    return Baseline.of(both.plan, both.previous, entidad)


def _plan(given: GivenPlan) -> "ApprovedPlan":
    from poa_xl.baseline import ApprovedPlan, document

    return given.content if hasattr(given, "content") else document.read(Path(given), ApprovedPlan)


def _quarter(given: GivenCampaign) -> "ReportedQuarter":
    """What is in force in a campaign, and its figures."""
    from poa_xl.api import evaluation, in_force
    from poa_xl.api.campaign import Campaign
    from poa_xl.baseline import ReportedQuarter, quarter
    from poa_xl.guards import DEFAULT

    campaign = given if isinstance(given, Campaign) else Campaign(given)
    with campaign.opened() as campana:
        taken, ajuste = in_force.taken(campana), campana.ajuste
    found = in_force.check(taken, DEFAULT, None, LOCAL)
    evaluated = evaluation.evaluate(found).evaluacion
    receipts = {e.unidad: (e.acuse, e.sha256) for e in taken.submissions}
    figures = {str(id): value for id, value, _ in evaluated.figures()}  # noqa: A001
    return ReportedQuarter(
        ajuste.entidad,
        ajuste.gestion,
        ajuste.trimestre,
        taken.head,
        quarter.units_of(found.rows or AcceptedRows(), ajuste.trimestre, receipts),
        {id: float(value) for id, value in figures.items() if value is not None and not isinstance(value, str)},  # noqa: A001
    )
