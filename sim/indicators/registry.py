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
    "room": "there is no room in the yard or warehouse",
    "stock": "no train set of locomotive and wagons is free",
}
"""Why freight waits, by the name that ends the `wait_` and `waiting_` indicators."""

CLOSED_SCOPES = "post, section, terminal, port, service"

_MEASURED = (
    Definition(
        "throughput",
        "t",
        "section, post, terminal, port, corridor, mode, itinerary, network, observation",
        "Freight that left the thing in the measured period. Of a corridor or mode: freight delivered that "
        "had used any part of it, so that parts add up to more than all; of an itinerary and of the network: "
        "freight delivered. Of an observation, here and elsewhere: what it is set against, the same things "
        "on the same days, counted in the same way.",
    ),
    Definition(
        "vehicles",
        "vehicles",
        "section, post, observation",
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
        "delivered",
        "t",
        "flow, network, observation",
        "Freight delivered at destinations in the measured period.",
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
        "under_way",
        "t",
        "network",
        "Freight released and not yet delivered, as the mean over the ends of the measured days, and at the "
        "end of each day, those of the warm-up too.",
    ),
    Definition(
        "transit_time_mean",
        "h",
        "flow, itinerary, network, observation",
        "Mean time from release to delivery of shipments delivered in the measured period.",
    ),
    Definition("transit_time_p50", "h", "flow, itinerary, network", "Median of the same times."),
    Definition("transit_time_p95", "h", "flow, itinerary, network", "95th percentile of the same times."),
    Definition(
        "queue_mean",
        "units",
        "post, section, terminal, port, service, yard, fleet, observation",
        "Mean number waiting, as an exact integral over time; by day for posts. Units are vehicles, at "
        "terminals, yards and services shipments.",
    ),
    Definition(
        "queue_max", "units", "post, section, terminal, port, service, yard, fleet", "Largest number waiting."
    ),
    Definition(
        "closures",
        "closures",
        CLOSED_SCOPES,
        "Dated closures and cuts, and events, that began in the measured period; several at once are one.",
    ),
    Definition(
        "closed_days",
        "d",
        CLOSED_SCOPES,
        "How long they lasted in the measured period, daily hours left out.",
    ),
    Definition(
        "backlog",
        "units",
        CLOSED_SCOPES,
        "Largest number waiting from the beginning of a closure or cut until the queue is back. With a date: "
        "of the one that the scenario has begin then; without: of all that began in the measured period.",
    ),
    Definition("backlog_mass", "t", CLOSED_SCOPES, "The largest mass waiting in the same time."),
    Definition(
        "days_to_recover",
        "d",
        CLOSED_SCOPES,
        "From the end of a closure or cut to the first instant from which the queue is, for 24 hours on end, "
        "no longer than it was at most in the seven days before (since the last recovery, or the start of "
        "the run, if that is less). Another one that begins before that belongs to it, and the time counts "
        "from the end of the last. Without a date the mean of those that ended so within the run.",
    ),
    Definition(
        "recovered",
        "share",
        CLOSED_SCOPES,
        "Part of them after which the queue was back within the run; the others have no days.",
    ),
    Definition("sailings", "vessels", "service", "Ships that sailed in the measured period."),
    Definition(
        "sailings_cancelled",
        "vessels",
        "service",
        "Sailings due while the service or its section was closed: that time over the timetable's interval.",
    ),
    Definition(
        "ship_capacity", "t", "service", "What the ships that sailed could load at the draught that they had."
    ),
    Definition(
        "load_lost",
        "t",
        "service, network",
        "What they could have loaded more in deep water, whether or not so much was waiting.",
    ),
    Definition("load_lost_per_sailing", "t a sailing", "service", "The same of one ship."),
    Definition("ship_occupancy", "share", "service", "Load over capacity of the ships that sailed, by mass."),
    Definition(
        "stored_mean",
        "t",
        "port, terminal",
        "Mean freight that lies in yards and warehouses until its train or ship leaves, as an exact integral "
        "over time. What goes on by truck leaves at once and is not in it, nor is what waits for room.",
    ),
    Definition("stored_max", "t", "port, terminal", "Most freight that lay there at any instant."),
    Definition(
        "stored_mean_share", "share", "port, terminal", "Mean freight there over what there is room for."
    ),
    Definition(
        "stored_max_share",
        "share",
        "port, terminal",
        "Most freight there over what there is room for; more than 1 where one lot is larger than that.",
    ),
    Definition(
        "dwell_mean",
        "h",
        "port, terminal",
        "Mean time from getting in, handling included, to leaving by train or ship, of the shipments that "
        "left so in the measured period.",
    ),
    Definition("dwell_p95", "h", "port, terminal", "95th percentile of the same times."),
    Definition(
        "stay_mean",
        "h",
        "observation",
        "Mean time of a loaded vehicle at a post, waits and all steps, in the days of the observation.",
    ),
    Definition(
        "road_queue_mean",
        "vehicles",
        "post",
        "Mean number of loaded vehicles on the road before a post: those that wait for the acceptance and "
        "the first step, less the parking places, of which empty vehicles take their share. An exact "
        "integral over time; only of posts whose `parking_places` are given.",
    ),
    Definition("road_queue_max", "vehicles", "post", "Largest number on the road before a post."),
    Definition(
        "road_queue_hours",
        "h",
        "post",
        "How long vehicles stood on the road before a post, of the measured period.",
    ),
    Definition(
        "time_urgent",
        "h",
        "post",
        "Mean time at a post, waits and all steps, of loaded vehicles with goods that go first at its "
        "acceptance or at one of its steps: of those that left it in the measured period.",
    ),
    Definition(
        "time_others",
        "h",
        "post",
        "The same of all other loaded vehicles, at posts where some goods go first.",
    ),
    Definition(
        "urgent_share",
        "share",
        "post",
        "Loaded vehicles with goods that go first over all loaded vehicles that left such a post.",
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
        "departures",
        "departures",
        "passenger-service",
        "Departures of the measured period that ran, in one direction, empty ones too.",
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
        "passenger_paths",
        "paths",
        "section",
        "Paths of the railway section that passenger trains departing in the measured period take; freight "
        "has the rest.",
    ),
    Definition(
        "passenger_path_share",
        "share",
        "section",
        "The same as a part of all freight paths of a section that has a limit; those of a single track are "
        "of both directions.",
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
