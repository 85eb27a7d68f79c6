"""`consolidate-state`: many entities at once, each as alone; a second run reads only what changed."""

import json
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner

import poa_xl
from poa_xl.api import entity_consolidation, entity_jobs, revision
from poa_xl.api.entity_folders import EntityFolder
from poa_xl.api.states import StateConsolidation
from poa_xl.cli import poa_xl as command
from poa_xl.engine import LOCAL
from poa_xl.guards import pool
from tests import campaign_books, open_xml
from tests.demonstration import Quarter
from tests.one_sheet import sheet_of
from tests.places import at, cell_at
from tests.test_parquet import asked, prints

pytestmark = pytest.mark.slow
OTHER = "GAMOTRO"


@pytest.fixture
def entities(municipality_year: list[Quarter], tmp_path: Path) -> Path:
    """Two municipalities, the second one with a sigla and figures of its own."""
    place = tmp_path / "entidades"
    own = municipality_year[1].entity.parent
    for name in ("alta", "baja"):
        place.mkdir(exist_ok=True)
        (place / name).mkdir()
        shutil.copy(own / "entidad.xlsx", place / name)
        shutil.copytree(own / "entregas", place / name / "entregas")
    renamed(place / "baja" / "entidad.xlsx")
    report(place / "baja", 200)
    return place


def renamed(entity: Path, sigla: str = OTHER) -> None:
    book = openpyxl.load_workbook(entity)
    for row in book["Parametros"].iter_rows():
        for cell in row:
            if cell.value == "GAMVLA":
                cell.value = sigla
    book.save(entity)


def report(folder: Path, value: int) -> None:
    """Another execution of a month: more than the month before, since it is accumulated."""
    path = folder / "entregas" / "UAGU.xlsx"
    book = openpyxl.load_workbook(path)
    cell_at(book, at("Tareas", "Ejec. jun")).value = value
    book.save(path)


def consolidated(entities: Path, output: Path, **given: object) -> StateConsolidation:
    return poa_xl.consolidate_state(entities, output, 2, **given)  # type: ignore[arg-type]


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch) -> Counter[str]:
    """How often each entity's workbooks are read."""
    found: Counter[str] = Counter()
    check: Callable[..., object] = revision.check

    def counted(sent: Path, *given: object, **more: object) -> object:
        found[Path(sent).parent.name] += 1
        return check(sent, *given, **more)

    monkeypatch.setattr(entity_consolidation.revision, "check", counted)
    return found


def test_each_entity_is_what_it_is_alone(entities: Path, tmp_path: Path) -> None:
    done = consolidated(entities, tmp_path / "s")
    assert [(one.carpeta, one.sigla, one.porque) for one in done.entities] == [
        ("alta", "GAMVLA", ""),
        ("baja", OTHER, ""),
    ]
    for one in done.entities:
        folder = entities / one.carpeta
        alone = poa_xl.check(folder / "entregas", folder / "entidad.xlsx", quarter=2).evaluate()
        alone.write_master(tmp_path / f"{one.carpeta}.xlsx")
        alone.write_parquet(tmp_path / "d")
        assert (tmp_path / "s" / one.maestro).read_bytes() == (tmp_path / f"{one.carpeta}.xlsx").read_bytes()
        assert one.avance == alone.figure(f"{one.sigla}.avance.t2")
        assert one.ejecucion_acumulada == alone.figure(f"{one.sigla}.ejecucion.hasta_t2")
        assert (one.libros, one.rechazados, one.sin_enviar) == (11, 0, 0)
    assert prints(tmp_path / "s" / "datos") == prints(tmp_path / "d")
    a, b = done.entities
    assert a.avance != b.avance
    assert asked(done.data, "SELECT entidad, valor FROM cifras WHERE nivel = 'entidad' AND indicador = 'avance' AND periodo = 't2' ORDER BY 1") == [(b.sigla, b.avance), (a.sigla, a.avance)]  # fmt: skip


