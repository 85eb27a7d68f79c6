"""The master that was written against what it must show, cell by cell; and no formula of it left out."""

import datetime as dt
import re
import zipfile
from collections.abc import Iterator, Sequence
from fractions import Fraction
from functools import cache
from pathlib import Path

import python_calamine
from openpyxl.utils.cell import coordinate_to_tuple

from tests.independent import goals, lives
from tests.independent.campaign import MONTHS, Row
from tests.independent.figures import Exact, Figures, exact, nine_decimals, ratio
from tests.independent.tables import ANY, Table, Tables, Value, fig

Grid = list[list[object]]
Cell = tuple[str, int, int]  # sheet, row and column from 0
NEAR = Fraction(1, 10**9)
_OF_FILES = ("Entregas", "Observaciones")  # no figures: they tell of files
_FORMULA = re.compile(r'<c r="([A-Z]+\d+)"[^>]*><f>')


class Comparison:
    """Which cells were compared, and what was found otherwise."""

    def __init__(self, path: Path) -> None:
        with python_calamine.CalamineWorkbook.from_path(path) as book:
            self.grids: dict[str, Grid] = {
                n: book.get_sheet_by_name(n).to_python(skip_empty_area=False) for n in book.sheet_names
            }
        self.formulas = set(_formulas(path, list(self.grids)))
        self.compared: set[Cell] = set()
        self.figures = 0
        self.differences: list[str] = []
        self._next: dict[str, int] = {}

    def against(self, figures: Figures) -> "Comparison":
        """Compare every table and the data sheets, and name each formula that nothing was compared with."""
        for table in self._tables(figures):
            self._table(table)
        self._tasks(figures)
        self._operations(figures)
        self._goals(figures)
        self._delays(figures)
        self._page(figures)
        self._sigep(figures)
        self._budget(figures)
        left = [c for c in self.formulas - self.compared if c[0] not in _OF_FILES]
        self.differences += [f"{sheet}: a formula at row {row + 1}, column {col + 1} that nothing is said of"
                             for sheet, row, col in sorted(left)]  # fmt: skip
        return self

    # --- tables ---

    def _tables(self, figures: Figures) -> Iterator[Table]:
        return Tables(figures).all()

    def _sheet(self, start: str) -> str:
        if start in self.grids:
            return start
        (name,) = (n for n in self.grids if n.startswith(start))
        return name

    def _table(self, table: Table) -> None:
        sheet = self._sheet(table.start)
        grid, first = self.grids[sheet], self._next.get(sheet, 0)
        header = next((i for i in range(first, len(grid)) if _titled(grid[i], table.titles)), None)
        if header is None:
            self.differences.append(f"{sheet}: no table with the titles {table.titles}")
            return
        for number, row in enumerate(table.rows, start=header + 1):
            for col, value in enumerate(row):
                self._cell(sheet, number, col, value)
        after = header + 1 + len(table.rows)
        if after < len(grid) and any(v != "" for v in grid[after]):
            self.differences.append(f"{sheet}: a row {after + 1} more than expected: {grid[after]}")
        self._next[sheet] = after

    def _cell(self, sheet: str, row: int, col: int, expected: Value) -> None:
        grid = self.grids[sheet]
        found = grid[row][col] if row < len(grid) and col < len(grid[row]) else ""
        self.compared.add((sheet, row, col))
        if expected is ANY:
            return
        self.figures += not isinstance(expected, str | None) or expected == "n/a"
        if not agree(found, expected):
            shown = float(expected) if isinstance(expected, Fraction) else expected
            self.differences.append(f"{sheet} row {row + 1} column {col + 1}: {found!r}, must be {shown!r}")

    # --- data sheets: each row by the file and the row that it came from ---

    def _rows(self, sheet: str) -> Iterator[tuple[int, dict[str, int], list[object]]]:
        grid = self.grids[sheet]
        titles = {str(t): i for i, t in enumerate(grid[4])}
        for number, row in enumerate(grid[5:], start=5):
            if any(v != "" for v in row):
                yield number, titles, row

    def _tasks(self, f: Figures) -> None:
        firsts: dict[tuple[str, ...], int] = {}
        for number, at, row in self._rows("Datos_Tareas"):
            typed = f.campaign.units[str(row[at["Unidad"]])]["tareas"][int(str(row[at["Fila"]]).split(".")[0]) - 2]
            for stem, word in (("programado", "Prog."), ("ejecutado", "Ejec.")):
                for m in MONTHS:
                    self._cell("Datos_Tareas", number, at[f"{word} {m}"], exact(typed.get(f"{stem}_{m}")))
                for q in f.quarters:
                    value = sum((exact(typed.get(f"{stem}_{m}")) or 0 for m in q.months), Fraction(0))
                    self._cell("Datos_Tareas", number, at[f"{word} {q.short}"], value)
            for title, last in (*((f"Prog. al {q.short}", q.last) for q in f.quarters[1:]), ("Prog. del año", 12)):
                value = sum((exact(typed.get(f"programado_{m}")) or 0 for m in MONTHS[:last]), Fraction(0))
                self._cell("Datos_Tareas", number, at[title], value)
            key = (str(row[at["Unidad"]]), str(typed["operacion"]), str(typed["actividad"]))
            self._cell("Datos_Tareas", number, at["Actividad nueva"], 0 if key in firsts else 1)
            firsts.setdefault(key, number)
        counted = sum(len(t["tareas"]) for t in f.campaign.units.values())
        self._count("Datos_Tareas", counted)

    def _operations(self, f: Figures) -> None:
        for number, at, row in self._rows("Datos_Operaciones"):
            unit, name = str(row[at["Unidad"]]), str(row[at["Código de operación"]])
            self._cell("Datos_Operaciones", number, at["ACP"], f.operation_acp(unit, name))
            for p in (*f.months, *f.quarters):
                planned, done, tasks, raw = f.operation(unit, name, p)
                values = (fig(planned), fig(done), tasks, fig(raw), fig(limited(raw)))
                for word, value in zip(("prog.", "ejec.", "tareas", "% bruto", "% (máx. 100)"), values, strict=True):
                    self._cell("Datos_Operaciones", number, at[f"{p.short} {word}"], value)
            self._due(f, (unit, name), number, at)
        self._count("Datos_Operaciones", sum(len(f.operations(u)) for u in f.campaign.units))

    def _due(self, f: Figures, operation: tuple[str, str], number: int, at: dict[str, int]) -> None:
        """To date and of the year, at the end of each quarter."""
        for counted, reached, cuts in (("a la fecha", "A la fecha", f.dates), ("del año", "Cumplimiento", f.years_due)):
            for q, p in zip(f.quarters, cuts, strict=True):
                _, _, tasks, raw = f.operation(*operation, p)
                self._cell("Datos_Operaciones", number, at[f"Tareas {counted} {q.short}"], tasks)
                self._cell("Datos_Operaciones", number, at[f"{reached} {q.short}, bruto"], fig(raw))
                self._cell("Datos_Operaciones", number, at[f"{reached} {q.short}, % (máx. 100)"], fig(limited(raw)))

    def _goals(self, f: Figures) -> None:
        """Datos_Metas: the tasks whose operation is not their sum; without such an operation there is no such sheet."""
        wanted = {(u, o): f.tasks(u, o) for u in f.campaign.units for o in f.operations(u) if f.by_tasks(u, o)}
        if bool(wanted) != ("Datos_Metas" in self.grids):
            self.differences.append("Datos_Metas: there without need, or missing")
        if not wanted or "Datos_Metas" not in self.grids:
            return
        for number, at, row in self._rows("Datos_Metas"):
            unit = str(row[at["Unidad"]])
            typed = f.campaign.units[unit]["tareas"][int(float(str(row[at["Fila"]]))) - 2]
            key, goal = (unit, str(typed["operacion"])), f.task_goal(unit, typed)
            weight = f.task_weights(*key)[[r is typed for r in wanted[key]].index(True)]
            values: list[tuple[str, Value]] = [
                ("Operación", key[1]), ("Tarea", str(typed["tarea"])), ("Tipo de meta que vale", goal.kind),
                ("Sentido que vale", goal.sense), ("Línea base", goal.base), ("Peso", weight),
            ]  # fmt: skip
            due = [(p.titled("%"), p) for p in (*f.months, *f.quarters)]
            for word, cuts in (("a la fecha", f.dates), ("del año", f.years_due)):
                due += [(f"% {word} {q.short}", p) for q, p in zip(f.quarters, cuts, strict=True)]
            values += [(title, fig(f.task_points(unit, typed, p))) for title, p in due]
            for title, value in values:
                self._cell("Datos_Metas", number, at[title], value)
        self._count("Datos_Metas", sum(map(len, wanted.values())))

    # --- rows that were chosen: each by the unit and the operation that it names ---

    def _delays(self, f: Figures) -> None:
        sheet = "Operaciones con retraso"
        for number, at, row in self._rows(sheet) if len(self.grids[sheet]) > 5 else ():
            unit, name = str(row[at["Unidad"]]), str(row[at["Operación"]])
            (task,) = (t for t in f.tasks(unit, name) if t["tarea"] == row[at["Tarea"]])
            goal, by_tasks = f.task_goal(unit, task), f.by_tasks(unit, name)
            sums = [sum((v or 0 for v in own[: f.now.last]), Fraction(0)) for own in (goal.planned, goal.done)]
            of_goal = [goals.of_period(goal, p.first, p.last) for p in (f.now, f.dates[-1])]
            points = [None if v is None else goals.limited(v) if by_tasks else v for v in of_goal]
            state = _state(task, points[1], lives.last_day(f.now.last))
            self._cell(sheet, number, 2, fig(limited(f.operation(unit, name, f.now)[3])))
            for col, value in enumerate((*(sums if goal.kind == "suma" else (None, None)), *points), start=5):
                self._cell(sheet, number, col, fig(value))
            self._cell(sheet, number, 13, state)

    def _page(self, f: Figures) -> None:
        """The Resumen directivo below its key figures, which are a table of `Tables`."""
        tables, lost = Tables(f), Fraction(0)
        for kind, number, row in self._chosen():
            if kind == "Unidad que decide":
                code = str(row[1])
                share, avance = f.shares[code], f.unit_avance(code, f.now)
                whole = tables.root.avance(f.now)
                gap = None if share is None or avance is None else share * (100 - avance) / 100
                lost += gap or 0
                reached = None if whole is None else whole + lost
                below = sum(1 for o in f.operations(code) if _below(f.operation(code, o, f.now)[3]))
                self._line(number, 2, fig(avance), fig(gap), fig(f.band(avance)), reached, fig(f.band(reached)), below)
            elif kind == "Tarea que más le falta":
                unit, name = str(row[1]), str(row[2])
                reached = limited(f.operation(unit, name, f.now)[3])
                self._line(number, 0, ANY, ANY, ANY, fig(f.operation_gap(unit, name)), fig(reached), ANY, ANY, ANY, ANY)
            elif kind == "Nombre":
                own = [r for c in f.categories for r in f.reported(str(c["categoria"])).get(str(row[1]), ())]
                vigente = sum((exact(r["vigente"]) or Fraction(0) for r in own), Fraction(0))
                spent = ratio(sum((f.accrued(r) or Fraction(0) for r in own), Fraction(0)), vigente)
                avance = f.of_unit(str(row[1]), f.whole)
                self._line(number, 2, vigente, fig(spent), fig(f.level(spent)), fig(avance), fig(f.band(avance)))
            elif row[0] == "Unidades sin información":
                self._line(number, 1, sum(1 for u in f.units if not f.sent(u)))

    def _chosen(self) -> Iterator[tuple[str, int, list[object]]]:
        """(first title, row, cells) of the lines of the page below titles."""
        kind = ""
        for number, row in enumerate(self.grids["Resumen directivo"]):
            if row[0] in ("Unidad que decide", "Tarea que más le falta", "Nombre", "Qué falta"):
                kind = str(row[0])
            elif row[0] == "":
                kind = ""
            elif kind:
                yield kind, number, row

    def _line(self, row: int, first: int, *values: Value) -> None:
        for col, value in enumerate(values, start=first):
            self._cell("Resumen directivo", row, col, value)

    def _sigep(self, f: Figures) -> None:
        typed = {(r["categoria"], r["mes"]): r for r in f.entity["presupuesto_sigep"]}
        for number, at, row in self._rows("Datos_SIGEP"):
            key = (str(row[at["Categoría programática"]]), int(float(str(row[at["Mes"]]))))
            self._cell("Datos_SIGEP", number, at["Vigente al fin del mes (Bs)"], exact(typed[key]["vigente"]))
            self._cell("Datos_SIGEP", number, at["Devengado del mes (Bs)"], exact(typed[key]["devengado"]))
        self._count("Datos_SIGEP", len(typed))

    def _budget(self, f: Figures) -> None:
        title = f"Dev. acumulado al {f.campaign.quarter}T"
        for number, at, row in self._rows("Datos_Presupuesto"):
            typed = f.campaign.units[str(row[at["Unidad"]])]["presupuesto"][int(float(str(row[at["Fila"]]))) - 2]
            self._cell("Datos_Presupuesto", number, at["Presupuesto vigente"], exact(typed["vigente"]))
            self._cell("Datos_Presupuesto", number, at[title], f.accrued(typed) or 0)
        self._count("Datos_Presupuesto", sum(len(t["presupuesto"]) for t in f.campaign.units.values()))

    def _count(self, sheet: str, expected: int) -> None:
        found = sum(1 for _ in self._rows(sheet))
        if found != expected:
            self.differences.append(f"{sheet}: {found} rows, must be {expected}")


