"""The explanation of a choice on the terminal: alternatives side by side, and the ways left out."""

from collections.abc import Callable, Iterator, Sequence
from datetime import timedelta
from itertools import chain
from math import exp

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.choice.components import Component
from sim.choice.explaining import Alternative, Explained, Explainer, Rejected
from sim.choice.logit import MINIMUM_SHARE, ROUTE_SCALE
from sim.indicators.legend import WAYS
from sim.network.left_out import Reason
from sim.network.sieve import MAX_ALIKE, MAX_COST_RATIO, MAX_ITINERARIES, SHORT_RAIL_KM
from sim.outputs.choice_rows import released_from
from sim.outputs.input_report import grid
from sim.outputs.text import number
from sim.units import HOURS_PER_DAY, PERCENT

LABEL_WIDTH, COLUMN_WIDTH = 50, 9
NEAREST = 3
"""Ways left out that are named for each reason."""
TIMES = {
    "moving": "under way, with drivers' rests",
    "service": "served at posts, terminals, quays",
    "opening": "until posts and terminals open",
    "filling": "until a train is full",
    "sailing": "until the ship or flight leaves",
}
"""What time passes with, for a reader."""
REASONS: dict[Reason, str] = {
    "closed": "passes what is not in use",
    "barred": "an access rule bars a country",
    "not-carried": "a service does not carry the goods",
    "handling": "like another but for needless handling",
    "alike": f"more than {MAX_ALIKE} by these modes and countries",
    "many": f"after the {MAX_ITINERARIES} cheapest of their kind",
    "short-train": f"a train of less than {SHORT_RAIL_KM:.0f} km beside trucks",
    "gauge": "comes back to the railway of a gauge",
    "twice": "passes a place twice",
    "dear": f"more than {MAX_COST_RATIO} times the cheapest",
}
"""Why a way is left out, for a reader, in the order in which they are told."""
Cells = Callable[[Alternative], str]


def choice_report(explainer: Explainer, found: Sequence[Explained], width: int) -> RenderableType:
    """Return choice sets explained as something that rich can print on a terminal of so many characters."""
    return Group(
        _preface(explainer), *chain.from_iterable(_parts(explainer, one, width) for one in found), _notes()
    )


def _parts(explainer: Explainer, one: Explained, width: int) -> Iterator[RenderableType]:
    yield _head(explainer, one)
    yield _alternatives(one)
    yield from _matrices(explainer, one, width)
    yield _small(one)
    yield _left_out(one)


def _preface(explainer: Explainer) -> Text:
    case, settled = explainer.network.case, explainer.settled
    text = Text(f"\n{case.title}\n", style="bold")
    text.append(
        f"Choice and queues settled in {settled.rounds} rounds: {PERCENT * settled.gap:.2f} % of all tonnes "
        "would still change their way. Costs are USD a tonne.\n"
    )
    return text


def _head(explainer: Explainer, one: Explained) -> Text:
    description = explainer.network.case.description
    flow = description.demand[one.flow]
    goods = description.commodities[flow.commodity]
    ends = " to ".join(description.places[end].name for end in (flow.origin, flow.destination))
    sets = explainer.network.choice_sets[explainer.network.flows.index(one.flow)]
    ends_at = next((each.starts_at for each in sets if each.starts_at > one.starts_at), None)
    last = "" if ends_at is None else f" to {explainer.network.clock.day(ends_at) - timedelta(days=1)}"
    per_usd = goods.cost_sensitivity_per_usd_t.value
    text = Text(f"\n{flow.title}: {one.flow}\n", style="bold")
    text.append(
        f"{goods.title}, {number(goods.shipment_t.value)} t at a time, {ends}; "
        f"released from {released_from(explainer, one)}{last}. A day of a tonne is worth "
        f"{number(goods.value_of_time_usd_per_t_day.value)} USD. What is 10 USD a tonne cheaper "
        f"is {_odds(per_usd)} times as likely, against one of the same vehicles "
        f"{_odds(per_usd / ROUTE_SCALE)} times.\n"
    )
    return text


