"""A code carries its traits in one place, nothing else holds a list of codes, and what the program does follows them."""

import ast
import contextlib
import inspect
import json
from collections import Counter, defaultdict
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import openpyxl
import pytest
import python_calamine
from click.testing import CliRunner

import poa_xl
from poa_xl import cells, messages, observations, reading, sheets
from poa_xl.campaign import exceptions, folder
from poa_xl.campaign.exceptions import Pedido, WaiverError
from poa_xl.checking import entity_book, unit_books
from poa_xl.checking.unit_books import CheckedUnits
from poa_xl.checking.waivers import Waiver
from poa_xl.cli import output, poa_xl as command
from poa_xl.comparison import units
from poa_xl.findings import Finding, Location, SubmissionState
from poa_xl.indicators import ENTERO
from poa_xl.messages import MESSAGES, Severity, Trait, codes, comparison as comparison_words, has
from poa_xl.reading import Book, goal_numbers, rows
from tests import campaign_books, packages, text_books
from tests.places import Expected
from tests.test_campaign_waivers import UNTIL
from tests.test_findings import ENTITY_CASES, Case

# --- one place ------------------------------------------------------------------------------------------------

# Rules that raise codes of their own, one for each sheet or kind of file, and the defects that are planted.
RAISE_THEM = {
    "checking/cuadre.py", "checking/entity_book.py", "checking/report_texts.py", "checking/totals.py", "checking/unit_rules.py", "guards/workbook.py",
    "reading/structure.py", "sample/defects.py", "sample/defects_bands.py", "sample/defects_entity.py",
    "sample/defects_files.py", "sample/defects_rows.py", "sample/defects_sheets.py", "sample/defects_units.py",
}  # fmt: skip


@cache
def package_sources() -> dict[str, ast.Module]:
    """The modules of the package outside `messages`, by their path in it."""
    root = Path(poa_xl.__file__).parent
    paths = {path.relative_to(root).as_posix(): path for path in sorted(root.rglob("*.py"))}
    return {name: ast.parse(p.read_text(encoding="utf-8")) for name, p in paths.items() if name[:9] != "messages/"}


