"""What LibreOffice shows of many files, one soffice for all: one that hangs or dies costs the file that did it."""

import threading
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from tests.libreoffice import LibreOffice
from tests.structures.comparison import DIED

SECONDS = 40  # for one small file
RENEWED_AFTER = 400  # files, so that what soffice does not give back does not grow without end


class Office:
    """A LibreOffice that is started anew as often as needed."""

    def __init__(self) -> None:
        self._office: LibreOffice | None = None
        self._seen = 0

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        self._stop()

    def shown(self, path: Path) -> dict[str, Any] | None:
        """What `LibreOffice.shown` gives; None for a file that it refuses, `{"died": why}` where it hangs or dies of it."""
        if self._seen >= RENEWED_AFTER:
            self._stop()
        self._office = self._office or LibreOffice()
        self._seen += 1
        clock = threading.Timer(SECONDS, self._office.kill)
        clock.start()
        try:
            return self._office.shown(path)
        except (RuntimeError, OSError) as error:  # OSError: its worker is gone
            if "could not open" in str(error):
                return None
            self._office.kill()
            self._stop()
            return {DIED: str(error)}
        finally:
            clock.cancel()

    def kill(self) -> None:
        """End it at once, as a crash does."""
        assert self._office
        self._office.kill()

    def _stop(self) -> None:
        if self._office:
            self._office.close()
        self._office, self._seen = None, 0
