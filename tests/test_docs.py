"""The documentation says what the program does: its commands run, its links lead somewhere, its pages are up to date."""

import json
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import openpyxl
import pytest

from poa_xl import messages, sheets
from poa_xl.cli import poa_xl
from tests.demonstration import Demonstration
from tests.one_sheet import sheet_of
from tests.places import address, at, cell_at

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])
WITH_COMMANDS = [ROOT / "README.md", ROOT / "docs/guia-unidades.md", ROOT / "docs/guia-dgp.md"]
GENERATED = {"errores.md", "comandos.md", "hojas.md", "limites.md"}
MASTER = "demo/evaluacion-2T-2024.xlsx"
COMMANDS = sorted(poa_xl.commands)
FEWEST_COMMANDS = 15  # in README and guides together: fewer would mean that the blocks are not found any more
_RUN_MAIN = [sys.executable, "-c", "from poa_xl.cli import main; main()"]
# All tests that share the demonstration run in the same worker.
shares_demo = pytest.mark.xdist_group("docs-demo")


def run(arguments: list[str], folder: Path, columns: int = 100) -> subprocess.CompletedProcess[str]:
    """poa-xl as a person runs it, in a folder."""
    environment = {**os.environ, "COLUMNS": str(columns), "PYTHONUTF8": "1", "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [*_RUN_MAIN, *arguments], cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8"
    )


# --- blocks of commands -----------------------------------------------------------------------------------


@dataclass(frozen=True)
class Command:
    """A command of a block, the output shown below it, and the exit code that the page promises."""

    line: str
    shown: tuple[str, ...]
    code: int


_BLOCK = re.compile(r"^```(console|sh)([^\n]*)\n(.*?)^```", re.MULTILINE | re.DOTALL)


def commands_of(text: str) -> list[Command]:
    """The poa-xl commands of a page's blocks, in order."""
    return [c for kind, info, body in _BLOCK.findall(text) for c in _commands(kind, info, body)]


def _commands(kind: str, info: str, body: str) -> list[Command]:
    found: list[tuple[str, list[str]]] = []
    for line in body.splitlines():
        if kind == "sh" or line.startswith("$ "):
            found.append((line.removeprefix("$ ").split(" #")[0].strip(), []))
        elif found:
            found[-1][1].append(line)
    promised = re.search(r"exit=(\d)", info)
    made = [Command(line, tuple(shown), 0) for line, shown in found]
    if promised and made:
        made[-1] = Command(made[-1].line, made[-1].shown, int(promised[1]))
    return [c for c in made if c.line.startswith("poa-xl ")]


def shows(output: str, line: str) -> bool:
    """Whether a line stands in the output; `…` stands for anything."""
    pattern = ".*".join(re.escape(part) for part in line.split("…"))
    return re.search(f"^{pattern}$", output, re.MULTILINE) is not None


def test_the_blocks_are_found() -> None:
    found = [c for page in WITH_COMMANDS for c in commands_of(page.read_text(encoding="utf-8"))]
    assert len(found) >= FEWEST_COMMANDS
    assert {shlex.split(c.line)[1] for c in found} == set(COMMANDS)
    assert sum(len(c.shown) for c in found) > len(found)


def test_a_block_is_read_as_written() -> None:
    text = "```console exit=1\n$ poa-xl a b\nuno\n$ poa-xl c\ndos … tres\n```\n```text\npoa-xl no\n```\n"
    assert commands_of(text) == [Command("poa-xl a b", ("uno",), 0), Command("poa-xl c", ("dos … tres",), 1)]
    assert shows("cero\ndos 2 tres\n", "dos … tres")
    assert not shows("cero\ndos 2 tres y más\n", "dos … tres")


