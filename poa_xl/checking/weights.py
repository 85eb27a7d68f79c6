"""The weights of the entity's workbook: of siblings all have one or none has, and together they are 100."""

from collections.abc import Iterator, Mapping

from poa_xl import cells, indicators
from poa_xl.checking.report import Report
from poa_xl.findings import Finding, Location
from poa_xl.reading import Table, as_records

COLUMN = "peso"
SHEETS = ("areas", "acp", "unidades")
Record = Mapping[str, cells.Value]
Siblings = dict[str, list[int]]  # of what they are parts, in words -> their rows


def check(report: Report, metodo: str) -> None:
    """Say whose weights are no whole; where the method does not use them, only that they are there."""
    for key in SHEETS:
        table = report.book.tables[key]
        records = as_records(table)
        given = [row for row, record in records.items() if record.get(COLUMN) is not None]
        if metodo != indicators.POR_PESOS:
            if given:
                place = Location(report.book.file, table.name, table.cell(COLUMN, given[0]))
                report.findings.append(Finding("PES-003", place, str(len(given))))
            continue
        for name, rows in _siblings(key, records).items():
            _whole(report, table, name, {row: records[row] for row in rows})


def _whole(report: Report, table: Table, name: str, records: Mapping[int, Record]) -> None:
    weights = {row: record.get(COLUMN) for row, record in records.items()}
    if not indicators.weights_given(w for w in weights.values() if isinstance(w, float)):
        return
    if any((row, COLUMN) in table.bad or not _in_range(weight) for row, weight in weights.items()):
        return  # said already, and with what it should be the sum would be another
    missing = [row for row, weight in weights.items() if weight is None]
    if missing:
        said = f"{len(missing)} de {len(weights)}"
        report.add("PES-001", table, COLUMN, missing[0], said, columna=name)
        return
    values = [w for w in weights.values() if isinstance(w, float)]
    if not indicators.weights_whole(values):
        found = cells.number(indicators.weights_sum(values))
        report.add("PES-002", table, COLUMN, next(iter(weights)), found, columna=name)


def _in_range(weight: cells.Value) -> bool:
    return not isinstance(weight, float) or 0 <= weight <= indicators.FULL


def _siblings(key: str, records: Mapping[int, Record]) -> Siblings:
    found: Siblings = {}
    for row, name in _parents(key, records):
        found.setdefault(name, []).append(row)
    return found


def _parents(key: str, records: Mapping[int, Record]) -> Iterator[tuple[int, str]]:
    """Each row that counts and of what it is a part, as messages call it."""
    if key == "unidades":
        yield from _of_groups(records)
        return
    for row, record in records.items():
        yield row, "las ACP" if key == "acp" else f"las áreas de {record['servicio']}"


def _of_groups(records: Mapping[int, Record]) -> Iterator[tuple[int, str]]:
    """The units in force with their group, or their subgroup where units of the group have one."""
    counted = {row: r for row, r in records.items() if r["vigencia"] == "vigente"}
    split = {(r["area"], r["grupo"]) for r in counted.values() if r["subgrupo"]}
    for row, r in counted.items():
        name = f"las unidades de {r['grupo']}"
        if (r["area"], r["grupo"]) in split:
            name += f", {r['subgrupo'] or indicators.SIN_SUBGRUPO}"
        yield row, f"{name} ({r['area']})"
