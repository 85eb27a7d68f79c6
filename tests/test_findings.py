"""Every code is raised by a workbook written as a small text table, at the exact cell, and nothing else is."""

import zipfile
from collections.abc import Callable, Mapping
from pathlib import Path

import openpyxl
import pytest
from openpyxl.packaging.custom import StringProperty

from poa_xl import messages, sheets
from poa_xl.checking import entity_book, frames, unit_books, unit_rules
from poa_xl.checking.report import Report
from poa_xl.cli import output
from poa_xl.findings import Finding
from poa_xl.names import DOCUMENT_PROPERTY, MASTER_VALUE
from tests import hostile, sent, test_own_bands, text_books
from tests.places import Expected, Found, at, cell_of, resolved
from tests.text_books import ENTITY, UNIT


def places(findings: tuple[Finding, ...] | list[Finding]) -> Found:
    """What was found where. The text tables put columns that they leave out last: that these are out of place says
    nothing about the case, and has a test of its own.
    """
    return {(f.code, f.location.sheet, f.location.cell) for f in findings if f.code != "COL-003"}


def check_folder(folder: Path, quarter: int | None = 2, **entity_changes: str) -> list[Finding]:
    """Findings of the workbooks of a folder against the small entity."""
    entity_path = text_books.entity(folder.parent / "entidad.xlsx", **entity_changes)
    checked = entity_book.check_entity(entity_path) if entity_changes else sent.good_entity()
    assert checked.entidad is not None, places(checked.findings)
    return list(unit_books.check_units([folder], checked, checked.entidad, quarter).findings)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "entregas"
    path.mkdir()
    return path


def unit_findings(folder: Path, **changed: str | None) -> Found:
    text_books.unit(folder / "DGRB.xlsx", **changed)
    return places(check_folder(folder))


