"""What calls of the library accept, what they refuse and in which words, and what they show of themselves."""

import ast
import copy
import datetime as dt
import pickle
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, get_args

import click
import numpy as np
import pandas as pd
import pytest
from click.testing import CliRunner

import poa_xl
from poa_xl.api import arguments, copies, revision
from poa_xl.checking import entity_book, observation_rows
from poa_xl.cli import addin, migrate, output, poa_xl as command_line, template
from poa_xl.errors import in_a_call
from poa_xl.guards import DEFAULT
from poa_xl.messages import atomic, migration as migration_words
from poa_xl.writers import entity_workbook
from tests import campaign_books as books, factories, old_books

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
DAY = dt.date(2024, 7, 10)


@pytest.fixture
def entidad(tmp_path: Path) -> Path:
    return books.entity_book(tmp_path)


@pytest.fixture
def campana(tmp_path: Path) -> poa_xl.Campaign:
    return poa_xl.Campaign(books.campaign(tmp_path))


# --- days and moments ---------------------------------------------------------------------------------------

DAYS: dict[str, object] = {
    "a day": DAY,
    "a moment": dt.datetime(2024, 7, 10, 18, 30),
    "a moment with an offset": dt.datetime(2024, 7, 10, 18, 30, tzinfo=dt.UTC),
    "one of pandas": pd.Timestamp(2024, 7, 10, 5),
}
NO_DAYS: dict[str, object] = {
    "a text": "2024-07-10",
    "nothing": None,
    "a number": 20240710,
    "a number of days of numpy": np.datetime64("2024-07-10"),
    "no time of pandas": pd.NaT,
}
TAKES_A_DAY: dict[str, Callable[[poa_xl.Campaign, Path, Any], object]] = {
    "create": lambda c, p, day: poa_xl.Campaign.create(p / "nueva", p / "entidad.xlsx", 2, day),
    "a change of the deadline": lambda c, p, day: poa_xl.Campaign.create(c.folder, p / "entidad.xlsx", 2, day),
    "waive": lambda c, p, day: c.waive("TAR-005", "DGRB", by="Ana", reason="Nota 12", until=day),
    "write_reminders": lambda c, p, day: c.write_reminders(p / "recordatorios", today=day),
}


@pytest.mark.parametrize("name", DAYS)
def test_a_moment_is_the_day_on_which_it_is(name: str, campana: poa_xl.Campaign, tmp_path: Path) -> None:
    for place in (tmp_path / "nueva", campana.folder):
        made = poa_xl.Campaign.create(place, tmp_path / "entidad.xlsx", 2, DAYS[name])  # type: ignore[arg-type]
        assert made.settings.limite == "2024-07-10"
        assert made.board().limite == "2024-07-10"
        assert made.verify().problems == ()
    until: Any = DAYS[name]
    done = campana.waive("TAR-005", "DGRB", by="Ana", reason="Nota 12", until=until.replace(year=2099))
    assert done.exception.hasta == "2099-07-10"
    assert campana.board().excepciones[0].hasta == "2099-07-10"
    assert campana.write_reminders(tmp_path / "recordatorios", today=until).escritos


@pytest.mark.parametrize("name", NO_DAYS)
@pytest.mark.parametrize("call", TAKES_A_DAY)
def test_what_is_no_day_is_refused_and_nothing_is_written(
    call: str, name: str, campana: poa_xl.Campaign, tmp_path: Path
) -> None:
    if (call, name) == ("write_reminders", "nothing"):
        return  # it means today
    before = sorted(tmp_path.rglob("*"))
    with pytest.raises(poa_xl.WrongUseError, match="no es un día"):
        TAKES_A_DAY[call](campana, tmp_path, NO_DAYS[name])
    assert sorted(tmp_path.rglob("*")) == before
    assert (campana.settings.limite, campana.board().excepciones) == ("2024-07-10", ())


