"""Carries the rows of a workbook over the changes of one version of the template after the other."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from poa_xl import cells
from poa_xl.migration.changes import GONE, MOVED, SPLIT, VALUES, Change
from poa_xl.migration.extract import Typed, TypedRow
from poa_xl.migration.report import ReportLine
from poa_xl.migration.versions import Version

Rows = dict[str, list[TypedRow]]
_JOINT = "; "


def forward(rows: Rows, versions: Sequence[Version]) -> list[ReportLine]:
    """Change the rows as each version changed the template; what is said of that."""
    lines: list[ReportLine] = []
    for version in versions:
        for change in version.cambios:
            if change.cambio in _STEPS:
                lines += _STEPS[change.cambio](change, rows, version)
    return lines


def text(typed: Typed) -> str:
    """What a cell says, without stray spaces."""
    return cells.clean(cells.show(typed.value))


def _gone(change: Change, rows: Rows, _: Version) -> list[ReportLine]:
    found = [row.cells.pop(change.columna) for row in rows.get(change.hoja, ()) if change.columna in row.cells]
    if not found:
        return []
    details = {"columna": change.antes}
    return [ReportLine("columna-quitada", found[0].sheet, found[0].cell, count=len(found), details=details)]


def _split(change: Change, rows: Rows, version: Version) -> list[ReportLine]:
    lines = []
    titles = ", ".join(version.title(change.hoja, name) for name in change.en)
    for row in rows.get(change.hoja, ()):
        typed = row.cells.pop(change.columna, None)
        if typed is None:
            continue
        parts = [part.strip() for part in str(typed.value).split(change.separador)]
        if len(parts) != len(change.en) or typed.odd:
            parts = []
            row.cells[change.en[0]] = typed
            lines.append(ReportLine("sin-dividir", typed.sheet, typed.cell, text(typed), details={"columna": titles}))
        row.cells |= {name: replace(typed, value=part) for name, part in zip(change.en, parts, strict=False) if part}
    return lines


def _values(change: Change, rows: Rows, version: Version) -> list[ReportLine]:
    changed: dict[str, list[Typed]] = {}
    for row in rows.get(change.hoja, ()):
        typed = row.cells.get(change.columna)
        if typed and not typed.odd and text(typed) in change.valores:
            row.cells[change.columna] = replace(typed, value=change.valores[text(typed)])
            changed.setdefault(text(typed), []).append(typed)
    title = version.title(change.hoja, change.columna)
    return [
        ReportLine(
            "valor-renombrado", found[0].sheet, found[0].cell, old, count=len(found),
            details={"columna": title, "leido": str(change.valores[old])},
        )
        for old, found in changed.items()
    ]  # fmt: skip


def _moved(change: Change, rows: Rows, version: Version) -> list[ReportLine]:
    """Every row of the new sheet with the same key gets the value; several values of one key are put together."""
    lines: list[ReportLine] = []
    details = {"columna": version.title(change.hoja, change.columna), "hoja": version.name_of(change.hoja)}
    for source in rows.get(change.de, ()):
        typed = source.cells.pop(change.columna, None)
        if typed is None:
            continue
        key = text(source.cells[change.por]) if change.por in source.cells else ""
        own = [r for r in rows.get(change.hoja, ()) if change.por in r.cells and text(r.cells[change.por]) == key]
        if not own:
            lines.append(
                ReportLine("sin-destino", typed.sheet, typed.cell, text(typed), details={**details, "clave": key})
            )
        for row in own:
            there = row.cells.get(change.columna)
            if there is None:
                row.cells[change.columna] = typed
            elif text(typed) not in text(there).split(_JOINT):
                row.cells[change.columna] = replace(there, value=_JOINT.join((text(there), text(typed))))
                said = text(row.cells[change.columna])
                lines.append(ReportLine("juntados", typed.sheet, typed.cell, said, details={**details, "clave": key}))
    return lines


_STEPS: dict[str, Callable[[Change, Rows, Version], list[ReportLine]]] = {
    GONE: _gone,
    SPLIT: _split,
    VALUES: _values,
    MOVED: _moved,
}
