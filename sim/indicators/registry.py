"""Every indicator, defined once: its name, unit and meaning. The reference page is written from this."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Definition:
    """What an indicator measures, in what unit, for which scopes."""

    name: str
    unit: str
    scopes: str
    meaning: str


CAUSES = {
    "acceptance": "the neighbour's daily acceptance is used up",
    "queue": "all servers of an agency's step are busy",
    "closed": "it is closed: working hours, a dated closure, a storm",
    "path": "no free path on a railway section, or no room on a limited road",
    "handling": "all handling points of a terminal are busy",
    "berth": "all berths of a port are taken",
    "train": "a train is being filled",
    "sailing": "between two sailings",
    "space": "the ships that sailed were full",
    "stock": "no train set of locomotive and wagons is free",
}
"""Why freight waits, by the name that ends the `wait_` and `waiting_` indicators."""

_MEASURED = (
    Definition(
        "throughput",
        "t",
        "section, post, terminal, port, corridor, mode, itinerary, network",
        "Freight that left the thing in the measured period. Of a corridor or mode: freight delivered that "
        "had used any part of it, so that parts add up to more than all; of an itinerary and of the network: "
        "freight delivered.",
    ),
    Definition(
        "vehicles",
        "vehicles",
        "section, post",
        "Loaded vehicles (trucks, trains, ships) that left the thing in the measured period.",
    ),
    Definition(
        "freight_work",
        "t-km",
        "network, corridor",
        "Tonnes times kilometres of sections left in the measured period.",
    ),
    Definition(
        "emissions",
        "t CO2e",
        "network",
        "Greenhouse gases of moving freight, well-to-wheel: tonne-kilometres times the factor of mode and "
        "country. Handling and waiting are not in it.",
    ),
    Definition("released", "t", "flow, network", "Freight released at origins in the measured period."),
    Definition(
        "delivered", "t", "flow, network", "Freight delivered at destinations in the measured period."
    ),
    Definition(
        "unfinished",
        "t",
        "flow, network",
        "Freight released before the end of the run, in the warm-up too, and not delivered by then.",
    ),
    Definition(
        "unserved",
        "t",
        "flow, network",
        "The part of the unfinished freight that had not yet been let go on from where it first waited.",
    ),
    Definition(
        "transit_time_mean",
        "h",
        "flow, itinerary",
        "Mean time from release to delivery of shipments delivered in the measured period.",
    ),
    Definition("transit_time_p50", "h", "flow, itinerary", "Median of the same times."),
    Definition("transit_time_p95", "h", "flow, itinerary", "95th percentile of the same times."),
    Definition(
        "queue_mean",
        "units",
        "post, section, terminal, port, service, yard, fleet",
        "Mean number waiting, as an exact integral over time; by day for posts. Units are vehicles, at "
        "terminals, yards and services shipments.",
    ),
    Definition(
        "queue_max", "units", "post, section, terminal, port, service, yard, fleet", "Largest number waiting."
    ),
    Definition(
        "utilisation",
        "share",
        "server",
        "Time that places were taken over the time they were open, more than 1 where services that began "
        "before closing time often end after it; for railways the taken share of paths; "
        "for an acceptance the used share of the quota.",
    ),
    Definition(
        "sets_in_use",
        "share",
        "fleet",
        "Train sets taken over train sets there are, mean over time. A set is taken from when its train "
        "leaves until it has arrived, been turned round, and come back empty in the time of the loaded way.",
    ),
    Definition(
        "sets_in_use_max",
        "share",
        "fleet",
        "Largest share of train sets taken at any instant; more than 1 where their number falls with trains "
        "under way.",
    ),
    Definition(
        "passengers",
        "persons",
        "passenger-service",
        "Passengers who boarded a departure of the measured period, in one direction.",
    ),
    Definition(
        "turned_away",
        "persons",
        "passenger-service",
        "Travellers who gave up because two full departures had left without them.",
    ),
    Definition(
        "seat_occupancy", "share", "passenger-service", "Passengers over seats of the departures that ran."
    ),
    Definition(
        "journey_time_mean",
        "h",
        "passenger-service",
        "Mean time from departure to arrival: the timetable, and waits of trains for a path.",
    ),
    Definition(
        "boarding_wait",
        "h",
        "passenger-service",
        "Mean time from coming for the service to departure. Who may choose the day waits less in truth.",
    ),
    Definition(
        "receipts", "USD", "payee, country", "Charges that fell due, and fares, in the measured period."
    ),
    Definition(
        "transit_receipts",
        "USD",
        "payee, country",
        "The part of the receipts that comes from freight in transit: of neither origin nor destination in "
        "the country that charges.",
    ),
)

DEFINITIONS = {
    definition.name: definition
    for definition in (
        *_MEASURED,
        *(
            Definition(
                f"wait_{cause}",
                "h",
                "post, section, terminal, port, service, yard, fleet",
                f"Mean wait of a unit because {why}; those that did not wait count as 0.",
            )
            for cause, why in CAUSES.items()
        ),
        *(
            Definition(
                f"waiting_{cause}",
                "t-d",
                "post, section, terminal, port, service, yard, fleet",
                f"All waits because {why}, in tonne-days: what ranks bottlenecks.",
            )
            for cause, why in CAUSES.items()
        ),
    )
}
