"""Where each figure of the page comes from, as the page holds it: steps by id; rows of tasks, files and rules once.

A step of a month ends at its operations, which name their rows: what is typed there stands with the tasks.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from poa_xl import sheets
from poa_xl.cells import Value
from poa_xl.explanation.sources import TASKS, DataRow, address
from poa_xl.explanation.step import RowOrigin, Step, bare
from poa_xl.explanation.trail import Trail
from poa_xl.figures import parse
from poa_xl.printable import visible
from poa_xl.sheets import MESES


class Trails:
    """The trails of some figures of a master, as plain values; `data` holds all that was asked for."""

    def __init__(self, trail: Trail) -> None:
        self._trail = trail
        self._steps: dict[str, dict[str, Any]] = {}
        self._rules: dict[str, int] = {}
        self._files: dict[tuple[str, str], int] = {}
        self._tasks: dict[int, int] = {}
        self._rows: list[list[Any]] = []

    def data(self, ids: Iterable[str]) -> Mapping[str, Any]:
        """All steps of these figures and of what they are made of; what the master does not have is left out."""
        pending = [id for id in ids if self._trail.has(id)]  # noqa: A001
        while pending:
            id = pending.pop()  # noqa: A001
            if id not in self._steps:
                pending += self._put(self._trail.step(id))
        return {
            "pasos": dict(sorted(self._steps.items())),
            "reglas": list(self._rules),
            "archivos": [[visible(name), sha256] for name, sha256 in self._files],
            "tareas": self._rows,
            "columnas": _columns(),
        }

    def _put(self, step: Step) -> list[str]:
        """Keeps a step; the ids of its parts."""
        said: dict[str, Any] = {"t": visible(step.title), "v": visible(step.shown), "r": self._rule(step.rule)}
        said["c"] = str(step.place) if step.place else ""
        self._steps[step.id] = said
        if step.origin:
            said["o"] = self._origin(step.origin)
        if step.extra:
            said["a"] = [visible(text) for text in step.extra]
        if step.notes:
            said["n"] = [[note.clase, note.codigo, visible(note.texto)] for note in step.notes]
        made_of = self._trail.task_rows(step.id)
        if made_of is None or parse(step.id).period not in MESES:
            said["s"] = visible(step.said)
        if made_of is not None:
            rows, due = made_of
            said["k"] = [[self._task(row) for row in rows], *due]
            return []
        said["p"] = [part.id or self._row(part) for part in step.parts]
        return [part.id for part in step.parts if part.id]

    def _row(self, step: Step) -> dict[str, Any]:
        """A part that is a row of a file, and no figure."""
        said: dict[str, Any] = {"t": visible(step.title), "v": visible(step.shown or step.said)}
        if step.origin:
            said["o"] = self._origin(step.origin)
        said["d"] = [[one.title, one.celda, _plain(one.value)] for one in step.typed]
        return said

    def _rule(self, text: str) -> int:
        return self._rules.setdefault(visible(text), len(self._rules))

    def _origin(self, origin: RowOrigin) -> list[object]:
        return [self._files.setdefault((origin.archivo, origin.sha256), len(self._files)), origin.hoja, origin.fila]

    def _task(self, row: DataRow) -> int:
        if row.number not in self._tasks:
            self._tasks[row.number] = len(self._rows)
            months = [
                [_plain(row.values.get(f"{side}_{month}")) for month in MESES] for side in ("programado", "ejecutado")
            ]
            self._rows.append([self._origin(row.origin), visible(row.text("tarea")), *months])
        return self._tasks[row.number]


def _plain(value: Value) -> str:
    return "" if value is None else visible(bare(value))


def _columns() -> list[list[list[str]]]:
    """Titles and letters of the months of a task: programme, execution."""
    sheet = sheets.sheet("unidad", TASKS)
    names = ([f"{side}_{month}" for month in MESES] for side in ("programado", "ejecutado"))
    return [[[sheet.column(name).title, address(sheet, name, 1).removesuffix("1")] for name in own] for own in names]
