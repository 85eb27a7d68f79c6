"""Which entity has a sigla where many are consolidated at once: as if they came one after the other."""

import random
import threading
import time
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given, settings, strategies as st

from poa_xl.api.siglas import EndedError, Siglas

Entity = tuple[str, bool, float]  # its sigla, whether it fails once it may be written, and how long it takes
ENTITIES = st.lists(st.tuples(st.sampled_from("ABC"), st.booleans(), st.floats(0, 0.003)), max_size=8)


def one_after_the_other(entities: Sequence[Entity]) -> list[str]:
    """What each is told: the folder of the first that has its sigla and did not fail."""
    having: dict[str, str] = {}
    said = []
    for number, (sigla, fails, _) in enumerate(entities):
        said.append(having.get(sigla, ""))
        if not said[-1] and not fails:
            having[sigla] = str(number)
    return said


@settings(max_examples=60, deadline=None)
@given(ENTITIES, st.integers(1, 4))
def test_each_is_told_what_it_would_be_told_one_after_the_other(entities: list[Entity], at_once: int) -> None:
    siglas = Siglas([str(number) for number in range(len(entities))])

    def consolidate(number: int) -> str:
        sigla, fails, seconds = entities[number]
        time.sleep(seconds)
        said = siglas.claim(number, sigla)
        time.sleep(random.random() * seconds)
        siglas.settle(number, "" if said or fails else sigla)
        return said

    with ThreadPoolExecutor(at_once) as threads:
        assert list(threads.map(consolidate, range(len(entities)))) == one_after_the_other(entities)


def test_one_of_another_sigla_does_not_wait_until_those_before_it_are_done() -> None:
    siglas = Siglas(["a", "b"])
    assert siglas.claim(0, "A") == ""
    assert siglas.claim(1, "B") == ""


def test_who_waits_at_the_end_is_told() -> None:
    siglas = Siglas(["a", "b"])
    with ThreadPoolExecutor(1) as threads:
        waits = threads.submit(siglas.claim, 1, "A")
        threading.Timer(0.05, siglas.end).start()
        with pytest.raises(EndedError):
            waits.result(30)
