"""What must fit together at border posts and of holidays: one small named check for each rule."""

from collections.abc import Iterator

from sim.model.description import Description
from sim.model.faults import Finding, unknown
from sim.model.network import Crossing, Post
from sim.model.shape import Path

Findings = Iterator[Finding]


def _crossings(description: Description) -> Iterator[tuple[Path, Post, Crossing]]:
    """Yield each direction of each post with the path to it."""
    for post_id, post in description.posts.items():
        yield ("posts", post_id, "outbound"), post, post.outbound
        yield ("posts", post_id, "inbound"), post, post.inbound


def _urgent(path: Path, crossing: Crossing) -> Iterator[tuple[Path, list[str]]]:
    """Yield the goods that go first at the acceptance and at each step, with the path to them."""
    yield (*path, "urgent"), crossing.urgent
    for step_id, step in crossing.steps.items():
        yield (*path, "steps", step_id, "urgent"), step.urgent


def urgent_goods_are_known(description: Description) -> Findings:
    """Require that goods that go first at a post are known commodities, each named once."""
    for path, _, crossing in _crossings(description):
        for where, goods in _urgent(path, crossing):
            for index, commodity in enumerate(goods):
                yield from unknown((*where, index), "commodity", commodity, description.commodities)
                if commodity in goods[:index]:
                    yield Finding((*where, index), f"'{commodity}' is named twice")


def only_trucks_overtake_and_park(description: Description) -> Findings:
    """Require that only road posts have urgent goods and parking: a train carries goods of many kinds."""
    for path, post, crossing in _crossings(description):
        if post.mode == "road":
            continue
        for where, goods in _urgent(path, crossing):
            if goods:
                yield Finding(where, "only trucks go first: a train carries goods of many kinds")
        if crossing.parking_places:
            yield Finding((*path, "parking_places"), "only trucks park before a gate: trains wait elsewhere")


def holidays_are_of_known_countries(description: Description) -> Findings:
    """Require that holidays are of a country with a place, and that a country has them once."""
    countries = {place.country for place in description.places.values()}
    first: dict[str, str] = {}
    for holidays_id, holidays in description.holidays.items():
        path = ("holidays", holidays_id, "country")
        yield from unknown(path, "country", holidays.country, countries)
        earlier = first.setdefault(holidays.country, holidays_id)
        if earlier != holidays_id:
            yield Finding(path, f"the holidays of {holidays.country} already stand in '{earlier}'")


def closed_steps_have_holidays(description: Description) -> Findings:
    """Require that the country of a step that is closed on holidays has some."""
    countries = {holidays.country for holidays in description.holidays.values()}
    for path, _, crossing in _crossings(description):
        for step_id, step in crossing.steps.items():
            if step.on_holidays == "closed" and step.side not in countries:
                what = f"is closed on holidays, but no holidays of {step.side} are given"
                yield Finding((*path, "steps", step_id, "on_holidays"), what)


POST_CHECKS = (
    urgent_goods_are_known,
    only_trucks_overtake_and_park,
    holidays_are_of_known_countries,
    closed_steps_have_holidays,
)
