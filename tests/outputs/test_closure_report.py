"""What the report says of closures: by date, by chance, not recovered, and of load left ashore."""

from io import StringIO

from cases import event
from rich.console import Console

from sim.indicators.table import Key, Row
from sim.model.events import Event
from sim.outputs.closure_report import closure_tables

GATE = Key("", "post", "gate", "road", "outbound")
QUAY = Key("", "port", "quay", "sea", "loading")
FERRY = Key("", "service", "ferry", "sea", "outbound")


def rows(key, **means):
    return [Row(key._replace(indicator=name), mean, None, None, 1) for name, mean in means.items()]


def cells(*parts):
    """Return what the tables say, each line as its cells, by title."""
    found, title = {}, ""
    events = {"swell": Event.model_validate(event(["quay"])), "snow": Event.model_validate(event(["gate"]))}
    for table in closure_tables([row for part in parts for row in part], events):
        out = StringIO()
        Console(file=out, width=200).print(table)
        title, *lines = out.getvalue().splitlines()
        body = [line for line in lines if line.startswith("│")]
        found[title.strip()] = [[cell.strip() for cell in line.strip("│").split("│")] for line in body]
    return found


def left(key, days=None, recovered=1.0, closures=1.0, units=50.0):
    """The rows of closures of two days that left 50 trucks of 20 t."""
    told = {} if days is None else {"days_to_recover": days}
    return rows(
        key,
        closures=closures,
        closed_days=2.0,
        backlog=units,
        backlog_mass=20 * units,
        recovered=recovered,
        **told,
    )


def test_a_dated_closure_stands_by_its_date_and_not_among_those_of_chance():
    """The row without a date is of the same closure, as there was only one."""
    found = cells(left(GATE, 1.5), left(GATE._replace(period="2026-03-05"), 1.5))
    assert list(found.values()) == [
        [["post gate", "outbound", "2026-03-05", "2.00", "50.0", "1.00", "1.50"]],
    ]


def test_what_is_not_recovered_is_said():
    """Never, or in one replication of four."""
    never = left(GATE._replace(period="2026-03-05"), None, 0.0)
    mostly = left(QUAY._replace(period="2026-03-05"), 2.0, 0.75)
    (lines,) = cells(never, mostly).values()
    assert lines[0][-1] == "not within the run"
    assert lines[1][-1] == "2.00 (25.0 % not within the run)"


def test_events_of_chance_are_ranked_by_what_they_held_up():
    """The port held more tonnes; what held nothing is left out."""
    idle = left(GATE._replace(id="idle"), 0.0, units=0.0)
    (lines,) = cells(left(GATE, 1.0, closures=3.0), left(QUAY, 2.0, units=70.0), idle).values()
    assert [line[:4] for line in lines] == [
        ["port quay", "loading", "swell", "1.00"],
        ["post gate", "outbound", "snow", "3.00"],
    ]


def test_lost_load_by_line_and_in_all():
    """Ten sailings with 1800 t of 3600 t: half is lost, and four fifths of the other half were taken."""
    total = rows(Key("", "network", "all"), load_lost=18_000.0)
    ferry = rows(
        FERRY,
        sailings=10.0,
        ship_capacity=18_000.0,
        load_lost=18_000.0,
        load_lost_per_sailing=1800.0,
        ship_occupancy=0.8,
    )
    deep = rows(FERRY._replace(id="deep"), sailings=10.0, ship_capacity=9_000.0, load_lost=0.0)
    (lines,) = cells(ferry, deep, total).values()
    assert lines == [
        ["ferry", "outbound", "10.0", "1,800", "18.0", "50.0", "80.0"],
        ["all lines", "", "", "", "18.0", "", ""],
    ]


def test_nothing_closed_and_nothing_lost_makes_no_table():
    """A world without events and with deep water is told without these tables."""
    assert cells(rows(FERRY, sailings=10.0, ship_capacity=9_000.0, load_lost=0.0)) == {}
