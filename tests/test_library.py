"""The front door: everything that the command line does as calls, which print nothing, ask nothing and end nothing."""

import ast
import datetime as dt
import inspect
import json
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

import poa_xl
from poa_xl.api import reception
from poa_xl.cli import poa_xl as command_line
from tests import campaign_books as books, old_books
from tests.demonstration import Demonstration
from tests.places import at, cell_at

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
NAMES = sorted(set(poa_xl.__all__) - {"__version__"})


def run(*arguments: object, code: int = 0) -> Result:
    """The command line, which must end with this code."""
    done = CliRunner().invoke(command_line, [str(a) for a in arguments])
    assert done.exit_code == code, done.output
    return done


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder; of a ledger, that it is there: SQLite's pages are not ours."""
    found = {p.relative_to(folder).as_posix(): p for p in sorted(folder.rglob("*")) if p.is_file()}
    return {name: b"" if ".sqlite" in name else path.read_bytes() for name, path in found.items()}


@pytest.fixture(autouse=True)
def _silent(request: pytest.FixtureRequest) -> Iterator[None]:
    """What a test of this module prints must come of a command, whose output click catches."""
    capfd = request.getfixturevalue("capfd")
    yield
    assert tuple(capfd.readouterr()) == ("", "")


@pytest.fixture
def entidad(tmp_path: Path) -> Path:
    return books.entity_book(tmp_path)


@pytest.fixture
def entregas(tmp_path: Path, entidad: Path) -> Path:
    """Submissions of the small entity: one good, one with an error and avisos, one unit that sent nothing."""
    assert entidad.exists()
    place = tmp_path / "entregas"
    for unit in books.UNITS[:-2]:
        books.book(place / f"{unit}.xlsx", unit)
    books.book(
        place / f"{books.UNITS[-2]}.xlsx", books.UNITS[-2], {books.MONTH: "mucho", at("Tareas", "Prog. feb"): "'12"}
    )
    return place


# --- the door itself ----------------------------------------------------------------------------------------


