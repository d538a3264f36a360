"""The report of one run on the terminal: what moved, how long it took, where it waited, who was paid."""

from collections.abc import Iterable, Iterator

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.indicators.registry import CAUSES
from sim.indicators.result import Result
from sim.indicators.table import Key, Row
from sim.indicators.warm_up import warm_up
from sim.outputs.closure_report import closure_tables
from sim.outputs.input_report import grid
from sim.outputs.lookup import TONNES_PER_KILOTONNE, bottlenecks, index, totals
from sim.outputs.precision_report import precision_lines, warm_up_line
from sim.outputs.text import number, scaled
from sim.units import PERCENT

BOTTLENECKS = 8
ENOUGH = 5
"""Replications from which an interval is worth quoting."""
FLOWS = 15
PER_MILLION = 1_000_000


def run_report(result: Result) -> RenderableType:
    """Return the report of a result as something that rich can print."""
    rows = result.rows()
    by_key = index(rows)
    return Group(
        _head(result),
        _throughput(result, rows, by_key),
        _freight_work(rows, by_key),
        _flows(rows, by_key),
        _waiting(rows, by_key),
        *closure_tables(rows, result.case.description.events),
        *_passengers(rows, by_key),
        _receipts(rows, by_key),
        _notes(result),
    )


def _head(result: Result) -> Text:
    case, run = result.case, result.case.run
    head = Text(f"\n{case.title}\n", style="bold")
    head.append(f"{case.question}\n", style="italic")
    head.append(
        f"Measured: {run.days} days from {run.start}, after {run.warm_up_days} days of warm-up; "
        f"{len(result.replications)} of {result.asked} replications, seed {result.seed}. "
        "Figures are means ± half of the 95 % interval.\n"
    )
    for line in case.applied:
        head.append(
            f"  {line.operation} {line.path}: {line.before} -> {line.after} ({line.by})\n", style="dim"
        )
    return head


def _throughput(result: Result, rows: list[Row], by_key: dict[Key, Row]) -> Table:
    table = grid(
        "Throughput of corridors, modes, posts, ports and terminals",
        "what", "direction", ">kt", ">vehicles a day", ">wait, h", ">queue, mean (max)", ">busiest",
    )  # fmt: skip
    for row in totals(rows, "throughput", "corridor", "mode", "post", "port", "terminal"):
        if not row.mean:
            continue
        key = row.key
        vehicles = by_key.get(key._replace(indicator="vehicles"))
        table.add_row(
            f"{key.scope} {key.id}",
            key.direction or "all",
            scaled(row, TONNES_PER_KILOTONNE),
            scaled(vehicles, result.case.run.days),
            "-" if key.scope in ("corridor", "mode") else number(_wait_h(key, by_key)),
            _queue(key, by_key),
            _busiest(key, rows),
        )
    return table


def _wait_h(key: Key, by_key: dict[Key, Row]) -> float:
    found = (by_key.get(key._replace(indicator=f"wait_{cause}")) for cause in CAUSES)
    return sum(row.mean for row in found if row)


def _queue(key: Key, by_key: dict[Key, Row]) -> str:
    mean = by_key.get(key._replace(indicator="queue_mean"))
    largest = by_key.get(key._replace(indicator="queue_max"))
    return f"{number(mean.mean)} ({number(largest.mean)})" if mean and largest else "-"


def _busiest(key: Key, rows: Iterable[Row]) -> str:
    """Return the busiest month of a thing."""
    months = [row for row in rows if row.key.period and row.key._replace(period="") == key]
    return max(months, key=lambda row: row.mean).key.period if months else "-"


def _freight_work(rows: list[Row], by_key: dict[Key, Row]) -> Table:
    table = grid("Freight work and emissions", "where", "mode", ">million t-km", ">kt CO2e")
    for row in totals(rows, "freight_work", "network", "corridor"):
        emitted = by_key.get(row.key._replace(indicator="emissions"))
        table.add_row(
            f"{row.key.scope} {row.key.id}",
            row.key.mode,
            scaled(row, PER_MILLION),
            scaled(emitted, TONNES_PER_KILOTONNE),
        )
    return table


