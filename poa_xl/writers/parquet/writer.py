"""Writes the tables: a file a table in a folder of entity, year and quarter, as Hive names them.

The same data give the same bytes, with the same pyarrow. Files of the same quarter are replaced, each at once.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import fields
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from poa_xl import atomic
from poa_xl.accepted_rows import ROW_TYPES, AcceptedRows, FilaAceptada
from poa_xl.cells import visible
from poa_xl.checking import observation_rows
from poa_xl.errors import WrongUseError
from poa_xl.evaluation import Clave, Evaluacion, tree
from poa_xl.figures import FigureId
from poa_xl.figures.identifier import node_id
from poa_xl.figures.vocabulary import ENTITY
from poa_xl.findings import Finding, Submission
from poa_xl.messages import parquet as words
from poa_xl.writers.parquet import catalogue
from poa_xl.writers.parquet.tables import (
    DAY,
    FIGURES,
    FILE,
    FINDINGS,
    NODES,
    NUMBER,
    SUBMISSIONS,
    TEXT,
    WHOLE,
    ParquetTable,
    of_sheets,
    partition,
)

Columns = Mapping[str, Sequence[object]]
_TYPES = {TEXT: pa.string(), WHOLE: pa.int64(), NUMBER: pa.float64(), DAY: pa.date32()}
_ROWS_OF_A_GROUP = 100_000


def write(
    folder: Path,
    evaluacion: Evaluacion,
    rows: AcceptedRows,
    submissions: Iterable[Submission],
    findings: Iterable[Finding],
    sources: Mapping[str, str],
) -> Mapping[str, int]:
    """Write the tables and the catalogue; name of a table -> how many rows it has.

    `sources` go into the metadata of each file. WrongUseError before anything is written where a file that is not of
    these tables has the name of one.
    """
    entidad = evaluacion.entidad
    place = partition(entidad.sigla, entidad.gestion, evaluacion.trimestre)
    content = [*_content(evaluacion, rows, submissions, findings)]
    targets = [folder / table.name / place / FILE for table, _ in content]
    for target in (*targets, folder / catalogue.FILE):
        refuse_other(target)
    for target, (table, columns) in zip(targets, content, strict=True):
        target.parent.mkdir(parents=True, exist_ok=True)
        _write_table(target, _table(table, columns, sources))
    _write_catalogue(folder / catalogue.FILE)
    return {table.name: len(next(iter(columns.values()))) for table, columns in content}


def _content(
    evaluacion: Evaluacion, rows: AcceptedRows, submissions: Iterable[Submission], findings: Iterable[Finding]
) -> Iterator[tuple[ParquetTable, Columns]]:
    yield FIGURES, _columns(FIGURES, _figures(evaluacion))
    yield NODES, _columns(NODES, _nodes(evaluacion))
    for table in of_sheets():
        kind, own = ROW_TYPES[table.key], sorted(rows.of(table.key), key=_origin)
        inputs = {column.name: kind.values(own, column) for column in kind.sheet().inputs}
        origin = {f.name: [getattr(row, f.name) for row in own] for f in fields(kind) if f.name in words.ORIGIN}
        yield table, {column.name: (origin | inputs)[column.source or column.name] for column in table.columns}
    sent = sorted(submissions, key=lambda one: (one.archivo, one.sha256))
    yield SUBMISSIONS, {c.name: [getattr(one, c.name) for one in sent] for c in SUBMISSIONS.columns}
    told = [observation_rows.fields(finding) for finding in sorted(findings, key=observation_rows.order)]
    yield FINDINGS, {c.name: [one[c.name] for one in told] for c in FINDINGS.columns}


def _origin(row: FilaAceptada) -> tuple[str, str, int]:
    return row.unidad, row.archivo, row.fila


def _columns(table: ParquetTable, rows: Iterable[tuple[object, ...]]) -> Columns:
    found = [*rows]
    return {c.name: [row[place] for row in found] for place, c in enumerate(table.columns)}


def _figures(evaluacion: Evaluacion) -> Iterator[tuple[object, ...]]:
    """The rows of `FIGURES`."""
    for id, value, unit in evaluacion.figures():  # noqa: A001
        word = value if isinstance(value, str) else None
        number = None if value is None or word is not None else float(value)
        yield str(id), *_named(id), id.indicator, id.period, number, word, str(unit)


def _nodes(evaluacion: Evaluacion) -> Iterator[tuple[object, ...]]:
    """The rows of `NODES`."""
    above = {child: clave for clave, node in evaluacion.nodos.items() for child in node.hijos}
    for clave, node in evaluacion.nodos.items():
        yield *_named(_id(clave)), node.nombre, _id(above[clave]).node if clave in above else None
    for category in evaluacion.entidad.categorias:
        area = tree.area_key(category.area)
        over = _id(area).node if area in evaluacion.nodos else None
        yield *_named(_id(tree.category_key(category.categoria))), category.programa, over


def _id(clave: Clave) -> FigureId:
    """An id of a node, whichever: of it is asked how the node is called."""
    return node_id(clave[0], clave[1:], "avance", "t1")


def _named(id: FigureId) -> tuple[str, str, str]:  # noqa: A002
    """How a node is called: with its level where it needs one, its level, and its code."""
    return id.node, id.level or ENTITY, id.code


def _table(table: ParquetTable, columns: Columns, sources: Mapping[str, str]) -> pa.Table:
    described = [
        pa.field(c.name, _TYPES[c.kind], metadata={"descripcion": c.description, "unidad": c.unit})
        for c in table.columns
    ]
    metadata = words.METADATA | {"tabla": table.name, "descripcion": table.description} | dict(sources)
    arrays = [pa.array([_plain(v) for v in columns[c.name]], _TYPES[c.kind]) for c in table.columns]
    return pa.Table.from_arrays(arrays, schema=pa.schema(described, metadata))


def _plain(value: object) -> object:
    """A value as Arrow takes it: a day without its hour, a blank text as nothing, a word of ours as a text."""
    if isinstance(value, dt.datetime):
        return value.date()
    if isinstance(value, str):
        return str(value) or None
    return value


def _write_table(target: Path, table: pa.Table) -> None:
    with atomic.replacing(target) as temporary:
        pq.write_table(table, temporary, compression="zstd", row_group_size=_ROWS_OF_A_GROUP)


def _write_catalogue(target: Path) -> None:
    """Only where it says something else: of entities that are written at once each would write the same."""
    text = catalogue.text().encode()
    if not target.exists() or target.read_bytes() != text:
        with atomic.replacing(target) as temporary:
            temporary.write_bytes(text)


def refuse_other(target: Path) -> None:
    """WrongUseError where a file that is not of these tables has a name of theirs."""
    if target.exists() and not _is_ours(target):
        raise WrongUseError(words.NOT_OURS, ruta=visible(str(target)))


def _is_ours(target: Path) -> bool:
    if target.name == catalogue.FILE:
        return catalogue.is_ours(target)
    try:
        found = pq.read_schema(target).metadata or {}
    except (pa.ArrowException, OSError):
        return False
    return all(found.get(name.encode()) == value.encode() for name, value in words.METADATA.items())
