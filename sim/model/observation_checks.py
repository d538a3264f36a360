"""What must fit together of observations and emission factors: one small named check for each rule."""

from collections.abc import Iterator

from sim.model.description import Description
from sim.model.faults import Finding, unknown

Findings = Iterator[Finding]
OBSERVED = ("sections", "posts", "terminals", "ports", "services", "passenger_services")
"""The kinds that an observation may be of."""


def observations_are_of_something(description: Description) -> Findings:
    """Require that an observation names known things, flows and a known way of counting."""
    things = {thing_id for kind in OBSERVED for thing_id in getattr(description, kind)}
    for name, observation in description.observations.items():
        path = ("observations", name)
        yield from unknown((*path, "counting"), "counting", observation.counting, description.countings)
        for index, thing_id in enumerate(observation.of):
            noun = "section, post, terminal, port or service"
            yield from unknown((*path, "of", index), noun, thing_id, things)
        for index, flow_id in enumerate(observation.flows):
            yield from unknown((*path, "flows", index), "flow", flow_id, description.demand)
        for index, goods in enumerate(observation.commodities):
            yield from unknown((*path, "commodities", index), "commodity", goods, description.commodities)


def observations_are_comparable(description: Description) -> Findings:
    """Require that what is for calibration or validation is of a counting that a run can be held against."""
    for name, observation in description.observations.items():
        path = ("observations", name)
        counting = description.countings.get(observation.counting)
        if counting is None:
            continue
        if observation.use != "context" and counting.incomparable:
            what = f"must be context: '{observation.counting}' cannot be compared, {counting.incomparable}"
            yield Finding((*path, "use"), what)
        if (observation.regime or counting.regime) != "all" and counting.whose is None:
            what = f"needs a country: 'whose' is missing in counting '{observation.counting}'"
            yield Finding((*path, "regime"), what)


def emission_factors_do_not_overlap(description: Description) -> Findings:
    """Require that a mode has one emission factor in a country, and at most one for all the rest."""
    taken: dict[tuple[str, str], str] = {}
    for factor_id, factor in description.emission_factors.items():
        for country in factor.countries or [""]:
            other = taken.setdefault((factor.mode, country), factor_id)
            if other != factor_id:
                where = f"in {country}" if country else "where no country is named"
                what = f"'{other}' already holds for {factor.mode} {where}"
                yield Finding(("emission_factors", factor_id, "mode"), what)


OBSERVATION_CHECKS = (
    observations_are_of_something,
    observations_are_comparable,
    emission_factors_do_not_overlap,
)
