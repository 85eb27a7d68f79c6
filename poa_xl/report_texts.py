"""Placeholders in the texts that an entity writes for its report: `{{MRE.ejecucion.acumulado}}` becomes that figure."""

import re

from poa_xl.figures.vocabulary import ALIASES, PERIODS

MASK = "\ufffc"  # stands for a figure in a text that is read without its figures
_PERIODS = "|".join((*PERIODS, *ALIASES))
_SINGLE = re.compile(rf"\{{[^{{}}]*\.\w+\.(?:{_PERIODS})\s*\}}")  # an id between single braces
PLACEHOLDER = re.compile(r"\{\{([^{}]*)\}\}")


def placeholders(text: str) -> list[str]:
    """What stands between the braces, in its order."""
    return [found.strip() for found in PLACEHOLDER.findall(text)]


def is_open(text: str) -> bool:
    """Whether braces are left over: a placeholder that does not begin or end, or has one brace instead of two."""
    rest = PLACEHOLDER.sub("", text)
    return "{{" in rest or "}}" in rest or _SINGLE.search(rest) is not None
