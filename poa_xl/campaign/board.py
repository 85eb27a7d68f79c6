"""The board: what each unit sent, by service, area and group, as plain dataclasses that any writer can show."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from poa_xl import brief, cells, messages
from poa_xl.campaign import baselines
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import REJECTED, Ajuste, Entrega, Excepcion, Observacion
from poa_xl.checking import quarters_without_book
from poa_xl.checking.row_keys import RowKeys, named
from poa_xl.checking.waivers import Waiver
from poa_xl.entity import Entidad, Unidad
from poa_xl.findings import Finding, Location, SubmissionState
from poa_xl.level_names import OwnNames
from poa_xl.messages import EXCEPTED, Severity, Trait, campaign as words

RECEIVED, AVISOS, IN_PART, WAITING, OUT, MISSING = STATES = (
    "recibida",
    "con avisos",
    "en parte",
    "en espera",
    "rechazada",
    "falta",
)
# The states of a submission as the board, which has little room, calls them.
_SHOWN = {
    SubmissionState.ACCEPTED: RECEIVED,
    SubmissionState.WITH_AVISOS: AVISOS,
    SubmissionState.IN_PART: IN_PART,
    SubmissionState.WAITING: WAITING,
    SubmissionState.REJECTED: OUT,
}


@dataclass(frozen=True)
class UnitStatus:
    """A unit on the board. What it sent is blank or 0 where it sent nothing; of a unit of which nothing is in force, it
    is its last rejected submission. `tarde`: the first one that counted came after the deadline; while none counts,
    False. `rechazada_despues`, `antigua_despues` and `dudosa_despues` are receipts of what came after the one in force
    and left it there: the last that was rejected, the last that was older, and the last of which nobody knows; so are
    `otro_trimestre_despues`, which reports another quarter than the campaign's, and `espera`, which waits until the
    planning office accepts what differs from the plan or from an earlier quarter: then the unit's `estado` is that."""

    unidad: str
    nombre: str
    servicio: str
    area: str  # its name
    grupo: str
    correo: str
    estado: str  # one of STATES
    tarde: bool
    cuando: str
    version: int
    errores: int
    avisos: int
    exceptuados: int
    acuse: str
    archivo: str
    rechazada_despues: str
    antigua_despues: str
    dudosa_despues: str = ""
    otro_trimestre_despues: str = ""
    espera: str = ""


@dataclass(frozen=True)
class NoVigente:
    """A submission of a unit that is not on the board: it must not send in the quarter (it is not in force, ended
    before or begins later), or it is no longer in the entity's workbook."""

    unidad: str
    acuse: str


@dataclass(frozen=True)
class SinLibro:
    """A unit that ended before the quarter and whose last workbook does not count in the campaign, as ENT-010 says of
    an evaluation: its last day and the quarters whose figures are missing, in words."""

    unidad: str
    hasta: str
    trimestres: str


@dataclass(frozen=True, repr=False)
class Tablero:
    """The board of a campaign: the units that must send, as the entity orders them, and how many are of each state."""

    entidad: str
    gestion: int
    trimestre: int
    limite: str
    registro: str  # the moment of the last entry of the ledger, ISO
    filas: tuple[UnitStatus, ...]
    totales: dict[str, int]  # every state of STATES
    tarde: int
    sin_unidad: tuple[str, ...]  # receipts of submissions of nobody
    no_vigentes: tuple[NoVigente, ...]
    excepciones: tuple[Excepcion, ...]  # each with the row that it is about, also one of before
    # Number of an exception that the submission in force has no row for -> why.
    caducas: dict[int, str] = field(default_factory=dict)
    plan: int | None = None  # version of the approved plan with which submissions are compared; None: with none
    anterior: int | None = None  # quarter of the campaign with which they are compared; None: with none
    nombres: OwnNames = field(default_factory=OwnNames)  # of the levels
    sin_libro: tuple[SinLibro, ...] = ()

    def __repr__(self) -> str:
        return brief.line(
            self, gestion=self.gestion, trimestre=self.trimestre, limite=self.limite, filas=len(self.filas),
            falta=self.totales.get(MISSING, 0),
        )  # fmt: skip


@dataclass(frozen=True)
class Grupo:
    """The units of a group of an area; of the area, with no name, where the entity has no groups."""

    nombre: str
    filas: tuple[UnitStatus, ...]