def test_the_workbook_says_of_each_what_came_of_it(entities: Path, tmp_path: Path) -> None:
    (entities / "rota").mkdir()
    (entities / "rota" / "entidad.xlsx").write_bytes(b"nada")
    done = consolidated(entities, tmp_path / "s")
    sheet = sheet_of(done.workbook.path, "Entidades")
    rows = list(sheet.iter_rows(values_only=True))
    header = next(n for n, row in enumerate(rows) if "Sigla" in row)
    said = [dict(zip(rows[header], row, strict=True)) for row in rows[header + 1 :]]
    assert [row["Carpeta"] for row in said] == ["alta", "baja", "rota"]
    for row, one in zip(said, done.entities, strict=True):
        assert row["Avance 2T (%)"] == pytest.approx(one.avance, rel=1e-15)
        assert row["Libro maestro"] == (one.maestro or None)
    assert said[2]["Sigla"] is None
    assert "poa-xl validate" in said[2]["Por qué no se consolidó"]
    links = {cell.hyperlink.target for row in sheet.iter_rows() for cell in row if cell.hyperlink}
    assert {link.replace("\\", "/") for link in links} == {"maestros/alta.xlsx", "maestros/baja.xlsx"}
    assert not done.sound


def test_what_did_not_change_is_not_read_again(entities: Path, tmp_path: Path, reads: Counter[str]) -> None:
    first = consolidated(entities, tmp_path / "s")
    before = prints(tmp_path / "s")
    again = consolidated(entities, tmp_path / "s")
    assert reads == {"alta": 1, "baja": 1}
    assert prints(tmp_path / "s") == before
    assert [one.changed for one in again.entities] == [False, False]
    assert [one.avance for one in again.entities] == [one.avance for one in first.entities]
    report(entities / "alta", 210)
    third = consolidated(entities, tmp_path / "s")
    assert reads == {"alta": 2, "baja": 1}
    assert third.entities[0].avance != first.entities[0].avance
    (tmp_path / "s" / "maestros" / "baja.xlsx").unlink()
    consolidated(entities, tmp_path / "s")
    assert reads == {"alta": 2, "baja": 2}
    shutil.rmtree(next((tmp_path / "s" / "datos" / "cifras").glob(f"*{OTHER}*")))
    consolidated(entities, tmp_path / "s")
    assert reads == {"alta": 2, "baja": 3}
    poa_xl.consolidate_state(entities / "alta", tmp_path / "s", 1)
    assert reads == {"alta": 3, "baja": 3}, "another quarter is other work"


def test_who_interrupts_it_goes_on_where_it_was(entities: Path, tmp_path: Path, reads: Counter[str]) -> None:
    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        consolidated(entities, tmp_path / "s", each=interrupt)
    done = consolidated(entities, tmp_path / "s")
    assert reads == {"alta": 1, "baja": 1}
    whole = consolidated(entities, tmp_path / "otra")
    assert done.sound
    assert prints(tmp_path / "s") == prints(tmp_path / "otra")
    assert whole.sound


