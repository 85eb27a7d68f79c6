"""Mutations of the structure of a workbook, by numbered seeds, each read by the product and shown by LibreOffice.

What a person sees must be what is evaluated: a mutated file is refused, or read cell by cell as LibreOffice shows it.
Files that bend XML, relations, types or the zip are what tests/fuzz.py rarely hits: its mutations are of bytes.

`book` takes a workbook apart, `originals` are the workbooks, the modules of TOPICS hold the mutations. `product` reads,
`office` shows, `comparison` compares, `run` does so for many seeds; `python -m tests.structures` is its command.
"""

import importlib
import random
from collections.abc import Collection
from functools import cache
from typing import NamedTuple

from tests.structures import originals
from tests.structures.book import Book, UnsuitedError
from tests.structures.kinds import KINDS, Kind

TOPICS = (
    "namespaces", "decoys", "splits", "compatibility", "relations", "content_types", "sheet_list", "addresses", "values", "strings",
    "styles", "encodings", "zips", "forms", "overlays",
)  # fmt: skip
_ATTEMPTS = 50


class Mutated(NamedTuple):
    """A file of a seed: its bytes, what was done in words, and by which kinds of mutation."""

    seed: int
    content: bytes
    description: str
    kinds: tuple[str, ...]


@cache
def catalogue() -> dict[str, Kind]:
    """Every kind of mutation by its name."""
    for topic in TOPICS:
        importlib.import_module(f"tests.structures.{topic}")
    return KINDS


def mutated(seed: int, names: Collection[str] = (), most: int = 3) -> Mutated:
    """The file of a seed: one to `most` mutations of one workbook, of these kinds or of all."""
    chance = random.Random(seed)
    kinds = [kind for kind in catalogue().values() if not names or kind.name in names]
    for _ in range(_ATTEMPTS):
        writer = chance.choice(list(originals.contents()))
        book, done = originals.book(writer), []
        count = min(chance.choice((1, 1, 2, 3)), most, len(kinds))
        for kind in chance.sample(kinds, count):
            told = _applied(kind, book, chance)
            if told is not None:
                done.append((kind.name, told))
        if done:
            description = "; ".join(f"{name} ({told})" if told else name for name, told in done)
            return Mutated(seed, book.packed(), f"{writer}: {description}", tuple(name for name, _ in done))
    raise UnsuitedError(f"nothing of {names} can be done to any workbook")


def _applied(kind: Kind, book: Book, chance: random.Random) -> str | None:
    try:
        return kind.mutate(book, chance)
    except UnsuitedError:
        return None
