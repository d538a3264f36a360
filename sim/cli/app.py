"""The commands. Each reads its input, calls one study, and prints one view.

Results go to standard output, progress and messages to standard error. Exit codes: 0 done, 1 the run
failed, 2 the input is wrong, 130 interrupted. Heavy libraries are imported by the commands that need
them, so that help is instant.
"""

from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from sim import __version__
from sim.cli.guard import guarded
from sim.cli.options import (
    Days,
    Destination,
    Format,
    Goods,
    HowShown,
    Jobs,
    Kind,
    Origin,
    Out,
    Replications,
    ScenarioName,
    Seed,
    Sets,
    WarmUp,
)

app = typer.Typer(
    name="corridor",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)


def _version(asked: bool) -> None:
    if asked:
        typer.echo(__version__)
        raise typer.Exit


@app.callback()
def corridor(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """Simulate freight corridors between Iran, Azerbaijan and their neighbours."""


@app.command()
@guarded
def check(
    paths: Annotated[list[Path] | None, typer.Argument(help="Files or folders [default: all data].")] = None,
    evidence: Annotated[
        bool, typer.Option("--evidence", help="Also print what the figures rest on, and the weakest ones.")
    ] = False,
    shown: HowShown = Format.table,
) -> None:
    """Check corridor, scenario and measure files: every problem, one line each."""
    from sim.cli.inspecting import check_files

    check_files(paths or [])
    if evidence:
        from sim.cli.sourcing import report_evidence

        report_evidence(paths or [], shown.value)


@app.command()
@guarded
def run(
    scenario: ScenarioName,
    replications: Replications = None,
    seed: Seed = None,
    days: Days = None,
    jobs: Jobs = None,
    sets: Sets = None,
    out: Out = None,
    trace: Annotated[
        bool,
        typer.Option("--trace", help="Keep every movement too [in --out, or in out/SCENARIO without it]."),
    ] = False,
    warm_up: WarmUp = None,
    until_precision: Annotated[
        str | None,
        typer.Option(
            "--until-precision",
            metavar="P",
            help="Add replications (10, or -r, to begin with) until intervals are within P, e.g. 2%.",
        ),
    ] = None,
    indicator: Annotated[
        list[str] | None,
        typer.Option(
            "--indicator",
            metavar="NAME[:ID]",
            help="What P is asked of; may be repeated [default: delivered, transit_time_mean].",
        ),
    ] = None,
    at_most: Annotated[
        int | None,
        typer.Option(
            "--at-most", min=1, max=10_000, help="Replications after which to give up P [default: 100]."
        ),
    ] = None,
    shown: HowShown = Format.table,
) -> None:
    """Simulate a scenario and report throughput, transit times, waits and receipts."""
    from sim.cli.aiming import Wish
    from sim.cli.running import Request, run_scenario

    request = Request(replications, seed, days, jobs, tuple(sets or ()), out, trace, warm_up)
    wish = Wish(until_precision, tuple(indicator or ()), replications, at_most)
    run_scenario(scenario, request, shown.value, wish)


@app.command()
@guarded
def advise(
    scenario: ScenarioName,
    replications: Annotated[
        int,
        typer.Option("--replications", "-r", min=2, max=10_000, help="How many replications to judge by."),
    ] = 3,
    seed: Seed = None,
    days: Days = None,
    jobs: Jobs = None,
    sets: Sets = None,
    out: Out = None,
    shown: HowShown = Format.table,
) -> None:
    """Say how long a warm-up and how many replications a scenario needs, from a few replications of it."""
    from sim.cli.advising import advise_on
    from sim.cli.running import Request

    advise_on(scenario, Request(replications, seed, days, jobs, tuple(sets or ()), out), shown.value)


@app.command()
@guarded
def compare(
    base: ScenarioName,
    scenarios: Annotated[list[str], typer.Argument(help="One or more scenarios to compare with BASE.")],
    replications: Replications = None,
    seed: Seed = None,
    days: Days = None,
    jobs: Jobs = None,
    sets: Sets = None,
    out: Out = None,
    warm_up: WarmUp = None,
    shown: HowShown = Format.table,
) -> None:
    """Compare scenarios with a base under the same luck: what is real, what is noise."""
    from sim.cli.running import Request, compare_scenarios

    request = Request(replications, seed, days, jobs, tuple(sets or ()), out, warm_up=warm_up)
    compare_scenarios(base, scenarios, request, shown.value)


class Pick(StrEnum):
    """Which consignment of a flow."""

    slowest = "slowest"
    median = "median"
    fastest = "fastest"


@app.command()
@guarded
def trace(
    consignment: Annotated[
        str | None,
        typer.Argument(
            help="A flow, FLOW#N for its N-th consignment, or a unit number of the run; without it those "
            "that match are listed."
        ),
    ] = None,
    origin: Origin = None,
    destination: Destination = None,
    commodity: Goods = None,
    way: Annotated[
        str | None, typer.Option("--way", help="Only with this in the name of the way, e.g. amirabad.")
    ] = None,
    pick: Annotated[
        Pick | None,
        typer.Option("--pick", help="Which of those that match to tell about [default, of a flow: median]."),
    ] = None,
    listed: Annotated[bool, typer.Option("--list", help="List those that match.")] = False,
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="How many to list [default: 20; JSON and CSV: all].")
    ] = None,
    results: Annotated[
        Path | None,
        typer.Option(
            "--results", help="Folder that `corridor run --trace --out` wrote; else it is simulated."
        ),
    ] = None,
    scenario: Annotated[
        str | None, typer.Option("--scenario", help="Scenario to simulate [default: baseline].")
    ] = None,
    replication: Annotated[int, typer.Option("--replication", min=0, help="Which replication.")] = 0,
    seed: Seed = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=3660, help="Days to simulate [default: 14].")
    ] = None,
    sets: Sets = None,
    shown: HowShown = Format.table,
) -> None:
    """Find consignments; tell the story of one: where it was, aboard what, what it waited for and paid."""
    from sim.cli.running import Request
    from sim.cli.seeking import Sought, Wanted
    from sim.cli.tracing import tell

    request = Request(seed=seed, days=days, sets=tuple(sets or ()))
    sought = Sought(origin, destination, commodity, way)
    wanted = Wanted(consignment, pick.value if pick else None, replication, sought, listed, limit)
    tell(wanted, results, scenario, request, shown.value)


