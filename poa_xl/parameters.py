"""The sheet Parametros: who the entity is, how it aggregates, and the thresholds of its semáforos.

`settings` types the rows, `default_rows` writes the ones that a new entity workbook starts with.
"""

import itertools
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from poa_xl import cells, indicators
from poa_xl.indicators import Banda, Criterio

TEMPLATE_VERSION = "2"
METODOS = ("media",)
_GESTIONES = (2000, 2100)
_LARGEST_TOLERANCE = 1e6  # Bs
Row = Mapping[str, object]


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


# The thresholds of Parametros: parameter name -> position in the tables of `indicators`.
SEMAFORO_PARAMETERS = ("semaforo.optimo", "semaforo.satisfactorio", "semaforo.bueno", "semaforo.regular")
CRITERIO_PARAMETERS = ("criterio_dgaa.optimo", "criterio_dgaa.aceptable")
PLAIN_PARAMETERS = (
    ("entidad", "Nombre de la entidad, como sale en los informes."),
    ("sigla", "Sigla de la entidad."),
    ("codigo_entidad", "Código presupuestario de la entidad."),
    ("gestion", "Año del POA."),
    ("version_plantilla", "Versión de la plantilla de las unidades."),
    ("metodo_agregacion", "media: cada nivel es el promedio del nivel de abajo. Por ahora es el único método."),
    ("tolerancia_bs", "Diferencia en Bs que se acepta entre dos sumas que deben ser iguales."),
    ("vision", "Horizonte político de la entidad, según su PEI. Puede borrar la fila."),
    ("mision", "Razón de ser de la entidad, según su PEI. Puede borrar la fila."),
)
_DEFAULTS = {"version_plantilla": TEMPLATE_VERSION, "metodo_agregacion": METODOS[0], "tolerancia_bs": "0.01"}
_VERSION = "2024"


def _number_text(value: float) -> str:
    return f"{value:g}"


def default_rows(facts: Mapping[str, str] | None = None) -> list[dict[str, object]]:
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
class Problem:
    """A row (or, with no row, a missing parameter) of Parametros that cannot be used."""

    code: str
    parametro: str
    row: int | None = None
    found: str = ""
    expected: str = ""


class Parameters:
    """The rows of Parametros as typed values; what is missing or wrong gathers in `problems`.

    `rows` maps the Excel row to the record, as `from_rows` takes them.
    """

    def __init__(self, rows: Mapping[int, Row]) -> None:
        self.problems: list[Problem] = []
        self._rows: dict[tuple[str, int | None], tuple[int, Row]] = {}
        for number, row in rows.items():
            quarter = row.get("trimestre")
            self._rows[(str(row.get("parametro")), int(quarter) if quarter else None)] = (number, row)  # type: ignore[call-overload]

    def text(self, name: str, trimestre: int | None = None) -> str:
        """The value as text; '' where it is missing (a problem) or blank (the schema's own finding)."""
        found = self._rows.get((name, trimestre))
        if found is None:
            self.problems.append(Problem("PAR-004", name))
            return ""
        return str(found[1].get("valor") or "").strip()

    def optional(self, name: str) -> str:
        """The value as text; '' where the entity leaves it out."""
        return self.text(name) if (name, None) in self._rows else ""

    def number(self, name: str, least: float, most: float, trimestre: int | None = None) -> float:
        """The value as a number within bounds; NaN (and a problem) where it is none."""
        text = self.text(name, trimestre)
        value = _plain_number(text, cells.POINTS if "." in name else cells.BS)  # thresholds have a dot
        if value is None:
            if text:
                self._bad("PAR-005", name, trimestre)
            return math.nan
        if not least <= value <= most:
            self._bad("PAR-008", name, trimestre, expected=f"{least:g} y {most:g}")
            return math.nan
        return value

    def version(self, name: str, trimestre: int | None = None) -> str:
        """The version that a threshold belongs to."""
        found = self._rows.get((name, trimestre))
        return str(found[1].get("version") or "") if found else ""

    def one_version(self, prefix: str) -> None:
        """All thresholds of a semáforo belong to one version."""
        own = [(key, row) for key, (_, row) in self._rows.items() if key[0].startswith(prefix)]
        versions = list(dict.fromkeys(str(row.get("version") or "") for _, row in own))
        if len(versions) > 1:
            odd = next(key for key, row in own if str(row.get("version") or "") == versions[-1])
            self._bad("PAR-009", prefix.rstrip("."), odd[1], row_of=odd, found=", ".join(versions))

    def reject(self, code: str, name: str, trimestre: int | None = None) -> None:
        """Note that the value of a parameter cannot be used."""
        self._bad(code, name, trimestre)

    def _bad(
        self,
        code: str,
        name: str,
        trimestre: int | None,
        *,
        row_of: tuple[str, int | None] | None = None,
        found: str = "",
        expected: str = "",
    ) -> None:
        place = self._rows.get(row_of or (name, trimestre))
        self.problems.append(Problem(code, name, place[0] if place else None, found, expected))


