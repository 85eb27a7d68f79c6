"""The receipt (acuse) of a submission: text, and a page that prints. Made of the ledger's rows alone, so it can be
written again at any time and says the same. The ledger holds the fingerprint of what was issued.

Receipts of submissions that an upgrade found in the ledger keep the form that they had before there was a chain.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from poa_xl import cells
from poa_xl.campaign import chain, changes, files as campaign_files, receipt_number
from poa_xl.campaign.chain import Eslabon
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.records import REJECTED, AcuseEmitido, Ajuste, Entrega, Observacion
from poa_xl.comparison.wording import cut
from poa_xl.errors import PoaError
from poa_xl.messages import campaign as words, ledger as ledger_words

if TYPE_CHECKING:
    from jinja2 import Environment
    from jinja2.nodes import EvalContext

PLAIN = 1  # the form of a receipt of before there was a chain
FORM = 2  # the present form. Whoever changes what a receipt says, in whatever word, raises it

CELLS_SHOWN = 12
FINDINGS_SHOWN = 40
CHANGES_SHOWN = 20
_LONGEST = 60  # characters of a value


@dataclass(frozen=True)
class Acuse:
    """What a receipt says, part by part."""

    numero: str
    campos: tuple[tuple[str, str], ...]
    cambios: tuple[str, ...]
    observaciones: tuple[tuple[str, str, str], ...]  # weight, place and code, what and what to do
    mas: int  # groups of findings that are not shown
    explicado: str = words.EXPLAINED


def of(campana: Campana, entrega: Entrega) -> Acuse:
    """The receipt of a submission."""
    settings = {a.numero: a for a in campana.ledger.rows(Ajuste)}
    found = campana.ledger.rows(Observacion, "entrega = ?", entrega.numero)
    before = None
    if entrega.reemplaza is not None:
        before = campana.ledger.rows(Entrega, "numero = ?", entrega.reemplaza)[0]
    elif not entrega.vale and entrega.unidad:
        in_force = campana.ledger.rows(
            Entrega, "vale = 1 AND unidad = ? AND numero < ?", entrega.unidad, entrega.numero
        )
        before = in_force[-1] if in_force else None
    grouped = _grouped(found)
    plain = is_plain(campana, entrega)
    fields = _fields(entrega, settings[entrega.ajuste], before)
    return Acuse(
        entrega.acuse,
        tuple(fields if plain else _with_chain(campana, entrega, settings[entrega.ajuste], fields)),
        tuple(change_lines(entrega)),
        grouped[:FINDINGS_SHOWN],
        max(0, len(grouped) - FINDINGS_SHOWN),
        words.EXPLAINED if plain else ledger_words.EXPLAINED,
    )


def is_plain(campana: Campana, entrega: Entrega) -> bool:
    """Whether the receipt of a submission is of before there was a chain."""
    link = campana.ledger.link_of(Entrega, str(entrega.numero))
    return link is None or link.clase == chain.FOUND


def comparable(issue: AcuseEmitido | None) -> bool:
    """Whether a receipt must say, word for word, what one says today. Of others the fingerprint alone tells."""
    return issue is None or issue.forma in (PLAIN, FORM)


def files(campana: Campana, entrega: Entrega) -> dict[str, bytes]:
    """The files of a receipt, by name, and what they say."""
    acuse = of(campana, entrega)
    texts = {".txt": as_text(acuse), ".html": as_html(acuse)}
    return {f"{entrega.acuse}{end}": text.encode("utf-8") for end, text in texts.items()}


def note(campana: Campana, entrega: Entrega) -> None:
    """Write down what the receipt of a submission says; only within `writing`, right after its findings."""
    for name, content in files(campana, entrega).items():
        campana.ledger.add(AcuseEmitido(name, entrega.numero, FORM, campaign_files.sha256(content)))


def by_number(campana: Campana, number: str) -> Entrega:
    """The submission of a receipt's number, which may come without its letters. PoaError where there is none."""
    asked = number.strip().upper()
    found = campana.ledger.rows(Entrega, "acuse = ?", asked)
    if found:
        return found[0]
    near = campana.ledger.rows(Entrega, "acuse LIKE ?", f"{_short(asked)}-__")
    if near and not receipt_number.letters_of(asked):
        return near[0]
    shown = cells.visible(number)
    if campana.ledger.rows(AcuseEmitido, "archivo = ? AND entrega IS NULL", f"{asked}.txt"):
        raise PoaError(ledger_words.OF_THE_LOST.format(numero=shown))
    if near:
        raise PoaError(ledger_words.OTHER_LETTERS.format(numero=shown, hay=near[0].acuse))
    raise PoaError(words.NO_RECEIPT.format(numero=shown))


def _short(number: str) -> str:
    """A number without its letters."""
    return number.removesuffix(f"-{receipt_number.letters_of(number)}")


def _with_chain(
    campana: Campana, entrega: Entrega, ajuste: Ajuste, fields: Sequence[tuple[str, str]]
) -> list[tuple[str, str]]:
    """The fields with what the chain says of the submission."""
    link = campana.ledger.link_of(Entrega, str(entrega.numero))
    said = list(fields)
    if link is not None:
        said += _clock_and_origin(link, ajuste)
        said.append((ledger_words.HEAD, campana.ledger.head_of(entrega)))
    if link is not None and link.clase == chain.REBUILT:
        said = [(name, value) for name, value in said if name != words.FIELDS["quien"]]
    return said


