"""`s3://…`: a real S3-compatible server gives and takes what folders do; what changes meanwhile is seen."""

import dataclasses
import shutil
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from click.testing import CliRunner, Result

import poa_xl
from poa_xl.api import targets
from poa_xl.cli import poa_xl as command
from poa_xl.guards import DEFAULT
from poa_xl.object_store import Copies, Store, keys, location
from poa_xl.object_store.store import ChangedError, FolderListing
from tests import text_books
from tests.dask_cluster import DaskCluster
from tests.demonstration import Quarter
from tests.object_server import BUCKET, ObjectServer, gets
from tests.places import at, cell_at
from tests.test_parquet import prints

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ObjectServer]:
    made = ObjectServer(tmp_path_factory.mktemp("almacen"))
    yield made
    made.close()


@pytest.fixture
def server(running: ObjectServer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ObjectServer:
    """The server, empty; private copies come to lie where the test sees them."""
    for key in running.names():
        running.client.delete_object(Bucket=BUCKET, Key=key)
    for name, value in running.environment.items():
        monkeypatch.setenv(name, value)
    (tmp_path / "privado").mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "privado"))
    return running


@pytest.fixture
def quarter(municipality_year: list[Quarter]) -> Quarter:
    return municipality_year[1]


@pytest.fixture
def stored(server: ObjectServer, quarter: Quarter) -> str:
    """The quarter in the store: the address of the folder of workbooks, with the entity's beside it."""
    server.put_folder(quarter.sent, "muni/entregas")
    server.put("muni/entidad.xlsx", quarter.entity.read_bytes())
    return f"s3://{BUCKET}/muni/entregas"


def run(*given: object, code: int = 0) -> Result:
    done = CliRunner().invoke(command, [str(one) for one in given])
    assert done.exit_code == code, done.output
    return done


def failed(*given: object) -> str:
    """What an order that cannot be done says, in words of ours."""
    done = CliRunner().invoke(command, [str(one) for one in given])
    assert isinstance(done.exception, poa_xl.PoaError | SystemExit), done.exception
    assert done.exit_code != 0
    return done.output + str(done.exception)


def left(tmp_path: Path) -> list[Path]:
    return [*(tmp_path / "privado").rglob("*")]


# --- in and out -----------------------------------------------------------------------------------------------


def test_a_master_of_a_store_has_the_bytes_of_one_of_a_folder(
    server: ObjectServer, stored: str, quarter: Quarter, tmp_path: Path
) -> None:
    master = f"s3://{BUCKET}/salida/m.xlsx"
    with server.asked() as asked:
        done = run("consolidate", stored, "--quarter", 2, "-o", master)
    assert server.read("salida/m.xlsx") == quarter.master.read_bytes()
    assert f"Libro maestro: {master} (" in done.output
    assert f"Libro de la entidad: s3://{BUCKET}/muni/entidad.xlsx (SHA-256" in done.output
    assert "privado" not in done.output
    assert Counter(gets(asked)).most_common(1)[0][1] == 1, "nothing is fetched twice"
    assert len(gets(asked)) == len(list(quarter.sent.glob("*"))) + 1
    assert left(tmp_path) == []
    run(
        "consolidate", stored, "--quarter", 2, "-o", tmp_path / "m.xlsx", "--entity", f"s3://{BUCKET}/muni/entidad.xlsx"
    )
    assert (tmp_path / "m.xlsx").read_bytes() == quarter.master.read_bytes()


def test_a_store_and_a_cluster_go_together(stored: str, quarter: Quarter, tmp_path: Path) -> None:
    with DaskCluster(tmp_path / "dask") as workers:
        workers.add_worker()
        workers.wait_for_workers(1)
        run("consolidate", stored, "--quarter", 2, "-o", tmp_path / "m.xlsx", "--engine", workers.address)
    assert (tmp_path / "m.xlsx").read_bytes() == quarter.master.read_bytes()


def test_what_is_wrong_is_told_alike(server: ObjectServer, defects_demo: Path, tmp_path: Path) -> None:
    few = tmp_path / "pocos"
    few.mkdir()
    for path in sorted(p for p in (defects_demo / "entregas").iterdir() if p.is_file())[::6]:
        shutil.copy(path, few)
    (few / "sub").mkdir()
    (few / "sub" / "nota.txt").write_text("hola")
    (few / "cifrado.xlsx").write_bytes(
        bytes.fromhex("d0cf11e0a1b11ae1") + bytes(600) + "EncryptedPackage".encode("utf-16-le")
    )
    (few / "grande.xlsx").write_bytes(b"PK" + bytes(2_000_000))
    shutil.copy(defects_demo / "entidad.xlsx", few)
    server.put_folder(few, "pocos")
    bounds = dataclasses.replace(DEFAULT, archivo_mb=1)
    with server.asked() as asked:
        found = poa_xl.check(f"s3://{BUCKET}/pocos", quarter=2, limits=bounds)
    here = poa_xl.check(few, quarter=2, limits=bounds)
    assert found.findings == here.findings
    assert found.submissions == here.submissions
    assert {"LIB-003", "LIB-010"} <= {f.code for f in found.findings}
    assert f"/{BUCKET}/pocos/grande.xlsx" not in gets(asked), "what is too large is not fetched"
    (few / "cifrado.xlsx").write_bytes(b"otro")
    assert poa_xl.check(few, quarter=2, limits=bounds).findings != found.findings


