"""What a message consists of: a severity, what is wrong, what to do, and what else its code means for the program."""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from enum import Enum
from typing import FrozenSet, NamedTuple


class Severity(str, Enum):  # noqa: UP042 - StrEnum is newer than the Pythons of the spreadsheet programs
    """`ERROR` keeps the row or the file out of the evaluation; `AVISO` does not."""

    ERROR = "error"
    AVISO = "aviso"

    __str__ = str.__str__


class Trait(Enum):
    """What a code means for the program beside its severity. Whoever needs to know asks `messages.has`."""

    REFUSES_FILE = "an error that keeps the whole file out, not a row of it"
    AWAITS_DECISION = "keeps the whole file out until the planning office accepts it; what is in force goes on counting"
    UNREADABLE = "the file cannot be read as a workbook: nothing else is known of it, and nothing is written into it"
    SET_ASIDE = "the file is no submission, and that is no fault"
    NOT_OF_A_UNIT = "a workbook of ours that is no unit's: there is nobody to send a copy to"
    OF_A_UNIT = "of what one unit sent: where it is an aviso, the planning office may accept it"
    WAIVABLE = "an error that may be accepted: the cell was read, says one thing, and can be evaluated as it stands"
    FROM_OUTSIDE = "needs more than the sheets of a workbook: a check of a repaired copy does not find it again"
    OF_NO_FILE = "no file causes it by itself"
    OF_A_CELL = "of what one cell holds"
    NOT_A_NUMBER = "not a number, which may stand where no figure needs one, such as «por definir» in Meta"
    NOT_A_TEXT = "not a text, which says what it shows where a text may be left out"
    SHEET_MISSING = "a sheet of the template is not there"
    SHEET_UNREAD = "a sheet is there, and was not read"
    NOT_CARRIED = "a copy goes without what it names"
    OWN_LINE = "of a unit, a category or a reason each: one line for all would hide which"
    ANOTHER_BOOK = "the workbook that was sent cannot be corrected: its data go into another one"
    OVERDUE_ACTION = "a corrective action whose day passed, which reminders speak of too"
    LATER_ERROR = (
        "an error that earlier versions let pass: a campaign that began with such an entity's workbook goes on"
    )


class Message(NamedTuple):
    """The words of a code, and its traits."""

    severity: Severity
    what: str
    action: str
    traits: FrozenSet[Trait] = frozenset()


class Section(NamedTuple):
    """Codes of one prefix: what they are about, and the traits that all of them have."""

    title: str
    traits: FrozenSet[Trait] = frozenset()


def error(what: str, action: str, *traits: Trait) -> Message:
    """A message of something that keeps data out."""
    return Message(Severity.ERROR, what, action, frozenset(traits))


def aviso(what: str, action: str, *traits: Trait) -> Message:
    """A message of something to look at."""
    return Message(Severity.AVISO, what, action, frozenset(traits))


def section(title: str, *traits: Trait) -> Section:
    """A section of codes."""
    return Section(title, frozenset(traits))
