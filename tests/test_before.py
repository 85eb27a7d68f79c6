"""What earlier versions wrote is read as it is, by every command, or is brought over by one that keeps the old file."""

import shutil
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from poa_xl.campaign import folder
from poa_xl.campaign.records import Entrega, Excepcion
from poa_xl.cli import poa_xl
from poa_xl.migration import versions
from tests import campaign_books as books

pytestmark = pytest.mark.slow

SETS = Path(__file__).parent / "before"
CAMPAIGNS = sorted(p.name for p in SETS.glob("campana-v*"))
BOOKS = sorted(p.name for p in SETS.glob("libros-*"))
CAMPAIGN_OF = {  # of which the master and the board are
    "libros-0154746": "campana-v4-0154746",
    "libros-12d777c": "campana-v3-12d777c",
    "libros-908068c": "campana-v3",
    "libros-v2": "campana-v2",
}


@pytest.fixture
def place(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    return Path(shutil.copytree(SETS / request.param, tmp_path / request.param))


def run(*arguments: object) -> tuple[int, str]:
    """(exit code, what was said); whatever is no ordinary end of a command fails the test."""
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (0, 1), result.output
    return result.exit_code, result.output


def contents(place: Path) -> dict[str, bytes]:
    return {p.relative_to(place).as_posix(): p.read_bytes() for p in place.rglob("*") if p.is_file()}


def submissions(place: Path) -> list[Path]:
    return sorted(p for p in (place / "entregas").rglob("*.xls*"))


def test_the_sets_are_there() -> None:
    assert CAMPAIGNS == ["campana-v1", "campana-v2", "campana-v3", "campana-v3-12d777c", "campana-v4-0154746"]
    assert sorted(CAMPAIGN_OF) == BOOKS


# --- campaigns --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", CAMPAIGNS, indirect=True)
def test_commands_that_read_a_campaign_change_nothing_in_it(place: Path, tmp_path: Path) -> None:
    before = contents(place)
    assert run("status", "--campaign", place)[0] == 0
    assert run("status", "--campaign", place, "--check")[0] == 0
    assert run("status", "--campaign", place, "--format", "json")[0] == 0
    boards = ["-o", tmp_path / "t.xlsx", "-o", tmp_path / "t.html"]
    assert run("status", "--campaign", place, *boards, "--reminders", tmp_path / "r")[0] == 0
    assert run("consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx")[0] == 1  # EMB-AR was rejected
    for numero in sorted({p.stem for p in (place / "acuses").iterdir()}):
        assert (place / "acuses" / f"{numero}.txt").read_text(encoding="utf-8") in run(
            "receipt", numero, "--campaign", place
        )[1]
    assert contents(place) == before


@pytest.mark.parametrize("place", CAMPAIGNS, indirect=True)
@pytest.mark.parametrize("command", ["receive", "waive", "campaign"])
def test_commands_that_write_bring_a_campaign_over_and_its_proof_holds(
    place: Path, tmp_path: Path, command: str
) -> None:
    before = contents(place)
    with folder.opened(place) as campana:
        kinds: tuple[Any, ...] = (Entrega, Excepcion)
        rows = [campana.ledger.rows(kind) for kind in kinds]
        version, head = campana.ledger.version, campana.ledger.head()
    to = ["--campaign", place, "--by", "Eva"]
    orders = {
        "receive": ["receive", books.book(tmp_path / "EMB-AR.xlsx", "EMB-AR"), *to],
        "waive": ["waive", "TAR-005", *to, "--unit", "DGAA", "--reason", "nota 1", "--until", "2099-12-31"],
        "campaign": [
            "campaign", place, "--entity", place / "entidad.xlsx", "--quarter", 2, "--deadline", "2024-08-10",
        ],
    }  # fmt: skip
    assert run(*orders[command])[0] == 0
    proof = ["--head", head] if head else []
    code, output = run("status", "--campaign", place, "--check", *proof)
    assert (code, f"La cabeza {head}" in output) == (0, bool(head))
    after = contents(place)
    kept = {name: content for name, content in before.items() if name != "campana.sqlite"}
    assert {name: after[name] for name in kept} == kept
    with folder.opened(place) as campana:
        newer = campana.ledger.version > version
        for found, kind in zip(rows, (Entrega, Excepcion), strict=True):
            assert campana.ledger.rows(kind)[: len(found)] == found
    assert (after.get(f"campana-v{version}.sqlite") == before["campana.sqlite"]) == newer


@pytest.mark.parametrize("place", CAMPAIGNS, indirect=True)
def test_lost_receipts_are_written_again_word_for_word(place: Path) -> None:
    kept = {p.name: p.read_bytes() for p in (place / "acuses").iterdir()}
    shutil.rmtree(place / "acuses")
    for numero in sorted({Path(name).stem for name in kept}):
        assert run("receipt", numero, "--campaign", place)[0] == 0
    assert {p.name: p.read_bytes() for p in (place / "acuses").iterdir()} == kept


@pytest.mark.parametrize("place", CAMPAIGNS, indirect=True)
def test_what_a_campaign_stored_is_validated_annotated_compared_and_received_elsewhere(
    place: Path, tmp_path: Path
) -> None:
    entity = ["--entity", place / "entidad.xlsx"]
    there = submissions(place)
    run("validate", *there, *entity, "--quarter", 2, "--annotate", tmp_path / "copias")
    assert list((tmp_path / "copias").iterdir())
    dgrb = [p for p in there if p.parent.name == "DGRB"]
    run("diff", *dgrb, "-o", tmp_path / "d.xlsx")
    copies = sorted((place / "observaciones").iterdir())
    other = books.campaign(tmp_path / "otra")
    assert run("receive", *copies, "--campaign", other, "--by", "Eva")[0] == 1  # what was wrong in them still is
    assert run("status", "--campaign", other, "--check")[0] == 0


# --- books ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("place", BOOKS, indirect=True)
def test_books_are_validated_consolidated_compared_and_migrated(place: Path, tmp_path: Path) -> None:
    entity, newest = ["--entity", place / "entidad.xlsx"], versions.known().newest.version
    assert run("validate", place / "entidad.xlsx")[0] == 0
    for name in ("DGRB.xlsx", "DGRB-2.xlsx", "EMB-AR.xlsm"):
        run("validate", place / name, *entity, "--annotate", tmp_path / "copias", "--repair")
    (tmp_path / "uno").mkdir()
    shutil.copy(place / "DGRB.xlsx", tmp_path / "uno")
    run("consolidate", tmp_path / "uno", *entity, "--quarter", 2, "-o", tmp_path / "m.xlsx")
    assert run("diff", place / "DGRB.xlsx", place / "DGRB-2.xlsx", "-o", place / "diferencias.xlsx")[0] == 1
    assert run("diff", place / "maestro.xlsx", tmp_path / "m.xlsx", "-o", tmp_path / "d.xlsx")[0] == 1
    for name in ("DGRB.xlsx", "EMB-AR.xlsm"):
        run("migrate", place / name, "--to", newest, *entity, "-o", tmp_path / f"nuevo-{name}")


@pytest.mark.parametrize("place", sorted(set(BOOKS) - {"libros-0154746"}), indirect=True)
def test_books_without_who_answers_for_an_action_are_told_nothing_of_it(place: Path) -> None:
    books = [place / name for name in ("DGRB.xlsx", "DGRB-2.xlsx", "DGAA.xlsx") if (place / name).exists()]
    _, output = run("validate", *books, "--entity", place / "entidad.xlsx", "--quarter", 2)
    assert not [code for code in ("COL-006", "TAR-026", "TAR-027", "TAR-028") if code in output]


@pytest.mark.parametrize("place", BOOKS, indirect=True)
def test_what_we_wrote_is_known_as_ours_and_replaced_where_that_is_asked_for(place: Path, tmp_path: Path) -> None:
    campaign = SETS / CAMPAIGN_OF[place.name]
    copy = Path(shutil.copytree(campaign, tmp_path / "campana"))
    before = contents(place)
    run("consolidate", "--campaign", copy, "-o", place / "maestro.xlsx")
    run("status", "--campaign", copy, "-o", place / "tablero.xlsx", "-o", place / "tablero.html")
    after = contents(place)
    assert set(after) == set(before)
    _, output = run("validate", place / "maestro.xlsx", "--entity", place / "entidad.xlsx")
    assert "LIB-005" in output