def test_copies_stay_as_long_as_what_was_read_of_them(server: ObjectServer, tmp_path: Path) -> None:
    path = text_books.unit(tmp_path / "DGRB.xlsx")
    book = openpyxl.load_workbook(path)
    cell_at(book, at("Tareas", "Prog. ene")).value = "dos"
    book.save(path)
    server.put("e/DGRB.xlsx", path.read_bytes())
    server.put("e/entidad.xlsx", text_books.entity(tmp_path / "entidad.xlsx").read_bytes())
    found = poa_xl.check(f"s3://{BUCKET}/e", quarter=2)
    assert left(tmp_path) != []
    assert [one.path for one in found.annotate(tmp_path / "copias") if one.path]
    del found
    assert left(tmp_path) == []


def test_data_go_there_too_and_replace_only_their_own(server: ObjectServer, stored: str, tmp_path: Path) -> None:
    data = f"s3://{BUCKET}/datos"
    given = ["consolidate", stored, "--quarter", 2, "-o", tmp_path / "m.xlsx", "--parquet"]
    done = run(*given, data)
    assert f"Datos: {data} (" in done.output
    run(*given, tmp_path / "datos")
    for name, _ in prints(tmp_path / "datos").items():
        assert server.read(f"datos/{name}") == (tmp_path / "datos" / name).read_bytes()
    run(*given, data)
    server.put("datos/catalogo.sql", b"SELECT 1")
    before = {key: server.read(key) for key in server.names("datos/")}
    assert f"{data}/catalogo.sql no es un archivo de datos de poa-xl" in failed(*given, data)
    assert {key: server.read(key) for key in server.names("datos/")} == before


# --- a master that is there -----------------------------------------------------------------------------------


def test_a_master_that_somebody_saved_since_stays_there_too(
    server: ObjectServer, stored: str, quarter: Quarter, municipality_year: list[Quarter], tmp_path: Path
) -> None:
    key, given = "m.xlsx", ["consolidate", stored, "--quarter", 2, "-o", f"s3://{BUCKET}/m.xlsx"]
    book = openpyxl.load_workbook(quarter.master)
    book["Portada"]["H40"] = "Nota de Ana"
    book.save(tmp_path / "ana.xlsx")
    for what, said in (
        ((tmp_path / "ana.xlsx").read_bytes(), "--force"),
        (municipality_year[2].master.read_bytes(), "--force"),
        (quarter.entity.read_bytes(), "no es"),
    ):
        server.put(key, what)
        text = failed(*given)
        assert said in text
        assert f"s3://{BUCKET}/m.xlsx" in text
        assert "privado" not in text
        assert server.read(key) == what
    server.put(key, (tmp_path / "ana.xlsx").read_bytes())
    run(*given, "--force")
    assert server.read(key) == quarter.master.read_bytes()
    run(*given)


