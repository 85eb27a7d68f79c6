"""The command that looks at a campaign: status. Each function returns its exit code."""

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

import click

from poa_xl.campaign import board, folder, integrity
from poa_xl.campaign.board import Fila, Tablero
from poa_xl.campaign.records import Entrega
from poa_xl.cli import board_files, printing, reminding
from poa_xl.messages import board as board_words
from poa_xl.messages import campaign as words
from poa_xl.messages.counting import plural

JSON_VERSION = 1
_COLOURS = {board.MISSING: "red", board.OUT: "red", board.IN_PART: "yellow"}


def status(
    carpeta: str,
    comprobar: bool,
    formato: str,
    hoy: dt.date,
    salidas: Sequence[str] = (),
    recordatorios: str | None = None,
    forzar: bool = False,
) -> int:
    """Show the board, and write what else is asked for; the reminders are those of the day `hoy`.

    With `comprobar` also say whether everything is still there: 1 where it is not.
    """
    wanted = board_files.wanted(salidas, forzar)
    with folder.opened(Path(carpeta)) as campana:
        problems = integrity.problems(campana) if comprobar else []
        kept = len(campana.ledger.rows(Entrega)) if comprobar else 0
        tablero = board.of(campana)
        written = board_files.write(tablero, wanted)
        reminded = reminding.write(campana, recordatorios, hoy) if recordatorios else None
    if formato == "json":
        document: dict[str, object] = {"version": JSON_VERSION, **asdict(tablero)}
        if salidas:
            document["tableros"] = [str(path) for path in written]
        if reminded:
            document["recordatorios"] = reminding.document(reminded)
        if comprobar:
            document["problemas"] = [{"clase": p.clase, "que": p.que, "mensaje": p.texto} for p in problems]
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return int(bool(problems))
    _print(tablero)
    for path in written:
        click.echo(printing.visible(board_words.WRITTEN.format(ruta=path)))
    if reminded and recordatorios:
        reminding.say(reminded, recordatorios)
    if comprobar:
        click.echo()
        for problem in problems:
            click.secho(printing.visible(problem.texto), fg="red")
        if not problems:
            click.echo(words.SOUND.format(n=kept))
    return int(bool(problems))


def _print(tablero: Tablero) -> None:
    limit = words.day(tablero.limite)
    click.echo(words.BOARD.format(entidad=tablero.entidad, periodo=words.quarter(tablero), limite=limit))
    width = max(map(len, (words.HEADINGS[0], *(f.unidad for f in tablero.filas)))) + 4
    for area in board.areas(tablero.filas):
        click.echo()
        name = printing.visible(f"{area.servicio}, {area.nombre}")
        click.secho(f"{name}: {_states(area.filas)}", bold=True)
        for grupo in area.grupos:
            click.echo(f"  {printing.visible(grupo.nombre)}: {_states(grupo.filas)}")
            for fila in grupo.filas:
                click.secho(printing.visible(_line(fila, width)), fg=_COLOURS.get(fila.estado))
    click.echo()
    units = plural(len(tablero.filas), "unidad", "unidades")
    click.echo(words.TOTALS.format(total=units, partes=_states(tablero.filas)))
    if tablero.sin_unidad:
        click.echo(words.UNKNOWN_SUBMISSIONS.format(n=len(tablero.sin_unidad), acuses=", ".join(tablero.sin_unidad)))
    _print_waivers(tablero)


def _line(fila: Fila, width: int) -> str:
    if not fila.cuando:
        return f"    {fila.unidad:<{width}}{words.STATES[fila.estado][0]}"
    late = f"  {words.IS_LATE}" if fila.tarde else ""
    after = f"  {words.LAST_REJECTED}" if fila.rechazada_despues else ""
    counts = words.counts(fila.errores, fila.avisos, fila.exceptuados)
    when = f"{words.day(fila.cuando)} {fila.cuando[11:16]}"
    state = words.STATES[fila.estado][0]
    return f"    {fila.unidad:<{width}}{state:<11} {when}  v{fila.version:<3} {fila.acuse}  {counts}{late}{after}"


def _states(filas: Iterable[Fila]) -> str:
    rows = list(filas)
    parts = [plural(n, *words.STATES[state]) for state, n in board.totals(rows).items() if n]
    late = sum(f.tarde for f in rows)
    return ", ".join([*parts, words.LATE_TOTAL.format(n=late)] if late else parts)


def _print_waivers(tablero: Tablero) -> None:
    if not tablero.excepciones:
        return
    click.echo(words.WAIVERS.format(n=len(tablero.excepciones)))
    for e in tablero.excepciones:
        place = " " + words.IN_CELL.format(hoja=e.hoja, celda=e.celda).strip() if e.celda else ""
        line = words.WAIVER.format(
            numero=e.numero, unidad=e.unidad, codigo=e.codigo, lugar=place, quien=e.quien,
            hasta=words.day(e.hasta), motivo=e.motivo,
        )  # fmt: skip
        click.echo(printing.visible(line))
