"""The commands that read submissions: validate and consolidate. Each returns its exit code."""

import datetime as dt
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from poa_xl import catalogo, reading, sheets
from poa_xl.checking import entity_book
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.cli import annotating, entities, limiting, printing, targets, terminal
from poa_xl.entity import Entidad
from poa_xl.findings import Submission
from poa_xl.guards import Limits
from poa_xl.messages.entity import NOT_FOUND

if TYPE_CHECKING:
    from poa_xl.checking.unit_books import CheckedUnits


def validate(
    rutas: tuple[str, ...],
    entidad: str | None,
    trimestre: int | None,
    formato: str,
    limites: str | None = None,
    copias: str | None = None,
    reparar: bool = False,
) -> int:
    """Check the files, print what was found and, if asked for, write copies with it."""
    given, limits = [Path(r) for r in rutas], limiting.read(limites)
    order = annotating.order(copias, reparar, given, trimestre, limits)
    files = {p: reading.File(p, limits=limits) for p in given if p.is_file()}
    entity_path = _entity(given, files, entidad, limits)
    if entity_path is None:
        return _validate_alone(files[given[0]], given[0], trimestre, formato, order)
    checked = entity_book.check_entity(entity_path, limits)
    sent_in = [p for p in given if p.resolve() != entity_path.resolve()]
    found = list(checked.findings)
    sent: tuple[Submission, ...] = ()
    if checked.entidad and sent_in:
        from poa_xl.checking import unit_books

        with printing.progress("Revisando", _count(sent_in)) as advance:
            units = unit_books.check_units(sent_in, checked, checked.entidad, trimestre, advance, limits)
        found += units.findings
        sent = units.submissions
    errors, avisos = printing.count(found)
    if formato == "json":
        terminal.say_json(printing.document(found, sent, entities.document(entity_path, checked.book.sha256)))
    else:
        printing.findings(found)
        printing.submissions(sent)
        terminal.say()
        terminal.say(_closing(checked.book.file, bool(sent_in), len(sent), errors, avisos))
        if checked.book.sha256:
            terminal.say(entities.used(entity_path, checked.book.sha256))
        if sent_in and not checked.entidad:
            terminal.say("Los libros de las unidades no se revisaron: primero corrija el libro de la entidad.")
    if order:
        sources = annotating.sources(given, entity_path, checked, sent)
        annotating.write(order, sources, found, formato == "json")
    return 1 if errors else 0


def _entity(
    given: Sequence[Path], files: Mapping[Path, reading.File], named: str | None, limits: Limits
) -> Path | None:
    """The entity's workbook: the one named, one that is given to be checked, or the one at hand.

    None where a single workbook is given and there is none at hand. Beside submissions all candidates must be the same;
    who gives an entity's workbook alone wants that one checked.
    """
    if named:
        return Path(named)
    own = [p for p, file in files.items() if entities.is_entity(file)]
    found = entities.only(own if len(own) == len(given) else [*own, *entities.beside(given)], limits)
    if found is None and not (len(given) == 1 and given[0].is_file()):
        raise click.UsageError(NOT_FOUND)
    return found


def _validate_alone(
    file: reading.File, path: Path, trimestre: int | None, formato: str, order: annotating.Order | None
) -> int:
    """Check one workbook where no entity workbook is given or at hand, with the catalogue that it carries."""
    from poa_xl.checking import unit_books

    book, known = file.read(sheets.unit_sheets()), entities.carried_by(file)
    if known is None and book.tables:
        raise click.UsageError(NOT_FOUND)
    found, submission = unit_books.check_alone(book, known or catalogo.UNKNOWN, trimestre)
    errors, avisos = printing.count(found)
    if formato == "json":
        terminal.say_json(printing.document(found, [submission]))
    else:
        printing.findings(found)
        printing.submissions([submission])
        terminal.say()
        terminal.say(_closing(file.name, True, 1, errors, avisos))
        if known:
            terminal.say(f"Se revisó con el catálogo que trae el libro: {known.nombre}, gestión {known.gestion}.")
    if order:
        source = annotating.Source(path, file.name, Path(path.name), submission.sha256, known or catalogo.UNKNOWN)
        annotating.write(order, [source], found, formato == "json")
    return 1 if errors else 0


