"""Whether everything that was received is still there, and nothing else."""

from dataclasses import dataclass

from poa_xl import cells
from poa_xl.campaign import storing
from poa_xl.campaign.folder import RECEIPTS, Campana
from poa_xl.campaign.records import Ajuste, Entrega
from poa_xl.messages import campaign as words


@dataclass(frozen=True)
class Problema:
    """Something that is not as the ledger says; `clase` is a key of `words.PROBLEMS`."""

    clase: str
    que: str

    @property
    def texto(self) -> str:
        """What is wrong and what to do."""
        return " ".join(words.PROBLEMS[self.clase]).format(que=self.que)


def problems(campana: Campana) -> list[Problema]:
    """What is wrong with a campaign: its ledger, a file that is missing, changed or not known, a receipt."""
    found = [Problema("registro", text) for text in campana.ledger.problems()]
    entregas = campana.ledger.rows(Entrega)
    kept = {e.ruta: e.sha256 for e in entregas}
    for route, digest in {**kept, **{a.ruta: a.sha256 for a in campana.ledger.rows(Ajuste)}}.items():
        path = campana.folder / route
        if not path.is_file():
            found.append(Problema("falta", route))
        elif storing.sha256_of(path) != digest:
            found.append(Problema("cambio", route))
    for path in storing.kept(campana.folder):
        route = path.relative_to(campana.folder).as_posix()
        if route not in kept:
            kind = "interrumpido" if storing.interrupted(path) else "desconocido"
            found.append(Problema(kind, cells.visible(route)))
    for entrega in entregas:
        if not all((campana.folder / RECEIPTS / f"{entrega.acuse}{end}").is_file() for end in (".txt", ".html")):
            found.append(Problema("acuse", entrega.acuse))
    return found