def _odds(per_usd: float) -> str:
    """Return the odds that 10 USD a tonne make."""
    return number(exp(10 * per_usd))


def _alternatives(one: Explained) -> Table:
    columns = ("", "way", "passes", ">share, %", ">USD/t", ">days", ">km", ">changes")
    table = grid("Alternatives, the largest share first", *columns)
    for place, way in enumerate(one.alternatives):
        figures = (
            _percent(way.share),
            f"{way.cost_usd_per_t:,.2f}",
            f"{way.time_h / HOURS_PER_DAY:.1f}",
            f"{way.way.distance_km:,.0f}",
            str(way.transhipments),
        )
        table.add_row(_letter(place), way.way.name, ", ".join(way.via), *figures)
    return table


def _matrices(explainer: Explainer, one: Explained, width: int) -> Iterator[Table]:
    """Yield the alternatives side by side, as many in a table as the terminal has room for."""
    room = max(1, (width - LABEL_WIDTH) // COLUMN_WIDTH)
    rows = list(_rows(explainer, one))
    for first in range(0, len(one.alternatives), room):
        shown = one.alternatives[first : first + room]
        letters = [f">{_letter(first + place)}" for place in range(len(shown))]
        table = grid("What each costs, why, and the share that follows", "", *letters)
        for label, cells, style in rows:
            texts = [cells(way) for way in shown]
            if style == "section":
                table.add_section()
                table.add_row(label, *texts, style="bold")
            elif style or any(texts):
                table.add_row(label, *texts, style=None if style == "plain" else style)
        yield table


def _rows(explainer: Explainer, one: Explained) -> Iterator[tuple[str, Cells, str]]:
    """Yield label, cells and style of the rows; one without style is left out if all its cells are empty."""
    yield "generalised cost, USD/t", lambda way: f"{way.cost_usd_per_t:,.2f}", "section"
    yield "charges", _sum("charge"), "section"
    for payee, country in _payees(explainer, one):
        yield f"  {payee} ({country})", _paid(explainer, payee, country), ""
    yield "running the vehicles", _sum("operating"), "section"
    yield "value of time", _sum("time", "queue"), "section"
    for item, told in TIMES.items():
        yield f"  {told}", _usd("time", item), ""
    for item in _items(one, "queue"):
        yield f"  queue: {item}", _usd("queue", item), ""
    yield "mode constants", _sum("constant"), "section"
    for item in _items(one, "constant"):
        fleet = explainer.network.case.description.fleets[item]
        yield f"  {fleet.title}", _usd("constant", item), ""
    yield "time, hours", lambda way: f"{way.time_h:,.1f}", "section"
    for item, told in TIMES.items():
        yield f"  {told}", _hours("time", item), ""
    yield "  in queues for capacity", _hours("queue"), ""
    yield "distance, km", lambda way: f"{way.way.distance_km:,.0f}", "section"
    for mode, told in WAYS.items():
        yield f"  {told}", _km(mode), ""
    yield from _shares(one)


def _shares(one: Explained) -> Iterator[tuple[str, Cells, str]]:
    nests = list(dict.fromkeys(way.nest for way in one.alternatives))
    yield "share that is simulated, %", lambda way: _percent(way.share), "section"
    yield "  vehicles: ways with one number are a nest", lambda way: str(nests.index(way.nest) + 1), "plain"
    yield "  path size (1: shares no kilometre)", lambda way: f"{way.size:.2f}", "plain"
    yield "  probability at this cost, %", lambda way: f"{PERCENT * way.probability:.2f}", "plain"
    yield "  the same without those under 2 %", lambda way: _percent(way.answer), "plain"


def _items(one: Explained, group: str) -> list[str]:
    """Return the items of a group that any alternative has, the dearest first."""
    most: dict[str, float] = {}
    for way in one.alternatives:
        for part in way.parts:
            if part.group == group and part.usd_per_t:
                most[part.item] = max(most.get(part.item, 0.0), abs(part.usd_per_t))
    return sorted(most, key=lambda item: -most[item])


def _payees(explainer: Explainer, one: Explained) -> list[tuple[str, str]]:
    """Return who is paid by any alternative, with the country, the dearest first."""
    most: dict[tuple[str, str], float] = {}
    for way in one.alternatives:
        paid: dict[tuple[str, str], float] = {}
        for part in way.parts:
            if part.group == "charge":
                key = _payee(explainer, part)
                paid[key] = paid.get(key, 0.0) + part.usd_per_t
        for key, usd_per_t in paid.items():
            most[key] = max(most.get(key, 0.0), usd_per_t)
    return sorted(most, key=lambda key: -most[key])


def _payee(explainer: Explainer, part: Component) -> tuple[str, str]:
    charge = explainer.network.case.description.charges[part.item]
    return charge.payee, charge.country


def _paid(explainer: Explainer, payee: str, country: str) -> Cells:
    def cells(way: Alternative) -> str:
        due = [part for part in way.parts if part.group == "charge"]
        return _money([part.usd_per_t for part in due if _payee(explainer, part) == (payee, country)])

    return cells


def _sum(*groups: str) -> Cells:
    return lambda way: f"{sum(part.usd_per_t for part in way.parts if part.group in groups):,.2f}"


def _usd(group: str, item: str) -> Cells:
    return lambda way: _money(
        [part.usd_per_t for part in way.parts if (part.group, part.item) == (group, item)]
    )


def _hours(group: str, item: str = "") -> Cells:
    def cells(way: Alternative) -> str:
        mine = [part.time_h or 0.0 for part in way.parts if part.group == group and item in ("", part.item)]
        return f"{sum(mine):,.1f}" if sum(mine) else ""

    return cells


def _km(mode: str) -> Cells:
    return lambda way: "".join(f"{km:,.0f}" for one, km in way.way.km_by_mode if one == mode)


def _money(amounts: Sequence[float]) -> str:
    return f"{sum(amounts):,.2f}" if sum(amounts) else ""


def _percent(share: float) -> str:
    return f"{PERCENT * share:.1f}" if share else "-"


def _letter(place: int) -> str:
    return chr(ord("A") + place)


def _small(one: Explained) -> Text:
    small = [_letter(place) for place, way in enumerate(one.alternatives) if not way.share]
    if not small:
        return Text("")
    under = f"under {PERCENT * MINIMUM_SHARE:.0f} %"
    what = f"{', '.join(small)}: {under}, so that nobody keeps it going; the others have its share."
    return Text(what, style="dim")


def _left_out(one: Explained) -> Table:
    columns = ("why", ">ways", "the nearest", "passes", ">USD/t", ">x", "in its way")
    table = grid("Left out before anybody chose", *columns)
    for why, told in REASONS.items():
        mine = [way for way in one.rejected if way.why == why]
        for place, way in enumerate(mine[:NEAREST]):
            head = (told, str(len(mine))) if place == 0 else ("", "")
            table.add_row(*head, *_rejected(way))
        if mine:
            table.add_section()
    return table


def _rejected(way: Rejected) -> tuple[str, ...]:
    return (
        way.way.name,
        ", ".join(way.via),
        f"{way.cost_usd_per_t:,.2f}",
        f"{way.times_cheapest:.2f}",
        ", ".join(way.barriers),
    )


def _notes() -> Text:
    return Text(
        "Charges for storage are not known beforehand and not in the choice. "
        "The share that is simulated is the mean of all rounds until queues and choice agree.\n"
        "Looked at is, for every section, post, terminal and service, the cheapest way that uses it, and for "
        "what is closed or barred the way with the fewest such things; what is worse in two places is "
        "not.\nCosts of what is left out are without queues. x: times the cheapest in the search, which at "
        "ports of origin and destination counts a truck or train as boarded even where only a ship is.",
        style="dim",
    )
