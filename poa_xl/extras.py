"""The parts of poa-xl that are installed apart: whether the libraries that one is made with are there."""

import importlib.util

from poa_xl.errors import PoaError


def require(without: str, *libraries: str) -> None:
    """PoaError, in the words of `without`, where one of the libraries is missing. None of them is loaded."""
    if any(importlib.util.find_spec(library) is None for library in libraries):
        raise PoaError(without)
