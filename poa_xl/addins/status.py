"""What `poa-xl addin status` finds out about an installation, one line a check; every program gives a list of these."""

from collections.abc import Mapping
from typing import NamedTuple

from poa_xl.messages.kinds import Message


class Check(NamedTuple):
    """A check by its name, such as `Python`. `message` says what is wrong and what to do; None where all is well."""

    name: str
    ok: bool
    message: Message | None
    details: Mapping[str, object]

    @property
    def lines(self) -> list[str]:
        """What is wrong and what to do, with the details; nothing where all is well."""
        if self.message is None:
            return []
        return [self.message.what.format(**self.details), self.message.action.format(**self.details)]
