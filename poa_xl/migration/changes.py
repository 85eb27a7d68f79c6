"""One change of the template between two versions, and the sheets as they were before it.

`columna` is always a name of the code: that of the schema, or, for a column that is gone, the one it had. `undone`
gives the sheets before the change; `upgrade` carries the rows over it.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from poa_xl.messages.migration import BAD
from poa_xl.names import OWN_SHEETS
from poa_xl.sheets import NEW_COLUMN, Column, Sheet

Sheets = dict[str, Sheet]  # by key, in their order
NEW_SHEET, RENAMED_SHEET = "hoja-nueva", "hoja-renombrada"
NEW, RENAMED, MOVED, GONE, SPLIT = (
    NEW_COLUMN,
    "columna-renombrada",
    "columna-movida",
    "columna-quitada",
    "columna-dividida",
)
VALUES = "valores"
# What each kind says beside its sheet; in brackets what it may leave out.
FIELDS: dict[str, tuple[tuple[str, ...], tuple[str, ...]]] = {
    NEW_SHEET: ((), ()),
    RENAMED_SHEET: (("antes",), ()),
    NEW: (("columna",), ()),
    RENAMED: (("columna", "antes"), ()),
    MOVED: (("columna", "de", "por"), ("antes",)),
    GONE: (("columna", "antes"), ()),
    SPLIT: (("columna", "antes", "separador", "en"), ()),
    VALUES: (("columna", "antes"), ()),
}


class ChangeError(ValueError):
    """A change that does not fit the sheets; its text says why. `reason` is a key of `messages.migration.BAD`."""

    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(BAD[reason].format(**details))


@dataclass(frozen=True)
class Change:
    """What one line of a version says; what its kind has no use for is empty."""

    cambio: str
    hoja: str
    columna: str = ""
    antes: str = ""
    de: str = ""
    por: str = ""
    separador: str = ""
    en: tuple[str, ...] = ()
    valores: Mapping[str, object] = field(default_factory=dict)


def parse(line: object) -> Change:
    """The change of a line of YAML. ChangeError where it is none."""
    if not isinstance(line, dict) or line.get("cambio") not in FIELDS or not isinstance(line.get("hoja"), str):
        raise ChangeError("cambio", linea=line)
    said = dict(line)
    needed, allowed = FIELDS[said["cambio"]]
    names = set(said) - {"cambio", "hoja"}
    if not set(needed) <= names <= {*needed, *allowed}:
        raise ChangeError("campos", cambio=said["cambio"], campos=", ".join(("hoja", *needed)), linea=line)
    if said["cambio"] == VALUES:
        said["valores"] = said.pop("antes")
        if not isinstance(said["valores"], dict):
            raise ChangeError("valores", linea=line)
        said["valores"] = {str(old): new for old, new in said["valores"].items()}
    if "en" in said:
        said["en"] = tuple(said["en"]) if isinstance(said["en"], list) and said["en"] else ()
    texts = [value for name, value in said.items() if name not in ("valores", "en")]
    if not all(isinstance(text, str) and text for text in [*texts, *said.get("en", ())]) or said.get("en", True) == ():
        raise ChangeError("textos", linea=line)
    return Change(**said)


def columns(sheet: Sheet, pattern: str) -> list[Column]:
    """The columns that a name stands for: itself, or with `*` at its end all input columns of that stem."""
    if not pattern.endswith("_*"):
        return [c for c in sheet.columns if c.name == pattern]
    return [c for c in sheet.inputs if c.group and c.name == f"{pattern[:-1]}{c.suffix}"]


def undone(change: Change, sheets: Sheets) -> Sheets:
    """The sheets as they were before a change. ChangeError where it names what they do not have."""
    if change.cambio == NEW_SHEET:
        if change.hoja not in sheets and change.hoja not in OWN_SHEETS:
            raise ChangeError("hoja", hoja=change.hoja)
        return {key: sheet for key, sheet in sheets.items() if key != change.hoja}
    sheet = _sheet(sheets, change.hoja)
    if change.cambio == RENAMED_SHEET:
        return {**sheets, change.hoja: replace(sheet, name=change.antes)}
    if change.cambio == MOVED:
        return _unmoved(change, sheets, sheet)
    return {**sheets, change.hoja: _UNDO[change.cambio](change, sheet)}


def _sheet(sheets: Sheets, key: str) -> Sheet:
    if key not in sheets:
        raise ChangeError("hoja", hoja=key)
    return sheets[key]


def _found(sheet: Sheet, pattern: str) -> list[Column]:
    found = columns(sheet, pattern)
    if not found:
        raise ChangeError("columna", hoja=sheet.key, columna=pattern)
    return found


def _without(sheet: Sheet, gone: list[Column]) -> Sheet:
    return replace(sheet, columns=tuple(c for c in sheet.columns if c not in gone))


def _with(sheet: Sheet, name: str, title: str, like: Column | None = None) -> Sheet:
    if any(c.name == name for c in sheet.columns):
        raise ChangeError("sobra", hoja=sheet.key, columna=name)
    made = replace(like, title=title) if like else Column(name, title, "", "str", False, False, (), None)
    return replace(sheet, columns=(*sheet.columns, made))


def _not_new(change: Change, sheet: Sheet) -> Sheet:
    return _without(sheet, _found(sheet, change.columna))


def _not_renamed(change: Change, sheet: Sheet) -> Sheet:
    titles = {c.name: change.antes.replace("*", c.title.rpartition(" ")[2]) for c in _found(sheet, change.columna)}
    return replace(sheet, columns=tuple(replace(c, title=titles.get(c.name, c.title)) for c in sheet.columns))


def _not_gone(change: Change, sheet: Sheet) -> Sheet:
    return _with(sheet, change.columna, change.antes)


def _not_split(change: Change, sheet: Sheet) -> Sheet:
    parts = [c for name in change.en for c in _found(sheet, name)]
    return _with(_without(sheet, parts), change.columna, change.antes)


def _same_values(change: Change, sheet: Sheet) -> Sheet:
    _found(sheet, change.columna)
    return sheet


def _unmoved(change: Change, sheets: Sheets, sheet: Sheet) -> Sheets:
    source, moved = _sheet(sheets, change.de), _found(sheet, change.columna)
    for both in (sheet, source):
        _found(both, change.por)
    if sheet.form or source.form or sheet is source or len(moved) > 1:
        raise ChangeError("mover", de=change.de, hoja=change.hoja, columna=change.columna)
    column = moved[0]
    before = _with(source, column.name, change.antes or column.title, column)
    return {**sheets, change.hoja: _without(sheet, [column]), change.de: before}


_UNDO = {NEW: _not_new, RENAMED: _not_renamed, GONE: _not_gone, SPLIT: _not_split, VALUES: _same_values}
