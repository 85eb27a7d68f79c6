"""The tables of a master show again what Cálculo computes: which change of a table is one of Cálculo."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from poa_xl import cells
from poa_xl.comparison.pairing import without_numbers
from poa_xl.comparison.result import CIFRAS, CUADROS, CellChange, Dato, SheetChanges
from poa_xl.comparison.tables import TableInMaster
from poa_xl.master_tables import terms

_ANY = None  # stands for whatever name a row has
# (before, after, name of the row) -> the first cell of Cálculo that changed so, with its place in their order.
Source = dict[tuple[Dato, Dato, str | None], tuple[int, str]]


def explained(hojas: Sequence[SheetChanges], sheets_b: Mapping[str, Sequence[TableInMaster]]) -> list[SheetChanges]:
    """With the cell of Cálculo that changed in the same way beside each such change of a table."""
    source: Source = {}
    for hoja in (h for h in hojas if h.parte == CIFRAS):
        names = _names_of_rows(sheets_b[hoja.nombre])
        for c in hoja.celdas:
            place = f"{hoja.nombre}!{c.celda_b}"
            for name in (_ANY, *names.get(cells.row_of(c.celda_b), ())):
                source.setdefault((*_change(c), name), (len(source), place))
    return [
        replace(h, celdas=tuple(replace(c, repite=_repeated(c, source)) for c in h.celdas)) if h.parte == CUADROS else h
        for h in hojas
    ]


def _names_of_rows(found: Sequence[TableInMaster]) -> dict[int, set[str]]:
    rows_named = (row for table in found if not table.texts for row in table.rows)
    return {r.number: {_plain(r.values.get(terms.CODE)), _plain(r.values.get(terms.NAME))} for r in rows_named}


def _repeated(c: CellChange, source: Source) -> str:
    """Words and whole numbers change alike in many places: of these the row must be of the same name too."""
    telling = any(isinstance(v, float) and not v.is_integer() for v in (c.antes, c.despues))
    names = [_ANY] if telling else [_plain(value) for _, value in c.clave]
    found = [source[key] for name in names if (key := (*_change(c), name)) in source]
    return min(found)[1] if found else ""


def _plain(name: Dato) -> str:
    return without_numbers(name) if isinstance(name, str) and not name[:1].isdigit() else str(name)


def _change(c: CellChange) -> tuple[Dato, Dato]:
    before, after = (float(f"{v:.9g}") if isinstance(v, float) else v for v in (c.antes, c.despues))
    return before, after
