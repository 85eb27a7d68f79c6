"""One entity of many, consolidated: its master and its data, and what is said of it among the others."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from poa_xl.api import revision, targets
from poa_xl.api.entity_folders import EntityFolder
from poa_xl.api.evaluation import QuarterEvaluation
from poa_xl.api.targets import Target
from poa_xl.campaign.ledger import LEDGER
from poa_xl.cells import visible
from poa_xl.engine import Engine, EngineError
from poa_xl.errors import EntityError, PoaError
from poa_xl.evaluation import ACUMULADO
from poa_xl.findings import SubmissionState
from poa_xl.guards import Limits
from poa_xl.guards.refused import of_exception
from poa_xl.messages import limits as limit_words, state as words
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.writers.state import EntityResult

MASTERS, DATA = "maestros", "datos"
_SENT = "entregas"
Claim = Callable[[str], str]  # of a sigla: the folder of the entity that has it before this one, '' where none has


@dataclass(frozen=True)
class StateTerms:
    """What is the same for all entities. They are written below `place`."""

    place: Path
    quarter: int
    force: bool  # whether a master is replaced that somebody saved since
    limits: Limits


@dataclass(frozen=True)
class EntityConsolidation:
    """How an entity is consolidated."""

    terms: StateTerms
    engine: Engine

    def result(self, folder: EntityFolder, claim: Claim) -> EntityResult:
        """Consolidate an entity; what is wrong with it is in the result. Only an EngineError concerns all of them."""
        try:
            return self._consolidated(folder, claim)
        except EntityError as error:
            said = words.SEE.format(porque=error.command_text, ruta=f"{folder.shown}/{ENTITY_FILE}")
        except EngineError:  # nothing is wrong with the entity, and the next one would wait for it too
            raise
        except PoaError as error:
            said = error.command_text
        except Exception as error:
            kind, where = of_exception(error)
            said = limit_words.UNFORESEEN.format(tipo=kind, donde=where)
        return failed(self.terms.place, folder, said)

    def _consolidated(self, folder: EntityFolder, claim: Claim) -> EntityResult:
        target = targets.master(self.terms.place / MASTERS / f"{folder.name}.xlsx", self.terms.force)
        with folder.opened(self.terms.limits) as path:
            found = self._checked(path)
        sigla = found.entidad.entidad.sigla
        if other := claim(sigla):
            raise PoaError(words.SAME_SIGLA, sigla=visible(sigla), otra=visible(other))
        return self._written(folder, found.evaluate(), target)

    def _checked(self, folder: Path) -> revision.Revision:
        quarter, limits = self.terms.quarter, self.terms.limits
        if (folder / LEDGER).is_file():
            from poa_xl.api.campaign import Campaign

            campaign = Campaign(folder)
            own = campaign.settings.trimestre
            if own != quarter:
                raise PoaError(words.OTHER_QUARTER, suyo=own, pedido=quarter)
            return campaign.check(limits=limits, engine=self.engine)
        sent = folder / _SENT if (folder / _SENT).is_dir() else folder
        return revision.check(sent, folder / ENTITY_FILE, quarter, limits=limits, engine=self.engine)

    def _written(self, folder: EntityFolder, done: QuarterEvaluation, target: Target) -> EntityResult:
        target.path.parent.mkdir(parents=True, exist_ok=True)
        master = done.write_master(target)
        done.write_parquet(self.terms.place / DATA)
        checked, evaluacion, entidad = done.revision, done.evaluacion, done.entidad
        rejected = sum(s.estado is SubmissionState.REJECTED for s in checked.submissions)
        quarter, root = evaluacion.periodo.clave, evaluacion.raiz
        band = evaluacion.semaforo(root, quarter)
        return EntityResult(
            folder.name, entidad.entidad.nombre, entidad.entidad.sigla, entidad.gestion,
            len(evaluacion.nodos[root].miembros), len(checked.submissions) - rejected, rejected, len(checked.missing),
            checked.errors, checked.avisos, evaluacion.avance[root, quarter], evaluacion.avance[root, ACUMULADO],
            evaluacion.ejecucion[root, quarter], evaluacion.ejecucion[root, ACUMULADO],
            band.evaluacion if band else "", band.color if band else "", band.letra if band else "",
            master.path.relative_to(self.terms.place).as_posix(), entidad.sha256,
        )  # fmt: skip


def failed(place: Path, folder: EntityFolder, why: str) -> EntityResult:
    """What is said of an entity that has no new master; an old one may still be there."""
    if (place / MASTERS / f"{folder.name}.xlsx").is_file():
        why = words.STALE.format(porque=why, salida=visible(str(place)))
    return EntityResult(folder.name, porque=why)
