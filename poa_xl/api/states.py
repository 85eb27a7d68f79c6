"""Many entities at once, each by its own rules: a master of each, their data together, and a workbook of all of them.

What was done is kept with the fingerprints of what it was done of, so that a second run reads only what changed, also
after one that was interrupted. An entity that cannot be consolidated stops no other one.
"""

import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from os import PathLike
from pathlib import Path
from typing import Any

from poa_xl import __version__, atomic, brief, engine as engines, extras, names, object_store
from poa_xl.api import arguments, entity_folders, limits as given_limits, revision, targets
from poa_xl.api.entity_folders import EntityFolder
from poa_xl.api.evaluation import QuarterEvaluation
from poa_xl.api.limits import GivenLimits
from poa_xl.api.targets import Target, Written
from poa_xl.campaign.ledger import LEDGER
from poa_xl.cells import visible
from poa_xl.engine import Engine, EngineError, GivenEngine
from poa_xl.errors import EntityError, PoaError, WrongUseError
from poa_xl.evaluation import ACUMULADO
from poa_xl.findings import SubmissionState
from poa_xl.guards import Limits
from poa_xl.guards.refused import of_exception
from poa_xl.messages import library, limits as limit_words, parquet as data_words, state as words
from poa_xl.messages.entity import ENTITY_FILE
from poa_xl.writers import state
from poa_xl.writers.parquet import tables
from poa_xl.writers.state import EntityResult

MASTERS, DATA, REGISTRY = "maestros", "datos", "registro.json"
_SENT = "entregas"
_VERSION = 1


@dataclass(frozen=True)
class StateConsolidation:
    """What became of all entities, the workbook of them, and the folder of their data.

    `left` are folders of an earlier run that were not given now: what was written of them is still there.
    """

    entities: tuple[EntityResult, ...]
    workbook: Written
    data: Path
    left: tuple[str, ...]

    def __repr__(self) -> str:
        failed = sum(bool(one.porque) for one in self.entities)
        return brief.line(self, entities=len(self.entities), failed=failed, workbook=self.workbook.path)

    @property
    def sound(self) -> bool:
        """Whether every entity has a master, and no workbook an error."""
        return not any(one.porque or one.errores for one in self.entities)


def consolidate_state(
    folders: str | PathLike[str] | Sequence[str | PathLike[str]],
    output: str | PathLike[str],
    quarter: int,
    *,
    force: bool = False,
    limits: GivenLimits = None,
    engine: GivenEngine = "local",
    each: Callable[[EntityResult], None] | None = None,
) -> StateConsolidation:
    """Consolidate the entities of some folders into another folder, and what became of each.

    A folder is an entity's, with its `entidad.xlsx` and its workbooks (in `entregas/` or beside it) or a campaign, or
    it holds such folders; it may be an address such as `s3://bucket/folder`. `output` gets `maestros/`, `datos/`
    (Parquet of all) and `estado.xlsx`. `each` is called with every entity once it is done. With `force` a master is
    replaced that somebody saved since. `engine` says where workbooks are read, as in `poa_xl.check`; a scheduler is
    asked for only where something has to be read.

    WrongUseError where no entity is found, two folders have one name, or `output` is within one of them; PoaError where
    pyarrow is missing, or the scheduler cannot be used: the next run goes on from there. What is wrong with an entity
    is in its result and stops no other one.
    """
    object_store.refuse(output)
    quarter, place = arguments.quarter(quarter), Path(output)
    extras.require(data_words.WITHOUT_LIBRARIES, "pyarrow")
    if place.is_file():
        raise WrongUseError(library.NOT_A_FOLDER, ruta=visible(str(place)))
    found = entity_folders.found([folders] if isinstance(folders, str | PathLike) else folders, place)
    target = targets.of(place / words.WORKBOOK, names.STATE_VALUE, force)
    bounds, registry = given_limits.read(limits), _Registry.read(place / REGISTRY, quarter)
    done: list[EntityResult] = []
    with engines.opened(engine) as own:
        run = _Run(place, quarter, force, bounds, registry, own)
        for folder in found:
            done.append(run.entity(folder, done))
            if each:
                each(done[-1])
    with target.landing() as landing:
        state.write(landing.temporary, done, quarter)
    left = sorted(set(registry.entities) - {folder.name for folder in found})
    return StateConsolidation(tuple(done), targets.written(landing), place / DATA, tuple(left))


