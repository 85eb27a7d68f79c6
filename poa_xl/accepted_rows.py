"""The accepted rows of the units: each a frozen dataclass with its origin, its fields the columns of the schema.

Twelve columns of a month each are one field, a tuple. A column of the YAML without a field of its own is carried in
`otras`, so that a plain column is added in the YAML alone; it gets a field when a figure reads it by its name.
"""

import datetime as dt
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from functools import cache
from itertools import chain
from operator import attrgetter
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, Self

from poa_xl import brief, sheets
from poa_xl.cells import OF_GOAL, Value
from poa_xl.indicators import PUBLISHED_META, Meta
from poa_xl.sheets import Column, Sheet

if TYPE_CHECKING:
    import pandas as pd

_NO_OTHERS: Mapping[str, Value] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class FilaAceptada:
    """Where an accepted row came from. In every field a blank text is '', a blank number or date None."""

    KEY: ClassVar[str]  # of its sheet in `schemas/unidad`

    unidad: str  # the code of the unit
    archivo: str
    hoja: str
    fila: int  # the row in Excel; 1 of the form Unidad
    otras: Mapping[str, Value] = field(hash=False)  # the columns without a field of their own, by name

    @classmethod
    def sheet(cls) -> Sheet:
        """The description of its sheet."""
        return sheets.sheet("unidad", cls.KEY)

    @classmethod
    def from_columns(
        cls, unidad: str, archivo: str, hoja: str, filas: Sequence[int], columns: Mapping[str, Sequence[Value]]
    ) -> list[Self]:
        """The rows of one workbook's sheet: their Excel rows, and typed values by column (one left out is blank)."""
        own, others = _layout(cls.KEY)
        blank: Sequence[Value] = [None] * len(filas)
        read = {c.name: _typed(c, columns.get(c.name) or blank) for c in cls.sheet().inputs}
        carried = [{name: read[name][n] for name in others} if others else _NO_OTHERS for n in range(len(filas))]
        said = [
            zip(*(read[c.name] for c in group), strict=True) if group[0].group else read[name]
            for name, group in own.items()
        ]
        return [cls(unidad, archivo, hoja, *row) for row in zip(filas, carried, *said, strict=True)]

    @classmethod
    def values(cls, rows: Iterable[Self | None], column: Column) -> list[Value]:
        """A column of these rows; None for a blank, and for no row."""
        read = _reader(cls.KEY, column)
        found = (None if row is None else read(row) for row in rows)
        return [None if value == "" else value for value in found]


@dataclass(frozen=True, slots=True)
class FichaUnidad(FilaAceptada):
    """The form Unidad of a workbook that was accepted."""

    KEY: ClassVar[str] = "unidad"

    entidad: str
    gestion: int | None
    version_plantilla: str
    nombre: str
    servicio: str
    area: str
    acp: str
    trimestre: int | None
    responsable: str
    cargo: str
    correo: str
    fecha_envio: dt.date | None
    sello: str


@dataclass(frozen=True, slots=True)
class FilaOperacion(FilaAceptada):
    """An operation of the POA, as the sheet Operaciones names it."""

    KEY: ClassVar[str] = "operaciones"

    operacion: str
    acp: str
    denominacion: str
    resultado_esperado: str
    indicador: str
    unidad_medida: str
    linea_base: float | None
    meta: float | None
    numero: str
    tipo_meta: str
    sentido: str
    peso: float | None

    @property
    def goal(self) -> Meta:
        """What kind of goal its tasks have that name none of their own."""
        return PUBLISHED_META.changed(self.tipo_meta, self.sentido, self.linea_base)


@dataclass(frozen=True, slots=True)
class FilaTarea(FilaAceptada):
    """A task: what is programmed and executed in each of the twelve months.

    What is blank of its goal (`unidad_medida` to `linea_base`) is as its operation says.
    """

    KEY: ClassVar[str] = "tareas"

    operacion: str
    actividad: str
    tarea: str
    medio_verificacion: str
    programado: tuple[float | None, ...]
    ejecutado: tuple[float | None, ...]
    problemas: str
    acciones: str
    responsable_accion: str
    fecha_accion: dt.date | None
    unidad_medida: str
    numero: str
    tipo_meta: str
    sentido: str
    linea_base: float | None
    peso: float | None

    def goal(self, of_operation: Meta = PUBLISHED_META) -> Meta:
        """What kind of goal it has, given that of its operation."""
        return of_operation.changed(self.tipo_meta, self.sentido, self.linea_base)


