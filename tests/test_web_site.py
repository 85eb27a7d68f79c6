"""The static site of the add-in for Excel on the web as files, and the commands that make and serve it."""

import datetime as dt
import hashlib
import os
import re
import shutil
import ssl
import subprocess
import sys
import tarfile
import urllib.request
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from poa_xl.addins.web import commands, origins, pyodide, site
from poa_xl.errors import PoaError
from poa_xl.messages import addins
from tests.test_docs import ROOT, english, run
from tests.web_browser import served

pytestmark = [pytest.mark.slow, pytest.mark.xdist_group("web")]


def test_the_site_names_no_other_place_to_load_from(web_site: Path) -> None:
    """Pages, our scripts and the settings; the parts that others made are held to it by the page itself."""
    for name in ("taskpane.html", "xlwings/custom-functions-code.js", "static/js/wasm.js", "static/poa/panel.js"):
        assert not re.findall(r"(?:src|href)=.https?:|(?:import|fetch)\(.https?:|cdn\.", (web_site / name).read_text())
    page = (web_site / "taskpane.html").read_text()
    policy = re.search(r'Content-Security-Policy"\s+content="([^"]+)"', page)
    assert policy
    assert "'self'" in policy[1]
    assert "http" not in policy[1]
    for kind, place in re.findall(r'(src|href)="([^"]+)"', page):
        assert (web_site / place.removeprefix("/")).is_file(), (kind, place)


