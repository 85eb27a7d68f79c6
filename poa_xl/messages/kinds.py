"""What a message consists of: a severity, what is wrong and what to do."""

from enum import Enum
from typing import NamedTuple


class Severity(str, Enum):  # noqa: UP042 - StrEnum is newer than the Pythons of the spreadsheet programs
    """`ERROR` keeps the row or the file out of the evaluation; `AVISO` does not."""

    ERROR = "error"
    AVISO = "aviso"

    __str__ = str.__str__


class Message(NamedTuple):
    """The words of a code."""

    severity: Severity
    what: str
    action: str


def error(what: str, action: str) -> Message:
    """A message of something that keeps data out."""
    return Message(Severity.ERROR, what, action)


def aviso(what: str, action: str) -> Message:
    """A message of something to look at."""
    return Message(Severity.AVISO, what, action)
