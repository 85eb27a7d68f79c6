"""Defects of the entity workbook, all in one copy of it."""

import datetime as dt
from collections.abc import Callable, Mapping

from poa_xl import indicators
from poa_xl.sample.plots import FIRST_ROW, PlantedCell, Plot

Change = Callable[[Plot], list[PlantedCell]]
RETIRED_CODE, SECOND_RETIRED_CODE = "EMB-CERRADA", "EMB-TRASLADADA"
RETIRED_UNIT = {
    "Código": RETIRED_CODE,
    "Nombre": "Embajada cerrada",
    "Servicio": "Servicio Exterior",
    "Grupo": "Embajadas",
    "Área": "SERV_EXT",
    "ACP": "7",
    "Vigencia": "no vigente",
}
_GOOD: dict[str, dict[str, object]] = {
    "Parametros": {"Parámetro": "otro", "Valor": "1"},
    "Areas": {"Área": "NUEVA", "Nombre": "Área nueva", "Servicio": "Servicio Central"},
    "ACP": {"ACP": "90", "AMP": "1", "Denominación": "ACP nueva", "Área responsable": "ADM"},
    "Unidades": {**RETIRED_UNIT, "Código": "NUEVA"},
    "Categorias": {
        "Categoría programática": "900 0 001", "Programa": "Nuevo", "Unidad": "DGP", "Grupos": None, "ACP": "6",
        "Área": "ADM", "Unidad ejecutora": "UE-1",
    },
    "Presupuesto_SIGEP": {
        "Categoría programática": "000 0 003", "Mes": 12, "Presupuesto vigente": 1, "Devengado del mes": 0,
        "Tipo de reporte": "Estado Aprobado",
    },
    "Fuentes": {
        "Fuente": "90", "Descripción": "Fuente nueva", "Trimestre": 1, "Presupuesto inicial": 1,
        "Presupuesto vigente": 1, "Ejecutado": 0, "Tipo de reporte": "Estado en Línea",
    },
    "Metas_SIGEP": {"ACP": "1", "Trimestre": 4, "Programado": "5", "Ejecutado": 1},
    "Historico": {
        "Cuadro": "entidad", "Gestión": 2020, "Periodo": "Gestión", "Código": "MRE", "Indicador": "avance",
        "Valor": 80, "Informe": "Informe de ejemplo",
    },
    "Modificaciones": {
        "Resolución": "RM 1", "Fecha": dt.date(2024, 6, 3), "Desde el mes": 7, "Tipo": "reprogramación",
        "Unidad": "DGP", "Operación": "OP-01",
    },
    "Marco_legal": {"Norma": "Ley N.º 1 de 1 de enero de 2024", "Qué establece": "Una norma de ejemplo."},
    "Textos_informe": {"Sección": "Introducción", "Texto": "Un párrafo de ejemplo."},
}  # fmt: skip


def _row(sheet: str, title: str, value: object, **also: object) -> Change:
    """A new row with one bad cell; its key is made unique by a running number where the case does not need it."""

    def change(plot: Plot) -> list[PlantedCell]:
        row = plot.append(sheet, {**_GOOD[sheet], **_fresh(sheet, plot), **also, title: value})
        return [plot.place(sheet, title, row)]

    return change


def _fresh(sheet: str, plot: Plot) -> Mapping[str, object]:
    """A key that no other row has."""
    number = plot.last_row(sheet) + 1
    keys: dict[str, dict[str, object]] = {
        "Parametros": {"Parámetro": f"otro.{number}"},
        "Areas": {"Área": f"A{number}"},
        "ACP": {"ACP": f"{900 + number}"},
        "Unidades": {"Código": f"NUEVA-{number}"},
        "Categorias": {"Categoría programática": f"900 0 {number:03}"},
        "Presupuesto_SIGEP": {},
        "Fuentes": {"Fuente": f"{900 + number}"},
        "Metas_SIGEP": {},
        "Historico": {"Gestión": 2000 + number % 20},
    }
    return keys.get(sheet, {})


