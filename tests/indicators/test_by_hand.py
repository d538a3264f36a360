"""Each indicator on records written by hand, against numbers worked out by hand.

The world: a road a-b of 100 km, a post b-c (one acceptance of 10 a day, one customs server open 8-20 h), a
railway c-d of 50 km for trains. The measured period is 30 January to 3 February 2025, after ten days of
warm-up: from second `W` = 10 days to `END` = 15 days of the run, which begins on 20 January.
"""

from datetime import date

import pytest
from cases import charge, closed, commodity, describe, element, flow, places, post, rail, road, step, terminal
from recorder import Recorder

from sim.indicators.measure import measure
from sim.indicators.registry import DEFINITIONS
from sim.indicators.table import Key, table
from sim.model.case import Case
from sim.model.scenario import Run
from sim.network.compile import compile_case
from sim.records.columns import CONSIGNMENT, NOT_YET, TRAIN

H, DAY_S = 3600, 86_400
W, END = 10 * DAY_S, 15 * DAY_S
CHARGES = {
    "toll": charge("t-km", 0.01, mode="road", country="IR", payee="roads"),
    "gate-fee": charge("t", 3.0, post="gate", payee="state"),
    "track": charge("t-km", 0.02, whose="AZ", mode="rail-1435", country="AZ", payee="railway"),
    "transit-fee": charge("t", 1.0, "transit", "AZ", post="gate", payee="state-az"),
}


@pytest.fixture(scope="module")
def network():
    run = Run(start=date(2025, 1, 30), days=5, warm_up_days=10, replications=1, seed=1)
    gate = post("b", "c", {"customs": step(1, 60.0, 0.0, "08:00-20:00")}, quota=10)
    description = describe(
        places=places(a="IR", b="IR", c="AZ", d="AZ", e="RU"),
        sections={
            "ab": road("a", "b", 100.0),
            "cd": rail("c", "d", 50.0, country="AZ", mt=1.0),
            "ce": road("c", "e", 10.0, country="AZ"),
        },
        posts={"gate": gate},
        terminals={"yard": terminal("c")},
        commodities={"goods": commodity(), "grain": commodity()},
        demand={"to-az": flow("a", "d"), "to-ru": flow("a", "e", goods="grain")},
        charges=CHARGES,
        corridors={"north": {"title": "n", "description": "d", "route": ["ab", "gate"]}},
    )
    states = (closed("sections", "ab", date(2025, 2, 1), date(2025, 2, 2)),)
    return compile_case(Case("t", "t", "q", run, description, (), states, ()))


class Diary:
    """Writes records by the names of elements."""

    def __init__(self, network):
        self.network = network
        self.recorder = Recorder()

    def freight(self, flow_, released_at, delivered_at=NOT_YET, mass_kg=20_000):
        flows = list(self.network.flows)
        way = self.network.choice_sets[flows.index(flow_)][0].itineraries[0]
        unit = self.recorder.unit(CONSIGNMENT, mass_kg, released_at, flows.index(flow_), way)
        self.recorder.deliver(unit, delivered_at)
        return unit

    def train(self, *freight):
        unit = self.recorder.unit(TRAIN, 20_000 * len(freight), 0)
        for one in freight:
            self.recorder.load(unit, one, 20_000)
        return unit

    def visit(self, unit, name, arrived_at, started_at, left_at):
        self.recorder.visit(unit, element(self.network, name), arrived_at, started_at, left_at)

    def numbers(self):
        return measure(self.network, self.recorder.records(END))


@pytest.fixture
def diary(network):
    return Diary(network)


ROAD = Key("", "section", "ab", "road", "outbound")
GATE = Key("", "post", "gate", "road", "outbound")
RAIL = Key("", "section", "cd", "rail-1435", "outbound")


def of(numbers, key, indicator, **more):
    return numbers[key._replace(indicator=indicator, **more)]


