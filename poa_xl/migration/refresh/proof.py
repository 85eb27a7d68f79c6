"""A refreshed workbook is read back before it gets its name: cells say what they said, but for those of the change."""

from collections.abc import Iterator, Mapping

from poa_xl import cells, sheets
from poa_xl.checking import sello
from poa_xl.migration.extract import FORM_ROW
from poa_xl.migration.refresh.parts import CellValue, Splice
from poa_xl.migration.source import FORM, Source
from poa_xl.names import XLWINGS_SHEET
from poa_xl.reading import Grid

_SEAL = "sello"


def differing(old: Source, new: Source, splice: Splice, stripped: bool) -> str:
    """The first place that does not say what it should, such as `Tareas!C5`; '' where all do.

    Formulas that reach out leave their values where what acts in a workbook was `stripped`.
    """
    for name in old.contents.names:
        if name.casefold() == XLWINGS_SHEET:  # it gets our settings anew
            continue
        if name not in new.contents.names:
            return name
        wrong = _in_cells(name, old, new, splice) or _beside_cells(name, old, new, splice, stripped)
        if wrong:
            return f"{name}!{wrong}"
    return _seal(new, splice)


def _in_cells(name: str, old: Source, new: Source, splice: Splice) -> str:
    after, calculated = new.contents[name], _calculated(name, old, splice)
    if name in splice.sheets:
        before: Grid = [list(row) for row in splice.sheets[name]]
    else:
        before = _with(old.contents[name], splice.cells.get(name, {}))
    for number in range(max(len(before), len(after))):
        rows = [_row(grid, number) for grid in (before, after)]
        for place in range(max(map(len, rows))):
            address = f"{cells.letters(place)}{number + 1}"
            said = [row[place] if place < len(row) else "" for row in rows]
            if not _same(*said) and not (address in calculated and said[1] in ("", None)):
                return address
    return ""


def _beside_cells(name: str, old: Source, new: Source, splice: Splice, stripped: bool) -> str:
    """The first cell whose formula, error or note is not what it was."""
    changed, calculated = {*splice.cells.get(name, {})}, _calculated(name, old, splice)
    before, after = old.marks[name], new.marks[name]
    kept = {*before.formulas} if stripped else set()
    notes = before.notes | splice.notes.get(name, {})
    wrong = ({*before.formulas} - changed) ^ (({*after.formulas} | kept) - changed)
    wrong |= ({*old.contents.odd.get(name, {})} - changed - calculated) ^ (
        {*new.contents.odd.get(name, {})} - calculated
    )
    wrong |= {cell for cell, _ in {*_words(notes)} ^ {*_words(after.notes)}}
    return min(wrong, default="")


def _calculated(name: str, old: Source, splice: Splice) -> set[str]:
    """The cells whose value is calculated anew when the workbook is opened."""
    kept = splice.inputs.get(name, ()) if splice.inputs else ()
    formulas = old.marks[name].formulas if splice.inputs else ()
    return {cell for cell in formulas if cells.letters(cells.place_of(cell)) not in kept}


def _words(notes: Mapping[str, str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    yield from ((cell, tuple(text.split())) for cell, text in notes.items())


def _with(grid: Grid, values: Mapping[str, CellValue]) -> Grid:
    made = [list(row) for row in grid]
    for address, value in values.items():
        row, column = cells.row_of(address) - 1, cells.place_of(address)
        made += [[] for _ in range(row + 1 - len(made))]
        made[row] += [""] * (column + 1 - len(made[row]))
        made[row][column] = "" if value is None else value
    return made


def _row(grid: Grid, number: int) -> list[object]:
    return grid[number] if number < len(grid) else []


def _same(before: object, after: object) -> bool:
    if isinstance(before, bool) or isinstance(after, bool):
        return before is after
    if isinstance(before, int | float) and isinstance(after, int | float):
        return float(before) == float(after)
    return ("" if before is None else before) == ("" if after is None else after)


def _seal(new: Source, splice: Splice) -> str:
    """The place of a seal that was renewed and is not true of what is read."""
    book = new.read_as(sheets.unit_sheets())
    table = book.tables.get(FORM)
    cell = table.cell(_SEAL, FORM_ROW) if table else ""
    said = splice.cells.get(table.name, {}).get(cell) if table else None
    return "" if said is None or said == sello.sello(book) else f"{table.name if table else ''}!{cell}"
