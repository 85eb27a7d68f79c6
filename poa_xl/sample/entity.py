"""The entity workbook of the sample, as rows of its sheets."""

from collections.abc import Callable

from poa_xl.sample import facts, money, sigep_reports, texts
from poa_xl.sample.facts import EXTERIOR, GESTION, SERVICES, Row, Unit

_STATE = "Estado Aprobado"
_STATE_ONLINE = "Estado en Línea"
_REPORTS = {
    2022: "Informe final del POA 2022",
    2023: "Informe de gestión del POA 2023",
    GESTION: "Informe de seguimiento al POA 2024, primer trimestre",
}
# Codes of exterior_historico.csv → groups and subgroups of the sheet Unidades.
_GROUPS = {
    "EMBAJADAS": "Embajadas",
    "CONSULADOS": "Consulados",
    "CONSULADOS_GENERALES": "Consulados Generales",
    "VICECONSULADOS": "Viceconsulados",
    "REPRESENTACIONES": "Representaciones",
    "CENTROS_EMISORES": "Centros Emisores",
    "TOTAL": EXTERIOR,
}
# Categories of the exterior that belong to groups of units; the others have one unit.
_CATEGORY_GROUPS = {
    "550 0 001": EXTERIOR,
    "550 0 002": "Embajadas; Representaciones",
    "550 0 003": "Consulados (total)",
    "550 0 006": EXTERIOR,
    "550 0 093": EXTERIOR,
}
_CATEGORY_UNITS = {"550 0 004": "CEP-MADRID", "550 0 005": "CEP-WASHINGTON"}


# The tables of results in which the report shows the units of the central administration.
_CENTRAL, _STAFF = "ADM", "Staff de Despacho"
_BOXES = {
    "DGAA": "Dirección General de Asuntos Administrativos",
    "DGP": "Dirección General de Planificación",
    "DGAJ": "Dirección General de Asuntos Jurídicos",
}
_VISION = (
    "Bolivia se relaciona con todos los pueblos y Estados en pie de igualdad, defiende su soberanía y acompaña a sus "
    "ciudadanas y ciudadanos dondequiera que vivan."
)
_MISION = (
    "Planificar y ejecutar la política exterior del Estado, negociar en su nombre, y atender en el país y en el "
    "exterior a la población boliviana con servicios consulares oportunos."
)


def entity_rows(quarter: int) -> dict[str, list[Row]]:
    """Sheet → rows of the entity workbook at the end of a quarter (1 or 2); money in Bs, percentages in points.

    `Parametros` holds only the facts of the entity. Nothing is there that was not known at that date.
    """
    facts.require_quarter(quarter)
    made: dict[str, Callable[[int], list[Row]]] = {
        "parametros": _parametros,
        "areas": _areas,
        "acp": _acps,
        "unidades": _unidades,
        "categorias": _categorias,
        "presupuesto_sigep": _presupuesto,
        "fuentes": _fuentes,
        "metas_sigep": _metas,
        "historico": _historico,
        "marco_legal": lambda _: [{**row} for row in facts.table("marco_legal")],
        "textos_informe": lambda _: [{**row} for row in facts.table("textos_informe")],
    }
    return {sheet: rows(quarter) for sheet, rows in made.items()}


def _parametros(_: int) -> list[Row]:
    known = {
        "entidad": "Ministerio de Relaciones Exteriores",
        "sigla": "MRE",
        "codigo_entidad": "10",
        "gestion": str(GESTION),
        "vision": _VISION,
        "mision": _MISION,
    }
    return [{"parametro": name, "valor": value} for name, value in known.items()]


def _areas(_: int) -> list[Row]:
    return [
        {
            "area": row["area"],
            "nombre": row["nombre"],
            "servicio": SERVICES["exterior" if row["area"] == EXTERIOR else "central"],
        }
        for row in facts.details("areas_2t")
    ]


def _acps(_: int) -> list[Row]:
    return [
        {
            "acp": row["acp"],
            "amp": row["amp"],
            "denominacion": row["denominacion_corta"],
            "area": row["area_responsable"],
        }
        for row in facts.table("acp")
    ]


def _unidades(_: int) -> list[Row]:
    return [_unidad(unit) for unit in facts.units()]


