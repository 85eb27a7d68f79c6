"""Two masters, sheet by sheet: every figure that a cell of either holds, and where the rows of the units came from.

Masters of different quarters share their months, their closed quarters and their rows; only these are compared then.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from poa_xl import cells
from poa_xl.comparison import figure_ids, own_titles, rows, tables, unit_rows
from poa_xl.comparison.pairing import aligned, by_heading, of_one_kind
from poa_xl.comparison.repeated import explained
from poa_xl.comparison.result import (
    CUADROS,
    ENTREGAS,
    PARAMETROS,
    PARTES,
    A,
    B,
    CellChange,
    Clave,
    Comparacion,
    Lado,
    LoneRow,
    SheetChanges,
    SinComparar,
    Solo,
)
from poa_xl.comparison.rows import ComparedRow
from poa_xl.comparison.tables import NOT_COMPARED, SHEETS_NOT_COMPARED, TableInMaster
from poa_xl.comparison.values import same
from poa_xl.comparison.wording import text
from poa_xl.indicators import MONTHS_OF_A_QUARTER
from poa_xl.master_tables import contents, data, front
from poa_xl.master_tables.table import Content
from poa_xl.reading import File, Grid
from poa_xl.sheets import MESES

COVER = front.COVER.name
ENTITY, GESTION = "entidad", front.GESTION  # the cover names the entity below its title; its facts are called as there
FIGURES = contents.holding(Content.FIGURES)
_UNREAD = "LIB-001"
_DATE = re.compile(r"(\d\d)/(\d\d)/(\d{4})$")
_FACT_AND_VALUE = 2


@dataclass(frozen=True)
class Master:
    """A master as read: its sheets' tables, and what its cover says."""

    archivo: str
    sha256: str
    hojas: Mapping[str, Sequence[TableInMaster]]
    datos: Mapping[str, str]
    sin_leer: tuple[str, ...] = ()  # sheets that are there and cannot be read
    nodos: figure_ids.Nodes = field(default_factory=dict)  # of which node rows are; none in a master without ids

    @property
    def trimestre(self) -> int:
        """The quarter that it evaluates; 0 where the cover does not say."""
        found = _DATE.search(self.datos.get(front.CUT, ""))
        return (int(found[2]) - 1) // MONTHS_OF_A_QUARTER + 1 if found else 0


def read(file: File, sha256: str) -> Master:
    """The sheets of a master that can be read."""
    odd, grids = file.odd, own_titles.with_published({name: file.grid(name) for name in file.sheet_names})
    listed = grids.get(contents.FIGURE_IDS.name) or []
    nodes = figure_ids.nodes(listed)
    if nodes:  # a person may have a sheet of that name in a master of before
        del grids[contents.FIGURE_IDS.name]
    hojas = {name: tables.of_sheet(grid or [], odd.get(name, {})) for name, grid in grids.items()}
    unread = tuple(name for name, grid in grids.items() if grid is None)
    return Master(file.name, sha256, hojas, cover(grids.get(COVER) or []), unread, nodes)


def cover(grid: Grid) -> dict[str, str]:
    """What the first table of the cover says, and the entity that it names below its title."""
    named = grid[1][0] if len(grid) > 1 and grid[1] else None
    found = {ENTITY: "" if named in cells.BLANKS else str(named)}
    for table in tables.of_sheet(grid, {})[:1]:
        first, *rest = table.columns
        for row in table.rows:
            name, value = row.values[first], row.values[rest[0]] if rest else None
            found[str(name)] = "" if value is None else cells.show(value)
    return found


def compare(a: Master, b: Master) -> Comparacion:
    """What differs from A to B."""
    pairs, solo = aligned(a.hojas, b.hojas, "hoja", "")
    earlier = min(a.trimestre, b.trimestre) if _facts_differ(a, b, (GESTION, front.CUT)) else 0
    hojas: list[SheetChanges] = []
    left_out, whole = [], []
    unread = [SinComparar(side, name, _UNREAD) for side, m in ((A, a), (B, b)) for name in m.sin_leer]
    for name_a, name_b in pairs:
        if name_a in SHEETS_NOT_COMPARED or name_a in a.sin_leer or name_b in b.sin_leer:
            continue
        if earlier and contents.content_of(name_b) == CUADROS and name_b != COVER:
            left_out.append(name_b)
            continue
        ids = (a.nodos.get(name_a, {}), b.nodos.get(name_b, {}))
        found = compare_sheet(name_b, a.hojas[name_a], b.hojas[name_b], earlier, ids)
        hojas += found.hojas
        solo += found.solo
        unread += found.sin_comparar
        if not found.sin_comparar and (earlier or not found.solo):
            whole.append(name_b)
    side_a, side_b = (Lado(m.archivo, m.sha256, m.datos) for m in (a, b))
    distinct = tuple(f for f in (ENTITY, GESTION, front.PERIOD) if _facts_differ(a, b, (f,)))
    return Comparacion(
        "maestro",
        side_a,
        side_b,
        tuple(explained(sorted(hojas, key=lambda h: PARTES.index(h.parte)), b.hojas)),
        tuple(solo),
        tuple(unread),
        distinct,
        tuple(left_out),
        tuple(whole),
    )


def _facts_differ(a: Master, b: Master, facts: Iterable[str]) -> bool:
    return any(a.datos.get(f, "") != b.datos.get(f, "") for f in facts)


Ids = tuple[Mapping[int, str], Mapping[int, str]]


