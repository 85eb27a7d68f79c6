"""A part of a whole in points: what eficacia, ejecucion, eficiencia and the avance of an operation have in common.

Points are 0-100 (92.16, never 0.9216). Times 100 goes before the division, in Python and in formulas alike: 29 of 100
must be 29, not 28.999999999999996, at a threshold. A whole that is 0, blank or missing gives no figure.
"""

from typing import Optional

from poa_xl.indicators.not_available import MISSING_TEXT, where_number

FULL = 100.0  # points of all that was programmed


def ratio(part: Optional[float], whole: Optional[float]) -> Optional[float]:
    """Part of the whole in points; None without a whole. A part that is blank is 0."""
    if not whole:
        return None
    return (part or 0) * 100 / whole


def quotient_formula(part: str, whole: str) -> str:
    """The bare division, where the whole is known to be there and not 0."""
    return f"{part}*100/{whole}"


def ratio_formula(part: str, whole: str) -> str:
    """In a unit's workbook, where a whole may be a text."""
    return f"IF(N({whole})=0,{MISSING_TEXT},{quotient_formula(part, whole)})"


def ratio_data_formula(part: str, whole: str) -> str:
    """In a data sheet of the master, whose sums are always numbers."""
    return f"IF({whole}=0,{MISSING_TEXT},{quotient_formula(part, whole)})"


def ratio_master_formula(part: str, whole: str) -> str:
    """In the master, where either may be «n/a»: a part that is not known is not 0."""
    known = f"IF({whole}=0,{MISSING_TEXT},{quotient_formula(f'N({part})', whole)})"
    return where_number(part, where_number(whole, known))


def ratio_said(part: str, whole: str) -> str:
    """The rule with its numbers."""
    return f"{part} / {whole} × {FULL:g}"