def _clock_and_origin(link: Eslabon, ajuste: Ajuste) -> list[tuple[str, str]]:
    said = []
    if link.clase == chain.REBUILT:
        rebuilt = ledger_words.REBUILT.format(quien=ajuste.quien, cuando=words.moment(ajuste.cuando))
        said.append((ledger_words.ORIGIN, cells.visible(rebuilt)))
    if link.reloj:
        said.append(
            (ledger_words.CLOCK, cells.visible(ledger_words.CLOCK_BACK.format(cuando=words.moment(link.reloj))))
        )
    return said


def _fields(e: Entrega, ajuste: Ajuste, before: Entrega | None) -> list[tuple[str, str]]:
    state = str(e.situacion)
    if e.dia.isoformat() > ajuste.limite:
        state = words.LATE.format(estado=state, limite=words.day(ajuste.limite))
    values = {
        "acuse": e.acuse,
        "entidad": ajuste.entidad,
        "periodo": words.quarter(ajuste),
        "unidad": f"{e.unidad}, {e.nombre}" if e.unidad else words.NO_UNIT,
        "entrada": words.moment(e.entrada) if e.entrada else "",
        "cuando": words.moment(e.cuando),
        "quien": e.quien,
        "archivo": e.archivo,
        "ruta": e.ruta,
        "bytes": words.BYTES.format(n=cells.number(e.bytes, 0)),
        "sha256": e.sha256,
        "sello": e.sello or words.NO_SEAL,
        "plantilla": e.plantilla,
        "estado": f"{state}; {standing(e, before)}",
        "filas": str(e.filas),
        "observaciones": words.counts(e.errores, e.avisos, e.exceptuados),
    }
    names = {**words.FIELDS, "cuando": words.REGISTERED} if e.entrada else words.FIELDS
    return [(names[name], cells.visible(value)) for name, value in values.items() if value]


def standing(e: Entrega, before: Entrega | None, worded: Callable[[str], str] = str) -> str:
    """What a submission means for the one that was in force before it; `worded` names no option where a call asks."""
    if not e.unidad:
        return words.OF_NOBODY
    if e.espera:
        kept = words.KEEPS.format(acuse=before.acuse) if before else words.NONE_YET
        return words.WAITS.format(vigente=kept)
    if before is None:
        return words.FIRST if e.vale else words.NONE_YET
    if e.vale:
        return words.REPLACES.format(acuse=before.acuse)
    if e.duda:
        by_date = (words.OLDER_WORD, words.NEWER_WORD)
        fecha, guardado = by_date if e.fecha_envio < before.fecha_envio else reversed(by_date)
        return words.DISPUTED.format(acuse=before.acuse, fecha=fecha, guardado=guardado)
    if e.otro_trimestre:
        return words.OTHER_QUARTER_KEPT.format(hallado=e.otro_trimestre, acuse=before.acuse)
    return worded(words.KEEPS if e.estado == REJECTED else words.OLDER).format(acuse=before.acuse)


def change_lines(entrega: Entrega) -> list[str]:
    """What changed against the one that it replaced, sheet by sheet, with the first cells."""
    found = changes.from_json(entrega.cambios)
    if found is None:
        return []
    lines = [words.changed(h.hoja, h.agregadas, h.quitadas, len(h.celdas)) for h in found.hojas]
    single = [
        f"{_place(h.hoja, c.celda)} {c.columna}: «{cut(c.antes, _LONGEST)}» → «{cut(c.despues, _LONGEST)}»"
        for h in found.hojas
        for c in h.celdas
    ]
    if len(single) > CHANGES_SHOWN:
        single[CHANGES_SHOWN:] = [words.MORE_CELLS.format(n=len(single) - CHANGES_SHOWN).strip()]
    return [cells.visible(line) for line in (*lines, *single)] or [words.IDENTICAL_CONTENT]


def _place(sheet: str, cell: str) -> str:
    """`Tareas!E5`; the sheet alone where the newer workbook lacks the column."""
    return f"{sheet}!{cell}" if cell else sheet


def _grouped(found: Sequence[Observacion]) -> tuple[tuple[str, str, str], ...]:
    """Findings of one code in one sheet together: the first stands for all, with the cells of the others."""
    groups: dict[tuple[str, str, str], list[Observacion]] = {}
    for o in found:
        groups.setdefault((o.gravedad, o.codigo, o.hoja), []).append(o)
    rows = []
    for (weight, code, sheet), same in groups.items():
        places = [o.celda for o in same if o.celda]
        more = words.MORE_CELLS.format(n=len(places) - CELLS_SHOWN) if len(places) > CELLS_SHOWN else ""
        place = "!".join(part for part in (sheet, ", ".join(places[:CELLS_SHOWN])) if part) + more
        rows.append((weight, f"{place} {code}".strip(), f"{same[0].mensaje} → {same[0].accion}"))
    return tuple(rows)


def as_text(acuse: Acuse) -> str:
    """The receipt as plain text."""
    return _pages().get_template("acuse.txt.j2").render(acuse=acuse, words=words)


def as_html(acuse: Acuse) -> str:
    """The receipt as one page that needs nothing else and runs nothing. All of it is escaped."""
    return _pages().get_template("acuse.html.j2").render(acuse=acuse, words=words)


@cache
def _pages() -> "Environment":
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, pass_eval_context, select_autoescape
    from markupsafe import Markup

    @pass_eval_context
    def escaped(context: "EvalContext", value: object) -> object:
        """As `html` escapes: the engine writes quotation marks otherwise, and the bytes of receipts are in ledgers."""
        return Markup(escape(str(value))) if context.autoescape else value  # noqa: S704 - it is escaped

    return Environment(
        loader=FileSystemLoader(Path(__file__).with_name("receipt_pages")), finalize=escaped,
        autoescape=select_autoescape(["html.j2"]), undefined=StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