def _again(sheet: str, title: str, **but: object) -> Change:
    """The first row of a sheet once more, but for some values."""

    def change(plot: Plot) -> list[PlantedCell]:
        tab = plot.tab(sheet)
        row = plot.last_row(sheet) + 1
        for column in range(1, tab.max_column + 1):
            tab.cell(row, column).value = tab.cell(FIRST_ROW, column).value
        for other, value in but.items():
            plot.put(sheet, other, row, value)
        return [plot.place(sheet, title, row)]

    return change


def _parameter(name: str, value: object, trimestre: int | None = None) -> Change:
    """Another value for a parameter; None takes its row away."""

    def change(plot: Plot) -> list[PlantedCell]:
        tab = plot.tab("Parametros")
        for row in range(FIRST_ROW, tab.max_row + 1):
            if (tab.cell(row, 1).value, plot.get("Parametros", "Trimestre", row)) == (name, trimestre):
                return [plot.put("Parametros", "Valor", row, value)]
        raise LookupError(name)

    return change


def _version(name: str, version: str) -> Change:
    """Another version for one threshold; it is said at the value."""

    def change(plot: Plot) -> list[PlantedCell]:
        row = plot.row("Parametros", "Parámetro", name)
        plot.put("Parametros", "Versión", row, version)
        return [plot.place("Parametros", "Valor", row)]

    return change


def _total(sheet: str, title: str) -> Change:
    """A row of totals at the end of a sheet."""

    def change(plot: Plot) -> list[PlantedCell]:
        return [plot.place(sheet, title, plot.append(sheet, {title: "TOTAL"}))]

    return change


_SIGEP, _CATEGORY, _MONTH = "Presupuesto_SIGEP", "Categoría programática", "Mes"
_VIGENTE, _DEVENGADO = "Presupuesto vigente", "Devengado del mes"
_LAST_MONTH = 6
_OVERSPENT, _MISTYPED = "000 0 005", "000 0 006"  # neither is among those of which the running total is
_TOTALS_FROM = 10  # the first categories keep their months


def _months(plot: Plot) -> dict[str, dict[int, int]]:
    """Category -> month -> row of SIGEP's figures."""
    rows: dict[str, dict[int, int]] = {}
    for row in range(FIRST_ROW, plot.last_row(_SIGEP) + 1):
        category, mes = plot.get(_SIGEP, _CATEGORY, row), plot.get(_SIGEP, _MONTH, row)
        if isinstance(mes, int) and mes <= _LAST_MONTH:
            rows.setdefault(str(category), {})[mes] = row
    return rows


def _spent_too_much(plot: Plot) -> list[PlantedCell]:
    """All of a category's vigente and a centavo more, in January."""
    row = _months(plot)[_OVERSPENT][1]
    vigente = plot.get(_SIGEP, _VIGENTE, row)
    assert isinstance(vigente, int | float)  # noqa: S101 - as `poa-xl demo` wrote it
    return [plot.put(_SIGEP, _DEVENGADO, row, vigente + 0.01)]


def _running_totals(plot: Plot) -> list[PlantedCell]:
    """An accumulated report in place of the months of most categories."""
    pasted = [rows for _, rows in sorted(_months(plot).items())][_TOTALS_FROM:]
    for place, rows in enumerate(pasted):
        for mes, row in sorted(rows.items()):
            plot.put(_SIGEP, _DEVENGADO, row, 100 * mes + place)
    return [plot.place(_SIGEP, _DEVENGADO, pasted[0][_LAST_MONTH])]


def _half_a_centavo(plot: Plot) -> list[PlantedCell]:
    row = _months(plot)[_MISTYPED][1]
    return [plot.put(_SIGEP, _DEVENGADO, row, 12.345)]


