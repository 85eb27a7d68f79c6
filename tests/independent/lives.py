"""Units that begin, end, are renamed, merged and split in the year, and what that means: by the text of docs/reglas.md.

A campaign whose units have no dates is as it was.
"""

import calendar
import datetime as dt
import random
from collections.abc import Iterable

from tests.independent.plans import MONTHS, Row, Sheets

YEAR = 2024
Days = tuple[dt.date | None, dt.date | None]
_FIRSTS = tuple(dt.date(YEAR, m, d) for m, d in ((1, 1), (2, 15), (4, 1), (5, 16), (6, 30), (7, 1), (10, 1), (12, 31)))


# --- random ones -----------------------------------------------------------------------------------------------------


def widen(rng: random.Random, quarter: int, entity: Sheets, units: dict[str, Sheets]) -> None:
    """Give some units dates and successors, and workbooks as they would have sent."""
    known = list(entity["unidades"])
    for row in rng.sample(known, rng.randint(1, max(1, len(known) // 2))):
        if row["vigencia"] == "vigente" and row["unidad"] in units:
            rng.choice((_created, _closed, _renamed, _renamed, _merged, _split))(rng, entity, units, row)
    for row in entity["unidades"]:
        code = str(row["unidad"])
        if code in units and not counts(entity, code, quarter):
            del units[code]  # it has another name by now, or is not there yet: what it sends is refused
        elif code in units:
            there = [q for q in range(1, quarter + 1) if exists(entity, code, 3 * q - 2, 3 * q)]
            units[code]["unidad"][0]["trimestre"] = rng.choice((there[-1], quarter))
            if there[-1] < quarter and len(units) > 1 and rng.random() < 0.3:
                del units[code]  # it ended before, and nobody had its last workbook
        if row.get("hasta") and rng.random() < 0.5:
            row["vigencia"] = "no vigente"


def _another(entity: Sheets, row: Row, **said: object) -> Row:
    """A new unit beside one, which weighs nothing where others have weights."""
    code = f"U-{len(entity['unidades']) + 1:02}"
    weight = 0.0 if row.get("peso") is not None else None
    made: Row = {**row, "unidad": code, "nombre": f"Unidad nueva {code}", "peso": weight, "desde": None, **said}
    entity["unidades"].append(made)
    return made


def _takes_over(units: dict[str, Sheets], before: Row, after: Row) -> None:
    """The workbook of one as that of another, which says all the months."""
    own = units[str(before["unidad"])]
    tables = {key: [dict(r) for r in rows] for key, rows in own.items()}
    tables["unidad"][0] |= {"unidad": after["unidad"], "nombre": after["nombre"]}
    tables["presupuesto"] = []
    units[str(after["unidad"])] = tables


def _created(rng: random.Random, entity: Sheets, units: dict[str, Sheets], row: Row) -> None:
    _takes_over(units, row, _another(entity, row, desde=rng.choice(_FIRSTS)))


def _closed(rng: random.Random, entity: Sheets, units: dict[str, Sheets], row: Row) -> None:
    if row.get("hasta") is None and row.get("peso") is None:
        row["hasta"] = _before(rng.choice(_FIRSTS[1:]))
        if row.get("desde") and row["desde"] > row["hasta"]:  # type: ignore[operator]
            row["desde"] = None


def _ends(rng: random.Random, row: Row) -> dt.date | None:
    """A first day for what follows a unit, which ends the day before; None where it has dates already."""
    if row.get("hasta") or row.get("desde"):
        return None
    first = rng.choice(_FIRSTS[1:])
    row["hasta"] = _before(first)
    return first


def _renamed(rng: random.Random, entity: Sheets, units: dict[str, Sheets], row: Row) -> None:
    first = _ends(rng, row)
    if first:
        after = _another(entity, row, desde=first, hasta=None, sucesora_de=row["unidad"], peso=row.get("peso"))
        _takes_over(units, row, after)


def _merged(rng: random.Random, entity: Sheets, units: dict[str, Sheets], row: Row) -> None:
    """With a mate of its group: a new unit follows both, which weighs what they did."""
    alike = [
        u for u in entity["unidades"]
        if u is not row and u["unidad"] in units and not u.get("desde") and not u.get("hasta") and u["vigencia"] == "vigente"
        and [u[c] for c in ("area", "grupo", "subgrupo")] == [row[c] for c in ("area", "grupo", "subgrupo")]
    ]  # fmt: skip
    first = _ends(rng, row) if alike else None
    if first:
        mate = rng.choice(alike)
        mate["hasta"] = row["hasta"]
        weights = [w for w in (row.get("peso"), mate.get("peso")) if isinstance(w, float)]
        said = {"peso": sum(weights) if weights else None, "sucesora_de": f"{row['unidad']}; {mate['unidad']}"}
        _takes_over(units, row, _another(entity, row, desde=first, hasta=None, **said))


def _split(rng: random.Random, entity: Sheets, units: dict[str, Sheets], row: Row) -> None:
    first = _ends(rng, row)
    if first:
        for weight in (row.get("peso"), 0.0 if row.get("peso") is not None else None):
            said = {"desde": first, "hasta": None, "sucesora_de": row["unidad"], "peso": weight}
            _takes_over(units, row, _another(entity, row, **said))


def _before(day: dt.date) -> dt.date:
    return day - dt.timedelta(days=1)


# --- the rules -------------------------------------------------------------------------------------------------------


def in_force(row: Row) -> bool:
    return row["vigencia"] == "vigente" or row.get("hasta") is not None


def _row(entity: Sheets, code: str) -> Row:
    return next(u for u in entity["unidades"] if u["unidad"] == code)


def last_day(month: int) -> dt.date:
    """The last day of a month."""
    return dt.date(YEAR, month, calendar.monthrange(YEAR, month)[1])


def later_name(entity: Sheets, code: str) -> Row | None:
    """The unit that this one was renamed to: the only one that follows it, which follows no other, from a day on."""
    after = [u for u in entity["unidades"] if code in str(u.get("sucesora_de") or "").split("; ")]
    return after[0] if len(after) == 1 and after[0]["sucesora_de"] == code and after[0].get("desde") else None


def _former_name(entity: Sheets, code: str) -> Row | None:
    before = str(_row(entity, code).get("sucesora_de") or "")
    named = next((u for u in entity["unidades"] if u["unidad"] == before), None)
    return named if named is not None and later_name(entity, before) is _row(entity, code) else None


def days(entity: Sheets, code: str) -> Days:
    """The first and the last day of a unit under all its names."""
    first = last = _row(entity, code)
    while (before := _former_name(entity, str(first["unidad"]))) is not None:
        first = before
    while (after := later_name(entity, str(last["unidad"]))) is not None:
        last = after
    return first.get("desde"), last.get("hasta")  # type: ignore[return-value]


def exists(entity: Sheets, code: str, first: int, last: int) -> bool:
    """Whether a unit existed on any day of some months."""
    start, end = days(entity, code)
    return (start is None or start <= last_day(last)) and (end is None or end >= dt.date(YEAR, first, 1))


def counts(entity: Sheets, code: str, quarter: int) -> bool:
    """Whether it counts, under this code, in an evaluation up to a quarter."""
    row, cut = _row(entity, code), last_day(3 * quarter)
    after, before = later_name(entity, code), _former_name(entity, code)
    renamed = after is not None and after["desde"] <= cut  # type: ignore[operator]
    not_yet = before is not None and row["desde"] > cut  # type: ignore[operator]
    return in_force(row) and exists(entity, code, 1, 3 * quarter) and not renamed and not not_yet


def current(entity: Sheets, code: str, quarter: int) -> str:
    """What a unit is called at the end of a quarter."""
    after = later_name(entity, code)
    if after is not None and after["desde"] <= last_day(3 * quarter):  # type: ignore[operator]
        return current(entity, str(after["unidad"]), quarter)
    return code


def with_kin(entity: Sheets, codes: Iterable[str]) -> list[str]:
    """Some units, all that follow them and all that they follow."""
    after, before = list(codes), list(codes)
    there = {str(u["unidad"]): str(u.get("sucesora_de") or "").split("; ") for u in entity["unidades"] if in_force(u)}
    for code in after:
        after += [other for other, named in there.items() if code in named and other not in after]
    for code in before:
        before += [other for other in there.get(code, []) if other in there and other not in before]
    return list(dict.fromkeys([*after, *before]))


def of_their_days(entity: Sheets, units: dict[str, Sheets]) -> dict[str, Sheets]:
    """What units typed, without the months of tasks in which they did not exist."""
    found = {}
    for code, tables in units.items():
        gone = {m for n, m in enumerate(MONTHS, start=1) if not exists(entity, code, n, n)}
        blank = {f"{stem}_{m}": None for stem in ("programado", "ejecutado") for m in gone}
        found[code] = {**tables, "tareas": [{**r, **blank} for r in tables["tareas"]] if gone else tables["tareas"]}
    return found
