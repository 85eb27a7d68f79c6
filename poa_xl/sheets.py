"""What the sheets of the workbooks consist of, read from the YAML of `schemas/`.

Only the description: titles, notes, types, computed columns and lists. The checks themselves belong to
pandera (`poa_xl.schemas`), whose import costs about a second; writing a template or reading a file does
not need it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property

import yaml

from poa_xl import cells, indicators, resources, titles

MESES = ("ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "sep", "oct", "nov", "dic")
NOMBRES_MESES = (
    "enero", "febrero", "marzo", "abril", "mayo", "junio",
    "julio", "agosto", "septiembre", "octubre", "noviembre", "diciembre",
)  # fmt: skip
TRIMESTRES = ("t1", "t2", "t3", "t4")
_SUFFIX_TITLES = {**{m: m for m in MESES}, **{t: f"{t[1]}T" for t in TRIMESTRES}, "gestion": "gestión"}
_GROUP = re.compile(r"^(?P<stem>\w+)_\((?P<suffixes>[\w|]+)\)$")
_INDICATOR = re.compile(r"\{(\w+)\}")

# Fields of the form Unidad without which a workbook is nobody's; the others are contact data.
STAMPS = ("entidad", "gestion", "version_plantilla", "unidad")
# Those that the planning office puts in.
STAMPED = (*STAMPS, "nombre", "servicio", "area", "acp")
UNIDAD = ("unidad", "operaciones", "tareas", "presupuesto", "resultados", "resumen")
VERSIONS_FILE, NEW_COLUMN = "versiones.yaml", "columna-nueva"
ROWS_OF_A_SHEET = 1 << 20  # rows that an .xlsx sheet can have

ENTIDAD = (
    "parametros",
    "semaforo",
    "areas",
    "acp",
    "unidades",
    "categorias",
    "presupuesto_sigep",
    "fuentes",
    "metas_sigep",
    "historico",
    "modificaciones",
    "marco_legal",
    "textos_informe",
)

# By which columns a person knows a row of a unit's workbook.
ROW_KEYS = {
    "operaciones": ("operacion",),
    "tareas": ("operacion", "tarea"),
    "presupuesto": ("categoria", "fuente"),
    "resultados": ("acp",),
}

# By which columns two versions of a row are known as one; then those that hold phrases, whose likeness says something.
VERSION_KEYS: dict[str, tuple[str, ...]] = {
    "unidad": (),
    "operaciones": ("operacion",),
    "tareas": ("operacion", "actividad", "tarea"),
    "presupuesto": ("categoria", "fuente"),
    "resultados": ("acp",),
}
PHRASES = frozenset({"actividad", "tarea"})

# Columns of the entity workbook that name a row of another sheet: (sheet, column) -> (sheet, column).
REFERENCES = {
    ("acp", "area"): ("areas", "area"),
    ("unidades", "area"): ("areas", "area"),
    ("unidades", "acp"): ("acp", "acp"),
    ("unidades", "sucesora_de"): ("unidades", "unidad"),
    ("categorias", "unidad"): ("unidades", "unidad"),
    ("categorias", "acp"): ("acp", "acp"),
    ("categorias", "area"): ("areas", "area"),
    ("presupuesto_sigep", "categoria"): ("categorias", "categoria"),
    ("metas_sigep", "acp"): ("acp", "acp"),
    ("modificaciones", "unidad"): ("unidades", "unidad"),
}
# Of these, the columns whose cells may name several rows, separated by «;».
SEVERAL = frozenset({("categorias", "unidad"), ("unidades", "sucesora_de"), ("modificaciones", "unidad")})


@dataclass(frozen=True)
class Column:
    """A column of a sheet (or a field of a form)."""

    name: str
    title: str
    description: str
    dtype: str  # str, Int64, float64 or datetime64[ns]
    computed: bool  # the workbook computes it; nobody types there
    required: bool  # a row without it is not accepted
    options: tuple[object, ...]  # the closed list of the schema, if it has one
    minimum: float | None  # the least that the schema allows, if it says
    unit: str = cells.COUNT  # what its numbers measure, one of the units of `cells`
    group: str = ""  # the schema's column name, where it stands for many (months, quarters)
    paragraphs: bool = False  # its text may have several, which stay apart
    suffix: str = ""  # which of the group: "ene", "t1", "gestion"
    since: str = ""  # the version of the template that added it; '' for one that was always there
    level: str = ""  # the level of the entity that it names, where an entity may do without: blank in every row
    may_be_missing: bool = False  # nothing is said of a workbook of its version that does not have it

    @property
    def stem(self) -> str:
        """The name that it shares with its group; its own where it stands alone."""
        return self.name.removesuffix(f"_{self.suffix}")


@dataclass(frozen=True)
class Sheet:
    """A sheet: `name` is its tab; `form` means one record written downwards (field, value)."""

    key: str
    name: str
    title: str
    description: str
    form: bool
    columns: tuple[Column, ...]
    optional: bool = False  # it may be missing from a workbook
    reads_later: bool = False  # columns of a later version than a workbook is of: it is carried into one that has them

    @cached_property
    def inputs(self) -> tuple[Column, ...]:
        """The columns that a person fills in."""
        return tuple(c for c in self.columns if not c.computed)

    @cached_property
    def first_inputs(self) -> tuple[Column, ...]:
        """The input columns that the sheet has had in every version: by their titles it is known."""
        return tuple(c for c in self.inputs if not c.since)

    def column(self, name: str) -> Column:
        """The column of that name; KeyError where there is none."""
        return self.columns[self.places[name]]

    @cached_property
    def input_titles(self) -> frozenset[str]:
        """The titles of the columns that a person fills in, as `titles.key` compares them."""
        return frozenset(titles.key(column.title) for column in self.inputs)

    @cached_property
    def first_titles(self) -> frozenset[str]:
        """Those of the columns that the sheet has had in every version."""
        return frozenset(titles.key(column.title) for column in self.first_inputs)

    @cached_property
    def by_title(self) -> Mapping[str, Column]:
        """All its columns by their titles, compared alike."""
        return {titles.key(column.title): column for column in self.columns}

    @cached_property
    def places(self) -> Mapping[str, int]:
        """Name of a column -> its place in the template, from 0."""
        return {column.name: place for place, column in enumerate(self.columns)}


def _noted(description: str) -> str:
    """A description with the words of the indicators that it names: `{EJECUCION} Se calcula sola.`"""
    return _INDICATOR.sub(lambda found: indicators.note(found[1]), description)


def _expand(name: str, spec: dict) -> Iterator[Column]:
    checks = spec.get("checks") or {}
    base = {
        "description": _noted(spec.get("description", "")),
        "dtype": spec["dtype"],
        "computed": not spec.get("required", True),
        "required": "obligatorio" in checks,
        "options": tuple((checks.get("isin") or {}).get("allowed_values", ())),
        "unit": (spec.get("metadata") or {}).get("unidad", cells.COUNT),
        "paragraphs": bool((spec.get("metadata") or {}).get("parrafos")),
        "since": (spec.get("metadata") or {}).get("desde", ""),
        "level": (spec.get("metadata") or {}).get("nivel", ""),
        "may_be_missing": bool((spec.get("metadata") or {}).get("puede_faltar")),
        "minimum": (checks.get("greater_than_or_equal_to") or checks.get("in_range") or {}).get("min_value"),
    }
    group = _GROUP.match(name)
    if not group:
        yield Column(name=name, title=spec["title"], **base)
        return
    for suffix in group["suffixes"].split("|"):
        yield Column(
            name=f"{group['stem']}_{suffix}",
            title=f"{spec['title']} {_SUFFIX_TITLES[suffix]}",
            group=name,
            suffix=suffix,
            **base,
        )


def yaml_text(kind: str, key: str) -> str:
    """The YAML of a sheet as text. `kind` is `unidad` or `entidad`."""
    return (resources.schemas_folder() / kind / f"{key}.yaml").read_text(encoding="utf-8")


def load_yaml(text: str) -> dict:
    """The mapping that a YAML text says, with the loader in C where there is one (ten times faster)."""
    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - both are safe


@cache
def _versions() -> list[dict]:
    """The versions of the template of the units, oldest first; `migration.versions` says what is in them."""
    path = resources.schemas_folder() / VERSIONS_FILE
    return load_yaml(path.read_text(encoding="utf-8"))["versiones"]


def version_names() -> tuple[str, ...]:
    """The versions of the template of the units, oldest first."""
    return tuple(str(version["version"]) for version in _versions())


@cache
def _added() -> dict[tuple[str, str], str]:
    """(sheet, column) -> the version of the template that added the column."""
    return {
        (change["hoja"], change["columna"]): str(version["version"])
        for version in _versions()
        for change in version["cambios"]
        if change["cambio"] == NEW_COLUMN
    }


@cache
def sheet(kind: str, key: str) -> Sheet:
    """The description of one sheet."""
    spec = load_yaml(yaml_text(kind, key))
    columns = [c for name, column in spec["columns"].items() for c in _expand(name, column)]
    if kind == "unidad":
        columns = [replace(c, since=_added().get((key, c.name), "")) for c in columns]
    form = "ficha" in (spec.get("checks") or {})
    optional = bool((spec.get("metadata") or {}).get("opcional"))
    return Sheet(key, spec["name"], spec["title"], spec["description"], form, tuple(columns), optional)


KINDS = {"unidad": UNIDAD, "entidad": ENTIDAD}


def of_kind(kind: str) -> tuple[Sheet, ...]:
    """The sheets of the workbook of a unit (`unidad`) or of the entity (`entidad`), in their order."""
    return tuple(sheet(kind, key) for key in KINDS[kind])


def unit_sheets() -> tuple[Sheet, ...]:
    """The sheets of the unit workbook, in their order."""
    return of_kind("unidad")


def entity_sheets() -> tuple[Sheet, ...]:
    """The sheets of the entity workbook, in their order."""
    return of_kind("entidad")
