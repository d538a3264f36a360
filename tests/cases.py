"""Small worlds for tests, built in Python from short arguments: every figure is assumed.

Each function returns the plain data of one thing; `a_case` makes a `Case` of them. Trucks take 20 t and
move all day, so that a road of 60 km at 60 km/h takes one hour. The flat season and no growth make
arrivals a homogeneous Poisson process.
"""

from collections.abc import Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from unittest.mock import patch

import numpy as np

from sim.choice.assignment import assign
from sim.clock import NEVER, Calendar, Timeline
from sim.engine.motion import Motion
from sim.engine.queues import enter
from sim.engine.releases import Releases
from sim.engine.shipments import Shipments
from sim.engine.simulate import simulate
from sim.engine.tables import lay_out, reserved_columns
from sim.model.case import Case, DatedState, DatedValue
from sim.model.description import Description
from sim.model.scenario import Run
from sim.network.compile import compile_case
from sim.network.elements import Element, Network, Server
from sim.network.events import with_events
from sim.records.columns import TRUCK, Records
from sim.streams import stream

Plain = dict[str, object]
START = date(2025, 1, 1)
DAY_S = 86_400
HOUR_S = 3_600
YEAR_H = 8_760


def f(value: object) -> Plain:
    """A figure."""
    return {"value": value, "assumed": "test"}


def figures(**values: object) -> Plain:
    """Figures by name; those that are None are left out."""
    return {name: f(value) for name, value in values.items() if value is not None}


def place(country: str = "IR", lon: float = 48.0, lat: float = 38.0) -> Plain:
    return {"name": "P", "country": country, "position": {"lon_deg": lon, "lat_deg": lat, "assumed": "test"}}


def places(**countries: str) -> Plain:
    """Places by id with their countries."""
    return {name: place(country) for name, country in countries.items()}


def _link(tail: str, head: str, mode: str, more: Plain) -> Plain:
    return {
        "title": "t",
        "from": tail,
        "to": head,
        "mode": mode,
        "status": "operating",
        "assumed": "test",
        **more,
    }


def road(
    tail: str,
    head: str,
    km: float = 60.0,
    kmh: float = 60.0,
    country: str = "IR",
    at_once: int | None = None,
    **more: object,
) -> Plain:
    return _link(tail, head, "road", {"country": country, **more}) | figures(
        length_km=km, speed_kmh=kmh, vehicles_at_once=at_once
    )


def rail(
    tail: str,
    head: str,
    km: float = 60.0,
    kmh: float = 60.0,
    country: str = "IR",
    *,
    tracks: int = 1,
    mt: float | None = None,
    background: float | None = None,
    mode: str = "rail-1435",
    **more: object,
) -> Plain:
    return _link(tail, head, mode, {"country": country, **more}) | figures(
        length_km=km, speed_kmh=kmh, tracks=tracks, capacity_mt_per_year=mt, background_share=background
    )


def sea(tail: str, head: str, km: float = 100.0, **more: object) -> Plain:
    return _link(tail, head, "sea", more) | figures(length_km=km)


def step(
    servers: int = 1,
    minutes: float = 30.0,
    cv: float = 0.0,
    hours: str | None = None,
    side: str = "IR",
    share: float | None = None,
) -> Plain:
    return {"side": side, "activity": "customs"} | figures(
        servers=servers, service_min=float(minutes), service_cv=float(cv), hours=hours, share=share
    )


def post(
    tail: str,
    head: str,
    steps: Plain | None = None,
    back: Plain | None = None,
    quota: int | None = None,
    empty: float | None = None,
    mode: str = "road",
    **more: object,
) -> Plain:
    quick = {"customs": step(99, 1.0)}
    outbound = {"steps": steps or quick} | figures(quota_vehicles_per_day=quota, empty_share=empty)
    return _link(tail, head, mode, {"outbound": outbound, "inbound": {"steps": back or quick}, **more})


def terminal(
    at: str,
    connects: Sequence[str] = ("road", "rail-1435"),
    points: int = 10,
    mt: float = 100.0,
    hours: str | None = None,
    **more: object,
) -> Plain:
    return {
        "title": "t",
        "place": at,
        "connects": list(connects),
        "status": "operating",
        "assumed": "test",
        **more,
    } | figures(capacity_mt_per_year=mt, handling_points=points, hours=hours)


def port(
    at: str, connects: Sequence[str] = ("road",), berths: int = 9, t_per_h: float = 1000.0, **more: object
) -> Plain:
    return {
        "title": "t",
        "place": at,
        "connects": list(connects),
        "status": "operating",
        "assumed": "test",
        **more,
    } | figures(berths=berths, handling_t_per_h=t_per_h)


