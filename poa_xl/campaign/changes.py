"""What changed between two submissions of a unit, as the ledger keeps it and receipts tell it.

`poa_xl.comparison` finds it; here it becomes, by sheet, how many rows came and went and the cells that say something
else. Ledgers hold it as JSON: its fields stay as they are.
"""

import json
from dataclasses import asdict, dataclass

from poa_xl.comparison import Comparacion
from poa_xl.comparison.result import Dato
from poa_xl.comparison.wording import text
from poa_xl.messages import comparison as words


@dataclass(frozen=True)
class StoredCell:
    """A cell that says something else; `celda` is its address in the newer workbook."""

    celda: str
    columna: str
    antes: str
    despues: str


@dataclass(frozen=True)
class StoredSheet:
    """What changed in a sheet: how many rows came and went, and the cells of those that stayed."""

    hoja: str
    agregadas: int
    quitadas: int
    celdas: tuple[StoredCell, ...]


@dataclass(frozen=True)
class Cambios:
    """What changed between two versions, sheets without changes left out."""

    hojas: tuple[StoredSheet, ...] = ()


def of(found: Comparacion) -> Cambios:
    """What the ledger keeps of a comparison."""
    return Cambios(
        tuple(
            StoredSheet(
                h.nombre,
                len(h.agregadas),
                len(h.quitadas),
                tuple(StoredCell(c.celda_b, c.columna, _line(c.antes), _line(c.despues)) for c in h.celdas),
            )
            for h in found.hojas
        )
    )


def _line(value: Dato) -> str:
    """A value on one line, as receipts print it."""
    return text(value).replace("\n", words.PARAGRAPH)


def to_json(changes: Cambios) -> str:
    """As the ledger keeps it."""
    return json.dumps(asdict(changes), ensure_ascii=False)


def from_json(kept: str) -> Cambios | None:
    """What the ledger keeps; None where there was nothing to compare with."""
    if not kept:
        return None
    return Cambios(
        tuple(
            StoredSheet(h["hoja"], h["agregadas"], h["quitadas"], tuple(StoredCell(**c) for c in h["celdas"]))
            for h in json.loads(kept)["hojas"]
        )
    )
