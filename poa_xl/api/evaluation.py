"""The figures of a quarter, of rows that were accepted, and the master workbook that shows them."""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property
from os import PathLike
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl import brief, evaluation, extras
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.api import targets
from poa_xl.api.entities import EntityBook
from poa_xl.api.revision import Revision
from poa_xl.api.targets import GivenTarget, Written
from poa_xl.cells import visible
from poa_xl.errors import PoaError, WrongUseError
from poa_xl.evaluation import Evaluacion
from poa_xl.evaluation.absence import absences, counts
from poa_xl.figures.register import Value
from poa_xl.messages import library
from poa_xl.object_store import is_location, put_folder

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class WrittenData:
    """Data of a quarter that were written: the folder, and how many rows each table has of this quarter."""

    folder: Path | str  # of an object store, its address
    rows: Mapping[str, int]


@dataclass(frozen=True)
class QuarterEvaluation:
    """All figures of a quarter, and the revision that they come from."""

    revision: Revision
    evaluacion: Evaluacion  # every figure of every level

    def __repr__(self) -> str:
        return brief.line(
            self, given=brief.paths(self.revision.given), gestion=self.entidad.gestion, quarter=self.revision.quarter,
            without_information=sum(self.without_information.values()),
        )  # fmt: skip

    @property
    def entidad(self) -> EntityBook:
        """The entity that it is of."""
        return self.revision.entidad

    @property
    def without_information(self) -> dict[str, int]:
        """Why no figure comes from a unit -> of how many units in force."""
        return counts(absences(self.evaluacion.faltantes, self.revision.submissions))

    @cached_property
    def without_changes(self) -> Evaluacion | None:
        """The same without the accepted changes of the plan and of earlier quarters; None where there are none."""
        from poa_xl.checking import accepted_changes

        revision, rows = self.revision, self.revision.rows
        found = accepted_changes.accepted(revision.findings)
        if not found or rows is None or revision.quarter is None:
            return None
        before = accepted_changes.rows_without(rows, found, revision.baseline)
        return evaluation.evaluate(self.entidad.entidad, before, revision.quarter)

    def figure(self, text: str) -> Value:
        """A figure by its id, such as `MRE.avance.t2` (`[level:]code.indicator.period`), unrounded; None is «n/a».

        `trimestre`, `anterior` and `acumulado` are no periods of an id: those are ene … dic, t1 … t4, hasta_t1 …
        hasta_t4. FigureError where there is none, naming those that are near, and for a code that two nodes have.
        """
        return self.evaluacion.figure(text)

    def to_frame(self) -> "pd.DataFrame":
        """Every figure, one a row, in a fixed order.

        `id`; its parts `node` (code, with its level where the entity's do not need one), `level`, `code`, `indicator`
        and `period`; `value`, a float, NaN for «n/a» and for figures that are words, such as a semaforo, which are in
        `word`; and `unit`: puntos, Bs, a count, or words.
        """
        import pandas as pd

        rows = []
        for id, value, unit in self.evaluacion.figures():  # noqa: A001
            word = value if isinstance(value, str) else ""
            number = None if value is None or isinstance(value, str) else float(value)
            rows.append((str(id), id.node, id.level, id.code, id.indicator, id.period, number, word, str(unit)))
        return pd.DataFrame(rows, columns=list(FIGURE_COLUMNS)).astype({"value": float})

    def _published(
        self, given: Mapping[str, float | Fraction | None] | None
    ) -> Mapping[str, float | Fraction | None] | None:
        before = self.revision.baseline.previous
        if given is not None or before is None or before.trimestre != self.evaluacion.trimestre - 1:
            return given
        return before.cifras

    def write_master(
        self, path: GivenTarget, *, force: bool = False, previous: Mapping[str, float | Fraction | None] | None = None
    ) -> Written:
        """Write the master workbook, and where it stands: the same inputs give the same bytes.

        `previous` are figures by their ids, such as `MRE.avance.t1`, with which the quarter before was published: the
        changes of the Resumen directivo are from these. Without them they are from those of the campaign that the
        workbooks were compared with, if it is of that quarter, else from what this evaluation has of it.

        It replaces a master that nobody saved since and that is of no later period, and nothing else; with `force` also
        such a one. WrongUseError where something else has the name. One that is open in a spreadsheet program stays,
        and the new one gets another name.
        """
        from poa_xl.writers import master

        revision, entidad, rows = self.revision, self.entidad.entidad, self.revision.rows or AcceptedRows()
        target = targets.master(path, force)
        target.refuse_later((entidad.gestion, self.evaluacion.trimestre))
        with target.landing() as landing:
            master.write_master(
                landing.temporary, entidad, self.evaluacion, rows, revision.findings, revision.submissions,
                corte=self.evaluacion.periodo.dates(entidad.gestion)[1],
                fuente=(self.entidad.checked.book.file, self.entidad.sha256), registro=revision.ledger_head,
                plan=revision.baseline.plan, without_changes=self.without_changes,
                anteriores=self._published(previous),
            )  # fmt: skip
        return targets.written(landing, target)

    def write_parquet(self, folder: str | PathLike[str]) -> WrittenData:
        """Write the data of the quarter as Parquet into a folder, beside those of other entities and quarters.

        A table is a folder: `cifras` (every figure by its id, in points, Bs or a count), `nodos`, the accepted rows of
        each sheet, `entregas` and `observaciones`; below it a folder of the entity, the year and the quarter.
        `catalogo.sql` makes views of them in DuckDB. What was there of the same quarter is replaced. The same inputs
        give the same bytes.

        PoaError where pyarrow is missing (`poa-xl[parquet]`), WrongUseError, before anything is written, where a file
        of another kind has the name of one of these.
        """
        from poa_xl.messages import parquet as words

        extras.require(words.WITHOUT_LIBRARIES, "pyarrow")
        from poa_xl.writers.parquet import writer

        if isinstance(folder, str) and is_location(folder):
            with tempfile.TemporaryDirectory(prefix="poa-xl-") as own:
                done = self.write_parquet(Path(own))
                put_folder(Path(own), folder, writer.refuse_other)
            return WrittenData(folder, done.rows)
        place, revision = Path(folder), self.revision
        if place.is_file():
            raise WrongUseError(library.NOT_A_FOLDER, ruta=visible(str(place)))
        sources = {"libro_de_la_entidad": self.entidad.checked.book.file, "sha256": self.entidad.sha256}
        rows = writer.write(
            place, self.evaluacion, revision.rows or AcceptedRows(), revision.submissions, revision.findings, sources
        )
        return WrittenData(place, rows)


def evaluate(revision: Revision) -> QuarterEvaluation:
    """Evaluate what was accepted. PoaError where there is nothing to evaluate, or no quarter to do it for."""
    entidad = revision.entidad
    if revision.quarter is None:
        raise WrongUseError(library.NO_QUARTER)
    if not revision.rows:
        raise PoaError(library.NO_EVALUATION)
    return QuarterEvaluation(revision, evaluation.evaluate(entidad.entidad, revision.rows, revision.quarter))


FIGURE_COLUMNS = ("id", "node", "level", "code", "indicator", "period", "value", "word", "unit")
