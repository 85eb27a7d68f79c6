"""The only way to the terminal: nothing that a stranger wrote acts on it.

File names, cells, sheets and what the system says may hold anything: colours, the title of the window, text that runs
backwards. What cannot be shown is shown as its code, such as `\\x1b`; only styles of our own are sent as they are. What
click says of a command line goes through here too (`cli.spanish`).
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from poa_xl.cli.options import click
from poa_xl.printable import visible

_LINE_ABOVE = "\x1b[1A\x1b[2K"  # up to it, and it is cleared


def say(text: str = "", *, err: bool = False, **style: Any) -> None:
    """Print one line, on the other stream with `err`; the styles are click's, for a terminal."""
    click.secho(visible(text), err=err, **style)


def say_lines(text: str, *, err: bool = False) -> None:
    """Print a text of ours that has several lines."""
    click.echo(visible_lines(text), err=err)


def say_json(document: object) -> None:
    """Print a document for other programs: the same data, with an escape for whatever could act on a terminal."""
    import json

    text = json.dumps(document, ensure_ascii=False, indent=2)
    click.echo("".join(ch if ch.isprintable() or ch == "\n" else json.dumps(ch)[1:-1] for ch in text))


def visible_lines(text: str) -> str:
    """A text with its lines kept, and all else that cannot be shown as its code."""
    return "\n".join(map(visible, text.split("\n")))


@contextmanager
def bar(title: str) -> Iterator[Callable[[int, int], None]]:
    """A bar on stderr, `Revisando ━━━━ 12/109`, gone at the end; yields what is told how many are done, of how many."""
    shown = click.progressbar(
        length=0, label=visible(title), file=sys.stderr, bar_template="%(label)s %(bar)s %(info)s",
        fill_char="━", show_pos=True, show_eta=False,
    )  # fmt: skip

    def tell(done: int, total: int) -> None:
        shown.length = total
        shown.update(done - shown.pos)

    try:
        with shown:
            yield tell
    finally:
        click.echo(_LINE_ABOVE, err=True, nl=False)
