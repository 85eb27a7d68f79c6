"""The digital signature of a workbook: a copy cannot have it, for it is true of the original's bytes alone."""

from poa_xl.writers.annotated.package import WorkbookCopy

_ORIGIN = "/digital-signature/origin"  # the end of the type of the relation to all signatures of a package
_TYPE = "package.digital-signature-"  # in the types of their parts


def drop(book: WorkbookCopy) -> bool:
    """Take the signature of a workbook out; whether it had one. Parts that only claim to be of it stay."""
    signed = book.drop_relations("", lambda _, line: line.attributes.get("Type", "").endswith(_ORIGIN))
    gone = {part for part in book.parts if _TYPE in book.index.types.of(part)}
    for part in gone:
        book.parts.pop(book.relations_of(part), None)
        book.parts.pop(part, None)
    if gone:
        book.types.drop(gone)
        book.types.drop_endings()
    return bool(signed or gone)
