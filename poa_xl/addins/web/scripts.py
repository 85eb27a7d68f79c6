"""The macros as scripts of xlwings-server: the buttons of the task pane call them by these names."""

from collections.abc import Callable

import xlwings
from xlwings.server import script

from poa_xl.addins.number_formats import Formats, given
from poa_xl.errors import PoaError
from poa_xl.messages import addins


@script
def validar(book: xlwings.Book, formats: object = None) -> None:
    """Check the workbook; the findings go into its sheet of observations. `formats` come from the task pane."""
    from poa_xl.addins import macros

    _run(macros.validar_libro, book, formats)


@script
def preparar(book: xlwings.Book, formats: object = None) -> None:
    """Check the workbook and stamp it for submission. `formats` come from the task pane."""
    from poa_xl.addins import macros

    _run(macros.preparar_entrega, book, formats)


def _run(macro: Callable[[xlwings.Book, Formats], str], book: xlwings.Book, formats: object) -> None:
    """xlwings-server passes the text of its own error class on to the pane, and of no other."""
    try:
        macro(book, given(formats))
    except PoaError as error:
        raise xlwings.XlwingsError(str(error)) from error
    except Exception as error:
        raise xlwings.XlwingsError(addins.say("error-interno", error=f"{type(error).__name__}: {error}")) from error
