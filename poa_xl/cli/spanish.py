"""click's own words in Spanish. click asks `gettext`; this dictionary answers while click is imported.

Only the words that our commands can show are here; a test runs every help page and every kind of usage error
and looks for English left in them.
"""

import gettext
import importlib
from collections.abc import Callable
from types import ModuleType

WORDS = {
    "Usage:": "Uso:",
    "Options": "Opciones",
    "Commands": "Órdenes",
    "Arguments": "Argumentos",
    "Positional arguments": "Argumentos",
    "Show this message and exit.": "Muestra esta ayuda y termina.",
    "Show the version and exit.": "Muestra la versión y termina.",
    "%(prog)s, version %(version)s": "%(prog)s, versión %(version)s",
    "Error: {message}": "Error: {message}",
    "Try '{command} {option}' for help.": "Pruebe «{command} {option}» para ver la ayuda.",
    "Invalid value for {param_hint}: {message}": "Valor no válido para {param_hint}: {message}",
    "Invalid value: {message}": "Valor no válido: {message}",
    "Missing argument": "Falta el argumento",
    "Missing option": "Falta la opción",
    "Missing parameter": "Falta el parámetro",
    "Missing {param_type}": "Falta {param_type}",
    "Missing parameter: {param_name}": "Falta el parámetro: {param_name}",
    "Choose from:\n\t{choices}": "Elija entre:\n\t{choices}",
    "No such option: {name}": "No existe la opción {name}",
    "No such option {name!r}.": "No existe la opción {name!r}.",
    "Did you mean {possibility}?": "¿Quiso decir {possibility}?",
    "(Possible options: {possibilities})": "(Opciones posibles: {possibilities})",
    "(Did you mean one of: {possibilities}?)": "(¿Quiso decir una de estas: {possibilities}?)",
    "No such command {name!r}.": "No existe la orden {name!r}.",
    "No such command {name!r}": "No existe la orden {name!r}",
    "Missing command.": "Falta la orden.",
    "Got unexpected extra argument ({args})": "Sobra el argumento ({args})",
    "Got unexpected extra arguments ({args})": "Sobran los argumentos ({args})",
    "Option {name!r} requires an argument.": "La opción {name!r} necesita un valor.",
    "Option {name!r} does not take a value.": "La opción {name!r} no lleva valor.",
    "Option {name!r} requires {nargs} arguments.": "La opción {name!r} necesita {nargs} valores.",
    "{value!r} is not one of {choices}.": "{value!r} no es ninguno de estos: {choices}.",
    "{value!r} is not {choice}.": "{value!r} no es {choice}.",
    "{value!r} is not a valid {number_type}.": "{value!r} no es un número entero.",
    "{value} is not in the range {range}.": "{value} no está {range}.",
    "{value!r} does not match the formats {formats}.": "{value!r} no es una fecha como 2024-07-10 o 10/07/2024.",
    "{name} {filename!r} does not exist.": "{name} {filename!r} no existe.",
    "{name} {filename!r} is a file.": "{name} {filename!r} es un archivo.",
    "{name} {filename!r} is a directory.": "{name} {filename!r} es una carpeta.",
    "{name} {filename!r} is not readable.": "{name} {filename!r} no se puede leer.",
    "{name} {filename!r} is not writable.": "{name} {filename!r} no se puede escribir.",
    "Could not open file {filename!r}: {message}": "No se pudo abrir el archivo {filename!r}: {message}",
    "unknown error": "error desconocido",
    "File": "El archivo",
    "file": "archivo",
    "Directory": "La carpeta",
    "directory": "carpeta",
    "Path": "La ruta",
    "path": "ruta",
    "default: {default}": "si no se da: {default}",
    "required": "obligatorio",
    "env var: {var}": "variable: {var}",
    "(dynamic)": "(dinámico)",
    "Aborted!": "Interrumpido.",
}
# Parts of the line «Uso:»; click does not ask gettext for these.
USAGE = {"[OPTIONS]": "[OPCIONES]", "COMMAND [ARGS]...": "ORDEN [ARGUMENTOS]..."}


def click() -> ModuleType:
    """Import click with its words in Spanish."""
    original, original_plural = gettext.gettext, gettext.ngettext
    gettext.gettext = lambda message: WORDS.get(message, message)
    gettext.ngettext = lambda msgid1, msgid2, n: WORDS.get(msgid1 if n == 1 else msgid2, msgid1 if n == 1 else msgid2)
    try:
        module = importlib.import_module("click")
        importlib.import_module("click.parser")
        _translate_usage(module)
        _escape_errors(module)
        return module
    finally:
        gettext.gettext, gettext.ngettext = original, original_plural


def _translate_usage(module: ModuleType) -> None:
    """Put in Spanish what click writes without asking gettext: the line of usage and ranges such as `1<=x<=4`."""
    for kind in (module.Command, module.Group):
        kind.collect_usage_pieces = _usage_in_spanish(kind.collect_usage_pieces)
    module.IntRange._describe_range = lambda self: f"entre {self.min} y {self.max}"


def _escape_errors(module: ModuleType) -> None:
    """What click says of an error names files and words of the command line: nothing of them acts on a terminal."""
    for kind in vars(module.exceptions).values():
        if isinstance(kind, type) and issubclass(kind, module.ClickException) and "format_message" in vars(kind):
            kind.format_message = _escaped(kind.format_message)  # type: ignore[attr-defined]


def _escaped(original: Callable[..., str]) -> Callable[..., str]:
    def format_message(*args: object) -> str:
        from poa_xl.cli.terminal import visible_lines  # which imports click

        return visible_lines(original(*args))

    return format_message


def _usage_in_spanish(original: Callable[..., list[str]]) -> Callable[..., list[str]]:
    def pieces(*args: object) -> list[str]:
        return [USAGE.get(piece, piece) for piece in original(*args)]

    return pieces
