"""Whose a workbook is, of which version and gestión: what it says, or what is given where it does not say it."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from poa_xl import sheets, titles
from poa_xl.entity import Entidad, Unidad
from poa_xl.migration.report import ReportLine
from poa_xl.migration.source import FORM, NotMigratedError, Source, Stamps, StatedIdentity
from poa_xl.migration.versions import Version, Versions


@dataclass(frozen=True)
class Owner:
    """Version, gestión and unit of a workbook, and what is said of how they were known.

    `coded` is the code of a unit that it says, of the same unit before it got another; '' where it says none.
    """

    version: Version
    gestion: int
    unidad: Unidad
    lines: list[ReportLine]
    coded: str = ""

    @property
    def recoded(self) -> bool:
        """Whether the workbook must say another unit than it does."""
        return bool(self.coded) and self.coded != self.unidad.unidad


class Later(NamedTuple):
    """What became of an entity and its units since: whether one of another name is the same, what a code is now."""

    same_entity: Callable[[], bool]
    current: Callable[[str], str]


def of(
    source: Source,
    versions: Versions,
    entidad: Entidad,
    given: StatedIdentity,
    plan: bool,
    later: Later | None = None,
) -> Owner:
    """The owner of a workbook. NotMigratedError where it is nobody's, or of an entity, year or unit that does not fit.

    Only for its `plan` is a workbook of another gestión taken: one that lies among those of this year by mistake
    would lose its figures. Without `later` no entity of another name in this gestión is this one, and no unit gets
    another code by itself.
    """
    version, stamps = source.recognised(versions, given)
    lines = []
    if versions.find(stamps.version_plantilla) != version:
        lines.append(_given("version_plantilla", version.version))
    gestion = _gestion(stamps, entidad, given, plan)
    if not stamps.gestion:
        lines.append(_given("gestion", str(gestion)))
    other = stamps.entidad and titles.key(stamps.entidad) != titles.key(entidad.nombre)
    # From one year to the next an entity may get another name.
    if other and gestion == entidad.gestion and not (later and later.same_entity()):
        raise NotMigratedError("entidad-ajena" if later else "otra-entidad", stamps.entidad, leido=entidad.nombre)
    unidad, said = _unit(stamps, entidad, given, Path(source.name).stem, later if gestion == entidad.gestion else None)
    return Owner(version, gestion, unidad, lines + said, stamps.unidad)


def _given(column: str, value: str) -> ReportLine:
    title = sheets.sheet("unidad", FORM).column(column).title
    return ReportLine("dado", details={"columna": title, "leido": value})


def _gestion(stamps: Stamps, entidad: Entidad, given: StatedIdentity, plan: bool) -> int:
    gestion = int(stamps.gestion) if stamps.gestion.isdecimal() else given.gestion
    if gestion is None:
        raise NotMigratedError("sin-gestion")
    if gestion > entidad.gestion:
        raise NotMigratedError("gestion-posterior", str(gestion), gestion=str(entidad.gestion))
    if gestion < entidad.gestion and not plan:
        raise NotMigratedError("otra-gestion", str(gestion), gestion=str(entidad.gestion))
    return gestion


def _unit(
    stamps: Stamps, entidad: Entidad, given: StatedIdentity, stem: str, later: Later | None
) -> tuple[Unidad, list[ReportLine]]:
    """The unit that the workbook says; else the one given, else (where it says none) that of its file name.

    Of a unit that is in force no other one is made: only what is given takes the place of one that is not, or is gone;
    and one that was renamed, by what the entity says, has its name of now.
    """
    known = entidad.by_code
    if later and not given.unidad and stamps.unidad in known:
        code = later.current(stamps.unidad)
        if code != stamps.unidad:
            return known[code], [ReportLine("unidad-renombrada", found=stamps.unidad, details={"leido": code})]
    if stamps.unidad in known and (given.unidad in ("", stamps.unidad) or known[stamps.unidad].vigente):
        if given.unidad not in ("", stamps.unidad):
            raise NotMigratedError("otra-unidad", stamps.unidad, leido=given.unidad)
        named = stem in known and stem != stamps.unidad
        said = [ReportLine("otro-nombre", found=stem, details={"leido": stamps.unidad})] if named else []
        return known[stamps.unidad], said
    if given.unidad:
        return known[given.unidad], [] if stamps.unidad else [_given("unidad", given.unidad)]
    if stamps.unidad:
        raise NotMigratedError("unidad-desconocida", stamps.unidad)
    if stem in known:
        return known[stem], [ReportLine("unidad-por-nombre", details={"leido": stem})]
    raise NotMigratedError("sin-unidad")