@app.command()
@guarded
def explain(
    flow: Annotated[
        str | None,
        typer.Argument(help="A flow, or how its id begins: all such; not needed with the options below."),
    ] = None,
    scenario: ScenarioName = "baseline",
    origin: Origin = None,
    destination: Destination = None,
    commodity: Goods = None,
    days: Annotated[
        int | None, typer.Option("--days", min=1, max=3660, help="Days over which queues are followed.")
    ] = None,
    sets: Sets = None,
    shown: HowShown = Format.table,
) -> None:
    """Explain why freight goes which way: each alternative's cost, time and share, and what is left out."""
    from sim.cli.explaining import explain_flows
    from sim.cli.running import Request
    from sim.cli.seeking import Sought

    request = Request(days=days, sets=tuple(sets or ()))
    explain_flows(flow, Sought(origin, destination, commodity), scenario, request, shown.value)


@app.command()
@guarded
def validate(
    scenarios: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SCENARIO]...", help="Names or files [default: all observed-YEAR]."),
    ] = None,
    replications: Replications = None,
    seed: Seed = None,
    days: Days = None,
    jobs: Jobs = None,
    sets: Sets = None,
    out: Out = None,
    tolerance: Annotated[
        str, typer.Option("--tolerance", metavar="P", help="How near is near enough, e.g. 20%.")
    ] = "20%",
    share: Annotated[
        str, typer.Option("--share", metavar="P", help="How much of what was observed must be as near.")
    ] = "70%",
    report: Annotated[
        Path | None, typer.Option("--report", metavar="FILE.html", help="Page with charts to write.")
    ] = None,
    shown: HowShown = Format.table,
) -> None:
    """Simulate years and hold them against what was observed; exit 1 if that is not near enough."""
    from sim.cli.running import Request
    from sim.cli.validating import Asked, validate_scenarios

    request = Request(replications, seed, days, jobs, tuple(sets or ()), out)
    validate_scenarios(scenarios or [], request, Asked(tolerance, share, report), shown.value)


