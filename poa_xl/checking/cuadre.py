"""The units' money against SIGEP: a finding for each difference of the cuadre, and amounts that could explain it."""

from collections.abc import Iterable, Mapping, Sequence

from poa_xl import cells
from poa_xl.accepted_rows import FilaPresupuesto
from poa_xl.checking import centavos
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.checking.slips import MOST_NAMED, Amount, SlipExplanation, explanations
from poa_xl.entity import Categoria, Entidad
from poa_xl.evaluation.cuadre import of_categories
from poa_xl.evaluation.periods import last_month
from poa_xl.findings import Finding, Location
from poa_xl.messages import counts, cuadre as words
from poa_xl.reading import Book
from poa_xl.sheets import MESES


def check(
    checked: CheckedEntity,
    entidad: Entidad,
    books: Sequence[Book],
    presupuesto: Sequence[FilaPresupuesto],
    trimestre: int,
) -> list[Finding]:
    """One finding for each category whose accumulated devengado, or vigente, differs beyond the tolerance.

    `presupuesto` holds the accepted rows of all units. The place is the unit's row where one unit alone
    spends the category, else the category's last row in the entity's sheet of SIGEP figures.
    """
    months = MESES[: last_month(trimestre)]
    rows: dict[str, list[FilaPresupuesto]] = {}
    for row in presupuesto:
        rows.setdefault(row.categoria, []).append(row)
    cuadres = {c.categoria: c for c in of_categories(entidad, presupuesto, trimestre)}
    found = []
    for category in entidad.categorias:
        cuadre = cuadres[category.categoria]
        own = rows.get(category.categoria, [])
        spent = {f"devengado_{mes}": [row.devengado[n] for row in own] for n, mes in enumerate(months)}
        in_force = {"vigente": [row.vigente for row in own]}
        vigente, devengado = cuadre.sides
        for code, typed, (_, amount, expected, difference) in (
            ("CUA-001", spent, devengado),
            ("CUA-002", in_force, vigente),
        ):
            if amount is None or expected is None or difference is None or not cuadre.beyond(difference):
                continue
            details = {
                "categoria": category.categoria,
                "esperado": cells.number(expected, 2),
                "diferencia": cells.number(difference, 2),
                "faltan": _waiting(presupuesto, category) if difference < 0 else "",
                "explicacion": _explained(_amounts(own, typed, books), amount - expected),
            }
            location = _place(checked, category, books, own)
            found.append(Finding(code, location, cells.number(amount, 2), category.unidad, details))
    return found


def _place(
    checked: CheckedEntity, category: Categoria, books: Sequence[Book], own: Sequence[FilaPresupuesto]
) -> Location:
    if len(category.unidades) > 1 or not own:
        return checked.place("presupuesto_sigep", "categoria", category.categoria)
    first = own[0]
    table = next(b for b in books if b.file == first.archivo).tables["presupuesto"]
    return Location(first.archivo, table.name, table.cell("categoria", first.fila))


def _waiting(presupuesto: Iterable[FilaPresupuesto], category: Categoria) -> str:
    sent = {row.unidad for row in presupuesto}
    missing = [u for u in category.unidades if u not in sent]
    if not missing:
        return ""
    return words.WAITING.format(n=len(missing), unidades=len(category.unidades), unidad=missing[0])


def _amounts(
    own: Sequence[FilaPresupuesto], typed: Mapping[str, Sequence[float | None]], books: Sequence[Book]
) -> list[Amount]:
    """Every amount of the category's rows (`typed`: column -> amounts of the rows) with the unit and its cell."""
    tables = {b.file: b.tables["presupuesto"] for b in books if "presupuesto" in b.tables}
    found = []
    for column, amounts in typed.items():
        for row, value in zip(own, amounts, strict=True):
            if value:
                table = tables[row.archivo]
                place = Location("", table.name, table.cell(column, row.fila))
                found.append(Amount(row.unidad, str(place), (row.archivo, row.fila), value))
    return found


def _explained(amounts: Sequence[Amount], difference: float) -> str:
    """The amounts that explain the difference, in words; '' where none does."""
    found = [_explanation(e) for e in explanations(amounts, difference)]
    if not found:
        return ""
    return words.EXPLAINED.format(explicaciones=counts.first_ones(found, MOST_NAMED, joint=words.OR))


def _explanation(explanation: SlipExplanation) -> str:
    typed = sum(a.value for a in explanation.amounts)
    amounts = {"dice": _amount(typed), "cuadra": _amount(round(explanation.meant, 2))}
    first = explanation.amounts[0]
    if len(explanation.amounts) == 1:
        return words.ONE_AMOUNT.format(unidad=first.unidad, celda=first.cell, **amounts)
    named = counts.first_ones(explanation.amounts, MOST_NAMED, lambda a: f"{a.unidad} {a.cell}")
    return words.SEVERAL_AMOUNTS.format(celdas=named, **amounts)


def _amount(value: float) -> str:
    """With two decimals, or with all that it has where it has more."""
    return cells.number(value, 2 if centavos.is_exact(value) else None)
