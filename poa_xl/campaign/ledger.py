"""The ledger of a campaign: an SQLite file to which rows are only ever added, each tied to all before it.

Readers never wait and change nothing. Whoever receives holds the one write lock from before a file is stored until its
row is committed, so two programs at once take turns, and what lies half stored while the lock is held by us was left by
a crash. The first one who writes in a ledger of an older version upgrades it.
"""

import datetime as dt
import os
import sqlite3
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, fields, replace
from pathlib import Path
from typing import TypeVar

from poa_xl.campaign import chain, connections, receipt_number, schema, upgrade
from poa_xl.campaign.chain import Eslabon
from poa_xl.campaign.records import AcuseEmitido, Ajuste, Copia, Entrega, Excepcion, Observacion
from poa_xl.errors import PoaError
from poa_xl.messages import campaign as words, ledger as own_words

LEDGER = "campana.sqlite"
SCHEMA_VERSION = schema.VERSION
WAIT = 120.0  # seconds for the others to finish

AnyRow = Ajuste | Entrega | Observacion | Excepcion | AcuseEmitido | Copia
Row = TypeVar("Row", Ajuste, Entrega, Observacion, Excepcion, AcuseEmitido, Copia, Eslabon)
_NAMES: dict[type, str] = {
    Ajuste: "ajustes", Entrega: "entregas", Observacion: "observaciones", Excepcion: "excepciones",
    AcuseEmitido: "acuses", Copia: "copias", Eslabon: "cadena",
}  # fmt: skip
_DATED = (Ajuste, Entrega, Excepcion)


class Ledger:
    """An open ledger. Rows come back as the dataclasses of `records`.

    `begun` is a moment of `time.monotonic` from before whoever writes looked at the clock.
    """

    def __init__(self, path: Path, connection: sqlite3.Connection, begun: float, version: int) -> None:
        self.path = path
        self.version = version
        self.copy: tempfile.TemporaryDirectory[str] | None = None  # where it could not be opened in its place
        self._connection = connection
        self._begun = begun
        self._writes = False
        self._kind = chain.WRITTEN
        self._seen: dict[type, int] = {}  # dated table -> the last row whose moment is known
        self._latest: tuple[dt.datetime, str] | None = None

    def close(self) -> None:
        """Close it; what was not committed is as if it had not been."""
        self._connection.close()
        if self.copy is not None:
            self.copy.cleanup()

    @contextmanager
    def writing(self, kind: str = chain.WRITTEN) -> Iterator[None]:
        """Hold the write lock; commit at the end, or undo everything. `kind` marks the rows in the chain."""
        self._open_to_write()
        with said():
            self._connection.execute("BEGIN IMMEDIATE")
        self._kind = kind
        try:
            yield
            with said():
                self._connection.execute("COMMIT")
        except BaseException:
            self._seen, self._latest = {}, None  # of rows that are undone
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")
            raise

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See the ledger as it is at one moment, whatever others write meanwhile."""
        if self._connection.in_transaction:
            yield
            return
        with said():
            self._connection.execute("BEGIN")
        try:
            yield
        finally:
            self._connection.execute("ROLLBACK")

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Hold the write lock and write nothing: nobody receives meanwhile, and an older ledger stays what it is.

        Where one may only read, nothing is held.
        """
        if not _is_writable(self.path):
            yield
            return
        with said():
            connection = connections.to_write(self.path, WAIT)
        try:
            with said():
                connection.execute("BEGIN IMMEDIATE")
            yield
        finally:
            connection.close()  # which undoes the nothing that was done

    def content(self) -> bytes:
        """The ledger as one file at one moment, with what its log holds."""
        with self.reading(), said():
            return self._connection.serialize()

    def _open_to_write(self) -> None:
        if self._writes:
            return
        _refuse_read_only(self.path)
        with said():
            connection = connections.to_write(self.path, WAIT)
            try:
                upgrade.run(connection, self.path)
            except BaseException:
                connection.close()
                raise
        self._connection.close()
        self._connection, self._writes, self.version = connection, True, SCHEMA_VERSION

    def add(self, row: AnyRow) -> None:
        """Add a row and its link; only within `writing`."""
        table, names = _NAMES[type(row)], [f.name for f in fields(row)]
        values = astuple(row)
        with said():
            self._insert(table, names, values)
            key = schema.key_of(table, dict(zip(names, values, strict=True)))
            content = chain.row_hash(table, list(zip(names, values, strict=True)))
            last = self._last()
            made = chain.link(last[0] + 1, table, key, self._kind, self._later(row), content, last[1])
            self._insert("cadena", [f.name for f in fields(made)], astuple(made))

    def _insert(self, table: str, names: Sequence[str], values: Sequence[object]) -> None:
        marks = ", ".join("?" * len(values))
        self._connection.execute(f"INSERT INTO {table} ({', '.join(names)}) VALUES ({marks})", values)  # noqa: S608

    def _last(self) -> tuple[int, str]:
        """Number and hash of the last link."""
        found = self._connection.execute("SELECT numero, hash FROM cadena ORDER BY numero DESC LIMIT 1").fetchone()
        return found or (0, chain.FIRST)

    def _later(self, row: AnyRow) -> str:
        """The latest moment in the ledger, where it is later than now. A command that waits has an old moment."""
        if not isinstance(row, _DATED) or self._kind == chain.REBUILT:
            return ""
        now = _moment(row.cuando)
        for kind in _DATED:
            self._look_at(kind)
        if now is None or self._latest is None:
            return ""
        waited = dt.timedelta(seconds=time.monotonic() - self._begun)
        return self._latest[1] if self._latest[0] > now + waited else ""

    def _look_at(self, kind: type) -> None:
        """Know the latest moment of a table; each row is looked at once."""
        query = f"SELECT numero, cuando FROM {_NAMES[kind]} WHERE numero > ? ORDER BY numero"  # noqa: S608
        for numero, text in self._connection.execute(query, (self._seen.get(kind, 0),)):
            moment = _moment(text)
            self._seen[kind] = numero
            if moment is not None and (self._latest is None or moment > self._latest[0]):
                self._latest = moment, text

    def numbered(self, row: Entrega, gestion: int, trimestre: int) -> Entrega:
        """A submission that is about to be added, with the number of its receipt; only within `writing`."""
        with said():
            before = self._last()[1]
        letters = chain.letters("entregas", [(f.name, getattr(row, f.name)) for f in fields(row)], before)
        return replace(row, acuse=receipt_number.number(gestion, trimestre, row.numero, letters))

    def next(self, kind: type[Ajuste] | type[Entrega] | type[Excepcion]) -> int:
        """The next number of a table."""
        with said():
            found = self._connection.execute(f"SELECT max(numero) FROM {_NAMES[kind]}").fetchone()  # noqa: S608
        return (found[0] or 0) + 1

    def rows(self, kind: type[Row], where: str = "1", *values: object) -> list[Row]:
        """The rows of a table that meet a condition, in their order. `where` is ours; a stranger's text is a value."""
        names = schema.columns(self.version).get(_NAMES[kind])
        if names is None:  # an older ledger has no such table
            return []
        order = ", ".join(schema.KEYS[_NAMES[kind]])
        query = f"SELECT {', '.join(names)} FROM {_NAMES[kind]} WHERE {where} ORDER BY {order}"  # noqa: S608
        with said():
            found = self._connection.execute(query, values).fetchall()
        return [kind(**dict(zip(names, row, strict=True))) for row in found]

    def link_of(self, kind: type, key: str) -> Eslabon | None:
        """The link of a row; None in a ledger without a chain."""
        found = self.rows(Eslabon, "tabla = ? AND fila = ?", _NAMES[kind], key)
        return found[0] if found else None

    def head_of(self, entrega: Entrega) -> str:
        """The hash of the last link of a submission and its findings: the head of the chain when it was received."""
        findings = "tabla = 'observaciones' AND fila >= ? AND fila < ?"
        found = self.rows(
            Eslabon,
            f"(tabla = 'entregas' AND fila = ?) OR ({findings})",
            str(entrega.numero), f"{entrega.numero}/", f"{entrega.numero}0",
        )  # fmt: skip
        return found[-1].hash if found else ""

    def head(self) -> str:
        """The head of the chain; '' in a ledger without one."""
        if "cadena" not in schema.columns(self.version):
            return ""
        with said():
            return self._last()[1]

    @property
    def connection(self) -> sqlite3.Connection:
        """What the proof reads from."""
        return self._connection


