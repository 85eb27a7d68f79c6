"""requirements.lock as data."""

import re
from dataclasses import dataclass
from pathlib import Path

from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})(?=\s|$)")


@dataclass(frozen=True)
class Pin:
    """One version of a package, where its marker holds, and the fingerprints of the files that it may be."""

    requirement: Requirement
    hashes: tuple[str, ...]

    @property
    def version(self) -> str:
        """The version; ValueError where it is not one."""
        (one,) = self.requirement.specifier
        if one.operator != "==" or "*" in one.version:
            raise ValueError(self.requirement)
        return one.version

    def holds(self, environment: dict[str, str]) -> bool:
        """Whether it is for an environment of these markers."""
        return self.requirement.marker is None or self.requirement.marker.evaluate(environment)


def pins(text: str | None = None) -> list[Pin]:
    """All of them, in their order."""
    lines = (LOCK.read_text(encoding="utf-8") if text is None else text).replace("\\\n", " ").splitlines()
    entries = [line.partition("--hash") for line in lines if line.strip() and not line.startswith("#")]
    return [Pin(Requirement(said.strip()), tuple(_HASH.findall(mark + rest))) for said, mark, rest in entries]
