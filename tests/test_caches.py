"""What is remembered of texts of strangers is bounded: in number, and in the size of each text.

A process that reads many files, or one file that is full of long texts, must not grow by all that it has seen.
"""

import functools
import gc
import importlib
import inspect
import pkgutil
from collections.abc import Callable
from types import FunctionType

import pytest

import poa_xl
from poa_xl import titles
from poa_xl.bounded_cache import remembered
from poa_xl.guards import format_marks, number_formats, vba
from poa_xl.master_tables import contents

pytestmark = pytest.mark.slow

Cached = functools._lru_cache_wrapper  # there is no public name
# Asked for with names of our own files and sheets, columns of these, traits of codes, versions of our own ledger, and
# how many threads a worker has.
OF_OUR_OWN = {
    "poa_xl.accepted_rows._layout", "poa_xl.messages.codes",
    "poa_xl.campaign.schema.columns", "poa_xl.campaign.schema.expected", "poa_xl.schemas.load", "poa_xl.schemas.rules",
    "poa_xl.engine.remote_work._pool", "poa_xl.reading.goal_numbers._of_goal", "poa_xl.sheets.sheet",
    "poa_xl.vba.project.of_workbook", "poa_xl.vba.wrappers.generate",
}  # fmt: skip


def caches() -> dict[str, Cached]:
    """Every cache of a function in the package, by its name."""
    for module in pkgutil.walk_packages(poa_xl.__path__, "poa_xl."):
        if not module.name.endswith("__main__") and not module.name.startswith("poa_xl.addins"):
            importlib.import_module(module.name)
    found = [c for c in gc.get_objects() if isinstance(c, Cached)]
    return {f"{c.__module__}.{c.__qualname__}": c for c in found if c.__module__.startswith("poa_xl.")}


@pytest.mark.slow
def test_a_cache_without_a_bound_is_asked_for_with_words_of_our_own_alone() -> None:
    without = {name for name, c in caches().items() if c.cache_parameters()["maxsize"] is None}
    takes = {n for n in without if inspect.signature(caches()[n]).parameters and not n.startswith("poa_xl.sample.")}
    assert "poa_xl.sheets.sheet" in takes
    assert takes - OF_OUR_OWN == set()


# Asked for with numbers alone.
SMALL_BY_TYPE = {
    "poa_xl.guards.plain_package._index", "poa_xl.guards.sheet_grammar._grammars", "poa_xl.guards.strings._grammar",
    "poa_xl.prose_numbers.characters._alike",  # of one character
}  # fmt: skip


def of_decorator() -> dict[str, Cached]:
    """The caches that `remembered` made, by the names of their functions."""
    caches()
    made = [f for f in gc.get_objects() if isinstance(f, FunctionType) and "longest" in vars(f)]
    return {f"{f.__module__}.{f.__qualname__}": vars(f)["cache_info"].__self__ for f in made}


def not_bounded_in_size() -> set[str]:
    """The bounded caches that keep whatever size of text comes."""
    of_size = {id(c) for c in of_decorator().values()}
    return {n for n, c in caches().items() if c.cache_parameters()["maxsize"] is not None and id(c) not in of_size}


def test_a_bounded_cache_keeps_no_long_text_or_is_asked_with_numbers_alone() -> None:
    assert not_bounded_in_size() == SMALL_BY_TYPE
    assert {"poa_xl.titles._key", "poa_xl.guards.vba.judge", "poa_xl.guards.styles.read"} <= of_decorator().keys()


@pytest.mark.slow
def test_a_cache_of_texts_of_any_size_is_found() -> None:
    def careless(text: str) -> str:
        return text

    careless.__module__, careless.__qualname__ = "poa_xl.planted", "careless"
    planted = functools.lru_cache(maxsize=8)(careless)
    assert not_bounded_in_size() == {*SMALL_BY_TYPE, "poa_xl.planted.careless"}
    del planted
    gc.collect()
    assert not_bounded_in_size() == SMALL_BY_TYPE


def test_texts_that_are_long_together_are_answered_and_not_kept() -> None:
    asked: list[tuple[str, str, int]] = []

    @remembered(most=2, longest=6, texts=2)
    def ask(one: str, two: str, number: int) -> int:
        asked.append((one, two, number))
        return len(one + two) * number

    assert [ask("abc", "def", 10**9), ask("abc", "def", 10**9)] == [6 * 10**9] * 2
    assert len(asked) == 1
    assert [ask("abcd", "def", 2), ask("abcd", "def", 2)] == [14, 14]
    assert len(asked) == 3


LONG = 1_100_000
OF_STRANGERS: dict[str, tuple[Callable[[str], object], str]] = {
    "a title": (titles.key, "poa_xl.titles._key"),
    "a number format": (number_formats.of_code, "poa_xl.guards.number_formats.of_code"),
    "what a number format marks": (format_marks.may_mark, "poa_xl.guards.format_marks._sections"),
    "a project of macros": (lambda text: vba.judge(text.encode()), "poa_xl.guards.vba.judge"),
    "what is measured": (contents.unit_of, "poa_xl.master_tables.contents.unit_of"),
}


@pytest.mark.parametrize(("ask", "name"), OF_STRANGERS.values(), ids=OF_STRANGERS)
def test_many_texts_leave_no_more_than_so_many_behind(ask: Callable[[str], object], name: str) -> None:
    cache = of_decorator()[name]
    most = cache.cache_parameters()["maxsize"]
    for n in range(most + 10):
        ask(f"t{n}")
    assert cache.cache_info().currsize == most


@pytest.mark.parametrize(("ask", "name"), OF_STRANGERS.values(), ids=OF_STRANGERS)
def test_a_long_text_is_answered_and_not_kept(ask: Callable[[str], object], name: str) -> None:
    cache = of_decorator()[name]
    cache.cache_clear()
    first = ask("0" * LONG + "%")
    assert (ask("0" * LONG + "%"), cache.cache_info().currsize) == (first, 0)


def test_what_is_said_of_a_text_does_not_hang_on_whether_it_is_kept() -> None:
    for longest, ask, short in (
        (vars(titles._key)["longest"], titles.key, "Código "),
        (number_formats.LONGEST, number_formats.of_code, "yyyy"),
    ):
        kept, not_kept = short.ljust(longest), short.ljust(longest + 1)
        assert ask(kept) == ask(not_kept) == ask(short)
    assert format_marks.mark("0%".ljust(300), 1.0) == format_marks.mark("0%", 1.0) == "%"
