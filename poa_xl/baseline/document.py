"""A plan or a reported quarter as a file: JSON that says its form first and the hash of all the rest last.

The hash tells a file that was changed by hand or by a disk; that it is the one meant, the ledger of its campaign tells.
"""

import hashlib
import json
from pathlib import Path
from typing import Any, TypeVar

from poa_xl import cells
from poa_xl.baseline import plan, quarter
from poa_xl.baseline.plan import ApprovedPlan
from poa_xl.baseline.quarter import ReportedQuarter
from poa_xl.errors import PoaError
from poa_xl.messages import baseline as words

LARGEST = 256 << 20  # bytes: ten times the plan of 5,000 units
_FORM, _HASH = "formato", "huella"
_FORMS: dict[type, str] = {ApprovedPlan: plan.FORMAT, ReportedQuarter: quarter.FORMAT}
Content = TypeVar("Content", ApprovedPlan, ReportedQuarter)


def to_bytes(content: ApprovedPlan | ReportedQuarter) -> bytes:
    """The file of a plan or a reported quarter: the same content gives the same bytes."""
    said = _plain(content)
    document = {_FORM: _FORMS[type(content)], **said, _HASH: _hash(said)}
    return (json.dumps(document, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")


def read(path: Path, kind: type[Content]) -> Content:
    """What a file says. PoaError where it is no such file, or was changed since it was written."""
    shown = cells.visible(str(path))
    try:
        if path.stat().st_size > LARGEST:
            raise PoaError(words.TOO_LARGE.format(ruta=shown))
        content = path.read_bytes()
    except OSError as error:
        raise PoaError(words.UNREADABLE.format(ruta=shown, motivo=error.strerror or str(error))) from error
    return parse(content, kind, shown)


def parse(content: bytes, kind: type[Content], shown: str) -> Content:
    """The same of the bytes of a file; `shown` is what to call it."""
    from pydantic import TypeAdapter, ValidationError

    try:
        document = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise PoaError(words.NOT_A_DOCUMENT[_FORMS[kind]].format(ruta=shown)) from error
    if not isinstance(document, dict) or document.get(_FORM) != _FORMS[kind]:
        raise PoaError(words.NOT_A_DOCUMENT[_FORMS[kind]].format(ruta=shown))
    said = {name: value for name, value in document.items() if name not in (_FORM, _HASH)}
    try:
        sound = document.get(_HASH) == _hash(said)
    except ValueError:  # NaN is no number
        sound = False
    if not sound:
        raise PoaError(words.CHANGED.format(ruta=shown))
    try:
        return TypeAdapter(kind).validate_json(json.dumps(said), strict=True)
    except ValidationError as error:
        raise PoaError(words.NOT_A_DOCUMENT[_FORMS[kind]].format(ruta=shown)) from error


def hash_of(content: ApprovedPlan | ReportedQuarter) -> str:
    """The hash that the file says of its content."""
    return _hash(_plain(content))


def _plain(content: ApprovedPlan | ReportedQuarter) -> dict[str, Any]:
    from pydantic import TypeAdapter

    found: dict[str, Any] = TypeAdapter(type(content)).dump_python(content, mode="json")
    return found


def _hash(said: dict[str, Any]) -> str:
    text = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()
