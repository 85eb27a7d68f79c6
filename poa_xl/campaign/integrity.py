"""Whether everything that was received is still there as it was, and nothing else: ledger, stored files, receipts."""

from collections.abc import Iterator
from dataclasses import dataclass

from poa_xl import cells
from poa_xl.campaign import baselines, files, issued, proof, receipts
from poa_xl.campaign.folder import Campana
from poa_xl.campaign.proof import Proof
from poa_xl.campaign.records import AcuseEmitido, Ajuste, Entrega
from poa_xl.errors import PoaError
from poa_xl.messages import campaign as words, ledger as ledger_words

# What a killed command leaves, and the next one that receives puts right: nothing of it is lost or wrong.
PENDING = frozenset({"interrumpido", "acuse"})


@dataclass(frozen=True)
class Problema:
    """Something that is not as the ledger says; `clase` is a key of `PROBLEMS` of the words of campaign or ledger."""

    clase: str
    que: str

    @property
    def texto(self) -> str:
        """What is wrong and what to do."""
        said = {**words.PROBLEMS, **ledger_words.PROBLEMS}[self.clase]
        return " ".join(said).format(que=self.que)


def problems(campana: Campana, proven: Proof | None = None) -> list[Problema]:
    """What is wrong with a campaign: its ledger, a file that is missing, changed or not known, a receipt."""
    proven = proven or proof.of(campana.ledger)
    found = [Problema(kind, what) for kind, what in proven.problemas]
    for more in (_of_stored(campana), _of_receipts(campana, sound=not found)):
        try:
            found += more
        except (PoaError, LookupError, TypeError, ValueError):
            if not proven.problemas:  # else it was said of the rows that somebody changed
                found.append(Problema("registro", ledger_words.UNREADABLE))
    return found


def named(campana: Campana) -> dict[str, str]:
    """The files that the ledger names, with their fingerprints: each must be there as it was."""
    settings = campana.ledger.rows(Ajuste)
    rows: list[Entrega | Ajuste] = [*campana.ledger.rows(Entrega), *settings]
    documents = {route: digest for a in settings for route, digest in baselines.kept(a).items()}
    return {**{row.ruta: row.sha256 for row in rows}, **documents}


def _of_stored(campana: Campana) -> Iterator[Problema]:
    there = list(files.kept(campana.folder))  # first: another program may be receiving
    kept = {e.ruta: e.sha256 for e in campana.ledger.rows(Entrega)}
    for route, digest in named(campana).items():
        path = campana.folder / route
        if not path.is_file():
            yield Problema("falta", cells.visible(route))
        elif files.sha256_of(path) != digest:
            yield Problema("cambio", cells.visible(route))
    for path in there:
        route = path.relative_to(campana.folder).as_posix()
        if route not in kept:
            yield Problema("interrumpido" if files.interrupted(path) else "desconocido", cells.visible(route))


def _of_receipts(campana: Campana, *, sound: bool) -> Iterator[Problema]:
    """A receipt is as it was issued, and says what the ledger says, where that was not changed itself."""
    said = {a.archivo: a for a in campana.ledger.rows(AcuseEmitido)}
    place = campana.folder / files.RECEIPTS
    for entrega in campana.ledger.rows(Entrega):
        wanted = receipts.files(campana, entrega)
        if not (wanted.keys() <= said.keys() or receipts.is_plain(campana, entrega)):
            yield Problema("fila-falta", f"acuses {entrega.acuse}")  # they come with the submission or not at all
        if not all((place / name).is_file() for name in wanted):
            yield Problema("acuse", entrega.acuse)
        for name, content in wanted.items():
            digest, issue = files.sha256_of(place / name), said.get(name)
            fits = not (sound and receipts.comparable(issue)) or digest == files.sha256(content)
            if digest and not (fits and (issue is None or issue.sha256 == digest)):
                yield Problema("acuse-cambio", name)
    for name, issue in said.items():
        if issue.entrega is None and files.sha256_of(place / name) != issue.sha256:
            yield Problema("acuse-anterior", name)
    for number in issued.unknown(campana.folder, campana.ledger, campana.ajuste):
        yield Problema("acuse-desconocido", number)
    for name in issued.unknown_copies(campana.folder, campana.ledger, campana.ajuste):
        yield Problema("copia-desconocida", name)


def of_head(proven: Proof, head: str) -> Problema | None:
    """What speaks against a head being part of the ledger; None where it is proven."""
    if not proven.chained:
        return Problema("cabeza-sin-cadena", head)
    link = proven.place_of(head)
    if link is None:
        return Problema("cabeza", head)
    return None if proven.proves(link) else Problema("cabeza-rota", head)
