"""Campaigns whose entity does without a level, and what their master must show.

That is what it shows of the same entity with one node in that level, less that level: its tables, its columns and the
rows of its nodes. The figures are those of `Figures` and `Tables` for the entity with one node.
"""

from collections.abc import Iterator, Sequence
from copy import deepcopy
from dataclasses import replace
from pathlib import Path

from tests.independent.campaign import Campaign, Row
from tests.independent.comparison import Comparison
from tests.independent.figures import Figures
from tests.independent.tables import ANY, Table, Tables, Value

ONE = "Todo"  # what the one node is called
LEVELS = ("servicio", "grupo", "acp")
# Level -> the sheets and columns of the entity that name it, and those of a unit.
_NAMED = {
    "servicio": ((("areas", "servicio"), ("unidades", "servicio")), (("unidad", "servicio"),)),
    "grupo": ((("unidades", "grupo"), ("unidades", "subgrupo")), ()),
    "acp": (
        (("unidades", "acp"), ("categorias", "acp")),
        (("unidad", "acp"), ("operaciones", "acp"), ("resultados", "acp")),
    ),
}
_GONE = {
    "servicio": {"Servicios"},
    "grupo": set[str](),
    "acp": {"ACP", "Desempeño por ACP", "ACP y SIGEP"},
}
_NODES = {"servicio": {"Servicio"}, "grupo": {"Grupo", "Subgrupo"}, "acp": {"ACP"}}
_COLUMNS = {"servicio": "Servicio", "grupo": "Grupo", "acp": "ACP"}
_CALLED = {"Área o grupo": "Área", "Área, unidad o grupo": "Área o unidad", "Unidad o grupos": "Unidad o áreas"}


def with_one_node(campaign: Campaign, levels: Sequence[str]) -> Campaign:
    """The campaign with one node in each of some levels."""
    made = _named(campaign, levels, ONE)
    if "acp" in levels:
        area = made.entity["areas"][0]["area"]
        made.entity["acp"] = [{"acp": ONE, "amp": "1", "denominacion": ONE, "area": area}]
    return made


def without(campaign: Campaign, levels: Sequence[str]) -> Campaign:
    """The campaign of an entity that leaves these levels blank."""
    made = _named(campaign, levels, None)
    if "acp" in levels:
        made.entity["acp"] = []
    return made


def _named(campaign: Campaign, levels: Sequence[str], name: str | None) -> Campaign:
    made = replace(campaign, entity=deepcopy(campaign.entity), units=deepcopy(campaign.units))
    entity = made.entity
    for level in levels:
        of_entity, of_units = _NAMED[level]
        for sheet, column in of_entity:
            _fill(entity[sheet], column, None if column == "subgrupo" else name)
        for tables in made.units.values():
            for sheet, column in of_units:
                _fill(tables[sheet], column, name)
    if "acp" in levels:
        entity["metas_sigep"] = []
    if "servicio" in levels:
        entity["historico"] = list(_of_one_service(entity["historico"], name or "EDP"))
    if "grupo" in levels:
        entity["historico"] = [h for h in entity["historico"] if h["cuadro"] != "exterior"]
    areas = "; ".join(dict.fromkeys(str(u["area"]) for u in entity["unidades"]))
    for c in entity["categorias"]:
        c["grupos"] = areas if c["grupos"] else None
    _weigh(entity["areas"], ("servicio",))
    _weigh(entity["unidades"], ("area", "grupo", "subgrupo"))
    return made


def _of_one_service(history: list[Row], code: str) -> Iterator[Row]:
    """What was published of the services is of the only one, the first of each figure; without services of the entity."""
    seen: set[object] = set()
    for row in history:
        own = {**row, "codigo": code} if row["cuadro"] == "relacion" else row
        figure = tuple(own[c] for c in ("cuadro", "gestion", "periodo", "codigo", "indicador"))
        if figure not in seen:
            seen.add(figure)
            yield own


def _fill(rows: list[Row], column: str, value: str | None) -> None:
    for row in rows:
        row[column] = value


def _weigh(rows: list[Row], above: Sequence[str]) -> None:
    """Weights of siblings that add up to 100 again, where there are weights: 1, 2, 3 … and what is left."""
    siblings: dict[tuple[object, ...], list[Row]] = {}
    for row in rows:
        if row.get("vigencia") != "no vigente":
            siblings.setdefault(tuple(row[c] for c in above), []).append(row)
    for own in (own for own in siblings.values() if any(row.get("peso") is not None for row in own)):
        for n, row in enumerate(own[1:], start=1):
            row["peso"] = float(n % 3)
        own[0]["peso"] = 100.0 - sum(float(str(row["peso"])) for row in own[1:])


class LessLevels(Comparison):
    """A master of an entity without some levels, against the campaign with one node in each."""

    def __init__(self, path: Path, levels: Sequence[str]) -> None:
        super().__init__(path)
        self._levels = levels

    def _tables(self, figures: Figures) -> Iterator[Table]:
        gone = {sheet for level in self._levels for sheet in _GONE[level]}
        yield from (self._less(table, figures) for table in Tables(figures).all() if table.start not in gone)

    def _less(self, table: Table, figures: Figures) -> Table:
        titles, rows = list(table.titles), [list(row) for row in table.rows]
        rows = [row for row in (self._row(titles, row, figures) for row in rows) if row is not None]
        gone = [titles.index(_COLUMNS[level]) for level in self._levels if _COLUMNS[level] in titles]
        for row in rows:
            first = row[0] if row and str(row[0]).startswith("Total") else None
            for col in sorted(gone, reverse=True):
                del row[col]
            if first is not None and 0 in gone:
                row[0] = first
        for col in sorted(gone, reverse=True):
            del titles[col]
        if "grupo" in self._levels:
            titles = [_CALLED.get(title, title) if isinstance(title, str) else title for title in titles]
        return Table(table.start, titles, rows)

    def _row(self, titles: Sequence[object], row: list[Value], figures: Figures) -> list[Value] | None:
        """What is left of a row; None of one that is of a level that is not there."""
        if titles[0] == "Nivel" and row[0] in {name for level in self._levels for name in _NODES[level]}:
            # The only area of a service stands in the summary as its service.
            areas = figures.entity["areas"]
            if titles[1] == "Área, unidad o grupo" and row[0] == "Servicio" and len(areas) == 1:
                return ["Área", str(areas[0]["nombre"]), *row[2:]]
            return None
        if "servicio" in self._levels and titles[0] == "Servicio" and str(row[0]).startswith("Subtotal"):
            return None
        if "acp" in self._levels and titles[0] == "Concepto" and str(row[0]).startswith("Acciones"):
            return None
        if "grupo" in self._levels and titles[0] == "Área o grupo" and row[0] == ONE:
            return [ANY, *row[1:]]  # a service of one area shows that area
        return row

    def _cell(self, sheet: str, row: int, col: int, expected: Value) -> None:
        acp = sheet == "Datos_Operaciones" and "acp" in self._levels and expected == ONE
        super()._cell(sheet, row, col, None if acp else expected)
