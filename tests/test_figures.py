"""The id of a figure: what a text means, and what an evaluation has under it."""

import dataclasses

import pytest
from hypothesis import example, given, strategies as st

from poa_xl import evaluation
from poa_xl.entity import Entidad
from poa_xl.evaluation import Evaluacion
from poa_xl.figures import (
    INDICATORS,
    LEVELS,
    PERIODS,
    Figure,
    FigureError,
    FigureId,
    Register,
    UnitOfMeasure,
    absolute_period,
    parse,
)
from poa_xl.figures.identifier import node_id
from tests import factories
from tests.test_evaluation import accepted_of, factory_data

codes = st.text(st.sampled_from("AB.·/:\\ ñ\n1-"), min_size=1, max_size=8) | st.text(min_size=1, max_size=12)
wordings = st.tuples(st.sampled_from(sorted(INDICATORS)), st.sampled_from(PERIODS))


@pytest.fixture(scope="module")
def evaluacion() -> Evaluacion:
    """The second quarter of the made-up entity, of which one unit sent nothing."""
    return evaluation.evaluate(factories.entidad(), accepted_of(factory_data(2, ("CG-SP",))), 2)


# --- what a text means ------------------------------------------------------------------------------------


@given(st.sampled_from(["", *LEVELS]), codes, wordings)
@example("", "1.2", ("avance", "t1"))
@example("acp", "a:b", ("avance", "t1"))
@example("", "a:b", ("avance", "t1"))
@example("operacion", "DGAJ/OP.03 / b.avance.t2", ("avance", "hasta_t4"))
def test_an_id_reads_back_as_itself(level: str, code: str, wording: tuple[str, str]) -> None:
    if not level and code.partition(":")[0] in LEVELS and ":" in code:
        with pytest.raises(FigureError, match="nivel"):
            FigureId(level, code, *wording)
        return
    made = FigureId(level, code, *wording)
    assert parse(str(made)) == made


@given(*[st.tuples(st.sampled_from(sorted(LEVELS)), st.lists(codes, min_size=2, max_size=2))] * 2)
@example(("grupo", ["A/B", "C"]), ("grupo", ["A", "B/C"]))
@example(("grupo", ["A\\", "C"]), ("grupo", ["A", "\\C"]))
def test_nodes_that_are_not_the_same_have_other_ids(one: tuple[str, list[str]], other: tuple[str, list[str]]) -> None:
    first, second = (node_id(level, tuple(parts), "avance", "t1") for level, parts in (one, other))
    assert (str(first) == str(second)) == (one == other)
    assert parse(str(first)) == first


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "no es el identificador"),
        ("MRE", "no es el identificador"),
        ("avance.t2", "no es el identificador"),
        (".avance.t2", "Falta el código"),
        ("area:.avance.t2", "Falta el código"),
        ("MRE.avanze.t2", "No hay el indicador «avanze». Se parecen avance"),
        ("MRE.avance.t5", "No hay el periodo «t5»"),
        ("MRE.avance.trimestre", "«trimestre» depende del trimestre que se evalúa"),
        ("MRE.Avance.t2", "No hay el indicador «Avance»"),
    ],
)
def test_what_is_no_id_is_refused_with_the_reason(text: str, said: str) -> None:
    with pytest.raises(FigureError) as refused:
        parse(text)
    assert said in str(refused.value)


def test_a_word_before_a_colon_that_is_no_level_belongs_to_the_code() -> None:
    assert parse("nivel:X.avance.t2") == FigureId("", "nivel:X", "avance", "t2")
    with pytest.raises(FigureError, match="No hay el nivel «nivel»"):
        FigureId("nivel", "X", "avance", "t2")


@pytest.mark.parametrize(
    ("period", "quarter", "meant"),
    [
        ("trimestre", 2, "t2"),
        ("anterior", 2, "t1"),
        ("anterior", 1, None),
        ("acumulado", 3, "hasta_t3"),
        ("t1", 4, "t1"),
        ("hasta_t1", 4, "hasta_t1"),
        ("mayo", 2, None),
    ],
)
def test_an_alias_of_a_text_becomes_the_period_that_it_means(period: str, quarter: int, meant: str | None) -> None:
    assert absolute_period(period, quarter) == meant


# --- what an evaluation has under it ------------------------------------------------------------------------


def test_the_same_figure_under_every_way_to_name_it(evaluacion: Evaluacion) -> None:
    own = evaluacion.avance[("unidad", "EMB-AR"), "t2"]
    assert own is not None
    assert {evaluacion.figure(f"{node}.avance.t2") for node in ("EMB-AR", "unidad:EMB-AR")} == {own}
    group = {evaluacion.figure(f"{node}.avance.t2") for node in ("Embajadas", "grupo:Embajadas", "grupo:EXT/Embajadas")}
    assert group == {own}
    root = {evaluacion.figure(f"{node}.avance.hasta_t2") for node in ("MDE", "entidad:MDE")}
    assert root == {evaluacion.avance[evaluacion.raiz, "acumulado"]}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("MDE.unidades.t2", 5),
        ("MDE.sin_informacion.t2", 1),
        ("MDE.con_informacion.t2", 4),
        ("servicio:Servicio Exterior.tareas.t2", 10),
        ("EXT.con_avance.t2", 2),
        ("subgrupo:EXT/Consulados/Consulados Generales.avance.t2", None),
        ("MDE.acciones_mediano_plazo.t2", 2),
        ("MDE.acciones_corto_plazo.t2", 3),
        ("MDE.rango_ideal.hasta_t2", 50.0),
        ("acp:1.1.sigep_programado.t2", 12.5),
        ("acp:2.1.sigep_programado.t2", None),
        ("MDE.sigep_avance.t2", 1600 / 20.5),
        ("000 0 001.cuadre.hasta_t2", "Cuadra"),
        ("presupuesto:DGAA/000 0 001.vigente.hasta_t2", 240_000.0),
        ("operacion:DGAA/OP-03.avance.t2", None),
        ("operacion:DGAA/OP-03.programado.t2", 0),
    ],
)
def test_figures_that_the_made_up_data_say(evaluacion: Evaluacion, text: str, value: object) -> None:
    assert evaluacion.figure(text) == (pytest.approx(value) if isinstance(value, float) else value)


