"""Published figures that no master shows, because the report reached them by another rule than the method's, and that rule.

A rule computes from other published figures alone (tables of `workbooks/mre` and `tests/golden`), never from the figure
itself, and must give it to its last published decimal. `audit_id` is the row of the audit that says so.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from poa_xl import indicators
from tests.published import table

Key = tuple[str, str, str]  # table, row, column
QUARTER_1, QUARTER_2 = ("enero", "febrero", "marzo"), ("abril", "mayo", "junio")
CENTRAL = ("ADM", "VRE", "VCEI", "VGCI")
GROUPS_OF_EXTERIOR = ("EMBAJADAS", "CONSULADOS_TOTAL", "REPRESENTACIONES", "CENTROS_EMISORES")
SUBGROUPS = ("CONSULADOS", "CONSULADOS_GENERALES", "VICECONSULADOS")
ANNEXES = {
    "EMBAJADAS": "Embajadas",
    "REPRESENTACIONES": "Representaciones",
    "CENTROS_EMISORES": "Centros Emisores",
}


@dataclass(frozen=True)
class Rule:
    """How the report reached a figure: in words, as a computation, and the row of the audit."""

    words: str
    audit_id: int
    compute: Callable[[], float]


@cache
def _rows(name: str, key: str) -> dict[str, dict[str, str]]:
    return {r[key]: r for r in table(name)}


def resumen(code: str, column: str) -> float:
    """A figure of section 5.5."""
    return float(_rows("resumen_indicadores", "codigo")[code][column])


def months(area: str, names: Iterable[str]) -> list[float]:
    """The published monthly eficacias of an area."""
    row = next(r for r in table("mensual_areas") if (r["area"], r["indicador"]) == (area, "eficacia"))
    return [float(row[name]) for name in names]


def of_units(column: str, **wanted: str) -> list[float]:
    """A column of the catalogue for some units, in its order."""
    rows = [r for r in table("catalogo_unidades") if all(r[k] == v for k, v in wanted.items())]
    return [float(r[column]) for r in rows if r[column]]


def mean(values: Iterable[float]) -> float:
    found = indicators.mean(values)
    assert found is not None
    return found


def li95(values: Sequence[float]) -> float:
    """The lower limit of the 95 % interval of the mean."""
    found = indicators.statistics_95(values)
    assert found is not None
    assert found.limite_inferior is not None
    return found.limite_inferior


def shown(value: float) -> float:
    """As the report shows it."""
    return indicators.round_half_up(float(f"{value:.12g}"))


def mean_of(codes: Sequence[str], column: str) -> float:
    return mean(resumen(code, column) for code in codes)


def quarter_of(code: str, column: str) -> float:
    return resumen(code, column) / 4


def semester_of(code: str) -> float:
    return resumen(code, "eficacia_1t") + resumen(code, "eficacia_2t")


def li95_of_the_annex(code: str, first: int | None = None) -> float:
    return li95(of_units("avance_2t", grupo=ANNEXES[code])[:first])


def central_of_a_month(month: str) -> float:
    return li95([months(area, [month])[0] for area in CENTRAL])


def central_second_quarter() -> float:
    return sum(central_of_a_month(month) for month in QUARTER_2)


def entity_month(month: str) -> float:
    return li95([central_of_a_month(month), months("SERV_EXT", [month])[0]])


def exterior_of_the_services_table() -> float:
    quarters = [shown(resumen(code, "avance_2t") / 4) for code in GROUPS_OF_EXTERIOR]
    return 4 * shown(mean(quarters))


def accumulated_by_months(area: str) -> float:
    return mean([4 * sum(months(area, QUARTER_1)), resumen(area, "avance_2t")])


_ACPS_OF_THE_SEMESTER = (
    ("acp_semestre", "eficacia_ponderada_pct", "avance_fisico_acumulado_pct"),
    ("acp_sigep", "eficacia_ponderada_pct", "avance_fisico_acumulado_pct"),
    ("acp", "eficacia_ponderada_pct", "avance_fisico_acumulado_pct"),
)


def rules() -> Iterator[tuple[Key, Rule]]:
    """Every figure that a rule reproduces, with its rule."""
    for source in (_groups, _exterior, _services, _entity, _semesters, _acps, _accumulated, _months):
        yield from source()


def _groups() -> Iterator[tuple[Key, Rule]]:
    ids = dict(zip(("EMBAJADAS", "CONSULADOS", "CONSULADOS_GENERALES", "VICECONSULADOS", "REPRESENTACIONES"),
                   (463, 465, 467, 469, 471), strict=True))  # fmt: skip
    for code, number in {**ids, "CENTROS_EMISORES": 473}.items():
        first = Rule("avance publicado / 4", number, partial(quarter_of, code, "avance_1t"))
        yield ("resumen_indicadores", code, "eficacia_1t"), first
    for code, number in ids.items():
        second = Rule("avance publicado / 4", number + 1, partial(quarter_of, code, "avance_2t"))
        yield ("resumen_indicadores", code, "eficacia_2t"), second
    for code, number, first_rows, words in (
        (
            "EMBAJADAS",
            452,
            32,
            "límite inferior del 95 % de las 32 primeras filas del anexo 2 (hallada por búsqueda, no probada)",
        ),
        ("REPRESENTACIONES", 460, None, "límite inferior del 95 % del anexo 4"),
        ("CENTROS_EMISORES", 462, None, "límite inferior del 95 % del anexo 5"),
    ):
        rule = Rule(words, number, partial(li95_of_the_annex, code, first_rows))
        yield ("resumen_indicadores", code, "avance_2t"), rule
        yield ("avance_servicios_2t", code, "avance_fisico_pct"), rule
    centres = Rule(
        "límite inferior del 95 % del anexo 5, sin redondear, / 4",
        474,
        lambda: li95_of_the_annex("CENTROS_EMISORES") / 4,
    )
    yield ("resumen_indicadores", "CENTROS_EMISORES", "eficacia_2t"), centres
    subgroups = Rule("media de los tres subgrupos publicados", 491, partial(mean_of, SUBGROUPS, "eficacia_1t"))
    yield ("resumen_indicadores", "CONSULADOS_TOTAL", "eficacia_1t"), subgroups
    four = Rule("4 × eficacia publicada", 492, lambda: 4 * resumen("CONSULADOS_TOTAL", "eficacia_1t"))
    yield ("resumen_indicadores", "CONSULADOS_TOTAL", "avance_1t"), four


def _exterior() -> Iterator[tuple[Key, Rule]]:
    words = "media de los cuatro grupos publicados"
    ids = {"avance_1t": 493, "eficacia_1t": 494, "avance_2t": 497, "eficacia_2t": 498}
    made = {c: Rule(words, number, partial(mean_of, GROUPS_OF_EXTERIOR, c)) for c, number in ids.items()}
    for column, rule in made.items():
        yield ("resumen_indicadores", "SERVICIO_EXTERIOR", column), rule
    for place in (("areas_1t", "SERV_EXT", "eficacia_pct"), ("mensual_areas", "SERV_EXT eficacia", "trimestre_1")):
        yield place, made["eficacia_1t"]
    for place in (("areas_2t", "SERV_EXT", "eficacia_pct"), ("mensual_areas", "SERV_EXT eficacia", "trimestre_2"),
                  ("acp_2t", "7", "eficacia_ponderada_pct")):  # fmt: skip
        yield place, made["eficacia_2t"]
    for place in (("acp_2t", "7", "avance_fisico_pct"), ("historico", "SERV_EXT", "trimestre_2_2024")):
        yield place, made["avance_2t"]
    yield (
        ("avance_servicios_2t", "SERVICIO_EXTERIOR", "avance_fisico_pct"),
        Rule(
            "4 × media de los cuatro grupos en cuartos redondeados (hallada por búsqueda)",
            504,
            exterior_of_the_services_table,
        ),
    )


def _services() -> Iterator[tuple[Key, Rule]]:
    central = Rule("suma de los límites inferiores mensuales de las cuatro áreas", 449, central_second_quarter)
    yield ("resumen_indicadores", "SERVICIO_CENTRAL", "eficacia_2t"), central
    four = Rule("4 × eficacia redondeada", 450, lambda: 4 * shown(central_second_quarter()))
    yield ("resumen_indicadores", "SERVICIO_CENTRAL", "avance_2t"), four
    yield ("avance_servicios_2t", "SERVICIO_CENTRAL", "avance_fisico_pct"), four
    areas = Rule("media de las cuatro áreas publicadas", 447, partial(mean_of, CENTRAL, "eficacia_1t"))
    yield ("resumen_indicadores", "SERVICIO_CENTRAL", "eficacia_1t"), areas
    adm = Rule(
        "media de las eficacias publicadas de sus unidades", 418, lambda: mean(of_units("eficacia_1t", area="ADM"))
    )
    yield ("resumen_indicadores", "ADM", "eficacia_1t"), adm
    yield ("areas_1t", "ADM", "eficacia_pct"), adm
    yield ("mensual_areas", "ADM eficacia", "trimestre_1"), adm


def _entity() -> Iterator[tuple[Key, Rule]]:
    services = ("SERVICIO_CENTRAL", "SERVICIO_EXTERIOR")
    words = "media de los dos servicios publicados"
    avance = Rule(words, 510, partial(mean_of, services, "avance_1t"))
    yield ("resumen_indicadores", "MRE", "avance_1t"), avance
    eficacia = Rule(words, 509, partial(mean_of, services, "eficacia_1t"))
    for place in (("resumen_indicadores", "MRE", "eficacia_1t"), ("areas_1t", "MRE", "eficacia_pct"),
                  ("mensual_areas", "MRE eficacia", "trimestre_1"), ("mensual_mre", "eficacia", "trimestre_1")):  # fmt: skip
        yield place, eficacia


def _semesters() -> Iterator[tuple[Key, Rule]]:
    words = "1T + 2T publicados"
    for area, code, number, acp in (("ADM", "ADM", 423, "6"), ("SERV_EXT", "SERVICIO_EXTERIOR", 445, "7"),
                                    ("MRE", "MRE", 446, "TOTAL")):  # fmt: skip
        rule = Rule(words, number, partial(semester_of, code))
        yield ("areas_semestre", area, "eficacia_pct"), rule
        yield ("desempeno_semestre", area, "eficacia_semestre_pct"), rule
        yield ("mensual_areas", f"{area} eficacia", "semestre_1"), rule
        for name, column, _ in _ACPS_OF_THE_SEMESTER:
            if (name, acp) != ("acp", "TOTAL"):
                yield (name, acp, column), rule
    entity = Rule(words, 446, partial(semester_of, "MRE"))
    yield ("mensual_mre", "eficacia", "semestre_1"), entity
    yield ("categorias_programaticas_semestre", "TOTAL", "eficacia_publicada_pct"), entity
    unit = Rule(
        words, 406, lambda: sum(of_units("eficacia_1t", codigo="DGAJ") + of_units("eficacia_2t", codigo="DGAJ"))
    )
    yield ("catalogo_unidades", "DGAJ", "eficacia_semestre"), unit
    yield ("categorias_programaticas_semestre", "000 0 002", "eficacia_publicada_pct"), unit


def _acps() -> Iterator[tuple[Key, Rule]]:
    words = "media de las eficacias publicadas de sus unidades"
    for acp, second, semester in (("2", 519, 520), ("4", 525, 526)):
        quarter = Rule(words, second, partial(_mean_of_an_acp, acp, "eficacia_2t"))
        yield ("acp_2t", acp, "eficacia_ponderada_pct"), quarter
        whole = Rule(words, semester, partial(_mean_of_an_acp, acp, "eficacia_semestre"))
        for name, column, _ in _ACPS_OF_THE_SEMESTER:
            yield (name, acp, column), whole


def _mean_of_an_acp(acp: str, column: str) -> float:
    return mean(of_units(column, acp=acp, servicio="central"))


def _accumulated() -> Iterator[tuple[Key, Rule]]:
    by_months = Rule("media de 4 × (ene + feb + mar) y el avance 2T", 554, partial(accumulated_by_months, "VGCI"))
    six = Rule("2 × la suma de los seis meses", 555, lambda: 2 * sum(months("SERV_EXT", (*QUARTER_1, *QUARTER_2))))
    yield ("historico", "VGCI", "semestre_1_2024"), by_months
    yield ("historico", "SERV_EXT", "semestre_1_2024"), six
    for name, _, column in _ACPS_OF_THE_SEMESTER:
        yield (name, "5", column), Rule(by_months.words, 561, by_months.compute)
        yield (name, "7", column), Rule(six.words, 563, six.compute)
    quarters = Rule(
        "2 × (ene + feb + mar redondeado + eficacia 2T) (hallada por búsqueda)",
        553,
        lambda: 2 * (shown(sum(months("VCEI", QUARTER_1))) + resumen("VCEI", "eficacia_2t")),
    )
    yield ("historico", "VCEI", "semestre_1_2024"), quarters


def _months() -> Iterator[tuple[Key, Rule]]:
    words = "límite inferior del límite inferior de las cuatro áreas y del Exterior"
    for month, number in {"enero": 626, "febrero": 628, "marzo": 630, "abril": 632, "junio": 636}.items():
        rule = Rule(words, number, partial(entity_month, month))
        yield ("mensual_areas", "MRE eficacia", month), rule
        yield ("mensual_mre", "eficacia", month), rule
