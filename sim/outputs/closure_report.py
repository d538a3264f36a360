"""Tables of closures: what dated ones left behind, what events did, and what low water kept ashore."""

from collections.abc import Iterator, Mapping, Sequence

from rich.table import Table

from sim.indicators.table import Key, Row
from sim.model.events import Event
from sim.outputs.input_report import grid
from sim.outputs.lookup import TONNES_PER_KILOTONNE, index
from sim.outputs.text import number, scaled
from sim.units import PERCENT

EVENTS = 10
CLOSURE_COLUMNS = (
    "where", "direction", "from", ">closed, days", ">largest backlog", ">of it, kt", ">days to recover",
)  # fmt: skip
NOT_WITHIN = "not within the run"


def closure_tables(rows: Sequence[Row], events: Mapping[str, Event]) -> Iterator[Table]:
    """Yield the tables that have something to tell: dated closures, `events` by id, lost ship load."""
    by_key = index(rows)
    for table in (after_closures(by_key), _by_chance(by_key, events), _lost_load(by_key)):
        if table.row_count:
            yield table


def after_closures(by_key: dict[Key, Row], title: str = "After the closure") -> Table:
    """Return the table of the closures and cuts that a scenario dates."""
    table = grid(f"{title}: largest backlog and days to recover", *CLOSURE_COLUMNS)
    for key, row in by_key.items():
        if key.indicator == "backlog" and key.period:
            table.add_row(*_place(key), key.period, *_left(key, row, by_key))
    return table


def _place(key: Key) -> tuple[str, str]:
    return f"{key.scope} {key.id}", key.direction


def _left(key: Key, backlog: Row, by_key: dict[Key, Row]) -> tuple[str, ...]:
    return (
        scaled(by_key.get(key._replace(indicator="closed_days"))),
        scaled(backlog),
        scaled(by_key.get(key._replace(indicator="backlog_mass")), TONNES_PER_KILOTONNE),
        _recovery(key, by_key),
    )


def _recovery(key: Key, by_key: dict[Key, Row]) -> str:
    """Return the days to recover, and how often that was not within the run."""
    days = by_key.get(key._replace(indicator="days_to_recover"))
    part = by_key.get(key._replace(indicator="recovered"))
    if part is None:
        return "-"
    if days is None:
        return NOT_WITHIN
    beyond = "" if part.mean == 1 else f" ({number(PERCENT * (1 - part.mean))} % {NOT_WITHIN})"
    return scaled(days) + beyond


def _by_chance(by_key: dict[Key, Row], events: Mapping[str, Event]) -> Table:
    """Return where closures that are not dated left the largest backlogs, and what events can close it."""
    table = grid(
        "Events of chance and closures together: where most was held up",
        "where", "direction", "by", ">times", *CLOSURE_COLUMNS[3:],
    )  # fmt: skip
    dated = {key._replace(period="") for key in by_key if key.indicator == "backlog" and key.period}
    found = [
        (key, row)
        for key, row in by_key.items()
        if key.indicator == "backlog" and not key.period and row.mean and not _only_dated(key, dated, by_key)
    ]
    mass = {key: by_key[key._replace(indicator="backlog_mass")].mean for key, _ in found}
    for key, row in sorted(found, key=lambda one: -mass[one[0]])[:EVENTS]:
        times = by_key.get(key._replace(indicator="closures"))
        closing = ", ".join(name for name, event in events.items() if key.id in event.closes)
        table.add_row(*_place(key), closing, scaled(times), *_left(key, row, by_key))
    return table


def _only_dated(key: Key, dated: set[Key], by_key: dict[Key, Row]) -> bool:
    """Whether a thing was closed once, by date: that stands in a table of its own."""
    times = by_key.get(key._replace(indicator="closures"))
    return key in dated and times is not None and times.mean == 1


def _lost_load(by_key: dict[Key, Row]) -> Table:
    """Return what low water kept ashore, by line."""
    table = grid(
        "Lost ship load: what the draught kept ships from loading",
        "service", "direction", ">sailings", ">t a sailing", ">lost, kt", ">lost, %", ">of the rest taken, %",
    )  # fmt: skip
    for key, lost in by_key.items():
        if key.indicator != "load_lost" or key.scope != "service" or not lost.mean:
            continue
        sailings, each, loads, taken = (
            by_key.get(key._replace(indicator=name))
            for name in ("sailings", "load_lost_per_sailing", "ship_capacity", "ship_occupancy")
        )
        part = lost.mean / (lost.mean + loads.mean) if loads else 0.0
        table.add_row(
            key.id,
            key.direction,
            scaled(sailings),
            scaled(each),
            scaled(lost, TONNES_PER_KILOTONNE),
            number(PERCENT * part),
            scaled(taken, 1 / PERCENT),
        )
    total = by_key.get(Key("load_lost", "network", "all"))
    if total and table.row_count:
        table.add_row("all lines", "", "", "", scaled(total, TONNES_PER_KILOTONNE), "", "")
    return table