@dataclass(frozen=True, slots=True)
class FilaPresupuesto(FilaAceptada):
    """A programme category and source of funds of a unit, in Bs; `devengado` is that of each of the twelve months."""

    KEY: ClassVar[str] = "presupuesto"

    categoria: str
    fuente: str
    inicial: float | None
    modificaciones: float | None
    vigente: float | None
    devengado: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class FilaResultado(FilaAceptada):
    """What a unit tells of an ACP."""

    KEY: ClassVar[str] = "resultados"

    acp: str
    resultado_programado: str
    principales_resultados: str


ROW_TYPES: Mapping[str, type[FilaAceptada]] = {
    kind.KEY: kind for kind in (FichaUnidad, FilaOperacion, FilaTarea, FilaPresupuesto, FilaResultado)
}
ORIGIN = tuple(f.name for f in fields(FilaAceptada) if f.name != "otras")


@dataclass(frozen=True, repr=False)
class AcceptedRows:
    """The accepted rows of all units, by sheet, in the order in which they were sent."""

    unidad: tuple[FichaUnidad, ...] = ()
    operaciones: tuple[FilaOperacion, ...] = ()
    tareas: tuple[FilaTarea, ...] = ()
    presupuesto: tuple[FilaPresupuesto, ...] = ()
    resultados: tuple[FilaResultado, ...] = ()

    def __repr__(self) -> str:
        return brief.line(self, **{key: len(self.of(key)) for key in ROW_TYPES})

    @classmethod
    def collect(cls, rows: Iterable[FilaAceptada]) -> "AcceptedRows":
        """Rows of any sheets, each where it belongs."""
        by_sheet: dict[str, list[Any]] = {key: [] for key in ROW_TYPES}
        for row in rows:
            by_sheet[row.KEY].append(row)
        return cls(**{key: tuple(own) for key, own in by_sheet.items()})

    def of(self, key: str) -> tuple[FilaAceptada, ...]:
        """The rows of a sheet by its key; KeyError where units fill in no such sheet."""
        return tuple(getattr(self, ROW_TYPES[key].KEY))

    @property
    def in_tables(self) -> Iterable[FilaAceptada]:
        """All rows but the forms, which say who sends and nothing that is evaluated."""
        return chain(self.operaciones, self.tareas, self.presupuesto, self.resultados)

    def __bool__(self) -> bool:
        return bool(self.unidad) or any(True for _ in self.in_tables)

    def to_frame(self, key: str) -> "pd.DataFrame":
        """The rows of a sheet as a pandas frame, a row each: the input columns, then the unit, file, sheet and row.

        Each input column has the dtype of the schema (`str`, `Int64`, `float64`, `datetime64[ns]`); a blank is missing.
        KeyError where units fill in no such sheet.
        """
        import pandas as pd

        kind, rows = ROW_TYPES[key], self.of(key)
        series = {c.name: pd.Series(kind.values(rows, c), dtype=c.dtype) for c in kind.sheet().inputs}
        for name in ORIGIN:
            series[name] = pd.Series([getattr(r, name) for r in rows], dtype="int64" if name == "fila" else "str")
        return pd.DataFrame(series)


@cache
def _layout(key: str) -> tuple[Mapping[str, tuple[Column, ...]], tuple[str, ...]]:
    """The columns of each field of a sheet's rows, and the names of those without a field."""
    kind = ROW_TYPES[key]
    own: dict[str, tuple[Column, ...]] = {f.name: () for f in fields(kind) if f.name not in (*ORIGIN, "otras")}
    others = []
    for column in kind.sheet().inputs:
        if column.stem in own:
            own[column.stem] += (column,)
        elif column.name not in ORIGIN:
            others.append(column.name)
    for name in (name for name, columns in own.items() if not columns):
        raise TypeError(f"{kind.__name__}.{name}: schemas/unidad/{key}.yaml has no such column that people fill in")
    return own, tuple(others)


def _reader(key: str, column: Column) -> Callable[[FilaAceptada], Value]:
    """What reads the value of a column off a row of the sheet."""
    own, others = _layout(key)
    if column.name in others:
        return lambda row: row.otras[column.name]
    whole: Callable[[FilaAceptada], Any] = attrgetter(column.stem)
    if not column.group:
        return whole
    place = own[column.stem].index(column)
    return lambda row: whole(row)[place]


def _typed(column: Column, values: Sequence[Value]) -> Sequence[Any]:
    if column.dtype == "str":
        return ["" if value is None else str(value) for value in values]
    if column.dtype == "float64" and column.unit != OF_GOAL:  # a whole number of a goal stays one
        return [None if value is None else float(value) for value in values]  # type: ignore[arg-type]
    return values
