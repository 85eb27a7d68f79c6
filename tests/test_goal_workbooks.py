"""Unit workbooks with goals of every kind show, in every cell, what the evaluation of their rows gives."""

import random
from dataclasses import replace
from pathlib import Path

import pytest

from poa_xl import reading, sheets
from poa_xl.accepted_rows import ROW_TYPES, AcceptedRows
from poa_xl.entity import Entidad
from poa_xl.evaluation import evaluate
from poa_xl.evaluation.tree import unit_key
from poa_xl.indicators import AUMENTAR, DISMINUIR, NIVEL, TIPOS_DE_META, ULTIMO_VALOR
from poa_xl.sheets import MESES, TRIMESTRES
from poa_xl.writers.unit_workbook import values, workbook
from poa_xl.writers.unit_workbook.layout import FIRST_ROW
from tests import factories, gnumeric, test_master
from tests.libreoffice import LibreOffice, differences

KINDS = [*((tipo, AUMENTAR) for tipo in TIPOS_DE_META), (NIVEL, DISMINUIR), (ULTIMO_VALOR, DISMINUIR)]
UNIT = "DGAA"
Rows = list[dict[str, object]]
METHODS = [(operation, levels) for operation in ("suma", "tareas") for levels in ("media", "pesos")]


def drawn(seed: int) -> tuple[Rows, Rows]:
    """Operations and tasks: blanks that follow, goals of their own, weights of all, of some and of none."""
    rng = random.Random(seed)
    codes = ["OP-1", "op-1", "1.1", "1.10"][: rng.randint(1, 4)]
    shares = rng.choice(([None] * 4, [None] * 4, [40, 30, 20, 10], [40, None, 20, 10]))
    operations: Rows = []
    for code, share in zip(codes, shares, strict=False):
        tipo, sentido = rng.choice([(None, None), *KINDS])
        said = {
            "numero": "decimal",
            "tipo_meta": tipo,
            "sentido": sentido,
            "linea_base": rng.choice([None, 30]),
            "peso": share,
        }
        operations.append({"operacion": code, "acp": "1.1", "denominacion": f"Operación {code}", **said})
    tasks = [_task(rng, n, rng.choice(operations)) for n in range(rng.randint(1, 8))]
    for code in codes:
        own = [t for t in tasks if t["operacion"] == code]
        if rng.random() < 0.5:
            for task in own:
                task["peso"] = 100 / len(own)
    return operations, tasks


def _task(rng: random.Random, n: int, operation: dict[str, object]) -> dict[str, object]:
    row: dict[str, object] = {"operacion": operation["operacion"], "actividad": "A", "tarea": f"Tarea {n}"}
    tipo, sentido = rng.choice(KINDS)
    if rng.random() < 0.4:
        row |= {"tipo_meta": tipo, "sentido": sentido, "linea_base": rng.choice([None, 25])}
    kind = row.get("tipo_meta") or operation["tipo_meta"]
    for stem in ("programado", "ejecutado"):
        total = 0.0
        for month in MESES:
            value = rng.choice([None, 0, rng.randint(1, 40), rng.randint(1, 400) / 10])
            total += value or 0
            row[f"{stem}_{month}"] = total if value is not None and kind == "acumulada" else value
    return row


def entity(metodo_operacion: str, metodo: str) -> Entidad:
    return replace(factories.entidad(), metodo_operacion=metodo_operacion, metodo=metodo)


def light() -> tuple[Rows, Rows]:
    """An operation that has nothing in the first quarter but a task that weighs nothing; and one that has all it had."""
    operations: Rows = [{"operacion": c, "acp": "1.1", "denominacion": c, "tipo_meta": NIVEL} for c in ("OP-1", "OP-2")]
    tasks: Rows = [
        {"operacion": "OP-1", "actividad": "A", "tarea": "Uno", "peso": 0, "programado_ene": 4, "ejecutado_ene": 1},
        {"operacion": "OP-1", "actividad": "A", "tarea": "Dos", "peso": 100, "programado_abr": 4, "ejecutado_abr": 3},
        {"operacion": "OP-2", "actividad": "A", "tarea": "Tres", "programado_ene": 4, "ejecutado_ene": 4},
    ]
    return operations, tasks


def test_a_task_that_weighs_nothing_does_not_count_nor_does_its_operation_that_has_no_other() -> None:
    made = evaluate(entity("suma", "media"), accepted(*light()), 2)
    first, second = (o for o in made.operaciones if o.unidad == UNIT)
    assert [(first.avance[q], first.tareas[q]) for q in ("t1", "t2", "hasta_t2")] == [(None, 0), (75, 1), (75, 1)]
    assert (second.avance["t1"], second.tareas["t1"]) == (100, 1)
    assert [made.avance[unit_key(UNIT), q] for q in ("t1", "t2")] == [100, 75]