def test_one_bad_entity_stops_no_other(entities: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    check: Callable[..., object] = revision.check

    def broken(sent: Path, *given: object, **more: object) -> object:
        if Path(sent).parent.name == "alta":
            raise ZeroDivisionError
        return check(sent, *given, **more)

    monkeypatch.setattr(entity_consolidation.revision, "check", broken)
    done = consolidated(entities, tmp_path / "s")
    assert "ZeroDivisionError" in done.entities[0].porque
    assert done.entities[1].maestro
    monkeypatch.undo()
    assert consolidated(entities, tmp_path / "s").sound, "what failed is tried again"


def test_two_entities_of_one_sigla_are_not_mixed(entities: Path, tmp_path: Path) -> None:
    shutil.copytree(entities / "alta", entities / "copia")
    done = consolidated(entities, tmp_path / "s")
    assert [one.carpeta for one in done.entities if one.porque] == ["copia"]
    assert "alta" in done.entities[2].porque
    assert not (tmp_path / "s" / "maestros" / "copia.xlsx").exists()


@pytest.fixture
def many(entities: Path) -> Path:
    """Six folders: two have one sigla, and of one the workbook of the entity cannot be read."""
    for name, sigla in (("copia", "GAMVLA"), ("tres", "GAMTRES"), ("uno", "GAMUNO")):
        shutil.copytree(entities / "alta", entities / name)
        renamed(entities / name / "entidad.xlsx", sigla)
    (entities / "rota").mkdir()
    (entities / "rota" / "entidad.xlsx").write_bytes(b"nada")
    return entities


def test_several_at_once_write_what_one_after_the_other_writes(many: Path, tmp_path: Path) -> None:
    told: list[str] = []
    alone = consolidated(many, tmp_path / "s")
    done = consolidated(many, tmp_path / "t", jobs=3, each=lambda one: told.append(one.carpeta))
    assert told == ["alta", "baja", "copia", "rota", "tres", "uno"], "in their order, whoever is done first"
    assert [one.carpeta for one in done.entities if one.porque] == ["copia", "rota"]
    assert done.entities == alone.entities
    assert prints(tmp_path / "t") == prints(tmp_path / "s")
    again = consolidated(many, tmp_path / "t", jobs=3)
    assert [one.carpeta for one in again.entities if one.changed] == ["copia", "rota"], "what failed is tried again"
    assert prints(tmp_path / "t") == prints(tmp_path / "s")


def test_a_process_that_ends_costs_the_entity_that_it_had(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ask: Callable[..., object] = entity_jobs.Job.ask

    def killed(job: entity_jobs.Job, folder: EntityFolder, claim: object) -> object:
        if folder.name == "baja":
            job.process.kill()
        return ask(job, folder, claim)

    monkeypatch.setattr(entity_jobs.Job, "ask", killed)
    done = consolidated(many, tmp_path / "s", jobs=2)
    assert [one.carpeta for one in done.entities if one.porque] == ["baja", "copia", "rota"]
    assert "terminó de golpe" in done.entities[1].porque
    monkeypatch.undo()
    consolidated(many, tmp_path / "s", jobs=2)
    consolidated(many, tmp_path / "t")
    assert prints(tmp_path / "s") == prints(tmp_path / "t")


def test_who_interrupts_several_leaves_no_process_and_nothing_half_written(
    many: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[subprocess.Popen[bytes]] = []

    def started(*given: str, apart: bool) -> subprocess.Popen[bytes]:
        begun.append(pool.started(*given, apart=apart))
        return begun[-1]

    def interrupt(_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entity_jobs, "started", started)
    with pytest.raises(KeyboardInterrupt):
        consolidated(many, tmp_path / "s", jobs=2, each=interrupt)
    assert len(begun) == 2
    assert all(process.poll() is not None for process in begun)
    assert [path for path in (tmp_path / "s").rglob("*") if path.name.startswith(".poa-xl-")] == []
    kept = json.loads((tmp_path / "s" / "registro.json").read_text(encoding="utf-8"))["entidades"].values()
    assert not any("terminó de golpe" in one["resultado"]["porque"] for one in kept)
    consolidated(many, tmp_path / "s", jobs=2)
    consolidated(many, tmp_path / "t")
    assert prints(tmp_path / "s") == prints(tmp_path / "t")


def test_how_many_at_once_is_a_number_and_an_open_engine_is_of_one_process(entities: Path, tmp_path: Path) -> None:
    for odd in (0, 257, "2", 1.5, True, None):
        with pytest.raises(poa_xl.WrongUseError, match="de 1 a 256"):
            consolidated(entities, tmp_path / "s", jobs=odd)
    with pytest.raises(poa_xl.WrongUseError, match="por su nombre"):
        consolidated(entities, tmp_path / "s", jobs=2, engine=LOCAL)
    with pytest.raises(poa_xl.WrongUseError, match="No hay motor"):
        consolidated(entities, tmp_path / "s", jobs=2, engine="otro")
    assert consolidated(entities / "alta", tmp_path / "s", jobs=2, engine=LOCAL).sound, "there is but one"


def test_of_an_entity_that_fails_now_it_is_said_that_what_was_before_is_still_there(
    entities: Path, tmp_path: Path
) -> None:
    consolidated(entities, tmp_path / "s")
    (entities / "alta" / "entidad.xlsx").write_bytes(b"nada")
    done = consolidated(entities, tmp_path / "s")
    assert "sigue en" in done.entities[0].porque
    assert (tmp_path / "s" / "maestros" / "alta.xlsx").is_file()
    shutil.rmtree(entities / "alta")
    assert consolidated(entities, tmp_path / "s").left == ("alta",)


def test_a_campaign_is_an_entity_too_and_one_of_another_quarter_is_told(tmp_path: Path) -> None:
    campaign_books.campaign(tmp_path)
    place = tmp_path / "campana"
    campaign_books.book(tmp_path / "DGRB.xlsx", "DGRB")
    poa_xl.Campaign(place).receive(tmp_path / "DGRB.xlsx")
    own = poa_xl.Campaign(place).settings.trimestre
    done = poa_xl.consolidate_state(place, tmp_path / "s", own)
    assert [(one.libros, one.porque) for one in done.entities] == [(1, "")]
    assert not poa_xl.consolidate_state(place, tmp_path / "s", own).entities[0].changed
    other = poa_xl.consolidate_state(place, tmp_path / "o", own % 4 + 1)
    assert f"trimestre {own}" in other.entities[0].porque


def test_what_cannot_be_is_said_before_anything_is_written(entities: Path, tmp_path: Path) -> None:
    (tmp_path / "vacia").mkdir()
    with pytest.raises(poa_xl.WrongUseError, match="No hay entidades"):
        consolidated(tmp_path / "vacia", tmp_path / "s")
    with pytest.raises(poa_xl.WrongUseError, match="dentro de"):
        consolidated(entities, entities / "alta" / "s")
    shutil.copytree(entities / "alta", tmp_path / "mas" / "alta")
    with pytest.raises(poa_xl.WrongUseError, match="Dos carpetas"):
        poa_xl.consolidate_state([entities, tmp_path / "mas"], tmp_path / "s", 2)
    assert not (tmp_path / "s").exists()
    (tmp_path / "s").mkdir()
    head = '{"version": 1, "poa_xl": "0.1.0", "trimestre": 2, "entidades": '
    for odd in (
        "[]",
        "{",
        head + '{"alta": {}}}',
        head + '{"alta": {"huella": "", "resultado": {"otra": 1}}}}',
        head + "[]}",
    ):
        (tmp_path / "s" / "registro.json").write_text(odd, encoding="utf-8")
        with pytest.raises(poa_xl.WrongUseError, match="no es de poa-xl"):
            consolidated(entities, tmp_path / "s")
    (tmp_path / "s" / "registro.json").unlink()
    openpyxl.Workbook().save(tmp_path / "s" / "estado.xlsx")
    with pytest.raises(poa_xl.WrongUseError, match=r"estado\.xlsx"):
        consolidated(entities, tmp_path / "s")
    assert [path.name for path in (tmp_path / "s").iterdir()] == ["estado.xlsx"]


def test_a_master_that_somebody_saved_since_stays_unless_it_is_forced(entities: Path, tmp_path: Path) -> None:
    consolidated(entities, tmp_path / "s")
    master = tmp_path / "s" / "maestros" / "alta.xlsx"
    book = openpyxl.load_workbook(master)
    book["Portada"]["H40"] = "Nota de Ana"
    book.save(master)
    saved = master.read_bytes()
    report(entities / "alta", 210)
    assert consolidated(entities, tmp_path / "s").entities[0].porque
    assert master.read_bytes() == saved
    assert consolidated(entities, tmp_path / "s", force=True).sound
    assert master.read_bytes() != saved


@pytest.mark.usefixtures("validator")
def test_microsofts_validator_finds_nothing_in_the_workbook(entities: Path, tmp_path: Path) -> None:
    assert open_xml.errors(consolidated(entities, tmp_path / "s").workbook.path) == Counter()


def test_the_command_says_a_line_of_each_and_ends_with_1_where_one_failed(entities: Path, tmp_path: Path) -> None:
    given = ["consolidate-state", str(entities), "--quarter", "2", "-o", str(tmp_path / "s")]
    done = CliRunner().invoke(command, given)
    assert done.exit_code == 0, done.output
    assert "alta: 11 libros, 0 errores y" in done.output
    assert "2 consolidadas, 0 sin consolidar." in done.output
    (entities / "baja" / "entidad.xlsx").write_bytes(b"nada")
    done = CliRunner().invoke(command, given)
    assert done.exit_code == 1
    assert "alta: igual que la vez anterior" in done.output
    assert "baja: no se consolidó." in done.output
    said = json.loads((tmp_path / "s" / "registro.json").read_text(encoding="utf-8"))
    assert set(said["entidades"]) == {"alta", "baja"}
