"""The command `consolidate`: all workbooks of a quarter in the master workbook."""

import sys
import time
from contextlib import ExitStack
from functools import partial
from typing import TYPE_CHECKING

from poa_xl.cli import options, terminal
from poa_xl.cli.options import QUARTER, click, command

if TYPE_CHECKING:
    from poa_xl.api.evaluation import QuarterEvaluation, WrittenData
    from poa_xl.api.revision import Revision
    from poa_xl.api.targets import Target


@command()
@click.argument("carpeta", required=False, type=options.FOLDER, metavar="[CARPETA]")
@click.option("--campaign", "campana", type=click.Path(exists=True, file_okay=False), metavar="CAMPAÑA",
              help="En vez de CARPETA: lo vigente de cada unidad en una campaña.")  # fmt: skip
@options.entity
@click.option("--quarter", "trimestre", type=QUARTER, metavar="N",
              help="Trimestre (1 a 4); una campaña ya lo dice.")  # fmt: skip
@click.option("-o", "--output", "salida", required=True, type=click.Path(dir_okay=False), metavar="MAESTRO",
              help="Libro maestro que se escribe (.xlsx).")  # fmt: skip
@click.option("--parquet", "datos", type=click.Path(file_okay=False), metavar="DATOS",
              help="Escribe también los datos en la carpeta DATOS, como Parquet, para DuckDB y otros programas.",
              )  # fmt: skip
@click.option("--force", "forzar", is_flag=True,
              help="Reemplaza también un maestro más nuevo, o uno que alguien guardó después.")  # fmt: skip
@options.limits
@options.engine
def consolidate(
    carpeta: str | None,
    campana: str | None,
    entidad: str | None,
    trimestre: int | None,
    salida: str,
    datos: str | None,
    forzar: bool,
    limites: str | None,
    motor: str,
) -> None:
    """Reúne los libros en el libro maestro de evaluación.

    Toma los libros de CARPETA, o la versión vigente de cada unidad en una campaña. CARPETA, ENTIDAD, MAESTRO y DATOS
    pueden estar en un almacén de objetos, como s3://balde/carpeta. Las filas con errores quedan
    fuera y se listan en la hoja Observaciones. Si el maestro está abierto en una hoja de cálculo, el nuevo queda con
    otro nombre, que se dice.

    \b
    Ejemplo:
      poa-xl consolidate demo/entregas --quarter 2 -o demo/evaluacion.xlsx
      poa-xl consolidate --campaign campana-2T -o evaluacion-2T.xlsx
      poa-xl consolidate demo/entregas --quarter 2 -o demo/evaluacion.xlsx --parquet datos
    """
    if campana:
        if carpeta or entidad or trimestre:
            raise click.UsageError("Con --campaign no van CARPETA, --entity ni --quarter: los dice la campaña.")
        checked = partial(_of_campaign, campana, motor)
    elif carpeta and trimestre:
        checked = partial(_of_folder, carpeta, entidad, trimestre, motor)
    else:
        raise click.UsageError("Falta la opción --campaign, o CARPETA con --quarter.")
    from poa_xl import reading

    reading.start_workers(2)
    from poa_xl.api import targets

    start = time.perf_counter()
    target = targets.master(salida, forzar)
    with ExitStack() as private:
        if target.stored:
            private.callback(target.stored.close)
        found = checked(target, limites)
        if found.copies:
            private.callback(found.copies.close)
        code = _write(found, target, datos, start)
    sys.exit(code)


def _of_folder(
    folder: str, entidad: str | None, quarter: int, motor: str, target: "Target", limites: str | None
) -> "Revision":
    from dataclasses import replace

    from poa_xl import object_store
    from poa_xl.api import entities, limits, revision
    from poa_xl.cli import output

    bounds = limits.read(limites)
    copies = object_store.Copies(bounds)
    with copies.naming(), output.progress("Leyendo los libros") as progress:
        place = copies.path(folder)
        book = entities.find(copies.path(entidad) if entidad else None, [place], bounds)
        target.refuse_later((book.gestion, quarter))
        found = revision.check(place, book, quarter, limits=bounds, progress=progress, engine=motor)
    return replace(found, copies=copies)


