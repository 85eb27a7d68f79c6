"""The approved plan: what all units programme for the year, written down once and version by version."""

import re
from dataclasses import dataclass, replace
from os import PathLike
from pathlib import Path

from poa_xl import atomic, brief
from poa_xl.api import arguments, entities, reception, revision
from poa_xl.api.arguments import GivenPaths
from poa_xl.api.entities import GivenEntity
from poa_xl.api.revision import Revision
from poa_xl.baseline import ApprovedPlan, document
from poa_xl.baseline.modifications import ADDS, CHANGES, REMOVES
from poa_xl.baseline.plan import PlannedUnit, units_of
from poa_xl.cells import visible
from poa_xl.entity import Modificacion
from poa_xl.errors import PoaError
from poa_xl.findings import SubmissionState
from poa_xl.messages import baseline as words
from poa_xl.progress import Progress

_NAME = "plan-{gestion}-v{version}.json"
_NAMED = re.compile(r"^plan-(?P<gestion>\d{4})-v(?P<version>[1-9]\d*)\.json$")
_WHOLE = (SubmissionState.ACCEPTED, SubmissionState.WITH_AVISOS)
_MISSING = "ENT-002"  # a unit in force of which no file came


@dataclass(frozen=True, repr=False)
class PlanFile:
    """An approved plan in its file."""

    path: Path
    content: ApprovedPlan

    def __repr__(self) -> str:
        return brief.line(self, path=self.path, version=self.content.version, unidades=len(self.content.unidades))

    @property
    def hash(self) -> str:
        """The hash that the file says of its content."""
        return document.hash_of(self.content)

    def __fspath__(self) -> str:
        return str(self.path)


@dataclass(frozen=True)
class Approval:
    """What came of approving a plan.

    `plan` is the version that was written; None where findings forbid it, or where nothing differs from `before`, the
    version that there was. `left_out` are the units of which nothing is in the plan, `kept` those whose plan is that of
    the version before because no workbook of theirs was given.
    """

    revision: Revision
    plan: PlanFile | None
    before: PlanFile | None
    left_out: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    unchanged: bool = False

    @property
    def pending(self) -> tuple[Modificacion, ...]:
        """What modifies the programme and is not in the plan, each with the units of which no workbook was taken."""
        known = self.plan or self.before
        said = [m for m in self.revision.entidad.entidad.modificaciones if m.tipo in CHANGES | ADDS | REMOVES]
        return known.content.pending(said) if known else tuple(said)

    @property
    def not_taken(self) -> tuple[str, ...]:
        """The units whose workbook was given and not taken: it has errors."""
        return tuple(s.unidad for s in self.revision.submissions if s.unidad and s.estado not in _WHOLE)

    @property
    def refused(self) -> bool:
        """Whether what was found forbids to write a plan."""
        return self.plan is None and not self.unchanged


def open_plan(path: str | PathLike[str]) -> PlanFile:
    """An approved plan. PoaError where the file is none, or was changed since it was written."""
    return PlanFile(Path(path), document.read(Path(path), ApprovedPlan))


def approve_plan(
    paths: GivenPaths,
    entidad: GivenEntity | None = None,
    *,
    resolution: str = "",
    by: str | None = None,
    incomplete: bool = False,
    progress: Progress | None = None,
) -> Approval:
    """Write the plan of all units beside the entity's workbook: `plan-AÑO-v1.json`, and each later one as the next.

    From the second on it is compared with the one before: what differs without a modification in the entity's workbook
    is a finding, and forbids it; units of which no workbook is given keep their plan. With `incomplete` units that sent
    none, or one with errors, are left out. `by` is who approves, `resolution` by what document. PoaError where another
    program was quicker, or the version before is damaged.
    """
    given = arguments.given_paths(paths)
    book = entities.find(entidad, given)
    before = latest(book.path.parent, book.gestion)
    found = revision.check(given, book, plan=before, progress=progress)
    approval = _without_plan(found, before)
    if not incomplete and (approval.left_out or any(s.estado not in _WHOLE for s in found.submissions)):
        return approval
    said = (reception.now().isoformat(timespec="seconds"), reception.who(by), resolution.strip())
    content = _content(approval, said)
    if before and _same(content, before.content):
        return replace(approval, unchanged=True)
    return replace(approval, plan=_write(book.path.parent, content))


def latest(folder: Path, gestion: int) -> PlanFile | None:
    """The last version of the plan of a year in a folder; None where there is none."""
    named = ((_NAMED.match(path.name), path) for path in folder.iterdir())
    found = [(int(m["version"]), path) for m, path in named if m and int(m["gestion"]) == gestion]
    return open_plan(max(found)[1]) if found else None


def _without_plan(found: Revision, before: PlanFile | None) -> Approval:
    """What was found, with the units of which there is no workbook to take a plan of."""
    units, vigentes = _units(found), [u.unidad for u in found.entidad.entidad.vigentes]
    kept = tuple(u for u in vigentes if before and u not in units and u in before.content.by_code)
    told = tuple(f for f in found.findings if f.code != _MISSING)  # of averages: here `left_out` says who is missing
    left_out = tuple(u for u in vigentes if u not in units and u not in kept)
    return Approval(replace(found, findings=told), None, before, left_out, kept)


def _content(approval: Approval, said: tuple[str, str, str]) -> ApprovedPlan:
    """The next version; `said` is when it is approved, by whom and by what document."""
    entidad, before = approval.revision.entidad.entidad, approval.before
    units = _units(approval.revision)
    units |= {u: before.content.by_code[u] for u in approval.kept} if before else {}
    return ApprovedPlan(
        entidad.nombre,
        entidad.gestion,
        before.content.version + 1 if before else 1,
        (*before.content.anteriores, before.content.as_version(before.hash)) if before else (),
        *said,
        _modifications(approval),
        tuple(units[u.unidad] for u in entidad.unidades if u.unidad in units),
    )


def _modifications(approval: Approval) -> tuple[Modificacion, ...]:
    """What of the modifications is in the version: of the units whose workbook was given, and what was before."""
    entidad, before = approval.revision.entidad.entidad, approval.before
    given = {*_units(approval.revision)}
    given |= {former for former, after in entidad.renamings.items() if after.codigo in given}
    waiting = before.content.pending(entidad.modificaciones) if before else entidad.modificaciones
    known = before.content.modificaciones if before else ()
    return (*known, *(own for m in waiting if (own := m.of(given))))


def _units(found: Revision) -> dict[str, PlannedUnit]:
    whole = {s.archivo: s.sha256 for s in found.submissions if s.estado in _WHOLE}
    if found.rows is None:
        return {}
    rows = replace(found.rows, unidad=tuple(form for form in found.rows.unidad if form.archivo in whole))
    return {unit.unidad: unit for unit in units_of(rows, whole)}


def _same(one: ApprovedPlan, other: ApprovedPlan) -> bool:
    """Whether two versions say the same of all units."""

    def said(plan: ApprovedPlan) -> list[object]:
        return [plan.modificaciones, *((u.unidad, u.operaciones, u.tareas) for u in plan.unidades)]

    return said(one) == said(other)


def _write(folder: Path, content: ApprovedPlan) -> PlanFile:
    path = folder / _NAME.format(gestion=content.gestion, version=content.version)
    try:
        with atomic.creating(path) as temporary:
            temporary.write_bytes(document.to_bytes(content))
    except atomic.TakenError as error:
        raise PoaError(words.QUICKER.format(ruta=visible(str(path)))) from error
    return PlanFile(path, content)
