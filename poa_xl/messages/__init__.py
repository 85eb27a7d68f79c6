"""Every text that the program says about data: of findings (`findings`), in cells (`answers`), in Excel (`addins`).

Python 3.8 syntax and the standard library alone: the spreadsheet programs carry a copy.
"""
# ruff: noqa: UP006, UP033, UP035 - the Pythons of the spreadsheet programs are older

from functools import lru_cache
from typing import Dict, FrozenSet, Mapping, Protocol

from poa_xl.messages.findings import MESSAGES, SECTIONS
from poa_xl.messages.kinds import Message, Section, Severity, Trait

__all__ = [
    "ACCEPTED",
    "EXCEPTED",
    "MESSAGES",
    "SECTIONS",
    "Message",
    "Section",
    "Severity",
    "Trait",
    "action",
    "advice",
    "can_be_waived",
    "codes",
    "excepted",
    "has",
    "severity",
    "text",
    "word",
]

LONGEST = 300  # characters of a value that a message shows
EXCEPTED = "exceptuado"  # a word of its own beside the severities, and the detail that says who accepted it and why


ACCEPTED = "Se aceptó; no hay nada que corregir."


class _Finding(Protocol):
    @property
    def code(self) -> str: ...
    @property
    def found(self) -> str: ...
    @property
    def details(self) -> Mapping[str, str]: ...


class _Blank(Dict[str, str]):
    """A detail that a rule did not give shows as nothing rather than stopping the program."""

    def __missing__(self, key: str) -> str:
        return ""


def severity(code: str) -> Severity:
    """The severity of a code."""
    return MESSAGES[code].severity


@lru_cache(maxsize=None)  # as many as there are traits
def codes(trait: Trait) -> FrozenSet[str]:
    """The codes that have a trait, by themselves or with all of their section."""
    return frozenset(
        code
        for code, message in MESSAGES.items()
        if trait in message.traits or trait in SECTIONS[code.partition("-")[0]].traits
    )


def has(code: str, trait: Trait) -> bool:
    """Whether a code has a trait. Of a code that is none of ours: no."""
    return code in codes(trait)


def can_be_waived(code: str) -> bool:
    """Whether the planning office can accept findings of a code at all: an aviso of a unit's, and few errors."""
    if not has(code, Trait.OF_A_UNIT):
        return False
    return severity(code) is Severity.AVISO or has(code, Trait.WAIVABLE)


def excepted(finding: _Finding) -> bool:
    """Whether the planning office accepted it: it still shows, but keeps nothing out and does not count."""
    return bool(finding.details.get(EXCEPTED))


def word(finding: _Finding) -> str:
    """How a finding weighs, in a word: `error`, `aviso` or `exceptuado`."""
    return EXCEPTED if excepted(finding) else str(severity(finding.code))


def _fill(template: str, finding: _Finding) -> str:
    details = {name: _short(value) for name, value in finding.details.items()}
    return template.format_map(_Blank(details, hallado=_short(finding.found)))


def _short(value: str) -> str:
    """Enough to recognise a value; a whole page typed into a cell would not fit into the cell of a list."""
    return value if len(value) <= LONGEST else value[:LONGEST] + "…"


def text(finding: _Finding) -> str:
    """What is wrong, with the value that was found; of what was accepted, also by whom and why."""
    what = _fill(MESSAGES[finding.code].what, finding)
    return f"{what} {finding.details[EXCEPTED]}" if excepted(finding) else what


def action(finding: _Finding) -> str:
    """What the person can do about it; nothing, where it was accepted."""
    return ACCEPTED if excepted(finding) else advice(finding)


def advice(finding: _Finding) -> str:
    """What the person can do about it, whether it was accepted or not."""
    return _fill(MESSAGES[finding.code].action, finding)
