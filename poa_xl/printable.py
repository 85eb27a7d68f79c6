"""Text of a stranger as it may be shown: what would act on a terminal, or run backwards, as its code.

Apart from `cells`, whose expressions take longer to load than the rest of `--help`. Python 3.8 and the standard library
alone: LibreOffice carries a copy.
"""


def visible(text: str) -> str:
    """Text of a stranger with what cannot be shown (control characters, half characters) as its code: `\\x1b`."""
    if text.isprintable():
        return text
    return "".join(ch if ch.isprintable() else ch.encode("unicode_escape").decode() for ch in text)


def in_document(text: str) -> str:
    """Text of a stranger as a document may hold it: as `visible` says it, but for lines, tabs and blanks of any width.

    A document of Word can hold no control character, and one that turns the direction of reading would turn a figure.
    """
    return "".join(ch if ch.isspace() and ch not in _SEPARATORS else visible(ch) for ch in text)


_SEPARATORS = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u2028\u2029")  # blanks to Python, control characters to XML
