"""Makes the picture of the task pane for the guide: the server flavour on a unit's workbook with mistakes.

Usage: python -m tests.web_picture docs/img/panel-validar.png
"""

import sys
import tempfile
from pathlib import Path

from poa_xl.messages import addins
from tests.web_browser import Pane, chromium, served, workbook
from tests.web_fixtures import make_sound_book, with_mistakes


def main(target: Path) -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser, served() as url:
        pane = Pane(browser, url, workbook(with_mistakes(make_sound_book(Path(name)))))
        pane.run(addins.say("web.validar"))
        target.parent.mkdir(parents=True, exist_ok=True)
        pane.page.locator("body").screenshot(path=target)


if __name__ == "__main__":
    main(Path(sys.argv[1]))
