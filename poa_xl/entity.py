"""The entity of an evaluation: its units, ACPs, categories, thresholds, SIGEP figures and history.

`Entidad` is what `entidad.xlsx` says, as frozen dataclasses; `from_rows` makes it of rows that were checked.
"""

import itertools
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from poa_xl import indicators
from poa_xl.indicators import Banda, Criterio

SIN_PROGRAMACION = "Sin Prog."
TEMPLATE_VERSION = "1"
METODOS = ("media",)
Row = Mapping[str, object]


@dataclass(frozen=True)
class Area:
    """An organisational area, in the order of the reports."""

    area: str
    nombre: str
    servicio: str


@dataclass(frozen=True)
class Acp:
    """A short-term action and the medium-term action it serves."""

    acp: str
    amp: str
    denominacion: str
    area: str


@dataclass(frozen=True)
class Unidad:
    """A unit that sends a workbook."""

    unidad: str
    nombre: str
    servicio: str
    grupo: str
    subgrupo: str
    area: str
    dependencia: str
    acp: str
    pais: str
    ciudad: str
    correo: str
    vigente: bool


@dataclass(frozen=True)
class Categoria:
    """A programme category. `unidades` are the codes of all units in force that spend it."""

    categoria: str
    programa: str
    unidad: str
    grupos: tuple[str, ...]
    acp: str
    area: str
    unidad_ejecutora: str
    unidades: tuple[str, ...]


@dataclass(frozen=True)
class RegistroSigep:
    """A category in a month: vigente at its end and devengado of the month alone, in Bs."""

    categoria: str
    mes: int
    vigente: float
    devengado: float
    tipo_reporte: str


@dataclass(frozen=True)
class Fuente:
    """A source of funds at the cut-off of a quarter, accumulated, in Bs."""

    fuente: str
    descripcion: str
    trimestre: int
    inicial: float
    vigente: float
    ejecutado: float
    tipo_reporte: str


@dataclass(frozen=True)
class MetaSigep:
    """Physical goal of an ACP in a quarter; `programado` is None where SIGEP holds no programme."""

    acp: str
    trimestre: int
    programado: float | None
    ejecutado: float | None


@dataclass(frozen=True)
class CifraHistorica:
    """A published figure of a closed period, never recomputed; percentages in points."""

    cuadro: str
    gestion: int
    periodo: str
    codigo: str
    indicador: str
    valor: float
    informe: str


@dataclass(frozen=True)
class Settings:
    """What the sheet Parametros says, typed."""

    nombre: str
    sigla: str
    codigo: str
    version_plantilla: str
    gestion: int
    metodo: str
    tolerancia: float  # Bs, between two sums that should be equal
    vision: str  # '' where the entity does not state it
    mision: str
    version_semaforo: str
    semaforo: tuple[Banda, ...]
    version_criterio: str
    criterio_dgaa: tuple[Criterio, ...]


@dataclass(frozen=True)
class Entidad(Settings):
    """Everything that the planning office states about the entity and the gestion."""

    areas: tuple[Area, ...]
    acps: tuple[Acp, ...]
    unidades: tuple[Unidad, ...]
    categorias: tuple[Categoria, ...]
    presupuesto: tuple[RegistroSigep, ...]
    fuentes: tuple[Fuente, ...]
    metas: tuple[MetaSigep, ...]
    historico: tuple[CifraHistorica, ...]

    @cached_property
    def vigentes(self) -> tuple[Unidad, ...]:
        """The units that must send a workbook."""
        return tuple(u for u in self.unidades if u.vigente)

    @cached_property
    def by_code(self) -> dict[str, Unidad]:
        """All units by code."""
        return {u.unidad: u for u in self.unidades}

    def categories_of(self, unidad: str) -> tuple[Categoria, ...]:
        """The categories that a unit may report."""
        return tuple(c for c in self.categorias if unidad in c.unidades)

    @property
    def source_codes(self) -> tuple[str, ...]:
        """Codes of the sources of funds, each once, in the order of the sheet."""
        return tuple(dict.fromkeys(f.fuente for f in self.fuentes))

    @property
    def published_thresholds(self) -> bool:
        """Whether the thresholds are those that the worksheet functions carry built in."""
        return self.semaforo == indicators.SEMAFORO_2024 and self.criterio_dgaa == indicators.CRITERIO_DGAA_2024