def test_sources_of_funds_alone_and_all_of_them(evaluacion: Evaluacion) -> None:
    parts = [evaluacion.figure(f"fuente:{code}.vigente.hasta_t2") for code in ("10", "20")]
    assert evaluacion.figure("fuentes:MDE.vigente.hasta_t2") == pytest.approx(sum(parts))
    assert evaluacion.figure("fuente:10.saldo.hasta_t2") == pytest.approx(
        parts[0] - evaluacion.figure("fuente:10.devengado.hasta_t2")  # type: ignore[operator]
    )


def test_ids_are_unique_and_each_gives_its_own_figure(evaluacion: Evaluacion) -> None:
    all_of_them = list(evaluacion.figures())
    assert len({str(f.id) for f in all_of_them}) == len(all_of_them) > 1500
    assert all(evaluacion.figure(str(f.id)) is f.value or evaluacion.figure(str(f.id)) == f.value for f in all_of_them)
    assert {f.unit for f in all_of_them} == set(UnitOfMeasure)
    assert all((f.unit is UnitOfMeasure.WORD) == isinstance(f.value, str) for f in all_of_them if f.value is not None)


def _with_codes(**codes: str) -> Entidad:
    base = factories.entidad()
    areas = tuple(dataclasses.replace(a, area=codes.get(a.area, a.area)) for a in base.areas)
    units = tuple(
        dataclasses.replace(u, area=codes.get(u.area, u.area), acp=codes.get(u.acp, u.acp)) for u in base.unidades
    )
    categories = tuple(dataclasses.replace(c, area=codes.get(c.area, c.area)) for c in base.categorias)
    acps = tuple(dataclasses.replace(a, area=codes.get(a.area, a.area)) for a in base.acps)
    return dataclasses.replace(base, areas=areas, unidades=units, categorias=categories, acps=acps)


def test_a_code_that_two_nodes_have_is_refused_with_both() -> None:
    made = evaluation.evaluate(_with_codes(ADM="1.1"), accepted_of(factory_data(2)), 2)
    with pytest.raises(FigureError) as refused:
        made.figure("1.1.avance.t2")
    assert str(refused.value) == (
        "«1.1.avance.t2» puede ser más de una cifra: escriba area:1.1.avance.t2 o acp:1.1.avance.t2."
    )
    assert made.figure("area:1.1.avance.t2") == made.avance[("area", "1.1"), "t2"]
    assert made.figure("acp:1.1.avance.t2") == made.avance[("acp", "1.1"), "t2"]
    assert made.figure("2.1.avance.t2") == made.avance[("acp", "2.1"), "t2"]


def test_groups_of_one_name_are_refused_with_both(evaluacion: Evaluacion) -> None:
    with pytest.raises(FigureError, match=r"grupo:ADM/Direcciones\.avance\.t1 o grupo:VRE/Direcciones\.avance\.t1"):
        evaluacion.figure("Direcciones.avance.t1")


def test_the_code_of_the_entity_is_the_entity_s_whoever_else_has_it() -> None:
    base = factories.entidad()
    made = evaluation.evaluate(dataclasses.replace(base, sigla="EXT"), accepted_of(factory_data(2)), 2)
    assert made.figure("EXT.unidades.t2") == 5
    assert made.figure("area:EXT.unidades.t2") == 3


@pytest.mark.parametrize(
    ("text", "near"),
    [
        ("MDE.avance.t3", "MDE.avance.t2"),
        ("EMB-RA.avance.t2", "unidad:EMB-AR.avance.t2"),
        ("DGAA.vigente.t2", "unidad:DGAA."),
    ],
)
def test_a_figure_that_does_not_exist_is_refused_with_those_near(evaluacion: Evaluacion, text: str, near: str) -> None:
    with pytest.raises(FigureError) as refused:
        evaluacion.figure(text)
    assert str(refused.value).startswith(f"No hay la cifra «{text}». Se parecen ")
    assert near in str(refused.value)


def test_what_is_near_to_nothing_is_refused_without_a_list() -> None:
    only = Register([Figure(FigureId("", "MRE", "avance", "t1"), 1.0, UnitOfMeasure.POINTS)])
    with pytest.raises(FigureError) as refused:
        only.find("zzz.avance.t1")
    assert str(refused.value) == "No hay la cifra «zzz.avance.t1»."
