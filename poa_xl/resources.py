"""Where the files that ship with the package lie.

An installed wheel carries `schemas/`, `workbooks/` and the guides of `docs/` inside the package; a checkout has them at
its top.
Nothing else in the package knows the difference.
"""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packaged = _PACKAGE / "_files" / name
    return packaged if packaged.is_dir() else _PACKAGE.parent / name


def schemas_folder() -> Path:
    """The folder with one YAML file a sheet, in `unidad/` and `entidad/`."""
    return _folder("schemas")


def workbooks_folder() -> Path:
    """The folder with the text sources of the sample entity."""
    return _folder("workbooks")


def docs_folder() -> Path:
    """The folder with the guides; in a checkout, with the pages for developers too."""
    return _folder("docs")
