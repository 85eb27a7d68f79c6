"""Text of a stranger as it may be shown: what would act on a terminal, or run backwards, as its code.

Apart from `cells`, whose expressions take longer to load than the rest of `--help`. Python 3.8 and the standard library
alone: LibreOffice carries a copy.
"""


def visible(text: str) -> str:
    """Text of a stranger with what cannot be shown (control characters, half characters) as its code: `\\x1b`."""
    return "".join(ch if ch.isprintable() else ch.encode("unicode_escape").decode() for ch in text)
