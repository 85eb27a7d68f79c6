"""Nothing that a stranger wrote acts on a terminal: every command, with names and cells full of what could."""

import ast
import json
import os
import shutil
import subprocess
import sys
import unicodedata
from collections.abc import Callable, Iterator
from pathlib import Path
from unittest.mock import Mock

import click
import openpyxl
import pytest

from poa_xl import cli
from poa_xl.api import templates
from poa_xl.cli import poa_xl, terminal, termination
from poa_xl.errors import PoaError
from tests import campaign_books as books, old_books
from tests.places import at, cell_at

pytestmark = pytest.mark.slow

pty = pytest.importorskip("pty", reason="a terminal of Unix, and names that Windows does not take")

ROOT = Path(__file__).resolve().parent.parent
# Colours, the title of the window, a bell, back to the start of the line, clearing the screen (as C1), text that runs
# backwards, isolates, marks of direction, other ends of line, rubbing out, half a character of a strange file system.
BAD = "\x1b[31m\x1b]0;t\x07\r\x9b2J\u202e\u2066\u200f\u2028\x85\x7f\x08"
NAME = f"mal{BAD}o"
CELL = "mal_x001B_[31m_x0007_\x9b2J\u202e\u2066\u200f\u2028\x85\x7fo"  # what XML does not take as Excel writes it
HARMLESS = "\n"

Run = Callable[..., tuple[int, str]]


def active(text: str) -> set[str]:
    """The characters in it that could act on a terminal, or make text look like another."""
    return {
        ch for ch in text if unicodedata.category(ch) in ("Cc", "Cf", "Zl", "Zp", "Cs", "Co") and ch not in HARMLESS
    }


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """The program as from a shell, with what it would send to a terminal but for styles of our own."""
    monkeypatch.setattr(click.termui, "style", lambda text, **_: text)
    for module in (click.utils, click._compat):
        monkeypatch.setattr(module, "should_strip_ansi", lambda *_, **__: False)
    monkeypatch.setattr(termination, "watch", lambda: None)

    def call(*arguments: object) -> tuple[int, str]:
        monkeypatch.setattr(sys, "argv", ["poa-xl", *map(str, arguments)])
        capfd.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        shown = "".join(capfd.readouterr())
        assert "Error interno" not in shown, shown
        assert active(shown) == set(), shown
        if "json" in arguments and ended.value.code in (0, 1):
            json.loads(shown)
        return int(ended.value.code or 0), shown

    return call


STRANGE = (
    *(at("Tareas", title) for title in ("Actividad", "Tarea", "Prog. ene")), at("Tareas", "Prog. feb", 2),
    at("Operaciones", "Código de operación"), at("Operaciones", "Operación"),
    at("Unidad", "Responsable de la información"), at("Unidad", "Cargo"),
    at("Presupuesto", "Categoría programática"), at("Resultados", "ACP", 0),
)  # fmt: skip


