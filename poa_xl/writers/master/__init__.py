"""The live master workbook: tables, charts and annexes, all formulas over the accepted rows that it carries.

`book` holds cells, formulas and the address book, `sheet` and `charts` write them, `data*` are the data sheets,
`calculation` the rows that every table refers to, and the other modules are the tables.
"""

import datetime as dt
import gc
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path

from poa_xl import names
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.baseline import ApprovedPlan
from poa_xl.entity import Entidad
from poa_xl.evaluation import Evaluacion
from poa_xl.findings import Finding, Submission
from poa_xl.master_tables.contents import FIGURE_IDS, SHEETS
from poa_xl.master_tables.control import CHANGES, MODIFICATIONS
from poa_xl.master_tables.data import GOALS
from poa_xl.master_tables.executive_summary import EXECUTIVE_SUMMARY
from poa_xl.master_tables.front import INDEX
from poa_xl.master_tables.table import Content, MasterSheet
from poa_xl.master_tables.units import ANNEX
from poa_xl.writers.master import (
    acp,
    areas,
    calculation,
    changes,
    control,
    criteria,
    data,
    data_money,
    delays,
    executive_summary,
    figure_ids,
    front,
    history,
    modifications,
    units,
)
from poa_xl.writers.master.book import Libro, Published
from poa_xl.writers.master.sheet import Hoja
from poa_xl.writers.xlsx.formats import TAB_DATA, TAB_TABLE, Formats
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, PlainWorksheet, as_calculated
from poa_xl.writers.xlsx.provenance import seal, stamp
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook
from poa_xl.writers.xlsx.text_worksheet import TextWorksheet

Writer = Callable[[Hoja], None]

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")

_WRITERS: dict[MasterSheet, Writer] = {
    **front.WRITERS,
    **criteria.WRITERS,
    **acp.WRITERS,
    **areas.WRITERS,
    **history.WRITERS,
    **units.WRITERS,
    **control.WRITERS,
    **changes.WRITERS,
    **modifications.WRITERS,
    **calculation.WRITERS,
    **data.WRITERS,
    **data_money.WRITERS,
    **delays.WRITERS,
    **executive_summary.WRITERS,
    **figure_ids.WRITERS,
}
# Written first, in this order: tasks, operations, units; each refers to those before it. The last ones say what the
# others hold, or list them.
_FIRST = (*data.WRITERS, *data_money.WRITERS, *criteria.WRITERS, *calculation.WRITERS)
_LAST = (EXECUTIVE_SUMMARY, INDEX, FIGURE_IDS)


def sheet_name(text: str, taken: Sequence[str]) -> str:
    """A sheet name that spreadsheet programs accept and that is not taken yet."""
    clean = _NOT_IN_NAMES.sub(" ", text).strip()[:_LONGEST_NAME].strip()
    used, name, number = {t.casefold() for t in taken}, clean, 2
    while name.casefold() in used:
        end = f" {number}"
        name, number = clean[: _LONGEST_NAME - len(end)] + end, number + 1
    return name


def _sheets(libro: Libro) -> Iterator[tuple[str, MasterSheet, Writer]]:
    """(name, sheet of the list, who writes it), in the order of the list."""
    own: dict[str, object] = {"sigla": libro.evaluacion.entidad.sigla}
    taken: list[str] = []
    for listed in SHEETS:
        if _has_nothing(listed, libro):
            continue
        for words, write in _annexes(libro) if listed is ANNEX else [(own, _WRITERS[listed])]:
            taken.append(sheet_name(listed.name.format(**words), taken))
            yield taken[-1], listed, write


def _has_nothing(listed: MasterSheet, libro: Libro) -> bool:
    """Whether there is nothing to say in a sheet of the list, so that it is not there."""
    entidad = libro.evaluacion.entidad
    if listed.level and listed.level not in entidad.levels:
        return True
    return (
        (listed is GOALS and not data.has_goals(libro))
        or (listed is CHANGES and not libro.without_changes)
        or (listed is MODIFICATIONS and not entidad.modificaciones)
    )


def _annexes(libro: Libro) -> Iterator[tuple[dict[str, object], Writer]]:
    for number, group in enumerate(units.annex_groups(libro), start=2):
        yield {"numero": number, "nombre": group.nombre}, partial(units.write_annex, group=group, number=number)


def _worksheet(listed: MasterSheet) -> type[PlainWorksheet]:
    return TextWorksheet if listed is FIGURE_IDS else PlainWorksheet


def _write(libro: Libro) -> None:
    sheets = list(_sheets(libro))
    hojas: dict[str, Hoja] = {}
    for name, listed, _ in sheets:
        hojas[name] = Hoja(libro, libro.workbook.add_worksheet(name, _worksheet(listed)), name)
        hojas[name].worksheet.set_tab_color(
            TAB_DATA if listed.content in (Content.DATA, Content.FIGURES) else TAB_TABLE
        )
    rank = {listed: n for n, listed in enumerate(_FIRST)}
    rank |= {listed: len(_FIRST) + 1 + n for n, listed in enumerate(_LAST)}
    for name, _, write in sorted(sheets, key=lambda sheet: rank.get(sheet[1], len(_FIRST))):
        if name == INDEX.name:
            # The index lists the tables in the order of the sheets, whatever was written first.
            order = {name: i for i, name in enumerate(hojas)}
            libro.index.sort(key=lambda entry: order[entry[0]])
        write(hojas[name])


@contextmanager
def _without_collection() -> Iterator[None]:
    """No search for garbage meanwhile: XlsxWriter keeps every cell as a tuple, and each search walks all of them."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@_without_collection()
def write_master(
    path: Path | str,
    entidad: Entidad,
    evaluacion: Evaluacion,
    accepted: AcceptedRows,
    findings: Sequence[Finding],
    submissions: Sequence[Submission],
    *,
    corte: dt.date,
    fuente: tuple[str, str] = ("", ""),
    registro: str = "",
    anteriores: Published | None = None,
    plan: ApprovedPlan | None = None,
    without_changes: Evaluacion | None = None,
) -> None:
    """Write the master workbook of an evaluation; the same inputs give the same bytes. Whoever calls puts it in place.

    `accepted` are the rows that `evaluacion` was made of, and `corte` the cut-off date and `fuente` the
    entity workbook (name and hash) that the cover names; `registro` is the head of the campaign's ledger, if there is
    a campaign. `anteriores` are the figures, by their ids, that the quarter before was published with. `plan` is what
    the workbooks were compared with, and `without_changes` the evaluation as it would be without the changes of it, and
    of earlier quarters, that were accepted.
    """
    workbook = StreamWorkbook(str(path), OPTIONS)
    as_calculated(workbook)
    created = dt.datetime.combine(corte, dt.time(), tzinfo=dt.UTC)
    titulo = f"Evaluación del POA {entidad.gestion}, {evaluacion.periodo.nombre}"
    stamp(workbook, names.MASTER_VALUE, (entidad.gestion, evaluacion.trimestre))
    workbook.set_properties({"title": titulo, "author": entidad.nombre, "created": created})
    formats, about = Formats(workbook), (corte, fuente, registro, anteriores, plan, without_changes)
    _write(Libro(workbook, formats, evaluacion, accepted, findings, submissions, *about))
    workbook.close()
    seal(path)


__all__ = ["sheet_name", "write_master"]