def _unidad(unit: Unit) -> Row:
    kind = next(iter(texts.of_key("tipos", "grupo", unit.grupo)), {})
    above = {row["unidad_o_grupo"]: row["dependencia"] for row in facts.table("dependencias")}
    return {
        "unidad": unit.codigo,
        "nombre": unit.nombre,
        "servicio": SERVICES[unit.servicio],
        "grupo": kind.get("grupo_unidades", unit.grupo),
        "subgrupo": kind.get("subgrupo") or None,
        "area": unit.area,
        "dependencia": above.get(unit.codigo) or above[unit.grupo],
        "acp": unit.acp,
        "pais": unit.pais,
        "ciudad": unit.ciudad,
        "correo": unit.mail,
        "vigencia": "vigente",
        "cuadro_resultados": _BOXES.get(unit.codigo, _STAFF) if unit.area == _CENTRAL else None,
    }


def _categorias(_: int) -> list[Row]:
    return [_categoria(row) for row in money.categories()]


def _categoria(row: dict[str, str]) -> Row:
    code = row["cat_prog"]
    groups = _CATEGORY_GROUPS.get(code)
    return {
        "categoria": code,
        "programa": row["programa"],
        "unidad": None if groups else _CATEGORY_UNITS.get(code, row["codigo_unidad"]),
        "grupos": groups,
        "acp": row["acp"],
        "area": row["area"],
        "unidad_ejecutora": row["unidad_ejecutora"],
    }


def _presupuesto(quarter: int) -> list[Row]:
    return [
        {
            "categoria": row["cat_prog"],
            "mes": month,
            "vigente": facts.bs(money.vigente(row["cat_prog"], month)),
            "devengado": facts.bs(money.devengado()[row["cat_prog"], month]),
            "tipo_reporte": _STATE,
            **sigep_reports.report(GESTION, month),
        }
        for row in money.categories()
        for month in range(1, 3 * quarter + 1)
    ]


def _fuentes(quarter: int) -> list[Row]:
    """Published for the second quarter alone."""
    if quarter < 2:
        return []
    return [
        {
            "fuente": row["fuente"],
            "descripcion": row["descripcion"],
            "trimestre": 2,
            "inicial": float(row["ppto_inicial_bs"]),
            "vigente": float(row["ppto_vigente_bs"]),
            "ejecutado": float(row["ejecucion_bs"]),
            "tipo_reporte": _STATE_ONLINE,
        }
        for row in facts.details("fuente_financiamiento")
    ]


def _metas(quarter: int) -> list[Row]:
    """Published for the second quarter alone."""
    if quarter < 2:
        return []
    return [_meta(row) for row in facts.details("acp_sigep")]


def _meta(row: dict[str, str]) -> Row:
    planned, done = row["sigep_programado_2t"], row["sigep_ejecutado_2t"]
    return {
        "acp": row["acp"],
        "trimestre": 2,
        "programado": int(planned) if planned else "Sin Prog.",
        "ejecutado": float(done) if done else None,
    }


def _historico(quarter: int) -> list[Row]:
    figures = [*_entity_figures(), *_exterior_figures(), *_counts()]
    return [row for row in figures if quarter > 1 or row["gestion"] != GESTION]


def _figure(cuadro: str, gestion: int, codigo: str, indicador: str, valor: str) -> Row:
    return {
        "cuadro": cuadro,
        "gestion": gestion,
        "periodo": "1T" if gestion == GESTION else "Gestión",
        "codigo": codigo,
        "indicador": indicador,
        "valor": float(valor),
        "informe": _REPORTS[gestion],
    }


def _entity_figures() -> list[Row]:
    columns = {2022: "acum_4t_2022", 2023: "acum_4t_2023", GESTION: "trimestre_1_2024"}
    return [
        _figure("entidad", gestion, row["area"], "avance", row[column])
        for gestion, column in columns.items()
        for row in facts.table("historico")
    ]


def _exterior_figures() -> list[Row]:
    columns = (
        (2022, "eficacia", "eficacia_2022"),
        (2022, "avance", "avance_2022"),
        (2023, "eficacia", "eficacia_2023"),
        (2023, "avance", "avance_2023"),
        (GESTION, "cantidad", "cantidad_2024_publicada"),
        (GESTION, "eficacia", "eficacia_1t_2024"),
        (GESTION, "avance", "avance_1t_2024"),
    )
    return [
        _figure("exterior", gestion, _GROUPS[row["grupo"]], indicador, row[column])
        for gestion, indicador, column in columns
        for row in facts.table("exterior_historico")
        if row[column]
    ]


def _counts() -> list[Row]:
    """Operations, activities and tasks of the first quarter by service."""
    return [
        _figure("relacion", GESTION, SERVICES[row["servicio"].lower()], row["concepto"], row["primer_trimestre"])
        for row in facts.table("relacion_poa")
        if row["concepto"] in ("operaciones", "actividades", "tareas")
    ]
