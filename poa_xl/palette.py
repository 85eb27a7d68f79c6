"""The colours of the semaforo by name, and how well a word on a colour can be read.

They are of the Okabe-Ito palette, which colour-blind people tell apart; the word of the level always stands beside.
What else workbooks show in colour is `writers.xlsx.formats`.
"""

import re

from poa_xl import titles

# Fills of the semaforo, by the colour names of `poa_xl.indicators`.
COLORS = {
    "azul": "#0072B2",
    "verde": "#009E73",
    "amarillo": "#F0E442",
    "naranja": "#E69F00",
    "rojo": "#D55E00",
}
BLACK, WHITE = "#000000", "#FFFFFF"
# What an entity may call a colour of its own bands; any other it writes as `#RRGGBB`.
NAMED_COLORS = {
    **COLORS,
    "celeste": "#56B4E9",
    "rosa": "#CC79A7",
    "gris": "#999999",
    "negro": BLACK,
    "blanco": WHITE,
}
LEAST_CONTRAST = 4.5  # of a word on its colour: WCAG 2, success criterion 1.4.3, level AA
EXAMPLE = "#1B7837"
_RGB = re.compile(r"#[0-9A-F]{6}")


def rgb(color: str) -> str:
    """A colour as `#RRGGBB`, of its name or of what is one already; '' for anything else."""
    if _RGB.fullmatch(color.upper()):
        return color.upper()
    return NAMED_COLORS.get(titles.key(color), "")


def luminance(color: str) -> float:
    """Relative luminance (WCAG 2) of a colour such as `#0072B2`: 0 black, 1 white."""
    channels = (int(color[i : i + 2], 16) / 255 for i in (1, 3, 5))
    red, green, blue = (c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """Contrast ratio (WCAG 2) of two colours, from 1 to 21."""
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def font_on(fill: str) -> str:
    """Black or white, whichever is easier to read on the fill: at least 4.58 : 1, whatever the fill."""
    return max((BLACK, WHITE), key=lambda font: contrast(font, fill))