def _plain_number(text: str, unit: str) -> float | None:
    """A number in any of the ways that a cell may hold it; None for anything else, or where it may mean two."""
    try:
        value = float(text)
    except ValueError:
        reading = cells.read(text, "float64", unit)
        return reading.value if isinstance(reading.value, float) else None
    return value if math.isfinite(value) else None


def _descending(values: Sequence[float]) -> bool:
    """From best to worst. What is no number was said already and counts as in order."""
    return not any(a <= b for a, b in itertools.pairwise(values))


def _bands(parameters: Parameters) -> tuple[Banda, ...]:
    minimums = [parameters.number(name, 0, indicators.FULL) for name in SEMAFORO_PARAMETERS]
    if not _descending([*minimums, 0.0]):
        parameters.reject("PAR-006", SEMAFORO_PARAMETERS[0])
    published = indicators.SEMAFORO_2024
    changed = tuple(b._replace(minimo=m) for b, m in zip(published, minimums, strict=False))
    return changed + published[len(changed) :]


def _criteria(parameters: Parameters) -> tuple[Criterio, ...]:
    levels = []
    for name, criterio in zip(CRITERIO_PARAMETERS, indicators.CRITERIO_DGAA_2024, strict=False):
        one, two, three, four = (parameters.number(name, 0, indicators.FULL, t) for t in (1, 2, 3, 4))
        levels.append(criterio._replace(minimos=(one, two, three, four)))
    for quarter in range(4):
        if not _descending([c.minimos[quarter] for c in levels]):
            parameters.reject("PAR-006", CRITERIO_PARAMETERS[0], quarter + 1)
    return (*levels, indicators.CRITERIO_DGAA_2024[-1])


def settings(rows: Mapping[int, Row]) -> tuple[Settings | None, list[Problem]]:
    """Typed parameters from the rows of Parametros (Excel row -> record); None with any problem."""
    parameters = Parameters(rows)
    semaforo, criterio = _bands(parameters), _criteria(parameters)
    metodo = parameters.text("metodo_agregacion")
    if metodo and metodo not in METODOS:
        parameters.reject("PAR-007", "metodo_agregacion")
    for prefix in ("semaforo.", "criterio_dgaa."):
        parameters.one_version(prefix)
    gestion = parameters.number("gestion", *_GESTIONES)
    if not math.isnan(gestion) and gestion % 1:
        parameters.reject("PAR-005", "gestion")
    made = Settings(
        nombre=parameters.text("entidad"),
        sigla=parameters.text("sigla"),
        codigo=parameters.text("codigo_entidad"),
        version_plantilla=parameters.text("version_plantilla"),
        gestion=0 if math.isnan(gestion) else int(gestion),
        metodo=metodo,
        tolerancia=parameters.number("tolerancia_bs", 0, _LARGEST_TOLERANCE),
        vision=parameters.optional("vision"),
        mision=parameters.optional("mision"),
        version_semaforo=parameters.version(SEMAFORO_PARAMETERS[0]),
        semaforo=semaforo,
        version_criterio=parameters.version(CRITERIO_PARAMETERS[0], 1),
        criterio_dgaa=criterio,
    )
    return (None if parameters.problems else made), parameters.problems
