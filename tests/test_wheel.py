"""An installed wheel, in a clean environment outside the checkout, does everything that the checkout does."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests import lock

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("wheel")]
ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--quiet",
        "--no-deps",
        "--no-build-isolation",
        "--wheel-dir",
        str(folder),
        str(ROOT),
    ]
    subprocess.run(command, check=True)
    (built,) = folder.glob("*.whl")
    return built


def test_the_wheel_holds_the_schemas_the_sources_of_the_sample_and_the_guides(wheel: Path) -> None:
    names = set(zipfile.ZipFile(wheel).namelist())
    for folder in ("schemas", "workbooks"):
        shipped = {p.relative_to(ROOT).as_posix() for p in (ROOT / folder).rglob("*") if p.is_file()}
        assert shipped
        assert {f"poa_xl/_files/{name}" for name in shipped} <= names
    pages = {
        p.relative_to(ROOT).as_posix() for p in (ROOT / "docs").rglob("*") if p.suffix in (".md", ".png", ".ipynb")
    }
    assert {n.removeprefix("poa_xl/_files/") for n in names if n.startswith("poa_xl/_files/docs/")} == pages - {
        "docs/architecture.md"
    }
    beside = {p.relative_to(ROOT).as_posix() for p in (ROOT / "poa_xl").rglob("*.*") if "__pycache__" not in p.parts}
    assert {"poa_xl/campaign/receipt_pages/acuse.html.j2", "poa_xl/writers/board/assets/tablero.js"} <= beside <= names
    assert not [n for n in names if n.startswith(("tests/", "docs/"))]


def test_an_installed_wheel_makes_validates_and_consolidates_the_demo(wheel: Path, tmp_path: Path) -> None:
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTHON") and k != "VIRTUAL_ENV"}

    def run(*command: object) -> str:
        done = subprocess.run(
            [str(c) for c in command], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    run(sys.executable, "-m", "venv", "limpio")
    scripts = tmp_path / "limpio" / ("Scripts" if os.name == "nt" else "bin")
    versions = tmp_path / "versiones.txt"  # what the wheel asks for, in the versions that were tried
    versions.write_text("".join(f"{pin.requirement}\n" for pin in lock.pins()), encoding="utf-8")
    run(scripts / "python", "-m", "pip", "install", "--quiet", "--constraint", versions, wheel)
    where = run(scripts / "python", "-c", "import poa_xl; print(poa_xl.__file__)")
    assert Path(where.strip()).is_relative_to(tmp_path)
    poa = scripts / "poa-xl"
    run(poa, "demo", "demo")
    assert "109 libros revisados: 0 errores y 0 avisos." in run(poa, "validate", "demo/entregas", "--quarter", 2)
    run(poa, "template", "demo/entidad.xlsx", "-o", "plantillas", "--unit", "DGP", "--functions", "native")
    assert "109 libros aceptados" in run(poa, "consolidate", "demo/entregas", "--quarter", 2, "-o", "maestro.xlsx")
    assert (tmp_path / "maestro.xlsx").stat().st_size > 100_000
    run(poa, "campaign", "campana", "--entity", "demo/entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-10")
    run(poa, "status", "--campaign", "campana", "-o", "tablero.html", "-o", "tablero.xlsx")
    assert "EMB-LIMA" in (tmp_path / "tablero.html").read_text("utf-8")
    run(poa, "campaign", "campana", "--export", "respaldo.zip")
    run(poa, "campaign", "otra", "--import", "respaldo.zip")
    assert "Guía para las unidades" in run(poa, "guide")
    assert run(poa, "guide", "guia-dgp").startswith("# Guía para la oficina de planificación y la auditoría")
    run(poa, "guide", "-o", "guias")
    copied = {p.name: p.read_bytes() for p in (tmp_path / "guias").iterdir() if p.is_file()}
    assert copied.keys() > {"guia-dgp.md", "biblioteca.ipynb"}
    assert copied == {name: (ROOT / "docs" / name).read_bytes() for name in copied}
    run(poa, "init", "nueva")
    assert (tmp_path / "nueva" / "entidad.xlsx").is_file()
