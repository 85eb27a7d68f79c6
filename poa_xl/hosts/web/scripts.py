"""The macros as scripts of xlwings-server: the buttons of the task pane call them by these names."""

from collections.abc import Callable

import xlwings
from xlwings.server import script

from poa_xl.errors import PoaError
from poa_xl.messages import hosts


@script
def validar(book: xlwings.Book) -> None:
    """Check the workbook; the findings go into its sheet of observations."""
    from poa_xl.hosts import macros

    _run(macros.validar_libro, book)


@script
def preparar(book: xlwings.Book) -> None:
    """Check the workbook and stamp it for submission."""
    from poa_xl.hosts import macros

    _run(macros.preparar_entrega, book)


def _run(macro: Callable[[xlwings.Book], str], book: xlwings.Book) -> None:
    """xlwings-server passes the text of its own error class on to the pane, and of no other."""
    try:
        macro(book)
    except PoaError as error:
        raise xlwings.XlwingsError(str(error)) from error
    except Exception as error:
        raise xlwings.XlwingsError(hosts.say("error-interno", error=f"{type(error).__name__}: {error}")) from error
