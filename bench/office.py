"""A real LibreOffice with the extension, and a note that names this poa-xl as the command that its menu calls."""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from poa_xl.addins.libreoffice import command_file, extension, installation
from tests.libreoffice import LibreOffice

_SETTINGS = "XDG_CONFIG_HOME"  # where both look for the note


@contextmanager
def started() -> Iterator[LibreOffice]:
    """A headless one with a profile of its own; nothing of the user's is read or written."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        oxt = extension.build(folder)
        with zipfile.ZipFile(oxt) as archive:
            archive.extractall(folder / "extensions" / oxt.name)
        _note(folder)
        office = LibreOffice(extensions=folder / "extensions", settings=folder)
        try:
            yield office
        finally:
            office.close()


def _note(settings: Path) -> None:
    before = os.environ.get(_SETTINGS)
    os.environ[_SETTINGS] = str(settings)
    try:
        command_file.write(installation.own_command())
    finally:
        if before is None:
            del os.environ[_SETTINGS]
        else:
            os.environ[_SETTINGS] = before
