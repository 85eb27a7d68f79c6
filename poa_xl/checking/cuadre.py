"""The units' money against SIGEP, category by category: the sums of what was accepted must be equal."""

from collections.abc import Sequence

import pandas as pd

from poa_xl import cells, indicators
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.entity import Categoria, Entidad
from poa_xl.findings import Finding, Location
from poa_xl.reading import Book
from poa_xl.sheets import MESES


def check(
    checked: CheckedEntity, entidad: Entidad, books: Sequence[Book], presupuesto: pd.DataFrame, trimestre: int
) -> list[Finding]:
    """One finding for each category whose accumulated devengado, or vigente, differs beyond the tolerance.

    `presupuesto` holds the accepted rows of all units. The place is the unit's row where one unit alone
    spends the category, else the category's last row in the entity's sheet of SIGEP figures.
    """
    months = [f"devengado_{m}" for m in MESES[: 3 * trimestre]]
    devengado = presupuesto[months].sum(axis=1).groupby(presupuesto["categoria"]).sum()
    vigente = presupuesto.groupby("categoria")["vigente"].sum()
    found = []
    for category in entidad.categorias:
        rows = {r.mes: r for r in entidad.presupuesto if r.categoria == category.categoria and r.mes <= 3 * trimestre}
        missing = [MESES[m - 1] for m in range(1, 3 * trimestre + 1) if m not in rows]
        if missing:
            location = checked.place("categorias", "categoria", category.categoria)
            found.append(Finding("SIG-006", location, category.categoria, details={"esperado": ", ".join(missing)}))
        if not rows:
            continue
        for code, sums, expected in (
            ("CUA-001", devengado, sum(r.devengado for r in rows.values())),
            ("CUA-002", vigente, rows[max(rows)].vigente),
        ):
            amount = float(sums.get(category.categoria, 0.0))
            if indicators.differs(amount, expected, entidad.tolerancia):
                location = _place(checked, category, books, presupuesto)
                found.append(_finding(code, location, category, presupuesto, amount, expected))
    return found


def _place(checked: CheckedEntity, category: Categoria, books: Sequence[Book], presupuesto: pd.DataFrame) -> Location:
    own = presupuesto[presupuesto["categoria"] == category.categoria]
    if len(category.unidades) > 1 or own.empty:
        return checked.place("presupuesto_sigep", "categoria", category.categoria)
    first = own.iloc[0]
    table = next(b for b in books if b.file == first["archivo"]).tables["presupuesto"]
    return Location(str(first["archivo"]), table.name, table.cell("categoria", int(first["fila"])))


def _waiting(missing: list[str], category: Categoria) -> str:
    if not missing:
        return ""
    return f" Sin libro aceptado: {len(missing)} de {len(category.unidades)} (por ejemplo, {missing[0]})."


def _finding(
    code: str, location: Location, category: Categoria, presupuesto: pd.DataFrame, amount: float, expected: float
) -> Finding:
    sent = set(presupuesto["unidad"])
    missing = [u for u in category.unidades if u not in sent]
    details = {
        "categoria": category.categoria,
        "esperado": cells.number(expected, 2),
        "diferencia": cells.number(amount - expected, 2),
        "faltan": _waiting(missing, category) if amount < expected else "",
    }
    return Finding(code, location, cells.number(amount, 2), category.unidad, details)
