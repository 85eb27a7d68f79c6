"""The extension's file: one `.oxt` with the worksheet functions under their bare names and the menu POA.

It holds texts made from the registry of functions (`parts`), the components that LibreOffice calls (`component.py`,
`menu.py`) and copies of the modules that they need, in a folder `pythonpath`. All of it is for LibreOffice's own
Python and its standard library alone, in Python 3.8 syntax.
"""

from collections.abc import Iterator
from pathlib import Path

from poa_xl import atomic
from poa_xl.addins.libreoffice import manifest
from poa_xl.zip_archive import zipped

OXT_FILE = "poa-xl.oxt"
COMPONENTS = ("component.py", "menu.py")
_PACKAGE = Path(__file__).resolve().parents[2]
COPIED = (
    *sorted(f"indicators/{path.name}" for path in (_PACKAGE / "indicators").glob("*.py")),  # whole
    "__init__.py",
    "bounded_cache.py",
    "cells.py",
    "currencies.py",
    "names.py",
    "observations.py",
    "printable.py",
    "row_marks.py",
    "titles.py",
    "unit_answers.py",
    "addins/__init__.py",
    "addins/libreoffice/__init__.py",
    "addins/libreoffice/client.py",
    "addins/libreoffice/command_file.py",
    "addins/libreoffice/comments.py",
    "addins/libreoffice/menu_entries.py",
    "addins/libreoffice/observations_sheet.py",
    "functions/__init__.py",
    "functions/arguments.py",
    "functions/goals.py",
    "functions/registry.py",
    "messages/__init__.py",
    "messages/addins.py",
    "messages/answers.py",
    "messages/counts.py",
    "messages/findings.py",
    "messages/kinds.py",
)


def build(folder: Path) -> Path:
    """Write the extension into a folder; the file appears whole or not at all."""
    target = folder / OXT_FILE
    with atomic.replacing(target) as temporary:
        temporary.write_bytes(zipped(_files()))
    return target


def _files() -> Iterator[tuple[str, bytes]]:
    for name, text in manifest.texts(COMPONENTS).items():
        yield name, text.encode()
    for name in COMPONENTS:
        yield name, (Path(__file__).parent / name).read_bytes()
    for name in COPIED:
        yield f"pythonpath/poa_xl/{name}", (_PACKAGE / name).read_bytes()