# The thresholds of Parametros: parameter name -> position in the tables of `indicators`.
SEMAFORO_PARAMETERS = ("semaforo.optimo", "semaforo.satisfactorio", "semaforo.bueno", "semaforo.regular")
CRITERIO_PARAMETERS = ("criterio_dgaa.optimo", "criterio_dgaa.aceptable")
PLAIN_PARAMETERS = (
    ("entidad", "Nombre de la entidad, como sale en los informes."),
    ("sigla", "Sigla de la entidad."),
    ("codigo_entidad", "Código presupuestario de la entidad."),
    ("gestion", "Año del POA."),
    ("version_plantilla", "Versión de la plantilla de las unidades."),
    ("metodo_agregacion", "media: cada nivel es el promedio del nivel de abajo."),
    ("tolerancia_bs", "Diferencia en Bs que se acepta entre dos sumas que deben ser iguales."),
    ("vision", "Horizonte político de la entidad, según su PEI. Puede borrar la fila."),
    ("mision", "Razón de ser de la entidad, según su PEI. Puede borrar la fila."),
)
_DEFAULTS = {"version_plantilla": TEMPLATE_VERSION, "metodo_agregacion": METODOS[0], "tolerancia_bs": "0.01"}
_VERSION = "2024"


def _number_text(value: float) -> str:
    return f"{value:g}"


def default_parameters(facts: Mapping[str, str] | None = None) -> list[dict[str, object]]:
    """Rows of the sheet Parametros: the given facts, our defaults and the published thresholds."""
    values = {**_DEFAULTS, **(facts or {})}
    rows: list[dict[str, object]] = [
        {"parametro": name, "version": None, "trimestre": None, "valor": values.get(name), "nota": note}
        for name, note in PLAIN_PARAMETERS
    ]
    for name, banda in zip(SEMAFORO_PARAMETERS, indicators.SEMAFORO_2024, strict=False):
        note = f"Semáforo DGP: {banda.evaluacion} desde este avance, en puntos."
        rows.append(_threshold(name, None, banda.minimo, note))
    for name, criterio in zip(CRITERIO_PARAMETERS, indicators.CRITERIO_DGAA_2024, strict=False):
        for trimestre, minimo in enumerate(criterio.minimos, start=1):
            note = f"Criterio DGAA: {criterio.evaluacion} desde esta ejecución acumulada, en puntos."
            rows.append(_threshold(name, trimestre, minimo, note))
    return rows


def _threshold(name: str, trimestre: int | None, minimo: float, note: str) -> dict[str, object]:
    return {
        "parametro": name,
        "version": _VERSION,
        "trimestre": trimestre,
        "valor": _number_text(minimo),
        "nota": note,
    }


@dataclass(frozen=True)
class ParameterProblem:
    """A row (or, with no row, a missing parameter) of Parametros that cannot be used."""

    code: str
    parametro: str
    row: int | None = None


