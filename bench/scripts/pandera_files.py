"""pandera, file by file: the product's own schema of the tasks over each workbook, read with pandas and calamine."""

import sys
from pathlib import Path

import pandas as pd
from pandera.errors import SchemaErrors

from bench.scripts.answer import say
from poa_xl import schemas, sheets

sheet, schema = sheets.sheet("unidad", "tareas"), schemas.load("unidad", "tareas")
negative = words = 0
for path in sorted(Path(sys.argv[1]).glob("*.xlsx")):
    frame = pd.read_excel(path, sheet_name=sheet.name, header=3, engine="calamine")
    frame = frame[frame["Tarea"].notna()].rename(columns={column.title: column.name for column in sheet.columns})
    for column in sheet.inputs:
        if column.dtype == "float64":
            numbers = pd.to_numeric(frame[column.name], errors="coerce")
            words += int((numbers.isna() & frame[column.name].notna()).sum())
            frame[column.name] = numbers
        elif column.dtype == "datetime64[ns]":
            frame[column.name] = pd.to_datetime(frame[column.name])
        else:
            frame[column.name] = frame[column.name].astype("string")
    try:
        schema.validate(frame, lazy=True)
    except SchemaErrors as errors:
        cases = errors.failure_cases
        negative += int(
            ((cases["failure_case"] == -1) & cases["column"].astype(str).str.startswith("programado_")).sum()
        )
say(negative=negative, words=words)
