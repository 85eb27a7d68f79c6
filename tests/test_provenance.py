"""What a workbook says of itself is read in one way, and never makes a unit's workbook into something else."""

import json
import random
import shutil
import zipfile
from pathlib import Path

import openpyxl
import pytest
from click.testing import CliRunner, Result

from poa_xl import __version__, guards, names, reading
from poa_xl.api import targets
from poa_xl.cli import poa_xl
from poa_xl.errors import WrongUseError
from poa_xl.ooxml.part_names import CUSTOM_PROPERTIES
from poa_xl.reading.provenance import Origin, numbers, sealed
from tests import campaign_books as books
from tests.libreoffice import LibreOffice

pytestmark = pytest.mark.slow

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/"
STRICT = "http://purl.oclc.org/ooxml/officeDocument/"
SET = "{D5CDD505-2E9C-101B-9397-08002B2CF9AE}"
MASTER = names.MASTER_VALUE


def run(*arguments: object) -> Result:
    result = CliRunner().invoke(poa_xl, [str(a) for a in arguments])
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


@pytest.fixture(scope="module")
def sent(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with one submission, its entity beside it, and the master of it."""
    place = tmp_path_factory.mktemp("procedencia")
    books.entity_book(place)
    books.book(place / "entregas" / "DGRB.xlsx", "DGRB")
    run("consolidate", place / "entregas", "--quarter", 2, "-o", place / "maestro.xlsx")
    return place


def one(name: str, value: str, fmtid: str = SET, kind: str = "vt:lpwstr") -> str:
    return f'<property fmtid="{fmtid}" pid="2" name="{name}"><{kind}>{value}</{kind}></property>'


def properties(*inside: str, space: str = f"{OFFICE}custom-properties", values: str = f"{OFFICE}docPropsVTypes") -> str:
    return f'<Properties xmlns="{space}" xmlns:vt="{values}">{"".join(inside)}</Properties>'


def with_properties(path: Path, xml: str | bytes, source: Path | None = None) -> Path:
    """A workbook with these properties, whatever it had."""
    with zipfile.ZipFile(source or path) as archive:
        parts = {i.filename: archive.read(i) for i in archive.infolist() if i.filename != CUSTOM_PROPERTIES}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in {**parts, CUSTOM_PROPERTIES: xml}.items():
            archive.writestr(name, content)
    return path


def plain(path: Path) -> Path:
    openpyxl.Workbook().save(path)
    return path


def forged(path: Path, documento: str = MASTER) -> Path:
    """All four properties, with a seal that fits: what anybody can write who reads our code."""
    said = (("documento", documento), ("periodo", "2024-2"), ("poa-xl", __version__))
    with_properties(path, properties(*(one(*pair) for pair in said)))
    with zipfile.ZipFile(path) as archive:
        seal = sealed(archive.infolist())
    return with_properties(path, properties(*(one(*pair) for pair in said), one("sello", seal)))


def renamed(path: Path) -> Path:
    """Every sheet under another name, beside sheets with the names of a master's."""
    workbook = openpyxl.load_workbook(path)
    for sheet in workbook.worksheets:
        sheet.title = f"{sheet.title} 2024"
    for name in ("Portada", "Índice", "Cálculo", "Datos_Tareas"):
        workbook.create_sheet(name)
    workbook.save(path)
    return path


def with_the_form_far_down(path: Path) -> Path:
    """The form behind many rows of something else, in a sheet of another name, with none of the others."""
    workbook = openpyxl.load_workbook(path)
    form = workbook["Unidad"]
    form.insert_rows(1, 60)
    for row in range(1, 61):
        form.cell(row, 1, f"Nota {row}")
    form.title = "Portada"
    for sheet in workbook.worksheets:
        if sheet is not form:
            workbook.remove(sheet)
    workbook.save(path)
    return path


def documento(path: Path) -> str:
    return reading.File(path).origin.documento


# --- whose property is read -------------------------------------------------------------------------------


OURS = {
    "as we write it": properties(one("documento", MASTER)),
    "as version 0 wrote it, alone": properties(one("documento", MASTER)).encode(),
    "in UTF-16": ('<?xml version="1.0" encoding="UTF-16"?>' + properties(one("documento", MASTER))).encode("utf-16"),
    "in UTF-16, the other way": b"\xfe\xff" + properties(one("documento", MASTER)).encode("utf-16-be"),
    "in UTF-8 with a mark": properties(one("documento", MASTER)).encode("utf-8-sig"),
    "in Latin-1": ('<?xml version="1.0" encoding="ISO-8859-1"?>' + properties(one("documento", MASTER))).encode("latin-1"),
    "with prefixes of its own": f'<p:Properties xmlns:p="{OFFICE}custom-properties" xmlns:w="{OFFICE}docPropsVTypes">'
    f'<p:property fmtid="{SET.lower()}" pid="9" name="documento"><w:lpwstr>{MASTER}</w:lpwstr></p:property></p:Properties>',
    "as Strict Open XML": properties(
        one("documento", MASTER), space=f"{STRICT}customProperties", values=f"{STRICT}docPropsVTypes"
    ),
    "with character references": properties(one("documento", "".join(f"&#{ord(ch)};" for ch in MASTER))),
    "as CDATA": properties(one("documento", f"<![CDATA[{MASTER}]]>")),
    "before an element inside": properties(one("documento", f"{MASTER}<x>otra</x> cosa")),
    "around a comment": properties(one("documento", f"{MASTER[:5]}<!-- otra cosa -->{MASTER[5:]}")),
    "before one of the same name": properties(one("documento", MASTER), one("documento", "otra cosa")),
}  # fmt: skip

OTHERS = {
    "the words alone": f"<p>{MASTER}</p>",
    "a property of another name": properties(one("título", MASTER)),
    "a name in other letters": properties(one("Documento", MASTER)),
    "another set of properties": properties(one("documento", MASTER, fmtid="{F29F85E0-4FF9-1068-AB91-08002B27B3D9}")),
    "no set of properties": properties(f'<property pid="2" name="documento"><vt:lpwstr>{MASTER}</vt:lpwstr></property>'),
    "a value that is no text": properties(one("documento", MASTER, kind="vt:blob")),
    "a value of nobody": properties(one("documento", MASTER, kind="lpwstr")),
    "values of another namespace": properties(one("documento", MASTER), values="urn:x"),
    "properties of another namespace": properties(one("documento", MASTER), space="urn:x"),
    "no namespace": f'<Properties><property fmtid="{SET}" name="documento"><lpwstr>{MASTER}</lpwstr></property></Properties>',
    "two values": properties(
        f'<property fmtid="{SET}" name="documento"><vt:lpwstr>{MASTER}</vt:lpwstr><vt:lpwstr/></property>'
    ),
    "behind an element inside": properties(one("documento", f"<x/>{MASTER}")),
    "in an element inside": properties(one("documento", f"<x>{MASTER}</x>")),
    "deeper than properties stand": properties(f"<x>{one('documento', MASTER)}</x>"),
    "a comment": properties(f"<!--{one('documento', MASTER)}-->"),
    "the linked source": properties(f'<property fmtid="{SET}" name="x" linkTarget="{MASTER}"><vt:lpwstr/></property>'),
    "after one of the same name": properties(one("documento", "otra cosa"), one("documento", MASTER)),
    "after a blank one of the same name": properties(one("documento", ""), one("documento", MASTER)),
    "in two halves": properties(one("documento", MASTER[:9]), one("documento", MASTER[9:])),
    "behind more than anybody has": properties(*(one(f"n{n}", "x" * 90) for n in range(1000)), one("documento", MASTER)),
    "broken": properties(one("documento", MASTER))[:-4],
    "with definitions of its own": "<!DOCTYPE x>" + properties(one("documento", MASTER)),
    "a mark of UTF-16 that lies": b"\xff\xfe" + properties(one("documento", MASTER)).encode(),
}  # fmt: skip


@pytest.mark.parametrize("xml", OURS.values(), ids=OURS.keys())
def test_the_property_is_known_however_it_is_written(tmp_path: Path, xml: str | bytes) -> None:
    path = with_properties(plain(tmp_path / "m.xlsx"), xml)
    assert documento(path) == MASTER
    assert reading.File(path).is_master


@pytest.mark.parametrize("xml", OTHERS.values(), ids=OTHERS.keys())
def test_nothing_else_makes_a_file_a_master(tmp_path: Path, xml: str | bytes) -> None:
    path = with_properties(plain(tmp_path / "m.xlsx"), xml)
    assert documento(path) != MASTER
    assert not reading.File(path).is_master


@pytest.mark.parametrize("part", ["docProps/core.xml", "docProps/app.xml", "customXml/item1.xml", "docProps/otro.xml"])
def test_the_words_in_another_part_set_nothing_aside(sent: Path, tmp_path: Path, part: str) -> None:
    path = Path(shutil.copy(sent / "entregas" / "DGRB.xlsx", tmp_path / "DGRB.xlsx"))
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    there = parts.get(part, b"<x></x>")
    at = there.rindex(b"</")
    parts[part] = there[:at] + f"<!--{MASTER}--><z>{MASTER}</z>".encode() + there[at:]
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    result = run("validate", path, "--entity", sent / "entidad.xlsx", "--format", "json")
    assert "LIB-005" not in result.stdout
    assert json.loads(result.stdout)["entregas"][0]["unidad"] == "DGRB"


@pytest.mark.parametrize("text", ["9" * 5000, "1." * 3000 + "1", "9" * 5000 + "-1", "²", "1.-2"])
def test_numbers_that_no_version_or_period_has_are_none(tmp_path: Path, text: str) -> None:
    path = with_properties(
        plain(tmp_path / "m.xlsx"), properties(one("documento", MASTER), one("periodo", text), one("poa-xl", text))
    )
    origin = reading.File(path).origin
    assert (origin.documento, origin.periodo) == (MASTER, None)
    assert all(n < 10**9 for n in numbers(text))


@pytest.mark.parametrize("value", ["Plan de la embajada", "maestro", "", MASTER.upper()])
def test_a_property_of_the_units_own_raises_nothing(sent: Path, tmp_path: Path, value: str) -> None:
    path = Path(shutil.copy(sent / "entregas" / "DGRB.xlsx", tmp_path / "DGRB.xlsx"))
    clean = run("validate", path, "--entity", sent / "entidad.xlsx", "--format", "json").stdout
    with_properties(path, properties(one("documento", value), one("periodo", "2024-2"), one("sello", "x")))
    result = run("validate", path, "--entity", sent / "entidad.xlsx", "--format", "json")
    assert json.loads(result.stdout)["observaciones"] == json.loads(clean)["observaciones"]


# --- a unit's workbook stays one --------------------------------------------------------------------------


@pytest.mark.parametrize("change", [lambda p: p, renamed], ids=["as it is", "renamed"])
@pytest.mark.parametrize("said", [MASTER, names.BOARD_VALUE, names.COMPARISON_VALUE])
def test_a_units_workbook_is_never_another_document_whatever_it_says(
    sent: Path, tmp_path: Path, change: object, said: str
) -> None:
    path = Path(shutil.copy(sent / "entregas" / "DGRB.xlsx", tmp_path / "DGRB.xlsx"))
    forged(change(path), said)  # type: ignore[operator]
    assert reading.File(path).origin == Origin()
    result = run("validate", path, "--entity", sent / "entidad.xlsx", "--format", "json")
    noted = {f["codigo"] for f in json.loads(result.stdout)["observaciones"]}
    assert "ENT-007" in noted
    assert "LIB-005" not in noted
    assert json.loads(result.stdout)["entregas"][0]["unidad"] == "DGRB"


def test_a_form_that_somebody_saved_into_it_is_found_in_whatever_row(sent: Path, tmp_path: Path) -> None:
    path = Path(shutil.copy(sent / "entregas" / "DGRB.xlsx", tmp_path / "DGRB.xlsx"))
    with_properties(with_the_form_far_down(path), properties(one("documento", MASTER), one("sello", "otro")))
    before = path.read_bytes()
    assert reading.File(path).origin == Origin()
    done = run("consolidate", sent / "entregas", "--quarter", 2, "-o", path, "--force")
    assert (done.exit_code, path.read_bytes() == before) == (2, True)


@pytest.mark.parametrize("change", [lambda p: p, renamed], ids=["as it is", "renamed"])
def test_no_command_writes_over_a_units_workbook_that_calls_itself_ours(
    sent: Path, tmp_path: Path, change: object
) -> None:
    campaign = tmp_path / "c"
    run("campaign", campaign, "--entity", sent / "entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-10")
    maestro = sent / "maestro.xlsx"
    for documento, order in (
        (MASTER, ["consolidate", sent / "entregas", "--quarter", 2, "-o"]),
        (names.BOARD_VALUE, ["status", "--campaign", campaign, "-o"]),
        (names.COMPARISON_VALUE, ["diff", maestro, maestro, "-o"]),
    ):
        path = Path(shutil.copy(sent / "entregas" / "DGRB.xlsx", tmp_path / "DGRB.xlsx"))
        before = forged(change(path), documento).read_bytes()  # type: ignore[operator]
        for force in ((), ("--force",)):
            result = run(*order, path, *force)
            assert (result.exit_code, path.read_bytes() == before) == (2, True), order


def test_a_campaign_receives_it_as_the_units(sent: Path, tmp_path: Path) -> None:
    campaign = tmp_path / "c"
    run("campaign", campaign, "--entity", sent / "entidad.xlsx", "--quarter", 2, "--deadline", "2024-07-10")
    path = forged(Path(shutil.copy(sent / "entregas" / "DGRB.xlsx", tmp_path / "DGRB.xlsx")))
    (item,) = json.loads(run("receive", path, "--campaign", campaign, "--format", "json").stdout)["archivos"]
    assert (item["unidad"], item["estado"]) == ("DGRB", "aceptada con avisos")
    assert "ENT-007" in {f["codigo"] for f in item["observaciones"]}


# --- a master stays one -----------------------------------------------------------------------------------


def as_of_version_0(source: Path, target: Path) -> Path:
    """A master with the one property that the first masters had."""
    return with_properties(target, properties(one("documento", MASTER)), source)


def annotated(source: Path, target: Path) -> Path:
    """A master in which a person made sheets of their own, of names that a unit's workbook has too."""
    workbook = openpyxl.load_workbook(source)
    for name in ("Resumen", "Presupuesto"):
        workbook.create_sheet(name)["A1"] = "Notas"
    workbook.save(target)
    return target


@pytest.mark.parametrize("make", [lambda s, t: Path(shutil.copy(s, t)), as_of_version_0, annotated])
def test_a_master_is_one_in_every_door(sent: Path, tmp_path: Path, make: object) -> None:
    path = make(sent / "maestro.xlsx", tmp_path / "m.xlsx")  # type: ignore[operator]
    assert reading.File(path).is_master
    result = run("validate", path, sent / "entregas", "--entity", sent / "entidad.xlsx", "--format", "json")
    assert [f["codigo"] for f in json.loads(result.stdout)["observaciones"] if f["archivo"] == "m.xlsx"].count(
        "LIB-005"
    ) == 1
    assert run("diff", sent / "maestro.xlsx", path).exit_code in (0, 1)
    moved = run("migrate", path, "--to", 3, "--entity", sent / "entidad.xlsx", "-o", tmp_path / "n.xlsx")
    assert "maestro" in moved.output
    assert run("consolidate", sent / "entregas", "--quarter", 2, "-o", path, "--force").exit_code == 0


def beyond_the_limits(path: Path) -> Path:
    """The same with a part that makes it larger, once it is expanded, than any file that is read."""
    with zipfile.ZipFile(path, "a", zipfile.ZIP_DEFLATED) as archive:
        more = random.Random(1).randbytes(1_000_000)  # so that it is not said to be compressed too well
        archive.writestr("xl/media/grande.bin", more + bytes(int(guards.DEFAULT.expandido_mb) * 1_000_000))
    return path


def test_a_master_of_any_size_is_known_by_what_wrote_it(sent: Path, tmp_path: Path) -> None:
    path = forged(beyond_the_limits(Path(shutil.copy(sent / "maestro.xlsx", tmp_path / "m.xlsx"))))
    assert reading.File(path).origin == Origin(), "a file that is sent is read within the limits"
    assert targets.master(path).origin.periodo == (2024, 2)
    done = run("consolidate", sent / "entregas", "--quarter", 2, "-o", path)
    assert done.exit_code == 0
    assert path.stat().st_size < 1_000_000


def test_a_units_workbook_of_any_size_is_never_taken_for_a_master(sent: Path, tmp_path: Path) -> None:
    path = forged(beyond_the_limits(Path(shutil.copy(sent / "entregas" / "DGRB.xlsx", tmp_path / "DGRB.xlsx"))))
    with pytest.raises(WrongUseError, match=r"DGRB\.xlsx"):
        targets.master(path, force=True)


@pytest.mark.libreoffice
def test_a_master_that_libreoffice_saved_is_one(sent: Path, tmp_path: Path, libreoffice: LibreOffice) -> None:
    path = tmp_path / "m.xlsx"
    libreoffice.save_as_xlsx(sent / "maestro.xlsx", path)
    assert reading.File(path).is_master
    assert reading.File(path).origin.periodo == (2024, 2)
