"""What of a workbook of another gestión passes: the plan in words. Figures and results of a year are of that year."""

from collections.abc import Callable, Mapping, Sequence

from poa_xl import sheets
from poa_xl.entity import Entidad, Unidad
from poa_xl.migration.extract import Typed, TypedRow
from poa_xl.migration.report import ReportLine
from poa_xl.migration.upgrade import Rows, text
from poa_xl.migration.versions import PASSES, PROPOSED
from poa_xl.sheets import Column


def keep_the_plan(
    rows: Rows, classes: Mapping[str, Mapping[str, str]], schedule: bool, years: Mapping[str, str]
) -> list[ReportLine]:
    """Take out of the rows what does not pass; a line for each column, or group of months, that held something.

    With `schedule` the figures of the plan pass too, as a proposal. `years` are the gestiones for the words.
    """
    lines = []
    for sheet in sheets.unit_sheets():
        own = rows.get(sheet.key, [])
        for columns in _groups(sheet.inputs):
            said = classes[sheet.key][columns[0].name]
            passes = said == PASSES or (said == PROPOSED and schedule)
            take: Callable[[dict[str, Typed], str], Typed | None] = dict.get if passes else _pop
            found = [typed for row in own for c in columns if (typed := take(row.cells, c.name))]
            if found and said != PASSES:
                kind = ("propuesta" if schedule else "programacion") if said == PROPOSED else "de-la-gestion"
                details = {**years, "columna": _title(columns)}
                lines.append(ReportLine(kind, found[0].sheet, found[0].cell, count=len(found), details=details))
        if sheet.key in rows:
            rows[sheet.key] = [row for row in own if row.cells]
    return lines


def _pop(cells: dict[str, Typed], name: str) -> Typed | None:
    return cells.pop(name, None)


def _groups(columns: Sequence[Column]) -> list[list[Column]]:
    """Columns one by one, the months of a group together."""
    found: dict[str, list[Column]] = {}
    for column in columns:
        found.setdefault(column.group or column.name, []).append(column)
    return list(found.values())


def _title(columns: Sequence[Column]) -> str:
    return columns[0].title if len(columns) == 1 else f"{columns[0].title} … {columns[-1].title}"


def fit_codes(rows: Rows, entidad: Entidad, unidad: Unidad, years: Mapping[str, str]) -> list[ReportLine]:
    """Take out the codes that the new gestión does not have, and put in the categories that are new to the unit."""
    acps = [a.acp for a in entidad.acps]
    own = [c.categoria for c in entidad.categories_of(unidad.unidad)]
    lines = _without_unknown(rows, "operaciones", "acp", acps, years)
    lines += _without_unknown(rows, "resultados", "acp", acps, years)
    budget = rows.get("presupuesto", [])
    gone = [row for row in budget if "categoria" in row.cells and text(row.cells["categoria"]) not in own]
    for typed in (row.cells["categoria"] for row in gone):
        lines.append(ReportLine("categoria-ajena", typed.sheet, typed.cell, text(typed), details=years))
    rows["presupuesto"] = [row for row in budget if row not in gone]
    lines += _without_unknown(rows, "presupuesto", "fuente", entidad.source_codes, years)
    there = {text(row.cells["categoria"]) for row in rows["presupuesto"] if "categoria" in row.cells}
    last = max((row.number for row in rows["presupuesto"]), default=0)
    for number, code in enumerate((c for c in own if c not in there), start=last + 1):
        rows["presupuesto"].append(TypedRow(number, {"categoria": Typed(code, "", "")}))
    return lines


def _without_unknown(
    rows: Rows, key: str, column: str, known: Sequence[str], years: Mapping[str, str]
) -> list[ReportLine]:
    """Take out the values of a column that are not in a list; no list at all refuses nothing."""
    lines = []
    title = sheets.sheet("unidad", key).column(column).title
    for row in rows.get(key, ()):
        typed = row.cells.get(column)
        if known and typed and text(typed) not in known:
            del row.cells[column]
            details = {**years, "columna": title, "esperado": ", ".join(known)}
            lines.append(
                ReportLine("codigo-ajeno", typed.sheet, typed.cell, text(typed), column=column, details=details)
            )
    return lines
