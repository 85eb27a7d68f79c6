"""Which pages of others may do what with the local server: Office's, and nobody else's. The one place for this list.

Excel on the web shows the task pane in a frame, and its own page reads the description of the functions by a script.
The programs on the desktop ask without a browser's headers, or show the pane as a page of its own.
"""

import re
from urllib.parse import urlsplit

# Pages in which Excel's own frame reads the functions: excel.officeapps.live.com, and one for each region.
READERS = ("*.officeapps.live.com", "excel.cloud.microsoft")
# Every page above the pane: a browser asks that all of them be allowed.
FRAMES = (
    *READERS,
    "*.cloud.microsoft",
    "*.office.com",
    "*.office365.com",
    "*.microsoft365.com",
    "*.sharepoint.com",
    "onedrive.live.com",
    "teams.microsoft.com",
)
_LABELS = r"(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+"

# What a page of ours may load, run and ask: itself alone. Office.js needs the unsafe words.
PAGE_POLICY = "default-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' data: blob:"
ANCESTORS = f"'self' {' '.join(f'https://{name}' for name in FRAMES)}"
PANE_POLICY = "; ".join(
    (
        PAGE_POLICY,
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
        f"frame-ancestors {ANCESTORS}",
    )
)
OTHER_POLICY = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"


def is_reader(origin: str) -> bool:
    """Whether an origin (`https://host`) is a page that Excel on the web itself runs in."""
    return any(pattern.fullmatch(origin) for pattern in _READERS)


def is_frame(address: str) -> bool:
    """Whether an address (a Referer) is of a page in which Office shows add-ins."""
    try:
        place = urlsplit(address)
    except ValueError:
        return False
    return any(pattern.fullmatch(f"{place.scheme}://{place.netloc}") for pattern in _FRAMES)


def _patterns(names: tuple[str, ...]) -> tuple[re.Pattern[str], ...]:
    """No port, no user, small letters: as a browser writes an origin."""
    stars = (re.escape(name).replace(r"\*\.", _LABELS) for name in names)
    return tuple(re.compile(f"https://{star}", re.ASCII) for star in stars)


_READERS, _FRAMES = _patterns(READERS), _patterns(FRAMES)