def test_a_ledger_is_not_made_anew_with_what_is_no_day_or_quarter(campana: poa_xl.Campaign, tmp_path: Path) -> None:
    campana.receive(books.book(tmp_path / "DGAA.xlsx", "DGAA"))
    (campana.folder / "campana.sqlite").unlink()
    before = sorted(campana.folder.rglob("*"))
    entity: Any = tmp_path / "entidad.xlsx"
    for quarter, day in ((2, "2024-07-10"), (2, None), (None, DAY), ("2", DAY)):
        with pytest.raises(poa_xl.WrongUseError):
            poa_xl.Campaign.recover(campana.folder, entity, quarter, day)  # type: ignore[arg-type]
    assert sorted(campana.folder.rglob("*")) == before
    done = poa_xl.Campaign.recover(campana.folder, entity, 2, dt.datetime(2024, 7, 10, 1))
    assert (done.ajuste.limite, campana.board().limite) == ("2024-07-10", "2024-07-10")


NO_MOMENTS: dict[str, object] = {
    "a day": dt.date(2024, 7, 9),
    "a text": "2024-07-09 18:30",
    "a number": 5,
    "no time of pandas": pd.NaT,
    "the first of all years": dt.datetime.min,
    "the last of all years": dt.datetime.max,
}


@pytest.mark.parametrize("name", NO_MOMENTS)
def test_what_is_no_moment_is_none_at_which_a_workbook_came(
    name: str, campana: poa_xl.Campaign, tmp_path: Path
) -> None:
    moment: Any = NO_MOMENTS[name]
    book = books.book(tmp_path / "DGAA.xlsx", "DGAA")
    for receive in (campana.receive, campana.receive_all):
        with pytest.raises(poa_xl.WrongUseError):
            receive(book, arrived=moment)
    assert list((campana.folder / "entregas").glob("*/*")) == []
    acuse = campana.receive(book, arrived=pd.Timestamp(2024, 7, 9, 18, 30))
    assert acuse.recibo.entrega
    assert acuse.recibo.entrega.entrada.startswith("2024-07-09T18:30")


# --- numbers ------------------------------------------------------------------------------------------------

QUARTERS: tuple[object, ...] = (2, np.int64(2), np.uint8(2))
NO_QUARTERS: tuple[object, ...] = (0, 5, -1, 2.0, 2.5, "2", True, np.float64(2), np.True_, [2], b"2", 10**30)


@pytest.mark.parametrize("quarter", QUARTERS, ids=repr)
def test_a_whole_number_of_whatever_kind_is_a_quarter(quarter: Any, entidad: Path, tmp_path: Path) -> None:
    book = books.book(tmp_path / "DGAA.xlsx", "DGAA")
    found = poa_xl.check(book, entidad, quarter)
    assert (type(found.quarter), found.quarter) == (int, 2)
    assert type(found.evaluate().evaluacion.trimestre) is int
    assert poa_xl.Campaign.create(tmp_path / "c", entidad, quarter, DAY).settings.trimestre == 2


@pytest.mark.parametrize("quarter", NO_QUARTERS, ids=repr)
def test_what_is_no_quarter_is_refused_in_spanish_and_leaves_no_folder(
    quarter: Any, entidad: Path, tmp_path: Path
) -> None:
    calls = (
        lambda: poa_xl.check(entidad, quarter=quarter),
        lambda: poa_xl.Campaign.create(tmp_path / "c", entidad, quarter, DAY),
        lambda: poa_xl.Campaign.recover(tmp_path / "c", entidad, quarter, DAY),
        lambda: poa_xl.write_demo(tmp_path / "d", quarter=quarter),
    )
    before = sorted(tmp_path.iterdir())
    for call in calls:
        with pytest.raises(poa_xl.WrongUseError, match="trimestre"):
            call()
    assert sorted(tmp_path.iterdir()) == before


def test_a_campaign_needs_a_quarter_and_a_check_does_not(entidad: Path, tmp_path: Path) -> None:
    with pytest.raises(poa_xl.WrongUseError, match="Diga el trimestre"):
        poa_xl.Campaign.create(tmp_path / "c", entidad, None, DAY)  # type: ignore[arg-type]
    assert not (tmp_path / "c").exists()
    assert poa_xl.check(entidad).quarter is None


