"""Random campaigns: an entity and what its units typed, as plain rows. One seed, one campaign.

Those before the seed `WIDE` have the published method and workbooks of template version 2.
"""

import random
from dataclasses import dataclass
from fractions import Fraction

from tests.independent import lives, plans
from tests.independent.plans import MONTHS, Row, Sheets

WIDE = 1000  # from this seed on, goals are of every kind
DATED = 2000  # from this seed on, units begin, end and follow one another
YEAR = 2024
NO_PROGRAMME = "Sin Prog."
_PUBLISHED = {"optimo": 100, "satisfactorio": 70, "bueno": 51, "regular": 9}
_OWN = {"optimo": 99.5, "satisfactorio": 66.67, "bueno": 33.33, "regular": 12.5}
_LEVELS = {"optimo": (20, 43, 65, 85), "aceptable": (10, 33, 48, 65)}
_CODES = ("OP-1", "OP-2", "1.1", "1.10", "A 01", "7")
# (operation, programmed, executed): units whose avance is exactly a threshold and whose float is not.
_EXACT = (
    (("OP-1", 9, 8), ("OP-1", 9, 8), ("OP-1", 9, 8), ("OP-2", 15, 2)),
    (("OP-1", 6, 3), ("OP-1", 6, 3), ("OP-2", 15, 14), ("7", 75, 8)),
    (("OP-1", 9, 1), ("OP-1", 9, 1), ("OP-1", 9, 1), ("OP-2", 75, 2)),
    (("OP-1", 6, 5),),
    (("OP-1", 15, 4),),
    (("OP-1", 3, 3),),
)


@dataclass(frozen=True)
class Campaign:
    """`entity` and `units` (by code) are sheets by key; units without a workbook are not in `units`."""

    seed: int
    quarter: int
    entity: Sheets
    units: dict[str, Sheets]

    def parameter(self, name: str, quarter: int | None = None) -> object:
        """The value of a row of Parametros."""
        rows = self.entity["parametros"]
        return next(r["valor"] for r in rows if (r["parametro"], r.get("trimestre")) == (name, quarter))

    def optional(self, name: str) -> object:
        """The value of a row that Parametros may leave out; None without it."""
        return next((r["valor"] for r in self.entity["parametros"] if r["parametro"] == name), None)


def random_campaign(seed: int, most: int = 40) -> Campaign:
    """A campaign of 1 to `most` units."""
    rng = random.Random(seed)
    quarter = rng.randint(1, 4)
    entity = _entity(rng, quarter, rng.choice((1, 2, rng.randint(3, most), rng.randint(3, most))))
    codes = [str(u["unidad"]) for u in entity["unidades"] if u["vigencia"] == "vigente"]
    absent = rng.choice((0.0, 0.0, 0.2, 0.6))
    sent = [c for c in codes if rng.random() >= absent] or codes[:1]
    exact = rng.choice((0.0, 0.3, 0.9))
    units = {c: _unit(rng, quarter, entity, c, rng.random() < exact) for c in sent}
    _spread_over_acps(random.Random(f"ACP {seed}"), entity, units)
    _share_categories(random.Random(f"categories {seed}"), quarter, entity, units)
    _measure_goals(random.Random(f"goals {seed}"), entity)
    if seed >= WIDE:
        plans.widen(random.Random(f"plans {seed}"), quarter, entity, units)
    if seed >= DATED:
        lives.widen(random.Random(f"lives {seed}"), quarter, entity, units)
    return Campaign(seed, quarter, entity, units)


# --- the entity ----------------------------------------------------------------------------------------------------


def _parameters(rng: random.Random) -> list[Row]:
    facts = {
        "entidad": "Entidad de Prueba", "sigla": "EDP", "codigo_entidad": "10", "gestion": YEAR, "version_plantilla": "2",
        "metodo_agregacion": "media", "tolerancia_bs": rng.choice((0, 0.01, 1)),
    }  # fmt: skip
    rows: list[Row] = [{"parametro": name, "valor": value} for name, value in facts.items()]
    bands = rng.choice((_PUBLISHED, _PUBLISHED, _OWN))
    rows += [{"parametro": f"semaforo.{n}", "version": "2024", "valor": v} for n, v in bands.items()]
    rows += [
        {"parametro": f"criterio_dgaa.{name}", "version": "2024", "trimestre": t, "valor": value}
        for name, values in _LEVELS.items()
        for t, value in enumerate(values, start=1)
    ]
    return rows