@dataclass(frozen=True)
class BoardArea:
    """An area on the board, with its groups. `servicio` is '' where the entity has no services."""

    servicio: str
    nombre: str
    grupos: tuple[Grupo, ...]

    @property
    def filas(self) -> tuple[UnitStatus, ...]:
        """The units of all its groups."""
        return tuple(fila for grupo in self.grupos for fila in grupo.filas)


def of(campana: Campana) -> Tablero:
    """The board as the ledger says now; exceptions that were recorded later count."""
    entidad = campana.entidad
    sent: dict[str, list[Entrega]] = {}
    for entrega in campana.ledger.rows(Entrega):
        sent.setdefault(entrega.unidad, []).append(entrega)
    areas = {a.area: a.nombre for a in entidad.areas}
    ajuste = campana.ajuste
    ordered = _ordered(entidad, ajuste.trimestre)
    filas = tuple(_fila(campana, u, areas.get(u.area, u.area), sent.get(u.unidad, [])) for u in ordered)
    states = Counter(f.estado for f in filas)
    return Tablero(
        ajuste.entidad,
        ajuste.gestion,
        ajuste.trimestre,
        ajuste.limite,
        _last_entry(campana),
        filas,
        {state: states[state] for state in STATES},
        sum(f.tarde for f in filas),
        tuple(e.acuse for e in sent.get("", [])),
        _not_in_force(sent, filas),
        tuple(replace(e, fila=campana.waived_rows.row_of(e) or "") for e in campana.ledger.rows(Excepcion)),
        _lapsed(campana),
        baselines.plan_version(ajuste),
        baselines.previous_quarter(ajuste),
        entidad.nombres,
        _without_book(entidad, ajuste.trimestre, sent),
    )


def _lapsed(campana: Campana) -> dict[int, str]:
    found = {}
    for excepcion in campana.ledger.rows(Excepcion, "celda <> ''"):
        row, current = campana.waived_rows.row_of(excepcion), campana.current_of(excepcion.unidad)
        rows = campana.waived_rows.of(current) if row and current else None
        places = rows.places(row) if rows and row else None
        if places is not None and len(places) != 1:
            found[excepcion.numero] = words.lapse(len(places), known=named(row))
    return found


def _not_in_force(sent: Mapping[str, Sequence[Entrega]], filas: Iterable[UnitStatus]) -> tuple[NoVigente, ...]:
    told = {"", *(f.unidad for f in filas)}
    return tuple(NoVigente(unidad, e.acuse) for unidad in sorted(sent.keys() - told) for e in sent[unidad])


def _without_book(entidad: Entidad, trimestre: int, sent: Mapping[str, Sequence[Entrega]]) -> tuple[SinLibro, ...]:
    there = {unidad for unidad, own in sent.items() if any(e.vale for e in own)}
    found = quarters_without_book.ended(entidad, trimestre, there)
    return tuple(SinLibro(one.unidad.unidad, one.hasta, one.trimestres) for one in found)


def totals(filas: Iterable[UnitStatus]) -> dict[str, int]:
    """How many there are of each state, in the order of STATES."""
    found = Counter(f.estado for f in filas)
    return {state: found[state] for state in STATES}


def areas(filas: Iterable[UnitStatus]) -> list[BoardArea]:
    """The units by area and group, in the order of the board."""
    return [
        BoardArea(servicio, area, tuple(Grupo(name, tuple(own)) for name, own in groupby(rows, key=lambda f: f.grupo)))
        for (servicio, area), rows in groupby(filas, key=lambda f: (f.servicio, f.area))
    ]


def _last_entry(campana: Campana) -> str:
    book = campana.ledger
    moments = [
        *(ajuste.cuando for ajuste in book.rows(Ajuste)),
        *(entrega.cuando for entrega in book.rows(Entrega)),
        *(excepcion.cuando for excepcion in book.rows(Excepcion)),
    ]
    return max(moments, key=dt.datetime.fromisoformat)


def _ordered(entidad: Entidad, trimestre: int) -> list[Unidad]:
    """The units that must send in a quarter: areas as the report orders them, groups as they first appear."""
    areas = {a.area: place for place, a in enumerate(entidad.areas)}
    groups: dict[tuple[str, str], int] = {}
    senders = entidad.senders(trimestre)
    for unidad in senders:
        groups.setdefault((unidad.area, unidad.grupo), len(groups))
    return sorted(senders, key=lambda u: (areas.get(u.area, len(areas)), groups[u.area, u.grupo]))


