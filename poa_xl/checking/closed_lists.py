"""Words of closed lists, typed with other capitals, accents or spaces: they are taken as the list has them.

«Vigente», «SIN PROG» and «gestion» are what a person types who does not use the list of the cell; «embajadas» is the
group Embajadas. Codes stay as they are.
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


# The columns that name groups of units.
_GROUPS = (("unidades", "grupo"), ("unidades", "subgrupo"), ("areas", "servicio"), ("areas", "area"))


def take_as_listed(book: Book) -> None:
    """Put the words of the lists of an entity's workbook in place of those that differ in how they are written."""
    take_words(book)
    _take_services(book)
    _take_groups(book)


def take_words(book: Book) -> None:
    """The same of the lists that stand in the schemas, in any workbook."""
    for key, table in book.tables.items():
        for column in table.sheet.inputs:
            words = _words(key, column)
            if words and column.name in table.values:
                table.values[column.name] = [_listed(value, words) for value in table.values[column.name]]


def _take_services(book: Book) -> None:
    """The services of units as the areas call them."""
    units, words = book.tables["unidades"], _names(book, (("areas", "servicio"),))
    if "servicio" in units.values:
        units.values["servicio"] = [_listed(value, words) for value in units.values["servicio"]]


def _take_groups(book: Book) -> None:
    """The groups of categories, of which a cell has one or several, as the units call them."""
    categories, words = book.tables["categorias"], _names(book, _GROUPS)
    if "grupos" in categories.values:
        cells = categories.values["grupos"]
        categories.values["grupos"] = [
            "; ".join(words.get(titles.key(name), name) for name in entity.split_names(value)) or None
            for value in cells
        ]


def _names(book: Book, columns: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Names of columns by what names have in common that are written differently; of two such names neither."""
    names = {str(v) for key, name in columns for v in book.tables[key].values.get(name, ()) if v is not None}
    words: dict[str, str] = {}
    for name in names:
        words[titles.key(name)] = "" if titles.key(name) in words else name
    return {key: name for key, name in words.items() if key and name}


def _words(key: str, column: Column) -> dict[str, str]:
    listed: Iterable[object] = _LISTS.get((key, column.name), column.options)
    words = {titles.key(word): word for word in listed if isinstance(word, str)}
    return {**_ALSO, **words} if entity.SIN_PROGRAMACION in words.values() else words


def _listed(value: Value, words: dict[str, str]) -> Value:
    return words.get(titles.key(value), value) if isinstance(value, str) else value
