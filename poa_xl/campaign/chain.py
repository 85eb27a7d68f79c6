"""The chain of a ledger: each row is tied by hash to all rows before it, over all tables in one order.

A link holds the fingerprint (`huella`) of a row's content, the hash of the link before it and its own hash. The hash of
the last link, the head, stands for the whole ledger: whoever holds one can tell later whether it is part of a ledger.

Both are SHA-256 of a JSON text in ASCII without spaces, so that anybody can compute them without this program:
`["entregas",[["numero",7],["acuse","…"],…]]` for a row, columns in the order of the table without those that came later
and are blank (`schema.SINCE_THE_CHAIN`), and
`[7,"entregas","3","escrita","",huella,anterior]` for a link. Before the first link stand 64 zeros.
"""

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from poa_xl.campaign import schema

WRITTEN, FOUND, REBUILT = "escrita", "hallada", "reconstruida"
FIRST = "0" * 64
LETTERS = "34679ACDEFGHJKLMNPQRTUVWXY"  # none is taken for another when it is read aloud or copied by hand
Value = str | int | float | bytes | None
Column = tuple[str, Value]


@dataclass(frozen=True)
class Eslabon:
    """A link of the chain. `fila` is the key of the row in its table: `7`, or `7/3` for a finding of a submission."""

    numero: int
    tabla: str
    fila: str
    clase: str  # WRITTEN; FOUND by an upgrade; REBUILT from the stored files
    reloj: str  # the later moment that the ledger held already, ISO; '' where the clock had not gone back
    huella: str
    anterior: str
    hash: str


def rows(connection: sqlite3.Connection, version: int = schema.VERSION) -> Iterator[tuple[str, str, list[Column]]]:
    """Every row that a chain holds in a ledger of a version: its table, its key and its columns."""
    for table in schema.CHAINED:
        names = schema.columns(version)[table]
        order = ", ".join(schema.KEYS[table])
        query = f"SELECT {', '.join(names)} FROM {table} ORDER BY {order}"  # noqa: S608
        for values in connection.execute(query).fetchall():
            columns = list(zip(names, values, strict=True))
            yield table, schema.key_of(table, dict(columns)), columns


def row_hash(table: str, columns: Iterable[Column]) -> str:
    """The fingerprint of a row."""
    return _hash([table, _shown(table, columns)])


def link(numero: int, table: str, key: str, kind: str, clock: str, content: str, before: str) -> Eslabon:
    """The link of a row."""
    own = _hash([numero, table, key, kind, clock, content, before])
    return Eslabon(numero, table, key, kind, clock, content, before, own)


def again(eslabon: Eslabon) -> str:
    """The hash that a link must have."""
    e = eslabon
    return link(e.numero, e.tabla, e.fila, e.clase, e.reloj, e.huella, e.anterior).hash


def letters(table: str, columns: Iterable[Column], before: str) -> str:
    """The two letters in which the number of a receipt ends: of its row without that number, and of all rows before."""
    shown = _shown(table, ((name, value) for name, value in columns if name != "acuse"))
    number = int(_hash([table, shown, before]), 16)
    return LETTERS[number % len(LETTERS)] + LETTERS[number // len(LETTERS) % len(LETTERS)]


def _shown(table: str, columns: Iterable[Column]) -> list[list[object]]:
    said = ((name, value) for name, value in columns if value != "" or (table, name) not in schema.SINCE_THE_CHAIN)
    return [[name, _plain(value)] for name, value in said]


def _plain(value: Value) -> object:
    """A ledger holds texts and whole numbers; what else somebody put there has a fingerprint too."""
    return {"blob": value.hex()} if isinstance(value, bytes) else value


def _hash(content: object) -> str:
    return hashlib.sha256(json.dumps(content, ensure_ascii=True, separators=(",", ":")).encode("ascii")).hexdigest()