@pytest.fixture(scope="module")
def demo(demonstration: Demonstration, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the demonstration in `demo/`, made by the documented command."""
    folder = tmp_path_factory.mktemp("docs")
    demonstration.copy(folder / "demo")
    return folder


Ran = dict[str, Demonstration]


@pytest.fixture
def ran(demonstration: Demonstration, demonstration_with_defects: Demonstration) -> Ran:
    """Commands that were run already, for all tests: what they made is copied."""
    return {"poa-xl demo demo": demonstration, "poa-xl demo demo-defectos --defects": demonstration_with_defects}


def _perform(command: Command, folder: Path, ran: Ran) -> tuple[int, str]:
    if command.line in ran:
        made = ran[command.line]
        made.copy(folder / made.folder.name)
        return 0, made.said
    done = run(shlex.split(command.line)[1:], folder)
    return done.returncode, done.stdout + done.stderr


@shares_demo
@pytest.mark.parametrize("page", WITH_COMMANDS, ids=lambda page: page.name)
def test_every_command_of_the_page_runs(page: Path, ran: Ran, tmp_path: Path) -> None:
    found = commands_of(page.read_text(encoding="utf-8"))
    if page.name == "guia-unidades.md":
        assert not found, "units have no terminal"
    for command in found:
        code, output = _perform(command, tmp_path, ran)
        assert code == command.code, f"{command.line}\n{output[-2000:]}"
        for line in command.shown:
            assert shows(output, line), f"{command.line} does not show: {line}\n{output[-3000:]}"


# --- what the guide of the auditor says -------------------------------------------------------------------


@shares_demo
def test_the_auditors_example_is_true(demo: Path) -> None:
    done = run(["consolidate", "demo/entregas", "--quarter", "2", "-o", MASTER], demo)
    assert done.returncode == 0, done.stderr
    values = openpyxl.load_workbook(demo / MASTER, data_only=True)
    cover = {row[0]: row[1] for row in values["Portada"].iter_rows(max_col=2, values_only=True)}
    assert f"{cover['Avance físico (%)']:.2f}" == "92.78"
    for code, avance in (("Servicio Central", "94.28"), ("Servicio Exterior", "91.28"), ("DGAJ", "76.86")):
        assert f"{_row(values['Cálculo'], Código=code)['Avance 2T']:.2f}" == avance
    operation = _row(values["Datos_Operaciones"], Unidad="DGAJ", **{"Código de operación": "OP-03"})
    assert (operation["2T prog."], operation["2T ejec."]) == (431, 234)
    assert f"{operation['2T % bruto']:.2f}" == "54.29"
    task = _row(values["Datos_Tareas"], Unidad="DGAJ", Fila=35)
    assert (task["Archivo"], task["Hoja"], task["Operación"]) == ("DGAJ.xlsx", "Tareas", "OP-03")
    sheet = sheet_of(demo / "demo/entregas/DGAJ.xlsx", "Tareas")
    places = [address(sheet, title, 31) for title in ("Prog. abr", "Ejec. abr")]  # the row 35 of the sheet
    assert [sheet[place].value for place in places] == [4, 2] == [task["Prog. abr"], task["Ejec. abr"]]
    guide = (ROOT / "docs/guia-dgp.md").read_text(encoding="utf-8")
    for quoted in (
        "92,78",
        "94,28",
        "91,28",
        "76,86",
        "54,29",
        "**431**",
        "**234**",
        *(f"Tareas!{place}" for place in places),
    ):
        assert quoted in guide
    missing = [n for n in values.sheetnames if not n.startswith(("Anexo", "Datos_", "Mensual MRE")) and n not in guide]
    assert not missing, "sheets of the master that the guide does not name"


def _row(sheet: object, **wanted: object) -> dict[str, object]:
    """The first row below the headers (row 5) that holds the wanted values, by header."""
    rows = sheet.iter_rows(min_row=5, values_only=True)  # type: ignore[attr-defined]
    header = next(rows)
    return next(r for r in (dict(zip(header, row, strict=True)) for row in rows) if wanted.items() <= r.items())


@shares_demo
def test_the_json_is_as_the_guide_shows_it(demo: Path) -> None:
    """Same fields, at every level, as the example."""
    text = (ROOT / "docs/guia-dgp.md").read_text(encoding="utf-8")
    example = json.loads(re.search(r"```json\n(.*?)```", text, re.DOTALL)[1])  # type: ignore[index]
    workbook = openpyxl.load_workbook(demo / "demo/entregas/DGP.xlsx")
    cell_at(workbook, at("Tareas", "Prog. ene")).value = "2 informes"
    wrong = demo / "mal"
    wrong.mkdir()
    workbook.save(wrong / "DGP.xlsx")
    done = run(["validate", "mal/DGP.xlsx", "--entity", "demo/entidad.xlsx", "--format", "json"], demo)
    assert done.returncode == 1
    answer = json.loads(done.stdout)
    assert answer.keys() == example.keys()
    assert answer["version"] == example["version"]
    assert answer["resumen"].keys() == example["resumen"].keys()
    for part in ("entregas", "observaciones"):
        assert answer[part][0].keys() == example[part][0].keys()
    shown = {k: example["observaciones"][0][k] for k in ("codigo", "severidad", "hallado", "mensaje", "accion")}
    assert shown in [{k: o[k] for k in shown} for o in answer["observaciones"]]


# --- pages ------------------------------------------------------------------------------------------------


def test_generated_pages_are_up_to_date() -> None:
    check = subprocess.run(
        [sys.executable, str(ROOT / "docs/generate.py"), "--check"],
        capture_output=True, text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    assert check.returncode == 0, check.stderr


def test_the_guides_say_what_the_sello_does_not_prove() -> None:
    for page in ("guia-dgp.md", "guia-unidades.md"):
        text = " ".join((ROOT / "docs" / page).read_text(encoding="utf-8").replace("*", "").split())
        assert re.search(r"descub\w+ descuidos", text), page
        assert re.search(r"(no engaños|No descubren una falsificación)", text), page


def test_every_code_and_column_stands_in_the_generated_pages() -> None:
    errores = (ROOT / "docs/errores.md").read_text(encoding="utf-8")
    hojas = (ROOT / "docs/hojas.md").read_text(encoding="utf-8")
    assert [code for code in messages.MESSAGES if f"`{code}`" not in errores] == []
    assert not re.search(r"\{\w+\}", errores), "a placeholder without words"
    for sheet in (*sheets.unit_sheets(), *sheets.entity_sheets()):
        assert f"### {sheet.name}\n" in hojas
        assert [c.title for c in sheet.columns if not c.group and f"| {c.title} |" not in hojas] == []


def test_codes_of_the_guides_exist() -> None:
    for page in PAGES:
        named = set(re.findall(r"\b[A-Z]{3}-\d{3}\b", page.read_text(encoding="utf-8")))
        assert named - messages.MESSAGES.keys() - {"SHA-256"} == set(), page.name


def test_every_command_and_option_stands_in_a_hand_written_page() -> None:
    text = "\n".join(p.read_text(encoding="utf-8") for p in WITH_COMMANDS)
    for name, command in poa_xl.commands.items():
        assert f"poa-xl {name}" in text
        for options in ([o for o in p.opts if o.startswith("-")] for p in command.params):
            assert not options or any(re.search(rf"(?<!\S)`?{o}\b", text) for o in options), (name, options)


def test_the_floors_in_the_pages_are_those_that_are_checked() -> None:
    settings = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    floors = settings["tool"]["importlinter"]["contracts"][0]["layers"]
    for page in ("CONTRIBUTING.md", "docs/architecture.md"):
        assert "\n".join(f"    {floor}" for floor in floors) in (ROOT / page).read_text(encoding="utf-8"), page
    table = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    modules = [m for floor in floors for m in re.findall(r"\w+", floor)]
    assert [m for m in modules if not re.search(rf"^(\| `{m}` \||### {m}$)", table, re.MULTILINE)] == []


def _links() -> Iterator[tuple[Path, str, str]]:
    for page in PAGES:
        text = re.sub(r"```.*?```", "", page.read_text(encoding="utf-8"), flags=re.DOTALL)
        for target, _, anchor in (link.partition("#") for link in re.findall(r"\]\(([^)\s]+)\)", text)):
            yield page, target, anchor


def _anchor(heading: str) -> str:
    """The anchor that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


def test_relative_links_resolve() -> None:
    local = [link for link in _links() if not link[1].startswith(("http:", "https:", "mailto:"))]
    assert len(local) > 10
    for page, target, anchor in local:
        path = (page.parent / target).resolve() if target else page
        assert path.exists(), f"{page.name}: {target}"
        if anchor:
            headings = re.findall(r"^#+ (.*)$", path.read_text(encoding="utf-8"), re.MULTILINE)
            assert anchor in [_anchor(h) for h in headings], f"{page.name}: {target}#{anchor}"


def test_pages_name_no_path_of_a_machine() -> None:
    for page in PAGES:
        assert not re.search(r"(?<![\w.])/(work|home|root|tmp|Users)/", page.read_text(encoding="utf-8")), page.name


# --- the command line: Spanish, and its exit codes --------------------------------------------------------

_ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|args|show|this|message|exit|version|try|for|help|missing|invalid|value|"
    r"values|required|default|choose|from|such|no such|did|you|mean|one of|is|are|not|valid|integer|range|float|"
    r"directory|file|path|exist|does|got|unexpected|extra|requires?|takes?|the|with|possible|aborted|parameter)\b",
    re.IGNORECASE,
)
# What may look English and is not: names of options, commands and choices.
_NAMES = re.compile(r"--?[a-z][\w-]*|\bpoa-xl\b|\[poa\|native\]|\[text\|json\]|«[^»]*»|'[^']*'")


