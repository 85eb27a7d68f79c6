"""Workbooks of units, read and checked: what was found in them, and their accepted rows."""

import datetime as dt
import functools
from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, field, replace
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl import brief, catalogo, engine as engines, sheets
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.api import arguments, baselines, entities, limits as given_limits
from poa_xl.api.arguments import GivenPaths
from poa_xl.api.baselines import GivenCampaign, GivenPlan
from poa_xl.api.entities import EntityBook, GivenEntity
from poa_xl.api.limits import GivenLimits
from poa_xl.baseline.modifications import NOTHING, Baseline
from poa_xl.catalogo import Catalogo
from poa_xl.checking import entity_book, observation_rows
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.checking.waivers import Waiver
from poa_xl.engine import Engine, GivenEngine
from poa_xl.entity import Entidad, Unidad
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.findings import Finding, Submission, count
from poa_xl.guards import DEFAULT, Limits
from poa_xl.messages import library
from poa_xl.messages.entity import NOT_FOUND
from poa_xl.object_store import Copies, refuse
from poa_xl.progress import Progress
from poa_xl.reading import Book, File

if TYPE_CHECKING:
    import pandas as pd

    from poa_xl.api.annotation import AnnotatedFile
    from poa_xl.api.evaluation import QuarterEvaluation
    from poa_xl.checking.unit_books import CheckedUnits


@dataclass(frozen=True)
class Revision:
    """What came of checking workbooks.

    `findings` are of the entity's workbook and of the units', each with its code, its cell and what was found;
    `submissions` say what became of each file, and `missing` are the units in force of which no file came (none where
    single files were given). `quarter` is the one against which they were checked; None takes each workbook's own.
    """

    findings: tuple[Finding, ...]
    submissions: tuple[Submission, ...]
    missing: tuple[Unidad, ...]
    quarter: int | None
    entity: CheckedEntity | None  # None where a workbook was checked with the catalogue that it carries
    known: Catalogo | None  # what the workbooks were checked against
    rows: AcceptedRows | None = None  # None where no unit's workbook was looked at
    given: tuple[Path, ...] = ()
    limits: Limits = DEFAULT
    ledger_head: str = ""  # of the campaign that it is of, for the cover of a master
    baseline: Baseline = NOTHING  # what the workbooks were compared with
    copies: Copies | None = field(default=None, compare=False)  # of what came from an object store; they go with this

    def __repr__(self) -> str:
        return brief.line(
            self, given=brief.paths(self.given), quarter=self.quarter, files=len(self.submissions), errors=self.errors,
            avisos=self.avisos, missing=len(self.missing),
        )  # fmt: skip

    @property
    def errors(self) -> int:
        """How many findings are errors; those that the planning office accepted are none."""
        return count(self.findings)[0]

    @property
    def avisos(self) -> int:
        """How many findings are avisos."""
        return count(self.findings)[1]

    @property
    def accepted(self) -> bool:
        """Whether there is any accepted row to evaluate."""
        return bool(self.rows)

    @property
    def with_units(self) -> bool:
        """Whether workbooks of units were given, beside the entity's."""
        own = self.entity.path.resolve() if self.entity else None
        return any(path.resolve() != own for path in self.given)

    @property
    def entidad(self) -> EntityBook:
        """The entity that was used. PoaError where there was none, EntityError where its workbook has errors."""
        if self.entity is None:
            raise WrongUseError(NOT_FOUND)
        return entities.usable(self.entity)

    def to_frame(self, sheet: str | None = None) -> "pd.DataFrame":
        """The findings as a frame; with the key or the name of a sheet (`tareas`), the accepted rows of all units.

        Findings have `servicio`, `area`, `grupo` and `unidad`, blank for what is of no unit, then file, sheet, cell,
        code, severity, what was found, what it means and what to do. Rows have the columns of the sheet's schema and
        `unidad`, `archivo`, `hoja`, `fila`: where each stands. Amounts are in Bs.
        """
        if sheet is None:
            return _findings_frame(self)
        keys = {name: s.key for s in sheets.unit_sheets() if s.inputs for name in (s.key, s.name)}
        if sheet not in keys:
            raise WrongUseError(library.NO_ROWS, hoja=sheet, hojas=", ".join(dict.fromkeys(keys.values())))
        if self.rows is None:
            raise PoaError(library.NO_EVALUATION)
        return self.rows.to_frame(keys[sheet])

    def evaluate(self) -> "QuarterEvaluation":
        """All figures of the quarter, of what was accepted.

        WrongUseError where no quarter was given to `check`; PoaError where no row was accepted or the entity's workbook
        has errors.
        """
        from poa_xl.api import evaluation

        return evaluation.evaluate(self)

    def annotate(
        self,
        folder: str | PathLike[str],
        *,
        repair: bool = False,
        each: "Callable[[AnnotatedFile], None] | None" = None,
    ) -> "list[AnnotatedFile]":
        """Write into a folder a copy of each workbook with findings: a list of them, a note and a colour at each cell.

        The workbooks stay as they are. With `repair` what leaves no doubt is repaired in the copies of the units' ones.
        `each` is called with every file once it is done. WrongUseError where the folder is one of those that were
        checked; PoaError, before anything is written, where a file in it is no untouched copy.
        """
        from poa_xl.api import annotation

        refuse(folder)
        return annotation.write(self, Path(folder), repair, each)


