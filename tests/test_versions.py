"""The versions of the template are data: what is wrong with them is said when they are loaded, and steps follow them."""

from pathlib import Path

import pytest
import yaml

from poa_xl import parameters, sheets
from poa_xl.errors import PoaError
from poa_xl.migration import versions
from poa_xl.migration.changes import ChangeError
from poa_xl.migration.versions import Versions
from tests import old_books, places, text_books
from tests.places import at

SHIPPED = sheets.resources.schemas_folder() / versions.FILE
# Two steps that never were, with every kind of change.
INVENTED = f"""
- version: "0"
  cambios: []
- version: "1"
  cambios:
    - {{cambio: hoja-renombrada, hoja: tareas, antes: Trabajos}}
    - {{cambio: columna-quitada, hoja: operaciones, columna: ponderacion, antes: Ponderación}}
    - {{cambio: columna-renombrada, hoja: tareas, columna: "programado_*", antes: P. *}}
    - {{cambio: columna-dividida, hoja: unidad, columna: quien, antes: Responsable y cargo, separador: ",", en: [responsable, cargo]}}
    - {{cambio: valores, hoja: unidad, columna: trimestre, antes: {{I: 1, II: 2}}}}
- version: "{parameters.TEMPLATE_VERSION}"
  cambios:
    - {{cambio: columna-nueva, hoja: unidad, columna: sello}}
    - {{cambio: columna-renombrada, hoja: tareas, columna: tarea, antes: Trabajo}}
    - {{cambio: columna-movida, hoja: tareas, columna: medio_verificacion, de: operaciones, por: operacion, antes: Prueba}}
"""


def with_steps(steps: str) -> Versions:
    """The versions of a text, and of the shipped file what passes to another gestión."""
    document = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))
    return versions.parse({**document, "versiones": yaml.safe_load(steps)})


def test_the_newest_version_is_that_of_a_new_template() -> None:
    assert versions.known().newest.version == parameters.TEMPLATE_VERSION
    assert {str(r["parametro"]): r["valor"] for r in parameters.default_rows()}[
        "version_plantilla"
    ] == parameters.TEMPLATE_VERSION


def test_a_file_that_ends_with_another_version_stops_the_program(monkeypatch: pytest.MonkeyPatch) -> None:
    said = f"termina en la versión {parameters.TEMPLATE_VERSION} y la plantilla es la siguiente"
    monkeypatch.setattr(versions, "TEMPLATE_VERSION", "siguiente")
    with pytest.raises(PoaError, match=said):
        versions.known.__wrapped__()


def test_the_first_version_had_no_seal_and_is_read_with_one_all_the_same() -> None:
    first, second, *since = versions.known().versions
    assert [c.cambio for c in second.cambios] == ["hoja-nueva", "hoja-nueva", "columna-nueva"]
    # The seal stands last, with what came later: a template of now may carry the old stamp.
    later = {
        c.columna for v in (second, *since) for c in v.cambios if (c.cambio, c.hoja) == ("columna-nueva", "unidad")
    }
    assert "sello" in later
    read, now = ([c.name for c in form.columns] for form in (first.sheets[0], sheets.unit_sheets()[0]))
    before = [name for name in now if name not in later]
    assert (read[: len(before)], set(read[len(before) :])) == (before, later)


def test_every_column_that_a_person_fills_in_has_its_word_on_another_gestion() -> None:
    classes = versions.known().classes
    for sheet in sheets.unit_sheets():
        if sheet.inputs:
            assert set(classes[sheet.key]) == {c.name for c in sheet.inputs}
    executed = [c for s in classes.values() for c, kind in s.items() if c.startswith(("ejecutado", "devengado"))]
    assert len(executed) == 24
    assert all(classes[key].get(c, "queda") == "queda" for key in classes for c in executed)


