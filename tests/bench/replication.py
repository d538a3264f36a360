"""One replication of a shipped scenario in a process of its own, measured step by step.

`python -m bench.replication '{"scenario": "baseline"}'` prints the measurements as one line of JSON.
"""

import json
import os
import resource
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from time import process_time

from sim.changes import apply
from sim.choice.settling import settle
from sim.engine.simulate import simulate
from sim.files import data_folder, load_description, load_plan
from sim.indicators.measure import measure
from sim.model.case import Case, Origin, Placed
from sim.model.description import Description
from sim.model.evidence import Evidence
from sim.model.scenario import Scale
from sim.network.compile import compile_case
from sim.records.columns import CONSIGNMENT

RSS_UNIT_BYTES = 1 if sys.platform == "darwin" else 1024
PROBE = "bench"


@dataclass(frozen=True)
class Asked:
    """What to simulate: a scenario, its days (default: its own), and by what every flow is multiplied."""

    scenario: str
    days: int | None = None
    warm_up_days: int | None = None
    demand: float = 1.0
    number: int = 0


@dataclass(frozen=True)
class Measured:
    """Processor seconds of each step, what was recorded, and the most memory the process held."""

    days: int
    warm_up_days: int
    read_s: float
    choose_s: float
    simulate_s: float
    measure_s: float
    visits: int
    consignments: int
    records_bytes: int
    before_bytes: int
    simulated_bytes: int
    peak_bytes: int

    @property
    def whole_s(self) -> float:
        """All steps, s."""
        return self.read_s + self.choose_s + self.simulate_s + self.measure_s

    @property
    def visit_us(self) -> float:
        """Time of simulating by visit, microseconds."""
        return self.simulate_s / self.visits * 1e6

    @property
    def visit_bytes(self) -> float:
        """Memory that simulating added to the process's most, by visit."""
        return (self.simulated_bytes - self.before_bytes) / self.visits


def in_child(asked: Asked) -> Measured:
    """Measure a replication in a fresh interpreter, so that memory is its own."""
    command = [sys.executable, "-m", "bench.replication", json.dumps(asdict(asked))]
    surroundings = os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=surroundings)
    if done.returncode:
        raise RuntimeError(f"{asked}: {done.stderr}")
    return Measured(**json.loads(done.stdout))


def measured(asked: Asked) -> Measured:
    """Simulate one replication in this process, from the files to the indicators."""
    began = process_time()
    case = case_of(asked)
    read = process_time()
    network = compile_case(case)
    shares = settle(network).assignment
    chosen, before_bytes = process_time(), most_bytes()
    records = simulate(network, shares, case.run.seed, asked.number)
    simulated, simulated_bytes = process_time(), most_bytes()
    measure(network, records)
    return Measured(
        days=case.run.days,
        warm_up_days=case.run.warm_up_days,
        read_s=read - began,
        choose_s=chosen - read,
        simulate_s=simulated - chosen,
        measure_s=process_time() - simulated,
        visits=len(records.visit_unit),
        consignments=int((records.unit_kind == CONSIGNMENT).sum()),
        records_bytes=records.size_bytes,
        before_bytes=before_bytes,
        simulated_bytes=simulated_bytes,
        peak_bytes=most_bytes(),
    )


def case_of(asked: Asked) -> Case:
    """Return the case that is asked for."""
    folder = data_folder()
    description = load_description(folder / "corridors")
    plan = load_plan(asked.scenario, folder / "scenarios", ())
    wanted = {"days": asked.days, "warm_up_days": asked.warm_up_days}
    run = plan.run.model_copy(update={name: days for name, days in wanted.items() if days is not None})
    scaled = tuple(scalings(description, asked.demand)) if asked.demand != 1 else ()
    return apply(description, replace(plan, run=run, changes=plan.changes + scaled))


def scalings(description: Description, by: float) -> Iterator[Placed]:
    """Yield changes that multiply every flow."""
    for flow in description.demand:
        path = f"demand.{flow}.tonnes_per_year"
        yield Placed(Scale(scale=path, by=by), Origin(PROBE, 0, 0, path), PROBE, Evidence(assumed=PROBE))


def most_bytes() -> int:
    """Return the most memory that this process has held so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * RSS_UNIT_BYTES


if __name__ == "__main__":
    print(json.dumps(asdict(measured(Asked(**json.loads(sys.argv[1]))))))  # noqa: T201
