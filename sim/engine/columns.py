"""Where the inner loop keeps what it knows: columns of whole numbers one after another in one array.

Column `X` of the ledger `m` begins at ``m[X]``, so that its i-th value is ``m[m[X] + i]``; the single
numbers of `SINGLE` stand in the ledger's head themselves, as ``m[X]``. The reals stand in a second array
in the same way. One array instead of ninety: compiled code then passes two pointers from function to
function, and counts no references.
"""

from collections.abc import MutableSequence

Ints = MutableSequence[int]
Floats = MutableSequence[float]

SINGLE = (
    "UNITS", "VISITS", "LOADS", "RELEASED", "EVENTS", "CONSIGNMENTS", "LONGEST", "END",
    "TOLD", "TOLD_AT",
)  # fmt: skip
"""Numbers of units, visits and loads so far, and of consignments released; the number of the heap of events;
all consignments; the most visits that one event can make; the end of the run (s); of what made the loop
return, the stand or train and the instant (s)."""
UNITS, VISITS, LOADS, RELEASED, EVENTS, CONSIGNMENTS, LONGEST, END, TOLD, TOLD_AT = range(len(SINGLE))

COLUMNS = {
    "KIND": "element: how one passes it (`FREE`, `STATION`, `ACCEPTANCE`, `TRACK`)",
    "CALENDAR": "element: number of its calendar, -1 if always open",
    "SERVER": "element: number of its server, -1 if none",
    "MOVING_S": "element: time under way, s",
    "SERVED": "element: 1 if the stay is a service, drawn anew for each unit",
    "MEAN": "element: number of the timeline of its mean service",
    "VARIES": "element: 1 if services differ by chance",
    "PICKS": "element: 1 if only a share of the units stops",
    "COUNTED": "element: 1 if who need not stop is recorded all the same",
    "HOLD_S": "element: how long a unit keeps its place, s; -1 for as long as it stays",
    "FULL_KG": "element: mass of a train that holds its path whole, kg",
    "CROSS_S": "element of a track: how long a train keeps out one the other way, s",
    "BACKWARDS": "element of a track: 1 for one of its ways, 0 for the other",
    "URGENT": "element: the marks of the goods that are served first, together",
    "QUEUE_CALENDAR": "server: number of its calendar, -1 if always open",
    "QUEUE_PLACES": "server: number of the timeline of its places",
    "QUEUE_FIXED": "server: its places if they never change and it never closes, else 0",
    "QUEUE_DAILY": "server: 1 if it lets so many pass in a calendar day",
    "QUEUE_URGENT": "server: 1 if some goods are served before others",
    "RESERVED_FROM": "server: its first reserved path",
    "RESERVED_UNTIL": "server: the one after its last reserved path",
    "RESERVED_AT": "reserved path: beginning, s",
    "RESERVED_END": "reserved path: end, s",
    "CLOSURES_FROM": "calendar: its first closure",
    "CLOSURES_UNTIL": "calendar: the one after its last closure",
    "CLOSED_AT": "closure: beginning, s",
    "OPENED_AT": "closure: end, s",
    "HOURS_FROM": "calendar: its first hours",
    "HOURS_UNTIL": "calendar: the ones after its last hours",
    "HOURS_AT": "hours: in force from, s",
    "HOURS_OPEN": "hours: opening, s after midnight",
    "HOURS_CLOSE": "hours: closing, s after midnight",
    "LINE_FROM": "timeline: its first value",
    "LINE_UNTIL": "timeline: the one after its last value",
    "CHANGES_AT": "value of a timeline: in force from, s",
    "PATH_FROM": "path: its first row",
    "PATH_UNTIL": "path: the row after its last",
    "PATH_ELEMENT": "row of a path: the element",
    "PATH_DRAW": "row of a path: place of its first draw among those of the path",
    "LEGS_UNTIL": "itinerary: the leg after its last",
    "LEG_KIND": "leg: `CARRY` or `WAIT`",
    "LEG_PATH": "leg: path of the vehicle",
    "LEG_PAYLOAD_KG": "leg: what a vehicle takes, kg; 0 for all",
    "LEG_STAND": "leg: where one waits for a train or ship",
    "LEG_DRAW": "leg: place of its first draw among the consignment's",
    "LEG_DRAWS": "leg: draws of one vehicle",
    "LEG_ROOM": "leg: where it needs room, -1 if nowhere",
    "STAND_FROM": "stand: first row of those who wait there",
    "STAND_FULL_KG": "stand: load that fills a train, kg; 0 for ships",
    "ROOM_KG": "room: what it holds, kg",
    "ROOM_ELEMENT": "room: the element of the wait for it",
    "FLOW_MARK": "flow: the mark of its goods if they are urgent somewhere (a power of two), else 0",
    "HEAP_FROM": "heap: its first key. One heap a server, then that of the events",
    "UNIT_KIND": "unit: as in `Records`",
    "UNIT_FLOW": "unit: as in `Records`",
    "UNIT_ITINERARY": "unit: as in `Records`",
    "UNIT_MASS_KG": "unit: as in `Records`",
    "UNIT_RELEASED_AT": "unit: as in `Records`",
    "UNIT_DELIVERED_AT": "unit: as in `Records`",
    "UNIT_ROW": "unit: row of its path where it is",
    "UNIT_END": "unit: the row after the last of its path",
    "UNIT_DRAW": "unit: its first draw on this path",
    "UNIT_LEG": "consignment: its next leg",
    "UNIT_PARTS": "consignment: its trucks under way; train or ship: consignments aboard",
    "UNIT_PARENT": "truck: its consignment",
    "UNIT_LUCK": "consignment: its first draw of all; train or ship: its first load",
    "UNIT_MARK": "unit: mark of its goods",
    "UNIT_ROOM": "consignment: where it lies or is let in, counted from 1; 0 if nowhere",
    "UNIT_POOL": "train: where its set comes from, counted from 1; 0 if from nowhere",
    "UNIT_NEXT": "unit in a line: who stands behind it, counted from 1",
    "UNIT_SINCE": "unit in a line: since when, s",
    "UNIT_ELEMENT": "unit in a line: the element that it waits for",
    "UNIT_STAY": "unit in a line: how long it will stay there, s",
    "STARTED_AT": "server: when the last one started, s",
    "DAY": "server: the day that an acceptance counts",
    "ACCEPTED": "server: how many passed on that day",
    "WAKE_AT": "server: when its line is looked at again, s; 0 if at no known instant",
    "LAST_HOLD": "server of a track: how long its last train keeps out followers, s",
    "LAST_CROSS": "server of a track: how long its last train keeps out the other way, s",
    "LAST_BACK": "server of a track: which way its last train went",
    "LINE_HEAD": "line (two a server: urgent, others): who is first, counted from 1",
    "LINE_TAIL": "line: who is last, counted from 1",
    "ROOM_USED": "room: mass that lies there or is let in, kg",
    "ROOM_HEAD": "room: who waits first for it, counted from 1",
    "ROOM_TAIL": "room: who waits last for it, counted from 1",
    "ROOM_LINE": "room: how many wait for it",
    "HEAP_SIZE": "heap: its number of keys",
    "WAITING_UNIT": "row of a stand: who waits",
    "WAITING_SINCE": "row of a stand: since when, s",
    "STAND_HEAD": "stand: how many left it",
    "STAND_TAIL": "stand: how many came to it",
    "STAND_KG": "stand: mass of those who wait, kg",
    "LOAD_VEHICLE": "load: as in `Records`",
    "LOAD_CONSIGNMENT": "load: as in `Records`",
    "LOAD_MASS_KG": "load: as in `Records`",
}
"""Columns of the ledger, by what they have a value for."""
(
    KIND, CALENDAR, SERVER, MOVING_S, SERVED, MEAN, VARIES, PICKS, COUNTED, HOLD_S, FULL_KG, CROSS_S,
    BACKWARDS, URGENT, QUEUE_CALENDAR, QUEUE_PLACES, QUEUE_FIXED, QUEUE_DAILY, QUEUE_URGENT, RESERVED_FROM,
    RESERVED_UNTIL, RESERVED_AT, RESERVED_END, CLOSURES_FROM, CLOSURES_UNTIL, CLOSED_AT, OPENED_AT,
    HOURS_FROM, HOURS_UNTIL, HOURS_AT, HOURS_OPEN, HOURS_CLOSE, LINE_FROM, LINE_UNTIL, CHANGES_AT,
    PATH_FROM, PATH_UNTIL, PATH_ELEMENT, PATH_DRAW, LEGS_UNTIL, LEG_KIND, LEG_PATH, LEG_PAYLOAD_KG,
    LEG_STAND, LEG_DRAW, LEG_DRAWS, LEG_ROOM, STAND_FROM, STAND_FULL_KG, ROOM_KG, ROOM_ELEMENT, FLOW_MARK,
    HEAP_FROM, UNIT_KIND, UNIT_FLOW, UNIT_ITINERARY, UNIT_MASS_KG, UNIT_RELEASED_AT, UNIT_DELIVERED_AT,
    UNIT_ROW, UNIT_END, UNIT_DRAW, UNIT_LEG, UNIT_PARTS, UNIT_PARENT, UNIT_LUCK, UNIT_MARK, UNIT_ROOM,
    UNIT_POOL, UNIT_NEXT, UNIT_SINCE, UNIT_ELEMENT, UNIT_STAY, STARTED_AT, DAY, ACCEPTED, WAKE_AT,
    LAST_HOLD, LAST_CROSS, LAST_BACK, LINE_HEAD, LINE_TAIL, ROOM_USED, ROOM_HEAD, ROOM_TAIL, ROOM_LINE,
    HEAP_SIZE, WAITING_UNIT, WAITING_SINCE, STAND_HEAD, STAND_TAIL, STAND_KG, LOAD_VEHICLE,
    LOAD_CONSIGNMENT, LOAD_MASS_KG,
) = range(len(SINGLE), len(SINGLE) + len(COLUMNS))  # fmt: skip

REALS = {
    "PER_KG_S": "element: service by mass, s a kg",
    "SHARE": "element: share of the units that stop",
    "CHANGES_TO": "value of a timeline",
    "DRAWS": "luck made beforehand: shares from 0 to 1, services as multiples of their mean",
}
"""Columns of the reals; where each begins stands in the ledger's head."""
PER_KG_S, SHARE, CHANGES_TO, DRAWS = range(
    len(SINGLE) + len(COLUMNS), len(SINGLE) + len(COLUMNS) + len(REALS)
)
HEAD = len(SINGLE) + len(COLUMNS) + len(REALS)
"""Length of the ledger's head."""