def test_an_object_too_large_to_be_a_master_is_not_fetched_and_stays(
    server: ObjectServer, stored: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(targets, "OF_OURS", dataclasses.replace(targets.OF_OURS, archivo_mb=1))
    large = b"x" * 1_000_001
    server.put("m.xlsx", large)
    with server.asked() as asked:
        said = failed("consolidate", stored, "--quarter", 2, "-o", f"s3://{BUCKET}/m.xlsx", "--force")
    assert f"s3://{BUCKET}/m.xlsx ya existe y no es un libro maestro" in said
    assert not [path for path in gets(asked) if "m.xlsx" in path]
    assert server.read("m.xlsx") == large


def test_a_store_that_sends_more_than_it_listed_fills_no_disk(server: ObjectServer, tmp_path: Path) -> None:
    place = location.of(f"s3://{BUCKET}/libro.xlsx")
    server.put(place.key, b"x" * 20_000_000)
    one = Store(BUCKET).find(place)
    assert one
    with pytest.raises(ChangedError):
        Store(BUCKET).fetch(dataclasses.replace(one, size=10), place, tmp_path / "libro.xlsx")
    assert (tmp_path / "libro.xlsx").stat().st_size < one.size


@pytest.mark.parametrize("there", [b"", b"antes"])
def test_an_object_that_somebody_writes_meanwhile_is_not_replaced(
    server: ObjectServer, stored: str, quarter: Quarter, monkeypatch: pytest.MonkeyPatch, there: bytes
) -> None:
    if there:
        server.put("m.xlsx", quarter.master.read_bytes())
    put = Store.put

    def late(*given: Any) -> None:
        server.put("m.xlsx", b"de otro")
        put(*given)

    monkeypatch.setattr(Store, "put", late)
    said = failed("consolidate", stored, "--quarter", 2, "-o", f"s3://{BUCKET}/m.xlsx")
    assert f"s3://{BUCKET}/m.xlsx cambió mientras se calculaba" in said
    assert server.read("m.xlsx") == b"de otro"


# --- objects that change --------------------------------------------------------------------------------------


def test_an_object_that_changes_after_it_was_listed_is_taken_as_it_is_then(
    server: ObjectServer, stored: str, quarter: Quarter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changed = tmp_path / "entregas"
    shutil.copytree(quarter.sent, changed)
    book = openpyxl.load_workbook(changed / "UAGU.xlsx")
    cell_at(book, at("Tareas", "Ejec. jun")).value = 200
    book.save(changed / "UAGU.xlsx")
    listing = Store.list

    def then_changed(self: Store, place: location.ObjectLocation) -> FolderListing:
        found = listing(self, place)
        server.put("muni/entregas/UAGU.xlsx", (changed / "UAGU.xlsx").read_bytes())
        return found

    monkeypatch.setattr(Store, "list", then_changed)
    with server.asked() as asked:
        found = poa_xl.check(stored, quarter=2)
    expected = poa_xl.check(changed, quarter.entity, quarter=2)
    assert found.submissions == expected.submissions
    assert found.findings == expected.findings
    assert found.submissions != poa_xl.check(quarter.sent, quarter.entity, quarter=2).submissions
    again = {path: n for path, n in Counter(gets(asked)).items() if n > 1}
    assert again == {f"/{BUCKET}/muni/entregas/UAGU.xlsx": 2}


def test_one_that_always_changes_is_refused(
    server: ObjectServer, stored: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    fetch, turn = Store.fetch, iter(range(1000))

    def changed_before(self: Store, one: Any, place: location.ObjectLocation, path: Path) -> None:
        if one.key.endswith("UAGU.xlsx"):
            server.put(one.key, b"%d" % next(turn))
        fetch(self, one, place, path)

    monkeypatch.setattr(Store, "fetch", changed_before)
    said = failed("consolidate", stored, "--quarter", 2, "-o", tmp_path / "m.xlsx")
    assert f"s3://{BUCKET}/muni/entregas" in said
    assert "cambió cada vez" in said
    assert not (tmp_path / "m.xlsx").exists()
    assert left(tmp_path) == []


# --- many entities --------------------------------------------------------------------------------------------


def test_a_second_run_of_a_state_fetches_nothing(server: ObjectServer, quarter: Quarter, tmp_path: Path) -> None:
    own = tmp_path / "entidades"
    own.mkdir()
    shutil.copytree(quarter.sent.parent, own / "alta")
    server.put_folder(own / "alta", "estado/alta")
    place = f"s3://{BUCKET}/estado"
    here = poa_xl.consolidate_state(own, tmp_path / "a", 2)
    there = poa_xl.consolidate_state(place, tmp_path / "b", 2)
    assert there.entities == here.entities
    assert prints(tmp_path / "a" / "maestros") == prints(tmp_path / "b" / "maestros")
    assert prints(tmp_path / "a" / "datos") == prints(tmp_path / "b" / "datos")
    server.put_folder(own / "alta", "varias/alta")
    server.put("varias/rota/entidad.xlsx", b"nada")
    several = poa_xl.consolidate_state(f"s3://{BUCKET}/varias", tmp_path / "d", 2, jobs=2)
    assert several.entities[0] == here.entities[0]
    assert f"s3://{BUCKET}/varias/rota" in several.entities[1].porque
    assert prints(tmp_path / "a" / "datos") == prints(tmp_path / "d" / "datos")
    assert left(tmp_path) == []
    with server.asked() as asked:
        done = run("consolidate-state", place, "--quarter", 2, "-o", tmp_path / "b")
    assert "alta: igual que la vez anterior" in done.output
    assert gets(asked) == []
    assert len(asked) == 1, "one listing"
    server.put("estado/alta/entregas/nuevo.txt", b"hola")
    with server.asked() as asked:
        assert poa_xl.consolidate_state(place, tmp_path / "b", 2).entities[0].changed
    assert len(gets(asked)) == len(server.names("estado/"))
    assert "No hay entidades" in failed(
        "consolidate-state", f"s3://{BUCKET}/nada", "--quarter", 2, "-o", tmp_path / "c"
    )


# --- what cannot be -------------------------------------------------------------------------------------------


def test_what_is_not_there_is_said(server: ObjectServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def said(place: str) -> str:
        return failed("consolidate", place, "--quarter", 2, "-o", tmp_path / "m.xlsx")

    assert "No existe el balde «ninguno»" in said("s3://ninguno/x")
    assert f"No hay nada en s3://{BUCKET}/x." in said(f"s3://{BUCKET}/x")
    server.put("x/a.xlsx", b"nada")
    assert "entidad.xlsx" in said(f"s3://{BUCKET}/x")
    assert "No existe el balde «ninguno»" in failed("consolidate", "s3://ninguno/x", "--quarter", 2, "-o", "s3://ninguno/m.xlsx")  # fmt: skip
    for odd in ("s3://", "s3://x", f"s3://{BUCKET}/../x", f"s3://{BUCKET}/a//b", "s3://Con Espacio/x", f"s3://{BUCKET}/\x1b[31m"):  # fmt: skip
        text = said(odd)
        assert "no es un lugar de un almacén" in text
        assert "\x1b" not in text
    monkeypatch.setattr("poa_xl.object_store.store._RETRIES", 0)
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    assert "no responde" in said(f"s3://{BUCKET}/x")


def test_what_is_written_here_alone_is_said(stored: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    for given in (
        ("consolidate-state", stored, "--quarter", 2, "-o", f"s3://{BUCKET}/estado"),
        ("validate", stored, "--quarter", 2, "--annotate", f"s3://{BUCKET}/copias"),
    ):
        assert "no en un almacén" in failed(*given)
    assert not (tmp_path / "s3:").exists()


def test_without_the_library_it_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("importlib.util.find_spec", lambda _: None)
    with pytest.raises(poa_xl.PoaError, match=r"poa-xl\[s3\]"):
        Store("poa")


# --- names of strangers ---------------------------------------------------------------------------------------

HOSTILE = [
    "a\\b.xlsx", "C:x.xlsx", "ñ á.xlsx", "50%.xlsx", "%2e%2e/x.xlsx", "A.xlsx", "a.xlsx", "a.xlsx/b.xlsx", "..x.xlsx",
    "con.xlsx", "punto.", " espacio.xlsx", "\u202edsl.xlsx", "x" * 300 + ".xlsx", "x" * 301 + ".xlsx", "é.xlsx", "e\u0301.xlsx",
    "é/x.xlsx", "É/x.xlsx",
]  # fmt: skip


def test_no_name_leads_out_of_the_private_folder(server: ObjectServer, tmp_path: Path) -> None:
    for number, name in enumerate(HOSTILE):
        server.put(f"h/{name}", b"%d" % number)
    own = Copies(DEFAULT)
    folder = own.path(f"s3://{BUCKET}/h")
    found = {path.read_bytes(): path for path in folder.rglob("*") if path.is_file()}
    assert len(found) == len(HOSTILE)
    assert all(folder.resolve() in path.resolve().parents for path in found.values())
    own.close()
    assert left(tmp_path) == []


@pytest.mark.parametrize("name", ["../b.xlsx", "c//d.xlsx", "./e.xlsx", "a\x01.xlsx", "\x1b[31m.xlsx", "/abs.xlsx"])
def test_a_name_that_the_library_does_not_take_is_said(server: ObjectServer, tmp_path: Path, name: str) -> None:
    server.put("h/bueno.xlsx", b"x")
    server.put(f"h/{name}", b"x")
    said = failed("consolidate", f"s3://{BUCKET}/h", "--quarter", 2, "-o", tmp_path / "m.xlsx")
    assert "hay un objeto cuyo nombre no se puede usar" in said
    assert "\x1b" not in said
    assert left(tmp_path) == []


def test_names_as_paths() -> None:
    names = [*HOSTILE, "..", "../x", "/abs", "a//b", ".", "", "nul\x00o", "\x1b", "%5C"]
    found = keys.paths(names)
    assert len(set(found.values())) == len(names)
    for path in found.values():
        assert not path.is_absolute()
        assert ".." not in path.parts
        assert all(part.isprintable() or "\u202e" in part for part in path.parts)
        assert all(len(part.encode()) <= 255 for part in path.parts)
    alike = [path.as_posix().casefold() for path in found.values()]
    assert len(set(alike)) == len(alike)
    assert found["ñ á.xlsx"].as_posix() == "ñ á.xlsx", "a plain name stays"
    assert found["50%.xlsx"].as_posix() == "50%.xlsx"
    assert found == keys.paths(reversed(names)), "whatever the order"