@pytest.mark.parametrize("rows", [0, 2001, -5, 2.0, "7", True], ids=repr)
def test_rows_to_fill_in_have_the_bounds_of_the_command(rows: Any, entidad: Path, tmp_path: Path) -> None:
    with pytest.raises(poa_xl.WrongUseError, match="de 1 a 2000"):
        poa_xl.write_templates(entidad, tmp_path / "t", units=["DGRB"], rows=rows)
    assert not (tmp_path / "t").exists()
    assert poa_xl.write_templates(entidad, tmp_path / "t", units=["DGRB"], rows=np.int64(3))  # type: ignore[arg-type]


@pytest.mark.parametrize("year", [1999, 2101, 2024.0, "2024", True], ids=repr)
def test_a_year_has_the_bounds_of_the_command(year: Any, tmp_path: Path) -> None:
    entity = old_books.entity(tmp_path / "entidad.xlsx")
    with pytest.raises(poa_xl.WrongUseError, match="de 2000 a 2100"):
        poa_xl.migrate(old_books.old(tmp_path), tmp_path / "n", entity, year=year)
    assert not (tmp_path / "n").exists()


@pytest.mark.parametrize("version", [3, "3", np.int64(3)], ids=repr)
def test_a_version_may_be_a_number(version: Any, tmp_path: Path) -> None:
    entity = old_books.entity(tmp_path / "entidad.xlsx")
    done = poa_xl.migrate(old_books.old(tmp_path), tmp_path / "n", entity, to=version, from_version=1)
    assert [one.written is not None for one in done.files] == [True]


@pytest.mark.parametrize("version", [2.0, True, [2], b"2"], ids=repr)
def test_what_is_no_version_is_refused(version: Any, tmp_path: Path) -> None:
    entity = old_books.entity(tmp_path / "entidad.xlsx")
    for named in ({"to": version}, {"from_version": version}):
        with pytest.raises(poa_xl.WrongUseError, match="no es una versión"):
            poa_xl.migrate(old_books.old(tmp_path), tmp_path / "n", entity, **named)


def test_the_command_line_takes_its_bounds_and_choices_from_the_library() -> None:
    def kind(command: click.Command, name: str) -> Any:
        return next(p.type for p in command.params if p.name == name)

    commands = command_line.commands
    ranges = {
        arguments.QUARTERS: kind(commands["validate"], "trimestre"),
        arguments.DEMO_QUARTERS: kind(commands["demo"], "trimestre"),
        arguments.ROWS: kind(template.template, "filas"),
        arguments.YEARS: kind(migrate.migrate, "gestion"),
    }
    assert [(r.min, r.max) for r in ranges.values()] == list(ranges)
    for command in (template.template, migrate.migrate):
        assert tuple(kind(command, "funciones").choices) == get_args(arguments.Functions)
    assert tuple(kind(addin.build, "programa").choices) == tuple(addin.PROGRAMS)
    assert tuple(kind(addin.install, "programa").choices) == addin.INSTALLED
    for path in (ROOT / "poa_xl" / "cli").rglob("*.py"):
        source = path.read_text(encoding="utf-8")
        assert not re.search(r"IntRange\(\d+, \d+\)", source) or path.name == "addin.py", path  # a port is no argument
        assert '"xlwings"' not in source, path


# --- one text and many --------------------------------------------------------------------------------------


def test_one_text_is_one_unit_and_one_head_and_no_list_of_letters(
    entidad: Path, tmp_path: Path, campana: poa_xl.Campaign
) -> None:
    one = poa_xl.write_templates(entidad, tmp_path / "a", units="DGRB")
    many = poa_xl.write_templates(entidad, tmp_path / "b", units=["DGRB"])
    assert [p.name for p in one] == [p.name for p in many] == ["DGRB.xlsx"]
    with pytest.raises(poa_xl.WrongUseError, match=r"unidades: XX\.$"):
        poa_xl.write_templates(entidad, tmp_path / "c", units="XX")
    head = campana.verify().proof.head
    assert [found for found, _ in campana.verify(head).proven] == [found for found, _ in campana.verify([head]).proven]
    with pytest.raises(poa_xl.WrongUseError, match="xyz"):
        campana.verify("xyz")


# --- words --------------------------------------------------------------------------------------------------

NAME = "nada--final --force {x} -o.xlsx"  # of a file: options and braces in it are nobody's


