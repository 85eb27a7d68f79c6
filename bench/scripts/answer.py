"""What a script says that it found, in one line that the benchmark reads."""

import json


def say(programado: float | None = None, negative: int | None = None, words: int | None = None) -> None:
    """None is what the script does not look for."""
    print(json.dumps({"programado": programado, "negative": negative, "words": words}))
