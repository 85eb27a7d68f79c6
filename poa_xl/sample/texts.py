"""The words of the sample: phrases of the text sources with the place of each unit filled in."""

from functools import cache

from poa_xl.sample import facts
from poa_xl.sample.facts import Unit


def fill(phrase: str, unit: Unit, **more: str) -> str:
    """A phrase with {ciudad}, {en_pais}, {de_pais}, {organismo} and `more` replaced."""
    return phrase.format(**_place(unit), **more)


@cache
def _place(unit: Unit) -> dict[str, str]:
    known = next(iter(of_key("paises", "pais", unit.pais)), {})
    bodies = {row["unidad"]: row["organismo"] for row in facts.table("organismos")}
    return {
        "en_pais": known.get("en_pais", f"en {unit.pais}"),
        "de_pais": known.get("de_pais", f"de {unit.pais}"),
        "ciudad": known.get("ciudad") or unit.ciudad,
        "organismo": bodies.get(unit.codigo, ""),
    }


@cache
def of_key(name: str, column: str, key: str) -> tuple[dict[str, str], ...]:
    """The rows of a text source whose column holds the key."""
    return tuple(row for row in facts.table(name) if row[column] == key)


def lag(proceso: str, name: str) -> tuple[str, str]:
    """Why a task of that kind lags and what will be done, always the same for a task's name."""
    row = facts.seeded("problema", name).choice(of_key("problemas_tipo", "proceso", proceso))
    return row["problema"], row["accion"]


def results(unit: Unit) -> tuple[str, str]:
    """The programmed result of a unit and a sentence on what it did."""
    row = facts.seeded("resultado", unit.codigo).choice(of_key("resultados_tipo", "tipo", unit.tipo))
    return fill(row["resultado_programado"], unit), fill(row["frase"], unit)


def officer(unit: Unit) -> tuple[str, str]:
    """Invented name and post of who fills the workbook of a unit."""
    rng = facts.seeded("responsable", unit.codigo)
    first = rng.choice(_people("nombre"))
    surnames = rng.sample(_people("apellido"), 2)
    return f"{first} {surnames[0]} {surnames[1]}", rng.choice(_people(f"cargo {unit.servicio}"))


def _people(field: str) -> list[str]:
    return [row["texto"] for row in of_key("personas", "campo", field)]