def test_options_become_parameters_and_nothing_of_a_value_changes(tmp_path: Path) -> None:
    error = poa_xl.WrongUseError(atomic.SAVED_SINCE, ruta=NAME)
    assert str(error).startswith(f"{NAME} ya existe")
    assert str(error).endswith("reemplácelo con force=True.")
    assert error.command_text.startswith(f"{NAME} ya existe")
    assert error.command_text.endswith("reemplácelo con --force.")
    assert str(poa_xl.WrongUseError("Diga --unit y --from.")) == "Diga unit y from_version."
    assert str(poa_xl.PoaError("Vea poa-xl status --check.")) == "Vea poa-xl status --check."
    assert (
        in_a_call("-o debe ser; medio-oeste, re-o, --annotate CARPETA") == "output debe ser; medio-oeste, re-o, folder"
    )


@pytest.mark.parametrize("suffix", [".xlsx", ".yaml", ""])
def test_a_file_keeps_its_name_in_whatever_is_said_of_it(suffix: str, entidad: Path, tmp_path: Path) -> None:
    name, there = tmp_path / f"nada--final --force {{x}} -o{suffix}", tmp_path / "carpeta--force"
    calls = (
        lambda: poa_xl.open_entity(name),
        lambda: poa_xl.check(name, entidad),
        lambda: poa_xl.check(entidad, limits=name),
        lambda: poa_xl.diff(name, name),
        lambda: poa_xl.migrate(name, tmp_path / "n", entidad),
        lambda: poa_xl.Campaign(name),
        lambda: poa_xl.create_entity(there),
    )
    poa_xl.create_entity(there)
    for call in calls:
        with pytest.raises(poa_xl.PoaError) as raised:
            call()
        assert str(name) in str(raised.value) or str(there) in str(raised.value)


def test_an_error_is_the_same_after_it_was_copied_or_sent_to_another_process(entidad: Path, tmp_path: Path) -> None:
    errors: list[poa_xl.PoaError] = [poa_xl.WrongUseError(atomic.SAVED_SINCE, ruta=NAME), poa_xl.PoaError(NAME)]
    errors.append(poa_xl.EntityError("{ruta}: mal", poa_xl.open_entity(entidad).findings, ruta=NAME))
    for error in errors:
        for again in (pickle.loads(pickle.dumps(error)), copy.copy(error)):
            assert (type(again), str(again), again.__dict__) == (type(error), str(error), error.__dict__)


def test_what_raises_wrong_use_gives_a_template_and_its_values() -> None:
    """A text that is filled in already would have options in its values turned too."""
    seen = 0
    for path in sorted((ROOT / "poa_xl").rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name in ("WrongUseError", "WaiverError", "EntityError"):
                assert isinstance(node, ast.Call)
                seen += 1
                assert isinstance(node.args[0], ast.Name | ast.Attribute | ast.Constant), f"{path}:{node.lineno}"
    assert seen > 30


OPTION = re.compile(r"(?<![\w-])--[a-z]|(?<![\w-])-o\b")


@pytest.mark.parametrize("reason", migration_words.REFUSED)
def test_why_a_workbook_was_not_migrated_names_parameters_in_the_library_and_options_in_the_command(
    reason: str,
) -> None:
    from poa_xl.api.migration import MigratedFile
    from poa_xl.migration.source import NotMigratedError

    texts = "".join(migration_words.REFUSED[reason])
    values = dict.fromkeys(re.findall(r"{(\w+)", texts), "a--force.xlsx")
    values.pop("hallado", None)
    one = MigratedFile("a--force.xlsx", "2", 2024, refused=NotMigratedError(reason, "a--force.xlsx", **values))
    assert bool(OPTION.search(one.command_why)) == bool(OPTION.search(texts))
    assert not OPTION.search(one.why)
    assert one.why.count("a--force.xlsx") == one.command_why.count("a--force.xlsx") >= 1


def test_the_command_still_names_its_options(entidad: Path, tmp_path: Path) -> None:
    for unit in ("DGAA", "DGRB"):
        books.book(tmp_path / "libros" / f"{unit}.xlsx", unit)
    done = CliRunner().invoke(
        command_line, ["migrate", str(tmp_path / "libros"), "--to", "3", "-o", str(tmp_path / "n.xlsx")]
    )
    assert (done.exit_code, "-o debe ser una carpeta" in done.output) == (2, True), done.output
    with pytest.raises(poa_xl.WrongUseError, match="output debe ser una carpeta"):
        poa_xl.migrate(tmp_path / "libros", tmp_path / "n.xlsx")


def test_what_stands_of_an_older_workbook_names_the_parameter(campana: poa_xl.Campaign, tmp_path: Path) -> None:
    new = books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.SENT: dt.date(2024, 7, 8)})
    old = books.book(tmp_path / "antes.xlsx", "DGRB", {books.SENT: dt.date(2024, 7, 1), books.MONTH: 7})
    campana.receive(new)
    acuse = campana.receive(old)
    order = ["receive", str(new), str(old), "--campaign", str(books.campaign(tmp_path / "otra"))]
    said = CliRunner().invoke(command_line, order).output
    assert ("force=True" in acuse.standing, "--force" in acuse.standing) == (True, False), acuse.standing
    assert ("force=True" in said, "recíbala otra vez con --force" in said) == (False, True), said