@cache
def traits_asked_for() -> set[str]:
    """The traits that the program asks for by name, outside `messages` and in the words of active content."""
    words = Path(messages.__file__).with_name("active_content.py").read_text(encoding="utf-8")
    trees = [*package_sources().values(), ast.parse(words), ast.parse(inspect.getsource(messages.can_be_waived))]
    nodes = (node for tree in trees for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {node.attr for node in nodes if isinstance(node.value, ast.Name) and node.value.id == "Trait"}


def is_code(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and node.value in MESSAGES


def is_section(node: ast.AST) -> bool:
    return isinstance(node, ast.Constant) and str(node.value).rstrip("-") in messages.SECTIONS


def held(node: ast.AST) -> list[ast.AST]:
    """What a literal collection holds, collections in it included; nothing that is called."""
    if not isinstance(node, ast.Tuple | ast.List | ast.Set | ast.Dict):
        return [node]
    inner = [*node.keys, *node.values] if isinstance(node, ast.Dict) else node.elts
    return [leaf for one in inner if one is not None for leaf in held(one)]


def lists_of_codes(tree: ast.AST) -> list[int]:
    """The lines where a collection holds codes, or a code is told by its section: traits that stand outside `messages`."""
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Set | ast.Dict) and any(is_code(leaf) for leaf in held(node)):
            found.append(node.lineno)
        if isinstance(node, ast.Tuple | ast.List) and sum(is_code(leaf) for leaf in held(node)) > 1:
            found.append(node.lineno)
        if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "startswith":
            found += [node.lineno for leaf in node.args for one in held(leaf) if is_section(one)]
        if isinstance(node, ast.Compare) and isinstance(node.left, ast.Subscript):  # code[:3] == "LIB"
            found += [node.lineno for leaf in node.comparators for one in held(leaf) if is_section(one)]
    return found


@pytest.mark.slow
def test_no_module_outside_messages_keeps_a_list_of_codes() -> None:
    found = {name: lines for name, tree in package_sources().items() if (lines := lists_of_codes(tree))}
    assert set(found) - RAISE_THEM == set(), found
    assert set(found) >= RAISE_THEM  # none that needs no exception any more


@pytest.mark.parametrize(
    "source",
    [
        'REFUSED = frozenset({"LIB-001"})',
        'REFUSED = ("HOJ-001", "HOJ-009")',
        'REFUSED = ["HOJ-001", "HOJ-009"]',
        'KINDS = {"HOJ-011": "titulos"}',
        'KINDS = {"titulos": ("HOJ-011", "x")}',
        'wrong = finding.code.startswith("LIB")',
        'wrong = finding.code.startswith(("ENT", "LIB-"))',
        'wrong = code[:3] in {"LIB", "HOJ"}',
        'wrong = code[:3] == "LIB"',
    ],
)
def test_a_list_of_codes_would_be_seen(source: str) -> None:
    assert lists_of_codes(ast.parse(source))


@pytest.mark.parametrize(
    "source",
    [
        'book.findings.append(Finding("HOJ-006", place))',
        'code = "HOJ-007" if far else "HOJ-006"',
        'found = [("UNI-005", "entidad", nombre)]',
        'columns = ("ACP", "AMP")',
        'name.startswith("xl/")',
        'run([Finding("HOJ-006", place), Finding("HOJ-007", place)])',
    ],
)
def test_a_rule_may_name_the_code_that_it_raises(source: str) -> None:
    assert not lists_of_codes(ast.parse(source))


@pytest.mark.slow
@pytest.mark.parametrize("trait", Trait, ids=lambda trait: trait.name)
def test_each_trait_has_codes_and_is_asked_for_by_the_program(trait: Trait) -> None:
    assert codes(trait)
    if trait is not Trait.OF_NO_FILE:  # asked for by those who want a file with each code: the tests of what is planted
        assert trait.name in traits_asked_for()


def test_a_code_of_no_message_has_no_trait_and_cannot_be_waived() -> None:
    for code in ("LIB-999", "", "XYZ-001", "LIB"):
        assert not any(has(code, trait) for trait in Trait)
        assert not messages.can_be_waived(code)


def test_what_refuses_a_file_is_an_error_and_what_is_set_aside_is_none() -> None:
    assert {messages.severity(code) for code in codes(Trait.REFUSES_FILE)} == {Severity.ERROR}
    assert {messages.severity(code) for code in codes(Trait.WAIVABLE)} == {Severity.ERROR}
    assert {messages.severity(code) for code in codes(Trait.SET_ASIDE)} == {Severity.AVISO}
    assert codes(Trait.UNREADABLE) < codes(Trait.REFUSES_FILE)
    assert not codes(Trait.WAIVABLE) & codes(Trait.REFUSES_FILE)  # accepted, a row can be used, and a file cannot


# --- what files become, in the demonstration with a defect of every code ----------------------------------------


@dataclass(frozen=True)
class Run:
    """`poa-xl validate --annotate --repair` over the demonstration: its JSON, and the folder of copies."""

    demo: Path
    said: dict[str, list[dict[str, str]]]
    copies: Path

    @property
    def found(self) -> dict[str, Counter[str]]:
        """File -> how often it has each code."""
        found: dict[str, Counter[str]] = defaultdict(Counter)
        for one in self.said["observaciones"]:
            found[one["archivo"]][one["codigo"]] += 1
        return found

    @property
    def states(self) -> dict[str, str]:
        """File -> what became of it, of those that are submissions."""
        return {one["archivo"]: one["estado"] for one in self.said["entregas"]}

    def files(self, *traits: Trait) -> set[str]:
        """The files in which a code with one of these traits was found."""
        return {file for file, found in self.found.items() if any(has(c, t) for c in found for t in traits)}


@pytest.fixture(scope="module")
def run(defects_demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Run:
    copies = tmp_path_factory.mktemp("copies") / "observados"
    arguments = ["validate", defects_demo / "entregas", "--entity", defects_demo / "entidad.xlsx", "--quarter", 2]
    arguments += ["--format", "json", "--annotate", copies, "--repair"]
    done = CliRunner().invoke(command, [str(a) for a in arguments], catch_exceptions=False)
    assert done.exit_code == 1
    return Run(defects_demo, json.loads(done.stdout), copies)


def planted_there(trait: Trait) -> frozenset[str]:
    """The codes with a trait that a file among the submissions of the demonstration has."""
    return codes(trait) - codes(Trait.OF_NO_FILE) - {"ENT-003"}


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_each_code_that_refuses_the_file_rejects_it_and_no_other_code_does(run: Run) -> None:
    refused = run.files(Trait.REFUSES_FILE)
    assert refused == {file for file, state in run.states.items() if state == SubmissionState.REJECTED}
    assert {c for file in refused for c in run.found[file]} >= planted_there(Trait.REFUSES_FILE)
    errors = {c for file in run.states.keys() - refused for c in run.found.get(file, ())}
    assert {c for c in errors if messages.severity(c) is Severity.ERROR}  # which keep rows out, or a file in part


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_what_is_set_aside_is_no_submission_and_every_other_file_is_one(run: Run) -> None:
    aside = run.files(Trait.SET_ASIDE)
    assert {c for file in aside for c in run.found[file]} == planted_there(Trait.SET_ASIDE)
    assert run.states.keys() == {path.name for path in (run.demo / "entregas").iterdir()} - aside


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_a_copy_is_made_of_all_that_can_be_read_and_is_a_units(run: Run) -> None:
    without = run.files(Trait.UNREADABLE, Trait.NOT_OF_A_UNIT)
    seen = {c for file in without for c in run.found[file]}
    assert seen >= planted_there(Trait.UNREADABLE) | planted_there(Trait.NOT_OF_A_UNIT)
    never_opened = {file for file, found in run.found.items() if set(found) & {"LIB-004", "LIB-017"}}
    expected = run.found.keys() - without - never_opened
    assert {path.name for path in run.copies.iterdir()} == expected
    by_hand = {file for file, found in run.found.items() if "LIB-022" in found}
    assert by_hand
    assert by_hand < expected  # an aviso about a workbook that can be read all the same


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_a_repaired_copy_lists_what_came_from_outside_once_and_finds_the_rest_again(run: Run) -> None:
    seen = set()
    for path in run.copies.iterdir():
        book = python_calamine.load_workbook(str(path))
        listed = book.get_sheet_by_name(observations.SHEET).to_python(skip_empty_area=False)
        column = observations.HEADERS.index("Código")
        shown = Counter(
            str(row[column]) for row in listed[observations.FIRST_ROW - 1 :] if str(row[column]) in MESSAGES
        )
        outside = {c: n for c, n in run.found[path.name].items() if has(c, Trait.FROM_OUTSIDE) or c == "LIB-022"}
        assert {c: shown[c] for c in outside} == outside, path.name
        assert not [c for c in shown if has(c, Trait.FROM_OUTSIDE) and c not in outside], path.name
        seen |= set(outside)
    assert seen >= {"LIB-013", "LIB-014", "LIB-020", "LIB-021", "LIB-022", "ENT-001", "ENT-007"}


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_a_copy_goes_without_what_its_code_does_not_carry(run: Run) -> None:
    parts = {"LIB-013": "xl/vbaProject.bin", "LIB-020": "xl/connections.xml", "LIB-021": "xl/embeddings/informe.docx"}
    assert codes(Trait.NOT_CARRIED) < parts.keys()
    for code, part in parts.items():
        (file,) = (file for file, found in run.found.items() if code in found)
        assert part in packages.apart((run.demo / "entregas" / file).read_bytes())
        kept = part in packages.apart((run.copies / file).read_bytes())
        assert kept is not has(code, Trait.NOT_CARRIED)


def checked(demo: Path, waivers: tuple[Waiver, ...] = ()) -> CheckedUnits:
    entity = entity_book.check_entity(demo / "entidad.xlsx")
    assert entity.entidad is not None
    return unit_books.check_units([demo / "entregas"], entity, entity.entidad, 2, waivers=waivers)


@pytest.mark.slow
@pytest.mark.xdist_group("defects")
def test_a_waiver_of_every_finding_accepts_those_that_can_be_waived_and_no_other(defects_demo: Path) -> None:
    before = checked(defects_demo)
    waivers = tuple(Waiver(f.code, f.unidad, reason="x") for f in before.findings if f.unidad)
    after = checked(defects_demo, waivers)
    accepted = {f.code for f in after.findings if messages.excepted(f)}
    assert accepted == {f.code for f in before.findings if f.unidad and messages.can_be_waived(f.code)}
    compared = {code for code in MESSAGES if code.startswith("PLA-")}  # with a plan: test_campaign_plan
    assert codes(Trait.WAIVABLE) - compared <= accepted
    assert not accepted & codes(Trait.REFUSES_FILE)
    assert not [f for f in after.findings if messages.excepted(f) and not has(f.code, Trait.OF_A_UNIT)]
    kept_before, kept_after = ({s.archivo: s.filas for s in run.submissions} for run in (before, after))
    waived_errors = {f.location.file for f in before.findings if has(f.code, Trait.WAIVABLE)}
    assert all(kept_after[file] > kept_before[file] for file in waived_errors)  # their rows count again
    assert {s.archivo for s in before.submissions if s.estado == SubmissionState.REJECTED} == {
        s.archivo for s in after.submissions if s.estado == SubmissionState.REJECTED
    }


# --- each door ----------------------------------------------------------------------------------------------------


def test_the_ledger_takes_an_exception_for_every_code_that_can_be_waived_and_for_no_other(tmp_path: Path) -> None:
    taken = set()
    with folder.opened(campaign_books.campaign(tmp_path)) as campana:
        for code in MESSAGES:
            with contextlib.suppress(WaiverError):
                exceptions.record(campana, Pedido(code, "DGRB", "Luis", "Nota 12", UNTIL), campaign_books.BEFORE)
                taken.add(code)
    avisos = {code for code in codes(Trait.OF_A_UNIT) if messages.severity(code) is Severity.AVISO}
    assert taken == avisos | codes(Trait.WAIVABLE)


@pytest.mark.parametrize("code", MESSAGES)
def test_two_findings_of_a_code_share_a_line_unless_each_wants_its_own(code: str) -> None:
    details = {"columna": "Meta", "esperado": "x"}
    pair = [Finding(code, Location("u.xlsx", "Hoja", cell), "lo mismo", details=details) for cell in ("A1", "A2")]
    assert len(output.group(pair)) == (2 if has(code, Trait.OWN_LINE) else 1)


def _first_of_each_section(cases: list[Case]) -> list[Case]:
    """Cases of one code: those of later errors, and one more of each section."""
    single = [(code, case) for case in cases for code, _ in case[2] if len(case[2]) == 1]
    others = {code[:3]: case for code, case in reversed(single) if not has(code, Trait.LATER_ERROR)}
    return [case for code, case in single if has(code, Trait.LATER_ERROR)] + list(others.values())


LATER = _first_of_each_section(ENTITY_CASES)


@pytest.mark.slow
@pytest.mark.parametrize(("changed", "expected"), [c[1:] for c in LATER], ids=[c[0] for c in LATER])
def test_only_errors_of_later_versions_let_an_entity_that_was_accepted_go_on(
    tmp_path: Path, changed: dict[str, str | None], expected: Expected
) -> None:
    path = text_books.entity(tmp_path / "entidad.xlsx", **changed)
    ((code, _),) = expected
    error = messages.severity(code) is Severity.ERROR
    assert (entity_book.check_entity(path).entidad is None) is error
    forbids = error and not has(code, Trait.LATER_ERROR)
    assert (entity_book.check_entity(path, accepted=True).entidad is None) is forbids


def test_a_case_of_every_later_error_is_among_them() -> None:
    assert codes(Trait.LATER_ERROR) <= {code for case in LATER for code, _ in case[2]}


# What a cell can hold, by the code that a column which needs it gives.
ODD_NUMBERS = {
    "CEL-002": "por definir",
    "CEL-003": "1.000",
    "CEL-004": cells.dt.date(2024, 1, 2),
    "CEL-005": True,
    "CEL-008": 2.5,
    "CEL-011": 1e30,
    "CEL-013": "85 %",
    "CEL-015": "5 USD",
    "CEL-016": "Bs 2",
}


@pytest.mark.parametrize("code", ODD_NUMBERS)
def test_what_is_no_number_is_taken_as_a_blank_where_no_figure_needs_one(code: str) -> None:
    told = set()
    for sheet in sheets.unit_sheets():
        own = (goal_numbers.as_read(column, ENTERO) for column in sheet.inputs)
        for column in (c for c in own if c.dtype in ("Int64", "float64") and not sheet.form):
            if cells.read(ODD_NUMBERS[code], column.dtype, column.unit).code != code:
                continue
            needed = column.required or column.group
            spared = not needed and has(code, Trait.NOT_A_NUMBER)
            reading_of_it = rows.read_value(sheet, column, ODD_NUMBERS[code])
            assert reading_of_it.code == ("CEL-012" if spared else code), (sheet.key, column.name)
            told.add(bool(needed))
    assert told  # in a column that is needed, in one that is not, or in both
    assert codes(Trait.NOT_A_NUMBER) <= ODD_NUMBERS.keys()


@pytest.mark.parametrize(("code", "raw"), [("CEL-005", True), ("CEL-009", cells.dt.date(2024, 5, 1))])
def test_what_is_no_text_is_taken_as_it_shows_where_a_text_may_be_left_out(code: str, raw: object) -> None:
    assert codes(Trait.NOT_A_TEXT) == {"CEL-005", "CEL-009"}
    tareas = next(sheet for sheet in sheets.unit_sheets() if sheet.key == "tareas")
    assert rows.read_value(tareas, tareas.column("tarea"), raw).code == code
    assert rows.read_value(tareas, tareas.column("problemas"), raw).code == "CEL-021"


def two_books(folder: Path) -> list[Book]:
    path = text_books.unit(folder / "DGRB.xlsx")
    return [reading.read_book(path, sheets.unit_sheets(), name) for name in ("a.xlsx", "b.xlsx")]


def test_a_comparison_shows_what_a_cell_holds_by_the_findings_of_cells_alone(tmp_path: Path) -> None:
    old, new = two_books(tmp_path)
    table = new.tables["tareas"]
    table.values["ejecutado_ene"][0] = None
    place = Location("b.xlsx", table.name, table.cell("ejecutado_ene", table.rows[0]))
    for code in MESSAGES:
        new.findings = [Finding(code, place, "dos informes", details={"columna": ""})]
        (changed,) = (c for hoja in units.compare(old, new).hojas for c in hoja.celdas)
        assert ("dos informes" in str(changed)) is has(code, Trait.OF_A_CELL), code


def test_a_sheet_that_was_not_read_is_told_and_not_compared(tmp_path: Path) -> None:
    old, new = two_books(tmp_path)
    for code in codes(Trait.REFUSES_FILE) - codes(Trait.UNREADABLE):
        new.findings = [Finding(code, Location("b.xlsx", "Tareas"), details={"columna": "Tareas"})]
        unread = [one for one in units.compare(old, new).sin_comparar if one.hoja == "Tareas" and not one.columna]
        assert [one.codigo for one in unread] == ([code] if has(code, Trait.SHEET_UNREAD) else [])


@pytest.mark.parametrize(
    ("left", "said"),
    [(("Compras",), comparison_words.NEITHER), (tuple(text_books.UNIT), comparison_words.NOT_COMPARED)],
    ids=["none of our sheets", "all of them without their titles"],
)
def test_a_workbook_that_lacks_our_sheets_and_nothing_else_is_called_another(
    left: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    ours = text_books.unit(tmp_path / "ours.xlsx")
    other = openpyxl.Workbook()
    other.remove(other.active)
    for name in left:
        other.create_sheet(name)["A1"] = "Papel"
    other.save(tmp_path / "other.xlsx")
    done = CliRunner().invoke(command, ["diff", str(ours), str(tmp_path / "other.xlsx")], catch_exceptions=False)
    assert done.exit_code == 3
    assert said.format(archivo="other.xlsx").split(".")[0] in done.output
