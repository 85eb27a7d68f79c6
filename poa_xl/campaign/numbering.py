"""The number of a receipt, such as `2024-2T-0042-6`: gestión, trimestre, the place in the ledger and a check digit.

The check digit is that of ISO/IEC 7064, MOD 11,10, over all the other digits. A digit misread is always seen, and two
neighbours that changed places nearly always.
"""

import re

_NUMBER = re.compile(r"^(\d{4})-([1-4])T-(\d{4,})-(\d)$")


def number(gestion: int, trimestre: int, numero: int) -> str:
    """The number of the receipt of a submission."""
    digits = f"{gestion}{trimestre}{numero:04}"
    return f"{gestion}-{trimestre}T-{numero:04}-{check_digit(digits)}"


def check_digit(digits: str) -> int:
    """The check digit of some digits."""
    rest = 10
    for digit in digits:
        rest = ((rest + int(digit)) % 10 or 10) * 2 % 11
    return (11 - rest) % 10


def well_formed(text: str) -> bool:
    """Whether a text is a number whose check digit fits."""
    match = _NUMBER.match(text.strip().upper())
    return match is not None and check_digit("".join(match.groups()[:3])) == int(match[4])
