"""The consignments that match: on the terminal, and as rows for CSV and JSON."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.indicators.extract import Units
from sim.indicators.legend import Legend
from sim.indicators.passages import Ints
from sim.indicators.picks import consignments, tally, took_s
from sim.outputs.input_report import grid
from sim.outputs.text import number
from sim.records.columns import NOT_YET
from sim.units import KG_PER_TONNE, hours

LIST_COLUMNS = (
    "consignment", "unit", "flow", "commodity", "origin", "destination", "tonnes", "way", "released_at",
    "delivered_at", "duration_s",
)  # fmt: skip
SHOWN = 20
"""Consignments in the table unless more are asked for."""


@dataclass(frozen=True)
class Matches:
    """The consignments that match in a replication, in the order in which they are shown."""

    legend: Legend
    units: Units
    replication: int
    found: Ints


def match_rows(matches: Matches, limit: int | None) -> list[tuple[object, ...]]:
    """Return the first `limit` consignments as plain values in the order of `LIST_COLUMNS`."""
    legend, units, found = matches.legend, matches.units, matches.found[:limit]
    taken_s = took_s(legend, units, found).tolist()
    serials = {flow: consignments(units, flow) for flow in set(units["flow"][found].tolist())}
    return [
        _row(legend, units, unit, _serial(serials, units, unit), duration_s)
        for unit, duration_s in zip(found.tolist(), taken_s, strict=True)
    ]


def _serial(serials: dict[int, Ints], units: Units, unit: int) -> int:
    return int(serials[int(units["flow"][unit])].searchsorted(unit)) + 1


def _row(legend: Legend, units: Units, unit: int, serial: int, duration_s: int) -> tuple[object, ...]:
    flow = legend.flows[int(units["flow"][unit])]
    released_at, delivered_at = int(units["released_at"][unit]), int(units["delivered_at"][unit])
    there = NOT_YET < delivered_at < legend.end_s
    return (
        f"{flow.id}#{serial}",
        unit,
        flow.id,
        flow.commodity,
        flow.origin,
        flow.destination,
        int(units["mass_kg"][unit]) / KG_PER_TONNE,
        legend.itineraries[int(units["itinerary"][unit])].name,
        legend.instant(released_at).isoformat(),
        legend.instant(delivered_at).isoformat() if there else None,
        duration_s,
    )


def match_head(matches: Matches) -> dict[str, object]:
    """Return all but the consignments themselves as plain values: the flows, and how many match."""
    legend = matches.legend
    tallies = tally(legend, matches.units, matches.found)
    return {
        "scenario": legend.scenario,
        "replication": matches.replication,
        "measured_from": legend.instant(legend.measured_from_s).isoformat(),
        "measured_until": legend.instant(legend.end_s).isoformat(),
        "consignments": len(matches.found),
        "flows": [{**asdict(legend.flows[one.flow]), **asdict(one)} for one in tallies],
    }


def match_report(matches: Matches, limit: int | None, source: str) -> RenderableType:
    """Return the flows and consignments that match as something that rich can print.

    `source` are the options that name the run again, for the commands that go on from here.
    """
    shown = min(limit or SHOWN, len(matches.found))
    legend = matches.legend
    period = " to ".join(
        f"{legend.instant(at_s):%Y-%m-%d}" for at_s in (legend.measured_from_s, legend.end_s)
    )
    head = Text(f"\n{legend.title}, replication {matches.replication}: ", style="bold")
    head.append(f"{len(matches.found):,} consignments match that were under way in {period}\n")
    rows = match_rows(matches, shown)
    return Group(head, _flows(matches), _consignments(rows, len(matches.found)), _next(rows, source))


def _flows(matches: Matches) -> Table:
    table = grid(
        "Flows",
        "flow",
        "what",
        "goods",
        "from",
        "to",
        ">under way",
        ">delivered",
        ">median, h",
        ">slowest, h",
    )
    for one in tally(matches.legend, matches.units, matches.found):
        flow = matches.legend.flows[one.flow]
        ends = f"{flow.origin} ({flow.origin_country})", f"{flow.destination} ({flow.destination_country})"
        taken = (_hours(one.median_s), _hours(one.slowest_s))
        counts = f"{one.consignments:,}", f"{one.delivered:,}"
        table.add_row(flow.id, flow.title, flow.commodity, *ends, *counts, *taken)
    return table


def _consignments(rows: Sequence[tuple[object, ...]], of: int) -> Table:
    title = f"Consignments, the longest under way first: {len(rows):,} of {of:,}"
    table = grid(title, "consignment", ">t", "way", "released", "delivered", ">h")
    for row in rows:
        one = dict(zip(LIST_COLUMNS, row, strict=True))
        delivered = _minute(one["delivered_at"]) if one["delivered_at"] else "not yet"
        hours_ = _hours(int(str(one["duration_s"])))
        tonnes = number(float(str(one["tonnes"])))
        released = _minute(one["released_at"])
        table.add_row(str(one["consignment"]), tonnes, str(one["way"]), released, delivered, hours_)
    return table


def _minute(instant: object) -> str:
    """Return an ISO instant without seconds and with a space, as the story has it."""
    return str(instant).replace("T", " ")[: len("2025-01-01 00:00")]


def _hours(duration_s: int | None) -> str:
    return "-" if duration_s is None else f"{hours(duration_s):.1f}"


def _next(rows: Sequence[tuple[object, ...]], source: str) -> Text:
    if not rows:
        return Text("")
    return Text(f"Its story: corridor trace {rows[0][0]}{source}", style="dim")
