"""The entity of an evaluation: its units, ACPs, categories, SIGEP figures and history.

`Entidad` is what `entidad.xlsx` says, as frozen dataclasses; `from_rows` makes it of rows that were checked.
"""

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from poa_xl import brief, existence, indicators
from poa_xl.existence import Entry, Existencia, Renaming
from poa_xl.level_names import LEVELS
from poa_xl.parameters import QUARTERS, Row, Settings

SIN_PROGRAMACION = indicators.SIN_PROGRAMACION
SERVICIO, GRUPO, ACP = "servicio", "grupo", "acp"  # the levels that an entity may do without


@dataclass(frozen=True)
class Area:
    """An organisational area, in the order of the reports."""

    area: str
    nombre: str
    servicio: str
    peso: float | None = None  # points among the areas of its service


@dataclass(frozen=True)
class Acp:
    """A short-term action and the medium-term action it serves."""

    acp: str
    amp: str
    denominacion: str
    area: str
    peso: float | None = None  # points among all ACPs


@dataclass(frozen=True)
class Unidad:
    """A unit that sends a workbook while it exists."""

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
    vigente: bool  # in force, or it was up to a day: a unit that is neither counts nowhere
    peso: float | None = None  # points among the units of its group or subgroup that exist together
    desde: dt.date | None = None  # its first day; None: since ever
    hasta: dt.date | None = None  # its last day; None: it goes on
    sucesora_de: tuple[str, ...] = ()  # codes of the units that it follows
    cuadro_resultados: str = ""  # in which table of the report its results stand; '': that of its area


@dataclass(frozen=True)
class Categoria:
    """A programme category. `ejecutoras` and `grupos` are named as those that spend it: one of the two is empty.

    `unidades` are the codes of all units that may report it: the only one named, else those in force; and those that
    follow them or that they follow.
    """

    categoria: str
    programa: str
    ejecutoras: tuple[str, ...]
    grupos: tuple[str, ...]
    acp: str
    area: str
    unidad_ejecutora: str
    unidades: tuple[str, ...]

    @property
    def unidad(self) -> str:
        """The only unit that spends it; '' where several units or groups do."""
        return self.ejecutoras[0] if len(self.ejecutoras) == 1 else ""


@dataclass(frozen=True)
class RegistroSigep:
    """A category in a month: vigente at its end and devengado of the month alone, in Bs."""

    categoria: str
    mes: int
    vigente: float
    devengado: float
    tipo_reporte: str
    fila: int = 0  # the Excel row in the entity workbook; 0 where it comes from nowhere else
    numero_reporte: str = ""
    fecha_reporte: dt.date | None = None


@dataclass(frozen=True)
class Fuente:
    """A source of funds at the cut-off of a quarter, accumulated, in Bs; None: the amount is blank."""

    fuente: str
    descripcion: str
    trimestre: int
    inicial: float | None
    vigente: float | None
    ejecutado: float | None
    tipo_reporte: str


@dataclass(frozen=True)
class MetaSigep:
    """Physical goal of an ACP in a quarter; `programado` is None where SIGEP holds no programme."""

    acp: str
    trimestre: int
    programado: float | None
    ejecutado: float | None
    unidad_medida: str = ""  # what it counts; '' where it is not said


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
class Modificacion:
    """What a resolution changes of the approved plan, from month `mes` on.

    `operaciones` empty means all of the units; `tarea` blank all tasks of the operations.
    """

    resolucion: str
    fecha: dt.date
    mes: int
    tipo: str  # one of the closed list of the schema
    unidades: tuple[str, ...]
    operaciones: tuple[str, ...] = ()
    tarea: str = ""
    detalle: str = ""

    def of(self, unidades: Collection[str]) -> "Modificacion | None":
        """The same of these of its units; None where it is of none of them."""
        own = tuple(u for u in self.unidades if u in unidades)
        return replace(self, unidades=own) if own else None


@dataclass(frozen=True)
class Norma:
    """A norm that the report names, and what it establishes."""

    norma: str
    establece: str


@dataclass(frozen=True)
class TextoInforme:
    """A paragraph that the entity writes in its report. `fila` is the Excel row in its workbook."""

    seccion: str
    texto: str
    fila: int


