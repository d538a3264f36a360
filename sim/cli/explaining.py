"""The command that explains why freight goes which way."""

from itertools import chain

from sim.choice.explaining import Explainer
from sim.choice.settling import settle
from sim.cli.inspecting import print_rows
from sim.cli.running import Request, console, load_case
from sim.cli.seeking import Sought, flows_named
from sim.indicators.legend import flows_of
from sim.network.compile import compile_case
from sim.outputs.choice_report import choice_report
from sim.outputs.choice_rows import CHOICE_COLUMNS, choice_head, choice_rows


def explain_flows(flow: str | None, sought: Sought, scenario: str, request: Request, shown: str) -> None:
    """Print the alternatives of flows with the parts of their cost, and what is left out."""
    network = compile_case(load_case(scenario, request))
    numbers = flows_named(flow, sought, flows_of(network))
    explainer = Explainer(network, settle(network))
    found = list(chain.from_iterable(explainer.explained(number) for number in numbers))
    if shown == "table":
        terminal = console()
        terminal.print(choice_report(explainer, found, terminal.width))
        return
    rows = list(choice_rows(explainer, found))
    print_rows(shown, choice_head(explainer, found), CHOICE_COLUMNS, rows, lambda: "")
