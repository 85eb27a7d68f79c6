"""A comparison in words, for the terminal: line by line, with its colours."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any, NamedTuple

from poa_xl import cells, sheets
from poa_xl.cli.diff.values import change, is_hash, short_hash
from poa_xl.comparison import CellChange, Comparacion, Lado, Origen, SheetChanges, plans
from poa_xl.comparison.masters import FIGURES
from poa_xl.comparison.result import CIFRAS, CUADROS, DATOS, ENTREGAS, OBSERVACIONES, PARAMETROS, PARTES
from poa_xl.comparison.wording import cut, name_of, notices, only_in_one, values_of
from poa_xl.master_tables import contents, terms
from poa_xl.messages import comparison as words
from poa_xl.messages.baseline import MODIFICATIONS
from poa_xl.messages.campaign import changed

MOST = 40  # differences of a sheet
_FEWEST, _FEW_WORDS = 3, 8  # of them, of each figure after the first; of each judgement
_ONE_LINE = 40  # characters of a row's name that leave room for its change
_LEVELS = [
    terms.LEVEL_NAMES[level]
    for level in ("entidad", "servicio", "area", "acp", "grupo", "subgrupo", "parte", "categoria", "unidad")
]
_QUARTER = re.compile(r"\b[1-4]T\b")
_LONGEST_DETAIL = 90

_PLAIN: dict[str, Any] = {}
_BOLD: dict[str, Any] = {"bold": True}
_LOUD: dict[str, Any] = {"fg": "yellow", "bold": True}
_GREEN: dict[str, Any] = {"fg": "green"}
_RED: dict[str, Any] = {"fg": "red"}


class TextLine(NamedTuple):
    """A line, how it looks, and whether it is one of the differences that are counted."""

    text: str
    style: dict[str, Any] = _PLAIN
    item: bool = False


def lines(found: Comparacion, most: int | None = MOST) -> Iterator[TextLine]:
    """Everything to be said, with at most so many differences of each sheet; None for all."""
    yield from (
        line._replace(text=cells.visible(line.text.replace("\n", words.PARAGRAPH))) for line in _all(found, most)
    )


def _all(found: Comparacion, most: int | None) -> Iterator[TextLine]:
    for letter, side in (("A", found.a), ("B", found.b)):
        yield TextLine(f"{letter}  {side.archivo}  {words.SHA256} {short_hash(side.sha256)}", _BOLD)
        yield TextLine(f"   {_facts(side)}")
    if found.identical:
        yield TextLine(words.SAME_FILE, _GREEN)
        return
    yield from (TextLine(text, _LOUD) for text in notices(found))
    if found.empty:
        yield TextLine(words.NO_DIFFERENCES, _GREEN)
        return
    if found.clase == "maestro":
        yield from _master(found, most)
    else:
        yield from _sheets("", found.hojas, most, explained=found.clase == plans.KIND)
    yield from (TextLine(text) for text in only_in_one(found))
    cells_changed, added, removed = found.counts
    yield TextLine("")
    total = changed(words.TOTAL, added, removed, cells_changed) + "."
    yield TextLine(total if any(found.counts) else words.NO_CELL_OR_ROW, _BOLD)


def _facts(side: Lado) -> str:
    said = [(words.FACTS.get(name, name), value) for name, value in side.datos.items() if name in words.SHOWN]
    return ", ".join(f"{name}: {value}" for name, value in said if value)


# --- the parts of a comparison of masters -----------------------------------------------------------------


def _master(found: Comparacion, most: int | None) -> Iterator[TextLine]:
    parts = {part: [h for h in found.hojas if h.parte == part] for part in PARTES}
    left_out = [name for name in FIGURES if name not in found.comparadas]
    if left_out:
        yield TextLine(words.FIGURES_LEFT_OUT.format(hojas=" ni de ".join(left_out)), _LOUD)
    elif not parts[CIFRAS]:
        yield TextLine(words.NO_FIGURE, _BOLD)
    yield from _sheets(words.CHANGED_FIGURES, parts[CIFRAS], most)
    causes = [h for part in (PARAMETROS, ENTREGAS, OBSERVACIONES) for h in parts[part]]
    yield from _sheets(words.WHY, causes, most)
    yield from _sheets("", parts[DATOS], most, _follows(parts[DATOS]))
    yield from _sheets(words.OTHERS, parts[CUADROS], most and most // 2, lambda c: bool(c.repite))
    repeated = [(h.nombre, sum(bool(c.repite) for c in h.celdas)) for h in parts[CUADROS]]
    if most and any(n for _, n in repeated):
        yield TextLine("")
        yield TextLine(words.REPEATED.format(hojas=", ".join(f"{name} {n}" for name, n in repeated if n)))


def _follows(hojas: Sequence[SheetChanges]) -> Callable[[CellChange], bool]:
    """Whether a cell of a data sheet is computed, and its unit changed something that a person filled in."""
    typed = {c.title for sheet in sheets.unit_sheets() for c in sheet.inputs}
    with_rows = {f.clave[0] for h in hojas for f in (*h.agregadas, *h.quitadas)}
    units = with_rows | {c.clave[0] for h in hojas for c in h.celdas if c.columna in typed}
    return lambda c: c.columna not in typed and c.clave[0] in units


def _sheets(
    title: str,
    hojas: Sequence[SheetChanges],
    most: int | None,
    says_nothing: Callable[[CellChange], bool] = lambda _: False,
    *,
    explained: bool = False,
) -> Iterator[TextLine]:
    """Sheet by sheet; unless all is wanted, without the cells that say nothing new. `explained`: with what explains
    each."""
    shown = [(h, [c for c in h.celdas if most is None or not says_nothing(c)]) for h in hojas]
    shown = [(h, own) for h, own in shown if own or h.agregadas or h.quitadas or h.parte == DATOS]
    if title and shown:
        yield TextLine("")
        yield TextLine(title.upper(), _BOLD)
    for hoja, own in shown:
        yield TextLine("")
        yield TextLine(changed(hoja.nombre, len(hoja.agregadas), len(hoja.quitadas), len(hoja.celdas)), _BOLD)
        if hoja.parte == CIFRAS:
            yield from _figures(hoja, most)
        elif hoja.parte == ENTREGAS and most is not None:  # who came and went says more than what they changed
            yield from _limited([*_came_and_went(hoja), *_row_by_row(hoja, own)], most)
        elif explained:
            yield from _limited([*_explained(own), *_came_and_went(hoja, explained=True)], most)
        else:
            yield from _limited([*_rows(hoja, own), *_came_and_went(hoja)], most)
        if hoja.parte != CUADROS and len(own) < len(hoja.celdas):
            yield TextLine(f"  {words.computed(len(hoja.celdas) - len(own))} {words.SHOW_ALL}")


def _limited(found: Iterable[TextLine], most: int | None, indent: str = "  ") -> Iterator[TextLine]:
    """Up to so many differences, and how many more there are."""
    everything = list(found)
    count = sum(line.item for line in everything)
    if most is None or count <= most:
        yield from everything
        return
    items = [n for n, line in enumerate(everything) if line.item]
    yield from everything[: items[most - 1] + 1]
    yield TextLine(f"{indent}{words.MORE.format(n=count - most)} {words.SHOW_ALL}")


# --- a sheet ----------------------------------------------------------------------------------------------


def _rows(hoja: SheetChanges, own: Sequence[CellChange]) -> Iterator[TextLine]:
    """Cell by cell, below what names their row."""
    for (clave, origin), group in groupby(own, key=lambda c: (c.clave, c.origen_b)):
        same_row = list(group)
        name, loose = f"{name_of(clave)}{_from(origin, hoja)}", same_row[0].columna == words.LOOSE_TEXT
        width = max(len(_place(c)) for c in same_row)
        told = [f"{_place(c):<{width}}  {c.columna}: {_change(hoja, c)}" for c in same_row]
        if loose:
            yield TextLine(f"  {told[0]}", item=True)
        elif len(told) == 1 and 0 < len(name) <= _ONE_LINE:
            yield TextLine(f"  {name}  {told[0]}", item=True)
        else:
            yield from [TextLine(f"  {name}")] if name else []
            yield from (TextLine(f"    {text}", item=True) for text in told)


def _explained(own: Sequence[CellChange]) -> Iterator[TextLine]:
    """Cell by cell of a plan, below what names their row: it has no places."""
    for clave, group in groupby(own, key=lambda c: c.clave):
        yield TextLine(f"  {name_of(clave)}")
        yield from (TextLine(f"    {c.columna}: {change(DATOS, c)}, {_why(c.explica)}", item=True) for c in group)


def _why(resolutions: str) -> str:
    return words.BY_RESOLUTION.format(resolucion=resolutions) if resolutions else words.BY_NONE


def _row_by_row(hoja: SheetChanges, own: Sequence[CellChange]) -> Iterator[TextLine]:
    """One line for each row, whatever changed in it; what a fingerprint says nobody reads."""
    for clave, group in groupby(own, key=lambda c: c.clave):
        same_row = list(group)
        if len(same_row) == 1:
            yield from _rows(hoja, same_row)
            continue
        told = [f"{c.columna} {_change(hoja, c)}" for c in same_row if not (is_hash(c.antes) or is_hash(c.despues))]
        told += [words.OTHER_CONTENT] if len(told) < len(same_row) else []
        row = words.ROW.format(n=cells.row_of(same_row[0].celda_b))
        yield TextLine(f"  {row}  {name_of(clave)}: {'; '.join(told)}", item=True)


def _came_and_went(hoja: SheetChanges, *, explained: bool = False) -> Iterator[TextLine]:
    for sign, only, style in (("+", hoja.agregadas, _GREEN), ("-", hoja.quitadas, _RED)):
        for f in only:
            said = cut(f.detalle, _LONGEST_DETAIL) or values_of(f)
            if explained:
                why = f", {_why(f.explica)}" if hoja.nombre != MODIFICATIONS else ""
                yield TextLine(f"  {sign} {name_of(f.clave)}{': ' if said else ''}{said}{why}", style, item=True)
                continue
            place = f.celda or words.ROW.format(n=f.fila)
            named = name_of(f.clave, _LONGEST_DETAIL) if f.celda else name_of(f.clave) or name_of(f.valores[:1])
            name = f"{named}{_from(f.origen, hoja)}"
            yield TextLine(f"  {sign} {place}  {name}{': ' if said else ''}{said}", style, item=True)


def _figures(hoja: SheetChanges, most: int | None) -> Iterator[TextLine]:
    """Figure by figure, the first with most room; of many, only how many of each month."""
    most = None if most is None or len(hoja.celdas) <= most else most
    columns = sorted(dict.fromkeys(c.columna for c in hoja.celdas), key=partial(_urgency, hoja))
    full = [c for c in columns if most is None or _urgency(hoja, c) < _MONTHS]
    for number, column in enumerate(full):
        words_alone = contents.indicator_of(hoja.nombre, column) in ("semaforo", "criterio")
        room = most and (_FEW_WORDS if words_alone else _FEWEST)
        yield from _figure(hoja, column, room if number else most and max(_FEWEST, most - _FEWEST * len(full)))
    rest = [(c, sum(cell.columna == c for cell in hoja.celdas)) for c in columns if c not in full]
    if rest:
        counts = ", ".join(f"{column} ({n})" for column, n in rest)
        yield TextLine(f"  {words.AND_MONTHS.format(columnas=counts)} {words.SHOW_ALL}")
    yield from _limited(_came_and_went(hoja), most)


def _figure(hoja: SheetChanges, column: str, most: int | None) -> Iterator[TextLine]:
    """A figure from the entity down to the units."""
    own = sorted((c for c in hoja.celdas if c.columna == column), key=_level)
    width = max(len(name_of(c.clave)) for c in own)
    yield TextLine(f"  {column}")
    told = (TextLine(f"    {name_of(c.clave):<{width}}  {_change(hoja, c)}  {_place(c)}", item=True) for c in own)
    yield from _limited(told, most, "    ")


_MONTHS = (2,)


def _urgency(hoja: SheetChanges, column: str) -> tuple[int, ...]:
    """The last quarter first, in it the avance and its semaforo; then what is accumulated; the months last."""
    quarters = _QUARTER.findall(column)
    if quarters:
        return 0, -int(quarters[-1][0]), {"avance": 0, "semaforo": 1}.get(contents.indicator_of(hoja.nombre, column), 2)
    return (1,) if contents.is_accumulated(hoja.nombre, column) else _MONTHS


def _level(c: CellChange) -> int:
    level = c.clave[0][1] if c.clave else ""
    return _LEVELS.index(level) if isinstance(level, str) and level in _LEVELS else len(_LEVELS)


def _change(hoja: SheetChanges, c: CellChange) -> str:
    return change(hoja.parte, c, computed=hoja.parte != DATOS or c.origen_b is not None)


def _place(c: CellChange) -> str:
    """`E8`; where the row moved, `E8 (en A, E7)`."""
    if c.celda_a == c.celda_b:
        return c.celda_b
    return words.WAS_AT.format(celda=c.celda_b or "—", antes=c.celda_a or "—")


def _from(origin: Origen | None, hoja: SheetChanges) -> str:
    if origin is None:
        return ""
    if hoja.parte == OBSERVACIONES:  # its name says the rest
        return f"  ({origin.archivo})"
    parts = [origin.archivo, origin.hoja, words.ROW.format(n=origin.fila) if origin.fila else ""]
    return f"  ({', '.join(p for p in parts if p)})"
