"""A small made-up entity and the workbooks of its units, for tests.

`entidad()` is the entity, `entity_rows()` the rows of its workbook and `unit_data(unidad, trimestre)` what a unit
fills in. The SIGEP figures agree with what the units report. Nothing here is random.
"""

import datetime as dt
from functools import cache

from poa_xl import entity, parameters
from poa_xl.sheets import MESES

GESTION = 2024
MONTHS_IN_SIGEP = 6
Rows = list[dict[str, object]]

# unidad, nombre, servicio, grupo, subgrupo, area, acp
_UNITS = (
    ("DGAA", "Dirección General de Asuntos Administrativos", "Servicio Central", "Direcciones", "", "ADM", "2.1"),
    ("DGRB", "Dirección General de Relaciones Bilaterales", "Servicio Central", "Direcciones", "", "VRE", "1.1"),
    ("EMB-AR", "Embajada en Argentina", "Servicio Exterior", "Embajadas", "", "EXT", "1.1"),
    ("CON-JJ", "Consulado en Jujuy", "Servicio Exterior", "Consulados", "Consulados", "EXT", "1.2"),
    (
        "CG-SP",
        "Consulado General en São Paulo",
        "Servicio Exterior",
        "Consulados",
        "Consulados Generales",
        "EXT",
        "1.2",
    ),
)
_OWN_CATEGORIES = {"DGAA": ("000 0 001", "000 0 002"), "DGRB": ("570 0 004",)}
_SHARED_CATEGORY = "580 0 001"
_SOURCES = {"10": "Tesoro General de la Nación", "20": "Recursos Específicos"}


def _unit_row(fields: tuple[str, ...]) -> dict[str, object]:
    unidad, nombre, servicio, grupo, subgrupo, area, acp = fields
    return {
        "unidad": unidad,
        "nombre": nombre,
        "servicio": servicio,
        "grupo": grupo,
        "subgrupo": subgrupo or None,
        "area": area,
        "dependencia": None,
        "acp": acp,
        "pais": "Bolivia" if servicio == "Servicio Central" else "Argentina",
        "ciudad": "La Paz",
        "correo": f"{unidad.lower()}@ejemplo.bo",
        "vigencia": "vigente",
    }


def _category_row(categoria: str, unidad: str | None, grupos: str | None, acp: str, area: str) -> dict[str, object]:
    return {
        "categoria": categoria,
        "programa": f"Actividad {categoria}",
        "unidad": unidad,
        "grupos": grupos,
        "acp": acp,
        "area": area,
        "unidad_ejecutora": "UE-1",
    }


def _catalogue() -> dict[str, Rows]:
    facts = {"entidad": "Ministerio de Ejemplo", "sigla": "MDE", "codigo_entidad": "0010", "gestion": str(GESTION)}
    return {
        "parametros": parameters.default_rows(facts),
        "semaforo": [],
        "modificaciones": [],
        "marco_legal": [],
        "textos_informe": [],
        "areas": [
            {"area": "ADM", "nombre": "Administración", "servicio": "Servicio Central"},
            {"area": "VRE", "nombre": "Relaciones Exteriores", "servicio": "Servicio Central"},
            {"area": "EXT", "nombre": "Servicio Exterior", "servicio": "Servicio Exterior"},
        ],
        "acp": [
            {"acp": "1.1", "amp": "1", "denominacion": "Relaciones bilaterales con resultados", "area": "VRE"},
            {"acp": "1.2", "amp": "1", "denominacion": "Atención consular oportuna", "area": "EXT"},
            {"acp": "2.1", "amp": "2", "denominacion": "Gestión administrativa transparente", "area": "ADM"},
        ],
        "unidades": [_unit_row(fields) for fields in _UNITS],
        "categorias": [
            _category_row("000 0 001", "DGAA", None, "2.1", "ADM"),
            _category_row("000 0 002", "DGAA", None, "2.1", "ADM"),
            _category_row("570 0 004", "DGRB", None, "1.1", "VRE"),
            _category_row(_SHARED_CATEGORY, None, "Embajadas; Consulados", "1.2", "EXT"),
        ],
    }


