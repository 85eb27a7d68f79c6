"""The versions of the template of the units: which exist, which are received as they are, and what each one has.

`version_plantilla` of an entity says which of them is written; workbooks of others are received all the same. What
changed from one to the next stands in `schemas/versiones.yaml`; `migration.versions` carries a workbook over it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cache

from poa_xl import cells, resources, sheets, titles
from poa_xl.sheets import NEW_COLUMN, Column, Sheet

_KIND_OF_NUMBER = "numero"  # the column that says how the numbers of a goal are read; without it they are whole


@cache
def _document() -> Mapping[str, object]:
    path = resources.schemas_folder() / sheets.VERSIONS_FILE
    return sheets.load_yaml(path.read_text(encoding="utf-8"))


def find(text: object) -> str:
    """The version that a text names; '' where there is no such version."""
    return next((name for name in sheets.version_names() if titles.key(name) == titles.key(text)), "")


def received() -> tuple[str, ...]:
    """The versions whose workbooks are received as they are, oldest first."""
    names = sheets.version_names()
    return names[names.index(str(_document()["se_recibe_desde"])) :]


def is_received(stamp: object, own: str) -> bool:
    """Whether a workbook of this version is received by an entity whose own version is the other one."""
    return find(stamp) in received() or titles.key(stamp) == titles.key(own)


def layout(version: str) -> tuple[Sheet, ...]:
    """The sheets of the template of a version.

    A version from which the newest differs in more than columns that it added is written as the first after it that
    does not: all that its workbooks had is there, under the titles of now.
    """
    names = sheets.version_names()
    described = _document()["versiones"]
    known = find(version) or names[-1]
    oldest = _oldest_written([line["cambios"] for line in described])  # type: ignore[attr-defined]
    return tuple(without_later(sheet, names[max(names.index(known), oldest) :]) for sheet in sheets.unit_sheets())


def _oldest_written(changes: Sequence[Sequence[Mapping[str, object]]]) -> int:
    """The place of the oldest version after which columns were added and nothing else; `changes` are oldest first."""
    last = len(changes) - 1
    while last and all(change["cambio"] == NEW_COLUMN for change in changes[last]):
        last -= 1
    return last


def without_later(sheet: Sheet, versions: Sequence[str]) -> Sheet:
    """A sheet as it was in the first of these versions: without the columns that the others added."""
    kept = tuple(c for c in sheet.columns if c.since not in versions[1:])
    if not any(c.name == _KIND_OF_NUMBER for c in kept):
        kept = tuple(_whole(c) for c in kept)
    return replace(sheet, columns=kept)


def _whole(column: Column) -> Column:
    return replace(column, dtype="Int64", unit=cells.COUNT) if column.unit == cells.OF_GOAL else column
