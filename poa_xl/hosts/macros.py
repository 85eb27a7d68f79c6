"""The buttons of the workbook: Validar and Preparar entrega, as plain functions of an `xlwings.Book`.

The same code runs on desktop Excel (RunPython), in Excel on the web (a custom script) and on a JSON book. They check
the open workbook against the catalogue that it carries, with the rules of `poa-xl validate`.
"""

import datetime as dt
from pathlib import PurePath
from typing import Any

from poa_xl import catalogo, cells
from poa_xl.checking import observing, sello
from poa_xl.findings import Finding, Submission
from poa_xl.hosts import board, live
from poa_xl.messages import counting, hosts
from poa_xl.reading import Book

_EXTENSION = ".xlsx"


def validar_libro(book: Any) -> str:
    """Check the workbook, list what was found in its sheet Observaciones, and sum up in one sentence."""
    known = _catalogue(book)
    if known is None:
        return _tell(book, hosts.say("macros.sin-catalogo"))
    found, sent = _check(live.read(book), known)
    return _tell(book, _summary(sent), found)


def preparar_entrega(book: Any) -> str:
    """Check the workbook and, without errors, stamp the date and the sello on it and say under which name to send it.

    With errors nothing is stamped.
    """
    known = _catalogue(book)
    if known is None:
        return _tell(book, hosts.say("macros.sin-catalogo"))
    read = live.read(book)
    stamps = {"fecha_envio": dt.date.today(), "sello": sello.sello(read)}
    places = _stamp(read, stamps)
    found, sent = _check(read, known)
    if sent.errores:
        return _tell(book, f"{hosts.say('macros.no-preparado')} {_summary(sent)}", found)
    for column, place in places.items():
        book.sheets[read.tables["unidad"].name].range(place).value = stamps[column]
    name = sent.unidad + (PurePath(book.name).suffix or _EXTENSION)
    day = cells.show(stamps["fecha_envio"])
    done = hosts.say("macros.preparado", fecha=day, sello=stamps["sello"], nombre=name)
    return _tell(book, f"{done} {_summary(sent)}", found)


def _catalogue(book: Any) -> catalogo.Catalogo | None:
    grid = live.catalogue_cells(book)
    return None if grid is None else catalogo.from_rows(grid)


def _check(read: Book, known: catalogo.Catalogo) -> tuple[list[Finding], Submission]:
    from poa_xl.checking import unit_books  # pandas and pandera: on the web they are loaded when a button asks for them

    return unit_books.check_alone(read, known)


def _stamp(read: Book, stamps: dict[str, Any]) -> dict[str, str]:
    """Put the stamps into the workbook as read, not into the open one; column -> its cell, where it has one."""
    table = read.tables.get("unidad")
    if table is None:
        return {}
    places = {column: table.cell(column, 1) for column in stamps if column in table.columns}
    for column in places:
        table.values[column] = [stamps[column]]
    return places


def _summary(sent: Submission) -> str:
    when = f"{dt.datetime.now():%d/%m/%Y %H:%M}"
    if not sent.errores and not sent.avisos:
        return hosts.say("macros.sin-observaciones", cuando=when)
    return hosts.say("macros.revisado", cuando=when, total=counting.total(sent.errores, sent.avisos))


def _tell(book: Any, summary: str, found: list[Finding] | None = None) -> str:
    board.write(book, observing.observations(found or []), summary)
    return summary