def _entity(rng: random.Random, quarter: int, count: int) -> Sheets:
    services = ["Servicio Central", "Servicio Exterior"][: rng.choice((1, 2, 2))]
    areas: list[Row] = [
        {"area": f"AR{i}", "nombre": f"Área número {i}", "servicio": rng.choice(services)}
        for i in range(1, rng.randint(1, 6) + 1)
    ]
    acps: list[Row] = [
        {"acp": f"{i}.1", "amp": str(1 + i % 3), "denominacion": f"Acción {i}", "area": rng.choice(areas)["area"]}
        for i in range(1, rng.randint(1, 8) + 1)
    ]
    units = [_catalogued(rng, n, areas, acps) for n in range(1, count + 1)]
    units[0]["vigencia"] = "vigente"
    categories = _categories(rng, areas, acps, units)
    return {
        "parametros": _parameters(rng),
        "areas": areas,
        "acp": acps,
        "unidades": units,
        "categorias": categories,
        "presupuesto_sigep": _sigep(rng, categories, quarter),
        "fuentes": _sources(rng, quarter),
        "metas_sigep": _goals(rng, acps),
        "historico": _history(rng, areas, units),
    }


def _catalogued(rng: random.Random, number: int, areas: list[Row], acps: list[Row]) -> Row:
    area = rng.choice(areas)
    group = f"Grupo {rng.choice('ABC')}"
    return {
        "unidad": f"U-{number:02}",
        "nombre": f"Unidad número {number}",
        "servicio": area["servicio"],
        "grupo": group,
        "subgrupo": rng.choice((None, None, "Clase X", "Clase Y")) if group != "Grupo A" else None,
        "area": area["area"],
        "acp": rng.choice(acps)["acp"],
        "correo": f"u{number}@ejemplo.bo",
        "vigencia": "no vigente" if rng.random() < 0.05 else "vigente",
    }


