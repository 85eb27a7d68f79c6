"""The ledger of a campaign: an SQLite file to which rows are only ever added.

Readers never wait. Whoever receives holds the one write lock from before a file is stored until its row is committed,
so two programs at once take turns, and what lies half stored while the lock is held by us was left by a crash.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import astuple, fields
from pathlib import Path
from typing import TypeVar

from poa_xl.campaign.records import Ajuste, Entrega, Excepcion, Observacion
from poa_xl.errors import PoaError
from poa_xl.messages import campaign as words

LEDGER = "campana.sqlite"
SCHEMA_VERSION = 1
WAIT = 120  # seconds for the others to finish
_APPLICATION = 0x504F4131  # «POA1»: the file says whose it is

_TABLES = """
CREATE TABLE ajustes (
    numero INTEGER PRIMARY KEY, cuando TEXT NOT NULL, quien TEXT NOT NULL, entidad TEXT NOT NULL,
    gestion INTEGER NOT NULL, trimestre INTEGER NOT NULL CHECK (trimestre BETWEEN 1 AND 4), limite TEXT NOT NULL,
    sha256 TEXT NOT NULL, ruta TEXT NOT NULL
) STRICT;
CREATE TABLE entregas (
    numero INTEGER PRIMARY KEY, acuse TEXT NOT NULL UNIQUE, cuando TEXT NOT NULL, quien TEXT NOT NULL,
    unidad TEXT NOT NULL, nombre TEXT NOT NULL, version INTEGER NOT NULL, archivo TEXT NOT NULL, ruta TEXT NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64), bytes INTEGER NOT NULL, plantilla TEXT NOT NULL,
    fecha_envio TEXT NOT NULL, modificado TEXT NOT NULL, sello TEXT NOT NULL,
    estado TEXT NOT NULL
        CHECK (estado IN ('aceptada', 'aceptada con avisos', 'aceptada en parte', 'rechazada')),
    vale INTEGER NOT NULL CHECK (vale IN (0, 1) AND (vale = 0 OR (estado <> 'rechazada' AND unidad <> ''))),
    reemplaza INTEGER REFERENCES entregas (numero), filas INTEGER NOT NULL, errores INTEGER NOT NULL,
    avisos INTEGER NOT NULL, exceptuados INTEGER NOT NULL, ajuste INTEGER NOT NULL REFERENCES ajustes (numero),
    programa TEXT NOT NULL, cambios TEXT NOT NULL,
    UNIQUE (unidad, version)
) STRICT;
CREATE TABLE observaciones (
    entrega INTEGER NOT NULL REFERENCES entregas (numero), orden INTEGER NOT NULL,
    gravedad TEXT NOT NULL CHECK (gravedad IN ('error', 'aviso', 'exceptuado')), codigo TEXT NOT NULL,
    hoja TEXT NOT NULL, celda TEXT NOT NULL, mensaje TEXT NOT NULL, accion TEXT NOT NULL,
    PRIMARY KEY (entrega, orden)
) STRICT;
CREATE TABLE excepciones (
    numero INTEGER PRIMARY KEY, cuando TEXT NOT NULL, quien TEXT NOT NULL, unidad TEXT NOT NULL, codigo TEXT NOT NULL,
    hoja TEXT NOT NULL, celda TEXT NOT NULL, motivo TEXT NOT NULL, hasta TEXT NOT NULL
) STRICT;
CREATE INDEX entregas_de_una_unidad ON entregas (unidad, vale);
CREATE INDEX entregas_por_huella ON entregas (sha256);
"""
_NAMES = {Ajuste: "ajustes", Entrega: "entregas", Observacion: "observaciones", Excepcion: "excepciones"}
_ONLY_ADDED = """
CREATE TRIGGER {table}_no_cambia BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'no se cambia'); END;
CREATE TRIGGER {table}_no_se_borra BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'no se borra'); END;
"""
SCHEMA = _TABLES + "".join(_ONLY_ADDED.format(table=name) for name in _NAMES.values())

Row = TypeVar("Row", Ajuste, Entrega, Observacion, Excepcion)


class Ledger:
    """An open ledger. Rows come back as the dataclasses of `records`."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection

    def close(self) -> None:
        """Close it; what was not committed is as if it had not been."""
        self._connection.close()

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Hold the write lock; commit at the end, or undo everything."""
        with _said():
            self._connection.execute("BEGIN IMMEDIATE")
        try:
            yield
            with _said():
                self._connection.execute("COMMIT")
        except BaseException:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    def add(self, row: Ajuste | Entrega | Observacion | Excepcion) -> None:
        """Add a row; only within `writing`."""
        values = astuple(row)
        marks = ", ".join("?" * len(values))
        with _said():
            self._connection.execute(f"INSERT INTO {_NAMES[type(row)]} VALUES ({marks})", values)  # noqa: S608

    def next(self, kind: type[Ajuste] | type[Entrega] | type[Excepcion]) -> int:
        """The next number of a table."""
        with _said():
            found = self._connection.execute(f"SELECT max(numero) FROM {_NAMES[kind]}").fetchone()  # noqa: S608
        return (found[0] or 0) + 1

    def rows(self, kind: type[Row], where: str = "1", *values: object) -> list[Row]:
        """The rows of a table that meet a condition, in their order. `where` is ours; a stranger's text is a value."""
        order = ", ".join(f.name for f in fields(kind)[: 2 if kind is Observacion else 1])
        names = ", ".join(f.name for f in fields(kind))
        query = f"SELECT {names} FROM {_NAMES[kind]} WHERE {where} ORDER BY {order}"  # noqa: S608
        with _said():
            return [kind(*found) for found in self._connection.execute(query, values)]

    def problems(self) -> list[str]:
        """What SQLite itself finds wrong with the file; nothing if it is sound."""
        with _said():
            found = [str(row[0]) for row in self._connection.execute("PRAGMA integrity_check") if row[0] != "ok"]
            return found + [f"{row[0]} {row[1]}" for row in self._connection.execute("PRAGMA foreign_key_check")]


