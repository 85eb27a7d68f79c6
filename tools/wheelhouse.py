"""Makes a folder from which pip installs poa-xl on a computer without internet, of the same system and Python.

It holds the wheel of this checkout and those of all packages that it needs, of the versions and the bytes that
requirements.lock names. Run it with `make wheelhouse`, or where there is no make with
`.venv/bin/python tools/wheelhouse.py FOLDER`.
"""

import hashlib
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCK = (ROOT / "requirements.lock").read_text(encoding="utf-8")
PIP = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--quiet"]
PAGE = "instalacion.md"
VERSIONS = "versiones.txt"


def main(arguments: list[str]) -> int:
    """Make the folder, whole or not at all."""
    if len(arguments) != 1:
        print("usage: wheelhouse.py FOLDER", file=sys.stderr)
        return 2
    target = Path(arguments[0]).resolve()
    if target.exists():
        print(f"{target} is there already: give another folder", file=sys.stderr)
        return 2
    target.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=target.parent, prefix=".wheelhouse-") as temporary:
        folder = Path(temporary, "ruedas")
        folder.mkdir()
        fill(folder)
        shutil.copy(ROOT / "docs" / PAGE, folder)
        folder.rename(target)
    print(f"{len(list(target.glob('*.whl')))} wheels in {target}; how to install from them is in {PAGE}")
    return 0


def fill(folder: Path) -> None:
    """The wheels and the list of their versions. SystemExit where one is not what the lock says, or one is missing."""
    versions = folder / VERSIONS
    versions.write_text("".join(f"{line}\n" for line in pins()), encoding="utf-8")
    pip("wheel", "--no-deps", "--no-build-isolation", "--wheel-dir", folder, ROOT)
    (own,) = folder.glob("poa_xl-*.whl")
    pip("download", "--only-binary", ":all:", "--constraint", versions, "--dest", folder, own)
    strange = [path.name for path in folder.glob("*.whl") if path != own and digest(path) not in LOCK]
    if strange:
        raise SystemExit(f"not the files that requirements.lock names: {', '.join(strange)}")
    pip("install", "--dry-run", "--ignore-installed", "--no-index", "--find-links", folder, "poa-xl")


def pins() -> list[str]:
    """The packages of the lock with version and marker, without hashes."""
    return [line.rstrip(" \\") for line in LOCK.splitlines() if re.match(r"[A-Za-z0-9]", line)]


def digest(path: Path) -> str:
    """The fingerprint of a file as the lock writes it."""
    return f"sha256:{hashlib.sha256(path.read_bytes()).hexdigest()}"


def pip(*arguments: object) -> None:
    """Run pip; its own words say what is wrong."""
    done = subprocess.run([*PIP, *map(str, arguments)], check=False)  # noqa: S603
    if done.returncode:
        raise SystemExit(done.returncode)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
