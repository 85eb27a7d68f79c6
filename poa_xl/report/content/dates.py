"""Days as a report writes them."""

import datetime as dt

from poa_xl.sheets import NOMBRES_MESES


def day(date: dt.date) -> str:
    """«30 de junio de 2024»."""
    return f"{date.day} de {NOMBRES_MESES[date.month - 1]} de {date.year}"
