"""Fixtures of the tests of the add-in for Excel on the web."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from playwright.sync_api import Browser

from poa_xl import sample
from poa_xl.addins.web import commands
from poa_xl.api import entities, templates
from poa_xl.writers import entity_workbook
from poa_xl.writers.unit_workbook import workbook as unit_workbook_workbook
from tests import web_browser
from tests.places import at, cell_at
from tests.web_browser import Pane, hosted, served, workbook

Open = Callable[..., Pane]

# A word for a number, a number in doubt, a task without its name.
MISTAKES = (at("Tareas", "Prog. ene"), at("Tareas", "Prog. feb", 2), at("Tareas", "Tarea", 3))


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """One headless Chromium for the whole session. Without it tests are skipped, but on CI they fail."""
    try:
        with web_browser.chromium() as browser:
            yield browser
    except web_browser.ChromiumMissingError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"Chromium is needed on CI: {reason}")
        pytest.skip(f"needs Chromium: {reason}")


@pytest.fixture(scope="session")
def web_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The static site, built once."""
    folder = tmp_path_factory.mktemp("web") / "sitio"
    commands.build(folder)
    return folder


@pytest.fixture(scope="session")
def still(web_site: Path) -> Iterator[str]:
    """The address of the static site."""
    with hosted(web_site) as url:
        yield url


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The address of the server flavour."""
    with served() as url:
        yield url


@pytest.fixture(scope="session")
def panes(chromium: Browser, still: str, server: str) -> dict[str, Pane]:
    """A pane of each flavour."""
    return {"static": Pane(chromium, still), "server": Pane(chromium, server)}


@pytest.fixture
def opening(chromium: Browser) -> Iterator[Open]:
    """Opens panes, and closes them after the test."""
    opened: list[Pane] = []

    def open_pane(url: str, book: dict[str, Any] | None = None, **more: bool) -> Pane:
        opened.append(Pane(chromium, url, book, **more))
        return opened[-1]

    yield open_pane
    for pane in opened:
        pane.page.close()


def make_sound_book(folder: Path) -> Path:
    """A unit's workbook without mistakes, with its entity far from it."""
    entity_workbook.write_entity_workbook(folder / "entidad.xlsx", templates.entity_rows(2))
    entidad = entities.open_entity(folder / "entidad.xlsx").entidad
    path = folder / "unidad" / "sola" / "DGP.xlsx"
    path.parent.mkdir(parents=True)
    unit_workbook_workbook.write_unit_workbook(path, entidad, entidad.by_code["DGP"], sample.unit_rows(2)["DGP"])
    return path


def with_mistakes(sound: Path) -> Path:
    """The same workbook with three mistakes, in a folder beside it."""
    book = openpyxl.load_workbook(sound)
    for place, value in zip(MISTAKES, ("dos", "1.234", None), strict=True):
        cell_at(book, place).value = value
    out = sound.parent / "otra" / "DGP.xlsx"
    out.parent.mkdir()
    book.save(out)
    return out


@pytest.fixture(scope="session")
def sound_book(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A unit's workbook without mistakes."""
    return make_sound_book(tmp_path_factory.mktemp("unit"))


@pytest.fixture(scope="session")
def mistaken_book(sound_book: Path) -> Path:
    """A unit's workbook with three mistakes."""
    return with_mistakes(sound_book)


@pytest.fixture
def pane(opening: Open, server: str, mistaken_book: Path) -> Pane:
    """The pane of the server flavour on the workbook with mistakes."""
    return opening(server, workbook(mistaken_book))