class Found(NamedTuple):
    """What differs in a sheet, what of it only one has, and its tables that could not be compared."""

    hojas: list[SheetChanges]
    solo: list[Solo]
    sin_comparar: list[SinComparar]


def compare_sheet(
    name: str, a: Sequence[TableInMaster], b: Sequence[TableInMaster], earlier: int = 0, ids: Ids = ({}, {})
) -> Found:
    """What differs in a sheet. `earlier` is the earlier quarter of two, where they are not the same; `ids` are the
    nodes of its rows in A and in B."""
    tables_a, tables_b = by_heading(a), by_heading(b)
    pairs, solo = aligned(tables_a, tables_b, "cuadro", name)
    alike = of_one_kind(tables_a, tables_b, solo)
    pairs += [(one.nombre, other.nombre) for one, other in alike]
    paired = {s for both in alike for s in both}
    solo = [s for s in solo if s not in paired]
    both = [(tables_a[x], tables_b[y]) for x, y in pairs]
    unread = [
        SinComparar(A if two.known else B, name, cuadro=two.titulo) for one, two in both if one.kind.key != two.kind.key
    ]
    if earlier:  # of the cover, what it says of the evaluation; headings and figures are of their own quarter
        both = [pair for pair in both if name != COVER or len(pair[1].columns) == _FACT_AND_VALUE]
    else:
        one, other = (next(t for t in side if t.texts) for side in (a, b))
        both.append((one, other))
    found = []
    for one, other in both:
        solo += _columns_of_one(name, one, other)
        if one.kind.key == other.kind.key:  # else a title of it was changed: no row is known to be another
            found += _compare_tables(name, one, other, earlier, ids)
    parts = dict.fromkeys(h.parte for h in found)
    joined = [_joined([h for h in found if h.parte == part]) for part in parts]
    return Found([h for h in joined if not h.empty], solo, unread)


def _columns_of_one(name: str, a: TableInMaster, b: TableInMaster) -> list[Solo]:
    solo = [Solo(A, "columna", c, name) for c in a.columns if c not in b.columns]
    return solo + [Solo(B, "columna", c, name) for c in b.columns if c not in a.columns]


def _joined(found: Sequence[SheetChanges]) -> SheetChanges:
    return SheetChanges(
        found[0].nombre,
        tuple(f for h in found for f in h.agregadas),
        tuple(f for h in found for f in h.quitadas),
        tuple(c for h in found for c in h.celdas),
        found[0].parte,
    )


def _compare_tables(name: str, a: TableInMaster, b: TableInMaster, earlier: int, ids: Ids) -> list[SheetChanges]:
    aside = {*NOT_COMPARED, *(data.ORIGIN if b.kind.origin else ())} - {*b.kind.key}
    shared = [c for c in b.columns if c not in aside and not (earlier and _of_one_quarter(name, c, earlier))]
    compared = [c for c in shared if c in a.columns]
    found = unit_rows.match(name, a, b, compared)
    if found is None:
        found = rows.match(a.rows, b.rows, b.rule(compared), figure_ids.pairs(a.rows, b.rows, b.kind.key, *ids))
    changed = [
        CellChange(
            a.cell(column, one), b.cell(column, other), column, _clave(b, other),
            one.values[column], other.values[column], a.origin(one), b.origin(other),
        )
        for one, other in found.pairs
        for column in compared
        if not same(one.values[column], other.values[column])
    ]  # fmt: skip
    everything = SheetChanges(
        name, _only(b, found.only_b), _only(a, found.only_a), tuple(changed), str(contents.content_of(name))
    )
    if name == COVER and not b.texts and len(b.columns) == _FACT_AND_VALUE:
        return _parts_of_cover(everything)
    return [everything]


def _parts_of_cover(hoja: SheetChanges) -> list[SheetChanges]:
    """The facts of the cover: what was received is of the submissions, all else is a parameter."""
    halves = []
    for part in (PARAMETROS, ENTREGAS):
        kept = [[x for x in xs if _part_of_fact(x.clave) == part] for xs in (hoja.agregadas, hoja.quitadas)]
        changed = tuple(c for c in hoja.celdas if _part_of_fact(c.clave) == part)
        halves.append(SheetChanges(hoja.nombre, tuple(kept[0]), tuple(kept[1]), changed, part))
    return halves


def _part_of_fact(clave: Clave) -> str:
    fact = clave[0][1]
    return ENTREGAS if isinstance(fact, str) and front.is_received(fact) else PARAMETROS


def _of_one_quarter(sheet: str, column: str, earlier: int) -> bool:
    """Whether a column says something that the two quarters cannot share: what was done later, or up to the quarter."""
    late = MESES[earlier * MONTHS_OF_A_QUARTER :]
    return contents.is_done(sheet, column, late) or contents.is_accumulated(sheet, column)


def _only(table: TableInMaster, only: Sequence[ComparedRow]) -> tuple[LoneRow, ...]:
    return tuple(
        LoneRow(
            r.number,
            _clave(table, r),
            table.origin(r),
            text(r.values.get(table.kind.told)),
            _values(table, r),
            table.cell("", r) if table.texts else "",
        )
        for r in only
    )


def _values(table: TableInMaster, row: ComparedRow) -> Clave:
    """What a row says beside its key, and beside where it comes from."""
    aside = {*table.kind.key, *(data.ORIGIN if table.origin(row) else ())}
    return tuple((c, v) for c, v in row.values.items() if v is not None and c not in aside)


def _clave(table: TableInMaster, row: ComparedRow) -> Clave:
    return tuple((column, row.values.get(column)) for column in table.kind.key)
