"""What a relation says: of which type it is, and the part of the package or the place outside to which it leads."""

import posixpath
import re
from collections.abc import Mapping
from typing import NamedTuple

from poa_xl.ooxml import namespaces
from poa_xl.ooxml.part_names import RELATIONS_ENDING

INTERNAL, EXTERNAL = "Internal", "External"
MODES = (INTERNAL, EXTERNAL)

# The forms of a target that programs resolve alike; LibreOffice finds no part by the others.
_TARGET = re.compile(r"(?:/|(?:\.\./)*)(?!\.\.?(?:/|$))[^/\\%?#:\s]+(?:/(?!\.\.?(?:/|$))[^/\\%?#:\s]+)*")


class Relation(NamedTuple):
    """Where a relation of a part points.

    `target` is a part's name, what is written where it is external, and '' where programs differ in what it names.
    """

    type: str  # the whole type
    target: str
    external: bool
    written: str  # the target as it stands

    @property
    def kind(self) -> str:
        """The word for its type, such as `worksheet`; the whole type where it is not one of the format's own."""
        return namespaces.kind_of(self.type)


def list_of(part: str) -> str:
    """The part with the relations of a part (of the package for '')."""
    folder, name = posixpath.split(part)
    return posixpath.join(folder, "_rels", f"{name}{RELATIONS_ENDING}")


def mode_of(attributes: Mapping[str, str]) -> str:
    """Whether a line of a list leads to a part or outside: one of `MODES`, or what the format does not know."""
    return attributes.get("TargetMode", INTERNAL)


def relation(attributes: Mapping[str, str], folder: str) -> Relation:
    """What a line of a list says, of a part in a folder. Blank texts where it lacks an attribute."""
    written, external = attributes.get("Target", ""), mode_of(attributes) == EXTERNAL
    certain = external or _TARGET.fullmatch(written)
    target = (written if external else resolved(folder, written)) if certain else ""
    return Relation(attributes.get("Type", ""), target, external, written)


def resolved(folder: str, target: str) -> str:
    """The name of the part that a target gives, from the folder of the part that names it, whatever its form."""
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
