"""Workbooks to fill in: the entity's, the templates of the units, and the sample with all of them filled."""

from collections.abc import Sequence
from dataclasses import dataclass
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl import parameters
from poa_xl.api import arguments
from poa_xl.api.arguments import Functions
from poa_xl.cells import visible
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.messages import library
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.progress import Progress, counter

if TYPE_CHECKING:
    from poa_xl.api.baselines import GivenPlan
    from poa_xl.api.entities import GivenEntity

SUBMISSIONS = "entregas"


@dataclass(frozen=True)
class Demo:
    """The sample: its entity's workbook, the folder of its submissions and how many there are, and what was planted.

    Of one with a whole year, `quarters` are the folders of its quarters, and `count` is of all of them.
    """

    entity: Path
    submissions: Path
    count: int
    defects: int = 0
    defects_list: Path | None = None
    quarters: tuple[Path, ...] = ()


def create_entity(folder: str | PathLike[str]) -> Path:
    """Write an empty entity's workbook into a folder. PoaError where there is one: somebody may have filled it in."""
    from poa_xl.writers import entity_workbook

    target = Path(folder) / ENTITY_FILE
    _refuse_existing(target)
    entity_workbook.write_entity_workbook(target)
    return target


def write_templates(
    entidad: "GivenEntity",
    folder: str | PathLike[str],
    *,
    units: str | Sequence[str] | None = None,
    functions: Functions = "poa",
    rows: int | None = None,
    plan: "GivenPlan | None" = None,
) -> list[Path]:
    """Write the template of every unit in force, or of the units named, for all of the gestion.

    `functions` says what computed cells call: `poa` the worksheet functions, `native` plain formulas, `xlwings` the
    same as `poa` in a workbook with macros for Excel on Windows. `rows` are the empty rows of each sheet, at most 2000.
    With `plan`, the file of an approved plan, they carry the operations and tasks of their unit, locked. PoaError, and
    nothing written, where one of the files exists or the plan is of another entity; WrongUseError for a unit that the
    entity does not have.
    """
    from poa_xl.api import baselines, entities
    from poa_xl.writers.unit_workbook import workbook

    wanted, spare = arguments.valid_functions(functions), None
    if rows is not None:
        spare = arguments.whole(rows, arguments.ROWS, library.WRONG_ROWS)
    chosen = arguments.texts(units)
    book = entities.find(entidad, ())
    unknown = [str(code) for code in chosen if code not in book.entidad.by_code]
    if unknown:
        raise WrongUseError(library.UNKNOWN_UNITS, unidades=visible(", ".join(unknown)))
    if not book.entidad.vigentes:
        raise PoaError(library.NO_UNITS, ruta=visible(str(book.path)))
    formulas, excel = arguments.writer_terms(wanted)
    approved = baselines.of(book.entidad, None, plan, None).plan
    return workbook.templates_for(book.entidad, Path(folder), chosen or None, formulas, spare, excel, approved)


def write_demo(
    folder: str | PathLike[str],
    *,
    quarter: int | None = None,
    defects: bool = False,
    sample: arguments.Sample = arguments.MINISTERIO,
    progress: Progress | None = None,
) -> Demo:
    """Write a sample entity with its workbooks filled in. PoaError where there is something already.

    `ministerio` has 109 units, filled up to the first or the second quarter (`quarter`, 2 if not given); with `defects`
    one defect of each code is planted, and listed in a file. `municipio` has a folder for each of the four quarters, in
    which its plan is modified, a unit is created and two are merged, and in `con_cambios` workbooks of the third one
    that differ from the plan, listed too; it takes neither of the two.
    """
    place = Path(folder)
    if arguments.valid_sample(sample) == arguments.MINISTERIO:
        return _write_ministry(place, 2 if quarter is None else quarter, defects, progress)
    if quarter is not None or defects:
        raise WrongUseError(library.WHOLE_YEAR, muestra=sample)
    return _write_year(place, progress)


def _write_year(place: Path, progress: Progress | None) -> Demo:
    """The municipality; `submissions` is the folder of its last quarter."""
    from poa_xl.api import sample_year

    _refuse_existing(place / ENTITY_FILE)
    if place.is_dir() and any(place.iterdir()):
        raise PoaError(library.FULL_FOLDER, ruta=visible(str(place)))
    made = sample_year.write(place, SUBMISSIONS, progress)
    last = made.quarters[-1] / SUBMISSIONS
    return Demo(made.entity, last, made.count, made.changes, made.changes_list, made.quarters)


def _write_ministry(place: Path, quarter: int, defects: bool, progress: Progress | None) -> Demo:
    from poa_xl import sample
    from poa_xl.api import entities
    from poa_xl.writers import entity_workbook
    from poa_xl.writers.unit_workbook import workbook

    quarter = arguments.whole(quarter, arguments.DEMO_QUARTERS, library.WRONG_DEMO_QUARTER)
    target, submissions = place / ENTITY_FILE, place / SUBMISSIONS
    _refuse_existing(target)
    if submissions.is_dir() and any(submissions.iterdir()):
        raise PoaError(library.FULL_FOLDER, ruta=visible(str(submissions)))
    entity_workbook.write_entity_workbook(target, entity_rows(quarter))
    entidad = entities.open_entity(target).entidad
    data = sample.unit_rows(quarter)
    advance = counter(progress, len(entidad.vigentes))
    for unidad in entidad.vigentes:
        path = submissions / f"{unidad.unidad}.xlsx"
        workbook.write_unit_workbook(path, entidad, unidad, data[unidad.unidad])
        advance()
    if not defects:
        return Demo(target, submissions, len(entidad.vigentes))
    from poa_xl.sample import defects as defects_of_sample

    planted = defects_of_sample.plant(place, quarter)
    return Demo(target, submissions, len(entidad.vigentes), len(planted), place / defects_of_sample.LIST_FILE)


def entity_rows(quarter: int) -> dict[str, list[dict[str, object]]]:
    """Rows of the sample's entity workbook: its facts and the published thresholds."""
    from poa_xl import sample

    rows: dict[str, list[dict[str, object]]] = {**sample.entity_rows(quarter)}  # type: ignore[dict-item]
    facts = {str(r["parametro"]): str(r["valor"]) for r in rows["parametros"]}
    return {**rows, "parametros": parameters.default_rows(facts)}


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise PoaError(library.ENTITY_THERE, ruta=visible(str(path)))
