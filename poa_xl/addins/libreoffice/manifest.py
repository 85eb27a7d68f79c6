"""The texts of the extension: what it is, what is in it, how Calc shows each function and the menu.

Functions come from their registry, the menu's entries from `orders`.
"""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from poa_xl import __version__
from poa_xl.addins.libreoffice.menu_entries import ORDERS, PROTOCOL
from poa_xl.functions.registry import FUNCTIONS, Argument, Function
from poa_xl.messages import addins

MINIMUM = "25.2"  # older versions ignore CompatibilityName: formulas of an .xlsx would show #NAME?
MODULE = "org.poaxl"
INTERFACE = "XFunciones"
SERVICE = f"{MODULE}.Funciones"
IDENTIFIER = f"{MODULE}.funciones"
HANDLER = f"{MODULE}.Ordenes"
_CALC = "com.sun.star.sheet.SpreadsheetDocument"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LANGUAGES = ("en", "es")  # LibreOffice falls back on English, so it too carries the Spanish words
_TYPES = "application/vnd.sun.star.uno-typelibrary;type=RDB"
_CONFIGURATION = "application/vnd.sun.star.configuration-data"
_PYTHON = "application/vnd.sun.star.uno-component;type=Python"


def texts(components: Iterable[str]) -> dict[str, str]:
    """File name -> content."""
    return {
        "description.xml": _description(),
        "META-INF/manifest.xml": _manifest(components),
        "CalcAddIns.xcu": _add_ins(),
        "Addons.xcu": _menu(),
        "ProtocolHandler.xcu": _handler(),
        f"{INTERFACE}.idl": _interface(),
    }


def _description() -> str:
    name = escape(addins.say("libreoffice.nombre"))
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"'
        ' xmlns:d="http://openoffice.org/extensions/description/2006"'
        ' xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f"  <identifier value={quoteattr(IDENTIFIER)}/>\n"
        f"  <version value={quoteattr(__version__)}/>\n"
        f'  <display-name><name lang="en">{name}</name><name lang="es">{name}</name></display-name>\n'
        "  <dependencies>\n"
        f'    <l:LibreOffice-minimal-version value="{MINIMUM}" d:name="LibreOffice {MINIMUM}"/>\n'
        "  </dependencies>\n"
        "</description>\n"
    )


def _manifest(components: Iterable[str]) -> str:
    # The types come first: a component imports them. LibreOffice reads the .idl text itself, no tool is needed.
    entries = [(_TYPES, f"{INTERFACE}.idl")]
    entries += [(_CONFIGURATION, name) for name in ("CalcAddIns.xcu", "Addons.xcu", "ProtocolHandler.xcu")]
    entries += [(_PYTHON, name) for name in components]
    lines = (
        f'  <manifest:file-entry manifest:media-type="{kind}" manifest:full-path="{path}"/>\n' for kind, path in entries
    )
    return (
        f'{_HEAD}<manifest:manifest xmlns:manifest="http://openoffice.org/2001/manifest">\n'
        f"{''.join(lines)}</manifest:manifest>\n"
    )


def _interface() -> str:
    """Every result is a table of cells, which Calc shows as one cell or as a range; every argument may be either."""
    table, methods = "sequence< sequence< any > >", ""
    for function in FUNCTIONS:
        arguments = ", ".join(f"[in] any {argument.name}" for argument in function.arguments)
        methods += f"  {table} {function.name}({arguments});\n"
    opening = " ".join(f"module {name} {{" for name in MODULE.split("."))
    return f"{opening}\ninterface {INTERFACE} {{\n{methods}}};\n{'}; ' * MODULE.count('.')}}};\n"


def _add_ins() -> str:
    functions = _node("AddInFunctions", map(_function, FUNCTIONS))
    return _configuration("CalcAddIns", _node("AddInInfo", [_node(SERVICE, [functions], replace=True)]))


def _menu() -> str:
    entries = [_entry(f"{place:02d}", order, key) for place, (order, key) in enumerate(ORDERS.items(), start=1)]
    menu = [_text("Context", _CALC), _localized("Title", addins.say("libreoffice.menu")), _node("Submenu", entries)]
    bar = _node("OfficeMenuBar", [_node(f"{MODULE}.menu", menu, replace=True)])
    return _configuration("Addons", _node("AddonUI", [bar]))


def _entry(name: str, order: str, key: str) -> str:
    inside = [
        _text("Context", _CALC),
        _localized("Title", addins.say(key)),
        _text("URL", PROTOCOL + order),
        _text("Target", "_self"),
    ]
    return _node(name, inside, replace=True)


def _handler() -> str:
    protocols = f'<prop oor:name="Protocols" oor:type="oor:string-list"><value>{PROTOCOL}*</value></prop>\n'
    return _configuration("ProtocolHandler", _node("HandlerSet", [_node(HANDLER, [protocols], replace=True)]))


def _configuration(name: str, inside: str) -> str:
    return (
        f'{_HEAD}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
        f' xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="{name}" oor:package="org.openoffice.Office">\n'
        f"{inside}</oor:component-data>\n"
    )


def _function(function: Function) -> str:
    properties = [
        _localized("DisplayName", function.name),
        _localized("Description", function.help),
        _text("Category", "Add-In"),
        _localized("CompatibilityName", function.name),
        _node("Parameters", map(_argument, function.arguments)),
    ]
    return _node(function.name, properties, replace=True)


def _argument(argument: Argument) -> str:
    shown = [_localized("DisplayName", argument.name), _localized("Description", argument.help)]
    return _node(argument.name, shown, replace=True)


def _node(name: str, inside: Iterable[str], replace: bool = False) -> str:
    operation = ' oor:op="replace"' if replace else ""
    return f'<node oor:name="{name}"{operation}>\n{"".join(inside)}</node>\n'


def _text(name: str, text: str) -> str:
    return f'<prop oor:name="{name}"><value>{escape(text)}</value></prop>\n'


def _localized(name: str, text: str) -> str:
    values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language in _LANGUAGES)
    return f'<prop oor:name="{name}">{values}</prop>\n'
