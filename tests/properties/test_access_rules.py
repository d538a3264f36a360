"""No simulated path breaks an access rule that is in force: looked up visit by visit, in the description."""

from dataclasses import replace

import numpy as np
import pytest
from cases import a_case, commodity, flow, places, post, road
from hypothesis import given, settings
from hypothesis import strategies as st

from sim.changes import apply
from sim.choice.assignment import assign
from sim.engine.simulate import simulate
from sim.errors import InputError
from sim.files import data_folder, load_description, load_plan
from sim.network.compile import compile_case
from sim.records.columns import CONSIGNMENT

SETTINGS = settings(max_examples=40, derandomize=True, deadline=None)
LAND = ("section", "step", "acceptance", "terminal", "yard")


def passed(network, records):
    """Return the pairs (flow, country) of which a consignment or its vehicle visited something on land.

    A country is that of a section; of whatever else, those of the places that it joins or lies at.
    """
    description = network.case.description
    of_element = [_countries(description, one) if one.kind in LAND else set() for one in network.elements]
    own = records.unit_kind[records.visit_unit] == CONSIGNMENT
    pairs = {*_pairs(records.unit_flow[records.visit_unit[own]], records.visit_element[own])}
    order = np.argsort(records.load_vehicle, kind="stable")
    vehicle, aboard = records.load_vehicle[order], records.load_consignment[order]
    first = np.searchsorted(vehicle, records.visit_unit[~own], side="left")
    until = np.searchsorted(vehicle, records.visit_unit[~own], side="right")
    rows = np.repeat(np.flatnonzero(~own), until - first)
    loads = np.concatenate([np.arange(a, b) for a, b in zip(first, until, strict=True)] or [rows])
    pairs |= {*_pairs(records.unit_flow[aboard[loads.astype(int)]], records.visit_element[rows])}
    return {(network.flows[flow], country) for flow, number in pairs for country in of_element[number]}


def _pairs(flows, elements):
    together = np.unique(np.stack([flows, elements]), axis=1)
    return zip(*together.tolist(), strict=True)


def _countries(description, element):
    if element.kind == "section":
        return {description.sections[element.id].country}
    if element.kind in ("step", "acceptance"):
        joined = description.posts[element.id]
        return {description.places[joined.from_].country, description.places[joined.to].country}
    where = description.terminals[element.id].place if element.kind == "terminal" else element.id
    return {description.places[where].country}


def barred(description, flow, country):
    """Whether a rule in force keeps a flow out of a country, where it neither starts nor ends."""
    demand = description.demand[flow]
    ends = {description.places[demand.origin].country, description.places[demand.destination].country}
    return any(
        rule.through == country
        and country not in ends
        and rule.status == "operating"
        and not ends.isdisjoint(rule.ends)
        and demand.commodity in (rule.commodities or [demand.commodity])
        for rule in description.access_rules.values()
    )


def shipped(**changed):
    """Return network and records of days of the committed baseline, with other things of some kinds."""
    folder = data_folder()
    case = apply(load_description(folder / "corridors"), load_plan("baseline", folder / "scenarios", ()))
    run = case.run.model_copy(update={"days": 6, "warm_up_days": 0})
    case = replace(case, run=run, description=case.description.model_copy(update=changed))
    network = compile_case(case)
    return network, simulate(network, assign(network), 1, 0)


@pytest.mark.parametrize("lifted", [False, True])
def test_the_shipped_baseline_keeps_its_access_rules(lifted):
    """Freight of Armenia does not pass Azerbaijan, and does when the rule is lifted."""
    network, records = shipped(access_rules={}) if lifted else shipped()
    description, found = network.case.description, passed(network, records)
    assert len(found) > 50
    assert not [pair for pair in found if barred(description, *pair)]
    of_armenia = {
        flow
        for flow, one in description.demand.items()
        if "AM" in {description.places[one.origin].country, description.places[one.destination].country}
    }
    assert of_armenia
    assert any(flow in of_armenia and country == "AZ" for flow, country in found) == lifted


COUNTRIES = ("IR", "AZ", "AM", "GE", "TR")


@st.composite
def cases(draw):
    """Return a ring of five countries joined by posts, with or without roads across, and access rules."""
    kinds = {"places": {}, "sections": {}, "posts": {}, "access_rules": {}, "demand": {}}
    for number, country in enumerate(COUNTRIES):
        across = draw(st.booleans())
        name = country.lower()
        west, east = f"{name}-w", f"{name}-e" if across else f"{name}-w"
        kinds["places"] |= places(**dict.fromkeys({west, east}, country))
        if across:
            kinds["sections"][name] = road(west, east, draw(st.sampled_from([40.0, 90.0])), country=country)
        kinds["posts"][f"gate{number}"] = (east, f"{COUNTRIES[(number + 1) % 5].lower()}-w")
    kinds["posts"] = {name: post(*ends) for name, ends in kinds["posts"].items()}
    for number in range(draw(st.integers(1, 3))):
        kinds["access_rules"][f"rule{number}"] = {
            "title": "t",
            "assumed": "t",
            "through": draw(st.sampled_from(COUNTRIES)),
            "ends": draw(st.lists(st.sampled_from(COUNTRIES), min_size=1, max_size=3, unique=True)),
            "status": draw(st.sampled_from(["operating", "operating", "suspended"])),
            "commodities": draw(st.sampled_from([[], ["fruit"]])),
        }
    ends = draw(st.permutations(COUNTRIES))
    for goods in ("fruit", "steel"):
        kinds["demand"][goods] = flow(*(f"{end.lower()}-w" for end in ends[:2]), goods=goods)
    return a_case(3, commodities={"fruit": commodity(), "steel": commodity()}, **kinds)


@SETTINGS
@given(cases())
def test_no_rule_of_random_worlds_is_broken(case):
    """Also where a country is only touched, between two posts; or the input is refused, as no way is left."""
    try:
        network = compile_case(case)
    except InputError:
        return
    found = passed(network, simulate(network, assign(network), 1, 0))
    assert found
    assert not [pair for pair in found if barred(case.description, *pair)]
