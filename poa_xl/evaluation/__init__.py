"""The numbers of a quarter: from accepted rows and the entity to every figure of every level.

`periods` says which months belong to what, `tree` who is below whom, `physical` and `money` compute, `cuadre`
holds the units' money against SIGEP, and `result` puts all of it in one `Evaluacion`. `published` compares with figures
of closed periods, and `absence` says why a unit has none. Every formula is in `poa_xl.indicators`.
"""

from poa_xl.evaluation.periods import ACUMULADO, Periodo
from poa_xl.evaluation.result import Evaluacion, evaluate
from poa_xl.evaluation.tree import Clave, Nodo

__all__ = ["ACUMULADO", "Clave", "Evaluacion", "Nodo", "Periodo", "evaluate"]