def _flows(rows: list[Row], by_key: dict[Key, Row]) -> Table:
    table = grid(
        f"Flows: the {FLOWS} largest, and all",
        "flow", ">released, kt", ">delivered, kt", ">unfinished, kt", ">mean, d", ">median, d", ">95 %, d",
    )  # fmt: skip
    largest = sorted(totals(rows, "released", "flow"), key=lambda row: -row.mean)[:FLOWS]
    everything = totals(rows, "released", "network")
    for row in [*largest, *everything]:
        kilotonnes = [
            scaled(by_key.get(row.key._replace(indicator=name)), TONNES_PER_KILOTONNE)
            for name in ("released", "delivered", "unfinished")
        ]
        days = [
            scaled(by_key.get(row.key._replace(indicator=f"transit_time_{name}")), 24)
            for name in ("mean", "p50", "p95")
        ]
        table.add_row(row.key.id, *kilotonnes, *days)
    return table


def _waiting(rows: list[Row], by_key: dict[Key, Row]) -> Table:
    table = grid(
        "Where freight waits most, besides trains to fill and sailings to come",
        "where",
        "direction",
        "because",
        ">kt-days",
        ">mean wait, h",
        ">queue, mean (max)",
    )
    for row in bottlenecks(rows, BOTTLENECKS):
        cause = row.key.indicator.removeprefix("waiting_")
        table.add_row(
            f"{row.key.scope} {row.key.id}",
            row.key.direction,
            CAUSES[cause],
            scaled(row, TONNES_PER_KILOTONNE),
            scaled(by_key.get(row.key._replace(indicator=f"wait_{cause}"))),
            _queue(row.key, by_key),
        )
    return table


def _passengers(rows: list[Row], by_key: dict[Key, Row]) -> Iterator[Table]:
    """Yield the table of passenger services, if any runs."""
    travelled = totals(rows, "passengers", "passenger-service")
    if not travelled:
        return
    table = grid(
        "Passengers", "service", "direction",
        ">departures", ">passengers", ">seats taken, %", ">turned away", ">journey, h",
    )  # fmt: skip
    for row in travelled:
        ran, occupancy, turned_away, journey = (
            by_key.get(row.key._replace(indicator=name))
            for name in ("departures", "seat_occupancy", "turned_away", "journey_time_mean")
        )
        if ran and ran.mean:
            table.add_row(
                row.key.id,
                row.key.direction,
                scaled(ran),
                scaled(row),
                scaled(occupancy, 1 / PERCENT),
                scaled(turned_away),
                scaled(journey),
            )
    yield table
    yield from _train_paths(rows, by_key)


def _train_paths(rows: list[Row], by_key: dict[Key, Row]) -> Iterator[Table]:
    """Yield the table of what passenger trains take of the railways, if any runs."""
    title = "Paths that passenger trains take (a dash: no limit of the section is known)"
    table = grid(title, "section", "direction", ">paths", ">of all paths, %")
    for row in totals(rows, "passenger_paths", "section"):
        if not row.mean:
            continue
        share = by_key.get(row.key._replace(indicator="passenger_path_share"))
        table.add_row(row.key.id, row.key.direction, scaled(row), scaled(share, 1 / PERCENT))
    if table.row_count:
        yield table


def _receipts(rows: list[Row], by_key: dict[Key, Row]) -> Table:
    table = grid("Receipts", "payee or country", ">million USD", ">of it from transit")
    paid = totals(rows, "receipts", "country", "payee")
    for row in sorted(paid, key=lambda row: (row.key.scope, -row.mean)):
        transit = by_key.get(row.key._replace(indicator="transit_receipts"))
        table.add_row(f"{row.key.scope} {row.key.id}", scaled(row, PER_MILLION), scaled(transit, PER_MILLION))
    return table


def _notes(result: Result) -> Text:
    note = Text("\n".join(notes(result)))
    note.stylize("dim")
    return note


def notes(result: Result) -> Iterator[str]:
    """Yield what a reader must know before quoting the numbers."""
    if result.interrupted:
        yield f"Interrupted: {len(result.replications)} of {result.asked} replications were finished."
    yield warm_up_line(warm_up(result))
    yield from precision_lines(result)
    if len(result.replications) < ENOUGH:
        yield f"Fewer than {ENOUGH} replications: intervals are wide or missing; quote from -r {ENOUGH}."
    yield "A corridor's or mode's throughput is all freight that used any part of it: not to be added up."
    yield "Waits and queues are of vehicles, at terminals of shipments; those of ports are for berths."
    yield "Receipts of a country are those of its companies, railways, ports and state together."
    yield "Receipts are charges (corridors/tariffs.yaml) and fares; each figure there says what it rests on."
    yield "Freight avoids the queues that it would make where capacity is short, not those of chance."
