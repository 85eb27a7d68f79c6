"""What several commands print: findings one a line, the units' summary, the entity's workbook, the progress bar."""

import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from poa_xl import messages
from poa_xl.cells import visible
from poa_xl.checking import observation_rows
from poa_xl.checking.entity_book import CheckedEntity
from poa_xl.cli import terminal
from poa_xl.errors import EntityError
from poa_xl.findings import Finding, Remark, Submission, count
from poa_xl.messages import Severity, Trait, campaign as campaign_words, ledger as ledger_words, unit_answers as words
from poa_xl.messages.atomic import SECOND_NAME
from poa_xl.messages.entity import USED
from poa_xl.progress import Progress

if TYPE_CHECKING:
    from poa_xl.api.copies import ReturnedCopy
    from poa_xl.api.targets import Written
    from poa_xl.object_store import Copies

PLACES_SHOWN = 5
JSON_VERSION = 1


@dataclass(frozen=True)
class Group:
    """Findings of one code in one sheet of one file: the first stands for all."""

    first: Finding
    more: tuple[str, ...]  # the other cells


def group(findings: Iterable[Finding]) -> list[Group]:
    """Gather what repeats, errors first within a file, files in their order."""
    groups: dict[tuple[str, str, str, str], list[Finding]] = {}
    for finding in findings:
        alone = _apart(finding)
        key = (finding.location.file, finding.location.sheet, finding.code, alone)
        groups.setdefault(key, []).append(finding)
    for found in groups.values():
        found.sort(key=lambda f: observation_rows.cell_order(f.location.cell))
    ordered = sorted(groups.values(), key=lambda found: observation_rows.order(found[0]))
    return [Group(found[0], tuple(f.location.cell for f in found[1:])) for found in ordered]


def _apart(finding: Finding) -> str:
    """What keeps a finding out of another's line: all that the line would not say of it."""
    accepted = finding.details.get(messages.EXCEPTED, "")
    if finding.answer:
        return accepted + finding.location.cell + finding.answer
    if messages.has(finding.code, Trait.OWN_LINE) or not finding.location.cell:
        return accepted + finding.location.cell + messages.text(finding)
    error = messages.severity(finding.code) is Severity.ERROR
    return accepted + (finding.details.get("columna", "") + finding.found if error else "")


def line(item: Group) -> str:
    """One finding (or group) in one line: place, severity, code, what was found, what to do."""
    finding = item.first
    where = "!".join(p for p in (finding.location.sheet, finding.location.cell) if p)
    more = ""
    if item.more:
        cells = ", ".join(c for c in item.more[:PLACES_SHOWN] if c)
        rest = "…" if len(item.more) > PLACES_SHOWN else ""
        more = f" (y {len(item.more)} más{': ' + cells + rest if cells else ''})"
    place = "  ".join(p for p in (finding.location.file or "—", where) if p) + more
    severity = messages.word(finding)
    said = f"{place}  {severity} {finding.code}  {messages.text(finding)} → {messages.action(finding)}"
    return visible(f"{said} {words.answer(finding.answer)}" if finding.answer else said)


def findings(found: Iterable[Finding]) -> None:
    """Print findings, grouped, in colour on a terminal."""
    for item in group(found):
        error = messages.word(item.first) == Severity.ERROR
        terminal.say(line(item), fg="red" if error else None)


def remarks(file: str, found: Iterable[Remark]) -> None:
    """What a unit wrote in our sheets and answers nothing that is observed now."""
    for r in found:
        terminal.say(visible(words.remark(file, r.hoja, r.celda, r.about, r.texto)))


def submissions(sent: Sequence[Submission]) -> None:
    """The summary: a line a unit."""
    if any(s.remarks for s in sent):
        terminal.say()
        terminal.say(words.REMARKS)
    for s in sent:
        remarks(s.archivo, s.remarks)
    if not sent:
        return
    width = max(len(title) for title in ("Unidad", *(visible(s.unidad) for s in sent)))
    terminal.say()
    terminal.say(f"{'Unidad':<{width}}  {'Estado':<20} {'Filas':>6} {'Errores':>8} {'Avisos':>7}  Archivo")
    for s in sent:
        counts = f"{s.filas:>6} {s.errores:>8} {s.avisos:>7}"
        terminal.say(f"{visible(s.unidad) or '—':<{width}}  {s.estado:<20} {counts}  {s.archivo}")


