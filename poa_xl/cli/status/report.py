"""What `status` says: the board by area and group, on the terminal and for other programs."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from poa_xl.api.ledger_check import LedgerCheck
from poa_xl.campaign import board
from poa_xl.campaign.board import Tablero, UnitStatus
from poa_xl.checking import row_keys
from poa_xl.cli import terminal
from poa_xl.cli.status import ledger, reminders
from poa_xl.messages import board as board_words, campaign as words, ledger as ledger_words
from poa_xl.messages.counts import plural
from poa_xl.writers.reminders import Resultado

JSON_VERSION = 1
_COLOURS = {board.MISSING: "red", board.OUT: "red", board.IN_PART: "yellow", board.WAITING: "yellow"}


@dataclass(frozen=True)
class Done:
    """What a run found and wrote. `comprobado` is None where nobody asked for it."""

    tablero: Tablero
    escritos: Sequence[Path]
    recordatorios: Resultado | None
    fallidos: Sequence[str]
    comprobado: LedgerCheck | None


def say_without_board(checked: LedgerCheck, formato: str) -> None:
    """What is wrong with a ledger that was changed so that it has no board."""
    if formato == "json":
        terminal.say_json({"version": JSON_VERSION, **ledger.document(checked)})
    else:
        ledger.say(checked)
        terminal.say(ledger_words.BOARD_FAILED, fg="red")


def document(done: Done) -> dict[str, object]:
    """Everything for other programs."""
    said: dict[str, object] = {"version": JSON_VERSION, **asdict(done.tablero)}
    if done.escritos:
        said["tableros"] = [str(path) for path in done.escritos]
    if done.recordatorios:
        said["recordatorios"] = reminders.document(done.recordatorios)
    if done.fallidos:
        said["no_escritos"] = done.fallidos
    if done.comprobado:
        said |= ledger.document(done.comprobado)
    return said


def say(done: Done, place: Path | None) -> None:
    """The board, then what was written, then what was checked."""
    _print(done.tablero)
    for path in done.escritos:
        terminal.say(board_words.WRITTEN.format(ruta=path))
    if done.recordatorios and place:
        reminders.say(done.recordatorios, place)
    if done.comprobado:
        terminal.say()
        ledger.say(done.comprobado)


def _print(tablero: Tablero) -> None:
    limit = words.day(tablero.limite)
    terminal.say(words.BOARD.format(entidad=tablero.entidad, periodo=words.quarter(tablero), limite=limit))
    terminal.say(board_words.compared(tablero.plan, tablero.anterior, tablero.trimestre))
    width = max(map(len, (words.HEADINGS[0], *(f.unidad for f in tablero.filas)))) + 4
    for area in board.areas(tablero.filas):
        terminal.say()
        name = ", ".join(part for part in (area.servicio, area.nombre) if part)
        terminal.say(f"{name}: {_states(area.filas)}", bold=True)
        for grupo in area.grupos:
            if grupo.nombre:
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
    if tablero.sin_libro:
        terminal.say(board_words.without_book(tablero.sin_libro), fg="yellow")
    _print_waivers(tablero)


def _line(fila: UnitStatus, width: int) -> str:
    if not fila.cuando:
        return f"    {fila.unidad:<{width}}{words.STATES[fila.estado][0]}"
    late = f"  {words.IS_LATE}" if fila.tarde else ""
    after = "".join(f"  {note}" for note in board_words.notes(fila))
    counts = words.counts(fila.errores, fila.avisos, fila.exceptuados)
    when = f"{words.day(fila.cuando)} {fila.cuando[11:16]}"
    state = words.STATES[fila.estado][0]
    return f"    {fila.unidad:<{width}}{state:<11} {when}  v{fila.version:<3} {fila.acuse}  {counts}{late}{after}"


def _states(filas: Iterable[UnitStatus]) -> str:
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
            cuando=words.day(e.cuando), hasta=words.day(e.hasta), motivo=e.motivo,
            caduca=words.LAPSED.format(porque=lapsed) if lapsed else "",
        )  # fmt: skip
        terminal.say(line)
