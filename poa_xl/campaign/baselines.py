"""What a campaign compares submissions with: documents that it keeps a copy of, so that it stands alone."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

from poa_xl import titles
from poa_xl.baseline import ApprovedPlan, Baseline, ReportedQuarter, document
from poa_xl.campaign import files
from poa_xl.campaign.records import Ajuste
from poa_xl.entity import Entidad
from poa_xl.errors import PoaError
from poa_xl.messages import baseline as words

PLANS, QUARTERS = "planes", "anteriores"
_VERSION = re.compile(r"/plan-\d+-v(\d+)-[0-9a-f]{8}\.json$")
_QUARTER = re.compile(r"/(\d)T-\d+-[0-9a-f]{8}\.json$")
Content = TypeVar("Content", ApprovedPlan, ReportedQuarter)


@dataclass(frozen=True)
class GivenBaseline:
    """What a campaign is to compare with from now on; None leaves what it compares with already."""

    plan: ApprovedPlan | None = None
    previous: ReportedQuarter | None = None


NOTHING = GivenBaseline()


def refuse_other(given: GivenBaseline, entidad: Entidad, trimestre: int) -> None:
    """PoaError for a plan or a quarter of another entity or year, and for a quarter that is not an earlier one."""
    for one in (given.plan, given.previous):
        if one and (titles.key(one.entidad), one.gestion) != (titles.key(entidad.nombre), entidad.gestion):
            raise PoaError(words.OF_ANOTHER.format(hay=f"{one.entidad}, {one.gestion}", esperado=_named(entidad)))
    if given.previous and given.previous.trimestre >= trimestre:
        raise PoaError(words.NOT_EARLIER.format(hay=given.previous.trimestre, esperado=trimestre))


def _named(entidad: Entidad) -> str:
    return f"{entidad.nombre}, {entidad.gestion}"


def noted(given: GivenBaseline, made: Ajuste, last: Ajuste | None) -> tuple[Ajuste, Mapping[str, bytes]]:
    """Settings that say what is compared with, and the documents to keep: place below the folder -> content."""
    kept: dict[str, bytes] = {}
    if last:
        made = replace(
            made, plan=last.plan, plan_sha256=last.plan_sha256, anterior=last.anterior,
            anterior_sha256=last.anterior_sha256,
        )  # fmt: skip
    if given.plan:
        content = document.to_bytes(given.plan)
        digest = files.sha256(content)
        route = f"{PLANS}/plan-{given.plan.gestion}-v{given.plan.version}-{digest[:8]}.json"
        made, kept[route] = replace(made, plan=route, plan_sha256=digest), content
    if given.previous:
        content = document.to_bytes(given.previous)
        digest = files.sha256(content)
        route = f"{QUARTERS}/{given.previous.trimestre}T-{given.previous.gestion}-{digest[:8]}.json"
        made, kept[route] = replace(made, anterior=route, anterior_sha256=digest), content
    return made, kept


def read(folder: Path, ajuste: Ajuste, entidad: Entidad) -> Baseline:
    """What submissions are compared with under these settings. PoaError where a document is not what was kept."""
    return Baseline.of(
        _read(folder, ajuste.plan, ajuste.plan_sha256, ApprovedPlan),
        _read(folder, ajuste.anterior, ajuste.anterior_sha256, ReportedQuarter),
        entidad,
    )


def _read(folder: Path, route: str, digest: str, kind: type[Content]) -> Content | None:
    if not route:
        return None
    try:
        content = (folder / route).read_bytes()
    except OSError:
        content = b""
    if files.sha256(content) != digest:
        raise PoaError(words.LOST.format(ruta=folder / route))
    return document.parse(content, kind, route)


def kept(ajuste: Ajuste) -> dict[str, str]:
    """Place below the folder -> hash, of the documents that settings name."""
    both = {ajuste.plan: ajuste.plan_sha256, ajuste.anterior: ajuste.anterior_sha256}
    return {route: digest for route, digest in both.items() if route}


def plan_version(ajuste: Ajuste) -> int | None:
    """Which version of the plan submissions are compared with; None for none."""
    found = _VERSION.search(f"/{ajuste.plan}")
    return int(found[1]) if found else None


def previous_quarter(ajuste: Ajuste) -> int | None:
    """The quarter of the campaign that submissions are compared with; None for none."""
    found = _QUARTER.search(f"/{ajuste.anterior}")
    return int(found[1]) if found else None
