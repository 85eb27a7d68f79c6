"""Defects of the sheet Semaforo, in a copy of their own: with it the thresholds of Parametros count no longer."""

from poa_xl.sample.defects_entity import Change
from poa_xl.sample.plots import FIRST_ROW, PlantedCell, Plot

SHEET = "Semaforo"
_TITLES = ("Desde", "Evaluación", "Color", "Color de la letra", "Versión")
_ROWS = (
    (0.5, "Nulo", "rojo", None, "2024"),
    (0.9, "Ínfimo", "rojo", None, "2025"),
    (20, "Bajo", "naranja", None, None),
    (10, "Regular", "naranja", None, None),
    (120, "Aceptable", "amarillo", None, None),
    (None, "Medio", "amarillo", None, None),
    (40, "BAJO", "amarillo", None, None),
    (50, "Mejor que el del trimestre anterior, pero no del todo", "verde", None, None),
    (60, "Alto", "color del cielo", None, None),
    (70, "Óptimo", "azul", "negro", None),
)


# Code -> where it is told, in the rows above, which number from 1.
_TOLD = (
    ("SEM-001", "Desde", 6),
    ("SEM-002", "Desde", 5),
    ("SEM-003", "Desde", 10),
    ("SEM-004", "Desde", 2),
    ("SEM-005", "Desde", 1),
    ("SEM-006", "Desde", 4),
    ("SEM-007", "Evaluación", 7),
    ("SEM-008", "Evaluación", 8),
    ("SEM-009", "Color", 9),
    ("SEM-010", "Color de la letra", 10),
    ("SEM-011", "Versión", 2),
)


def _unused(plot: Plot) -> list[PlantedCell]:
    """The rows of the sheet, and the first threshold of Parametros, where it is told of all of them."""
    for row, values in enumerate(_ROWS, start=FIRST_ROW):
        for title, value in zip(_TITLES, values, strict=True):
            plot.put(SHEET, title, row, value)
    return [PlantedCell("Parametros", plot.find("Parametros", "Parámetro", "semaforo.optimo"))]


def _at(title: str, number: int) -> Change:
    return lambda plot: [plot.place(SHEET, title, FIRST_ROW + number - 1)]


CHANGES: list[tuple[str, Change]] = [("SEM-012", _unused), *((code, _at(title, n)) for code, title, n in _TOLD)]
