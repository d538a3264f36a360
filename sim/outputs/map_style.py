"""Colours, widths and names on maps: told apart by the colour-blind and in grey, calm on paper."""

from bisect import bisect_right

PAGE = (1188.0, 840.0)
"""Width and height of the page: A4 landscape in quarters of a millimetre."""
FONT = "'Liberation Sans',Arial,Helvetica,'DejaVu Sans',sans-serif"
INK, SOFT, WATER, LAND, EDGE = "#1f2933", "#616e7c", "#d7e5ee", "#f7f4ec", "#b8b2a3"
BEYOND = "#eef0f2"
"""What the base map does not show."""
CORRIDOR_COLOURS = (
    "#1b8fe0", "#6a2bbf", "#0a9f5c", "#dc74b4", "#c79d08", "#063a73", "#b52305", "#4d0f0a", "#656c73",
)  # fmt: skip
"""As far apart as can be for normal, red-blind and green-blind eyes (Machado, Oliveira and Fernandes 2009);
in grey the number on the line tells them apart."""
NO_CORRIDOR = "#b0b7be"
KILOTONNES = (100.0, 300.0, 1_000.0, 3_000.0, 10_000.0)
"""Bounds between the classes of throughput, both directions together, kt in the measured period."""
CLASS_WIDTHS = (1.6, 2.6, 4.0, 5.8, 8.0, 11.0)
PLAIN_WIDTHS = {"sea": 1.8, "air": 1.7}
PLAIN_WIDTH = 2.4
SHARES = (0.25, 0.5, 0.75, 0.9)
"""Bounds between the classes of utilisation."""
CLASS_COLOURS = ("#edc35a", "#e2892f", "#c2511f", "#8c2418", "#4a0c12")
"""From light to dark, so that grey keeps the order."""
NO_SERVER = "#7c8ea1"
LIGHT = 0.3
"""From this relative luminance on a colour is light."""
DASHES = {"planned": "5 4", "trial": "9 3", "suspended": "2 4"}
"""By status; what operates is drawn whole."""
DOTS = "0.1 4.2"
"""How what operates by air is drawn: round dots."""
COUNTRY_NAMES = {
    "AE": "UAE", "AF": "Afghanistan", "AM": "Armenia", "AZ": "Azerbaijan", "BG": "Bulgaria", "BY": "Belarus",
    "CN": "China", "EG": "Egypt", "FI": "Finland", "GE": "Georgia", "GR": "Greece", "HU": "Hungary",
    "IN": "India", "IQ": "Iraq", "IR": "Iran", "KG": "Kyrgyzstan", "KW": "Kuwait", "KZ": "Kazakhstan",
    "MD": "Moldova", "OM": "Oman", "PK": "Pakistan", "PL": "Poland", "QA": "Qatar", "RO": "Romania",
    "RS": "Serbia", "RU": "Russia", "SA": "Saudi Arabia", "SY": "Syria", "TJ": "Tajikistan",
    "TM": "Turkmenistan", "TR": "Türkiye", "UA": "Ukraine", "UZ": "Uzbekistan", "YE": "Yemen",
}  # fmt: skip
"""Names of the countries that get a label, by ISO 3166-1 code."""
SEA_NAMES = (
    ("Caspian Sea", (50.6, 41.9)),
    ("Black Sea", (34.5, 43.2)),
    ("Persian Gulf", (51.3, 27.4)),
    ("Gulf of Oman", (58.9, 24.8)),
    ("Arabian Sea", (63.5, 20.5)),
    ("Mediterranean Sea", (29.0, 34.0)),
    ("Red Sea", (38.0, 20.5)),
    ("Baltic Sea", (19.5, 57.5)),
)
"""Names of waters, and where they may stand."""
CLOSE_UPS = (("Aras valley and Syunik", (45.22, 38.74, 46.72, 39.62)),)
"""Parts that get a panel of their own where a network has many places there: west, south, east, north."""
FAR = (("by Gibraltar", (-5.5, 35.95)), ("by the Cape of Good Hope", (18.5, -34.8)))
"""What is written where a line that passes one of these points leaves the map."""
DISCLAIMER = (
    "Boundaries and names are those of the base map (de facto) and imply no opinion on the legal status of "
    "any territory or its frontiers."
)
CREDITS = (
    "Base map: Natural Earth (public domain). Railways: © OpenStreetMap contributors, ODbL 1.0, through "
    "scgraph_data. Sea: Eurostat SeaRoute through searoute, and own. Drawn by hand: roads, lakes, some "
    "railways."
)
STYLE = (
    f"text{{font-family:{FONT};fill:{INK}}}"
    ".name{paint-order:stroke;stroke:#fff;stroke-width:2.2;stroke-linejoin:round}"
    ".country{letter-spacing:1.2px;fill:#8d8672}"
    ".sea{font-style:italic;fill:#5b87a6}"
    ".small{fill:#616e7c}"
    ".line path{fill:none;stroke-linejoin:round}"
)


def width_of(kilotonnes: float) -> float:
    """Return the width of a line (page units) that carries so much."""
    return CLASS_WIDTHS[bisect_right(KILOTONNES, kilotonnes)]


def colour_of(share: float | None) -> str:
    """Return the colour of a utilisation; None for what has no server."""
    return NO_SERVER if share is None else CLASS_COLOURS[bisect_right(SHARES, share)]


def colour_on(ground: str) -> str:
    """Return the colour of letters that are read on another colour: white, or ink where that is light."""
    red, green, blue = ((int(ground[n : n + 2], 16) / 255) ** 2.2 for n in (1, 3, 5))
    return INK if 0.2126 * red + 0.7152 * green + 0.0722 * blue > LIGHT else "#fff"


def corridor_colour(number: int | None) -> str:
    """Return the colour of a corridor by its place among all (from 0); None for none."""
    return NO_CORRIDOR if number is None else CORRIDOR_COLOURS[number % len(CORRIDOR_COLOURS)]
