"""Python for the browser (Pyodide): its core, from the npm registry or from a file brought by hand."""

import hashlib
import os
import shutil
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path

from poa_xl.errors import PoaError
from poa_xl.messages import addins

VERSION = "314.0.7"
ARCHIVE = f"pyodide-{VERSION}.tgz"
LICENCE = "MPL-2.0"
_SHA512 = (
    "d18bd7c4485f11da4b7dbfd790cd8114078c44eab488c517d9bcf31fda4eb6dc"
    "8c716930abe1db139bb2b860fcd8b37bcb6abe48dbe2ffa579244b0e943d91d4"
)
FILES = ("pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json", "python_stdlib.zip")
_SECONDS = 300


def unpack(folder: Path, archive: Path | None) -> None:
    """Put the core's files into a folder; the archive, fetched where none is given, must be the one we know."""
    with tempfile.TemporaryDirectory(prefix="poa-xl-") as name:
        found = archive or _fetch(Path(name))
        if hashlib.sha512(found.read_bytes()).hexdigest() != _SHA512:
            raise PoaError(addins.say("web.otro-pyodide", archivo=found.name, version=VERSION))
        folder.mkdir(parents=True)
        with tarfile.open(found) as packed:
            for file in FILES:
                content = packed.extractfile(f"package/{file}")
                (folder / file).write_bytes(content.read() if content else b"")


def _fetch(folder: Path) -> Path:
    beside = str(Path(sys.executable).parent)
    npm = shutil.which("npm", path=os.pathsep.join((os.environ.get("PATH", os.defpath), beside)))
    if npm is None:
        raise PoaError(addins.say("web.sin-npm", archivo=ARCHIVE))
    try:
        done = subprocess.run(  # noqa: S603 - the registry's own client, for one package and version
            [npm, "pack", f"pyodide@{VERSION}", "--prefer-offline", "--fetch-retries=1", "--loglevel=error",
             "--pack-destination", folder],
            cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, errors="replace",
            timeout=_SECONDS, check=False,
        )  # fmt: skip
    except subprocess.TimeoutExpired as error:
        raise PoaError(addins.say("web.sin-pyodide", archivo=ARCHIVE, dijo="")) from error
    if done.returncode or not (folder / ARCHIVE).is_file():
        said = " ".join(done.stderr.split())[:300]
        raise PoaError(addins.say("web.sin-pyodide", archivo=ARCHIVE, dijo=said))
    return folder / ARCHIVE
