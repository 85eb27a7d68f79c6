"""How often Python searches for garbage in a process that is ours: seldom."""

import gc

_NEW_OBJECTS = 500_000  # more than the libraries of a command are, and than a workbook of a large unit


def collect_seldom() -> None:
    """Rows and cells are many objects and hardly any circles of them: each search walks all that are new, for nothing.

    For commands and workers; whoever uses the library decides for itself.
    """
    gc.set_threshold(_NEW_OBJECTS, 20, 20)
