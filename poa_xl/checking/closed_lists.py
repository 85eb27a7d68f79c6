"""Words of closed lists, typed with other capitals, accents or spaces: they are taken as the list has them.

«Vigente», «SIN PROG» and «gestion» are what a person types who does not use the list of the cell.
"""

from collections.abc import Iterable

from poa_xl import entity, parameters, titles
from poa_xl.cells import Value
from poa_xl.reading import Book
from poa_xl.sheets import Column

# Columns whose list is not in the schema.
_LISTS: dict[tuple[str, str], tuple[str, ...]] = {
    ("metas_sigep", "programado"): (entity.SIN_PROGRAMACION,),
    ("parametros", "parametro"): tuple(name for name, _ in parameters.EXPECTED),
}
_ALSO = {titles.key("Sin programación"): entity.SIN_PROGRAMACION}


def take_as_listed(book: Book) -> None:
    """Put the words of the lists in place of those that differ from them in how they are written."""
    for key, table in book.tables.items():
        for column in table.sheet.inputs:
            words = _words(key, column)
            if words and column.name in table.values:
                table.values[column.name] = [_listed(value, words) for value in table.values[column.name]]


def _words(key: str, column: Column) -> dict[str, str]:
    listed: Iterable[object] = _LISTS.get((key, column.name), column.options)
    words = {titles.key(word): word for word in listed if isinstance(word, str)}
    return {**_ALSO, **words} if entity.SIN_PROGRAMACION in words.values() else words


def _listed(value: Value, words: dict[str, str]) -> Value:
    return words.get(titles.key(value), value) if isinstance(value, str) else value
