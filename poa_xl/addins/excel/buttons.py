"""What the buttons run: the macros of `addins.macros` on the workbook that called, with the answer on screen."""

from collections.abc import Callable
from typing import Any

import xlwings

from poa_xl.addins import macros
from poa_xl.errors import PoaError
from poa_xl.messages import addins


def validar() -> None:
    """The button Validar."""
    _run(macros.validar_libro)


def preparar_entrega() -> None:
    """The button Preparar entrega."""
    _run(macros.preparar_entrega)


def _run(macro: Callable[[Any], str]) -> None:
    book = xlwings.Book.caller()
    try:
        said = macro(book)
    except PoaError as error:
        said = str(error)
    except Exception as error:  # a person cannot read a traceback
        said = addins.say("error-interno", error=f"{type(error).__name__}: {error}")
    book.app.alert(said, addins.say("excel.titulo"))
