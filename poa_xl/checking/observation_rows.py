"""Findings in the order in which people read them, as rows of the sheet Observaciones, and as records."""

from collections.abc import Iterable
from functools import cache

from poa_xl import cells, messages, sheets
from poa_xl.findings import Finding
from poa_xl.messages import Severity
from poa_xl.observations import Observation


@cache
def _ranks() -> dict[str, int]:
    return {sheet.name: rank for rank, sheet in enumerate((*sheets.entity_sheets(), *sheets.unit_sheets()))}


def cell_order(cell: str) -> tuple[int, int]:
    """Row first, then column, as numbers; (0, 0) without a cell."""
    return (cells.row_of(cell), cells.place_of(cell)) if cell else (0, 0)


def order(finding: Finding) -> tuple[object, ...]:
    """A key that sorts: file, errors before avisos, sheet, row, column, code."""
    place = finding.location
    gentle = messages.word(finding) != Severity.ERROR
    return (place.file, gentle, _ranks().get(place.sheet, -1), place.sheet, cell_order(place.cell), finding.code)


def fields(finding: Finding) -> dict[str, str]:
    """A finding as a record: for other programs, and as a row of a frame."""
    place = finding.location
    return {
        "archivo": place.file,
        "hoja": place.sheet,
        "celda": place.cell,
        "unidad": finding.unidad,
        "codigo": finding.code,
        "severidad": str(messages.word(finding)),
        "hallado": finding.found,
        "mensaje": messages.text(finding),
        "accion": messages.action(finding),
        "fila": finding.row,
        "respuesta": finding.answer,
    }


def observations(findings: Iterable[Finding]) -> list[Observation]:
    """The rows of the sheet Observaciones, sorted."""
    return [observation(f) for f in sorted(findings, key=order)]


def observation(finding: Finding) -> Observation:
    """A finding as a row of the sheet."""
    place = finding.location
    return Observation(
        place.sheet,
        place.cell,
        messages.word(finding),
        finding.code,
        messages.text(finding),
        messages.action(finding),
        finding.row,
    )
