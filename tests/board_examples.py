"""Boards for tests, made without a campaign: every state in some areas and groups, and texts that would do harm."""

import datetime as dt

from poa_xl.campaign.board import STATES, NoVigente, Tablero, UnitStatus, totals
from poa_xl.campaign.records import Excepcion

ZONE = dt.timezone(dt.timedelta(hours=-4))
PLACES = (  # service, area, group
    ("Servicio Central", "Administración", "Direcciones"),
    ("Servicio Central", "Relaciones Exteriores", "Direcciones"),
    ("Servicio Exterior", "Servicio Exterior", "Embajadas"),
    ("Servicio Exterior", "Servicio Exterior", "Consulados"),
)
HOSTILE = (
    '<script>document.title = "tomado"</script>',
    '"><img src=x onerror="document.title=1">',
    "' onmouseover='document.title=1",
    "</style></title></script><h1>otro</h1>",
    "<!-- <b>negrita</b> -->",
    "{{ 7 * 7 }}{% raw %}",
    "=cmd|' /C calc'!A0",
    "+1+1",
    "-2+3",
    "@SUM(1,2)",
    "http://ejemplo.bo/<x>",
    "*",
    "~?",
    "1.1",
    "1.10",
    "\x1b[31mrojo\x07",
    "uno\r\ndos\ttres",
    "_x001B_literal",
    "al\u202egnp.exe",
    "\u2067derecha\u200b",
    "العربية",
    "mitad \ud800",
    "nulo \x00",
    "a" * 300,
)


def fila(n: int, place: tuple[str, str, str], state: str, name: str = "", **more: object) -> UnitStatus:
    """A unit of the board."""
    code = f"UNI-{n:03}"
    values: dict[str, object] = {
        "unidad": code, "nombre": name or f"Unidad número {n}", "servicio": place[0], "area": place[1],
        "grupo": place[2], "correo": f"{code.lower()}@ejemplo.bo", "estado": state, "tarde": False, "cuando": "",
        "version": 0, "errores": 0, "avisos": 0, "exceptuados": 0, "acuse": "", "archivo": "",
        "rechazada_despues": "", "antigua_despues": "",
    }  # fmt: skip
    if state != "falta":
        sent = dt.datetime(2024, 7, 1 + n % 14, 9, n % 60, tzinfo=ZONE)
        values |= {
            "cuando": sent.isoformat(), "version": 1 + n % 11, "errores": n % 3 + 1 if state in ("en parte", "rechazada") else 0,
            "avisos": int(state == "con avisos"), "exceptuados": n % 7 // 6, "acuse": f"2024-2T-{n:04}-0",
            "archivo": f"entregas/{code}/{code}-v01-0123abcd.xlsx", "tarde": sent.day > 10 and state not in ("en espera", "rechazada"),
            "rechazada_despues": "2024-2T-0700-7" * (state == "recibida" and n % 4 == 0),
            "antigua_despues": "2024-2T-0800-8" * ((state == "recibida" and n % 48 == 24) or state == "en parte"),
            "espera": "2024-2T-0850-1" * (state == "en espera"),
        }  # fmt: skip
    return UnitStatus(**(values | more))  # type: ignore[arg-type]


def tablero(
    filas: list[UnitStatus], excepciones: tuple[Excepcion, ...] = (), entidad: str = "Ministerio de Ejemplo"
) -> Tablero:
    """The board of these units."""
    late = sum(f.tarde for f in filas)
    registro = dt.datetime(2024, 7, 15, 18, 3, 20, tzinfo=ZONE).isoformat()
    return Tablero(
        entidad, 2024, 2, "2024-07-10", registro, tuple(filas), totals(filas), late, ("2024-2T-0900-1",),
        (NoVigente("UNI-900", "2024-2T-0901-9"),), excepciones,
    )  # fmt: skip


def usual(n: int = 24) -> Tablero:
    """All states, in four groups, with an exception."""
    own = sorted(range(n), key=lambda i: i % len(PLACES))
    filas = [fila(i, PLACES[i % len(PLACES)], STATES[i // len(PLACES) % len(STATES)]) for i in own]
    return tablero(filas, (waiver("nota MRE-12"),))


def hostile() -> Tablero:
    """109 units, with harmful texts wherever a stranger or a person may have written."""
    filas = []
    for i in range(109):
        bad = HOSTILE[i % len(HOSTILE)]
        area = HOSTILE[i // 10]
        place = (f"Servicio {area}", area, HOSTILE[(i // 5) % len(HOSTILE)])
        filas.append(fila(i, place, STATES[i % len(STATES)], bad, archivo=f"entregas/{bad}", correo=bad))
    waivers = tuple(waiver(text, n) for n, text in enumerate(HOSTILE, start=1))
    return tablero(filas, waivers, HOSTILE[0])


def waiver(reason: str, n: int = 1) -> Excepcion:
    """An exception with a reason, by somebody of that name too."""
    when = dt.datetime(2024, 7, 9, 11, 30, tzinfo=ZONE).isoformat()
    return Excepcion(n, when, reason, "UNI-001", "PRE-006", "Presupuesto", "B5", reason, "2024-12-31")
