"""What is said of the form of a number in a text, in Spanish; the keys are those of `prose_numbers.NumberForm`."""

_READ_AS = "«{texto}» se leyó como {lectura}"
FORMS = {
    "punto decimal": f"{_READ_AS}: escriba coma decimal.",
    "ambiguo": "«{texto}» puede leerse de más de una manera{lecturas}: escríbalo de modo que diga una sola cosa.",
    "a la inglesa": f"{_READ_AS}: escriba puntos de miles y coma decimal.",
    "miles": f"{_READ_AS}: separe los miles con puntos, de tres en tres cifras.",
    "cifras": f"{_READ_AS}: escríbalo con las cifras y los signos corrientes.",
}


def form(name: str, text: str, readings: tuple[str, ...]) -> str:
    """What is said of a number; '' for one that is written well. Readings as they would be shown."""
    if not name:
        return ""
    two = f", {' o '.join(readings)}" if len(readings) > 1 else ""
    return FORMS[name].format(texto=text, lectura=readings[0], lecturas=two)