@dataclass
class _Registry:
    """What was done before, by the name of the folder: of which fingerprint, and what came of it."""

    path: Path
    quarter: int
    entities: dict[str, tuple[str, EntityResult]]  # the fingerprint, and the result

    @classmethod
    def read(cls, path: Path, quarter: int) -> "_Registry":
        """That of a folder; empty where there is none, or one of another quarter or version of the program."""
        if not path.exists():
            return cls(path, quarter, {})
        try:
            said = json.loads(path.read_text(encoding="utf-8"))
            head = {key: said[key] for key in ("version", "poa_xl", "trimestre")}
            entities = {
                folder: (str(one["huella"]), EntityResult(**one["resultado"]))
                for folder, one in said["entidades"].items()
            }
        except (ValueError, KeyError, TypeError, AttributeError, OSError) as error:
            raise WrongUseError(words.NOT_OURS, ruta=visible(str(path))) from error
        return cls(path, quarter, entities if head == cls._head(quarter) else {})

    @staticmethod
    def _head(quarter: int) -> dict[str, Any]:
        return {"version": _VERSION, "poa_xl": __version__, "trimestre": quarter}

    def known(self, folder: EntityFolder, fingerprint: str) -> EntityResult | None:
        """What came of the same files before."""
        known, result = self.entities.get(folder.name, ("", None))
        return result if known == fingerprint else None

    def keep(self, folder: EntityFolder, fingerprint: str, result: EntityResult) -> None:
        """Write down what came of an entity, so that a run that is interrupted goes on from here."""
        self.entities[folder.name] = fingerprint, result
        self.path.parent.mkdir(parents=True, exist_ok=True)
        said = {name: {"huella": own, "resultado": asdict(one)} for name, (own, one) in self.entities.items()}
        text = json.dumps(self._head(self.quarter) | {"entidades": said}, ensure_ascii=False, indent=1)
        with atomic.replacing(self.path) as temporary:
            temporary.write_text(f"{text}\n", encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class _Run:
    place: Path
    quarter: int
    force: bool
    limits: Limits
    registry: _Registry
    engine: Engine

    def entity(self, folder: EntityFolder, others: Sequence[EntityResult]) -> EntityResult:
        """Consolidate an entity, unless nothing of it changed; what is wrong with it is in the result."""
        fingerprint = folder.fingerprint(self.quarter)
        before = self.registry.known(folder, fingerprint)
        if before and self._is_there(before):
            return replace(before, changed=False)
        try:
            result = self._consolidated(folder, others)
        except EntityError as error:
            result = self._failed(
                folder, words.SEE.format(porque=error.command_text, ruta=f"{folder.shown}/{ENTITY_FILE}")
            )
        except EngineError:  # nothing is wrong with the entity, and the next one would wait for it too
            raise
        except PoaError as error:
            result = self._failed(folder, error.command_text)
        except Exception as error:
            kind, where = of_exception(error)
            result = self._failed(folder, limit_words.UNFORESEEN.format(tipo=kind, donde=where))
        self.registry.keep(folder, fingerprint, result)
        return result

    def _is_there(self, result: EntityResult) -> bool:
        """Whether what was written of an entity still lies there."""
        if result.porque or result.gestion is None:
            return False
        data = self.place / DATA / tables.FIGURES.name / tables.partition(result.sigla, result.gestion, self.quarter)
        return (self.place / result.maestro).is_file() and (data / tables.FILE).is_file()

    def _failed(self, folder: EntityFolder, why: str) -> EntityResult:
        if (self.place / MASTERS / f"{folder.name}.xlsx").is_file():
            why = words.STALE.format(porque=why, salida=visible(str(self.place)))
        return EntityResult(folder.name, porque=why)

    def _consolidated(self, folder: EntityFolder, others: Sequence[EntityResult]) -> EntityResult:
        target = targets.master(self.place / MASTERS / f"{folder.name}.xlsx", self.force)
        with folder.opened(self.limits) as path:
            found = self._checked(path)
        sigla = found.entidad.entidad.sigla
        for other in others:
            if other.sigla == sigla:
                raise PoaError(words.SAME_SIGLA, sigla=visible(sigla), otra=visible(other.carpeta))
        return self._written(folder, found.evaluate(), target)

    def _checked(self, folder: Path) -> revision.Revision:
        if (folder / LEDGER).is_file():
            from poa_xl.api.campaign import Campaign

            campaign = Campaign(folder)
            own = campaign.settings.trimestre
            if own != self.quarter:
                raise PoaError(words.OTHER_QUARTER, suyo=own, pedido=self.quarter)
            return campaign.check(limits=self.limits, engine=self.engine)
        sent = folder / _SENT if (folder / _SENT).is_dir() else folder
        return revision.check(sent, folder / ENTITY_FILE, self.quarter, limits=self.limits, engine=self.engine)

    def _written(self, folder: EntityFolder, done: QuarterEvaluation, target: Target) -> EntityResult:
        target.path.parent.mkdir(parents=True, exist_ok=True)
        master = done.write_master(target)
        done.write_parquet(self.place / DATA)
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
            master.path.relative_to(self.place).as_posix(), entidad.sha256,
        )  # fmt: skip