def test_limits_that_were_never_there_are_not_said_to_be_gone(entidad: Path, tmp_path: Path) -> None:
    with pytest.raises(poa_xl.WrongUseError, match=r"^No existe .*no\.yaml\.$"):
        poa_xl.check(entidad, limits=tmp_path / "no.yaml")


def test_no_module_of_the_door_raises_words_of_its_own() -> None:
    seen = 0
    for path in sorted((ROOT / "poa_xl" / "api").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            name = node.func.id if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) else ""
            if name.endswith("Error") and name != "NotMigratedError":  # which takes the key of a message
                assert isinstance(node, ast.Call)
                seen += 1
                assert not isinstance(node.args[0], ast.Constant | ast.JoinedStr), f"{path}:{node.lineno}"
    assert seen > 40


# --- what a notebook shows ----------------------------------------------------------------------------------


def test_results_are_told_in_a_line(entidad: Path, campana: poa_xl.Campaign, tmp_path: Path) -> None:
    place = tmp_path / "entregas"
    for unit in books.UNITS:
        books.book(place / f"{unit}.xlsx", unit, {books.MONTH: "mucho"})
    found = poa_xl.check(place, entidad, 2)
    many = poa_xl.check([*sorted(place.iterdir())] * 30, entidad, 2)
    done = found.evaluate()
    acuse = campana.receive(place / "DGAA.xlsx")
    migrated = poa_xl.migrate(old_books.old(tmp_path), tmp_path / "n", old_books.entity(tmp_path / "e.xlsx"))
    compared = poa_xl.diff(place / "DGAA.xlsx", books.book(tmp_path / "DGAA.xlsx", "DGAA"))
    told: list[tuple[object, tuple[str, ...]]] = [
        (found, (str(place), "quarter=2", f"files={len(books.UNITS)}")),
        (many, ("más", "quarter=2")),
        (found.entidad, (str(entidad), "gestion=2024")),
        (done, (str(place), "quarter=2")),
        (migrated, ("files=1", "written=1")),
        (migrated.files[0], (migrated.files[0].name,)),
        (compared, ("DGAA.xlsx",)),
        (acuse, ("DGAA.xlsx", acuse.number)),
        (campana, (str(campana.folder),)),
    ]
    for thing, words in told:
        shown = repr(thing)
        assert shown.startswith(type(thing).__name__)
        assert len(shown) < 1000, shown[:2000]
        assert [word for word in words if word not in shown] == [], shown


