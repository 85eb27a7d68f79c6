"""The figures of the published report, and where each stands in a master workbook.

A `Figure` is one published number with the cell of the master that should show it. Published numbers come from
`workbooks/mre` (the facts of the sample) and `tests/golden` (the report's own tables); nothing here is computed.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import python_calamine

ROOT = Path(__file__).parent
FOLDERS = (ROOT / "golden", ROOT.parent / "workbooks" / "mre")
MONTHS = {"enero": "Ene", "febrero": "Feb", "marzo": "Mar", "abril": "Abr", "mayo": "May", "junio": "Jun"}
PERIODS = {**MONTHS, "trimestre_1": "1T", "trimestre_2": "2T", "semestre_1": "Acumulado"}
GROUPS = {
    "EMBAJADAS": "Embajadas",
    "CONSULADOS_TOTAL": "Consulados (total)",
    "CONSULADOS": "Consulados",
    "CONSULADOS_GENERALES": "Consulados Generales",
    "VICECONSULADOS": "Viceconsulados",
    "REPRESENTACIONES": "Representaciones",
    "CENTROS_EMISORES": "Centros Emisores",
    "SERVICIO_CENTRAL": "Servicio Central",
    "SERVICIO_EXTERIOR": "Servicio Exterior",
}
Row = dict[str, str]


@dataclass(frozen=True)
class Figure:
    """A published number: its table, row and column in the report, its text, and what the master shows."""

    tabla: str
    fila: str
    columna: str
    publicado: str
    maestro: object

    @property
    def key(self) -> tuple[str, str, str]:
        return self.tabla, self.fila, self.columna

    @property
    def decimals(self) -> int:
        return len(self.publicado.partition(".")[2])

    @property
    def reproduced(self) -> bool:
        """The master's value, rounded half-up to the published decimals, is the published number."""
        if not isinstance(self.maestro, int | float):
            return False
        from decimal import ROUND_HALF_UP, Decimal

        step = Decimal(1).scaleb(-self.decimals)
        # Twelve significant digits first: a float's own noise must not decide a tie.
        value = Decimal(f"{self.maestro:.12g}").quantize(step, rounding=ROUND_HALF_UP)
        return value == Decimal(self.publicado)


def table(name: str) -> list[Row]:
    """A published table."""
    path = next(folder / f"{name}.csv" for folder in FOLDERS if (folder / f"{name}.csv").is_file())
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


class Master:
    """The cached values of a master workbook, found by sheet, title above the table, row and column."""

    def __init__(self, path: Path) -> None:
        self._book = python_calamine.load_workbook(path)
        self._grids: dict[str, list[list[object]]] = {}

    def grid(self, sheet: str) -> list[list[object]]:
        if sheet not in self._grids:
            self._grids[sheet] = self._book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
        return self._grids[sheet]

    def sheet(self, start: str) -> str:
        """The one sheet whose name begins with a text."""
        (name,) = [n for n in self._book.sheet_names if n.startswith(start)]
        return name

    def value(self, sheet: str, row: tuple[str, ...], column: str, part: int = 0) -> object:
        """The cell under a title in the row that holds all the given texts; `part` counts the tables with that title."""
        grid = self.grid(sheet)
        headers = [i for i, line in enumerate(grid) if column in line]
        assert headers, (sheet, column)
        header = headers[part]
        place = grid[header].index(column)
        for line in grid[header + 1 :]:
            shown = {str(int(v)) if isinstance(v, float) and v.is_integer() else str(v) for v in line}
            if set(row) <= shown:
                return line[place]
        raise AssertionError((sheet, row, column))


def figures(master: Master) -> Iterator[Figure]:
    """Every published figure that a second-quarter master could show."""
    for source in (
        _units,
        _resumen,
        _areas,
        _acps,
        _categories,
        _monthly,
        _funds,
        _history,
        _services,
        _counts,
        _scales,
    ):
        yield from source(master)


def _figure(tabla: str, fila: str, row: Row, columna: str, value: object) -> Iterator[Figure]:
    if row[columna]:
        yield Figure(tabla, fila, columna, row[columna], value)


