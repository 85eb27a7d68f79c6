"""A trail as plain values, for other programs. A figure that stands in it twice has its parts the first time alone."""

import datetime as dt
from typing import Any

from poa_xl.cells import Value
from poa_xl.explanation.check import CheckResult
from poa_xl.explanation.step import Note, Step
from poa_xl.master_book import MasterBook

VERSION = 1


def document(root: Step, book: MasterBook, found: CheckResult | None = None) -> dict[str, Any]:
    """All of it; what a check found, where there was one."""
    said: dict[str, Any] = {
        "version": VERSION,
        "maestro": {
            "archivo": book.archivo,
            "sha256": book.sha256,
            "gestion": book.gestion,
            "trimestre": book.trimestre,
            "entidad_sha256": book.entity_sha256,
        },
        "cifra": _step(root, set()),
        "notas": [_note(note) for note in notes(root)],
    }
    return {**said, "comprobacion": checked(found)} if found else said


def notes(root: Step) -> list[Note]:
    """What was found and accepted anywhere below a figure, each once."""
    return list(dict.fromkeys(note for step in root.walk() for note in step.notes))


def checked(found: CheckResult) -> dict[str, Any]:
    """What a check found."""
    return {
        "coincide": found.agrees,
        "maestro": found.value,
        "archivos": found.found,
        "celdas_leidas": found.cells,
        "archivos_abiertos": list(found.files),
        "diferencias": [one._asdict() for one in found.differences],
    }


def _step(step: Step, seen: set[str]) -> dict[str, Any]:
    said: dict[str, Any] = {
        "titulo": step.title,
        "id": step.id,
        "valor": step.value,
        "muestra": step.shown,
        "medida": str(step.unit),
        "celda": str(step.place) if step.place else "",
        "regla": step.rule,
        "con_numeros": step.said,
    }
    if step.origin:
        origin = step.origin
        said["origen"] = {
            "archivo": origin.archivo, "sha256": origin.sha256, "hoja": origin.hoja, "fila": origin.fila or None
        }  # fmt: skip
        said["celdas"] = [
            {"columna": one.title, "celda": one.celda, "valor": _plain(one.value)} for one in step.typed
        ]  # fmt: skip
    if step.extra:
        said["aclaraciones"] = list(step.extra)
    if step.notes:
        said["notas"] = [_note(note) for note in step.notes]
    if step.id in seen and step.parts:
        return {**said, "partes_mas_arriba": True}
    if step.id:
        seen.add(step.id)
    return {**said, "partes": [_step(part, seen) for part in step.parts]}


def _note(note: Note) -> dict[str, str]:
    return note._asdict()


def _plain(value: Value) -> object:
    return value.isoformat() if isinstance(value, dt.date) else value
