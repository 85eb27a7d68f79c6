"""The YAML of the schemas: every check named is loaded, every code has one owner and a message."""

import pytest

from poa_xl import messages, schemas, sheets
from poa_xl.errors import PoaError

GOOD = """
schema_type: dataframe
name: Prueba
columns:
  a:
    title: A
    description: nada
    dtype: str
    nullable: true
    checks:
      obligatorio: {error: TAR-001, ignore_na: false}
"""


def test_every_schema_loads_and_shares_no_code() -> None:
    assert len(schemas.load_all()) == len(sheets.UNIDAD) + len(sheets.ENTIDAD)


def test_a_misspelt_check_stops_the_program() -> None:
    with pytest.raises(PoaError, match="obligatoria"):
        schemas.parse(GOOD.replace("obligatorio", "obligatoria"), "prueba.yaml")


def test_a_misspelt_frame_check_stops_the_program() -> None:
    with pytest.raises(PoaError, match="fichas"):
        schemas.parse(GOOD + "checks:\n  fichas: {error: UNI-004}\n", "prueba.yaml")


@pytest.mark.parametrize("code", ["TAR-999", "tar-001", "TAR1"])
def test_a_code_without_message_stops_the_program(code: str) -> None:
    with pytest.raises(PoaError, match=code):
        schemas.parse(GOOD.replace("TAR-001", code), "prueba.yaml")


def test_a_code_in_two_schemas_stops_the_program() -> None:
    with pytest.raises(PoaError, match="TAR-001"):
        schemas.refuse_shared_codes({"a.yaml": {"TAR-001"}, "b.yaml": {"TAR-001"}})


def test_every_column_has_a_title_and_a_note() -> None:
    for sheet in (*sheets.unit_sheets(), *sheets.entity_sheets()):
        assert sheet.title, sheet.key
        assert sheet.description, sheet.key
        for column in sheet.columns:
            assert column.title, (sheet.key, column.name)
            assert column.description, (sheet.key, column.name)


def test_titles_of_a_sheet_are_told_apart() -> None:
    from poa_xl import titles

    for sheet in (*sheets.unit_sheets(), *sheets.entity_sheets()):
        keys = [titles.key(c.title) for c in sheet.columns]
        assert len(keys) == len(set(keys)), sheet.key


def test_every_message_says_what_is_wrong_and_what_to_do() -> None:
    for code, message in messages.MESSAGES.items():
        assert code.split("-")[0] in messages.SECTIONS
        assert message.what.endswith((".", ").", "{pista}"))
        assert message.action.endswith((".", "{explicacion}", "{pista}"))
