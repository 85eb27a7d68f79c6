"""What the command migrate says of each file: on the terminal, and for other programs."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from poa_xl import messages
from poa_xl.cli import printing, terminal
from poa_xl.findings import Finding
from poa_xl.messages import Severity
from poa_xl.messages import migration as words
from poa_xl.messages.counts import plural
from poa_xl.migration.pipeline import Order, Ready
from poa_xl.migration.report import Line
from poa_xl.migration.source import NotMigratedError

JSON_VERSION = 1
FAILURE = 3
_CELLS_SHOWN = 5


@dataclass
class Outcome:
    """What became of a file: where the new workbook stands, or why there is none."""

    name: str
    ready: Ready | None = None
    written: Path | None = None
    refused: NotMigratedError | None = None
    finding: Finding | None = None
    failure: str = ""  # the program's own: a full disk, no permission

    @property
    def lines(self) -> Sequence[Line]:
        """The lines of its report."""
        return self.ready.lines if self.ready and self.written else ()

    @property
    def exit_code(self) -> int:
        """0 where everything was carried, or there was nothing to carry."""
        if self.failure:
            return FAILURE
        if self.written:
            return int(any(line.lost for line in self.lines))
        return int(not self.aside and not self.current)

    @property
    def aside(self) -> bool:
        """Whether it was no workbook to begin with: a temporary or hidden file."""
        return self.finding is not None and messages.severity(self.finding.code) is Severity.AVISO

    @property
    def current(self) -> bool:
        """Whether it was of this version and gestión already."""
        return self.ready is not None and self.ready.current


def show(outcome: Outcome, order: Order) -> None:
    """Print what became of a file, line by line; what every workbook has alike is left to `show_sums`."""
    if outcome.finding:
        printing.findings([outcome.finding])
    for line, more in _grouped([x for x in outcome.lines if x.kind not in words.SUMMED]):
        rest = words.more(more[:_CELLS_SHOWN], len(more)) if more else ""
        place = "!".join(part for part in (line.sheet, line.cell) if part) + rest
        said = "  ".join(part for part in (outcome.name, place, line.outcome, f"{line.what} → {line.action}") if part)
        terminal.say(said, fg="red" if line.lost else None)
    if not outcome.finding:
        terminal.say(_closing(outcome, order), fg="red" if outcome.exit_code else None)


def _grouped(lines: Sequence[Line]) -> list[tuple[Line, list[str]]]:
    """Lines with the cells of others of their kind in the same sheet; what was lost stands alone."""
    groups: dict[object, list[Line]] = {}
    for number, line in enumerate(lines):
        alone = number if line.lost or not line.cell else ""
        groups.setdefault((line.kind, line.sheet, alone), []).append(line)
    return [(own[0], [line.cell for line in own[1:]]) for own in groups.values()]


def _closing(outcome: Outcome, order: Order) -> str:
    ready = outcome.ready
    if outcome.failure:
        return words.FAILED.format(archivo=outcome.name, motivo=outcome.failure)
    if outcome.refused or ready is None:
        return words.NOT_DONE.format(archivo=outcome.name, **_why(outcome.refused))
    said = {"archivo": outcome.name, "unidad": ready.unidad.unidad}
    if ready.current:
        return words.NOTHING_TO_DO.format(**said, version=ready.version, gestion=ready.gestion)
    steps = words.steps(
        (ready.version, order.versions.newest.version), (str(ready.gestion), str(order.entidad.gestion))
    )
    return words.DONE.format(**said, cambio=steps, celdas=words.carried(ready.count), ruta=outcome.written)


def _why(refused: NotMigratedError | None) -> dict[str, str]:
    if refused is None:
        return {"que": "", "hacer": ""}
    what, action = words.REFUSED[refused.reason]
    said = {"hallado": refused.found, **refused.details}
    return {"que": what.format(**said), "hacer": action.format(**said)}


def show_sums(done: Sequence[Outcome]) -> None:
    """What repeats in every workbook, once for all of them; then the last lines."""
    sums: dict[object, Line] = {}
    for line in (x for one in done for x in one.lines if x.kind in words.SUMMED):
        key = (line.kind, line.new_sheet, tuple(sorted(line.details.items())))
        sums[key] = replace(line, count=line.count + (sums[key].count if key in sums else 0))
    if sums:
        terminal.say()
    for line in sums.values():
        terminal.say(f"{line.new_sheet}  {line.outcome}  {line.what} → {line.action}")
    current = sum(one.current for one in done)
    written = sum(one.written is not None for one in done)
    lossy = sum(any(line.lost for line in one.lines) for one in done)
    terminal.say()
    terminal.say(words.total(written, current, sum(not one.aside for one in done) - written - current))
    if lossy:
        terminal.say(words.WITH_LOSS.format(libros=plural(lossy, "libro tiene", "libros tienen")))


def document(done: Sequence[Outcome], order: Order) -> dict[str, object]:
    """Everything for other programs."""
    return {
        "version": JSON_VERSION,
        "resumen": {
            "archivos": len(done),
            "pasados": sum(one.written is not None for one in done),
            "al_dia": sum(one.current for one in done),
            "con_perdida": sum(any(line.lost for line in one.lines) for one in done),
        },
        "libros": [_item(one, order) for one in done],
    }


def _item(one: Outcome, order: Order) -> dict[str, object]:
    ready = one.ready
    said = printing.document([one.finding] if one.finding else [], [])["observaciones"]
    return {
        "archivo": one.name,
        "unidad": ready.unidad.unidad if ready else "",
        "de": {"version": ready.version, "gestion": ready.gestion} if ready else None,
        "a": {"version": order.versions.newest.version, "gestion": order.entidad.gestion},
        "escrito": str(one.written) if one.written else "",
        "celdas": ready.count if ready and one.written else 0,
        "motivo": "" if one.written or one.finding else _closing(one, order),
        "observaciones": said,
        "informe": [
            {
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
            for line in one.lines
        ],
    }
