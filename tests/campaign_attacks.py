"""What a person with a tool for SQLite, and no poa-xl, does to the ledger of a campaign, for tests."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from poa_xl.campaign import chain, schema
from poa_xl.campaign.ledger import LEDGER

Attack = Callable[[Path], None]


@contextmanager
def raw(place: Path) -> Iterator[sqlite3.Connection]:
    """The ledger as any tool opens it: none of the settings of poa-xl."""
    connection = sqlite3.connect(place / LEDGER, isolation_level=None)
    try:
        yield connection
    finally:
        connection.close()


@contextmanager
def without_triggers(place: Path) -> Iterator[sqlite3.Connection]:
    """All triggers are dropped, and put back as they were."""
    with raw(place) as connection:
        triggers = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
        for name, _ in triggers:
            connection.execute(f"DROP TRIGGER {name}")
        yield connection
        for _, statement in triggers:
            connection.execute(statement)


def quietly(*orders: str) -> Attack:
    """These orders, with the triggers out of the way for a moment."""

    def attack(place: Path) -> None:
        with without_triggers(place) as connection:
            for order in orders:
                connection.execute(order)

    return attack


def openly(*orders: str) -> Attack:
    """These orders, with the triggers in their place."""

    def attack(place: Path) -> None:
        with raw(place) as connection:
            for order in orders:
                connection.execute(order)

    return attack


def all_of(*attacks: Attack) -> Attack:
    """One after the other."""

    def attack(place: Path) -> None:
        for one in attacks:
            one(place)

    return attack


def add_link(place: Path, table: str, key: str, numero: int | None = None, kind: str = chain.WRITTEN) -> None:
    """A fresh link of a row, made by the rules: at the end, or as number `numero` with the later ones moved up."""
    with without_triggers(place) as connection:
        names = schema.columns(schema.VERSION)[table]
        keys = " AND ".join(f"{k} = ?" for k in schema.KEYS[table])
        values = connection.execute(f"SELECT {', '.join(names)} FROM {table} WHERE {keys}", key.split("/")).fetchone()
        content = chain.row_hash(table, list(zip(names, values, strict=True)))
        last = connection.execute("SELECT max(numero) FROM cadena").fetchone()[0]
        number = numero or last + 1
        for moved in range(last, number - 1, -1):
            connection.execute("UPDATE cadena SET numero = ? WHERE numero = ?", (moved + 1, moved))
        before = connection.execute("SELECT hash FROM cadena WHERE numero = ?", (number - 1,)).fetchone()[0]
        made = chain.link(number, table, key, kind, "", content, before)
        connection.execute(
            "INSERT INTO cadena (numero, tabla, fila, clase, reloj, huella, anterior, hash) VALUES (?,?,?,?,?,?,?,?)",
            (number, table, key, kind, "", content, before, made.hash),
        )


def rewrite_chain(place: Path) -> None:
    """What only a head held elsewhere shows: the whole chain anew over whatever the rows say now."""
    with without_triggers(place) as connection:
        kinds = connection.execute("SELECT tabla, fila, clase FROM cadena ORDER BY numero").fetchall()
        connection.execute("DELETE FROM cadena")
        rows = {(table, key): columns for table, key, columns in chain.rows(connection)}
        before, number = chain.FIRST, 0
        for table, key, kind in kinds:
            if (table, key) not in rows:
                continue
            number += 1
            content = chain.row_hash(table, rows[table, key])
            made = chain.link(number, table, key, kind, "", content, before)
            connection.execute(
                "INSERT INTO cadena (numero, tabla, fila, clase, reloj, huella, anterior, hash)"
                " VALUES (?,?,?,?,?,?,?,?)",
                (number, table, key, kind, "", content, before, made.hash),
            )
            before = made.hash


def cut_tail(place: Path, entrega: int) -> None:
    """A submission and everything after it, out of all tables and out of the chain, with its files."""
    with without_triggers(place) as connection:
        number, route = connection.execute("SELECT acuse, ruta FROM entregas WHERE numero = ?", (entrega,)).fetchone()
        where = "tabla = 'entregas' AND fila = ?"
        first = connection.execute(f"SELECT numero FROM cadena WHERE {where}", (str(entrega),)).fetchone()[0]
        for table, key in connection.execute("SELECT tabla, fila FROM cadena WHERE numero >= ?", (first,)).fetchall():
            keys = " AND ".join(f"{k} = ?" for k in schema.KEYS[table])
            connection.execute(f"DELETE FROM {table} WHERE {keys}", key.split("/"))
        connection.execute("DELETE FROM cadena WHERE numero >= ?", (first,))
    (place / route).unlink()
    for end in (".txt", ".html"):
        (place / "acuses" / f"{number}{end}").unlink()
