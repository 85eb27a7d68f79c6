"""Every indicator and every rule of judgement, one module each, with all its faces.

In come plain numbers, or the texts of the cells and ranges that a formula is about; out go figures, pieces of formulas
and Spanish words. An indicator is written down once: its Python (`eficacia`), its formula in a unit's workbook, plain
or by the worksheet function (`eficacia_formula`), in the master (`eficacia_master_formula`), its words
(`EFICACIA`) and the help of its worksheet function (`EFICACIA_FUNCTION`). All names are taken from here, whichever
module they stand in: `from poa_xl import indicators`, then `indicators.eficacia(…)`.

Percentages are points (0-100): 92.16, never 0.9216. Money is in Bs. A figure that does not exist is None and shows as
«n/a» (`not_available`). Figures are not rounded: only a judgement is of the figure at nine decimals (`judged`), and
what is shown has two (`round_half_up`). A piece of a formula carries no leading `=`. The thresholds are the published
ones of gestion 2024; an entity may state others in its sheet Parametros, and they arrive here as arguments.

The standard library alone and Python 3.8, because the spreadsheet programs carry a copy.
"""
# ruff: noqa: F403, F405 - whatever a module defines is taken from here

from poa_xl.indicators.a_la_fecha import *
from poa_xl.indicators.accion_correctiva import *
from poa_xl.indicators.avance import *
from poa_xl.indicators.brecha import *
from poa_xl.indicators.criterio_dgaa import *
from poa_xl.indicators.cuadre import *
from poa_xl.indicators.eficacia import *
from poa_xl.indicators.eficacia_ponderada import *
from poa_xl.indicators.eficiencia import *
from poa_xl.indicators.ejecucion import *
from poa_xl.indicators.fuentes import *
from poa_xl.indicators.goal_cells import *
from poa_xl.indicators.levels import *
from poa_xl.indicators.means import *
from poa_xl.indicators.meta_de_tarea import *
from poa_xl.indicators.metas import *
from poa_xl.indicators.not_available import *
from poa_xl.indicators.rango_ideal import *
from poa_xl.indicators.ratio import *
from poa_xl.indicators.rounding import *
from poa_xl.indicators.semaforo import *
from poa_xl.indicators.statistics import *
from poa_xl.indicators.weights import *
from poa_xl.indicators.words import *
from poa_xl.indicators.year import *

# In the order in which the sheet Criterios shows them.
INDICATORS = (
    EFICACIA,
    EJECUCION,
    EFICIENCIA,
    AVANCE_OPERACION,
    AVANCE_UNIDAD,
    AVANCE_NIVEL,
    AVANCE_ACP,
    AVANCE_ACUMULADO,
    AVANCE_A_LA_FECHA,
    CUMPLIMIENTO,
    META_DE_TAREA,
    EFICACIA_PONDERADA,
    RANGO_IDEAL,
    PROMEDIO_DE_ANOS,
    BRECHA,
    METAS,
    FUENTES,
    JUICIO,
)
# All words, by their names: those above and of what no row of Criterios speaks.
WORDS = {name: words for name, words in sorted(globals().items()) if isinstance(words, Words)}


def note(name: str) -> str:
    """The note of the column of an indicator; KeyError where no words of that name have one."""
    if not WORDS[name].note:
        raise KeyError(name)
    return WORDS[name].note
