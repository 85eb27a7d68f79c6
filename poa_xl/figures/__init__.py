"""The identity of a figure: `MRE.avance.t2` is the same from the evaluation to the cell of the master.

In comes a text, or what a node, an indicator and a period are called; out comes a `FigureId`, and of the figures of an
evaluation the one that a text names. `vocabulary` holds the closed lists of levels, indicators and periods,
`identifier` the id itself, and `register` looks figures up. Nothing here computes.
"""

from poa_xl.figures.identifier import FigureError, FigureId, parse
from poa_xl.figures.register import Figure, Register
from poa_xl.figures.vocabulary import INDICATORS, LEVELS, PERIODS, UnitOfMeasure, absolute_period

__all__ = [
    "INDICATORS",
    "LEVELS",
    "PERIODS",
    "Figure",
    "FigureError",
    "FigureId",
    "Register",
    "UnitOfMeasure",
    "absolute_period",
    "parse",
]
