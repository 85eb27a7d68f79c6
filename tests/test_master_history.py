"""Histórico: published figures joined by code alone, and by which rule one is reached that is not the computed one."""

import dataclasses
import statistics
from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from poa_xl import evaluation, sample
from poa_xl.accepted_rows import AcceptedRows
from poa_xl.entity import CifraHistorica, Entidad
from poa_xl.evaluation import Evaluacion
from poa_xl.evaluation.published import Rule, differing
from poa_xl.parameters import default_rows
from poa_xl.writers.master import write_master
from tests import factories, published as published_figures
from tests.libreoffice import LibreOffice, differences
from tests.one_sheet import sheet_of
from tests.test_evaluation import accepted_of, factory_data, sample_entity
from tests.test_master import CORTE, submissions

pytestmark = pytest.mark.slow

TITLE = "De dónde vienen las cifras publicadas que difieren de las calculadas"
HEADER = ("Código", "Cómo se llega a la cifra publicada", "Periodo", "Cifra publicada", "Cifra calculada")
EXT, EMBASSY = ("area", "EXT"), ("grupo", "EXT", "Embajadas")


def figure(
    codigo: str, valor: float, cuadro: str = "exterior", periodo: str = "1T", gestion: int = 2024
) -> CifraHistorica:
    return CifraHistorica(cuadro, gestion, periodo, codigo, "avance", valor, "Informe de ejemplo")


def with_history(*figures: CifraHistorica, **changed: object) -> Entidad:
    return dataclasses.replace(factories.entidad(), historico=figures, **changed)  # type: ignore[arg-type]


def master(path: Path, entidad: Entidad, accepted: AcceptedRows | None = None, trimestre: int = 2) -> Path:
    accepted = accepted if accepted is not None else accepted_of(factory_data(trimestre))
    made = evaluation.evaluate(entidad, accepted, trimestre)
    write_master(path, entidad, made, accepted, [], submissions(entidad), corte=CORTE)
    return path


def rows(path: Path) -> list[tuple[object, ...]]:
    return list(sheet_of(path, "Histórico", data_only=True).iter_rows(values_only=True))


def published(path: Path, codigo: str, title: str = "Publicado 1T") -> list[object]:
    """What each table of the sheet shows of a code under a title."""
    found, place = [], None
    for row in rows(path):
        if row[0] == TITLE:
            break
        if row[0] == "Código":
            place = row.index(title) if title in row else None
        elif row[0] == codigo and place is not None:
            found.append(row[place])
    return found


def told(path: Path) -> dict[tuple[object, object], tuple[object, ...]]:
    """(code, quarter) -> published, computed, difference, by the rule, which holds; and the sentence."""
    every = rows(path)
    starts = [i for i, row in enumerate(every) if row[:5] == HEADER]
    if not starts:
        return {}
    body = [row for row in every[starts[0] + 1 :] if row[0]]
    return {(r[0], r[2]): (*r[3:8], r[1]) for r in body}


# --- by code -----------------------------------------------------------------------------------------------------


def test_an_area_takes_nothing_that_was_published_under_its_name(tmp_path: Path) -> None:
    base = factories.entidad()
    areas = tuple(dataclasses.replace(a, nombre="Embajadas") if a.area == "EXT" else a for a in base.areas)
    path = master(tmp_path / "m.xlsx", with_history(figure("Embajadas", 84.07), figure("X", 1), areas=areas))
    assert published(path, "EXT") == ["n/a"]
    assert published(path, "Embajadas") == [84.07]


@pytest.mark.parametrize("code", ["EXT", "Servicio Exterior"])
def test_an_area_that_is_its_whole_service_takes_what_was_published_under_either_code(
    code: str, tmp_path: Path
) -> None:
    base = factories.entidad()
    areas = tuple(dataclasses.replace(a, nombre="Otro nombre") if a.area == "EXT" else a for a in base.areas)
    path = master(tmp_path / "m.xlsx", with_history(figure(code, 78.36), areas=areas))
    assert published(path, "EXT") == [78.36]


def test_an_area_of_a_service_of_several_takes_nothing_of_the_service(tmp_path: Path) -> None:
    base = factories.entidad()
    areas = (*base.areas, dataclasses.replace(base.areas[-1], area="EXT2", nombre="Otra"))
    path = master(
        tmp_path / "m.xlsx", with_history(figure("Servicio Exterior", 78.36), figure("Embajadas", 84), areas=areas)
    )
    assert published(path, "EXT") == ["n/a"]


def test_what_two_groups_of_one_name_could_claim_belongs_to_neither(tmp_path: Path) -> None:
    base = factories.entidad()
    moved = tuple(dataclasses.replace(u, area="VRE") if u.unidad == "CG-SP" else u for u in base.unidades)
    moved = tuple(dataclasses.replace(u, grupo="Embajadas", subgrupo="") if u.unidad == "CG-SP" else u for u in moved)
    path = master(
        tmp_path / "m.xlsx", with_history(figure("Embajadas", 84.07), figure("Consulados", 80.0), unidades=moved)
    )
    assert published(path, "Embajadas") == ["n/a", "n/a"]