def service(
    section: str, per_week: float = 7.0, minimum_t: float = 0.0, wait_h: float = 48.0, **more: object
) -> Plain:
    return {
        "title": "t",
        "section": section,
        "fleet": "ship",
        "status": "operating",
        "assumed": "test",
        **more,
    } | figures(sailings_per_week=per_week, minimum_load_t=minimum_t, maximum_wait_h=wait_h)


def passenger_service(
    tail: str,
    head: str,
    over: Sequence[str] = (),
    per_week: float = 7.0,
    seats: int = 100,
    journey_h: float = 10.0,
    fare: float = 10.0,
    **more: object,
) -> Plain:
    """Trains over sections `over`, or coaches if there are none."""
    return {
        "title": "t",
        "from": tail,
        "to": head,
        "conveyance": "rail" if over else "road",
        "over": list(over),
        "status": "operating",
        "payee": "railway",
        "country": "IR",
        "assumed": "test",
        **more,
    } | figures(departures_per_week=per_week, seats=seats, journey_h=journey_h, fare_usd=fare)


def travel(origin: str, destination: str, trips: float = 73_000.0, sensitivity: float = 0.05) -> Plain:
    """So many one-way trips a year, half each way; an hour is worth 2 USD."""
    return {
        "title": "t",
        "origin": origin,
        "destination": destination,
        "season": "flat",
        "base_year": 2025,
    } | figures(
        trips_per_year=trips,
        growth_percent_per_year=0.0,
        value_of_time_usd_per_h=2.0,
        cost_sensitivity_per_usd=sensitivity,
    )


def event(
    closes: Sequence[str],
    per_year: float = 10.0,
    hours: float = 48.0,
    cv: float = 0.0,
    leaves: float | None = None,
    **more: object,
) -> Plain:
    """A storm that closes things together, at any time of the year."""
    return {
        "title": "t",
        "kind": "storm",
        "status": "operating",
        "closes": list(closes),
        "season": "flat",
        "assumed": "test",
        **more,
    } | figures(per_year=per_year, duration_h=hours, duration_cv=cv, leaves=leaves)


def fleet(mode: str, payload_t: float, **values: float) -> Plain:
    usual = {"moving_h_per_day": 24.0, "cost_usd_per_t_km": 0.05, "constant_usd_per_t": 0.0}
    return {"title": "t", "mode": mode} | figures(payload_t=payload_t, **usual | values)


def fleets(**changed: Plain) -> Plain:
    """A fleet of each mode: trucks of 20 t, trains of 1000 t that wait 24 h at most, ships of 4000 t."""
    return {
        "truck": fleet("road", 20.0),
        "train": fleet("rail-1435", 1000.0, maximum_wait_h=24.0, cost_usd_per_t_km=0.02),
        "broad": fleet("rail-1520", 1000.0, maximum_wait_h=24.0, cost_usd_per_t_km=0.02),
        "ship": fleet("sea", 4000.0, speed_kmh=20.0, load_factor=1.0, cost_usd_per_t_km=0.01),
        **changed,
    }


def commodity(shipment_t: float = 20.0, day_usd: float = 2.0, sensitivity: float = 0.02) -> Plain:
    return {"title": "t"} | figures(
        shipment_t=shipment_t,
        value_usd_per_t=500.0,
        value_of_time_usd_per_t_day=day_usd,
        cost_sensitivity_per_usd_t=sensitivity,
    )


def flow(
    origin: str, destination: str, per_h: float = 1.0, shipment_t: float = 20.0, goods: str = "goods"
) -> Plain:
    """A flow of so many shipments an hour (of `shipment_t` t, which must be its commodity's)."""
    return {
        "title": "t",
        "origin": origin,
        "destination": destination,
        "commodity": goods,
        "season": "flat",
        "base_year": 2025,
    } | figures(tonnes_per_year=per_h * YEAR_H * shipment_t, growth_percent_per_year=0.0)


def charge(
    basis: str, usd: float, regime: str = "any", whose: str = "IR", payee: str = "state", **on: str
) -> Plain:
    """A charge of the country `whose`, on what `on` names."""
    return {
        "title": "t",
        "payer": "carrier",
        "payee": payee,
        "country": whose,
        "category": "border",
        "basis": basis,
        "rate_usd": f(usd),
        "on": on,
        "regime": regime,
    }


def describe(**kinds: object) -> Description:
    usual: Plain = {
        "fleets": fleets(),
        "commodities": {"goods": commodity()},
        "seasons": {"flat": {"title": "flat", "monthly_index": [1.0] * 12, "assumed": "test"}},
    }
    return Description.model_validate(usual | kinds)


