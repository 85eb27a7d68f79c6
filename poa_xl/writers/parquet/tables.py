"""Which tables there are in Parquet, with the columns of each, their kinds, what they measure and what they say.

Columns of the units' sheets are those of their schemas. `docs/datos.md` is generated of what stands here.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from urllib.parse import quote

from poa_xl import sheets
from poa_xl.messages import parquet as words
from poa_xl.sheets import Column

TEXT, WHOLE, NUMBER, DAY = "str", "Int64", "float64", "datetime64[ns]"  # as schemas call them
PARTITION = tuple(words.PARTITION)  # they name the folders, and are in no file
FILE = "datos.parquet"


@dataclass(frozen=True)
class ParquetColumn:
    """A column: `kind` is one of those above, `unit` what its numbers measure ('' of a count and of a text).

    `source` is how the sheet of its table calls it; '' where it has no other name there.
    """

    name: str
    kind: str
    description: str
    unit: str = ""
    source: str = ""


@dataclass(frozen=True)
class ParquetTable:
    """A table: a folder of its name. `key` is that of the sheet of the units whose rows it holds, '' of others."""

    name: str
    description: str
    columns: tuple[ParquetColumn, ...]
    key: str = ""


def partition(sigla: str, gestion: int, trimestre: int) -> Path:
    """The folder of an entity's quarter within that of a table, as Hive names it."""
    said = (sigla, str(gestion), str(trimestre))
    return Path(*(f"{name}={quote(value, safe='')}" for name, value in zip(PARTITION, said, strict=True)))


def _stated(name: str, columns: Mapping[str, str], numbers: Mapping[str, str]) -> ParquetTable:
    kinds = ((column, numbers.get(column, TEXT), text) for column, text in columns.items())
    return ParquetTable(name, words.TABLES[name], tuple(ParquetColumn(*one) for one in kinds))


FIGURES = _stated("cifras", words.FIGURES, {"valor": NUMBER})
NODES = _stated(words.NODES, words.NODE, {})
SUBMISSIONS = _stated("entregas", words.SUBMISSIONS, dict.fromkeys(("filas", "errores", "avisos"), WHOLE))
FINDINGS = _stated("observaciones", words.FINDINGS, {})
_ORIGIN = tuple(
    ParquetColumn(name, WHOLE if name == "fila" else TEXT, description) for name, description in words.ORIGIN.items()
)


@cache
def tables() -> tuple[ParquetTable, ...]:
    """All of them, in the order in which they are told."""
    return (FIGURES, NODES, *of_sheets(), SUBMISSIONS, FINDINGS)


def of_sheets() -> Iterator[ParquetTable]:
    """Those of the rows that were accepted of the units' workbooks."""
    for sheet in sheets.unit_sheets():
        columns = [_column(column) for column in sheet.inputs if column.name not in words.ORIGIN]
        if columns:
            name = words.FORM if sheet.form else sheet.key
            yield ParquetTable(name, words.TABLES.get(name, sheet.description), (*_ORIGIN, *columns), sheet.key)


def _column(column: Column) -> ParquetColumn:
    unit = column.unit if column.dtype in (WHOLE, NUMBER) else ""
    name = words.OF_THE_BOOK.format(columna=column.name) if column.name in PARTITION else column.name
    return ParquetColumn(name, column.dtype, column.description, unit, column.name)
