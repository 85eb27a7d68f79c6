"""What a comparison found, in words that terminal and workbook share."""

from collections.abc import Iterable, Iterator
from itertools import groupby

from poa_xl import cells
from poa_xl.comparison.result import Clave, Comparacion, Dato, Ilegible, Solo
from poa_xl.messages import comparison as words

_LONGEST = 45  # characters of a part of what names a row


def text(value: Dato) -> str:
    """A value as text, without more ado; '' for a blank."""
    if isinstance(value, Ilegible):
        return value.texto
    return "" if value is None else cells.show(value)


def name_of(clave: Clave, most: int = _LONGEST) -> str:
    """What names a row, each part cut: `OP-01 · Preparar · Redactar informes`."""
    return " · ".join(cut(text(value), most) for _, value in clave if value is not None)


def cut(long: str, most: int = _LONGEST) -> str:
    """Enough of a text to recognise it."""
    return long if len(long) <= most else f"{long[: most - 1]}…"


def notices(found: Comparacion) -> Iterator[str]:
    """What everybody should know before reading on."""
    for fact in found.distintos:
        a, b = (side.datos.get(fact) or words.NOTHING_SAID for side in (found.a, found.b))
        yield words.BOTH.format(que=words.DISTINCT[fact], a=a, b=b)
    if found.omitidas:
        yield words.ONLY_SHARED.format(hojas=", ".join(found.omitidas))
    for unread in found.sin_comparar:
        yield words.UNREAD.format(hoja=unread.hoja, lado=unread.lado, codigo=unread.codigo)


def only_in_one(solo: Iterable[Solo]) -> Iterator[str]:
    """What only one of the two has; the columns of a sheet together."""
    for (what, sheet, side), group in groupby(solo, key=lambda s: (s.que, s.hoja, s.lado)):
        names = [s.nombre for s in group]
        if what == "columna":
            yield words.ONLY_HERE[what].format(hoja=sheet, lado=side, columnas=words.columns(names))
            continue
        for name in names:
            yield words.ONLY_HERE[what].format(hoja=sheet, lado=side, nombre=name)
