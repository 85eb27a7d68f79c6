"""A process that consolidates entities, one after the other: `python -m poa_xl.api.entity_job`, of `entity_jobs`.

It gets how all of them are consolidated, and then an entity at a time. Before it writes it asks whether another entity
has the sigla, as only who started it knows the others.
"""

import signal
import sys
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any

from poa_xl import engine as engines, garbage
from poa_xl.api import entity_folders
from poa_xl.api.entity_consolidation import EntityConsolidation, StateTerms
from poa_xl.engine import EngineError
from poa_xl.guards import Limits, pipe, worker


def main() -> None:
    """Take entities from the standard input until it ends."""
    source, answers = sys.stdin.buffer, worker.own_output()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # by an exception, so that nothing half written stays
    garbage.collect_seldom()
    try:
        settings, _ = pipe.receive(source)
        limits = Limits(**settings["limits"])
        terms = StateTerms(Path(settings["place"]), settings["quarter"], settings["force"], limits)
        with engines.opened(settings["engine"], readers=1) as engine:  # the other cores have entities of their own
            consolidation = EntityConsolidation(terms, engine)
            while True:
                folder, _ = pipe.receive(source)
                pipe.send(answers, _answer(consolidation, folder, source, answers))
    except pipe.BrokenFrameError:
        return


def _answer(
    consolidation: EntityConsolidation, folder: dict[str, Any], source: IO[bytes], answers: IO[bytes]
) -> dict[str, Any]:
    def claim(sigla: str) -> str:
        pipe.send(answers, {"sigla": sigla})
        return str(pipe.receive(source)[0]["other"])

    try:
        return {"result": asdict(consolidation.result(entity_folders.of_plain(folder), claim))}
    except EngineError as error:
        return {"engine": error.command_text}


if __name__ == "__main__":
    main()
