"""What is said to the planning office of what a unit wrote in our sheets."""

LONGEST = 500  # characters of an answer on the terminal; the workbook and the JSON have all of it
REMARKS = "Lo que las unidades escribieron en las hojas Observaciones y Reparaciones, y no responde a nada de arriba:"
TABLE = "Lo demás que las unidades escribieron en sus hojas Observaciones y Reparaciones"
TABLE_HELP = "No responde a nada de lo que se observa ahora: son notas, o respuestas a lo que ya se corrigió."


def answer(text: str) -> str:
    """The answer to a finding, behind it."""
    return f"| Respuesta de la unidad: «{_one_line(text)}»"


def remark(file: str, sheet: str, cell: str, about: str, text: str) -> str:
    """What answers no finding: `DGRB.xlsx  Observaciones!F7  sobre Tareas!E5 TAR-004: «…»`."""
    subject = f"sobre {about}: " if about else ""
    return f"{file}  {sheet}!{cell}  {subject}«{_one_line(text)}»"


def _one_line(text: str) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= LONGEST else f"{joined[:LONGEST]}…"
