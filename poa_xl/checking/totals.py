"""Rows of totals in tables: how people call them, and those that are nothing else, which are told and not read.

A row of Tareas that could be a task is judged in `total_rows`.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence

from poa_xl import cells, indicators, sheets
from poa_xl.findings import Finding, Location
from poa_xl.reading import Book, Table, as_records

_WORD = r"(?:(?:sub|gran)\W{0,3})?total(?:es)?|sumas?"
_NAME = re.compile(rf"\W*(?:{_WORD})(?![^\W_])")
# As a label, where a task or a code would stand, it may be written in more ways; «TOTAL-1» is a code.
_LABEL = re.compile(rf"\W*(?:{_WORD}|sumatoria|t\s*o\s*t\s*a\s*l)(?![^\W_]|-)")
_BEGINNING = 40  # characters of a text, enough for its first word
# What is said of a total in a sheet. A catalogue may have a row of such a name: there it must be incomplete too.
_CODES = {"presupuesto_sigep": "SIG-012", "fuentes": "FUE-008", "metas_sigep": "MET-008", "historico": "HIS-010"}
_CATALOGUES = dict.fromkeys(("areas", "acp", "unidades", "categorias"), "UND-010")
_OF_UNITS = {"operaciones": "OPE-007", "tareas": "TAR-013", "presupuesto": "PRE-016"}


def is_name(text: str) -> bool:
    """Whether a text begins with total, subtotal or suma, as a word of its own."""
    return _NAME.match(_plain(text)) is not None


def _is_label(text: str) -> bool:
    return _LABEL.match(_plain(text)) is not None


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text[:_BEGINNING]).casefold()
    return "".join(ch for ch in letters if not unicodedata.combining(ch))


def set_aside(book: Book) -> list[Finding]:
    """Take the rows of totals out of the tables, with what was said of their cells; one finding a row."""
    found = []
    for key, code in {**_CODES, **_CATALOGUES, **_OF_UNITS}.items():
        table = book.tables.get(key)
        if table is None:
            continue
        totals = _labelled(book, table) or _unlabelled(table)
        _forget(book, table, set(totals))
        for row, (column, label) in totals.items():
            found.append(Finding(code, Location(book.file, table.name, table.cell(column, row)), label))
    return found


def _labelled(book: Book, table: Table) -> dict[int, tuple[str, str]]:
    """Excel row -> the column and the text that begins with the word, in the first cell of the row with a text."""
    unread = _unread(book, table)
    totals = {}
    for row, record in as_records(table).items():
        given = [(name, unread.get((row, name)) or v) for name, v in record.items()] if unread else record.items()
        texts = [(name, v) for name, v in given if isinstance(v, str)]
        # «Total» where a number belongs, as the month of a category's sum, says it beside any code.
        instead = [(name, v) for name, v in texts if (row, name) in unread and _is_label(v)]
        column, text = next(iter([*instead, *texts]), ("", ""))
        if _is_label(text) and not _is_data(book, table, texts, (column, text), record):
            totals[row] = column, text
    return totals


def _unread(book: Book, table: Table) -> dict[tuple[int, str], str]:
    """(Excel row, column) -> the text of a cell that could not be read, such as «TOTAL» in the column of months."""
    places = {table.cell(name, row): (row, name) for row, name in table.bad}
    return {
        places[f.location.cell]: f.found
        for f in book.findings
        if f.location.sheet == table.name and f.location.cell in places
    }


def _is_data(
    book: Book, table: Table, texts: Sequence[tuple[str, str]], label: tuple[str, str], record: Mapping[str, object]
) -> bool:
    """Whether the row is what it says: of a unit, with other texts; of the entity, with something of this name."""
    column, value = label
    if table.sheet.key in _OF_UNITS:
        return len(texts) > 1
    if table.sheet.key in _CATALOGUES:
        return all(record[c.name] is not None for c in table.sheet.inputs if c.required)
    target = sheets.REFERENCES.get((table.sheet.key, column))
    return target is not None and value in book.tables[target[0]].values.get(target[1], ())


def _unlabelled(table: Table) -> dict[int, tuple[str, str]]:
    """The last row, where it holds sums of the rows above and nothing else."""
    amounts = [c.name for c in table.sheet.inputs if c.dtype == "float64"]
    if not amounts or len(table.rows) < 3:
        return {}
    last = {name: values[-1] for name, values in table.values.items()}
    if any(value is not None for name, value in last.items() if name not in amounts):
        return {}
    sums = {name: value for name in amounts if isinstance(value := last.get(name), float)}
    if not sums or any(indicators.differs(value, _sum(table, name), 0) for name, value in sums.items()):
        return {}
    name, value = next(iter(sums.items()))
    return {table.rows[-1]: (name, cells.number(value))}


def _sum(table: Table, name: str) -> float:
    return sum(float(v) for v in table.values[name][:-1] if isinstance(v, int | float))


def _forget(book: Book, table: Table, rows: set[int]) -> None:
    places = {table.cell(name, row) for row in rows for name in table.columns}
    book.findings = [f for f in book.findings if f.location.sheet != table.name or f.location.cell not in places]
    table.drop(rows)
