"""Every face of the indicators in a tree of the project: what its workbooks, functions and pages show and say.

Usage: python -m tests.indicator_faces FOLDER, in the tree. It writes workbooks of units and the master of the made-up
entity into the folder, the pages of docs again, and `faces.json`.
"""

import datetime as dt
import json
import runpy
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
from openpyxl.worksheet.formula import ArrayFormula

import poa_xl
from poa_xl import evaluation
from poa_xl.checking import entity_book, unit_books
from poa_xl.entity import Unidad
from poa_xl.functions.registry import FUNCTIONS
from poa_xl.messages import MESSAGES
from poa_xl.writers import entity_workbook, master
from poa_xl.writers.unit_workbook import workbook
from tests import factories

TREE = Path(poa_xl.__file__).parents[1]
QUARTER, SPARE = 2, 2
LEVEL = [[100] * 3 + [None] * 9], [[120, 60, 100] + [None] * 9]  # programmed and executed: a level to hold
# Cells with a figure of each function: worksheet function -> its arguments.
CALLS: dict[str, tuple[Any, ...]] = {
    "EFICACIA": (30, 10),
    "AVANCE_FISICO": ([[4], [4], [2]], [[4], [4], [0]], [["A"], ["A"], ["B"]]),
    "META_TAREA": (*LEVEL, 1, 3, "nivel"),
    "AVANCE_A_LA_FECHA": (*LEVEL, "A", 3, "nivel"),
    "CUMPLIMIENTO": (*LEVEL, "A", 3, "nivel"),
    "EFICACIA_PONDERADA": (80,),
    "SEMAFORO": (72,),
    "CRITERIO_DGAA": (34, 2),
    "LIMITE_INFERIOR_95": ([[80], [90], [100]],),
}


def _cells(path: Path, values: bool) -> Iterator[tuple[str, Any]]:
    book = openpyxl.load_workbook(path, data_only=values)
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.value is not None:
                    found = cell.value.text if isinstance(cell.value, ArrayFormula) else cell.value
                    yield f"{sheet.title}!{cell.coordinate}", str(found)
                if cell.comment is not None:
                    yield f"{sheet.title}!{cell.coordinate} note", cell.comment.text


def _book(path: Path) -> dict[str, dict[str, str]]:
    formulas = dict(_cells(path, values=False))
    shown = dict(_cells(path, values=True))
    computed = {place for place, text in formulas.items() if text.startswith("=")}
    return {
        "formulas": {place: formulas[place] for place in computed},
        "values": {place: shown.get(place, "") for place in computed},
        "texts": {place: text for place, text in formulas.items() if place not in computed},
    }


def _data(unidad: Unidad) -> dict[str, Any]:
    """What a unit sends; its first operation has three tasks, its second one."""
    data = factories.unit_data(unidad, QUARTER)
    tasks = [{**task, "operacion": "OP-01"} if i == 3 else task for i, task in enumerate(data["tareas"])]
    return {**data, "tareas": tasks}


def _workbooks(folder: Path) -> dict[str, Path]:
    entity = folder / "entidad.xlsx"
    rows = factories.entity_rows()
    said = [row for row in rows["parametros"] if row["valor"] is not None]
    entity_workbook.write_entity_workbook(entity, {**rows, "parametros": said})
    checked = entity_book.check_entity(entity)
    entidad = checked.entidad
    assert entidad is not None
    units, sent = list(entidad.vigentes), folder / "entregas"
    sent.mkdir()
    books = {}
    for unidad in units:
        workbook.write_unit_workbook(sent / f"{unidad.unidad}.xlsx", entidad, unidad, _data(unidad), "native", SPARE)
    for functions in ("native", "poa"):
        path = folder / f"{functions}.xlsx"
        workbook.write_unit_workbook(path, entidad, units[0], _data(units[0]), functions, SPARE)
        books[functions] = path
    received = unit_books.check_units([sent], checked, entidad, QUARTER)
    result = evaluation.evaluate(entidad, received.accepted, QUARTER)
    books["master"] = folder / "master.xlsx"
    master.write_master(
        books["master"], entidad, result, received.accepted, received.findings, received.submissions,
        corte=dt.date(2024, 6, 30),
    )  # fmt: skip
    return books


def main(folder: Path) -> None:
    """Show every face in `faces.json`."""
    books = {name: _book(path) for name, path in _workbooks(folder).items()}
    sys.argv = ["generate.py"]
    runpy.run_path(str(TREE / "docs" / "generate.py"))["main"]([])
    pages = {page.name: page.read_text(encoding="utf-8") for page in [*TREE.glob("docs/*.md"), TREE / "README.md"]}
    calls = {f.name: str(f.call(*CALLS[f.name])) for f in FUNCTIONS if f.name in CALLS}
    helps = {f.name: "\n".join([f.help, *(a.help for a in f.arguments)]) for f in FUNCTIONS}
    said = {code: f"{message.what}\n{message.action}" for code, message in MESSAGES.items()}
    faces = {"books": books, "pages": pages, "calls": calls, "helps": helps, "messages": said}
    (folder / "faces.json").write_text(json.dumps(faces, ensure_ascii=False), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
