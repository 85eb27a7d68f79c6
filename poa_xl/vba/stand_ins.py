"""Stand-ins for the modules of pywin32, so that xlwings' own Windows layer runs where there is no Windows.

Only for a process of its own: they change the modules of the whole process.
"""

import ctypes
import sys
from types import ModuleType
from typing import Any
from unittest.mock import MagicMock

_MODULES = (
    "pythoncom pywintypes win32api win32con win32event win32gui win32process win32timezone win32com win32com.client "
    "win32com.server win32com.server.dispatcher win32com.server.policy win32com.server.util"
)


def functions() -> ModuleType:
    """The registry of functions, imported as on Windows: xlwings' decorators are those of its COM layer."""
    import xlwings

    if sys.platform != "win32":
        _put()
        _use(xlwings)
    from poa_xl.functions import registry as functions

    return functions


def _put() -> None:
    """Put empty modules where xlwings imports those of pywin32."""
    for name in _MODULES.split():
        module: Any = MagicMock(name=name)
        module.__spec__, module.__file__ = None, name
        sys.modules[name] = module
    windows: Any = sys.modules["pywintypes"]
    windows.TimeType = type("TimeType", (), {})
    windows.IID = str
    windows.com_error = type("com_error", (Exception,), {})
    client: Any = sys.modules["win32com.client"]
    for name in ("CDispatch", "DispatchBaseClass"):
        setattr(client, name, type(name, (), {}))
    for name in ("windll", "oledll", "PyDLL"):
        setattr(ctypes, name, MagicMock())


def _use(xlwings: ModuleType) -> None:
    """Give xlwings its Windows engine and decorators, as its own start does on Windows."""
    from xlwings import _xlwindows, udfs

    changed: Any = xlwings
    changed._xlwindows = _xlwindows
    changed.func, changed.arg, changed.ret = udfs.xlfunc, udfs.xlarg, udfs.xlret
    engine = changed.Engine(impl=_xlwindows.engine)
    changed.engines.add(engine)
    changed.engines.active = engine
