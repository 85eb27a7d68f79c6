"""The catalogue for DuckDB: a view of each table over all entities and quarters, and views of what is often asked."""

from pathlib import Path

from poa_xl.writers.parquet.tables import PARTITION, ParquetTable, tables

FILE = "catalogo.sql"
_FIRST = "-- Datos de poa-xl. En esta carpeta: duckdb -init catalogo.sql"
_TYPES = dict(zip(PARTITION, ("VARCHAR", "INTEGER", "INTEGER"), strict=True))
_VIEW = """
-- {description}
CREATE OR REPLACE VIEW {name} AS
SELECT * FROM read_parquet('{name}/*/*/*/*.parquet', hive_partitioning = true, hive_types = {{{types}}});
"""
_ASKED = """
-- De cada entidad y año, las cifras de su último trimestre.
CREATE OR REPLACE VIEW cifras_vigentes AS
SELECT * FROM cifras QUALIFY trimestre = max(trimestre) OVER (PARTITION BY entidad, gestion);

-- Una fila por nodo y periodo, con sus cifras principales: porcentajes en puntos, montos en Bs.
CREATE OR REPLACE VIEW desempeno AS
SELECT entidad, gestion, trimestre, nivel, nodo, codigo, periodo,
    max(valor) FILTER (indicador = 'avance') AS avance,
    max(valor) FILTER (indicador = 'eficacia') AS eficacia,
    max(valor) FILTER (indicador = 'ejecucion') AS ejecucion,
    max(valor) FILTER (indicador = 'vigente') AS vigente,
    max(valor) FILTER (indicador = 'devengado') AS devengado,
    max(palabra) FILTER (indicador = 'semaforo') AS semaforo
FROM cifras GROUP BY ALL;

-- Una cifra por su identificador: SELECT cifra('MRE', 2024, 2, 'MRE.avance.t2').
CREATE OR REPLACE MACRO cifra(de_entidad, de_gestion, de_trimestre, de_id) AS (
    SELECT valor FROM cifras
    WHERE entidad = de_entidad AND gestion = de_gestion AND trimestre = de_trimestre AND id = de_id
);
"""


def text() -> str:
    """The whole catalogue; it is of no one quarter."""
    return f"{_FIRST}\n{''.join(map(_view, tables()))}{_ASKED}"


def _view(table: ParquetTable) -> str:
    types = ", ".join(f"'{name}': {kind}" for name, kind in _TYPES.items())
    return _VIEW.format(description=table.description, name=table.name, types=types)


def is_ours(path: Path) -> bool:
    """Whether a file is a catalogue that was written here."""
    with path.open("rb") as content:
        return content.read(len(_FIRST.encode())) == _FIRST.encode()
