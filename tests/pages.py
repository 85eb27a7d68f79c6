"""Pages of ours in a browser without network, and axe to look at them."""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page

from tests import axe


class Open:
    """Opens a page in a browser of its own that has no network, and notes its requests and its complaints."""

    def __init__(self, chromium: Browser) -> None:
        self._chromium = chromium
        self.contexts: list[BrowserContext] = []
        self.requests: dict[Page, list[str]] = {}
        self.complaints: dict[Page, list[str]] = {}

    def __call__(self, path: Path, width: int = 1280, offline: bool = True, **more: Any) -> Page:
        context = self._chromium.new_context(viewport={"width": width, "height": 800}, offline=offline, **more)
        self.contexts.append(context)
        page = context.new_page()
        requests = self.requests[page] = list[str]()
        complaints = self.complaints[page] = list[str]()
        context.on("request", lambda request: requests.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda message: complaints.append(message.text))
        page.on("dialog", lambda dialog: complaints.append(dialog.message))
        page.goto(path.as_uri())
        return page


@pytest.fixture
def open_page(chromium: Browser) -> Iterator[Open]:
    found = Open(chromium)
    yield found
    for context in found.contexts:
        context.close()


@pytest.fixture(scope="session")
def axe_program() -> str:
    """axe-core. Without it tests are skipped, but on CI they fail."""
    try:
        return axe.source()
    except axe.AxeMissingError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"axe-core is needed on CI: {reason}")
        pytest.skip(f"needs axe-core: {reason}")
