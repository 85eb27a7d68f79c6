"""Codes of units that are no good as names of files are found in the entity's workbook, at their cell."""

from pathlib import Path

import pytest

from poa_xl.checking import entity_book
from poa_xl.writers.unit_workbook import workbook
from tests import text_books

pytestmark = pytest.mark.slow

DEVICES = ["CON", "PRN", "AUX", "NUL", *(f"{port}{n}" for port in ("COM", "LPT") for n in range(10))]
MOST = 64


def found(tmp_path: Path, code: str) -> set[tuple[str, str]]:
    """(code of finding, cell), of an entity with this code in the second row of its units."""
    line = f"{code} | Otra unidad | Servicio Central | Direcciones | VRE | '1.1 | vigente"
    path = text_books.entity(tmp_path / "entidad.xlsx", Unidades=text_books.ENTITY["Unidades"].rstrip() + "\n" + line)
    return places(path)


def places(path: Path) -> set[tuple[str, str]]:
    """(code of finding, cell). COL-003 aside: the text tables put columns that they leave out last."""
    return {(f.code, f.location.cell) for f in entity_book.check_entity(path).findings if f.code != "COL-003"}


@pytest.mark.parametrize("code", DEVICES)
def test_the_name_of_a_device_is_found(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code) == {("UND-008", "A3")}


@pytest.mark.parametrize(
    "code", ["con", "Nul", "CON.XLSX", "NUL.", "COM1.TXT", "COM¹", "CONIN$", "A.", "A B", "A/B", "A\\B", "A:B", "A*", "A?", "A<", "Á", "-A", "..", "."]
)  # fmt: skip
def test_what_a_file_name_does_not_take_is_found(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code) == {("UND-003", "A3")}


@pytest.mark.parametrize("code", ["A" * (MOST + 1), "CON-" * 40, "A" * 255, "9" * 3000])
def test_a_code_that_is_too_long_is_found(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, f"'{code}") == {("UND-009", "A3")}


@pytest.mark.parametrize(
    "code", ["CONSUL-1", "COM10", "AUXILIAR", "CON-JJ", "NULO", "LPT", "COM", "PRN-2", "CON-", "A", "'1", "A" * MOST, "NULA"]
)  # fmt: skip
def test_a_code_that_only_looks_like_one_is_good_and_gives_a_file(tmp_path: Path, code: str) -> None:
    assert found(tmp_path, code) == set()
    entidad = entity_book.check_entity(tmp_path / "entidad.xlsx").entidad
    assert entidad is not None
    (written,) = workbook.templates_for(entidad, tmp_path / "p", (code.removeprefix("'"),), "native", 5)
    assert written.is_file()


def test_spaces_around_a_code_are_no_part_of_it(tmp_path: Path) -> None:
    assert found(tmp_path, "'CON ") == {("UND-008", "A3")}
    assert found(tmp_path, "'DGAA ") == set()


def test_names_that_are_no_file_names_are_free(tmp_path: Path) -> None:
    areas = "Área | Nombre | Servicio\nVRE | Relaciones Exteriores | Servicio Central\nCON | Con | Servicio Central"
    acp = text_books.ENTITY["ACP"] + "\nNUL | '1 | Nula | VRE"
    path = text_books.entity(tmp_path / "entidad.xlsx", Areas=areas, ACP=acp)
    assert places(path) == set()


def test_the_longest_good_code_fits_into_every_name_that_we_make() -> None:
    suffixes = ("-v9999-12345678.xlsx", " (99).xlsx", " (99).eml", ".xlsm")
    longest = max(len(f".~lock.{'A' * MOST}{suffix}#") for suffix in suffixes)
    assert longest < 255
