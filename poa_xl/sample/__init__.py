"""The sample entity: the Ministerio de Relaciones Exteriores in 2024, with 109 units filled in.

The published figures are the report's; the tasks, the budgets of the offices and every text are reconstructed
so that they lead to those figures. Only data is made here; the workbooks are written elsewhere.
"""

from poa_xl.sample.entity import entity_rows
from poa_xl.sample.units import unit_rows

__all__ = ["entity_rows", "unit_rows"]
