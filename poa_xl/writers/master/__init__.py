"""The live master workbook: tables, charts and annexes, all formulas over the accepted rows that it carries.

`book` holds cells, formulas and the address book, `sheet` and `charts` write them, `data*` are the data sheets,
`calculation` the rows that every table refers to, and the other modules are the tables.
"""

import datetime as dt
import re
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from xlsxwriter import Workbook

from poa_xl import names
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.entity import Entidad
from poa_xl.evaluation import Evaluacion
from poa_xl.findings import Finding, Submission
from poa_xl.writers.master import acp, areas, calculation, control, criteria, data, data_money, front, history, units
from poa_xl.writers.master.book import (
    CALCULO,
    CALCULO_PRESUPUESTO,
    DATOS_OPERACIONES,
    DATOS_PRESUPUESTO,
    DATOS_RESULTADOS,
    DATOS_SIGEP,
    DATOS_TAREAS,
    INDICE,
    Libro,
)
from poa_xl.writers.master.sheet import TAB_DATA, TAB_TABLE, Hoja
from poa_xl.writers.xlsx.formats import Formats
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, PlainWorksheet, as_calculated
from poa_xl.writers.xlsx.provenance import seal, stamp

Writer = Callable[[Hoja], None]

_LONGEST_NAME = 31
_NOT_IN_NAMES = re.compile(r"[\[\]:*?/\\']")

# Written in this order: tasks, operations, units; each refers to those before it.
_DATA: tuple[tuple[str, Writer], ...] = (
    (DATOS_TAREAS, data.write_tasks),
    (DATOS_OPERACIONES, data.write_operations),
    (DATOS_SIGEP, data_money.write_sigep),
    (DATOS_PRESUPUESTO, data_money.write_budget),
    (DATOS_RESULTADOS, data_money.write_results),
    (criteria.NOMBRE, criteria.write),
    (CALCULO, calculation.write_physical),
    (CALCULO_PRESUPUESTO, calculation.write_money),
)
_DATA_ORDER = (
    CALCULO,
    CALCULO_PRESUPUESTO,
    DATOS_OPERACIONES,
    DATOS_TAREAS,
    DATOS_SIGEP,
    DATOS_PRESUPUESTO,
    DATOS_RESULTADOS,
)


def sheet_name(text: str, taken: Sequence[str]) -> str:
    """A sheet name that spreadsheet programs accept and that is not taken yet."""
    clean = _NOT_IN_NAMES.sub(" ", text).strip()[:_LONGEST_NAME].strip()
    used, name, number = {t.casefold() for t in taken}, clean, 2
    while name.casefold() in used:
        end = f" {number}"
        name, number = clean[: _LONGEST_NAME - len(end)] + end, number + 1
    return name


def _tables(libro: Libro) -> dict[str, Writer]:
    """The sheets above the data, in the order of the report: name -> writer."""
    found: dict[str, Writer] = {
        "Portada": front.write_cover,
        INDICE: front.write_index,
        "Articulación": front.write_articulation,
        "Relación POA": front.write_relation,
        "Áreas": front.write_areas,
        criteria.NOMBRE: criteria.write,
        "ACP": acp.write_acp,
        "Categorías": acp.write_categories,
        "Mensual por área": areas.write_monthly,
        "Comparativa por área": areas.write_comparison,
        "Fuentes": areas.write_funds,
        "Servicios": areas.write_services,
        "Desempeño por ACP": acp.write_performance,
        "ACP y SIGEP": acp.write_sigep,
        "Histórico": history.write,
        "Unidades": units.write_units,
        "Desempeño": areas.write_performance,
    }
    found[sheet_name(f"Mensual {libro.evaluacion.entidad.sigla}", [*found])] = areas.write_entity_months
    found["Resumen de indicadores"] = units.write_summary
    found["Resultados"] = control.write_results
    found["Anexo 1 Categorías"] = acp.write_annex_categories
    for number, group in enumerate(units.annex_groups(libro), start=2):
        name = sheet_name(f"Anexo {number} {group.nombre}", [*found])
        found[name] = partial(units.write_annex, group=group, number=number)
    found["Estadística"] = control.write_statistics
    found["Cuadre"] = control.write_reconciliation
    found["Observaciones"] = control.write_findings
    found["Entregas"] = control.write_submissions
    return found


def _write(libro: Libro) -> None:
    tables = _tables(libro)
    hojas: dict[str, Hoja] = {}
    for name in (*tables, *_DATA_ORDER):
        hojas[name] = Hoja(libro, libro.workbook.add_worksheet(name, PlainWorksheet), name)
        hojas[name].worksheet.set_tab_color(TAB_TABLE if name in tables else TAB_DATA)
    for name, write in _DATA:
        write(hojas[name])
    for name, write in tables.items():
        if name not in (INDICE, criteria.NOMBRE):
            write(hojas[name])
    # The index lists the tables in the order of the sheets, whatever was written first.
    order = {name: i for i, name in enumerate(hojas)}
    libro.index.sort(key=lambda entry: order[entry[0]])
    tables[INDICE](hojas[INDICE])


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
) -> None:
    """Write the master workbook of an evaluation; the same inputs give the same bytes. Whoever calls puts it in place.

    `accepted` are the rows that `evaluacion` was made of, and `corte` the cut-off date and `fuente` the
    entity workbook (name and hash) that the cover names; `registro` is the head of the campaign's ledger, if there is
    a campaign.
    """
    workbook = Workbook(str(path), OPTIONS)
    as_calculated(workbook)
    created = dt.datetime.combine(corte, dt.time(), tzinfo=dt.UTC)
    titulo = f"Evaluación del POA {entidad.gestion}, {evaluacion.periodo.nombre}"
    stamp(workbook, names.MASTER_VALUE, (entidad.gestion, evaluacion.trimestre))
    workbook.set_properties({"title": titulo, "author": entidad.nombre, "created": created})
    _write(Libro(workbook, Formats(workbook), evaluacion, accepted, findings, submissions, corte, fuente, registro))
    workbook.close()
    seal(path)


__all__ = ["sheet_name", "write_master"]