def test_what_results_hold_is_told_in_as_few_characters(
    entidad: Path, campana: poa_xl.Campaign, tmp_path: Path
) -> None:
    for unit in books.UNITS:
        books.book(tmp_path / "entregas" / f"{unit}.xlsx", unit, {books.MONTH: "mucho"})
    found = poa_xl.check(tmp_path / "entregas", entidad, 2)
    received = campana.receive_all(tmp_path / "entregas")
    waived = campana.waive("TAR-005", "DGRB", by="Ana", reason="Nota 12", until=dt.date(2099, 12, 31))
    things: list[object] = [
        found.entity, found.known, found.rows, found.entidad.entidad, found.evaluate().evaluacion, waived,
        campana.board(), campana.verify(), campana.receipt(received[0].number), campana.entidad, campana.settings,
        campana.write_reminders(tmp_path / "recordatorios"), received[0].recibo,
        poa_xl.diff(tmp_path / "entregas" / "DGAA.xlsx", books.book(tmp_path / "DGAA.xlsx", "DGAA")).comparacion,
    ]  # fmt: skip
    (campana.folder / "campana.sqlite").unlink()
    things.append(poa_xl.Campaign.recover(campana.folder, entidad, 2, DAY))
    assert {type(thing).__name__: len(repr(thing)) for thing in things if len(repr(thing)) >= 1000} == {}
    assert [thing for thing in things if not repr(thing).startswith(f"{type(thing).__name__}(")] == []
    many = len(found.rows.tareas) if found.rows else 0
    assert f"tareas={many}," in repr(found.rows)
    assert f"filas={len(books.UNITS)}, falta=0" in repr(campana.board())


# --- once, and not twice ------------------------------------------------------------------------------------


def counted(monkeypatch: pytest.MonkeyPatch, module: Any, name: str) -> list[object]:
    """The first argument of each call of a function."""
    seen: list[object] = []
    whole = getattr(module, name)

    def call(first: object, *rest: Any, **named: Any) -> object:
        seen.append(first)
        return whole(first, *rest, **named)

    monkeypatch.setattr(module, name, call)
    return seen


def test_making_a_campaign_checks_its_entity_once(
    entidad: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = poa_xl.open_entity(entidad)
    seen = counted(monkeypatch, entity_book, "check_entity")
    poa_xl.Campaign.create(tmp_path / "a", entidad, 2, DAY)
    assert seen == [entidad]
    poa_xl.Campaign.create(tmp_path / "b", opened, 2, DAY)
    assert seen == [entidad]
    entidad.write_bytes(entidad.read_bytes() + b"\0")  # another file than the one that was opened
    poa_xl.Campaign.create(tmp_path / "c", opened, 2, DAY)
    assert seen == [entidad, entidad]


def test_what_only_another_campaign_lets_in_makes_no_new_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = {key: [dict(r) for r in records] for key, records in factories.entity_rows().items()}
    rows["parametros"] = [r for r in rows["parametros"] if r["valor"] is not None]
    rows["presupuesto_sigep"] = [r for r in rows["presupuesto_sigep"] if r["mes"] != 3]
    entity = tmp_path / "entidad.xlsx"
    entity_workbook.write_entity_workbook(entity, rows)
    with monkeypatch.context() as before:
        before.setattr(entity_book, "_plausible", lambda *_: None)  # as versions of before did
        made = poa_xl.Campaign.create(tmp_path / "campana", entity, 2, DAY)
    again = poa_xl.Campaign.create(tmp_path / "campana", made.entidad, 2, dt.date(2024, 7, 31))
    assert again.settings.limite == "2024-07-31"
    for given in (made.entidad, entity):
        with pytest.raises(poa_xl.EntityError):
            poa_xl.Campaign.create(tmp_path / "otra", given, 2, DAY)
    assert not (tmp_path / "otra").exists()


def test_progress_counts_the_workbooks_that_are_read(entidad: Path, tmp_path: Path) -> None:
    """The entity's workbook lies among them and is none; a file that is given twice is one."""
    books.book(tmp_path / "DGAA.xlsx", "DGAA")
    books.book(tmp_path / "DGRB.xlsx", "DGRB")
    told: list[tuple[int, int]] = []
    poa_xl.check([tmp_path, tmp_path / "DGAA.xlsx"], entidad, 2, progress=lambda n, of: told.append((n, of)))
    assert sorted(told) == [(0, 2), (1, 2), (2, 2)]


def test_a_stored_file_is_read_once_for_its_copy(
    campana: poa_xl.Campaign, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    acuse = campana.receive(books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.MONTH: "mucho"}))
    assert acuse.copy
    assert acuse.recibo.entrega
    made, entrega = acuse.copy.read_bytes(), acuse.recibo.entrega
    acuse.copy.unlink()
    stored = campana.folder / entrega.ruta
    read: list[Path] = []
    whole = Path.open

    def look(path: Path, *rest: Any, **named: Any) -> Any:
        read.extend([path] if path == stored else [])
        return whole(path, *rest, **named)

    monkeypatch.setattr(Path, "open", look)
    with campana.opened() as held:
        copies.make(held, entrega, DEFAULT, "2024-07-05T09:30:00-04:00")
        assert (acuse.copy.read_bytes(), read) == (made, [stored])
        stored.write_bytes(b"otro")
        assert copies.stored_content(held, entrega) is None
        stored.unlink()
        assert copies.stored_content(held, entrega) is None


