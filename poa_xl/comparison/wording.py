"""What a comparison found, in words that terminal and workbook share."""

from collections.abc import Iterator, Mapping
from itertools import groupby

from poa_xl import cells
from poa_xl.comparison.result import A, B, Clave, Comparacion, Dato, Ilegible, LoneRow, SinComparar, Solo
from poa_xl.comparison.tables import NOT_COMPARED
from poa_xl.master_tables import terms
from poa_xl.messages import comparison as words

_LONGEST = 45  # characters of a part of what names a row
_MOST_VALUES, _LONGEST_VALUE = 4, 30  # of a row that came or went
_MOST_TYPED = 4  # decimals; what has more was computed


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


def values_of(fila: LoneRow, most: int | None = _MOST_VALUES) -> str:
    """What a row that came or went said beside its name, amounts first; None for all of it, as it stands."""
    if most is None:
        return "; ".join(f"{title}: {_exact(value)}" for title, value in fila.valores)
    ranked = sorted(fila.valores, key=_rank)
    told = [f"{title} {_brief(value)}" for title, value in ranked[:most]]
    return "; ".join([*told, words.AND_MORE.format(n=len(ranked) - most)] if len(ranked) > most else told)


def _exact(value: Dato) -> str:
    """With as many digits as tell a number from any other, and no more."""
    decimals = repr(value).partition(".")[2]
    if isinstance(value, float) and decimals.isdigit() and not value.is_integer():
        return cells.number(value, len(decimals))
    return text(value)


def _rank(said: tuple[str, Dato]) -> tuple[bool, ...]:
    title, value = said
    return title in NOT_COMPARED, not isinstance(value, int | float), not value, not terms.TELLING.search(title)


def _brief(value: Dato) -> str:
    if isinstance(value, float) and len(cells.number(value).partition(",")[2]) > _MOST_TYPED:
        return cells.number(value, 2)
    short = cut(text(value), _LONGEST_VALUE)
    if isinstance(value, Ilegible) and not value.cuenta and value.texto != words.WITHOUT_VALUE:
        return words.UNREADABLE.format(texto=short)
    return f"«{short}»" if isinstance(value, str) else short


def notices(found: Comparacion) -> Iterator[str]:
    """What everybody should know before reading on."""
    for fact in found.distintos:
        a, b = (side.datos.get(fact) or words.NOTHING_SAID for side in (found.a, found.b))
        yield words.BOTH.format(que=words.DISTINCT[fact], a=a, b=b)
    if found.omitidas:
        yield words.ONLY_SHARED.format(hojas=", ".join(found.omitidas))
    only: dict[tuple[str, str], list[str]] = {}  # (A or B, sheet) -> the columns that only it has
    for s in (s for s in found.solo if s.que == "columna"):
        only.setdefault((s.lado, s.hoja), []).append(s.nombre)
    for unread in found.sin_comparar:
        yield _why(unread, only)
    for s in (s for s in found.solo if _leaves_out(found, s)):
        cuadro = words.table(s.nombre) if s.que == "cuadro" else ""
        yield words.LEFT_OUT[s.que].format(nombre=s.nombre, cuadro=cuadro, hoja=s.hoja, lado=s.lado)


def _leaves_out(found: Comparacion, s: Solo) -> bool:
    """Whether that only one has it means that nothing of it was compared. The rows of a unit's sheet are told."""
    return found.clase == "maestro" and s.que != "columna"


def _why(unread: SinComparar, only: Mapping[tuple[str, str], list[str]]) -> str:
    if unread.codigo and unread.columna:
        return words.TWICE.format(hoja=unread.hoja, columna=unread.columna, lado=unread.lado, codigo=unread.codigo)
    if unread.codigo:
        return words.UNREAD.format(hoja=unread.hoja, lado=unread.lado, codigo=unread.codigo)
    if unread.cuadro is None:
        return words.FOREIGN[bool(unread.columna)].format(hoja=unread.hoja, columna=unread.columna)
    names = {side: only.get((side, unread.hoja), []) for side in (A, B)}
    titles = "; ".join(words.ONLY_TITLES.format(lado=side, columnas=words.columns(n)) for side, n in names.items() if n)
    return words.OTHER_TITLES.format(hoja=unread.hoja, cuadro=words.table(unread.cuadro), titulos=titles)


def only_in_one(found: Comparacion) -> Iterator[str]:
    """What only one of the two has and no notice says; the columns of a sheet together."""
    told = {u.hoja for u in found.sin_comparar if u.cuadro is not None}
    rest = [s for s in found.solo if not _leaves_out(found, s) and s.hoja not in told]
    for (what, sheet, side), group in groupby(rest, key=lambda s: (s.que, s.hoja, s.lado)):
        names = [s.nombre for s in group]
        if what == "columna":
            yield words.ONLY_HERE[what].format(hoja=sheet, lado=side, columnas=words.columns(names))
            continue
        for name in names:
            yield words.ONLY_HERE[what].format(hoja=sheet, lado=side, nombre=name)
