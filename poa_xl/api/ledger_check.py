"""Whether everything of a campaign is as it was written, and whether heads of receipts are of its ledger."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from poa_xl import cells
from poa_xl.api import arguments
from poa_xl.campaign import integrity, proof
from poa_xl.campaign.chain import Eslabon
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.integrity import Problema
from poa_xl.campaign.proof import Proof
from poa_xl.campaign.records import Entrega
from poa_xl.errors import WrongUseError
from poa_xl.messages import ledger as words

_HEAD = re.compile(r"[0-9a-f]{16,64}", re.ASCII)


@dataclass(frozen=True)
class LedgerCheck:
    """What was checked: the ledger's proof, what is wrong, and the heads that are of its chain, each with its link.

    `stored` is how many submissions there are; 0 where something is wrong.
    """

    proof: Proof
    problems: tuple[Problema, ...]
    proven: tuple[tuple[str, Eslabon], ...]
    stored: int


def heads(given: str | Sequence[str]) -> list[str]:
    """Heads as they are looked for. WrongUseError for one that is none."""
    found = []
    for text in arguments.texts(given):
        head = "".join(text.split()).lower().rstrip("…")
        if not _HEAD.fullmatch(head):
            raise WrongUseError(words.WRONG_HEAD, cabeza=cells.visible(text))
        found.append(head)
    return found


def check(campana: Campana, wanted: Sequence[str]) -> LedgerCheck:
    """Whether everything of a campaign is as it was written, and these heads are of its chain."""
    proven = proof.of(campana.ledger)
    problems = integrity.problems(campana, proven)
    against = [(head, integrity.of_head(proven, head)) for head in wanted]
    links = [(head, link) for head, problem in against if not problem and (link := proven.place_of(head))]
    problems += [problem for _, problem in against if problem]
    kept = 0 if problems else len(campana.ledger.rows(Entrega))
    return LedgerCheck(proven, tuple(problems), tuple(links), kept)
