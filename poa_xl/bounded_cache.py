"""What is remembered of texts of strangers: so many answers, and none to a long text.

A process that reads many files, or one file that is full of long texts, must not grow by all that it has seen.
Python 3.8 and the standard library alone: LibreOffice carries a copy.
"""

from functools import lru_cache, wraps
from typing import Any, Callable, TypeVar, cast  # noqa: UP035 - the Pythons of the spreadsheet programs are older

Function = TypeVar("Function", bound=Callable[..., Any])


def remembered(most: int, longest: int, texts: int = 1) -> Callable[[Function], Function]:
    """Keep the last `most` answers of a function to texts of at most `longest` characters or bytes, all in all.

    The texts are its first arguments, `texts` of them, given by place; it takes all others as they are. Beside the
    function stand `cache_info`, `cache_clear` and `cache_parameters` of `functools.lru_cache`, and its bound `longest`.
    """

    def keep(function: Function) -> Function:
        kept = lru_cache(maxsize=most)(function)

        @wraps(function)
        def answer(*given: Any) -> Any:
            return (kept if sum(map(len, given[:texts])) <= longest else function)(*given)

        @wraps(function)
        def of_one(text: Any, *others: Any) -> Any:  # nearly all are, and are asked for each cell of a workbook
            return (kept if len(text) <= longest else function)(text, *others)

        answer = of_one if texts == 1 else answer
        vars(answer).update({name: getattr(kept, name) for name in ("cache_info", "cache_clear", "cache_parameters")})
        vars(answer)["longest"] = longest
        return cast("Function", answer)

    return keep