def _units(m: Master) -> Iterator[Figure]:
    titles = {"avance_1t": "Avance 1T (%)", "avance_2t": "Avance 2T (%)"}
    points = {"eficacia_1t": "Eficacia 1T", "eficacia_2t": "Eficacia 2T", "eficacia_semestre": "Eficacia acumulado"}
    annexes = {"Embajadas": "Anexo 2", "Representaciones": "Anexo 4", "Centros Emisores": "Anexo 5"}
    for row in table("catalogo_unidades"):
        code = row["codigo"]
        if row["servicio"] == "central":
            for column, title in {**titles, **points}.items():
                value = m.value("Resumen de indicadores", (row["nombre"],), title)
                yield from _figure("catalogo_unidades", code, row, column, value)
            continue
        sheet = m.sheet(annexes.get(row["grupo"], "Anexo 3"))
        kinds = ("Consulados", "Consulados Generales", "Viceconsulados")
        part = kinds.index(row["grupo"]) if row["grupo"] in kinds else 0
        for column, title in titles.items():
            yield from _figure("catalogo_unidades", code, row, column, m.value(sheet, (code,), title, part))
    for row in table("avance_unidades_2t"):
        part = ("ADM", "VRE", "VCEI", "VGCI").index(row["area"])
        value = m.value("Unidades", (row["codigo"],), "Avance físico (%)", part)
        for column in ("avance_fisico_2t_pct", "etiqueta_grafico_pct"):
            yield from _figure("avance_unidades_2t", row["codigo"], row, column, value)


def _resumen(m: Master) -> Iterator[Figure]:
    titles = {
        "avance_1t": "Avance 1T (%)",
        "eficacia_1t": "Eficacia 1T",
        "avance_2t": "Avance 2T (%)",
        "eficacia_2t": "Eficacia 2T",
    }
    counts = {"EMBAJADAS": 33, "CONSULADOS_TOTAL": 45, "CONSULADOS": 27, "CONSULADOS_GENERALES": 14,
              "VICECONSULADOS": 4, "REPRESENTACIONES": 4, "CENTROS_EMISORES": 2}  # fmt: skip
    area_names = {r["area"]: r["nombre"] for r in table("areas_2t")}
    for row in table("resumen_indicadores"):
        code = row["codigo"]
        if row["nivel"] == "unidad":
            shown: tuple[str, ...] = (row["nombre"],)
        elif code in counts:
            shown = (f"{GROUPS[code]} ({counts[code]})",)
        elif row["nivel"] == "area":
            shown = ("Área", area_names[code])
        elif row["nivel"] == "servicio":
            shown = ("Servicio", GROUPS[code])
        else:
            shown = ("Entidad",)
        for column, title in titles.items():
            value = m.value("Resumen de indicadores", shown, title)
            yield from _figure("resumen_indicadores", code, row, column, value)


def _areas(m: Master) -> Iterator[Figure]:
    titles = {
        "ppto_vigente_bs": "Presupuesto vigente (Bs)",
        "ejecutado_bs": "Ejecutado (Bs)",
        "ejecucion_pct": "Ejecución (%)",
    }
    for part, name in enumerate(("areas_1t", "areas_2t", "areas_semestre")):
        for row in table(name):
            for column, title in {**titles, "eficacia_pct": "Eficacia ponderada"}.items():
                value = m.value("Comparativa por área", (row["area"],), title, part)
                yield from _figure(name, row["area"], row, column, value)
    for row in table("desempeno_semestre"):
        for column, title in (
            ("eficacia_semestre_pct", "Eficacia ponderada acumulada"),
            ("ejecucion_semestre_pct", "Ejecución financiera acumulada (%)"),
        ):
            yield from _figure(
                "desempeno_semestre", row["area"], row, column, m.value("Desempeño", (row["area"],), title)
            )


def _acp_row(row: Row) -> tuple[str, ...]:
    return ("Total",) if row["acp"] == "TOTAL" else (row["acp"],)


