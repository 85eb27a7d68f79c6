"""What `migrate` says of each file: on the terminal, and for other programs."""

from collections.abc import Sequence
from dataclasses import replace

from poa_xl.api.entity_migration import MigratedEntity
from poa_xl.api.migration import MigratedFile, Migration
from poa_xl.cli import output, terminal
from poa_xl.cli.options import FAILURE
from poa_xl.messages import migration as words, refresh as refresh_words
from poa_xl.messages.counts import plural
from poa_xl.migration.report import ReportLine

JSON_VERSION = 1
_CELLS_SHOWN = 5
_SUMMED = words.SUMMED | refresh_words.SUMMED


def exit_code(one: MigratedFile) -> int:
    """0 where everything was carried, or there was nothing to carry."""
    if one.failure:
        return FAILURE
    if one.written:
        return int(one.lost)
    return int(not one.aside and not one.current)


def say(one: MigratedFile) -> None:
    """Print what became of a file, line by line; what every workbook has alike is left to `say_sums`."""
    if one.finding:
        output.findings([one.finding])
    _say_lines(one.name, [x for x in one.lines if x.kind not in _SUMMED])
    if not one.finding:
        terminal.say(_closing(one), fg="red" if exit_code(one) else None)


def _say_lines(name: str, lines: Sequence[ReportLine]) -> None:
    for line, more in _grouped(lines):
        rest = words.more(more[:_CELLS_SHOWN], len(more)) if more else ""
        place = "!".join(part for part in (line.sheet, line.cell) if part) + rest
        said = "  ".join(part for part in (name, place, line.outcome, _said(line)) if part)
        terminal.say(said, fg="red" if line.lost else None)


def _said(line: ReportLine) -> str:
    return f"{line.what} → {line.action}" if line.action else line.what


def say_entity(done: MigratedEntity) -> None:
    """Print what became of an entity's workbook."""
    if done.current:
        terminal.say(words.ENTITY_CURRENT.format(archivo=done.name))
        return
    _say_lines(done.name, done.lines)
    said = {"archivo": done.name, "ruta": done.written, "nuevo": ", ".join(done.added)}
    terminal.say(words.ENTITY_DONE.format(**said, celdas=words.carried(done.count)))
    if done.newer_version:
        terminal.say(words.ENTITY_VERSION.format(version=done.version, nueva=done.newer_version))
    if done.lost:
        terminal.say(words.ENTITY_LOSS, fg="red")


def entity_document(done: MigratedEntity) -> dict[str, object]:
    """The same for other programs."""
    return {
        "version": JSON_VERSION,
        "entidad": done.name,
        "escrito": str(done.written or ""),
        "celdas": done.count,
        "agregado": list(done.added),
        "informe": [_line(line) for line in done.lines],
    }


def _grouped(lines: Sequence[ReportLine]) -> list[tuple[ReportLine, list[str]]]:
    """Lines with the cells of others of their kind in the same sheet; what was lost stands alone."""
    groups: dict[object, list[ReportLine]] = {}
    for number, line in enumerate(lines):
        alone = number if line.lost or not line.cell or line.kind in refresh_words.SINGLE else ""
        groups.setdefault((line.kind, line.sheet, alone), []).append(line)
    return [(own[0], [line.cell for line in own[1:]]) for own in groups.values()]


def _closing(one: MigratedFile) -> str:
    ready = one.ready
    if one.command_why or ready is None:
        return one.command_why
    said = {"archivo": one.name, "unidad": ready.unidad.unidad}
    if ready.refreshed:
        nothing = refresh_words.NOTHING_IN_PLACE if ready.lines else refresh_words.NOTHING
        return (nothing if ready.current else refresh_words.DONE).format(
            **said, celdas=words.cells(ready.count), ruta=one.written
        )
    if ready.current:
        return words.NOTHING_TO_DO.format(**said, version=ready.version, gestion=ready.gestion)
    steps = refresh_words.REWRITTEN.format(version=one.version, gestion=one.gestion)
    steps = words.steps((ready.version, one.version), (str(ready.gestion), str(one.gestion))) or steps
    return words.DONE.format(**said, cambio=steps, celdas=words.carried(ready.count), ruta=one.written)


def say_sums(done: Sequence[MigratedFile]) -> None:
    """What repeats in every workbook, once for all of them; then the last lines."""
    sums: dict[object, ReportLine] = {}
    for line in (x for one in done for x in one.lines if x.kind in _SUMMED):
        key = (
            line.kind,
            line.new_sheet,
            line.found if line.kind in refresh_words.SUMMED else "",
            tuple(sorted(line.details.items())),
        )
        sums[key] = replace(line, count=line.count + (sums[key].count if key in sums else 0))
    if sums:
        terminal.say()
    for line in sums.values():
        terminal.say(f"{line.new_sheet}  {line.outcome}  {_said(line)}")
    current = sum(one.current for one in done)
    written = sum(one.written is not None for one in done)
    lossy = sum(one.lost for one in done)
    terminal.say()
    terminal.say(words.total(written, current, sum(not one.aside for one in done) - written - current))
    if lossy:
        terminal.say(words.WITH_LOSS.format(libros=plural(lossy, "libro tiene", "libros tienen")))


def document(done: Migration) -> dict[str, object]:
    """Everything for other programs."""
    return {
        "version": JSON_VERSION,
        "resumen": {
            "archivos": len(done.files),
            "pasados": sum(one.written is not None for one in done.files),
            "al_dia": sum(one.current for one in done.files),
            "con_perdida": sum(one.lost for one in done.files),
        },
        "libros": [_item(one) for one in done.files],
    }


def _item(one: MigratedFile) -> dict[str, object]:
    ready = one.ready
    said = output.observations([one.finding] if one.finding else [])
    return {
        "archivo": one.name,
        "unidad": ready.unidad.unidad if ready else "",
        "de": {"version": ready.version, "gestion": ready.gestion} if ready else None,
        "a": {"version": one.version, "gestion": one.gestion},
        "escrito": str(one.written) if one.written else "",
        "actualizado": one.refreshed,
        "celdas": ready.count if ready and one.written else 0,
        "motivo": "" if one.written or one.finding else _closing(one),
        "observaciones": said,
        "informe": [_line(line) for line in one.lines],
    }


def _line(line: ReportLine) -> dict[str, object]:
    return {
        "tipo": line.kind,
        "resultado": line.outcome,
        "hoja": line.sheet,
        "celda": line.cell,
        "hoja_nueva": line.new_sheet,
        "celda_nueva": line.new_cell,
        "celdas": line.count,
        "hallado": line.found,
        "mensaje": line.what,
        "accion": line.action,
    }
