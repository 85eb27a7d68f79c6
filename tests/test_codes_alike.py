"""A code is only taken for a slip of another where its numbers are the same."""

from pathlib import Path

import pytest

from poa_xl import messages
from poa_xl.checking.codes import near
from tests import text_books
from tests.test_findings import check_folder


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OP 02", "OP-02"),
        ("op02", "OP-02"),
        ("OP-2", "OP-02"),
        ("OP.002", "OP-02"),
        ("OPE-02", "OP-02"),
        ("O-02", "OP-02"),
        ("OP-O2", "OP-02"),
        ("1-1", "1.1"),
        ("Operacíon 3", "OPERACION-03"),
        ("operasion 3", "operacion 3"),
    ],
)
def test_codes_of_the_same_numbers_and_letters_are_near(one: str, other: str) -> None:
    assert near(one, other)
    assert near(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("OP 02", "OP-01"),
        ("OP-12", "OP-21"),
        ("OP-1", "OP-10"),
        ("1.1", "11"),
        ("AC-01", "OP-01"),
        ("OT-01", "OP-01"),
        ("A1", "B1"),
        ("1", "A1"),
        ("OP", "OP-01"),
        ("9" * 6000, "9" * 6001),
    ],
)
def test_codes_of_other_numbers_or_letters_are_not(one: str, other: str) -> None:
    assert not near(one, other)
    assert not near(other, one)


def hint(folder: Path, written: str, *known: str) -> str:
    folder.mkdir()
    operations = "\n".join(["Código de operación | ACP | Operación", *(f"{k} | '1.1 | Negociar {k}" for k in known)])
    tasks = f"Operación | Actividad | Tarea | Prog. ene | Ejec. ene\n{written} | A | T | 2 | 1"
    text_books.unit(folder / "DGRB.xlsx", Operaciones=operations, Tareas=tasks)
    (found,) = [f for f in check_folder(folder) if f.code == "TAR-002"]
    return messages.text(found)


@pytest.mark.slow
def test_a_task_of_no_operation_names_the_one_that_was_meant_and_no_other(tmp_path: Path) -> None:
    assert "¿Quiso decir «OP-02»?" in hint(tmp_path / "a", "OP 02", "OP-01", "OP-02")
    assert "Quiso decir" not in hint(tmp_path / "b", "OP 02", "OP-01")
    assert "Quiso decir" not in hint(tmp_path / "c", "OP 02", "OP-01", "OP-03", "OP-12")
    assert "Quiso decir" not in hint(tmp_path / "d", "OP 2", "OP-02", "OP.002")  # which of the two nobody knows
