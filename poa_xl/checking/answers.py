"""What units wrote in our sheets, put beside the findings that it answers: for the planning office to read."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from poa_xl import cells, unit_answers
from poa_xl.checking import observation_rows
from poa_xl.findings import Finding, Remark
from poa_xl.reading import Book

Remarks = dict[str, tuple[Remark, ...]]  # by file


def attach(findings: Iterable[Finding], books: Sequence[Book]) -> tuple[list[Finding], Remarks]:
    """The findings with the names of their rows and the answers to them, and by file what is an answer to none."""
    found = list(findings)
    by_file: dict[str, list[int]] = {}
    for number, finding in enumerate(found):
        by_file.setdefault(finding.location.file, []).append(number)
    remarks: Remarks = {}
    for book in books:
        numbers = by_file.get(book.file, [])
        named = _named([found[n] for n in numbers], book)
        answers = [one.said for one in book.written.answers]
        which = unit_answers.pairs(answers, [observation_rows.observation(f) for f in named]) if answers else {}
        for at, other in which.items():
            named[other] = replace(named[other], answer=book.written.answers[at].texto)
        for number, finding in zip(numbers, named, strict=True):
            found[number] = finding
        remarks[book.file] = tuple(_left(book, which))
    return found, remarks


def _left(book: Book, which: dict[int, int]) -> Iterable[Remark]:
    for number, one in enumerate(book.written.answers):
        if number not in which:
            yield Remark(
                one.hoja, one.celda, " ".join(filter(None, (unit_answers.place_of(one.said), one.said.code))), one.texto
            )
    yield from book.written.remarks


def _named(found: Sequence[Finding], book: Book) -> list[Finding]:
    """The findings with what names the rows of their cells."""
    if not any(f.location.cell for f in found):
        return list(found)
    names = {table.name: table.names() for table in book.tables.values() if not table.sheet.form}
    return [
        replace(f, row=names[f.location.sheet].get(cells.row_of(f.location.cell), ""))
        if f.location.sheet in names and f.location.cell
        else f
        for f in found
    ]