@app.command()
@guarded
def diff(a: ScenarioName, b: ScenarioName, shown: HowShown = Format.table) -> None:
    """Print what differs between the inputs of two scenarios."""
    from sim.cli.inspecting import diff_scenarios

    diff_scenarios(a, b, shown.value)


@app.command()
@guarded
def show(scenario: ScenarioName, sets: Sets = None) -> None:
    """Print a scenario resolved: its changes in order, and the description that results."""
    from sim.cli.inspecting import show_scenario

    show_scenario(scenario, tuple(sets or ()))


@app.command("map")
@guarded
def map_(
    scenario: ScenarioName,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", metavar="FILE", help="File to draw: its ending is .svg, .png or .html."),
    ],
    results: Annotated[
        Path | None,
        typer.Option("--results", help="Folder that `corridor run --out` wrote, to draw its flows."),
    ] = None,
    sets: Sets = None,
) -> None:
    """Draw a scenario on a map: corridors, posts, ports; with results, freight and use of capacity."""
    from sim.cli.mapping import draw_map

    draw_map(scenario, tuple(sets or ()), out, results)


@app.command("list")
@guarded
def list_(
    kind: Annotated[Kind, typer.Argument(help=f"One of {', '.join(Kind)}.")],
    shown: HowShown = Format.table,
) -> None:
    """List what there is of a kind."""
    from sim.cli.listing import list_kind

    list_kind(kind.value, shown.value)


class Export(StrEnum):
    """What can be exported."""

    geojson = "geojson"
    gmns = "gmns"
    schemas = "schemas"
    reference = "reference"
    trace = "trace"


class TraceTable(StrEnum):
    """Which table of a trace is exported."""

    movements = "movements"
    loads = "loads"


@app.command()
@guarded
def export(
    what: Annotated[Export, typer.Argument(help=f"One of {', '.join(Export)}.")],
    results: Annotated[
        Path | None, typer.Argument(help="For trace: folder that `corridor run --trace --out` wrote.")
    ] = None,
    out: Annotated[
        Path,
        typer.Option("--out", "-o", help="Folder to write to; for trace a .csv, .csv.gz or .parquet file."),
    ] = Path(),
    table: Annotated[
        TraceTable,
        typer.Option("--table", help="For trace: movements, or loads (what each vehicle carried)."),
    ] = TraceTable.movements,
    replication: Annotated[
        int | None, typer.Option("--replication", min=0, help="For trace: which one [default: all].")
    ] = None,
) -> None:
    """Write the network as GeoJSON or GMNS tables, JSON Schemas, reference pages, or a trace as a table."""
    if what is Export.trace:
        from sim.cli.trace_export import export_trace

        export_trace(results, out, table.value, replication)
        return
    from sim.cli.exporting import export_files

    export_files(what.value, out, app, results)


class Import(StrEnum):
    """What can be imported."""

    gmns = "gmns"


@app.command("import")
@guarded
def import_(
    what: Annotated[Import, typer.Argument(help=f"One of {', '.join(Import)}.")],
    folder: Annotated[Path, typer.Argument(help="Folder that holds node.csv, link.csv and config.csv.")],
    out: Annotated[Path, typer.Option("--out", "-o", help="Corridor file to write; it must be new.")],
) -> None:
    """Write somebody else's network as a corridor file: places and sections, every figure assumed."""
    from sim.cli.importing import import_network

    import_network(what.value, folder, out)