# --- by which rule -----------------------------------------------------------------------------------------------


def avance(made: Evaluacion, *claves: tuple[str, ...]) -> list[float]:
    values = [made.avance[clave, "t1"] for clave in claves]
    assert None not in values
    return [v for v in values if v is not None]


def li95(values: list[float]) -> float:
    return statistics.mean(values) - 1.96 * statistics.stdev(values) / len(values) ** 0.5


UNITS = [("unidad", code) for code in ("EMB-AR", "CON-JJ", "CG-SP")]
PARTS = [EMBASSY, ("grupo", "EXT", "Consulados")]
PLANTED: dict[str, tuple[Callable[[Evaluacion], float], str]] = {
    "the limit of the units": (
        lambda made: li95(avance(made, *UNITS)), "es el límite inferior del 95 % de sus unidades (media − 1,96·s/√n)"),
    "the limit of the groups": (
        lambda made: li95(avance(made, *PARTS)), "es el límite inferior del 95 % de sus partes (media − 1,96·s/√n)"),
    "the mean of the units": (
        lambda made: statistics.mean(avance(made, *UNITS)), "es el promedio de todas sus unidades, sin los niveles"),
}  # fmt: skip
# Avances of the first quarter that keep all rules apart.
DONE = {"EMB-AR": (10, 6), "CON-JJ": (10, 9), "CG-SP": (10, 8), "DGAA": (10, 7), "DGRB": (3, 2)}


def sent() -> AcceptedRows:
    data = {
        code: {
            "tareas": [{"operacion": "OP-01", "actividad": "A", "tarea": "T", "programado_ene": p, "ejecutado_ene": e}],
            "operaciones": [], "presupuesto": [], "resultados": [],
        }
        for code, (p, e) in DONE.items()
    }  # fmt: skip
    return accepted_of(data)


@pytest.mark.libreoffice
@pytest.mark.parametrize(("compute", "words"), PLANTED.values(), ids=PLANTED)
def test_the_rule_that_gives_the_published_figure_is_named_and_alive(
    compute: Callable[[Evaluacion], float], words: str, tmp_path: Path, libreoffice: LibreOffice
) -> None:
    own = sent()
    value = compute(evaluation.evaluate(factories.entidad(), own, 2))
    path = master(tmp_path / "m.xlsx", with_history(figure("EXT", round(value, 2))), own)
    (row,) = told(path).values()
    assert row[0] == round(value, 2)
    assert row[3] == pytest.approx(value)
    assert (row[4], words in str(row[5])) == ("la calculada", True), row
    assert differences(libreoffice.recalculate(path)) == []


@pytest.mark.libreoffice
def test_a_mean_of_published_parts_is_told_through_levels_of_which_nothing_was_published(
    tmp_path: Path, libreoffice: LibreOffice
) -> None:
    """The entity, of its areas (its services were not published); the area, of a group and the subgroups of another."""
    history = (
        figure("ADM", 90, "entidad"), figure("VRE", 80, "entidad"), figure("EXT", 60.5, "entidad"),
        figure("MDE", 72.75, "entidad"), figure("Embajadas", 61), figure("Consulados", 50),
        figure("Consulados Generales", 70),
    )  # fmt: skip
    path = master(tmp_path / "m.xlsx", with_history(*history), sent())
    found = told(path)
    for code, value in (("MDE", 72.75), ("EXT", 60.5)):
        assert found[code, "1T"][3] == pytest.approx(value)
        assert "es el promedio de las cifras publicadas de sus partes; la diferencia viene de ellas" in str(
            found[code, "1T"][5]
        )
    for code in ("Embajadas", "Consulados Generales", "ADM"):
        assert found[code, "1T"][3] == "n/a"
        assert "ninguna regla conocida la da" in str(found[code, "1T"][5])
    assert differences(libreoffice.recalculate(path)) == []


def test_the_limit_of_published_parts_is_told(tmp_path: Path) -> None:
    history = (figure("Embajadas", 61), figure("Consulados", 50), figure("Consulados Generales", 70))
    value = li95([61, 60])
    path = master(tmp_path / "m.xlsx", with_history(*history, figure("EXT", round(value, 2))), sent())
    assert told(path)["EXT", "1T"][3] == pytest.approx(value)
    assert "de las cifras publicadas de sus partes (media" in str(told(path)["EXT", "1T"][5])


