"""The YAML of `schemas/` as pandera schemas, checked when they are loaded.

pandera drops a misspelt check that has an `error` without a word; here it stops the program. Codes
(`error`) belong to one sheet's prefix and must have a message.

Importing this module imports pandera, which costs about a second: import it where a frame is validated.
"""

import re
from functools import cache
from typing import Any, NamedTuple

import pandas as pd
import pandera.pandas as pa
from pandera import extensions
from pandera.io.pandas_io import deserialize_schema

from poa_xl import messages, names, sheets
from poa_xl.errors import PoaError

Spec = dict[str, Any]  # what the YAML of a sheet says
_CODE = re.compile(r"^[A-Z]{3}-\d{3}$")


@extensions.register_check_method(check_type="vectorized")
def obligatorio(series: pd.Series) -> pd.Series:
    """The cell must not be blank."""
    return series.notna()


@extensions.register_check_method(check_type="vectorized")
def no_reservado(series: pd.Series) -> pd.Series:
    """No name that Windows keeps for its devices: it takes no file of such a name, whatever its ending."""
    return ~series.str.fullmatch(names.DEVICE)


@extensions.register_check_method(check_type="vectorized")
def sin_repetir(series: pd.Series) -> pd.Series:
    """Values are unique within a workbook; the index tells the workbooks apart."""
    return _unrepeated(series.to_frame())


@extensions.register_check_method(statistics=["texto"], check_type="vectorized")
def numero_o_texto(series: pd.Series, *, texto: str) -> pd.Series:
    """A number as text, or the one given text."""
    return series.eq(texto) | series.str.fullmatch(r"\d+([.,]\d+)?")


@extensions.register_check_method(statistics=["columnas"], check_type="vectorized")
def sin_repetir_juntos(frame: pd.DataFrame, *, columnas: list[str]) -> pd.Series:
    """The columns together are unique within a workbook."""
    return _unrepeated(frame[columnas])


@extensions.register_check_method(check_type="vectorized")
def ficha(frame: pd.DataFrame) -> pd.Series:
    """A form holds something."""
    return frame.notna().any(axis=1)


def _unrepeated(frame: pd.DataFrame) -> pd.Series:
    book = pd.Series(frame.index, index=frame.index) // sheets.ROWS_OF_A_SHEET
    return ~frame.assign(_book=book).duplicated(keep="first") | frame.isna().all(axis=1)


def _declared(spec: Spec) -> list[str]:
    return [name for part in [*spec["columns"].values(), spec] for name in (part.get("checks") or {})]


def _codes(spec: Spec) -> list[str]:
    parts = [*spec["columns"].values(), spec]
    return [str(check.get("error")) for part in parts for check in (part.get("checks") or {}).values()]


def parse(text: str, source: str) -> pa.DataFrameSchema:
    """The schema of a sheet's YAML.

    PoaError if a check was lost, a code is malformed or has no message, or something is asked without a code
    (`nullable: false`, `unique: true`).
    """
    return _schema(sheets.load_yaml(text), source)  # pandera reads text with a parser ten times slower


def _schema(spec: Spec, source: str) -> pa.DataFrameSchema:
    try:
        schema = deserialize_schema(spec)
    except AttributeError as error:  # pandera's word for a check that is not registered
        raise PoaError(f"El esquema {source} nombra una comprobación que no existe. {error}") from error
    loaded = [check.name for part in [*schema.columns.values(), schema] for check in part.checks]
    missing = sorted(set(_declared(spec)) - set(loaded))
    if missing or len(_declared(spec)) != len(loaded):
        raise PoaError(f"El esquema {source} nombra comprobaciones que no existen: {', '.join(missing)}.")
    stated = [name for name, column in schema.columns.items() if not column.nullable or column.unique]
    if stated or schema.unique:
        raise PoaError(f"El esquema {source} exige sin código, y no con una comprobación: {', '.join(stated)}.")
    for code in _codes(spec):
        if not _CODE.match(code) or code not in messages.MESSAGES:
            raise PoaError(f"El esquema {source} usa el código «{code}», que no tiene mensaje.")
    return schema


def refuse_shared_codes(codes: dict[str, set[str]]) -> None:
    """PoaError where a code stands in two schemas. `codes` maps the file to its codes."""
    owners: dict[str, str] = {}
    for source, used in codes.items():
        for code in used:
            if owners.setdefault(code, source) != source:
                raise PoaError(f"El código {code} se usa en dos esquemas: {owners[code]} y {source}.")


@cache
def load(kind: str, key: str) -> pa.DataFrameSchema:
    """The pandera schema of a sheet; `kind` is `unidad` or `entidad`."""
    return parse(sheets.yaml_text(kind, key), _source(kind, key))


class Rules(NamedTuple):
    """What is asked of a sheet's rows: of its single columns and whole rows, and of each group of columns."""

    columns: pa.DataFrameSchema
    groups: dict[str, pa.DataFrameSchema]


@cache
def rules(kind: str, key: str, unasked: frozenset[str] = frozenset()) -> Rules:
    """The checks of a sheet's schema, but those of the `unasked` columns, for frames of `frames.batch`.

    Such a frame has the types of the schema because it is made with them; to ask for them again, and to visit
    columns of which nothing is asked, took more than half of the time of a validation.
    """
    spec = sheets.load_yaml(sheets.yaml_text(kind, key))
    asked = {name: column for name, column in spec["columns"].items() if column.get("checks") and name not in unasked}
    schema = _schema(spec | {"columns": asked}, _source(kind, key))
    for column in schema.columns.values():
        column.dtype = None
    single = {name: column for name, column in schema.columns.items() if not column.regex}
    groups = {name: pa.DataFrameSchema({name: column}) for name, column in schema.columns.items() if column.regex}
    if groups:
        schema = pa.DataFrameSchema(single, checks=schema.checks)
    return Rules(schema, groups)


def _source(kind: str, key: str) -> str:
    return f"{kind}/{key}.yaml"


def load_all() -> dict[tuple[str, str], pa.DataFrameSchema]:
    """Every schema, after checking that no code stands in two of them."""
    keys = [("unidad", k) for k in sheets.UNIDAD] + [("entidad", k) for k in sheets.ENTIDAD]
    texts = {_source(kind, key): sheets.yaml_text(kind, key) for kind, key in keys}
    refuse_shared_codes({source: set(_codes(sheets.load_yaml(text))) for source, text in texts.items()})
    return {(kind, key): load(kind, key) for kind, key in keys}