def a_case(
    days: int = 30,
    warm_up_days: int = 0,
    replications: int = 1,
    dated: Sequence[DatedValue] = (),
    states: Sequence[DatedState] = (),
    **kinds: object,
) -> Case:
    """A case of things by kind, with the usual fleets, one commodity ``goods`` of 20 t and a flat season."""
    run = Run(start=START, days=days, warm_up_days=warm_up_days, replications=replications, seed=1)
    return Case("test", "t", "q", run, describe(**kinds), tuple(dated), tuple(states), ())


def border_case(per_h: float, steps: Plain, days: int, **more: object) -> Case:
    """A post alone: trucks of one flow arrive at it as a Poisson process and leave the world behind it."""
    kinds = more.pop("post", {})
    return a_case(
        days,
        places=places(a="IR", b="AZ"),
        posts={"gate": post("a", "b", steps, **kinds)},
        demand={"freight": flow("a", "b", per_h)},
        **more,
    )


def closed(kind: str, name: str, from_: date | None, until: date | None) -> DatedState:
    return DatedState((kind, name), usable=False, from_=from_, until=until)


def opened(kind: str, name: str, from_: date | None, until: date | None = None) -> DatedState:
    return DatedState((kind, name), usable=True, from_=from_, until=until)


def run(case: Case, replication: int = 0) -> tuple[Network, Records]:
    """Compile and simulate one replication, with its events."""
    compiled = compile_case(case)
    network = with_events(compiled, case.run.seed, replication)
    return network, simulate(network, assign(compiled), case.run.seed, replication)


@contextmanager
def released(**at_s: Sequence[int]):
    """Within this context each flow's shipments are released at these instants (s), on its first
    itinerary.
    """

    def given(network: Network, _assignment: object, number: int, *_: int) -> Releases:
        times = list(at_s.get(network.flows[number], ()))
        return Releases(times, [network.choice_sets[number][0].itineraries[0]] * len(times))

    with patch("sim.engine.simulate.releases", given):
        yield


def drive(case: Case, **at_s: Sequence[int]) -> tuple[Network, Records]:
    """Simulate a case with shipments of each flow released at given instants (s)."""
    with released(**at_s):
        return run(case)


def element(network: Network, name: str) -> int:
    """Return the number of the element with this name."""
    return next(number for number, one in enumerate(network.elements) if one.name == name)


def visits(network: Network, records: Records, name: str) -> list[tuple[int, int, int]]:
    """Return (arrived, started, left), s, of the visits to an element, in order of arrival and start."""
    mine = records.visit_element == element(network, name)
    rows = zip(
        records.visit_arrived_at[mine].tolist(),
        records.visit_started_at[mine].tolist(),
        records.visit_left_at[mine].tolist(),
        strict=True,
    )
    return sorted(rows, key=lambda row: (row[0], row[1] if row[1] >= 0 else 2**40))


def first_sailing(case: Case, line: str, interval_s: float) -> int:
    """Return the instant (s) of a line's first sailing in replication 0."""
    return int(stream(case.run.seed, 0, "timetable", line).random() * interval_s)


def serve(
    places_: Timeline[int] | int,
    arrivals: Sequence[int],
    stays: Sequence[int],
    calendar: Calendar | None = None,
    *,
    daily: bool = False,
) -> list[int]:
    """Send units to one queue at these instants (s), ascending, with these stays (s); return their starts."""
    motion = a_motion(places_ if isinstance(places_, Timeline) else Timeline(places_), calendar, daily=daily)
    for arrived_at, stay_s in zip(arrivals, stays, strict=True):
        enter(*motion.hands, motion.unit(TRUCK, 0, arrived_at), 0, arrived_at, stay_s)
    return motion.records().visit_started_at.tolist()


def a_motion(line: Timeline[int], calendar: Calendar | None, *, daily: bool) -> Motion:
    """Return a world of one element with one server, and nothing that moves yet."""
    kind = "acceptance" if daily else "step"
    network = replace(
        compile_case(a_case()),
        elements=(Element(kind, "gate", "", "", "road", "IR", server=0),),
        servers=(Server("gate", line, daily, calendar or Calendar()),),
    )
    layout, columns = lay_out(network)
    columns |= reserved_columns(1, {})
    none = np.empty(0, dtype=np.int64)
    return Motion(layout, columns, Shipments(none, none, none, none, none, np.empty(0)), NEVER)


def fifo(
    arrivals: Sequence[int], stays: Sequence[int], servers: int, next_open=lambda at_s: at_s
) -> list[int]:
    """Return the starts of a first-come queue by its recursion: start = next_open(max(arrival, first
    free)).
    """
    free = [0] * servers
    starts = []
    for arrived_at, stay_s in zip(arrivals, stays, strict=True):
        free.sort()
        started_at = next_open(max(arrived_at, free[0]))
        free[0] = started_at + stay_s
        starts.append(started_at)
    return starts


def without(mapping: Mapping[str, object], key: str) -> Plain:
    return {name: value for name, value in mapping.items() if name != key}