def check(
    paths: GivenPaths,
    entidad: GivenEntity | None = None,
    quarter: int | None = None,
    *,
    plan: GivenPlan | None = None,
    previous: GivenCampaign | None = None,
    limits: GivenLimits = None,
    progress: Progress | None = None,
    engine: GivenEngine = "local",
) -> Revision:
    """Check workbooks, and those of folders, against the entity. Each may be an address such as `s3://bucket/folder`.

    Without `entidad` it is the `entidad.xlsx` in or beside the folder; an entity's workbook may also be among `paths`,
    and alone it is checked by itself. A single workbook with no entity at hand is checked with the catalogue that it
    carries. With `plan`, a file of an approved plan, and `previous`, the campaign of an earlier quarter, workbooks are
    also compared with what was approved and with what was accepted. What is wrong in a file is a finding, also where
    the entity's workbook has errors: then no unit's is looked at. `progress` is called with how many workbooks were
    read, and of how many. `engine` says where those of units are read: `local`, or the workers of a Dask scheduler,
    `dask://HOST:PORT` (`dask+tls://…` with certificates); what is found is the same.

    WrongUseError for a path where nothing is, another quarter than 1 to 4, or where it is not known which entity holds;
    PoaError where the scheduler cannot be used.
    """
    quarter = arguments.quarter_or_none(quarter)
    bounds = given_limits.read(limits)
    opened, copies = engines.opened(engine), Copies(bounds)
    with copies.naming():
        given = arguments.given_paths([copies.path(path) for path in arguments.several(paths)])
        own = copies.path(entidad) if isinstance(entidad, str) else entidad
        compared = functools.partial(baselines.of, quarter=quarter, plan=plan, previous=previous)
        return replace(_checked(given, own, quarter, compared, bounds, progress, opened), copies=copies)


def _checked(
    given: tuple[Path, ...],
    entidad: GivenEntity | None,
    quarter: int | None,
    compared: Callable[[Entidad], Baseline],
    bounds: Limits,
    progress: Progress | None,
    opened: AbstractContextManager[Engine],
) -> Revision:
    files = {p: File(p, limits=bounds) for p in given if p.is_file()}
    checked = _entity(given, files, entidad, bounds)
    if checked is None:
        return _alone(files[given[0]], given, quarter, bounds)
    sent_in = [p for p in given if p.resolve() != checked.path.resolve()]
    if checked.entidad is None or not sent_in:
        known = catalogo.of(checked.entidad) if checked.entidad else None
        return Revision(tuple(checked.findings), (), (), quarter, checked, known, given=given, limits=bounds)
    from poa_xl.checking import unit_books

    baseline = compared(checked.entidad)
    with opened as own:
        units = unit_books.check_units(
            sent_in, checked, checked.entidad, quarter, progress, bounds, baseline=baseline, engine=own
        )
    return replace(of_units(checked, units, quarter, given, bounds), baseline=baseline)


def of_units(
    checked: CheckedEntity, units: "CheckedUnits", quarter: int | None, given: tuple[Path, ...], limits: Limits
) -> Revision:
    """The revision of an entity and its units."""
    found = (*checked.findings, *units.findings)
    known = catalogo.of(checked.entidad) if checked.entidad else None
    return Revision(found, units.submissions, units.missing, quarter, checked, known, units.accepted, given, limits)


def check_book(
    book: Book,
    known: Catalogo,
    quarter: int | None = None,
    waivers: Sequence[Waiver] = (),
    today: dt.date | None = None,
) -> Revision:
    """Check one workbook that was read, by itself, against a catalogue."""
    from poa_xl.checking import unit_books

    found, submission = unit_books.check_alone(book, known, quarter, waivers, today)
    return Revision(tuple(found), (submission,), (), quarter, None, known)


def _entity(
    given: Sequence[Path], files: Mapping[Path, File], named: GivenEntity | None, limits: Limits
) -> CheckedEntity | None:
    """The entity's workbook: the one named, one that is given to be checked, or the one at hand.

    None where a single workbook is given and there is none at hand. Beside submissions all candidates must be the same;
    who gives an entity's workbook alone wants that one checked.
    """
    if named:
        return entities.checked_entity(named, limits)
    own = [p for p, file in files.items() if file.is_entity]
    found = entities.only(own if len(own) == len(given) else [*own, *entities.beside(given)], limits)
    if found is None and not (len(given) == 1 and given[0].is_file()):
        raise WrongUseError(NOT_FOUND)
    return entity_book.check_entity(found, limits) if found else None


def _alone(file: File, given: tuple[Path, ...], quarter: int | None, limits: Limits) -> Revision:
    """Check one workbook where no entity workbook is given or at hand, with the catalogue that it carries."""
    from poa_xl.checking import unit_books

    book = file.read(sheets.unit_sheets())
    known = entities.carried_by(file) if book.tables else None
    if known is None and book.tables:
        raise WrongUseError(NOT_FOUND)
    found, submission = unit_books.check_alone(book, known or catalogo.UNKNOWN, quarter)
    return Revision(tuple(found), (submission,), (), quarter, None, known, given=given, limits=limits)


def _findings_frame(revision: Revision) -> "pd.DataFrame":
    import pandas as pd

    entidad = revision.entity.entidad if revision.entity else None
    units = entidad.by_code if entidad else {}
    areas = {a.area: a.nombre for a in entidad.areas} if entidad else {}
    rows = []
    for f in sorted(revision.findings, key=observation_rows.order):
        unit = units.get(f.unidad)
        place = {
            "servicio": unit.servicio if unit else "",
            "area": areas.get(unit.area, unit.area) if unit else "",
            "grupo": unit.grupo if unit else "",
        }
        rows.append(place | observation_rows.fields(f))
    return pd.DataFrame(rows, columns=list(FINDING_COLUMNS))


FINDING_COLUMNS = (
    "servicio", "area", "grupo", "unidad", "archivo", "hoja", "celda", "codigo", "severidad", "hallado", "mensaje",
    "accion", "fila", "respuesta",
)  # fmt: skip
