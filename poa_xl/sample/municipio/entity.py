"""The entity workbook of the municipality, as rows of its sheets."""

from poa_xl import parameters
from poa_xl.sample.municipio import facts, money
from poa_xl.sample.municipio.facts import Row

_ORGAN = "Órgano Ejecutivo"  # the only one: nothing of a municipality is abroad
_REPORT = "Informe de gestión del POA {gestion}"


def entity_rows(quarter: int) -> dict[str, list[Row]]:
    """Sheet → rows at the end of a quarter (1-4) or before the year begins (START); money in Bs, others in points."""
    return {
        "parametros": _parametros(),
        "semaforo": [{**row, "desde": facts.number(row["desde"])} for row in facts.table("semaforo")],
        "areas": [_with_weight(row, servicio=_ORGAN) for row in facts.table("areas")],
        "acp": [_with_weight(row) for row in facts.table("acp")],
        "unidades": [_unidad(row, quarter) for row in facts.known_units(quarter)],
        "categorias": [{**row, "grupos": None} for row in money.categories(quarter)],
        "presupuesto_sigep": money.sigep(quarter),
        "fuentes": money.sources(quarter),
        "metas_sigep": [_meta(row) for row in facts.table("metas") if int(row["trimestre"]) <= quarter],
        "historico": [_cifra(row) for row in facts.table("historico")],
        "modificaciones": [
            _modificacion(row) for row in facts.table("modificaciones") if facts.known(row["resolucion"], quarter)
        ],
        "marco_legal": [{**row} for row in facts.table("marco_legal")],
        "textos_informe": [{**row} for row in facts.table("textos_informe")],
    }


def _parametros() -> list[Row]:
    """Without the thresholds of the published bands: the sheet Semaforo has the entity's own."""
    known = {row["parametro"]: row["valor"] for row in facts.table("parametros")}
    rows: list[Row] = [{**row} for row in parameters.default_rows(known)]  # type: ignore[dict-item]
    return [row for row in rows if row["parametro"] not in parameters.SEMAFORO_PARAMETERS]


def _with_weight(row: facts.Source, **more: str) -> Row:
    return {**row, **more, "peso": facts.number(row["peso"])}


def _unidad(row: facts.Source, quarter: int) -> Row:
    """One that ended is not in force any more, and counts up to its last day."""
    ended = facts.end_of(row, quarter)
    gone = ended is not None and ended <= facts.last_day(quarter)
    return {
        **{name: row[name] for name in ("unidad", "nombre", "grupo", "area", "dependencia", "acp")},
        "servicio": _ORGAN,
        "subgrupo": None,
        "pais": "Bolivia",
        "ciudad": "Villa Lúcuma Alta",
        "correo": f"{row['unidad'].lower()}@{facts.MAIL_DOMAIN}",
        "vigencia": "no vigente" if gone else "vigente",
        "peso": facts.number(row["peso"]),
        "desde": facts.day(row["desde"]),
        "hasta": ended,
        "sucesora_de": row["sucesora_de"] or None,
    }


def _meta(row: facts.Source) -> Row:
    planned = facts.number(row["programado"]) if row["ejecutado"] else row["programado"]
    return {
        "acp": row["acp"],
        "trimestre": int(row["trimestre"]),
        "programado": planned,
        "ejecutado": facts.number(row["ejecutado"]),
        "unidad_medida": row["unidad_medida"],
    }


def _cifra(row: facts.Source) -> Row:
    return {
        "cuadro": "entidad",
        "gestion": int(row["gestion"]),
        "periodo": "Gestión",
        "codigo": row["codigo"],
        "indicador": "avance",
        "valor": facts.number(row["avance"]),
        "informe": _REPORT.format(gestion=row["gestion"]),
    }


def _modificacion(row: facts.Source) -> Row:
    texts: Row = {name: text or None for name, text in row.items()}
    return {**texts, "fecha": facts.day(row["fecha"]), "mes": int(row["mes"])}
