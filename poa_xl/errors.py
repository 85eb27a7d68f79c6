"""What stops a call of the library, and what the command line makes of it: a plain message and an exit code."""

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from poa_xl.findings import Finding

# Texts name the options of the commands; a call of the library has parameters in their place.
_OPTION = re.compile(r"(?<![\w-])-(?:-(?P<long>[a-z][a-z-]*)(?: CARPETA)?|o\b)")
_PARAMETERS = {"annotate": "folder", "entity": "entidad", "from": "from_version", "reminders": "folder"}
_FLAGS = {"force": "force", "newer": "newer", "plan": "plan", "repair": "repair", "with-schedule": "schedule"}
_SHORT = "output"


class PoaError(Exception):
    """The program cannot go on; the text is in Spanish and says what to do. Exit code 3.

    With values, what is given is a template of `messages`: its options become the parameters of a call before they are
    filled in, so that nothing of a value changes. `command_text` is the same for the command line.
    """

    def __init__(self, template: str, **values: object) -> None:
        self.command_text = template.format(**values) if values else template
        super().__init__(in_a_call(template).format(**values) if values else template)

    def __reduce__(self) -> tuple[object, ...]:  # its text is filled in already
        return _again, (type(self), self.args), self.__dict__


class WrongUseError(PoaError):
    """What was asked for cannot be; nothing was done. It always takes a template, never a filled text. Exit code 2."""

    def __init__(self, template: str, **values: object) -> None:
        super().__init__(template, **values)
        if not values:
            self.args = (in_a_call(template),)


class FindingsError(PoaError):
    """Something was found in a file that forbids its use: `findings` say what, at which cell, and what to do."""

    def __init__(self, template: str, findings: "Sequence[Finding]", **values: object) -> None:
        super().__init__(template, **values)
        self.findings = tuple(findings)


class EntityError(FindingsError):
    """The entity's workbook has errors. Exit code 1: they are errors of the data."""


def in_a_call(template: str) -> str:
    """A template with the parameters of calls in the place of the commands' options. Values come after this."""
    return _OPTION.sub(_parameter, template)


def _again(kind: type[PoaError], args: tuple[str, ...]) -> PoaError:
    made = kind.__new__(kind)
    made.args = args
    return made


def _parameter(option: re.Match[str]) -> str:
    name = option["long"] or _SHORT
    return f"{_FLAGS[name]}=True" if name in _FLAGS else _PARAMETERS.get(name, name)
