"""Time and memory of one replicated year of the baseline, and of starting the command line."""

import subprocess
import sys
from statistics import median
from time import perf_counter

from sim.changes import apply
from sim.choice.settling import settle
from sim.engine.simulate import simulate
from sim.files import data_folder, load_description, load_plan
from sim.indicators.measure import measure
from sim.network.compile import compile_case
from sim.records.columns import CONSIGNMENT

STARTS = 5


def rows() -> list[tuple[str, str]]:
    """Return the lines of the report."""
    return [*year(), *cold_start()]


def year() -> list[tuple[str, str]]:
    """Simulate replication 0 of the baseline on one core."""
    folder = data_folder()
    start = perf_counter()
    case = apply(load_description(folder / "corridors"), load_plan("baseline", folder / "scenarios", ()))
    loaded = perf_counter()
    network = compile_case(case)
    shares = settle(network).assignment
    compiled = perf_counter()
    records = simulate(network, shares, case.run.seed, 0)
    simulated = perf_counter()
    measure(network, records)
    measured = perf_counter()
    visits, freight = len(records.visit_unit), int((records.unit_kind == CONSIGNMENT).sum())
    return [
        ("baseline: read and check the files", f"{loaded - start:.2f} s"),
        ("baseline: compile and choose", f"{compiled - loaded:.2f} s"),
        (
            f"baseline: simulate {case.run.days} + {case.run.warm_up_days} days",
            f"{simulated - compiled:.1f} s",
        ),
        ("baseline: measure", f"{measured - simulated:.1f} s"),
        (f"visits a second ({visits:,} visits)", f"{visits / (simulated - compiled):,.0f}"),
        (f"bytes a consignment ({freight:,} consignments)", f"{records.size_bytes / freight:.0f}"),
    ]


def cold_start() -> list[tuple[str, str]]:
    """Start `corridor --help` and, for its share of it, an empty interpreter."""
    program = "import sys; sys.argv = ['corridor', '--help']; from sim.cli import main; main()"
    took = {}
    for name, code in (("corridor --help", program), ("an empty interpreter", "pass")):
        times = []
        for _ in range(STARTS):
            start = perf_counter()
            subprocess.run([sys.executable, "-c", code], capture_output=True, check=True)
            times.append(perf_counter() - start)
        took[name] = median(times)
    return [(f"start {name}, median of {STARTS}", f"{seconds:.2f} s") for name, seconds in took.items()]