def _acps(m: Master) -> Iterator[Figure]:
    money = {
        "ppto_vigente_bs": "Presupuesto vigente (Bs)",
        "devengado_bs": "Devengado (Bs)",
        "ejecucion_pct": "Ejecución (%)",
    }
    quarter = {"eficacia_ponderada_pct": "Eficacia ponderada", "avance_fisico_pct": "Avance físico (%)"}
    whole = {
        "eficacia_ponderada_pct": "Eficacia ponderada acumulada",
        "avance_fisico_acumulado_pct": "Avance físico acumulado (%)",
    }
    for row in table("acp_2t"):
        for column, title in {**money, **quarter}.items():
            yield from _figure("acp_2t", row["acp"], row, column, m.value("ACP", _acp_row(row), title))
    for row in table("acp_semestre"):
        for column, title in {**money, **whole}.items():
            part = 1 if title in money.values() else 0
            yield from _figure("acp_semestre", row["acp"], row, column, m.value("ACP", _acp_row(row), title, part))
    sigep = {
        "programacion_esperada_pct": "Programación esperada (%)",
        "sigep_programado_2t": "SIGEP 2T: programado",
        "sigep_ejecutado_2t": "SIGEP 2T: ejecutado",
        "sigep_avance_pct": "SIGEP 2T: avance (%)",
    }
    for row in table("acp_sigep"):
        for column, title in {**money, **whole, **sigep}.items():
            yield from _figure("acp_sigep", row["acp"], row, column, m.value("ACP y SIGEP", _acp_row(row), title))
    own = {
        "rango_ideal_semestre_pct": "Rango ideal",
        "avance_fisico_acumulado_pct": "Avance físico acumulado (%)",
        "eficacia_ponderada_pct": "Eficacia ponderada acumulada",
    }
    for row in table("acp"):
        for column, title in own.items():
            yield from _figure("acp", row["acp"], row, column, m.value("Desempeño por ACP", (row["acp"],), title))


def _categories(m: Master) -> Iterator[Figure]:
    money = {
        "ppto_vigente_bs": "Presupuesto vigente (Bs)",
        "devengado_bs": "Devengado (Bs)",
        "ejecucion_pct": "Ejecución (%)",
    }
    for name, sheet, eficacia in (
        ("categorias_programaticas_2t", "Categorías", "Eficacia ponderada"),
        ("categorias_programaticas_semestre", m.sheet("Anexo 1"), "Eficacia ponderada acumulada"),
    ):
        for row in table(name):
            shown = ("Total",) if row["tipo_fila"] == "total" else (row["cat_prog"],)
            fila = "TOTAL" if row["tipo_fila"] == "total" else row["cat_prog"]
            for column, title in {**money, "eficacia_publicada_pct": eficacia}.items():
                yield from _figure(name, fila, row, column, m.value(sheet, shown, title))


def _monthly(m: Master) -> Iterator[Figure]:
    names = {"eficacia": "Eficacia ponderada", "ejecucion_financiera": "Ejecución financiera (%)"}
    for row in table("mensual_areas"):
        for column, title in PERIODS.items():
            value = m.value("Mensual por área", (row["area"], names[row["indicador"]]), title)
            yield from _figure("mensual_areas", f"{row['area']} {row['indicador']}", row, column, value)
    for row in table("mensual_mre"):
        for column, title in PERIODS.items():
            value = m.value(m.sheet("Mensual MRE"), (names[row["indicador"]],), title)
            yield from _figure("mensual_mre", row["indicador"], row, column, value)


def _funds(m: Master) -> Iterator[Figure]:
    titles = {
        "ppto_inicial_bs": "Presupuesto inicial (Bs)",
        "ppto_vigente_bs": "Presupuesto vigente (Bs)",
        "ejecucion_bs": "Ejecución (Bs)",
        "ejecucion_pct": "Ejecución (%)",
        "saldo_bs": "Saldo (Bs)",
    }
    for row in table("fuente_financiamiento"):
        shown = ("Total",) if row["fuente"] == "TOTAL" else (row["fuente"],)
        for column, title in titles.items():
            yield from _figure("fuente_financiamiento", row["fuente"], row, column, m.value("Fuentes", shown, title))


