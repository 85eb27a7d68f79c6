"""The Spanish words that a worksheet function answers with when an argument is wrong.

Every text starts with `#POA!` and names the argument, the same in every spreadsheet program.
"""
# ruff: noqa: UP006, UP035 - the Pythons of the spreadsheet programs are older

from typing import Callable, Dict, Sequence

PREFIX = "#POA!"


def wrong(argument: str, what: str) -> str:
    """The answer for a wrong argument."""
    return f"{PREFIX} {argument}: {what}"


def not_a_number(argument: str, found: str) -> str:
    """A text that is no number."""
    return wrong(argument, f"«{found}» no es un número.")


def expects_a_number(argument: str, found: str) -> str:
    """TRUE, FALSE or a date where a number goes."""
    return wrong(argument, f"se espera un número y es {found}.")


def ambiguous(argument: str, found: str, read_as: str) -> str:
    """A number typed as text that can mean two amounts."""
    return wrong(argument, f"«{found}» puede ser {read_as}; escríbalo como número.")


def too_large(argument: str, found: str) -> str:
    """A number that no indicator can have."""
    return wrong(argument, f"el número es demasiado grande: {found}.")


def percentage(argument: str, found: str) -> str:
    """A percentage typed as text."""
    return wrong(argument, f"«{found}» es un porcentaje; escriba el número en puntos, sin el signo %.")


def other_currency(argument: str, found: str) -> str:
    """An amount with the mark of another currency than the boliviano."""
    return wrong(argument, f"«{found}» está en otra moneda; escriba el monto en bolivianos.")


def refused(code: str, argument: str, found: str, read_as: str) -> str:
    """The answer for a number that cannot be read, by the code that a cell of a workbook would get."""
    if code == "CEL-003":
        return ambiguous(argument, found, read_as)
    return _OF_CODES.get(code, not_a_number)(argument, found)


_OF_CODES: Dict[str, Callable[[str, str], str]] = {
    "CEL-011": too_large,
    "CEL-013": percentage,
    "CEL-015": other_currency,
}


def not_a_choice(argument: str, choices: Sequence[str]) -> str:
    """A word or a number that is not one of those that the argument takes."""
    return wrong(argument, f"escriba {', '.join(choices[:-1])} o {choices[-1]}.")


def not_a_period_count(argument: str, most: int) -> str:
    """Periods of a year that are no whole number."""
    return wrong(argument, f"escriba un número entero de 1 a {most}.")


def not_a_month(argument: str, most: int) -> str:
    """A month that is none."""
    return wrong(argument, f"escriba el número de un mes, de 1 a {most}.")


def months_reversed(argument: str, first: str) -> str:
    """A last month that comes before the first one."""
    return wrong(argument, f"debe ser el mes de {first} o uno posterior.")


def not_a_year(argument: str, months: int) -> str:
    """A range that is not the months of one task."""
    return wrong(argument, f"debe tener los {months} meses del año: {months} celdas de una fila o de una columna.")


def not_a_year_each(argument: str, months: int) -> str:
    """A range whose rows are not the months of a task each."""
    return wrong(argument, f"debe tener los {months} meses del año: una fila por tarea y {months} columnas.")


def not_one_each(argument: str, tasks: int) -> str:
    """A range that does not have a cell for each task."""
    return wrong(argument, f"debe tener una celda por tarea: {tasks}, como las filas de programado.")


def not_one_cell(argument: str) -> str:
    """A range where a single cell goes."""
    return wrong(argument, "debe ser una sola celda.")


def no_such_goal(argument: str, tipo: str, sentido: str, place: int) -> str:
    """A kind of goal and a sense that exclude each other; `place` counts the tasks of the range from 1, 0 is alone."""
    of_task = f" (tarea {place})" if place else ""
    return wrong(argument, f"una meta de tipo {tipo} no puede {sentido}; elija nivel o último valor{of_task}.")


def falls(argument: str, month: int, before: int, place: int) -> str:
    """A running count that goes down; `place` as above."""
    of_task = f" (tarea {place})" if place else ""
    return wrong(argument, f"la meta es acumulada y el mes {month} dice menos que el mes {before}{of_task}.")


def other_size(argument: str, first: str) -> str:
    """A range that does not have the rows and columns of the first one."""
    return wrong(argument, f"debe tener tantas filas y columnas como {first}.")


def no_operation(argument: str, place: int) -> str:
    """A task with amounts and without its operation; `place` counts the tasks of the range from 1."""
    return wrong(argument, f"falta el código de la tarea {place}.")


def not_a_text(argument: str, found: str) -> str:
    """TRUE, FALSE or a date where a code goes."""
    return wrong(argument, f"se espera un código y es {found}.")