def _tasks(n: int, trimestre: int) -> Rows:
    """Five tasks of three operations: a steady one, an over-executed one, one only in the second half of the year."""
    names = (("OP-01", 1), ("OP-01", 2), ("OP-02", 3), ("OP-02", 4), ("OP-03", 5))
    rows: Rows = []
    for operacion, k in names:
        row: dict[str, object] = {
            "operacion": operacion,
            "actividad": f"Actividad {operacion[-2:]}",
            "tarea": f"Tarea {k}: elaborar y remitir los informes que correspondan al periodo",
            "medio_verificacion": "Informe" if k % 2 else None,
            "problemas": "Retraso de la contraparte" if k == 2 else None,
            "acciones": "Reprogramar las reuniones" if k == 2 else None,
        }
        for m, mes in enumerate(MESES, start=1):
            planned = (m + n) % (k + 1) + 1 if (m % 2 or k == 1) and (k != 5 or m > 6) else None
            row[f"programado_{mes}"] = planned
            # Task 3 does more than was planned, task 2 less, task 4 something in a month without programme.
            extra = {2: -1, 3: 2}.get(k, 0)
            done = max(0, planned + extra) if planned else (1 if k == 4 and m == 2 else None)
            row[f"ejecutado_{mes}"] = done if m <= 3 * trimestre else None
        rows.append(row)
    return rows


def _operations(acp: str, tasks: Rows) -> Rows:
    """The goal of each is what its tasks programme for the year."""
    return [
        {
            "operacion": f"OP-0{i}",
            "acp": acp,
            "denominacion": f"Operación {i} de la unidad, con una denominación de varias palabras",
            "resultado_esperado": "Informes aprobados",
            "indicador": "Número de informes",
            "unidad_medida": "informes",
            "linea_base": 0,
            "meta": float(sum(_programme(task) for task in tasks if task["operacion"] == f"OP-0{i}")),
        }
        for i in (1, 2, 3)
    ]


def _programme(task: dict[str, object]) -> int:
    planned = (task[f"programado_{mes}"] for mes in MESES)
    return sum(value for value in planned if isinstance(value, int))


def _budget(n: int, unidad: str, trimestre: int) -> Rows:
    """A row for each category and source; the second source has a reversal in April."""
    rows: Rows = []
    for c, categoria in enumerate(_OWN_CATEGORIES.get(unidad, (_SHARED_CATEGORY,))):
        for s, fuente in enumerate(_SOURCES):
            inicial, change = 120_000.0 + 10_000 * n + 1_000 * c, 2_500.5 * (s - 0.5)
            row: dict[str, object] = {
                "categoria": categoria,
                "fuente": fuente,
                "inicial": inicial,
                "modificaciones": change,
                "vigente": inicial + change,
            }
            for m, mes in enumerate(MESES, start=1):
                spent = -1_234.56 if (m, s) == (4, 1) else 7_000.25 + 311.11 * m + 97.5 * n
                row[f"devengado_{mes}"] = round(spent, 2) if m <= 3 * trimestre else None
            rows.append(row)
    return rows


def unit_data(unidad: entity.Unidad, trimestre: int) -> dict[str, Rows]:
    """What a unit fills in by the end of a quarter (1-4): sheet key -> rows, as `write_unit_workbook` takes them."""
    n = [fields[0] for fields in _UNITS].index(unidad.unidad)
    form: dict[str, object] = {
        "trimestre": trimestre,
        "responsable": "María Peñaranda Ñuñez",
        "cargo": "Encargada de planificación",
        "correo": f"{unidad.unidad.lower()}@ejemplo.bo",
        "fecha_envio": dt.date(GESTION, 3 * trimestre, 28),
    }
    results: Rows = [
        {
            "acp": unidad.acp,
            "resultado_programado": "Informes aprobados y remitidos",
            "principales_resultados": "Se aprobaron los informes del periodo y se atendieron 120 trámites.",
        }
    ]
    tasks = _tasks(n, trimestre)
    return {
        "unidad": [form],
        "operaciones": _operations(unidad.acp, tasks),
        "tareas": tasks,
        "presupuesto": _budget(n, unidad.unidad, trimestre),
        "resultados": results,
    }


