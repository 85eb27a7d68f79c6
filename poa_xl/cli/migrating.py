"""The command migrate: old workbooks, one after the other, into the template of now. It returns its exit code."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from poa_xl import atomic, reading
from poa_xl.cells import visible
from poa_xl.checking import unit_books
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.checking.unit_books import SentFile
from poa_xl.cli import entities, limiting, making, migrated, printing, terminal
from poa_xl.cli.migrated import Outcome
from poa_xl.entity import Entidad
from poa_xl.errors import PoaError
from poa_xl.findings import Finding, Location
from poa_xl.guards import RefusedError
from poa_xl.messages import migration as words
from poa_xl.migration import new_workbook, pipeline, versions
from poa_xl.migration.pipeline import NATIVE, XLWINGS, Order, Ready
from poa_xl.migration.source import Given, NotMigratedError, as_finding
from poa_xl.migration.versions import Versions

_BOOKS = (".xlsx", ".xlsm")


@dataclass(frozen=True)
class Asked:
    """What the command line says, beside the files."""

    version: str
    entidad: str | None
    salida: str
    given: Given
    plan: bool
    schedule: bool
    functions: str | None
    limites: str | None


def migrate(archivos: Sequence[str], asked: Asked, formato: str) -> int:
    """Migrate files, and the workbooks of folders."""
    paths = [Path(a) for a in archivos]
    known = versions.known()
    target = _target(asked.version, known)
    limits = limiting.read(asked.limites)
    entity_path = entities.find(asked.entidad, paths, limits)
    files, aside = unit_books.files_of(paths, entity_path)
    if not files:
        raise click.UsageError(words.NO_BOOKS.format(ruta=", ".join(archivos)))
    checked, entidad = entities.usable(entity_path, limits)
    _refuse(asked, entidad, known, target, entity_path, len(files))
    order = Order(entidad, known, asked.given, asked.plan or asked.schedule, asked.schedule, limits)
    owners = _owners(files, order)
    done = [Outcome(f.location.file, finding=f) for f in aside]
    if formato == "text":
        printing.findings(aside)
    with printing.progress(words.PROGRESS, len(files)) as advance:
        for file in files:
            done.append(_of_entity(file, _one(file, order, asked, owners), checked))
            if formato == "text":
                migrated.show(done[-1], order)
            advance()
    if formato == "json":
        document = {**migrated.document(done, order), "entidad": entities.document(entity_path, checked.book.sha256)}
        terminal.say_json(document)
    else:
        terminal.say(entities.used(entity_path, checked.book.sha256))
        migrated.show_sums(done)
    return max(one.exit_code for one in done)


def _target(wanted: str, known: Versions) -> str:
    """The version to migrate to. Only the newest template can be written."""
    names, newest = ", ".join(known.names), known.newest.version
    found = known.find(wanted)
    if found is None:
        raise click.UsageError(words.UNKNOWN_TARGET.format(pedida=visible(wanted), versiones=names))
    if found != known.newest:
        raise click.UsageError(words.OLD_TARGET.format(pedida=found.version, nueva=newest, versiones=names))
    return newest


def _refuse(asked: Asked, entidad: Entidad, known: Versions, target: str, entity: Path, files: int) -> None:
    """UsageError for what cannot be asked together."""
    if known.find(entidad.version_plantilla) != known.newest:
        said = {"entidad": visible(entidad.version_plantilla), "pedida": target, "ruta": entity}
        raise click.UsageError(words.ENTITY_OTHER.format(**said))
    given = asked.given
    if given.version and known.find(given.version) is None:
        names = ", ".join(known.names)
        raise click.UsageError(words.UNKNOWN_FROM.format(pedida=visible(given.version), versiones=names))
    if given.unidad and given.unidad not in entidad.by_code:
        raise click.UsageError(words.UNKNOWN_UNIT.format(unidad=visible(given.unidad)))
    if given.unidad and files > 1:
        raise click.UsageError(words.ONE_UNIT)
    if files > 1 and _is_book(asked.salida):
        raise click.UsageError(words.NEEDS_FOLDER.format(ruta=asked.salida))


def _is_book(salida: str) -> bool:
    return Path(salida).suffix.lower() in _BOOKS


def _owners(files: Sequence[SentFile], order: Order) -> dict[str, list[str]]:
    """Unit -> the files that would give its new workbook. Which of several is the good one is not ours to say."""
    found: dict[str, list[str]] = {}
    for file in files if len(files) > 1 else ():
        found.setdefault(pipeline.unit_of(file.path, file.name, order), []).append(file.name)
    return found


def _one(file: SentFile, order: Order, asked: Asked, owners: Mapping[str, Sequence[str]]) -> Outcome:
    outcome = Outcome(file.name)
    try:
        ready = outcome.ready = pipeline.prepare(file.path, file.name, order)
        if not ready.current:
            same = owners.get(ready.unidad.unidad, ())
            if len(same) > 1:
                raise NotMigratedError("repetida", ", ".join(same), leido=ready.unidad.unidad)
            outcome.written = _written(ready, order, asked)
            outcome.ready = replace(ready, placed=())  # a hundred workbooks would fill the memory
    except RefusedError as error:
        outcome.finding = as_finding(outcome.name, error)
    except NotMigratedError as error:
        outcome.refused = error
    except PoaError as error:
        outcome.failure = str(error)
    return outcome


def _of_entity(file: SentFile, outcome: Outcome, checked: CheckedEntity) -> Outcome:
    """What became of a file; of an entity's workbook, that it is one: the one that is used, as a copy, or another."""
    if outcome.refused is None or outcome.refused.reason != NotMigratedError.ANOTHER_BOOK:
        return outcome
    there = reading.File(file.path, file.name)
    if not entities.is_entity(there):
        return outcome
    same = there.read(()).sha256 == checked.book.sha256
    return Outcome(file.name, finding=Finding("ENT-005" if same else "ENT-006", Location(file.name)))


def _written(ready: Ready, order: Order, asked: Asked) -> Path:
    kind = asked.functions or ready.functions
    suffix = ".xlsm" if kind == XLWINGS else ".xlsx"
    target = Path(asked.salida)
    if not _is_book(asked.salida):
        target = target / f"{ready.unidad.unidad}{suffix}"
    elif target.suffix.lower() != suffix:
        raise click.UsageError(words.SUFFIX.format(debe=suffix))
    if atomic.mark(target) is not None:
        raise NotMigratedError("existe", ruta=str(target))
    macros = making.excel_macros() if kind == XLWINGS else None
    return new_workbook.write(ready, target, order, "native" if kind == NATIVE else "poa", macros)