def document(
    found: Sequence[Finding], sent: Sequence[Submission], entidad: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Everything for other programs; nothing grouped, in the order in which people read it.

    `entidad` is the workbook of the entity that was used, None where it was none.
    """
    errors, avisos = count(found)
    return {
        "version": JSON_VERSION,
        "entidad": entidad,
        "resumen": {"archivos": len(sent), "errores": errors, "avisos": avisos},
        "entregas": [
            {
                "archivo": s.archivo,
                "sha256": s.sha256,
                "unidad": s.unidad,
                "estado": s.estado,
                "filas": s.filas,
                "errores": s.errores,
                "avisos": s.avisos,
            }
            for s in sent
        ],
        "observaciones": observations(found),
        "respuestas": [item for s in sent for item in remark_items(s.archivo, s.unidad, s.remarks)],
    }


def observations(found: Iterable[Finding]) -> list[dict[str, str]]:
    """Findings for other programs, in the order in which people read them."""
    return [observation_rows.fields(f) for f in sorted(found, key=observation_rows.order)]


def remark_items(file: str, unidad: str, found: Iterable[Remark]) -> list[dict[str, str]]:
    """The same for other programs."""
    return [
        {"archivo": file, "unidad": unidad, "hoja": r.hoja, "celda": r.celda, "sobre": r.about, "texto": r.texto}
        for r in found
    ]


def unusable_entity(error: EntityError) -> None:
    """What was found in a workbook of the entity that cannot be used, and that it cannot."""
    findings(error.findings)
    terminal.say(error.command_text, err=True)


def entity_line(path: Path | str, sha256: str) -> str:
    """The line that says which workbook of the entity was used."""
    return USED.format(ruta=path, sha256=sha256)


def entity_used(checked: CheckedEntity, copies: "Copies | None" = None) -> None:
    """Say which workbook of the entity was used; nothing of one that could not be opened. Of a copy, its address."""
    if checked.book.sha256:
        shown = copies.shown(checked.path) if copies else str(checked.path)
        terminal.say(entity_line(shown, checked.book.sha256))


def entity_document(checked: CheckedEntity | None) -> dict[str, str] | None:
    """The same for other programs; None where none was used."""
    return {"archivo": str(checked.path), "sha256": checked.book.sha256} if checked else None


def second_name(written: "Written") -> None:
    """Say aloud that a file did not get the name that was asked for."""
    if written.why:
        terminal.say(SECOND_NAME.format(porque=written.why, ruta=written.path), fg="yellow", err=True)


def returned_copy(copy: "ReturnedCopy") -> None:
    """Say where the copy of a submission is that goes back to its unit, or why there is none."""
    if copy.why:
        said = ledger_words.COPY_FAILED.format(archivo=copy.archivo, acuse=copy.acuse, motivo=copy.why)
        terminal.say(said, fg="yellow")
    elif copy.path:
        terminal.say(campaign_words.ANNOTATED.format(ruta=copy.path))


def clock(moment: str) -> None:
    """Say that the computer's clock was behind the ledger, which already had a later moment (ISO); '' for none."""
    if moment:
        said = ledger_words.CLOCK_BACK.format(cuando=campaign_words.moment(moment))
        terminal.say(f"    {ledger_words.CLOCK}: {said}", fg="yellow")


@contextmanager
def progress(title: str) -> Iterator[Progress]:
    """A progress bar on a terminal (stderr), nothing elsewhere; yields what is told how many are done, of how many."""
    if not sys.stderr.isatty():
        yield lambda _, __: None
        return
    with terminal.bar(title) as bar:
        yield bar