def _sigep(budgets: Rows) -> Rows:
    rows: Rows = []
    for categoria in dict.fromkeys(str(b["categoria"]) for b in budgets):
        own = [b for b in budgets if b["categoria"] == categoria]
        for m in range(1, MONTHS_IN_SIGEP + 1):
            rows.append(
                {
                    "categoria": categoria,
                    "mes": m,
                    "vigente": round(sum(b["vigente"] for b in own), 2),  # type: ignore[misc]
                    "devengado": round(sum(b[f"devengado_{MESES[m - 1]}"] for b in own), 2),  # type: ignore[misc]
                    "tipo_reporte": "Estado Aprobado",
                }
            )
    return rows


def _funds(budgets: Rows) -> Rows:
    rows: Rows = []
    for fuente, name in _SOURCES.items():
        own = [b for b in budgets if b["fuente"] == fuente]
        for trimestre in (1, 2):
            spent = sum(b[f"devengado_{mes}"] for b in own for mes in MESES[: 3 * trimestre])  # type: ignore[misc]
            rows.append(
                {
                    "fuente": fuente,
                    "descripcion": name,
                    "trimestre": trimestre,
                    "inicial": round(sum(b["inicial"] for b in own), 2),  # type: ignore[misc]
                    "vigente": round(sum(b["vigente"] for b in own), 2),  # type: ignore[misc]
                    "ejecutado": round(spent, 2),
                    "tipo_reporte": "Estado en Línea",
                }
            )
    return rows


def _goals() -> Rows:
    planned = {
        ("1.1", 1): "10",
        ("1.1", 2): "12,5",
        ("1.2", 1): "8",
        ("1.2", 2): "8",
        ("2.1", 1): entity.SIN_PROGRAMACION,
    }
    return [
        {"acp": acp, "trimestre": t, "programado": value, "ejecutado": None if t == 1 and acp == "2.1" else 8.0}
        for (acp, t), value in planned.items()
    ]


def _history() -> Rows:
    figures = (
        ("entidad", 2023, "2T", "MDE", "avance", 88.5),
        ("entidad", 2023, "Gestión", "MDE", "avance", 91.25),
        ("entidad", 2024, "1T", "Servicio Central", "avance", 90.1),
        ("exterior", 2024, "1T", "Embajadas", "avance", 84.07),
        ("relacion", 2023, "Gestión", "MDE", "tareas", 1500.0),
        ("relacion", 2024, "Gestión", "MDE", "tareas", 1610.0),
    )
    names = ("cuadro", "gestion", "periodo", "codigo", "indicador", "valor")
    return [{**dict(zip(names, figure, strict=True)), "informe": "Informe de ejemplo"} for figure in figures]


@cache
def entity_rows() -> dict[str, Rows]:
    """Rows of the entity's workbook by sheet key."""
    sheets = _catalogue()
    budgets = [row for n, fields in enumerate(_UNITS) for row in _budget(n, fields[0], 2)]
    return {
        **sheets,
        "presupuesto_sigep": _sigep(budgets),
        "fuentes": _funds(budgets),
        "metas_sigep": _goals(),
        "historico": _history(),
    }


@cache
def entidad() -> entity.Entidad:
    """The made-up entity, with the published thresholds."""
    records = {key: dict(enumerate(rows, start=5)) for key, rows in entity_rows().items()}
    settings, problems = parameters.settings(records["parametros"])
    assert settings is not None, problems
    return entity.from_rows(settings, records)