def _closing(entity_file: str, with_units: bool, files: int, errors: int, avisos: int) -> str:
    reviewed = printing.plural(files, "libro revisado", "libros revisados") if with_units else f"{entity_file} revisado"
    return f"{reviewed}: {printing.total(errors, avisos)}."


def _count(paths: Sequence[Path]) -> int:
    return sum(len(reading.list_files(p)[0]) for p in paths)


def consolidate(
    carpeta: str,
    entidad_path: str | None,
    trimestre: int,
    salida: str,
    limites: str | None = None,
    forzar: bool = False,
) -> int:
    """Merge a folder of submissions into the master workbook."""
    from poa_xl.checking import unit_books

    start = time.perf_counter()
    folder, limits = Path(carpeta), limiting.read(limites)
    target = targets.master(salida, forzar)
    checked, entidad = entities.usable(entities.find(entidad_path, [folder], limits), limits)
    target.refuse_later((entidad.gestion, trimestre))
    with printing.progress("Leyendo los libros", _count([folder])) as advance:
        units = unit_books.check_units([folder], checked, entidad, trimestre, advance, limits)
    return _write_master(target, checked, entidad, units, trimestre, start)


def consolidate_campaign(carpeta: str, salida: str, limites: str | None = None, forzar: bool = False) -> int:
    """Merge the submission in force of each unit of a campaign into the master workbook."""
    from poa_xl.campaign import folder
    from poa_xl.campaign import in_force as sources
    from poa_xl.checking import unit_books
    from poa_xl.messages.ledger import COVER_WITHOUT

    start = time.perf_counter()
    target, limits = targets.master(salida, forzar), limiting.read(limites)
    with folder.opened(Path(carpeta)) as campana:
        target.refuse_later((campana.ajuste.gestion, campana.ajuste.trimestre))
        with campana.ledger.reading():  # the head is that of the submissions that are taken
            head = sources.proven_head(campana) or COVER_WITHOUT
            found = sources.of(campana)
            paths, waivers = sources.paths(campana, found), sources.waivers(campana, found)
        checked, entidad, trimestre = campana.checked, campana.entidad, campana.ajuste.trimestre
    with printing.progress("Leyendo los libros", len(paths)) as advance:
        units = unit_books.check_units(
            paths,
            checked,
            entidad,
            trimestre,
            advance,
            limits,
            complete=True,
            waivers=waivers,
            days=sources.days(found),
        )
    sources.same(found, units.submissions)
    return _write_master(target, checked, entidad, units, trimestre, start, head)


def _write_master(
    target: targets.Target,
    checked: CheckedEntity,
    entidad: Entidad,
    units: "CheckedUnits",
    trimestre: int,
    start: float,
    registro: str = "",
) -> int:
    """Evaluate what was accepted, write the master and say what came out."""
    from poa_xl import evaluation
    from poa_xl.cli import summary
    from poa_xl.writers import master

    found = [*checked.findings, *units.findings]
    printing.findings(found)
    if not units.accepted:
        terminal.say("No hay ningún libro aceptado; no se escribió el libro maestro.", err=True)
        return 1
    result = evaluation.evaluate(entidad, units.accepted, trimestre)
    cut = quarter_end(entidad.gestion, trimestre)
    source = (checked.book.file, checked.book.sha256)
    with target.landing() as landing:
        master.write_master(
            landing.temporary, entidad, result, units.accepted, found, units.submissions, corte=cut, fuente=source,
            registro=registro,
        )  # fmt: skip
    summary.submissions(units)
    summary.without_information(units, result)
    summary.key_figures(result)
    errors, avisos = printing.count(found)
    terminal.say(f"Observaciones: {printing.total(errors, avisos)}; están en la hoja Observaciones.")
    terminal.say(entities.used(checked.path, checked.book.sha256))
    terminal.say(f"Libro maestro: {landing.landed} ({time.perf_counter() - start:.1f} s)")
    targets.say(landing)
    return 1 if errors else 0


def quarter_end(gestion: int, trimestre: int) -> dt.date:
    """The last day of a quarter."""
    after = dt.date(gestion + trimestre // 4, 3 * trimestre % 12 + 1, 1)
    return after - dt.timedelta(days=1)
