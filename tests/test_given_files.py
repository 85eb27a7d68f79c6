"""Files that an option names are plain files; anything else ends the command at once, in words."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests import campaign_books as books

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name != "posix", reason="devices of Unix")]

ROOT = Path(__file__).resolve().parent.parent
GOOD = "hojas: 200\n"
SECONDS = 60  # what hangs, hangs for ever


def run(place: Path, *arguments: object) -> tuple[int, str, str]:
    done = subprocess.run(
        [sys.executable, "-m", "poa_xl.cli", *map(str, arguments)], cwd=place, timeout=SECONDS, capture_output=True,
        text=True, encoding="utf-8", env={**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "500"},
    )  # fmt: skip
    return done.returncode, done.stdout, " ".join(done.stderr.split())


@pytest.fixture
def place(tmp_path: Path) -> Path:
    books.entity_book(tmp_path)
    books.book(tmp_path / "entregas" / "DGRB.xlsx", "DGRB")
    (tmp_path / "buenos.yaml").write_text(GOOD, encoding="utf-8")
    os.mkfifo(tmp_path / "tubo")
    (tmp_path / "carpeta").mkdir()
    (tmp_path / "enlace").symlink_to(tmp_path / "buenos.yaml")
    (tmp_path / "roto").symlink_to(tmp_path / "nada")
    (tmp_path / "enorme").write_bytes(b"# " + b"x" * 3_000_000 + b"\n" + GOOD.encode())
    return tmp_path


COMMON = "no es un archivo común"
WRONG = [
    ("tubo", COMMON), ("/dev/zero", COMMON), ("carpeta", "es una carpeta"), ("roto", "no existe"),
    ("nada", "no existe"), ("enlace", "es un acceso directo (enlace)"), ("enorme", "el tamaño del archivo es 3,0 MB"),
]  # fmt: skip


@pytest.mark.parametrize(("limits", "said"), WRONG)
def test_limits_are_read_from_a_plain_file_only(place: Path, limits: str, said: str) -> None:
    code, out, err = run(place, "validate", "entregas", "--quarter", 2, "--limits", limits)
    assert (code, out) == (2, "")
    assert said in err


DOORS: dict[str, list[object]] = {
    "consolidate": ["consolidate", "entregas", "--quarter", 2, "-o", "m.xlsx", "--limits"],
    "diff": ["diff", "entregas/DGRB.xlsx", "entregas/DGRB.xlsx", "--limits"],
    "migrate": ["migrate", "entregas", "--to", 3, "-o", "n", "--limits"],
    "receive": ["receive", "entregas", "--campaign", "carpeta", "--limits"],
    "validate --entity": ["validate", "entregas", "--entity"],
    "consolidate --entity": ["consolidate", "entregas", "--quarter", 2, "-o", "m.xlsx", "--entity"],
    "migrate --entity": ["migrate", "entregas", "--to", 3, "-o", "n", "--entity"],
    "campaign": ["campaign", "c", "--quarter", 2, "--deadline", "2024-07-10", "--entity"],
    "template": ["template", "-o", "p"],
    "addin build": ["addin", "build", "web", "-o", "sitio", "--pyodide"],
    "addin serve --cert": ["addin", "serve", "--key", "buenos.yaml", "--cert"],
    "addin serve --key": ["addin", "serve", "--cert", "buenos.yaml", "--key"],
}


@pytest.mark.parametrize("door", DOORS)
@pytest.mark.parametrize("given", ["tubo", "/dev/zero"])
def test_no_option_that_reads_a_file_waits_for_one_that_never_ends(place: Path, door: str, given: str) -> None:
    before = set(place.rglob("*"))
    code, out, err = run(place, *DOORS[door], given)
    assert (code, out) == (2, ""), err
    assert COMMON in err
    assert set(place.rglob("*")) == before


@pytest.mark.parametrize(
    "text",
    [
        "hojas: " + "9" * 5000,
        "hojas: 0x" + "f" * 5000,
        "a: " + "[" * 5000,
        "hojas: " + "".join(f"[&{n} [" for n in range(3)) + "1" + "]]" * 3,
        "a0: &a0 [x]\n"
        + "".join(f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]\n" for n in range(1, 30))
        + "hojas: *a29",
        "? [1, 2]\n: 3",
        "hojas: !!binary aaaa",
        "hojas: 2024-01-01",
    ],
)
def test_limits_that_are_an_attack_are_wrong_usage(place: Path, text: str) -> None:
    (place / "malo.yaml").write_text(text, encoding="utf-8")
    code, _, err = run(place, "validate", "entregas", "--limits", "malo.yaml")
    assert code == 2
    assert "malo.yaml: " in err
    assert len(err) < 2000


@pytest.mark.parametrize("content", [GOOD.encode(), GOOD.encode("utf-8-sig"), GOOD.replace("\n", "\r\n").encode()])
def test_a_plain_file_of_limits_is_used(place: Path, content: bytes) -> None:
    (place / "buenos.yaml").write_bytes(content)
    assert run(place, "validate", "entregas", "--quarter", 2, "--limits", "buenos.yaml")[0] == 0
    (place / "buenos.yaml").write_bytes(content.replace(b"200", b"1"))
    code, out, _ = run(
        place, "validate", "entregas", "--quarter", 2, "--entity", "entidad.xlsx", "--limits", "buenos.yaml"
    )
    assert (code, "LIB-010" in out) == (1, True)


def test_an_entitys_workbook_behind_a_linked_folder_is_a_plain_file(place: Path) -> None:
    (place / "atajo").symlink_to(place, target_is_directory=True)
    assert run(place, "validate", "entregas", "--quarter", 2, "--entity", "atajo/entidad.xlsx")[0] == 0
