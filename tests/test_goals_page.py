"""Every number of docs/metas.md is what its own tables of months, tasks, operations and areas give."""

import ast
import operator
import re
from collections.abc import Callable, Iterator
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

import pytest

from poa_xl import indicators
from poa_xl.functions.registry import AVANCE_A_LA_FECHA, AVANCE_FISICO
from poa_xl.indicators import Meta
from poa_xl.sheets import MESES

PAGE = (Path(__file__).parents[1] / "docs" / "metas.md").read_text(encoding="utf-8")
Row = dict[str, str]
NUMBER = r"\d+(?:,\d+)?"
FEWEST_FIGURES, FEWEST_SUMS = 40, 20


class Section(NamedTuple):
    """A section of the page, and its tables: rows by the titles of the columns."""

    title: str
    text: str
    tables: list[list[Row]]


def tables(text: str) -> Iterator[list[Row]]:
    for block in re.findall(r"(?:^\|.*\|\n)+", text + "\n", re.MULTILINE):
        lines = [[cell.strip() for cell in line.strip("|\n").split("|")] for line in block.splitlines()]
        yield [dict(zip(lines[0], line, strict=True)) for line in lines[2:]]


def sections() -> list[Section]:
    parts = re.split(r"^##+ (.+)\n", PAGE, flags=re.MULTILINE)[1:]
    return [Section(title, text, list(tables(text))) for title, text in zip(parts[::2], parts[1::2], strict=True)]


SECTIONS = {section.title: section for section in sections()}
GOALS = [section for section in SECTIONS.values() if "\nMeta: " in section.text]


def number(text: str) -> float | None:
    return float(text.replace(",", ".")) if re.fullmatch(NUMBER, text) else None


