"""The register of kinds of mutation. A mutation changes a book and says how; it raises UnsuitedError where it cannot.

A kind is clean where programs in use write files so: such a file must be read, and equal to what LibreOffice shows.
"""

import random
from collections.abc import Callable
from typing import NamedTuple

from tests.structures.book import Book

Mutation = Callable[[Book, random.Random], str]


class Kind(NamedTuple):
    """A mutation with its name, `relations: one id twice`, and whether it is clean."""

    name: str
    mutate: Mutation
    clean: bool


KINDS: dict[str, Kind] = {}


def kind(mutate: Mutation) -> Mutation:
    """Register a mutation under its own name."""
    return _registered(mutate, clean=False)


def clean(mutate: Mutation) -> Mutation:
    """Register a mutation that makes nothing but another form of the same workbook."""
    return _registered(mutate, clean=True)


def _registered(mutate: Mutation, clean: bool) -> Mutation:
    topic = mutate.__module__.rpartition(".")[2].replace("_", " ")
    name = f"{topic}: {mutate.__name__.replace('_', ' ')}"
    assert name not in KINDS
    KINDS[name] = Kind(name, mutate, clean)
    return mutate
