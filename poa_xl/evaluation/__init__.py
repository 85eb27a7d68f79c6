"""The numbers of a quarter: from accepted rows and the entity to every figure of every level.

`periods` says which months belong to what, `tree` who is below whom, `physical` and `money` compute, `cuadre`
holds the units' money against SIGEP, and `result` puts all of it in one `Evaluacion`. `published` compares with figures
of closed periods, and `absence` says why a unit has none. Every formula is in `poa_xl.indicators`.
"""

import importlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa_xl.evaluation.periods import ACUMULADO, Periodo
    from poa_xl.evaluation.result import Evaluacion, evaluate
    from poa_xl.evaluation.tree import Clave, Nodo

__all__ = ["ACUMULADO", "Clave", "Evaluacion", "Nodo", "Periodo", "evaluate"]

_PLACES = {
    "ACUMULADO": "periods",
    "Clave": "tree",
    "Evaluacion": "result",
    "Nodo": "tree",
    "Periodo": "periods",
    "evaluate": "result",
}


def __getattr__(name: str) -> object:  # who checks a workbook asks for a month, and for nothing that computes
    if name not in _PLACES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    found = getattr(importlib.import_module(f"{__name__}.{_PLACES[name]}"), name)
    globals()[name] = found
    return found
