"""Every text that the program says about data: of findings (`findings`), in cells (`answers`) and of hosts (`hosts`).

Python 3.8 syntax and the standard library alone: the spreadsheet programs carry a copy.
"""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Dict, Mapping, Protocol

from poa_xl.messages.findings import MESSAGES, SECTIONS
from poa_xl.messages.kinds import Message, Severity

__all__ = ["MESSAGES", "SECTIONS", "Message", "Severity", "action", "severity", "text"]


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


def _fill(template: str, finding: _Finding) -> str:
    return template.format_map(_Blank(finding.details, hallado=finding.found))


def text(finding: _Finding) -> str:
    """What is wrong, with the value that was found."""
    return _fill(MESSAGES[finding.code].what, finding)


def action(finding: _Finding) -> str:
    """What the person can do about it."""
    return _fill(MESSAGES[finding.code].action, finding)