def _two_zeros_more(plot: Plot) -> list[PlantedCell]:
    row = _months(plot)[_MISTYPED][4]
    vigente = plot.get(_SIGEP, _VIGENTE, row)
    assert isinstance(vigente, int | float)  # noqa: S101 - as above
    return [plot.put(_SIGEP, _VIGENTE, row, vigente * 100)]


def _month_of_nobody(plot: Plot) -> list[PlantedCell]:
    for category in list(_months(plot)):
        plot.remove_month(_SIGEP, category, 3)
    return [PlantedCell(_SIGEP, "")]


def sources_short(plot: Plot) -> list[PlantedCell]:
    """A source with a thousand less than it has in force."""
    row = plot.last_row("Fuentes")
    vigente = plot.get("Fuentes", _VIGENTE, row)
    assert isinstance(vigente, int | float)  # noqa: S101 - as above
    return [plot.put("Fuentes", _VIGENTE, row, vigente - 1000)]


def weight_of_no_use(plot: Plot) -> list[PlantedCell]:
    """A weight, which the method does not use."""
    return [_weight(plot, "SERV_EXT", 100)]


def _weight(plot: Plot, area: str, weight: float) -> PlantedCell:
    return plot.put("Areas", "Peso", plot.row("Areas", "Área", area), weight)


def _one_weight_of_many(plot: Plot) -> list[PlantedCell]:
    """The first area of a service has a weight, the second none; from here on the method uses them."""
    _parameter("metodo_agregacion", indicators.POR_PESOS)(plot)
    _weight(plot, "ADM", 100)
    row = plot.row("Areas", "Área", "ADM")
    return [plot.place("Areas", "Peso", row + 1)]


def _half_a_weight(plot: Plot) -> list[PlantedCell]:
    return [_weight(plot, "SERV_EXT", 50)]


def quarter_of_before(plot: Plot) -> list[PlantedCell]:
    """A figure of a quarter of an earlier year."""
    row = plot.append("Historico", {**_GOOD["Historico"], "Periodo": "3T"})
    return [plot.place("Historico", "Periodo", row)]


def modification_of_another_year(plot: Plot) -> list[PlantedCell]:
    """A modification that a resolution of a later year made."""
    row = plot.append("Modificaciones", {**_GOOD["Modificaciones"], "Fecha": dt.date(2026, 6, 3)})
    return [plot.place("Modificaciones", "Fecha", row)]


def _one_unit_of_measure(plot: Plot) -> list[PlantedCell]:
    """Two goals of a quarter of which one says what it counts."""
    goals = {"Trimestre": 3, "Programado": "5", "Ejecutado": 1}
    plot.append("Metas_SIGEP", {**goals, "ACP": "5", "Unidad de medida": "informes"})
    row = plot.append("Metas_SIGEP", {**goals, "ACP": "6"})
    return [plot.place("Metas_SIGEP", "Unidad de medida", row)]


def _without_parameter(plot: Plot) -> list[PlantedCell]:
    row = plot.row("Parametros", "Parámetro", "codigo_entidad")
    for column in range(1, plot.tab("Parametros").max_column + 1):
        plot.tab("Parametros").cell(row, column).value = None
    return [PlantedCell("Parametros", "")]


def _closed_late(plot: Plot) -> list[PlantedCell]:
    """A unit that goes on, and another that follows it."""
    plot.append("Unidades", {**_GOOD["Unidades"], "Código": "SIGUE-A-DGP", "Sucesora de": "DGP"})
    return [plot.place("Unidades", "Hasta", plot.row("Unidades", "Código", "DGP"))]


def _after_another(last: dt.date, first: dt.date) -> Change:
    """A unit that ends on a day, and one that follows it from another day on."""

    def change(plot: Plot) -> list[PlantedCell]:
        before = f"TERMINA-{last:%d%m}"
        plot.append("Unidades", {**_GOOD["Unidades"], "Código": before, "Hasta": last})
        after = {"Código": f"SIGUE-{last:%d%m}", "Desde": first, "Sucesora de": before}
        return [plot.place("Unidades", "Desde", plot.append("Unidades", {**_GOOD["Unidades"], **after}))]

    return change


