"""polars with fastexcel: the tasks of every workbook, their sums and the two planted defects; no checks of a schema."""

import sys
from pathlib import Path

import polars as pl

from bench.scripts.answer import say

planned = [f"Prog. {m}" for m in ("ene", "feb", "mar", "abr", "may", "jun")]
frames = [
    pl.read_excel(path, sheet_name="Tareas", read_options={"header_row": 3, "dtypes": "string"})
    .select("Tarea", *planned)
    .filter(pl.col("Tarea").is_not_null())
    for path in sorted(Path(sys.argv[1]).glob("*.xlsx"))
]
typed = pl.concat(frames).select(planned)
numbers = typed.with_columns(pl.all().cast(pl.Float64, strict=False))
words = [(typed[name].is_not_null() & numbers[name].is_null()) for name in planned]
negative = [(numbers[name] < 0).fill_null(False) for name in planned]
sound = (
    ~pl.DataFrame([*words, *(column.alias(f"n{n}") for n, column in enumerate(negative))])
    .select(pl.any_horizontal(pl.all()))
    .to_series()
)
say(
    numbers.filter(sound).select(pl.sum_horizontal(pl.all().sum())).item(),
    sum(column.sum() for column in negative),
    sum(column.sum() for column in words),
)
