"""The proof of a ledger: everything that can be recomputed is, and compared with what it says.

What a stranger hides who computes a whole chain anew, only a head held outside shows: `Proof.place_of` looks for one.
"""

import sqlite3
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields

from poa_xl import brief
from poa_xl.campaign import chain, receipt_number, schema
from poa_xl.campaign.chain import Eslabon
from poa_xl.campaign.ledger import Ledger
from poa_xl.messages import ledger as words

_NAMED = 8  # rows of a kind that are named


@dataclass(frozen=True, repr=False)
class Proof:
    """What was found of a ledger. `eslabones` are its links; the first `firmes` of them and their rows are sound."""

    chained: bool  # a ledger of before has no chain
    problemas: tuple[tuple[str, str], ...]  # key of `words.PROBLEMS`, what
    eslabones: tuple[Eslabon, ...] = ()
    firmes: int = 0

    def __repr__(self) -> str:
        return brief.line(
            self, chained=self.chained, problemas=len(self.problemas), eslabones=len(self.eslabones), firmes=self.firmes
        )

    @property
    def head(self) -> str:
        """The hash of the last link; '' where there is none."""
        return self.eslabones[-1].hash if self.eslabones else ""

    def place_of(self, head: str) -> Eslabon | None:
        """The link whose hash a head is, or begins with the same digits."""
        return next((e for e in self.eslabones if str(e.hash).startswith(head)), None)

    def proves(self, eslabon: Eslabon) -> bool:
        """Whether a link and everything before it is sound."""
        return self.eslabones.index(eslabon) < self.firmes


def of(book: Ledger) -> Proof:
    """The proof of a ledger."""
    connection, found = book.connection, defaultdict(list)
    factory = connection.text_factory
    connection.text_factory = _text
    try:
        with book.reading():
            for kind, text in _of_the_file(connection, book.version):
                found[kind].append(text)
            if book.version < schema.CHAIN_SINCE:
                found["sin-cadena"] += _lettered_without_chain(connection)
                return Proof(False, _told(found))
            links, firm = _of_the_chain(connection, book.version, found)
            return Proof(True, _told(found), tuple(links), firm)
    except sqlite3.Error as error:
        found["registro"].append(str(error))
        return Proof(book.version >= schema.CHAIN_SINCE, _told(found))
    finally:
        connection.text_factory = factory


def _text(raw: bytes) -> str:
    """Texts that are no UTF-8 have a fingerprint too."""
    return raw.decode("utf-8", "surrogateescape")


def _told(found: dict[str, list[str]]) -> tuple[tuple[str, str], ...]:
    """One problem of a kind, with the rows that it is about."""
    return tuple((kind, _listed(found[kind])) for kind in words.PROBLEMS if found.get(kind))


def _listed(names: list[str]) -> str:
    more = len(names) - _NAMED
    shown = ", ".join(names[:_NAMED])
    return words.AND_MORE.format(lista=shown, n=more) if more > 0 else shown


def _of_the_file(connection: sqlite3.Connection, version: int) -> Iterable[tuple[str, str]]:
    for kind, how, name in ((k, h, n) for h, k, n in schema.differences(connection, version)):
        yield "esquema", words.DIFFERENCE[how].format(tipo=words.OBJECTS.get(kind, kind), nombre=name)
    for row in connection.execute("PRAGMA integrity_check"):
        if row[0] != "ok":
            yield "registro", str(row[0])
    for row in connection.execute("PRAGMA foreign_key_check"):
        yield "registro", f"{row[0]} {row[1]}"


def _of_the_chain(
    connection: sqlite3.Connection, version: int, found: dict[str, list[str]]
) -> tuple[list[Eslabon], int]:
    names = ", ".join(f.name for f in fields(Eslabon))
    query = f"SELECT {names} FROM cadena ORDER BY numero"  # noqa: S608
    links = [Eslabon(*row) for row in connection.execute(query)]
    rows = {(table, key): columns for table, key, columns in chain.rows(connection, version)}
    before, firm, sound = Eslabon(0, "", "", "", "", "", "", chain.FIRST), 0, True
    for link in links:
        kind = _wrong(link, before, rows.pop((link.tabla, link.fila), None))
        if kind:
            found[kind].append(words.PLACE.format(tabla=link.tabla, fila=link.fila, numero=link.numero))
        sound = sound and not kind
        firm, before = firm + sound, link
    found["fila-suelta"] += [words.ROW.format(tabla=table, fila=key) for table, key in rows]
    return links, firm


def _wrong(link: Eslabon, before: Eslabon, columns: list[chain.Column] | None) -> str:
    """What is wrong with a link, as a key of `words.PROBLEMS`; '' for one that is sound."""
    if not all(isinstance(part, str | int) for part in astuple(link)):
        return "eslabon"
    if link.numero != before.numero + 1 or link.anterior != before.hash or chain.again(link) != link.hash:
        return "eslabon"
    if link.clase != before.clase and before.numero and link.clase != chain.WRITTEN:
        return "eslabon"  # what was found or rebuilt comes first
    if columns is None:
        return "fila-falta"
    if chain.row_hash(link.tabla, columns) != link.huella:
        return "fila-cambio"
    if link.tabla == "entregas" and link.clase != chain.FOUND and not _lettered(link, columns):
        return "numero"
    return ""


def _lettered_without_chain(connection: sqlite3.Connection) -> list[str]:
    """Receipts with letters in a ledger that has no chain: it had one."""
    numbers = [str(number) for (number,) in connection.execute("SELECT acuse FROM entregas ORDER BY numero")]
    return [number for number in numbers if receipt_number.letters_of(number)]


def _lettered(link: Eslabon, columns: list[chain.Column]) -> bool:
    said = receipt_number.letters_of(str(dict(columns)["acuse"]))
    return said == chain.letters(link.tabla, columns, link.anterior)
