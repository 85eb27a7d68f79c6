"""The digital signature of a workbook: a copy cannot have it, for it is true of the original's bytes alone."""

from poa_xl.ooxml.package import Book
from poa_xl.ooxml.splice import Part

_ORIGIN = "/digital-signature/origin"  # the end of the type of the relation to all signatures of a package
_TYPE = "package.digital-signature-"  # in the types of their parts


def drop(book: Book) -> bool:
    """Take the signature of a workbook out; whether it had one. Parts that only claim to be of it stay."""
    place = book.relations_of("")
    lists = Part(book.parts[place], ["Relationship"])
    origins = [n for n in lists.all("Relationship") if n.attributes.get("Type", "").endswith(_ORIGIN)]
    for node in origins:
        lists.replace(node, "")
    book.parts[place] = lists.done()
    gone = {part for part in book.parts if _TYPE in book.plan.types.of(part)}
    for part in gone:
        book.parts.pop(book.relations_of(part), None)
        book.parts.pop(part, None)
    if gone:
        book.types.drop(gone)
        book.types.drop_endings()
    return bool(origins or gone)
