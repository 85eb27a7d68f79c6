"""The tables of the ledger, version by version, and what SQLite itself notes of them.

Version 1 is that of the first campaigns. Version 2 is version 1 and what `SECOND` adds, version 3 is that and `THIRD`,
and so on, for a new ledger as for one that is upgraded, so that both have the same statements in `sqlite_master`. A
released statement never changes.
"""

import sqlite3
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from functools import cache

VERSION = 4
CHAIN_SINCE = 2  # the version in which the chain came
APPLICATION = 0x504F4131  # «POA1»: the file says whose it is

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
_ONLY_ADDED = """
CREATE TRIGGER {table}_no_cambia BEFORE UPDATE ON {table} BEGIN SELECT RAISE(ABORT, 'no se cambia'); END;
CREATE TRIGGER {table}_no_se_borra BEFORE DELETE ON {table} BEGIN SELECT RAISE(ABORT, 'no se borra'); END;
"""


def _only_added(*tables: str) -> str:
    return "".join(_ONLY_ADDED.format(table=name) for name in tables)


FIRST = _TABLES + _only_added("ajustes", "entregas", "observaciones", "excepciones")
SECOND = """
ALTER TABLE entregas ADD COLUMN llegada TEXT NOT NULL DEFAULT '';
ALTER TABLE excepciones ADD COLUMN fila TEXT NOT NULL DEFAULT '';
CREATE TABLE acuses (
    archivo TEXT NOT NULL PRIMARY KEY, entrega INTEGER REFERENCES entregas (numero), forma INTEGER NOT NULL,
    sha256 TEXT NOT NULL CHECK (length(sha256) = 64)
) STRICT;
CREATE TABLE copias (
    entrega INTEGER PRIMARY KEY REFERENCES entregas (numero), cuando TEXT NOT NULL,
    resultado TEXT NOT NULL CHECK (resultado IN ('hecha', 'no se hizo')), motivo TEXT NOT NULL
) STRICT;
CREATE TABLE cadena (
    numero INTEGER PRIMARY KEY, tabla TEXT NOT NULL, fila TEXT NOT NULL,
    clase TEXT NOT NULL CHECK (clase IN ('escrita', 'hallada', 'reconstruida')), reloj TEXT NOT NULL,
    huella TEXT NOT NULL CHECK (length(huella) = 64), anterior TEXT NOT NULL CHECK (length(anterior) = 64),
    hash TEXT NOT NULL UNIQUE CHECK (length(hash) = 64),
    UNIQUE (tabla, fila)
) STRICT;
""" + _only_added("acuses", "copias", "cadena")
# `entrada`: when it arrived, as whoever received it said. `duda`: why nobody knows whether it is newer than another.
THIRD = """
ALTER TABLE entregas ADD COLUMN entrada TEXT NOT NULL DEFAULT '';
ALTER TABLE entregas ADD COLUMN duda TEXT NOT NULL DEFAULT '' CHECK (duda IN ('', 'fechas'));
"""
# `plan` and `anterior`: where the approved plan and the quarter before are kept, with which submissions are compared.
# `otro_trimestre`: which one a workbook reports, where for that it took nobody's place. `espera`: that it differs from
# what it is compared with, and nobody accepted that.
FOURTH = """
ALTER TABLE ajustes ADD COLUMN plan TEXT NOT NULL DEFAULT '';
ALTER TABLE ajustes ADD COLUMN plan_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE ajustes ADD COLUMN anterior TEXT NOT NULL DEFAULT '';
ALTER TABLE ajustes ADD COLUMN anterior_sha256 TEXT NOT NULL DEFAULT '';
ALTER TABLE entregas ADD COLUMN otro_trimestre TEXT NOT NULL DEFAULT '';
ALTER TABLE entregas ADD COLUMN espera TEXT NOT NULL DEFAULT ''
    CHECK (espera = '' OR (espera = 'decisión' AND vale = 0));
"""
# Columns that came after the chain: they enter the fingerprint of a row only where they are not blank.
SINCE_THE_CHAIN = frozenset(
    {("entregas", name) for name in ("entrada", "duda", "otro_trimestre", "espera")}
    | {("ajustes", name) for name in ("plan", "plan_sha256", "anterior", "anterior_sha256")}
)
KEYS = {  # table -> the columns that tell its rows apart, in the order in which rows are listed and upgraded
    "ajustes": ("numero",),
    "entregas": ("numero",),
    "observaciones": ("entrega", "orden"),
    "excepciones": ("numero",),
    "acuses": ("archivo",),
    "copias": ("entrega",),
    "cadena": ("numero",),
}
CHAINED = tuple(table for table in KEYS if table != "cadena")
_SCRIPTS = {1: FIRST, 2: SECOND, 3: THIRD, 4: FOURTH}  # what takes a ledger to a version from the one before

Master = Counter[tuple[str, str, str, str | None]]  # type, name, table and statement of each object


def statements(version: int) -> Iterator[str]:
    """The statements of one version, one by one: `executescript` would commit by itself."""
    statement = ""
    for line in _SCRIPTS[version].splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            yield statement
            statement = ""


def key_of(table: str, row: Mapping[str, object]) -> str:
    """The key of a row as the chain names it: `7`, or `7/3`."""
    return "/".join(str(row[name]) for name in KEYS[table])


def version_of(connection: sqlite3.Connection) -> int:
    """Of which version a ledger says that it is; 0 for a new file."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def application_of(connection: sqlite3.Connection) -> int:
    """Whose a ledger says that it is."""
    return int(connection.execute("PRAGMA application_id").fetchone()[0])


def master_of(connection: sqlite3.Connection) -> Master:
    """What SQLite notes of tables, indexes, triggers and views."""
    return Counter(connection.execute("SELECT type, name, tbl_name, sql FROM sqlite_master"))


@cache
def expected(version: int) -> Master:
    """The same of a ledger that nobody touched."""
    with closing(_made(version)) as connection:
        return master_of(connection)


@cache
def columns(version: int) -> dict[str, tuple[str, ...]]:
    """Table -> its columns in a version."""
    with closing(_made(version)) as connection:
        tables = [name for kind, name, *_ in master_of(connection) if kind == "table"]
        return {t: tuple(r[1] for r in connection.execute(f"PRAGMA table_info({t})")) for t in tables}


def _made(version: int) -> sqlite3.Connection:
    connection = sqlite3.connect(":memory:", isolation_level=None)
    for step in range(1, version + 1):
        for statement in statements(step):
            connection.execute(statement)
    return connection


def differences(connection: sqlite3.Connection, version: int) -> list[tuple[str, str, str]]:
    """What a ledger has less, more or otherwise than one that nobody touched: (falta, sobra or cambió, type, name)."""
    wanted, there = expected(version), master_of(connection)
    less, more = ({(str(row[0]), str(row[1])) for row in some} for some in (wanted - there, there - wanted))
    return sorted((("cambió" if key in more else "falta") if key in less else "sobra", *key) for key in less | more)