def _fila(campana: Campana, unidad: Unidad, area: str, sent: Sequence[Entrega]) -> UnitStatus:
    counted = [e for e in sent if e.vale]
    waiting = campana.waiting_of(unidad.unidad)
    shown = counted[-1] if counted else next((e for e in reversed(sent) if e.estado == REJECTED), None)
    errores, avisos, exceptuados = counts(campana, shown) if shown else (0, 0, 0)
    after = [e for e in sent if counted and e.numero > counted[-1].numero]
    left = [e for e in after if e.estado != REJECTED and not e.duda]
    return UnitStatus(
        unidad.unidad,
        unidad.nombre,
        unidad.servicio,
        area,
        unidad.grupo,
        unidad.correo,
        WAITING if waiting else _state(shown, errores, avisos),
        bool(counted) and counted[0].dia > campana.limite,
        shown.momento if shown else "",
        shown.version if shown else 0,
        errores,
        avisos,
        exceptuados,
        shown.acuse if shown else "",
        shown.ruta if shown else "",
        _last([e for e in after if e.estado == REJECTED and not e.espera]),
        _last([e for e in left if not e.otro_trimestre]),
        _last([e for e in after if e.duda]),
        _last([e for e in left if e.otro_trimestre]),
        waiting.acuse if waiting else "",
    )


def _last(sent: Sequence[Entrega]) -> str:
    return sent[-1].acuse if sent else ""


def counts(campana: Campana, entrega: Entrega) -> tuple[int, int, int]:
    """(errors, avisos, excepted) of a submission, with the exceptions of today's ledger."""
    weights = Counter(o.gravedad for o in weighed(campana, entrega))
    return weights[Severity.ERROR.value], weights[Severity.AVISO.value], weights[EXCEPTED]


def weighed(campana: Campana, entrega: Entrega) -> list[Observacion]:
    """The findings of a submission, each with the weight that the exceptions of today's ledger leave it."""
    waivers = [w for w in campana.waivers(entrega.dia) if w.unidad == entrega.unidad]
    found = campana.ledger.rows(Observacion, "entrega = ?", entrega.numero)
    rows = campana.waived_rows.of(entrega) if any(w.cell for w in waivers) else RowKeys(())
    if rows is None:  # the file is gone or is another: what was written down when it was received stands
        return found
    return [_weighed(o, _finding(entrega, o), waivers, rows.of(o.hoja, o.celda)) for o in found]


def undecided(campana: Campana, entrega: Entrega) -> int:
    """How many findings of a submission await a decision, with the exceptions of today's ledger."""
    found = (o for o in weighed(campana, entrega) if o.gravedad == Severity.ERROR.value)
    return sum(messages.has(o.codigo, Trait.AWAITS_DECISION) for o in found)


def _weighed(o: Observacion, finding: Finding, waivers: Iterable[Waiver], row: str) -> Observacion:
    waiver = next((w for w in waivers if w.covers(finding, row, o.found)), None)
    if waiver is None:
        return _not_excepted(o) if o.gravedad == EXCEPTED else o
    if o.gravedad == EXCEPTED:
        return o
    return replace(o, gravedad=EXCEPTED, mensaje=f"{o.mensaje} {cells.visible(waiver.reason)}")


def _not_excepted(o: Observacion) -> Observacion:
    """As it was before an exception of another row was taken for its own, by its address alone."""
    return replace(o, gravedad=messages.severity(o.codigo).value, mensaje=o.found)


def covered(campana: Campana, entrega: Entrega, excepcion: Excepcion) -> int:
    """How many findings of a submission an exception reaches."""
    if excepcion.hasta < entrega.dia.isoformat():
        return 0
    waiver = campana.as_waiver(excepcion)
    rows = campana.waived_rows.of(entrega) if waiver.cell else RowKeys(())
    if rows is None:
        return 0
    found = campana.ledger.rows(Observacion, "entrega = ?", entrega.numero)
    return sum(waiver.covers(_finding(entrega, o), rows.of(o.hoja, o.celda), o.found) for o in found)


def _finding(entrega: Entrega, o: Observacion) -> Finding:
    return Finding(o.codigo, Location(entrega.archivo, o.hoja, o.celda), unidad=entrega.unidad)


def _state(shown: Entrega | None, errores: int, avisos: int) -> str:
    if shown is None:
        return MISSING
    # What was accepted since counts no longer, so the state is that of today; what was rejected stays so.
    state = (
        SubmissionState.REJECTED if shown.estado == SubmissionState.REJECTED else SubmissionState.of(errores, avisos)
    )
    return _SHOWN[state]
