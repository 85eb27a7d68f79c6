"""The workbook that a unit fills in: an empty template, or one with data.

Everything in it comes from the sheet descriptions of `poa_xl.sheets` and from the entity.
"""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Literal

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from poa_xl import atomic, catalogo, sheets, template_versions, vba
from poa_xl.baseline import ApprovedPlan
from poa_xl.baseline.plan import PlannedUnit
from poa_xl.entity import Entidad, Unidad
from poa_xl.errors import PoaError
from poa_xl.names import CATALOGUE_SHEET, LISTS_SHEET, OBSERVATIONS_SHEET
from poa_xl.sheets import STAMPED, Column, Sheet
from poa_xl.writers.schema_sheets import (
    PROTECTION,
    mark_text_numbers,
    shown_as,
    validation,
    write_headers,
    write_heading,
    write_value,
)
from poa_xl.writers.unit_workbook import (
    approved,
    formulas as unit_workbook_formulas,
    own_names,
    paper,
    review as unit_workbook_review,
    screen,
    signatures,
    summary,
    values as unit_workbook_values,
)
from poa_xl.writers.unit_workbook.formulas import Formulas
from poa_xl.writers.unit_workbook.goal_values import GoalValues, goals_in
from poa_xl.writers.unit_workbook.goals import GoalCells
from poa_xl.writers.unit_workbook.groups import Groups
from poa_xl.writers.unit_workbook.layout import FIRST_ROW, HEADER_ROW, REPORTED, Plan, Record, by_key, capacity
from poa_xl.writers.unit_workbook.lists import ListsSheet
from poa_xl.writers.unit_workbook.macros import add_macros
from poa_xl.writers.unit_workbook.review import Continued
from poa_xl.writers.unit_workbook.values import PERIODOS, Shown
from poa_xl.writers.xlsx import page
from poa_xl.writers.xlsx.cells import is_blank
from poa_xl.writers.xlsx.formats import Formats, number_format
from poa_xl.writers.xlsx.plain_worksheet import OPTIONS, PlainWorksheet, as_calculated
from poa_xl.writers.xlsx.stream_workbook import StreamWorkbook

FormulaKind = Literal["native", "poa"]
Data = Mapping[str, Sequence[Record]]
TABLES = ("operaciones", "tareas", "presupuesto", "resultados")


def stamped(entidad: Entidad, unidad: Unidad) -> dict[str, object]:
    """The fields of the sheet Unidad that the planning office puts in."""
    areas = {a.area: a.nombre for a in entidad.areas}
    return {
        "entidad": entidad.nombre,
        "gestion": entidad.gestion,
        "version_plantilla": entidad.version_plantilla,
        "unidad": unidad.unidad,
        "nombre": unidad.nombre,
        "servicio": unidad.servicio,
        "area": areas.get(unidad.area, unidad.area),
        "acp": unidad.acp,
    }


def file_title(gestion: object, nombre: str) -> str:
    """The title among the properties of the file."""
    return f"POA {gestion} · {nombre}"


def footer(entidad: Entidad, unidad: Unidad) -> str:
    """The left part of the footer of every sheet, in its code."""
    return page.in_footer(f"{unidad.unidad} · {entidad.sigla} · POA {entidad.gestion}")


def _records(
    entidad: Entidad, unidad: Unidad, data: Data | None, planned: PlannedUnit | None
) -> dict[str, list[Record]]:
    """The rows of every sheet: those given, or what an empty template already knows."""
    if data is None:
        categories = entidad.categories_of(unidad.unidad)
        data = {"presupuesto": [{"categoria": c.categoria} for c in categories]}
        data |= approved.records(planned) if planned else {}
    given = by_key(data, ("unidad", *TABLES))
    records = {key: list(given.get(key, ())) for key in ("unidad", *TABLES)}
    form = records["unidad"][0] if records["unidad"] else {}
    records["unidad"] = [{**form, **stamped(entidad, unidad)}]
    records["resultados"] = records["resultados"] or [{"acp": unidad.acp}]
    return records