def test_throughput_counts_what_left_in_the_measured_period_by_commodity_and_month(diary):
    """Left one second before it, at its start, on 31 January, on 1 February, in its last second, at its end.

    Four of six count: 80 t, 40 t in January and 40 t in February; one of them is grain.
    """
    instants = (W - 1, W, W + DAY_S, W + 2 * DAY_S, END - 1, END)
    for left_at, flow_ in zip(instants, ("to-az", "to-az", "to-ru", "to-az", "to-az", "to-az"), strict=True):
        unit = diary.freight(flow_, left_at - 9)
        diary.visit(unit, "ab/outbound", left_at - 9, left_at - 9, left_at)
    numbers = diary.numbers()
    assert of(numbers, ROAD, "throughput") == 80
    assert of(numbers, ROAD, "throughput", period="2025-01") == 40
    assert of(numbers, ROAD, "throughput", period="2025-02") == 40
    assert of(numbers, ROAD, "throughput", commodity="goods") == 60
    assert of(numbers, ROAD, "throughput", commodity="grain") == 20
    assert of(numbers, ROAD, "vehicles") == 4


def test_freight_work_is_tonnes_times_kilometres_of_the_sections_left(diary):
    """Two trucks over 100 km and a train of three shipments over 50 km: 4,000 and 3,000 t-km."""
    freight = [diary.freight("to-az", W) for _ in range(3)]
    for unit in freight[:2]:
        diary.visit(unit, "ab/outbound", W, W, W + H)
    diary.visit(diary.train(*freight), "cd/outbound", W, W, W + H)
    numbers = diary.numbers()
    assert numbers[Key("freight_work", "network", "all", "road")] == 4000
    assert numbers[Key("freight_work", "network", "all", "rail-1435")] == 3000
    assert numbers[Key("freight_work", "corridor", "north", "road")] == 4000
    assert of(numbers, RAIL, "throughput") == 60
    assert of(numbers, RAIL, "vehicles") == 1


def test_a_post_is_passed_at_its_last_step(diary):
    """Who left the acceptance but not customs has not passed."""
    units = [diary.freight("to-az", W) for _ in range(2)]
    for unit in units:
        diary.visit(unit, "gate/outbound/acceptance", W, W, W)
    diary.visit(units[0], "gate/outbound/customs", W, W + 8 * H, W + 9 * H)
    diary.visit(units[1], "gate/outbound/customs", W, NOT_YET, NOT_YET)
    numbers = diary.numbers()
    assert of(numbers, GATE, "throughput") == 20
    assert of(numbers, GATE, "vehicles") == 1


def test_demand_is_released_delivered_unfinished_and_unserved(diary):
    """Released before the period and delivered in it; released and delivered in it; on the road; before the
    gate.

    And one that stands before the closed road until after the end. Released in the period 4, delivered 2,
    unfinished 3 of which 2 were never let go on: one still waits, one starts after the end.
    """
    diary.freight("to-az", W - 1, W)
    diary.freight("to-az", W, END - 1)
    under_way, stopped, held = (diary.freight("to-az", W + H) for _ in range(3))
    diary.visit(under_way, "ab/outbound", W + H, W + H, END + H)
    diary.visit(stopped, "gate/outbound/acceptance", W + H, NOT_YET, NOT_YET)
    diary.visit(held, "ab/outbound", W + H, END, END + H)
    numbers = diary.numbers()
    found = [
        numbers[Key(name, "flow", "to-az", commodity="goods")]
        for name in ("released", "delivered", "unfinished", "unserved")
    ]
    assert found == [80, 40, 60, 40]
    assert numbers[Key("unfinished", "network", "all")] == 60
    assert numbers[Key("throughput", "corridor", "north")] == 40


def test_delivered_freight_counts_for_every_mode_corridor_and_commodity_it_used(diary):
    """Two shipments to Azerbaijan by road and rail, one to Russia by road: 60 t by road, 40 t by rail."""
    for flow_ in ("to-az", "to-az", "to-ru"):
        diary.freight(flow_, W, W + DAY_S)
    diary.freight("to-az", W - H, W - 1)
    numbers = diary.numbers()
    assert numbers[Key("throughput", "mode", "road", "road")] == 60
    assert numbers[Key("throughput", "mode", "rail-1435", "rail-1435")] == 40
    assert numbers[Key("throughput", "network", "all")] == 60
    assert numbers[Key("throughput", "corridor", "north")] == 60
    assert numbers[Key("throughput", "network", "all", commodity="grain")] == 20
    assert numbers[Key("throughput", "network", "all", period="2025-01")] == 60


