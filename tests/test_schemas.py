"""The YAML of the schemas: every check named is loaded, every code has one owner and a message."""

import pandas as pd
import pytest
from pandera.errors import SchemaErrors

from poa_xl import messages, reading, schemas, sheets
from poa_xl.checking import frames, schema_rules
from poa_xl.checking.report import Report
from poa_xl.errors import PoaError
from poa_xl.findings import Location
from poa_xl.reading import Book
from poa_xl.sheets import Sheet
from tests.demonstration import Demonstration

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
EMPTY_FORM = next(str(check.error) for check in schemas.load("unidad", "unidad").checks if check.name == "ficha")


def test_every_schema_loads_and_shares_no_code() -> None:
    assert len(schemas.load_all()) == len(sheets.UNIDAD) + len(sheets.ENTIDAD)


def test_a_misspelt_check_stops_the_program() -> None:
    with pytest.raises(PoaError, match="obligatoria"):
        schemas.parse(GOOD.replace("obligatorio", "obligatoria"), "prueba.yaml")


def test_a_misspelt_frame_check_stops_the_program() -> None:
    with pytest.raises(PoaError, match="fichas"):
        schemas.parse(GOOD + "checks:\n  fichas: {error: UNI-004}\n", "prueba.yaml")


@pytest.mark.parametrize("change", [("nullable: true", "nullable: false"), ("nullable: true", "unique: true")])
def test_what_is_asked_without_a_code_stops_the_program(change: tuple[str, str]) -> None:
    with pytest.raises(PoaError, match="sin código"):
        schemas.parse(GOOD.replace(*change), "prueba.yaml")


@pytest.mark.slow
def test_the_rules_that_run_find_what_the_whole_schema_finds(demonstration_with_defects: Demonstration) -> None:
    """pandera over the whole schema, types and months one by one, against the lighter schemas of `rules`."""
    books = [reading.read_book(path, sheets.unit_sheets()) for path in demonstration_with_defects.sent]
    codes = set()
    for sheet in sheets.unit_sheets():
        reports = [Report(book) for book in books]
        frame = frames.batch(books, sheet)
        schema_rules.run("unidad", sheet, frame, reports)
        found = {(f.location, f.code) for report in reports for f in report.findings}
        whole = whole_schema(sheet, frame, books)
        assert found <= whole
        empty = {place.file for place, code in found if code == EMPTY_FORM}  # one finding, not one for each field
        assert {place.file for place, _ in whole - found} <= empty, whole - found
        codes |= {code for _, code in found}
    assert len(codes) > 10


def whole_schema(sheet: Sheet, frame: pd.DataFrame, books: list[Book]) -> set[tuple[Location, str]]:
    schema = schemas.load("unidad", sheet.key)
    firsts = {str(check.error): (check.statistics.get("columnas") or [frame.columns[0]])[0] for check in schema.checks}
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        found = set()
        for case in errors.failure_cases.itertuples():
            book, row = frames.place_of(case.index)
            table = books[book].tables[sheet.key]
            column = firsts.get(case.check, case.column)
            if column in table.columns and (row, column) not in table.bad:
                found.add((Location(books[book].file, table.name, table.cell(column, row)), case.check))
        return found
    return set()


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
