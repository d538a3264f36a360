"""Colours, widths and names on maps: told apart by the colour-blind and in grey, calm on paper."""

from bisect import bisect_right

PAGE = (1188.0, 840.0)
"""Width and height of the page: A4 landscape in quarters of a millimetre."""
FONT = "'Liberation Sans',Arial,Helvetica,'DejaVu Sans',sans-serif"
INK, SOFT, WATER, LAND, EDGE = "#1f2933", "#616e7c", "#d7e5ee", "#f7f4ec", "#b8b2a3"
CORRIDOR_COLOURS = (
    "#0b3c6f", "#d1570a", "#0f8a6b", "#b8629a", "#8a6d00", "#4f9fd6", "#5b3a8e", "#7a2e12", "#9aa000",
)  # fmt: skip
"""After Okabe and Ito, darker; a corridor's number on the line tells them apart in grey."""
NO_CORRIDOR = "#7b8794"
KILOTONNES = (100.0, 300.0, 1_000.0, 3_000.0, 10_000.0)
"""Bounds between the classes of throughput, both directions together, kt in the measured period."""
CLASS_WIDTHS = (1.6, 2.6, 4.0, 5.8, 8.0, 11.0)
PLAIN_WIDTHS = {"sea": 1.8}
PLAIN_WIDTH = 2.4
SHARES = (0.25, 0.5, 0.75, 0.9)
"""Bounds between the classes of utilisation."""
CLASS_COLOURS = ("#edc35a", "#e2892f", "#c2511f", "#8c2418", "#4a0c12")
"""From light to dark, so that grey keeps the order."""
NO_SERVER = "#7c8ea1"
DASHES = {"planned": "5 4", "trial": "9 3", "suspended": "2 4"}
"""By status; what operates is drawn whole."""
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
DISCLAIMER = (
    "Boundaries and names are those of the base map (de facto) and imply no opinion on the legal status of "
    "any territory or its frontiers."
)
CREDITS = (
    "Base map: Natural Earth (public domain). Railways: © OpenStreetMap contributors, ODbL 1.0, through "
    "scgraph_data. Sea: Eurostat SeaRoute through searoute, and own. Roads and lakes: drawn by hand."
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


def corridor_colour(number: int | None) -> str:
    """Return the colour of a corridor by its place among all (from 0); None for none."""
    return NO_CORRIDOR if number is None else CORRIDOR_COLOURS[number % len(CORRIDOR_COLOURS)]