@dataclass(frozen=True, repr=False)
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
    modificaciones: tuple[Modificacion, ...] = ()
    normas: tuple[Norma, ...] = ()
    textos: tuple[TextoInforme, ...] = ()

    def __repr__(self) -> str:
        return brief.line(self, nombre=self.nombre, gestion=self.gestion, unidades=len(self.unidades))

    @cached_property
    def levels(self) -> frozenset[str]:
        """Of the levels that an entity may do without, those that it has: its workbook names them in every row."""
        named = {
            SERVICIO: any(a.servicio for a in self.areas),
            GRUPO: any(u.grupo for u in self.unidades),
            ACP: bool(self.acps),
        }
        return frozenset(level for level, there in named.items() if there)

    @cached_property
    def vigentes(self) -> tuple[Unidad, ...]:
        """The units that count at some time of the gestion."""
        some = {code for trimestre in self._counting for code in self._counting[trimestre]}
        return tuple(u for u in self.unidades if u.unidad in some)

    def until(self, trimestre: int) -> tuple[Unidad, ...]:
        """The units that count in an evaluation up to a quarter (1-4): those that existed on any day up to its end."""
        return tuple(u for u in self.unidades if u.unidad in self._counting[trimestre])

    def senders(self, trimestre: int) -> tuple[Unidad, ...]:
        """The units that must send a workbook of a quarter: those that existed on any day of it."""
        there = self._counting[trimestre]
        return tuple(u for u in self.until(trimestre) if there[u.unidad].in_quarter(self.gestion, trimestre))

    def existence_of(self, unidad: str) -> Existencia:
        """When a unit exists; since its first name, where it was renamed."""
        return self._existences.get(unidad, existence.ALWAYS)

    def current(self, unidad: str, trimestre: int) -> str:
        """What a unit is called at the end of a quarter: its own code, or that to which it was renamed."""
        last = existence.last_day(self.gestion, existence.MONTHS_OF_A_QUARTER * trimestre)
        return existence.current(unidad, self.renamings, last)

    @cached_property
    def successors(self) -> dict[str, tuple[str, ...]]:
        """Unit -> those that follow it."""
        return existence.successors(self._entries)

    @cached_property
    def renamings(self) -> dict[str, Renaming]:
        """Unit -> the code that it has had since a day."""
        return existence.renamings(self._entries)

    @cached_property
    def _entries(self) -> dict[str, Entry]:
        return {u.unidad: Entry(u.desde, u.hasta, u.sucesora_de) for u in self.unidades if u.vigente}

    @cached_property
    def _existences(self) -> dict[str, Existencia]:
        return existence.existences(self._entries)

    @cached_property
    def _counting(self) -> dict[int, dict[str, Existencia]]:
        return {t: existence.counting(self._entries, self.gestion, t) for t in QUARTERS}

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

    @cached_property
    def reported(self) -> dict[str, frozenset[int]]:
        """Category -> the months of which the sheet of SIGEP's figures has a row of it."""
        return months_by_category(
            (c.categoria for c in self.categorias), ((r.categoria, r.mes) for r in self.presupuesto)
        )

    def months_without_report(self, last: int) -> tuple[int, ...]:
        """The months from January to `last` of which SIGEP's figures have no row at all."""
        return absent_months(self.reported.values(), last)

    def gaps(self, last: int) -> dict[str, tuple[int, ...]]:
        """Category -> the months from January to `last` that it lacks and others have."""
        return months_of_others(self.reported, last, self.months_without_report(last))

    @property
    def published_thresholds(self) -> bool:
        """Whether the thresholds are those that the worksheet functions carry built in."""
        return self.semaforo == indicators.SEMAFORO_2024 and self.criterio_dgaa == indicators.CRITERIO_DGAA_2024


def months_by_category(categories: Iterable[str], rows: Iterable[tuple[str, int]]) -> dict[str, frozenset[int]]:
    """Category -> the months of its rows, given as (category, month); rows of other categories are left out."""
    months: dict[str, set[int]] = {category: set() for category in categories}
    for category, mes in rows:
        if category in months:
            months[category].add(mes)
    return {category: frozenset(found) for category, found in months.items()}


def absent_months(reported: Iterable[frozenset[int]], last: int) -> tuple[int, ...]:
    """The months from January to `last` that nobody reports."""
    there = frozenset[int]().union(*reported)
    return tuple(mes for mes in range(1, last + 1) if mes not in there)


def months_of_others(
    reported: Mapping[str, frozenset[int]], last: int, absent: Collection[int]
) -> dict[str, tuple[int, ...]]:
    """Who -> the months from January to `last` that it lacks, but for `absent` ones; who lacks none is left out."""
    missing = {
        who: tuple(mes for mes in range(1, last + 1) if mes not in months and mes not in absent)
        for who, months in reported.items()
    }
    return {who: months for who, months in missing.items() if months}


def _text(value: object) -> str:
    return "" if value is None else str(value)


def split_names(text: object) -> tuple[str, ...]:
    """The names of a cell such as «Embajadas; Representaciones», each once."""
    return tuple(dict.fromkeys(part.strip() for part in _text(text).split(";") if part.strip()))


