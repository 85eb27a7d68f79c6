"""The texts of the extension: what it is, what is in it, and how Calc shows each function. All from the registry."""

from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from poa_xl import __version__
from poa_xl.hosts.functions import FUNCTIONS, Argument, Function

MINIMUM = "25.2"  # older versions ignore CompatibilityName: formulas of an .xlsx would show #NAME?
MODULE = "org.poaxl"
INTERFACE = "XFunciones"
SERVICE = f"{MODULE}.Funciones"
IDENTIFIER = f"{MODULE}.funciones"
NAME = "poa-xl: funciones del POA"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_LANGUAGES = ("en", "es")  # LibreOffice falls back on English, so it too carries the Spanish words
_TYPES = "application/vnd.sun.star.uno-typelibrary;type=RDB"
_CONFIGURATION = "application/vnd.sun.star.configuration-data"
_PYTHON = "application/vnd.sun.star.uno-component;type=Python"


def texts(component: str) -> dict[str, str]:
    """File name -> content."""
    return {
        "description.xml": _description(),
        "META-INF/manifest.xml": _manifest(component),
        "CalcAddIns.xcu": _add_ins(),
        f"{INTERFACE}.idl": _interface(),
    }


def _description() -> str:
    return (
        f'{_HEAD}<description xmlns="http://openoffice.org/extensions/description/2006"'
        ' xmlns:d="http://openoffice.org/extensions/description/2006"'
        ' xmlns:l="http://libreoffice.org/extensions/description/2011">\n'
        f"  <identifier value={quoteattr(IDENTIFIER)}/>\n"
        f"  <version value={quoteattr(__version__)}/>\n"
        f'  <display-name><name lang="en">{escape(NAME)}</name><name lang="es">{escape(NAME)}</name></display-name>\n'
        "  <dependencies>\n"
        f'    <l:LibreOffice-minimal-version value="{MINIMUM}" d:name="LibreOffice {MINIMUM}"/>\n'
        "  </dependencies>\n"
        "</description>\n"
    )


def _manifest(component: str) -> str:
    # The types come first: the component imports them. LibreOffice reads the .idl text itself, no tool is needed.
    entries = ((_TYPES, f"{INTERFACE}.idl"), (_CONFIGURATION, "CalcAddIns.xcu"), (_PYTHON, component))
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
    return (
        f'{_HEAD}<oor:component-data xmlns:oor="http://openoffice.org/2001/registry"'
        ' xmlns:xs="http://www.w3.org/2001/XMLSchema" oor:name="CalcAddIns" oor:package="org.openoffice.Office">\n'
        + _node("AddInInfo", [_node(SERVICE, [_node("AddInFunctions", map(_function, FUNCTIONS))], replace=True)])
        + "</oor:component-data>\n"
    )


def _function(function: Function) -> str:
    properties = [
        _localized("DisplayName", function.name),
        _localized("Description", function.help),
        '<prop oor:name="Category"><value>Add-In</value></prop>\n',
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


def _localized(name: str, text: str) -> str:
    values = "".join(f'<value xml:lang="{language}">{escape(text)}</value>' for language in _LANGUAGES)
    return f'<prop oor:name="{name}">{values}</prop>\n'