def entity_findings(tmp_path: Path, **changed: str | None) -> Found:
    return places(entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx", **changed)).findings)


def where(folder: Path, expected: Expected, unit: str = "DGRB.xlsx") -> Found:
    """The places in the workbook of the unit and in that of its entity."""
    return resolved(expected, folder / unit, folder.parent / "entidad.xlsx")


def with_line(base: dict[str, str], tab: str, line: str) -> dict[str, str]:
    return {tab: base[tab].rstrip() + "\n" + line}


def replaced(base: dict[str, str], tab: str, old: str, new: str) -> dict[str, str]:
    assert old in base[tab], old
    return {tab: base[tab].replace(old, new)}


def field(old: str, new: str) -> dict[str, str]:
    return replaced(UNIT, "Unidad", old, new)


def tasks(titles: str, *rows: str) -> dict[str, str]:
    return {"Tareas": "\n".join([titles, *rows])}


def budget(row: str, titles: str = "") -> dict[str, str]:
    first = titles or "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene"
    if "Dev. abr" in first:
        return {"Presupuesto": f"{first}\n{row}"}
    return {"Presupuesto": f"{first} | Dev. abr\n{row} | 0"}  # 0: nothing was spent in the second quarter


TASK = "Operación | Actividad | Tarea | Prog. ene | Ejec. ene"
_THREE = "Operación | Actividad | Tarea | Prog. jul | Prog. ago | Prog. sep"
TASK_OUT = ("TAR-009", at("Tareas", "Operación"))


def operation(titles: str, values: str) -> dict[str, str]:
    """The one operation, with more said of it."""
    first, row = (line.strip() for line in UNIT["Operaciones"].strip().splitlines())
    return {"Operaciones": f"{first} | {titles}\n{row} | {values}"}


def two_operations(title: str, one: str, other: str) -> dict[str, str]:
    """The one operation and another, each with a task."""
    first, row = (line.strip() for line in UNIT["Operaciones"].strip().splitlines())
    again = row.replace("OP-01", "OP-02")
    return {
        "Operaciones": f"{first} | {title}\n{row} | {one}\n{again} | {other}",
        **tasks(TASK, "OP-01 | A | T | 2 | 1", "OP-02 | A | U | 2 | 1"),
    }


def task(titles: str, values: str) -> dict[str, str]:
    """A task with more said of it, beside another of its operation."""
    blanks = " | " * titles.count("|")
    return tasks(f"{TASK} | {titles}", f"OP-01 | A | T | 2 | 1 | {values}", f"OP-01 | A | U | 2 | 1 | {blanks}")


def months(kind: str, titles: str, values: str, planned: str = "10") -> dict[str, str]:
    """A task of a kind that programmes 10 in each month from January to April."""
    programme = " | ".join(f"Prog. {month}" for month in ("ene", "feb", "mar", "abr"))
    four = " | ".join([planned] * 4)
    if kind == "acumulada":
        four = "10 | 20 | 30 | 40"
    return tasks(
        f"Operación | Actividad | Tarea | Tipo de meta | {programme} | {titles}",
        f"OP-01 | A | T | {kind} | {four} | {values}",
    )


def behind(*actions: str, done: str = "1") -> dict[str, str]:
    """Tasks that programme 2 in January: of each what stands in Acciones correctivas and the two columns beside it."""
    rows = [f"OP-01 | A | T{n} | 2 | {done} | {action}" for n, action in enumerate(actions)]
    return tasks(f"{TASK} | Acciones correctivas | Responsable | Fecha de la acción", *rows)


Case = tuple[str, Mapping[str, str | None], Expected]

UNIT_CASES: list[Case] = [
    ("a missing sheet", {"Resultados": None}, {("HOJ-001", at())}),
    ("a sheet without titles", {"Resultados": "solo\nhola"}, {("HOJ-006", at("Resultados"))}),
    (
        "no rows",
        {"Tareas": TASK, "Operaciones": UNIT["Operaciones"].strip().splitlines()[0]},
        {("HOJ-008", at("Tareas")), ("HOJ-008", at("Operaciones"))},
    ),
    ("an extra sheet", {"Borrador": "hola"}, {("HOJ-005", at("Borrador"))}),
    ("a renamed sheet", {"Resultados": None, "RESULTADOS ": UNIT["Resultados"]}, {("HOJ-002", at("RESULTADOS ")), ("HOJ-003", at())}),
    (
        "a sheet known by its titles",
        {"Resultados": None, "Logros": "solo\n" + UNIT["Resultados"].strip()},
        {("HOJ-002", at("Logros")), ("HOJ-003", at())},
    ),
    ("two sheets for one", {"Tareas ": UNIT["Tareas"]}, {("HOJ-004", at("Tareas "))}),
    (
        "a missing column",
        {"Resultados": "solo\nACP | Principales resultados\n'1.1 | Se firmó"},
        {("COL-001", at("Resultados"))},
    ),
    (
        "a missing optional field",
        field("Cargo | Jefa\n", ""),
        {("COL-006", at("Unidad"))},
    ),
    (
        "a retyped title",
        {"Resultados": UNIT["Resultados"].replace("Resultado programado", "RESULTADO  PROGRAMADO")},
        {("COL-002", at("Resultados", "RESULTADO  PROGRAMADO", 0))},
    ),
    (
        "a title twice",
        {"Resultados": "ACP | Resultado programado | Principales resultados | ACP\n'1.1 | Acuerdos | Se firmó | x"},
        {("COL-004", at("Resultados", "ACP", 0, nth=2))},
    ),
    (
        "a column of their own",
        {"Resultados": "ACP | Resultado programado | Principales resultados | Notas\n'1.1 | Acuerdos | Se firmó | x"},
        {("COL-005", at("Resultados", "Notas", 0))},
    ),
    ("a number as text", budget("570 0 004 | '10 | '1.000,00 | 1000 | '10,5"),
     {("CEL-001", at("Presupuesto", "Presupuesto inicial")), ("CEL-001", at("Presupuesto", "Dev. ene"))}),
    ("words in a number", tasks(TASK, "OP-01 | A | T | dos | 1"), {("CEL-002", at("Tareas", "Prog. ene"))}),
    ("a number that may be two", budget("570 0 004 | '10 | 1000 | '1.000 | 10.5"), {("CEL-003", at("Presupuesto", "Presupuesto vigente"))}),
    ("a date in a number", tasks(TASK, "OP-01 | A | T | d:2024-01-02 | 1"), {("CEL-004", at("Tareas", "Prog. ene"))}),
    ("a percentage in a count", tasks(TASK, "OP-01 | A | T | 2 | 100%"), {("CEL-013", at("Tareas", "Ejec. ene"))}),
    ("a percentage of an indicator",
     {"Operaciones": "Código de operación | ACP | Operación | Meta\nOP-01 | '1.1 | Negociar | 85 %"},
     {("CEL-014", at("Operaciones", "Meta"))}),
    ("dollars in an amount", budget("570 0 004 | '10 | 1000 | 1000 | $us 10,50"), {("CEL-015", at("Presupuesto", "Dev. ene"))}),
    ("dollars in an amount that no figure needs",
     budget("570 0 004 | '10 | 1000 | 1000 | 10.5 | 5 USD",
            "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene | Modificaciones"),
     {("CEL-015", at("Presupuesto", "Modificaciones"))}),
    ("bolivianos in an amount", budget("570 0 004 | '10 | 1000 | 1000 | 10,50 Bs."), {("CEL-001", at("Presupuesto", "Dev. ene"))}),
    ("bolivianos in a count", tasks(TASK, "OP-01 | A | T | Bs 2 | 1"), {("CEL-016", at("Tareas", "Prog. ene"))}),
    ("dollars for an indicator",
     {"Operaciones": "Código de operación | ACP | Operación | Meta\nOP-01 | '1.1 | Negociar | 5 USD"},
     {("CEL-012", at("Operaciones", "Meta"))}),
    ("words in a number that no figure needs",
     {"Operaciones": "Código de operación | ACP | Operación | Meta\nOP-01 | '1.1 | Negociar | por definir"},
     {("CEL-012", at("Operaciones", "Meta"))}),
    ("an error in a number that no figure needs",
     {"Operaciones": "Código de operación | ACP | Operación | Meta\nOP-01 | '1.1 | Negociar | #REF!"},
     {("CEL-006", at("Operaciones", "Meta")), ("TAR-009", at("Tareas", "Operación"))}),
    ("a number beyond all measure", tasks(TASK, "OP-01 | A | T | 99999999999999999999 | 1"), {("CEL-011", at("Tareas", "Prog. ene"))}),
    ("a boolean in a number", tasks(TASK, "OP-01 | A | T | VERDADERO | 1"), {("CEL-005", at("Tareas", "Prog. ene"))}),
    ("an error cell", tasks(TASK, "OP-01 | A | T | #REF! | 1"), {("CEL-006", at("Tareas", "Prog. ene"))}),
    ("a formula without value", tasks(TASK, "OP-01 | A | T | =A1 | 1"), {("CEL-007", at("Tareas", "Prog. ene"))}),
    ("a fraction of a count", tasks(TASK, "OP-01 | A | T | 2.5 | 1"), {("CEL-008", at("Tareas", "Prog. ene"))}),
    ("a date in a text", tasks(TASK, "OP-01 | d:2024-05-01 | T | 2 | 1"), {("CEL-009", at("Tareas", "Actividad"))}),
    ("a date in a text that may be blank", tasks(TASK + " | Problemas", "OP-01 | A | T | 2 | 1 | d:2024-07-05"),
     {("CEL-021", at("Tareas", "Problemas"))}),
    ("a row that is a total by name and figures",
     tasks(_THREE, "OP-01 | A | T | 1 | 2 | 3", "OP-01 | A | U | 4 | 4 | 4", "OP-01 | A | Total | 5 | 6 | 7"),
     {("TAR-010", at("Tareas", "Tarea", 3))}),
    ("a row that is a total by name", tasks(_THREE, "OP-01 | A | T | 1 | 2 | 3", "OP-01 | A | Subtotal | 4 | 4 | 4"),
     {("TAR-011", at("Tareas", "Tarea", 2))}),
    ("a total of tasks without their keys", with_line(UNIT, "Tareas", "TOTAL | | | 2 | 1"), {("TAR-013", at("Tareas", "Operación", 2))}),
    ("a total of operations", with_line(UNIT, "Operaciones", "Total operaciones | |"), {("OPE-007", at("Operaciones", "Código de operación", 2))}),
    ("a total of the budget", with_line(UNIT, "Presupuesto", "TOTAL | | 1000 | 1000 | 10.5 | 0"),
     {("PRE-016", at("Presupuesto", "Categoría programática", 2))}),
    ("a quarter without execution", tasks(TASK, "OP-01 | A | T | 2 |"), {("TAR-012", at("Tareas", "Ejec. ene"))}),
    ("a quarter without devengado", replaced(UNIT, "Presupuesto", "| 10.5 | 0", "| 10.5 |"), {("PRE-015", at("Presupuesto", "Dev. abr"))}),
    ("an empty copy of a sheet", {"Resultados (2)": "ACP | Resultado programado | Principales resultados"},
     {("HOJ-010", at("Resultados (2)"))}),
    ("titles again between the rows", with_line(UNIT, "Resultados", "ACP | Resultado programado | Principales resultados"),
     {("HOJ-011", at("Resultados", "ACP", 2))}),
    ("words in a date", field("d:2024-07-05", "ayer"), {("CEL-010", at("Unidad", "Fecha de envío"))}),
    ("a stamp removed", field("Gestión | 2024", "Gestión | "), {("UNI-001", at("Unidad", "Gestión"))}),
    ("a fifth quarter", field("reporta | 2", "reporta | 5"), {("UNI-002", at("Unidad", "Trimestre que se reporta"))}),
    ("a broken address", field("ana@ejemplo.bo", "ana arroba ejemplo"), {("UNI-003", at("Unidad", "Correo electrónico"))}),
    ("another entity", field("Ministerio de Ejemplo", "Gobernación"), {("UNI-005", at("Unidad", "Entidad"))}),
    ("another gestion", field("Gestión | 2024", "Gestión | 2023"), {("UNI-006", at("Unidad", "Gestión"))}),
    ("another template", field("plantilla | '3", "plantilla | '0.9"), {("UNI-007", at("Unidad", "Versión de la plantilla"))}),
    ("a changed name", field("Bilaterales", "Multilaterales"), {("UNI-010", at("Unidad", "Unidad organizacional"))}),
    ("a later quarter", field("reporta | 2", "reporta | 3"), {("UNI-011", at("Unidad", "Trimestre que se reporta"))}),
    ("a change after it was prepared", field("entrega |", "entrega | 0000-0000-0000"), {("UNI-015", at("Unidad", "Sello de la entrega"))}),
    ("sent in another year", field("d:2024-07-05", "d:2042-07-05"), {("UNI-016", at("Unidad", "Fecha de envío"))}),
    ("an earlier quarter", field("reporta | 2", "reporta | 1"), {("UNI-014", at("Unidad", "Trimestre que se reporta"))}),
    ("no person to ask", field("Ana Quispe", ""), {("UNI-012", at("Unidad", "Responsable de la información"))}),
    ("an operation without name", replaced(UNIT, "Operaciones", "Negociar acuerdos", ""),
     {("OPE-001", at("Operaciones", "Operación")), ("TAR-009", at("Tareas", "Operación"))}),
    ("a code twice", with_line(UNIT, "Operaciones", "OP-01 | '1.1 | Otra"), {("OPE-002", at("Operaciones", "Código de operación", 2))}),
    (
        "a negative goal",
        {"Operaciones": "Código de operación | ACP | Operación | Meta\nOP-01 | '1.1 | Negociar | -1"},
        {("OPE-003", at("Operaciones", "Meta")), ("TAR-009", at("Tareas", "Operación"))},
    ),
    ("an unknown ACP", replaced(UNIT, "Operaciones", "'1.1", "'9.9"),
     {("OPE-004", at("Operaciones", "ACP")), ("TAR-009", at("Tareas", "Operación"))}),
    ("an operation without tasks", with_line(UNIT, "Operaciones", "OP-02 | '1.1 | Otra"),
     {("OPE-005", at("Operaciones", "Código de operación", 2))}),
    ("an operation once more in small letters",
     {**with_line(UNIT, "Operaciones", "op-01 | '1.1 | Otra"), **tasks(TASK, "OP-01 | A | T | 2 | 1", "op-01 | A | U | 2 | 1")},
     {("OPE-006", at("Operaciones", "Código de operación", 2))}),
    ("an operation once more with an accent",
     {**with_line(UNIT, "Operaciones", "ÓP-01 | '1.1 | Otra"), **tasks(TASK, "OP-01 | A | T | 2 | 1", "ÓP-01 | A | U | 2 | 1")},
     {("OPE-006", at("Operaciones", "Código de operación", 2))}),
    ("a task without operation", tasks(TASK, "| A | T | 2 | 1", "OP-01 | A | U | 2 | 1"), {("TAR-001", at("Tareas", "Operación"))}),
    ("a task of no operation", tasks(TASK, "OP-07 | A | T | 2 | 1", "OP-01 | A | U | 2 | 1"),
     {("TAR-002", at("Tareas", "Operación"))}),
    ("a negative count", tasks(TASK, "OP-01 | A | T | 2 | -1"), {("TAR-003", at("Tareas", "Ejec. ene"))}),
    ("executed without programme", tasks(TASK + " | Prog. abr | Ejec. abr", "OP-01 | A | T |  | 1 | 3 | 0"), {("TAR-004", at("Tareas", "Ejec. ene"))}),
    ("over-execution", tasks(TASK, "OP-01 | A | T | 2 | 3"), {("TAR-005", at("Tareas", "Ejec. ene"))}),
    ("executed after the cut-off", tasks(TASK + " | Ejec. jul", "OP-01 | A | T | 2 | 1 | 4"), {("TAR-006", at("Tareas", "Ejec. jul"))}),
    ("a task twice", tasks(TASK, "OP-01 | A | T | 2 | 1", "OP-01 | A | T | 2 | 1"), {("TAR-007", at("Tareas", "Tarea", 2))}),
    ("a task without programme", tasks(TASK, "OP-01 | A | T | 2 | 1", "OP-01 | A | U | |"), {("TAR-008", at("Tareas", "Prog. ene", 2))}),
    ("a kind of number that there is not", operation("Número | Meta", "decimales | 2.5"), {("OPE-008", at("Operaciones", "Número")), TASK_OUT}),
    ("a kind of goal that there is not", operation("Tipo de meta", "promedio"), {("OPE-009", at("Operaciones", "Tipo de meta")), TASK_OUT}),
    ("a sense that there is not", operation("Sentido", "bajar"), {("OPE-010", at("Operaciones", "Sentido")), TASK_OUT}),
    ("a weight above all", operation("Peso", "120"), {("OPE-011", at("Operaciones", "Peso")), TASK_OUT}),
    ("a sum that falls", operation("Sentido", "disminuir"), {("OPE-012", at("Operaciones", "Sentido")), TASK_OUT}),
    ("a count that falls", operation("Tipo de meta | Sentido", "acumulada | disminuir"), {("OPE-012", at("Operaciones", "Sentido")), TASK_OUT}),
    ("percentages that are added up", operation("Número", "porcentaje"), {("OPE-012", at("Operaciones", "Número")), TASK_OUT}),
    ("weights of some operations", two_operations("Peso", "60", ""), {("OPE-013", at("Operaciones", "Peso", 2))}),
    ("weights of operations that are not 100", two_operations("Peso", "60", "30"), {("OPE-014", at("Operaciones", "Peso"))}),
    ("weights of some operations, and one that cannot be", {
        "Operaciones": two_operations("Peso", "", "120")["Operaciones"] + "\n" + "OP-03 | '1.1 | Otra | 50",
        **tasks(TASK, "OP-01 | A | T | 2 | 1", "OP-03 | A | U | 2 | 1")},
     {("OPE-011", at("Operaciones", "Peso", 2)), ("OPE-013", at("Operaciones", "Peso"))}),
    ("an operation that stays out and whose weight makes the others 100", two_operations("Peso | Número", "60 | ", "40 | decimales"),
     {("OPE-008", at("Operaciones", "Número", 2)), ("TAR-009", at("Tareas", "Operación", 2))}),
    ("weights of operations that are 100", two_operations("Peso", "60", "40"), set()),
    ("weights of operations shown as percentages", two_operations("Peso", "60 %", "40%"),
     {("CEL-001", at("Operaciones", "Peso")), ("CEL-001", at("Operaciones", "Peso", 2))}),
    ("a goal that its tasks do not programme", operation("Meta", "3"), {("OPE-015", at("Operaciones", "Meta"))}),
    ("a goal that its tasks programme", operation("Meta", "2"), set()),
    ("words of a goal in other letters", operation("Tipo de meta | Sentido", "ULTIMO VALOR | Disminuir"), set()),
    ("a kind of number of a task that there is not", task("Número", "x"), {("TAR-014", at("Tareas", "Número"))}),
    ("a kind of goal of a task that there is not", task("Tipo de meta", "x"), {("TAR-015", at("Tareas", "Tipo de meta"))}),
    ("a sense of a task that there is not", task("Sentido", "x"), {("TAR-016", at("Tareas", "Sentido"))}),
    ("a negative base", task("Tipo de meta | Línea base", "nivel | -1"), {("TAR-017", at("Tareas", "Línea base"))}),
    ("a negative weight", task("Peso", "-1"), {("TAR-018", at("Tareas", "Peso"))}),
    ("a task of a kind that cannot fall", task("Sentido", "disminuir"), {("TAR-019", at("Tareas", "Sentido"))}),
    ("a task that cannot be what its operation is", {**operation("Sentido | Tipo de meta", "disminuir | nivel"), **task("Tipo de meta", "suma")},
     {("TAR-019", at("Tareas", "Tipo de meta"))}),
    ("a running count that falls", months("acumulada", "Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "8 | 18 | 12 | 20"),
     {("TAR-020", at("Tareas", "Ejec. mar"))}),
    ("a running count that stays", months("acumulada", "Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "8 | | 8 | 18"), set()),
    ("a sum of months that go down", months("suma", "Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "9 | 6 | 3 | 0"), set()),
    ("a level without a word in a month", months("nivel", "Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "8 | | 8 | 10"),
     {("TAR-021", at("Tareas", "Ejec. feb"))}),
    ("a level that was 0 in a month", months("nivel", "Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "8 | 0 | 8 | 10"), set()),
    ("unlike things that are added up", tasks(f"{TASK} | Unidad de medida", "OP-01 | A | T | 2 | 1 | hospitales", "OP-01 | A | U | 2 | 1 | consultas"),
     {("TAR-022", at("Tareas", "Unidad de medida", 2))}),
    ("like things in other letters", tasks(f"{TASK} | Unidad de medida", "OP-01 | A | T | 2 | 1 | Hospitales", "OP-01 | A | U | 2 | 1 | hospitales "), set()),
    ("unlike things that are not added up", tasks(f"{TASK} | Unidad de medida | Tipo de meta", "OP-01 | A | T | 2 | 1 | hospitales | nivel", "OP-01 | A | U | 2 | 1 | consultas | nivel"),
     set()),
    ("weights of some tasks", tasks(f"{TASK} | Peso", "OP-01 | A | T | 2 | 1 | 50", "OP-01 | A | U | 2 | 1 |"), {("TAR-023", at("Tareas", "Peso", 2))}),
    ("weights of tasks that are not 100", tasks(f"{TASK} | Peso", "OP-01 | A | T | 2 | 1 | 50", "OP-01 | A | U | 2 | 1 | 40"), {("TAR-024", at("Tareas", "Peso"))}),
    ("a task that stays out and whose weight makes the others 100", tasks(f"{TASK} | Peso", "OP-01 | A | T | 2 | 1 | 50", "OP-01 | A | | 2 | 1 | 50"),
     {("TAR-001", at("Tareas", "Tarea", 2))}),
    ("a task that stays out beside weights that are not 100", tasks(f"{TASK} | Peso", "OP-01 | A | T | 2 | 1 | 50", "OP-01 | A | | 2 | 1 | 40"),
     {("TAR-001", at("Tareas", "Tarea", 2)), ("TAR-024", at("Tareas", "Peso"))}),
    ("a task of an unknown operation with the weight that is missing", tasks(f"{TASK} | Peso", "OP-01 | A | T | 2 | 1 | 50", "OP-10 | A | U | 2 | 1 | 50"),
     {("TAR-002", at("Tareas", "Operación", 2))}),
    ("a task of an unknown operation whose weight cannot be what is missing", tasks(f"{TASK} | Peso", "OP-01 | A | T | 2 | 1 | 50", "OP-10 | A | U | 2 | 1 | 20"),
     {("TAR-002", at("Tareas", "Operación", 2)), ("TAR-024", at("Tareas", "Peso"))}),
    ("a weight of a task that is out of its bounds", tasks(f"{TASK} | Peso", "OP-01 | A | T | 2 | 1 | 50", "OP-01 | A | U | 2 | 1 | -50"),
     {("TAR-018", at("Tareas", "Peso", 2))}),
    ("percentages as parts of one", months("nivel", "Número | Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "porcentaje | 0.8 | 0.9 | 0.85 | 0.7", planned="0.9"),
     {("TAR-025", at("Tareas", "Prog. ene"))}),
    ("percentages in points", months("nivel", "Número | Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "porcentaje | 80.5 | 90 | 85 | 70", planned="85.5"), set()),
    ("an action of another year", behind("a | Jefe | d:2042-07-31"), {("TAR-026", at("Tareas", "Fecha de la acción"))}),
    ("an action of the next year", behind("a | Jefe | d:2025-03-31"), set()),
    ("an action until a day that nobody can read", behind("a | Jefe | en julio"), {("CEL-010", at("Tareas", "Fecha de la acción"))}),
    ("an action of nobody", behind("a | | d:2024-07-31"), {("TAR-027", at("Tareas", "Responsable"))}),
    ("an action without a date", behind("a | Jefe |"), {("TAR-027", at("Tareas", "Fecha de la acción"))}),
    ("actions of nobody, told once", behind("a | | d:2024-07-31", "b | | d:2024-07-31"), {("TAR-027", at("Tareas", "Responsable"))}),
    ("an action of a task that is not behind", behind("a | |", done="2"), set()),
    ("a task that is behind without an action", behind("| |"), set()),
    ("an action that is overdue", behind("a | Jefe | d:2024-06-29"), {("TAR-028", at("Tareas", "Fecha de la acción"))}),
    ("an action until the last day of the quarter", behind("a | Jefe | d:2024-06-30"), set()),
    ("an action that is overdue, of a task that is done", behind("a | Jefe | d:2024-06-29", done="2"), set()),
    ("decimals of a goal that has them", {**operation("Número", "decimal"), **tasks(TASK, "OP-01 | A | T | 12.5 | 6.25")}, set()),
    ("a percentage of a goal that has none", {**operation("Número", "decimal"), **tasks(TASK, "OP-01 | A | T | 12.5 | 80%")},
     {("CEL-013", at("Tareas", "Ejec. ene"))}),
    ("more than the goal of a task by itself", months("último valor", "Ejec. ene | Ejec. feb | Ejec. mar | Ejec. abr", "8 | 9 | 20 | 10"),
     {("TAR-005", at("Tareas", "Ejec. mar"))}),
    ("columns of a later version", {**field("'3", "'2"), **operation("Peso", "100")},
     {("COL-007", at("Operaciones", "Peso", 0))}),
    ("columns of a later version without a word", {**field("'3", "'2"), **operation("Peso", "")}, set()),
    ("money without source", budget("570 0 004 |  | 1000 | 1000 | 10.5"),
     {("PRE-001", at("Presupuesto", "Fuente"))}),
    ("an unknown category", with_line(UNIT, "Presupuesto", "999 0 999 | '10 | 1 | 1 | 0"), {("PRE-002", at("Presupuesto", "Categoría programática", 2))}),
    ("a negative budget", with_line(UNIT, "Presupuesto", "570 0 004 | '11 | -1 | 0 | 0"),
     {("PRE-004", at("Presupuesto", "Presupuesto inicial", 2)), ("PRE-007", at("Presupuesto", "Presupuesto vigente", 2)), ("PRE-008", at("Presupuesto", "Fuente", 2))}),
    ("a category alone", with_line(UNIT, "Presupuesto", "570 0 004 |  |  |  |"), {("PRE-010", at("Presupuesto", "Categoría programática", 2))}),
    ("a category twice", with_line(UNIT, "Presupuesto", "570 0 004 | '10 | 0 | 0 | 0"), {("PRE-005", at("Presupuesto", "Categoría programática", 2))}),
    ("more spent than there is", with_line(UNIT, "Presupuesto", "570 0 004 | '20 | 5 | 5 | 6"),
     {("PRE-006", at("Presupuesto", "Presupuesto vigente", 2)), ("PRE-008", at("Presupuesto", "Fuente", 2))}),
    ("sums that differ", budget("570 0 004 | '10 | 900 | 1000 | 10.5"), {("PRE-007", at("Presupuesto", "Presupuesto vigente"))}),
    ("spent after the cut-off", budget("570 0 004 | '10 | 1000 | 1000 | 10.5 | 7",
     "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene | Dev. jul"),
     {("PRE-009", at("Presupuesto", "Dev. jul"))}),
    ("amounts with more than two decimals",
     budget("570 0 004 | '10 | 1000 | 1000 | 98.781 | -98.781 | 10.5 | 0.0625 | -0.0625",
            "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | "
            "Dev. ene | Dev. feb | Dev. mar | Dev. abr | Dev. may"),
     {("PRE-012", at("Presupuesto", "Dev. ene"))}),
    ("an amount with three decimals",
     budget("570 0 004 | '10 | 1000 | 1000 | 98.781 | -88.281",
            "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene | Dev. feb"),
     {("PRE-011", at("Presupuesto", "Dev. ene")), ("PRE-011", at("Presupuesto", "Dev. feb"))}),
    ("an unknown source", with_line(UNIT, "Presupuesto", "570 0 004 | '77 | 0 | 0 | 0"), {("PRE-008", at("Presupuesto", "Fuente", 2))}),
    ("results without ACP", replaced(UNIT, "Resultados", "'1.1", ""), {("RES-001", at("Resultados", "ACP"))}),
    ("results of an unknown ACP", replaced(UNIT, "Resultados", "'1.1", "'9"), {("RES-002", at("Resultados", "ACP"))}),
    ("no results", replaced(UNIT, "Resultados", "Se firmó un acuerdo", ""), {("RES-003", at("Resultados", "Principales resultados"))}),
    ("money that is not SIGEP's", budget("570 0 004 | '10 | 1000 | 1000 | 11"), {("CUA-001", at("Presupuesto", "Categoría programática"))}),
    ("a budget that is not SIGEP's", budget("570 0 004 | '10 | 1001 | 1001 | 10.5"), {("CUA-002", at("Presupuesto", "Categoría programática"))}),
]  # fmt: skip

# Where a rejected file or row takes its money with it, the cuadre says so too; that is not what these cases are about.
_CUADRE = {"CUA-001", "CUA-002"}


@pytest.mark.parametrize(("changed", "expected"), [c[1:] for c in UNIT_CASES], ids=[c[0] for c in UNIT_CASES])
def test_a_units_mistake_is_found_at_its_cell(folder: Path, changed: dict[str, str | None], expected: Expected) -> None:
    found = unit_findings(folder, **changed)
    wanted_codes = {code for code, _ in expected}
    assert {f for f in found if f[0] not in _CUADRE - wanted_codes} == where(folder, expected)


def test_the_good_workbook_has_no_finding(folder: Path) -> None:
    assert unit_findings(folder) == set()


IN_ORDER = "solo\nACP | Resultado programado | Principales resultados\n'1.1 | Acuerdos | Se firmó"
OUT_OF_ORDER = "solo\nResultado programado | ACP | Principales resultados\nAcuerdos | '1.1 | Se firmó"
FIRST_OUT_OF_ORDER: Expected = {("COL-003", at("Resultados", "Resultado programado", 0))}


@pytest.mark.parametrize(
    ("table", "expected"), [(IN_ORDER, set()), (OUT_OF_ORDER, FIRST_OUT_OF_ORDER)], ids=["in order", "out of order"]
)
def test_columns_out_of_order_are_said_at_the_first_of_them(folder: Path, table: str, expected: Expected) -> None:
    text_books.unit(folder / "DGRB.xlsx", Resultados=table)
    found = {(f.code, f.location.sheet, f.location.cell) for f in check_folder(folder)}
    assert {f for f in found if f[1] == "Resultados"} == where(folder, expected)


def test_sheets_out_of_order_are_said_once(folder: Path) -> None:
    tabs = list(reversed(UNIT.items()))
    text_books.write(folder / "DGRB.xlsx", dict(tabs))
    assert places(check_folder(folder)) == {("HOJ-003", "", "")}


def test_an_empty_form_is_one_finding_and_keeps_the_file_out(folder: Path) -> None:
    text = "\n".join(line.split("|")[0] + "|" for line in UNIT["Unidad"].strip().splitlines())
    found = unit_findings(folder, Unidad=text)
    assert where(folder, {("UNI-004", at("Unidad", "Entidad"))}) <= found


def test_the_template_of_another_unit_is_noticed_by_the_files_name(folder: Path) -> None:
    text_books.unit(folder / "OTRA.xlsx")
    entity = with_line(ENTITY, "Unidades", "OTRA | Otra | Servicio Central | Direcciones | VRE | '1.1 | vigente")
    found = places(check_folder(folder, 2, **entity))
    expected = {("UNI-013", at("Unidad", "Código de la unidad")), ("ENT-002", at("Unidades", "Código", "OTRA"))}
    assert found == where(folder, expected, "OTRA.xlsx")


def test_a_unit_that_is_not_in_force_is_refused(folder: Path) -> None:
    text_books.unit(folder / "DGRB.xlsx")
    extra = with_line(ENTITY, "Unidades", "OTRA | Otra | Servicio Central | Direcciones | VRE | '1.1 | vigente")
    text = extra["Unidades"].replace("VRE | '1.1 | vigente", "VRE | '1.1 | no vigente", 1)
    found = places(check_folder(folder, Unidades=text))
    expected = {("UNI-009", at("Unidad", "Código de la unidad")), ("ENT-002", at("Unidades", "Código", "OTRA"))}
    assert where(folder, expected) <= found


def test_an_unknown_unit_is_refused_and_the_known_one_is_missing(folder: Path) -> None:
    text_books.unit(folder / "otro.xlsx", **field("DGRB", "XXX"))
    found = places(check_folder(folder))
    expected = {("UNI-008", at("Unidad", "Código de la unidad")), ("ENT-002", at("Unidades", "Código", "DGRB"))}
    assert where(folder, expected, "otro.xlsx") <= found


def test_a_broken_file_named_after_its_unit_is_not_missing_too(folder: Path) -> None:
    (folder / "DGRB.xlsx").write_bytes(b"PK nada")
    assert {f.code for f in check_folder(folder)} == {"LIB-001"}


def test_a_category_of_another_unit_is_refused(folder: Path) -> None:
    text_books.unit(folder / "DGRB.xlsx", **with_line(UNIT, "Presupuesto", "111 0 001 | '10 | 0 | 0 | 0"))
    entity = {
        **with_line(ENTITY, "Unidades", "OTRA | Otra | Servicio Central | Direcciones | VRE | '1.1 | vigente"),
        **with_line(ENTITY, "Categorias", "111 0 001 | De otra | OTRA |  | '1.1 | VRE | UE-2"),
    }
    found = places(check_folder(folder, 2, **entity))
    category = at("Presupuesto", "Categoría programática", "111 0 001")
    assert found == where(folder, {("PRE-003", category), ("ENT-002", at("Unidades", "Código", "OTRA"))})


def test_two_files_of_a_unit_are_both_kept_out(folder: Path) -> None:
    text_books.unit(folder / "a.xlsx")
    text_books.unit(folder / "b.xlsx", Unidad=UNIT["Unidad"].replace("Jefa", "Directora"))
    findings = check_folder(folder)
    repeated = [f for f in findings if f.code == "ENT-001"]
    assert {f.location.file for f in repeated} == {"a.xlsx", "b.xlsx"}
    assert {f.location.cell for f in repeated} == {cell_of(folder / "a.xlsx", at("Unidad", "Código de la unidad"))}


def test_a_refused_second_file_of_a_unit_is_said_on_the_accepted_one(folder: Path) -> None:
    text_books.unit(folder / "DGRB.xlsx")
    text_books.unit(folder / "DGRB corregido.xlsx", Resultados=None)
    found = {(f.code, f.location.file, f.location.cell) for f in check_folder(folder)}
    code = cell_of(folder / "DGRB.xlsx", at("Unidad", "Código de la unidad"))
    assert {c for c in found if c[0] in ("ENT-001", "ENT-004")} == {("ENT-004", "DGRB.xlsx", code)}


def test_a_cell_far_away_is_found_without_opening_the_sheet(folder: Path) -> None:
    path = text_books.unit(folder / "DGRB.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook["Tareas"]["XFD1048000"] = " "
    workbook.save(path)
    assert places(check_folder(folder)) == {("HOJ-007", "Tareas", "XFD1048000")}


def test_figures_of_a_sheet_with_a_missing_month_are_not_judged(folder: Path) -> None:
    months = "Operación | Actividad | Tarea | Ejec. ene\nOP-01 | A | T | 5"
    text_books.write(folder / "DGRB.xlsx", {**UNIT, "Tareas": "solo\n" + months})
    assert not {f.code for f in check_folder(folder)} & {"TAR-004", "TAR-005", "TAR-008"}


def test_a_month_is_not_late_for_a_workbook_that_reports_a_later_quarter(folder: Path) -> None:
    later = tasks(TASK + " | Ejec. may", "OP-01 | A | T | 2 | 1 | 1")
    text_books.unit(folder / "DGRB.xlsx", **later)
    assert "TAR-006" not in {f.code for f in check_folder(folder, quarter=1)}


def test_every_missing_column_is_named_in_its_own_line(folder: Path) -> None:
    missing = ("ACP", "Operación")
    titles_left = " | ".join(c.title for c in sheets.sheet("unidad", "operaciones").inputs if c.title not in missing)
    text_books.write(folder / "DGRB.xlsx", {**UNIT, "Operaciones": f"solo\n{titles_left}\nOP-01"})
    lines = [line for group in output.group(check_folder(folder)) if "COL-001" in (line := output.line(group))]
    assert [title for title in missing for line in lines if f"«{title}»" in line] == [*missing]
    assert len(lines) == len(missing)


def test_a_spreadsheet_of_another_format_is_refused_aloud(folder: Path) -> None:
    (folder / "DGRB.ods").write_bytes(b"PK\x03\x04 nada")
    found = {(f.code, f.location.file) for f in check_folder(folder)}
    assert found == {("LIB-001", "DGRB.ods")}


def test_the_same_file_given_twice_is_read_once(folder: Path) -> None:
    path = text_books.unit(folder / "DGRB.xlsx")
    checked = entity_book.check_entity(text_books.entity(folder.parent / "entidad.xlsx"))
    assert checked.entidad is not None
    units = unit_books.check_units([path, folder], checked, checked.entidad, 2)
    assert [s.estado for s in units.submissions] == ["aceptada con avisos"]  # of columns that the tables put last


def test_files_of_the_same_name_are_told_apart(tmp_path: Path) -> None:
    for name in ("uno", "dos"):
        (tmp_path / name).mkdir()
        text_books.unit(tmp_path / name / "u.xlsx", Unidad=UNIT["Unidad"].replace("Jefa", f"Jefa {name}"))
    checked = entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx"))
    assert checked.entidad is not None
    units = unit_books.check_units([tmp_path / "uno", tmp_path / "dos"], checked, checked.entidad, 2)
    assert len({s.archivo for s in units.submissions}) == 2


def test_an_empty_folder_is_said(folder: Path) -> None:
    assert ("ENT-003", "", "") in places(check_folder(folder))


def called(path: Path, documento: str) -> None:
    workbook = openpyxl.load_workbook(path)
    workbook.custom_doc_props.append(StringProperty(name=DOCUMENT_PROPERTY, value=documento))
    workbook.save(path)


def test_a_master_among_the_submissions_is_set_aside(folder: Path) -> None:
    openpyxl.Workbook().save(folder / "evaluacion.xlsx")
    called(folder / "evaluacion.xlsx", MASTER_VALUE)
    assert unit_findings(folder) == {("LIB-005", "", "")}


def test_a_units_workbook_that_calls_itself_a_master_is_read_and_says_so(folder: Path) -> None:
    text_books.unit(folder / "DGRB.xlsx")
    called(folder / "DGRB.xlsx", MASTER_VALUE)
    assert places(check_folder(folder)) == {("ENT-007", "", "")}


def test_a_copy_of_the_entitys_workbook_among_the_submissions_is_set_aside(folder: Path) -> None:
    copy = text_books.entity(folder.parent / "entidad.xlsx").read_bytes()
    (folder / "entidad (1).xlsx").write_bytes(copy)
    text_books.unit(folder / "DGRB.xlsx")
    checked = entity_book.check_entity(folder.parent / "entidad.xlsx")
    assert checked.entidad is not None
    units = unit_books.check_units([folder], checked, checked.entidad, 2)
    assert places(units.findings) == {("ENT-005", "", "")}
    assert [s.archivo for s in units.submissions] == ["DGRB.xlsx"]


def test_another_workbook_of_an_entity_among_the_submissions_is_no_submission(folder: Path) -> None:
    text_books.entity(folder / "nuevos montos.xlsx", Areas="Área | Nombre | Servicio\nVRE | Otra | Servicio Central")
    assert unit_findings(folder) == {("ENT-006", "", "")}


@pytest.mark.parametrize(
    ("left", "expected"),
    [
        ((), [("HOJ-009", "Unidad, Operaciones, Tareas, Presupuesto, Resultados")]),
        (("Tareas", "Presupuesto"), [("HOJ-009", "Unidad, Operaciones, Resultados")]),
        (("Unidad", "Tareas", "Presupuesto"), [("HOJ-001", "Operaciones"), ("HOJ-001", "Resultados")]),
        (("Unidad", "Operaciones", "Tareas", "Presupuesto"), [("HOJ-001", "Resultados")]),
    ],
    ids=["none", "two", "three", "four"],
)
def test_a_workbook_without_most_of_the_sheets_is_one_finding_that_names_them(
    folder: Path, left: tuple[str, ...], expected: list[tuple[str, str]]
) -> None:
    path = text_books.unit(folder / "DGRB.xlsx")
    workbook = openpyxl.load_workbook(path)
    workbook.create_sheet("Compras")["A1"] = "Papel"
    for name in set(workbook.sheetnames) - {*left, "Compras"}:
        del workbook[name]
    workbook.save(path)
    found = [f for f in check_folder(folder) if messages.severity(f.code) is messages.Severity.ERROR]
    assert [(f.code, f.details.get("columna")) for f in found if f.location.file == path.name] == expected


def test_a_hidden_file_is_set_aside(folder: Path) -> None:
    text_books.unit(folder / ".DGRB.xlsx")
    assert unit_findings(folder) == {("LIB-004", "", "")}


def test_of_byte_identical_copies_one_counts_and_the_others_are_told(folder: Path) -> None:
    content = text_books.unit(folder / "DGRB.xlsx").read_bytes()
    for name in ("DGRB (1).xlsx", "DGRB-PC-02.xlsx", "AAA.xlsx"):
        (folder / name).write_bytes(content)
    found = [f for f in check_folder(folder) if f.code[:3] == "ENT"]
    assert {(f.code, f.location.file, f.found) for f in found} == {
        ("ENT-009", name, "DGRB.xlsx") for name in ("DGRB (1).xlsx", "DGRB-PC-02.xlsx", "AAA.xlsx")
    }


def test_copies_that_differ_in_one_cell_are_two_books(folder: Path) -> None:
    text_books.unit(folder / "DGRB.xlsx")
    text_books.unit(folder / "DGRB (1).xlsx", Unidad=UNIT["Unidad"].replace("Jefa", "Directora"))
    assert {f.code for f in check_folder(folder) if f.code[:3] == "ENT"} == {"ENT-001"}


def test_empty_files_of_two_units_are_told_one_by_one(folder: Path) -> None:
    for name in ("DGRB.xlsx", "VRE.xlsx"):
        (folder / name).touch()
    assert [f.code for f in check_folder(folder) if f.code[:3] != "CUA"] == ["LIB-008", "LIB-008"]


def _truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:2000])


def _old_format(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600)


def _encrypted(path: Path) -> None:
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le"))


def _labelled(path: Path) -> None:
    """As Office saves a book with a sensitivity label that encrypts: the directory names what holds it."""
    names = ("DataSpaces", "DRMEncryptedDataSpace", "DRMEncryptedTransform", "EncryptedPackage")
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "\0".join(names).encode("utf-16-le"))


def _labelled_of_before(path: Path) -> None:
    """The same of an .xls: its content is in a stream of its own."""
    path.write_bytes(bytes.fromhex("d0cf11e0a1b11ae1") + b"\0" * 600 + "\tDRMContent".encode("utf-16-le"))


def _another_zip(path: Path) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("carta.txt", "hola")


@pytest.mark.parametrize(
    ("spoil", "code"),
    [
        (_truncated, "LIB-001"),
        (_another_zip, "LIB-007"),
        (_old_format, "LIB-002"),
        (_encrypted, "LIB-003"),
        (_labelled, "LIB-018"),
        (_labelled_of_before, "LIB-018"),
    ],
)
def test_a_file_that_is_no_workbook_is_one_finding(folder: Path, spoil: Callable[[Path], None], code: str) -> None:
    text_books.unit(folder / "DGRB.xlsx")
    spoil(folder / "DGRB.xlsx")
    files = [f for f in check_folder(folder) if f.location.file == "DGRB.xlsx"]
    assert [f.code for f in files] == [code]


def entity_case(tab: str, old: str, new: str) -> dict[str, str | None]:
    return {**replaced(ENTITY, tab, old, new)}


NO_FUNDS = "Fuente | Descripción | Trimestre | Presupuesto inicial | Presupuesto vigente | Ejecutado | Tipo de reporte"

BY_WEIGHTS = entity_case("Parametros", "agregacion |  |  | media", "agregacion |  |  | pesos")
AREAS_WEIGHED = "Área | Nombre | Servicio | Peso\nVRE | Relaciones Exteriores | Servicio Central | {}"
ACPS_WEIGHED = "ACP | AMP | Denominación | Área responsable | Peso\n'1.1 | '1 | Relaciones bilaterales | VRE | {}"
UNITS_WEIGHED = """
    Código | Nombre | Servicio | Grupo | Área | ACP | Vigencia | Peso
    DGRB | Dirección General de Relaciones Bilaterales | Servicio Central | Direcciones | VRE | '1.1 | vigente | {}
"""
ONE_OF_TWO = AREAS_WEIGHED.format(100) + "\nADM | Administración | Servicio Central |"


def modified(row: str) -> dict[str, str | None]:
    """An entity whose sheet Modificaciones has this row."""
    return {"Modificaciones": f"Resolución | Fecha | Desde el mes | Tipo | Unidad | Operación | Tarea | Detalle\n{row}"}


def reported(row: str) -> dict[str, str | None]:
    """An entity whose sheet Textos_informe has this row."""
    return {"Textos_informe": f"Sección | Texto\n{row}"}


ENTITY_CASES: list[Case] = [
    ("an area of too much weight", {**BY_WEIGHTS, "Areas": AREAS_WEIGHED.format(130)}, {("ARE-003", at("Areas", "Peso"))}),
    ("an ACP of a negative weight", {**BY_WEIGHTS, "ACP": ACPS_WEIGHED.format(-1)}, {("ACP-004", at("ACP", "Peso"))}),
    ("a unit of too much weight", {**BY_WEIGHTS, "Unidades": UNITS_WEIGHED.format(101)}, {("UND-011", at("Unidades", "Peso"))}),
    ("one weight of two", {**BY_WEIGHTS, "Areas": ONE_OF_TWO}, {("PES-001", at("Areas", "Peso", 2))}),
    ("weights that are no whole", {**BY_WEIGHTS, "Areas": AREAS_WEIGHED.format(60)}, {("PES-002", at("Areas", "Peso"))}),
    ("weights that nobody uses", {"Areas": AREAS_WEIGHED.format(100)}, {("PES-003", at("Areas", "Peso"))}),
    ("a parameter without value", entity_case("Parametros", "sigla |  |  | MDE", "sigla |  |  |"), {("PAR-001", at("Parametros", "Valor", 2))}),
    ("a template that does not exist", entity_case("Parametros", "plantilla |  |  | 3", "plantilla |  |  | 9"), {("PAR-014", at("Parametros", "Valor", 5))}),
    ("a name without its plural", {**with_line(ENTITY, "Parametros", "nombre_area |  |  | Secretaría")}, {("PAR-015", at("Parametros", "Valor", 20))}),
    ("a threshold of a fifth quarter", {**with_line(ENTITY, "Parametros", "otro |  | 5 | 1")}, {("PAR-002", at("Parametros", "Trimestre", 20))}),
    ("a parameter twice", {**with_line(ENTITY, "Parametros", "sigla |  |  | OTRA")}, {("PAR-003", at("Parametros", "Parámetro", 20))}),
    ("a missing parameter", entity_case("Parametros", "sigla |  |  | MDE\n", ""), {("PAR-004", at("Parametros"))}),
    ("a threshold in words", entity_case("Parametros", "|  | 51", "|  | medio"), {("PAR-005", at("Parametros", "Valor", 10))}),
    ("thresholds that rise", entity_case("Parametros", "|  | 51", "|  | 80"), {("PAR-006", at("Parametros", "Valor", 10))}),
    ("criteria that rise", entity_case("Parametros", "| 2 | 33", "| 2 | 50"), {("PAR-006", at("Parametros", "Valor", 17))}),
    ("a gestion of long ago", entity_case("Parametros", "gestion |  |  | 2024", "gestion |  |  | 202"),
     {("PAR-008", at("Parametros", "Valor", 4))}),
    ("a threshold above all", entity_case("Parametros", "|  | 100", "|  | 150"), {("PAR-008", at("Parametros", "Valor", 8))}),
    ("thresholds of two versions", entity_case("Parametros", "semaforo.bueno | '2024", "semaforo.bueno | '2025"),
     {("PAR-009", at("Parametros", "Valor", 10))}),
    ("a threshold in two versions", {**with_line(ENTITY, "Parametros", "semaforo.bueno | '2025 |  | 55")},
     {("PAR-003", at("Parametros", "Parámetro", 20)), ("PAR-009", at("Parametros", "Valor", 20))}),
    ("an unknown method", entity_case("Parametros", "| media", "| mediana"), {("PAR-007", at("Parametros", "Valor", 6))}),
    ("a parameter of ours that is none", {**with_line(ENTITY, "Parametros", "telefono |  |  | 2408900")},
     {("PAR-010", at("Parametros", "Parámetro", 20))}),
    ("a threshold that does not exist", {**with_line(ENTITY, "Parametros", "semaforo.malo | '2024 |  | 5")},
     {("PAR-011", at("Parametros", "Parámetro", 20))}),
    ("a threshold as a fraction", entity_case("Parametros", "|  | 51", "|  | 0.51"), {("PAR-012", at("Parametros", "Valor", 10))}),
    ("a lowest threshold of nothing", entity_case("Parametros", "semaforo.regular | '2024 |  | 9", "semaforo.regular | '2024 |  | 0"),
     {("PAR-013", at("Parametros", "Valor", 11))}),
    ("an area without name", entity_case("Areas", "Relaciones Exteriores", ""), {("ARE-001", at("Areas", "Nombre"))}),
    ("an area twice", {**with_line(ENTITY, "Areas", "VRE | Otra | Servicio Central")}, {("ARE-002", at("Areas", "Área", 2))}),
    ("an ACP without AMP", entity_case("ACP", "| '1 |", "|  |"), {("ACP-001", at("ACP", "AMP"))}),
    ("an ACP twice", {**with_line(ENTITY, "ACP", "'1.1 | '1 | Otra | VRE")}, {("ACP-002", at("ACP", "ACP", 2))}),
    ("an ACP of an unknown area", entity_case("ACP", "VRE", "ZZZ"), {("ACP-003", at("ACP", "Área responsable"))}),
    ("a unit without group where another has one",
     {**with_line(ENTITY, "Unidades", "UT | Otra | Servicio Central |  | VRE | '1.1 | vigente")}, {("UND-001", at("Unidades", "Grupo", 2))}),
    ("no unit with a group", entity_case("Unidades", "Direcciones", ""), set()),
    ("a unit twice", {**with_line(ENTITY, "Unidades", "DGRB | Otra | Servicio Central | D | VRE | '1.1 | vigente")},
     {("UND-002", at("Unidades", "Código", 2))}),
    ("a code that is no file name", {**with_line(ENTITY, "Unidades", "A/B | Otra | Servicio Central | D | VRE | '1.1 | vigente")},
     {("UND-003", at("Unidades", "Código", 2))}),
    ("a code that Windows keeps", {**with_line(ENTITY, "Unidades", "NUL | Otra | Servicio Central | D | VRE | '1.1 | vigente")},
     {("UND-008", at("Unidades", "Código", 2))}),
    ("a code too long", {**with_line(ENTITY, "Unidades", f"{'A' * 65} | Otra | Servicio Central | D | VRE | '1.1 | vigente")},
     {("UND-009", at("Unidades", "Código", 2))}),
    ("an unknown vigencia", {**with_line(ENTITY, "Unidades", "OTRA | Otra | Servicio Central | D | VRE | '1.1 | tal vez")},
     {("UND-004", at("Unidades", "Vigencia", 2))}),
    ("a unit of an unknown area", {**with_line(ENTITY, "Unidades", "OTRA | Otra | Servicio Central | D | ZZZ | '1.1 | vigente")},
     {("UND-005", at("Unidades", "Área", 2))}),
    ("a unit of an unknown ACP", {**with_line(ENTITY, "Unidades", "OTRA | Otra | Servicio Central | D | VRE | '7 | vigente")},
     {("UND-006", at("Unidades", "ACP", 2))}),
    ("a unit of another service", {**with_line(ENTITY, "Unidades", "OTRA | Otra | Servicio Exterior | D | VRE | '1.1 | vigente")},
     {("UND-007", at("Unidades", "Servicio", 2))}),
    ("a total of units", {**with_line(ENTITY, "Unidades", "TOTAL | 1 |")}, {("UND-010", at("Unidades", "Código", 2))}),
    ("a category without programme", entity_case("Categorias", "Relaciones bilaterales", ""), {("CAT-001", at("Categorias", "Programa"))}),
    ("a category twice", {**with_line(ENTITY, "Categorias", "570 0 004 | Otra | DGRB |  | '1.1 | VRE | UE-2")},
     {("CAT-002", at("Categorias", "Categoría programática", 2))}),
    ("a category of an unknown unit", {**with_line(ENTITY, "Categorias", "1 | Otra | XXX |  | '1.1 | VRE | UE-2")},
     {("CAT-003", at("Categorias", "Unidad", 2))}),
    ("a category of an unknown group", {**with_line(ENTITY, "Categorias", "1 | Otra |  | Nadie | '1.1 | VRE | UE-2")},
     {("CAT-004", at("Categorias", "Grupos", 2))}),
    ("a category of nobody", {**with_line(ENTITY, "Categorias", "1 | Otra |  |  | '1.1 | VRE | UE-2")},
     {("CAT-005", at("Categorias", "Unidad", 2))}),
    ("a category of an unknown ACP", {**with_line(ENTITY, "Categorias", "1 | Otra | DGRB |  | '7 | VRE | UE-2")},
     {("CAT-006", at("Categorias", "ACP", 2))}),
    ("a category of an unknown area", {**with_line(ENTITY, "Categorias", "1 | Otra | DGRB |  | '1.1 | ZZZ | UE-2")},
     {("CAT-007", at("Categorias", "Área", 2))}),
    ("SIGEP without report", entity_case("Presupuesto_SIGEP", "570 0 004 | 6 | 1000 | 0 | Estado Aprobado", "570 0 004 | 6 | 1000 | 0 |"),
     {("SIG-001", at("Presupuesto_SIGEP", "Tipo de reporte", 6))}),
    ("a thirteenth month", {**with_line(ENTITY, "Presupuesto_SIGEP", "570 0 004 | 13 | 1 | 0 | E")}, {("SIG-002", at("Presupuesto_SIGEP", "Mes", 7))}),
    ("a negative vigente", {**with_line(ENTITY, "Presupuesto_SIGEP", "570 0 004 | 7 | -1 | 0 | E")}, {("SIG-003", at("Presupuesto_SIGEP", "Presupuesto vigente", 7))}),
    ("a month twice", {**with_line(ENTITY, "Presupuesto_SIGEP", "570 0 004 | 6 | 1 | 0 | E")}, {("SIG-004", at("Presupuesto_SIGEP", "Categoría programática", 7))}),
    ("SIGEP of an unknown category", {**with_line(ENTITY, "Presupuesto_SIGEP", "9 | 7 | 1 | 0 | E")}, {("SIG-005", at("Presupuesto_SIGEP", "Categoría programática", 7))}),
    ("a category without figures", {**with_line(ENTITY, "Categorias", "1 | Otra | DGRB |  | '1.1 | VRE | UE-2")},
     {("SIG-006", at("Categorias", "Categoría programática", 2))}),
    ("more accrued than in force", {**entity_case("Presupuesto_SIGEP", "| 4 | 1000 | 0", "| 4 | 1000 | 1000"), "Fuentes": NO_FUNDS},
     {("SIG-007", at("Presupuesto_SIGEP", "Devengado del mes", 4))}),
    ("an accumulated report", {**with_line(ENTITY, "Presupuesto_SIGEP", "570 0 004 | 7 | 1000 | 50 | E"),
     **entity_case("Presupuesto_SIGEP", "| 0 |", "| 40 |")}, {("SIG-008", at("Presupuesto_SIGEP", "Devengado del mes", 6))}),
    ("a third of a centavo", {**entity_case("Presupuesto_SIGEP", "10.5", "10.503"), "Fuentes": NO_FUNDS},
     {("SIG-009", at("Presupuesto_SIGEP", "Devengado del mes"))}),
    ("a vigente with two zeros more", entity_case("Presupuesto_SIGEP", "| 4 | 1000", "| 4 | 100000"),
     {("SIG-010", at("Presupuesto_SIGEP", "Presupuesto vigente", 4))}),
    ("a month of nobody", entity_case("Presupuesto_SIGEP", "570 0 004 | 4 | 1000 | 0 | Estado Aprobado", ""),
     {("SIG-011", at("Presupuesto_SIGEP"))}),
    ("a total of SIGEP", {**with_line(ENTITY, "Presupuesto_SIGEP", "TOTAL |  | 6000 | 10.5")}, {("SIG-012", at("Presupuesto_SIGEP", "Categoría programática", 7))}),
    ("a source without name", entity_case("Fuentes", "Tesoro General", ""), {("FUE-001", at("Fuentes", "Descripción"))}),
    ("a source in a fifth quarter", {**with_line(ENTITY, "Fuentes", "'11 | Otra | 5 | 1 | 1 | 1 | E")}, {("FUE-002", at("Fuentes", "Trimestre", 2))}),
    ("a negative source", {**with_line(ENTITY, "Fuentes", "'11 | Otra | 2 | -1 | 1 | 1 | E")}, {("FUE-003", at("Fuentes", "Presupuesto inicial", 2))}),
    ("a source twice", {**with_line(ENTITY, "Fuentes", "'10 | Otra | 2 | 1 | 1 | 1 | E")}, {("FUE-004", at("Fuentes", "Fuente", 2))}),
    ("sources that do not add up", entity_case("Fuentes", "| 1000 | 10.5", "| 900 | 10.5"), {("FUE-005", at("Fuentes", "Presupuesto vigente"))}),
    ("a source that executed too much", entity_case("Fuentes", "| 1000 | 1000 | 10.5", "| 1000 | 1000 | 1010.5"),
     {("FUE-006", at("Fuentes", "Ejecutado"))}),
    ("a tenth of a centavo", entity_case("Fuentes", "| 2 | 1000 |", "| 2 | 1000.001 |"), {("FUE-007", at("Fuentes", "Presupuesto inicial"))}),
    ("a total of sources", {**with_line(ENTITY, "Fuentes", "TOTAL |  |  | 1000 | 1000 | 10.5")}, {("FUE-008", at("Fuentes", "Fuente", 2))}),
    ("a total of goals", {**with_line(ENTITY, "Metas_SIGEP", "TOTAL |  | 10 | 9")}, {("MET-008", at("Metas_SIGEP", "ACP", 2))}),
    ("a goal without programme", entity_case("Metas_SIGEP", "| 10 |", "|  |"), {("MET-001", at("Metas_SIGEP", "Programado"))}),
    ("a goal in a fifth quarter", entity_case("Metas_SIGEP", "| 2 |", "| 5 |"), {("MET-002", at("Metas_SIGEP", "Trimestre"))}),
    ("a goal in words", entity_case("Metas_SIGEP", "| 10 |", "| diez |"), {("MET-003", at("Metas_SIGEP", "Programado"))}),
    ("a negative achievement", entity_case("Metas_SIGEP", "| 9", "| -9"), {("MET-004", at("Metas_SIGEP", "Ejecutado"))}),
    ("a goal twice", {**with_line(ENTITY, "Metas_SIGEP", "'1.1 | 2 | 1 | 1")}, {("MET-005", at("Metas_SIGEP", "ACP", 2))}),
    ("a goal without execution", entity_case("Metas_SIGEP", "| 10 | 9", "| 10 | "), {("MET-007", at("Metas_SIGEP", "Ejecutado"))}),
    ("a goal without unit of measure", {**with_line(ENTITY, "ACP", "'2.1 | '2 | Otra | VRE"), "Metas_SIGEP":
     "ACP | Trimestre | Programado | Ejecutado | Unidad de medida\n'1.1 | 2 | 10 | 9 | \n'2.1 | 2 | 5 | 5 | informes"},
     {("MET-009", at("Metas_SIGEP", "Unidad de medida"))}),
    ("a goal of an unknown ACP", {**with_line(ENTITY, "Metas_SIGEP", "'7 | 2 | 1 | 1")}, {("MET-006", at("Metas_SIGEP", "ACP", 2))}),
    ("history without value", entity_case("Historico", "91.25", ""), {("HIS-001", at("Historico", "Valor"))}),
    ("history of an unknown table", entity_case("Historico", "entidad |", "otro |"), {("HIS-002", at("Historico", "Cuadro"))}),
    ("history of an unknown period", entity_case("Historico", "| Gestión | MDE", "| 5T | MDE"), {("HIS-003", at("Historico", "Periodo"))}),
    ("history of an unknown figure", entity_case("Historico", "| avance |", "| nota |"), {("HIS-004", at("Historico", "Indicador"))}),
    ("history as a fraction", entity_case("Historico", "91.25", "0.9125"), {("HIS-006", at("Historico", "Valor"))}),
    ("a fraction of history", {**with_line(ENTITY, "Historico", "entidad | 2023 | Gestión | VRE | avance | 0.9 | x")},
     {("HIS-007", at("Historico", "Valor", 2))}),
    ("history of an unknown code", entity_case("Historico", "| MDE", "| MRE"), {("HIS-008", at("Historico", "Código"))}),
    ("history by quarter", entity_case("Historico", "| Gestión | MDE", "| 1T | MDE"), {("HIS-009", at("Historico", "Periodo"))}),
    ("a total of history", {**with_line(ENTITY, "Historico", "TOTAL |  |  |  |  | 91.25")}, {("HIS-010", at("Historico", "Cuadro", 2))}),
    ("a modification without a resolution", modified(" | d:2024-06-03 | 7 | reprogramación | DGRB | OP-01"),
     {("MOD-001", at("Modificaciones", "Resolución"))}),
    ("a modification of a thirteenth month", modified("RM 1 | d:2024-06-03 | 13 | reprogramación | DGRB | OP-01"),
     {("MOD-002", at("Modificaciones", "Desde el mes"))}),
    ("a modification of no kind", modified("RM 1 | d:2024-06-03 | 7 | cambio | DGRB | OP-01"), {("MOD-003", at("Modificaciones", "Tipo"))}),
    ("a modification of an unknown unit", modified("RM 1 | d:2024-06-03 | 7 | reprogramación | DGRB; ZZ | OP-01"),
     {("MOD-004", at("Modificaciones", "Unidad"))}),
    ("a modification of a task of no operation", modified("RM 1 | d:2024-06-03 | 7 | reprogramación | DGRB |  | Tarea 1"),
     {("MOD-005", at("Modificaciones", "Tarea"))}),
    ("a modification of another year", modified("RM 1 | d:2026-06-03 | 7 | reprogramación | DGRB | OP-01"), {("MOD-006", at("Modificaciones", "Fecha"))}),
    ("a norm that says nothing", {"Marco_legal": "Norma | Qué establece\nLey 1 | "}, {("INF-001", at("Marco_legal", "Qué establece"))}),
    ("a text of no section of the report", reported("Prólogo | Un párrafo."), {("INF-002", at("Textos_informe", "Sección"))}),
    ("a section without a text", reported("Alcance | "), {("INF-006", at("Textos_informe", "Texto"))}),
    ("a text with a figure of nobody", reported("Alcance | Es {{NADIE.avance.trimestre}} %."), {("INF-003", at("Textos_informe", "Texto"))}),
    ("a text with a figure of an entity without a name", {**entity_case("Parametros", "sigla |  |  | MDE", "sigla |  |  |"),
     **reported("Alcance | Es {{MDE.avance.trimestre}} %.")}, {("PAR-001", at("Parametros", "Valor", 2))}),
    ("a text with a figure in single braces", reported("Alcance | Es {MDE.avance.trimestre} %."), {("INF-004", at("Textos_informe", "Texto"))}),
    ("a text with other things in braces", reported("Alcance | {nota} {www.ejemplo.bo} {a.b.c} { }"), set()),
    ("a text with half a figure", reported("Alcance | Es {{MDE.avance.trimestre %."), {("INF-004", at("Textos_informe", "Texto"))}),
    ("texts with figures that there are", reported("Alcance | {{MDE.avance.anterior}}, {{unidad:DGRB.eficacia.t1}} y {{acp:1.1.vigente.acumulado}}"), set()),
    ("history twice", {**with_line(ENTITY, "Historico", "entidad | 2023 | Gestión | MDE | avance | 1 | x")}, {("HIS-005", at("Historico", "Cuadro", 2))}),
]  # fmt: skip


@pytest.mark.slow  # the units' mistakes take the same way, and stand for it among the quick ones
@pytest.mark.parametrize(("changed", "expected"), [c[1:] for c in ENTITY_CASES], ids=[c[0] for c in ENTITY_CASES])
def test_a_mistake_in_the_entity_workbook_is_found_at_its_cell(
    tmp_path: Path, changed: dict[str, str | None], expected: Expected
) -> None:
    assert entity_findings(tmp_path, **changed) == resolved(expected, tmp_path / "entidad.xlsx")


@pytest.mark.parametrize(
    "goals",
    [
        "'1.1 | 2 | Sin Prog. |",  # nothing to execute
        "'1.1 | 2 | 0 |",
        "'1.1 | 2 | 10 | 0",  # executed nothing
        "'1.1 | 2 | 10 | 9\n'1.1 | 3 | 10 |\n'1.1 | 4 | 12,5 |",  # of quarters to come
    ],
)
def test_a_goal_that_lacks_no_execution_raises_nothing(tmp_path: Path, goals: str) -> None:
    assert entity_findings(tmp_path, Metas_SIGEP=f"ACP | Trimestre | Programado | Ejecutado\n{goals}") == set()


@pytest.mark.parametrize(
    "goals",
    [
        "'1.1 | 1 | 7,5 |",  # of an earlier quarter
        "'1.1 | 3 | 10 |\n'2.1 | 3 | 4 | 4",  # another ACP reports that quarter
        "'1.1 | 3 | 10 |\n'2.1 | 4 | 4 | 0",  # or a later one
    ],
)
def test_a_goal_of_a_reported_quarter_wants_its_execution(tmp_path: Path, goals: str) -> None:
    acps = with_line(ENTITY, "ACP", "'2.1 | '2 | Otra | VRE")
    table = f"ACP | Trimestre | Programado | Ejecutado\n{goals}"
    found = entity_findings(tmp_path, **acps, Metas_SIGEP=table)
    assert found == resolved({("MET-007", at("Metas_SIGEP", "Ejecutado"))}, tmp_path / "entidad.xlsx")


@pytest.mark.parametrize(
    ("codes", "expected"),
    [
        (("OP-01", "Op-01", "oP-01"), {"Op-01", "oP-01"}),
        (("OP-CAMION", "OP-CAMIÓN"), {"OP-CAMIÓN"}),
        (("OP-Ñ", "op-ñ", "OP-N"), {"op-ñ", "OP-N"}),
        (("OP-1.1", "OP-11"), set()),
        (("OP-1", "OP-01"), set()),
        (("OP 01", "OP-01"), set()),
        (("A1", "B1", "A2"), set()),
    ],
)
def test_codes_that_only_case_or_accents_tell_apart_are_told(
    folder: Path, codes: tuple[str, ...], expected: set[str]
) -> None:
    text = "Código de operación | ACP | Operación\n" + "\n".join(f"{c} | '1.1 | {c}" for c in codes)
    rows = [f"{c} | A | T {n} | 2 | 1" for n, c in enumerate(codes)]
    found = unit_findings(folder, Operaciones=text, **tasks(TASK, *rows))
    assert found == where(folder, {("OPE-006", at("Operaciones", "Código de operación", code)) for code in expected})


def test_the_same_code_twice_is_one_finding_and_not_a_lookalike_too(folder: Path) -> None:
    text = (
        "Código de operación | ACP | Operación\nOP-01 | '1.1 | a\nOP-01 | '1.1 | b\nop-01 | '1.1 | c\nop-01 | '1.1 | d"
    )
    rows = ["OP-01 | A | T | 2 | 1", "op-01 | A | U | 2 | 1"]
    found = [f for f in unit_findings(folder, Operaciones=text, **tasks(TASK, *rows)) if f[0].startswith("OPE")]
    expected = [("OPE-002", 2), ("OPE-002", 4), ("OPE-006", 3)]
    assert set(found) == where(
        folder, {(code, at("Operaciones", "Código de operación", row)) for code, row in expected}
    )
    assert len(found) == len(expected)


_SPENT = "Categoría programática | Fuente | Presupuesto inicial | Presupuesto vigente | Dev. ene | Dev. feb | Dev. mar"


@pytest.mark.parametrize(
    ("vigente", "spent", "found"),
    [
        ("5", "5 | 0.01 |", True),  # a centavo: within the tolerance of the cuadre, and still more than there is
        ("5", "2.5 | 2.5 | 0.005", True),  # half a centavo rounds up
        ("0.3", "0.1 | 0.1 | 0.11", True),
        ("5", "5 | |", False),
        ("0.3", "0.1 | 0.1 | 0.1", False),  # in floats 0.30000000000000004
        ("5", "5 | 0.004 |", False),
        ("5", "6 | -1 |", False),
    ],
)
def test_nobody_accrues_a_centavo_more_than_the_budget_in_force(
    folder: Path, vigente: str, spent: str, found: bool
) -> None:
    codes = {
        c for c, _, _ in unit_findings(folder, **budget(f"570 0 004 | '10 | {vigente} | {vigente} | {spent}", _SPENT))
    }
    assert ("PRE-006" in codes) is found


def test_the_good_entity_workbook_has_no_finding(tmp_path: Path) -> None:
    assert entity_findings(tmp_path) == set()


@pytest.mark.parametrize(
    ("version", "method", "found"),
    [("2", "pesos", {"UNI-017"}), ("3", "pesos", set()), ("2", "media", set()), ("3", "media", set())],
)
def test_a_version_without_weights_is_told_where_the_entity_weighs(
    folder: Path, version: str, method: str, found: set[str]
) -> None:
    text_books.unit(folder / "DGRB.xlsx", **field("'3", f"'{version}"))
    entity = (
        with_line(ENTITY, "Parametros", "") if method == "media" else replaced(ENTITY, "Parametros", "media", method)
    )
    codes = {f.code for f in check_folder(folder, 2, **entity)}
    assert codes - {"COL-003", "CUA-001", "CUA-002"} == found


@pytest.mark.parametrize(("method", "found"), [("suma", {"TAR-022"}), ("tareas", set())])
def test_unlike_things_are_told_where_they_are_added_up(folder: Path, method: str, found: set[str]) -> None:
    unlike = tasks(f"{TASK} | Unidad de medida", "OP-01 | A | T | 2 | 1 | casas", "OP-01 | A | U | 2 | 1 | informes")
    text_books.unit(folder / "DGRB.xlsx", **unlike)
    entity = with_line(ENTITY, "Parametros", f"metodo_operacion |  |  | {method}")
    assert {f.code for f in check_folder(folder, 2, **entity)} - {"COL-003"} == found


def test_every_code_of_the_catalogue_is_raised_by_a_test() -> None:
    """Codes named in the cases above, and in the tests of this file that stand alone."""
    named = {code for _, _, expected in UNIT_CASES + ENTITY_CASES + test_own_bands.CASES for code, _ in expected}
    alone = {
        "CEL-020",  # test_covered_cells
        "COL-003",
        "HOJ-003",
        "HOJ-007",
        "HOJ-009",
        "ENT-004",
        "UNI-004",
        "UNI-008",
        "UNI-009",
        "UNI-013",
        "PRE-003",
        "ENT-001",
        "ENT-002",
        "ENT-003",
        "ENT-005",
        "ENT-006",
        "ENT-007",
        "ENT-009",
        "CEL-017",  # of number formats: test_format_marks
    }
    # Units that begin, end and follow one another: test_unit_existence.
    alone |= {"ENT-010", "ENT-011", *(f"EXI-00{n}" for n in range(1, 7)), *(f"UND-01{n}" for n in range(2, 9))}
    alone.add("INF-005")  # told where a report is written: test_report
    # Of what is compared with an approved plan or an earlier quarter: test_approved_plan.
    alone |= {code for code in messages.MESSAGES if code.startswith("PLA-")}
    # Of whole files: the corpus of bad files, what is set aside here, and what test_guards notes.
    files = {code for case in hostile.CASES for code in case.expected.replace("+", "").split() if code[:4] == "LIB-"}
    files |= {
        "LIB-003",
        "LIB-004",
        "LIB-005",
        "LIB-013",
        "LIB-014",
        "LIB-017",
        "LIB-018",
        "LIB-020",
        "LIB-021",
        "LIB-022",
    }
    assert named | alone | files == set(messages.MESSAGES) - messages.codes(messages.Trait.OF_NO_FILE)


@pytest.mark.parametrize("bad", [["DGRB.xlsx"], ["DGRB.xlsx", "VRE.xlsx"]], ids=["one", "both"])
def test_an_error_of_ours_about_a_file_is_a_finding_of_that_file_alone(
    folder: Path, bad: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("DGRB.xlsx", "VRE.xlsx"):
        text_books.unit(folder / name, Unidad=UNIT["Unidad"].replace("Jefa", f"Jefa de {name}"))
    check = unit_rules.check

    def failing(report: Report, context: unit_rules.Context) -> None:
        if report.book.file in bad and report.book.tables:
            raise IndexError(report.book.file)
        check(report, context)

    monkeypatch.setattr(unit_rules, "check", failing)
    found = check_folder(folder)
    assert [f.location.file for f in found if f.code == "LIB-016"] == bad
    assert {f.code for f in found if f.location.file in bad} == {"LIB-016"}
    (message,) = {messages.text(f) for f in found if f.code == "LIB-016"}
    assert "IndexError en test_findings.failing" in message


def test_an_error_of_ours_that_no_file_causes_is_not_hidden(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text_books.unit(folder / "DGRB.xlsx")
    text_books.unit(folder / "VRE.xlsx", Unidad=UNIT["Unidad"].replace("Jefa", "Directora"))

    def two_fail(books: list[object], sheet: object) -> object:
        if len(books) > 1:
            raise IndexError
        return batch(books, sheet)  # type: ignore[arg-type]

    batch = frames.batch
    monkeypatch.setattr(frames, "batch", two_fail)
    with pytest.raises(IndexError):
        check_folder(folder)