@contextmanager
def _said() -> Iterator[None]:
    """What SQLite says, in Spanish and as something that ends the command."""
    try:
        yield
    except sqlite3.Error as error:
        raise PoaError(words.ledger_failed(str(error))) from error


def connect(folder: Path, *, create: bool = False) -> Ledger:
    """Open the ledger of a campaign. PoaError where there is none, or one that cannot be used."""
    path = folder / LEDGER
    if not create and not path.is_file():
        raise PoaError(words.NO_CAMPAIGN.format(carpeta=folder))
    with _said():
        connection = sqlite3.connect(path, timeout=WAIT, isolation_level=None)
    try:
        with _said():
            _prepare(connection, path, create)
    except BaseException:
        connection.close()
        raise
    return Ledger(connection)


def _prepare(connection: sqlite3.Connection, path: Path, create: bool) -> None:
    connection.execute("PRAGMA foreign_keys = ON")
    connection.execute("PRAGMA recursive_triggers = ON")  # INSERT OR REPLACE may not delete either
    connection.execute("PRAGMA synchronous = FULL")  # what is committed outlives a power cut
    if create and _version(connection) == 0:
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise PoaError(words.NO_WAL.format(carpeta=path.parent))
        _make(connection)
    application = connection.execute("PRAGMA application_id").fetchone()[0]
    if application != _APPLICATION:
        raise PoaError(words.NO_CAMPAIGN.format(carpeta=path.parent))
    if _version(connection) != SCHEMA_VERSION:
        raise PoaError(words.OTHER_SCHEMA.format(hay=_version(connection), esperado=SCHEMA_VERSION))


def _make(connection: sqlite3.Connection) -> None:
    """All tables in one transaction: a crash leaves an empty file, which is made again."""
    try:
        connection.execute("BEGIN IMMEDIATE")
        if _version(connection) == 0:
            for statement in _statements(SCHEMA):
                connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {_APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _statements(script: str) -> Iterable[str]:
    """The statements of a script one by one: `executescript` would commit by itself."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])