def test_transit_times_are_mean_and_percentiles_of_the_delivered(diary):
    """1, 2, ..., 20 h: mean 10.5, median 10.5, 95th percentile 19.05 by linear interpolation."""
    for hours in range(1, 21):
        diary.freight("to-az", W, W + hours * H)
    numbers = diary.numbers()
    key = Key("", "flow", "to-az", commodity="goods")
    assert of(numbers, key, "transit_time_mean") == pytest.approx(10.5)
    assert of(numbers, key, "transit_time_p50") == pytest.approx(10.5)
    assert of(numbers, key, "transit_time_p95") == pytest.approx(19.05)


def test_queues_are_exact_integrals_over_time(diary):
    """One waits 24 h of the five days, one the last 12 h to the end: 36 / 120 on average, at most one at
    once.

    On 30 January 24 of 24 h are waited: 1; on 31 January none; on 3 February 12 of 24: 0.5.
    """
    first, last = diary.freight("to-az", W), diary.freight("to-az", W)
    diary.visit(first, "gate/outbound/customs", W, W + DAY_S, W + DAY_S + H)
    diary.visit(last, "gate/outbound/customs", END - 12 * H, NOT_YET, NOT_YET)
    numbers = diary.numbers()
    assert of(numbers, GATE, "queue_mean") == pytest.approx(36 / 120)
    assert of(numbers, GATE, "queue_max") == 1
    days = [
        of(numbers, GATE, "queue_mean", period=f"2025-{day}") for day in ("01-30", "01-31", "02-01", "02-03")
    ]
    assert days == pytest.approx([1, 0, 0, 0.5])


def test_a_queue_from_the_warm_up_counts_from_the_start_of_the_period(diary):
    """Three came in the warm-up, go on one hour apart; the largest queue is there at the start: 3."""
    for number in range(3):
        unit = diary.freight("to-az", W - DAY_S)
        diary.visit(unit, "gate/outbound/customs", W - DAY_S, W + (number + 1) * H, W + (number + 2) * H)
    numbers = diary.numbers()
    assert of(numbers, GATE, "queue_max") == 3
    assert of(numbers, GATE, "queue_mean") == pytest.approx((1 + 2 + 3) / 120)


def test_waits_split_into_closed_and_busy(diary):
    """Arrived 18 h, started 10 h next morning: closed from 20 to 8 h, 12 h; the other 4 h all servers were
    busy.

    A second one starts at once: means over two, 6 h and 2 h. 20 t x 12 h are 10 tonne-days.
    """
    late, early = diary.freight("to-az", W), diary.freight("to-az", W)
    diary.visit(late, "gate/outbound/customs", W + 18 * H, W + 34 * H, W + 35 * H)
    diary.visit(early, "gate/outbound/customs", W + 10 * H, W + 10 * H, W + 11 * H)
    numbers = diary.numbers()
    assert of(numbers, GATE, "wait_closed") == pytest.approx(6)
    assert of(numbers, GATE, "wait_queue") == pytest.approx(2)
    assert of(numbers, GATE, "waiting_closed") == pytest.approx(10)
    assert of(numbers, GATE, "waiting_queue") == pytest.approx(20 * 4 / 24)


def test_the_waits_of_a_post_are_summed_over_its_steps(diary):
    """6 h for the neighbour's acceptance and 1 h for customs: 6 h and 1 h a unit."""
    unit = diary.freight("to-az", W)
    diary.visit(unit, "gate/outbound/acceptance", W + 3 * H, W + 9 * H, W + 9 * H)
    diary.visit(unit, "gate/outbound/customs", W + 9 * H, W + 10 * H, W + 11 * H)
    numbers = diary.numbers()
    assert of(numbers, GATE, "wait_acceptance") == 6
    assert of(numbers, GATE, "wait_queue") == 1


