"""What is remembered of texts of strangers is bounded: in number, and in the size of each text.

A process that reads many files, or one file that is full of long texts, must not grow by all that it has seen.
"""

import functools
import gc
import importlib
import inspect
import pkgutil
from collections.abc import Callable

import pytest

import poa_xl
from poa_xl import titles
from poa_xl.guards import format_marks, number_formats, vba

Cached = functools._lru_cache_wrapper  # there is no public name
# Asked for with names of our own files and sheets, traits of codes, versions of our own ledger.
OF_OUR_OWN = {
    "poa_xl.accepted_rows._layout", "poa_xl.messages.codes",
    "poa_xl.campaign.schema.columns", "poa_xl.campaign.schema.expected", "poa_xl.schemas.load", "poa_xl.sheets.sheet",
    "poa_xl.vba.project.of_workbook", "poa_xl.vba.wrappers.generate",
}  # fmt: skip


def caches() -> dict[str, Cached]:
    """Every cache of a function in the package, by its name."""
    for module in pkgutil.walk_packages(poa_xl.__path__, "poa_xl."):
        if not module.name.endswith("__main__") and not module.name.startswith("poa_xl.addins"):
            importlib.import_module(module.name)
    found = [c for c in gc.get_objects() if isinstance(c, Cached)]
    return {f"{c.__module__}.{c.__qualname__}": c for c in found if c.__module__.startswith("poa_xl.")}


def test_a_cache_without_a_bound_is_asked_for_with_words_of_our_own_alone() -> None:
    without = {name for name, c in caches().items() if c.cache_parameters()["maxsize"] is None}
    takes = {n for n in without if inspect.signature(caches()[n]).parameters and not n.startswith("poa_xl.sample.")}
    assert "poa_xl.sheets.sheet" in takes
    assert takes - OF_OUR_OWN == set()


LONG = 1_000_000
OF_STRANGERS: dict[str, tuple[Callable[[str], object], Cached]] = {
    "a title": (titles.key, titles._remembered),
    "a number format": (number_formats.of_code, number_formats._remembered),
    "what a number format marks": (format_marks.may_mark, format_marks._remembered),
    "a project of macros": (lambda text: vba.judge(text.encode()), vba._remembered),
}


@pytest.mark.parametrize(("ask", "cache"), OF_STRANGERS.values(), ids=OF_STRANGERS)
def test_many_texts_leave_no_more_than_so_many_behind(ask: Callable[[str], object], cache: Cached) -> None:
    most = cache.cache_parameters()["maxsize"]
    for n in range(most + 10):
        ask(f"t{n}")
    assert cache.cache_info().currsize == most


@pytest.mark.parametrize(("ask", "cache"), OF_STRANGERS.values(), ids=OF_STRANGERS)
def test_a_long_text_is_answered_and_not_kept(ask: Callable[[str], object], cache: Cached) -> None:
    cache.cache_clear()
    first = ask("0" * LONG + "%")
    assert (ask("0" * LONG + "%"), cache.cache_info().currsize) == (first, 0)


def test_what_is_said_of_a_text_does_not_hang_on_whether_it_is_kept() -> None:
    for longest, ask, short in (
        (titles._LONGEST, titles.key, "Código "),
        (number_formats.LONGEST, number_formats.of_code, "yyyy"),
    ):
        kept, not_kept = short.ljust(longest), short.ljust(longest + 1)
        assert ask(kept) == ask(not_kept) == ask(short)
    assert format_marks.mark("0%".ljust(300), 1.0) == format_marks.mark("0%", 1.0) == "%"
