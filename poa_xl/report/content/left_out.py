"""That something is not shown, and why."""

from poa_xl.messages import report as words
from poa_xl.report.document import Paragraph, Style, Text


def left_out(what: str, why: str) -> Paragraph:
    """A note in the place of a table or a chart that this quarter or this entity does not have."""
    return Paragraph((Text(words.LEFT_OUT.format(que=what, porque=why)),), Style.NOTE)
