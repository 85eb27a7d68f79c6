"""The properties of a file that a person or a program gave it (docProps/custom.xml), and when it was last saved."""

import datetime as dt
import re
from typing import NamedTuple

from poa_xl.ooxml.namespaces import DOCUMENT

CUSTOM_SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"  # of properties that are neither Office's nor a program's own
TEXT = "lpwstr"  # the kind of value that a text is, as programs write it
_TEXT_KINDS = (TEXT, "lpstr", "bstr")
_MODIFIED = re.compile(rb"<dcterms:modified[^>]{0,200}>([0-9T:.Z+-]{10,40})</dcterms:modified>")


class Form(NamedTuple):
    """How a form of the format calls custom properties: the kind of the relation to them, and their name spaces."""

    relation: str
    space: str
    values: str

    @property
    def none(self) -> str:
        """The part without a property."""
        return f'<Properties xmlns="{self.space}" xmlns:vt="{self.values}"></Properties>'

    def text(self, name: str, value: str, number: int) -> str:
        """A property that is a text, with its number in the part (the first is 2)."""
        text = f'<vt:{TEXT} xmlns:vt="{self.values}">{value}</vt:{TEXT}>'
        return f'<property xmlns="{self.space}" fmtid="{CUSTOM_SET}" pid="{number}" name="{name}">{text}</property>'


TRANSITIONAL, STRICT = (
    Form(word, f"{space}{word}", f"{space}docPropsVTypes")
    for space, word in zip(DOCUMENT, ("custom-properties", "customProperties"), strict=True)
)
FORMS = (TRANSITIONAL, STRICT)
SPACES = frozenset(form.space for form in FORMS)
RELATIONS = tuple(form.relation for form in FORMS)
# Elements that hold a text, by name space and name with a blank between.
TEXTS = frozenset(f"{form.values} {kind}" for form in FORMS for kind in _TEXT_KINDS)


def modified(core: bytes) -> str:
    """When a program last saved the workbook, in UTC, ISO, of the part docProps/core.xml; '' where it does not say."""
    found = _MODIFIED.search(core)
    try:
        moment = dt.datetime.fromisoformat(found[1].decode()) if found else None
        moment = moment and (moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC))
        return moment.astimezone(dt.UTC).isoformat(timespec="seconds") if moment else ""
    except (ValueError, OverflowError):
        return ""
