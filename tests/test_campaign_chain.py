"""The ledger proves itself: what anybody changes in it shows, and what cannot show without a head is said."""

import hashlib
import json
import re
import shutil
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

from poa_xl.api import reception
from poa_xl.campaign import chain, folder, receipt_number, schema
from poa_xl.campaign.records import Entrega
from poa_xl.cli import poa_xl
from tests import campaign_attacks as attacks, campaign_books as books
from tests.campaign_attacks import add_link, all_of, openly, quietly, raw
from tests.one_sheet import sheet_of

pytestmark = pytest.mark.slow


def run(*arguments: object) -> tuple[int, str]:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result.exit_code, result.output


@pytest.fixture(scope="module")
def original(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two units, one of them twice, and an exception: rows of every table."""
    place = tmp_path_factory.mktemp("cadena")
    campaign = books.campaign(place)
    run("receive", books.book(place / "1" / "DGRB.xlsx", "DGRB"), "--campaign", campaign, "--by", "Ana")
    wrong = books.book(place / "1" / "EMB-AR.xlsx", "EMB-AR", {books.MONTH: "dos"})
    run("receive", wrong, "--campaign", campaign, "--by", "Ana")
    exception = ["--unit", "DGRB", "--by", "Luis", "--reason", "nota 12", "--until", "2099-12-31"]
    assert run("waive", "TAR-005", "--campaign", campaign, *exception)[0] == 0
    again = books.book(place / "2" / "DGRB.xlsx", "DGRB", {books.MONTH: 7})
    assert run("receive", again, "--campaign", campaign, "--by", "Ana")[0] == 0
    return campaign


@pytest.fixture
def place(original: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(original, tmp_path / "campana"))


def found(place: Path, *heads: str) -> tuple[int, dict[str, str]]:
    """(exit code, class -> what) of `status --check`."""
    wanted = [part for head in heads for part in ("--head", head)]
    code, output = run("status", "--campaign", place, "--check", "--format", "json", *wanted)
    return code, {p["clase"]: p["que"] for p in json.loads(output)["problemas"]}


def heads(place: Path) -> list[str]:
    """The heads that the receipts print, in their order."""
    texts = [p.read_text(encoding="utf-8") for p in sorted((place / "acuses").glob("*.txt"))]
    return [re.search(r"^Cabeza de la cadena: +([0-9a-f]{64})$", text, re.MULTILINE)[1] for text in texts]  # type: ignore[index]


# --- clean neighbours -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "harmless",
    [
        openly(),
        openly("VACUUM"),
        openly("PRAGMA wal_checkpoint(TRUNCATE)"),
        openly("REINDEX"),
        openly("CREATE TEMP TRIGGER t AFTER INSERT ON entregas BEGIN SELECT 1; END"),
        openly("CREATE TEMP VIEW v AS SELECT * FROM entregas"),
    ],
    ids=["nothing", "vacuum", "checkpoint", "reindex", "temp trigger", "temp view"],
)
def test_what_changes_no_row_raises_nothing(place: Path, harmless: attacks.Attack) -> None:
    harmless(place)
    assert found(place, *heads(place)) == (0, {})


def test_the_check_says_the_head_and_what_only_a_head_held_elsewhere_shows(place: Path) -> None:
    code, output = run("status", "--campaign", place, "--check")
    with folder.opened(place) as campana:
        head = campana.ledger.head()
    assert code == 0
    assert f"cabeza {head}." in output
    assert "solo lo muestra una cabeza guardada fuera de esta carpeta" in output


# --- what shows -------------------------------------------------------------------------------------------

WAIVER = "INSERT INTO excepciones VALUES ({n}, '2024-07-09T11:00:00-04:00', 'La Directora', 'EMB-AR', 'PRE-006', '', '', 'x', '2099-12-31', '')"
LATER = "UPDATE entregas SET cuando = '2024-07-01T08:00:00-04:00' WHERE numero = 2"
REPLACE = "INSERT OR REPLACE INTO excepciones VALUES (1, '2024-07-09T11:00:00-04:00', 'La Directora', 'DGRB', 'TAR-005', '', '', 'x', '2099-12-31', '')"


def erase_the_newest(place: Path) -> None:
    """Rows, stored file and receipt; the chain is left alone."""
    with attacks.without_triggers(place) as connection:
        number, route = connection.execute("SELECT acuse, ruta FROM entregas WHERE numero = 3").fetchone()
        for table, column in (("acuses", "entrega"), ("observaciones", "entrega"), ("entregas", "numero")):
            connection.execute(f"DELETE FROM {table} WHERE {column} = 3")
    (place / route).unlink()
    for end in (".txt", ".html"):
        (place / "acuses" / f"{number}{end}").unlink()


def swap_stored_file(place: Path) -> None:
    """Another workbook under the stored name, and its fingerprint in the row."""
    with attacks.without_triggers(place) as connection:
        (route,) = connection.execute("SELECT ruta FROM entregas WHERE numero = 1").fetchone()
        (place / route).write_bytes((place / route).read_bytes() + b" ")
        digest = hashlib.sha256((place / route).read_bytes()).hexdigest()
        connection.execute("UPDATE entregas SET sha256 = ? WHERE numero = 1", (digest,))


def renumber(place: Path) -> None:
    """The two waivers of a campaign change places, so that each has the key of the other."""
    quietly(
        "UPDATE observaciones SET orden = 900 WHERE entrega = 1 AND orden = 0",
        "UPDATE observaciones SET orden = 0 WHERE entrega = 1 AND orden = 1",
        "UPDATE observaciones SET orden = 1 WHERE entrega = 1 AND orden = 900",
    )(place)


def insert_in_the_middle(place: Path) -> None:
    openly(WAIVER.format(n=2))(place)
    add_link(place, "excepciones", "2", numero=5)


def insert_as_found(place: Path) -> None:
    """A row that pretends to be older than the chain."""
    openly(WAIVER.format(n=2))(place)
    add_link(place, "excepciones", "2", kind=chain.FOUND)


def other_number(place: Path) -> None:
    """A receipt's number with other letters, in a chain computed anew from there."""
    quietly("UPDATE entregas SET acuse = '2024-2T-0001-6-AA' WHERE numero = 1")(place)
    attacks.rewrite_chain(place)


def swap_tables(place: Path) -> None:
    quietly(
        "ALTER TABLE copias RENAME TO aparte",
        "ALTER TABLE acuses RENAME TO copias",
        "ALTER TABLE aparte RENAME TO acuses",
    )(place)


def back_to_the_first_version(place: Path) -> None:
    """Everything that came with the chain is taken out, as far as statements go."""
    with attacks.without_triggers(place) as connection:
        for table in ("cadena", "copias", "acuses"):
            connection.execute(f"DROP TABLE {table}")
        connection.execute("ALTER TABLE entregas DROP COLUMN llegada")
        connection.execute("ALTER TABLE excepciones DROP COLUMN fila")
        connection.execute("PRAGMA user_version = 1")
        for table in ("cadena", "copias", "acuses"):  # so that their triggers can be put back, and taken out again
            connection.execute(f"CREATE TABLE {table} (a)")
    with raw(place) as connection:
        for table in ("cadena", "copias", "acuses"):
            connection.execute(f"DROP TABLE {table}")


def schema_order(order: str) -> attacks.Attack:
    """An order on `sqlite_master` itself."""
    return openly("PRAGMA writable_schema = ON", order, "PRAGMA writable_schema = RESET")


def cut_within_a_submission(place: Path) -> None:
    """The last links and their rows, which say what its receipt must be."""
    quietly(
        "DELETE FROM acuses WHERE entrega = 3",
        "DELETE FROM cadena WHERE numero > (SELECT max(numero) FROM cadena WHERE tabla = 'observaciones')",
    )(place)


def last_receipt(place: Path) -> None:
    """The words of the newest receipt, and the last link, which says what they must be: nothing comes after it."""
    with attacks.without_triggers(place) as connection:
        name, last = connection.execute(
            "SELECT fila, numero FROM cadena WHERE tabla = 'acuses' ORDER BY numero DESC LIMIT 1"
        ).fetchone()
        path = place / "acuses" / name
        path.write_bytes(path.read_bytes().replace(b"aceptada", b"rechazada"))
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        connection.execute("UPDATE acuses SET sha256 = ? WHERE archivo = ?", (digest, name))
        connection.execute("DELETE FROM cadena WHERE numero >= ?", (last,))
    add_link(place, "acuses", name)


def other_body(place: Path) -> None:
    openly(
        "DROP TRIGGER entregas_no_cambia",
        "CREATE TRIGGER entregas_no_cambia BEFORE UPDATE ON entregas WHEN 0 BEGIN SELECT RAISE(ABORT, 'no se cambia'); END",
    )(place)


ATTACKS = {
    "dates updated, triggers back": (quietly(LATER), {"fila-cambio"}),
    "unit of a submission": (quietly("UPDATE entregas SET unidad = 'DGAA' WHERE numero = 1"), {"fila-cambio"}),
    "text of a finding": (quietly("UPDATE observaciones SET mensaje = 'nada' WHERE entrega = 1"), {"fila-cambio"}),
    "deadline": (quietly("UPDATE ajustes SET limite = '2030-01-01'"), {"fila-cambio"}),
    "replaced with triggers in place": (openly(REPLACE), {"fila-cambio"}),
    "triggers gone": (openly("DROP TRIGGER entregas_no_cambia", "DROP TRIGGER cadena_no_se_borra"), {"esquema"}),
    "trigger with another body": (other_body, {"esquema"}),
    "trigger rewritten in the schema": (
        schema_order("UPDATE sqlite_master SET sql = replace(sql, 'UPDATE ON', 'UPDATE OF quien ON') WHERE name = 'ajustes_no_cambia'"),
        {"esquema"},
    ),
    "trigger taken out of the schema": (
        schema_order("DELETE FROM sqlite_master WHERE name = 'excepciones_no_se_borra'"), {"esquema"},
    ),
    "check taken out of the schema": (
        schema_order("UPDATE sqlite_master SET sql = replace(sql, 'CHECK (vale IN (0, 1)', 'CHECK (1 OR (1)') WHERE name = 'entregas'"),
        {"esquema"},
    ),
    "view": (openly("CREATE VIEW v AS SELECT * FROM entregas"), {"esquema"}),
    "more triggers": (
        openly("CREATE TRIGGER t AFTER INSERT ON entregas BEGIN INSERT INTO copias VALUES (NEW.numero, '', 'hecha', ''); END"),
        {"esquema"},
    ),
    "column added": (openly("ALTER TABLE entregas ADD COLUMN otra TEXT"), {"esquema"}),
    "table added": (openly("CREATE TABLE otra (a)"), {"esquema"}),
    "index dropped": (openly("DROP INDEX entregas_por_huella"), {"esquema"}),
    "column renamed": (openly("ALTER TABLE excepciones RENAME COLUMN motivo TO razon"), {"esquema", "registro"}),
    "tables swapped": (swap_tables, {"esquema", "registro"}),
    "newest erased": (erase_the_newest, {"fila-falta"}),
    "waiver deleted": (quietly("DELETE FROM excepciones"), {"fila-falta"}),
    "waiver in another's name": (openly(WAIVER.format(n=2)), {"fila-suelta"}),
    "waiver in the middle with its link": (insert_in_the_middle, {"eslabon"}),
    "waiver as if found by an upgrade": (insert_as_found, {"eslabon"}),
    "rows renumbered": (renumber, {"fila-cambio"}),
    "number of a submission": (
        quietly("PRAGMA foreign_keys = OFF", "UPDATE entregas SET numero = 77 WHERE numero = 2"),
        {"fila-falta", "fila-suelta", "registro"},
    ),
    "stored file and its fingerprint swapped": (swap_stored_file, {"fila-cambio"}),
    "chain emptied": (quietly("DELETE FROM cadena"), {"fila-suelta"}),
    "tail of the chain cut": (quietly("DELETE FROM cadena WHERE numero > 8"), {"fila-suelta"}),
    "link taken out": (quietly("DELETE FROM cadena WHERE numero = 4"), {"eslabon", "fila-suelta"}),
    "link changed": (quietly("UPDATE cadena SET reloj = '2030-01-01T00:00:00+00:00' WHERE numero = 4"), {"eslabon"}),
    "fingerprint in a link": (quietly(f"UPDATE cadena SET huella = '{'a' * 64}' WHERE numero = 4"), {"eslabon"}),
    "links in another order": (
        quietly("UPDATE cadena SET numero = 900 WHERE numero = 3", "UPDATE cadena SET numero = 3 WHERE numero = 4",
                "UPDATE cadena SET numero = 4 WHERE numero = 900"),
        {"eslabon"},
    ),
    "row and link, without the later links": (
        all_of(quietly(LATER, "DELETE FROM cadena WHERE tabla = 'entregas' AND fila = '2'"), lambda p: add_link(p, "entregas", "2")),
        {"eslabon", "numero"},
    ),
    "cut within a submission": (cut_within_a_submission, {"fila-falta"}),
    "newest receipt and its link": (last_receipt, {"acuse-cambio"}),
    "letters of a number": (other_number, {"numero", "acuse"}),
    "what a receipt must say": (quietly(f"UPDATE acuses SET sha256 = '{'0' * 64}'"), {"fila-cambio", "acuse-cambio"}),
    "chain taken out, and the version put back": (back_to_the_first_version, {"sin-cadena"}),
    "bytes that are no text": (quietly("UPDATE excepciones SET motivo = CAST(x'ff00' AS TEXT)"), {"fila-cambio"}),
}  # fmt: skip


@pytest.mark.parametrize("name", ATTACKS)
def test_what_is_changed_in_the_ledger_shows(place: Path, name: str) -> None:
    attack, wanted = ATTACKS[name]
    attack(place)
    code, output = run("status", "--campaign", place, "--check", "--format", "json")
    shown = {p["clase"] for p in json.loads(output)["problemas"]}
    assert code == 1
    assert wanted <= shown
    assert run("status", "--campaign", place, "--check")[0] == 1


def test_one_cause_is_told_once(place: Path) -> None:
    quietly("UPDATE observaciones SET mensaje = 'nada'")(place)
    code, problems = found(place)
    assert (code, set(problems)) == (1, {"fila-cambio"})
    assert problems["fila-cambio"].startswith("observaciones 1/0 (eslabón 3), observaciones 1/1")


@pytest.mark.parametrize("name", ["dates updated, triggers back", "triggers gone", "waiver in another's name"])
def test_no_master_is_made_of_a_ledger_that_somebody_changed(place: Path, tmp_path: Path, name: str) -> None:
    ATTACKS[name][0](place)
    result = CliRunner().invoke(poa_xl, ["consolidate", "--campaign", str(place), "-o", str(tmp_path / "m.xlsx")])
    assert "no está como se escribió" in str(result.exception)
    assert not (tmp_path / "m.xlsx").exists()


@pytest.mark.parametrize(
    ("order", "said"),
    [("PRAGMA application_id = 7", "no dice ser el registro"), ("PRAGMA user_version = 9", "es de otra versión")],
)
def test_a_ledger_with_another_mark_is_refused(place: Path, order: str, said: str) -> None:
    openly(order)(place)
    result = CliRunner().invoke(poa_xl, ["status", "--campaign", str(place), "--check"])
    assert result.exit_code != 0
    assert said in str(result.exception)


def test_a_ledger_that_says_it_is_of_the_first_version_is_not_believed(place: Path, tmp_path: Path) -> None:
    openly("PRAGMA user_version = 1")(place)
    code, problems = found(place)
    assert (code, "sobra la tabla cadena" in problems["esquema"]) == (1, True)
    before = (place / "campana.sqlite").read_bytes()
    sent = books.book(tmp_path / "DGAA.xlsx", "DGAA")
    result = CliRunner().invoke(poa_xl, ["receive", str(sent), "--campaign", str(place)])
    assert "no está como ella lo dejó" in str(result.exception)
    assert (place / "campana.sqlite").read_bytes() == before


# --- receipts ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("end", [".txt", ".html"])
@pytest.mark.parametrize(("old", "new"), [("aceptada", "rechazada"), ("DGRB", "DGRC"), ("\n", "\r\n"), ("", " ")])
def test_a_receipt_whose_words_were_changed_shows_and_is_not_replaced(
    place: Path, end: str, old: str, new: str
) -> None:
    receipt = sorted((place / "acuses").glob(f"*{end}"))[0]
    receipt.write_bytes(receipt.read_bytes().replace(old.encode(), new.encode(), 1))
    changed = receipt.read_bytes()
    assert found(place) == (1, {"acuse-cambio": receipt.name})
    result = CliRunner().invoke(poa_xl, ["receipt", receipt.stem, "--campaign", str(place)])
    assert "alguien lo cambió" in str(result.exception)
    assert "ACUSE DE RECIBO" in result.output  # what the ledger says is shown all the same
    assert receipt.read_bytes() == changed


def test_a_lost_receipt_is_not_written_with_words_that_it_did_not_have(place: Path, tmp_path: Path) -> None:
    """Whoever changes a row and takes its receipt away gets no new one from the program."""
    lost = [p for p in (place / "acuses").iterdir() if p.name.startswith("2024-2T-0002")]
    for path in lost:
        path.unlink()
    quietly(LATER)(place)
    sent = books.book(tmp_path / "DGAA.xlsx", "DGAA")
    for order in (["receipt", lost[0].stem], ["receive", str(sent)]):
        result = CliRunner().invoke(poa_xl, [*order, "--campaign", str(place)])
        assert "ya no dice lo que decía cuando se dio el acuse" in str(result.exception)
        assert not any(path.exists() for path in lost)


def test_a_receipt_that_nobody_gave_shows(place: Path) -> None:
    number = receipt_number.number(2024, 2, 9, "AA")
    (place / "acuses" / f"{number}.txt").write_text("aceptada", encoding="utf-8")
    (place / "acuses" / "LEAME.txt").write_text("de la oficina", encoding="utf-8")
    (place / "acuses" / f"{receipt_number.number(2024, 1, 9)}.txt").write_text("de otra campaña", encoding="utf-8")
    assert found(place) == (1, {"acuse-desconocido": number})


def test_each_receipt_ends_in_letters_of_its_row_and_is_found_with_or_without_them(place: Path) -> None:
    with folder.opened(place) as campana:
        rows = campana.ledger.rows(Entrega)
        for row in rows:
            link = campana.ledger.link_of(Entrega, str(row.numero))
            assert link is not None
            columns = [(name, getattr(row, name)) for name in schema.columns(schema.VERSION)["entregas"]]
            assert receipt_number.letters_of(row.acuse) == chain.letters("entregas", columns, link.anterior)
    short = rows[0].acuse[:-3]
    assert receipt_number.well_formed(short)
    for asked in (rows[0].acuse, short, rows[0].acuse.lower()):
        code, output = run("receipt", asked, "--campaign", place)
        assert (code, f"Número:                   {rows[0].acuse}" in output) == (0, True)
    other = short + ("-AA" if not rows[0].acuse.endswith("AA") else "-CC")
    result = CliRunner().invoke(poa_xl, ["receipt", other, "--campaign", str(place)])
    assert "lo dio otra copia de la campaña" in str(result.exception)


def test_copies_of_a_campaign_that_went_on_by_themselves_share_no_number(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same files, received at the same moment by the same person, in another order. All of it is fixed: two
    characters leave one chance in 676 that a pair is the same."""
    monkeypatch.setattr(reception, "now", lambda: books.BEFORE)
    monkeypatch.setattr("poa_xl.campaign.dates.written", lambda _: "2024-07-04T10:00:00-04:00")
    place = books.campaign(tmp_path)
    other = Path(shutil.copytree(place, tmp_path / "otra"))
    one, more = books.book(tmp_path / "DGAA.xlsx", "DGAA"), books.book(tmp_path / "CON-JJ.xlsx", "CON-JJ")
    last = books.book(tmp_path / "CG-SP.xlsx", "CG-SP")
    for campaign, files in ((place, (one, more, last)), (other, (more, one, last))):
        for file in files:
            assert run("receive", file, "--campaign", campaign, "--by", "Ana")[0] == 0
    numbers = []
    for campaign in (place, other):
        with folder.opened(campaign) as campana:
            numbers.append({e.acuse for e in campana.ledger.rows(Entrega)})
    assert len(numbers[0]) == len(numbers[1]) == 3
    assert not numbers[0] & numbers[1]


# --- heads ------------------------------------------------------------------------------------------------


def test_the_head_of_every_receipt_is_proven_whole_or_by_its_first_16_digits(place: Path) -> None:
    shown = heads(place)
    assert len(set(shown)) == 3
    for head in (*shown, shown[0][:16], shown[1].upper(), f"{shown[2][:32]} {shown[2][32:]}"):
        code, output = run("status", "--campaign", place, "--check", "--head", head)
        assert (code, "es de esta cadena: eslabón" in output) == (0, True)
    code, output = run("status", "--campaign", place, "--check", "--head", shown[0], "--head", shown[2])
    assert (code, output.count("es de esta cadena")) == (0, 2)


def test_the_page_of_a_receipt_prints_the_same_head(place: Path) -> None:
    pages = [p.read_text(encoding="utf-8") for p in sorted((place / "acuses").glob("*.html"))]
    assert [f"<td>{head}</td>" in page for head, page in zip(heads(place), pages, strict=True)] == [True] * 3


def test_the_head_of_a_master_is_that_of_its_submissions_whatever_is_received_meanwhile(
    place: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from poa_xl.campaign import in_force, intake
    from poa_xl.campaign.intake import Orden

    with folder.opened(place) as campana:
        head = campana.ledger.head()
    whole = in_force.of

    def of(campana: folder.Campana) -> list[Entrega]:
        with folder.opened(place) as other:
            intake.receive(other, books.book(tmp_path / "DGAA.xlsx", "DGAA"), Orden("Ana", books.AFTER))
        return whole(campana)

    monkeypatch.setattr(in_force, "of", of)
    run("consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx")
    book = openpyxl.load_workbook(tmp_path / "m.xlsx")
    cover = {r[0]: r[1] for r in book["Portada"].iter_rows(max_col=2, values_only=True)}
    assert cover["Cabeza de la cadena del registro"] == head
    assert cover["Archivos recibidos"] == 2


def test_a_receipts_head_covers_its_row_and_all_its_findings(place: Path) -> None:
    with folder.opened(place) as campana:
        first = campana.ledger.rows(Entrega)[0]
        links = {e.hash: e for e in campana.ledger.rows(chain.Eslabon)}
    link = links[heads(place)[0]]
    assert link.tabla == "observaciones"
    assert link.fila.startswith(f"{first.numero}/")
    assert link.numero == max(e.numero for e in links.values() if e.fila.startswith(f"{first.numero}/"))


@pytest.mark.parametrize("wrong", ["", "abc", "0" * 15, "0" * 65, "g" * 64, "no es"])
def test_what_is_no_head_is_wrong_usage(place: Path, wrong: str) -> None:
    code, output = run("status", "--campaign", place, "--check", "--head", wrong)
    assert (code, "bastan las primeras 16" in output) == (2, True)


def test_a_head_without_a_check_is_wrong_usage(place: Path) -> None:
    code, output = run("status", "--campaign", place, "--head", "0" * 64)
    assert (code, "--check" in output) == (2, True)


def test_the_head_of_another_campaign_is_not_of_this_one(place: Path) -> None:
    code, output = run("status", "--campaign", place, "--check", "--head", "0" * 64)
    assert (code, "Ninguna fila del registro tiene la cabeza" in output) == (1, True)


def test_a_tail_cut_with_its_links_shows_only_by_a_head_that_somebody_holds(place: Path) -> None:
    held = heads(place)
    attacks.cut_tail(place, 3)
    assert found(place) == (0, {})
    assert found(place, held[0]) == (0, {})
    code, problems = found(place, held[2])
    assert (code, set(problems)) == (1, {"cabeza"})


def test_a_ledger_written_anew_shows_only_by_a_head_that_somebody_holds(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whoever has the program can make a whole campaign in which somebody else accepted the finding."""
    monkeypatch.setattr(reception, "now", lambda: books.BEFORE)
    sent = [books.book(tmp_path / f"{u}.xlsx", u) for u in ("DGRB", "DGAA")]
    made = []
    for who in ("Luis", "La Directora"):
        made.append(books.campaign(tmp_path / who))
        exception = ["--unit", "DGRB", "--by", who, "--reason", "nota 12", "--until", "2099-12-31"]
        run("receive", sent[0], "--campaign", made[-1], "--by", "Ana")
        assert run("waive", "TAR-005", "--campaign", made[-1], *exception)[0] == 0
        run("receive", sent[1], "--campaign", made[-1], "--by", "Ana")
    held = heads(made[0])
    assert found(made[0], *held) == (0, {})
    assert found(made[1]) == (0, {})
    assert found(made[1], held[0]) == (0, {})  # the exception came later
    assert found(made[1], held[1]) == (1, {"cabeza": held[1]})


def test_a_chain_computed_anew_by_who_cannot_write_receipts_shows(place: Path) -> None:
    """Numbers and words of all later receipts hang on the chain."""
    quietly("UPDATE excepciones SET quien = 'La Directora'")(place)
    attacks.rewrite_chain(place)
    code, problems = found(place)
    assert (code, "entregas 3 " in problems["numero"]) == (1, True)


def test_a_head_behind_a_row_that_was_changed_proves_nothing(place: Path) -> None:
    held = heads(place)
    quietly("UPDATE excepciones SET quien = 'La Directora'")(place)
    code, problems = found(place, *held)
    assert (code, problems["cabeza-rota"]) == (1, held[2])
    assert "cabeza" not in problems
    _, output = run("status", "--campaign", place, "--check", "--head", held[0], "--format", "json")
    assert [c["cabeza"] for c in json.loads(output)["cabezas"]] == [held[0]]


def test_the_cover_of_the_master_prints_the_head_and_it_is_proven_later(place: Path, tmp_path: Path) -> None:
    assert run("consolidate", "--campaign", place, "-o", tmp_path / "m.xlsx")[0] in (0, 1)
    cover = {r[0]: r[1] for r in sheet_of(tmp_path / "m.xlsx", "Portada").iter_rows(max_col=2, values_only=True)}
    with folder.opened(place) as campana:
        assert cover["Cabeza de la cadena del registro"] == campana.ledger.head()
    assert run("receive", books.book(tmp_path / "DGAA.xlsx", "DGAA"), "--campaign", place)[0] == 0
    assert found(place, str(cover["Cabeza de la cadena del registro"])) == (0, {})


def test_the_chain_can_be_computed_with_nothing_but_what_its_module_says(place: Path) -> None:
    """An auditor's own few lines, from the description alone."""
    later = {("entregas", name) for name in ("entrada", "duda", "otro_trimestre", "espera")}
    later |= {("ajustes", name) for name in ("plan", "plan_sha256", "anterior", "anterior_sha256")}
    with raw(place) as connection:
        before = "0" * 64
        links = connection.execute(
            "SELECT numero, tabla, fila, clase, reloj, huella, anterior, hash FROM cadena ORDER BY numero"
        )
        for numero, tabla, fila, clase, reloj, huella, anterior, own in links.fetchall():
            names = [row[1] for row in connection.execute(f"PRAGMA table_info({tabla})")]
            keys = [row[1] for row in connection.execute(f"PRAGMA table_info({tabla})") if row[5]]
            where = " AND ".join(f"CAST({k} AS TEXT) = ?" for k in keys)
            values = connection.execute(f"SELECT * FROM {tabla} WHERE {where}", fila.split("/")).fetchone()
            said = [[n, v] for n, v in zip(names, values, strict=True) if v != "" or (tabla, n) not in later]
            row = json.dumps([tabla, said], separators=(",", ":"))
            assert hashlib.sha256(row.encode()).hexdigest() == huella
            link = json.dumps([numero, tabla, fila, clase, reloj, huella, before], separators=(",", ":"))
            assert hashlib.sha256(link.encode()).hexdigest() == own
            assert anterior == before
            before = own


# --- the clock --------------------------------------------------------------------------------------------


def test_a_clock_that_goes_back_is_said_in_the_ledger_and_on_every_receipt_until_it_is_right_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = books.campaign(tmp_path)
    hours = iter((10, 8, 8, 11))
    sent = [books.book(tmp_path / f"{u}.xlsx", u) for u in ("DGRB", "DGAA", "CG-SP", "CON-JJ")]
    said = []
    for file in sent:
        moment = books.BEFORE.replace(hour=next(hours))
        monkeypatch.setattr(reception, "now", lambda moment=moment: moment)
        said.append(run("receive", file, "--campaign", place, "--by", "Ana")[1])
    back = "la computadora estaba atrasada: el registro ya tenía una anotación del 05/07/2024 10:30:00"
    texts = [p.read_text(encoding="utf-8") for p in sorted((place / "acuses").glob("*.txt"))]
    assert [back in text for text in texts] == [back in text for text in said] == [False, True, True, False]
    monkeypatch.setattr(reception, "now", lambda: books.BEFORE)
    exception = ["--unit", "DGRB", "--by", "Luis", "--reason", "nota 12", "--until", "2099-12-31"]
    assert "la computadora estaba atrasada" in run("waive", "TAR-005", "--campaign", place, *exception)[1]
    code, output = run("status", "--campaign", place, "--check")
    assert (code, output.count("El reloj de la computadora estaba atrasado")) == (0, 3)


def test_each_row_is_looked_at_once_for_its_moment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A command that receives thousands of files does not read all moments anew for each."""
    import dataclasses

    from poa_xl.campaign import intake, ledger
    from poa_xl.campaign.intake import Orden

    place, read = books.campaign(tmp_path), []
    whole = ledger._moment
    monkeypatch.setattr(ledger, "_moment", lambda text: (read.append(text), whole(text))[1])
    with folder.opened(place) as campana:
        recibo = intake.receive(campana, books.book(tmp_path / "DGRB.xlsx", "DGRB"), Orden("Ana", books.BEFORE))
        assert recibo.entrega is not None
        counts = []
        for last in (20, 60):
            before = len(read)
            for n in range(last // 2, last):
                row = dataclasses.replace(recibo.entrega, numero=n, acuse=str(n), version=n, sha256=f"{n:064}")
                with campana.writing():
                    campana.ledger.add(row)
            counts.append((len(read) - before) / (last - last // 2))
        assert counts == [2, 2]  # its own, and that of the row before


def test_another_offset_of_the_same_moment_or_a_later_one_is_no_clock_that_went_back(tmp_path: Path) -> None:
    import datetime as dt

    from poa_xl.campaign import intake
    from poa_xl.campaign.intake import Orden

    place = books.campaign(tmp_path)
    same = books.BEFORE.astimezone(dt.UTC)
    west = (books.BEFORE + dt.timedelta(minutes=1)).astimezone(dt.timezone(dt.timedelta(hours=-5)))
    with folder.opened(place) as campana:
        for unit, when in (("DGRB", same), ("DGAA", west)):
            intake.receive(campana, books.book(tmp_path / f"{unit}.xlsx", unit), Orden("Ana", when))
        assert {e.reloj for e in campana.ledger.rows(chain.Eslabon)} == {""}


def test_a_command_that_waited_for_another_is_no_clock_that_went_back(tmp_path: Path) -> None:
    """Its moment is from before the wait; the other one wrote a later moment meanwhile."""
    import datetime as dt

    from poa_xl.campaign import intake
    from poa_xl.campaign.intake import Orden

    place = books.campaign(tmp_path)
    with folder.opened(place) as waits, folder.opened(place) as other:
        late = books.BEFORE + dt.timedelta(seconds=5)
        intake.receive(other, books.book(tmp_path / "DGRB.xlsx", "DGRB"), Orden("Ana", late))
        waits.ledger._begun -= 6  # it began six seconds ago
        intake.receive(waits, books.book(tmp_path / "DGAA.xlsx", "DGAA"), Orden("Ana", books.BEFORE))
        assert {e.reloj for e in waits.ledger.rows(chain.Eslabon)} == {""}


def test_when_a_file_was_written_is_kept(place: Path, tmp_path: Path) -> None:
    import datetime as dt
    import os

    sent = books.book(tmp_path / "DGAA.xlsx", "DGAA")
    moment = dt.datetime(2024, 6, 30, 17, 5, 9, tzinfo=dt.UTC)
    os.utime(sent, (moment.timestamp(), moment.timestamp()))
    assert run("receive", sent, "--campaign", place)[0] == 0
    with folder.opened(place) as campana:
        arrived = campana.ledger.rows(Entrega)[-1].llegada
    assert dt.datetime.fromisoformat(arrived) == moment
