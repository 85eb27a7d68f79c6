"""The second sample: an invented municipality in 2024, over the four quarters of its plan.

Ten units, of which two are merged; one more is created. The workbooks of each quarter know what was known by its end.
"""

from poa_xl.sample.municipio.entity import entity_rows
from poa_xl.sample.municipio.facts import QUARTERS, START
from poa_xl.sample.municipio.units import unit_rows

__all__ = ["QUARTERS", "START", "entity_rows", "unit_rows"]
