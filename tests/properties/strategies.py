"""Random small networks: a line of towns joined by roads, posts, railways and perhaps a ferry."""

import itertools
from datetime import date

from cases import (
    a_case,
    closed,
    commodity,
    flow,
    place,
    port,
    post,
    rail,
    road,
    sea,
    service,
    step,
    terminal,
)
from hypothesis import strategies as st

DAYS = 8


@st.composite
def steps(draw):
    hours = st.sampled_from([None, "08:00-20:00", "06:00-07:30"])
    one = st.builds(
        step, st.integers(1, 3), st.sampled_from([5.0, 40.0, 150.0]), st.sampled_from([0.0, 0.7, 1.0]), hours
    )
    return {
        f"step{number}": found for number, found in enumerate(draw(st.lists(one, min_size=1, max_size=2)))
    }


@st.composite
def links(draw, tail, head, mode):
    """One link of a mode: (kind, plain data)."""
    if draw(st.booleans()):
        quota = draw(st.sampled_from([None, 3, 40]))
        return "posts", post(tail, head, draw(steps()), draw(steps()), quota, mode=mode)
    if mode == "road":
        return "sections", road(
            tail,
            head,
            draw(st.sampled_from([30.1, 77.7, 400.3])),
            at_once=draw(st.sampled_from([None, 1, 4])),
        )
    mt = draw(st.sampled_from([None, 0.3, 3.0]))
    return "sections", rail(
        tail, head, draw(st.sampled_from([30.1, 77.7, 400.3])), tracks=draw(st.integers(1, 2)), mt=mt
    )


@st.composite
def worlds(draw):
    """Return the things of a line of towns, p0 to pn, with freight both ways."""
    count = draw(st.integers(1, 3))
    kinds = {name: {} for name in ("sections", "posts", "terminals", "ports", "services")}
    mode = draw(st.sampled_from(["road", "rail-1435"]))
    names = [f"p{number}" for number in range(count + 1)]
    for number, (tail, head) in enumerate(itertools.pairwise(names)):
        if number and draw(st.booleans()):
            kinds["terminals"][f"terminal{number}"] = terminal(
                tail, points=draw(st.integers(1, 3)), mt=draw(st.sampled_from([0.5, 5.0]))
            )
            mode = "road" if mode != "road" else "rail-1435"
        kind, link = draw(links(tail, head, mode))
        kinds[kind][f"link{number}"] = link
    if draw(st.booleans()):
        names.append("harbour")
        kinds["sections"]["strait"] = sea(names[-2], "harbour", 100.0)
        kinds["ports"] = {
            "here": port(
                names[-2],
                [mode],
                berths=draw(st.integers(1, 2)),
                t_per_h=draw(st.sampled_from([30.0, 500.0])),
            ),
            "there": port("harbour", ["road"]),
        }
        kinds["services"]["ferry"] = service(
            "strait", draw(st.sampled_from([3.0, 14.0])), draw(st.sampled_from([0.0, 300.0]))
        )
    shipment_t = draw(st.sampled_from([20.0, 50.0, 400.0]))
    rate = draw(st.sampled_from([0.3, 2.0]))
    demand = {
        "there": flow(names[0], names[-1], rate, shipment_t),
        "back": flow(names[-1], names[0], rate, shipment_t),
    }
    places = {name: place("IR" if number % 2 else "AZ") for number, name in enumerate(names)}
    return {**kinds, "places": places, "demand": demand, "commodities": {"goods": commodity(shipment_t)}}


@st.composite
def cases(draw):
    """Return a case of a random world, a link of it perhaps closed for some days."""
    world = draw(worlds())
    states = []
    if draw(st.booleans()):
        kind = next(kind for kind in ("posts", "sections") if world[kind])
        states.append(
            closed(kind, next(iter(world[kind])), date(2025, 1, 3), date(2025, 1, draw(st.integers(4, 8))))
        )
    return a_case(DAYS, states=states, **world)