def english(text: str) -> list[str]:
    """Words that click left in English."""
    return sorted({m[0] for m in _ENGLISH.finditer(_NAMES.sub(" ", text))})


def test_english_would_be_seen() -> None:
    assert english("Usage: poa-xl [OPTIONS]") == ["OPTIONS", "Usage"]
    assert english("Error: Missing option '--quarter'.") == ["Missing", "option"]


@pytest.mark.parametrize("arguments", [[], *([name] for name in COMMANDS)], ids=lambda a: a[0] if a else "poa-xl")
def test_help_is_spanish_and_has_an_example(arguments: list[str], tmp_path: Path) -> None:
    done = run([*arguments, "--help"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert english(done.stdout) == []
    assert done.stdout.startswith("Uso: poa-xl")
    assert "Ejemplo:\n    poa-xl " in done.stdout


USAGE_ERRORS = {
    "no command": ("", "Uso:"),
    "unknown command": ("revisar", "No existe la orden"),
    "almost a command": ("valdate", "¿Quiso decir"),
    "almost two commands": ("d", "No existe la orden"),
    "unknown option": ("init a --foo", "No existe la opción"),
    "almost an option": ("validate x --quarterr 2", "¿Quiso decir"),
    "almost several options": ("template x --e", "No existe la opción"),
    "missing argument": ("init", "Falta el argumento"),
    "missing several": ("validate", "Falta el argumento"),
    "extra argument": ("init a b", "Sobra el argumento"),
    "extra arguments": ("init a b c", "Sobran los argumentos"),
    "missing option": ("consolidate . -o m.xlsx", "Falta la opción"),
    "option without value": ("consolidate . --quarter", "necesita un valor"),
    "flag with value": ("demo x --defects=1", "no lleva valor"),
    "bad choice": ("template archivo.xlsx -o x --functions excel", "no es ninguno de estos"),
    "bad number": ("consolidate . --quarter dos -o m.xlsx", "no es un número entero"),
    "out of range": ("consolidate . --quarter 5 -o m.xlsx", "no está entre 1 y 4"),
    "missing file": ("validate nada.xlsx", "no existe"),
    "missing folder": ("consolidate nada --quarter 2 -o m.xlsx", "no existe"),
    "file for a folder": ("init archivo.xlsx", "es un archivo"),
    "folder for a file": ("template . -o x", "es una carpeta"),
    "no entity": ("validate .", "--entity"),
    "master of another kind": ("consolidate . --quarter 2 -o m.txt", "debe terminar en .xlsx"),
    "master over another file": ("consolidate . --quarter 2 -o archivo.xlsx", "no es un libro maestro"),
}


@pytest.mark.parametrize(("arguments", "expected"), USAGE_ERRORS.values(), ids=USAGE_ERRORS.keys())
def test_wrong_usage_is_said_in_spanish_and_ends_with_2(arguments: str, expected: str, tmp_path: Path) -> None:
    folder = tmp_path / "a" / "b"  # no entidad.xlsx beside it
    folder.mkdir(parents=True)
    (folder / "archivo.xlsx").write_bytes(b"")
    done = run(shlex.split(arguments), folder)
    assert done.returncode == 2
    assert done.stdout == ""
    assert expected in done.stderr
    assert english(done.stderr) == []


def test_version(tmp_path: Path) -> None:
    done = run(["--version"], tmp_path)
    assert (done.returncode, english(done.stdout)) == (0, [])


CANNOT_GO_ON = {
    "init over a file": ("init .", "Ya existe"),
    "demo over a file": ("demo .", "Ya existe"),
}


@pytest.mark.parametrize(("arguments", "expected"), CANNOT_GO_ON.values(), ids=CANNOT_GO_ON.keys())
def test_what_the_program_cannot_do_ends_with_3(arguments: str, expected: str, tmp_path: Path) -> None:
    (tmp_path / "entidad.xlsx").write_bytes(b"PK")
    done = run(shlex.split(arguments), tmp_path)
    assert done.returncode == 3
    assert done.stderr.startswith("Error: ")
    assert expected in done.stderr
    assert "Traceback" not in done.stderr


def test_bad_data_ends_with_1_and_good_data_with_0(tmp_path: Path) -> None:
    made = run(["init", "."], tmp_path)
    assert made.returncode == 0
    empty = run(["validate", "entidad.xlsx"], tmp_path)
    assert (empty.returncode, "PAR-001" in empty.stdout) == (1, True)
    workbook = openpyxl.load_workbook(tmp_path / "entidad.xlsx")
    for row in workbook["Parametros"].iter_rows(min_row=5, max_col=4):
        if row[0].value and row[3].value is None:
            row[3].value = 2025 if row[0].value == "gestion" else "X"
    workbook.save(tmp_path / "entidad.xlsx")
    good = run(["validate", "entidad.xlsx"], tmp_path)
    assert good.returncode == 0, good.stdout
