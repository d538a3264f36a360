"""What lies in yards and warehouses, on records written by hand, against numbers worked out by hand.

The world: road a-b, a terminal at b with room for 100 t, railway b-c, a ship c-d. The measured period are
five days from second `W` = 10 days to `END` = 15 days of the run.
"""

from datetime import date

import pytest
from cases import charge, describe, element, flow, places, port, rail, road, sea, service, terminal
from recorder import Recorder

from sim.indicators.extract import extract, units_of
from sim.indicators.legend import legend
from sim.indicators.measure import measure
from sim.indicators.movements import InMemory
from sim.indicators.registry import DEFINITIONS
from sim.indicators.story import story
from sim.indicators.table import Key
from sim.model.case import Case
from sim.model.scenario import Run
from sim.network.compile import compile_case
from sim.records.columns import CONSIGNMENT, NOT_YET, TRAIN

H, DAY_S = 3600, 86_400
W, END = 10 * DAY_S, 15 * DAY_S
HANDLED, TRAINS = "yard/road-to-rail-1435", "b/train-formation"
QUAY, SPACE = "line/outbound/sailing", "line/outbound/space"
YARD = Key("", "terminal", "yard", "", "storage")
PORT = Key("", "port", "c-port", "sea", "storage")
RENT = {
    "yard-rent": charge("t-day", 0.5, terminal="yard", payee="yard")
    | {"free_days": {"value": 1, "assumed": "t"}},
    "port-rent": charge("t-day", 2.0, "transit", port="c-port", payee="port"),
}


@pytest.fixture(scope="module")
def network():
    run = Run(start=date(2025, 1, 30), days=5, warm_up_days=10, replications=1, seed=1)
    description = describe(
        places=places(a="IR", b="IR", c="IR", d="AZ", z="TR"),
        sections={
            "ab": road("a", "b", 300.0),
            "zb": road("z", "b", 300.0, country="TR"),
            "bc": rail("b", "c", 300.0),
            "cd": sea("c", "d", 300.0),
        },
        terminals={"yard": terminal("b", storage_t=100.0)},
        ports={"c-port": port("c", ["rail-1435"]), "d-port": port("d")},
        services={"line": service("cd")},
        demand={"freight": flow("a", "d"), "transit": flow("z", "d"), "by-rail": flow("b", "c")},
        charges=RENT,
    )
    return compile_case(Case("t", "t", "q", run, description, (), (), ()))


class Diary:
    """Writes records by the names of elements."""

    def __init__(self, network):
        self.network = network
        self.recorder = Recorder()

    def freight(self, mass_kg=20_000, flow_="freight"):
        number = self.network.flows.index(flow_)
        way = self.network.choice_sets[number][0].itineraries[0]
        return self.recorder.unit(CONSIGNMENT, mass_kg, 0, number, way)

    def visit(self, unit, name, arrived_at, started_at, left_at):
        self.recorder.visit(unit, element(self.network, name), arrived_at, started_at, left_at)

    def waits(self, unit, name, arrived_at, until):
        self.visit(unit, name, arrived_at, until, until)

    def numbers(self):
        return measure(self.network, self.recorder.records(END))


@pytest.fixture
def diary(network):
    return Diary(network)


def of(numbers, key, *names):
    return [numbers[key._replace(indicator=name)] for name in names]


def test_stock_is_the_exact_integral_of_what_lies_there_from_handling_to_the_train(diary):
    """20 t for 24 h (2 waiting, 1 at work, 21 for the train) and 60 t for the last 12 h of 120 h: 10 t.

    The most at once are 60 t of the 100 t that have room; the train of the first left before.
    """
    first, last = diary.freight(), diary.freight(60_000)
    diary.visit(first, HANDLED, W, W + 2 * H, W + 3 * H)
    diary.waits(first, TRAINS, W + 3 * H, W + 24 * H)
    diary.visit(last, HANDLED, END - 12 * H, NOT_YET, NOT_YET)
    names = ("stored_mean", "stored_max", "stored_mean_share", "stored_max_share")
    assert of(diary.numbers(), YARD, *names) == pytest.approx([10, 60, 0.1, 0.6])


@pytest.mark.parametrize(("overlap_s", "most_t"), [(0, 30), (H, 50)])
def test_who_leaves_makes_room_for_who_comes_at_the_same_instant(diary, overlap_s, most_t):
    """20 t until noon and 30 t from noon on are never 50 t; with an hour in common they are."""
    one, other = diary.freight(20_000), diary.freight(30_000)
    diary.waits(one, TRAINS, W, W + 12 * H + overlap_s)
    diary.waits(other, TRAINS, W + 12 * H, W + 24 * H)
    assert of(diary.numbers(), YARD, "stored_max") == [most_t]


def test_what_came_in_the_warm_up_counts_from_the_start_of_the_period(diary):
    """40 t from a day before to a day after the start: a fifth of five days is 8 t; most 40 t."""
    diary.waits(diary.freight(40_000), TRAINS, W - DAY_S, W + DAY_S)
    assert of(diary.numbers(), YARD, "stored_mean", "stored_max") == pytest.approx([8, 40])


