"""The titles of the master's sheets, tables and columns, with the words of an evaluation in their fields."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from poa_xl.evaluation import Evaluacion, Periodo
from poa_xl.evaluation.periods import to_date
from poa_xl.indicators import POR_PESOS, QUARTERS_OF_A_YEAR
from poa_xl.master_tables import terms
from poa_xl.master_tables.table import MasterColumn, MasterTable, PeriodWords, columns_if
from poa_xl.writers.master.words import of_period, up_to

Spans = Mapping[str, Sequence[PeriodWords]]


def words(evaluacion: Evaluacion) -> dict[str, str]:
    """Field -> word, for all titles: the entity, the gestion, the quarter and the period up to it."""
    return {
        "sigla": evaluacion.entidad.sigla,
        "gestion": str(evaluacion.entidad.gestion),
        "trimestre": evaluacion.periodo.corto,
        "del_trimestre": of_period(evaluacion, evaluacion.periodo),
        "del_acumulado": of_period(evaluacion, evaluacion.acumulado),
        "hasta": up_to(evaluacion.acumulado),
    }


def weights_shown(evaluacion: Evaluacion) -> bool:
    """Whether weights count, and so stand in the master."""
    return evaluacion.entidad.metodo == POR_PESOS


def absent(evaluacion: Evaluacion, table: MasterTable) -> frozenset[str]:
    """The levels that columns of a table name and that the entity does without."""
    return table.levels - evaluacion.entidad.levels


def _of(evaluacion: Evaluacion, periods: Iterable[Periodo]) -> tuple[PeriodWords, ...]:
    return tuple(PeriodWords(p.clave, p.corto, of_period(evaluacion, p).capitalize()) for p in periods)


def _cuts(evaluacion: Evaluacion) -> tuple[PeriodWords, ...]:
    """The ends of the quarters, with what is due since January."""
    pairs = zip(to_date(evaluacion.trimestre), evaluacion.trimestres, strict=True)
    return tuple(PeriodWords(cut.clave, q.corto, f"al {q.corto}") for cut, q in pairs)


def spans(evaluacion: Evaluacion) -> Spans:
    """The periods of each spread of columns; those of published years are known to Histórico alone."""
    quarters, whole = evaluacion.trimestres, evaluacion.acumulado
    return {
        terms.ALL_PERIODS: _of(evaluacion, evaluacion.periodos),
        terms.MONTHS_AND_QUARTERS: _of(evaluacion, (*evaluacion.meses, *quarters)),
        terms.QUARTERS: _of(evaluacion, quarters),
        terms.QUARTERS_AND_ACCUMULATED: _of(evaluacion, (*quarters, whole)),
        terms.QUARTER_AND_ACCUMULATED: _of(evaluacion, (evaluacion.periodo, whole)),
        terms.CUTS: _cuts(evaluacion),
        terms.LATER_CUTS: _cuts(evaluacion)[1:],
        terms.CUT: _cuts(evaluacion)[-1:],
        terms.QUARTER_BEFORE: _of(evaluacion, quarters[-2:-1]),
        terms.CUT_BEFORE: _cuts(evaluacion)[-2:-1],
        terms.WEIGHTS: columns_if(weights_shown(evaluacion)),
        terms.THRESHOLDS: tuple(PeriodWords(f"t{t}", f"{t}T") for t in range(1, QUARTERS_OF_A_YEAR + 1)),
    }


def said(evaluacion: Evaluacion, title: str) -> str:
    """A text of ours with the names of the entity."""
    return evaluacion.entidad.nombres.said(title)


def columns(evaluacion: Evaluacion, table: MasterTable, more: Spans) -> list[MasterColumn]:
    """The columns of a table in this evaluation; those of the units' workbooks are called as there."""
    own = str if table.sheet_of_units else partial(said, evaluacion)
    return table.without(absent(evaluacion, table)).laid_out({**spans(evaluacion), **more}, words(evaluacion), own)
