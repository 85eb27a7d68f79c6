"""A filled workbook with what the entity says now, as the bytes of a file."""

import base64
from dataclasses import dataclass
from typing import Any

from poa_xl import guards, sheets
from poa_xl.errors import PoaError
from poa_xl.guards import Limits
from poa_xl.messages import refresh as words
from poa_xl.migration.refresh import proof, tasks
from poa_xl.migration.refresh.parts import NotSplicedError
from poa_xl.migration.refresh.plan import RefreshPlan
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import Source, of_content


@dataclass(frozen=True)
class Refreshed:
    """The bytes of the workbook, whether it is one with macros, and what it goes without, a line each."""

    content: bytes
    macros: bool
    lines: tuple[ReportLine, ...]


def make(old: Source, plan: RefreshPlan, limits: Limits) -> Refreshed:
    """Carry a plan out and read the result. NotSplicedError where it cannot be done in places.

    PoaError where the result does not say what it should.
    """
    said, content = _asked(old.content, plan, limits, "")
    if said["modules"]:  # it has our macros, and only now it is known for how many sheets
        from poa_xl.vba import project

        macros = base64.b64encode(project.of_workbook(said["modules"])).decode()
        said, content = _asked(old.content, plan, limits, macros)
    new = of_content(content, old.name, limits)
    if plan.approved.baseline.plan and plan.approved.left(new.read_as(sheets.unit_sheets())) != plan.programme.left:
        raise NotSplicedError(words.ODD_FORMATS)  # a number in a cell with a format that makes another one of it
    wrong = proof.differing(old, new, plan.splice, stripped=bool(said["left_out"]))
    if wrong:
        raise PoaError(words.NOT_VERIFIED.format(lugar=wrong))
    lines = [ReportLine("contenido-quitado", found=said["left_out"])] if said["left_out"] else []
    return Refreshed(content, said["macros"], tuple(lines))


def _asked(content: bytes, plan: RefreshPlan, limits: Limits, project: str) -> tuple[dict[str, Any], bytes]:
    said, made = guards.in_worker(tasks.SPLICE, content, limits, splice=plan.splice.plain(), project=project)
    if "cannot" in said:
        raise NotSplicedError(words.ODD_MARKUP)
    return said, made
