"""The command line: `poa-xl`. A command parses, calls the front door (`poa_xl.api`) and prints.

Each command is the module of its name, or a package where it says much; `root` lists them. `options` and `output` are
what they share; `terminal` is the only way to the terminal. All but click is imported where it is used.
"""

import sys

from poa_xl import __version__, garbage
from poa_xl.cli import terminal, termination
from poa_xl.cli.options import FAILURE, click
from poa_xl.cli.root import poa_xl
from poa_xl.errors import PoaError

__all__ = ["main", "poa_xl"]


def main() -> None:
    """Entry point. Bad data ends with 1, wrong usage with 2, what the program cannot do with 3."""
    for stream in (sys.stdout, sys.stderr):
        # A redirected Windows console may not know every accent; it must not stop the program.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    garbage.collect_seldom()
    termination.watch()
    try:
        # Not standalone: click would end an interrupted command with 1, as if there were errors in the data.
        sys.exit(poa_xl(prog_name="poa-xl", standalone_mode=False) or 0)
    except termination.Terminated as error:
        termination.end(error.number)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        terminal.say("Interrumpido.", err=True)
        sys.exit(FAILURE)
    except PoaError as error:
        terminal.say_lines(f"Error: {error.command_text}", err=True)
        sys.exit(FAILURE)
    except OSError as error:
        from poa_xl.messages.atomic import reason

        why = reason(error.errno, error.strerror or str(error))
        terminal.say(f"Error: no se pudo usar {error.filename or 'un archivo'}: {why}.", err=True)
        sys.exit(FAILURE)
    except Exception as error:
        terminal.say_lines(_bug(error), err=True)
        sys.exit(FAILURE)
    finally:
        termination.end_at_once()


def _bug(error: Exception) -> str:
    import traceback

    last = traceback.extract_tb(error.__traceback__)[-1]
    place = f"{last.name}, línea {last.lineno}"
    return (
        f"Error interno de poa-xl {__version__}: {type(error).__name__}: {error} ({place}).\n"
        "No es un error de sus datos. Guarde este texto y avise a quien mantiene el programa."
    )
