"""The stories of all consignments of random worlds are whole."""

from cases import run
from hypothesis import given, settings
from strategies import cases

from sim.indicators.extract import extract, units_of
from sim.indicators.movements import InMemory
from sim.indicators.story import story
from sim.records.columns import CONSIGNMENT, NOT_YET


@settings(max_examples=40, derandomize=True, deadline=None)
@given(cases())
def test_the_hours_of_every_consignment_follow_each_other_and_add_up(case):
    """No gap, no overlap, from release to delivery or the end of the run; the account is all of it."""
    network, records = run(case)
    traced = InMemory(network, records)
    units = units_of(traced)
    for unit in (records.unit_kind == CONSIGNMENT).nonzero()[0].tolist():
        one = story(traced.legend, extract(traced, units, unit))
        at_s = one.facts.released_at
        for episode in one.episodes:
            assert episode.at_s == at_s
            assert episode.duration_s > 0
            at_s += episode.duration_s
        end_s = records.end_s if one.facts.delivered_at == NOT_YET else one.facts.delivered_at
        assert at_s == one.ends_at == end_s
        assert sum(one.account.values()) == end_s - one.facts.released_at
        assert all(duration_s > 0 for _, duration_s in one.account.items())
