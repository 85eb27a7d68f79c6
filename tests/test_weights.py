"""Weights of the entity: what is found in them, and what they make of the figures of every level."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import replace
from fractions import Fraction
from pathlib import Path

import openpyxl
import pytest

from poa_xl import evaluation, indicators, messages
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.checking import entity_book
from poa_xl.entity import Entidad, Unidad
from poa_xl.evaluation import weights
from poa_xl.evaluation.tree import Clave, acp_key, area_key, entity_key, unit_key
from tests import factories, test_master, text_books
from tests.libreoffice import LibreOffice
from tests.one_sheet import sheet_of
from tests.places import at, cell_of
from tests.test_evaluation import accepted_of
from tests.test_recalculation import Recalculate
from tests.text_books import ENTITY

pytestmark = pytest.mark.slow

Exact = Fraction | None
Weighed = tuple[Exact, Fraction]

# --- what is found ----------------------------------------------------------------------------------------------

AREAS = ("VRE | Relaciones Exteriores | Servicio Central", "ADM | Administración | Servicio Central",
         "EXT | Exterior | Servicio Exterior")  # fmt: skip
ACPS = ("'1.1 | '1 | Relaciones bilaterales | VRE", "'1.2 | '1 | Atención consular | EXT")
UNITS = (
    "DGRB | Bilaterales | Servicio Central | Direcciones |  | VRE | '1.1 | vigente",
    "DGRM | Multilaterales | Servicio Central | Direcciones |  | VRE | '1.1 | vigente",
    "VIEJA | Cerrada | Servicio Central | Direcciones |  | VRE | '1.1 | no vigente",
    "CG-A | Consulado General | Servicio Exterior | Consulados | Generales | EXT | '1.2 | vigente",
    "CG-B | Otro Consulado General | Servicio Exterior | Consulados | Generales | EXT | '1.2 | vigente",
    "CON-A | Consulado | Servicio Exterior | Consulados |  | EXT | '1.2 | vigente",
)


def tab(titles: str, rows: Sequence[str], pesos: Sequence[object]) -> str:
    weighed = [f"{row} | {peso}" for row, peso in zip(rows, pesos, strict=True)]
    return "\n".join([f"{titles} | Peso", *weighed])


def entity(
    path: Path,
    areas: Sequence[object] = ("", "", ""),
    acps: Sequence[object] = ("", ""),
    units: Sequence[object] = ("", "", "", "", "", ""),
    metodo: str = "pesos",
    area_rows: Sequence[str] = AREAS,
    unit_rows: Sequence[str] = UNITS,
) -> entity_book.CheckedEntity:
    """The entity with these weights, in the order of the rows above, as it is checked."""
    parameters = ENTITY["Parametros"].replace("agregacion |  |  | media", f"agregacion |  |  | {metodo}")
    made = text_books.entity(
        path / "entidad.xlsx",
        Parametros=parameters,
        Areas=tab("Área | Nombre | Servicio", area_rows, areas),
        ACP=tab("ACP | AMP | Denominación | Área responsable", ACPS, acps),
        Unidades=tab("Código | Nombre | Servicio | Grupo | Subgrupo | Área | ACP | Vigencia", unit_rows, units),
    )
    return entity_book.check_entity(made)


def found(checked: entity_book.CheckedEntity) -> list[tuple[str, str, str]]:
    return [
        (f.code, f.location.sheet, f.location.cell) for f in checked.findings if f.code[:3] not in ("COL", "UND")
    ] + [(f.code, f.location.sheet, f.location.cell) for f in checked.findings if f.code == "UND-011"]


GOOD_UNITS = (70, 30, "", 25, 75, 100)


def test_good_weights_have_no_finding_and_are_those_of_the_entity(tmp_path: Path) -> None:
    checked = entity(tmp_path, (60, 40, 100), (50, 50), GOOD_UNITS)
    assert found(checked) == []
    assert checked.entidad is not None
    assert [a.peso for a in checked.entidad.areas] == [60, 40, 100]
    assert [a.peso for a in checked.entidad.acps] == [50, 50]
    assert [u.peso for u in checked.entidad.unidades] == [70, 30, None, 25, 75, 100]
    assert (checked.entidad.metodo, checked.entidad.metodo_operacion) == ("pesos", "suma")


def test_siblings_without_any_weight_have_no_finding(tmp_path: Path) -> None:
    assert found(entity(tmp_path)) == []
    assert found(entity(tmp_path, units=(70, 30, "", "", "", ""))) == []


@pytest.mark.parametrize(
    ("given", "code", "place", "said"),
    [
        ({"areas": (60, "", 100)}, "PES-001", at("Areas", "Peso", 2), "Entre las áreas de Servicio Central unas llevan peso y otras no: 1 de 2 no lo tienen."),
        ({"areas": (60, 30, 100)}, "PES-002", at("Areas", "Peso", 1), "Los pesos de las áreas de Servicio Central suman 90, no 100."),
        ({"areas": ("", "", 99.5)}, "PES-002", at("Areas", "Peso", 3), "suman 99,5, no 100."),
        ({"acps": (50, 51)}, "PES-002", at("ACP", "Peso", 1), "Los pesos de las ACP suman 101, no 100."),
        ({"acps": (50, "")}, "PES-001", at("ACP", "Peso", 2), "Entre las ACP"),
        ({"units": (70, 20, "", "", "", "")}, "PES-002", at("Unidades", "Peso", 1), "Los pesos de las unidades de Direcciones (VRE) suman 90"),
        ({"units": (70, "", "", "", "", "")}, "PES-001", at("Unidades", "Peso", 2), "las unidades de Direcciones (VRE)"),
        ({"units": ("", "", "", 25, 70, "")}, "PES-002", at("Unidades", "Peso", 4), "las unidades de Consulados, Generales (EXT)"),
        ({"units": ("", "", "", "", "", 40)}, "PES-002", at("Unidades", "Peso", 6), "las unidades de Consulados, Sin subgrupo (EXT)"),
        ({"areas": (130, -30, 100)}, "ARE-003", at("Areas", "Peso", 1), "El peso «130» no está entre 0 y 100."),
        ({"acps": (101, -1)}, "ACP-004", at("ACP", "Peso", 1), "El peso «101»"),
        ({"units": (-1, 101, "", "", "", "")}, "UND-011", at("Unidades", "Peso", 1), "El peso «-1»"),
    ],
)  # fmt: skip
def test_weights_that_are_no_whole_are_found_at_their_cell(
    given: dict[str, Sequence[object]], code: str, place: object, said: str, tmp_path: Path
) -> None:
    checked = entity(tmp_path, **given)  # type: ignore[arg-type]
    assert checked.entidad is None
    own = [f for f in checked.findings if f.code == code]
    assert own[0].location.cell == cell_of(tmp_path / "entidad.xlsx", place)  # type: ignore[arg-type]
    assert said in messages.text(own[0])
    assert {c for c, *_ in found(checked)} == {code}


AREA_COLUMNS, UNIT_COLUMNS = ("Área", "Nombre", "Servicio"), (
    "Código", "Nombre", "Servicio", "Grupo", "Subgrupo", "Área", "ACP", "Vigencia",
)  # fmt: skip


def changed(rows: Sequence[str], columns: Sequence[str], row: int, column: str, text: str) -> tuple[str, ...]:
    """The rows with one cell changed."""
    parts = rows[row].split(" | ")
    parts[columns.index(column)] = text
    return (*rows[:row], " | ".join(parts), *rows[row + 1 :])


def found_with_cell(path: Path, sheet: str, row: int, column: str, text: str, pesos: Sequence[object]) -> set[str]:
    """The codes of errors in the entity with one cell changed and the weights of that sheet."""
    if sheet == "Areas":
        checked = entity(path, pesos, area_rows=changed(AREAS, AREA_COLUMNS, row, column, text))
    else:
        checked = entity(path, units=pesos, unit_rows=changed(UNITS, UNIT_COLUMNS, row, column, text))
    return {f.code for f in checked.findings if messages.severity(f.code) is messages.Severity.ERROR}


@pytest.mark.parametrize(
    ("sheet", "row", "column", "text", "told"),
    [
        ("Areas", 1, "Servicio", "", "ARE-001"),
        ("Areas", 1, "Área", "VRE", "ARE-002"),
        ("Unidades", 1, "Grupo", "", "UND-001"),
        ("Unidades", 1, "Área", "", "UND-001"),
        ("Unidades", 1, "Área", "VRX", "UND-005"),
        ("Unidades", 1, "Vigencia", "", "UND-001"),
        ("Unidades", 1, "Vigencia", "vijente", "UND-004"),
        ("Unidades", 3, "Área", "EXX", "UND-005"),
        ("Unidades", 1, "Código", "DGRB", "UND-002"),
    ],
)
def test_a_cell_that_says_whose_siblings_a_row_has_is_the_one_cause_where_the_rest_is_not_100(
    sheet: str, row: int, column: str, text: str, told: str, tmp_path: Path
) -> None:
    pesos = (60, 40, 100) if sheet == "Areas" else GOOD_UNITS
    assert found_with_cell(tmp_path, sheet, row, column, text, pesos) == {told}


@pytest.mark.parametrize(
    ("pesos", "told"),
    [
        ((60, 30, 100), "PES-002"),  # 60 and 30 are not 100 either
        ((130, 40, 100), "ARE-003"),
        ((60, 40, 101), "ARE-003"),
    ],
)
def test_weights_that_the_stray_row_cannot_make_100_are_told_beside_it(
    pesos: Sequence[object], told: str, tmp_path: Path
) -> None:
    assert found_with_cell(tmp_path, "Areas", 1, "Servicio", "", pesos) == {"ARE-001", told}


def test_weights_above_100_and_weights_that_some_lack_are_told_beside_a_stray_row(tmp_path: Path) -> None:
    for number, (pesos, told) in enumerate(
        (((70, 30, "", 55, 75, 100), "PES-002"), ((70, 30, "", 25, "", 100), "PES-001"))
    ):
        folder = tmp_path / str(number)
        folder.mkdir()
        assert found_with_cell(folder, "Unidades", 1, "Grupo", "", pesos) == {"UND-001", told}


def test_an_error_that_says_nothing_of_siblings_hides_no_weights(tmp_path: Path) -> None:
    assert found_with_cell(tmp_path, "Areas", 1, "Nombre", "", (60, 30, 100)) == {"ARE-001", "PES-002"}


def test_a_weight_may_be_shown_as_a_percentage_and_a_third_has_nine_decimals(tmp_path: Path) -> None:
    assert found(entity(tmp_path, units=(33.333333333, 66.666666667, "", "", "", ""))) == []
    checked = entity(tmp_path, units=(33.33, 66.66, "", "", "", ""))
    assert [c for c, *_ in found(checked)] == ["PES-002"]


def test_weight_zero_is_one_of_the_weights(tmp_path: Path) -> None:
    assert found(entity(tmp_path, areas=(100, 0, 100))) == []


def test_a_unit_that_is_not_in_force_needs_no_weight_and_its_own_does_not_count(tmp_path: Path) -> None:
    assert found(entity(tmp_path, units=(70, 30, 50, "", "", ""))) == []


def test_weights_that_the_method_does_not_use_are_said_once_a_sheet_and_forbid_nothing(tmp_path: Path) -> None:
    checked = entity(tmp_path, (60, "", 7), (50, 50), (70, 1, "", "", "", ""), metodo="media")
    assert found(checked) == [
        ("PES-003", sheet, cell_of(tmp_path / "entidad.xlsx", at(sheet, "Peso")))
        for sheet in ("Areas", "ACP", "Unidades")
    ]
    assert checked.entidad is not None
    assert weights.of_children(checked.entidad, evaluation.evaluate(checked.entidad, accepted_of({}), 1).nodos) == {}


@pytest.mark.parametrize(
    ("row", "metodo", "operacion"),
    [
        ("metodo_agregacion |  |  | Pesos", "pesos", "suma"),
        ("metodo_agregacion |  |  | media\n        metodo_operacion |  |  | Tareas", "media", "tareas"),
        ("metodo_agregacion |  |  |", "media", "suma"),
        ("metodo_operacion |  |  |", "media", "suma"),
        ("", "media", "suma"),
    ],
)
def test_the_methods_may_be_left_out(row: str, metodo: str, operacion: str, tmp_path: Path) -> None:
    parameters = ENTITY["Parametros"].replace("metodo_agregacion |  |  | media", row)
    checked = entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx", Parametros=parameters))
    assert found(checked) == []
    assert checked.entidad is not None
    assert (checked.entidad.metodo, checked.entidad.metodo_operacion) == (metodo, operacion)


@pytest.mark.parametrize(
    ("name", "known"), [("metodo_agregacion", "media, pesos"), ("metodo_operacion", "suma, tareas")]
)
def test_a_method_that_does_not_exist_is_an_error(name: str, known: str, tmp_path: Path) -> None:
    parameters = ENTITY["Parametros"].replace("metodo_agregacion |  |  | media", f"{name} |  |  | mediana")
    checked = entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx", Parametros=parameters))
    (finding,) = [f for f in checked.findings if f.code == "PAR-007"]
    assert messages.text(finding) == f"El método «mediana» de «{name}» no existe."
    assert messages.action(finding) == f"Escriba uno de estos: {known}."
    assert checked.entidad is None


def test_an_entity_of_before_without_the_columns_is_as_good_as_ever(tmp_path: Path) -> None:
    checked = entity_book.check_entity(text_books.entity(tmp_path / "entidad.xlsx"))
    assert found(checked) == []
    assert checked.entidad is not None
    assert weights.stated(checked.entidad) == {}


# --- what they make of the figures ------------------------------------------------------------------------------


def weighed(entidad: Entidad, seed: int, some: float = 1.0) -> Entidad:
    """The entity with random weights among its areas and units; of a share of the siblings only."""
    draw = random.Random(seed)

    def shares(count: int) -> list[float | None]:
        if draw.random() > some:
            return [None] * count
        cuts = sorted(draw.sample(range(1, 100), count - 1))
        return [float(b - a) for a, b in zip([0, *cuts], [*cuts, 100], strict=True)]

    areas: dict[str, list[str]] = {}
    for a in entidad.areas:
        areas.setdefault(a.servicio, []).append(a.area)
    of_area = {k: w for own in areas.values() for k, w in zip(own, shares(len(own)), strict=True)}
    units: dict[tuple[str, ...], list[str]] = {}
    for u in entidad.vigentes:
        units.setdefault(way(entidad, u)[:-1], []).append(u.unidad)
    of_unit = {k: w for own in units.values() for k, w in zip(own, shares(len(own)), strict=True)}
    return replace(
        entidad,
        metodo="pesos",
        areas=tuple(replace(a, peso=of_area[a.area]) for a in entidad.areas),
        unidades=tuple(replace(u, peso=of_unit.get(u.unidad)) for u in entidad.unidades),
    )


def way(entidad: Entidad, u: Unidad) -> tuple[str, ...]:
    """From the service down to the unit."""
    service = {a.area: a.servicio for a in entidad.areas}[u.area]
    split = any(o.subgrupo for o in entidad.vigentes if (o.area, o.grupo) == (u.area, u.grupo))
    below = (u.subgrupo or "Sin subgrupo",) if split else ()
    return (service, u.area, u.grupo, *below, u.unidad)


def weight_at(entidad: Entidad, path: tuple[str, ...], depth: int) -> float | None:
    if depth == 1:
        return {a.area: a.peso for a in entidad.areas}[path[1]]
    return entidad.by_code[path[-1]].peso if depth == len(path) - 1 else None


def exact(entidad: Entidad, members: Sequence[tuple[tuple[str, ...], Exact]], depth: int = 0) -> Exact:
    """The level that stands above these ways at a depth, from the values of their units."""
    if depth == len(members[0][0]):
        return members[0][1]
    below: dict[str, list[tuple[tuple[str, ...], Exact]]] = {}
    for path, value in members:
        below.setdefault(path[depth], []).append((path, value))
    parts = [(exact(entidad, own, depth + 1), weight_at(entidad, own[0][0], depth)) for own in below.values()]
    alike = any(w is None for _, w in parts)
    present = [(x, Fraction(1) if alike else Fraction(str(w))) for x, w in parts if x is not None]
    whole = sum(w for _, w in present)
    return sum((x * w for x, w in present), Fraction(0)) / whole if whole else None


Leaf = tuple[tuple[str, ...], Clave]  # the way down to a unit, and the node that has its value


def levels(entidad: Entidad, made: evaluation.Evaluacion) -> Iterator[tuple[Clave, list[Leaf], int]]:
    """The entity, its services, areas and ACPs: their keys, the units below them, and at what depth they stand.

    Of an ACP, what it has of a unit.
    """
    ways = {u.unidad: way(entidad, u) for u in entidad.vigentes}
    leaves: list[Leaf] = [(path, unit_key(unidad)) for unidad, path in ways.items()]
    yield entity_key(entidad), leaves, 0
    for service in dict.fromkeys(a.servicio for a in entidad.areas):
        yield ("servicio", service), [leaf for leaf in leaves if leaf[0][0] == service], 1
    for area in entidad.areas:
        yield area_key(area.area), [leaf for leaf in leaves if leaf[0][1] == area.area], 2
    for acp in entidad.acps:
        yield acp_key(acp.acp), [(ways[m[-1]], m) for m in made.nodos[acp_key(acp.acp)].miembros], 0


def assert_exact(entidad: Entidad, made: evaluation.Evaluacion) -> int:
    compared = 0
    for key, leaves, depth in levels(entidad, made):
        for p in (*made.meses, *made.trimestres):
            values = [(path, made.avance[leaf, p.clave]) for path, leaf in leaves]
            exactly = [(path, None if x is None else Fraction(x)) for path, x in values]
            expected = exact(entidad, exactly, depth) if leaves else None
            value = made.avance[key, p.clave]
            assert (value is None) == (expected is None), (key, p.clave)
            if value is not None and expected is not None:
                assert value == pytest.approx(float(expected), rel=1e-12, abs=1e-12), (key, p.clave)
                compared += 1
    return compared


def crossed(entidad: Entidad) -> Entidad:
    """The entity with ACPs that share areas and groups, and that have one unit of some of them."""
    acps = {"DGAA": "1.1", "DGRB": "1.2", "EMB-AR": "1.1", "CON-JJ": "1.1", "CG-SP": "1.2"}
    return replace(entidad, unidades=tuple(replace(u, acp=acps[u.unidad]) for u in entidad.unidades))


def sent(entidad: Entidad, without: Sequence[str] = (), spread: int = 0) -> AcceptedRows:
    """What the units of an entity send; of every unit, `spread` operations are of the next ACP."""
    acps = [a.acp for a in entidad.acps]
    data = {u.unidad: factories.unit_data(u, 2) for u in entidad.vigentes if u.unidad not in without}
    for own in data.values():
        for row in own["operaciones"][:spread]:
            row["acp"] = acps[(acps.index(str(row["acp"])) + 1) % len(acps)]
    return accepted_of(data)


@pytest.mark.parametrize("seed", range(40))
def test_every_level_is_the_exact_one_by_its_weights(seed: int) -> None:
    entidad = weighed(crossed(factories.entidad()) if seed % 2 else factories.entidad(), seed, 1 - seed % 4 / 4)
    without = random.Random(seed).sample([u.unidad for u in entidad.vigentes], seed % 3)
    made = evaluation.evaluate(entidad, sent(entidad, without, seed % 3), 2)
    assert assert_exact(entidad, made) > 30


def test_weights_of_siblings_that_have_none_leave_the_mean() -> None:
    entidad = replace(factories.entidad(), metodo="pesos")
    accepted = sent(factories.entidad())
    assert (
        evaluation.evaluate(entidad, accepted, 2).avance == evaluation.evaluate(factories.entidad(), accepted, 2).avance
    )


def test_a_weight_moves_the_level_above_and_nothing_beside_it() -> None:
    entidad, accepted = factories.entidad(), sent(factories.entidad())
    moved = replace(
        entidad,
        metodo="pesos",
        areas=tuple(replace(a, peso={"ADM": 90.0, "VRE": 10.0, "EXT": 100.0}[a.area]) for a in entidad.areas),
    )
    before, after = (evaluation.evaluate(e, accepted, 2) for e in (entidad, moved))
    central = ("servicio", "Servicio Central")
    one, other = (after.avance[area_key(a), "t2"] for a in ("ADM", "VRE"))
    assert one is not None
    assert other is not None
    assert after.avance[central, "t2"] == pytest.approx((90 * one + 10 * other) / 100)
    assert after.avance[central, "t2"] != before.avance[central, "t2"]
    exterior = ("servicio", "Servicio Exterior")
    assert after.avance[exterior, "t2"] == pytest.approx(before.avance[exterior, "t2"], rel=1e-12)


# --- in the master ----------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def maestro(tmp_path_factory: pytest.TempPathFactory) -> Path:
    entidad = weighed(crossed(factories.entidad()), 7)
    entidad = replace(
        entidad, acps=tuple(replace(a, peso=w) for a, w in zip(entidad.acps, (50.0, 30.0, 20.0), strict=True))
    )
    accepted = sent(entidad, ["DGAA"], 1)
    return test_master.write(tmp_path_factory.mktemp("pesos") / "maestro.xlsx", 2, accepted, entidad)


def weights_in(path: Path) -> dict[str, object]:
    page = sheet_of(path, "Cálculo")
    titles = [c.value for c in page[5]]
    codes, pesos = titles.index("Código"), titles.index("Peso")
    return {str(row[codes]): row[pesos] for row in page.iter_rows(min_row=6, values_only=True) if row[codes]}


@pytest.mark.slow
def test_the_weights_stand_in_the_master_and_its_formulas_refer_to_them(maestro: Path) -> None:
    entidad = weighed(crossed(factories.entidad()), 7)
    there = weights_in(maestro)
    assert {a.area: a.peso for a in entidad.areas}.items() <= there.items()
    assert {u.unidad: u.peso for u in entidad.vigentes}.items() <= there.items()
    assert there["1.1"] == 50
    page = sheet_of(maestro, "Cálculo")
    titles = {c.value: c.column_letter for c in page[5]}
    weights_column = titles["Peso"]
    formulas = {
        (row[0].value, row[1].value): str(row[titles_index(titles, "Avance 2T")].value)
        for row in page.iter_rows(min_row=6)
    }
    central = formulas["Servicio", "Servicio Central"]
    assert "SUMPRODUCT(" in central
    assert f"{weights_column}" in central
    assert "AVERAGE(" in formulas["Entidad", "MDE"]
    criteria = "\n".join(str(c) for row in sheet_of(maestro, "Criterios").iter_rows(values_only=True) for c in row)
    assert indicators.PESOS.formula in criteria
    assert indicators.AVANCE_NIVEL.formula not in criteria
    assert "Σ (peso × avance de la operación) / Σ pesos" in criteria
    assert "Σ (avance de la operación × tareas) / Σ tareas" not in criteria


@pytest.mark.slow
def test_criterios_says_that_operations_are_the_mean_of_their_tasks_where_they_are(tmp_path: Path) -> None:
    entidad = replace(factories.entidad(), metodo_operacion="tareas")
    book = openpyxl.load_workbook(test_master.write(tmp_path / "m.xlsx", 2, entidad=entidad))
    said = "\n".join(str(c) for row in book["Criterios"].iter_rows(values_only=True) for c in row)
    assert "Σ (peso × porcentaje de la tarea) / Σ pesos" in said
    assert "Σ ejecutado / Σ programado × 100\nSegún" not in said
    assert "Σ (avance de la operación × tareas) / Σ tareas" in said, "that of a unit has another parameter"


def titles_index(titles: dict[object, str], title: str) -> int:
    return list(titles).index(title)


@pytest.mark.slow
def test_a_master_by_the_mean_says_nothing_of_weights(tmp_path: Path) -> None:
    book = openpyxl.load_workbook(test_master.write(tmp_path / "m.xlsx", 2))
    said = [str(c) for name in ("Cálculo", "Criterios") for row in book[name].iter_rows(values_only=True) for c in row]
    assert not [text for text in said if "Peso" in text or "Σ (peso" in text]


@pytest.mark.libreoffice
def test_libreoffice_calculates_the_weighted_master_to_the_same_values(libreoffice: LibreOffice, maestro: Path) -> None:
    test_master.assert_alive(libreoffice, maestro, 900)


@pytest.mark.libreoffice
def test_a_weight_that_is_changed_in_the_master_changes_the_figures(
    libreoffice: LibreOffice, maestro: Path, tmp_path: Path
) -> None:
    book = openpyxl.load_workbook(maestro)
    page = book["Cálculo"]
    letter = next(c.column_letter for c in page[5] if c.value == "Peso")
    rows = {row[1].value: row[0].row for row in page.iter_rows(min_row=6)}
    for code, peso in (("EMB-AR", 0), ("CON-JJ", 0), ("VRE", 1)):
        page[f"{letter}{rows[code]}"] = peso
    book.save(tmp_path / "otro.xlsx")
    assert libreoffice.recalculate(tmp_path / "otro.xlsx")["Cálculo"] != libreoffice.recalculate(maestro)["Cálculo"]


@pytest.mark.slow
def test_gnumeric_calculates_the_weighted_master_to_the_same_values(tmp_path: Path, gnumeric: Recalculate) -> None:
    entidad = weighed(crossed(factories.entidad()), 7)
    cells = gnumeric(test_master.write(tmp_path / "maestro.xlsx", 2, entidad=entidad), tmp_path)
    assert sum("SUMIF(" in cell.formula for cell in cells) > 20
    assert [cell for cell in cells if not cell.same] == []


# --- the formula beside its Python ------------------------------------------------------------------------------

CASES: tuple[list[Weighed | tuple[None, int] | tuple[float, float]], ...] = (
    [(80, 60), (50, 40)],
    [(80, 60), (None, 40)],
    [(80, 0), (None, 100)],
    [(None, 60), (None, 40)],
    [(0, 25), (0, 75)],
    [(100, 33.333333333), (40, 66.666666667)],
    [(91.5, 20), (12.25, 30), (None, 40), (77.125, 10)],
)


def sheet_of_cases(path: Path) -> Path:
    """Each case in two columns, in two runs, and its formula with the value of the Python beside it."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path)) as workbook:
        page = workbook.add_worksheet("Casos")
        for place, case in enumerate(CASES):
            first = 10 * place + 1
            for row, (value, weight) in enumerate(case, start=first):
                page.write(row - 1, 0, "n/a" if value is None else value)
                page.write(row - 1, 1, weight)
            last = first + len(case) - 1
            runs = [(f"A{first}:A{last - 1}", f"B{first}:B{last - 1}"), (f"A{last}", f"B{last}")]
            shown = indicators.weighted_mean(case)  # type: ignore[arg-type]
            text = indicators.weighted_mean_master_formula(runs)
            page.write_formula(first - 1, 3, "=" + text, None, "n/a" if shown is None else shown)
    return path


@pytest.mark.libreoffice
def test_libreoffice_lands_on_the_python_for_every_case(libreoffice: LibreOffice, tmp_path: Path) -> None:
    test_master.assert_alive(libreoffice, sheet_of_cases(tmp_path / "casos.xlsx"), len(CASES))


@pytest.mark.slow
def test_gnumeric_lands_on_the_python_for_every_case(tmp_path: Path, gnumeric: Recalculate) -> None:
    cells = gnumeric(sheet_of_cases(tmp_path / "casos.xlsx"), tmp_path)
    assert len(cells) == len(CASES)
    assert [cell for cell in cells if not cell.same] == []


def test_the_runs_of_a_formula_by_weights_are_read_back_from_it() -> None:
    runs = [("E5:E7", "AO5:AO7"), ("E9", "AO12")]
    assert indicators.weighted_runs(indicators.weighted_mean_master_formula(runs)) == runs
    assert indicators.weighted_runs(indicators.weighted_share_master_formula("A1", "E9", "AO12", runs)) == runs
    assert indicators.weighted_runs(indicators.level_avance_master_formula("E5:E7")) == []
