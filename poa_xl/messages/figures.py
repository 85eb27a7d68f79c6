"""What is said of a text that names no figure, or more than one."""
# ruff: noqa: UP035 - the Pythons of the spreadsheet programs are older

from difflib import get_close_matches
from typing import Iterable, Sequence

from poa_xl.messages.counts import first_ones

_EXAMPLE = "[nivel:]código.indicador.periodo, por ejemplo MRE.avance.t2"
_MOST = 6
NO_CODE = "Falta el código del nodo."


def not_an_id(text: str) -> str:
    """A text without the three parts."""
    return f"«{text}» no es el identificador de una cifra. Se escribe {_EXAMPLE}."


def wrong_id(text: str, why: str) -> str:
    """A text whose parts are not what they should be."""
    return f"«{text}» no es el identificador de una cifra. {why} Se escribe {_EXAMPLE}."


def unknown_level(level: str, known: Iterable[str]) -> str:
    """A word that is no level."""
    return f"No hay el nivel «{level}». Los niveles son {', '.join(known)}."


def unknown_indicator(indicator: str, known: Iterable[str]) -> str:
    """A word that is no indicator."""
    names = list(known)
    near = get_close_matches(indicator, names)
    head = "Se parecen" if near else "Los indicadores son"
    return f"No hay el indicador «{indicator}». {head} {', '.join(near or names)}."


def unknown_period(period: str, known: Sequence[str], alias: bool) -> str:
    """A word that is no period, or one that depends on the quarter that is evaluated."""
    listed = f"{', '.join(known)}."
    if alias:
        return f"«{period}» depende del trimestre que se evalúa; un identificador dice cuál: {listed}"
    return f"No hay el periodo «{period}». Los periodos son {listed}"


def needs_level(code: str) -> str:
    """A code that reads as a level and a code."""
    return f"Antes del código «{code}» hace falta su nivel."


def several(text: str, ids: Sequence[str]) -> str:
    """A code without level that more than one node has."""
    listed = f"{', '.join(ids[:-1])} o {ids[-1]}"
    return f"«{text}» puede ser más de una cifra: escriba {listed}."


def not_there(text: str, near: Sequence[str]) -> str:
    """An id of which there is no figure."""
    told = f" Se parecen {first_ones(list(near), _MOST)}." if near else ""
    return f"No hay la cifra «{text}».{told}"