@pytest.fixture(scope="module")
def source(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An entity, workbooks and a campaign in which everything that a person can name is called like that."""
    place = tmp_path_factory.mktemp("terminal") / NAME
    place.mkdir()
    books.campaign(place)
    (place / "campana").rename(place / NAME)
    sent = place / "entregas"
    for unit in ("DGRB", "DGAA"):
        workbook = openpyxl.load_workbook(books.book(sent / f"{unit}.xlsx", unit))
        for strange in STRANGE:
            cell_at(workbook, strange).value = CELL
        workbook.create_sheet(CELL[:3] + CELL[-12:])["A1"] = CELL
        workbook.save(sent / f"{NAME} {unit}.xlsx")
        (sent / f"{unit}.xlsx").unlink()
    (sent / f"{NAME}.pdf.xlsx").write_bytes(b"%PDF-1.4")
    (sent / f"~${NAME}.xlsx").write_bytes(b"x")
    (sent / f"{NAME}.csv").write_text(NAME)
    (sent / "sub").mkdir()
    (sent / "sub" / f"{NAME}.xlsx").symlink_to(sent / NAME)
    os.mkfifo(sent / "sub" / f"{NAME}-tubo.xlsm")
    (place / "limites.yaml").write_text(f'"{NAME.encode("unicode_escape").decode()}": 3\n'.replace("\\u", "\\u"))
    (place / f"{NAME}.yaml").write_bytes(b'hojas: "\\e[31m\\a"\n')
    entity = openpyxl.load_workbook(place / "entidad.xlsx")
    for name in (at("Unidades", "Nombre"), at("Areas", "Nombre")):
        cell_at(entity, name).value = CELL
    entity.save(place / f"{NAME}.xlsx")
    for name in (at("Unidades", "Código"), at("Parametros", "Valor", 4), at("Areas", "Servicio")):
        cell_at(entity, name).value = CELL
    entity.save(place / f"{NAME} peor.xlsx")
    books.book(place / "buenos" / "DGRB.xlsx", "DGRB")
    for folder, entity_book in ((NAME, f"{NAME} peor.xlsx"), ("buena", "entidad.xlsx")):
        shutil.copytree(place / "buenos", place / "estado" / folder)
        shutil.copy(place / entity_book, place / "estado" / folder / "entidad.xlsx")
    (place / "viejos").mkdir()
    old_books.old(place / "viejos", f"{NAME}.xlsx", Cargo=CELL)
    old_books.entity(place / "viejos.xlsx")
    return place


@pytest.fixture
def place(source: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Path:
    monkeypatch.chdir(source)
    monkeypatch.setenv("HOME", str(tmp_path / NAME))
    monkeypatch.setenv("PATH", str(tmp_path / NAME))
    return source


def lines() -> Iterator[tuple[str, list[object]]]:
    """Command lines: what is good, what is not there, what is not understood."""
    yield "", [NAME]
    yield "", [f"--{NAME}"]
    yield "init", ["init", f"nueva {NAME}"]
    yield "init", ["init", f"nueva {NAME}"]
    yield "init", ["init", f"{NAME}.xlsx/x"]
    yield "demo", ["demo", f"nueva {NAME}"]
    yield "demo", ["demo", "x", "--quarter", NAME]
    yield "template", ["template", f"{NAME}.xlsx", "-o", f"p {NAME}"]
    yield "template", ["template", f"{NAME}.xlsx", "-o", f"p {NAME}"]
    yield "template", ["template", f"{NAME}.xlsx", "-o", "p", "--unit", NAME]
    yield "template", ["template", f"{NAME} peor.xlsx", "-o", "p"]
    yield "template", ["template", f"{NAME} no está.xlsx", "-o", "p", "--functions", NAME]
    named = ["--entity", f"{NAME}.xlsx"]
    for sent in ("entregas", f"entregas/{NAME} DGRB.xlsx", f"entregas/{NAME}.csv", f"entregas/sub/{NAME}.xlsx"):
        yield "validate", ["validate", sent, *named, "--quarter", 2]
        yield "validate", ["validate", sent, *named, "--format", "json"]
    yield "validate", ["validate", f"entregas/{NAME} DGRB.xlsx", "--format", NAME]
    yield "validate", ["validate", f"{NAME}.xlsx", f"{NAME} peor.xlsx"]
    yield "validate", ["validate", f"{NAME} peor.xlsx"]
    yield "validate", ["validate", "entregas", "--entity", f"{NAME} peor.xlsx", "--format", "json"]
    yield "validate", ["validate", "entregas", *named, "--annotate", f"copias {NAME}", "--repair"]
    yield "validate", ["validate", "entregas", *named, "--annotate", f"copias {NAME}", "--repair"]
    yield "validate", ["validate", "entregas", *named, "--annotate", "entregas/sub"]
    for limits in (
        "limites.yaml",
        f"{NAME}.yaml",
        f"{NAME} no está",
        f"entregas/sub/{NAME}-tubo.xlsm",
        f"entregas/sub/{NAME}.xlsx",
    ):
        yield "validate", ["validate", "entregas", *named, "--limits", limits]
    yield "consolidate", ["consolidate", "entregas", *named, "--quarter", 2, "-o", f"m {NAME}.xlsx"]
    yield "consolidate", ["consolidate", "buenos", *named, "--quarter", 2, "-o", f"m {NAME}.xlsx"]
    yield "consolidate", ["consolidate", "buenos", *named, "--quarter", 1, "-o", f"m {NAME}.xlsx"]
    yield "consolidate", ["consolidate", "buenos", *named, "--quarter", 2, "-o", f"m {NAME}.txt"]
    yield "consolidate", ["consolidate", "buenos", *named, "--quarter", 2, "-o", f"{NAME}.xlsx"]
    yield "consolidate", ["consolidate", "buenos", *named, "--quarter", 2, "-o", f"entregas/sub/{NAME}.xlsx"]
    yield "consolidate", ["consolidate", "buenos", *named, "--quarter", 2, "-o", f"{NAME}.yaml/m.xlsx"]
    yield "consolidate", ["consolidate", f"{NAME} no está", "--quarter", 2, "-o", "m.xlsx"]
    for odd in (f"s3://{NAME}", f"s3://balde/{NAME}"):
        yield "consolidate", ["consolidate", odd, "--quarter", 2, "-o", "m.xlsx"]
        yield "consolidate", ["consolidate", "buenos", *named, "--quarter", 2, "-o", odd]
        yield "consolidate-state", ["consolidate-state", odd, "--quarter", 2, "-o", "t"]
    yield "validate", ["validate", "entregas", *named, "--engine", f"dask://{NAME}:1"]
    for output in (f"todas {NAME}", f"todas {NAME}", f"{NAME}.xlsx", f"estado/{NAME}/s"):
        yield "consolidate-state", ["consolidate-state", "estado", "--quarter", 2, "-o", output]
    yield "consolidate-state", ["consolidate-state", "estado", f"estado/{NAME}", "entregas", "--quarter", 2, "-o", "t"]
    yield "consolidate-state", ["consolidate-state", f"{NAME} no está", "--quarter", NAME, "-o", "t"]
    for more in ([], ["--incomplete"], ["--incomplete", "--resolution", NAME, "--by", NAME]):
        yield "plan approve", ["plan", "approve", "entregas", *named, *more]
    yield "plan approve", ["plan", "approve", f"{NAME} no está", *named]
    yield "template", ["template", f"{NAME}.xlsx", "-o", f"q {NAME}", "--plan", f"{NAME}.yaml"]
    yield "validate", ["validate", "entregas", *named, "--plan", f"{NAME}.yaml", "--previous", f"{NAME} no está"]
    pair = [f"entregas/{NAME} DGRB.xlsx", "buenos/DGRB.xlsx"]
    for more in (
        [],
        ["--all"],
        ["--format", "json"],
        ["-o", f"d {NAME}.xlsx"],
        ["-o", f"d {NAME}"],
        ["-o", f"{NAME}.xlsx"],
    ):
        yield "diff", ["diff", *pair, *more]
    yield "diff", ["diff", f"entregas/{NAME} DGRB.xlsx", f"entregas/{NAME} DGAA.xlsx"]
    yield "diff", ["diff", f"entregas/{NAME}.csv", f"{NAME}.xlsx"]
    yield "diff", ["diff", f"{NAME}.xlsx", f"entregas/{NAME} DGAA.xlsx"]
    yield "explain", ["explain", f"m {NAME}.xlsx", NAME]
    yield "explain", ["explain", f"entregas/{NAME} DGAA.xlsx", NAME]
    yield "explain", ["explain", f"{NAME}.csv", NAME, "--html", f"{NAME}"]
    told = ["report", "write", f"m {NAME}.xlsx", *named, "-o", f"i {NAME}.docx"]
    for more in (
        [],
        ["--known", f"{NAME}.yaml"],
        ["--pdf", f"{NAME}.xlsx"],
        ["--limits", f"{NAME}.yaml"],
        ["--html", f"p {NAME}.html"],
    ):
        yield "report write", [*told, *more]
    yield "report write", ["report", "write", f"entregas/{NAME} DGAA.xlsx", *named, "-o", f"i {NAME}.docx"]
    yield "report write", ["report", "write", f"m {NAME}.xlsx", "--entity", f"{NAME} peor.xlsx", "-o", f"{NAME}"]
    for document in (f"i {NAME}.docx", f"m {NAME}.xlsx", f"{NAME} no está"):
        yield "report verify", ["report", "verify", document, "--master", f"m {NAME}.xlsx", "--format", "json"]
    yield "report verify", ["report", "verify", f"i {NAME}.docx", "--master", f"{NAME}.csv", "--known", f"{NAME}.yaml"]
    newer = ["--master", f"m {NAME}.xlsx", *named]
    for document, target in (
        (f"i {NAME}.docx", f"n {NAME}.docx"),
        (f"{NAME}.xlsx", "n.docx"),
        (f"i {NAME}.docx", NAME),
    ):
        yield "report update", ["report", "update", document, *newer, "-o", target]
    old = ["migrate", "viejos", "--entity", "viejos.xlsx"]
    yield "migrate", [*old, "--to", 3, "-o", f"n {NAME}"]
    yield "migrate", [*old, "--to", 3, "-o", f"n {NAME}", "--format", "json"]
    yield "migrate", [*old, "--to", NAME, "-o", "n"]
    yield "migrate", ["migrate", f"{NAME}.xlsx", "-o", f"nueva {NAME}.xlsx"]
    yield "migrate", [*old, "--to", 3, "-o", "n", "--from", NAME]
    yield "migrate", [*old, "--to", 3, "-o", "n", "--unit", NAME]
    yield "migrate", [*old, "--refresh", "-o", f"r {NAME}"]
    yield "migrate", ["migrate", "entregas", "--entity", f"{NAME}.xlsx", "--to", 3, "-o", f"{NAME}.xlsx"]
    yield "migrate", ["migrate", "entregas", "--entity", "viejos.xlsx", "--to", 3, "-o", f"o {NAME}"]
    limit = ["--quarter", 2, "--deadline", "2024-07-10"]
    yield "campaign", ["campaign", f"c {NAME}", *named, *limit, "--by", NAME]
    yield "campaign", ["campaign", f"c {NAME}", "--entity", f"{NAME} peor.xlsx", *limit]
    yield "campaign", ["campaign", f"c {NAME}", *named, "--quarter", 3, "--deadline", "2024-07-10"]
    yield "campaign", ["campaign", f"c {NAME}", *named, "--quarter", 2, "--deadline", NAME]
    kept = ["--campaign", f"c {NAME}"]
    yield "receive", ["receive", "entregas", *kept, "--by", NAME]
    yield "receive", ["receive", "entregas", *kept, "--format", "json"]
    yield "receive", ["receive", "buenos", *kept, "--by", NAME]
    yield "receive", ["receive", "entregas", "--campaign", "entregas"]
    yield "receipt", ["receipt", NAME, *kept]
    yield "receipt", ["receipt", "NÚMERO", *kept]
    yield "receipt", ["receipt", "2024-2T-9999-0", *kept]
    waived = ["--by", NAME, "--reason", NAME, "--until", "2030-01-01"]
    yield "waive", ["waive", "TAR-005", *kept, "--unit", "DGRB", *waived]
    yield "waive", ["waive", NAME, *kept, "--unit", NAME, *waived]
    yield "waive", ["waive", "TAR-005", *kept, "--unit", "DGRB", *waived, "--cell", NAME]
    yield "campaign", ["campaign", f"c {NAME}", "--export", f"r {NAME}.zip"]
    yield "campaign", ["campaign", f"c {NAME}", "--export", f"r {NAME}.zip"]
    yield "campaign", ["campaign", f"c {NAME}", "--export", f"r {NAME}", "--by", NAME]
    yield "campaign", ["campaign", f"i {NAME}", "--import", f"r {NAME}.zip"]
    yield "campaign", ["campaign", f"i {NAME}", "--import", f"r {NAME}.zip"]
    yield "campaign", ["campaign", f"j {NAME}", "--import", f"{NAME}.xlsx"]
    yield "status", ["status", *kept, "--check"]
    yield "status", ["status", *kept, "--check", "--format", "json"]
    yield "status", ["status", *kept, "-o", f"t {NAME}.xlsx", "-o", f"t {NAME}.html", "--reminders", f"r {NAME}"]
    yield "status", ["status", *kept, "-o", f"t {NAME}", "--reminders", f"r {NAME}"]
    yield "status", ["status", *kept, "--reminders", f"c {NAME}/r"]
    yield "addin build", ["addin", "build", "libreoffice", "-o", f"a {NAME}"]
    yield "addin build", ["addin", "build", "desktop", "-o", f"a {NAME}"]
    yield "addin build", ["addin", "build", "web", "-o", f"a {NAME}", "--url", NAME]
    yield "addin build", ["addin", "build", "web", "-o", f"a {NAME}", "--pyodide", f"entregas/{NAME}.csv"]
    yield "addin build", ["addin", "build", NAME, "-o", "x"]
    yield "addin install", ["addin", "install", "desktop"]
    yield "addin uninstall", ["addin", "uninstall", "desktop"]
    yield "addin status", ["addin", "status"]
    yield "addin serve", ["addin", "serve", "--port", 1, "--cert", f"{NAME}.yaml"]
    yield "addin serve", ["addin", "serve", "--port", NAME]
    yield "guide", ["guide", NAME]
    yield "guide", ["guide", "-o", f"g {NAME}"]
    yield "guide", ["guide", "-o", f"g {NAME}"]
    yield "guide", ["guide", "guia-dgp", "-o", f"h {NAME}"]


def names(group: click.Group, before: str = "") -> set[str]:
    found: set[str] = set()
    for name, command in group.commands.items():
        found |= names(command, f"{before}{name} ") if isinstance(command, click.Group) else {before + name}
    return found


def test_every_command_is_tried() -> None:
    assert {name for name, _ in lines() if name} == names(poa_xl)


def test_no_command_sends_anything_of_a_stranger_that_acts_on_a_terminal(place: Path, run: Run) -> None:
    codes = set()
    said = ""
    for _, arguments in lines():
        if "NÚMERO" in arguments:
            number = min((place / f"c {NAME}" / "acuses").glob("*.txt")).stem
            arguments = [number if a == "NÚMERO" else a for a in arguments]
        code, shown = run(*arguments)
        codes.add(code)
        said += shown
    assert codes == {0, 1, 2, 3}
    for escaped in ("\\x1b[31m", "\\u202e", "\\x9b", "\\x07", "\\r", "\\u2066", "\\x85"):  # it was said, harmless
        assert escaped in said, escaped


def test_what_the_system_says_and_what_was_not_foreseen_are_escaped_too(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    strange = os.fsdecode(f"{NAME}".encode() + b"\x9b")
    for error in (OSError(5, BAD, NAME), OSError(2, BAD, strange), PoaError(NAME), ValueError(NAME)):
        monkeypatch.setattr(templates, "create_entity", Mock(side_effect=error))
        monkeypatch.setattr(cli, "_bug", str)
        assert run("init", "x")[0] == 3


def test_a_document_keeps_its_data(capfd: pytest.CaptureFixture[str]) -> None:
    data = {NAME: [CELL, "ñandú «15 %» 日本 𝄞 \U000e0001", 1.5, None, True]}
    terminal.say_json(data)
    shown = capfd.readouterr().out
    assert json.loads(shown) == data
    assert active(shown) == set()
    assert "ñandú «15 %» 日本 𝄞 " in shown


def test_words_in_any_language_are_shown_as_they_are(capfd: pytest.CaptureFixture[str]) -> None:
    terminal.say("Ñuflo d'Ávila «ж 漢字 עברית é»")
    terminal.say_lines("uno\ndos\rtres")
    assert capfd.readouterr().out == "Ñuflo d'Ávila «ж 漢字 עברית é»\nuno\ndos\\rtres\n"


def test_nothing_but_the_module_terminal_writes_to_the_terminal() -> None:
    writers = {"echo", "secho", "print", "echo_via_pager", "write"}
    for path in sorted(p for part in ("api", "cli") for p in (ROOT / "poa_xl" / part).rglob("*.py")):
        if path.name == "terminal.py":
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
                owner = ast.unparse(node.func.value) if isinstance(node.func, ast.Attribute) else ""
                ours = name == "write" and not owner  # a function of a module of ours
                assert ours or name not in writers or owner not in ("", "click", "sys.stdout", "sys.stderr"), (
                    f"{path.name}:{node.lineno}"
                )


def test_on_a_real_terminal_only_our_own_colours_are_sent(place: Path) -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm-256color", "COLUMNS": "200"}
    order = ["validate", f"entregas/{NAME} DGRB.xlsx", "--entity", f"{NAME}.xlsx", "--quarter", "2"]
    process = subprocess.Popen(
        [sys.executable, "-m", "poa_xl.cli", *order],
        stdout=theirs,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd=place,
    )
    os.close(theirs)
    sent = b""
    while True:
        try:
            chunk = os.read(ours, 65536)
        except OSError:  # how Linux tells that the other end was closed
            break
        if not chunk:
            break
        sent += chunk
    os.close(ours)
    assert process.wait() == 1
    text = sent.decode("utf-8").replace("\r\n", "\n")  # the terminal's own
    assert "\x1b[31m" in text, "red, for errors: it took us for a terminal"
    assert "\\x1b[31m" in text or "\\x9b" in text
    for own in ("\x1b[31m", "\x1b[0m"):
        text = text.replace(own, "")
    assert active(text) == set()


BAR = "from poa_xl.cli import output\nwith output.progress('Revisando') as told:\n    for n in range(5): told(n, 4)\n"


def test_a_bar_counts_on_a_terminal_and_leaves_nothing_there() -> None:
    ours, theirs = pty.openpty()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", "TERM": "xterm-256color"}
    subprocess.run([sys.executable, "-c", BAR], stderr=theirs, env=environment, check=True)
    os.close(theirs)
    sent = os.read(ours, 65536).decode()
    os.close(ours)
    *shown, end = sent.split("\r")
    assert [state.rsplit(" ", 1)[1].removesuffix("\x1b[?25h") for state in shown if "Revisando" in state] == [
        "0/0", "1/4", "2/4", "3/4", "4/4",
    ]  # fmt: skip
    assert (shown[-1].count("━"), end) == (36, "\n\x1b[1A\x1b[2K")  # the line that it stood in is cleared


def test_a_bar_is_not_written_into_a_file_or_a_pipe() -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", BAR], capture_output=True, env=environment, check=True)
    assert (done.stdout, done.stderr) == (b"", b"")
