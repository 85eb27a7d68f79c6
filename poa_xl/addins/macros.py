"""The buttons of the workbook: Validar and Preparar entrega, as plain functions of an `xlwings.Book`.

The same code runs on desktop Excel (RunPython), in Excel on the web (a custom script) and on a JSON book. They check
the open workbook against the catalogue that it carries, with the rules of `poa-xl validate`.
"""

import datetime as dt
from pathlib import PurePath
from typing import Any

from poa_xl import cells, sheets
from poa_xl.addins import observations_sheet, open_workbook
from poa_xl.addins.number_formats import Formats
from poa_xl.catalogo import Catalogo, sheet as catalogo_sheet
from poa_xl.checking import observation_rows, sello
from poa_xl.errors import PoaError
from poa_xl.findings import Finding, Submission
from poa_xl.messages import addins, counts
from poa_xl.reading import Book, as_records

_EXTENSION = ".xlsx"


def validar_libro(book: Any, known: Formats | None = None) -> str:
    """Check the workbook, list what was found in its sheet Observaciones, and sum up in one sentence.

    PoaError where that cannot be done: another workbook, a protected sheet. Then nothing was written. `known` are the
    number formats of its cells, where the program cannot be asked.
    """
    found, sent = _check(open_workbook.read(book, known), _catalogue(book))
    return _tell(book, _summary(sent), found)


def preparar_entrega(book: Any, known: Formats | None = None) -> str:
    """Check the workbook and, without errors, stamp the date and the sello on it and say under which name to send it.

    With errors nothing is stamped. PoaError as in `validar_libro`.
    """
    catalogue, read = _catalogue(book), open_workbook.read(book, known)
    stamps = {"fecha_envio": dt.date.today(), "sello": sello.sello(read)}
    places = _stamp(read, stamps)
    found, sent = _check(read, catalogue)
    refusal = addins.say("macros.no-preparado") if sent.errores else _not_ready(read, stamps, places)
    if refusal:
        return _tell(book, f"{refusal} {_summary(sent)}", found)
    name = sent.unidad + (PurePath(book.name).suffix or _EXTENSION)
    day = cells.show(stamps["fecha_envio"])
    done = addins.say("macros.preparado", fecha=day, sello=stamps["sello"], nombre=name)
    form = book.sheets[read.tables["unidad"].name]
    for column, place in places.items():
        _put(form, place, stamps[column])
    return _tell(book, f"{done} {_summary(sent)}", found)


def _not_ready(read: Book, stamps: dict[str, Any], places: dict[str, str]) -> str:
    """What a workbook without errors still lacks; '' if nothing."""
    form = sheets.sheet("unidad", "unidad")
    missing = ", ".join(f"«{form.column(name).title}»" for name in stamps if name not in places)
    if missing:
        return addins.say("macros.sin-campo", campos=missing)
    return "" if as_records(read.tables["unidad"])[1]["trimestre"] else addins.say("macros.sin-trimestre")


def _put(sheet: Any, place: str, value: object) -> None:
    try:
        sheet.range(place).value = value
    except Exception as error:  # what a program raises on a protected sheet is its own
        raise PoaError(addins.say("macros.no-se-deja", hoja=sheet.name)) from error


def _catalogue(book: Any) -> Catalogo:
    grid = open_workbook.catalogue_cells(book)
    known = None if grid is None else catalogo_sheet.from_rows(grid)
    if known is None:
        raise PoaError(addins.say("macros.sin-catalogo"))
    return known


def _check(read: Book, known: Catalogo) -> tuple[list[Finding], Submission]:
    from poa_xl.api import revision  # pandas and pandera: on the web they are loaded when a button asks for them

    done = revision.check_book(read, known)
    return list(done.findings), done.submissions[0]


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
        return addins.say("macros.sin-observaciones", cuando=when)
    return addins.say("macros.revisado", cuando=when, total=counts.total(sent.errores, sent.avisos))


def _tell(book: Any, summary: str, found: list[Finding]) -> str:
    observations_sheet.write(book, observation_rows.observations(found), summary)
    return summary