def test_freight_that_begins_its_journey_by_train_lies_at_home(diary):
    """It waits for the same trains, and is not in the terminal."""
    diary.waits(diary.freight(flow_="by-rail"), TRAINS, W, W + DAY_S)
    diary.waits(diary.freight(), TRAINS, W, W + H)
    numbers = diary.numbers()
    assert of(numbers, YARD, "stored_max", "dwell_mean") == [20, 1]


def test_vehicles_do_not_lie_in_storage(diary):
    """A train at the handling points, as an element that freight uses too, counts for nothing."""
    diary.waits(diary.freight(), TRAINS, W, W + H)
    train = diary.recorder.unit(TRAIN, 900_000, 0)
    diary.visit(train, HANDLED, W, W, W + DAY_S)
    assert of(diary.numbers(), YARD, "stored_max") == [20]


def test_dwell_is_from_getting_in_to_leaving_of_those_that_left_in_the_period(diary):
    """Stays of 1 to 20 h that end in it: mean 10.5, 95th percentile 19.05.

    One that ends in the warm-up and one that has not ended do not count, nor does the wait for room.
    """
    for hours in range(1, 21):
        unit = diary.freight()
        diary.waits(unit, "yard/storage", W, W + DAY_S)
        diary.visit(unit, HANDLED, W + DAY_S, W + DAY_S, W + DAY_S + H // 2)
        diary.waits(unit, TRAINS, W + DAY_S + H // 2, W + DAY_S + hours * H)
    diary.waits(diary.freight(), TRAINS, W - 90 * H, W - 1)
    diary.waits(diary.freight(), TRAINS, W + 2 * DAY_S, NOT_YET)
    numbers = diary.numbers()
    assert of(numbers, YARD, "dwell_mean", "dwell_p95") == pytest.approx([10.5, 19.05])


def test_a_stay_on_the_quay_goes_on_while_full_ships_sail(diary):
    """Six hours to the first sailing, which is full, and 24 to the next: 30 h; no limit, so no share."""
    unit = diary.freight()
    diary.waits(unit, QUAY, W, W + 6 * H)
    diary.waits(unit, SPACE, W + 6 * H, W + 30 * H)
    numbers = diary.numbers()
    assert of(numbers, PORT, "dwell_mean", "stored_mean") == pytest.approx([30, 20 * 30 / 120])
    assert PORT._replace(indicator="stored_mean_share") not in numbers


def test_the_wait_for_room_is_a_cause_of_its_own(diary):
    """Two shipments come in after 6 h and at once: 3 h on average and 20 t for a quarter of a day."""
    late, soon = diary.freight(), diary.freight()
    diary.waits(late, "yard/storage", W, W + 6 * H)
    diary.waits(soon, "yard/storage", W, W)
    numbers = diary.numbers()
    assert of(numbers, YARD, "wait_room", "waiting_room", "queue_max") == pytest.approx([3, 5, 1])
    assert "room" in DEFINITIONS["wait_room"].meaning


def test_storage_is_paid_for_every_day_begun_after_the_free_ones(diary):
    """One day free at the yard: stays of 24 h, of 24 h and a second, of 72 h are 0, 1 and 2 days.

    20 t x 0.5 USD x 3 days = 30 USD. One more has not left and has not paid.
    """
    for stay_s in (24 * H, 24 * H + 1, 72 * H):
        diary.waits(diary.freight(), TRAINS, W, W + stay_s)
    diary.waits(diary.freight(), TRAINS, W, NOT_YET)
    numbers = diary.numbers()
    assert numbers[Key("receipts", "payee", "yard")] == pytest.approx(30)
    assert numbers[Key("transit_receipts", "payee", "yard")] == 0


def test_storage_for_transit_is_paid_by_transit(diary):
    """30 h at the quay are two days begun; only the freight from Turkey pays: 20 t x 2 USD x 2 = 80 USD."""
    for flow_ in ("freight", "transit"):
        diary.waits(diary.freight(flow_=flow_), QUAY, W, W + 30 * H)
    numbers = diary.numbers()
    assert numbers[Key("receipts", "payee", "port")] == pytest.approx(80)
    assert numbers[Key("transit_receipts", "country", "IR")] == pytest.approx(80)


def test_the_story_of_a_consignment_tells_what_storage_cost_it(diary):
    """48 h in the yard, one day of them free: 10 USD; and the waits for room and train follow each other."""
    unit = diary.freight()
    diary.waits(unit, "yard/storage", 0, W)
    diary.visit(unit, HANDLED, W, W, W + H)
    diary.waits(unit, TRAINS, W + H, W + 48 * H)
    traced = InMemory(diary.network, diary.recorder.records(END))
    told = story(traced.legend, extract(traced, units_of(traced), unit))
    assert [(paid.fee.id, paid.usd) for paid in told.paid] == [("yard-rent", pytest.approx(10))]
    assert [(one.what, one.by) for one in told.episodes] == [
        ("waiting", "room"),
        ("served", "terminal"),
        ("waiting", "train"),
    ]


def test_a_reader_is_told_whose_storage_it_is(network):
    """The element's place in words."""
    spots = {spot.name: spot for spot in legend(network).elements}
    assert (spots["yard/storage"].where, spots["yard/storage"].cause) == ("t: storage", "room")