def _moment(text: str) -> dt.datetime | None:
    try:
        moment = dt.datetime.fromisoformat(text)
    except (TypeError, ValueError):  # somebody changed it: the chain says so
        return None
    return moment if moment.tzinfo else moment.astimezone()


@contextmanager
def said() -> Iterator[None]:
    """What SQLite says, in Spanish and as something that ends the command."""
    try:
        yield
    except sqlite3.Error as error:
        raise PoaError(words.ledger_failed(str(error))) from error


def connect(folder: Path, *, create: bool = False, begun: float | None = None) -> Ledger:
    """Open the ledger of a campaign. PoaError where there is none, or one that cannot be used."""
    path, begun = folder / LEDGER, time.monotonic() if begun is None else begun
    if create:
        _refuse_read_only(path)
        with said():
            _make(path)
    elif not path.is_file():
        raise PoaError(words.NO_CAMPAIGN.format(carpeta=folder))
    with said():
        connection, copy = connections.to_read(path, WAIT)
    try:
        with said():
            version = _checked(connection, path)
    except BaseException:
        connection.close()
        if copy is not None:
            copy.cleanup()
        raise
    book = Ledger(path, connection, begun, version)
    book.copy = copy
    return book


def _is_writable(path: Path) -> bool:
    return all(os.access(p, os.W_OK) for p in (path, path.parent) if p.exists())


def _refuse_read_only(path: Path) -> None:
    if not _is_writable(path):
        raise PoaError(own_words.READ_ONLY.format(carpeta=path.parent))


def _checked(connection: sqlite3.Connection, path: Path) -> int:
    """The version of a ledger that this program can read."""
    version = schema.version_of(connection)
    if not version and not schema.master_of(connection):  # a crash while it was made
        raise PoaError(words.NO_CAMPAIGN.format(carpeta=path.parent))
    if schema.application_of(connection) != schema.APPLICATION:
        raise PoaError(own_words.NOT_OURS.format(ruta=path))
    if not 1 <= version <= SCHEMA_VERSION:
        raise PoaError(words.OTHER_SCHEMA.format(hay=version, esperado=SCHEMA_VERSION))
    return version


def _make(path: Path) -> None:
    """All tables in one transaction: a crash leaves an empty file, which is made again."""
    connection = connections.to_write(path, WAIT, create=True)
    try:
        if schema.version_of(connection) or schema.master_of(connection):
            return
        if connection.execute("PRAGMA journal_mode = WAL").fetchone()[0] != "wal":
            raise PoaError(words.NO_WAL.format(carpeta=path.parent))
        connection.execute("BEGIN IMMEDIATE")
        if schema.version_of(connection) == 0:
            for step in range(1, SCHEMA_VERSION + 1):
                for statement in schema.statements(step):
                    connection.execute(statement)
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION}")
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
        connection.execute("COMMIT")
    finally:
        connection.close()  # what was not committed is undone