def test_a_dated_closure_counts_as_closed(diary):
    """The road is closed on 1 February: who stands before it from noon waits 12 h, closed, not for a path."""
    unit = diary.freight("to-az", W)
    noon = W + 2 * DAY_S + 12 * H
    diary.visit(unit, "ab/outbound", noon, noon + 12 * H, noon + 13 * H)
    numbers = diary.numbers()
    assert of(numbers, ROAD, "wait_closed") == 12
    assert of(numbers, ROAD, "wait_path") == 0


def test_utilisation_is_busy_time_over_open_time(diary):
    """Five days of 12 open hours are 60 h; two services of 3 h, one of them half before the period: 4.5 / 60.

    Acceptance: 2 of 50. Railway: 1 Mt a year in trains of 1000 t is a path every 8.76 h; a train of 40 t
    takes a twenty-fifth of one.
    """
    units = [diary.freight("to-az", W - DAY_S) for _ in range(2)]
    diary.visit(units[0], "gate/outbound/customs", W - 2 * H, W - 5400, W + 5400)
    diary.visit(units[1], "gate/outbound/customs", W + 8 * H, W + 8 * H, W + 11 * H)
    for unit in units:
        diary.visit(unit, "gate/outbound/acceptance", W, W + H, W + H)
    diary.visit(diary.train(*units), "cd/outbound", W, W + H, W + 2 * H)
    numbers = diary.numbers()
    assert numbers[Key("utilisation", "server", "gate/outbound/customs")] == pytest.approx(4.5 / 60)
    assert numbers[Key("utilisation", "server", "gate/outbound/acceptance")] == pytest.approx(2 / 50)
    assert numbers[Key("utilisation", "server", "cd")] == pytest.approx(0.04 * 8.76 / 120, rel=1e-3)


def test_receipts_are_what_fell_due_by_payee_and_country(diary):
    """One shipment of 20 t to Azerbaijan, one through it to Russia, each over road and gate; one then by
    rail.

    Toll 0.01 x 100 km x 20 t x 2 = 40; gate 3 x 20 x 2 = 120; track 0.02 x 50 x 20 = 20; the transit fee
    falls on the second alone: 20. In transit: of Azerbaijan the second, of Iran, where both begin, none.
    """
    first, second = diary.freight("to-az", W), diary.freight("to-ru", W)
    for unit in (first, second):
        diary.visit(unit, "ab/outbound", W, W, W + H)
        diary.visit(unit, "gate/outbound/customs", W + 8 * H, W + 8 * H, W + 9 * H)
    diary.visit(diary.train(first), "cd/outbound", W + 9 * H, W + 9 * H, W + 10 * H)
    numbers = diary.numbers()
    paid = {
        key.id: value for key, value in numbers.items() if (key.indicator, key.scope) == ("receipts", "payee")
    }
    assert paid == pytest.approx({"roads": 40, "state": 120, "railway": 20, "state-az": 20})
    assert numbers[Key("receipts", "country", "IR")] == pytest.approx(160)
    assert numbers[Key("receipts", "country", "AZ")] == pytest.approx(40)
    assert numbers[Key("transit_receipts", "country", "AZ")] == pytest.approx(20)
    assert numbers[Key("transit_receipts", "country", "IR")] == 0


def test_what_falls_due_outside_the_measured_period_is_not_counted(diary):
    """Left in the warm-up, and at the end: nothing."""
    for left_at in (W - 1, END):
        diary.visit(diary.freight("to-az", left_at - H), "ab/outbound", left_at - H, left_at - H, left_at)
    numbers = diary.numbers()
    assert numbers[Key("receipts", "payee", "roads")] == 0
    assert of(numbers, ROAD, "throughput") == 0


def test_every_number_has_a_definition_and_a_row_of_the_long_table(diary):
    """Unit and meaning come from the registry; a number that nobody defined would stop the table."""
    unit = diary.freight("to-az", W, W + DAY_S)
    for name in ("ab/outbound", "gate/outbound/acceptance", "gate/outbound/customs", "cd/outbound"):
        diary.visit(unit, name, W, W + H, W + 2 * H)
    numbers = diary.numbers()
    assert {key.indicator for key in numbers} <= set(DEFINITIONS)
    rows = table([numbers, numbers])
    assert len(rows) == len(numbers)
    assert all(row.values()[1] == DEFINITIONS[row.key.indicator].unit for row in rows)
