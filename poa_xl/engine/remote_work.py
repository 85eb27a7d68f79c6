"""What a worker of a cluster does with a chunk: each file is parsed in a guarded process of that computer."""

from functools import cache

from poa_xl.engine import chunks
from poa_xl.errors import PoaError
from poa_xl.guards import RefusedError, of_exception, pool
from poa_xl.messages.limits import UNFORESEEN


def work(content: bytes) -> bytes:
    """The answers to a chunk, both as bytes. What is wrong with a file, or here, is among them."""
    answers = chunks.ChunkAnswers()
    try:
        asked = chunks.unpacked(content)
    except chunks.OtherVersionError:
        return answers.packed()  # its head says which version this is
    processes = _pool(_threads())
    for name, file in asked.files:
        try:
            answers.add(processes.run(asked.task, file, asked.limits, asked.arguments | {"name": name})[0])
        except RefusedError as error:
            answers.refuse(error)
        except PoaError as error:
            answers.fail(str(error))
            break
        except Exception as error:  # what Dask would make of it may reach nobody
            answers.fail(UNFORESEEN.format(tipo=of_exception(error)[0], donde=of_exception(error)[1]))
            break
    return answers.packed()


def _threads() -> int:
    """How many chunks this worker may have at once: as many guarded processes, each asked by one of them."""
    from distributed import get_worker

    return int(get_worker().state.nthreads)


@cache
def _pool(most: int) -> pool.Pool:
    return pool.Pool(most)
