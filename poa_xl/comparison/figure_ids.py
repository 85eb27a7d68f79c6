"""Which row of a master is of which node, as the ids of its hidden sheet say: two groups may have one name."""

from collections import Counter
from collections.abc import Mapping, Sequence

from poa_xl import cells
from poa_xl.comparison.rows import ComparedRow, Pair
from poa_xl.master_tables.contents import FIGURE_IDS_TABLE
from poa_xl.reading import Grid

Nodes = Mapping[str, Mapping[int, str]]  # sheet -> row -> node
_COLUMNS = 3  # id, sheet and cell
(_TITLE,) = FIGURE_IDS_TABLE.key


def nodes(grid: Grid) -> Nodes:
    """The nodes of the rows that the sheet of ids names; none where there is no such sheet, or a person's own."""
    if not grid or grid[0][:1] != [_TITLE]:
        return {}
    found: dict[str, dict[int, str]] = {}
    for id, sheet, cell in (row[:_COLUMNS] for row in grid[1:] if len(row) >= _COLUMNS):  # noqa: A001
        if isinstance(id, str) and isinstance(cell, str) and cells.is_address(cell):
            found.setdefault(str(sheet), {})[cells.row_of(cell)] = id.rsplit(".", 2)[0]
    return found


def pairs(
    a: Sequence[ComparedRow],
    b: Sequence[ComparedRow],
    key: Sequence[str],
    of_a: Mapping[int, str],
    of_b: Mapping[int, str],
) -> list[Pair]:
    """Rows of one node. None where a node's row is called otherwise in the other: then rows were moved by a person."""
    here, there = _by_node(a, of_a), _by_node(b, of_b)
    found = [(row, there[node]) for node, row in here.items() if node in there]
    same = all(one.values.get(c) == other.values.get(c) for one, other in found for c in key)
    return found if same else []


def _by_node(rows: Sequence[ComparedRow], nodes: Mapping[int, str]) -> dict[str, ComparedRow]:
    """The nodes that have one row of a table."""
    times = Counter(nodes.get(row.number) for row in rows)
    return {node: row for row in rows if (node := nodes.get(row.number)) and times[node] == 1}
