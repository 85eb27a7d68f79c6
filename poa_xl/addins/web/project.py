"""What xlwings-server serves: a folder with our pages and modules, and its settings."""

import importlib.util
import json
import os
from pathlib import Path
from string import Template
from urllib.parse import urlsplit
from xml.sax.saxutils import escape

from poa_xl import __version__, observations
from poa_xl.addins.web import origins
from poa_xl.errors import PoaError
from poa_xl.messages import addins

# The same everywhere, so that a trial and the real add-in never stand side by side with the same functions.
ADD_IN = "6d1c1d6e-7f0a-4f3f-9a0c-2b1f0a5e7c41"
ASSETS = Path(__file__).parent / "assets"
STATIC = ("panel.js", "panel.css", "icon-16.png", "icon-32.png", "icon-80.png")
_FUNCTIONS = """\
from poa_xl.functions.registry import FUNCTIONS

globals().update({function.name: function.call for function in FUNCTIONS})
"""
SCRIPTS = ("preparar", "validar")
_SCRIPTS = f"from poa_xl.addins.web.scripts import {', '.join(SCRIPTS)}\n"
_NO_SCRIPTS = ""
_MODULES = {"custom_functions": _FUNCTIONS, "custom_scripts": _SCRIPTS}
WASM_MODULES = {"custom_functions": _FUNCTIONS, "custom_scripts": _NO_SCRIPTS}
_OFF = ("SOCKETIO", "HTMX", "BOOTSTRAP", "ALPINEJS_CSP", "HOTRELOAD", "EXAMPLES", "TESTS")


def package(name: str = "xlwings_server") -> Path:
    """The folder of an installed package, found and not imported: both read their settings on import.

    PoaError where the extra is not installed.
    """
    found = importlib.util.find_spec(name)
    if found is None or not found.origin:
        raise PoaError(addins.say("web.falta-extra"))
    return Path(found.origin).parent


def settings(folder: Path, url: str, in_browser: bool) -> dict[str, str]:
    """The environment of xlwings-server for the project in a folder, with no setting from elsewhere.

    Its functions have no namespace (bare names), which its manifest allows in `prod` alone.
    """
    path = urlsplit(url).path.rstrip("/")
    own = {
        "PROJECT_DIR": str(folder),
        "ENVIRONMENT": "prod",
        "FUNCTIONS_NAMESPACE": "",
        "LICENSE_KEY": "noncommercial",
        "MANIFEST_ID_PROD": ADD_IN,
        "APP_PATH": path,
        "STATIC_URL_PATH": f"{path}/static",
        "PYODIDE_BASE_URL": f"{path}/static/vendor/pyodide/",  # its default is elsewhere
        "ENABLE_WASM": str(in_browser).lower(),
        "ON_SERVER": "true",
        # Its default would have the browser refuse every other http site of localhost for a year.
        "CUSTOM_HEADERS": '{"Strict-Transport-Security": "max-age=0"}',
        "CORS_ALLOW_ORIGINS": "[]",  # the gateway says which pages of others read what
        "LOG_LEVEL": "CRITICAL",
        **{f"ENABLE_{feature}": "false" for feature in _OFF},
    }
    rest = {name: value for name, value in os.environ.items() if not name.startswith("XLWINGS_")}
    return rest | {f"XLWINGS_{name}": value for name, value in own.items()} | {"DOTENV_PATH": str(folder / ".env")}


def write(folder: Path, url: str) -> None:
    """Write the project that answers at `url`: pages, static files, and the modules that xlwings-server imports."""
    for name in ("taskpane.html", "manifest.xml"):
        _put(folder / "templates" / name, _worded(name, url))
    for name in STATIC:
        _put(folder / "static" / "poa" / name, (ASSETS / name).read_bytes())
    _put(folder / "static" / "js" / "wasm.js", (ASSETS / "wasm.js").read_bytes())
    for name, text in _MODULES.items():
        _put(folder / name / "__init__.py", text.encode())


def _put(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)


def _worded(name: str, url: str) -> bytes:
    """An asset with every text in its place; what is left for xlwings-server stands in double braces.

    Addresses too: xlwings-server would take them from whoever asks.
    """
    keys = ("titulo", "validar", "preparar", "lista", "como_ir", "sin_validar", "descripcion", "abrir")
    words = {key: addins.say(f"web.{key.replace('_', '-')}") for key in keys}
    office = next(package().glob("static/vendor/office-js/*/dist/office.js"))
    place = "/" + office.relative_to(package() / "static").as_posix()
    text = (ASSETS / name).read_text(encoding="utf-8")
    site = urlsplit(url)
    rest = {
        "version": _version(),
        "office": place,
        "panel": _panel(),
        "lugar": escape(url.rstrip("/"), {'"': "&quot;"}),
        "origen": escape(f"{site.scheme}://{site.netloc}", {'"': "&quot;"}),
        "regla": origins.PAGE_POLICY,
    }
    return Template(text).substitute(words, **rest).encode()


def _panel() -> str:
    """What the pane's script needs to know: sentences, and where the sheet of observations keeps its list."""
    known = {
        "texts": {
            "espere": addins.say("web.espere"),
            "fallo": addins.say("web.fallo"),
            "fuera": addins.say("web.fuera"),
            "sinHoja": addins.say("web.sin-hoja"),
        },
        "layout": {
            "sheet": observations.SHEET,
            "summaryRow": observations.SUMMARY_ROW,
            "headerRow": observations.HEADER_ROW,
            "headers": observations.HEADERS,
            "firstRow": observations.FIRST_ROW,
            "lastRow": observations.LAST_ROW,
        },
    }
    return json.dumps(known, ensure_ascii=False).replace("<", "\\u003c")


def _version() -> str:
    """The version with the four numbers that a manifest wants."""
    numbers = [part for part in __version__.split(".") if part.isdigit()]
    return ".".join((numbers + ["0"] * 4)[:4])
