"""The commands that write workbooks to fill in: init, template and demo."""

from pathlib import Path
from typing import TYPE_CHECKING, Literal

import click

from poa_xl import parameters
from poa_xl.cli import entities, printing, terminal
from poa_xl.errors import PoaError
from poa_xl.messages.entity import ENTITY_FILE

if TYPE_CHECKING:
    from poa_xl.writers.unit_workbook.macros import Macros

SUBMISSIONS = "entregas"
Funciones = Literal["poa", "native", "xlwings"]


def init(carpeta: str) -> None:
    """Write an empty entity workbook; never over an existing one."""
    from poa_xl.writers import entity_workbook

    target = Path(carpeta) / ENTITY_FILE
    _refuse_existing(target)
    entity_workbook.write_entity_workbook(target)
    terminal.say(f"Se creó {target}. Llene sus hojas y revíselo con: poa-xl validate {target}")


def template(
    entidad_path: str, carpeta: str, unidades: tuple[str, ...], funciones: Funciones, filas: int | None
) -> None:
    """Write the template of every unit, or of the units named."""
    from poa_xl.writers.unit_workbook import workbook as writer

    checked, entidad = entities.usable(Path(entidad_path))
    unknown = [code for code in unidades if code not in entidad.by_code]
    if unknown:
        raise click.UsageError(f"No están en el catálogo de unidades: {', '.join(unknown)}.")
    macros = excel_macros() if funciones == "xlwings" else None
    formulas: writer.Functions = "native" if funciones == "native" else "poa"
    written = writer.templates_for(entidad, Path(carpeta), unidades or None, formulas, filas, macros)
    done = printing.plural(len(written), "plantilla escrita", "plantillas escritas")
    terminal.say(f"{done} en {carpeta}.")
    terminal.say(entities.used(checked.path, checked.book.sha256))


def excel_project(sheets: int) -> bytes:
    """Our macros for a workbook with so many sheets."""
    from poa_xl.vba import project

    return project.of_workbook(sheets)


def excel_macros() -> "Macros":
    """What makes a template an .xlsm for desktop Excel."""
    from poa_xl import vba
    from poa_xl.messages import addins
    from poa_xl.vba import project
    from poa_xl.writers.unit_workbook.macros import Macros

    buttons = [(addins.say(caption), macro) for caption, macro in vba.MACROS.items()]
    return Macros(vba.EXTENSION, project.of_workbook, vba.SETTINGS_SHEET, vba.SETTINGS, buttons)


def demo(carpeta: str, trimestre: int, defectos: bool) -> None:
    """Write the sample entity and its filled workbooks."""
    from poa_xl import sample
    from poa_xl.writers import entity_workbook
    from poa_xl.writers.unit_workbook import workbook as writer

    folder = Path(carpeta)
    target, submissions = folder / ENTITY_FILE, folder / SUBMISSIONS
    _refuse_existing(target)
    if submissions.is_dir() and any(submissions.iterdir()):
        raise PoaError(f"La carpeta {submissions} ya tiene archivos. Elija otra carpeta.")
    entity_workbook.write_entity_workbook(target, entity_rows(trimestre))
    _, entidad = entities.usable(target)
    data = sample.unit_rows(trimestre)
    with printing.progress("Escribiendo los libros", len(entidad.vigentes)) as advance:
        for unidad in entidad.vigentes:
            path = submissions / f"{unidad.unidad}.xlsx"
            writer.write_unit_workbook(path, entidad, unidad, data[unidad.unidad])
            advance()
    terminal.say(f"Se escribieron {target} y {len(entidad.vigentes)} libros en {submissions}.")
    if defectos:
        from poa_xl.sample import defects

        planted = defects.plant(folder, trimestre)
        terminal.say(f"Se plantaron {len(planted)} defectos; la lista está en {folder / defects.LIST_FILE}.")


def entity_rows(trimestre: int) -> dict[str, list[dict[str, object]]]:
    """Rows of the sample's entity workbook: its facts and the published thresholds."""
    from poa_xl import sample

    rows: dict[str, list[dict[str, object]]] = {**sample.entity_rows(trimestre)}  # type: ignore[dict-item]
    facts = {str(r["parametro"]): str(r["valor"]) for r in rows["parametros"]}
    return {**rows, "parametros": parameters.default_rows(facts)}


def _refuse_existing(path: Path) -> None:
    if path.exists():
        raise PoaError(f"Ya existe {path}. No se reemplaza un libro que alguien puede haber llenado.")
