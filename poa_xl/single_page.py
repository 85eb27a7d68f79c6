"""A page that needs nothing else: what it may do (its CSP), and the seal at its end, by which it is known as ours.

What stands in it comes from templates in which all text of strangers is escaped, and shown without control characters
or marks that turn the writing around. The style of the keyboard's focus is one for all.
"""

import base64
import hashlib
import re
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from poa_xl.printable import visible

if TYPE_CHECKING:
    from jinja2 import Environment

_COMMON = Path(__file__).with_suffix(".css")


class Seal(NamedTuple):
    """What a page of ours says of itself; `kept` whether it is as it was written."""

    gestion: int
    trimestre: int
    version: str
    kept: bool


def environment(folder: Path, legible: Callable[[str], str] = visible) -> "Environment":
    """The templates of a folder. `legible` makes a text of a stranger harmless: by itself on one line."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    return Environment(
        loader=FileSystemLoader(folder), autoescape=True, undefined=StrictUndefined, finalize=partial(_shown, legible),
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip


def _shown(legible: Callable[[str], str], value: Any) -> Any:
    """Whatever is put into a page passes here; autoescaping comes after it. What is marked as safe is ours."""
    return legible(value) if isinstance(value, str) and not hasattr(value, "__html__") else value


def style(own: str) -> str:
    """The style of a page, with what all of ours share."""
    return f"{own}{_COMMON.read_text(encoding='utf-8')}"


def policy(style: str, script: str) -> str:
    """Nothing from anywhere, and of what stands in the page only this style and this script."""
    allowed = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def sealed(content: bytes, kind: str, period: tuple[int, int], version: str) -> bytes:
    """A page of a kind (a word) with its seal."""
    gestion, trimestre = period
    end = f"{gestion}-{trimestre} {version} {hashlib.sha256(content).hexdigest()} -->\n"
    return content + _mark(kind) + end.encode()


def seal(content: bytes, kind: str) -> Seal | None:
    """The seal of a page of a kind; None of any other file. One that cannot be read is of a page that was changed."""
    page, mark, _ = content.rpartition(_mark(kind))
    if not mark:
        return None
    found = re.compile(
        re.escape(mark) + rb"(?P<year>\d{4})-(?P<quarter>[1-4]) (?P<version>[0-9.]{1,20}) (?P<hash>[0-9a-f]{64}) -->\n"
    ).search(content, len(page))
    if found is None:
        return Seal(0, 0, "", kept=False)
    kept = found.span() == (len(page), len(content)) and hashlib.sha256(page).hexdigest().encode() == found["hash"]
    return Seal(int(found["year"]), int(found["quarter"]), found["version"].decode(), kept)


def _mark(kind: str) -> bytes:
    return f"<!-- poa-xl {kind} ".encode()
