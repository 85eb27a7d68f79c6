"""Receipts that were issued: a ledger that does not know one of them was lost and replaced by an older one.

Whoever went on with such a ledger would give a number a second time, to another submission.
"""

from collections.abc import Iterator
from pathlib import Path

from poa_xl.campaign import receipt_number
from poa_xl.campaign.files import COPIES, RECEIPT_ENDS, RECEIPTS, SUBMISSIONS
from poa_xl.campaign.ledger import LEDGER, Ledger
from poa_xl.campaign.records import AcuseEmitido, Ajuste, Entrega
from poa_xl.errors import PoaError
from poa_xl.messages import ledger as words

_NAMED = 3


def files(folder: Path) -> Iterator[Path]:
    """The receipts in a folder, sorted: files whose names are numbers."""
    return (path for path in _numbered(folder) if path.suffix in RECEIPT_ENDS)


def _numbered(folder: Path) -> Iterator[Path]:
    for path in sorted(folder.iterdir()) if folder.is_dir() else ():
        if receipt_number.well_formed(path.stem):
            yield path


def unknown(folder: Path, book: Ledger, ajuste: Ajuste) -> list[str]:
    """Numbers of receipts of this quarter that lie in the folder and that the ledger does not know."""
    return sorted({p.stem for p in _strange(list(files(folder / RECEIPTS)), book, ajuste)})


def unknown_copies(folder: Path, book: Ledger, ajuste: Ajuste) -> list[str]:
    """Copies with observations of receipts of this quarter that the ledger does not know.

    A ledger that was rebuilt begins after the numbers of the lost one, whose copies stay.
    """
    found = list(_strange(list(_numbered(folder / COPIES)), book, ajuste))
    first = min((e.numero for e in book.rows(Entrega)), default=1)
    return [p.name for p in found if receipt_number.place_of(p.stem)[2] >= first]


def last_place(folder: Path, gestion: int, trimestre: int) -> int:
    """The last place in a ledger of which a receipt or a copy lies in the folder; 0 where there is none."""
    places = [receipt_number.place_of(p.stem) for name in (RECEIPTS, COPIES) for p in _numbered(folder / name)]
    return max((place for *quarter, place in places if quarter == [gestion, trimestre]), default=0)


def _strange(there: list[Path], book: Ledger, ajuste: Ajuste) -> Iterator[Path]:
    """Called with what lies there already: another program writes its row before its receipt."""
    known = {e.acuse for e in book.rows(Entrega)} | {Path(a.archivo).stem for a in book.rows(AcuseEmitido)}
    for path in there:
        if receipt_number.place_of(path.stem)[:2] == (ajuste.gestion, ajuste.trimestre) and path.stem not in known:
            yield path


def lost(folder: Path, book: Ledger, ajuste: Ajuste) -> list[str]:
    """Numbers that were given and that the ledger does not know, as far as the folder shows."""
    copies = (Path(name).stem for name in unknown_copies(folder, book, ajuste))
    return sorted({*unknown(folder, book, ajuste), *copies})


def refuse_unknown(folder: Path, book: Ledger, ajuste: Ajuste) -> None:
    """PoaError where the ledger does not know a receipt that was issued."""
    found = lost(folder, book, ajuste)
    if found:
        raise PoaError(words.BEHIND.format(acuses=_listed(found), carpeta=folder))


def refuse_without_ledger(folder: Path) -> None:
    """PoaError where a campaign was, and its ledger is gone."""
    path = folder / LEDGER
    if (path.is_file() and path.stat().st_size) or not was_here(folder):
        return
    raise PoaError(words.LOST.format(carpeta=folder))


def was_here(folder: Path) -> bool:
    """Whether a folder holds what only a campaign leaves: a receipt or a stored submission."""
    submissions = folder / SUBMISSIONS
    kept = submissions.is_dir() and any(p.is_file() for p in submissions.rglob("*"))
    return kept or any(True for _ in files(folder / RECEIPTS))


def _listed(numbers: list[str]) -> str:
    more = len(numbers) - _NAMED
    shown = ", ".join(numbers[:_NAMED])
    return words.AND_MORE.format(lista=shown, n=more) if more > 0 else shown