def _categories(rng: random.Random, areas: list[Row], acps: list[Row], units: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for n in range(1, rng.randint(1, 10) + 1):
        unit = rng.choice(units)
        shared = rng.random() < 0.4
        named = rng.sample(["area", "grupo", "servicio"], 2)
        rows.append(
            {
                "categoria": f"{n:03} 0 {rng.randint(1, 9):03}",
                "programa": f"Programa {n}",
                "unidad": None if shared else unit["unidad"],
                "grupos": "; ".join(dict.fromkeys(str(unit[c]) for c in named)) if shared else None,
                "acp": rng.choice(acps)["acp"],
                "area": rng.choice(areas)["area"],
                "unidad_ejecutora": f"UE-{n}",
            }
        )
    return rows


def _money(rng: random.Random, most: int) -> float:
    return rng.randint(0, most * 100) / 100


def _sigep(rng: random.Random, categories: list[Row], quarter: int) -> list[Row]:
    rows: list[Row] = []
    for c in categories:
        if rng.random() < 0.1:
            continue  # SIGEP has no figure of it yet
        vigente = float(rng.choice((0, rng.randint(1_000, 900_000), rng.randint(1_000, 900_000))))
        exact = rng.random() < 0.3
        months = [m for m in range(1, rng.choice((12, 3 * quarter, 3 * quarter)) + 1) if exact or rng.random() > 0.05]
        for m in months:
            spent = vigente / 25 if exact else _money(rng, int(vigente / 16)) * rng.choice((1, 1, 1, 1, -0.5))
            row: Row = {"categoria": c["categoria"], "mes": m, "vigente": vigente, "devengado": round(spent, 2)}
            rows.append({**row, "tipo_reporte": "Estado Aprobado"})
    return [*rows, *_reported_by_one(rows, 3 * quarter)]


def _reported_by_one(rows: list[Row], last: int) -> list[Row]:
    """A month up to the last one, or to the cut, that no category reports is a case of its own: one category gets it."""
    if not rows:
        return []
    first = rows[0]
    there = {int(str(r["mes"])) for r in rows}
    return [{**first, "mes": m, "devengado": 0.0} for m in range(1, max(last, *there) + 1) if m not in there]


def _sources(rng: random.Random, quarter: int) -> list[Row]:
    rows: list[Row] = []
    for code in ("10", "11", "20", "41")[: rng.randint(0, 4)]:
        vigente = float(rng.randint(0, 3) * 100_000)
        spent = min(_money(rng, int(vigente) + 1_000) - 1_000, vigente)
        amounts = [_money(rng, 500_000), vigente, spent]
        shown = [None if rng.random() < 0.12 else round(a, 2) for a in amounts]
        rows.append(
            {
                "fuente": code,
                "descripcion": f"Fuente {code}",
                "trimestre": rng.choice((quarter, quarter, quarter, 1)),
                **dict(zip(("inicial", "vigente", "ejecutado"), shown, strict=True)),
                "tipo_reporte": "Estado en Línea",
            }
        )
    return rows


def _goals(rng: random.Random, acps: list[Row]) -> list[Row]:
    rows: list[Row] = []
    for a in acps:
        for t in (1, 2, 3, 4):
            if rng.random() < 0.2:
                continue
            planned = rng.choice((NO_PROGRAMME, "12,5", str(rng.randint(1, 40)), str(rng.randint(1, 40))))
            done = None if planned == NO_PROGRAMME or rng.random() < 0.2 else float(rng.randint(0, 45))
            rows.append({"acp": a["acp"], "trimestre": t, "programado": planned, "ejecutado": done})
    return rows


def _history(rng: random.Random, areas: list[Row], units: list[Row]) -> list[Row]:
    codes = ["EDP", *(str(a["area"]) for a in areas)]
    groups = list(dict.fromkeys(str(x) for u in units for x in (u["grupo"], u["subgrupo"], u["area"]) if x))
    services = list(dict.fromkeys(str(a["servicio"]) for a in areas))
    years = rng.choice(((), (2023,), (2022, 2023), (2021, 2023), (2020, 2021, 2022)))
    keys = [("entidad", year, "Gestión", code, "avance", 0.8) for year in years for code in codes]
    keys += [
        ("exterior", year, "Gestión", code, indicator, 0.7)
        for year in years
        for code in groups
        for indicator in ("avance", "eficacia")
    ]
    for period in ("1T", "2T"):
        keys += [("entidad", YEAR, period, code, "avance", 0.4) for code in codes]
        keys += [("relacion", YEAR, period, service, "tareas", 0.5) for service in services]
    names = ("cuadro", "gestion", "periodo", "codigo", "indicador")
    return [
        {**dict(zip(names, key, strict=True)), "valor": _published(rng, key[0]), "informe": "Informe"}
        for *key, likely in keys
        if rng.random() < likely
    ]


def _published(rng: random.Random, cuadro: object) -> float:
    return float(rng.randint(1, 99)) if cuadro == "relacion" else round(rng.uniform(20, 100), 2)


# --- what a unit types -----------------------------------------------------------------------------------------------


def _unit(rng: random.Random, quarter: int, entity: Sheets, code: str, exact: bool) -> Sheets:
    catalogued = next(u for u in entity["unidades"] if u["unidad"] == code)
    codes = rng.sample(_CODES, rng.randint(1, len(_CODES)))
    tasks = _exact_tasks(rng, quarter) if exact else _tasks(rng, quarter, codes)
    named = dict.fromkeys([*codes, *(str(t["operacion"]) for t in tasks)])
    area = next(a for a in entity["areas"] if a["area"] == catalogued["area"])
    form: Row = {
        "entidad": "Entidad de Prueba", "gestion": YEAR, "version_plantilla": "2", "unidad": code,
        "nombre": catalogued["nombre"], "servicio": catalogued["servicio"], "area": area["nombre"], "acp": catalogued["acp"],
        "trimestre": quarter, "responsable": "Ana", "cargo": "Jefa", "correo": "ana@ejemplo.bo",
    }  # fmt: skip
    return {
        "unidad": [form],
        "operaciones": [{"operacion": o, "acp": catalogued["acp"], "denominacion": f"Operación {o}"} for o in named],
        "tareas": tasks,
        "presupuesto": _budget(rng, quarter, entity, catalogued),
        "resultados": [
            {"acp": catalogued["acp"], "resultado_programado": "Lo previsto", "principales_resultados": "Lo hecho"}
        ],
    }


def _spread_over_acps(rng: random.Random, entity: Sheets, units: dict[str, Sheets]) -> None:
    """Gives operations other ACPs than their unit's: none, some, or all but a few."""
    share = rng.choice((0.0, 0.2, 0.5, 0.9))
    for tables in units.values():
        for operation in tables["operaciones"]:
            if rng.random() < share:
                operation["acp"] = rng.choice(entity["acp"])["acp"]


def _tasks(rng: random.Random, quarter: int, codes: list[str]) -> list[Row]:
    first = rng.choice((0, 0, 3, 6))  # a unit that begins later has quarters without a figure
    idle, most = rng.choice((0.3, 0.8)), rng.choice((3, 30))
    rows = []
    for n in range(rng.randint(1, 9)):
        row: Row = {"operacion": rng.choice(codes), "actividad": f"Actividad {rng.choice('12')}", "tarea": f"Tarea {n}"}
        for m, month in enumerate(MONTHS):
            planned = None if rng.random() < idle or m < first else rng.randint(0, most)
            row[f"programado_{month}"] = planned
            done = rng.choice((planned, planned, None, 0, rng.randint(0, most + 2)))
            row[f"ejecutado_{month}"] = done if m < 3 * quarter or rng.random() < 0.02 else None
        rows.append(row)
    return rows


def _exact_tasks(rng: random.Random, quarter: int) -> list[Row]:
    month = MONTHS[3 * rng.randint(1, quarter) - rng.randint(1, 3)]
    return [
        {"operacion": o, "actividad": "A", "tarea": f"Tarea {n}", f"programado_{month}": p, f"ejecutado_{month}": e}
        for n, (o, p, e) in enumerate(rng.choice(_EXACT))
    ]


def spenders(entity: Sheets, category: Row) -> list[str]:
    """The units in force that may report a category, or the only one that it names; with those before and after them."""
    named = str(category["unidad"] or "").split("; ")
    if len(named) > 1:
        found = [str(u["unidad"]) for u in entity["unidades"] if lives.in_force(u) and u["unidad"] in named]
    elif category["unidad"]:
        found = named
    else:
        wanted = set(str(category["grupos"]).split("; "))
        found = [
            str(u["unidad"])
            for u in entity["unidades"]
            if lives.in_force(u) and wanted & {u[c] for c in ("area", "grupo", "subgrupo", "servicio")}
        ]
    return lives.with_kin(entity, found)


def _budget(rng: random.Random, quarter: int, entity: Sheets, unit: Row) -> list[Row]:
    own = [c for c in entity["categorias"] if unit["unidad"] in spenders(entity, c)]
    return _budget_of(rng, quarter, entity, own)


def _share_categories(rng: random.Random, quarter: int, entity: Sheets, units: dict[str, Sheets]) -> None:
    """Gives categories of one unit a second one, which reports money of it where it sends a workbook."""
    share, codes = rng.choice((0.0, 0.0, 0.5)), [str(u["unidad"]) for u in entity["unidades"]]
    for c in entity["categorias"]:
        other = rng.choice(codes)
        if c["unidad"] is None or c["unidad"] == other or rng.random() >= share:
            continue
        first, c["unidad"] = str(c["unidad"]), f"{c['unidad']}; {other}"
        for code in {first, other} & units.keys():
            rows = [r for r in units[code]["presupuesto"] if r["categoria"] != c["categoria"]]
            units[code]["presupuesto"] = [*rows, *_budget_of(rng, quarter, entity, [c])]


def _measure_goals(rng: random.Random, entity: Sheets) -> None:
    """Says what goals count: of none, of all the same, of all or some of them any."""
    units = rng.choice(((None,), (None,), ("Informes",), ("informes ", "Informes", "km²"), (None, "km²")))
    for row in entity["metas_sigep"]:
        row["unidad_medida"] = rng.choice(units)


def _budget_of(rng: random.Random, quarter: int, entity: Sheets, categories: list[Row]) -> list[Row]:
    sources = list(dict.fromkeys(str(f["fuente"]) for f in entity["fuentes"])) or ["10", "11"]
    rows = []
    for c in categories:
        for source in rng.sample(sources, rng.randint(1, min(2, len(sources)))):
            vigente = _money(rng, 100_000)
            row: Row = {"categoria": c["categoria"], "fuente": source, "inicial": vigente, "vigente": vigente}
            left, typed = Fraction(str(vigente)), rng.choice((0.0, 0.8, 1.0))
            for month in MONTHS[: 3 * quarter]:
                spent = min(_money(rng, 9_000), float(left)) if rng.random() < typed else None
                left -= Fraction(str(spent or 0))
                row[f"devengado_{month}"] = spent
            rows.append(row)
    return rows
