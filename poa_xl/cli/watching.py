"""The command that looks at a campaign: status. Each function returns its exit code."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from poa_xl.campaign import board, folder
from poa_xl.campaign.board import Fila, Tablero
from poa_xl.campaign.folder import Campana
from poa_xl.checking import row_keys
from poa_xl.cli import board_files, proof, reminding, terminal
from poa_xl.cli.proof import Comprobado
from poa_xl.errors import PoaError
from poa_xl.messages import board as board_words
from poa_xl.messages import campaign as words
from poa_xl.messages import ledger as ledger_words
from poa_xl.messages.counts import plural
from poa_xl.writers.reminders import Resultado

JSON_VERSION = 1
_FAILED_SHOWN = 3
_COLOURS = {board.MISSING: "red", board.OUT: "red", board.IN_PART: "yellow"}


@dataclass(frozen=True)
class _Hecho:
    """What a run found and wrote. `problemas` is None where nobody asked for them."""

    tablero: Tablero
    escritos: Sequence[Path]
    recordatorios: Resultado | None
    fallidos: Sequence[str]
    comprobado: Comprobado | None


def status(
    carpeta: str,
    comprobar: bool,
    formato: str,
    hoy: dt.date,
    salidas: Sequence[str] = (),
    recordatorios: str | None = None,
    forzar: bool = False,
    cabezas: Sequence[str] = (),
) -> int:
    """Show the board, and write what else is asked for; the reminders are those of the day `hoy`.

    With `comprobar` also say whether everything is still there, and whether these heads are of its chain: 1 where it is
    not. What could not be written is said last, as a PoaError: it hides nothing of the rest.
    """
    wanted, heads = board_files.wanted(salidas, forzar), proof.heads(cabezas, comprobar)
    with folder.opened(Path(carpeta)) as campana:
        checked = proof.check(campana, heads) if comprobar else None
        tablero = _board(campana, checked, formato)
        if tablero is None:
            return 1
        board_files.refuse_later(tablero, wanted)
        place = reminding.place(campana, recordatorios)
        written, failed = board_files.write(tablero, wanted)
        reminded = reminding.write(campana, place, hoy) if place else None
    failed += reminded.fallidos if reminded else ()
    done = _Hecho(tablero, written, reminded, failed, checked)
    if formato == "json":
        terminal.say_json(_document(done))
    else:
        _say(done, place)
    if failed:
        more = [board_words.MORE_FAILED.format(n=len(failed) - _FAILED_SHOWN)] if len(failed) > _FAILED_SHOWN else []
        raise PoaError("\n".join([*failed[:_FAILED_SHOWN], *more]))
    return int(bool(checked and checked.problemas))


def _board(campana: Campana, checked: Comprobado | None, formato: str) -> Tablero | None:
    """The board; None where the ledger was changed so that there is none, after saying what is wrong with it."""
    try:
        return board.of(campana)
    except (PoaError, LookupError, TypeError, ValueError):
        if checked is None or not checked.problemas:
            raise
    if formato == "json":
        terminal.say_json({"version": JSON_VERSION, **proof.document(checked)})
    else:
        proof.say(checked)
        terminal.say(ledger_words.BOARD_FAILED, fg="red")
    return None


def _document(done: _Hecho) -> dict[str, object]:
    document: dict[str, object] = {"version": JSON_VERSION, **asdict(done.tablero)}
    if done.escritos:
        document["tableros"] = [str(path) for path in done.escritos]
    if done.recordatorios:
        document["recordatorios"] = reminding.document(done.recordatorios)
    if done.fallidos:
        document["no_escritos"] = done.fallidos
    if done.comprobado:
        document |= proof.document(done.comprobado)
    return document


def _say(done: _Hecho, place: Path | None) -> None:
    _print(done.tablero)
    for path in done.escritos:
        terminal.say(board_words.WRITTEN.format(ruta=path))
    if done.recordatorios and place:
        reminding.say(done.recordatorios, place)
    if done.comprobado:
        terminal.say()
        proof.say(done.comprobado)


def _print(tablero: Tablero) -> None:
    limit = words.day(tablero.limite)
    terminal.say(words.BOARD.format(entidad=tablero.entidad, periodo=words.quarter(tablero), limite=limit))
    width = max(map(len, (words.HEADINGS[0], *(f.unidad for f in tablero.filas)))) + 4
    for area in board.areas(tablero.filas):
        terminal.say()
        name = f"{area.servicio}, {area.nombre}"
        terminal.say(f"{name}: {_states(area.filas)}", bold=True)
        for grupo in area.grupos:
            terminal.say(f"  {grupo.nombre}: {_states(grupo.filas)}")
            for fila in grupo.filas:
                terminal.say(_line(fila, width), fg=_COLOURS.get(fila.estado))
    terminal.say()
    units = plural(len(tablero.filas), "unidad", "unidades")
    terminal.say(words.TOTALS.format(total=units, partes=_states(tablero.filas)))
    if tablero.sin_unidad:
        terminal.say(words.UNKNOWN_SUBMISSIONS.format(n=len(tablero.sin_unidad), acuses=", ".join(tablero.sin_unidad)))
    if tablero.no_vigentes:
        others = board_words.receipts(tablero.no_vigentes)
        terminal.say(words.NOT_IN_FORCE.format(n=len(tablero.no_vigentes), acuses=others))
    _print_waivers(tablero)


def _line(fila: Fila, width: int) -> str:
    if not fila.cuando:
        return f"    {fila.unidad:<{width}}{words.STATES[fila.estado][0]}"
    late = f"  {words.IS_LATE}" if fila.tarde else ""
    after = "".join(f"  {note}" for note in board_words.notes(fila))
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
    terminal.say(words.WAIVERS.format(n=len(tablero.excepciones)))
    for e in tablero.excepciones:
        place = " " + words.IN_CELL.format(hoja=e.hoja, celda=e.celda).strip() if e.celda else ""
        told, lapsed = row_keys.told(e.fila), tablero.caducas.get(e.numero)
        place += words.WAIVER_ROW.format(fila=told) if told else ""
        line = words.WAIVER.format(
            numero=e.numero, unidad=e.unidad, codigo=e.codigo, lugar=place, quien=e.quien,
            hasta=words.day(e.hasta), motivo=e.motivo,
            caduca=words.LAPSED.format(porque=lapsed) if lapsed else "",
        )  # fmt: skip
        terminal.say(line)