def write_unit_workbook(
    path: Path | str,
    entidad: Entidad,
    unidad: Unidad,
    data: Data | None = None,
    functions: FormulaKind = "poa",
    spare_rows: int | None = None,
    macros: bool = False,
    continued: Continued | None = None,
    planned: PlannedUnit | None = None,
) -> None:
    """Write the workbook of a unit, with its data or empty; with a plan, what is approved of it, locked.

    `data` maps a sheet (its key or its name: unidad, operaciones, tareas, presupuesto, resultados) to records by column
    name; None in a record is a blank cell. `functions` says what the computed cells call: `poa` the worksheet functions
    of poa-xl, and plain formulas where they are not installed; `native` plain formulas alone. `spare_rows` are empty
    rows after the data of each table. With `macros` it is an .xlsm for Excel on Windows. One that is `continued` from
    another has room as an empty one.
    """
    with atomic.replacing(path) as temporary, StreamWorkbook(str(temporary), OPTIONS) as workbook:
        said = (data, functions == "poa", spare_rows, continued, planned)
        _UnitWorkbook(workbook, entidad, unidad, *said).write()
        if macros:
            add_macros(workbook, sheets.sheet("unidad", "unidad"))


class _UnitWorkbook:
    """One workbook while it is written."""

    def __init__(
        self,
        workbook: Workbook,
        entidad: Entidad,
        unidad: Unidad,
        data: Data | None,
        poa: bool,
        spare_rows: int | None,
        continued: Continued | None,
        planned: PlannedUnit | None,
    ) -> None:
        self._workbook, self._entidad, self._unidad, self._poa = workbook, entidad, unidad, poa
        self._continued = continued
        self._formats = Formats(workbook)
        self._lists = ListsSheet(workbook, self._formats, entidad, unidad)
        self._records = _records(entidad, unidad, data, planned)
        self._locked = approved.LOCKED if planned else {}
        filled = data is not None and continued is None
        layout = template_versions.layout(entidad.version_plantilla)
        self._sheets = {s.key: own_names.of_sheet(s, entidad.nombres) for s in layout}
        self._plans = {
            key: Plan(self._sheets[key], rows, capacity(key, len(rows), filled, spare_rows))
            for key, rows in self._records.items()
            if key in TABLES
        }
        operations, tasks = self._plans["operaciones"], self._plans["tareas"]
        with_goals = goals_in(tuple(self._sheets.values()))
        values = GoalValues(entidad, operations.records, tasks.records) if with_goals else None
        self._groups = Groups(self._lists.width, operations, tasks, values)
        self._goals = GoalCells(self._groups, values, operations, tasks) if values else None

    def write(self) -> None:
        """All sheets, in the order of the schemas, and the hidden lists at the end."""
        self._write_properties()
        for sheet in self._sheets.values():
            worksheet = self._workbook.add_worksheet(sheet.name, PlainWorksheet)
            write_heading(worksheet, self._formats, sheet)
            rows = self._plans[sheet.key].last_row if sheet.key in self._plans else HEADER_ROW + len(PERIODOS)
            unit_workbook_review.mark_observed(
                worksheet, self._formats, len(sheet.columns), rows + unit_workbook_review.SPARE_ROWS
            )
            if sheet.inputs:
                count = self._continued.count(sheet.name) if self._continued else 0
                unit_workbook_review.count_observed(worksheet, self._formats, count)
            if sheet.form:
                self._write_form(worksheet, sheet)
            elif sheet.key == "resumen":
                self._write_summary(worksheet, sheet)
            else:
                self._write_table(worksheet, self._plans[sheet.key])
            paper.set_up(worksheet, sheet, self._footer)
            worksheet.protect("", PROTECTION)
        review = self._workbook.add_worksheet(OBSERVATIONS_SHEET, PlainWorksheet)
        unit_workbook_review.write_observations(self._workbook, review, self._formats, self._continued)
        page.set_up(review, self._footer, paper=page.OFICIO)
        if self._continued and self._continued.found:
            review.activate()
        lists = self._workbook.add_worksheet(LISTS_SHEET, PlainWorksheet)
        self._lists.fill(lists, self._groups, self._goals)
        known = self._workbook.add_worksheet(CATALOGUE_SHEET, PlainWorksheet)
        unit_workbook_review.write_catalogue(known, catalogo.of(self._entidad))

    @property
    def _footer(self) -> str:
        return footer(self._entidad, self._unidad)

    def _write_properties(self) -> None:
        entidad = self._entidad
        title = file_title(entidad.gestion, self._unidad.nombre)
        # A fixed date, so that the same inputs give the same bytes; never older than the workbook that it goes on from.
        created = self._continued.saved if self._continued else None
        created = created or dt.datetime(entidad.gestion, 1, 1)
        self._workbook.set_properties({"title": title, "company": entidad.nombre, "created": created})
        as_calculated(self._workbook)
        for name in ("entidad", "gestion", "version_plantilla", "unidad"):
            self._workbook.set_custom_property(name, stamped(entidad, self._unidad)[name])

    def _write_form(self, worksheet: Worksheet, sheet: Sheet) -> None:
        """A field a row: its title, its value and its help."""
        formats, record = self._formats, self._records[sheet.key][0]
        worksheet.set_column(0, 0, 30)
        worksheet.set_column(1, 1, 48)
        worksheet.set_column(2, 2, 68)
        for row, column in enumerate(sheet.columns, start=HEADER_ROW - 1):
            shown = number_format(column)
            put_in = column.name in STAMPED
            shown = shown_as(record.get(column.name), shown)
            look = formats.stamped(shown) if put_in else formats.input(shown, align="left")
            worksheet.write_string(row, 0, column.title, formats.label())
            write_value(worksheet, row, 1, record.get(column.name), look)
            worksheet.write_string(row, 2, column.description, formats.help(wrap=True))
            if not put_in:
                worksheet.data_validation(row, 1, row, 1, validation(column))
            if column.name == "trimestre":
                self._workbook.define_name(REPORTED, "=" + _field(sheet, column.name))

    def _write_table(self, worksheet: Worksheet, plan: Plan) -> None:
        sheet = plan.sheet
        write_headers(worksheet, self._formats, sheet, codes=self._lists.codes)
        screen.fold(worksheet, sheet)
        screen.mark_quarters(worksheet, self._formats, plan)
        page.keep_in_sight(worksheet, HEADER_ROW - 1, screen.frozen(sheet))
        worksheet.autofilter(HEADER_ROW - 1, 0, plan.last_row - 1, len(sheet.columns) - 1)
        self._write_inputs(worksheet, plan)
        self._write_computed(worksheet, plan)
        mark_text_numbers(worksheet, plan)

    def _write_inputs(self, worksheet: Worksheet, plan: Plan) -> None:
        first, last = FIRST_ROW - 1, plan.last_row - 1
        for index, column in enumerate(plan.sheet.columns):
            if column.computed:
                continue
            usual = number_format(column)
            look, formats = self._formats.input(usual), self._formats
            look_of = formats.approved if column.name in self._locked.get(plan.sheet.key, ()) else formats.input
            for row, record in enumerate(plan.records, start=first):
                value = record.get(column.name)
                write_value(worksheet, row, index, value, look_of(shown_as(value, usual)))
            for row in range(first + len(plan.records), last + 1):
                worksheet.write_blank(row, index, None, look)
            worksheet.data_validation(first, index, last, index, self._validation(plan.sheet, column))

    def _validation(self, sheet: Sheet, column: Column) -> dict[str, object]:
        if sheet.key == "tareas" and column.name == "operacion":
            # Tasks may be filled in before their operations: a warning is enough, the checks look again.
            return validation(column, "=" + self._plans["operaciones"].span("operacion"), stop=False)
        return validation(column, self._lists.source(column.name), codes=self._lists.codes(column.name))

    def _write_computed(self, worksheet: Worksheet, plan: Plan) -> None:
        formulas = self._formulas(plan)
        values = [self._values(plan.sheet.key, n, r) for n, r in enumerate(plan.records)]
        values += [{}] * (plan.capacity - len(values))
        for index, column in enumerate(plan.sheet.columns):
            if not column.computed:
                continue
            look = self._formats.computed(number_format(column))
            formula = formulas[column.name]
            for row, shown in enumerate(values, start=FIRST_ROW):
                text = formula.replace("{r}", str(row))
                worksheet.write_formula(row - 1, index, text, look, shown.get(column.name, ""))
            if column.name.startswith("avance_"):
                cells = (FIRST_ROW - 1, index, plan.last_row - 1, index)
                quarter = sheets.TRIMESTRES.index(column.suffix) + 1 if column.suffix in sheets.TRIMESTRES else 4
                summary.color_numbers(worksheet, self._formats, self._entidad, cells, quarter)

    def _formulas(self, plan: Plan) -> Formulas:
        if plan.sheet.key == "tareas":
            return unit_workbook_formulas.tareas(plan, self._poa, self._goals)
        if plan.sheet.key == "operaciones":
            tasks = self._plans["tareas"]
            return unit_workbook_formulas.operaciones(plan, tasks, self._groups.own, self._poa, self._goals)
        if plan.sheet.key == "presupuesto":
            return unit_workbook_formulas.presupuesto(plan, self._poa)
        return {}

    def _values(self, key: str, n: int, record: Record) -> dict[str, Shown]:
        """What the computed cells of record `n` show; nothing where the formulas see an empty row."""
        goals = self._goals.values if self._goals else None
        if key == "operaciones":
            if is_blank(record.get("operacion")):
                return {}
            own = goals.of_operations[n] if goals else None
            return unit_workbook_values.operacion(record, self._records["tareas"], own)
        if all(is_blank(value) for value in record.values()):
            return {}
        if key == "tareas":
            return unit_workbook_values.tarea(record, goals.evaluated[n] if goals else None)
        return unit_workbook_values.presupuesto(record)

    def _write_summary(self, worksheet: Worksheet, sheet: Sheet) -> None:
        formulas = unit_workbook_formulas.Resumen(
            Plan(sheet, [], len(unit_workbook_values.PERIODOS)),
            self._plans["tareas"],
            self._plans["presupuesto"],
            self._groups.points,
            self._poa,
            own_thresholds=not self._entidad.published_thresholds,
            goals=self._goals,
        )
        reported, goals = self._records["unidad"][0].get("trimestre"), self._goals.values if self._goals else None
        values = unit_workbook_values.resumen(self._entidad, self._records, reported, goals)
        below = summary.write(self._workbook, worksheet, self._formats, self._entidad, sheet, formulas, values)
        form, record = self._sheets["unidad"], self._records["unidad"][0]
        author = signatures.Author(_field(form, "responsable"), _field(form, "cargo"), record)
        signatures.write(worksheet, self._formats, below, author)


