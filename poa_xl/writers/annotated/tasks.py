"""What a worker is asked where a stranger's workbook gets observations or repairs: it is taken apart there."""

import base64
from typing import Any

from poa_xl.checking.repairs import Repair
from poa_xl.guards import Limits
from poa_xl.observations import Observation
from poa_xl.ooxml.splice import MarkupError
from poa_xl.writers.annotated import observations, provenance

ANNOTATE, REPAIR, IS_COPY = (f"{__name__}:{name}" for name in ("annotate", "repair", "is_copy"))
Answer = tuple[Any, bytes]


def annotate(content: bytes, limits: Limits, arguments: dict[str, Any]) -> Answer:
    """The copy of a workbook with observations."""
    found = [Observation(*one) for one in arguments["found"]]
    repairs = [Repair(*one) for one in arguments["repairs"]]
    try:
        project = base64.b64decode(arguments["project"])
        made = observations.make(content, found, arguments["summary"], repairs, limits, project)
        return {"modules": made.modules, "left_out": made.left_out}, made.content
    except MarkupError as error:
        return {"cannot": str(error)}, b""


def repair(content: bytes, limits: Limits, arguments: dict[str, Any]) -> Answer:
    """A workbook with repairs, and those that could be done."""
    try:
        wanted = [Repair(*one) for one in arguments["repairs"]]
        better, done = observations.repair(content, wanted, limits, arguments["inputs"])
    except MarkupError as error:
        return {"cannot": str(error)}, b""
    return {"done": [list(one) for one in done]}, better


def is_copy(content: bytes, _: Limits, __: dict[str, Any]) -> Answer:
    """Whether it is an annotated copy that nobody has saved since."""
    return provenance.is_copy(content), b""