def test_importing_the_package_loads_nothing_behind_its_door() -> None:
    heavy = ["pandas", "pandera", "openpyxl", "xlsxwriter", "click", "yaml", "numpy"]
    code = (
        "import sys, poa_xl; dir(poa_xl); "
        f"print([m for m in {heavy} if m in sys.modules], [m for m in sys.modules if m.startswith('poa_xl.')])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.strip() == "[] []", done.stderr


# What a command has no use for: each costs a part of a second, on a computer of every unit.
WRITERS = ["openpyxl", "xlsxwriter", "poa_xl.writers", "poa_xl.evaluation.result", "poa_xl.campaign", "poa_xl.report"]
ELSEWHERE = ["dask", "distributed", "obstore", "poa_xl.engine.cluster"]
UNUSED = {
    "--help": [
        *("pandas", "numpy", "pandera", "yaml", "json", "concurrent.futures", "poa_xl.guards", "poa_xl.object_store"),
        *("poa_xl.api.revision", *ELSEWHERE, *WRITERS),
    ],
    "validate": [*ELSEWHERE, "urllib.request", "poa_xl.master_tables", *WRITERS],
    "consolidate": [
        *ELSEWHERE,
        "openpyxl",
        "urllib.request",
        "poa_xl.writers.annotated",
        "poa_xl.campaign",
        "poa_xl.report",
    ],
}


@pytest.mark.parametrize("what", UNUSED)
def test_a_command_loads_nothing_that_it_does_not_need(what: str, entregas: Path, tmp_path: Path) -> None:
    arguments = {
        "--help": ["--help"],
        "validate": ["validate", str(entregas / f"{books.UNITS[0]}.xlsx"), "--quarter", "2"],
        "consolidate": ["consolidate", str(entregas), "--quarter", "2", "-o", str(tmp_path / "maestro.xlsx")],
    }[what]
    code = (
        "import sys; from poa_xl.cli import poa_xl\n"
        "try: poa_xl()\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [m for m in {UNUSED[what]} if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, *arguments], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.splitlines()[-1] == "LOADED []", done.stdout + done.stderr


def test_each_name_is_found_listed_and_known_to_type_checkers() -> None:
    source = ast.parse((ROOT / "poa_xl" / "__init__.py").read_text(encoding="utf-8"))
    (block,) = [node for node in source.body if isinstance(node, ast.If)]
    typed = {alias.name for node in block.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert sorted(typed) == NAMES
    assert set(NAMES) <= set(dir(poa_xl))
    assert all(getattr(poa_xl, name).__name__ == name for name in NAMES)
    with pytest.raises(AttributeError, match="nada"):
        poa_xl.nada  # noqa: B018


def public(thing: object) -> Iterator[tuple[str, Callable[..., object]]]:
    """Functions of the door, and methods and properties of its classes."""
    if inspect.isfunction(thing):
        yield thing.__name__, thing
    elif inspect.isclass(thing):
        for name, member in vars(thing).items():
            function = getattr(member, "fget", None) or getattr(member, "__func__", member)
            if not name.startswith("_") and inspect.isfunction(function):
                yield f"{thing.__name__}.{name}", function


@pytest.mark.parametrize("name", NAMES)
def test_each_name_is_described_and_typed(name: str) -> None:
    thing = getattr(poa_xl, name)
    assert inspect.getdoc(thing)
    for called, function in public(thing):
        assert inspect.getdoc(function), called
        signature = inspect.signature(function)
        untyped = [
            p.name
            for p in signature.parameters.values()
            if p.annotation is inspect.Parameter.empty and p.name not in ("self", "cls")
        ]
        assert (untyped, signature.return_annotation is inspect.Signature.empty) == ([], False), called


SCRIPT = """
import datetime as dt
import poa_xl

entidad = poa_xl.open_entity("demo/entidad.xlsx")
revision = poa_xl.check("demo/entregas", entidad, quarter=2)
codes: list[str] = [finding.code for finding in revision.findings]
missing: list[str] = [unidad.correo for unidad in revision.missing]
por_area = revision.to_frame().groupby("area").size()
evaluacion = revision.evaluate()
avance = evaluacion.figure("MRE.avance.t2")
if isinstance(avance, float):
    print(round(avance, 2))
maestro = evaluacion.write_master("evaluacion.xlsx")
print(maestro.path.name, maestro.why)
campana = poa_xl.Campaign.create("campana-2T", entidad, 2, dt.date(2024, 7, 10))
acuse: str = campana.receive("EMB-LIMA.xlsx").number
for fila in campana.board().filas:
    print(fila.unidad, fila.estado)
"""


def test_a_script_of_a_user_is_typed(tmp_path: Path) -> None:
    (tmp_path / "bueno.py").write_text(SCRIPT, encoding="utf-8")
    (tmp_path / "malo.py").write_text(SCRIPT + "poa_xl.check(3)\nacuse + 1\n", encoding="utf-8")
    for name, faults in (("bueno.py", 0), ("malo.py", 2)):
        order = [sys.executable, "-m", "mypy", "--strict", "--config-file", str(ROOT / "pyproject.toml"), name]
        done = subprocess.run(order, cwd=tmp_path, capture_output=True, text=True, env={"PYTHONPATH": str(ROOT)})
        assert done.stdout.count(" error: ") == faults, done.stdout


# --- each command and the call that does the same -----------------------------------------------------------

PARITY: dict[str, Callable[..., None]] = {}


def of(command: str) -> Callable[[Callable[..., None]], Callable[..., None]]:
    """Mark a test as that of a command."""

    def mark(test: Callable[..., None]) -> Callable[..., None]:
        PARITY[command] = test
        return test

    return mark


def test_every_command_has_a_call_that_does_the_same() -> None:
    assert sorted(PARITY) == sorted(command_line.commands)


@of("init")
def test_create_entity_writes_what_init_writes(tmp_path: Path) -> None:
    run("init", tmp_path / "a")
    assert poa_xl.create_entity(tmp_path / "b").read_bytes() == (tmp_path / "a" / "entidad.xlsx").read_bytes()


@of("demo")
def test_write_demo_writes_what_demo_writes(demonstration: Demonstration, tmp_path: Path) -> None:
    done: list[int] = []
    demo = poa_xl.write_demo(tmp_path / "b", quarter=2, progress=lambda n, of: done.append(of - n))
    assert (demo.count, done) == (109, [*range(109, -1, -1)])
    assert tree(demonstration.folder) == tree(tmp_path / "b")


@of("template")
@pytest.mark.parametrize("functions", ["poa", "native", "xlwings"])
def test_write_templates_writes_what_template_writes(functions: str, entidad: Path, tmp_path: Path) -> None:
    options = ["--functions", functions, "--rows", 7, "--unit", "DGRB", "--unit", "DGAA"]
    run("template", entidad, "-o", tmp_path / "a", *options)
    written = poa_xl.write_templates(
        entidad, tmp_path / "b", units=["DGRB", "DGAA"], functions=functions, rows=7  # type: ignore[arg-type]
    )  # fmt: skip
    assert {p.stem for p in written} == {"DGRB", "DGAA"}
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


@pytest.mark.slow
@of("consolidate-state")
def test_consolidate_state_writes_what_the_command_writes(entregas: Path, tmp_path: Path) -> None:
    own = Path(shutil.copytree(entregas, tmp_path / "entidades" / "una" / "entregas")).parent
    shutil.copy(entregas.parent / "entidad.xlsx", own)
    run("consolidate-state", own, "--quarter", 2, "-o", tmp_path / "a", code=1)
    done = poa_xl.consolidate_state(own, tmp_path / "b", 2)
    assert [one.porque for one in done.entities] == [""]
    assert tree(tmp_path / "a") == tree(tmp_path / "b")


@pytest.mark.slow
@of("plan")
def test_approve_plan_writes_what_plan_approve_writes(entregas: Path, tmp_path: Path) -> None:
    run("plan", "approve", entregas, "--by", "Ana", "--incomplete")
    (written,) = entregas.parent.glob("plan-*.json")
    first = json.loads(written.read_text(encoding="utf-8"))
    written.unlink()
    done = poa_xl.approve_plan(entregas, by="Ana", incomplete=True)
    assert done.plan is not None
    second = json.loads(done.plan.path.read_text(encoding="utf-8"))
    for said in (first, second):
        del said["cuando"], said["huella"]
    assert first == second


@of("validate")
def test_check_finds_what_validate_finds_and_annotate_copies_what_it_copies(entregas: Path, tmp_path: Path) -> None:
    options = ["--quarter", 2, "--annotate", tmp_path / "a", "--repair", "--format", "json"]
    said = json.loads(run("validate", entregas, *options, code=1).stdout)
    revision = poa_xl.check(entregas, quarter=2)
    frame = revision.to_frame()
    keys = ["archivo", "hoja", "celda", "unidad", "codigo", "severidad", "hallado", "mensaje", "accion", "fila"]
    assert frame[keys].to_dict("records") == [{k: one[k] for k in keys} for one in said["observaciones"]]
    assert [(s.archivo, s.unidad, s.estado, s.filas) for s in revision.submissions] == [
        (s["archivo"], s["unidad"], s["estado"], s["filas"]) for s in said["entregas"]
    ]
    assert (revision.errors, revision.avisos) == (said["resumen"]["errores"], said["resumen"]["avisos"])
    assert [u.unidad for u in revision.missing] == [books.UNITS[-1]]
    copies = revision.annotate(tmp_path / "b", repair=True)
    assert {one.path for one in copies if one.path} == {tmp_path / "b" / name for name in tree(tmp_path / "b")}
    assert tree(tmp_path / "a") == tree(tmp_path / "b") != {}


def test_findings_are_told_by_area_and_group_and_rows_by_file_sheet_and_row(entregas: Path) -> None:
    revision = poa_xl.check(entregas, quarter=2)
    frame = revision.to_frame()
    own = frame[frame["codigo"] == "CEL-002"]
    unit = revision.entidad.entidad.by_code[books.UNITS[-2]]
    areas = {a.area: a.nombre for a in revision.entidad.entidad.areas}
    assert own[["servicio", "area", "grupo", "unidad"]].drop_duplicates().values.tolist() == [
        [unit.servicio, areas[unit.area], unit.grupo, unit.unidad]
    ]
    rows = revision.to_frame("tareas")
    assert {"unidad", "archivo", "hoja", "fila", "programado_ene"} <= set(rows.columns)
    assert set(rows["unidad"]) == set(books.UNITS[:-1])
    assert set(rows["archivo"]) == {f"{unit}.xlsx" for unit in books.UNITS[:-1]}
    assert revision.to_frame("Tareas").equals(rows)


@of("consolidate")
def test_write_master_writes_what_consolidate_writes(entregas: Path, tmp_path: Path) -> None:
    run("consolidate", entregas, "--quarter", 2, "-o", tmp_path / "a.xlsx", code=1)
    evaluacion = poa_xl.check(entregas, quarter=2).evaluate()
    written = evaluacion.write_master(tmp_path / "b.xlsx")
    assert (written.path, written.why) == (tmp_path / "b.xlsx", "")
    assert written.path.read_bytes() == (tmp_path / "a.xlsx").read_bytes()


def test_a_figure_is_asked_for_by_its_id_and_is_a_row_of_the_frame(entregas: Path) -> None:
    evaluacion = poa_xl.check(entregas, quarter=2).evaluate()
    frame = evaluacion.to_frame()
    (row,) = frame[frame["id"] == "MDE.avance.t2"].to_dict("records")
    assert (row["node"], row["indicator"], row["period"], row["unit"]) == ("MDE", "avance", "t2", "puntos")
    assert row["value"] == evaluacion.figure("MDE.avance.t2")
    assert frame["id"].is_unique
    assert frame["value"].dtype == float
    words = frame[frame["indicator"] == "semaforo"]
    assert words["value"].isna().all()
    assert words["word"].ne("").any()
    with pytest.raises(poa_xl.FigureError, match="MDE"):
        evaluacion.figure("MDEE.avance.t2")


@of("diff")
def test_diff_finds_what_diff_finds(tmp_path: Path) -> None:
    a = books.book(tmp_path / "a" / "DGRB.xlsx", "DGRB")
    b = books.book(tmp_path / "b" / "DGRB.xlsx", "DGRB", {books.MONTH: 7})
    said = json.loads(run("diff", a, b, "-o", tmp_path / "a.xlsx", "--format", "json", code=1).stdout)
    found = poa_xl.diff(a, b)
    frame = found.to_frame()
    assert [(c["columna"], c["antes"], c["despues"]) for h in said["hojas"] for c in h["celdas"]] == list(
        frame[["columna", "antes", "despues"]].itertuples(index=False, name=None)
    )
    assert (found.equal, poa_xl.diff(a, a).equal) == (False, True)
    found.write(tmp_path / "b.xlsx")
    assert (tmp_path / "b.xlsx").read_bytes() == (tmp_path / "a.xlsx").read_bytes()


@of("report")
def test_a_report_is_written_and_verified_as_the_commands_do(entregas: Path, tmp_path: Path) -> None:
    master, entity = tmp_path / "m.xlsx", entregas.parent / "entidad.xlsx"
    poa_xl.check(entregas, entity, 2).evaluate().write_master(master)
    run("report", "write", master, "--entity", entity, "-o", tmp_path / "a.docx")
    written = poa_xl.write_report(master, tmp_path / "b.docx", entity)
    assert written.path.read_bytes() == (tmp_path / "a.docx").read_bytes()
    said = run("report", "verify", tmp_path / "a.docx", "--master", master, "--format", "json")
    found = poa_xl.verify_report(written, master)
    assert json.loads(said.stdout)["unidas"] == found.verification.bound == written.figures
    assert found.holds
    given = ["--master", master, "--entity", entity, "-o", tmp_path / "c.docx", "--format", "json"]
    said = run("report", "update", tmp_path / "a.docx", *given)
    done = poa_xl.update_report(written, master, tmp_path / "d.docx", entity)
    assert json.loads(said.stdout)["cifras"] == list(done.update.figures) == []
    assert done.path.read_bytes() == (tmp_path / "c.docx").read_bytes()


@of("explain")
def test_explain_tells_what_explain_prints_and_writes(entregas: Path, tmp_path: Path) -> None:
    master = tmp_path / "m.xlsx"
    poa_xl.check(entregas, entregas.parent / "entidad.xlsx", 2).evaluate().write_master(master)
    said = run(
        "explain", master, "DGRB avance 2T", "--format", "json", "--check", entregas, "--html", tmp_path / "a.html"
    )
    found = poa_xl.explain(master, "unidad:DGRB.avance.t2").check(entregas)
    assert found.to_dict() == json.loads(said.stdout)
    found.write_html(tmp_path / "b.html")
    assert (tmp_path / "b.html").read_bytes() == (tmp_path / "a.html").read_bytes()


@of("migrate")
def test_migrate_writes_what_migrate_writes(tmp_path: Path) -> None:
    entity = old_books.entity(tmp_path / "entidad.xlsx")
    old = old_books.old(tmp_path).parent
    (old / "~$DGRB.xlsx").write_bytes(b"x")
    code = run("migrate", old, "--to", 3, "--entity", entity, "-o", tmp_path / "a", "--format", "json").stdout
    seen: list[str] = []
    done = poa_xl.migrate(old, tmp_path / "b", entity, each=lambda one: seen.append(one.name))
    assert [(one.name, one.written and one.written.name) for one in done.files] == [
        (one["archivo"], Path(one["escrito"]).name or None) for one in json.loads(code)["libros"]
    ]
    assert seen == [one.name for one in done.files]
    assert tree(tmp_path / "a") == tree(tmp_path / "b") != {}


@pytest.fixture
def now(monkeypatch: pytest.MonkeyPatch) -> dt.datetime:
    """A moment at which everything happens."""
    monkeypatch.setattr(reception, "now", lambda: books.BEFORE)
    return books.BEFORE


@of("campaign")
@of("receive")
@of("receipt")
@of("waive")
@of("status")
def test_a_campaign_grows_by_calls_as_by_commands(now: dt.datetime, entidad: Path, tmp_path: Path) -> None:
    good = books.book(tmp_path / "bandeja" / "DGAA.xlsx", "DGAA")
    bad = books.book(tmp_path / "bandeja" / "DGRB.xlsx", "DGRB", {books.MONTH: "mucho"})
    a, b = tmp_path / "a", tmp_path / "b"

    run("campaign", a, "--entity", entidad, "--quarter", 2, "--deadline", "2024-07-10", "--by", "Ana")
    run("receive", good, "--campaign", a, "--by", "Luis")
    run("receive", tmp_path / "bandeja", "--campaign", a, "--by", "Luis", code=1)
    waived = ["--unit", "DGRB", "--by", "Ana", "--reason", "Nota 12", "--until", "2099-12-31"]
    run("waive", "TAR-005", "--campaign", a, *waived)
    files = ["-o", tmp_path / "a.xlsx", "-o", tmp_path / "a.html", "--reminders", tmp_path / "ra"]
    said = json.loads(run("status", "--campaign", a, "--check", "--format", "json", *files).stdout)

    campana = poa_xl.Campaign.create(b, entidad, 2, dt.date(2024, 7, 10), by="Ana")
    acuse = campana.receive(good, by="Luis")
    again, other = campana.receive_all(tmp_path / "bandeja", by="Luis")
    assert (acuse.failed, acuse.new, again.new, again.number) == (False, True, False, acuse.number)
    assert (other.path, other.failed, other.state) == (bad, True, "aceptada en parte")
    assert (acuse.copy, other.copy and other.copy.parent.name) == (None, "observaciones")
    assert campana.waive("TAR-005", "DGRB", by="Ana", reason="Nota 12", until=dt.date(2099, 12, 31)).reached
    with campana as held:
        tablero, checked = held.board(), held.verify()
        for name in ("b.xlsx", "b.html"):
            held.write_board(tmp_path / name)
        reminded = held.write_reminders(tmp_path / "rb")

    assert tree(a) == tree(b)
    assert [f.estado for f in tablero.filas] == [f["estado"] for f in said["filas"]]
    assert (checked.problems, checked.proof.head) == ((), said["cadena"]["cabeza"])
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
    assert tree(tmp_path / "ra") == tree(tmp_path / "rb")
    assert [e.recordatorio.unidad for e in reminded.escritos] == [
        r["unidad"] for r in said["recordatorios"]["escritos"]
    ]

    assert acuse.text
    assert acuse.page
    receipt = campana.receipt(acuse.number)
    assert receipt.text in run("receipt", acuse.number, "--campaign", a).stdout
    was = acuse.text.read_bytes()
    acuse.text.unlink()
    assert (receipt.text_file, campana.restore_receipt(acuse.number).why) == (acuse.text, "")
    assert acuse.text.read_bytes() == was
    run("consolidate", "--campaign", a, "-o", tmp_path / "ma.xlsx", code=1)
    campana.check().evaluate().write_master(tmp_path / "mb.xlsx")
    assert (tmp_path / "ma.xlsx").read_bytes() == (tmp_path / "mb.xlsx").read_bytes()


def test_a_ledger_is_made_anew_by_a_call_as_by_the_command(now: dt.datetime, entidad: Path, tmp_path: Path) -> None:
    for place in (tmp_path / "a", tmp_path / "b"):
        campana = poa_xl.Campaign.create(place, entidad, 2, dt.date(2024, 7, 10), by="Ana")
        campana.receive(books.book(tmp_path / "DGAA.xlsx", "DGAA"))
        (place / "campana.sqlite").unlink()
    order = ["--entity", entidad, "--quarter", 2, "--deadline", "2024-07-10", "--by", "Ana", "--recover"]
    said = run("campaign", tmp_path / "a", *order).stdout
    seen: list[str] = []
    poa_xl.Campaign.recover(
        tmp_path / "b", entidad, 2, dt.date(2024, 7, 10), by="Ana", each=lambda e: seen.append(e.unidad)
    )
    assert seen == ["DGAA"]
    assert "DGAA" in said
    # The two last characters of a number are of the row, and that is of the moment at which its file was stored.
    numbers = [sorted(re.sub(r"-\w\w(\.\w+)$", r"\1", name) for name in tree(tmp_path / place)) for place in "ab"]
    assert numbers[0] == numbers[1]
    assert sum("acuses" in name for name in numbers[0]) == 4


@of("addin")
def test_an_addin_is_built_by_a_call_as_by_the_command(tmp_path: Path) -> None:
    from poa_xl.addins.excel import commands as excel
    from poa_xl.addins.libreoffice import commands as libreoffice

    for name, package in (("desktop", excel), ("libreoffice", libreoffice)):
        said = run("addin", "build", name, "-o", tmp_path / name / "a").stdout
        assert package.build(tmp_path / name / "a") in said
        package.build(tmp_path / name / "b")
        assert tree(tmp_path / name / "a") == tree(tmp_path / name / "b")


@of("guide")
def test_guides_are_listed_shown_and_copied_by_calls_as_by_the_command(tmp_path: Path) -> None:
    said = run("guide").stdout.splitlines()
    guides = poa_xl.guides()
    assert [line.split(maxsplit=1) for line in said[: len(guides)]] == [[g.name, g.title] for g in guides]
    assert run("guide", "Guia-DGP.md").stdout.rstrip() == guides[1].text.rstrip()
    run("guide", "-o", tmp_path / "a")
    written = poa_xl.write_guides(tmp_path / "b")
    assert tree(tmp_path / "a") == tree(tmp_path / "b")
    assert [p.read_text(encoding="utf-8") for p in written] == [g.text for g in guides]
    assert "No hay una guía" in run("guide", "nada", code=2).stderr
    assert "no los dos" in run("guide", "metas", "-o", tmp_path / "c", code=2).stderr
    with pytest.raises(poa_xl.WrongUseError, match="ya tiene archivos"):
        poa_xl.write_guides(tmp_path / "a")
    assert {p.name for p in tmp_path.iterdir()} == {"a", "b"}


# --- wrong use ----------------------------------------------------------------------------------------------

Call = Callable[[Path], object]
WRONG: dict[str, tuple[Call, type[poa_xl.PoaError], str]] = {
    "no such file": (lambda p: poa_xl.open_entity(p / "nada.xlsx"), poa_xl.WrongUseError, "No existe"),
    "no such folder": (lambda p: poa_xl.check(p / "nada"), poa_xl.WrongUseError, "No existe"),
    "no entity at hand": (
        lambda p: poa_xl.check(p / "solos"), poa_xl.WrongUseError, "Indíquelo con entidad"
    ),
    "a quarter of no year": (
        lambda p: poa_xl.check(p / "entregas", quarter=5), poa_xl.WrongUseError, "El trimestre es 1, 2, 3 o 4, no 5"
    ),
    "a quarter that is no number": (
        lambda p: poa_xl.check(p / "entregas", quarter="2"),  # type: ignore[arg-type]
        poa_xl.WrongUseError, "no 2"
    ),
    "a figure without a quarter": (
        lambda p: poa_xl.check(p / "entregas").evaluate(), poa_xl.WrongUseError, "quarter=N"
    ),
    "an unknown sheet": (
        lambda p: poa_xl.check(p / "entregas", quarter=2).to_frame("gastos"), poa_xl.WrongUseError, "Hay: "
    ),
    "an entity with errors": (lambda p: poa_xl.open_entity(p / "mala.xlsx"), poa_xl.EntityError, "tiene errores"),
    "figures of an entity with errors": (
        lambda p: poa_xl.check(p / "entregas", p / "mala.xlsx", 2).evaluate(), poa_xl.EntityError, "tiene errores"
    ),
    "nothing accepted": (
        lambda p: poa_xl.check(p / "vacia", p / "entidad.xlsx", 2).evaluate(), poa_xl.PoaError, "ningún libro aceptado"
    ),
    "a workbook of a person in the place of the master": (
        lambda p: poa_xl.check(p / "entregas", quarter=2).evaluate().write_master(p / "entregas" / "DGRB.xlsx"),
        poa_xl.WrongUseError, "no es un libro maestro",
    ),
    "a master that is no .xlsx": (
        lambda p: poa_xl.check(p / "entregas", quarter=2).evaluate().write_master(p / "m.ods"),
        poa_xl.WrongUseError, "debe terminar en .xlsx",
    ),
    "copies among the originals": (
        lambda p: poa_xl.check(p / "entregas", quarter=2).annotate(p / "entregas" / "c"),
        poa_xl.WrongUseError, "es la carpeta de los libros que se revisan",
    ),
    "a template of nobody": (
        lambda p: poa_xl.write_templates(p / "entidad.xlsx", p / "t", units=["XX"]), poa_xl.WrongUseError, "XX"
    ),
    "unknown functions": (
        lambda p: poa_xl.write_templates(p / "entidad.xlsx", p / "t", functions="vba"),  # type: ignore[arg-type]
        poa_xl.WrongUseError, "«vba»",
    ),
    "an entity over another": (lambda p: poa_xl.create_entity(p), poa_xl.PoaError, "Ya existe"),
    "a sample of the third quarter": (lambda p: poa_xl.write_demo(p / "d", quarter=3), poa_xl.WrongUseError, "1 o 2"),
    "no campaign": (lambda p: poa_xl.Campaign(p / "nada"), poa_xl.WrongUseError, "No es una carpeta"),
    "a folder that is no campaign": (lambda p: poa_xl.Campaign(p / "entregas").board(), poa_xl.PoaError, "campaña"),
    "a folder in the place of a file": (
        lambda p: campaign(p).receive(p / "entregas"), poa_xl.WrongUseError, "receive_all"
    ),
    "a moment to come": (
        lambda p: campaign(p).receive(p / "entregas" / "DGRB.xlsx", arrived=dt.datetime(2999, 1, 1)),
        poa_xl.WrongUseError, "no ha llegado todavía",
    ),
    "a receipt copied wrong": (lambda p: campaign(p).receipt("2024-2T-0001-0"), poa_xl.WrongUseError, "dígito"),
    "a receipt of nobody": (lambda p: campaign(p).receipt("2024-2T-0001-6"), poa_xl.PoaError, "2024-2T-0001-6"),
    "a head that is none": (lambda p: campaign(p).verify(["xyz"]), poa_xl.WrongUseError, "xyz"),
    "a finding that cannot be waived": (
        lambda p: campaign(p).waive("UNI-005", "DGRB", by="A", reason="b", until=dt.date(2099, 1, 1)),
        poa_xl.WaiverError, "UNI-005",
    ),
    "reminders in the campaign": (
        lambda p: campaign(p).write_reminders(p / "campana" / "r"), poa_xl.WrongUseError, "campana"
    ),
    "a master and a unit's workbook": (
        lambda p: poa_xl.diff(p / "entidad.xlsx", p / "entregas" / "DGRB.xlsx"), poa_xl.WrongUseError, "entidad"
    ),
    "what is no workbook": (
        lambda p: poa_xl.diff(p / "nota.xlsx", p / "nota.xlsx"), poa_xl.NotComparedError, "No se pudo comparar"
    ),
    "an unknown version": (
        lambda p: poa_xl.migrate(p / "entregas", p / "n", to="7"), poa_xl.WrongUseError, "No hay versión «7»"
    ),
    "limits that are none": (
        lambda p: poa_xl.check(p / "entregas", limits=p / "nota.xlsx"), poa_xl.WrongUseError, "nota.xlsx"
    ),
}  # fmt: skip


def campaign(place: Path) -> poa_xl.Campaign:
    return poa_xl.Campaign(books.campaign(place))


@pytest.mark.parametrize("name", WRONG)
def test_what_cannot_be_is_a_plain_text_of_an_exported_type(name: str, entregas: Path, tmp_path: Path) -> None:
    import openpyxl

    books.book(tmp_path / "otra" / "solos" / "a" / "DGRB.xlsx", "DGRB")
    books.book(tmp_path / "otra" / "solos" / "b" / "DGAA.xlsx", "DGAA")
    (tmp_path / "otra" / "solos").rename(tmp_path.parent / f"{tmp_path.name}-solos")
    (tmp_path / "solos").symlink_to(tmp_path.parent / f"{tmp_path.name}-solos")
    (tmp_path / "vacia").mkdir()
    (tmp_path / "nota.xlsx").write_text("hola", encoding="utf-8")
    book = openpyxl.load_workbook(tmp_path / "entidad.xlsx")
    cell_at(book, at("Unidades", "Código")).value = None
    book.save(tmp_path / "mala.xlsx")
    call, kind, said = WRONG[name]
    with pytest.raises(poa_xl.PoaError, match=said.replace("(", r"\(")) as raised:
        call(tmp_path)
    assert type(raised.value) is kind
    assert kind.__name__ in poa_xl.__all__
    if kind is poa_xl.WrongUseError:
        assert "--" not in str(raised.value)  # a call has no options
    if isinstance(raised.value, poa_xl.FindingsError):
        assert raised.value.findings


def test_a_master_that_a_person_saved_since_stays_unless_it_is_forced(entregas: Path, tmp_path: Path) -> None:
    import openpyxl

    evaluacion = poa_xl.check(entregas, quarter=2).evaluate()
    path = evaluacion.write_master(tmp_path / "m.xlsx").path
    evaluacion.write_master(path)  # as it left it, it may go
    openpyxl.load_workbook(path).save(path)
    saved = path.read_bytes()
    with pytest.raises(poa_xl.WrongUseError, match=r"alguien lo guardó .* force=True"):
        evaluacion.write_master(path)
    assert path.read_bytes() == saved
    evaluacion.write_master(path, force=True)
    assert path.read_bytes() != saved
