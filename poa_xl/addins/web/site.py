"""The static site: pages, xlwings' scripts, Python for the browser and the functions, every file of it local."""

import json
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path
from urllib.parse import urlsplit

import poa_xl
from poa_xl.addins.web import origins, pages, project, pyodide
from poa_xl.errors import PoaError
from poa_xl.messages import addins
from poa_xl.zip_archive import zipped

DEFAULT_URL = "https://localhost:8000"
MARK = "LEAME.txt"  # a folder with this file and the manifest is a site of ours
_SCRIPTS = ("js/*.js", "js/alerts/*.js", "js/custom-scripts/*.js", "js/officejs/history-fix-*.js")
_OFFICE = "vendor/office-js/**/*"
_NOT_OURS = ("js/examples.js", "js/ribbon.js", "js/main.js")


def build(folder: Path, url: str, archive: Path | None) -> None:
    """Write the site for the address where it will be hosted; it takes the place of an older one."""
    _check(url)
    folder = folder.resolve()  # the pages are made by a process that works elsewhere
    package = project.package()
    if folder.exists() and any(folder.iterdir()) and not _is_site(folder):
        raise PoaError(addins.say("web.carpeta-ajena", carpeta=folder))
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=f".{folder.name}-", dir=folder.parent) as name:
        new = Path(name) / "sitio"
        _write(new, package, url, archive)
        if folder.exists():
            _keep_added(folder, new)
            folder.replace(Path(name) / "antes")
        new.replace(folder)


def _keep_added(old: Path, new: Path) -> None:
    """What others put beside our files, such as the settings of their web server, comes along."""
    for path in old.iterdir():
        if not (new / path.name).exists():
            (shutil.copytree if path.is_dir() else shutil.copy2)(path, new / path.name)


def _check(url: str) -> None:
    place = urlsplit(url)
    if place.scheme not in ("https", "http") or not place.hostname or place.query or place.fragment:
        raise PoaError(addins.say("web.direccion", direccion=url))
    if place.scheme == "http" and place.hostname != "localhost":
        raise PoaError(addins.say("web.direccion", direccion=url))


def _is_site(folder: Path) -> bool:
    return (folder / MARK).is_file() and (folder / "manifest.xml").is_file()


def _write(site: Path, package: Path, url: str, archive: Path | None) -> None:
    site.mkdir()
    pyodide.unpack(site / "static" / "vendor" / "pyodide", archive)
    with tempfile.TemporaryDirectory(prefix="poa-xl-") as name:
        made = Path(name)
        project.write(made, url)
        _render(made, site, url)
        _copy(package / "static", site / "static", (*_SCRIPTS, _OFFICE))
        for unused in _NOT_OURS:
            (site / "static" / unused).unlink()
        _copy(made / "static", site / "static", ("**/*",))
    modules = site / pages.MODULES_FILE
    (site / "static" / "poa" / "python.zip").write_bytes(zipped(_python(package, json.loads(modules.read_bytes()))))
    modules.unlink()
    (site / MARK).write_text(_about(url), encoding="utf-8")
    _licences(site / "licencias")


def _render(made: Path, site: Path, url: str) -> None:
    """The pages, by xlwings-server in a process of its own."""
    done = subprocess.run(  # noqa: S603 - this same Python
        [sys.executable, "-m", pages.__name__, url, str(site)],
        env=project.settings(made, url, in_browser=True), cwd=made, stdin=subprocess.DEVNULL, capture_output=True,
        text=True, errors="replace", check=False,
    )  # fmt: skip
    if done.returncode:
        raise PoaError(addins.say("web.sin-paginas", dijo=" ".join(done.stderr.split())[-300:]))


def _copy(source: Path, target: Path, patterns: tuple[str, ...]) -> None:
    for pattern in patterns:
        for path in sorted(p for p in source.glob(pattern) if p.is_file()):
            copy = target / path.relative_to(source)
            copy.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, copy)


def _python(package: Path, modules: list[str]) -> Iterator[tuple[str, bytes]]:
    """What Python in the browser imports: our functions, xlwings, and xlwings-server's runtime."""
    for name in modules:
        yield f"poa_xl/{name}", (Path(poa_xl.__file__).parent / name).read_bytes()
    for name in ("config.py", "wasm_runtime.py"):
        yield name, (package / "wasm" / name).read_bytes()
    for name, text in project.WASM_MODULES.items():
        yield f"{name}/__init__.py", text.encode()
    engine = project.package("xlwings")
    for path in engine.rglob("*.py"):
        yield f"xlwings/{path.relative_to(engine).as_posix()}", path.read_bytes()


def _about(url: str) -> str:
    versions = {name: metadata.version(name) for name in ("xlwings", "xlwings-server")}
    return addins.say(
        "web.leame", version=poa_xl.__version__, direccion=url, pyodide=pyodide.VERSION, xlwings=versions["xlwings"],
        servidor=versions["xlwings-server"], marcos=origins.ANCESTORS,
    )  # fmt: skip


def _licences(folder: Path) -> None:
    """The terms under which each part may be used and passed on, as its own package carries them."""
    folder.mkdir()
    for name in ("poa-xl", "xlwings", "xlwings-server"):
        for file in metadata.files(name) or ():
            if "licenses" in file.parts or file.name == "LICENSE":
                (folder / f"{name}-{file.name}").write_bytes(file.locate().read_bytes())  # type: ignore[attr-defined]
