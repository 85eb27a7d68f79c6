"""A small entity before and after a change in mid-year, and filled workbooks of its units, of each kind of functions."""

from pathlib import Path
from typing import Any

import openpyxl

from poa_xl import sheets
from poa_xl.checking import entity_book, sello
from poa_xl.entity import Entidad
from poa_xl.reading import read_book
from poa_xl.writers.unit_workbook import workbook
from tests import text_books
from tests.places import at, cell_of

KINDS: dict[str, dict[str, Any]] = {
    "native": {"functions": "native"},
    "poa": {"functions": "poa"},
    "xlwings": {"functions": "poa", "macros": True},
}
# The small entity of `text_books` with a second one of each thing.
MORE = {
    "Areas": "\nVGCI | Gestión Institucional | Servicio Central",
    "ACP": "\n'1.2 | '1 | Relaciones multilaterales | VGCI",
    "Unidades": "\nDGRM | Relaciones Multilaterales | Servicio Central | Direcciones | VRE | '1.1 | vigente"
    "\nDGAE | Asuntos Especiales | Servicio Central | Direcciones | VRE | '1.1 | vigente",
    "Categorias": "\n570 0 005 | Límites | DGRB |  | '1.1 | VRE | UE-2\n570 0 006 | Foros | DGRM |  | '1.1 | VRE | UE-2",
    "Fuentes": "\n'20 | Recursos específicos | 2 | 0 | 0 | 0 | Estado en Línea",
}
BEFORE = {tab: text_books.ENTITY[tab].rstrip() + text for tab, text in MORE.items()}


def after(**changed: tuple[str, str]) -> dict[str, str]:
    """The sheets of the entity with one text in the place of another, by sheet."""
    made = {**text_books.ENTITY, **BEFORE}
    for tab, (old, new) in changed.items():
        assert old in made[tab], (tab, old)
        made[tab] = made[tab].replace(old, new)
    return made


def more(tab: str, line: str) -> dict[str, str]:
    """The sheets of the entity with one line more in a sheet."""
    made = {**text_books.ENTITY, **BEFORE}
    return {**made, tab: f"{made[tab].rstrip()}\n{line}"}


def entity(path: Path, tabs: dict[str, str] | None = None) -> Path:
    """The workbook of the entity: as it was, or with these sheets."""
    path.parent.mkdir(parents=True, exist_ok=True)
    return text_books.entity(path, **(tabs or BEFORE))


def known(path: Path) -> Entidad:
    """The entity that a workbook says."""
    checked = entity_book.check_entity(path)
    assert checked.entidad is not None, checked.findings
    return checked.entidad


def data(unidad: str = "DGRB") -> dict[str, list[dict[str, object]]]:
    """What a unit typed: rows apart from each other, long texts, decimals, codes that look like numbers."""
    category = {"DGRB": "570 0 004", "DGRM": "570 0 006"}.get(unidad, "570 0 004")
    return {
        "unidad": [{"trimestre": 2, "responsable": "Ana Quispe", "cargo": "Jefa", "correo": "ana@ejemplo.bo"}],
        "operaciones": [
            {"operacion": "OP-01", "acp": "1.1", "denominacion": "Negociar acuerdos"},
            {"operacion": "1.10", "acp": "1.2", "denominacion": "Publicar <memoria> & anexos"},
        ],
        "tareas": [
            {
                "operacion": "OP-01",
                "actividad": "Preparar",
                "tarea": "Redactar",
                "programado_ene": 4,
                "ejecutado_ene": 3,
            },
            {
                "operacion": "OP-01",
                "actividad": "Cerrar",
                "tarea": "Revisar",
                "programado_abr": 2,
                "ejecutado_abr": 2,
                "problemas": "a\nb",
            },
            {},
            {"operacion": "1.10", "actividad": "Cerrar", "tarea": "=1+1", "programado_may": 1, "ejecutado_may": 1},
        ],
        "presupuesto": [
            {"categoria": category, "fuente": "10", "inicial": 1000, "vigente": 1000, "devengado_ene": 10.5},
            {"categoria": category, "fuente": "20", "inicial": 0.07, "vigente": 0.07, "devengado_abr": 0.01},
        ],
        "resultados": [{"acp": "1.1", "resultado_programado": "Acuerdos", "principales_resultados": "Se firmó uno."}],
    }


def filled(path: Path, entidad: Entidad, unidad: str = "DGRB", kind: str = "native", **more: Any) -> Path:
    """The workbook of a unit, as it filled it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path = path.with_suffix(".xlsm" if KINDS[kind].get("macros") else ".xlsx")
    workbook.write_unit_workbook(path, entidad, entidad.by_code[unidad], data(unidad), **KINDS[kind], **more)
    return path


def seal_of(path: Path) -> str:
    """The sello that is true of a workbook."""
    return sello.sello(read_book(path, sheets.unit_sheets()))


def sealed(path: Path, seal: str = "") -> Path:
    """A workbook with a sello: the true one, or this."""
    book = openpyxl.load_workbook(path, keep_vba=path.suffix == ".xlsm")
    book["Unidad"][cell_of(path, at("Unidad", "Sello de la entrega"))].value = seal or seal_of(path)
    book.save(path)
    return path
