"""Brings the ledger of an older version to the present one: in one transaction, with the old one kept beside it.

The rows of one without a chain are chained as they are found and marked so: nobody can tell what was done to them
before. A chain that is there goes on: what came later is blank in its rows and changes none of their fingerprints.
"""

import sqlite3
from pathlib import Path

from poa_xl import atomic
from poa_xl.campaign import chain, files, schema
from poa_xl.errors import PoaError
from poa_xl.messages import atomic as output_words, ledger as words

FORM = 1  # of the receipts that were issued before there was a chain
KEPT = "campana-v{version}.sqlite"


def run(connection: sqlite3.Connection, path: Path) -> None:
    """Upgrade a ledger that needs it. PoaError where it is not as an older version left it; then nothing changed."""
    if schema.version_of(connection) == schema.VERSION:
        return
    connection.execute("BEGIN IMMEDIATE")
    try:
        version = schema.version_of(connection)  # another program may have been quicker
        if version < schema.VERSION:
            _upgrade(connection, path, version)
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def _upgrade(connection: sqlite3.Connection, path: Path, version: int) -> None:
    if schema.differences(connection, version):
        raise PoaError(words.NOT_UPGRADED.format(carpeta=path.parent))
    _keep(connection, path.with_name(KEPT.format(version=version)))
    for step in range(version + 1, schema.VERSION + 1):
        for statement in schema.statements(step):
            connection.execute(statement)
    if version < schema.CHAIN_SINCE:
        _receipts(connection, path.parent / files.RECEIPTS)
        _chain(connection)
    connection.execute(f"PRAGMA user_version = {schema.VERSION}")


def _receipts(connection: sqlite3.Connection, place: Path) -> None:
    """The receipts that were issued, as they lie."""
    for numero, acuse in connection.execute("SELECT numero, acuse FROM entregas ORDER BY numero").fetchall():
        for name in (f"{acuse}{end}" for end in files.RECEIPT_ENDS):
            digest = files.sha256_of(place / name)
            if digest:
                connection.execute("INSERT INTO acuses VALUES (?, ?, ?, ?)", (name, numero, FORM, digest))


def _keep(connection: sqlite3.Connection, target: Path) -> None:
    """The ledger as it is, under a name of its own; what a person has there is not replaced."""
    content = connection.serialize()
    place, number = target, 2
    partial = target.with_name(f".{target.name}")
    try:
        while place.exists():
            if place.read_bytes() == content:  # of an upgrade that was interrupted
                return
            place, number = target.with_stem(f"{target.stem} ({number})"), number + 1
        atomic.write_through(partial, content)
        partial.replace(place)
        atomic.sync_folder(place.parent)
    except OSError as error:
        atomic.remove(partial)
        why = output_words.reason(error.errno, error.strerror or str(error))
        raise PoaError(words.NOT_KEPT.format(ruta=place, motivo=why)) from error


def _chain(connection: sqlite3.Connection) -> None:
    before = chain.FIRST
    for numero, (table, key, columns) in enumerate(chain.rows(connection), start=1):
        made = chain.link(numero, table, key, chain.FOUND, "", chain.row_hash(table, columns), before)
        connection.execute(
            "INSERT INTO cadena (numero, tabla, fila, clase, reloj, huella, anterior, hash) VALUES (?,?,?,?,?,?,?,?)",
            (made.numero, table, key, made.clase, made.reloj, made.huella, made.anterior, made.hash),
        )
        before = made.hash
