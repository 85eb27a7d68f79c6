"""The commands that read submissions: validate and consolidate. Each returns its exit code."""

import datetime as dt
import time
from collections.abc import Sequence
from pathlib import Path

import click

from poa_xl import catalogo, reading, sheets, workbook_xml
from poa_xl.checking import entity_book
from poa_xl.cli import entities, printing
from poa_xl.findings import Submission


def validate(rutas: tuple[str, ...], entidad: str | None, trimestre: int | None, formato: str) -> int:
    """Check the files and print what was found."""
    given = [Path(r) for r in rutas]
    own = [p for p in given if p.is_file() and entities.is_entity(p)]
    if len({p.resolve() for p in own}) > 1:
        raise click.UsageError("Se dio más de un libro de entidad; revíselos de uno en uno.")
    if not entidad and not own and len(given) == 1 and given[0].is_file() and not entities.beside(given):
        return _validate_alone(given[0], trimestre, formato)
    checked = entity_book.check_entity(entities.find(entidad or (str(own[0]) if own else None), given))
    files = [p for p in given if p not in own]
    found = list(checked.findings)
    sent: tuple[Submission, ...] = ()
    if checked.entidad and files:
        from poa_xl.checking import unit_books

        with printing.progress("Revisando", _count(files)) as advance:
            units = unit_books.check_units(files, checked, checked.entidad, trimestre, advance)
        found += units.findings
        sent = units.submissions
    errors, avisos = printing.count(found)
    if formato == "json":
        click.echo(printing.as_json(found, sent))
    else:
        printing.findings(found)
        printing.submissions(sent)
        click.echo(_closing(checked.book.file, bool(files), len(sent), errors, avisos))
        if files and not checked.entidad:
            click.echo("Los libros de las unidades no se revisaron: primero corrija el libro de la entidad.")
    return 1 if errors else 0


def _validate_alone(path: Path, trimestre: int | None, formato: str) -> int:
    """Check one workbook where no entity workbook is given or at hand, with the catalogue that it carries."""
    from poa_xl.checking import unit_books

    book, known = reading.read_book(path, sheets.unit_sheets()), entities.carried_by(path)
    if known is None and book.tables:
        raise click.UsageError(entities.NOT_FOUND)
    found, submission = unit_books.check_alone(book, known or catalogo.UNKNOWN, trimestre)
    errors, avisos = printing.count(found)
    if formato == "json":
        click.echo(printing.as_json(found, [submission]))
    else:
        printing.findings(found)
        printing.submissions([submission])
        click.echo(_closing(path.name, True, 1, errors, avisos))
        if known:
            click.echo(f"Se revisó con el catálogo que trae el libro: {known.nombre}, gestión {known.gestion}.")
    return 1 if errors else 0


def _closing(entity_file: str, with_units: bool, files: int, errors: int, avisos: int) -> str:
    reviewed = printing.plural(files, "libro revisado", "libros revisados") if with_units else f"{entity_file} revisado"
    return f"\n{reviewed}: {printing.total(errors, avisos)}."


def _count(paths: Sequence[Path]) -> int:
    return sum(len(reading.list_files(p)[0]) for p in paths)


def consolidate(carpeta: str, entidad_path: str | None, trimestre: int, salida: str) -> int:
    """Merge a folder of submissions into the master workbook."""
    from poa_xl import evaluation
    from poa_xl.checking import unit_books
    from poa_xl.cli import summary
    from poa_xl.writers import master

    start = time.perf_counter()
    folder, target = Path(carpeta), Path(salida)
    _refuse_target(target)
    checked, entidad = entities.usable(entities.find(entidad_path, [folder]))
    with printing.progress("Leyendo los libros", _count([folder])) as advance:
        units = unit_books.check_units([folder], checked, entidad, trimestre, advance)
    found = [*checked.findings, *units.findings]
    printing.findings(found)
    if not any(len(frame) for frame in units.frames.values()):
        click.echo("No hay ningún libro aceptado; no se escribió el libro maestro.", err=True)
        return 1
    result = evaluation.evaluate(entidad, units.frames, trimestre)
    cut = quarter_end(entidad.gestion, trimestre)
    source = (checked.book.file, checked.book.sha256)
    master.write_master(target, entidad, result, units.frames, found, units.submissions, corte=cut, fuente=source)
    summary.submissions(units)
    summary.key_figures(result)
    errors, avisos = printing.count(found)
    click.echo(f"Observaciones: {printing.total(errors, avisos)}; están en la hoja Observaciones.")
    click.echo(f"Libro maestro: {target} ({time.perf_counter() - start:.1f} s)")
    return 1 if errors else 0


def _refuse_target(target: Path) -> None:
    """A master may replace a master; never a workbook that somebody filled in."""
    if target.suffix.lower() != ".xlsx":
        raise click.UsageError(f"El libro maestro debe terminar en .xlsx: {target}")
    if target.exists() and not workbook_xml.is_master(target):
        raise click.UsageError(f"{target} ya existe y no es un libro maestro; no se reemplaza. Elija otro nombre.")


def quarter_end(gestion: int, trimestre: int) -> dt.date:
    """The last day of a quarter."""
    after = dt.date(gestion + trimestre // 4, 3 * trimestre % 12 + 1, 1)
    return after - dt.timedelta(days=1)
