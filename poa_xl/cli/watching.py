"""The command that looks at a campaign: status. Each function returns its exit code."""

import itertools
import json
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

import click

from poa_xl.campaign import board, folder, integrity
from poa_xl.campaign.board import Fila, Tablero
from poa_xl.campaign.records import Entrega
from poa_xl.cli import printing
from poa_xl.messages import campaign as words
from poa_xl.messages.counting import plural

JSON_VERSION = 1
_COLOURS = {board.MISSING: "red", board.OUT: "red", board.IN_PART: "yellow"}


def status(carpeta: str, comprobar: bool, formato: str) -> int:
    """Show the board; with `comprobar` also whether everything is still there, 1 where it is not."""
    with folder.opened(Path(carpeta)) as campana:
        problems = integrity.problems(campana) if comprobar else []
        kept = len(campana.ledger.rows(Entrega)) if comprobar else 0
        tablero = board.of(campana)
    if formato == "json":
        document: dict[str, object] = {"version": JSON_VERSION, **asdict(tablero)}
        if comprobar:
            document["problemas"] = [{"clase": p.clase, "que": p.que, "mensaje": p.texto} for p in problems]
        click.echo(json.dumps(document, ensure_ascii=False, indent=2))
        return int(bool(problems))
    _print(tablero)
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
    for (servicio, area), in_area in itertools.groupby(tablero.filas, key=lambda f: (f.servicio, f.area)):
        rows = list(in_area)
        click.echo()
        click.secho(f"{servicio}, {area}: {_states(rows)}", bold=True)
        for grupo, in_group in itertools.groupby(rows, key=lambda f: f.grupo):
            members = list(in_group)
            click.echo(f"  {grupo}: {_states(members)}")
            for fila in members:
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
