"""Steps at which only some vehicles stop."""

import pytest
from cases import border_case, run, step, visits

from sim.network.compile import compile_case


def stopped(share):
    network, records = run(border_case(20.0, {"red-channel": step(99, 60.0, share=share)}, 60))
    return [left > arrived for arrived, _, left in visits(network, records, "gate/outbound/red-channel")]


def test_the_stated_share_stops_and_all_are_counted():
    """A tenth of some 28,800 trucks, within 3.5 standard deviations."""
    found = stopped(0.1)
    assert sum(found) / len(found) == pytest.approx(0.1, abs=3.5 * (0.09 / len(found)) ** 0.5)


def test_a_larger_share_stops_the_same_trucks_and_more():
    """Common random numbers: who is inspected at a tenth is inspected at a third too."""
    few, many = stopped(0.1), stopped(1 / 3)
    assert all(then for now, then in zip(few, many, strict=True) if now)
    assert sum(many) > 3 * sum(few)


def test_free_flow_time_counts_a_step_by_its_share():
    """A tenth of trucks for two hours: 0.2 h on average."""
    network = compile_case(border_case(1.0, {"red-channel": step(99, 120.0, share=0.1)}, 10))
    assert network.itineraries[0].free_flow_h == pytest.approx(0.2)


def test_who_passes_a_step_unseen_leaves_a_record_only_at_the_last():
    """Throughput is counted at the last step: there all are recorded, before it those who stop."""
    steps = {"scan": step(99, 10.0, share=0.5), "search": step(99, 10.0, share=0.5)}
    network, records = run(border_case(20.0, steps, 10))
    scanned, searched = (visits(network, records, f"gate/outbound/{name}") for name in steps)
    assert len(scanned) == pytest.approx(len(searched) / 2, rel=0.1)
    assert all(left > arrived for arrived, _, left in scanned)
