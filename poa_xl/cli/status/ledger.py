"""What `status --check` says: whether everything is as it was written, and whether a head is of this ledger."""

from poa_xl.api.ledger_check import LedgerCheck
from poa_xl.campaign import chain
from poa_xl.campaign.chain import Eslabon
from poa_xl.campaign.proof import Proof
from poa_xl.cli import terminal
from poa_xl.messages import campaign as words, ledger as ledger_words


def document(done: LedgerCheck) -> dict[str, object]:
    """The check for other programs."""
    proven = done.proof
    return {
        "problemas": [{"clase": p.clase, "que": p.que, "mensaje": p.texto} for p in done.problems],
        "cadena": {
            "tiene": proven.chained,
            "cabeza": proven.head,
            "eslabones": len(proven.eslabones),
            "firmes": proven.firmes,
            "hallados": _count(proven, chain.FOUND),
            "reconstruidos": _count(proven, chain.REBUILT),
            "reloj_atrasado": [{"tabla": e.tabla, "fila": e.fila, "habia": e.reloj} for e in _late_clocks(proven)],
        },
        "cabezas": [{"cabeza": head, "eslabon": link.numero} for head, link in done.proven],
    }


def say(done: LedgerCheck) -> None:
    """What is wrong, or that nothing is; then what the chain and the heads prove."""
    for problem in done.problems:
        terminal.say(problem.texto, fg="red")
    if not done.problems:
        terminal.say(words.sound(done.stored))
    _say_chain(done)
    for head, link in done.proven:
        total = len(done.proof.eslabones)
        terminal.say(ledger_words.PROVEN.format(cabeza=head, numero=link.numero, total=total))
    for late in _late_clocks(done.proof):
        row = ledger_words.ROW.format(tabla=late.tabla, fila=late.fila)
        said = ledger_words.CLOCK_NOTE.format(fila=row, cuando=words.moment(late.reloj))
        terminal.say(said, fg="yellow")


def _say_chain(done: LedgerCheck) -> None:
    proven = done.proof
    if not proven.chained:
        terminal.say(ledger_words.WITHOUT_CHAIN)
    elif proven.firmes == len(proven.eslabones) and not proven.problemas:
        found, rebuilt = _count(proven, chain.FOUND), _count(proven, chain.REBUILT)
        terminal.say(ledger_words.chain(proven.head, len(proven.eslabones), found, rebuilt))
        if not done.proven:
            terminal.say(ledger_words.OUTSIDE)


def _count(proven: Proof, kind: str) -> int:
    return sum(e.clase == kind for e in proven.eslabones)


def _late_clocks(proven: Proof) -> list[Eslabon]:
    return [e for e in proven.eslabones if e.reloj]
