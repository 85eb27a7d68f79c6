"""The one exception that a command turns into a plain message and exit code 3."""


class PoaError(Exception):
    """The program cannot go on; the text is in Spanish and says what to do."""
