"""frictionless validates the tasks of every workbook against a Table Schema: the months are numbers from 0 on."""

import sys
from pathlib import Path

from frictionless import Dialect, Resource, Schema, fields
from frictionless.formats import ExcelControl

from bench.scripts.answer import say
from poa_xl import sheets

sheet = sheets.sheet("unidad", "tareas")
months = {c.title for c in sheet.inputs if c.name.startswith(("programado_", "ejecutado_"))}
negative = words = 0
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    dialect = Dialect(header_rows=[4], skip_blank_rows=True, controls=[ExcelControl(sheet="Tareas")])
    resource = Resource(path=path.name, basepath=str(path.parent), dialect=dialect)
    resource.infer()
    titles = resource.schema.field_names
    schema = Schema(
        fields=[
            fields.NumberField(name=title, constraints={"minimum": 0})
            if title in months
            else fields.AnyField(name=title)
            for title in titles
        ]
    )
    told = Resource(path=path.name, basepath=str(path.parent), dialect=dialect, schema=schema).validate()
    for kind, cell in told.flatten(["type", "cell"]):
        words += kind == "type-error" and cell == "tres"
        negative += kind == "constraint-error" and cell == "-1"
say(negative=negative, words=words)
