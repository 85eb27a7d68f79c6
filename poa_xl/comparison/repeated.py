"""The tables of a master show again what Cálculo computes: which change of a table is one of Cálculo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from poa_xl import cells
from poa_xl.comparison.aligning import without_numbers
from poa_xl.comparison.result import CIFRAS, CUADROS, Celda, Dato, Hoja
from poa_xl.comparison.tables import Tabla


def explained(hojas: Sequence[Hoja], sheets_b: Mapping[str, Sequence[Tabla]]) -> list[Hoja]:
    """With the cell of Cálculo that changed in the same way beside each such change of a table."""
    source: dict[tuple[Dato, Dato], list[tuple[str, set[str]]]] = {}
    for hoja in (h for h in hojas if h.parte == CIFRAS):
        names = _names_of_rows(sheets_b[hoja.nombre])
        for c in hoja.celdas:
            place = f"{hoja.nombre}!{c.celda_b}"
            source.setdefault(_change(c), []).append((place, names.get(cells.row_of(c.celda_b), set())))
    return [
        replace(h, celdas=tuple(replace(c, repite=_repeated(c, source.get(_change(c), []))) for c in h.celdas))
        if h.parte == CUADROS
        else h
        for h in hojas
    ]


def _names_of_rows(found: Sequence[Tabla]) -> dict[int, set[str]]:
    rows_named = (row for table in found if not table.texts for row in table.rows)
    return {r.number: {_plain(r.values.get("Código")), _plain(r.values.get("Nombre"))} for r in rows_named}


def _repeated(c: Celda, candidates: Sequence[tuple[str, set[str]]]) -> str:
    """Words and whole numbers change alike in many places: of these the row must be of the same name too."""
    telling = any(isinstance(v, float) and not v.is_integer() for v in (c.antes, c.despues))
    own = {_plain(value) for _, value in c.clave}
    return next((place for place, names in candidates if telling or names & own), "")


def _plain(name: Dato) -> str:
    return without_numbers(name) if isinstance(name, str) and not name[:1].isdigit() else str(name)


def _change(c: Celda) -> tuple[Dato, Dato]:
    before, after = (float(f"{v:.9g}") if isinstance(v, float) else v for v in (c.antes, c.despues))
    return before, after