BAD = {
    "a column that is not there": ("{cambio: columna-nueva, hoja: unidad, columna: fax}", "«unidad» no tiene la columna «fax»"),
    "a sheet that is not there": ("{cambio: columna-nueva, hoja: personal, columna: x}", "no hay hoja «personal»"),
    "a new sheet that nobody writes": ("{cambio: hoja-nueva, hoja: Borrador}", "no hay hoja «Borrador»"),
    "a change of no kind": ("{cambio: columna-perdida, hoja: unidad}", "no se entiende el cambio"),
    "a change that lacks a part": ("{cambio: columna-renombrada, hoja: tareas, columna: tarea}", "lleva hoja, columna, antes"),
    "a change that says too much": ("{cambio: columna-nueva, hoja: tareas, columna: tarea, por: x}", "lleva hoja, columna"),
    "a number for a text": ("{cambio: columna-renombrada, hoja: tareas, columna: tarea, antes: 3}", "le toca un texto"),
    "no columns to split into": ("{cambio: columna-dividida, hoja: unidad, columna: q, antes: Q, separador: '-', en: []}", "le toca un texto"),
    "values that are no pairs": ("{cambio: valores, hoja: unidad, columna: trimestre, antes: I}", "«antes» debe decir"),
    "a title that another column has": ("{cambio: columna-renombrada, hoja: tareas, columna: tarea, antes: ACTIVIDAD}", "dos títulos serían iguales"),
    "a name that another sheet has": ("{cambio: hoja-renombrada, hoja: tareas, antes: Operaciones}", "dos hojas se llamarían igual"),
    "a column that was there all the time": ("{cambio: columna-quitada, hoja: tareas, columna: tarea, antes: Peso}", "ya tiene una columna «tarea»"),
    "a move from a form": ("{cambio: columna-movida, hoja: operaciones, columna: acp, de: unidad, por: acp}", "no se puede mover"),
    "a move without a common column": ("{cambio: columna-movida, hoja: tareas, columna: problemas, de: presupuesto, por: categoria}", "no tiene la columna «categoria»"),
}  # fmt: skip


@pytest.mark.parametrize(("line", "said"), BAD.values(), ids=BAD.keys())
def test_a_change_that_does_not_fit_the_schemas_is_refused_with_its_version(line: str, said: str) -> None:
    with pytest.raises(ChangeError) as error:
        with_steps(f'- {{version: "1", cambios: []}}\n- {{version: "2", cambios: [{line}]}}')
    assert said in str(error.value)
    assert "versión " in str(error.value)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[]", "no dice «versiones»"),
        ("versiones: []", "no dice «versiones»"),
        ("versiones: [{version: 1, cambios: []}]", "«version» entre comillas"),
        ('versiones: [{version: "1", cambios: []}, {version: "1", cambios: []}]', "está dos veces"),
        ('versiones: [{version: "1", cambios: []}]\notra_gestion: 1', "no dice «otra_gestion»"),
        ("versiones: {", "versiones.yaml no se puede usar"),
    ],
)
def test_a_file_of_another_form_is_refused_by_name(text: str, said: str, tmp_path: Path) -> None:
    path = tmp_path / "versiones.yaml"
    classes = yaml.safe_load(SHIPPED.read_text(encoding="utf-8"))["otra_gestion"]
    rest = (
        ""
        if "otra_gestion" in text or text in ("[]", "versiones: {")
        else "\n" + yaml.safe_dump({"otra_gestion": classes})
    )
    path.write_text(text + rest, encoding="utf-8")
    with pytest.raises(PoaError) as error:
        versions.load(path)
    assert str(error.value).startswith("versiones.yaml no se puede usar: ")
    assert said in str(error.value)


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("problemas, acciones]", "problemas]", "falta decir qué pasa con acciones"),
        ("problemas, acciones]", "problemas, acciones, tarea]", "«tarea» de «tareas» no existe o está dos veces"),
        ("problemas, acciones]", "problemas, acciones, fax]", "«fax» de «tareas» no existe"),
        ("  resultados:", "  otros:", "la hoja «resultados» lleva pasa, propuesta, queda"),
    ],
)
def test_what_passes_to_another_gestion_must_name_every_column_once(old: str, new: str, said: str) -> None:
    text = SHIPPED.read_text(encoding="utf-8")
    assert text.count(old) == 1
    with pytest.raises(ChangeError, match=said):
        versions.parse(yaml.safe_load(text.replace(old, new)))


# --- steps ------------------------------------------------------------------------------------------------

MONTHS = " | ".join(f"{stem} {mes}" for stem in ("P.", "Ejec.") for mes in sheets.MESES)
OLD = {
    **old_books.UNIT_1,
    "Unidad": old_books.UNIT_1["Unidad"]
    .replace("plantilla | '1", "plantilla | '0")
    .replace("reporta | 2", "reporta | II")
    .replace(
        "Responsable de la información | Ana Quispe\n        Cargo | Jefa", "Responsable y cargo | Ana Quispe, Jefa"
    ),
    "Operaciones": """
        Código de operación | ACP | Operación | Ponderación | Prueba
        OP-01 | '1.1 | Negociar acuerdos | 60 | Actas
        OP-02 | '1.1 | Otra | 40 | Notas
    """,
    "Trabajos": f"""
        solo
        Operación | Actividad | Trabajo | {MONTHS}
        OP-01 | Preparar | Redactar informes | 2 | | 3 | | | | | | | | | 7 | 1
        OP-01 | Preparar | Revisarlos | | 4 | | | | | | | | | | | 5
    """,
}
del OLD["Tareas"]


