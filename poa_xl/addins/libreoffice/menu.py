"""What LibreOffice calls when a person chooses an entry of the menu POA. Runs inside LibreOffice's Python alone.

An order is a URL, `org.poaxl:validar`. Macros can dispatch it too; its result is the sentence that a person gets to
see: in a box where the window is visible, in the sheet «Observaciones» where there was something to show.
"""
# ruff: noqa: N802 - the names of methods are LibreOffice's

import datetime as dt
import re
import tempfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import uno  # type: ignore[import-not-found]
import unohelper  # type: ignore[import-not-found]
from com.sun.star.beans import PropertyValue  # type: ignore[import-not-found]
from com.sun.star.frame import (  # type: ignore[import-not-found]
    DispatchResultEvent,
    FeatureStateEvent,
    XDispatchProvider,
    XNotifyingDispatch,
)
from com.sun.star.lang import DisposedException, XInitialization, XServiceInfo  # type: ignore[import-not-found]

from poa_xl.addins.libreoffice import client, observations_sheet
from poa_xl.addins.libreoffice.menu_entries import ORDERS, PROTOCOL, VALIDATE
from poa_xl.messages import addins, counts

SERVICE = "org.poaxl.Ordenes"
_EXCEL = "Calc MS Excel 2007 XML"
_NOT_IN_NAMES = re.compile(r'[\\/:*?"<>|\x00-\x1f]')
_SUCCESS, _FAILURE = 1, 0  # com.sun.star.frame.DispatchResultState
_busy = False


def validate(frame: Any) -> str:
    """Check the frame's workbook, show what was found in it, and give the summary."""
    document = frame.getController().getModel()
    if document.isReadonly():
        raise client.Failed(addins.say("libreoffice.solo-lectura"))
    command = client.command()
    indicator = frame.createStatusIndicator()
    indicator.start(addins.say("libreoffice.revisando"), client.SECONDS * 10)
    steps = iter(range(1, client.SECONDS * 100))
    try:
        with tempfile.TemporaryDirectory(prefix="poa-xl-") as folder:
            # One folder deeper: poa-xl looks for entidad.xlsx beside the workbook and one folder above.
            copy = Path(folder) / "libro" / _file_name(document)
            copy.parent.mkdir()
            document.storeToURL(uno.systemPathToFileUrl(str(copy)), (PropertyValue(Name="FilterName", Value=_EXCEL),))
            checked = client.check(command, copy, lambda: indicator.setValue(next(steps)))
    finally:
        indicator.end()
    summary = _summary(checked)
    observations_sheet.show(document, summary, checked.observations)
    return summary


def _summary(checked: client.Checked) -> str:
    when = f"{dt.datetime.now():%d/%m/%Y %H:%M}"
    if not checked.errors and not checked.avisos:
        return addins.say("macros.sin-observaciones", cuando=when)
    return addins.say("macros.revisado", cuando=when, total=counts.total(checked.errors, checked.avisos))


def _file_name(document: Any) -> str:
    """The workbook's own name, which is checked too, as an .xlsx; its title where it was never saved."""
    name = unquote(document.getURL().rpartition("/")[2]) or document.getTitle() + ".xlsx"
    return _NOT_IN_NAMES.sub("_", name.rpartition(".")[0] or name) + ".xlsx"


_ORDERS = {VALIDATE: validate}


class Ordenes(unohelper.Base, XServiceInfo, XInitialization, XDispatchProvider, XNotifyingDispatch):  # type: ignore[misc]
    """The handler of our URLs; LibreOffice makes one for each frame."""

    def __init__(self, context: Any) -> None:
        self._context = context
        self._frame: Any = None

    def initialize(self, given: Any) -> None:
        """Take the frame that the orders are for."""
        self._frame = given[0] if given else None

    def queryDispatch(self, url: Any, target: str, flags: int) -> Any:
        """Ourselves, for an order that we know."""
        return self if self._frame and _order(url) in ORDERS else None

    def queryDispatches(self, requests: Any) -> Any:
        """The same for several."""
        return tuple(self.queryDispatch(r.FeatureURL, r.FrameName, r.SearchFlags) for r in requests)

    def addStatusListener(self, listener: Any, url: Any) -> None:
        """Say once that the entry can be chosen, always."""
        listener.statusChanged(FeatureStateEvent(Source=self, FeatureURL=url, IsEnabled=True))

    def removeStatusListener(self, listener: Any, url: Any) -> None:
        """Nothing is kept."""

    def dispatch(self, url: Any, arguments: Any) -> None:
        """Carry an order out."""
        self._carry_out(url)

    def dispatchWithNotification(self, url: Any, arguments: Any, listener: Any) -> None:
        """Carry an order out and tell the listener its sentence."""
        state, sentence = self._carry_out(url)
        if listener:
            listener.dispatchFinished(DispatchResultEvent(Source=self, State=state, Result=sentence))

    def _carry_out(self, url: Any) -> Any:
        global _busy
        if _busy:  # the window takes clicks while it waits
            return _FAILURE, addins.say("libreoffice.revisando")
        _busy = True
        try:
            return _SUCCESS, _ORDERS[_order(url)](self._frame)
        except client.Failed as refusal:
            return _FAILURE, self._say(str(refusal))
        except DisposedException:
            return _FAILURE, ""  # the window was closed meanwhile: nobody is there to tell
        except Exception as error:
            return _FAILURE, self._say(addins.say("error-interno", error=f"{type(error).__name__}: {error}"))
        finally:
            _busy = False

    def _say(self, text: str) -> str:
        window = self._frame.getContainerWindow()
        if window and window.isVisible():
            kind = uno.Enum("com.sun.star.awt.MessageBoxType", "WARNINGBOX")
            ok = uno.getConstantByName("com.sun.star.awt.MessageBoxButtons.BUTTONS_OK")
            title = addins.say("libreoffice.menu")
            window.getToolkit().createMessageBox(window, kind, ok, title, text).execute()
        return text

    def getImplementationName(self) -> str:
        """The name of this implementation."""
        return SERVICE

    def supportsService(self, name: str) -> bool:
        """Whether it is a service of ours."""
        return name in self.getSupportedServiceNames()

    def getSupportedServiceNames(self) -> Any:
        """Our one service, and what LibreOffice calls its kind."""
        return (SERVICE, "com.sun.star.frame.ProtocolHandler")


def _order(url: Any) -> str:
    complete: str = url.Complete
    return complete[len(PROTOCOL) :] if complete.startswith(PROTOCOL) else ""


g_ImplementationHelper = unohelper.ImplementationHelper()  # noqa: N816 - the name that LibreOffice looks for
g_ImplementationHelper.addImplementation(Ordenes, SERVICE, (SERVICE, "com.sun.star.frame.ProtocolHandler"))