def test_a_finding_is_one_record_in_the_frame_and_for_other_programs(entidad: Path, tmp_path: Path) -> None:
    book = books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.MONTH: "mucho"})
    found = poa_xl.check(book, entidad, 2)
    records = output.observations(found.findings)
    assert records
    assert [list(observation_rows.fields(f)) for f in found.findings] == [list(r) for r in records]
    frame = found.to_frame()
    assert list(frame.columns) == list(revision.FINDING_COLUMNS)
    assert frame[list(records[0])].to_dict("records") == records


# --- the campaign that is held ------------------------------------------------------------------------------


def test_a_hold_within_a_hold_ends_with_the_outer_one(campana: poa_xl.Campaign) -> None:
    with campana:
        with campana.opened() as outer:
            pass
        with campana, campana.opened() as inner:
            assert inner is outer
        with campana.opened() as after:
            assert after is outer  # and it is open
            assert after.ledger.rows(type(after.ajuste))
    with campana.opened() as later:
        assert later is not outer
    with pytest.raises(ZeroDivisionError), campana:
        1 / 0  # noqa: B018
    with campana.opened() as free:
        assert free is not later


def test_the_class_of_campaigns_has_no_methods_for_a_command_alone() -> None:
    assert {"refuse_arrival", "reminders_folder"}.isdisjoint(dir(poa_xl.Campaign))


# --- the rest -----------------------------------------------------------------------------------------------


def test_a_workbook_that_was_checked_open_has_no_copy(entidad: Path, tmp_path: Path) -> None:
    from poa_xl import catalogo, reading, sheets

    book = reading.read_book(books.book(tmp_path / "DGRB.xlsx", "DGRB", {books.MONTH: "mucho"}), sheets.unit_sheets())
    known = catalogo.of(poa_xl.open_entity(entidad).entidad)
    with pytest.raises(poa_xl.PoaError, match="no hay de qué escribir una copia"):
        revision.check_book(book, known).annotate(tmp_path / "copias")
    assert not (tmp_path / "copias").exists()
    assert poa_xl.check(tmp_path / "DGRB.xlsx", entidad, 2).annotate(tmp_path / "copias")


def test_what_cannot_be_done_has_one_exit_code() -> None:
    threes = re.compile(r"^\w+ = 3\b", re.MULTILINE)
    named = {
        path.name: threes.findall(path.read_text(encoding="utf-8")) for path in (ROOT / "poa_xl" / "cli").rglob("*.py")
    }
    assert named["options.py"] == ["FAILURE = 3"]
    assert [name for name, found in named.items() if any("FAIL" in f or "CANNOT" in f for f in found)] == ["options.py"]


def test_an_empty_workbook_of_the_entity_is_written_without_pandas(tmp_path: Path) -> None:
    code = (
        "import sys; from poa_xl.cli import main; sys.argv[1:] = ['init', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    assert not end.code\n"
        "print([m for m in ('pandas', 'pandera', 'numpy', 'openpyxl') if m in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.endswith("[]\n"), done
    assert (tmp_path / "entidad.xlsx").is_file()


def test_an_error_of_use_loads_no_pandas_either(tmp_path: Path) -> None:
    code = (
        "import sys; from poa_xl.cli import main; sys.argv[1:] = ['init', sys.argv[1]]\n"
        "try:\n    main()\nexcept SystemExit as end:\n    print(end.code)\nprint('pandas' in sys.modules)"
    )
    (tmp_path / "entidad.xlsx").write_bytes(b"x")
    done = subprocess.run([sys.executable, "-c", code, str(tmp_path)], cwd=ROOT, capture_output=True, text=True)
    assert (done.stdout.split(), "Ya existe" in done.stderr) == (["3", "False"], True), done