class Parameters:
    """The rows of Parametros as typed values; what is missing or wrong gathers in `problems`.

    `rows` maps the Excel row to the record, as `from_rows` takes them.
    """

    def __init__(self, rows: Mapping[int, Row]) -> None:
        self.problems: list[ParameterProblem] = []
        self._rows: dict[tuple[str, int | None], tuple[int, Row]] = {}
        for number, row in rows.items():
            quarter = row.get("trimestre")
            self._rows[(str(row.get("parametro")), int(quarter) if quarter else None)] = (number, row)  # type: ignore[call-overload]

    def text(self, name: str, trimestre: int | None = None) -> str:
        """The value as text; '' where it is missing (a problem) or blank (the schema's own finding)."""
        found = self._rows.get((name, trimestre))
        if found is None:
            self.problems.append(ParameterProblem("PAR-004", name))
            return ""
        return _text(found[1].get("valor")).strip()

    def optional(self, name: str) -> str:
        """The value as text; '' where the entity leaves it out."""
        return self.text(name) if (name, None) in self._rows else ""

    def number(self, name: str, trimestre: int | None = None) -> float:
        """The value as a number, with comma or point; NaN (and a problem) where it is none."""
        text = self.text(name, trimestre)
        try:
            return float(text.replace(",", "."))
        except ValueError:
            if text:
                self._bad("PAR-005", name, trimestre)
            return math.nan

    def version(self, name: str, trimestre: int | None = None) -> str:
        """The version that a threshold belongs to."""
        found = self._rows.get((name, trimestre))
        return str(found[1].get("version") or "") if found else ""

    def reject(self, code: str, name: str, trimestre: int | None = None) -> None:
        """Note that the value of a parameter cannot be used."""
        self._bad(code, name, trimestre)

    def _bad(self, code: str, name: str, trimestre: int | None) -> None:
        found = self._rows.get((name, trimestre))
        self.problems.append(ParameterProblem(code, name, found[0] if found else None))


def _descending(values: Sequence[float]) -> bool:
    """From best to worst. What is no number was said already and counts as in order."""
    return not any(a <= b for a, b in itertools.pairwise(values))


def _bands(parameters: Parameters) -> tuple[Banda, ...]:
    minimums = [parameters.number(name) for name in SEMAFORO_PARAMETERS]
    if not _descending([*minimums, 0.0]):
        parameters.reject("PAR-006", SEMAFORO_PARAMETERS[0])
    published = indicators.SEMAFORO_2024
    changed = tuple(b._replace(minimo=m) for b, m in zip(published, minimums, strict=False))
    return changed + published[len(changed) :]


def _criteria(parameters: Parameters) -> tuple[Criterio, ...]:
    levels = []
    for name, criterio in zip(CRITERIO_PARAMETERS, indicators.CRITERIO_DGAA_2024, strict=False):
        one, two, three, four = (parameters.number(name, t) for t in (1, 2, 3, 4))
        levels.append(criterio._replace(minimos=(one, two, three, four)))
    for quarter in range(4):
        if not _descending([c.minimos[quarter] for c in levels]):
            parameters.reject("PAR-006", CRITERIO_PARAMETERS[0], quarter + 1)
    return (*levels, indicators.CRITERIO_DGAA_2024[-1])


def _text(value: object) -> str:
    return "" if value is None else str(value)


def split_groups(text: object) -> tuple[str, ...]:
    """The names of a cell such as «Embajadas; Representaciones»."""
    return tuple(part.strip() for part in _text(text).split(";") if part.strip())


def _spenders(unidad: str, groups: tuple[str, ...], units: Iterable[Unidad]) -> tuple[str, ...]:
    if unidad:
        return (unidad,)
    wanted = set(groups)
    return tuple(u.unidad for u in units if u.vigente and wanted & {u.area, u.grupo, u.subgrupo, u.servicio})


_UNIT_TEXTS = (
    "unidad",
    "nombre",
    "servicio",
    "grupo",
    "subgrupo",
    "area",
    "dependencia",
    "acp",
    "pais",
    "ciudad",
    "correo",
)


def _units(rows: Iterable[Row]) -> tuple[Unidad, ...]:
    return tuple(
        Unidad(**{field: _text(row.get(field)) for field in _UNIT_TEXTS}, vigente=row.get("vigencia") == "vigente")
        for row in rows
    )