def shown(value: float | Fraction | None) -> str:
    """A figure as the page shows it."""
    if value is None:
        return "n/a"
    exact = value if isinstance(value, Fraction) else Fraction(value).limit_denominator(10**9)
    rounded = (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.01"), ROUND_HALF_UP)
    return f"{rounded.normalize():f}".replace(".", ",")


# --- the goals ------------------------------------------------------------------------------------------------


def meta_of(section: Section) -> Meta:
    found = re.search(rf"^Meta: \*(.+?)\*, \*(.+?)\*(?:, línea base ({NUMBER}))?\.$", section.text, re.MULTILINE)
    assert found, section.title
    return Meta(found[1], found[2], number(found[3] or ""))


def figures(section: Section) -> dict[tuple[str, str], str]:
    """(indicator, quarter) -> what the months of the section give."""
    months, _ = section.tables
    planned, done = ([number(row.get(month, "")) for month in MESES] for row in months)
    meta, found = meta_of(section), {}
    for quarter, last in (("1T", 3), ("2T", 6)):
        found["Avance", quarter] = shown(indicators.task_avance(planned, done, last - 2, last, meta))
        found["Avance a la fecha", quarter] = shown(indicators.task_to_date(planned, done, last, meta))
        found["Cumplimiento del año", quarter] = shown(indicators.task_of_year(planned, done, last, meta))
    return found


def test_every_kind_of_goal_has_its_example() -> None:
    kinds = {(tipo, sentido) for tipo in indicators.TIPOS_DE_META for sentido in indicators.SENTIDOS}
    possible = {kind for kind in kinds if indicators.meta_is_possible(Meta(*kind))}
    assert {meta_of(section)[:2] for section in GOALS} == possible


@pytest.mark.parametrize("section", GOALS, ids=lambda section: section.title)
def test_the_figures_of_a_goal_are_those_of_its_months(section: Section) -> None:
    _, results = section.tables
    said = {(row[""], quarter): row[quarter] for row in results for quarter in ("1T", "2T")}
    assert said == figures(section)


# --- from tasks up --------------------------------------------------------------------------------------------


def values(rows: list[Row], column: str) -> list[float | None]:
    return [number(row[column]) for row in rows]


def known(rows: list[Row], column: str) -> list[float]:
    return [value for value in values(rows, column) if value is not None]


def operation() -> dict[str, float | None]:
    rows = SECTIONS["De las tareas a la operación"].tables[0]
    planned, done = values(rows, "Programado"), values(rows, "Ejecutado")
    each = [indicators.operation_avance(p, e) for p, e in zip(planned, done, strict=True)]
    assert [shown(points) for points in each] == [row["% de la tarea"] for row in rows]
    pesos = known(rows, "Peso")
    return {
        "`suma`, lo publicado": indicators.operation_totals(planned, done).avance,
        "`tareas`, sin pesos": indicators.operation_by_tasks([(points, 1) for points in each]).avance,
        "`tareas`, con pesos": indicators.operation_by_tasks(list(zip(each, pesos, strict=True))).avance,
    }


def unit() -> dict[str, float | None]:
    rows = SECTIONS["De las operaciones a la unidad"].tables[0]
    points = values(rows, "Avance")
    return {
        "`media`, lo publicado": indicators.unit_avance(zip(points, known(rows, "Tareas programadas"), strict=True)),
        "`pesos`": indicators.unit_avance(zip(points, known(rows, "Peso"), strict=True)),
    }


def level() -> dict[str, float | None]:
    rows = SECTIONS["De las unidades a la entidad"].tables[0]
    points = values(rows, "Avance")
    return {
        "`media`, lo publicado": indicators.level_avance(points, None),
        "`pesos`": indicators.level_avance(points, known(rows, "Peso")),
    }


def dates() -> dict[str, float | None]:
    """A unit with an operation a row, by the functions of the cells."""
    rows = SECTIONS["El trimestre, la fecha y el año"].tables[0]
    codes = [[row["Operación"]] for row in rows]
    planned, done = (
        [[number(row.get(f"{stem} {month}", "")) for month in MESES] for row in rows] for stem in ("Prog.", "Ejec.")
    )

    def quarter(first: int) -> float:
        part = slice(first - 1, first + 2)
        sums = ([[sum(v or 0 for v in task[part])] for task in side] for side in (planned, done))
        return float(AVANCE_FISICO(*sums, codes))

    return {
        "Avance del 1T": quarter(1),
        "Avance del 2T": quarter(4),
        "Avance acumulado, lo publicado": indicators.accumulated_avance((quarter(1), quarter(4))),
        "Avance a la fecha": AVANCE_A_LA_FECHA(planned, done, codes, 6),
    }


STEPS: dict[str, Callable[[], dict[str, float | None]]] = {
    "De las tareas a la operación": operation,
    "De las operaciones a la unidad": unit,
    "De las unidades a la entidad": level,
    "El trimestre, la fecha y el año": dates,
}


@pytest.mark.parametrize("title", STEPS)
def test_each_method_gives_the_figure_beside_it(title: str) -> None:
    results = SECTIONS[title].tables[1]
    method, _, figure = results[0]
    assert {row[method]: row[figure] for row in results} == {m: shown(v) for m, v in STEPS[title]().items()}


# --- what is worked out in the text ---------------------------------------------------------------------------

_DOES = {ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv}


def worked_out(said: str) -> Fraction:
    """A calculation as the page writes it."""

    def of(node: ast.expr) -> Fraction:
        if isinstance(node, ast.BinOp):
            return Fraction(_DOES[type(node.op)](of(node.left), of(node.right)))
        assert isinstance(node, ast.Constant), said
        return Fraction(str(node.value))

    plain = said.replace("−", "-").replace("×", "*").replace(",", ".")
    return of(ast.parse(plain, mode="eval").body)


def calculations() -> list[tuple[str, str]]:
    """(calculation, what it is said to be) of sentences and of tables."""
    found = re.findall(rf"`([^`=]*\d[^`=]*) = ({NUMBER})`", PAGE)
    for section in SECTIONS.values():
        for table in section.tables:
            found += [(row["Cálculo"].strip("`"), list(row.values())[-1]) for row in table if "Cálculo" in row]
    return found


@pytest.mark.parametrize(("calculation", "result"), calculations())
def test_each_calculation_comes_to_what_it_says(calculation: str, result: str) -> None:
    assert shown(worked_out(calculation)) == result


def test_the_page_is_read() -> None:
    assert sum(len(figures(section)) for section in GOALS) + len(STEPS) >= FEWEST_FIGURES
    assert len(calculations()) >= FEWEST_SUMS
    assert shown(worked_out("(100 + 60 + 100) / 3")) == "86,67"
    assert shown(worked_out("(100 + 60 + 100) / 3")) != "86,66"


def test_each_figure_with_decimals_in_a_sentence_is_worked_out_or_stands_in_a_table() -> None:
    known_figures = {value for section in GOALS for value in figures(section).values()}
    known_figures |= {result for _, result in calculations()}
    text = re.sub(r"```.*?```|^\|.*\|$|`[^`]*`", "", PAGE, flags=re.DOTALL | re.MULTILINE)
    assert set(re.findall(r"\d+,\d+", text)) - known_figures <= {"85,5", "0,855"}  # of a cell that shows 85,5 %