@pytest.mark.libreoffice
def test_libreoffice_leaves_out_what_weighs_nothing(tmp_path: Path, libreoffice: LibreOffice) -> None:
    entidad, (operations, tasks) = entity("suma", "media"), light()
    _write(tmp_path / "libro.xlsx", entidad, operations, tasks)
    master = test_master.write(tmp_path / "maestro.xlsx", 2, accepted(operations, tasks), entidad)
    for path in (tmp_path / "libro.xlsx", master):
        assert differences(libreoffice.recalculate(path)) == []


def written(path: Path, entidad: Entidad, seed: int, functions: workbook.FormulaKind = "native") -> tuple[Rows, Rows]:
    operations, tasks = drawn(seed)
    _write(path, entidad, operations, tasks, functions)
    return operations, tasks


def _write(
    path: Path, entidad: Entidad, operations: Rows, tasks: Rows, functions: workbook.FormulaKind = "native"
) -> None:
    unidad = entidad.by_code[UNIT]
    form = factories.unit_data(unidad, 4)["unidad"]
    data = {"unidad": form, "operaciones": operations, "tareas": tasks, "presupuesto": [], "resultados": []}
    workbook.write_unit_workbook(path, entidad, unidad, data, functions, spare_rows=2)


def accepted(operations: Rows, tasks: Rows) -> AcceptedRows:
    found = []
    for key, rows in (("operaciones", operations), ("tareas", tasks)):
        columns = {c.name: [row.get(c.name) for row in rows] for c in ROW_TYPES[key].sheet().inputs}
        found += ROW_TYPES[key].from_columns(UNIT, "libro.xlsx", key, range(1, len(rows) + 1), columns)  # type: ignore[arg-type]
    return AcceptedRows.collect(found)


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("seed", range(12))
def test_the_summary_shows_what_the_evaluation_gives(seed: int, method: tuple[str, str]) -> None:
    entidad, (operations, tasks) = entity(*method), drawn(seed)
    data = {"operaciones": operations, "tareas": tasks, "presupuesto": [], "resultados": []}
    made = evaluate(entidad, accepted(operations, tasks), 4)
    goals = workbook.GoalValues(entidad, operations, tasks)
    shown = {record["periodo"]: record for record in values.resumen(entidad, data, 4, goals)}
    for period, row in zip(values.PERIODOS, shown.values(), strict=True):
        if period.suffix:
            assert row["avance"] == pytest.approx(values.shown(made.avance[unit_key(UNIT), period.suffix]))
        else:
            quarter = TRIMESTRES[period.trimestre - 1]
            assert row["a_la_fecha"] == pytest.approx(values.shown(made.a_la_fecha[unit_key(UNIT), quarter]))
            assert row["cumplimiento"] == pytest.approx(values.shown(made.cumplimiento[unit_key(UNIT), quarter]))


@pytest.mark.libreoffice
@pytest.mark.parametrize("method", METHODS)
def test_libreoffice_recalculates_every_cell_of_workbooks_with_goals(
    method: tuple[str, str], tmp_path: Path, libreoffice: LibreOffice
) -> None:
    for seed in range(6):
        path = tmp_path / f"{seed}.xlsx"
        written(path, entity(*method), seed, "poa" if seed % 2 else "native")
        assert differences(libreoffice.recalculate(path)) == [], seed


@pytest.mark.slow
@pytest.mark.parametrize("method", METHODS)
def test_gnumeric_calculates_every_cell_of_workbooks_with_goals(method: tuple[str, str], tmp_path: Path) -> None:
    path = tmp_path / "libro.xlsx"
    for seed in range(3):
        written(path, entity(*method), seed)
        cells = gnumeric.recalculate(path, tmp_path)
        assert [cell for cell in cells if not cell.same] == [], seed


def test_a_workbook_with_goals_is_read_as_it_was_written(tmp_path: Path) -> None:
    operations, tasks = written(tmp_path / "DGAA.xlsx", entity("suma", "media"), 3)
    book = reading.read_book(tmp_path / "DGAA.xlsx", sheets.unit_sheets())
    for key, rows in (("operaciones", operations), ("tareas", tasks)):
        table = book.tables[key]
        assert table.rows == list(range(FIRST_ROW, FIRST_ROW + len(rows)))
        for column in table.sheet.inputs:
            assert table.values[column.name] == [row.get(column.name) for row in rows], column.name