def _not_in_force(plot: Plot) -> list[PlantedCell]:
    """A unit with money in SIGEP that is not in force any more."""
    row = plot.row("Unidades", "Código", "DGCEP")
    plot.put("Unidades", "Vigencia", row, "no vigente")
    return [plot.place("Unidades", "Hasta", row)]


CHANGES: list[tuple[str, Change]] = [
    ("PAR-001", _parameter("sigla", None)),
    ("PAR-002", _row("Parametros", "Trimestre", 5)),
    ("PAR-003", _again("Parametros", "Parámetro")),
    ("PAR-004", _without_parameter),
    ("PAR-005", _parameter("tolerancia_bs", "un centavo")),
    ("PAR-006", _parameter("criterio_dgaa.aceptable", 66, 3)),
    ("PAR-008", _parameter("gestion", 202)),
    ("PAR-009", _version("semaforo.bueno", "2025")),
    ("PAR-007", _parameter("metodo_operacion", "mediana")),
    ("PAR-010", _row("Parametros", "Parámetro", "telefono")),
    ("PAR-011", _row("Parametros", "Parámetro", "semaforo.malo")),
    ("PAR-012", _parameter("criterio_dgaa.aceptable", 0.1, 1)),
    ("PAR-013", _parameter("semaforo.regular", 0)),
    ("PAR-014", _parameter("version_plantilla", "9")),
    ("PAR-015", _parameter("nombre_area", "Secretaría")),
    ("PES-001", _one_weight_of_many),
    ("PES-002", _half_a_weight),
    ("ARE-001", _row("Areas", "Nombre", None)),
    ("ARE-002", _again("Areas", "Área", Peso=None)),  # whose weight could be what the others lack
    ("ARE-003", _row("Areas", "Peso", 130, Servicio="Otro servicio")),
    ("ACP-001", _row("ACP", "AMP", None)),
    ("ACP-002", _again("ACP", "ACP")),
    ("ACP-003", _row("ACP", "Área responsable", "NO-ES")),
    ("ACP-004", _row("ACP", "Peso", -1)),
    ("UND-001", _row("Unidades", "Grupo", None)),
    ("UND-002", _again("Unidades", "Código")),
    ("UND-003", _row("Unidades", "Código", "con/barra")),
    ("UND-004", _row("Unidades", "Vigencia", "quizás")),
    ("UND-005", _row("Unidades", "Área", "NO-ES")),
    ("UND-006", _row("Unidades", "ACP", "99")),
    ("UND-007", _row("Unidades", "Servicio", "Servicio Central")),
    ("UND-008", _row("Unidades", "Código", "NUL")),
    ("UND-009", _row("Unidades", "Código", "EMBAJADA-" * 8)),
    ("UND-010", _total("Unidades", "Código")),
    ("UND-011", _row("Unidades", "Peso", 101)),
    ("UND-012", _row("Unidades", "Hasta", dt.date(2024, 3, 31), Desde=dt.date(2024, 4, 1))),
    ("UND-013", _row("Unidades", "Sucesora de", "NO-ES")),
    ("UND-014", _row("Unidades", "Sucesora de", "CIRCULO", Código="CIRCULO")),
    ("UND-015", _closed_late),
    ("UND-016", _after_another(dt.date(2024, 3, 31), dt.date(2024, 3, 31))),
    ("UND-017", _after_another(dt.date(2024, 6, 30), dt.date(2024, 8, 1))),
    ("UND-018", _not_in_force),
    ("CAT-001", _row("Categorias", "Programa", None)),
    ("CAT-002", _again("Categorias", "Categoría programática")),
    ("CAT-003", _row("Categorias", "Unidad", "NO-ES")),
    ("CAT-004", _row("Categorias", "Grupos", "Nadie", Unidad=None)),
    ("CAT-005", _row("Categorias", "Unidad", None)),
    ("CAT-006", _row("Categorias", "ACP", "99")),
    ("CAT-007", _row("Categorias", "Área", "NO-ES")),
    ("SIG-011", _month_of_nobody),
    ("SIG-008", _running_totals),
    ("SIG-007", _spent_too_much),
    ("SIG-009", _half_a_centavo),
    ("SIG-010", _two_zeros_more),
    ("SIG-001", _row("Presupuesto_SIGEP", "Tipo de reporte", None, Mes=7)),
    ("SIG-002", _row("Presupuesto_SIGEP", "Mes", 13)),
    ("SIG-003", _row("Presupuesto_SIGEP", "Presupuesto vigente", -1, Mes=8)),
    ("SIG-004", _again("Presupuesto_SIGEP", "Categoría programática")),
    ("SIG-005", _row("Presupuesto_SIGEP", "Categoría programática", "NO-ES")),
    ("SIG-012", _total("Presupuesto_SIGEP", "Categoría programática")),
    ("FUE-001", _row("Fuentes", "Descripción", None)),
    ("FUE-002", _row("Fuentes", "Trimestre", 5)),
    ("FUE-003", _row("Fuentes", "Presupuesto inicial", -1)),
    ("FUE-004", _again("Fuentes", "Fuente")),
    ("FUE-006", _row("Fuentes", "Ejecutado", 1.01)),
    ("FUE-007", _row("Fuentes", "Presupuesto inicial", 1.005)),
    ("FUE-008", _total("Fuentes", "Fuente")),
    ("MET-001", _row("Metas_SIGEP", "Programado", None)),
    ("MET-002", _row("Metas_SIGEP", "Trimestre", 5)),
    ("MET-003", _row("Metas_SIGEP", "Programado", "diez", ACP="2")),
    ("MET-004", _row("Metas_SIGEP", "Ejecutado", -1, ACP="3")),
    ("MET-005", _again("Metas_SIGEP", "ACP")),
    ("MET-006", _row("Metas_SIGEP", "ACP", "99")),
    ("MET-007", _row("Metas_SIGEP", "Ejecutado", None, ACP="4")),
    ("MET-008", _total("Metas_SIGEP", "ACP")),
    ("MET-009", _one_unit_of_measure),
    ("HIS-001", _row("Historico", "Valor", None)),
    ("HIS-002", _row("Historico", "Cuadro", "otro")),
    ("HIS-003", _row("Historico", "Periodo", "5T")),
    ("HIS-004", _row("Historico", "Indicador", "nota")),
    ("HIS-005", _again("Historico", "Cuadro")),
    ("HIS-006", _row("Historico", "Valor", 0.93)),
    ("HIS-007", _row("Historico", "Valor", 0.93, Gestión=2023, Código="Servicio Exterior")),
    ("HIS-008", _row("Historico", "Código", "NO-ES", Cuadro="exterior")),
    ("HIS-010", _total("Historico", "Cuadro")),
    ("INF-001", _row("Marco_legal", "Qué establece", None)),
    ("INF-006", _row("Textos_informe", "Texto", None)),
    ("INF-002", _row("Textos_informe", "Sección", "Prólogo")),
    ("INF-003", _row("Textos_informe", "Texto", "El avance es de {{unidad:NADIE.avance.trimestre}} %.")),
    ("INF-004", _row("Textos_informe", "Texto", "El avance es de {{MRE.avance.trimestre} %.")),
    ("MOD-002", _row("Modificaciones", "Desde el mes", 13)),
    ("MOD-003", _row("Modificaciones", "Tipo", "cambio")),
    ("MOD-004", _row("Modificaciones", "Unidad", "DGP; NO-ES")),
    ("MOD-005", _row("Modificaciones", "Tarea", "Una tarea", Operación=None)),
    ("MOD-001", _row("Modificaciones", "Resolución", None)),
]
