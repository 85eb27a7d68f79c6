"""Many entities at once, each by its own rules: a master of each, their data together, and a workbook of all of them.

What was done is kept with the fingerprints of what it was done of, so that a second run reads only what changed, also
after one that was interrupted. An entity that cannot be consolidated stops no other one.
"""

import itertools
import json
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field, replace
from functools import partial
from os import PathLike
from pathlib import Path
from typing import Any

from poa_xl import __version__, atomic, brief, engine as engines, extras, names, object_store
from poa_xl.api import arguments, entity_folders, limits as given_limits, targets
from poa_xl.api.entity_consolidation import DATA, EntityConsolidation, StateTerms
from poa_xl.api.entity_folders import EntityFolder
from poa_xl.api.entity_jobs import EntityJobs
from poa_xl.api.limits import GivenLimits
from poa_xl.api.siglas import Siglas
from poa_xl.api.targets import Written
from poa_xl.cells import visible
from poa_xl.engine import GivenEngine, address
from poa_xl.errors import WrongUseError
from poa_xl.messages import library, parquet as data_words, state as words
from poa_xl.writers import state
from poa_xl.writers.parquet import tables
from poa_xl.writers.state import EntityResult

REGISTRY = "registro.json"
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
    jobs: int = 1,
    each: Callable[[EntityResult], None] | None = None,
) -> StateConsolidation:
    """Consolidate the entities of some folders into another folder, and what became of each.

    A folder is an entity's, with its `entidad.xlsx` and its workbooks (in `entregas/` or beside it) or a campaign, or
    it holds such folders; it may be an address such as `s3://bucket/folder`. `output` gets `maestros/`, `datos/`
    (Parquet of all) and `estado.xlsx`. `each` is called with every entity once it is done, in their order. With `force`
    a master is replaced that somebody saved since. `engine` says where workbooks are read, as in `poa_xl.check`; a
    scheduler is asked for only where something has to be read. `jobs` is how many entities are consolidated at once,
    each in a process of its own; what comes out is the same.

    WrongUseError where no entity is found, two folders have one name, `output` is within one of them, `jobs` are not 1
    to 256, or are several and the engine is not given by its name; PoaError where pyarrow is missing, or the scheduler
    cannot be used: the next run goes on from there. What is wrong with an entity is in its result and stops no other.
    """
    object_store.refuse(output)
    quarter, place = arguments.quarter(quarter), Path(output)
    jobs = arguments.whole(jobs, arguments.JOBS, library.WRONG_JOBS)
    extras.require(data_words.WITHOUT_LIBRARIES, "pyarrow")
    if place.is_file():
        raise WrongUseError(library.NOT_A_FOLDER, ruta=visible(str(place)))
    found = entity_folders.found([folders] if isinstance(folders, str | PathLike) else folders, place)
    target = targets.of(place / words.WORKBOOK, names.STATE_VALUE, force)
    bounds, registry = given_limits.read(limits), _Registry.read(place / REGISTRY, quarter)
    terms = StateTerms(place, quarter, force, bounds)
    done: list[EntityResult] = []
    with _results(found, registry, terms, engine, min(jobs, len(found))) as results:
        for result in results:
            done.append(result)
            if each:
                each(result)
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
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

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
        """What came of the same files before, where all that was written of them still lies there."""
        known, result = self.entities.get(folder.name, ("", None))
        return result if result and known == fingerprint and self._is_there(result) else None

    def _is_there(self, result: EntityResult) -> bool:
        if result.porque or result.gestion is None:
            return False
        place = self.path.parent
        data = place / DATA / tables.FIGURES.name / tables.partition(result.sigla, result.gestion, self.quarter)
        return (place / result.maestro).is_file() and (data / tables.FILE).is_file()

    def keep(self, folder: EntityFolder, fingerprint: str, result: EntityResult) -> None:
        """Write down what came of an entity, so that a run that is interrupted goes on from here."""
        with self._lock:
            self.entities[folder.name] = fingerprint, result
            self.path.parent.mkdir(parents=True, exist_ok=True)
            kept = sorted(self.entities.items())
            said = {name: {"huella": own, "resultado": asdict(one)} for name, (own, one) in kept}
            text = json.dumps(self._head(self.quarter) | {"entidades": said}, ensure_ascii=False, indent=1)
            with atomic.replacing(self.path) as temporary:
                temporary.write_text(f"{text}\n", encoding="utf-8", newline="\n")


@dataclass(frozen=True)
class _Run:
    registry: _Registry
    siglas: Siglas
    consolidation: EntityConsolidation | EntityJobs

    def entity(self, number: int, folder: EntityFolder) -> EntityResult:
        """Consolidate an entity, unless nothing of it changed; what is wrong with it is in the result."""
        result = EntityResult(folder.name)
        try:
            fingerprint = folder.fingerprint(self.registry.quarter)
            before = self.registry.known(folder, fingerprint)
            if before:
                result = replace(before, changed=False)
                return result
            result = self.consolidation.result(folder, partial(self.siglas.claim, number))
            self.registry.keep(folder, fingerprint, result)
            return result
        finally:
            self.siglas.settle(number, result.sigla)


@contextmanager
def _results(
    folders: Sequence[EntityFolder], registry: _Registry, terms: StateTerms, engine: GivenEngine, jobs: int
) -> Iterator[Iterator[EntityResult]]:
    """What became of each, in their order: in this process, or in as many as there are jobs."""
    siglas = Siglas([folder.name for folder in folders])
    if jobs == 1:
        with engines.opened(engine) as own:
            yield map(_Run(registry, siglas, EntityConsolidation(terms, own)).entity, itertools.count(), folders)
        return
    if not isinstance(engine, str):
        raise WrongUseError(words.OPEN_ENGINE)
    address.of(engine)
    processes, threads = EntityJobs(jobs, terms, engine), ThreadPoolExecutor(jobs)  # each waits for a process
    try:
        yield threads.map(_Run(registry, siglas, processes).entity, itertools.count(), folders)
    finally:
        siglas.end()
        processes.close()
        threads.shutdown(cancel_futures=True)
