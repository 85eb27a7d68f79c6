"""Text as XML writes it, and back. `xml.sax.saxutils` does the same and loads all of HTTP to do it."""

from collections.abc import Mapping

_MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


def escape(text: str, others: Mapping[str, str] | None = None) -> str:
    """A text with references in the place of markup, and of what `others` name: character -> reference."""
    for character, reference in (*_MARKUP.items(), *(others or {}).items()):
        text = text.replace(character, reference)
    return text


def unescape(text: str, others: Mapping[str, str] | None = None) -> str:
    """The text again; `others` are reference -> character."""
    known = {**(others or {}), **{reference: character for character, reference in reversed(_MARKUP.items())}}
    for reference, character in known.items():
        text = text.replace(reference, character)
    return text
