"""A comparison for other programs."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import asdict

from poa_xl.cli import output
from poa_xl.comparison import CellChange, Comparacion, Ilegible, Lado, LoneRow, SheetChanges, deltas
from poa_xl.comparison.result import Clave, Dato
from poa_xl.findings import Finding

VERSION = 1


def refused(found: Sequence[Finding]) -> dict[str, object]:
    """Where the files could not be compared: why."""
    return {"version": VERSION, "observaciones": _findings(found)}


def document(found: Comparacion, noted: Sequence[Finding]) -> dict[str, object]:
    """Everything that differs, nothing grouped or left out."""
    changed, added, removed = found.counts
    return {
        "version": VERSION,
        "clase": found.clase,
        "a": _side(found.a),
        "b": _side(found.b),
        "iguales": found.empty,
        "resumen": {"celdas": changed, "agregadas": added, "quitadas": removed},
        "distintos": list(found.distintos),
        "hojas": [_sheet(h) for h in found.hojas],
        "solo": [asdict(s) for s in found.solo],
        "sin_comparar": [asdict(s) for s in found.sin_comparar],
        "omitidas": list(found.omitidas),
        "comparadas": list(found.comparadas),
        "observaciones": _findings(noted),
    }


def _findings(found: Sequence[Finding]) -> list[object]:
    return list(output.observations(found))


def _side(side: Lado) -> dict[str, object]:
    return {"archivo": side.archivo, "sha256": side.sha256, "datos": dict(side.datos)}


def _sheet(hoja: SheetChanges) -> dict[str, object]:
    return {
        "hoja": hoja.nombre,
        "parte": hoja.parte,
        "celdas": [_cell(hoja.parte, c) for c in hoja.celdas],
        "agregadas": [_row(f) for f in hoja.agregadas],
        "quitadas": [_row(f) for f in hoja.quitadas],
    }


def _cell(parte: str, c: CellChange) -> dict[str, object]:
    amount, unit = deltas.of(parte, c)
    return {
        "celda_a": c.celda_a,
        "celda_b": c.celda_b,
        "columna": c.columna,
        "clave": _key(c.clave),
        "antes": _value(c.antes),
        "despues": _value(c.despues),
        "diferencia": amount,
        "medida": unit,
        "origen_a": asdict(c.origen_a) if c.origen_a else None,
        "origen_b": asdict(c.origen_b) if c.origen_b else None,
        "repite": c.repite,
        "explica": c.explica,
    }


def _row(f: LoneRow) -> dict[str, object]:
    return {
        "fila": f.fila,
        "clave": _key(f.clave),
        "origen": asdict(f.origen) if f.origen else None,
        "detalle": f.detalle,
        "valores": _key(f.valores),
        "celda": f.celda,
        "explica": f.explica,
    }


def _key(clave: Clave) -> dict[str, object]:
    return {title: _value(value) for title, value in clave}


def _value(value: Dato) -> object:
    """A value as JSON has it; what could not be read as `{"ilegible": …}`, so that it is never taken for a value.

    A number that its cell shows in another currency is `{"muestra": …}`: it counts, and is no plain number either.
    """
    if isinstance(value, Ilegible):
        return {"muestra" if value.cuenta else "ilegible": value.texto}
    return value.isoformat() if isinstance(value, dt.date) else value
