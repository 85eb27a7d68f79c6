"""Rounding: how a figure is judged (nine decimals), how it is shown (two), how amounts in Bs are compared (cents)."""

from decimal import ROUND_HALF_UP, Decimal

from poa_xl.indicators.words import DECISION, Words

JUDGED_DECIMALS = 9
SIGNIFICANT_DIGITS = 15  # that spreadsheet programs keep of a number
_NO_SUCH_DECIMALS = 1e6  # from here on those digits leave fewer than nine decimals

JUICIO = Words(
    name="Rangos y umbrales",
    formula=f"con la cifra redondeada a {JUDGED_DECIMALS} decimales",
    definition=(
        "Semáforo, criterio DGAA y sobreejecución: un 70 exacto es 70, aunque la máquina guarde 69,99999999999999."
    ),
    missing="la cifra es n/a",
    origin=DECISION,
    rules=(
        f"Todo rango, nivel o umbral se decide con la cifra redondeada a **{JUDGED_DECIMALS} decimales**, el medio "
        f"hacia arriba, en las fórmulas (`REDONDEAR(x;{JUDGED_DECIMALS})`), en las funciones y en el programa. "
        f"**{DECISION}** Un avance que es 70 exacto, por ejemplo (3 × 8/9 + 2/15) / 4, la máquina lo guarda como "
        "69,99999999999999: se juzga como 70.",
    ),
)
REDONDEO = Words(
    name="Redondeo",
    rules=(
        "Se calcula siempre con valores sin redondear. Se redondea solo al mostrar, a dos decimales y con el medio "
        f"hacia arriba: 0,125 se muestra 0,13. **{DECISION}**; los porcentajes financieros publicados lo confirman.",
    ),
)


def judged(value: float) -> float:
    """A figure as every band, level and threshold takes it: half-up at nine decimals, as `ROUND(x,9)`.

    An exact 70 that is reached through 8/9 and 2/15 is the float 69.99999999999999; it is judged as the 70 that it is.
    Spreadsheet programs round what fifteen digits show of a number, so that is what is rounded here. They may differ
    from this only within 1e-12 of a half of the ninth decimal.
    """
    if abs(value) >= _NO_SUCH_DECIMALS:
        return value
    digits = Decimal("%.*g" % (SIGNIFICANT_DIGITS, value))
    return float(digits.quantize(Decimal(1).scaleb(-JUDGED_DECIMALS), rounding=ROUND_HALF_UP))


def judged_formula(value: str) -> str:
    """A figure as it is judged, in every workbook."""
    return f"ROUND({value},{JUDGED_DECIMALS})"


def reaches(value: float, minimo: float) -> bool:
    """Whether a figure is at least a threshold, both as they are judged."""
    return judged(value) >= judged(minimo)


def reaches_formula(value: str, minimo: str) -> str:
    """Whether a figure is at least a threshold, in every workbook."""
    return f"{judged_formula(value)}>={judged_formula(minimo)}"


def exceeds(amount: float, limit: float) -> bool:
    """Whether an amount in Bs is above another, both to the cent and without any tolerance."""
    return round_half_up(amount) > round_half_up(limit)


def differs(one: float, other: float, tolerance: float) -> bool:
    """Whether two amounts in Bs, to the cent, are further apart than the tolerance."""
    return abs(round_half_up(one - other)) > tolerance


def round_half_up(value: float, decimals: int = 2) -> float:
    """A figure as it is shown: half goes away from zero, as the published tables do."""
    step = Decimal(1).scaleb(-decimals)
    # repr gives the shortest decimal that means this float, so 0.125 and 2.675 round as a reader expects.
    return float(Decimal(repr(float(value))).quantize(step, rounding=ROUND_HALF_UP))
