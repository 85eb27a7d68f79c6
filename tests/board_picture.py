"""Makes the picture of the board's page for the guide: a campaign of the demonstration in its third week.

Usage: python -m tests.board_picture docs/img/tablero.png
"""

import datetime as dt
import sys
import tempfile
from pathlib import Path

from poa_xl.api import templates
from poa_xl.campaign import board, folder, intake
from poa_xl.campaign.intake import Orden
from poa_xl.writers.board.page import write_page
from tests.web_browser import chromium

_START = dt.datetime(2024, 7, 1, 9, 0, tzinfo=dt.timezone(dt.timedelta(hours=-4)))
_SIZE = {"width": 1280, "height": 1400}


def main(target: Path) -> None:
    """Write the picture."""
    with tempfile.TemporaryDirectory() as name, chromium() as browser:
        page = browser.new_page(viewport=_SIZE, color_scheme="light")  # type: ignore[arg-type]
        page.goto(_page(Path(name)).as_uri())
        target.parent.mkdir(parents=True, exist_ok=True)
        page.get_by_role("checkbox", name="falta").check()
        page.get_by_role("checkbox", name="rechazada").check()
        page.screenshot(path=target)


def _page(place: Path) -> Path:
    """Two of three units sent something, every second of them with a mistake where the demonstration has one."""
    templates.write_demo(place / "demo")
    templates.write_demo(place / "mal", defects=True)
    limit = dt.date(2024, 7, 10)
    folder.create(place / "campana", place / "demo" / "entidad.xlsx", 2, limit, "Ana Quispe", _START)
    with folder.opened(place / "campana") as campana:
        for n, sound in enumerate(sorted((place / "demo" / "entregas").glob("*.xlsx"))):
            wrong = place / "mal" / "entregas" / sound.name
            if n % 3 < 2:
                path = wrong if n % 2 and wrong.exists() else sound
                intake.receive(campana, path, Orden("Ana Quispe", _START + dt.timedelta(hours=3 * n)))
        write_page(place / "tablero.html", board.of(campana))
    return place / "tablero.html"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
