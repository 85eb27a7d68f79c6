"""What stops a call of the library, and what the command line makes of it: a plain message and an exit code."""

import re

# Texts name the options of the commands; a call of the library has parameters in their place.
_OPTION = re.compile(r"--([a-z][a-z-]*)(?: CARPETA)?")
_PARAMETERS = {"annotate": "folder", "entity": "entidad", "from": "from_version", "reminders": "folder"}
_FLAGS = {"force": "force", "newer": "newer", "plan": "plan", "repair": "repair", "with-schedule": "schedule"}


class PoaError(Exception):
    """The program cannot go on; the text is in Spanish and says what to do. Exit code 3."""


class WrongUseError(PoaError):
    """What was asked for cannot be; nothing was done. `command_text` is its text on the command line. Exit code 2."""

    def __init__(self, text: str) -> None:
        super().__init__(_OPTION.sub(_parameter, text))
        self.command_text = text


def _parameter(option: re.Match[str]) -> str:
    name = option[1]
    return f"{_FLAGS[name]}=True" if name in _FLAGS else _PARAMETERS.get(name, name)
