"""What is added elsewhere, or declared in another order, changes no number."""

from cases import a_case, commodity, fleets, flow, place, post, rail, road, run, step, terminal
from hypothesis import given, settings
from hypothesis import strategies as st
from strategies import DAYS, worlds

from sim.indicators.measure import measure

SETTINGS = settings(max_examples=12, derandomize=True, deadline=None)
ELSEWHERE = {
    "section": ("sections", {"lonely": road("x", "y", at_once=1)}),
    "post": ("posts", {"lonely": post("x", "y", {"customs": step(1, 10.0, 1.0, "08:00-20:00")}, quota=3)}),
    "railway": ("sections", {"lonely": rail("x", "y", mt=1.0)}),
    "terminal": ("terminals", {"lonely": terminal("x")}),
    "flow": ("demand", {"lonely": flow("x", "y", 1.0, goods="other")}),
}


def numbers_of(world):
    return measure(*run(a_case(DAYS, **world)))


@SETTINGS
@given(worlds(), st.sampled_from(sorted(ELSEWHERE)), st.booleans())
def test_what_is_added_elsewhere_changes_no_number(world, what, before):
    """Every number of every other id is equal to the last bit, wherever in the file the new thing stands."""
    kind, thing = ELSEWHERE[what]
    world = {**world, "places": {**world["places"], "x": place("IR"), "y": place("AZ")}}
    more = {**world, kind: {**thing, **world[kind]} if before else {**world[kind], **thing}}
    if what == "flow":
        more["commodities"] = {**world["commodities"], "other": commodity()}
        road_ = {"xy": road("x", "y")}
        world["sections"] = {**world["sections"], **road_}
        more["sections"] = {**road_, **more["sections"]}
    base, with_more = numbers_of(world), numbers_of(more)
    totals = {"network", "mode"} if what == "flow" else set()
    for key, value in base.items():
        if key.scope not in totals and key.id not in ("xy", "lonely"):
            assert with_more[key] == value, key


@SETTINGS
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_of_declaration_changes_no_number(world, random):
    """Sections, posts and flows shuffled: the same keys with the same values, to the last bit."""
    shuffled = dict(world)
    for kind in ("sections", "posts", "terminals", "demand", "places"):
        items = list(world[kind].items())
        random.shuffle(items)
        shuffled[kind] = dict(items)
    assert numbers_of(shuffled) == numbers_of(world)


def test_the_order_of_flows_does_not_decide_who_is_first_where_they_tie():
    """Many flows of shipments that meet in the same second at one busy post: shuffled, the numbers stay."""
    names = [f"flow{number}" for number in range(6)]
    world = {
        "places": {"a": place("IR"), "b": place("AZ"), "c": place("AZ")},
        "posts": {"gate": post("a", "b", {"customs": step(18, 4.0, 1.0)})},
        "sections": {"bc": road("b", "c")},
        "fleets": fleets(),
    }
    given_ = [
        a_case(4, **world, demand={name: flow("a", "c", 40.0) for name in order})
        for order in (names, names[::-1])
    ]
    one, other = (measure(*run(case)) for case in given_)
    assert one == other
