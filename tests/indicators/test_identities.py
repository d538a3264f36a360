"""What must hold between indicators of a simulated run."""

import numpy as np
import pytest
from cases import (
    DAY_S,
    a_case,
    border_case,
    charge,
    commodity,
    flow,
    places,
    port,
    post,
    rail,
    road,
    run,
    sea,
    service,
    step,
    terminal,
    visits,
)

from sim.indicators.measure import measure
from sim.indicators.registry import DEFINITIONS
from sim.indicators.table import Key
from sim.records import tables
from sim.records.columns import CONSIGNMENT

DAYS = 40
GATE = Key("", "post", "gate", "road", "outbound")


def test_littles_law_holds_exactly():
    """Mean queue x time = sum of all waits, those of who still waits to the end of the run: L = lambda W."""
    network, records = run(border_case(1.0, {"customs": step(1, 50.0, 1.0, "06:00-24:00")}, DAYS))
    waits = [
        (started if started >= 0 else records.end_s) - arrived
        for arrived, started, _ in visits(network, records, "gate/outbound/customs")
    ]
    numbers = measure(network, records)
    assert numbers[GATE._replace(indicator="queue_mean")] * DAYS * DAY_S == pytest.approx(
        sum(waits), rel=1e-12
    )


def test_the_queue_of_a_period_is_the_mean_of_those_of_its_days():
    """All days are equally long."""
    numbers = measure(*run(border_case(1.0, {"customs": step(1, 50.0, 1.0)}, DAYS)))
    days = [v for k, v in numbers.items() if k.indicator == "queue_mean" and k.scope == "post" and k.period]
    assert len(days) == DAYS
    assert sum(days) / DAYS == pytest.approx(numbers[GATE._replace(indicator="queue_mean")])


def test_utilisation_is_rate_times_service_over_servers():
    """rho = lambda m / c = 1.0 x 0.75 / 2 by day and night, over 400 days to 2 %."""
    numbers = measure(*run(border_case(1.0, {"customs": step(2, 45.0, 1.0)}, 400)))
    assert numbers[Key("utilisation", "server", "gate/outbound/customs")] == pytest.approx(0.375, rel=0.02)


@pytest.fixture(scope="module")
def everything():
    """A world with all there is: road, post, terminal, rail, port, ferry, charges, both ways, with a warm-
    up.
    """
    case = a_case(
        DAYS,
        5,
        places=places(a="IR", b="IR", c="AZ", d="AZ", e="RU"),
        sections={
            "ab": road("a", "b", at_once=4),
            "cd": rail("c", "d", mt=3.0, country="AZ"),
            "strait": sea("d", "e"),
        },
        posts={"gate": post("b", "c", {"customs": step(3, 50.0, 0.5, "08:00-20:00")}, quota=40)},
        terminals={"yard": terminal("c", points=2, mt=2.0)},
        ports={"pd": port("d", ["rail-1435"], berths=1, t_per_h=200.0), "pe": port("e")},
        services={"ferry": service("strait"), "second": service("strait", per_week=3.0)},
        commodities={"goods": commodity(50.0)},
        demand={"there": flow("a", "e", 0.4, 50.0), "back": flow("e", "a", 0.3, 50.0)},
        charges={
            "toll": charge("vehicle-km", 0.1, mode="road", country="IR", payee="roads"),
            "fee": charge("vehicle", 40.0, post="gate", payee="state"),
            "dues": charge("t", 2.0, whose="AZ", port="pd", payee="port"),
            "ticket": charge("t", 9.0, "transit", "AZ", "line", service="ferry"),
        },
    )
    network, records = run(case)
    return network, records, measure(network, records)


def test_every_indicator_that_appears_is_defined_with_its_scope(everything):
    """The registry names each, and the scope that it appears for."""
    _, _, numbers = everything
    for key in numbers:
        assert key.scope in DEFINITIONS[key.indicator].scopes.split(", "), key


def test_every_wait_has_a_cause_and_together_they_are_all_waits(everything):
    """Tonne-days over all causes = sum of mass x the part of each wait, ended or not, in the period."""
    network, records, numbers = everything
    window = network.measured
    ended = np.where(records.visit_started_at < 0, records.end_s, records.visit_started_at)
    inside = np.minimum(ended, window.end_s) - np.maximum(records.visit_arrived_at, window.start_s)
    wait_s = np.maximum(inside, 0).astype(float)
    mass_t = records.unit_mass_kg[records.visit_unit] / 1000
    total = sum(value for key, value in numbers.items() if key.indicator.startswith("waiting_"))
    assert total == pytest.approx((wait_s * mass_t).sum() / DAY_S)


def test_receipts_by_payee_and_by_country_are_the_same_money(everything):
    """Each dollar has one payee and one country; transit receipts are a part of it."""
    _, _, numbers = everything

    def total(indicator, scope):
        return sum(
            value for key, value in numbers.items() if (key.indicator, key.scope) == (indicator, scope)
        )

    assert total("receipts", "payee") == pytest.approx(total("receipts", "country"))
    assert total("transit_receipts", "payee") == pytest.approx(total("transit_receipts", "country"))
    assert 0 < total("transit_receipts", "payee") < total("receipts", "payee")


def test_charges_by_the_vehicle_are_the_vehicles_that_passed(everything):
    """Three trucks of 50 t: fee x vehicles past the gate both ways, toll x vehicles over the road, to the
    cent.
    """
    _, _, numbers = everything
    gate = sum(v for k, v in numbers.items() if (k.indicator, k.id) == ("vehicles", "gate"))
    road_ = sum(v for k, v in numbers.items() if (k.indicator, k.id) == ("vehicles", "ab"))
    assert numbers[Key("receipts", "payee", "state")] == pytest.approx(40 * gate, rel=2e-3)
    assert numbers[Key("receipts", "payee", "roads")] == pytest.approx(0.1 * 60 * road_, rel=2e-3)
    assert gate > 500


def test_throughput_of_itineraries_is_what_was_delivered(everything):
    """By flow and in all."""
    _, records, numbers = everything
    by_way = sum(v for k, v in numbers.items() if (k.indicator, k.scope) == ("throughput", "itinerary"))
    assert by_way == pytest.approx(numbers[Key("delivered", "network", "all")])
    assert (records.unit_kind == CONSIGNMENT).sum() > 500


def test_the_wait_for_a_berth_is_a_mean_over_all_ships(everything):
    """Two services load at one port: the mean over their visits, not the sum of two means."""
    network, records, numbers = everything
    names = [i for i, e in enumerate(network.elements) if (e.id, e.part) == ("pd", "loading")]
    inside = (records.visit_started_at >= network.measured.start_s) & (
        records.visit_started_at < records.end_s
    )
    waits = [
        (records.visit_started_at - records.visit_arrived_at)[inside & (records.visit_element == number)]
        for number in names
    ]
    total = sum(int(found.sum()) for found in waits) / sum(len(found) for found in waits) / 3600
    assert len(names) > 1
    assert numbers[Key("wait_berth", "port", "pd", "sea", "loading")] == pytest.approx(total)


def test_numbers_do_not_depend_on_how_many_rows_are_looked_at_at_once(everything, monkeypatch):
    """To the last bit, and in the same order: 997 visits at a time or all together."""
    network, records, numbers = everything
    assert len(records.visit_unit) > 5 * 997
    monkeypatch.setattr(tables, "CHUNK_ROWS", 997)
    assert list(measure(network, records).items()) == list(numbers.items())
