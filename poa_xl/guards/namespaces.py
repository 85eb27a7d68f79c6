"""The name spaces of the format and the types of its relations: transitional, as all programs write, and strict."""

MAIN = frozenset(
    {"http://schemas.openxmlformats.org/spreadsheetml/2006/main", "http://purl.oclc.org/ooxml/spreadsheetml/main"}
)
OFFICE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
RELATIONS = frozenset({"http://schemas.openxmlformats.org/package/2006/relationships"})
CONTENT_TYPES = frozenset({"http://schemas.openxmlformats.org/package/2006/content-types"})


_READ = ("officeDocument", "worksheet", "sharedStrings", "styles")  # the kinds of relations that are followed


def is_misspelt(relation_type: str) -> bool:
    """Whether a type is that of a part that is read but for its capitals: some programs take it all the same."""
    known = {f"{space}/{word}" for space in OFFICE for word in _READ}
    return relation_type not in known and relation_type.lower() in {one.lower() for one in known}


def kind_of(relation_type: str) -> str:
    """The word for a type of relation of the format, such as `worksheet`; any other type whole, '' for a bare word."""
    space, _, word = relation_type.rpartition("/")
    if not space:
        return ""
    return word if space in OFFICE else relation_type
