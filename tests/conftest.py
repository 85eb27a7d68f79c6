"""Fixtures that all tests share."""

import os
from collections.abc import Iterator

import pytest

from tests.libreoffice import LibreOffice, LibreOfficeMissingError


@pytest.fixture(scope="session")
def libreoffice() -> Iterator[LibreOffice]:
    """One LibreOffice for the whole session. Without it tests are skipped, but on CI they fail."""
    try:
        office = LibreOffice()
    except LibreOfficeMissingError as reason:
        if os.environ.get("CI") == "true":
            pytest.fail(f"LibreOffice is needed on CI: {reason}")
        pytest.skip(f"needs LibreOffice: {reason}")
    yield office
    office.close()
