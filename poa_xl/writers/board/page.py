"""The board as one page that needs nothing else: no request leaves it, and without its script it can still be read.

The page's own rule (CSP) lets it run the script and the style that stand in it and nothing more. What comes from the
ledger is escaped by the template engine, and shown without control characters or marks that turn the writing around.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment
from markupsafe import Markup

from poa_xl import __version__, names, single_page
from poa_xl.campaign import board
from poa_xl.campaign.board import STATES, Tablero, UnitStatus
from poa_xl.messages import board as words, campaign as common
from poa_xl.palette import font_on, rgb
from poa_xl.reading import provenance
from poa_xl.reading.provenance import Origin
from poa_xl.writers.board import looks

_ASSETS = Path(__file__).with_name("assets")
_KIND = "tablero"
COLUMNS = ("unidad", "estado", "grupo", "recibida", "version", "errores", "avisos", "acuse", "archivo")
_NUMBERS = ("version", "errores", "avisos")


def write_page(path: Path, tablero: Tablero) -> None:
    """Write the board; the same board gives the same bytes."""
    content = _html(tablero).encode()
    path.write_bytes(single_page.sealed(content, _KIND, (tablero.gestion, tablero.trimestre), __version__))


def origin(content: bytes) -> Origin:
    """What a page says of itself at its end; a blank origin where it is not ours."""
    return provenance.of_page(single_page.seal(content, _KIND), names.BOARD_VALUE)


def _html(tablero: Tablero) -> str:
    style, script = _style(), _asset("tablero.js")
    return _environment().get_template("tablero.html.j2").render(
        tablero=tablero,
        areas=board.areas(tablero.filas),
        words=words,
        common=common,
        columns=COLUMNS,
        numbers=_NUMBERS,
        states=STATES,
        style=Markup(style),  # noqa: S704 - a file of ours
        script=Markup(script),  # noqa: S704 - a file of ours
        policy=single_page.policy(style, script),
        title=words.TITLE.format(periodo=common.quarter(tablero)),
        shown=_all_shown(len(tablero.filas)),
        said=tablero.nombres.said,
    )  # fmt: skip


def _all_shown(n: int) -> str:
    return (words.ALL_SHOWN if n != 1 else words.ONE_SHOWN).format(total=n)


def _style() -> str:
    colors = "".join(
        f"  --{slug(state)}: {rgb(color)};\n  --{slug(state)}-texto: {font_on(rgb(color))};\n"
        for state, color in looks.STATE_COLORS.items()
    )
    return single_page.style(f"\n:root {{\n{colors}}}\n{_asset('tablero.css')}")


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def slug(state: str) -> str:
    """The name of a state in style sheets: `con-avisos`."""
    return state.replace(" ", "-")


@cache
def _environment() -> Environment:
    made = single_page.environment(_ASSETS)
    made.filters.update(
        slug=slug, day=common.day, minute=looks.minute, place=looks.place, row=looks.row, sort_key=_sort_key
    )
    made.filters["file_name"] = lambda path: path.rpartition("/")[2]
    made.globals.update(totals=board.totals, late=_late, moment=common.moment)
    return made


def _late(filas: tuple[UnitStatus, ...]) -> int:
    return sum(f.tarde for f in filas)


def _sort_key(fila: UnitStatus, column: str) -> str:
    """What a column is sorted by; '' for what is not there, which goes last."""
    if column == "estado":
        return str(STATES.index(fila.estado))
    if column == "grupo":
        return f"{fila.area} {fila.grupo}"
    if not fila.cuando and column != "unidad":
        return ""
    if column == "recibida":
        return str(int(looks.instant(fila.cuando).timestamp()))
    return str(getattr(fila, column))