def _of_campaign(folder: str, motor: str, target: "Target", limites: str | None) -> "Revision":
    from poa_xl.api import limits
    from poa_xl.api.campaign import Campaign
    from poa_xl.cli import output

    bounds, campana = limits.read(limites), Campaign(folder)
    settings = campana.settings
    target.refuse_later((settings.gestion, settings.trimestre))
    with output.progress("Leyendo los libros") as progress:
        return campana.check(limits=bounds, progress=progress, engine=motor)


def _write(found: "Revision", target: "Target", datos: str | None, start: float) -> int:
    """Evaluate what was accepted, write the master and say what came out."""
    from poa_xl.cli import output
    from poa_xl.messages.counts import total
    from poa_xl.messages.library import NO_BOOKS

    output.findings(found.findings)
    if not found.accepted:
        terminal.say(NO_BOOKS, err=True)
        return 1
    result = found.evaluate()
    written = result.write_master(target)
    _say_submissions(found)
    _say_figures(result)
    terminal.say(f"Observaciones: {total(found.errors, found.avisos)}; están en la hoja Observaciones.")
    output.entity_used(result.entidad.checked, found.copies)
    terminal.say(f"Libro maestro: {written.shown} ({time.perf_counter() - start:.1f} s)")
    output.second_name(written)
    if datos:
        _say_data(result.write_parquet(datos))
    return 1 if found.errors else 0


def _say_data(done: "WrittenData") -> None:
    from poa_xl.messages import parquet as words

    terminal.say(words.WRITTEN.format(carpeta=done.folder, tablas=len(done.rows), filas=sum(done.rows.values())))


def _say_submissions(found: "Revision") -> None:
    """Units in, out and missing."""
    from poa_xl.findings import SubmissionState
    from poa_xl.messages.campaign import WAITING_TOTAL
    from poa_xl.messages.counts import plural

    states = [s.estado for s in found.submissions]
    out, waiting = states.count(SubmissionState.REJECTED), states.count(SubmissionState.WAITING)
    line = f"Recibidos: {plural(len(found.submissions) - out - waiting, 'libro aceptado', 'libros aceptados')}"
    line += WAITING_TOTAL.format(n=waiting) if waiting else ""
    line += f", {plural(out, 'rechazado', 'rechazados')}"
    line += f", {plural(len(found.missing), 'unidad sin enviar', 'unidades sin enviar')}."
    terminal.say(line)


def _say_figures(done: "QuarterEvaluation") -> None:
    """Of how many units no figure comes; then avance, eficacia ponderada and ejecución of the entity."""
    from poa_xl import indicators
    from poa_xl.evaluation import ACUMULADO
    from poa_xl.messages import absence as words

    result = done.evaluacion
    if result.faltantes:
        terminal.say(words.total(done.without_information))
    band = result.semaforo(result.raiz, result.periodo.clave)
    rows = (
        ("Avance físico %", result.avance),
        ("Eficacia ponderada", result.eficacia),
        ("Ejecución financiera %", result.ejecucion),
    )
    terminal.say(f"{'':<24}{result.periodo.corto:>10}{'Acumulado':>12}")
    for name, figures in rows:
        quarter, whole = figures[result.raiz, result.periodo.clave], figures[result.raiz, ACUMULADO]
        terminal.say(f"{name:<24}{_points(quarter):>10}{_points(whole):>12}")
    terminal.say(f"Semáforo del trimestre: {band.evaluacion if band else indicators.MISSING}.")


def _points(value: float | None) -> str:
    from poa_xl import cells, indicators

    return indicators.MISSING if value is None else cells.number(indicators.round_half_up(value), 2)