def _field(form: Sheet, name: str) -> str:
    """The cell of a field of the form Unidad, for formulas of other sheets."""
    return f"{form.name}!$B${HEADER_ROW + form.columns.index(form.column(name))}"


def templates_for(
    entidad: Entidad,
    folder: Path | str,
    codes: Iterable[str] | None = None,
    functions: FormulaKind = "poa",
    spare_rows: int | None = None,
    macros: bool = False,
    plan: ApprovedPlan | None = None,
) -> list[Path]:
    """Write the empty template of each unit, `<folder>/<unidad>.xlsx` (.xlsm with macros); with what a plan says of it.

    Without `codes`, of all units in force. Nothing is written if one of the files exists: it may be a workbook
    that a person filled in.
    """
    units = _units(entidad, codes)
    target = Path(folder)
    extension = vba.EXTENSION if macros else ".xlsx"
    paths = [target / f"{unidad.unidad}{extension}" for unidad in units]
    existing = [path.name for path in paths if path.exists()]
    if existing:
        names = ", ".join(existing[:5]) + ("…" if len(existing) > 5 else "")
        raise PoaError(
            f"En la carpeta {target} ya existe {names}. Podría ser un libro llenado y no se reemplaza: "
            "elija otra carpeta o mueva esos archivos."
        )
    for path, unidad in zip(paths, units, strict=True):
        planned = plan.by_code.get(unidad.unidad) if plan else None
        write_unit_workbook(path, entidad, unidad, None, functions, spare_rows, macros, planned=planned)
    return paths


def _units(entidad: Entidad, codes: Iterable[str] | None) -> list[Unidad]:
    if codes is None:
        return list(entidad.vigentes)
    wanted = list(dict.fromkeys(codes))
    unknown = [code for code in wanted if code not in entidad.by_code]
    if unknown:
        raise PoaError(f"No hay unidad con el código {', '.join(unknown)} en la hoja Unidades de la entidad.")
    return [entidad.by_code[code] for code in wanted]