def _category(row: Row, units: tuple[Unidad, ...]) -> Categoria:
    unidad, groups = _text(row.get("unidad")), split_groups(row.get("grupos"))
    return Categoria(
        categoria=_text(row["categoria"]),
        programa=_text(row["programa"]),
        unidad=unidad,
        grupos=groups,
        acp=_text(row["acp"]),
        area=_text(row["area"]),
        unidad_ejecutora=_text(row["unidad_ejecutora"]),
        unidades=_spenders(unidad, groups, units),
    )


def _goal(row: Row) -> MetaSigep:
    planned = row.get("programado")
    number = None if planned is None or planned == SIN_PROGRAMACION else float(str(planned).replace(",", "."))
    done = row.get("ejecutado")
    return MetaSigep(_text(row["acp"]), int(row["trimestre"]), number, None if done is None else float(done))  # type: ignore[call-overload,arg-type]


def _amount(value: object) -> float:
    return 0.0 if value is None else float(value)  # type: ignore[arg-type]


def settings(rows: Mapping[int, Row]) -> tuple[Settings | None, list[ParameterProblem]]:
    """Typed parameters from the rows of Parametros (Excel row -> record); None with any problem."""
    parameters = Parameters(rows)
    semaforo, criterio = _bands(parameters), _criteria(parameters)
    metodo = parameters.text("metodo_agregacion")
    if metodo and metodo not in METODOS:
        parameters.reject("PAR-007", "metodo_agregacion")
    gestion = parameters.number("gestion")
    made = Settings(
        nombre=parameters.text("entidad"),
        sigla=parameters.text("sigla"),
        codigo=parameters.text("codigo_entidad"),
        version_plantilla=parameters.text("version_plantilla"),
        gestion=0 if math.isnan(gestion) else int(gestion),
        metodo=metodo,
        tolerancia=parameters.number("tolerancia_bs"),
        vision=parameters.optional("vision"),
        mision=parameters.optional("mision"),
        version_semaforo=parameters.version(SEMAFORO_PARAMETERS[0]),
        semaforo=semaforo,
        version_criterio=parameters.version(CRITERIO_PARAMETERS[0], 1),
        criterio_dgaa=criterio,
    )
    return (None if parameters.problems else made), parameters.problems


def from_rows(made: Settings, sheets: Mapping[str, Mapping[int, Row]]) -> Entidad:
    """Make the entity of its parameters and of checked rows: sheet key -> Excel row -> record (None: blank)."""
    records = {key: list(rows.values()) for key, rows in sheets.items()}
    units = _units(records["unidades"])
    return Entidad(
        **vars(made),
        areas=tuple(Area(_text(r["area"]), _text(r["nombre"]), _text(r["servicio"])) for r in records["areas"]),
        acps=tuple(
            Acp(_text(r["acp"]), _text(r["amp"]), _text(r["denominacion"]), _text(r["area"])) for r in records["acp"]
        ),
        unidades=units,
        categorias=tuple(_category(r, units) for r in records["categorias"]),
        presupuesto=tuple(
            RegistroSigep(
                _text(r["categoria"]),
                int(r["mes"]),  # type: ignore[call-overload]
                _amount(r["vigente"]),
                _amount(r["devengado"]),
                _text(r["tipo_reporte"]),
            )
            for r in records["presupuesto_sigep"]
        ),
        fuentes=tuple(
            Fuente(
                _text(r["fuente"]),
                _text(r["descripcion"]),
                int(r["trimestre"]),  # type: ignore[call-overload]
                _amount(r["inicial"]),
                _amount(r["vigente"]),
                _amount(r["ejecutado"]),
                _text(r["tipo_reporte"]),
            )
            for r in records["fuentes"]
        ),
        metas=tuple(_goal(r) for r in records["metas_sigep"]),
        historico=tuple(
            CifraHistorica(
                _text(r["cuadro"]),
                int(r["gestion"]),  # type: ignore[call-overload]
                _text(r["periodo"]),
                _text(r["codigo"]),
                _text(r["indicador"]),
                _amount(r["valor"]),
                _text(r["informe"]),
            )
            for r in records["historico"]
        ),
    )
