"""What is said of goals within a finding."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict

FALL, BE_A_PERCENTAGE = "disminuir", "ir en porcentaje"
NO_MEASURE = "(sin unidad de medida)"
# How the programme of the year is told, by the kind of goal.
PROGRAMME: Dict[str, str] = {"suma": "suma", "acumulada": "llega a", "nivel": "es", "último valor": "es"}
