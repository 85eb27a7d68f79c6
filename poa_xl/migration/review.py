"""What is said of cells that are carried: those that hold no value, a formula, or what the template would not take."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

from poa_xl import cells, sheets
from poa_xl.entity import Entidad, Unidad
from poa_xl.indicators import ENTERO
from poa_xl.migration.extract import Typed, TypedRow
from poa_xl.migration.report import ReportLine
from poa_xl.migration.upgrade import Rows, text
from poa_xl.reading import goal_numbers
from poa_xl.reading.rows import read_value
from poa_xl.sheets import Column, Sheet
from poa_xl.writers.xlsx.formats import LONGEST_TEXT, fitted, length

Lists = dict[tuple[str, str], Sequence[str]]  # (sheet, column) -> what may stand there


def lists_of(entidad: Entidad, unidad: Unidad) -> Lists:
    """The closed lists of the template of a unit; an empty one allows anything."""
    acps = [a.acp for a in entidad.acps]
    options = sheets.sheet("unidad", "unidad").column("trimestre").options
    return {
        ("unidad", "trimestre"): [str(o) for o in options],
        ("operaciones", "acp"): acps,
        ("resultados", "acp"): acps,
        ("presupuesto", "categoria"): [c.categoria for c in entidad.categories_of(unidad.unidad)],
        ("presupuesto", "fuente"): entidad.source_codes,
    }


def judge(rows: Rows, lists: Lists, described: Sequence[Sheet]) -> list[ReportLine]:
    """The lines of all cells of these sheets. A text that no cell can hold is cut."""
    operations = {
        text(row.cells["operacion"]): _said(row, "numero")
        for row in rows.get("operaciones", ())
        if "operacion" in row.cells
    }
    lines: list[ReportLine] = []
    for sheet in described:
        for row in rows.get(sheet.key, ()):
            number = (
                goal_numbers.number_said(_said(row, "numero") or operations.get(_said(row, "operacion"), "")) or ENTERO
            )
            for column in sheet.inputs:
                if column.name in row.cells:
                    read_as = goal_numbers.as_read(column, number)
                    lines += _cell(row, sheet, read_as, lists.get((sheet.key, column.name), ()))
            operation = row.cells.get("operacion") if sheet.key == "tareas" else None
            if operation and not operation.odd and text(operation) not in operations:
                lines.append(ReportLine("operacion-ajena", operation.sheet, operation.cell, text(operation)))
    return lines


def _said(row: TypedRow, column: str) -> str:
    return text(row.cells[column]) if column in row.cells else ""


def _cell(row: TypedRow, sheet: Sheet, column: Column, allowed: Sequence[str]) -> Iterator[ReportLine]:
    typed = row.cells[column.name]
    said = {"columna": column.title}
    if typed.odd:
        yield _line(typed.odd, typed, text(typed), said)
        return
    if isinstance(typed.value, cells.Formatted) and column.unit == cells.POINTS and typed.value.mark == cells.PERCENT:
        row.cells[column.name] = typed = replace(typed, value=typed.value.points)
    elif isinstance(typed.value, cells.Formatted):
        plain = replace(typed, value=float(typed.value))
        yield _line("moneda", typed, text(typed), said | {"leido": text(plain)})
        row.cells[column.name] = typed = plain
    reading = read_value(sheet, column, typed.value)
    if isinstance(typed.value, str) and length(typed.value) > LONGEST_TEXT:
        row.cells[column.name] = _cut(typed)
        sizes = {"n": cells.number(length(typed.value)), "esperado": cells.number(LONGEST_TEXT)}
        yield _line("texto-largo", typed, text(typed), said | sizes)
    elif reading.code and reading.value is None:
        yield _line("ilegible", typed, text(typed), said)
    elif allowed and str(reading.value) not in allowed:
        yield _line("fuera-de-lista", typed, text(typed), said | {"esperado": ", ".join(allowed)})
    if typed.formula:
        yield _line("formula", typed, typed.formula, said | {"leido": f"«{text(typed)}»"})


def _cut(typed: Typed) -> Typed:
    return Typed(fitted(str(typed.value), ""), typed.sheet, typed.cell, typed.odd, typed.formula)


def _line(kind: str, typed: Typed, found: str, details: dict[str, str]) -> ReportLine:
    return ReportLine(kind, typed.sheet, typed.cell, found, details=details)
