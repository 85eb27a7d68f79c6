"""The guides for users, which ship with the package: to list, to read and to copy."""

from dataclasses import dataclass
from os import PathLike
from pathlib import Path

from poa_xl import atomic, resources
from poa_xl.cells import visible
from poa_xl.errors import WrongUseError
from poa_xl.messages import guides as words, library

# What one reads, then what one looks up: in this order they are listed. The wheel carries them (pyproject.toml).
NAMES = (
    "guia-unidades", "guia-dgp", "instalacion", "nombres", "semaforo", "metas", "reglas", "errores", "comandos",
    "hojas", "datos", "cluster", "limites", "glosario", "biblioteca", "prueba-windows",
)  # fmt: skip
# What they show or link to besides each other.
BESIDE = ("img", "biblioteca.ipynb", "xlwings-server-static.md")
_SUFFIX = ".md"


@dataclass(frozen=True)
class Guide:
    """A guide: its name, its title and where it lies, as Markdown in UTF-8."""

    name: str
    title: str
    path: Path

    @property
    def text(self) -> str:
        """What it says."""
        return self.path.read_text(encoding="utf-8")


def guides() -> tuple[Guide, ...]:
    """The guides that ship with the package, in Spanish."""
    return tuple(_guide(name) for name in NAMES)


def _guide(name: str) -> Guide:
    path = resources.docs_folder() / f"{name}{_SUFFIX}"
    lines = path.read_text(encoding="utf-8").splitlines()
    return Guide(name, next(line.removeprefix("# ") for line in lines if line.startswith("# ")), path)


def find(name: str) -> Guide:
    """A guide by its name, or that of its file. WrongUseError where there is none."""
    wanted = name.strip().lower().removesuffix(_SUFFIX)
    if wanted not in NAMES:
        raise WrongUseError(words.UNKNOWN, nombre=visible(name), hay=", ".join(NAMES))
    return _guide(wanted)


def write_guides(folder: str | PathLike[str]) -> list[Path]:
    """Copy all guides, with their pictures, into a folder that is new or empty; the paths of the guides come back.

    WrongUseError for a folder in which something is; PoaError where it cannot be written.
    """
    place = Path(folder)
    if atomic.holds_something(place):
        raise WrongUseError(library.FULL_FOLDER, ruta=visible(str(place)))
    try:
        with atomic.new_folder(place) as temporary:
            for path in _files():
                target = temporary / path.relative_to(resources.docs_folder())
                target.parent.mkdir(exist_ok=True)
                atomic.write_through(target, path.read_bytes())
    except atomic.FolderTakenError as error:
        raise WrongUseError(library.FULL_FOLDER, ruta=visible(str(place))) from error
    return [place / f"{name}{_SUFFIX}" for name in NAMES]


def _files() -> list[Path]:
    source = resources.docs_folder()
    beside = [path for name in BESIDE for path in (source / name, *(source / name).glob("*")) if path.is_file()]
    return [*(source / f"{name}{_SUFFIX}" for name in NAMES), *beside]
