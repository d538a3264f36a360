"""The command that says what the figures of a data folder rest on."""

from datetime import date
from pathlib import Path

from sim.changes import apply
from sim.choice.settling import settle
from sim.cli.inspecting import print_rows
from sim.files import data_folder, load_description, load_plan, scenario_names
from sim.model.case import Origin, Plan
from sim.model.description import Description
from sim.model.scenario import Run
from sim.network.compile import compile_case
from sim.outputs.evidence import COLUMNS, statements, values, weighed
from sim.outputs.evidence_report import evidence_head, evidence_report
from sim.outputs.evidence_weights import Weights, tonne_km
from sim.units import DAYS_PER_YEAR

BASELINE = "baseline"


def report_evidence(paths: list[Path], shown: str) -> None:
    """Print what the figures of the folder that `paths` lie in, or of all data, rest on."""
    folder = _folder_of(paths)
    description = load_description(folder / "corridors")
    plan = _plan(folder, description)
    figures = weighed(description, _weights(description, plan))
    others = sum(not stated.number for stated in statements(description))
    print_rows(
        shown,
        evidence_head(figures, others, plan.name),
        COLUMNS,
        [values(figure) for figure in figures],
        lambda: evidence_report(figures, others, plan.name),
    )


def _folder_of(paths: list[Path]) -> Path:
    """Return the data folder that the first of the paths is, or lies in."""
    for path in paths[:1]:
        near = path.resolve()
        for folder in (path, near.parent, near.parent.parent):
            if (folder / "corridors").is_dir():
                return folder
    return data_folder()


def _plan(folder: Path, description: Description) -> Plan:
    """Return the plan of the baseline or, where there is none, of things as they are described."""
    scenarios = folder / "scenarios"
    if BASELINE in scenario_names(scenarios):
        return load_plan(BASELINE, scenarios)
    year = max((flow.base_year for flow in description.demand.values()), default=2000)
    run = Run(start=date(year, 1, 1), days=DAYS_PER_YEAR)
    return Plan("things as they are", "", "", run, (), (), Origin(str(folder), 0, 0, ""))


def _weights(description: Description, plan: Plan) -> Weights:
    network = compile_case(apply(description, plan))
    return tonne_km(network, settle(network).assignment)
