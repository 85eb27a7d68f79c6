"""What LibreOffice calls: the worksheet functions as a UNO component. Runs inside LibreOffice's Python alone.

What Calc passes, and what becomes of it:
- a single cell or a constant: a number (also for dates, TRUE and FALSE: Calc keeps them as numbers) or a text;
- a blank single cell: 0.0, which cannot be told from a zero that was typed; inside a range a blank is '';
- a range: a tuple of rows; an optional argument that was left out: None;
- a cell with an error: Calc shows that error and does not call; a range with one: Calc shows Err:504.
"""

from typing import Any, Callable  # noqa: UP035 - the Pythons of LibreOffice are older

import unohelper  # type: ignore[import-not-found]
from org.poaxl import XFunciones  # type: ignore[import-not-found]

from poa_xl.functions.registry import FUNCTIONS, Function

SERVICE = "org.poaxl.Funciones"


def _cell(value: Any) -> Any:
    return value if isinstance(value, str) else float(value)


def _method(function: Function) -> Callable[..., Any]:
    """A method that answers with rows of cells, as the interface says."""

    def call(self: Any, *given: Any) -> Any:
        result = function.call(*given)
        if not isinstance(result, list):
            return ((_cell(result),),)
        return tuple(tuple(_cell(value) for value in row) for row in result)

    return call


class Funciones(unohelper.Base, XFunciones):  # type: ignore[misc]
    """The add-in; its methods come from the registry, below."""

    def __init__(self, context: Any) -> None:
        self.context = context


for _function in FUNCTIONS:
    setattr(Funciones, _function.name, _method(_function))

g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name that LibreOffice looks for
g_ImplementationHelper.addImplementation(Funciones, SERVICE, (SERVICE, "com.sun.star.sheet.AddIn"))