@pytest.mark.slow
def test_a_workbook_goes_two_versions_forward(tmp_path: Path) -> None:
    path = text_books.write(tmp_path / "DGRB.xlsx", OLD)
    new = tmp_path / "nuevo.xlsx"
    wanted = old_books.order(old_books.entity(tmp_path / "entidad.xlsx"), with_steps(INVENTED))
    ready = old_books.migrate(path, new, wanted)
    cells = old_books.typed(new)
    form = {
        "Versión de la plantilla": parameters.TEMPLATE_VERSION, "Trimestre que se reporta": 2.0, "Responsable de la información": "Ana Quispe",
        "Cargo": "Jefa", "Correo electrónico": "ana@ejemplo.bo",
    }  # fmt: skip
    assert {title: cells["Unidad", places.cell_of(new, at("Unidad", title))] for title in form} == form
    first = {
        "Operación": "OP-01",
        "Actividad": "Preparar",
        "Tarea": "Redactar informes",
        "Medio de verificación": "Actas",
    }
    second = {**first, "Tarea": "Revisarlos"}
    months = (
        {"Prog. ene": 2.0, "Prog. mar": 3.0, "Prog. dic": 7.0, "Ejec. ene": 1.0},
        {"Prog. feb": 4.0, "Ejec. ene": 5.0},
    )
    tasks = {
        places.cell_of(new, at("Tareas", title, row)): value
        for row, values in enumerate(({**first, **months[0]}, {**second, **months[1]}), start=1)
        for title, value in values.items()
    }
    assert {cell: value for (sheet, cell), value in cells.items() if sheet == "Tareas"} == tasks
    said = {(line.kind, line.sheet, line.cell, line.found, line.count) for line in ready.lines}
    assert said == {
        ("columna-quitada", "Operaciones", "D2", "", 2),
        ("sin-destino", "Operaciones", "E3", "Notas", 1),
        ("valor-renombrado", "Unidad", "B9", "II", 1),
    }
    assert ready.lost


@pytest.mark.slow
def test_what_cannot_be_split_stays_whole_and_is_said(tmp_path: Path) -> None:
    form = OLD["Unidad"].replace("Ana Quispe, Jefa", "Ana Quispe")
    path = text_books.write(tmp_path / "DGRB.xlsx", {**OLD, "Unidad": form})
    wanted = old_books.order(old_books.entity(tmp_path / "entidad.xlsx"), with_steps(INVENTED))
    ready = old_books.migrate(path, tmp_path / "nuevo.xlsx", wanted)
    place = places.cell_of(tmp_path / "nuevo.xlsx", at("Unidad", "Responsable de la información"))
    assert old_books.typed(tmp_path / "nuevo.xlsx")["Unidad", place] == "Ana Quispe"
    (line,) = [x for x in ready.lines if x.kind == "sin-dividir"]
    assert (line.cell, line.new_cell, line.lost) == ("B10", place, False)


@pytest.mark.slow
def test_several_values_for_one_row_are_put_together(tmp_path: Path) -> None:
    operations = OLD["Operaciones"].replace("OP-02 | '1.1 | Otra", "OP-01 | '1.1 | Otra")
    path = text_books.write(tmp_path / "DGRB.xlsx", {**OLD, "Operaciones": operations})
    wanted = old_books.order(old_books.entity(tmp_path / "entidad.xlsx"), with_steps(INVENTED))
    ready = old_books.migrate(path, tmp_path / "nuevo.xlsx", wanted)
    cells = old_books.typed(tmp_path / "nuevo.xlsx")
    proofs = (places.cell_of(tmp_path / "nuevo.xlsx", at("Tareas", "Medio de verificación", row)) for row in (1, 2))
    assert [cells["Tareas", place] for place in proofs] == ["Actas; Notas"] * 2
    assert [x.cell for x in ready.lines if x.kind == "juntados"] == ["E3", "E3"]


def test_a_workbook_is_known_by_the_stamp_that_stands_under_its_own_title(tmp_path: Path) -> None:
    """Version 1 called the stamp otherwise: only its own description finds it."""
    known = with_steps(
        '- {version: "1", cambios: []}\n- {version: "2", cambios: '
        "[{cambio: columna-renombrada, hoja: unidad, columna: version_plantilla, antes: Plantilla}]}"
    )
    form = old_books.UNIT_1["Unidad"].replace("Versión de la plantilla", "Plantilla")
    path = text_books.write(tmp_path / "DGRB.xlsx", {**old_books.UNIT_1, "Unidad": form})
    ready = old_books.migrate(path, tmp_path / "n.xlsx", old_books.order(old_books.entity(tmp_path / "e.xlsx"), known))
    assert (ready.version, ready.lines) == ("1", ())
