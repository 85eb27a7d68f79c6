"""The pages of the static site, as xlwings-server's own app gives them.

Usage: python -m poa_xl.addins.web.pages URL OUT, with the settings of `project` in the environment. A process of its
own, because xlwings reads its settings on import. Beside the pages it lists the modules of poa_xl that the functions
need.
"""

import json
import sys
from pathlib import Path
from urllib.parse import urlsplit

PAGES = ("manifest.xml", "taskpane.html", "xlwings/custom-functions-meta.json", "xlwings/custom-functions-code.js")
MODULES_FILE = "modules.json"


def main(url: str, out: Path) -> None:
    """Write the pages below the folder `out`."""
    modules = _modules()
    from fastapi.testclient import TestClient
    from xlwings_server.main import main_app

    place = urlsplit(url)
    client = TestClient(main_app, base_url=f"{place.scheme}://{place.netloc}")
    for page in PAGES:
        answer = client.get(f"{place.path.rstrip('/')}/{page}")
        answer.raise_for_status()
        (out / page).parent.mkdir(parents=True, exist_ok=True)
        (out / page).write_bytes(answer.content)
    (out / MODULES_FILE).write_text(json.dumps(modules), encoding="utf-8")


def _modules() -> list[str]:
    """The files of poa_xl that the functions import, relative to the package."""
    from poa_xl.functions import registry

    package = Path(registry.__file__).parents[1]
    loaded = (module for name, module in sys.modules.items() if name.split(".")[0] == "poa_xl")
    files = (Path(module.__file__) for module in loaded if module.__file__)
    own = Path(__file__).parent
    return sorted(path.relative_to(package).as_posix() for path in files if own not in path.parents)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
