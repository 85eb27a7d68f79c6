"""The budget rows of the units, in cents: SIGEP's figures are their sums, so that both agree to the cent."""

from dataclasses import dataclass

from poa_xl.sample import sigep_reports
from poa_xl.sample.municipio import facts
from poa_xl.sample.municipio.facts import Row


@dataclass(frozen=True)
class Allotment:
    """A category and source in a unit. `modificaciones` and `devengado` are those of each month from January."""

    unidad: str
    categoria: str
    fuente: str
    inicial: int
    modificaciones: tuple[int, ...]
    devengado: tuple[int, ...]

    def vigente(self, month: int) -> int:
        """What may be spent at the end of a month (0-12)."""
        return self.inicial + sum(self.modificaciones[:month])

    def accrued(self, month: int) -> int:
        """What was spent up to the end of a month (0-12)."""
        return sum(self.devengado[:month])


def budget() -> list[Allotment]:
    """All rows, in the order of their source."""
    return [
        Allotment(
            row["unidad"],
            row["categoria"],
            row["fuente"],
            facts.cents(row["inicial"]),
            tuple(_modified(row, month) for month in range(1, facts.MONTHS + 1)),
            tuple(facts.cents(amount) for amount in row["devengado"].split(" ")),
        )
        for row in facts.table("presupuesto")
    ]


def _modified(row: facts.Source, month: int) -> int:
    of_row = {name: row[name] for name in ("unidad", "categoria", "fuente")}
    return sum(facts.cents(moved["monto"]) for moved in facts.of("traspasos", mes=str(month), **of_row))


def categories(quarter: int) -> list[facts.Source]:
    """The categories whose units are known by the end of a quarter."""
    units = {row["unidad"] for row in facts.known_units(quarter)}
    return [row for row in facts.table("categorias") if units.issuperset(row["unidad"].split("; "))]


def sigep(quarter: int) -> list[Row]:
    """Each known category in each month up to the end of a quarter."""
    rows: list[Row] = []
    for category in categories(quarter):
        own = [row for row in budget() if row.categoria == category["categoria"]]
        rows += [
            {
                "categoria": category["categoria"],
                "mes": month,
                "vigente": facts.bs(sum(row.vigente(month) for row in own)),
                "devengado": facts.bs(sum(row.devengado[month - 1] for row in own)),
                "tipo_reporte": "Estado Aprobado",
                **sigep_reports.report(facts.GESTION, month),
            }
            for month in range(1, 3 * quarter + 1)
        ]
    return rows


def sources(quarter: int) -> list[Row]:
    """Each source of funds at the end of each quarter up to one."""
    return [_source(row, trimestre) for trimestre in range(1, quarter + 1) for row in facts.table("fuentes")]


def _source(source: facts.Source, quarter: int) -> Row:
    own = [row for row in budget() if row.fuente == source["fuente"]]
    return {
        "fuente": source["fuente"],
        "descripcion": source["descripcion"],
        "trimestre": quarter,
        "inicial": facts.bs(sum(row.inicial for row in own)),
        "vigente": facts.bs(sum(row.vigente(3 * quarter) for row in own)),
        "ejecutado": facts.bs(sum(row.accrued(3 * quarter) for row in own)),
        "tipo_reporte": "Estado Aprobado",
    }
