"""Replications added until figures are precise: which count, and that nothing is simulated twice."""

import pytest
from cases import a_case, flow, places, road

from sim.indicators.interval import interval
from sim.indicators.precision import Aim, Wanted
from sim.indicators.table import Key
from sim.network.compile import compile_case
from sim.studies import replicate as module
from sim.studies.filling import MARGIN_DAYS, TRIAL_DAYS, TRIALS, found_warm_up
from sim.studies.replicate import replicate

DELIVERED = Key("delivered", "network", "all")
AIM = Aim(0.05, (Wanted("delivered"),), least=5, at_most=60)


def world(replications=1, days=4, km=60.0, warm_up_days=0, per_h=1.0):
    """About a hundred shipments of a Poisson process: a spread of a tenth, so that 5 % takes about twenty."""
    return compile_case(
        a_case(
            days,
            warm_up_days,
            replications=replications,
            places=places(a="IR", b="IR"),
            sections={"ab": road("a", "b", km)},
            demand={"freight": flow("a", "b", per_h)},
        )
    )


@pytest.fixture(scope="module")
def precise():
    return replicate(world(), aim=AIM)


def test_replications_are_added_until_the_interval_is_narrow(precise):
    """The half-width is 1 / 21 of the mean or less, and was more at the looks before."""
    mean, low, high = interval([numbers[DELIVERED] for numbers in precise.replications.values()])
    assert (high - low) / 2 <= mean / 21
    assert precise.precise
    assert not precise.interrupted
    assert 10 < len(precise.replications) < 60
    first = list(precise.replications.values())[:5]
    assert not AIM.is_reached(first)


def test_they_are_the_ones_that_a_run_of_so_many_has(precise):
    """Asking for a precision changes how many, not which."""
    count = len(precise.replications)
    assert list(precise.replications) == list(range(count))
    assert precise.replications == replicate(world(count)).replications


def test_the_answer_does_not_depend_on_the_number_of_processes(precise):
    """-j 2 looks at the same counts; what it simulates beyond is told but no part of the answer."""
    told = []
    together = replicate(world(), 2, lambda number, _: told.append(number), aim=AIM)
    assert together.replications == precise.replications
    assert set(told) >= set(together.replications)
    assert len(told) == len(set(told))


@pytest.mark.parametrize("known", [[0, 1, 2], [4], list(range(60))], ids=["first", "one", "too-many"])
def test_replications_of_an_earlier_run_are_used_and_change_nothing(known, precise):
    """Those known are not simulated again; with more of them than needed, those needed are the answer."""
    everything = replicate(world(60)).replications
    told = []
    result = replicate(
        world(), 1, lambda number, _: told.append(number), {n: everything[n] for n in known}, aim=AIM
    )
    assert result.replications == precise.replications
    assert told == [number for number in precise.replications if number not in known]


def test_the_most_ends_it():
    """Of 0.1 % there is no hope: seven replications, none missing, and it is said not to be precise."""
    result = replicate(world(), aim=Aim(0.001, (Wanted("delivered"),), least=3, at_most=7))
    assert len(result.replications) == result.asked == 7
    assert not result.interrupted
    assert not result.precise


@pytest.mark.parametrize("stopped", [2, 8])
def test_an_interruption_keeps_what_was_finished(stopped, monkeypatch):
    """In the first replications or in those added: the ones before are kept, and it is neither whole nor
    precise.
    """
    real = module.replication

    def interrupted(network, assignment, number, **more):
        if number == stopped:
            raise KeyboardInterrupt
        return real(network, assignment, number, **more)

    monkeypatch.setattr(module, "replication", interrupted)
    result = replicate(world(), aim=AIM)
    assert list(result.replications) == list(range(stopped))
    assert result.interrupted
    assert not result.precise


def test_two_equal_replications_before_an_interruption_are_no_precision(monkeypatch):
    """The first two agree by luck; five were asked for to begin with."""

    def alike(_network, _assignment, number, **_):
        if number == 2:
            raise KeyboardInterrupt
        return {DELIVERED: 1.0}

    monkeypatch.setattr(module, "replication", alike)
    assert not replicate(world(), aim=AIM).precise


def trial(km):
    return world(TRIALS, TRIAL_DAYS, km, TRIAL_DAYS, per_h=5.0)


def test_the_warm_up_that_is_found_is_that_of_the_slowest_network():
    """A road of an hour is full at once, one of ten days on the tenth: both get that of the second and the
    margin, whatever their order.
    """
    quick, slow = trial(60.0), trial(14_400.0)
    assert found_warm_up([quick]) == MARGIN_DAYS
    assert found_warm_up([slow]) == pytest.approx(10 + MARGIN_DAYS, abs=5)
    assert found_warm_up([quick, slow]) == found_warm_up([slow, quick]) == found_warm_up([slow])


def test_no_warm_up_is_found_where_one_network_does_not_settle():
    """A road of 80 days is not full in the first half of 120."""
    assert found_warm_up([trial(60.0), trial(80 * 1440.0)]) is None
