"""The row that an exception is about, and what was seen then, looked up in the submission for which it was given.

Exceptions of before name an address alone. Their row is that of the submission that was in force when they were written
down; where none was, that of the unit's last before, else of its first after. Nothing is written: the stored files say
it, and say always the same.
"""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

from poa_xl import guards, messages, reading, sheets
from poa_xl.campaign import chain, files
from poa_xl.campaign.ledger import Ledger
from poa_xl.campaign.records import Entrega, Excepcion, Observacion
from poa_xl.checking.row_keys import UNKNOWN, RowKeys
from poa_xl.messages import Trait
from poa_xl.messages.baseline import whatever_version


class WaivedRows:
    """The rows of a campaign's stored submissions, each read once."""

    def __init__(self, folder: Path, ledger: Ledger) -> None:
        self._folder, self._ledger = folder, ledger
        self._read: dict[str, RowKeys | None] = {}
        self._rows: dict[int, str] = {}
        self._seen: dict[int, frozenset[str] | None] = {}

    def of(self, entrega: Entrega) -> RowKeys | None:
        """The rows of a stored submission; None where its file is not what was received, or cannot be read."""
        if entrega.sha256 not in self._read:
            self._read[entrega.sha256] = self._keys(entrega)
        return self._read[entrega.sha256]

    def _keys(self, entrega: Entrega) -> RowKeys | None:
        path = self._folder / entrega.ruta
        if files.sha256_of(path) != entrega.sha256:
            return None
        book = reading.read_book(path, sheets.unit_sheets(), limits=guards.DEFAULT)
        return RowKeys(book.tables.values()) if book.tables else None

    def row_of(self, excepcion: Excepcion) -> str | None:
        """What `row_keys` says of its cell; None where the unit has sent nothing in which to look it up."""
        if not excepcion.celda:
            return None
        if excepcion.fila:
            return excepcion.fila
        if excepcion.numero not in self._rows:
            entrega = self._given_for(excepcion)
            if entrega is None:
                return None
            rows = self.of(entrega)
            self._rows[excepcion.numero] = rows.of(excepcion.hoja, excepcion.celda) if rows else UNKNOWN
        return self._rows[excepcion.numero]

    def seen(self, excepcion: Excepcion) -> frozenset[str] | None:
        """What was said of the submission that waited when it was given, whatever the version of the plan.

        None where none waited, and for codes that await no decision.
        """
        if not messages.has(excepcion.codigo, Trait.AWAITS_DECISION):
            return None
        if excepcion.numero not in self._seen:
            sent = self._ledger.rows(Entrega, "unidad = ?", excepcion.unidad)
            waiting = [e for e in sent if e.espera and self._is_before(e, excepcion)]
            self._seen[excepcion.numero] = self._said(waiting[-1], excepcion.codigo) if waiting else None
        return self._seen[excepcion.numero]

    def _said(self, entrega: Entrega, code: str) -> frozenset[str]:
        found = self._ledger.rows(Observacion, "entrega = ? AND codigo = ?", entrega.numero, code)
        return frozenset(whatever_version(o.found) for o in found)

    def _given_for(self, excepcion: Excepcion) -> Entrega | None:
        sent = self._ledger.rows(Entrega, "unidad = ?", excepcion.unidad)
        before = [e for e in sent if self._is_before(e, excepcion)]
        return given_for(before) or next((e for e in sent if e not in before), None)

    def _is_before(self, entrega: Entrega, excepcion: Excepcion) -> bool:
        """Which was written down first: by their links, where both were written in their turn, else by the clock."""
        one = self._ledger.link_of(Entrega, str(entrega.numero))
        other = self._ledger.link_of(Excepcion, str(excepcion.numero))
        if one and other and one.clase == other.clase == chain.WRITTEN:
            return one.numero < other.numero
        return dt.datetime.fromisoformat(entrega.cuando) <= dt.datetime.fromisoformat(excepcion.cuando)


def given_for(sent: Sequence[Entrega]) -> Entrega | None:
    """Of what a unit sent, in its order, the one that an exception is given for: the one in force, else the last."""
    in_force = [e for e in sent if e.vale]
    return next(reversed(in_force or list(sent)), None)
