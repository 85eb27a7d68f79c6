"""A zip whose bytes depend on its content alone: not on the day, the system or the order of writing."""

import io
import zipfile
from collections.abc import Iterable

_DATE = (1980, 1, 1, 0, 0, 0)


def zipped(files: Iterable[tuple[str, bytes]]) -> bytes:
    """A zip of files: (name inside it, content)."""
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files):
            archive.writestr(entry(name, zipfile.ZIP_DEFLATED), data)
    return content.getvalue()


def entry(name: str, compression: int) -> zipfile.ZipInfo:
    """What a zip says of a file besides its content."""
    made = zipfile.ZipInfo(name, _DATE)
    made.compress_type = compression
    made.create_system = 3  # whatever system writes it
    made.external_attr = 0o644 << 16
    return made