def _history(m: Master) -> Iterator[Figure]:
    own = {
        "acum_4t_2022": "Avance 2022",
        "acum_4t_2023": "Avance 2023",
        "promedio_2022_2023": "Promedio 2022-2023",
        "trimestre_1_2024": "Publicado 1T",
        "trimestre_2_2024": "Avance 2T",
        "semestre_1_2024": "Avance acumulado",
    }
    for row in table("historico"):
        for column, title in own.items():
            yield from _figure("historico", row["area"], row, column, m.value("Histórico", (row["area"],), title))
    groups = {
        "cantidad_2024_publicada": "Unidades",
        "eficacia_2022": "Eficacia 2022",
        "avance_2022": "Avance 2022",
        "eficacia_2023": "Eficacia 2023",
        "avance_2023": "Avance 2023",
        "avance_1t_2024": "Publicado 1T",
    }
    for row in table("exterior_historico"):
        shown = "SERV_EXT" if row["grupo"] == "TOTAL" else GROUPS[row["grupo"]]
        for column, title in groups.items():
            part = 0 if title in ("Unidades", "Eficacia 2022", "Eficacia 2023") else 1
            value = m.value("Histórico", (shown,), title, part)
            yield from _figure("exterior_historico", row["grupo"], row, column, value)


def _services(m: Master) -> Iterator[Figure]:
    names = {r["area"]: r["nombre"] for r in table("areas_2t")}
    for row in table("avance_servicios_2t"):
        part = 0 if row["servicio"] == "CENTRAL" else 1
        shown = GROUPS.get(row["codigo"]) or names[row["codigo"]]
        value = m.value("Servicios", (shown,), "Avance físico (%)", part)
        yield from _figure("avance_servicios_2t", row["codigo"], row, "avance_fisico_pct", value)


def _counts(m: Master) -> Iterator[Figure]:
    concepts = {
        "acciones_mediano_plazo": "Acciones de mediano plazo",
        "acciones_corto_plazo": "Acciones de corto plazo",
        "operaciones": "Operaciones",
        "actividades": "Actividades",
        "tareas": "Tareas",
        "presupuesto_vigente_bs": "Presupuesto vigente (Bs)",
    }
    services = {"MRE": "MRE", "CENTRAL": "Servicio Central", "EXTERIOR": "Servicio Exterior"}
    for row in table("relacion_poa"):
        shown: tuple[str, ...] = (concepts[row["concepto"]], services[row["servicio"]])
        fila = f"{row['concepto']} {row['servicio']}"
        yield from _figure("relacion_poa", fila, row, "segundo_trimestre", m.value("Relación POA", shown, "2T"))
        first = m.value("Relación POA", shown, "1T")
        yield from _figure("relacion_poa", fila, row, "primer_trimestre", first)
    names = {r["area"]: r["nombre"] for r in table("areas_2t")}
    for row in table("areas_por_servicio"):
        if row["tipo_fila"] == "total":
            shown = ("Total general",)
        elif row["tipo_fila"] == "subtotal":
            shown = (row["areas_organizacionales"],)
        elif row["servicio"] == "CENTRAL":
            shown = (names[row["area"]],)
        else:
            shown = (row["areas_organizacionales"].replace("Consulados", "Consulados (total)"),)
        value = m.value("Áreas", shown, "Unidades")
        yield from _figure("areas_por_servicio", row["areas_organizacionales"], row, "cantidad", value)


def _scales(m: Master) -> Iterator[Figure]:
    for row in table("semaforo_dgp"):
        shown = (row["grado_avance"].capitalize(), row["calificacion"].capitalize())
        value = m.value("Criterios", shown, "Desde (%)")
        yield from _figure("semaforo_dgp", " ".join(shown), row, "minimo_publicado", value)
    for row in table("criterios_dgaa"):
        if row["minimo"]:
            value = m.value("Criterios", (f"Criterio {row['criterio']}",), f"{row['trimestre']}T, desde (%)")
            fila = f"{row['calificacion']} {row['trimestre']}T"
            yield from _figure("criterios_dgaa", fila, row, "minimo", value)
