"""The name spaces of the format and the types of its relations: transitional, as all programs write, and strict."""

TRANSITIONAL, STRICT = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
MAIN = frozenset({TRANSITIONAL, STRICT})
DOCUMENT = ("http://schemas.openxmlformats.org/officeDocument/2006/", "http://purl.oclc.org/ooxml/officeDocument/")
OFFICE = tuple(f"{space}relationships" for space in DOCUMENT)
MICROSOFT = "http://schemas.microsoft.com/office/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"
RELATIONS = frozenset({PACKAGE})
CONTENT_TYPES = frozenset({"http://schemas.openxmlformats.org/package/2006/content-types"})
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
CHART = "http://schemas.openxmlformats.org/drawingml/2006/chart"
# Of what not all programs understand, by the prefix that the format has for it.
NEWER = {
    "v": "urn:schemas-microsoft-com:vml",
    "x14": "http://schemas.microsoft.com/office/spreadsheetml/2009/9/main",
    "w15": "http://schemas.microsoft.com/office/word/2012/wordml",
    "wpg": "http://schemas.microsoft.com/office/word/2010/wordprocessingGroup",
    "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
}


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
