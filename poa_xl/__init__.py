"""Follow-up and evaluation of a Plan Operativo Anual kept in Excel and LibreOffice workbooks.

The names below are the front door: everything that the command `poa-xl` does, without printing or asking. What stands
behind a name is loaded when it is first used, so that `import poa_xl` costs nothing.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa_xl.api.campaign import Campaign
    from poa_xl.api.comparison import Comparison, NotComparedError, diff
    from poa_xl.api.entities import EntityBook, open_entity
    from poa_xl.api.entity_migration import MigratedEntity, migrate_entity
    from poa_xl.api.evaluation import QuarterEvaluation, WrittenData
    from poa_xl.api.explanation import Explanation, explain
    from poa_xl.api.guides import Guide, guides, write_guides
    from poa_xl.api.migration import Migration, migrate
    from poa_xl.api.plans import Approval, PlanFile, approve_plan, open_plan
    from poa_xl.api.reception import Listeners, Reception
    from poa_xl.api.reports import (
        ReportTextsError,
        ReportUpdate,
        ReportVerification,
        WrittenReport,
        update_report,
        verify_report,
        write_report,
    )
    from poa_xl.api.revision import Revision, check
    from poa_xl.api.states import StateConsolidation, consolidate_state
    from poa_xl.api.targets import Written
    from poa_xl.api.templates import Demo, create_entity, write_demo, write_templates
    from poa_xl.campaign.exceptions import WaiverError
    from poa_xl.errors import EntityError, FindingsError, PoaError, WrongUseError
    from poa_xl.figures import FigureError

__version__ = "0.1.0"

__all__ = [
    "Approval",
    "Campaign",
    "Comparison",
    "Demo",
    "EntityBook",
    "EntityError",
    "Explanation",
    "FigureError",
    "FindingsError",
    "Guide",
    "Listeners",
    "MigratedEntity",
    "Migration",
    "NotComparedError",
    "PlanFile",
    "PoaError",
    "QuarterEvaluation",
    "Reception",
    "ReportTextsError",
    "ReportUpdate",
    "ReportVerification",
    "Revision",
    "StateConsolidation",
    "WaiverError",
    "Written",
    "WrittenData",
    "WrittenReport",
    "WrongUseError",
    "__version__",
    "approve_plan",
    "check",
    "consolidate_state",
    "create_entity",
    "diff",
    "explain",
    "guides",
    "migrate",
    "migrate_entity",
    "open_entity",
    "open_plan",
    "update_report",
    "verify_report",
    "write_demo",
    "write_guides",
    "write_report",
    "write_templates",
]

_PLACES = {
    "Approval": "api.plans",
    "Campaign": "api.campaign",
    "Comparison": "api.comparison",
    "Demo": "api.templates",
    "EntityBook": "api.entities",
    "EntityError": "errors",
    "Explanation": "api.explanation",
    "FigureError": "figures",
    "FindingsError": "errors",
    "Guide": "api.guides",
    "Listeners": "api.reception",
    "MigratedEntity": "api.entity_migration",
    "Migration": "api.migration",
    "NotComparedError": "api.comparison",
    "PlanFile": "api.plans",
    "PoaError": "errors",
    "QuarterEvaluation": "api.evaluation",
    "Reception": "api.reception",
    "ReportTextsError": "api.reports",
    "ReportUpdate": "api.reports",
    "ReportVerification": "api.reports",
    "Revision": "api.revision",
    "StateConsolidation": "api.states",
    "WaiverError": "campaign.exceptions",
    "Written": "api.targets",
    "WrittenData": "api.evaluation",
    "WrittenReport": "api.reports",
    "WrongUseError": "errors",
    "approve_plan": "api.plans",
    "check": "api.revision",
    "consolidate_state": "api.states",
    "create_entity": "api.templates",
    "diff": "api.comparison",
    "explain": "api.explanation",
    "guides": "api.guides",
    "migrate": "api.migration",
    "migrate_entity": "api.entity_migration",
    "open_entity": "api.entities",
    "open_plan": "api.plans",
    "update_report": "api.reports",
    "verify_report": "api.reports",
    "write_demo": "api.templates",
    "write_guides": "api.guides",
    "write_report": "api.reports",
    "write_templates": "api.templates",
}


def __getattr__(name: str) -> object:
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found


def __dir__() -> "list[str]":  # LibreOffice carries a copy, for its older Pythons
    return sorted({*globals(), *_PLACES})
