"""What a worker is asked where a filled workbook gets what the entity says now: it is taken apart there."""

import base64
from typing import Any

from poa_xl.guards import Limits
from poa_xl.migration.refresh import package
from poa_xl.migration.refresh.parts import Splice
from poa_xl.ooxml.encoding import EncodingError
from poa_xl.ooxml.splice import ODD, MarkupError

SPLICE = f"{__name__}:splice"


def splice(content: bytes, limits: Limits, arguments: dict[str, Any]) -> tuple[Any, bytes]:
    """The workbook with the changes; for how many sheets our macros are wanted, and what it goes without."""
    project = base64.b64decode(arguments["project"])
    try:
        made = package.make(content, Splice.from_plain(arguments["splice"]), limits, project)
    except (MarkupError, EncodingError, *ODD) as error:
        return {"cannot": str(error)}, b""
    return {"modules": made.modules, "left_out": made.left_out, "macros": made.macros}, made.content