def _hashes(folder: Path) -> dict[str, str]:
    files = (path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_the_manifest_gives_bare_names_and_leads_to_the_address_given(tmp_path: Path) -> None:
    told = commands.build(tmp_path / "sitio", "https://poa.ejemplo.bo/excel/")
    assert "https://poa.ejemplo.bo/excel" in told
    manifest = ET.parse(tmp_path / "sitio" / "manifest.xml").getroot()
    tags = [element.tag.rpartition("}")[2] for element in manifest.iter()]
    assert "CustomFunctions" in [value for element in manifest.iter() for value in element.attrib.values()]
    assert "Namespace" not in tags
    made = {e.get("id"): e.get("DefaultValue", "") for e in manifest.iter() if e.get("id") and e.get("DefaultValue")}
    asked = {element.get("resid") for element in manifest.iter() if element.get("resid")}
    assert asked == made.keys()
    places = [v for e in manifest.iter() if (v := e.get("DefaultValue", "")).startswith("http")]
    assert len(places) > 6
    for place in places:
        assert place.startswith("https://poa.ejemplo.bo/excel/"), place
        assert (tmp_path / "sitio" / place.removeprefix("https://poa.ejemplo.bo/excel/")).is_file(), place
    page = (tmp_path / "sitio" / "taskpane.html").read_text()
    assert all(place.startswith("/excel/") for place in re.findall(r'(?:src|href)="([^"]+)"', page))


def test_the_manifest_leads_there_whatever_the_computer_is_called(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """xlwings-server would take addresses from the names of hosting services."""
    for name in ("RENDER_EXTERNAL_URL", "WEBSITE_HOSTNAME", "CODESPACES", "XLWINGS_HOSTNAME"):
        monkeypatch.setenv(name, "https://otro.ejemplo.bo")
    commands.build(tmp_path / "sitio", "https://poa.ejemplo.bo/a&b")
    manifest = (tmp_path / "sitio" / "manifest.xml").read_text(encoding="utf-8")
    assert "otro" not in manifest
    places = [v for e in ET.fromstring(manifest).iter() if (v := e.get("DefaultValue", "")).startswith("http")]
    assert len(places) > 6
    assert all(place.startswith("https://poa.ejemplo.bo/a&b/") for place in places)


def test_the_site_says_which_headers_its_web_server_must_give(web_site: Path) -> None:
    told = (web_site / site.MARK).read_text(encoding="utf-8")
    assert "X-Content-Type-Options: nosniff" in told
    assert f"frame-ancestors {origins.ANCESTORS}" in told
    assert "Access-Control-Allow-Origin" in told


def test_the_documented_command_works_in_the_folder_where_one_is(tmp_path: Path) -> None:
    done = run(["addin", "build", "web", "-o", "sitio", "--url", "https://poa.ejemplo.bo"], tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert (tmp_path / "sitio" / "taskpane.html").is_file()


def test_what_others_put_beside_our_files_stays_when_the_site_is_written_again(tmp_path: Path) -> None:
    folder = tmp_path / "sitio"
    commands.build(folder, "https://poa.ejemplo.bo")
    (folder / "web.config").write_text("<configuration/>")
    before = _hashes(folder)
    commands.build(folder, "https://poa.ejemplo.bo")
    assert _hashes(folder) == before


def test_the_site_carries_its_terms_of_use(web_site: Path) -> None:
    told = (web_site / site.MARK).read_text(encoding="utf-8")
    for words in ("PolyForm Noncommercial", "institución de gobierno", "Required Notice:", "Mozilla Public License"):
        assert words in told
    licences = "".join(path.read_text(encoding="utf-8") for path in (web_site / "licencias").iterdir())
    assert "PolyForm Noncommercial License 1.0.0" in licences
    assert "Apache License" in licences
    assert list((web_site / "static/vendor/office-js").rglob("LICENSE.md"))


def test_a_new_site_takes_the_place_of_an_old_one_with_the_same_bytes(web_site: Path, tmp_path: Path) -> None:
    shutil.copytree(web_site, tmp_path / "sitio")
    (tmp_path / "sitio" / "static" / "viejo.js").write_text("")
    commands.build(tmp_path / "sitio")
    assert _hashes(tmp_path / "sitio") == _hashes(web_site)
    assert [p.name for p in tmp_path.iterdir()] == ["sitio"]


def test_a_folder_with_files_of_others_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mia").mkdir()
    (tmp_path / "mia" / "notas.txt").write_text("mías")
    with pytest.raises(PoaError, match="carpeta nueva o vacía"):
        commands.build(tmp_path / "mia")
    assert [p.name for p in (tmp_path / "mia").iterdir()] == ["notas.txt"]


def test_a_changed_pyodide_is_refused(tmp_path: Path) -> None:
    false = tmp_path / pyodide.ARCHIVE
    with tarfile.open(false, "w:gz") as archive:
        archive.add(__file__, "package/pyodide.mjs")
    with pytest.raises(PoaError, match="tal como se publicó"):
        commands.build(tmp_path / "sitio", None, false)
    assert [p.name for p in tmp_path.iterdir()] == [false.name]


def test_without_npm_the_way_out_is_said(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr("shutil.which", lambda *_, **__: None)
    with pytest.raises(PoaError, match="--pyodide"):
        commands.build(tmp_path / "sitio")


@pytest.mark.parametrize("url", ["poa.ejemplo.bo", "http://poa.ejemplo.bo", "ftp://x", "https://", "https://x?y=1"])
def test_an_address_that_excel_refuses_is_refused_here(url: str, tmp_path: Path) -> None:
    with pytest.raises(PoaError, match="Excel pide https"):
        commands.build(tmp_path / "sitio", url)


def test_without_the_extra_both_commands_say_what_to_install(tmp_path: Path) -> None:
    """In an environment that does not find xlwings-server."""
    program = (
        "import sys; from importlib import util; find = util.find_spec\n"
        "util.find_spec = lambda name, *a: None if name == 'xlwings_server' else find(name, *a)\n"
        "from poa_xl.cli import main; main()"
    )
    for arguments in (["build", "web", "-o", "sitio"], ["serve"]):
        done = python(["-c", program, "addin", *arguments], tmp_path)
        assert done.returncode == 3
        assert 'pip install "poa-xl[web]"' in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_the_commands_in_spanish(tmp_path: Path) -> None:
    for command in ("build", "serve"):
        page = run(["addin", command, "--help"], tmp_path).stdout
        assert "Ejemplo:" in page
        assert english(page) == []
    assert run(["addin", "build", "libreoffice", "-o", "x", "--url", "https://x.bo"], tmp_path).returncode == 2
    alone = run(["addin", "serve", "--cert", __file__], tmp_path)
    assert (alone.returncode, "--key" in alone.stderr) == (3, True)


def test_with_a_certificate_the_server_speaks_https(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    with served("--cert", str(certificate), "--key", str(key)) as url:
        trusting = ssl.create_default_context(cafile=str(certificate))
        with urllib.request.urlopen(f"{url}/manifest.xml", context=trusting) as answer:
            manifest = answer.read().decode()
            assert answer.headers["Strict-Transport-Security"] == "max-age=0"
    assert f'"{url}/taskpane.html"' in manifest
    assert "http://localhost" not in manifest


def test_files_that_are_no_certificate_are_told_before_anything_is_served(tmp_path: Path) -> None:
    certificate, key = self_signed(tmp_path)
    closed = tmp_path / "con-contraseña.pem"
    private = serialization.load_pem_private_key(key.read_bytes(), None)
    kind = serialization.PrivateFormat.PKCS8, serialization.BestAvailableEncryption(b"x")
    closed.write_bytes(private.private_bytes(serialization.Encoding.PEM, *kind))
    (tmp_path / "otra").mkdir()
    _, other = self_signed(tmp_path / "otra")
    for pair in ((certificate, certificate), (certificate, other), (key, certificate), (certificate, closed)):
        done = run(["addin", "serve", "--cert", str(pair[0]), "--key", str(pair[1])], tmp_path)
        assert (done.returncode, done.stdout) == (3, "")
        assert done.stderr.startswith(f"Error: {pair[0].name} y {pair[1].name} no son")


def self_signed(folder: Path) -> tuple[Path, Path]:
    """A certificate of localhost and its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    today = dt.datetime.now(dt.UTC)
    unsigned = x509.CertificateBuilder(
        issuer_name=name, subject_name=name, public_key=key.public_key(), serial_number=1,
        not_valid_before=today - dt.timedelta(days=1), not_valid_after=today + dt.timedelta(days=1),
    ).add_extension(x509.SubjectAlternativeName([x509.DNSName("localhost")]), critical=False)  # fmt: skip
    certificate = unsigned.sign(key, hashes.SHA256())
    places = folder / "localhost.pem", folder / "localhost-key.pem"
    places[0].write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    private = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    places[1].write_bytes(key.private_bytes(serialization.Encoding.PEM, *private))
    return places


def test_what_fails_in_a_macro_reaches_the_pane_in_spanish(tmp_path: Path) -> None:
    """xlwings reads its settings on import, so a process of its own."""
    program = (
        "import os; os.environ.update(XLWINGS_ON_SERVER='true', XLWINGS_LICENSE_KEY='noncommercial')\n"
        "import xlwings; from poa_xl.errors import PoaError; from poa_xl.addins.web import scripts\n"
        "def known(book, formats): raise PoaError('Cierre el libro.')\n"
        "for macro in (known, lambda book, formats: 1 / 0):\n"
        "    try: scripts._run(macro, None, None)\n"
        "    except xlwings.XlwingsError as error: print(error)"
    )
    known, unknown = python(["-c", program], tmp_path).stdout.splitlines()
    assert known == "Cierre el libro."
    assert unknown == addins.say("error-interno", error="ZeroDivisionError: division by zero")


def test_a_port_in_use_is_told(server: str, tmp_path: Path) -> None:
    done = run(["addin", "serve", "--port", server.rpartition(":")[2]], tmp_path)
    assert (done.returncode, "--port" in done.stderr) == (3, True)


def python(arguments: list[str], folder: Path) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1"}
    command = [sys.executable, *arguments]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
