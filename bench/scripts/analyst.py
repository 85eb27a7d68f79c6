"""What an analyst writes in an afternoon: pandas over every workbook, and the avance of each unit.

No checks but the two that were planted, no master workbook. `python -m bench.scripts.analyst FOLDER calamine|openpyxl`.
"""

import sys
from pathlib import Path
from typing import Literal

import pandas as pd

from bench.scripts.answer import say

folder = Path(sys.argv[1])
engine: Literal["calamine", "openpyxl"] = "calamine" if sys.argv[2] == "calamine" else "openpyxl"
months = ["ene", "feb", "mar", "abr", "may", "jun"]
sheets = []
for path in sorted(folder.glob("*.xlsx")):
    tasks = pd.read_excel(path, sheet_name="Tareas", header=3, engine=engine)
    tasks["unidad"] = path.stem
    sheets.append(tasks[tasks["Tarea"].notna()])
tasks = pd.concat(sheets)
planned, done = tasks[[f"Prog. {m}" for m in months]], tasks[[f"Ejec. {m}" for m in months]]
numbers = planned.apply(pd.to_numeric, errors="coerce")
words, negative = numbers.isna() & planned.notna(), numbers < 0
sound = ~(words | negative).any(axis=1)
reached = done.apply(pd.to_numeric, errors="coerce")[sound].sum(axis=1).groupby(tasks["unidad"][sound]).sum()
avance = 100 * reached / numbers[sound].sum(axis=1).groupby(tasks["unidad"][sound]).sum()
avance.round(2).to_csv(folder.parent / f"avance-{engine}.csv")
say(float(numbers[sound].sum().sum()), int(negative.sum().sum()), int(words.sum().sum()))