def _spenders(named: tuple[str, ...], groups: tuple[str, ...], units: Sequence[Unidad]) -> tuple[str, ...]:
    if len(named) == 1:
        found = [*named]
    elif named:
        found = [u.unidad for u in units if u.vigente and u.unidad in named]
    else:
        wanted = set(groups)
        found = [u.unidad for u in units if u.vigente and wanted & {u.area, u.grupo, u.subgrupo, u.servicio}]
    follows = {u.unidad: u.sucesora_de for u in units if u.vigente}
    return existence.kin(found, follows)


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
    "cuadro_resultados",
)


def _units(rows: Iterable[Row]) -> tuple[Unidad, ...]:
    return tuple(
        Unidad(
            **{field: _text(row.get(field)) for field in _UNIT_TEXTS},
            vigente=in_force(row),
            peso=_known(row.get("peso")),
            desde=_day(row.get("desde")),
            hasta=_day(row.get("hasta")),
            sucesora_de=split_names(row.get("sucesora_de")),
        )
        for row in rows
    )


def in_force(row: Row) -> bool:
    """Whether a row of Unidades counts at all: it is in force, or says until when it was."""
    return row.get("vigencia") == "vigente" or row.get("hasta") is not None


def _day(value: object) -> dt.date | None:
    return value if isinstance(value, dt.date) else None


def _category(row: Row, units: tuple[Unidad, ...]) -> Categoria:
    named, groups = split_names(row.get("unidad")), split_names(row.get("grupos"))
    return Categoria(
        categoria=_text(row["categoria"]),
        programa=_text(row["programa"]),
        ejecutoras=named,
        grupos=groups,
        acp=_text(row["acp"]),
        area=_text(row["area"]),
        unidad_ejecutora=_text(row["unidad_ejecutora"]),
        unidades=_spenders(named, groups, units),
    )


def _goal(row: Row) -> MetaSigep:
    return MetaSigep(
        acp=_text(row["acp"]),
        trimestre=int(row["trimestre"]),  # type: ignore[call-overload]
        programado=programme(row.get("programado")),
        ejecutado=_known(row.get("ejecutado")),
        unidad_medida=_text(row.get("unidad_medida")),
    )


def _modification(row: Row) -> Modificacion:
    return Modificacion(
        resolucion=_text(row["resolucion"]),
        fecha=row["fecha"],  # type: ignore[arg-type]
        mes=int(row["mes"]),  # type: ignore[call-overload]
        tipo=_text(row["tipo"]),
        unidades=split_names(row["unidad"]),
        operaciones=split_names(row.get("operacion")),
        tarea=_text(row.get("tarea")),
        detalle=_text(row.get("detalle")),
    )


def programme(value: object) -> float | None:
    """The programme of a goal as its schema accepts it; None where there is none: blank, «Sin Prog.» or 0."""
    return None if value is None or value == SIN_PROGRAMACION else float(str(value).replace(",", ".")) or None


def _known(value: object) -> float | None:
    return None if value is None else float(value)  # type: ignore[arg-type]


def _amount(value: object) -> float:
    return 0.0 if value is None else float(value)  # type: ignore[arg-type]


def from_rows(made: Settings, sheets: Mapping[str, Mapping[int, Row]]) -> Entidad:
    """Make the entity of its parameters and of checked rows: sheet key -> Excel row -> record (None: blank)."""
    records = {key: list(rows.values()) for key, rows in sheets.items()}
    units = _units(records["unidades"])
    entidad = Entidad(
        **vars(made),
        areas=tuple(
            Area(_text(r["area"]), _text(r["nombre"]), _text(r["servicio"]), _known(r.get("peso")))
            for r in records["areas"]
        ),
        acps=tuple(
            Acp(_text(r["acp"]), _text(r["amp"]), _text(r["denominacion"]), _text(r["area"]), _known(r.get("peso")))
            for r in records["acp"]
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
                fila,
                _text(r.get("numero_reporte")),
                _day(r.get("fecha_reporte")),
            )
            for fila, r in sheets["presupuesto_sigep"].items()
        ),
        fuentes=tuple(
            Fuente(
                _text(r["fuente"]),
                _text(r["descripcion"]),
                int(r["trimestre"]),  # type: ignore[call-overload]
                _known(r["inicial"]),
                _known(r["vigente"]),
                _known(r["ejecutado"]),
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
        modificaciones=tuple(_modification(r) for r in records.get("modificaciones", ())),
        normas=tuple(Norma(_text(r["norma"]), _text(r["establece"])) for r in records.get("marco_legal", ())),
        textos=tuple(
            TextoInforme(_text(r["seccion"]), _text(r["texto"]), fila)
            for fila, r in sheets.get("textos_informe", {}).items()
        ),
    )
    absent = tuple(sorted(LEVELS - entidad.levels))
    return replace(entidad, nombres=replace(entidad.nombres, absent=absent)) if absent else entidad
