"""The story of one consignment: on the terminal, and as rows for CSV and JSON."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from sim.indicators.extract import Carrier
from sim.indicators.legend import KINDS, Legend
from sim.indicators.registry import CAUSES
from sim.indicators.story import Episode, Story
from sim.outputs.input_report import grid
from sim.outputs.text import number
from sim.records.columns import NOT_YET, TRUCK, VESSEL
from sim.units import HOURS_PER_DAY, KG_PER_TONNE, PERCENT, SECONDS_PER_HOUR, hours

STORY_COLUMNS = (
    "at", "since_release_h", "kind", "id", "where", "mode", "country", "what", "by", "duration_h",
    "duration_s", "closed_s", "tonnes", "vehicle", "vehicle_unit", "others_aboard",
)  # fmt: skip
SERVED = {"post": "is seen to", "terminal": "is handled", "port": "is worked alongside"}
BY_TRUCK = ("section", "acceptance", "step")
"""Kinds of elements at which a consignment by itself is in its one truck."""
MINUTES = "%Y-%m-%d %H:%M"


@dataclass(frozen=True)
class Told:
    """A story with what it is of: the replication and which consignment of its flow."""

    legend: Legend
    replication: int
    serial: int
    story: Story


def story_report(told: Told) -> RenderableType:
    """Return a story as something that rich can print."""
    return Group(_head(told), _episodes(told), *_notes(told), _account(told.story), *_paid(told.story))


def _head(told: Told) -> Text:
    legend, facts = told.legend, told.story.facts
    flow = legend.flows[facts.flow]
    head = Text(f"\n{flow.title}: {flow.id}#{told.serial}\n", style="bold")
    head.append(
        f"{number(facts.mass_kg / KG_PER_TONNE)} t of {flow.commodity} from {flow.origin} to "
        f"{flow.destination}; way: {legend.itineraries[facts.itinerary].name}\n"
        f"{legend.title}, replication {told.replication}; unit {facts.unit} of the run\n"
    )
    return head


def _episodes(told: Told) -> Table:
    legend, story = told.legend, told.story
    table = grid("Hour by hour", "when", ">after, h", "where", "what happens", ">for, h", ">t", "aboard")
    flow, released_at = legend.flows[story.facts.flow], story.facts.released_at
    tonnes = number(story.facts.mass_kg / KG_PER_TONNE)
    table.add_row(f"{legend.instant(released_at):{MINUTES}}", "0.0", flow.origin, "released", "", tonnes, "")
    for episode in story.episodes:
        table.add_row(
            f"{legend.instant(episode.at_s):{MINUTES}}",
            f"{hours(episode.at_s - released_at):.1f}",
            episode.spot.where,
            _happens(episode),
            f"{hours(episode.duration_s):.2f}",
            number(episode.mass_kg / KG_PER_TONNE),
            _aboard(story, episode),
        )
    end = (flow.destination, "delivered") if story.delivered else ("", "the run ends, not delivered yet")
    after = f"{hours(story.ends_at - released_at):.1f}"
    table.add_row(f"{legend.instant(story.ends_at):{MINUTES}}", after, *end, "", tonnes, "")
    return table


def _happens(episode: Episode) -> str:
    if episode.what == "moving":
        return "under way"
    if episode.what == "served":
        return SERVED[episode.by]
    partly = episode.closed_s and episode.by != "closed"
    closed = f"; closed {hours(episode.closed_s):.2f} h of it" if partly else ""
    return f"waits: {CAUSES[episode.by]}{closed}"


def _aboard(story: Story, episode: Episode) -> str:
    carrier = episode.carrier
    if carrier is None:
        return "one truck" if episode.spot.kind in BY_TRUCK else ""
    if carrier.kind == TRUCK:
        return f"truck {carrier.unit}, one of {len(_beside(story, carrier))}"
    others = f"{carrier.others} others" if carrier.others else "no others"
    return f"{_vehicle(episode)} {carrier.unit}, {others}"


def _vehicle(episode: Episode) -> str:
    carrier = episode.carrier
    if carrier is None:
        return "truck" if episode.spot.kind in BY_TRUCK else ""
    return "flight" if carrier.kind == VESSEL and episode.spot.mode == "air" else KINDS[carrier.kind]


def _beside(story: Story, truck: Carrier) -> list[Carrier]:
    """Return the trucks that set out with a truck, itself among them."""
    return [one for one in story.facts.carriers if (one.kind, one.left_at) == (truck.kind, truck.left_at)]


def _notes(told: Told) -> Iterator[Text]:
    for truck in (one for one in told.story.facts.carriers if one.kind == TRUCK and one.followed):
        arrivals = sorted(one.arrived_at for one in _beside(told.story, truck) if one.arrived_at != NOT_YET)
        if arrivals and arrivals[0] != arrivals[-1]:
            first, last = (f"{told.legend.instant(at_s):{MINUTES}}" for at_s in (arrivals[0], arrivals[-1]))
            text = f"Truck {truck.unit} is the last of those side by side: first there {first}, last {last}."
            yield Text(text, style="dim")
    if any(episode.what == "moving" and episode.by == "road" for episode in told.story.episodes):
        yield Text("Hours on the road hold the drivers' rests.", style="dim")


def _account(story: Story) -> Table:
    table = grid("Where the hours went", "what", "by", ">h", ">%")
    whole_s = story.ends_at - story.facts.released_at
    for (what, by), duration_s in story.account.items():
        told = CAUSES[by] if what == "waiting" else by
        table.add_row(what, told, *_hours(duration_s, whole_s))
    table.add_section()
    table.add_row("all", f"{whole_s / SECONDS_PER_HOUR / HOURS_PER_DAY:.1f} days", *_hours(whole_s, whole_s))
    return table


def _hours(duration_s: int, whole_s: int) -> tuple[str, str]:
    return f"{hours(duration_s):.2f}", f"{PERCENT * duration_s / max(whole_s, 1):.1f}"


def _paid(story: Story) -> Iterator[Table]:
    if not story.paid:
        return
    table = grid("Charges that fell due", "charge", "to", "country", "where", ">USD")
    for paid in story.paid:
        fee = paid.fee
        table.add_row(fee.title, fee.payee, fee.country, paid.spot.where, f"{paid.usd:,.2f}")
    table.add_section()
    table.add_row("all", "", "", "", f"{sum(paid.usd for paid in story.paid):,.2f}")
    yield table


def story_rows(told: Told) -> list[tuple[object, ...]]:
    """Return the episodes of a story as plain values in the order of `STORY_COLUMNS`."""
    released_at = told.story.facts.released_at
    return [
        (
            told.legend.instant(episode.at_s).isoformat(),
            hours(episode.at_s - released_at),
            episode.spot.kind,
            episode.spot.id,
            episode.spot.where,
            episode.spot.mode,
            episode.spot.country,
            episode.what,
            episode.by,
            hours(episode.duration_s),
            episode.duration_s,
            episode.closed_s,
            episode.mass_kg / KG_PER_TONNE,
            _vehicle(episode),
            episode.carrier.unit if episode.carrier else None,
            episode.carrier.others if episode.carrier else None,
        )
        for episode in told.story.episodes
    ]


def story_head(told: Told) -> dict[str, object]:
    """Return all of a story but its episodes as plain values."""
    legend, story = told.legend, told.story
    facts = story.facts
    flow = legend.flows[facts.flow]
    return {
        "scenario": legend.scenario,
        "replication": told.replication,
        "consignment": f"{flow.id}#{told.serial}",
        "unit": facts.unit,
        "flow": asdict(flow),
        "itinerary": legend.itineraries[facts.itinerary].name,
        "tonnes": facts.mass_kg / KG_PER_TONNE,
        "released_at": legend.instant(facts.released_at).isoformat(),
        "ends_at": legend.instant(story.ends_at).isoformat(),
        "delivered": story.delivered,
        "duration_s": story.ends_at - facts.released_at,
        "account": [
            {"what": what, "by": by, "duration_s": duration_s}
            for (what, by), duration_s in story.account.items()
        ],
        "vehicles": [_carrier(legend, carrier) for carrier in facts.carriers],
        "paid": [{**asdict(p.fee), "where": p.spot.where, "usd": p.usd} for p in story.paid],
    }


def _carrier(legend: Legend, carrier: Carrier) -> dict[str, object]:
    there = carrier.arrived_at != NOT_YET
    return {
        "unit": carrier.unit,
        "kind": KINDS[carrier.kind],
        "tonnes": carrier.mass_kg / KG_PER_TONNE,
        "load_t": carrier.load_kg / KG_PER_TONNE,
        "others_aboard": carrier.others,
        "left_at": legend.instant(carrier.left_at).isoformat(),
        "arrived_at": legend.instant(carrier.arrived_at).isoformat() if there else None,
        "followed": carrier.followed,
    }
