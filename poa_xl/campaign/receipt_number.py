"""The number of a receipt, such as `2024-2T-0042-6-KM`: gestión, trimestre, the place in the ledger, a check digit and
two characters of what the ledger says of the submission, called its letters.

The check digit is that of ISO/IEC 7064, MOD 11,10, over all the other digits. A digit misread is always seen, and two
neighbours that changed places nearly always. Of two copies of a campaign that went on by themselves each gives a place
of its own letters, so that they do not give one number to two submissions. Ledgers of the first version have numbers
without letters, which stay as they are.
"""

import re

from poa_xl.campaign.chain import LETTERS

_NUMBER = re.compile(rf"^(\d{{4}})-([1-4])T-(\d{{4,}})-(\d)(?:-([{LETTERS}]{{2}}))?$", re.ASCII)


def number(gestion: int, trimestre: int, numero: int, letters: str = "") -> str:
    """The number of the receipt of a submission."""
    digits = f"{gestion}{trimestre}{numero:04}"
    short = f"{gestion}-{trimestre}T-{numero:04}-{check_digit(digits)}"
    return f"{short}-{letters}" if letters else short


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


def letters_of(text: str) -> str:
    """The letters of a number; '' where it has none."""
    match = _NUMBER.match(text.strip().upper())
    return (match[5] or "") if match else ""


def place_of(text: str) -> tuple[int, int, int]:
    """(gestión, trimestre, place in the ledger) of a well-formed number."""
    match = _NUMBER.match(text.strip().upper())
    if match is None:
        raise ValueError(text)
    return int(match[1]), int(match[2]), int(match[3])
