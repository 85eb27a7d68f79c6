"""The board as one page that needs nothing else: no request leaves it, and without its script it can still be read.

The page's own rule (CSP) lets it run the script and the style that stand in it and nothing more. What comes from the
ledger is escaped by the template engine, and shown without control characters or marks that turn the writing around.
"""

import base64
import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from poa_xl import __version__, cells, names
from poa_xl.campaign import board
from poa_xl.campaign.board import STATES, Tablero, UnitStatus
from poa_xl.messages import board as words, campaign as common
from poa_xl.palette import font_on, rgb
from poa_xl.reading.provenance import Origin, numbers
from poa_xl.writers.board import looks

_ASSETS = Path(__file__).with_name("assets")
_MARK = b"<!-- poa-xl tablero "
_END = re.compile(
    re.escape(_MARK) + rb"(?P<periodo>\d{4}-[1-4]) (?P<version>[0-9.]{1,20}) (?P<huella>[0-9a-f]{64}) -->\n"
)
COLUMNS = ("unidad", "estado", "grupo", "recibida", "version", "errores", "avisos", "acuse", "archivo")
_NUMBERS = ("version", "errores", "avisos")


def write_page(path: Path, tablero: Tablero) -> None:
    """Write the board; the same board gives the same bytes."""
    content = _html(tablero).encode()
    end = f"{tablero.gestion}-{tablero.trimestre} {__version__} {hashlib.sha256(content).hexdigest()} -->\n"
    path.write_bytes(content + _MARK + end.encode())


def origin(content: bytes) -> Origin:
    """What a page says of itself at its end; a blank origin where it is not ours."""
    page, mark, _ = content.rpartition(_MARK)
    if not mark:
        return Origin()
    found = _END.search(content, len(page))
    if found is None:
        return Origin(names.BOARD_VALUE, saved=True)
    gestion, quarter = map(int, found["periodo"].split(b"-"))
    kept = found.span() == (len(page), len(content)) and hashlib.sha256(page).hexdigest().encode() == found["huella"]
    return Origin(names.BOARD_VALUE, (gestion, quarter), numbers(found["version"].decode()), not kept)


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
        policy=_policy(style, script),
        title=words.TITLE.format(periodo=common.quarter(tablero)),
        shown=_all_shown(len(tablero.filas)),
        said=tablero.nombres.said,
    )  # fmt: skip


def _all_shown(n: int) -> str:
    return (words.ALL_SHOWN if n != 1 else words.ONE_SHOWN).format(total=n)


def _policy(style: str, script: str) -> str:
    """Nothing from anywhere, and of what stands in the page only this style and this script."""
    allowed = f"style-src '{_hash(style)}'; script-src '{_hash(script)}'"
    return f"default-src 'none'; {allowed}; base-uri 'none'; form-action 'none'"


def _hash(text: str) -> str:
    return f"sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}"


def _style() -> str:
    colors = "".join(
        f"  --{slug(state)}: {rgb(color)};\n  --{slug(state)}-texto: {font_on(rgb(color))};\n"
        for state, color in looks.STATE_COLORS.items()
    )
    return f"\n:root {{\n{colors}}}\n{_asset('tablero.css')}"


def _asset(name: str) -> str:
    return (_ASSETS / name).read_text(encoding="utf-8")


def slug(state: str) -> str:
    """The name of a state in style sheets: `con-avisos`."""
    return state.replace(" ", "-")


@cache
def _environment() -> Environment:
    made = Environment(
        loader=FileSystemLoader(_ASSETS), autoescape=True, undefined=StrictUndefined, finalize=_shown,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    made.filters.update(
        slug=slug, day=common.day, minute=looks.minute, place=looks.place, row=looks.row, sort_key=_sort_key
    )
    made.filters["file_name"] = lambda path: path.rpartition("/")[2]
    made.globals.update(totals=board.totals, late=_late, moment=common.moment)
    return made


def _shown(value: Any) -> Any:
    """Whatever is put into the page passes here; autoescaping comes after it."""
    return cells.visible(value) if isinstance(value, str) and not isinstance(value, Markup) else value


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
