"""The limits of what a file may ask of the program: one table of name, default, unit and reason."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache

from poa_xl.messages import limits as words

_MB = 1_000_000
LARGEST_AREA = 5_000_000  # cells from A1 to the last one with content; all of them are held in memory


@dataclass(frozen=True)
class Limits:
    """Every limit, by the name that `--limits` and the findings use. What each is for is in `messages.limits`."""

    archivo_mb: float = 25
    expandido_mb: float = 150
    razon: float = 250
    entradas: int = 2_000
    hojas: int = 100
    celdas: int = 2_000_000
    area: int = LARGEST_AREA
    filas: int = 10_000
    profundidad: int = 64
    atributos: int = 100
    texto: int = 100_000
    segundos: float = 6
    memoria_mb: float = 400

    @property
    def archivo_bytes(self) -> int:
        """The size of the largest file that is read."""
        return int(self.archivo_mb * _MB)


DEFAULT = Limits()
_LONGEST_VALUE = 100  # characters


class LimitsError(ValueError):
    """A file of limits cannot be used; its text says why, in Spanish."""


@cache
def names() -> tuple[str, ...]:
    """The limits in their order."""
    return tuple(f.name for f in fields(Limits))


def changed(given: object) -> Limits:
    """The limits of a mapping such as `{"hojas": 200}`, the others as they are."""
    if not isinstance(given, Mapping):
        raise LimitsError(words.NOT_PAIRS)
    values: dict[str, float] = {}
    for name, value in given.items():
        if name not in names():
            raise LimitsError(words.UNKNOWN.format(nombre=_shown(name), conocidos=", ".join(names())))
        if isinstance(value, bool) or not isinstance(value, int | float) or not 0 < value < words.ANY:
            raise LimitsError(words.NOT_A_NUMBER.format(nombre=name, valor=_shown(value)))
        values[name] = type(getattr(DEFAULT, name))(value)
    return Limits(**values)  # type: ignore[arg-type]


def _shown(value: object) -> str:
    """A value; of a list only that it is one: it can hold itself a thousand times over."""
    return "…" if isinstance(value, list | dict | set | tuple) else str(value)[:_LONGEST_VALUE]