def test_a_rounded_quarter_and_a_mere_hundredth_are_told_as_such(tmp_path: Path) -> None:
    """DGRB alone is VRE: 66.667; a quarter of it is shown as 16.67, and four times that is 66.68."""
    path = master(
        tmp_path / "m.xlsx", with_history(figure("VRE", 66.68, "entidad"), figure("ADM", 70.01, "entidad")), sent()
    )
    found = told(path)
    assert "es cuatro veces la eficacia ponderada ya redondeada" in str(found["VRE", "1T"][5])
    assert found["VRE", "1T"][3] == pytest.approx(66.68)
    assert "es un centésimo de diferencia" in str(found["ADM", "1T"][5])


def test_equal_figures_need_no_explanation(tmp_path: Path) -> None:
    made = evaluation.evaluate(factories.entidad(), sent(), 2)
    shown = {code: round(made.avance[key, "t1"], 2) for code, key in (("EXT", EXT), ("Embajadas", EMBASSY))}  # type: ignore[arg-type]
    path = master(tmp_path / "m.xlsx", with_history(*(figure(c, v) for c, v in shown.items())), sent())
    assert published(path, "EXT") == [shown["EXT"]]
    assert TITLE not in {row[0] for row in rows(path)}


def test_figures_of_other_years_periods_and_indicators_need_no_explanation(tmp_path: Path) -> None:
    other = dataclasses.replace(figure("EXT", 20), indicador="eficacia")
    history = (
        figure("EXT", 50, gestion=2023),
        figure("EXT", 50, periodo="3T"),
        figure("EXT", 50, periodo="Gestión"),
        other,
    )
    path = master(tmp_path / "m.xlsx", with_history(*history), sent())
    assert told(path) == {}


def test_a_figure_that_lacks_units_is_not_to_be_believed_yet(tmp_path: Path) -> None:
    own = accepted_of(factory_data(2, without=("CON-JJ",)))
    path = master(
        tmp_path / "m.xlsx", with_history(figure("EXT", 50), figure("Embajadas", 50), figure("Consulados", 50)), own
    )
    holds = {code: row[4] for (code, _), row in told(path).items()}
    assert holds["EXT"] == "ninguna todavía: 1 sin información"
    assert holds["Embajadas"] == "la calculada"
    assert holds["Consulados"] == "la publicada: aquí no hay dato"


def test_the_published_second_quarter_of_the_sample_is_told_as_the_audit_found_it() -> None:
    """As a master of a later quarter would: two groups by their lower limits, the exterior by what was published of its
    groups, the entity by nothing that is known.
    """
    rows = {r["codigo"]: float(r["avance_2t"]) for r in published_figures.table("resumen_indicadores")}
    groups = ("EMBAJADAS", "CONSULADOS_TOTAL", "CONSULADOS_GENERALES", "REPRESENTACIONES", "CENTROS_EMISORES")
    history = [figure(published_figures.GROUPS[code], rows[code], periodo="2T") for code in groups]
    history.append(figure("SERV_EXT", rows["SERVICIO_EXTERIOR"], periodo="2T"))
    history += [figure(code, rows[code], "entidad", "2T") for code in ("MRE", "ADM", "VRE", "VCEI", "VGCI")]
    entidad = dataclasses.replace(sample_entity(2), historico=tuple(history))
    made = evaluation.evaluate(entidad, accepted_of(sample.unit_rows(2)), 2)
    found = differing(entidad, made.nodos, made.avance, made.trimestres, made.faltantes)
    assert {d.nodo.codigo: d.rule for d in found} == {
        "Representaciones": Rule.LI95_OF_UNITS,
        "Centros Emisores": Rule.LI95_OF_UNITS,
        "SERV_EXT": Rule.MEAN_OF_PUBLISHED,
        "MRE": None,
        "Embajadas": None,
        "Consulados (total)": None,
        "Consulados Generales": None,
    }
    assert {d.periodo.corto for d in found} == {"2T"}


def test_the_note_of_the_method_says_which_there_are() -> None:
    facts = {"entidad": "M", "sigla": "M", "codigo_entidad": "1", "gestion": "2024"}
    (row,) = [r for r in default_rows(facts) if r["parametro"] == "metodo_agregacion"]
    assert row["valor"] == "media"
    assert all(method in str(row["nota"]) for method in ("media: ", "pesos: "))


@pytest.mark.parametrize(
    ("trimestre", "words"),
    [(1, "al primer trimestre"), (2, "al primer semestre"), (3, "al tercer trimestre"), (4, "a la gestión")],
)
def test_the_follow_up_is_called_as_one_says_it(trimestre: int, words: str, tmp_path: Path) -> None:
    path = master(tmp_path / "m.xlsx", factories.entidad(), trimestre=trimestre)
    title = sheet_of(path, "ACP y SIGEP")["A1"].value
    assert title == f"ACP y seguimiento {words}, con el avance físico registrado en el SIGEP ({trimestre}T)"
    texts = [str(c) for sheet in openpyxl.load_workbook(path) for row in sheet.iter_rows(values_only=True) for c in row]
    assert not [t for t in texts if "al gestión" in t or "al acumulado" in t]