def _below(raw: Exact) -> bool:
    return raw is not None and nine_decimals(raw) < 100


def _state(task: Row, to_date: Exact, cut: dt.date) -> str:
    """What became of the corrective action of a task."""
    if to_date is None or nine_decimals(to_date) >= 100:
        return "n/a" if to_date is None else "al día"
    if not task.get("acciones"):
        return "sin acción"
    until = task.get("fecha_accion")
    if not isinstance(until, dt.date):
        return "sin fecha"
    return "vencida" if until < cut else "en plazo"


def limited(raw: Exact) -> Exact:
    """What counts of an operation."""
    return None if raw is None else min(Fraction(100), raw)


def agree(found: object, expected: Value) -> bool:
    """Numbers within 1e-9, relative to those above 1; words equal; a blank is blank."""
    if expected is None:
        return found == ""
    if isinstance(expected, str):
        return found == expected
    if isinstance(found, bool) or not isinstance(found, int | float):
        return False
    wanted = Fraction(expected)  # type: ignore[arg-type]
    if found == float(wanted):  # nearly all, and sooner said
        return True
    return abs(Fraction(found) - wanted) <= NEAR * max(Fraction(1), abs(wanted))


def _titled(row: Sequence[object], titles: Sequence[object]) -> bool:
    cells = [v for v in row if v != ""]
    return len(cells) == len(titles) and all(t is ANY or t == v for v, t in zip(cells, titles, strict=True))


_place = cache(coordinate_to_tuple)


def _formulas(path: Path, names: Sequence[str]) -> Iterator[Cell]:
    with zipfile.ZipFile(path) as package:
        for number, name in enumerate(names, start=1):
            for cell in _FORMULA.findall(package.read(f"xl/worksheets/sheet{number}.xml").decode()):
                row, column = _place(cell)
                yield name, row - 1, column - 1
