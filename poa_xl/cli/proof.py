"""What `status --check` says: whether everything is as it was written, and whether a head is of this ledger."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import click

from poa_xl import cells
from poa_xl.campaign import chain, integrity, proof
from poa_xl.campaign.chain import Eslabon
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.integrity import Problema
from poa_xl.campaign.proof import Proof
from poa_xl.campaign.records import Entrega
from poa_xl.cli import terminal
from poa_xl.messages import campaign as words
from poa_xl.messages import ledger as ledger_words

_HEAD = re.compile(r"[0-9a-f]{16,64}", re.ASCII)


@dataclass(frozen=True)
class Comprobado:
    """What was checked: the ledger's proof, what is wrong, and the heads that are of its chain, each with its link."""

    proof: Proof
    problemas: Sequence[Problema]
    probadas: Sequence[tuple[str, Eslabon]]
    guardadas: int  # submissions; 0 where something is wrong


def heads(given: Sequence[str], check: bool) -> list[str]:
    """The heads as they are looked for. UsageError for one that is none."""
    if given and not check:
        raise click.UsageError(ledger_words.HEAD_WITHOUT_CHECK)
    found = []
    for text in given:
        head = "".join(text.split()).lower().rstrip("…")
        if not _HEAD.fullmatch(head):
            raise click.UsageError(ledger_words.WRONG_HEAD.format(cabeza=cells.visible(text)))
        found.append(head)
    return found


def check(campana: Campana, wanted: Sequence[str]) -> Comprobado:
    """Whether everything of a campaign is as it was written, and these heads are of its chain."""
    proven = proof.of(campana.ledger)
    problems = integrity.problems(campana, proven)
    against = [(head, integrity.of_head(proven, head)) for head in wanted]
    links = [(head, link) for head, problem in against if not problem and (link := proven.place_of(head))]
    problems += [problem for _, problem in against if problem]
    kept = 0 if problems else len(campana.ledger.rows(Entrega))
    return Comprobado(proven, problems, links, kept)


def document(done: Comprobado) -> dict[str, object]:
    """The check for other programs."""
    proven = done.proof
    return {
        "problemas": [{"clase": p.clase, "que": p.que, "mensaje": p.texto} for p in done.problemas],
        "cadena": {
            "tiene": proven.chained,
            "cabeza": proven.head,
            "eslabones": len(proven.eslabones),
            "firmes": proven.firmes,
            "hallados": _count(proven, chain.FOUND),
            "reconstruidos": _count(proven, chain.REBUILT),
            "reloj_atrasado": [{"tabla": e.tabla, "fila": e.fila, "habia": e.reloj} for e in _late_clocks(proven)],
        },
        "cabezas": [{"cabeza": head, "eslabon": link.numero} for head, link in done.probadas],
    }


def say(done: Comprobado) -> None:
    """What is wrong, or that nothing is; then what the chain and the heads prove."""
    for problem in done.problemas:
        terminal.say(problem.texto, fg="red")
    if not done.problemas:
        terminal.say(words.sound(done.guardadas))
    _say_chain(done)
    for head, link in done.probadas:
        total = len(done.proof.eslabones)
        terminal.say(ledger_words.PROVEN.format(cabeza=head, numero=link.numero, total=total))
    for late in _late_clocks(done.proof):
        row = ledger_words.ROW.format(tabla=late.tabla, fila=late.fila)
        said = ledger_words.CLOCK_NOTE.format(fila=row, cuando=words.moment(late.reloj))
        terminal.say(said, fg="yellow")


def _say_chain(done: Comprobado) -> None:
    proven = done.proof
    if not proven.chained:
        terminal.say(ledger_words.WITHOUT_CHAIN)
    elif proven.firmes == len(proven.eslabones) and not proven.problemas:
        found, rebuilt = _count(proven, chain.FOUND), _count(proven, chain.REBUILT)
        terminal.say(ledger_words.chain(proven.head, len(proven.eslabones), found, rebuilt))
        if not done.probadas:
            terminal.say(ledger_words.OUTSIDE)


def _count(proven: Proof, kind: str) -> int:
    return sum(e.clase == kind for e in proven.eslabones)


def _late_clocks(proven: Proof) -> list[Eslabon]:
    return [e for e in proven.eslabones if e.reloj]
