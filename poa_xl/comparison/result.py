"""What a comparison finds: cells that say something else, rows and sheets that only one workbook has."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from poa_xl import brief
from poa_xl.comparison.values import Dato, Ilegible
from poa_xl.master_tables.table import Content

__all__ = [
    "CellChange",
    "Clave",
    "Comparacion",
    "Dato",
    "Ilegible",
    "Lado",
    "LoneRow",
    "Origen",
    "SheetChanges",
    "SinComparar",
    "Solo",
]

# The parts of a comparison. A unit's workbook has DATOS alone.
CIFRAS, CUADROS, PARAMETROS = map(str, (Content.FIGURES, Content.TABLES, Content.PARAMETERS))
ENTREGAS, OBSERVACIONES, DATOS = map(str, (Content.SUBMISSIONS, Content.FINDINGS, Content.DATA))
PARTES = (CIFRAS, PARAMETROS, ENTREGAS, OBSERVACIONES, DATOS, CUADROS)  # as they are read: what changed, then why
A, B = "A", "B"

Clave = tuple[tuple[str, Dato], ...]  # the key columns of a row: (title, value)


@dataclass(frozen=True)
class Origen:
    """The row of a unit's workbook from which a row of a master's data sheet comes."""

    archivo: str
    hoja: str
    fila: int


@dataclass(frozen=True)
class CellChange:
    """A cell that says something else. An address is '' where that workbook does not have the column."""

    celda_a: str
    celda_b: str
    columna: str
    clave: Clave  # what names its row
    antes: Dato
    despues: Dato
    origen_a: Origen | None = None
    origen_b: Origen | None = None
    repite: str = ""  # of a table of a master: the cell of Cálculo that changed in the same way
    explica: str = ""  # of a plan: the resolutions that explain it


@dataclass(frozen=True)
class LoneRow:
    """A row that only one of the two has: its number there, its key columns, and what else it says."""

    fila: int  # 0 in a plan, which has none
    clave: Clave
    origen: Origen | None = None
    detalle: str = ""  # of an observation, what was found; of a file, what became of it
    valores: Clave = ()  # the other columns that are not blank
    celda: str = ""  # of a text outside the tables: where it stands
    explica: str = ""  # of a plan: the resolutions that explain it


@dataclass(frozen=True)
class SheetChanges:
    """What differs in a sheet. `agregadas` are rows that only B has, `quitadas` those that only A has."""

    nombre: str
    agregadas: tuple[LoneRow, ...] = ()
    quitadas: tuple[LoneRow, ...] = ()
    celdas: tuple[CellChange, ...] = ()
    parte: str = DATOS

    @property
    def empty(self) -> bool:
        """Whether nothing differs."""
        return not (self.agregadas or self.quitadas or self.celdas)


@dataclass(frozen=True)
class Solo:
    """A sheet, a table of a sheet (`hoja` says which) or a column that only A or only B has."""

    lado: str  # A or B
    que: str  # «hoja», «cuadro» or «columna»
    nombre: str
    hoja: str = ""


@dataclass(frozen=True)
class SinComparar:
    """What both have and could not be compared.

    With `codigo`, a sheet that `lado` has and that cannot be read, or a `columna` that it has twice. Without it a table
    (`cuadro`) of a master, whose titles are others in `lado`; or a sheet or column (`columna`) of a unit's workbook
    that the template does not have, and that is not the same in A and B (`lado` is '').
    """

    lado: str
    hoja: str
    codigo: str = ""
    cuadro: str | None = None
    columna: str = ""


@dataclass(frozen=True)
class Lado:
    """One of the two workbooks: its name, fingerprint, and what it says of itself (name of a fact -> text)."""

    archivo: str
    sha256: str
    datos: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, repr=False)
class Comparacion:
    """All that differs. `distintos` are the facts that should be the same in both and are not."""

    clase: str  # «unidad», «maestro» or «plan»
    a: Lado
    b: Lado
    hojas: tuple[SheetChanges, ...] = ()
    solo: tuple[Solo, ...] = ()
    sin_comparar: tuple[SinComparar, ...] = ()
    distintos: tuple[str, ...] = ()
    omitidas: tuple[str, ...] = ()  # sheets of masters of different quarters, which show each its own
    comparadas: tuple[str, ...] = ()  # sheets of which all that both can share was compared

    def __repr__(self) -> str:
        changed, added, removed = self.counts
        return brief.line(self, a=self.a.archivo, b=self.b.archivo, celdas=changed, agregadas=added, quitadas=removed)

    @property
    def identical(self) -> bool:
        """Whether they are the same file."""
        return bool(self.a.sha256) and self.a.sha256 == self.b.sha256

    @property
    def empty(self) -> bool:
        """Whether nothing differs, and nothing had to be left out."""
        return not (self.hojas or self.solo or self.sin_comparar or self.omitidas)

    @property
    def counts(self) -> tuple[int, int, int]:
        """(cells changed, rows added, rows taken away)."""
        return (
            sum(len(h.celdas) for h in self.hojas),
            sum(len(h.agregadas) for h in self.hojas),
            sum(len(h.quitadas) for h in self.hojas),
        )
